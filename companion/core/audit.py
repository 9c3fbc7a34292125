"""A run of three to seven days of full record: its figures, and the one decision that it ends in (``time.totals``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from companion.core.categories import Tree
from companion.core.days import SLOT, Day
from companion.core.goals import AT_LEAST, AT_MOST, Goal, Standing, differences, planned, standings
from companion.core.spans import PROPOSED, Span
from companion.core.totals import (
    Balance,
    Heat,
    Total,
    Unplanned,
    amount,
    balance,
    by_day,
    heat,
    sums,
    totals,
    unfilled,
    unplanned,
)

FEWEST, MOST = 3, 7
AHEAD = 28
"""Days that an audit may begin ahead. It may begin at any date of the past: days can be filled in afterwards."""
EARLIEST = "2000-01-01"
"""The first date of which days are kept."""
STEP = 1200
"""Seconds a day that a suggested decision moves: twenty minutes, few enough to be kept."""
TECHNOLOGY = "technology"
"""The id of the shipped category whose unplanned time is told."""


class Audit(NamedTuple):
    """A run: id, first date (``YYYY-MM-DD``), number of days."""

    id: str
    first: str
    days: int

    def names(self) -> tuple[str, ...]:
        """The dates of the run."""
        first = date.fromisoformat(self.first)
        return tuple((first + timedelta(days=i)).isoformat() for i in range(self.days))


class Decision(NamedTuple):
    """So many seconds a day from one category to another."""

    seconds: int
    source: str
    target: str


class DayLine(NamedTuple):
    """One day of the report: what it is made of, and its sums by the tree."""

    day: Day
    balance: Balance
    totals: tuple[Total, ...]


class Report(NamedTuple):
    """The figures of a run. Proposals count as open until accepted; ``open`` are the longest open stretches; ``over``
    says whether its last day has gone."""

    days: tuple[DayLine, ...]
    balance: Balance
    totals: tuple[Total, ...]
    standings: tuple[Standing, ...]
    differences: tuple[Standing, ...]
    technology: Unplanned
    heat: Heat
    open: tuple[tuple[int, int], ...]
    suggestion: Decision | None
    over: bool = True


def trouble(first: str, today: str) -> str:
    """Why no run can begin on a date, as a sentence for the user; empty where one can. Dates are ``YYYY-MM-DD``."""
    latest = date.fromisoformat(today) + timedelta(days=AHEAD)
    if date.fromisoformat(first) > latest:
        return "An audit begins four weeks from now at the latest."
    return "" if first >= EARLIEST else "Days are kept from the year 2000 on."


def check(audit: Audit) -> None:
    """ValueError unless a run is sound."""
    date.fromisoformat(audit.first)
    if not FEWEST <= audit.days <= MOST:
        raise ValueError("an audit runs over three to seven days")


def report(
    tree: Tree,
    spans: Sequence[Span],
    days: Sequence[Day],
    goals: Sequence[Goal],
    zone_of: Callable[[Day], tzinfo],
    now: int | None = None,
) -> Report:
    """The figures of the days of a run; the spans in order, at least all that touch them.

    Goals ask nothing of days that begin later than ``now``; None: the run is over.
    """
    recorded = [span for span in spans if span.state != PROPOSED]
    per_day = by_day(recorded, days)
    lines = tuple(
        DayLine(day, balance(spans, day.start, day.end), totals(tree, per_day[day.name])) for day in days
    )
    start, end = days[0].start, days[-1].end
    together = sums(recorded, start, end)
    begun = [day for day in days if now is None or day.start <= now]
    found = tuple(standings(goals, tree, begun, per_day))
    technology = unplanned(
        tree, recorded, days, TECHNOLOGY, lambda name: planned(goals, tree, TECHNOLOGY, name)
    )
    return Report(
        lines,
        balance(spans, start, end),
        totals(tree, together),
        found,
        tuple(differences(found)),
        technology,
        heat(recorded, days, zone_of),
        tuple(unfilled(recorded, start, end)[:3]),
        suggest(found, tree),
        now is None or end <= now,
    )


def suggest(found: Iterable[Standing], tree: Tree) -> Decision | None:
    """What a decision could be: from the goal most exceeded to the one most fallen short of; None where one lacks."""
    missed = differences(found, most=1000)
    too_much = [one for one in missed if one.actual > one.target]
    too_little = [one for one in missed if one.actual < one.target]
    pairs = ((a.goal.category, b.goal.category) for a in too_much for b in too_little)
    for source, target in pairs:
        if tree.top(source) != tree.top(target) or tree.shown(source).parent == tree.shown(target).parent:
            return Decision(STEP, source, target)
    return None


def next_monday(audit: Audit, today: str = "") -> str:
    """The date from which the decision of a run holds: the Monday after its last day, or the one after ``today``
    where that week has begun; a goal is set for days to come."""
    last = date.fromisoformat(max(audit.names()[-1], today))
    return (last + timedelta(days=7 - last.weekday())).isoformat()


def goals_of(
    decision: Decision, tree: Tree, found: Report, since: str, ids: tuple[str, str]
) -> tuple[Goal, Goal]:
    """The decision as goals per day from a date on: at most so much of the one, at least so much of the other.

    They start from the averages of the run's days, to the slot. ValueError where the decision cannot be: it moves
    nothing, or more than there is.
    """
    seconds = sums_of(found)
    count = sum(1 for line in found.days if line.day.length)
    before = [_to_slot(amount(tree, seconds, name), count) for name in (decision.source, decision.target)]
    if (
        decision.seconds <= 0
        or decision.seconds % SLOT
        or tree.shown(decision.source) == tree.shown(decision.target)
    ):
        raise ValueError("a decision moves whole slots from one category to another")
    if decision.seconds > before[0]:
        raise ValueError("a decision moves no more than there is")
    return (
        Goal(ids[0], decision.source, AT_MOST, before[0] - decision.seconds, since=since),
        Goal(ids[1], decision.target, AT_LEAST, min(86400, before[1] + decision.seconds), since=since),
    )


def sums_of(found: Report) -> dict[str, int]:
    """A report's seconds by category, each on its own."""
    flat: dict[str, int] = {}
    for total in found.totals:
        flat[total.category] = total.own
        flat.update({child.category: child.own for child in total.children})
    return flat


def _to_slot(seconds: int, count: int) -> int:
    """The average of so many days, to the nearest slot."""
    return (2 * seconds + SLOT * count) // (2 * SLOT * count) * SLOT if count else 0


def words(decision: Decision, tree: Tree) -> str:
    """A decision in words: ``20 minutes a day from Technology to Exercise``."""
    minutes = decision.seconds // 60
    return f"{minutes} minutes a day from {tree.label(decision.source)} to {tree.label(decision.target)}"
