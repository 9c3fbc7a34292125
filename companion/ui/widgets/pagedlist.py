"""A long list, the latest first, that is read a page at a time as its end comes into sight."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QWidget

Index = QModelIndex | QPersistentModelIndex
Item = TypeVar("Item")


class PagedModel(QAbstractListModel, Generic[Item]):
    """Holds what was read so far; ``read`` is asked for the rest. ``page`` lines are read at once."""

    page = 50

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._end = False

    def read(self, count: int, after: Item | None = None) -> list[Item]:
        """So many of them, from the first or behind one. To be given by each list."""
        raise NotImplementedError

    def came(self, items: list[Item]) -> None:
        """These come to what was read. A list that keeps more of each says so here."""
        self.items += items

    def read_anew(self) -> list[Item]:
        """What stands now where so much was read already, a page at least."""
        return self.read(max(self.page, len(self.items)))

    def show_anew(self, items: list[Item]) -> None:
        """Takes what ``read_anew`` gave in place of all that was shown."""
        self.beginResetModel()
        self._end = len(items) < max(self.page, len(self.items))
        self.items = []
        self.came(items)
        self.endResetModel()

    def item_at(self, index: Index) -> Item | None:
        """What a line shows."""
        return self.items[index.row()] if index.isValid() and index.row() < len(self.items) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt has it
        return 0 if parent.isValid() else len(self.items)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._end and bool(self.items)

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        more = self.read(self.page, self.items[-1])
        self._end = len(more) < self.page
        if more:
            first = len(self.items)
            self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
            self.came(more)
            self.endInsertRows()


class PagedList(QListView):
    """The list itself, on the ground of what it stands on."""

    def __init__(
        self, model: PagedModel[Any], delegate: QStyledItemDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        model.setParent(self)  # a view owns neither by itself
        delegate.setParent(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
