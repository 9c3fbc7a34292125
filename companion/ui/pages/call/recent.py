"""The list of calls: a model that reads as far as one scrolls, and how a line of it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from companion.clock import moment
from companion.core.calls import State
from companion.core.summary import spoken, told_time
from companion.desk import Desk
from companion.storage.calls import Row
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagedlist import Index, PagedList, PagedModel
from companion.ui.widgets.painting import line_ground
from companion.ui.widgets.text import elided, one_line


class RecentModel(PagedModel[Row]):
    """Calls, newest first, read from the book in pages as they come into sight."""

    Who = Qt.ItemDataRole.UserRole + 1
    When = Qt.ItemDataRole.UserRole + 2
    What = Qt.ItemDataRole.UserRole + 3
    Id = Qt.ItemDataRole.UserRole + 4
    Waits = Qt.ItemDataRole.UserRole + 5

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def read(self, count: int, after: Row | None = None) -> list[Row]:
        return self._desk.history.recent(count, (after.started_at, after.id) if after else None)

    def reload(self) -> None:
        """Reads the first page anew; lines that are the same stay where they are."""
        rows = self.read_anew()
        if rows != self.items:
            self.show_anew(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.item_at(index)
        if row is None:
            return None
        readers: dict[int, Callable[[Row], Any]] = {
            int(Qt.ItemDataRole.DisplayRole): self._spoken,
            int(Qt.ItemDataRole.AccessibleTextRole): self._spoken,
            self.Who: self._who,
            self.When: self._when,
            self.What: self._what,
            self.Id: lambda r: r.id,
            self.Waits: self._waits,
        }
        read = readers.get(int(role))
        return read(row) if read else None

    def _spoken(self, row: Row) -> str:
        return ", ".join(x for x in (self._who(row), self._when(row), self._what(row), self._waits(row)) if x)

    def _who(self, row: Row) -> str:
        return one_line(row.name or row.number or self.tr("Unknown caller"), 120)

    def _when(self, row: Row) -> str:
        now = self._desk.clock.local()
        return told_time(moment(row.started_at).astimezone(now.tzinfo), now)

    def _what(self, row: Row) -> str:
        if row.state == State.MISSED:
            return self.tr("Missed call")
        parts = [
            self._desk.reason_name(row.reason),
            self._desk.outcome_name(row.outcome),
            spoken(row.handle_s),
        ]
        return one_line(" · ".join(part for part in parts if part), 160)

    def _waits(self, row: Row) -> str:
        if row.state == State.WRAPUP:
            return self.tr("wrap-up open")
        if row.state == State.MISSED and not row.called_back:
            return self.tr("call back")
        if row.has_promise and not row.promise_done:
            return self.tr("promise open")
        return self.tr("message open") if row.has_slip and not row.slip_done else ""


class RecentDelegate(QStyledItemDelegate):
    """Two lines: who and when, what and what still waits."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(54))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        rect: QRect = option.rect.adjusted(px(2), px(1), -px(2), -px(1))  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line_ground(painter, theme, QRectF(rect), px(8), state)
        inner = rect.adjusted(px(12), px(6), -px(12), -px(6))
        half = inner.height() // 2
        top, low = QRect(inner.left(), inner.top(), inner.width(), half), QRect(inner)
        low.setTop(inner.top() + half)
        self._pair(
            painter, top, index.data(RecentModel.Who), "strong", "text", index.data(RecentModel.When), "muted"
        )
        waits = index.data(RecentModel.Waits)
        self._pair(painter, low, index.data(RecentModel.What), "small", "muted", waits, "warn")
        painter.restore()

    def _pair(
        self, painter: QPainter, box: QRect, left: str, role: str, token: str, right: str, right_token: str
    ) -> None:
        """One line: words at the left, cut short where the words at the right begin."""
        small, font = self._theme.font("small"), self._theme.font(role)
        painter.setFont(small)
        width = painter.fontMetrics().horizontalAdvance(right) if right else 0
        painter.setPen(self._theme.color(right_token))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        room = max(0, box.width() - width - self._theme.px(12))
        shown = elided(left, font, room)
        painter.drawText(
            QRect(box.left(), box.top(), room, box.height()),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            shown,
        )


class RecentList(PagedList):
    """The list itself; ``calls`` is its model."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        self.calls = RecentModel(desk)
        super().__init__(self.calls, RecentDelegate(theme), parent)
        self.setAccessibleName(self.tr("Calls"))
        self.setUniformItemSizes(True)
