"""Ranges of days to look at: a day, a week, a month, or any two dates; how they follow each other and are called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from companion.core.totals import week_of

DAY, WEEK, MONTH, ANY = "day", "week", "month", "any"
KINDS = (DAY, WEEK, MONTH, ANY)

EARLIEST, LATEST = date(2000, 1, 2), date(2199, 12, 30)
"""The first and the last date that a range may hold."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Period(NamedTuple):
    """The dates ``first`` to ``last``, both included, of a kind of ``KINDS``."""

    kind: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many dates it holds."""
        return (self.last - self.first).days + 1


def period(kind: str, day: date) -> Period:
    """The period of a kind that holds a date; for any range it is that date alone."""
    first = last = held(day)
    if kind == WEEK:
        monday, sunday = week_of(first.isoformat())
        first, last = date.fromisoformat(monday), date.fromisoformat(sunday)
    elif kind == MONTH:
        first = first.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period(kind, first, last)


def between(one: date, other: date) -> Period:
    """Any range, whichever of the two dates comes first."""
    first, last = sorted((held(one), held(other)))
    return Period(ANY, first, last)


def moved(here: Period, by: int) -> Period:
    """So many periods later, earlier for a negative number; any range moves by its own length."""
    if here.kind == MONTH:
        months = here.first.year * 12 + here.first.month - 1 + by
        months = min(max(months, EARLIEST.year * 12), LATEST.year * 12 + 11)
        return period(MONTH, date(months // 12, months % 12 + 1, 2))
    first = held(here.first + timedelta(days=by * here.days))
    if here.kind == ANY:
        return between(first, first + timedelta(days=here.days - 1))
    return period(here.kind, first)


def held(day: date) -> date:
    """A date within what can be kept."""
    return min(max(day, EARLIEST), LATEST)


YEAR = "year"


def slices(first: date, last: date, kind: str = MONTH) -> Iterator[tuple[str, str]]:
    """The range cut at the months, or years, so that each part is read within a frame: first and last days by name."""
    while first <= last:
        end = min(last, date(first.year, 12, 31) if kind == YEAR else period(MONTH, first).last)
        yield first.isoformat(), end.isoformat()
        first = end + timedelta(days=1)


# ---- in words


def title(here: Period) -> str:
    """What a period is called: ``Friday, 20 November 2026``, ``16 – 22 November 2026``, ``November 2026``."""
    first, last = here.first, here.last
    if here.kind == MONTH:
        return f"{MONTHS[first.month - 1]} {first.year}"
    if first == last:
        return f"{WEEKDAYS[first.weekday()]}, {first.day} {MONTHS[first.month - 1]} {first.year}"
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year} – {end}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {end}"
    return f"{first.day} – {end}"


def subtitle(here: Period, today: date) -> str:
    """What else is to be said of it: ``Today``, ``Week 47, this week``, ``366 days``."""
    if here.kind == DAY:
        away = (here.first - today).days
        return {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get(away, "")
    now = here.first <= today <= here.last
    if here.kind == WEEK:
        return f"Week {here.first.isocalendar().week}{', this week' if now else ''}"
    if here.kind == MONTH:
        return "This month" if now else ""
    return "1 day" if here.days == 1 else f"{here.days:,} days"


def short(day: date, today: date | None = None) -> str:
    """A date in few signs: ``23 Nov``, with its year where that is not the present one (or ``today`` is not given)."""
    text = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return text if today is not None and day.year == today.year else f"{text} {day.year}"


def with_weekday(day: date) -> str:
    """``Mon 23 Nov``."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
