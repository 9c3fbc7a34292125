"""Where time went: sums by category, range of days, hour and weekday; what is open (``time.totals``).

All is whole seconds and adds up: Σ days = range, Σ children + own = parent, recorded + proposed + unfilled = length.
Functions take spans, or plain ``(start, end, category)`` tuples, in order of time.

For speed a store keeps one sum for each day, category and state (``day_sums``): rewritten for the touched days in the
transaction of each gesture, they make a year 365 × about 12 rows and ten years about 44,000, to be added up by
``SUM … GROUP BY category``; ``totals`` then needs only one figure per category. A heat map of a year reads the spans
(25,000 tuples), or kept sums by (weekday, hour, category) of each month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from companion.core.categories import Tree
from companion.core.days import Day, offset, rows
from companion.core.spans import PROPOSED, Piece, Span, gaps

Spans = Iterable[Span] | Iterable[Piece]


class DaySum(NamedTuple):
    """The seconds of one category and state on one day: what a store keeps."""

    day: str
    category: str
    state: str
    seconds: int


class Total(NamedTuple):
    """A category's seconds with all that is in it; ``own`` is what was filled with itself."""

    category: str
    seconds: int
    own: int
    children: tuple[Total, ...] = ()


class Balance(NamedTuple):
    """What a range of time is made of; the last three add up to ``length``."""

    length: int
    recorded: int
    proposed: int
    unfilled: int


class Heat(NamedTuple):
    """Seconds by weekday (0 Monday) and local hour, and how many there were of each to fill."""

    seconds: tuple[tuple[int, ...], ...]
    lengths: tuple[tuple[int, ...], ...]


class Unplanned(NamedTuple):
    """Time of a category beyond what was planned for it.

    ``seconds`` of ``total`` are beyond the plan of their day; ``sittings`` stretches without a break, the ``longest``
    in seconds, ``after`` the category that most often came right before one (empty where none did).
    """

    seconds: int
    total: int
    sittings: int
    longest: int
    after: str


# ---- sums


def sums(spans: Spans, start: int, end: int) -> dict[str, int]:
    """Seconds by category between two instants."""
    found: dict[str, int] = {}
    for span in spans:
        a, b = span[0], span[1]
        if a < end and b > start:
            part = (b if b < end else end) - (a if a > start else start)
            found[span[2]] = found.get(span[2], 0) + part
    return found


def day_sums(spans: Iterable[Span], days: Sequence[Day]) -> list[DaySum]:
    """The sums that a store keeps of some days in order; the spans in order. Sums of nothing are left out."""
    found: list[DaySum] = []
    for day, parts in _by_day(spans, days):
        here: dict[tuple[str, str], int] = {}
        for start, end, span in parts:
            key = (span[2], span[3] if len(span) > 3 else "")
            here[key] = here.get(key, 0) + end - start
        found += [DaySum(day.name, category, state, s) for (category, state), s in sorted(here.items())]
    return found


def by_day(spans: Spans, days: Sequence[Day]) -> dict[str, dict[str, int]]:
    """Seconds by day and category; each day has an entry."""
    found: dict[str, dict[str, int]] = {}
    for day, parts in _by_day(spans, days):
        here = found.setdefault(day.name, {})
        for start, end, span in parts:
            here[span[2]] = here.get(span[2], 0) + end - start
    return found


def _by_day(spans: Spans, days: Sequence[Day]) -> Iterator[tuple[Day, list[tuple[int, int, Span | Piece]]]]:
    """Each day with the parts of the spans that are in it: one walk over both, which are in order."""
    walk: Iterator[Span | Piece] = iter(spans)
    span = next(walk, None)
    for day in days:
        parts: list[tuple[int, int, Span | Piece]] = []
        while span is not None and span[0] < day.end:
            if span[1] > day.start:
                parts.append((max(span[0], day.start), min(span[1], day.end), span))
            if span[1] > day.end:
                break  # it goes on in the next day
            span = next(walk, None)
        yield day, parts


def grouped(
    per_day: Mapping[str, Mapping[str, int]], name: Callable[[str], str]
) -> dict[str, dict[str, int]]:
    """Sums of days put together by week or month: ``name`` is ``week_name`` or ``month_name``."""
    found: dict[str, dict[str, int]] = {}
    for day, here in per_day.items():
        group = found.setdefault(name(day), {})
        for category, seconds in here.items():
            group[category] = group.get(category, 0) + seconds
    return found


def week_name(day: str) -> str:
    """The ISO week of a date: ``2026-W43``."""
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


def month_name(day: str) -> str:
    """The month of a date: ``2026-10``."""
    return day[:7]


def week_of(day: str) -> tuple[str, str]:
    """The dates of Monday and Sunday of a date's week."""
    monday = date.fromisoformat(day) - timedelta(days=date.fromisoformat(day).weekday())
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat()


# ---- by the tree


