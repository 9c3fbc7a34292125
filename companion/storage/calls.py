"""Calls and their events: every event on the disk as it happens, and the lists and figures made from finished calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from companion.core.calls import Call, Event, fold
from companion.core.changes import Change
from companion.core.split import EMPTY_TAIL, Tail
from companion.storage.errors import making_sense
from companion.storage.rows import (
    DUE_CALL_BACK,
    DUE_MESSAGE,
    DUE_PROMISE,
    DUE_WRAP_UP,
    ROW_COLUMNS,
    Numbers,
    Row,
    columns_of,
    read_row,
)
from companion.storage.store import Store
from companion.storage.texts import clean, pack, unpack

__all__ = ["CallerHistory", "CallsBook", "Due", "Row", "Unfinished"]

_ROW = ", ".join(ROW_COLUMNS)
_KEPT = (*ROW_COLUMNS[1:], "e164", "number_key", "events", "running", "listed", "ended", "due")
_QUIET = {"events", "talk_s", "hold_s", "wrapup_s"}
"""Columns that move on with every event while a clock runs: alone they are no news for a list."""
_FOLLOW_UP = {
    "has_promise", "promise_done", "promise_what", "promise_by", "has_slip", "slip_done", "called_back", "due",
}  # fmt: skip


class Unfinished(NamedTuple):
    """A call that a stopped program left ringing, live or in a wrap-up whose clock ran, and when it was last seen.

    ``seq`` is the number of its last event; ``seen_t`` is on the call's time line, ``seen_at`` the wall's time in UTC,
    ``awake`` a reading of the monotonic clock that only means something within the boot ``boot_id``.
    """

    call_id: str
    events: tuple[Event, ...]
    seq: int
    seen_t: float
    seen_at: str
    awake: float
    boot_id: str


@dataclass(frozen=True, slots=True)
class CallerHistory:
    """What is known of a caller from earlier calls (done, missed or in wrap-up)."""

    count: int = 0
    last_name: str = ""
    last_at: str = ""
    last_reason: str = ""
    open_promises: int = 0


class Due(NamedTuple):
    """How much waits to be done, in all calls."""

    promises: int = 0
    messages: int = 0
    call_backs: int = 0
    wrap_ups: int = 0


class CallsBook:
    """The calls of one store. All methods raise StoreError for errors of the world."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- writing
    def add(
        self, call: Call, event: Event, awake: float, boot_id: str, numbers: Numbers | None = None
    ) -> None:
        """Keeps one event; ``call`` is the fold that already has it. See ``add_many``."""
        self.add_many(call, (event,), awake, boot_id, numbers)

    def add_many(
        self, call: Call, events: Sequence[Event], awake: float, boot_id: str, numbers: Numbers | None = None
    ) -> None:
        """Keeps events of one call, in one transaction with its line in the lists; the first one creates the call.

        ``call`` is the fold that already has them; ``awake`` and ``boot_id`` tell when the last of them happened.
        ``numbers`` is the caller's number in E.164 and its key; None leaves what is known. Announces CALL, HISTORY
        when the line in the history comes, goes or changes, and FOLLOWUPS when what is due does.
        """
        if not events:
            return
        with self._store.write(Change.CALL):
            run = self._store.connection.execute
            old = run(f"SELECT {', '.join(_KEPT)} FROM calls WHERE id = ?", (call.id,)).fetchone()
            before = dict(zip(_KEPT, old, strict=True)) if old else None
            seq = before["events"] if before else 0
            if numbers is None:
                numbers = (before["e164"], before["number_key"]) if before else (None, "")
            after = columns_of(call, numbers, seq + len(events))
            self._keep_line(before, after)
            self._store.connection.executemany(
                "INSERT INTO call_events (call_id, seq, kind, t, at, zone, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (call.id, seq + i, clean(e.kind), e.t, clean(e.at), clean(e.zone), pack(dict(e.data)))
                    for i, e in enumerate(events, 1)
                ],
            )
            self._keep_sign(call, events[-1], after, awake, boot_id)
            self._store.touch(_flags(before, after))

    def _keep_line(self, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
        run = self._store.connection.execute
        if before is None:
            marks = ", ".join("?" * len(after))
            run(f"INSERT INTO calls ({', '.join(after)}) VALUES ({marks})", tuple(after.values()))
            return
        changed = [name for name in _KEPT if before[name] != after[name]]  # spares the indexes of all others
        sets = ", ".join(f"{name} = ?" for name in changed)
        run(f"UPDATE calls SET {sets} WHERE id = ?", (*(after[name] for name in changed), after["id"]))

    def _keep_sign(self, call: Call, last: Event, after: dict[str, Any], awake: float, boot_id: str) -> None:
        run = self._store.connection.execute
        if not after["running"]:
            run("DELETE FROM call_signs WHERE call_id = ?", (call.id,))
            return
        run(
            "INSERT INTO call_signs (call_id, t, at, awake, boot_id) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (call_id) DO UPDATE SET t = excluded.t, at = excluded.at, awake = excluded.awake, "
            "boot_id = excluded.boot_id",
            (call.id, call.last_t, clean(last.at), awake, clean(boot_id)),
        )

    def seen(self, call_id: str, t: float, at: str, awake: float) -> None:
        """A sign of life of a call that goes on, announced to nobody: after a crash it was alive until then."""
        with self._store.write():
            self._store.connection.execute(
                "UPDATE call_signs SET t = ?, at = ?, awake = ? WHERE call_id = ?",
                (t, clean(at), awake, call_id),
            )

    # -- single calls
    def events(self, call_id: str) -> list[Event]:
        """All events of a call in their order; empty when there is no such call."""
        found = self._store.read(
            "SELECT kind, t, at, zone, data FROM call_events WHERE call_id = ? ORDER BY seq", (call_id,)
        )
        with making_sense(self._store.path):
            return [Event(kind, t, at, zone, unpack(data)) for kind, t, at, zone, data in found]

    def row(self, call_id: str) -> Row | None:
        """The line of one call, whatever its state."""
        found = self._lines("WHERE id = ?", (call_id,))
        return found[0] if found else None

    def _lines(self, where: str, values: Sequence[Any]) -> list[Row]:
        found = self._store.read(f"SELECT {_ROW} FROM calls {where}", values)
        with making_sense(self._store.path):
            return [read_row(values) for values in found]

    def unfinished(self) -> list[Unfinished]:
        """Calls that ring, are live, or are in a wrap-up whose clock runs, oldest first.

        A wrap-up that was left for later is not among them: it waits in ``open_followups``.
        """
        found = self._store.read(
            "SELECT id, events, coalesce(s.t, 0), coalesce(s.at, c.started_at), coalesce(s.awake, 0), "
            "coalesce(s.boot_id, '') FROM calls c LEFT JOIN call_signs s ON s.call_id = c.id "
            "WHERE c.running = 1 ORDER BY c.started_at, c.id"
        )
        calls = [Unfinished(row[0], tuple(self.events(row[0])), *row[1:]) for row in found]
        with making_sense(self._store.path):
            for call in calls:  # what cannot be folded is told as damage here, not as a crash of each start
                fold(call.call_id, call.events)
        return calls

    # -- lists
    def recent(
        self, limit: int, before: tuple[str, str] | None = None, include_discarded: bool = False
    ) -> list[Row]:
        """The history, newest first: calls done, missed and in wrap-up, at most ``limit`` of them.

        ``before`` is ``(started_at, id)`` of the last line of the page before.
        """
        found = self._page(1, limit, before)
        if include_discarded:
            found = [*found, *self._page(2, limit, before)]
            found.sort(key=lambda row: (row.started_at, row.id), reverse=True)
        return found[:limit]

    def _page(self, listed: int, limit: int, before: tuple[str, str] | None) -> list[Row]:
        below, values = ("AND (started_at, id) < (?, ?)", before) if before else ("", ())
        return self._lines(
            f"WHERE listed = ? {below} ORDER BY started_at DESC, id DESC LIMIT ?", (listed, *values, limit)
        )

    def open_followups(self, limit: int) -> list[Row]:
        """Calls with something that waits to be done, newest first."""
        return self._lines("WHERE due <> 0 ORDER BY started_at DESC, id DESC LIMIT ?", (limit,))

    # -- figures
    def due(self) -> Due:
        """What waits: promises and messages of all calls but discarded ones, missed calls, wrap-ups."""
        bits = (DUE_PROMISE, DUE_MESSAGE, DUE_CALL_BACK, DUE_WRAP_UP)
        sums = ", ".join(f"count(*) FILTER (WHERE due & {bit})" for bit in bits)
        return Due(*self._store.read(f"SELECT {sums} FROM calls WHERE due <> 0")[0])

    def tail(self, reason: str | None, at_least: float) -> Tail:
        """The calls whose conversation has ended and lasted at least ``at_least`` seconds: how many, and their median.

        ``reason`` is the id of a reason for calling, None takes all calls (open.share). Missed and discarded calls do
        not count.
        """
        scope, where = "all", "ended = 1"
        values: tuple[str, ...] = ()
        if reason is not None:
            scope, where, values = f"reason:{clean(reason)}", "reason = ? AND ended = 1", (clean(reason),)
        first = int(max(at_least, 0.0)) // 10
        begun = self._store.read(
            f"SELECT count(*) FROM calls WHERE {where} AND talk_s >= ? AND talk_s < ?",
            (*values, at_least, (first + 1) * 10),
        )[0][0]
        buckets = self._store.read(
            "SELECT bucket * 10, n FROM call_lengths WHERE scope = ? AND bucket > ? AND n > 0 ORDER BY bucket",
            (scope, first),
        )
        buckets.insert(0, (at_least, begun))
        count = sum(n for _, n in buckets)
        if not count:
            return EMPTY_TAIL

        def ranked(rank: int, wanted: int) -> list[float]:
            """So many lengths from a rank on: found by buckets, then exactly within one."""
            start = at_least
            for start, n in buckets:  # noqa: B007
                if rank < n:
                    break
                rank -= n
            found = self._store.read(
                f"SELECT talk_s FROM calls WHERE {where} AND talk_s >= ? ORDER BY talk_s LIMIT ? OFFSET ?",
                (*values, start, wanted, rank),
            )
            return [row[0] for row in found]

        middle = ranked((count - 1) // 2, 2 - count % 2)
        return Tail(count, sum(middle) / len(middle), ranked(0, 1)[0])

    def history_of(self, e164: str | None, key: str, except_id: str = "") -> CallerHistory:
        """What earlier calls tell of a caller; two numbers that are both valid are told apart by E.164, else by key.

        ``except_id`` is the call that goes on. Discarded calls do not count.
        """
        ways, values = _same_caller(e164, key)
        if not ways:
            return CallerHistory()
        calls = f"FROM calls WHERE +listed = 1 AND id <> ? AND ({ways})"
        values = (except_id, *values)  # the plus keeps SQLite from walking through the whole history instead
        count, promises = self._store.read(
            f"SELECT count(*), count(*) FILTER (WHERE due & {DUE_PROMISE}) {calls}", values
        )[0]
        if not count:
            return CallerHistory()
        newest = "ORDER BY started_at DESC, id DESC LIMIT 1"
        at, reason = self._store.read(f"SELECT started_at, reason {calls} {newest}", values)[0]
        named = self._store.read(f"SELECT name {calls} AND name <> '' {newest}", values)
        return CallerHistory(count, named[0][0] if named else "", at, reason, promises)


def _same_caller(e164: str | None, key: str) -> tuple[str, tuple[str, ...]]:
    ways: Iterable[tuple[str, str]] = ()
    if e164 and key:
        ways = (("e164 = ?", e164), ("number_key <> '' AND number_key = ? AND e164 IS NULL", key))
    elif e164:
        ways = (("e164 = ?", e164),)
    elif key:
        ways = (("number_key <> '' AND number_key = ?", key),)
    return " OR ".join(f"({sql})" for sql, _ in ways), tuple(value for _, value in ways)


def _flags(before: dict[str, Any] | None, after: dict[str, Any]) -> Change:
    """What a change of the line means for those who show lists."""
    old = before or dict.fromkeys(after)
    changed = {name for name in after if name != "id" and old.get(name) != after[name]}
    flags = Change.NONE
    if (old.get("listed") or after["listed"]) and changed - _QUIET:
        flags |= Change.HISTORY
    waits = old.get("due") or after["due"]
    if old.get("due", 0) != after["due"] and waits:
        flags |= Change.FOLLOWUPS
    if waits and changed & (_FOLLOW_UP | {"name", "number", "state"}):
        flags |= Change.FOLLOWUPS
    return flags
