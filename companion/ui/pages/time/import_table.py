"""Tables to read and to select in, as high as their rows: their texts are asked for only where they are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import one_line, tip

_Index = QModelIndex | QPersistentModelIndex

SEEN = 10
"""Rows shown at the most before it scrolls."""

WRAPPED = 60
"""Up to so many rows may take several lines; of more each is one line high."""


class Table(NamedTuple):
    """A table by its heads and a function from row and column to text."""

    heads: tuple[str, ...]
    count: int
    cell: Callable[[int, int], str]


class TableModel(QAbstractTableModel):
    """A ``Table`` as Qt asks for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table((), 0, lambda _row, _column: "")

    def show_table(self, table: Table) -> None:
        """Another table; one of the same size keeps what is selected."""
        same = (table.heads, table.count) == (self.table.heads, self.table.count)
        if not same:
            self.beginResetModel()
        self.table = table
        if not same:
            self.endResetModel()
        elif table.count:
            self.dataChanged.emit(self.index(0, 0), self.index(table.count - 1, len(table.heads) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else self.table.count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return one_line(self.table.cell(index.row(), index.column()), 200)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.table.cell(index.row(), index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.table.heads[section]
        return None


class TableView(QTableView):
    """Rows to read and to select, as high as up to ten of them. The first column is as wide as it needs."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._high = 0
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setResizeContentsPrecision(SEEN)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFont(theme.font("body"))
        self.horizontalHeader().setFont(theme.font("small"))
        colours = (theme.color("muted").name(), theme.color("border").name())
        self.setStyleSheet(
            "QTableView { background: transparent; }"
            f"QHeaderView::section {{ background: transparent; color: {colours[0]}; border: none; "
            f"border-bottom: 1px solid {colours[1]}; padding: {theme.px(4)}px {theme.px(3)}px; }}"
        )
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.px(10))
        self.fit_columns()

    def choose(self, row: int) -> None:
        """Selects one row and no other, whatever keys are held meanwhile, and brings it into sight."""
        at, flags = self.model().index(row, 0), QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(at, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(at)

    def fit_columns(self) -> None:
        """After another table: widths of the columns, heights of the rows."""
        head, model = self.horizontalHeader(), self.model()
        count = model.columnCount() if model is not None else 0
        for column in range(count):
            mode = QHeaderView.ResizeMode.Stretch if column else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, mode)
        self._fit_rows()

    def _fit_rows(self) -> None:
        model = self.model()
        rows = model.rowCount() if model is not None else 0
        few = rows <= WRAPPED
        self.setWordWrap(few)
        if few:
            self.resizeRowsToContents()
            least, air = self.verticalHeader().defaultSectionSize(), self._theme.px(8)
            for row in range(rows):
                self.setRowHeight(row, max(least, self.rowHeight(row) + air))
        high = sum(self.rowHeight(row) for row in range(min(rows, SEEN)))
        if high != self._high:
            self._high = high
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_rows()

    def sizeHint(self) -> QSize:
        head = self.horizontalHeader().sizeHint().height()
        return QSize(self._theme.px(300), self._high + head + self._theme.px(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())
