"""The words of a line such as ``8:05-8:40 travel``, told apart: the day, the times, what is left."""

from __future__ import annotations

import re
from typing import NamedTuple

from companion.core.days import clock_words

LONGEST = 200
"""Most characters of a line that are looked at."""

_DASH = r"[-–—−]"
_TIME = (
    r"(?:(?P<{n}word>noon|midnight|now)"
    r"|(?P<{n}h>\d{{1,2}})(?:[:.h](?P<{n}m>\d\d)|h\b)?(?!\d)"
    r"|(?P<{n}hm>\d{{3,4}})(?!\d))"
    r"(?:\s*(?P<{n}ap>(?P<{n}half>[ap])\.?m\b\.?)|(?P<{n}short>[ap])(?![a-z.]))?"
    r"(?:\s*\(?(?P<{n}nth>1st|2nd)\b\)?)?"
)
_SPAN = re.compile(
    r"(?:from\s+)?" + _TIME.format(n="a") + rf"\s*(?:{_DASH}|\b(?:to|until|till)\b)\s*" + _TIME.format(n="b"),
    re.I,
)
_START = re.compile(r"(?:from\s+)?" + _TIME.format(n="a") + r"(?![a-z0-9])", re.I)
_TO = re.compile(r"(?:to|until|till)\s+" + _TIME.format(n="b"), re.I)
_LENGTH = (
    r"(?:(?P<hours>\d{1,2})\s*(?:h|hours?|:)\s*(?P<rest>\d{1,2})?\s*(?:m|min|mins|minutes)?"
    r"|(?P<minutes>\d{1,4})\s*(?:m|min|mins|minutes)?)(?![a-z0-9:.])"
)
_BACK = re.compile(_DASH + r"\s*" + _LENGTH, re.I)
_ON = re.compile(r"\+\s*" + _LENGTH, re.I)
_SIGN = re.compile(r"(?:\+|" + _DASH + r")\s*")
_DAY = re.compile(
    r"(?P<day>today|yesterday|\d{4}-\d{2}-\d{2}|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?:\s*[,:]\s*|\s+|$)",
    re.I,
)


_CLOCK = r"\d{1,2}:\d\d(?: [AP]M)?(?: \((?:1st|2nd)\))?"
_LOGGED = re.compile(rf"{_CLOCK}: (?:{_CLOCK}–{_CLOCK} )?")
_WRITTEN = re.compile(r"(\d{1,2}):(\d\d)(?: ([AP])M)?")


def reclocked(words: str, *, twelve: bool) -> str:
    """A line of the undo list by the 12-hour or the 24-hour clock, whichever it was written by.

    Only the times that it begins with are looked at, not what the user has named something.
    """
    found = _LOGGED.match(words)
    if found is None:
        return words

    def other(time: re.Match[str]) -> str:
        hour, half = int(time[1]), time[3]
        hour = hour % 12 + (12 if half == "P" else 0) if half else hour
        return clock_words(hour * 60 + int(time[2]), twelve)

    return _WRITTEN.sub(other, found[0]) + words[found.end() :]


class Typed(NamedTuple):
    """A time of day as it was typed: its minute (0 … 1440, -1 for “now”), “1st” or “2nd” where said, its columns."""

    minute: int
    nth: int
    start: int
    end: int


class Parts(NamedTuple):
    """A line told apart. ``kind`` is span, to, back or on; ``minutes`` goes with back and on; columns count from 0."""

    kind: str
    day: str
    a: Typed | None
    b: Typed | None
    minutes: int
    what: str
    time_start: int
    time_end: int
    what_start: int


class Mistyped(NamedTuple):
    """What is wrong with a line, how to mend it, and where (columns, half-open).

    ``unfinished``: it may only not be typed to its end yet, so it is told quietly.
    """

    what: str
    mend: str
    start: int
    end: int
    unfinished: bool = False


FORMS = "Write 8:05-8:40 travel, -30 calls, +15 break, or to 12 lunch."


