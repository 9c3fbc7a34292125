"""One line of the list of keys: a key and what it does."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import badge, badge_size, focus_ring
from companion.ui.widgets.text import Wrapped

COLUMN = 300
"""Pixels at 100 % that a column of the list needs at the least."""


class KeyLine(QLabel):
    """A key and what it does. The text, for assistive tools, is both; here they are drawn side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key, self._words, self._room = "", "", 0
        self._wrapped = Wrapped()
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_line(self, key: str, words: str, room: int) -> None:
        """Shows ``key`` (may be empty) before ``words``; ``room`` is the width in pixels kept for keys."""
        self._key, self._words, self._room = key, words, room
        self.setText(f"{key or self.tr('no key')}: {words}")
        self.updateGeometry()
        self.update()

    def _words_width(self, width: int) -> int:
        return max(1, width - self._room - self._theme.px(12))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._wrapped.size(self._words, self._theme.font("body"), self._words_width(width))
        return max(size.height(), badge_size(self._theme, "H").height()) + 2 * self._theme.px(4)

    def sizeHint(self) -> QSize:
        width = self._theme.px(COLUMN)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, font = self._theme, self._theme.font("body")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, line = theme.px(4), QFontMetrics(font).height()
        if self._key:
            size = badge_size(theme, self._key)
            at = QPoint(0, top + (line - size.height()) // 2)
            badge(painter, theme, QRect(at, size), self._key, "text")
        else:
            painter.setFont(font)
            painter.setPen(theme.color("muted"))
            box = QRect(0, top, badge_size(theme, "W").width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "–")
        painter.setPen(theme.color("text" if self._key else "muted"))
        left = QPointF(self._room + theme.px(12), top)
        self._wrapped.paint(painter, left, self._words, font, self._words_width(self.width()))
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), theme.px(6))
        painter.end()
