"""Every change ever made to the data file, oldest first. A step that has landed is never edited; new ones are added.

A step uses SQL text only, never a book. The file's version is the number of steps it has been through; each step is
recorded by sqlite-utils' migrations and counted in ``user_version``, which can be read without that library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from companion.storage.header import APPLICATION_ID

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]


def m0001_calls(db: Database) -> None:
    """Calls and their events, the signs of life of a call that goes on, and settings."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _CALLS:
        db.execute(statement)


_CALLS = (
    # The list of calls, made from their events. ``n`` has no gaps, so that a rescue knows how many there were.
    """CREATE TABLE calls (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE CHECK (id <> ''),
        state TEXT NOT NULL CHECK (state IN
            ('ringing', 'greeting', 'open', 'closed', 'close', 'wrapup', 'done', 'missed', 'discarded')),
        started_at TEXT NOT NULL,
        zone TEXT NOT NULL,
        name TEXT NOT NULL,
        number TEXT NOT NULL,
        reason TEXT NOT NULL,
        outcome TEXT NOT NULL,
        talk_s REAL NOT NULL CHECK (talk_s >= 0),
        hold_s REAL NOT NULL CHECK (hold_s >= 0),
        wrapup_s REAL NOT NULL CHECK (wrapup_s >= 0),
        open_asked INTEGER NOT NULL CHECK (open_asked >= 0),
        closed_asked INTEGER NOT NULL CHECK (closed_asked >= 0),
        upset INTEGER NOT NULL CHECK (upset IN (0, 1)),
        has_promise INTEGER NOT NULL CHECK (has_promise IN (0, 1)),
        promise_done INTEGER NOT NULL CHECK (promise_done IN (0, 1)),
        promise_what TEXT NOT NULL,
        promise_by TEXT NOT NULL,
        has_slip INTEGER NOT NULL CHECK (has_slip IN (0, 1)),
        slip_done INTEGER NOT NULL CHECK (slip_done IN (0, 1)),
        called_back INTEGER NOT NULL CHECK (called_back IN (0, 1)),
        wrapup_open INTEGER NOT NULL CHECK (wrapup_open IN (0, 1)),
        e164 TEXT CHECK (e164 <> ''),
        number_key TEXT NOT NULL,
        events INTEGER NOT NULL CHECK (events >= 1),
        running INTEGER NOT NULL CHECK (running =
            (state IN ('ringing', 'greeting', 'open', 'closed', 'close') OR (state = 'wrapup' AND wrapup_open))),
        listed INTEGER NOT NULL CHECK (listed =
            CASE WHEN state IN ('wrapup', 'done', 'missed') THEN 1 WHEN state = 'discarded' THEN 2 ELSE 0 END),
        ended INTEGER NOT NULL CHECK (ended IN (0, 1) AND (NOT ended OR state IN ('wrapup', 'done'))),
        due INTEGER NOT NULL CHECK (due = CASE WHEN state = 'discarded' THEN 0 ELSE
            (has_promise AND NOT promise_done) + 2 * (has_slip AND NOT slip_done)
            + 4 * (state = 'missed' AND NOT called_back) + 8 * (state = 'wrapup') END)
    ) STRICT""",
    # Lengths of ended calls, for the likely length. Counting a few hundred thousand of them takes longer than a frame,
    # so how many there are in each ten seconds is kept beside them, for all calls and for each reason.
    "CREATE INDEX calls_by_length ON calls (ended, talk_s)",
    "CREATE INDEX calls_by_reason_and_length ON calls (reason, ended, talk_s)",
    """CREATE TABLE call_lengths (
        scope TEXT NOT NULL,
        bucket INTEGER NOT NULL,
        n INTEGER NOT NULL CHECK (n >= 0),
        PRIMARY KEY (scope, bucket)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER calls_length_new AFTER INSERT ON calls WHEN new.ended BEGIN
        INSERT INTO call_lengths (scope, bucket, n)
            VALUES ('all', CAST(new.talk_s AS INTEGER) / 10, 1),
                ('reason:' || new.reason, CAST(new.talk_s AS INTEGER) / 10, 1)
            ON CONFLICT (scope, bucket) DO UPDATE SET n = n + 1;
    END""",
    """CREATE TRIGGER calls_length_old AFTER DELETE ON calls WHEN old.ended BEGIN
        UPDATE call_lengths SET n = n - 1
            WHERE scope IN ('all', 'reason:' || old.reason) AND bucket = CAST(old.talk_s AS INTEGER) / 10;
    END""",
    """CREATE TRIGGER calls_length_changed AFTER UPDATE OF ended, talk_s, reason ON calls
        WHEN old.ended OR new.ended BEGIN
        UPDATE call_lengths SET n = n - 1
            WHERE old.ended AND scope IN ('all', 'reason:' || old.reason)
                AND bucket = CAST(old.talk_s AS INTEGER) / 10;
        INSERT INTO call_lengths (scope, bucket, n)
            SELECT 'all', CAST(new.talk_s AS INTEGER) / 10, 1 WHERE new.ended
            UNION ALL SELECT 'reason:' || new.reason, CAST(new.talk_s AS INTEGER) / 10, 1 WHERE new.ended
            ON CONFLICT (scope, bucket) DO UPDATE SET n = n + 1;
    END""",
    "CREATE INDEX calls_by_time ON calls (listed, started_at, id)",
    "CREATE INDEX calls_due ON calls (started_at, id, due) WHERE due <> 0",
    "CREATE INDEX calls_running ON calls (started_at, id) WHERE running = 1",
    "CREATE INDEX calls_by_e164 ON calls (e164, started_at) WHERE e164 IS NOT NULL",
    "CREATE INDEX calls_by_number_key ON calls (number_key, started_at) WHERE number_key <> ''",
    """CREATE TABLE call_events (
        call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL CHECK (seq >= 1),
        kind TEXT NOT NULL CHECK (kind <> ''),
        t REAL NOT NULL,
        at TEXT NOT NULL,
        zone TEXT NOT NULL,
        data TEXT NOT NULL CHECK (json_valid(data)),
        PRIMARY KEY (call_id, seq)
    ) STRICT, WITHOUT ROWID""",
    # The last instant at which a call that goes on was seen; ``awake`` is comparable within one boot only.
    """CREATE TABLE call_signs (
        call_id TEXT PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
        t REAL NOT NULL,
        at TEXT NOT NULL,
        awake REAL NOT NULL,
        boot_id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE settings (
        key TEXT PRIMARY KEY CHECK (key <> ''),
        value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT, WITHOUT ROWID""",
)


