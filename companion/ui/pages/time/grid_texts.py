"""Texts laid out once and drawn often: the same few words and lengths come again on each day."""

from __future__ import annotations

from math import floor
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QStaticText

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import elided, one_line

_MOST = 600


def whole(at: float) -> int:
    """The nearest whole pixel; halves always go the same way, so that lines stand evenly."""
    return floor(at + 0.5)


class Laid(NamedTuple):
    """A text ready to be drawn, its width and height in pixels."""

    text: QStaticText
    wide: float
    high: float

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draws it with its left upper corner there, on whole pixels; the painter has the font of its role."""
        painter.drawStaticText(whole(x), whole(y), self.text)


class Texts:
    """Laying out a text takes several times as long as drawing it."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._found: dict[tuple[str, str], Laid] = {}
        self._cut: dict[tuple[str, str, int], Laid] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._found.clear()
        self._cut.clear()

    def laid(self, text: str, role: str) -> Laid:
        """A text on one line, plain, in the font of a role."""
        found = self._found.get((text, role))
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            made = QStaticText(one_line(text, 80))
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            made.prepare(font=self._theme.font(role))
            found = self._found[text, role] = Laid(made, made.size().width(), made.size().height())
        return found

    def cut(self, text: str, role: str, room: int) -> Laid:
        """The same, cut at the right where it is wider than ``room`` pixels."""
        whole = self.laid(text, role)
        if whole.wide <= room:
            return whole
        found = self._cut.get((text, role, room))
        if found is None:
            if len(self._cut) >= _MOST:
                self._cut.clear()
            found = self._cut[text, role, room] = self.laid(elided(text, self._theme.font(role), room), role)
        return found
