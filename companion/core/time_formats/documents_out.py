"""Time as a calendar (ICS, RFC 5545) and as JSON of the shape that ``companion time show --json`` has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC

from companion.core.categories import Tree
from companion.core.days import Day, wall
from companion.core.spans import Span, gaps
from companion.core.time_formats.found import clean
from companion.core.time_formats.rows import Memory, Row, Zones, iso, to_rows
from companion.core.totals import Total, sums, totals

_FOLD = 75
"""Most bytes of a line of a calendar, without its end."""


# ---- ICS


def spans_ics(rows: Iterable[Row], now: int) -> str:
    """The rows as events in UTC, for any calendar. ``now`` is the instant of the export.

    An event's UID is made of its start and category: exported again, a calendar knows it and puts it in no second
    time. Events are private and leave the time free for others: they tell what was, not what is planned.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Call Companion//Time//EN", "CALSCALE:GREGORIAN"]
    stamp = _utc(now)
    for row in rows:
        start = _utc(row.start)
        known = hashlib.sha256(row.category.encode("utf-8", "replace")).hexdigest()[:16]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{start}-{known}@call-companion",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{start}",
            f"DTEND:{_utc(row.end)}",
            f"SUMMARY:{_escaped(row.category)}",
            f"CATEGORIES:{_escaped(row.category)}",
            *([f"DESCRIPTION:{_escaped(row.note)}"] if row.note else []),
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            f"X-COMPANION-STATE:{row.state.upper()}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _utc(instant: int) -> str:
    return wall(instant, UTC).strftime("%Y%m%dT%H%M%SZ").zfill(16)


def _escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and line's end escaped, no other control signs."""
    plain = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return plain


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 bytes, never cut within a character; all but the first begin with a blank."""
    if len(line) <= _FOLD and line.isascii():
        return [line]
    pieces: list[str] = []
    piece, room = "", _FOLD
    for sign in line:
        size = len(sign.encode("utf-8"))
        if size > room:
            pieces.append(piece)
            piece, room = " ", _FOLD - 1
        piece += sign
        room -= size
    return [*pieces, piece]


# ---- JSON


def spans_json(
    days: Sequence[Day],
    spans: Sequence[Span],
    tree: Tree,
    zones: Zones,
    zone: str,
    *,
    shown: Iterable[str] | None = None,
    goals: Sequence[Mapping[str, object]] = (),
) -> str:
    """The days with their spans (cut at the days' ends), and the totals, as one document.

    ``spans`` are those that go out; ``zone`` is the name of the user's zone. Where only some categories go out,
    ``shown`` names them: then nothing is said of unfilled time, which would count all others in. ``goals`` as the
    command writes them.
    """
    zone_of = Memory(zones)
    document: dict[str, object] = {"zone": zone}
    if shown is not None:
        document["shown"] = [clean(tree.path(one)) for one in shown]
    listed: list[dict[str, object]] = []
    i = 0
    for day in days:
        while i < len(spans) and spans[i].end <= day.start:
            i += 1
        k = i
        while k < len(spans) and spans[k].start < day.end:
            k += 1
        listed.append(_day(day, spans[i:k], tree, zone_of, partly=shown is not None))
    document["days"] = listed
    seconds = sums(spans, days[0].start, days[-1].end) if days else {}
    document["totals"] = [_total(total, tree) for total in totals(tree, seconds)]
    document["goals"] = [dict(goal) for goal in goals]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _day(day: Day, spans: Sequence[Span], tree: Tree, zones: Zones, *, partly: bool) -> dict[str, object]:
    zone = zones(day.zone)
    found: dict[str, object] = {"day": day.name, "zone": day.zone, "length_s": day.length, "slots": day.slots}
    if not partly:
        found["unfilled_s"] = sum(b - a for a, b in gaps(spans, day.start, day.end))
    found["spans"] = [
        {
            "start": iso(row.start, zone),
            "end": iso(row.end, zone),
            "category": clean(row.category),
            "state": row.state,
        }
        for row in to_rows(spans, [day], tree, cut=True)
    ]
    return found


def _total(total: Total, tree: Tree) -> dict[str, object]:
    found: dict[str, object] = {"category": clean(tree.path(total.category)), "seconds": total.seconds}
    if total.children:
        found["children"] = [_total(child, tree) for child in total.children]
    return found
