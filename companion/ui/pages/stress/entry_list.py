"""The list of checks and entries by day: read in steps, drawn in two quiet lines, numbers as numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from companion.core.stress import CHECK, Head
from companion.core.stress_words import Words
from companion.desk import Desk
from companion.ui.pages.stress.told import told_clock, told_day
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagedlist import Index, PagedList, PagedModel
from companion.ui.widgets.painting import line_ground
from companion.ui.widgets.text import elided, one_line

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class EntryModel(PagedModel[Head]):
    """Heads, newest first, read from the journal as they come into sight."""

    Time = Qt.ItemDataRole.UserRole + 1
    Day = Qt.ItemDataRole.UserRole + 2
    """The day in words for the first line of it, empty for the others."""
    What = Qt.ItemDataRole.UserRole + 3
    Numbers = Qt.ItemDataRole.UserRole + 4
    Waits = Qt.ItemDataRole.UserRole + 5
    Id = Qt.ItemDataRole.UserRole + 6

    page = 60

    def __init__(self, desk: Desk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self._days: list[str] = []
        self._told: dict[Head, str] = {}  # a day in words takes longer than all else of a line
        self._today: date | None = None

    def read(self, count: int, after: Head | None = None) -> list[Head]:
        return self._desk.journal.heads(count, after)

    def came(self, items: list[Head]) -> None:
        self._days = self._days[: len(self.items)] + self._days_of(items)
        super().came(items)

    def _days_of(self, heads: list[Head]) -> list[str]:
        for head in heads:
            if head not in self._told:
                self._told[head] = self._day(head)
        return [self._told[head] for head in heads]

    def reload(self) -> None:
        """Reads anew what is shown; nothing happens while it is the same."""
        today = self._desk.clock.local().date()
        if today != self._today:
            self._told.clear()
            self._today = today
        heads = self.read_anew()
        same = [head.id for head in heads] == [head.id for head in self.items]
        if not same or self._days_of(heads) != self._days:
            self.show_anew(heads)
            return
        changed = [row for row, head in enumerate(heads) if head != self.items[row]]
        self.items = heads
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _day(self, head: Head) -> str:
        return told_day(head.at, head.zone, self._desk.clock.local().date())

    def row_of(self, ident: str) -> int:
        """The line of an entry among those read; -1 for none."""
        return next((row for row, head in enumerate(self.items) if head.id == ident), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        head = self.item_at(index)
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

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        high = self._theme.px(52)
        if index.data(EntryModel.Day):
            high += self._day_high(index.row() == 0)
        return QSize(self._theme.px(160), high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
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
        line_ground(painter, theme, QRectF(rect), px(8), state)
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


class EntryList(PagedList):
    """The list itself; ``entries`` is its model."""

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        self.entries = EntryModel(desk, words)
        super().__init__(self.entries, EntryDelegate(theme), parent)
        self.setAccessibleName(self.tr("Entries"))
        theme.changed.connect(self.scheduleDelayedItemsLayout)
