"""The one line that fills time: ``8:05-8:40 travel``, ``-30 calls``, ``+15 break``, ``to 12 lunch`` (``time.slots``).

``read`` is pure and quick enough for each key typed. It gives a preview of what Enter would do, or says what is wrong,
where, and how to mend it. What it had to decide (a clock time that comes twice, rounding to the grid) it says in
``notes``; between two categories it never decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from companion.core.categories import Category, Tree
from companion.core.category_find import archived, find
from companion.core.days import (
    SLOT,
    Calendar,
    Day,
    clock_words,
    first_at,
    instants_at,
    nearest,
    time_words,
    wall,
)
from companion.core.spans import Span, open_since, over_words, state_at, under
from companion.core.timeline_words import Mistyped, Parts, Typed, split

MOST_WRAPPED = 12 * 3600
"""An end before its start is taken for the next day's up to so many seconds; beyond, it was meant otherwise."""


class Preview(NamedTuple):
    """What Enter will do: the day that the span begins in, the span, what it will cut (parts of the spans that are
    there), ``ahead`` when it ends later than now, and what to say of it, also what it goes
    over and that it is ahead."""

    day: Day
    span: Span
    cuts: tuple[Span, ...]
    ahead: bool
    words: str
    notes: tuple[str, ...] = ()


class Problem(NamedTuple):
    """Why the line cannot be taken: what, how to mend it, where (columns, half-open); categories to choose from."""

    what: str
    mend: str
    start: int
    end: int
    unfinished: bool = False
    choices: tuple[Category, ...] = ()


class _Wrong(Exception):
    def __init__(
        self, what: str, mend: str, start: int, end: int, choices: tuple[Category, ...] = ()
    ) -> None:
        super().__init__(what)
        self.problem = Problem(what, mend, start, end, False, choices)


class _Place(NamedTuple):
    day: Day
    zone: tzinfo
    said: bool
    """Whether the line names the day."""
    twelve: bool

    def clock(self, minute: int) -> str:
        """A minute of the day as the user has it written."""
        return clock_words(minute, self.twelve)


def read(
    line: str,
    tree: Tree,
    calendar: Calendar,
    day: Day,
    now: int,
    spans_in: Callable[[int, int], Sequence[Span]],
    *,
    twelve: bool = False,
) -> Preview | Problem:
    """What a line means on the day shown. ``spans_in`` gives the spans that touch a stretch, in order.

    Times are by the 24-hour clock unless am or pm is said; ``twelve`` only sets how times are written. Without a
    word for the day, times are on the day shown; ``-30`` counts from now, so only today takes it. ``+15`` and
    ``to 12`` go on from the last span that the user set on the day (before now), else from the day's start.
    """
    parts = split(line)
    if isinstance(parts, Mistyped):
        return Problem(*parts)
    try:
        place = _place(parts, calendar, day, now, line, twelve)
        notes: list[str] = []
        start, end = _stretch(parts, place, now, spans_in, notes)
        start, end = _rounded(start, end, place, parts, notes)
        category = _category(parts, tree)
    except _Wrong as wrong:
        return wrong.problem
    if isinstance(category, Problem):
        return category
    span = Span(start, end, category.id, state_at(end, now))
    shown = place.day if place.day.start <= start < place.day.end else calendar.of(start)
    said = "–".join(time_words(at, place.zone, twelve=twelve) for at in (start, end))
    said = f"{said} {tree.label(category.id)}, {length_words(end - start)}"
    cuts = tuple(part for part in under(spans_in(start, end), start, end) if part.category != span.category)
    ahead = "ahead of now" if start >= now else "ends ahead of now" if end > now else ""
    over = over_words(tree.label(part.category) for part in cuts)
    return Preview(
        shown, span, cuts, end > now, ", ".join(part for part in (said, over, ahead) if part), tuple(notes)
    )


