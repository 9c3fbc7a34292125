"""A map of cells in five steps of one hue, with the number in each cell: read as a table, seen as a picture.

A real item view: the arrow keys go from cell to cell, and each is read out by the words it was given. Where its columns
would be too narrow for their numbers it stands upright, its rows and columns exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import focus_ring, rounded
from companion.ui.widgets.text import tip

STEPS = 5
_SHARES = (0.16, 0.32, 0.48, 0.72, 1.0)
"""How much of the hue is in the ground of each step; between them an ink for the number would read badly."""

Index = QModelIndex | QPersistentModelIndex


class Cell(NamedTuple):
    """``value`` from 0 to 1, None where there is nothing to measure; the ``number`` drawn; the ``words`` read out."""

    value: float | None
    number: str
    words: str


class Shades(NamedTuple):
    """The grounds of the five steps, from little to much, and the ink that reads on each."""

    grounds: tuple[QColor, ...]
    inks: tuple[QColor, ...]


def step_of(value: float) -> int:
    """The step of a value from 0 to 1: 0 for nothing, else 1 to 5."""
    return 0 if value <= 0 else min(STEPS, 1 + int(value * STEPS)) if value < 1 else STEPS


def shades(hue: QColor, ground: QColor, dark: QColor, light: QColor) -> Shades:
    """Five steps from ``ground`` to ``hue``, each with the one of two inks that stands out more."""
    grounds = tuple(_mixed(ground, hue, part) for part in _SHARES)
    inks = tuple(max((dark, light), key=lambda ink: contrast(ink, shade)) for shade in grounds)
    return Shades(grounds, inks)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG 2 reckons it, 1 to 21."""
    a, b = sorted((_light(one), _light(other)))
    return (b + 0.05) / (a + 0.05)


def _light(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: QColor, other: QColor, part: float) -> QColor:
    pairs = zip(
        (one.redF(), one.greenF(), one.blueF()), (other.redF(), other.greenF(), other.blueF()), strict=True
    )
    return QColor.fromRgbF(*(a * (1 - part) + b * part for a, b in pairs))


