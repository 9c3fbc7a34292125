"""The time audit on disk: days as they were, spans, goals, runs, and the list of what can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from companion.core.audit import Audit
from companion.core.categories import Category
from companion.core.days import Day
from companion.core.goals import Goal
from companion.core.spans import PROPOSED, Change, Piece, Span
from companion.storage.errors import making_sense
from companion.storage.store import Store
from companion.storage.texts import pack, unpack
from companion.storage.timerows import COLUMNS, DAY, READ, SPAN, Decided, Document, Row, packed, unpacked

__all__ = ["Decided", "Document", "Entry", "TimeBook"]


class Entry(NamedTuple):
    """A line of the undo list: its number, what was done in words, when (Unix seconds), whether it is undone."""

    n: int
    words: str
    at: int
    undone: bool


class TimeBook:
    """The time audit of one store. Reading raises StoreError; what writes is called within ``Store.write``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- days
    def days(self) -> list[Day]:
        """All days that are kept, in order."""
        rows = self._store.read(f"SELECT {DAY} FROM time_days ORDER BY start")
        with making_sense(self._store.path):
            found = [Day(name, zone, start, end) for start, end, name, zone, _ in rows]
            for day in found:
                _ = day.date  # a name that is no date is damage
            return found

    def keep_days(self, days: Iterable[Day], day_start: int) -> None:
        """Keeps days; one that is there stays as it is."""
        self._store.connection.executemany(
            f"INSERT INTO time_days ({DAY}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(day.start, day.end, day.name, day.zone, day_start) for day in days],
        )

    # -- spans
    def spans(self, start: int, end: int) -> list[Span]:
        """The spans that lie in a stretch or touch it, whole and in order."""
        rows = self._store.read(
            f'SELECT {SPAN} FROM spans WHERE start >= ? AND start <= ? AND "end" >= ? ORDER BY start',
            (self._first(start), end, start),
        )
        with making_sense(self._store.path):
            return [Span(*row) for row in rows]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """What is recorded in a stretch, proposals left out, as plain figures: whole, in order."""
        found: list[Piece] = self._store.read(
            'SELECT start, "end", category FROM spans WHERE start >= ? AND start < ? AND "end" > ? '
            "AND state <> ? ORDER BY start",
            (self._first(start), end, start, PROPOSED),
        )
        return found

    def extent(self) -> tuple[int, int] | None:
        """From the first span's start to the last one's end; None where there is none."""
        start, last = self._store.read("SELECT min(start), max(start) FROM spans")[0]
        if start is None:
            return None
        return start, self._store.read('SELECT "end" FROM spans WHERE start = ?', (last,))[0][0]

    def last_before(self, instant: int) -> Span | None:
        """The last span that begins before an instant and is no proposal."""
        rows = self._store.read(
            f"SELECT {SPAN} FROM spans WHERE start < ? AND state <> ? ORDER BY start DESC LIMIT 1",
            (instant, PROPOSED),
        )
        return Span(*rows[0]) if rows else None

    def sums(self, start: int, end: int) -> dict[tuple[str, str], int]:
        """Seconds by category and state between two instants.

        Whole spans are added up in the index, one stretch of it for each category; only those at the two edges are
        cut here.
        """
        rows = self._store.read(_SUMS, (start, end))
        found = {(category, state): seconds for category, state, seconds in rows if seconds}
        for edge in {start, end}:
            for span in self._over(edge):
                key = span[2:4]
                if edge == start:
                    found[key] = found.get(key, 0) + min(span.end, end) - start
                elif span.start >= start:
                    found[key] -= span.end - end
        return {key: seconds for key, seconds in found.items() if seconds}

    def count(self, categories: Iterable[str]) -> int:
        """How many spans are of some categories."""
        one = "SELECT count(*) FROM spans WHERE category = ?"
        return sum(int(self._store.read(one, (category,))[0][0]) for category in categories)

    def _over(self, instant: int) -> list[Span]:
        """The span that runs on over an instant, in a list of at most one."""
        rows = self._store.read(
            f"SELECT {SPAN} FROM spans WHERE start < ? ORDER BY start DESC LIMIT 1", (instant,)
        )
        return [span for span in (Span(*row) for row in rows) if span.end > instant]

    def _first(self, start: int) -> int:
        """The start of the span that begins last before ``start``: no earlier one reaches it, since none overlap."""
        rows = self._store.read("SELECT max(start) FROM spans WHERE start < ?", (start,))
        return start if rows[0][0] is None else int(rows[0][0])

    def replace(self, change: Change) -> None:
        """Takes spans away and puts others in. sqlite3.IntegrityError where two would overlap."""
        run = self._store.connection.executemany
        run("DELETE FROM spans WHERE start = ?", [(span.start,) for span in change.removed])
        run(f"INSERT INTO spans ({SPAN}) VALUES (?, ?, ?, ?, ?)", change.added)

    # -- categories, goals, runs
    def categories(self) -> list[Category]:
        """All categories; none while the shipped tree is in use unchanged."""
        return self._all("categories")

    def goals(self) -> list[Goal]:
        """All goals, the oldest first."""
        return sorted(self._all("goals"), key=lambda goal: (goal.since, goal.id))

    def audits(self) -> list[Audit]:
        """All runs, the newest first."""
        return sorted(self._all("audits"), key=lambda audit: (audit.first, audit.id), reverse=True)

    def decisions(self) -> list[Decided]:
        return self._all("decisions")

    def _all(self, table: str) -> list[Any]:
        rows = self._store.read(f"SELECT {COLUMNS[table]} FROM {table}")
        with making_sense(self._store.path):
            return [READ[table](row) for row in rows]

    def swap(self, table: str, before: Iterable[Row], after: Sequence[Row]) -> None:
        """Takes rows of a table away and puts others in."""
        run = self._store.connection.executemany
        names = COLUMNS[table]
        key = names.partition(",")[0]
        run(f"DELETE FROM {table} WHERE {key} = ?", [(row[0],) for row in before])
        marks = ", ".join("?" * (names.count(",") + 1))
        run(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", after)

    # -- what can be undone
    def log(self, words: str, document: Document, at: int) -> int:
        """Keeps what a gesture did, and returns its number; what was undone before cannot be done again then."""
        run = self._store.connection.execute
        run("DELETE FROM time_undo WHERE undone = 1")
        n = int(run("SELECT coalesce(max(n), 0) + 1 FROM time_undo").fetchone()[0])
        run(
            "INSERT INTO time_undo (n, words, change, at, undone) VALUES (?, ?, ?, ?, 0)",
            (n, pack(words), packed(document), at),
        )
        return n

    def to_undo(self) -> Entry | None:
        """What would be undone next."""
        return self._entry(f"WHERE n < coalesce({_FIRST_UNDONE}, 1 << 60) ORDER BY n DESC LIMIT 1")

    def to_redo(self) -> Entry | None:
        """What would be done again next."""
        return self._entry(f"WHERE n = {_FIRST_UNDONE}")

    def _entry(self, where: str) -> Entry | None:
        found = self._entries(where, ())
        return found[0] if found else None

    def entries(self, limit: int, before: int | None = None) -> list[Entry]:
        """The undo list, newest first; ``before`` is the number of the last line of the page before."""
        below = 1 << 60 if before is None else before
        return self._entries("WHERE n < ? ORDER BY n DESC LIMIT ?", (below, limit))

    def _entries(self, where: str, values: Sequence[Any]) -> list[Entry]:
        rows = self._store.read(f"SELECT n, words, at, undone FROM time_undo {where}", values)
        with making_sense(self._store.path):
            return [Entry(n, str(unpack(words)), at, bool(undone)) for n, words, at, undone in rows]

    def document(self, n: int) -> Document:
        """What the gesture of a line did."""
        rows = self._store.read("SELECT change FROM time_undo WHERE n = ?", (n,))
        with making_sense(self._store.path):
            return unpacked(rows[0][0])

    def set_undone(self, n: int, undone: bool) -> None:
        self._store.connection.execute("UPDATE time_undo SET undone = ? WHERE n = ?", (int(undone), n))

    # -- how far things have come
    def mark(self, name: str) -> int | None:
        """An instant that is kept under a name."""
        rows = self._store.read("SELECT at FROM time_marks WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def set_mark(self, name: str, at: int) -> None:
        self._store.connection.execute(
            "INSERT INTO time_marks (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            (name, at),
        )

    def written_elsewhere(self) -> int:
        """A number that changes when another program has written to the file."""
        return int(self._store.read("PRAGMA data_version")[0][0])

    def call_ids(self, start: str, end: str) -> list[str]:
        """Calls in the list (not missed, not discarded) that began between two moments (UTC stamps)."""
        rows = self._store.read(
            "SELECT id FROM calls WHERE listed = 1 AND state <> 'missed' AND started_at >= ? AND started_at < ? "
            "ORDER BY started_at, id",
            (start, end),
        )
        return [row[0] for row in rows]

    def running_since(self, start: str) -> str | None:
        """When the oldest call began that still goes on, ringing and wrap-up included, not before ``start``."""
        rows = self._store.read(
            "SELECT min(started_at) FROM calls WHERE running = 1 AND started_at >= ?", (start,)
        )
        return rows[0][0] if rows else None


_FIRST_UNDONE = "(SELECT min(n) FROM time_undo WHERE undone = 1)"

_SUMS = """WITH RECURSIVE kind (category) AS (
    SELECT min(category) FROM spans
    UNION ALL SELECT (SELECT min(category) FROM spans WHERE category > kind.category)
    FROM kind WHERE kind.category IS NOT NULL
)
SELECT kind.category, states.state, (
    SELECT sum("end" - start) FROM spans
    WHERE category = kind.category AND state = states.state AND start >= ? AND start < ?
) FROM kind, (SELECT 'filled' AS state UNION ALL SELECT 'confirmed' UNION ALL SELECT 'proposed') AS states
WHERE kind.category IS NOT NULL"""
"""Each category that is there is found by a jump in the index, then a stretch of the index is summed for each state."""
