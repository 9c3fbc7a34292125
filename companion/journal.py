"""The Journal: the user's checks and entries, and what the pages ask of them (abc.model), while it is unlocked.

One per running program. It shares nothing with the work data but the way in which a change is announced, and what it
announces never tells what stands in it. How it is locked and unlocked: ``companion.journal_lock``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from companion.clock import stamp
from companion.core import stress
from companion.core.stress import Action, Entry, Feeling, Head, Solved
from companion.journal_lock import JournalLock, JournalLocked, State, TooSoon, WrongSecret
from companion.storage.vault import Key, NewLock, NewVault

__all__ = ["Journal", "JournalLocked", "Key", "NewLock", "NewVault", "State", "TooSoon", "WrongSecret"]


class Journal(JournalLock):
    """All of it needs the journal open and raises JournalLocked otherwise; only a check can be added while locked.

    Raises StoreError for errors of the world: then nothing was changed, and the caller still has what was to be kept.
    """

    # -- content
    def new_entry(self, call_id: str = "", reason: str = "") -> Entry:
        """An empty entry made now; it is not written until ``write``."""
        return stress.new_entry(stamp(self._clock.now()), self._clock.zone(), call_id, reason)

    def add_check(
        self,
        before: int | None,
        feelings: tuple[Feeling, ...] = (),
        line: str = "",
        call_id: str = "",
        reason: str = "",
        to_finish: bool = False,
    ) -> Literal["kept", "sealed"]:
        """Keeps a check made now; while locked it is sealed and taken in at the next unlocking, with its own time.

        Raises JournalLocked where there is no journal yet, StoreError (then the caller still has the words).
        """
        entry = stress.new_check(
            stamp(self._clock.now()),
            self._clock.zone(),
            before=before,
            feelings=feelings,
            line=line,
            call_id=call_id,
            reason=reason,
            to_finish=to_finish,
        )
        if self._key is not None:
            self._book.write(entry)
            self._told()
            return "kept"
        if self._vault.state == "none":
            raise JournalLocked("there is no journal yet")
        self._book.seal(entry)
        self._told()
        return "sealed"

    @property
    def count(self) -> int:
        """How many checks and entries there are."""
        self._open_or_raise()
        return self._book.count

    def heads(self, limit: int | None = None, before: Head | None = None) -> list[Head]:
        """What lists need, the latest first; ``before`` is the last one had so far."""
        self._open_or_raise()
        return self._book.heads(limit, before)

    def entry(self, ident: str) -> Entry:
        """One check or entry. Raises KeyError where there is none, StoreError where it cannot be read."""
        self._open_or_raise()
        if self._kept is None or self._kept.id != ident:
            self._kept = self._book.entry(ident)
        return self._kept

    def write(self, entry: Entry) -> Entry:
        """Keeps an entry as it is now, its time (``at``) untouched, and returns it with the moment of the change.

        One that is already so is not written again. Raises StoreError; then what was kept before is still there.
        """
        self._open_or_raise()
        if self._kept is not None and entry._replace(changed_at=self._kept.changed_at) == self._kept:
            return self._kept
        changed = entry._replace(changed_at=stamp(self._clock.now()))
        self._book.write(changed)
        self._kept = changed
        self._told()
        return changed

    def remove(self, ident: str) -> Entry:
        """Takes an entry away and returns it; ``write`` brings it back. Raises KeyError, StoreError."""
        entry = self.entry(ident)
        self._book.remove(ident)
        self._kept = None
        self._told()
        return entry

    def to_finish(self) -> list[Head]:
        """Checks that are to be finished to an entry, the latest first."""
        self._open_or_raise()
        return self._book.to_finish()

    def questions_due(self, now: datetime | None = None) -> list[tuple[Entry, Action]]:
        """Actions of which it is time to ask whether they helped; to be put one at a time, the first one first."""
        self._open_or_raise()
        due = self._book.questions_due(stamp(now or self._clock.now()))
        return [(entry, action) for entry, ident in due for action in entry.actions if action.id == ident]

    def answer(self, entry_id: str, action_id: str, helped: int | None) -> Entry:
        """Keeps how much an action helped, 0 to 10, or with None that the question was waved away; not asked again."""
        entry = self.entry(entry_id)
        actions = tuple(
            action._replace(helped=helped, asked=True) if action.id == action_id else action
            for action in entry.actions
        )
        return self.write(entry._replace(actions=actions))

    def solved_before(self, event_kind: str, not_id: str = "", limit: int = 10) -> list[Solved]:
        """What the user found at the same kind of event, the latest first, at most so many."""
        self._open_or_raise()
        return self._book.solved(event_kind, not_id, limit)

    def all_entries(self) -> Iterator[Entry]:
        """Every entry whole, the earliest first; for patterns and the export."""
        self._open_or_raise()
        return self._book.all_entries()

    # -- pages of one's own
    def page(self, name: str) -> dict[str, Any]:
        """A page by its name (``strategy``, ``habits:2026-W47``, ``place``); empty where there is none."""
        self._open_or_raise()
        return self._book.page(name)

    def page_names(self) -> list[str]:
        """The names of all pages, sorted."""
        self._open_or_raise()
        return self._book.page_names()

    def write_page(self, name: str, content: Mapping[str, Any]) -> None:
        """Keeps a page; an empty one is taken away. Raises StoreError."""
        self._open_or_raise()
        if self._book.page(name) != dict(content):
            self._book.write_page(name, content)
            self._told()

    # -- what cannot be read
    @property
    def damaged(self) -> tuple[str, ...]:
        """Ids of records that cannot be read any more."""
        self._open_or_raise()
        return self._book.damaged

    def restore_damaged(self) -> int:
        """Brings back what cannot be read from the backups; returns how many records came back."""
        self._open_or_raise()
        came = self._book.restore()
        if came:
            self._kept = None
            self._told()
        return came
