"""Patterns in the journal: when and with what stress came, before against after, what helped.

Entries in, frozen figures out. A figure is a median and the middle half of what was written down, always with its
number of cases, and there is none at all under five cases. Nothing here is a score, a threshold, a verdict or advice:
no group is compared with another, none is joined into an "other", and groups stand in the order of their cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from companion.core.stress import MOST, Entry, Head, local

ENOUGH = 5
"""Fewer cases than this say nothing: such a group has no figure."""


class Fact(NamedTuple):
    """What one entry adds to the figures; no text of the user's but the names of its groups.

    ``hour`` (0 to 23) and ``weekday`` (0 is Monday) are those of the local day in the entry's own zone. ``helped`` has
    a pair of kind and number for each action that was answered. All numbers are whole, 0 to 10.
    """

    at: str
    hour: int
    weekday: int
    reason: str
    source: str
    event_kind: str
    before: int | None
    after: int | None
    helped: tuple[tuple[str, int], ...]


class Figure(NamedTuple):
    """One group: how many cases, their median, and from where to where the middle half of them lies.

    All three numbers are None under ``ENOUGH`` cases.
    """

    key: str
    cases: int
    median: float | None = None
    low: float | None = None
    high: float | None = None


class Group(NamedTuple):
    """Figures by one property, and the number of rated entries that leave the property open."""

    figures: tuple[Figure, ...] = ()
    unnamed: int = 0

    @property
    def cases(self) -> int:
        """Cases of all its figures together."""
        return sum(figure.cases for figure in self.figures)


class Pairs(NamedTuple):
    """Entries with a number before and one after: both figures, and in how many the second is lower, equal, higher."""

    before: Figure = Figure("before", 0)
    after: Figure = Figure("after", 0)
    lower: int = 0
    same: int = 0
    higher: int = 0

    @property
    def cases(self) -> int:
        """Number of pairs."""
        return self.before.cases


class Patterns(NamedTuple):
    """All figures of a stretch of time. ``hours`` has 24 figures and ``weekdays`` seven, from Monday."""

    entries: int = 0
    rated: int = 0
    overall: Figure = Figure("", 0)
    hours: Group = Group()
    weekdays: Group = Group()
    reasons: Group = Group()
    sources: Group = Group()
    events: Group = Group()
    pairs: Pairs = Pairs()
    helped: Group = Group()


def fact_of(entry: Entry | Head) -> Fact:
    """What ``entry`` adds to the figures. Raises ValueError where its moment is none."""
    then = local(entry.at, entry.zone)
    return Fact(
        entry.at,
        then.hour,
        then.weekday(),
        entry.reason,
        entry.source,
        entry.event_kind,
        entry.before,
        entry.after,
        tuple((action.kind, action.helped) for action in entry.actions if action.helped is not None),
    )


class _Counts:
    """How often each number from 0 to 10 was given: exact for medians, and small whatever the number of cases."""

    __slots__ = ("of", "total")

    def __init__(self) -> None:
        self.of = [0] * (MOST + 1)
        self.total = 0

    def add(self, value: int) -> None:
        self.of[value] += 1
        self.total += 1

    def figure(self, key: str) -> Figure:
        if self.total < ENOUGH:
            return Figure(key, self.total)
        return Figure(key, self.total, self._at(0.5), self._at(0.25), self._at(0.75))

    def _at(self, share: float) -> float:
        """The number at this share of the way through all of them in order; between two, in proportion."""
        place = share * (self.total - 1)
        rank = int(place)
        here, there = self._ranked(rank), self._ranked(min(rank + 1, self.total - 1))
        return here + (place - rank) * (there - here)

    def _ranked(self, rank: int) -> int:
        seen = 0
        for value, count in enumerate(self.of):
            seen += count
            if rank < seen:
                return value
        raise IndexError(rank)


class _ByKey:
    """Counts by the value of one property."""

    __slots__ = ("counts", "unnamed")

    def __init__(self) -> None:
        self.counts: dict[str, _Counts] = {}
        self.unnamed = 0

    def add(self, key: str, value: int) -> None:
        if not key:
            self.unnamed += 1
            return
        counts = self.counts.get(key)
        if counts is None:
            counts = self.counts[key] = _Counts()
        counts.add(value)

    def group(self) -> Group:
        """Most cases first, and by name where they are equal: never by how high the figures are."""
        figures = [counts.figure(key) for key, counts in self.counts.items()]
        return Group(tuple(sorted(figures, key=lambda f: (-f.cases, f.key))), self.unnamed)

    def row(self, keys: Iterable[str]) -> Group:
        """A figure for each of ``keys``, in their order, also for those without a case."""
        none = _Counts()
        return Group(tuple(self.counts.get(key, none).figure(key) for key in keys), self.unnamed)


_HOURS = tuple(str(hour) for hour in range(24))
_DAYS = tuple(str(day) for day in range(7))


class Tally:
    """Adds facts up, one by one, so that who has little time can do a few at once. ``figures`` tells the figures."""

    def __init__(self) -> None:
        self._entries = 0
        self._all, self._before, self._after = _Counts(), _Counts(), _Counts()
        self._hours, self._weekdays = _ByKey(), _ByKey()
        self._reasons, self._sources, self._events = _ByKey(), _ByKey(), _ByKey()
        self._helped = _ByKey()
        self._moved = {-1: 0, 0: 0, 1: 0}

    def add(self, fact: Fact) -> None:
        """One more entry. An entry without a number counts as an entry and has no say in the stress of a group."""
        self._entries += 1
        for kind, number in fact.helped:
            self._helped.add(kind, number)
        before, after = fact.before, fact.after
        if before is None:
            return
        self._all.add(before)
        self._hours.add(_HOURS[fact.hour], before)
        self._weekdays.add(_DAYS[fact.weekday], before)
        self._reasons.add(fact.reason, before)
        self._sources.add(fact.source, before)
        self._events.add(fact.event_kind, before)
        if after is not None:
            self._before.add(before)
            self._after.add(after)
            self._moved[(after > before) - (after < before)] += 1

    def figures(self) -> Patterns:
        """The figures of what was added so far."""
        return Patterns(
            entries=self._entries,
            rated=self._all.total,
            overall=self._all.figure(""),
            hours=self._hours.row(_HOURS),
            weekdays=self._weekdays.row(_DAYS),
            reasons=self._reasons.group(),
            sources=self._sources.group(),
            events=self._events.group(),
            pairs=Pairs(
                self._before.figure("before"),
                self._after.figure("after"),
                self._moved[-1],
                self._moved[0],
                self._moved[1],
            ),
            helped=self._helped.group(),
        )


def patterns(entries: Iterable[Entry | Head], since: str = "") -> Patterns:
    """The figures of ``entries`` from the moment ``since`` on (a stamp; empty for all), in one go."""
    tally = Tally()
    for entry in entries:
        if entry.at >= since:
            tally.add(fact_of(entry))
    return tally.figures()


def trimmed(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """``figures`` without those at either end that have no case: the part of the day that was lived through."""
    kept = list(figures)
    while kept and not kept[-1].cases:
        kept.pop()
    while kept and not kept[0].cases:
        kept.pop(0)
    return tuple(kept)


def number(value: float) -> str:
    """A figure as it is written: whole or with one digit, ``6`` or ``6.5``."""
    shown = f"{value:.1f}"
    return shown.removesuffix(".0")
