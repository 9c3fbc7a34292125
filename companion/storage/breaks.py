"""Planned breaks (abc.prevent): when, how long. They stand in the work data, since they are a part of the day."""

from __future__ import annotations

from typing import NamedTuple

from companion.core.changes import Change
from companion.core.stress import moment, new_id
from companion.storage.store import Store

LEAST, MOST = 1, 480
"""Minutes of a break."""


class Break(NamedTuple):
    """A planned break: ``at`` is its beginning (UTC stamp), ``zone`` where it was planned."""

    id: str
    at: str
    zone: str
    minutes: int
    made_at: str


_COLUMNS = ", ".join(Break._fields)


class BreaksBook:
    """The planned breaks of one store. All methods raise StoreError for errors of the world."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, at: str, zone: str, minutes: int, made_at: str) -> Break:
        """Plans a break. Raises ValueError for a time or a length that is none."""
        planned = Break(new_id(), at, zone, minutes, made_at)
        self.put(planned)
        return planned

    def put(self, planned: Break) -> None:
        """Keeps a break as it is, a changed one or one that had been taken away. Raises ValueError likewise."""
        moment(planned.at)
        moment(planned.made_at)
        if isinstance(planned.minutes, bool) or not LEAST <= planned.minutes <= MOST:
            raise ValueError("a break lasts from one minute to eight hours")
        with self._store.write(Change.BREAKS):
            self._store.connection.execute(
                f"INSERT OR REPLACE INTO breaks ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)", planned
            )

    def remove(self, ident: str) -> Break | None:
        """Takes a break away and returns it; ``put`` brings it back."""
        found = self._store.read(f"SELECT {_COLUMNS} FROM breaks WHERE id = ?", (ident,))
        if not found:
            return None
        with self._store.write(Change.BREAKS):
            self._store.connection.execute("DELETE FROM breaks WHERE id = ?", (ident,))
        return Break(*found[0])

    def between(self, start: str, end: str) -> list[Break]:
        """Breaks that begin at ``start`` or later and before ``end``, in order of time."""
        rows = self._store.read(
            f"SELECT {_COLUMNS} FROM breaks WHERE at >= ? AND at < ? ORDER BY at, id", (start, end)
        )
        return [Break(*row) for row in rows]

    def next_after(self, now: str) -> Break | None:
        """The next break that begins at ``now`` or later."""
        rows = self._store.read(
            f"SELECT {_COLUMNS} FROM breaks WHERE at >= ? ORDER BY at, id LIMIT 1", (now,)
        )
        return Break(*rows[0]) if rows else None
