"""What goes out of the time audit, and as what: work alone, unless the user chooses more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from companion.core.categories import Tree
from companion.core.days import Day
from companion.core.spans import Span
from companion.core.time_formats import documents_out, rows, tables_out
from companion.core.totals import sums
from companion.desk import Desk
from companion.timedesk.almanac import zone_named

WORK = rows.WORK[0]

SPANS, SHEET, ICS, JSON = "spans", "sheet", "ics", "json"


class Format(NamedTuple):
    """A kind of file: its name, what it is good for, the ending of its name."""

    key: str
    name: str
    detail: str
    ending: str


FORMATS = (
    Format(SPANS, "CSV, one span a row", "With zone and offset; comes back in whole", "csv"),
    Format(SHEET, "CSV sheet", "One day a row, 288 columns of five minutes", "csv"),
    Format(ICS, "Calendar (ICS)", "For any calendar; private, leaves the time free", "ics"),
    Format(JSON, "JSON", "For programs: days, spans, totals", "json"),
)


class Outgoing(NamedTuple):
    """All that a text is made of, read at once, so that the text can be made on another thread.

    ``wanted`` are the ids of top categories, None for all. ``stays`` are seconds of the range that do not go out.
    """

    days: tuple[Day, ...]
    spans: tuple[Span, ...]
    tree: Tree
    zone: tzinfo
    zone_name: str
    now: int
    wanted: tuple[str, ...] | None
    goes: int
    stays: int

    def zone_of(self, name: str) -> tzinfo:
        """A zone by the name that a day keeps."""
        return zone_named(name) or self.zone


def gather(desk: Desk, first: date, last: date, wanted: tuple[str, ...] | None) -> Outgoing:
    """Reads what is recorded on the dates ``first`` to ``last``. Raises StoreError."""
    time = desk.time
    days = tuple(time.days(first.isoformat(), last.isoformat()))
    tree = time.tree
    there = time.spans(days[0].start, days[-1].end) if days else ()
    all_of_it = rows.chosen(there, tree, None)
    chosen = rows.chosen(there, tree, wanted)
    goes, whole = (_seconds(found, days) for found in (chosen, all_of_it))
    return Outgoing(
        days, tuple(chosen), tree, time.zone, desk.clock.zone(), time.now(), wanted, goes, whole - goes
    )


def _seconds(spans: Sequence[Span], days: Sequence[Day]) -> int:
    return sum(sums(spans, days[0].start, days[-1].end).values()) if days else 0


def text(found: Outgoing, kind: str) -> str:
    """The text of a file of a kind. A span that reaches over the edge of the range goes out with what lies in it."""
    if kind == SHEET:
        return tables_out.sheet_csv(found.days, found.spans, found.tree, found.zone_of)
    if kind == JSON:
        return documents_out.spans_json(
            found.days, found.spans, found.tree, found.zone_of, found.zone_name, shown=found.wanted
        )
    held = list(rows.to_rows(_within(found), found.days, found.tree))
    if kind == ICS:
        return documents_out.spans_ics(held, found.now)
    return tables_out.spans_csv(held, found.zone_of)


def _within(found: Outgoing) -> list[Span]:
    if not found.days:
        return []
    start, end = found.days[0].start, found.days[-1].end
    return [one._replace(start=max(one.start, start), end=min(one.end, end)) for one in found.spans]


def file_name(found: Outgoing, kind: str) -> str:
    """A name to offer: ``time 2026-11-16 to 2026-11-22.csv``, without anything of the user's."""
    ending = next(one.ending for one in FORMATS if one.key == kind)
    if not found.days:
        return f"time.{ending}"
    first, last = found.days[0].name, found.days[-1].name
    return f"time {first}.{ending}" if first == last else f"time {first} to {last}.{ending}"
