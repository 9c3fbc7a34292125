"""Writes a data folder with ten full years of the time audit, and the same spans for Timewarrior.

Usage: ``python benchmarks/make_spans.py FOLDER [SPANS]`` (250,000 unless told). The folder must hold no data yet.
Each day is full: no slot is open, as at the end of an audit that was never given up.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from companion.core.days import Day, day_named
from companion.core.spans import CONFIRMED, FILLED, PROPOSED, Change, Span
from companion.paths import Paths
from companion.storage.store import Store
from companion.storage.timeaudit import TimeBook

LAST = date(2026, 10, 31)
ZONE = "Europe/Berlin"
A_DAY = 68
"""Spans of a day, so that ten years are about 250,000."""
CATEGORIES = (
    "hygiene", "preparation", "travel", "technology", "work", "work/e-mails", "work/phone calls", "work/research",
    "work/design", "eating", "sleeping", "family", "exercise", "rest", "other",
)  # fmt: skip

LIVED = (
    (430, "sleeping"), (25, "hygiene"), (20, "eating"), (10, "preparation"), (35, "travel"), (50, "work/e-mails"),
    (15, "work/phone calls"), (30, "work/research"), (15, "rest"), (90, "work/design"), (40, "eating"),
    (15, "exercise"), (20, "technology"), (75, "work/phone calls"), (30, "work/e-mails"), (20, "rest"),
    (50, "work/design"), (20, "work/e-mails"), (35, "travel"), (35, "other"), (40, "preparation"), (40, "eating"),
    (75, "family"), (45, "exercise"), (25, "hygiene"), (65, "technology"), (90, "sleeping"),
)  # fmt: skip
"""An ordinary day: minutes and category of each of its blocks."""


def days(count: int) -> list[Day]:
    """So many days up to the last one, as that zone had them."""
    zone = ZoneInfo(ZONE)
    first = LAST - timedelta(days=count - 1)
    return [day_named(first + timedelta(days=i), zone) for i in range(count)]


def spans(found: list[Day], wanted: int) -> Iterator[Span]:
    """Days cut at random places of the grid, no two neighbours the same."""
    luck = random.Random(7)
    left, last = wanted, ""
    for i, day in enumerate(found):
        here = min(left // (len(found) - i) + luck.randrange(-9, 10), day.slots)
        cuts = sorted(luck.sample(range(1, day.slots), max(0, here - 1)))
        edges = [0, *cuts, day.slots]
        for a, b in pairwise(edges):
            category = luck.choice([name for name in CATEGORIES if name != last])
            state = luck.choices((FILLED, CONFIRMED, PROPOSED), (60, 38, 2))[0]
            yield Span(day.start + a * 300, day.start + b * 300, category, state)
            last, left = category, left - 1


def ordinary(day: Day, luck: random.Random) -> list[Span]:
    """A day as it is lived, each time a little otherwise;"""
    at, found = day.start, []
    for minutes, category in LIVED:
        end = min(at + (minutes + luck.choice((-5, 0, 5))) * 60, day.end)
        if (minutes, category) == LIVED[-1]:
            end = day.end
        if at < end:
            found.append(Span(at, end, category, luck.choices((FILLED, CONFIRMED, PROPOSED), (60, 35, 5))[0]))
        at = end
    return found


def make(folder: Path, wanted: int) -> list[Span]:
    """Fills the folder and returns what is in it."""
    paths = Paths(folder)
    paths.prepare()
    store = Store.open(paths.database, paths.backups)
    book = TimeBook(store)
    found = days(max(1, wanted // A_DAY))
    whole = list(spans(found, wanted))
    with store.write():
        book.keep_days(found, 0)
        book.replace(Change((), tuple(whole)))
    store.close()
    return whole


def for_timewarrior(found: list[Span], folder: Path) -> None:
    """The same spans as Timewarrior keeps them: a file a month, a line a span (its own documented form)."""
    data = folder / "data"
    data.mkdir(parents=True)
    months: dict[str, list[str]] = {}
    for span in found:
        start, end = (datetime.fromtimestamp(at, UTC) for at in (span.start, span.end))
        tag = span.category.replace("/", "-").replace(" ", "-")
        line = f"inc {start:%Y%m%dT%H%M%SZ} - {end:%Y%m%dT%H%M%SZ} # {tag}"
        months.setdefault(f"{start:%Y-%m}.data", []).append(line)
    for name, lines in months.items():
        (data / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (data / "tags.data").write_text("{}", encoding="utf-8")
    (data / "undo.data").write_text("", encoding="utf-8")
    (folder / "timewarrior.cfg").write_text("", encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 250_000)
