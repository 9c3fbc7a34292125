"""The times of a night as they are typed, made instants: the end on the day shown, the start the last one before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from companion.core.days import Day, instants_at, nearest, wall
from companion.core.timeline_words import Mistyped, Parts, Typed, split

_ONE = timedelta(days=1)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NightError(ValueError):
    """A time that cannot be taken. The message is for the user, ``field`` the place of the field in its row."""

    def __init__(self, words: str, field: int) -> None:
        super().__init__(words)
        self.field = field


def night(start: str, end: str, day: Day, zone: tzinfo) -> tuple[int, int]:
    """From when to when somebody slept; the end is on ``day``. Rounded to slots.

    ``23:10`` is the last 23:10 before the end; with a day before it (``Sat 22:00``, ``yesterday 22:00``,
    ``2026-10-24 22:00``) any length can be said. Raises NightError.
    """
    until = _on_day(end, day, zone, 1)
    said, typed = _typed(start, 0)
    before = wall(until, zone).date()
    if said:
        dates: Sequence[date] = (_named(said, before, day),)
    else:
        dates = (before, before - _ONE)
    for one in dates:
        found = [at for at in _instants(one, typed, zone) if at < until]
        if found:
            return _rounded(found[0], until, day, 0)
    if not any(_instants(one, typed, zone) for one in dates):
        raise NightError("This time did not come on that day.", 0)
    raise NightError("It begins after it ends.", 0)


def nap(start: str, end: str, day: Day, zone: tzinfo) -> tuple[int, int]:
    """From when to when somebody slept within ``day``. Raises NightError."""
    begin = _on_day(start, day, zone, 0)
    _said, typed = _typed(end, 1)
    first = wall(begin, zone).date()
    found = [at for one in (first, first + _ONE) for at in _instants(one, typed, zone) if at > begin]
    if not found or found[0] - begin > 12 * 3600:
        raise NightError("It ends before it begins.", 1)
    return _rounded(begin, found[0], day, 1)


def _rounded(start: int, end: int, day: Day, field: int) -> tuple[int, int]:
    begin, finish = nearest(start, day.start), nearest(end, day.start)
    if begin >= finish:
        raise NightError("That is less than half a slot of five minutes.", field)
    return begin, finish


def _on_day(text: str, day: Day, zone: tzinfo, field: int) -> int:
    """The first instant of a clock time within the day (its end counts, too)."""
    _said, typed = _typed(text, field)
    first, last = wall(day.start, zone).date(), wall(day.end, zone).date()
    dates = [first + i * _ONE for i in range((last - first).days + 1)]
    for one in dates:
        found = [at for at in _instants(one, typed, zone) if day.start <= at <= day.end]
        if found:
            return found[0]
    raise NightError("This time is not on this day.", field)


def _instants(on: date, typed: Typed, zone: tzinfo) -> list[int]:
    """When a clock time comes on a date; the one that was meant where it comes twice and that was said."""
    found = instants_at(on, typed.minute, zone)
    if typed.nth and len(found) > 1:
        return [found[typed.nth - 1]]
    return list(found)


def _typed(text: str, field: int) -> tuple[str, Typed]:
    """The day that was said, and the time."""
    parts = split(f"{text.strip()}-24")
    if isinstance(parts, Mistyped) or not isinstance(parts, Parts) or parts.what or parts.a is None:
        raise NightError("Write a time such as 23:10 or 11:10 pm, or Sat 22:00.", field)
    if parts.a.minute < 0:
        raise NightError("Write the time itself.", field)
    return parts.day, parts.a


def _named(said: str, before: date, shown: Day) -> date:
    """The date that a word for a day means: the last one up to the end of the night."""
    if said == "today":
        return shown.date
    if said == "yesterday":
        return shown.date - _ONE
    if said[0].isdigit():
        try:
            return date.fromisoformat(said)
        except ValueError:
            raise NightError("There is no such date. Write it as 2026-10-25.", 0) from None
    return before - timedelta(days=(before.weekday() - _WEEKDAYS.index(said[:3])) % 7)
