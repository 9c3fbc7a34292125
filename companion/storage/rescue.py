"""What to do when the data file is damaged: put it aside untouched, and build a fresh one of all that can be read.

Or take a backup instead. Either way the present state is kept aside first, and what is put in its place can be opened.
"""

from __future__ import annotations

import math
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from companion.core.calls import Call, Event, State, apply
from companion.core.phone import match_key
from companion.core.stress import moment
from companion.storage import header, rescue_time
from companion.storage.backup import Backup, copy_to, look_at, newest_good, stamp, sync, unused
from companion.storage.errors import translating
from companion.storage.rows import ROW_COLUMNS, columns_of, due_of, read_row
from companion.storage.salvage import Found, Image
from companion.storage.store import Store
from companion.storage.texts import unpack

COLUMNS = (*ROW_COLUMNS, "e164", "number_key", "events", "running", "listed", "ended", "due")
"""Columns of ``calls`` in the order of the file, after its ``n``."""

EVENTS_AT = 24
"""Where in ``COLUMNS`` the number of a call's events stands."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue brought back; what was lost is an estimate, of calls and events known to have been there."""

    calls: int
    events: int
    lost_calls: int
    lost_events: int
    set_aside: Path
    """The folder with the damaged file as it was found."""
    newest_backup: Backup | None

    @property
    def lost_estimate(self) -> int:
        """Events known to be lost and calls of which nothing is left, together."""
        return self.lost_calls + self.lost_events


@dataclass(slots=True)
class _Tally:
    highest_n: int = 0
    lost_events: int = 0
    lost: list[tuple[str, int]] = field(default_factory=list)


def rescue(
    database: Path, backups: Path, now: datetime, progress: Callable[[int, int], None] | None = None
) -> Rescued:
    """Replaces a damaged data file by a fresh one with every row that can still be read. The store must be closed.

    ``progress`` is told pages looked at and pages in all; an exception from it calls the rescue off. Until the very
    end nothing is changed. Raises StoreError, for instance when there is no room for the fresh file.
    """
    fresh = database.with_name(f".{database.name}.rescued")
    _remove(fresh)
    try:
        with translating(database), Image(database) as image:
            tally = _Tally()
            store = Store.open(fresh, backups / "none")
            try:
                run = store.connection
                run.execute("PRAGMA foreign_keys = OFF")  # events may be found before their call
                run.execute("PRAGMA cache_size = -65536")
                run.execute("PRAGMA synchronous = OFF")  # it is no file of the user's before it is whole
                with store.write():
                    _collect(image, run, tally, progress)
                    _mend(run, tally, lambda: progress and progress(image.pages, image.pages))
                calls, events = run.execute(
                    "SELECT (SELECT count(*) FROM calls), (SELECT count(*) FROM call_events)"
                ).fetchone()
            finally:
                store.close()
        aside = _put_in_place(fresh, database, unused(backups, f"damaged-{stamp(now)}"))
    finally:
        _remove(fresh)
    return Rescued(
        calls, events, max(0, tally.highest_n - calls), tally.lost_events, aside, newest_good(backups)
    )


def use_backup(backup: Path, database: Path, backups: Path, now: datetime) -> Path:
    """Puts a copy in the place of the data file, whose store must be closed; the copy itself stays.

    Returns the folder in which the present state is kept. Raises StoreError when the copy is not whole; then nothing
    was changed.
    """
    look_at(backup)
    fresh = database.with_name(f".{database.name}.restored")
    try:
        copy_to(backup, fresh)
        return _put_in_place(fresh, database, unused(backups, f"replaced-{stamp(now)}"))
    finally:
        _remove(fresh)


# -- reading


def _collect(
    image: Image, run: sqlite3.Connection, tally: _Tally, progress: Callable[[int, int], None] | None
) -> None:
    for number, rows in image.rows():
        for row in rows:
            _take(row, run, tally)
        if progress is not None and not number % 256:
            progress(number, image.pages)


