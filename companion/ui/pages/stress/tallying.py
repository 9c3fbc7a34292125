"""The figures of the journal, counted in slices of a few milliseconds, so that the window never waits for them."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from companion.core.patterns import Tally, fact_of
from companion.core.stress import Head
from companion.desk import Desk
from companion.storage.errors import StoreError

SLICE_S = 0.005
"""Seconds at a stretch; a frame has 16 ms, and the rest of the window wants some of them."""

_AT_ONCE = 25
"""Entries asked of the journal at a time."""


class Tallying(QObject):
    """One count at a time, newest entries first; it stops by itself where the time that was asked for begins.

    ``counted`` carries the figures (``Patterns``), ``progressed`` how many entries were looked at and how many there
    are, ``failed`` why the journal could not be read. What is locked in between ends the count without a word.
    """

    counted = Signal(object)
    progressed = Signal(int, int)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._since, self._seen = "", 0
        self._tally = Tally()
        self._last: Head | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)

    @property
    def busy(self) -> bool:
        """Whether a count is under way."""
        return self._timer.isActive()

    def start(self, since: str = "") -> None:
        """Counts anew from the moment ``since`` on (a stamp; empty for all). The first slice is done right now."""
        self._since, self._seen, self._last = since, 0, None
        self._tally = Tally()
        self._timer.start()
        self._on_slice()

    def cancel(self) -> None:
        """Ends the count; nothing comes of it."""
        self._timer.stop()

    def _on_slice(self) -> None:
        end = perf_counter() + SLICE_S
        try:
            more = self._desk.journal.state == "open" and self._some()
            while more and perf_counter() < end:
                more = self._some()
            count = self._desk.journal.count if self._desk.journal.state == "open" else 0
        except StoreError as error:
            self._timer.stop()
            self.failed.emit(str(error))
            return
        if more:
            self.progressed.emit(self._seen, count)
            return
        self._timer.stop()
        if self._desk.journal.state == "open":
            self.counted.emit(self._tally.figures())

    def _some(self) -> bool:
        """Adds the next few; False when there are no more, or none that are wanted."""
        heads = self._desk.journal.heads(_AT_ONCE, self._last)
        for head in heads:
            if head.at < self._since:
                return False
            self._tally.add(fact_of(head))
            self._seen += 1
        self._last = heads[-1] if heads else None
        return len(heads) == _AT_ONCE