class HeatModel(QAbstractTableModel):
    """Rows and columns of cells with their heads; ``upright`` exchanges them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[str, ...] = ()
        self.columns: tuple[str, ...] = ()
        self.cells: tuple[tuple[Cell, ...], ...] = ()
        self.upright = False

    def show(self, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell]]) -> None:
        self.beginResetModel()
        self.rows, self.columns = tuple(rows), tuple(columns)
        self.cells = tuple(tuple(row) for row in cells)
        self.endResetModel()

    def turn(self, upright: bool) -> None:
        self.beginResetModel()
        self.upright = upright
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        row, column = index.row(), index.column()
        return self.cells[column][row] if self.upright else self.cells[row][column]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns if self.upright else self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows if self.upright else self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).number
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.cell(index).words
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.cell(index).words)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        down = orientation == Qt.Orientation.Vertical
        heads = self.rows if down != self.upright else self.columns
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(heads):
            return heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: HeatMap) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, cell = self._theme, self._view.model_.cell(index)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell(painter, theme, self._view.shades(), box, cell, theme.px(4))
        current = option.state & QStyle.StateFlag.State_HasFocus
        if current:
            focus_ring(painter, theme, QRectF(option.rect), theme.px(5), "text")
        painter.restore()


def paint_cell(
    painter: QPainter, theme: Theme, shade: Shades, box: QRectF, cell: Cell, radius: float
) -> None:
    """One cell: its step as ground, its number on it; dotted round where there is nothing to measure."""
    if cell.value is None:
        painter.setPen(QPen(theme.color("border_strong"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(QBrush(theme.color("border"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return
    step = step_of(cell.value)
    if not step:
        rounded(painter, box, radius, theme.color("sunk"), None)
        return
    rounded(painter, box, radius, shade.grounds[step - 1], None)
    painter.setFont(theme.font("small"))
    painter.setPen(shade.inks[step - 1])
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.number)


class HeatMap(QTableView):
    """A heat map as high as its rows. ``show_map`` gives heads and cells; no cell may be missing."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shades: Shades | None = None
        self.model_ = HeatModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Painter(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setHighlightSections(False)
            head.setSectionsClickable(False)
            head.setMinimumSectionSize(1)
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._restyle()
        theme.changed.connect(self._restyle)

    # -- what is shown
    def show_map(self, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell]]) -> None:
        """Shows these; nothing happens while they are as they were. Where one was chosen, it stays so."""
        new = tuple(tuple(row) for row in cells)
        if (tuple(rows), tuple(columns), new) == (self.model_.rows, self.model_.columns, self.model_.cells):
            return
        here = self.currentIndex()
        row, column = here.row(), here.column()
        self.model_.show(rows, columns, cells)
        self._fit()
        if row >= 0:
            self.setCurrentIndex(self.model_.index(row, column))

    def is_upright(self) -> bool:
        """Whether rows and columns are exchanged, for want of width."""
        return self.model_.upright

    def shades(self) -> Shades:
        """The grounds of the steps in the present theme."""
        if self._shades is None:
            color = self._theme.color
            dark, light = sorted((color("text"), color("surface")), key=_light)
            self._shades = shades(color("accent"), color("surface"), dark, light)
        return self._shades

    # -- sizes
    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("small"))

    def _row_high(self) -> int:
        return max(self._theme.px(26), self._metrics().height() + self._theme.px(8))

    def _head_wide(self) -> int:
        heads = self.model_.columns if self.model_.upright else self.model_.rows
        return max((self._metrics().horizontalAdvance(head) for head in heads), default=0) + self._theme.px(
            12
        )

    def _wants_upright(self, width: int) -> bool:
        model, metrics = self.model_, self._metrics()
        if not model.columns:
            return False
        head = max((metrics.horizontalAdvance(row) for row in model.rows), default=0) + self._theme.px(12)
        widest = max(metrics.horizontalAdvance(text) for text in (*model.columns, "60"))
        return (width - head) / len(model.columns) < widest + self._theme.px(4)

    def _fit(self) -> None:
        """Shares the width out among the columns, to the pixel, and makes the map as high as its rows."""
        wide = max(self.width(), 1)
        if (upright := self._wants_upright(wide)) != self.model_.upright:
            self.model_.turn(upright)
        side, top, high = self._head_wide(), self._metrics().height() + self._theme.px(6), self._row_high()
        self.verticalHeader().setFixedWidth(side)
        self.horizontalHeader().setFixedHeight(top)
        count = self.model_.columnCount()
        edges = [side + round(i * (wide - side) / max(1, count)) for i in range(count + 1)]
        for column in range(count):
            self.setColumnWidth(column, max(1, edges[column + 1] - edges[column]))
        for row in range(self.model_.rowCount()):
            self.setRowHeight(row, high)
        self.setFixedHeight(top + high * self.model_.rowCount() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.minimumHeight())

    def _restyle(self) -> None:
        theme, self._shades = self._theme, None
        muted, size = theme.color("muted").name(), theme.font("small").pixelSize()
        self.setStyleSheet(
            "QTableView { background: transparent; }"
            "QTableCornerButton::section { background: transparent; border: none; }"
            "QHeaderView { background: transparent; } QHeaderView::section { background: transparent;"
            f" color: {muted}; border: none; padding: 0; font-size: {size}px; }}"
        )
        self._fit()


class HeatScale(QWidget):
    """The five steps with words at both ends, so that the shades can be read."""

    def __init__(
        self, theme: Theme, view: HeatMap, least: str, most: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._view, self._ends = theme, view, (least, most)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[int, int, int]:
        metrics, px = QFontMetrics(self._theme.font("small")), self._theme.px
        return metrics.horizontalAdvance(self._ends[0]) + px(8), STEPS * px(20), px(8)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small"))
        left, steps, gap = self._parts()
        return QSize(left + steps + gap + metrics.horizontalAdvance(self._ends[1]) + 2, self._theme.px(36))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: object) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        left, steps, gap = self._parts()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(0, 0, left, self.height()), middle, self._ends[0])
        end = QRect(left + steps + gap, 0, self.width(), self.height())
        painter.drawText(end, middle, self._ends[1])
        top = (self.height() - px(12)) / 2
        for i, ground in enumerate(self._view.shades().grounds):
            box = QRectF(
                QPointF(left + i * px(20) + 1, top), QPointF(left + (i + 1) * px(20) - 1, top + px(12))
            )
            rounded(painter, box, px(3), ground, None)
        painter.end()