def m0002_breaks_and_responses(db: Database) -> None:
    """Planned breaks, and sentences of the user's own for upset callers. The journal itself has a file of its own."""
    for statement in _BREAKS_AND_RESPONSES:
        db.execute(statement)


# Neither has an index beside it: a rescue tells the rows of a table by the number and kinds of their values.
_BREAKS_AND_RESPONSES = (
    """CREATE TABLE breaks (
        id TEXT PRIMARY KEY CHECK (id <> ''),
        at TEXT NOT NULL CHECK (at <> ''),
        zone TEXT NOT NULL,
        minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 480),
        made_at TEXT NOT NULL CHECK (made_at <> '')
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE responses (
        id TEXT PRIMARY KEY CHECK (id <> ''),
        position INTEGER NOT NULL CHECK (position >= 0),
        text TEXT NOT NULL CHECK (json_valid(text)),
        made_at TEXT NOT NULL CHECK (made_at <> '')
    ) STRICT, WITHOUT ROWID""",
)


def m0003_time(db: Database) -> None:
    """The time audit: days as they were, spans, categories, goals, audits, and what it takes to undo each gesture."""
    for statement in _TIME:
        db.execute(statement)


# Instants are whole seconds of Unix time. The rows of each table differ from all others in the number and kinds of
# their values, by which a rescue tells them.
_TIME = (
    """CREATE TABLE time_days (
        start INTEGER PRIMARY KEY,
        "end" INTEGER NOT NULL CHECK ("end" >= start),
        day TEXT NOT NULL UNIQUE CHECK (day <> ''),
        zone TEXT NOT NULL CHECK (zone <> ''),
        day_start INTEGER NOT NULL CHECK (day_start BETWEEN 0 AND 1439)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE spans (
        start INTEGER PRIMARY KEY CHECK (start % 300 = 0),
        "end" INTEGER NOT NULL CHECK ("end" % 300 = 0 AND "end" > start),
        category TEXT NOT NULL CHECK (category <> ''),
        state TEXT NOT NULL CHECK (state IN ('filled', 'confirmed', 'proposed')),
        source TEXT NOT NULL CHECK (source IN ('hand', 'call', 'break', 'import', 'usual'))
    ) STRICT, WITHOUT ROWID""",
    # What sums need and nothing else, so that ten years are added up without reading a row of the table.
    'CREATE INDEX spans_by_category ON spans (category, state, start, "end")',
    """CREATE TRIGGER spans_apart BEFORE INSERT ON spans
        WHEN (SELECT "end" FROM spans WHERE start < new."end" ORDER BY start DESC LIMIT 1) > new.start
        BEGIN SELECT raise(ABORT, 'two spans at the same time'); END""",
    """CREATE TRIGGER spans_replaced BEFORE UPDATE ON spans
        BEGIN SELECT raise(ABORT, 'spans are replaced, never changed'); END""",
    """CREATE TABLE time_undo (
        n INTEGER PRIMARY KEY,
        words TEXT NOT NULL CHECK (json_valid(words)),
        change TEXT NOT NULL CHECK (json_valid(change)),
        at INTEGER NOT NULL,
        undone INTEGER NOT NULL CHECK (undone IN (0, 1))
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX time_undone ON time_undo (n) WHERE undone = 1",
    """CREATE TABLE time_marks (
        name TEXT PRIMARY KEY CHECK (name <> ''),
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE categories (
        id TEXT PRIMARY KEY CHECK (id <> ''),
        name TEXT NOT NULL CHECK (name <> ''),
        parent TEXT NOT NULL,
        letter TEXT NOT NULL,
        colour INTEGER NOT NULL CHECK (colour >= 0),
        pattern INTEGER NOT NULL CHECK (pattern >= 0),
        position INTEGER NOT NULL,
        also TEXT NOT NULL CHECK (json_valid(also)),
        archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
        merged_into TEXT NOT NULL,
        was TEXT NOT NULL CHECK (json_valid(was))
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE goals (
        id TEXT PRIMARY KEY CHECK (id <> ''),
        category TEXT NOT NULL CHECK (category <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('at least', 'at most', 'about')),
        seconds INTEGER NOT NULL CHECK (seconds >= 0),
        per TEXT NOT NULL CHECK (per IN ('day', 'week')),
        weekdays TEXT NOT NULL CHECK (weekdays <> ''),
        since TEXT NOT NULL,
        until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE audits (
        id TEXT PRIMARY KEY CHECK (id <> ''),
        first TEXT NOT NULL CHECK (first <> ''),
        days INTEGER NOT NULL CHECK (days BETWEEN 3 AND 7)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE decisions (
        audit TEXT PRIMARY KEY CHECK (audit <> ''),
        seconds INTEGER NOT NULL CHECK (seconds > 0),
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        since TEXT NOT NULL,
        made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
)


STEPS: tuple[Step, ...] = (m0001_calls, m0002_breaks_and_responses, m0003_time)


def apply(db: Database, steps: Sequence[Step]) -> None:
    """Takes the file through the steps that it has not been through yet. Runs inside the caller's transaction."""
    from sqlite_utils import Migrations

    migrations = Migrations("companion")
    for number, step in enumerate(steps, 1):
        migrations(name=step.__name__)(_counted(step, number))
    migrations.apply(db)


def _counted(step: Step, number: int) -> Step:
    def run(db: Database, /) -> None:
        step(db)
        db.execute(f"PRAGMA user_version = {number}")

    run.__name__ = step.__name__
    return run
