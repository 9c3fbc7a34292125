"""The figures of the time audit in plain words: lengths, goals, differences, what nobody planned. No verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from companion.core.goals import ABOUT, ALL_DAYS, AT_LEAST, AT_MOST, PER_DAY, Goal, Standing
from companion.core.timeline_entry import length_words
from companion.core.totals import Unplanned
from companion.ui.pages.time.periods import WEEKDAYS, short

lasting = length_words
"""A length in words: ``9 h 30 min``, ``45 min``, ``2 h``."""


def clocked(seconds: int) -> str:
    """A length as hours and minutes for columns: ``38:15``; more than a thousand hours with a comma."""
    minutes = seconds // 60
    return f"{minutes // 60:,}:{minutes % 60:02d}"


def share(part: int, whole: int) -> str:
    """A share in per cent: ``22 %``, ``< 1 %`` for a trace, ``0 %`` for nothing."""
    if whole <= 0 or part <= 0:
        return "0 %"
    per_cent = round(100 * part / whole)
    return f"{per_cent} %" if per_cent else "< 1 %"


def weekday_words(days: Sequence[int]) -> str:
    """Weekdays as one says them: ``Monday to Friday``, ``Monday, Wednesday and Friday``; empty for all of them."""
    days = sorted(set(days))
    if tuple(days) == ALL_DAYS or not days:
        return ""
    names = [WEEKDAYS[day] for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]} to {names[-1]}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def aim_words(goal: Goal) -> str:
    """What a goal asks for: ``at most 2 h a day``."""
    if goal.kind == AT_MOST and not goal.seconds:
        return "none at all"
    return f"{goal.kind} {lasting(goal.seconds)} a {goal.per}"


def goal_words(goal: Goal, today: date) -> str:
    """A goal in full: ``at most 2 h a day, Monday to Friday, from 23 Nov``.

    That it began some time ago, and that it holds without end, is left out.
    """
    parts = [aim_words(goal), weekday_words(goal.weekdays)]
    if goal.since and date.fromisoformat(goal.since) > today:
        parts.append(f"from {short(date.fromisoformat(goal.since), today)}")
    if goal.until:
        parts.append(f"until {short(date.fromisoformat(goal.until), today)}")
    return ", ".join(part for part in parts if part)


def spelled(goal: Goal, label: str, today: date) -> str:
    """A goal as a sentence about to be kept: ``Technology: at most 2 h a day, Monday to Friday, from 23 Nov.``"""
    parts = [aim_words(goal), weekday_words(goal.weekdays) or "every day of the week"]
    if goal.since:
        parts.append(f"from {short(date.fromisoformat(goal.since), today)}")
    if goal.until:
        parts.append(f"until {short(date.fromisoformat(goal.until), today)}")
    return f"{label}: {', '.join(parts)}."


def difference(found: Standing, label: str) -> tuple[str, str]:
    """A standing as what it was, and how that differs: ``("Technology 9 h 30 min", "1 h more than planned")``."""
    what = f"{label} {lasting(found.actual)}"
    if not found.miss:
        return what, "as planned"
    return what, f"{lasting(found.miss)} {'more' if found.actual > found.target else 'less'} than planned"


def aimed(found: Standing) -> str:
    """What the goal asked of the range: ``at most 14 h in these 7 days``."""
    goal = found.goal
    if goal.kind == AT_MOST and not found.target:
        return "none was planned"
    if found.target == goal.seconds:
        return f"{aim_words(goal)} planned"
    return f"{goal.kind} {lasting(found.target)} planned, {lasting(goal.seconds)} a {goal.per}"


def kept(found: Standing) -> str:
    """In how many of its days or weeks a goal was met; empty where there was only one."""
    if found.periods < 2:
        return ""
    word = "days" if found.goal.per == PER_DAY else "weeks"
    return f"met on {found.met} of {found.periods} {word}"


def counted(found: Standing, years: bool = False) -> str:
    """Which part of the range a goal counts for: ``counts from 22 Nov``; empty where it holds for all of it."""
    parts = [("from", found.since), ("until", found.until)]
    days = [(word, date.fromisoformat(day)) for word, day in parts if day]
    said = " ".join(f"{word} {short(day, None if years else day)}" for word, day in days)
    return f"counts {said}" if said else ""


def all_met(found: Sequence[Standing], over: bool) -> str:
    """That no goal was missed, in a sentence that claims no more than that; ``over``: the last day has gone."""
    state = "were met" if over else "are met so far"
    who = "In sum, all" if any(one.met < one.periods for one in found) else "All"
    if any(one.since or one.until for one in found):
        return f"{who} goals {state}{'' if over else ','} on the days on which they count."
    return f"{who} goals of these days {state}."


_MET = {AT_MOST: "kept", AT_LEAST: "reached", ABOUT: "met"}


def so_far(found: Standing, begun: int, days: int) -> str:
    """Where a goal stands in its week, with the days that count; ``begun`` of its ``days`` in that week have begun.

    Per day the average: ``on average 42 min a day of at most 30 min; kept on 2 of 3 days``. Per week the sum:
    ``3 h of at least 5 h; 2 of its 5 days have begun``.
    """
    goal, count = found.goal, max(1, found.periods)
    none = goal.kind == AT_MOST and not goal.seconds
    of = "where none is meant" if none else f"of {goal.kind} {lasting(goal.seconds)}"
    if goal.per != PER_DAY:
        part = f"{begun} of its {days} days {'has' if begun == 1 else 'have'} begun"
        if begun == days:
            part = "its one day has begun" if days == 1 else f"all of its {days} days have begun"
        return f"{lasting(found.actual)} {of}; {part}"
    if count == 1:
        return f"{lasting(found.actual)} {of}, on its one day so far"
    average = lasting(round(found.actual / count / 60) * 60)
    return f"on average {average} a day {of}; {_MET[goal.kind]} on {found.met} of {count} days"


SIGNS = {AT_LEAST: "≥", AT_MOST: "≤", ABOUT: "≈"}
"""For a narrow column; the words stand beside it for assistive tools."""


def unplanned_words(found: Unplanned, label: str, after: str, has_plan: bool) -> list[str]:
    """Sentences on time that nobody planned; ``after`` is the label of what mostly came before, or empty."""
    if not found.total:
        return [f"No time in {label} was recorded."]
    if not found.seconds:
        return [f"{lasting(found.total)} in {label}, all of it within the plan."]
    if not has_plan:
        first = f"{lasting(found.total)} in {label}. No goal plans any of it, so all of it counts here."
    else:
        first = (
            f"{lasting(found.seconds)} of {lasting(found.total)} in {label} went beyond the plan of the day."
        )
    often = "In one sitting" if found.sittings == 1 else f"In {found.sittings:,} sittings"
    second = f"{often}, the longest {lasting(found.longest)}."
    return [first, f"{second} Most often right after {after}." if after else second]
