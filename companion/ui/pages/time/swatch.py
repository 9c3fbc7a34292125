"""A category as it is shown outside the grid: its colour with its letters on it, and a button that fills with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from companion.ui.pages.time.grid_looks import Looks, mixed
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.text import elided, no_mnemonic, one_line

_MAX_WIDTH = 260  # pixels at 100 %


def swatch_size(theme: Theme) -> QSize:
    """Room for two letters on a colour."""

    def measured() -> QSize:
        metrics = QFontMetrics(theme.font("caps"))
        return QSize(metrics.horizontalAdvance("MM") + theme.px(10), metrics.height() + theme.px(8))

    return theme.size("swatch", measured)


def paint_swatch(painter: QPainter, theme: Theme, looks: Looks, box: QRectF, category: str) -> None:
    """The colour of a category as on the grid, with its letters on it."""
    colour = looks.colour(category)
    rounded(painter, box, theme.px(5), colour, mixed(colour, theme.color("text"), 0.45))
    painter.setFont(theme.font("caps"))
    painter.setPen(looks.ink(category))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, looks.code(category))


class CategoryButton(QPushButton):
    """Fills with a category when pressed. A click leaves the keyboard where it is; Tab comes here."""

    def __init__(
        self,
        theme: Theme,
        looks: Looks,
        category: str,
        words: str,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._looks, self.category, self._key = theme, looks, category, key
        self.words = one_line(words, 120)
        self.setText(no_mnemonic(self.words))
        self.setAccessibleName(self.words)
        self.setProperty("kind", "drawn")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def key_hint(self) -> str:
        """The key that is shown."""
        return self._key

    def set_key_hint(self, key: str) -> None:
        """Shows a key, none where it is empty. Binding it is the owner's work."""
        if key != self._key:
            self._key = key
            self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _key_width(self) -> int:
        wide = badge_size(self._theme, self._key).width()
        return wide + self._theme.px(8) if wide else 0

    def sizeHint(self) -> QSize:
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("body"))
        swatch = swatch_size(self._theme)
        words = metrics.horizontalAdvance(self.words) + 2
        wide = px(6) + swatch.width() + px(8) + words + self._key_width() + px(10)
        return QSize(min(wide, px(_MAX_WIDTH)), max(px(36), metrics.height() + px(8)))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, box = self._theme, self._theme.px, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "border" if self.isDown() else "hover" if self.underMouse() else "surface"
        rounded(painter, box, px(8), theme.color(ground), theme.color("border_strong"))
        if self.hasFocus():
            focus_ring(painter, theme, box, px(8))
        size = swatch_size(theme)
        at = QRectF(px(6), (self.height() - size.height()) / 2, size.width(), size.height())
        paint_swatch(painter, theme, self._looks, at, self.category)
        left = px(6) + size.width() + px(8)
        room = self.width() - left - self._key_width() - px(10)
        font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        where = QRect(left, 0, room, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, elided(self.words, font, room))
        if self._key:
            hint = badge_size(theme, self._key)
            corner = QPoint(self.width() - px(10) - hint.width(), (self.height() - hint.height()) // 2)
            badge(painter, theme, QRect(corner, hint), self._key)
        painter.end()
