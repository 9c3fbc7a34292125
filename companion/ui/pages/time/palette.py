"""The categories as chips with their letters: a legend of the grid, and a way to fill by mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from companion.core.categories import Category, Tree
from companion.core.spans import CONFIRMED
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.theme.theme import Theme
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.painting import focus_ring, rounded
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import elided, no_mnemonic, one_line


class Chip(QPushButton):
    """One category. It leaves the keyboard where it is when clicked."""

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._looks = theme, looks
        self.category = ""
        self._words = ""
        self.setProperty("kind", "drawn")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_category(self, one: Category, label: str) -> None:
        """Another category, or the same by another name."""
        self.category, self._words = one.id, one_line(one.name, 40)
        self.setText(no_mnemonic(self._words))
        self.setAccessibleName(self.tr("Fill with %1").replace("%1", one_line(label)))
        self.updateGeometry()
        self.update()

    def _letters(self) -> tuple[str, int]:
        code = self._looks.code(self.category)
        wide = QFontMetrics(self._theme.font("caps")).horizontalAdvance(code)
        return code, max(self._theme.px(22), wide + self._theme.px(8))

    def sizeHint(self) -> QSize:
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("small"))
        wide = self._letters()[1] + min(metrics.horizontalAdvance(self._words), px(130)) + px(15)
        return QSize(wide, max(px(26), metrics.height() + px(6)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = QRectF(self.rect()), px(6)
        if self.isDown() or self.underMouse():
            rounded(painter, box, radius, theme.color("hover"), None)
        code, wide = self._letters()
        look = self._looks.look(self.category, CONFIRMED)
        chip = QRectF(px(3), px(4), wide, box.height() - px(8))
        rounded(painter, chip, px(4), look.ground.color(), look.pen.color())
        if look.band is not None:
            painter.fillRect(
                QRectF(QPointF(chip.left() + 3, chip.bottom() - px(4)), chip.bottomRight() - QPointF(3, 1)),
                look.band,
            )
        painter.setFont(theme.font("caps"))
        painter.setPen(look.ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, code)
        font = theme.font("small")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        left = chip.right() + px(5)
        room = int(box.right() - left - px(3))
        painter.drawText(
            QRectF(left, 0, room + 2, box.height()),
            Qt.AlignmentFlag.AlignVCenter,
            elided(self._words, font, room + 2),
        )
        if self.hasFocus():
            focus_ring(painter, theme, box, radius)
        painter.end()


class Palette(QWidget):
    """``chosen`` carries the id of a category. While a letter waits for its second, only what is in it is shown."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._looks = theme, looks
        self._shown: tuple[Category, ...] = ()
        self.chips: list[Chip] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._box, self._flow = flow_widget(self, 2)
        column.addWidget(self._box)
        self.setAccessibleName(self.tr("Categories"))

    def show_tree(self, tree: Tree) -> None:
        """All categories that can be filled with."""
        usable = tree.usable()
        if usable == self._shown:
            return
        self._shown = usable
        while len(self.chips) < len(usable):
            chip = Chip(self._theme, self._looks, self._box)
            chip.clicked.connect(self._on_clicked)
            self._flow.addWidget(chip)
            self.chips.append(chip)
        for i, chip in enumerate(self.chips):
            show_if(chip, i < len(usable))
            if i < len(usable):
                chip.show_category(usable[i], tree.label(usable[i].id))

    def _on_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.chosen.emit(chip.category)
