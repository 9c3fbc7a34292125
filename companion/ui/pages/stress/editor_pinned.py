"""What was written stays in sight: event and belief in a few lines above whatever is answered about them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line

_LINES = 2
_CAPTION = 92
"""Pixels at 100 % for the words at the left."""


class Quote(QWidget):
    """A caption and a text of two lines at the most, the rest cut with an ellipsis. It is read, never written in."""

    def __init__(self, theme: Theme, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._caption, self._text = theme, caption, ""
        self._lines: dict[int, list[str]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Another text."""
        line = one_line(text, 1000)
        if line != self._text:
            self._text = line
            self.setAccessibleName(f"{self._caption}: {line}")
            self._restyle()

    def _restyle(self) -> None:
        self._lines.clear()
        self.updateGeometry()
        self.update()

    def lines(self, width: int) -> list[str]:
        """The lines as they are drawn in ``width`` pixels."""
        if width not in self._lines:
            if len(self._lines) > 8:
                self._lines.clear()
            self._lines[width] = self._broken(width)
        return self._lines[width]

    def _broken(self, width: int) -> list[str]:
        font = self._theme.font("small")
        room = max(1, width - self._theme.px(_CAPTION))
        layout = QTextLayout(self._text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= _LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            starts.append(line.textStart())
        layout.endLayout()
        # Qt counts in UTF-16 units, Python in code points.
        units = self._text.encode("utf-16-le", "surrogatepass")
        found = []
        for at, start in enumerate(starts[:_LINES]):
            last = at == _LINES - 1
            stop = len(units) if last or at + 1 >= len(starts) else 2 * starts[at + 1]
            piece = units[2 * start : stop].decode("utf-16-le", "replace").rstrip()
            found.append(
                QFontMetricsF(font).elidedText(piece, Qt.TextElideMode.ElideRight, room) if last else piece
            )
        return found or [""]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return QFontMetrics(self._theme.font("small")).lineSpacing() * len(self.lines(width)) + 2

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self.heightForWidth(self._theme.px(320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_CAPTION + 60), QFontMetrics(self._theme.font("small")).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        font = theme.font("small")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        y = metrics.ascent() + 1
        painter.setPen(theme.color("muted"))
        painter.drawText(QPointF(0, y), self._caption)
        painter.setPen(theme.color("text"))
        for line in self.lines(self.width()):
            painter.drawText(QPointF(theme.px(_CAPTION), y), line)
            y += metrics.lineSpacing()
        painter.end()


class Pinned(QFrame):
    """Event and belief, each shown while it is out of sight below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "notice-info")
        self._column = QVBoxLayout(self)
        self.event_quote = Quote(theme, self.tr("Happened"), self)
        self.belief_quote = Quote(theme, self.tr("Told myself"), self)
        self._column.addWidget(self.event_quote)
        self._column.addWidget(self.belief_quote)
        self._wanted = (False, False)
        self.hide()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(12), px(7), px(12), px(7))
        self._column.setSpacing(px(3))

    def set_texts(self, event: str, belief: str) -> None:
        """What the entry says now."""
        self.event_quote.set_text(event)
        self.belief_quote.set_text(belief)
        self.show_for(*self._wanted)

    def show_for(self, event: bool, belief: bool) -> bool:
        """Shows what is out of sight and has words; True when that changed the height."""
        self._wanted = (event, belief)
        wanted = (event and bool(self.event_quote.text()), belief and bool(self.belief_quote.text()))
        there = (not self.event_quote.isHidden(), not self.belief_quote.isHidden())
        if wanted == there and self.isHidden() != any(wanted):
            return False
        show_if(self.event_quote, wanted[0])
        show_if(self.belief_quote, wanted[1])
        show_if(self, any(wanted))
        return True