def length_words(seconds: int) -> str:
    """A length as it is written: ``35 min``, ``2 h``, ``1 h 30 min``."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


# ---- the day


def _place(parts: Parts, calendar: Calendar, shown: Day, now: int, line: str, twelve: bool) -> _Place:
    if not parts.day:
        return _Place(shown, calendar.zone_of(shown), False, twelve)
    at = line.lower().index(parts.day)
    where = (at, at + len(parts.day))
    if parts.kind == "back":
        raise _Wrong(
            "A length with a minus counts from now.", "Leave the day out, or give both times.", *where
        )
    today = calendar.of(now).date
    if parts.day == "today":
        wanted = today
    elif parts.day == "yesterday":
        wanted = today - timedelta(days=1)
    elif parts.day[0].isdigit():
        try:
            wanted = date.fromisoformat(parts.day)
        except ValueError:
            raise _Wrong("There is no such date.", "Write it as 2026-10-25.", *where) from None
        if not 1900 <= wanted.year <= 9000:
            raise _Wrong("This date is out of reach.", "Write it as 2026-10-25.", *where)
    else:
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(parts.day[:3])
        wanted = today - timedelta(days=(today.weekday() - weekday) % 7)
    found = calendar.named(wanted)
    if not found.length:
        raise _Wrong("This day does not exist here: the calendar skipped it.", "Give another day.", *where)
    return _Place(found, calendar.zone_of(found), True, twelve)


# ---- the times


def _stretch(
    parts: Parts,
    place: _Place,
    now: int,
    spans_in: Callable[[int, int], Sequence[Span]],
    notes: list[str],
) -> tuple[int, int]:
    day = place.day
    if parts.kind == "back":
        if not place.day.start <= now < place.day.end:
            raise _Wrong(
                "A length with a minus counts back from now, which is not on the day shown.",
                "Give both times, or go to today first.",
                *(parts.time_start, parts.time_end),
            )
        return now - parts.minutes * 60, now
    if parts.kind == "span" and parts.a is not None and parts.b is not None:
        start = _start(parts.a, place, now, notes)
        end = _end(parts.b, start, place, now, notes)
        _sound(parts, parts.b, (start, end), place, now)
        return start, end
    until = min(max(now, day.start), day.end)
    begin = open_since(spans_in(day.start, until), until, day.start)
    where = (parts.time_start, parts.time_end)
    if begin >= day.end:
        raise _Wrong("The whole day is filled.", "Give both times to paint over it.", *where)
    if parts.b is None:
        return begin, begin + parts.minutes * 60
    end = _end(parts.b, begin, place, now, notes)
    if end <= begin or (end - begin > MOST_WRAPPED and end > day.end):
        clock = time_words(begin, place.zone, twelve=place.twelve)
        raise _Wrong(
            f"Open time begins at {clock}, which is not before that.",
            _later(parts.b, begin, place) or "Give both times.",
            *where,
        )
    return begin, end


def _later(typed: Typed, start: int, place: _Place) -> str:
    """Advice to take the time in the afternoon, where that fits."""
    if 0 <= typed.minute < 720:
        later = instants_at(wall(start, place.zone).date(), typed.minute + 720, place.zone)
        if later and later[-1] > start:
            return f"For the afternoon write {place.clock(typed.minute + 720)}."
    return ""


def _sound(parts: Parts, typed: Typed, stretch: tuple[int, int], place: _Place, now: int) -> None:
    start, end = stretch
    where = (parts.time_start, parts.time_end)
    if end <= start:
        raise _Wrong("It ends before it begins.", "Give a later end.", *where)
    wraps = wall(end - 1, place.zone).date() > wall(start, place.zone).date()
    if wraps and end - start > MOST_WRAPPED and typed.minute < 1440:
        raise _Wrong(
            f"That would be {length_words(end - start)}, into the next day.",
            _later(typed, start, place) or "Give it in two parts, or another end.",
            *where,
        )
    today = place.day.start <= now < place.day.end
    if wraps and not place.said and today and start > now:
        raise _Wrong(
            "These times are still to come.",
            "Put “yesterday” before them if it was last night, or “today” if it will be.",
            *where,
        )


def _start(typed: Typed, place: _Place, now: int, notes: list[str]) -> int:
    """The instant of a clock time within the day."""
    if typed.minute < 0:
        return now
    day, zone = place.day, place.zone
    first = wall(day.start, zone).date()
    last = wall(max(day.start, day.end - 1), zone).date()
    found: list[int] = []
    for i in range((last - first).days + 1):
        on = first + timedelta(days=i)
        found += [at for at in instants_at(on, typed.minute, zone) if day.start <= at < day.end]
    if not found:
        raise _Wrong(*_missing(typed, first, place), typed.start, typed.end)
    return _which(typed, found, place, notes)


def _end(typed: Typed, start: int, place: _Place, now: int, notes: list[str]) -> int:
    """The first instant of a clock time after ``start``; it may lie beyond the day."""
    if typed.minute < 0:
        return now
    zone = place.zone
    begun = wall(start, zone)
    for i in range(3):
        on = begun.date() + timedelta(days=i)
        there = instants_at(on, typed.minute, zone)
        if not there and typed.minute == 1440:  # no midnight here: the day ends all the same
            there = (first_at(on, 1440, zone),)
        found = [at for at in there if at > start]
        if found:
            return _which(typed, found, place, notes)
        if not there and (i or typed.minute > begun.hour * 60 + begun.minute):
            raise _Wrong(*_missing(typed, on, place), typed.start, typed.end)
    raise _Wrong(f"{place.clock(typed.minute)} does not come.", "Give another end.", typed.start, typed.end)


def _which(typed: Typed, found: Sequence[int], place: _Place, notes: list[str]) -> int:
    zone, clock = place.zone, place.clock(typed.minute)
    twice = [at for at in found if wall(at, zone).date() == wall(found[0], zone).date()]
    if typed.nth:
        wanted = [at for at in twice if wall(at, zone).fold == typed.nth - 1 and _comes_twice(at, zone)]
        if not wanted:
            raise _Wrong(
                "This time does not come twice here.", "Leave “1st” or “2nd” out.", typed.start, typed.end
            )
        return wanted[0]
    if len(twice) > 1:
        notes.append(f"{clock} comes twice on this day; the first is taken. For the other write {clock} 2nd.")
    return found[0]


def _comes_twice(at: int, zone: tzinfo) -> bool:
    here = wall(at, zone)
    return here.replace(fold=1 - here.fold).utcoffset() != here.utcoffset()


def _missing(typed: Typed, on: date, place: _Place) -> tuple[str, str]:
    clock, zone = place.clock(typed.minute), place.zone
    if instants_at(on, typed.minute, zone):
        return f"{clock} is not on this day.", "Give another time, or put the day before it."
    at = first_at(on, typed.minute, zone)
    before, after = wall(at - 1, zone) + timedelta(seconds=1), wall(at, zone)
    lands = place.clock(after.hour * 60 + after.minute)
    jump = f"the clock goes from {place.clock(before.hour * 60 + before.minute)} to {lands}"
    return f"{clock} does not exist on this day: {jump}.", f"Write {lands}."


def _rounded(start: int, end: int, place: _Place, parts: Parts, notes: list[str]) -> tuple[int, int]:
    """To the nearest edges of the grid; what ends now ends at the edge before now, as long as it was said to be."""
    origin = place.day.start
    begin, finish = nearest(start, origin), nearest(end, origin)
    if parts.kind == "back" or (parts.b is not None and parts.b.minute < 0):
        finish = origin + (end - origin) // SLOT * SLOT
        length = nearest(end - start)
        if parts.kind == "back":
            begin = finish - length
        elif length:
            begin = min(begin, finish - SLOT)
    if begin >= finish:
        raise _Wrong(
            "That is less than half a slot of five minutes.",
            "Give a longer time.",
            parts.time_start,
            parts.time_end,
        )
    if (begin, finish) != (start, end):
        clock = "–".join(time_words(at, place.zone, twelve=place.twelve) for at in (begin, finish))
        notes.append(f"Rounded to five minutes: {clock}.")
    return begin, finish


# ---- the category


def _category(parts: Parts, tree: Tree) -> Category | Problem:
    start, end = parts.what_start, parts.what_start + len(parts.what)
    if not parts.what:
        return Problem("A category is missing.", "Write what the time went to.", start, start, True)
    found = find(tree, parts.what)
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(f"“{tree.label(one.id)}”" for one in found[:4])
        more = "" if len(found) <= 4 else f" or {len(found) - 4} more"
        return Problem(
            f"This can be {names}{more}.", "Type one more letter, or choose.", start, end, True, found
        )
    gone = archived(tree, parts.what)
    if gone:
        return Problem(
            "This category is archived.", "Bring it back first, or choose another.", start, end, False, gone
        )
    return Problem("There is no such category.", "Type the beginning of its name, or its letter.", start, end)
