"""Inside the program: how long a full day of the time audit takes to be seen, with ten years behind it.

Usage: ``python benchmarks/in_time.py DATA_FOLDER``; prints one JSON object, name → list of milliseconds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from in_window import Bench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


class TimeBench(Bench):
    """Keys go to the grid, which has the keyboard."""

    def key(self, key: str, text: str = "") -> None:
        page = self.window._stack.time
        assert page is not None
        QTest.keyClick(page.day_view.grid, Qt.Key[f"Key_{key}"])


def run(folder: Path) -> dict[str, list[float]]:
    """Leafs through full days, each drawn for the first time, then moves about in one."""
    bench = TimeBench(folder)
    bench.window.show_page("time")
    page = bench.window._stack.time
    assert page is not None
    page.show_day("2026-09-30")
    bench.settle()
    bench.time_keys("full day to painted, 250,000 spans", "PageUp")
    bench.time_keys("arrow to painted", "Right")
    bench.desk.close()
    return bench.found


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
