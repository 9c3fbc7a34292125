"""Opening hours: seven days, each open from one minute of the day to another, or closed; and how they are said."""

from __future__ import annotations

from collections.abc import Sequence

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

DAY = 1440
"""Minutes of a day; as an end it is midnight, written ``24:00``."""

Day = tuple[int, int] | None
"""Minutes of the local day from which to which a shop is open; None when it is closed all day."""

USUAL: tuple[Day, ...] = ((540, 1020),) * 5 + (None, None)
"""Monday to Friday, 9:00 to 17:00."""


def clock(minute: int) -> str:
    """A minute of the day as it is written: 545 → ``9:05``."""
    return f"{minute // 60}:{minute % 60:02d}"


def read(data: object) -> tuple[Day, ...]:
    """Hours from kept data; anything that is not seven sound days gives the usual hours."""
    if not isinstance(data, list | tuple) or len(data) != 7:
        return USUAL
    days: list[Day] = []
    for item in data:
        if item is None:
            days.append(None)
        elif _is_span(item):
            days.append((int(item[0]), int(item[1])))
        else:
            return USUAL
    return tuple(days)


def _is_span(item: object) -> bool:
    if not isinstance(item, list | tuple) or len(item) != 2:
        return False
    start, end = item
    whole = all(isinstance(minute, int) and not isinstance(minute, bool) for minute in item)
    return whole and 0 <= start < end <= DAY


def told(days: Sequence[Day]) -> str:
    """The hours in words, days with the same hours joined: ``Mon–Fri 9:00–17:00, Sat 10:00–14:00``."""
    runs: list[tuple[int, int, Day]] = []
    for i, day in enumerate(days):
        if runs and runs[-1][2] == day:
            runs[-1] = (runs[-1][0], i, day)
        else:
            runs.append((i, i, day))
    parts = []
    for first, last, day in runs:
        if day is None:
            continue
        names = DAYS[first] if first == last else f"{DAYS[first]}–{DAYS[last]}"
        parts.append(f"{names} {clock(day[0])}–{clock(day[1])}")
    return ", ".join(parts)
