"""The time audit for the outside: one line in, and the days, totals and goals out that ``time show --json`` prints."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from companion.core.days import Day, wall, zone_name
from companion.core.timeline_entry import Problem
from companion.core.totals import Total
from companion.timedesk.desk import TimeDesk


def date_of(desk: TimeDesk, word: str) -> str:
    """The date that a word for a day means: that of ``today`` (or nothing) and ``yesterday``, by the user's own start
    of the day; any other word is a date already."""
    if word in ("", "today"):
        return desk.today().name
    if word == "yesterday":
        return (desk.today().date - timedelta(days=1)).isoformat()
    return word


def log(desk: TimeDesk, text: str, day: str) -> dict[str, str]:
    """Does what one line says, on a day as ``date_of`` takes it: what was done, or what is wrong with it."""
    try:
        shown = desk.day(date_of(desk, day))
    except ValueError:
        mend = "Give today, yesterday, or a date such as 2026-10-25."
        return {"wrong": f"There is no day {day[:40]!r} to write to. {mend}"}
    found = desk.quick(text, shown)
    if isinstance(found, Problem):
        return {"wrong": f"{found.what} {found.mend}"}
    desk.enter(found)
    return {"done": " ".join([f"{found.day.name} {found.words}.", *found.notes])}


def report(desk: TimeDesk, first: str, last: str) -> dict[str, Any]:
    """The days of two dates, both included, in the shape that ``time show --json`` prints. Durations are seconds.

    The spans of a day and what is not filled add up to its length; totals leave proposals out.
    """
    return {
        "zone": zone_name(desk.zone),
        "days": [_day(desk, day) for day in desk.days(first, last)],
        "totals": [_total(desk, total) for total in desk.figures.totals(first, last)],
        "goals": [
            {
                "category": desk.tree.path(one.goal.category),
                "kind": one.goal.kind,
                "seconds": one.target,
                "actual_s": one.actual,
            }
            for one in desk.figures.standings(first, last)
        ],
    }


def _day(desk: TimeDesk, day: Day) -> dict[str, Any]:
    view = desk.view(day)
    return {
        "day": day.name,
        "length_s": day.length,
        "slots": day.slots,
        "unfilled_s": view.balance.unfilled,
        "spans": [
            {
                "start": wall(max(span.start, day.start), view.zone).isoformat(timespec="seconds"),
                "end": wall(min(span.end, day.end), view.zone).isoformat(timespec="seconds"),
                "category": desk.tree.path(span.category),
                "state": span.state,
            }
            for span in view.spans
        ],
    }


def _total(desk: TimeDesk, total: Total) -> dict[str, Any]:
    found: dict[str, Any] = {"category": desk.tree.path(total.category), "seconds": total.seconds}
    if total.children:
        found["children"] = [_total(desk, child) for child in total.children]
    return found
