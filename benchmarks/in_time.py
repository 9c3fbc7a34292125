"""Inside the program: how long a full day of the time audit takes to be seen, with ten years behind it.

Usage: ``python benchmarks/in_time.py DATA_FOLDER``; prints one JSON object, name → list of milliseconds.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from in_window import Bench
from make_spans import ordinary
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

ORDINARY = ("2025-05-01", "2025-09-30")
"""The first and the last of the days that are made ordinary: more than are leafed through."""


class TimeBench(Bench):
    """Keys go to the grid, which has the keyboard."""

    def key(self, key: str, text: str = "") -> None:
        page = self.window._stack.time
        assert page is not None
        QTest.keyClick(page.day_view.grid, Qt.Key[f"Key_{key}"])


def live(bench: TimeBench) -> None:
    """Makes days ordinary: about 25 blocks each, instead of 68 at random."""
    luck, time = random.Random(11), bench.desk.time
    for day in time.days(*ORDINARY):
        time.paint_spans(ordinary(day, luck), "an ordinary day")


def run(folder: Path) -> dict[str, list[float]]:
    """Leafs through full days, each drawn for the first time, then moves about and fills slots in one."""
    bench = TimeBench(folder)
    live(bench)
    bench.window.show_page("time")
    page = bench.window._stack.time
    assert page is not None
    for kind, last in (("68 random blocks", "2026-09-30"), ("27 lived blocks", ORDINARY[1])):
        page.show_day(last)
        bench.settle()
        bench.time_keys(f"full day to painted, {kind}", "PageUp")
        bench.time_keys(f"arrow to painted, {kind}", "Right", "Right", "Down", "Left")
        bench.time_keys(f"letter fill to painted, {kind}", "H", "T", "P")
    bench.desk.close()
    return bench.found


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
