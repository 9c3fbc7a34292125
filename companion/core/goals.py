"""What time is meant for: goals per category, held against what was; the largest differences (``time.totals``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from companion.core.categories import Tree
from companion.core.days import Day
from companion.core.totals import week_name

AT_LEAST, AT_MOST, ABOUT = "at least", "at most", "about"
KINDS = (AT_LEAST, AT_MOST, ABOUT)
PER_DAY, PER_WEEK = "day", "week"
ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)

NEAR = 900
"""“About” is met within a tenth of the goal, or so many seconds where that is more."""


class Goal(NamedTuple):
    """So much time for a category, with all that is in it, per day or week.

    ``weekdays`` (0 Monday … 6 Sunday, in order) are the days that count; ``since`` is the first date, ``until`` the
    last one or empty. A later goal of the same category, kind and period takes the place of an earlier one on the
    weekdays that it names.
    """

    id: str
    category: str
    kind: str
    seconds: int
    per: str = PER_DAY
    weekdays: tuple[int, ...] = ALL_DAYS
    since: str = ""
    until: str = ""


class Standing(NamedTuple):
    """A goal held against a range: seconds aimed at and spent, days or weeks that counted and those that met it, and
    ``miss``: by how many seconds the range as a whole is on the wrong side (0 when it is not).

    ``since`` is the date from which it counts where the range begins earlier, ``until`` the last one where it ends
    later; else they are empty.
    """

    goal: Goal
    target: int
    actual: int
    periods: int
    met: int
    miss: int
    since: str = ""
    until: str = ""


def check(goal: Goal) -> None:
    """ValueError unless a goal is sound."""
    days = tuple(sorted(set(goal.weekdays)))
    if goal.kind not in KINDS or goal.per not in (PER_DAY, PER_WEEK):
        raise ValueError("a goal is at least, at most or about, per day or week")
    if not days or days != goal.weekdays or days[0] < 0 or days[-1] > 6:
        raise ValueError("a goal names weekdays from 0 to 6, in order")
    most = 86400 if goal.per == PER_DAY else 86400 * len(days)
    if not 0 <= goal.seconds <= most or (goal.kind == AT_LEAST and not goal.seconds):
        raise ValueError("a goal is no longer than its days, and at least something is more than nothing")
    for text in (goal.since, goal.until):
        if text:
            date.fromisoformat(text)
    if goal.until and goal.until < goal.since:
        raise ValueError("a goal ends before it begins")


def counts_on(goal: Goal, day: str) -> bool:
    """Whether a date (``YYYY-MM-DD``) is one of the days of a goal."""
    weekday = date.fromisoformat(day).weekday()
    return weekday in goal.weekdays and goal.since <= day and not (goal.until and goal.until < day)


def in_force(goals: Iterable[Goal], day: str) -> list[Goal]:
    """The goals that count on a date (``YYYY-MM-DD``), in the order in which they are kept."""
    found: dict[tuple[str, str, str], Goal] = {}
    for goal in goals:
        if not counts_on(goal, day):
            continue
        key = (goal.category, goal.kind, goal.per)
        if key not in found or found[key].since <= goal.since:
            found[key] = goal
    return list(found.values())


def standings(
    goals: Sequence[Goal], tree: Tree, days: Sequence[Day], per_day: Mapping[str, Mapping[str, int]]
) -> list[Standing]:
    """All goals that counted in some of the days, held against the sums of those days.

    A goal per week has its share of a week that is there in part: one of five days, a fifth. Days that were skipped
    by the calendar do not count. Give only days that have begun.
    """
    buckets: dict[Goal, dict[str, list[str]]] = {}
    for day in days:
        if not day.length:
            continue
        for goal in in_force(goals, day.name):
            period = day.name if goal.per == PER_DAY else week_name(day.name)
            buckets.setdefault(goal, {}).setdefault(period, []).append(day.name)
    known = {name for here in per_day.values() for name in here}
    families = {name: (tree.shown(name).id, tree.top(name)) for name in known}
    found = []
    names = [day.name for day in days if day.length]
    for goal, periods in buckets.items():
        wanted = tree.shown(goal.category).id
        members = [name for name, family in families.items() if wanted in family]
        spent = [_spent(members, names, per_day) for names in periods.values()]
        standing = _standing(goal, [len(each) for each in periods.values()], spent)
        until = _until(goal, goals)
        found.append(
            standing._replace(
                since=goal.since if goal.since > names[0] else "",
                until=until if until and until < names[-1] else "",
            )
        )
    return found


def _until(goal: Goal, goals: Iterable[Goal]) -> str:
    """The last date on which a goal counts: its own, or the one before a later goal takes all of its weekdays."""
    ends = [goal.until] if goal.until else []
    for other in goals:
        same = (other.category, other.kind, other.per) == (goal.category, goal.kind, goal.per)
        if same and other.since > goal.since and set(goal.weekdays) <= set(other.weekdays):
            ends.append((date.fromisoformat(other.since) - timedelta(days=1)).isoformat())
    return min(ends, default="")


def _spent(members: Sequence[str], names: Iterable[str], per_day: Mapping[str, Mapping[str, int]]) -> int:
    return sum(per_day[name].get(member, 0) for name in names if name in per_day for member in members)


def _standing(goal: Goal, days: Sequence[int], spent: Sequence[int]) -> Standing:
    """``days`` and ``spent`` by period."""
    met = sum(
        not _miss(goal.kind, _aim(goal, count), actual) for count, actual in zip(days, spent, strict=True)
    )
    target, actual = _aim(goal, sum(days)), sum(spent)
    return Standing(goal, target, actual, len(days), met, _miss(goal.kind, target, actual))


def _aim(goal: Goal, days: int) -> int:
    """The seconds that a goal asks for in so many of its days."""
    return goal.seconds * days if goal.per == PER_DAY else goal.seconds * days // len(goal.weekdays)


def _miss(kind: str, target: int, actual: int) -> int:
    if kind == AT_LEAST:
        return max(0, target - actual)
    if kind == AT_MOST:
        return max(0, actual - target)
    far = abs(actual - target)
    return far if far > max(NEAR, target // 10) else 0


def differences(found: Iterable[Standing], most: int = 3) -> list[Standing]:
    """The goals that were missed by most time, the largest first."""
    missed = [standing for standing in found if standing.miss]
    return sorted(missed, key=lambda standing: (-standing.miss, standing.goal.category))[:most]


def planned(goals: Iterable[Goal], tree: Tree, category: str, day: str) -> int:
    """The seconds planned for a category on a date: what “at most” or “about” allow it, 0 where nobody planned it.

    Goals for what is in the category add up where it has none of its own.
    """
    wanted = tree.shown(category).id
    own, inside = 0, 0
    for goal in in_force(goals, day):
        if goal.kind == AT_LEAST:
            continue
        seconds = goal.seconds if goal.per == PER_DAY else goal.seconds // len(goal.weekdays)
        name = tree.shown(goal.category).id
        if name == wanted:
            own = max(own, seconds)
        elif tree.top(goal.category) == wanted:
            inside += seconds
    return own or inside


def words(standing: Standing, label: str, length: str, miss: str) -> str:
    """A standing in one line; the lengths come written: ``Technology 9 h 30 min, 1 h more than planned``."""
    if not standing.miss:
        return f"{label} {length}, as planned"
    side = "more" if standing.actual > standing.target else "less"
    return f"{label} {length}, {miss} {side} than planned"
