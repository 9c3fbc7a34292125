"""Dates, times and lengths as other programs write them, and the instants they mean in a zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from companion.core.days import EPOCH, instants_at
from companion.core.time_formats.found import ORDER, Refused

_DATE = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})\.?")
_TIME = re.compile(
    r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?(?:\s?([ap])\.?\s?m\.?)?", re.IGNORECASE
)
_HOUR = re.compile(r"([0-9]{1,2})()()\s?([ap])\.?\s?m\.?", re.IGNORECASE)
_CLOCK = re.compile(r"([0-9]{1,6}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?")
_DECIMAL = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)(?:\s?h)?")
_MINUTES = re.compile(r"([0-9]{1,6}):([0-9]{2})\s?min")
_UNITS = re.compile(
    r"(?:([0-9]{1,6})\s?h[a-z]*)?\s?(?:([0-9]{1,6})\s?m[a-z]*)?\s?(?:([0-9]{1,6})\s?s[a-z]*)?"
)
_DAY = 86400
CLOSE = 60
"""A length that a file states may differ by so many seconds from its times: programs round it."""


class Clash(ValueError):
    """What is written is no date or time. The message is for people and holds none of the file's text."""


# ---- dates


class Order(NamedTuple):
    """How a file writes dates that begin with no year; ``line`` shows it (0: none needs to)."""

    day_first: bool
    line: int


def order(dates: Iterable[tuple[int, str]], day_first: bool | None = None) -> Order:
    """How the dates (with their lines) are ordered. Refused, with ``ORDER`` asked, where the file does not tell.

    A number above 12 tells it, dots mean day first unless they cannot, and 03/03 may be either.
    """
    told: dict[bool, int] = {}
    open_line = dots = 0
    for line, text in dates:
        found = _DATE.fullmatch(text.split(" ")[0] if text else "")
        if not found or len(found[1]) > 2:
            continue
        one, other = int(found[1]), int(found[3])
        if one > 12 or other > 12:
            told.setdefault(one > 12, line)
        elif found[2] == ".":
            dots = dots or line
        elif one != other:
            open_line = open_line or line
    if len(told) == 2:
        raise Refused(
            f"Line {told[True]} has the day first and line {told[False]} the month.",
            "Export it once more, with all dates written as year-month-day.",
            line=max(told.values()),
        )
    if told:
        return Order(*next(iter(told.items())))
    if day_first is not None:
        return Order(day_first, 0)
    if open_line:
        raise Refused(
            "The file does not tell whether its dates have the day or the month first.",
            "Say which it is, or export a range with a day after the 12th.",
            line=open_line,
            asks=ORDER,
        )
    return Order(True, dots)


def read_date(text: str, day_first: bool) -> date:
    """A date as it stands in a cell; Clash where it is none."""
    found = _DATE.fullmatch(text)
    if not found:
        raise Clash("The date cannot be read.")
    a, b, c = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        year, month, day = a, b, c
    elif len(found[4]) == 4:
        year, month, day = (c, b, a) if day_first else (c, a, b)
    else:
        raise Clash("The year of the date has no four digits.")
    try:
        return date(year, month, day)
    except ValueError:
        raise Clash("There is no such date.") from None


# ---- times and lengths


def read_time(text: str) -> int:
    """The seconds after midnight of a clock time, 24 or 12 hours, to 24:00; Clash where it is none."""
    found = _TIME.fullmatch(text) or _HOUR.fullmatch(text)
    if not found:
        raise Clash("The time cannot be read.")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Clash("There is no such time.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > _DAY:
        raise Clash("There is no such time.")
    return seconds


def read_length(text: str) -> int | None:
    """Seconds of ``1:30:00``, ``1:30``, ``1.5`` (hours), ``1.5 h``, ``1 h 30 min``, ``18:25 min`` (minutes and seconds,
    as Toggl writes less than an hour); none where it is no length.
    """
    text = text.strip().lower()
    if found := _MINUTES.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    if found := _DECIMAL.fullmatch(text):
        return round(float(found[1].replace(",", ".")) * 3600)
    if text and (found := _UNITS.fullmatch(text)):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return None


def read_moment(text: str) -> datetime:
    """An ISO 8601 moment (``2026-10-25T08:00:00+02:00``, ``20261025T060000Z``), with or without an offset."""
    if len(text) > 40 or not re.match(r"[0-9]{4}(?:-?[0-9]{2}-?[0-9]{2})[T ]", text):
        raise Clash("The time cannot be read.")
    try:
        return datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise Clash("The time cannot be read.") from None


def instant(moment: datetime) -> int:
    """The instant of a moment with an offset, to the nearest second."""
    return round((moment - EPOCH).total_seconds())


# ---- instants of local times


class Times(NamedTuple):
    """An entry's instants, and what was assumed to get them: a sentence, or empty."""

    start: int
    end: int
    doubt: str = ""


def local(moment: date, seconds: int, zone: tzinfo) -> tuple[int, ...]:
    """The instants at which the local clock shows a time: one, two where it comes twice, none where it is skipped."""
    if not 2 <= moment.year <= 9998:
        raise Clash("The date is out of reach.")
    whole, rest = divmod(seconds, 60)
    return tuple(at + rest for at in instants_at(moment, whole, zone))


def settle(starts: tuple[int, ...], ends: tuple[int, ...], length: int | None) -> Times:
    """Of what a start and an end can mean, the pair that fits; the file's own length decides where it can.

    Clash where the clock skips one of them. Else the first start, and the first end after it.
    """
    if not starts or not ends:
        if length and (starts or ends):
            return Times(starts[0], starts[0] + length) if starts else Times(ends[0] - length, ends[0])
        raise Clash("The clock skips this time on that day.")
    pairs = [(a, b) for a in starts for b in ends if a <= b] or [(starts[0], ends[0])]
    best = pairs[0]
    if length is not None:
        fitting = [(a, b) for a, b in pairs if abs(b - a - length) <= CLOSE]
        if len(fitting) == 1:
            return Times(*fitting[0])
        best = (fitting or pairs)[0]
        if not fitting:
            return Times(*best, "Its length is not the time between its start and its end; these were taken.")
    if len(pairs) > 1:
        return Times(*best, "The clock shows this time twice that night; the first was taken.")
    return Times(*best)


def spread(
    day: date, seconds: int, zone: tzinfo, end_day: date | None, end: int | None, length: int | None
) -> Times:
    """An entry of local times. Without a date for its end, that is on the same day, or the next when it is earlier."""
    starts = local(day, seconds, zone)
    if end is None:
        if length is None:
            raise Clash("It has no end.")
        if not starts:
            raise Clash("The clock skips this time on that day.")
        twice = "The clock shows this time twice that night; the first was taken." if len(starts) > 1 else ""
        return Times(starts[0], starts[0] + length, twice)
    if end_day is None:
        end_day = day + timedelta(days=1) if end < seconds else day
    return settle(starts, local(end_day, end, zone), length)
