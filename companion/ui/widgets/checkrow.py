"""A line that can be ticked: its text wraps, its key stands at the right, the whole row is the target."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.text import Wrapped, plain


class CheckRow(QCheckBox):
    """A check box whose text may take several lines. Signals are those of a check box.

    ``quiet_when_checked`` mutes the words of what is done, for lists where the open items matter.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        key_hint: str = "",
        parent: QWidget | None = None,
        quiet_when_checked: bool = True,
    ) -> None:
        super().__init__(parent)
        self._theme, self._label, self._key = theme, "", ""
        self._quiet = quiet_when_checked
        self._wrapped = Wrapped()
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text)
        self.set_key_hint(key_hint)
        theme.changed.connect(self._restyle)

    def text(self) -> str:
        """The text as shown. The base class holds none, so that an ampersand makes no shortcut."""
        return self._label

    def set_text(self, text: str) -> None:
        """Another text, which is also the accessible name."""
        shown = plain(text)
        if shown != self._label:
            self._label = shown
            self.setAccessibleName(shown)
            self._restyle()

    setText = set_text

    def key_hint(self) -> str:
        """The key that is shown at the right."""
        return self._key

    def set_key_hint(self, key: str) -> None:
        """Show a key, such as "1"; empty shows none. Binding it is the owner's work."""
        if key != self._key:
            self._key = key
            self._restyle()

    def _restyle(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def _box(self) -> int:
        return self._theme.px(18)

    def _text_rect(self, width: int) -> QRect:
        px = self._theme.px
        left = px(8) + self._box() + px(12)
        hint = badge_size(self._theme, self._key)
        # Room for a one-letter key is kept even without one, so that texts break alike in every row.
        kept = max(hint.width(), badge_size(self._theme, "0").width())
        return QRect(left, px(7), max(1, width - left - px(10) - kept - px(8)), 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Nested layouts ask this a hundred times for each change: looked up, not worked out.
        height = self._heights.get(width)
        if height is None:
            # Known again when the text comes back; its hash alone is kept, for texts can be private.
            key = ("checkrow", hash(self._label), self._key, width)
            height = self._heights[width] = self._theme.size(key, lambda: self._measured(width)).height()
        return height

    def _measured(self, width: int) -> QSize:
        size = self._wrapped.size(self._label, self._theme.font("body"), self._text_rect(width).width())
        return QSize(width, max(size.height(), self._box()) + 2 * self._theme.px(7))

    def sizeHint(self) -> QSize:
        width = self._theme.px(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("body"))
        return QSize(self._theme.px(160), max(metrics.height(), self._box()) + 2 * self._theme.px(7))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            rounded(painter, QRectF(self.rect()), px(8), theme.color("hover"), None)
        font = theme.font("body")
        text = self._text_rect(self.width())
        line = QFontMetrics(font).height()
        side = self._box()
        box = QRectF(px(8), text.top() + (line - side) / 2, side, side)
        self._paint_box(painter, box)
        muted = self.isChecked() and self._quiet
        token = "disabled" if not self.isEnabled() else "muted" if muted else "text"
        painter.setPen(theme.color(token))
        self._wrapped.paint(painter, QPointF(text.topLeft()), self._label, font, text.width())
        hint = badge_size(theme, self._key)
        top = text.top() + (line - hint.height()) // 2
        badge(painter, theme, QRect(QPoint(self.width() - px(8) - hint.width(), top), hint), self._key)
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), px(8))
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        radius = theme.px(5)
        if not self.isChecked():
            rounded(painter, box, radius, theme.color("surface"), theme.color("border_strong"), 1.5)
            return
        rounded(painter, box, radius, theme.color("accent" if self.isEnabled() else "disabled"), None)
        tick = icons.pixmap("check", theme, "on_accent", 14, self.devicePixelRatioF())
        inset = (box.width() - theme.px(14)) / 2
        painter.drawPixmap(box.topLeft() + QPointF(inset, inset), tick)
