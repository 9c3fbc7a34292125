"""Writes a data folder with a long history: some real calls, taken by a real Desk, then copied into earlier weeks.

Usage: ``python benchmarks/make_calls.py FOLDER [CALLS]`` (200,000 unless told). The folder must hold no data yet.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from companion.clock import ManualClock
from companion.desk import Desk
from companion.paths import Paths
from companion.playbooks import Playbook
from companion.resources import resource
from companion.storage.store import Store

PATTERNS = 400
"""Calls that are taken one by one, about two weeks of them; all others are copies of these."""
WEEKS = 2
NOW = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)


def make(folder: Path, calls: int) -> None:
    """Fills the folder with ``calls`` finished calls, the newest of them two weeks after ``NOW``."""
    paths = Paths(folder)
    paths.prepare()
    _take(paths, min(calls, PATTERNS))
    _copy(paths, calls)


def _take(paths: Paths, calls: int) -> None:
    luck = random.Random(5)
    clock = ManualClock(NOW)
    store = Store.open(paths.database, paths.backups)
    desk = Desk(store, clock, Playbook(resource("playbooks"), None), "GB")
    reasons = [reason.id for reason in desk.playbook.reasons()]
    outcomes = [outcome.id for outcome in desk.playbook.outcomes()]
    board = desk.board
    for i in range(calls):
        call = desk.start(f"Caller {i}", luck.choice(reasons), f"+44 20 7946 {i:04d}")
        clock.advance(luck.expovariate(1 / 20))
        board.move("open")
        board.ask("open")
        clock.advance(luck.lognormvariate(5.3, 0.5))
        board.write_text(call.id, "notes", f"Asked about order {luck.randrange(10**6)}.")
        board.move("closed")
        clock.advance(luck.expovariate(1 / 60))
        desk.end(luck.choice(outcomes))
        clock.advance(30)
        board.finish()
        clock.advance(luck.expovariate(1 / 2500))
    desk.close()


def _copy(paths: Paths, calls: int) -> None:
    store = Store.open(paths.database, paths.backups)
    run = store.connection.execute
    columns = [row[1] for row in run("PRAGMA table_info(calls)")]
    changed = {
        "n": "n + :n",
        "id": "printf('%06d-%s', :step, id)",
        "started_at": "strftime('%Y-%m-%dT%H:%M:%fZ', started_at, :ago)",
        "number": "number || :step",
        "e164": "NULL",
        "number_key": "number_key || :step",
    }
    called = ", ".join(columns)
    copied = ", ".join(changed.get(name, name) for name in columns)
    patterns = run("SELECT count(*) FROM calls").fetchone()[0]
    with store.write():
        for step in range(1, -(-calls // patterns)):
            rest = min(patterns, calls - step * patterns)
            values = {"n": step * patterns, "step": step, "ago": f"-{7 * WEEKS * step} days", "rest": rest}
            run(
                f"INSERT INTO calls ({called}) SELECT {copied} FROM calls WHERE n <= :rest",
                values,
            )
            run(
                "INSERT INTO call_events (call_id, seq, kind, t, at, zone, data) "
                "SELECT printf('%06d-%s', :step, e.call_id), e.seq, e.kind, e.t, "
                "strftime('%Y-%m-%dT%H:%M:%fZ', e.at, :ago), e.zone, e.data "
                "FROM calls c JOIN call_events e ON e.call_id = c.id WHERE c.n <= :rest",
                values,
            )
    store.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200_000)