def split(line: str) -> Parts | Mistyped:
    """Tell the parts of a line apart.

    A ``+`` or ``-`` may stand before a whole form: a key with that sign leads to the line, and who then writes
    ``8:05-8:40 travel`` means just that.
    """
    if len(line) > LONGEST:
        return Mistyped("The line is too long.", FORMS, LONGEST, len(line))
    at = len(line) - len(line.lstrip())
    if not line.strip():
        return Mistyped("Nothing is written yet.", FORMS, 0, 0, True)
    sign = _SIGN.match(line, at)
    if sign and any(form.match(line, sign.end()) for form in (_DAY, _SPAN, _TO, _BACK, _ON)):
        at = sign.end()
    day = ""
    found = _DAY.match(line, at)
    if found:
        day, at = found["day"].lower(), found.end()
        if not line[at:].strip():
            return Mistyped("A time is missing.", FORMS, len(line), len(line), True)
    for kind, pattern in (("span", _SPAN), ("to", _TO), ("back", _BACK), ("on", _ON)):
        match = pattern.match(line, at)
        if match and (match.end() == len(line) or not line[match.end()].isalnum()):
            return _parts(kind, match, day, line)
    end = len(line.rstrip())
    short = re.match(r"[\d:.]*(?:\s*(?:[ap]\.?m?\.?|-|–|to|until|till|from|\+))?\s*", line[at:], re.I)
    unfinished = bool(short and at + short.end() >= end)
    begun = _START.match(line, at)
    if (
        begun
        and not unfinished
        and re.match(rf"\s*(?:{_DASH}|(?:to|until|till)\b)", line[begun.end() :], re.I)
    ):
        return Mistyped(
            "The end of the time is not clear.", "Put a space before the category.", begun.end(), end
        )
    if begun:
        return Mistyped(
            "The time has no end yet.", "Write 8:05-8:40, or 8-9 for full hours.", at, end, unfinished
        )
    return Mistyped("This does not begin with a time.", FORMS, at, end, unfinished)


def _parts(kind: str, match: re.Match[str], day: str, line: str) -> Parts | Mistyped:
    times: dict[str, Typed | None] = {"a": None, "b": None}
    found = match.groupdict()
    halves = {n: (found.get(f"{n}half") or found.get(f"{n}short") or "").lower() for n in "ab"}
    for n in {"span": "ab", "to": "b"}.get(kind, ""):
        minute = _minute(found, n, halves)
        first = next(name for name in ("word", "h", "hm") if found[n + name] is not None)
        place = (
            match.start(n + first),
            max(match.end(n + name) for name in ("word", "h", "m", "hm", "ap", "short")),
        )
        if minute is None:
            return Mistyped("There is no such time of day.", "A day has 0:00 to 24:00.", *place)
        times[n] = Typed(minute, {"1st": 1, "2nd": 2}.get((found[n + "nth"] or "").lower(), 0), *place)
    minutes = 0
    if kind in ("back", "on"):
        minutes = int(found["hours"] or 0) * 60 + int(found["rest"] or 0) + int(found["minutes"] or 0)
        if not 0 < minutes <= 1440:
            return Mistyped(
                "This length cannot be.",
                "Give 1 to 1440 minutes: -30, -1h30, +15.",
                match.start(),
                match.end(),
            )
    rest = line[match.end() :]
    what_start = match.end() + len(rest) - len(rest.lstrip(" ,:;"))
    what = line[what_start:].rstrip()
    return Parts(kind, day, times["a"], times["b"], minutes, what, match.start(), match.end(), what_start)


def _minute(found: dict[str, str | None], n: str, halves: dict[str, str]) -> int | None:
    """The minute of a time of day, None where there is none such."""
    word = (found[n + "word"] or "").lower()
    if word:
        return {"noon": 720, "midnight": 1440 if n == "b" else 0, "now": -1}[word]
    if found[n + "hm"]:
        hours, minute = divmod(int(found[n + "hm"] or 0), 100)
    else:
        hours, minute = int(found[n + "h"] or 0), int(found[n + "m"] or 0)
    if minute > 59:
        return None
    half = halves[n]
    if n == "a" and not half and halves["b"] and 1 <= hours <= 12:
        half = _half_of_start(hours, minute, found, halves["b"])
    if half:
        if not 1 <= hours <= 12:
            return None
        return (hours % 12 + (12 if half == "p" else 0)) * 60 + minute
    return hours * 60 + minute if hours * 60 + minute <= 1440 else None


def _half_of_start(hours: int, minute: int, found: dict[str, str | None], half: str) -> str:
    """``8-9pm`` is in the evening on both sides, ``11-1pm`` begins in the morning: the start is the nearest before."""
    if found["bhm"]:
        end = int(found["bhm"] or 0) // 100 % 12 * 60 + int(found["bhm"] or 0) % 100
    else:
        end = int(found["bh"] or 0) % 12 * 60 + int(found["bm"] or 0)
    same = hours % 12 * 60 + minute < end
    return half if same else {"a": "p", "p": "a"}[half]
