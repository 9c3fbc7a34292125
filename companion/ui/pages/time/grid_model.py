"""The day as a table: a row for each hour of the local clock, twelve columns, one cell a slot (``time.slots``)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from companion.core.categories import Tree
from companion.core.days import SLOT, Day, Row, offset, rows, time_words
from companion.core.spans import CONFIRMED, PROPOSED, Span

COLUMNS = 12
_DAY = 86_400
_Index = QModelIndex | QPersistentModelIndex


class Segment(NamedTuple):
    """What is painted in one stroke: the part of a span in one row, columns ``left`` to ``right`` (half-open).

    ``begins`` and ``ends`` say whether the span does so here; ``named``: the part that bears its name when there is
    room (the first that has at least two cells, else the first).
    """

    row: int
    left: int
    right: int
    span: Span
    begins: bool
    ends: bool
    named: bool


class Sheet:
    """The slots of a day, each with its place in the table. Slot ``i`` begins at ``day.start + 300 i``."""

    def __init__(self, day: Day, zone: tzinfo, twelve: bool = False, held: Sheet | None = None) -> None:
        """``held``: the sheet of another day, whose rows may serve once more."""
        self.day, self.zone, self.twelve = day, zone, twelve
        moved = held.moved_to(day) if held is not None and (held.zone, held.twelve) == (zone, twelve) else ()
        self.rows: tuple[Row, ...] = moved or rows(day, zone, twelve=twelve)
        self._firsts = [(row.start - day.start) // SLOT for row in self.rows]

        self.shape = tuple((row.column, row.slots, row.label) for row in self.rows)
        """All of it that is no matter of the date: days alike are shown in the same table."""

    def moved_to(self, day: Day) -> tuple[Row, ...]:
        """The rows of another day where both are 24 hours by a clock that stands alike throughout; else none.

        To find out what the clock shows takes ten times as long. Nor where an hour comes twice (a day that starts
        within one): the weekday is in its label then.
        """
        away, apart = {row.offset for row in self.rows}, day.start - self.day.start
        away |= {offset(day.start, self.zone), offset(day.end - 1, self.zone)}
        if len(away) > 1 or apart % _DAY or not day.length == self.day.length == _DAY:
            return ()
        if len({row.hour for row in self.rows}) < len(self.rows):
            return ()
        days = timedelta(seconds=apart)
        dates = {row.date: (date.fromisoformat(row.date) + days).isoformat() for row in self.rows}
        return tuple(row._replace(start=row.start + apart, date=dates[row.date]) for row in self.rows)

    @property
    def slots(self) -> int:
        return self.day.slots

    def start(self, slot: int) -> int:
        """The instant at which a slot begins; that of the day's end for the one past the last."""
        return min(self.day.start + slot * SLOT, self.day.end)

    def slot_at(self, instant: int) -> int:
        """The slot that holds an instant, held within the day."""
        return min(max(0, (instant - self.day.start) // SLOT), max(0, self.slots - 1))

    def place(self, slot: int) -> tuple[int, int]:
        """Row and column of a slot."""
        row = max(0, bisect_right(self._firsts, slot) - 1)
        return row, self.rows[row].column + slot - self._firsts[row]

    def slot(self, row: int, column: int) -> int:
        """The slot of a cell, -1 where the day has none there."""
        if not 0 <= row < len(self.rows):
            return -1
        into = column - self.rows[row].column
        return self._firsts[row] + into if 0 <= into < self.rows[row].slots else -1

    def nearest(self, row: int, column: int) -> int:
        """The slot of a cell, or the nearest one of its row where the day has none there."""
        row = min(max(0, row), len(self.rows) - 1)
        into = min(max(0, column - self.rows[row].column), self.rows[row].slots - 1)
        return self._firsts[row] + into

    def first_of_row(self, row: int) -> int:
        return self._firsts[row]

    def last_of_row(self, row: int) -> int:
        return self._firsts[row] + self.rows[row].slots - 1

    def segments(self, spans: Sequence[Span]) -> list[Segment]:
        """The spans cut at the ends of rows and of the day."""
        found: list[Segment] = []
        origin, until, firsts = self.day.start, self.day.end, self._firsts
        for span in spans:
            begin, end = max(span.start, origin), min(span.end, until)
            if begin >= end:
                continue
            at, last = (begin - origin) // SLOT, (end - 1 - origin) // SLOT
            row = bisect_right(firsts, at) - 1
            begins, first, wide = begin == span.start, len(found), -1
            while at <= last:
                left = self.rows[row].column + at - firsts[row]
                after = min(last + 1, firsts[row] + self.rows[row].slots)
                ends = after > last and end == span.end
                found.append(Segment(row, left, left + after - at, span, begins, ends, False))
                if wide < 0 and after - at > 1:
                    wide = len(found) - 1
                begins, at, row = False, after, row + 1
            bears = first if wide < 0 else wide
            found[bears] = found[bears]._replace(named=True)
        return found


def _filled(sheet: Sheet, spans: Sequence[Span]) -> list[tuple[str, str] | None]:
    """What each slot is read out by: the category and state of what is there at its start."""
    found: list[tuple[str, str] | None] = [None] * sheet.slots
    for span in spans:
        first, last = (max(0, -((sheet.day.start - at) // SLOT)) for at in (span.start, span.end))
        found[first:last] = [(span.category, span.state)] * (min(last, sheet.slots) - first)
    return found


class DayModel(QAbstractTableModel):
    """Each cell is read out as time, category and state: ``9:05, e-mails, confirmed``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.spans: tuple[Span, ...] = ()
        self._starts: list[int] = []
        self._tree: Tree | None = None

    def show_day(self, sheet: Sheet, spans: Sequence[Span], tree: Tree) -> None:
        """Another day, or the same with other spans (those that touch it, in order)."""
        shown, held = tuple(spans), self.sheet
        same = held is not None and (held.day, held.rows) == (sheet.day, sheet.rows)
        if same and shown == self.spans and tree == self._tree:
            return
        alike = held is not None and held.shape == sheet.shape
        if not alike:
            self.beginResetModel()
        known, before = same and tree == self._tree, self.spans
        self.sheet, self.spans, self._tree = sheet, shown, tree
        self._starts = [span.start for span in shown]
        if not alike:
            self.endResetModel()
            return
        other: Sequence[int] = range(sheet.slots)
        if known:
            was, now = _filled(sheet, before), _filled(sheet, shown)
            other = [slot for slot in other if was[slot] != now[slot]]
        if other:
            first, last = sheet.place(other[0])[0], sheet.place(other[-1])[0]
            self.dataChanged.emit(self.index(first, 0), self.index(last, COLUMNS - 1))

    # -- what is there
    def span_at(self, slot: int) -> Span | None:
        """What fills a slot: what is there at its start."""
        if self.sheet is None or not 0 <= slot < self.sheet.slots:
            return None
        at = self.sheet.start(slot)
        i = bisect_right(self._starts, at) - 1
        return self.spans[i] if i >= 0 and self.spans[i].end > at else None

    def words(self, slot: int) -> str:
        """A slot as it is read out."""
        if self.sheet is None or self._tree is None:
            return ""
        clock = time_words(self.sheet.start(slot), self.sheet.zone, twelve=self.sheet.twelve)
        span = self.span_at(slot)
        if span is None:
            return self.tr("%1, not filled").replace("%1", clock)
        return f"{clock}, {self._tree.path(span.category).rpartition('/')[2]}, {self.state_words(span.state)}"

    def state_words(self, state: str) -> str:
        """A state in words."""
        if state == CONFIRMED:
            return self.tr("confirmed")
        return self.tr("proposed") if state == PROPOSED else self.tr("filled in afterwards")

    # -- as Qt asks for it
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.sheet is None or not index.isValid() or self.sheet.slot(index.row(), index.column()) < 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.sheet is None or self._tree is None or not index.isValid():
            return None
        slot = self.sheet.slot(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(slot) if slot >= 0 else self.tr("not in this day")
        if role == Qt.ItemDataRole.DisplayRole and slot >= 0:
            span = self.span_at(slot)
            return self._tree.code(span.category) if span is not None else ""
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return f":{section * 5:02d}"
        if self.sheet is None or not 0 <= section < len(self.sheet.rows):
            return None
        return self.sheet.rows[section].label
