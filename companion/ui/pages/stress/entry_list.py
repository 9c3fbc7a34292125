"""The list of checks and entries by day: read in steps, drawn in two quiet lines, numbers as numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from companion.core.stress import CHECK, Head
from companion.core.stress_words import Words
from companion.desk import Desk
from companion.ui.pages.stress.told import told_clock, told_day
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import focus_ring, rounded
from companion.ui.widgets.text import elided, one_line

PAGE = 60
"""Lines read at once."""

_Index = QModelIndex | QPersistentModelIndex
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class EntryModel(QAbstractListModel):
    """Heads, newest first, read from the journal as they come into sight."""

    Time = Qt.ItemDataRole.UserRole + 1
    Day = Qt.ItemDataRole.UserRole + 2
    """The day in words for the first line of it, empty for the others."""
    What = Qt.ItemDataRole.UserRole + 3
    Numbers = Qt.ItemDataRole.UserRole + 4
    Waits = Qt.ItemDataRole.UserRole + 5
    Id = Qt.ItemDataRole.UserRole + 6

    def __init__(self, desk: Desk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self._heads: list[Head] = []
        self._days: list[str] = []
        self._today: date | None = None
        self._end = False

    def reload(self) -> None:
        """Reads anew what is shown; nothing happens while it is the same."""
        count = max(PAGE, len(self._heads))
        heads = self._desk.journal.heads(count)
        today = self._desk.clock.local().date()
        known = {} if today != self._today else dict(zip(self._heads, self._days, strict=True))
        self._today = today
        days = [known.get(head) or told_day(head.at, head.zone, today) for head in heads]
        if heads == self._heads and days == self._days:
            return
        same = [head.id for head in heads] == [head.id for head in self._heads]
        if same and days == self._days:
            changed = [row for row, head in enumerate(heads) if head != self._heads[row]]
            self._heads = heads
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._heads, self._days, self._end = heads, days, len(heads) < count
        self.endResetModel()

    def _day(self, head: Head) -> str:
        return told_day(head.at, head.zone, self._desk.clock.local().date())

    def head_at(self, index: _Index) -> Head | None:
        """The entry of a line."""
        return self._heads[index.row()] if index.isValid() and index.row() < len(self._heads) else None

    def row_of(self, ident: str) -> int:
        """The line of an entry among those read; -1 for none."""
        return next((row for row, head in enumerate(self._heads) if head.id == ident), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # as Qt has it
        return 0 if parent.isValid() else len(self._heads)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._end and bool(self._heads)

    def fetchMore(self, parent: _Index) -> None:
        if not self.canFetchMore(parent):
            return
        more = self._desk.journal.heads(PAGE, self._heads[-1])
        self._end = len(more) < PAGE
        if more:
            first = len(self._heads)
            self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
            self._heads += more
            self._days += [self._day(head) for head in more]
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        head = self.head_at(index)
        if head is None:
            return None
        if role == self.Day:
            row = index.row()
            return self._days[row] if row == 0 or self._days[row] != self._days[row - 1] else ""
        readers: dict[int, Callable[[Head], Any]] = {
            int(Qt.ItemDataRole.DisplayRole): self._spoken,
            int(Qt.ItemDataRole.AccessibleTextRole): self._spoken,
            self.Time: lambda one: told_clock(one.at, one.zone),
            self.What: self._what,
            self.Numbers: numbers,
            self.Waits: lambda one: self.tr("to finish") if one.to_finish else "",
            self.Id: lambda one: one.id,
        }
        read = readers.get(int(role))
        return read(head) if read else None

    def _spoken(self, head: Head) -> str:
        said = []
        if head.before is not None:
            said.append(self.tr("stress {n}").replace("{n}", str(head.before)))
        if head.after is not None:
            said.append(self.tr("afterwards {n}").replace("{n}", str(head.after)))
        day = f"{self._day(head)} {told_clock(head.at, head.zone)}"
        waits = self.tr("to finish") if head.to_finish else ""
        return ", ".join(part for part in (day, self._what(head), *said, waits) if part)

    def _what(self, head: Head) -> str:
        """Kind of event, or feelings: never what was written, which a glance over the shoulder could read."""
        if head.event_kind:
            return one_line(self._words.name(head.event_kind), 120)
        if head.feelings:
            return one_line(" · ".join(self._words.name(one.name) for one in head.feelings[:3]), 120)
        if head.belief_kind:
            return one_line(self._words.name(head.belief_kind), 120)
        return self.tr("Check") if head.kind == CHECK else self.tr("Entry")


def numbers(head: Head) -> str:
    """Stress before and after as numbers: ``7 → 4``, ``7``, or nothing. 0 is a number too."""
    if head.after is None:
        return "" if head.before is None else str(head.before)
    return f"{'–' if head.before is None else head.before} → {head.after}"


class EntryDelegate(QStyledItemDelegate):
    """Two lines each: what and the numbers, time and what still waits; a day stands above its first."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def _day_high(self, first: bool) -> int:
        return QFontMetrics(self._theme.font("caps")).height() + self._theme.px(10 if first else 18)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        high = self._theme.px(52)
        if index.data(EntryModel.Day):
            high += self._day_high(index.row() == 0)
        return QSize(self._theme.px(160), high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, px = self._theme, self._theme.px
        rect: QRect = option.rect.adjusted(px(2), px(1), -px(2), -px(1))
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        day = index.data(EntryModel.Day)
        if day:
            head = QRect(rect)
            head.setHeight(self._day_high(index.row() == 0) - px(6))
            self._words(
                painter, head.adjusted(px(12), 0, 0, 0), day, "caps", "muted", Qt.AlignmentFlag.AlignBottom
            )
            rect.setTop(rect.top() + self._day_high(index.row() == 0))
        if state & QStyle.StateFlag.State_Selected:
            rounded(painter, QRectF(rect), px(8), theme.color("accent_soft"), theme.color("accent_line"))
        elif state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, QRectF(rect), px(8), theme.color("hover"), None)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, theme, QRectF(rect), px(8))
        inner = rect.adjusted(px(12), px(5), -px(12), -px(5))
        half = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), half)
        low = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        self._pair(
            painter, top, index.data(EntryModel.What), "body", index.data(EntryModel.Numbers), "digits"
        )
        self._pair(painter, low, index.data(EntryModel.Time), "small", index.data(EntryModel.Waits), "small")
        painter.restore()

    def _pair(self, painter: QPainter, box: QRect, left: str, role: str, right: str, right_role: str) -> None:
        theme = self._theme
        token = "text" if role == "body" else "muted"
        wide = QFontMetrics(theme.font(right_role)).horizontalAdvance(right) if right else 0
        room = max(0, box.width() - wide - (theme.px(10) if right else 0))
        shown = elided(left, theme.font(role), room)
        self._words(painter, QRect(box.left(), box.top(), room, box.height()), shown, role, token, _MIDDLE)
        self._words(
            painter, box, right, right_role, "accent" if role == "small" else "text", _MIDDLE | _RIGHT
        )

    def _words(
        self, painter: QPainter, box: QRect, text: str, role: str, token: str, where: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        painter.drawText(box, int(where), text)


class EntryList(QListView):
    """The list itself; ``entries`` is its model."""

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = EntryModel(desk, words, self)
        self.setAccessibleName(self.tr("Entries"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(theme, self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
