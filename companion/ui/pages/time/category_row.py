"""One category in the list of them, and one colour in the choice of colours: both radio buttons, drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from companion.core.categories import Tree
from companion.ui.pages.time.grid_looks import Looks, mixed
from companion.ui.pages.time.swatch import paint_swatch, swatch_size
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import focus_ring, rounded
from companion.ui.widgets.text import elided, no_mnemonic, one_line


class CategoryRow(QRadioButton):
    """A category under the one that it is in. Arrows go from row to row, as among any radio buttons."""

    def __init__(self, theme: Theme, looks: Looks, category: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._looks, self.category = theme, looks, category
        self._words, self._aside, self._inside = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)

    def show_category(self, tree: Tree) -> None:
        """Shows what it is called now, where it is, and whether it is archived."""
        one = tree.get(self.category)
        self._words = one_line(one.name, 80)
        self._inside = bool(one.parent)
        archived = tree.is_archived(one.id)
        self._aside = self.tr("archived") if archived else "" if one.letter else self.tr("no letter")
        self.setText(no_mnemonic(self._words))
        spelled = self.tr("letters %1").replace("%1", " ".join(tree.code(one.id)))
        parts = (
            one_line(tree.label(one.id), 160),
            spelled if one.letter and not archived else "",
            self._aside,
        )
        self.setAccessibleName(", ".join(part for part in parts if part))
        self._restyle()

    @property
    def aside(self) -> str:
        """What stands at the right."""
        return self._aside

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        high = QFontMetrics(self._theme.font("body")).height()
        return QSize(self._theme.px(220), max(high, swatch_size(self._theme).height()) + self._theme.px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # the row is to be moved, not left
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, box = self._theme, self._theme.px, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            rounded(painter, box, px(8), theme.color("accent_soft"), theme.color("accent"))
        elif self.underMouse():
            rounded(painter, box, px(8), theme.color("hover"), None)
        if self.hasFocus():
            focus_ring(painter, theme, box, px(8))
        size = swatch_size(theme)
        left = px(10) + (px(26) if self._inside else 0)
        at = QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height())
        quiet = self._aside == self.tr("archived")
        if quiet:
            painter.setOpacity(0.45)
        paint_swatch(painter, theme, self._looks, at, self.category)
        painter.setOpacity(1)
        small = theme.font("small")
        side = QFontMetrics(small).horizontalAdvance(self._aside) + px(14) if self._aside else px(10)
        left += size.width() + px(10)
        font = theme.font("body" if self._inside else "strong")
        painter.setFont(font)
        painter.setPen(theme.color("muted" if quiet else "text"))
        room = self.width() - left - side
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, 0, room, self.height()), middle, elided(self._words, font, room))
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        where = QRect(self.width() - side, 0, side - px(10), self.height())
        painter.drawText(where, middle | Qt.AlignmentFlag.AlignRight, self._aside)
        painter.end()


class ColourDot(QRadioButton):
    """A colour by its number. What is chosen bears a tick, not only a ring."""

    def __init__(
        self, theme: Theme, index: int, colour: str, ink: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self.index = theme, index
        self._colour, self._ink = QColor(colour), QColor(ink)
        self.setAccessibleName(self.tr("Colour %1").replace("%1", str(index + 1)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def set_users(self, words: str) -> None:
        """Which categories have this colour already."""
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        side = max(self._theme.px(34), QFontMetrics(self._theme.font("caps")).height() + self._theme.px(14))
        return QSize(side, side)

    minimumSizeHint = sizeHint

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, box = self._theme, self._theme.px, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = box.adjusted(px(4), px(4), -px(4), -px(4))
        rounded(painter, inner, px(6), self._colour, mixed(self._colour, theme.color("text"), 0.45))
        if self.hasFocus():
            focus_ring(painter, theme, box, px(9))
        elif self.isChecked():
            rounded(painter, box.adjusted(1, 1, -1, -1), px(8), None, theme.color("border_strong"))
        if self.isChecked():
            # The tick in the ink of this colour: icons know only tokens, so it is drawn.
            pen = painter.pen()
            pen.setColor(self._ink)
            pen.setWidthF(px(2))
            painter.setPen(pen)
            x, y, unit = inner.center().x(), inner.center().y(), inner.width() / 10
            painter.drawPolyline(
                [
                    QPoint(round(x - 2.5 * unit), round(y)),
                    QPoint(round(x - 0.7 * unit), round(y + 2 * unit)),
                    QPoint(round(x + 2.8 * unit), round(y - 2 * unit)),
                ]
            )
        else:
            painter.setFont(theme.font("caps"))
            painter.setPen(self._ink)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, str(self.index + 1))
        painter.end()
