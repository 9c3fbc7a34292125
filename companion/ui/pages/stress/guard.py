"""Locking: after a while without a sign of life, and when the page is told to; nothing typed is lost by it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.idle import IdleWatch
from companion.ui.pages.stress.shelf import Shelf


class Guard(QObject):
    """Knows the state that the page may show. ``idle`` asks for a lock."""

    idle = Signal()

    def __init__(self, desk: Desk, shelf: Shelf, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._shelf = desk, shelf
        self._covered = False
        self._followed = ""
        self.watch = IdleWatch(desk.clock, page)
        self.watch.idle.connect(self.idle)

    @property
    def state(self) -> str:
        """none, locked, open or broken; what is covered counts as locked."""
        return "locked" if self._covered else self._desk.journal.state

    @property
    def covered(self) -> bool:
        """Whether something typed waits in memory, out of sight, for the disk to take it."""
        return self._covered

    def follow(self) -> None:
        """Takes over another state, whoever brought it about: nothing private outlives the open one."""
        if self._covered and self._desk.journal.state == "open":
            self._try_again()
        state = self.state
        limit = self._desk.prefs.journal_idle_min * 60
        if state == self._followed:
            self.watch.set_limit(limit)
            return
        self._followed = state
        if state == "open":
            self.watch.start(limit)
            return
        self.watch.stop()
        if not self._covered:
            self._shelf.drop_private()

    def lock(self) -> StoreError | None:
        """Writes what is typed and drops the keys. What the disk refuses is covered instead: it stays in its view, out
        of sight and behind the passphrase, until it could be written; then why is returned."""
        refused = self._shelf.flush()
        self._covered = refused is not None
        if refused is None:
            self._desk.journal.lock()
        return refused

    def uncover(self) -> None:
        """The passphrase was given: what was covered may be seen again."""
        self._covered = False

    def _try_again(self) -> None:
        self._covered = False  # what is written announces a change, which leads here again
        if self._shelf.flush() is None:
            self._desk.journal.lock()
        else:
            self._covered = True
