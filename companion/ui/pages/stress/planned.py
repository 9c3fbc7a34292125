"""Breaks put into the day (abc.prevent): the ones of today that are still to come, and a quiet word when one is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.clock import moment, stamp
from companion.desk import Desk
from companion.storage.breaks import MOST, Break
from companion.storage.errors import StoreError
from companion.ui.pages.stress.editor_part import quiet
from companion.ui.pages.stress.told import told_clock
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

_LOOK_MS, _FAR_MS = 20_000, 3_600_000
"""Between two looks at the clock at the most, and while the next break is hours away: a timer stands still while the
computer sleeps."""
_KEEPS = timedelta(minutes=10)
"""So long after its beginning a break that a call was in the way of is still told of."""


def of_today(desk: Desk) -> list[Break]:
    """Breaks of the local day that are not over yet, in order of time. Raises StoreError."""
    now = desk.clock.local()
    day_ends = datetime(now.year, now.month, now.day, tzinfo=now.tzinfo) + timedelta(days=1)
    begun = stamp(desk.clock.now() - timedelta(minutes=MOST))
    return [one for one in desk.breaks.between(begun, stamp(day_ends)) if _end(one) > desk.clock.now()]


def _end(planned: Break) -> datetime:
    return moment(planned.at) + timedelta(minutes=planned.minutes)


class _Row(QWidget):
    remove_requested = Signal(str)

    def __init__(self, theme: Theme, planned: Break, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._ident = theme, planned.id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._words = QVBoxLayout()
        self._words.addWidget(quiet(theme, words, self, "body", "text"))
        self._words.addStretch(1)
        row.addLayout(self._words, 1)
        self.remove = KeyButton(theme, "", "close", "", "plain", self)
        self.remove.setAccessibleName(self.tr("Remove"))
        self.remove.setAccessibleDescription(words)
        self.remove.clicked.connect(self._on_remove)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        # The words stand at the height of the button's icon.
        self._words.setContentsMargins(0, self._theme.px(8), 0, 0)

    def _on_remove(self) -> None:
        self.remove_requested.emit(self._ident)


class PlannedBreaks(QWidget):
    """“Planned today: 15:30, 10 min”, each with a way to take it out of the day; hidden while there is none."""

    told = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._shown: list[Break] = []
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(label(self.tr("Planned today"), "hint", self))
        self.setAccessibleName(self.tr("Planned today"))
        self.hide()

    def refresh(self) -> None:
        """Shows the breaks of today that are to come or go on. Raises StoreError."""
        wanted = of_today(self._desk)
        if wanted != self._shown:
            for row in self.rows:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [self._made(one) for one in wanted]
            self._shown = wanted
        show_if(self, bool(wanted))

    def _made(self, planned: Break) -> _Row:
        words = self.tr("Break at {time}, {n} min")
        words = words.replace("{time}", told_clock(planned.at, self._desk.clock.zone()))
        row = _Row(self._theme, planned, words.replace("{n}", str(planned.minutes)), self)
        row.remove_requested.connect(self._on_remove)
        self._column.addWidget(row)
        row.show()
        return row

    def texts(self) -> list[str]:
        """What is shown, for tests and tools."""
        return [row.remove.accessibleDescription() for row in self.rows]

    def _on_remove(self, ident: str) -> None:
        try:
            gone = self._desk.breaks.remove(ident)
            self.refresh()
        except StoreError as error:
            self.told.emit(self.tr("Not removed: ") + str(error))
            return
        if gone is not None:
            self.undo_offered.emit(self.tr("Break removed."), back(self._desk, gone))


def back(desk: Desk, gone: Break) -> Callable[[], None]:
    """Puts a break back into the day; the change is announced, so nothing that is shown has to be known here."""
    return lambda: desk.breaks.put(gone)


class BreakBell(QObject):
    """``due`` carries one quiet word when a planned break begins: in the window, never over other programs. While a
    call is live or rings it waits, and comes to nothing where that lasts too long."""

    due = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._since = stamp(desk.clock.now())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        self.look()

    @property
    def waits(self) -> bool:
        """Whether there is a break to wait for, and so a timer that wakes now and then."""
        return self._timer.isActive()

    def look(self) -> None:
        """Tells of what is due, and waits for the next."""
        desk, now = self._desk, self._desk.clock.now()
        try:
            begun = desk.breaks.between(
                max(self._since, stamp(now - _KEEPS)), stamp(now + timedelta(milliseconds=1))
            )
            if begun and desk.board.active is None and desk.board.ringing is None:
                self._since = stamp(now + timedelta(milliseconds=1))
                words = self.tr("Your break: {n} minutes, planned for {time}.")
                words = words.replace("{time}", told_clock(begun[-1].at, desk.clock.zone()))
                self.due.emit(words.replace("{n}", str(begun[-1].minutes)))
                begun = []
            following = desk.breaks.next_after(stamp(now + timedelta(milliseconds=1)))
        except StoreError:
            self._timer.start(_LOOK_MS)  # told of elsewhere; it is looked again
            return
        if begun:
            self._timer.start(_LOOK_MS)
        elif following is not None:
            left = round((moment(following.at) - now).total_seconds() * 1000)
            self._timer.start(max(50, min(left, _LOOK_MS if left < 2 * _FAR_MS else _FAR_MS)))
        else:
            self._timer.stop()
