"""Local days as stretches of instants: 23, 24, 25 hours or none at all, cut in five-minute slots (``time.slots``).

Instants are whole seconds of Unix time (UTC). A day runs from the first instant at which the local clock shows its
start or later, to the same of the next date. So a missing midnight begins where the clock lands, a midnight that comes
twice counts from the first, and a date that a country skipped has length 0. Days of one zone tile the time line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

SLOT = 300
"""Seconds of a slot."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_ONE = timedelta(days=1)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Day(NamedTuple):
    """One local day, kept with the data: later changes of zone or day start do not move it.

    ``name`` is the date of its start as ``YYYY-MM-DD``, ``zone`` an IANA name (or an offset such as ``+01:00``),
    ``start`` and ``end`` instants, half-open.
    """

    name: str
    zone: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """Seconds of the day."""
        return self.end - self.start

    @property
    def slots(self) -> int:
        """How many slots the day is cut into; only history before 2000 knows a last one that is shorter."""
        return -((self.start - self.end) // SLOT)

    @property
    def date(self) -> date:
        return date.fromisoformat(self.name)


class Row(NamedTuple):
    """One row of the day's grid: the slots of one local clock hour, at most twelve.

    ``start`` is the instant of its first slot, ``column`` 0 … 11 the place of that slot (its minute / 5), ``offset``
    the local clock's seconds ahead of UTC, ``nth`` 1 or 2 where the hour comes twice on that date, else 0.
    """

    start: int
    slots: int
    column: int
    hour: int
    date: str
    offset: int
    nth: int
    label: str


class Turn(NamedTuple):
    """The local clock is changed at instant ``at``: it would show ``before`` and shows ``after`` (minutes of a day)."""

    at: int
    before: int
    after: int


# ---- instants and the local clock


def wall(instant: int, zone: tzinfo) -> datetime:
    """The local clock at an instant."""
    return (EPOCH + timedelta(seconds=instant)).astimezone(zone)


def offset(instant: int, zone: tzinfo) -> int:
    """Seconds that the local clock is ahead of UTC at an instant."""
    found = wall(instant, zone).utcoffset()
    return int(found.total_seconds()) if found is not None else 0


def zone_name(zone: tzinfo) -> str:
    """The name that a zone is kept under: its IANA key, or its fixed offset as ``+01:00``."""
    key = getattr(zone, "key", None)
    if isinstance(key, str) and key:
        return key
    seconds = offset(0, zone)
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{abs(seconds) // 3600:02d}:{abs(seconds) // 60 % 60:02d}"


def first_at(day: date, minute: int, zone: tzinfo) -> int:
    """The first instant at which the local clock shows ``minute`` of ``day`` or later (minute 0 … 1440)."""
    naive = (day.toordinal() - _EPOCH_ORDINAL) * 86400 + minute * 60
    shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    early, late = _offsets(shown, zone)
    if early >= late:  # once, or twice: then fold 0 is the first
        return naive - early
    low, high = naive - late, naive - early  # a gap: the clock jumps somewhere in between
    while high - low > 1:
        middle = (low + high) // 2
        if middle + offset(middle, zone) >= naive:
            high = middle
        else:
            low = middle
    return high


def instants_at(day: date, minute: int, zone: tzinfo) -> tuple[int, ...]:
    """The instants at which the local clock shows ``minute`` of ``day``: one, two where it comes twice, or none."""
    naive = (day.toordinal() - _EPOCH_ORDINAL) * 86400 + minute * 60
    shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    early, late = _offsets(shown, zone)
    if early == late:
        return (naive - early,)
    return (naive - early, naive - late) if early > late else ()


def _offsets(shown: datetime, zone: tzinfo) -> tuple[int, int]:
    early = shown.replace(tzinfo=zone).utcoffset()
    late = shown.replace(tzinfo=zone, fold=1).utcoffset()
    if early is None or late is None:
        raise ValueError("a zone without an offset")
    return int(early.total_seconds()), int(late.total_seconds())


# ---- days


def day_named(day: date, zone: tzinfo, day_start: int = 0) -> Day:
    """The day that starts on a date, ``day_start`` minutes after midnight (0 … 1439). Years 2 to 9998."""
    if not 0 <= day_start < 1440:
        raise ValueError("a day starts 0 to 1439 minutes after midnight")
    if not 2 <= day.year <= 9998:
        raise ValueError("a day is in the years 2 to 9998")
    start, end = (_begins(at, day_start, zone) for at in (day, day + _ONE))
    return Day(day.isoformat(), zone_name(zone), start, end)


def _begins(day: date, minute: int, zone: tzinfo) -> int:
    """Where a day begins: at the first instant of its start, on the five minutes of the local clock.

    They differ only where the start falls into a gap that ends off them (Goose Bay turned its clocks at 0:01).
    """
    at = first_at(day, minute, zone)
    return at + -(at + offset(at, zone)) % SLOT if minute else at


def day_of(instant: int, zone: tzinfo, day_start: int = 0) -> Day:
    """The day that holds an instant."""
    guess = (wall(instant, zone) - timedelta(minutes=day_start)).date()
    for days in (0, -1, 1, -2, 2):
        found = day_named(guess + days * _ONE, zone, day_start)
        if found.start <= instant < found.end:
            return found
    raise ValueError("a zone whose days do not tile")


def next_day(day: Day, zone: tzinfo, day_start: int = 0) -> Day:
    """The day after ``day`` under the settings of now: it begins where that one ends, whatever zone that one is in.

    So the first day after a flight west is longer (30 hours from Berlin to New York) and after a flight east shorter;
    it may have length 0 where the new zone is a whole day ahead.
    """
    plain = day_named(day.date + _ONE, zone, day_start)
    return plain._replace(start=day.end, end=max(day.end, plain.end))


def previous_day(day: Day, zone: tzinfo, day_start: int = 0) -> Day:
    """The day before ``day`` under the settings of now: it ends where that one begins."""
    plain = day_named(day.date - _ONE, zone, day_start)
    return plain._replace(start=min(day.start, plain.start), end=day.start)


class Calendar:
    """All days: the kept ones as they were kept, the others by the zone and day start of now, fitted in between.

    The boundary between two dates is what a kept neighbour says; where neither is kept it is the local day start,
    held between the nearest kept days. Boundaries so never fall, and all days tile through any change of zone.
    A kept day must have been made by a calendar that knew the days kept before it.
    """

    def __init__(
        self,
        zone: tzinfo,
        day_start: int = 0,
        kept: Iterable[Day] = (),
        zones: Callable[[str], tzinfo] | None = None,
    ) -> None:
        """``zones`` finds the zone of a kept day by name; without it kept days are shown on the clock of ``zone``."""
        self.zone = zone
        self.day_start = day_start
        self._name = zone_name(zone)
        self._zones = zones
        self._kept = {day.name: day for day in kept}
        self._names = sorted(self._kept)
        self._starts = [self._kept[name].start for name in self._names]

    def named(self, day: date) -> Day:
        """The day of a date."""
        found = self._kept.get(day.isoformat())
        return found or Day(day.isoformat(), self._name, self._boundary(day), self._boundary(day + _ONE))

    def of(self, instant: int) -> Day:
        """The day that holds an instant."""
        i = bisect_right(self._starts, instant) - 1
        if i >= 0 and instant < self._kept[self._names[i]].end:
            return self._kept[self._names[i]]
        guess = wall(instant, self.zone).date()
        for days in (0, -1, 1, -2, 2, -3, 3):
            found = self.named(guess + days * _ONE)
            if found.start <= instant < found.end:
                return found
        raise ValueError("kept days that do not tile")

    def between(self, first: date, last: date) -> list[Day]:
        """The days of the dates ``first`` to ``last``, both included."""
        return [self.named(first + i * _ONE) for i in range((last - first).days + 1)]

    def next(self, day: Day) -> Day:
        return self.named(day.date + _ONE)

    def previous(self, day: Day) -> Day:
        return self.named(day.date - _ONE)

    def zone_of(self, day: Day) -> tzinfo:
        """The zone that a day is shown in."""
        if day.zone == self._name or self._zones is None:
            return self.zone
        return self._zones(day.zone)

    def _boundary(self, day: date) -> int:
        """Where the day before ``day`` ends and ``day`` begins."""
        name = day.isoformat()
        if name in self._kept:
            return self._kept[name].start
        i = bisect_right(self._names, name)
        before = self._kept[self._names[i - 1]] if i else None
        if before and before.name == (day - _ONE).isoformat():
            return before.end
        plain = _begins(day, self.day_start, self.zone)
        if before:
            plain = max(plain, before.end)
        if i < len(self._names):
            plain = min(plain, self._starts[i])
        return plain


# ---- the grid


def slots(day: Day) -> range:
    """The starts of the day's slots."""
    return range(day.start, day.end, SLOT)


def nearest(instant: int, origin: int = 0) -> int:
    """The slot's edge nearest to an instant; halfway goes up."""
    return origin + (instant - origin + SLOT // 2) // SLOT * SLOT


def rows(day: Day, zone: tzinfo, *, twelve: bool = False) -> tuple[Row, ...]:
    """The rows of a day's grid, one for each local clock hour, so that a column is always the same minute.

    A row has fewer than twelve slots where the day starts within an hour or the clock is changed within it. An hour
    that comes twice is labelled ``2:00 (1st)`` and ``2:00 (2nd)``; where a long day (after a flight) holds the same
    hour of two dates, the labels begin with the weekday. ``twelve``: labels by the 12-hour clock.
    """
    groups: list[list[int]] = []  # start, slots, then what all its slots share: hour, date's ordinal, offset
    at = day.start
    while at < day.end:
        here = wall(at, zone)
        away = offset(at, zone)
        full = min(day.end, at + 3600 - here.minute * 60 - here.second)
        if offset(full - 1, zone) != away:
            full = at + SLOT  # the clock is changed within this hour: slot by slot
        count = -((at - full) // SLOT)
        key = [here.hour, here.toordinal(), away]
        if groups and groups[-1][2:] == key:
            groups[-1][1] += count
        else:
            groups.append([at, count, *key])
        at += count * SLOT
    return tuple(_row(group, groups, zone, twelve) for group in groups)


def _row(group: Sequence[int], groups: Sequence[Sequence[int]], zone: tzinfo, twelve: bool) -> Row:
    start, count, hour, ordinal, away = group
    same = [other for other in groups if other[2:4] == group[2:4]]
    nth = next(i for i, other in enumerate(same, 1) if other is group) if len(same) > 1 else 0
    other_date = any(other[2] == hour and other[3] != ordinal for other in groups)
    day = date.fromordinal(ordinal)
    here = wall(start, zone)
    mark = f"{WEEKDAYS[day.weekday()]} " if other_date else ""
    label = mark + clock_words(hour * 60 + here.minute, twelve) + (f" ({ordinal_words(nth)})" if nth else "")
    return Row(start, count, here.minute // 5, hour, day.isoformat(), away, nth, label)


def turns(day: Day, zone: tzinfo) -> tuple[Turn, ...]:
    """The changes of the clock within a day, also one at its very start (the start itself may be a gap's end)."""
    found = []
    marks = [day.start - 1, *range(day.start, day.end, 3600), day.end - 1]
    for low, high in pairwise(marks):
        before, after = offset(low, zone), offset(high, zone)
        if low >= high or before == after:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if offset(middle, zone) == before:
                low = middle
            else:
                high = middle
        found.append(Turn(high, (high + before) // 60 % 1440, (high + after) // 60 % 1440))
    return tuple(found)


# ---- in words


def clock_words(minute: int, twelve: bool = False) -> str:
    """A minute of the day as it is written: ``9:05``, or ``9:05 AM`` by the 12-hour clock (1440 is ``24:00``)."""
    if not twelve:
        return f"{minute // 60}:{minute % 60:02d}"
    hour = minute // 60 % 24
    return f"{hour % 12 or 12}:{minute % 60:02d} {'AM' if hour < 12 else 'PM'}"


def time_words(instant: int, zone: tzinfo, *, twelve: bool = False) -> str:
    """The local time of an instant as it is written; one that comes twice says which it is: ``2:15 (2nd)``."""
    here = wall(instant, zone)
    text = clock_words(here.hour * 60 + here.minute, twelve)
    if here.replace(fold=1 - here.fold).utcoffset() != here.utcoffset():
        text += f" ({ordinal_words(here.fold + 1)})"
    return text


def ordinal_words(nth: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(nth, f"{nth}th")


def length_words(day: Day) -> str:
    """What the header says of a day that is not 24 hours long: ``25-hour day``; empty for one that is."""
    hours, rest = divmod(day.length, 3600)
    if day.length == 86400:
        return ""
    if day.length == 0:
        return "skipped day"
    if rest == 0:
        return f"{hours}-hour day"
    if rest == 1800:
        return f"{hours}½-hour day"
    return f"day of {hours} h {rest // 60} min"
