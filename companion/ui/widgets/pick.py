"""One of a few, as a card to choose: a name, a quiet second line, and the key that chooses it."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.text import elided, no_mnemonic, one_line


class Pick(QRadioButton):
    """A radio button in everything but its looks. What is chosen bears a tick, not only a colour."""

    def __init__(
        self, theme: Theme, text: str, detail: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._label, self._detail, self._key = theme, one_line(text, 80), "", key
        self.setText(no_mnemonic(self._label))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # A click chooses and leaves the keyboard where it is; Tab and the arrows come here.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_detail(detail)
        theme.changed.connect(self._restyle)

    def label(self) -> str:
        """The name, as shown."""
        return self._label

    def detail(self) -> str:
        """The second line."""
        return self._detail

    def set_detail(self, text: str) -> None:
        """Another second line; empty takes it away."""
        self._detail = one_line(text, 80)
        self.setAccessibleName(", ".join(part for part in (self._label, self._detail) if part))
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _side(self) -> int:
        """Width of what stands at the right, with its gap: the key, and room for the tick."""
        key = badge_size(self._theme, self._key).width()
        return self._theme.px(10) + self._theme.px(16) + (key + self._theme.px(6) if key else 0)

    def sizeHint(self) -> QSize:
        px, strong = self._theme.px, QFontMetrics(self._theme.font("strong"))
        small = QFontMetrics(self._theme.font("small"))
        words = max(
            strong.horizontalAdvance(self._label) + self._side(), small.horizontalAdvance(self._detail)
        )
        high = strong.height() + (small.height() if self._detail else 0)
        return QSize(words + 2 * px(12) + 2, high + 2 * px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self._theme.px(120)), self.sizeHint().height())

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
        ground = "accent_soft" if self.isChecked() else "hover" if self.underMouse() else "surface"
        line = "accent" if self.isChecked() else "border"
        rounded(painter, QRectF(self.rect()), px(10), theme.color(ground), theme.color(line))
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), px(10))
        strong, small = theme.font("strong"), theme.font("small")
        left, top, wide = px(12), px(8), self.width() - 2 * px(12)
        high = QFontMetrics(strong).height()
        self._paint_side(painter, QRect(left, top, wide, high))
        painter.setFont(strong)
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        box = QRect(left, top, wide - self._side(), high)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(self._label, strong, box.width()))
        if self._detail:
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            box = QRect(left, top + high, wide, QFontMetrics(small).height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(self._detail, small, box.width()))
        painter.end()

    def _paint_side(self, painter: QPainter, line: QRect) -> None:
        theme, px = self._theme, self._theme.px
        right = line.right() + 1
        size = badge_size(theme, self._key)
        if self._key:
            at = QPoint(right - size.width(), line.top() + (line.height() - size.height()) // 2)
            badge(painter, theme, QRect(at, size), self._key)
            right -= size.width() + px(6)
        if self.isChecked():
            tick = icons.pixmap("check", theme, "accent", 16, self.devicePixelRatioF())
            painter.drawPixmap(right - px(16), line.top() + (line.height() - px(16)) // 2, tick)
