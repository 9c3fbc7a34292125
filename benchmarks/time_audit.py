"""What the time audit takes on ten full years, beside Timewarrior on the same spans in the same run.

Usage: ``python benchmarks/time_audit.py [SPANS]``. Prints JSON: name → milliseconds, one figure for each round.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import make_spans

from companion.clock import ManualClock
from companion.core.spans import Span
from companion.preferences import Preferences
from companion.storage.settings import SettingsBook
from companion.storage.store import Store
from companion.timedesk import TimeDesk

NOW = datetime(2026, 10, 31, 12, tzinfo=UTC)
YEAR = ("2026-01-01", "2026-12-31")
DECADE = ("2016-01-01", "2026-12-31")
LIMITS = {"day read": 5.0, "a year's totals": 16.0, "ten years' totals": 150.0, "gesture on disk": 10.0}
"""Milliseconds that each may take: the 95th of a hundred."""


def measured(rounds: int, do: Callable[[int], object]) -> list[float]:
    """Milliseconds of each round; ``do`` gets its number."""
    took = []
    for i in range(rounds):
        began = time.perf_counter()
        do(i)
        took.append((time.perf_counter() - began) * 1000)
    return took


def ours(folder: Path) -> dict[str, list[float]]:
    """Days, sums and gestures through the same verbs that the page uses."""
    store = Store.open(folder / "companion.db", folder / "backups")
    desk = TimeDesk(store, ManualClock(NOW), Preferences(SettingsBook(store)))
    began = time.perf_counter()
    desk.view(desk.today())
    first = (time.perf_counter() - began) * 1000
    luck = random.Random(3)
    days = [desk.day(f"{luck.randrange(2017, 2026)}-{luck.randrange(1, 13):02d}-15") for _ in range(200)]
    names = [one.id for one in desk.tree.usable()]

    def gesture(i: int) -> None:
        day = days[i]
        start = day.start + 300 * luck.randrange(0, 270)
        desk.paint(start, start + 300 * luck.randrange(1, 12), names[i % len(names)])

    found = {
        "first day read, with the list of all days": [first],
        "day read": measured(200, lambda i: desk.view(days[i])),
        "a year's totals": measured(50, lambda i: desk.figures.totals(*YEAR)),
        "ten years' totals": measured(20, lambda i: desk.figures.totals(*DECADE)),
        "a year by day": measured(20, lambda i: desk.figures.by_day(*YEAR)),
        "a year's heat map": measured(20, lambda i: desk.figures.heat(*YEAR)),
        "gesture on disk": measured(200, gesture),
        "undo on disk": measured(200, lambda i: desk.undo()),
        "quick entry, a key": measured(200, lambda i: desk.quick("yesterday 23:10-0:40 driving", days[i])),
        "a usual day": measured(50, lambda i: desk.usual_day(days[i])),
        "calls looked for": measured(50, lambda i: desk.proposals.update()),
    }
    store.close()
    return found


def timewarrior(spans: list[Span], folder: Path) -> dict[str, list[float]]:
    """Whole processes of ``timew``; empty where it is not installed."""
    program = shutil.which("timew")
    if program is None:
        return {}
    make_spans.for_timewarrior(spans, folder)
    env = {**os.environ, "TIMEWARRIORDB": str(folder), "TZ": make_spans.ZONE}

    def run(*words: str) -> Callable[[int], object]:
        def once(_: int) -> None:
            done = subprocess.run(
                [str(program), *words], env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
            if done.returncode:
                raise RuntimeError(
                    done.stderr.decode(errors="replace") or done.stdout.decode(errors="replace")
                )

        return once

    return {
        "timew: its start alone": measured(5, run("--version")),
        "timew: a day": measured(5, run("summary", "2026-06-15", "-", "2026-06-16")),
        "timew: a year": measured(3, run("summary", "2026-01-01", "-", "2027-01-01")),
        "timew: ten years": measured(1, run("summary", "2016-01-01", "-", "2027-01-01")),
    }


def all_figures(wanted: int = 250_000) -> dict[str, list[float]]:
    """Everything, in a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="companion-bench-") as name:
        folder = Path(name)
        spans = make_spans.make(folder / "ours", wanted)
        return ours(folder / "ours") | timewarrior(spans, folder / "timew")


if __name__ == "__main__":
    print(json.dumps(all_figures(int(sys.argv[1]) if len(sys.argv) > 1 else 250_000)))