def totals(tree: Tree, seconds: Mapping[str, int], *, zeros: bool = False) -> tuple[Total, ...]:
    """Sums by category put into the tree, in its order: parents hold their children, merged ones their targets.

    ``zeros``: also categories in use that have no time. Archived ones appear when they have some; so do ids that the
    tree does not know, at the end.
    """
    own: dict[str, int] = {}
    for category, part in seconds.items():
        shown = tree.shown(category).id
        own[shown] = own.get(shown, 0) + part
    unknown = sorted(name for name in own if name not in tree)
    found: list[Total] = []
    for top in tree.children(archived=True):
        children = tuple(
            Total(child.id, own.get(child.id, 0), own.get(child.id, 0))
            for child in tree.children(top.id, archived=True)
            if own.get(child.id) or (zeros and not tree.is_archived(child.id))
        )
        mine = own.get(top.id, 0)
        everything = mine + sum(child.seconds for child in children)
        if everything or (zeros and not top.archived):
            found.append(Total(top.id, everything, mine, children))
    return (*found, *(Total(name, own[name], own[name]) for name in unknown))


def amount(tree: Tree, seconds: Mapping[str, int], category: str) -> int:
    """The seconds of one category with all that is in it."""
    wanted = tree.shown(category).id
    return sum(part for name, part in seconds.items() if wanted in (tree.shown(name).id, tree.top(name)))


# ---- what is open


def balance(spans: Iterable[Span], start: int, end: int) -> Balance:
    """What is recorded (filled or confirmed), proposed and open between two instants."""
    recorded = proposed = 0
    for span in spans:
        part = min(span.end, end) - max(span.start, start)
        if part > 0 and span.state == PROPOSED:
            proposed += part
        elif part > 0:
            recorded += part
    return Balance(end - start, recorded, proposed, end - start - recorded - proposed)


def unfilled(spans: Spans, start: int, end: int) -> list[tuple[int, int]]:
    """The open stretches, longest first: what to fill next."""
    return sorted(gaps(spans, start, end), key=lambda gap: (gap[0] - gap[1], gap[0]))


# ---- hour by weekday


def heat(
    spans: Spans,
    days: Sequence[Day],
    zone_of: Callable[[Day], tzinfo],
    wanted: Callable[[str], bool] | None = None,
) -> Heat:
    """Seconds by the weekday of the day's name and the hour on the local clock; an hour that comes twice counts twice.

    ``wanted`` says which categories count; all when left out.
    """
    cells = [[0] * 24 for _ in range(7)]
    lengths = [[0] * 24 for _ in range(7)]
    for day, parts in _by_day(spans, days):
        if not day.length:
            continue
        weekday = day.date.weekday()
        mine, room = cells[weekday], lengths[weekday]
        hours = _hours(day, zone_of(day))
        for start, end, hour in hours:
            room[hour] += end - start
        i = 0
        for start, end, span in parts:
            if wanted is not None and not wanted(span[2]):
                continue
            while hours[i][1] <= start:
                i += 1
            k = i
            while k < len(hours) and hours[k][0] < end:
                low, high, hour = hours[k]
                mine[hour] += (high if high < end else end) - (low if low > start else start)
                k += 1
    return Heat(tuple(map(tuple, cells)), tuple(map(tuple, lengths)))


def _hours(day: Day, zone: tzinfo) -> list[tuple[int, int, int]]:
    """The day cut at each hour of the local clock: start, end, hour."""
    away = offset(day.start, zone)
    if away == offset(day.end - 1, zone):
        first = day.start - (day.start + away) % 3600
        return [
            (max(at, day.start), min(at + 3600, day.end), (at + away) // 3600 % 24)
            for at in range(first, day.end, 3600)
        ]
    found = rows(day, zone)
    ends = [*(row.start for row in found[1:]), day.end]
    return [(row.start, end, row.hour) for row, end in zip(found, ends, strict=True)]


# ---- unplanned time


def unplanned(
    tree: Tree,
    spans: Spans,
    days: Sequence[Day],
    category: str,
    plan: Callable[[str], int],
) -> Unplanned:
    """The time of ``category`` (technology) that nobody planned. ``plan`` gives the seconds planned for a date.

    Each day stands by itself: what was saved on Monday does not make Tuesday planned.
    """
    wanted = tree.shown(category).id
    held: dict[str, bool] = {}
    seconds = total = sittings = longest = 0
    before: dict[str, int] = {}
    began = sitting = last_end = -1
    last = ""
    for day, parts in _by_day(spans, days):
        here = 0
        for start, end, span in parts:
            name = span[2]
            if name not in held:
                held[name] = wanted in (tree.shown(name).id, tree.top(name))
            if held[name]:
                here += end - start
                if start != sitting:
                    sittings += 1
                    began = start
                    if last and last_end == start:
                        before[last] = before.get(last, 0) + 1
                sitting = end
                longest = max(longest, end - began)
            else:
                last, last_end = tree.shown(name).id, end
        total += here
        seconds += max(0, here - plan(day.name)) if here else 0
    after = max(before, key=lambda name: (before[name], name)) if before else ""
    return Unplanned(seconds, total, sittings, longest, after)