def _take(row: Found, run: sqlite3.Connection, tally: _Tally) -> None:
    """Keeps a row if it is one of a table of ours; which one shows in the number and kinds of its values."""
    values = row.values
    with suppress(sqlite3.IntegrityError, ValueError, TypeError, KeyError, OverflowError):
        if row.rowid is not None:
            if len(values) == len(COLUMNS) + 1 and values[0] is None and row.rowid < 1 << 40:
                _take_call(row.rowid, values[1:], run, tally)
        elif _like(values, (str, int, str, _NUMBER, str, str, str)):
            _check_event(values)
            run.execute("INSERT OR IGNORE INTO call_events VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        elif _like(values, (str, _NUMBER, str, _NUMBER, str)):
            run.execute("INSERT OR IGNORE INTO call_signs VALUES (?, ?, ?, ?, ?)", values)
        elif _like(values, (str, str, str, int, str)):
            _check_moments(values[1], values[4])
            run.execute("INSERT OR IGNORE INTO breaks VALUES (?, ?, ?, ?, ?)", values)
        elif _like(values, (str, int, str, str)):
            _check_moments(values[3])
            if not isinstance(unpack(str(values[2])), str):
                raise ValueError
            run.execute("INSERT OR IGNORE INTO responses VALUES (?, ?, ?, ?)", values)
        elif _like(values, (str, str)):
            unpack(str(values[1]))
            run.execute("INSERT OR IGNORE INTO settings VALUES (?, ?)", values)
        else:
            rescue_time.take(values, run)


_NUMBER = (int, float)


def _like(values: Sequence[Any], kinds: Sequence[Any]) -> bool:
    return len(values) == len(kinds) and all(map(isinstance, values, kinds))


def _check_event(values: Sequence[Any]) -> None:
    """Raises ValueError for what no event can be."""
    call_id, seq, kind, t, *_, data = values
    if not (call_id and kind and 1 <= seq < 1 << 40 and math.isfinite(t) and isinstance(unpack(data), dict)):
        raise ValueError


def _check_moments(*texts: Any) -> None:
    """Raises ValueError where one is none."""
    for text in texts:
        moment(text)


def _take_call(n: int, values: Sequence[Any], run: sqlite3.Connection, tally: _Tally) -> None:
    names = ", ".join(COLUMNS)
    newer = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    run.execute(
        f"INSERT INTO calls ({names}) VALUES ({', '.join('?' * len(COLUMNS))}) "
        f"ON CONFLICT (id) DO UPDATE SET {newer} WHERE excluded.events > events",
        tuple(values),
    )
    tally.highest_n = max(tally.highest_n, n)


# -- mending


def _mend(run: sqlite3.Connection, tally: _Tally, still_wanted: Callable[[], object]) -> None:
    """Makes the list of calls agree with the events that were found, and what hangs on nothing go."""
    log = run.execute("SELECT call_id, seq, kind, t, at, zone, data FROM call_events ORDER BY call_id, seq")
    for n, (call_id, group) in enumerate(groupby(_batched(log), key=itemgetter(0))):
        if not n % 256:
            still_wanted()
        _mend_call(str(call_id), [row[1:] for row in group], run, tally)
    bare = run.execute(
        f"SELECT {', '.join(COLUMNS)} FROM calls c "
        "WHERE NOT EXISTS (SELECT 1 FROM call_events e WHERE e.call_id = c.id)"
    ).fetchall()
    for values in bare:
        tally.lost_events += values[EVENTS_AT]
        _rest(values, run)
    run.execute("DELETE FROM call_signs WHERE call_id NOT IN (SELECT id FROM calls WHERE running = 1)")
    run.execute("DELETE FROM call_events WHERE call_id NOT IN (SELECT id FROM calls)")
    rescue_time.mend(run)


def _batched(cursor: sqlite3.Cursor) -> Iterator[Any]:
    while rows := cursor.fetchmany(5000):
        yield from rows


def _mend_call(call_id: str, log: list[Any], run: sqlite3.Connection, tally: _Tally) -> None:
    line = run.execute(f"SELECT {', '.join(COLUMNS)} FROM calls WHERE id = ?", (call_id,)).fetchone()
    kept = dict(zip(COLUMNS, line, strict=True)) if line else None
    call, good = _refold(call_id, log)
    for seq in {row[0] for row in log} - good:
        run.execute("DELETE FROM call_events WHERE call_id = ? AND seq = ?", (call_id, seq))
    last = max(good, default=0)
    expected = max(kept["events"] if kept else 0, log[-1][0])
    tally.lost_events += expected - len(good)
    if kept and (len(good) < expected):
        run.execute("UPDATE calls SET events = ? WHERE id = ?", (max(last, 1), call_id))
    elif good:
        numbers = (kept["e164"], kept["number_key"]) if kept else (None, match_key(call.number))
        columns = columns_of(call, numbers, last)
        if columns != kept:
            _put_line(columns, run)


def _refold(call_id: str, log: Iterable[Any]) -> tuple[Call, set[int]]:
    """The call that the readable events add up to, and their numbers; an event that makes no sense is left out."""
    call, good = Call(call_id), set()
    for seq, kind, t, at, zone, data in log:
        try:
            call = apply(call, Event(kind, t, at, zone, unpack(data)))
            good.add(seq)
        except (KeyError, ValueError, TypeError):
            continue
    return call, good


def _rest(values: Sequence[Any], run: sqlite3.Connection) -> None:
    """A call of which only its line is left cannot go on: it is done."""
    row = read_row(values[: len(ROW_COLUMNS)])
    if values[COLUMNS.index("running")]:
        run.execute(
            "UPDATE calls SET state = 'done', wrapup_open = 0, running = 0, listed = 1, due = ? WHERE id = ?",
            (due_of(read_row(("", State.DONE, *values[2 : len(ROW_COLUMNS)]))), row.id),
        )


def _put_line(columns: dict[str, Any], run: sqlite3.Connection) -> None:
    names = list(columns)
    sets = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    run.execute(
        f"INSERT INTO calls ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "
        f"ON CONFLICT (id) DO UPDATE SET {sets}",
        tuple(columns.values()),
    )


# -- putting in place


def _put_in_place(fresh: Path, database: Path, aside: Path) -> Path:
    """Keeps the present file and its log in ``aside`` and lets ``fresh`` take its place, in this order.

    The old log goes before the new file comes: SQLite would play it into the new one.
    """
    with translating(database):
        aside.mkdir(mode=0o700, parents=True)
        logs = (header.wal_of(database), header.shm_of(database))
        for path in (one for one in (database, *logs) if one.exists()):
            kept = aside / path.name
            shutil.copy2(path, kept)
            sync(kept)
        sync(aside)
        for path in logs:
            path.unlink(missing_ok=True)
        sync(fresh)
        os.replace(fresh, database)
        sync(database.parent)
    return aside


def _remove(fresh: Path) -> None:
    for path in (fresh, header.wal_of(fresh), header.shm_of(fresh)):
        with suppress(OSError):
            path.unlink()
