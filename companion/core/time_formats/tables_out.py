"""Time as tables: CSV with one span a row, and a sheet with one day a row for spreadsheets.

Cells that would begin like a formula get a ``'`` before them (``text.safe``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache

from companion.core.categories import Tree
from companion.core.days import SLOT, WEEKDAYS, Day, length_words, ordinal_words, slots, turns, wall
from companion.core.spans import Span
from companion.core.time_formats.found import clean
from companion.core.time_formats.rows import Memory, Row, Zones, iso
from companion.core.time_formats.tables import OURS
from companion.core.time_formats.text import safe

NOT_THERE = "—"
"""What stands in the sheet where a day has no such slot."""

BOM = "\ufeff"
"""Begins the sheet, so that spreadsheets take it for UTF-8."""

HEAD = ("day", "weekday", "zone", "slots", "filled", "remark")
"""The sheet's columns before the slots."""


class _Lines(list[str]):
    """What a writer of CSV writes into: pieces of text."""

    def write(self, text: str) -> int:
        self.append(text)
        return len(text)


def spans_csv(rows: Iterable[Row], zones: Zones) -> str:
    """One span a row: start and end as ISO 8601 with offset, zone, category, state, note. ``read`` brings it back."""
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(OURS)
    zone_of = Memory(zones)
    for row in rows:
        zone = zone_of(row.zone)
        texts = (safe(clean(text)) for text in (row.category, row.state, row.note))
        writer.writerow((iso(row.start, zone), iso(row.end, zone), safe(row.zone), *texts))
    return "".join(lines)


def sheet_csv(days: Sequence[Day], spans: Iterable[Span], tree: Tree, zones: Zones) -> str:
    """One day a row, one column for each five minutes of the clock: 288, and more only where a clock time comes twice.

    A time that a day does not have holds ``NOT_THERE``; one that comes twice has a second column right after its
    hour (``02:00 (2nd)``). The remark says of each such day how long it is. Columns begin where the first day does.
    ``filled`` counts the slots with a category. Days and spans are in order.
    """
    zone_of = Memory(zones)
    held = [_keys(day, zone_of) for day in days]
    first = next((keys[0][0] for keys in held if keys), 0)
    seen = {(minute, 1) for minute in range(0, 1440, 5)}.union(*held)
    columns = sorted(seen, key=lambda key: ((key[0] - first) % 1440 // 60, key[1], (key[0] - first) % 1440))
    lines = _Lines([BOM])
    writer = csv.writer(lines)
    writer.writerow((*HEAD, *(_name(*key) for key in columns)))
    there = list(spans)
    path_of = cache(lambda category: safe(clean(tree.path(category))))
    i = 0
    for day, keys in zip(days, held, strict=True):
        filled: dict[tuple[int, int], str] = dict.fromkeys(keys, "")
        for key, start in zip(keys, slots(day), strict=True):
            middle = start + SLOT // 2
            while i < len(there) and there[i].end <= middle:
                i += 1
            if i < len(there) and there[i].start <= middle:
                filled[key] = path_of(there[i].category)
        count = sum(1 for text in filled.values() if text)
        head = (day.name, _weekday(day), safe(day.zone), len(keys), count, _remark(day, keys, first))
        writer.writerow((*head, *(filled.get(key, NOT_THERE) for key in columns)))
    return "".join(lines)


def _keys(day: Day, zones: Zones) -> list[tuple[int, int]]:
    """For each slot of the day its minute on the local clock, and the how manieth in the day that shows it."""
    zone = zones(day.zone)
    shown: dict[int, int] = {}
    found = []
    begin = wall(day.start, zone)
    first = begin.hour * 60 + begin.minute // 5 * 5
    steady = not turns(day, zone)
    for i, start in enumerate(slots(day)):
        here = begin if steady else wall(start, zone)
        minute = (first + 5 * i) % 1440 if steady else here.hour * 60 + here.minute // 5 * 5
        shown[minute] = shown.get(minute, 0) + 1
        found.append((minute, shown[minute]))
    return found


def _name(minute: int, nth: int) -> str:
    clock = f"{minute // 60:02d}:{minute % 60:02d}"
    return clock if nth == 1 else f"{clock} ({ordinal_words(nth)})"


def _weekday(day: Day) -> str:
    return WEEKDAYS[day.date.weekday()]


def _remark(day: Day, keys: Sequence[tuple[int, int]], first: int) -> str:
    found = [length_words(day)]
    there = set(keys)
    missing = [minute for minute in range(0, 1440, 5) if (minute, 1) not in there]
    if missing and keys:
        found.append(f"no {_name(missing[0], 1)} to {_name(missing[-1], 1)}")
    twice = sorted(minute for minute, nth in there if nth == 2)
    if twice:
        found.append(f"{_name(twice[0], 1)} to {_name(twice[-1], 1)} come twice")
    if keys and keys[0][0] != first:
        found.append(f"begins at {_name(keys[0][0], 1)}")
    return "; ".join(part for part in found if part)
