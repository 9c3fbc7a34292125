"""The other way out: what to do about a belief that is accurate, each with a word on how (abc.challenge)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from companion.core.stress_words import Exit, Words
from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import focus_ring, rounded
from companion.ui.widgets.text import Wrapped, plain


class ExitRow(QAbstractButton):
    """One thing to do, with a line on how; the whole row is the target."""

    def __init__(self, theme: Theme, one: Exit, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.ident = theme, one.id
        self._name, self._hint = plain(one.name), plain(one.hint)
        self._texts = (Wrapped(), Wrapped())
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self._hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _room(self, width: int) -> tuple[int, int, int]:
        """Where the words begin, their width and the height of the first of them."""
        px = self._theme.px
        left = px(10) + px(16) + px(10)
        room = max(1, width - left - px(10))
        return left, room, self._texts[0].size(self._name, self._theme.font("body"), room).height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _left, room, high = self._room(width)
        more = self._texts[1].size(self._hint, self._theme.font("small"), room).height() if self._hint else 0
        return 2 * self._theme.px(7) + high + more

    def sizeHint(self) -> QSize:
        wide = self._theme.px(420)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, box = self._theme, self._theme.px, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "border" if self.isDown() else "hover" if self.underMouse() else "surface"
        rounded(painter, box, px(8), theme.color(ground), theme.color("border"))
        left, room, high = self._room(self.width())
        arrow = icons.pixmap("arrow_right", theme, "accent", 16, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(px(10), px(7) + max(0, (high - px(16)) / 2)), arrow)
        painter.setPen(theme.color("text"))
        self._texts[0].paint(painter, QPointF(left, px(7)), self._name, theme.font("body"), room)
        painter.setPen(theme.color("muted"))
        self._texts[1].paint(painter, QPointF(left, px(7) + high), self._hint, theme.font("small"), room)
        if self.hasFocus():
            focus_ring(painter, theme, box, px(8))
        painter.end()


class ExitBox(QWidget):
    """``chosen`` carries the id of an exit."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self.rows: list[ExitRow] = []
        for one in words.exits:
            row = ExitRow(theme, one, self)
            row.clicked.connect(self._on_clicked)
            self._column.addWidget(row)
            self.rows.append(row)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(38), 0, 0, px(4))
        self._column.setSpacing(px(6))

    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, ExitRow):
            self.chosen.emit(row.ident)
