"""Tables of time: our own CSV, and the detailed CSV exports of Toggl and Clockify, which share their columns.

Toggl and Clockify write local times of the account's zone without naming it, dates in the account's manner. Toggl may
write ``-`` for what is empty. Clockify names its columns in the account's language: such a table is known by what
stands in it, since the order of its columns is always the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo

from companion.core.days import zone_name
from companion.core.spans import STATES
from companion.core.time_formats.found import PERSON, Bag, Found, Refused, Settings
from companion.core.time_formats.moments import (
    Clash,
    instant,
    local,
    order,
    read_date,
    read_length,
    read_moment,
    read_time,
    settle,
    spread,
)
from companion.core.time_formats.text import Row, folded, header, joined, rows, unsafe

OURS = ("start", "end", "zone", "category", "state", "note")
"""The columns of our own CSV."""

_DETAILED = "Export the detailed report: it has a row for each entry, with the start and the end."
_BEGIN = ("project", "client", "description", "task")
_TIMES = ("start date", "start time", "end date", "end time")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_FEW = 20
"""Rows that are looked through for what the columns of another language hold."""


def kind_of(text: str) -> str:
    """Which of the tables a text is, by its columns: ``companion``, ``toggl``, ``clockify``, ``watson`` (which is to be
    refused); empty for none of them.

    Refused where it is clearly another report of these, without times.
    """
    columns = set(header(text)[1])
    if {"start", "end", "category"} <= columns:
        return "companion"
    if {"start date", "start time"} <= columns:
        return "clockify" if columns & {"duration (h)", "duration (decimal)"} else "toggl"
    if {"id", "start", "stop", "project"} <= columns:
        return "watson"
    if columns & {"duration", "duration (h)", "time (h)", "time (decimal)"}:
        raise Refused("This report has no start times.", _DETAILED, line=1)
    return "clockify" if _by_content(text) else ""


def refuse_watson(text: str, settings: Settings, bag: Bag) -> None:
    """Watson's CSV: local times as of the offset on the day of the export, so that those of the other half of the year
    are an hour off. Refused."""
    raise Refused(
        "Watson's CSV has times without an offset, and some of them are an hour off.",
        "Export JSON, which has it: watson log --all --json",
    )


def _by_content(text: str) -> list[str] | None:
    """The columns' names of Clockify's detailed report in another language, where only their order tells: the first
    four are always the same; a date, a time, a date and a time stand side by side. None where it is no such table.
    """
    columns = header(text)[1]
    places = [str(i) for i in range(len(columns))]
    for row, _ in zip(rows(text, Bag(), places), range(_FEW), strict=False):
        cells = [row.get(place) for place in places]
        for i in range(len(_BEGIN), len(cells) - len(_TIMES)):
            if not all(map(_fits, _TIMES, cells[i:])) or read_length(cells[i + len(_TIMES)]) is None:
                continue
            names = [*_BEGIN, *columns[len(_BEGIN) : i], *_TIMES, "duration", *columns[i + len(_TIMES) + 1 :]]
            address = next((k for k in range(len(_BEGIN), i) if _ADDRESS.fullmatch(cells[k])), 0)
            if address:
                names[address] = "email"
            return names
    return None


def _fits(column: str, cell: str) -> bool:
    """Whether a cell may stand in one of the columns of times."""
    if column.endswith("time"):
        return _can(read_time, cell)
    return _can(read_date, cell, True) or _can(read_date, cell, False)


def _can(read: Callable[..., object], *cell: object) -> bool:
    try:
        read(*cell)
    except Clash:
        return False
    return True


# ---- ours


def read_ours(text: str, settings: Settings, bag: Bag) -> None:
    """Our own CSV: what ``tables_out.spans_csv`` writes comes back exactly."""
    whole = len(header(text)[1])
    for row in rows(text, bag):
        if len(row.cells) < min(whole, 4):
            bag.lose(row.line, "The row is cut off.", "Export it once more.")
            continue
        name = row.get("zone")
        try:
            zone = _zone(name, settings)
            starts, ends = (_instants(row.get(column), zone) for column in ("start", "end"))
            times = settle(starts, ends, None)
        except Clash as clash:
            bag.lose(row.line, str(clash), "Write it as 2026-10-25T08:00:00+01:00.")
            continue
        if times.doubt:
            bag.tell(row.line, times.doubt, "Write the offset with it: 2026-10-25T02:30:00+01:00.")
        state = folded(row.get("state"))
        if state and state not in STATES:
            bag.tell(row.line, "Its state is none that is known; it counts as filled in afterwards.")
            state = ""
        label, note = (unsafe(row.cells.get(column, "")) for column in ("category", "note"))
        bag.add(Found(times.start, times.end, label, note, row.line, state, name if zone else ""))
    if text[-1] not in "\r\n":
        bag.tell(0, "The file does not end with a whole line: its end may be missing.")


def _zone(name: str, settings: Settings) -> tzinfo:
    """The zone of a row's times that have no offset."""
    if not name or not settings.zones or name == zone_name(settings.zone):
        return settings.zone
    try:
        return settings.zones(name)
    except Exception:  # whatever finds zones: a name it does not know, or one made up to hurt
        raise Clash("Its zone is none that is known.") from None


def _instants(text: str, zone: tzinfo) -> tuple[int, ...]:
    moment = read_moment(text)
    if moment.utcoffset() is not None:
        return (instant(moment),)
    return local(moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second, zone)


# ---- Toggl, Clockify


def read_tracker(text: str, settings: Settings, bag: Bag) -> None:
    """The detailed CSV export of Toggl or Clockify. Refused, and asked, where dates or people are not clear."""
    names = None if set(_TIMES[:2]) <= set(header(text)[1]) else _by_content(text)
    table = [_without_dashes(row) for row in rows(text, bag, names)]
    mine = _of_one(table, settings, bag)
    if names:
        bag.note(
            "Its columns are named in another language; they are taken in Clockify's order, which begins with project, "
            "client, description and task."
        )
    dates = ((row.line, date) for row in table for date in (row.get("start date"), _end_date(row)))
    dated = order(dates, settings.day_first)
    if dated.line:
        first = "day" if dated.day_first else "month"
        bag.note(f"Dates are read with the {first} first, as line {dated.line} shows.")
    bag.note(f"The file names no zone: its times are taken as {zone_name(settings.zone)}.")
    if any(row.get("client", "tags") for row in mine):
        bag.note("Clients and tags are not taken over.")
    for row in mine:
        _entry(row, dated.day_first, settings.zone, bag)


def _without_dashes(row: Row) -> Row:
    """A row as if what is empty were written as nothing."""
    if "-" not in row.cells.values():
        return row
    return row._replace(cells={name: "" if cell == "-" else cell for name, cell in row.cells.items()})


def _of_one(table: list[Row], settings: Settings, bag: Bag) -> list[Row]:
    """The rows of one person: a report of a whole workspace holds the time of several."""
    people: dict[str, str] = {}
    for row in table:
        people.setdefault(_person(row).casefold(), _person(row))
    if len(people) < 2:
        return table
    wanted = settings.person.casefold()
    if wanted not in people or not wanted:
        raise Refused(
            f"The file holds the time of {len(people)} people.",
            "Choose whose time is to be taken.",
            asks=PERSON,
            people=tuple(people.values()),
        )
    mine = [row for row in table if _person(row).casefold() == wanted]
    bag.note(f"Entries of other people, left out: {len(table) - len(mine)}.")
    return mine


def _person(row: Row) -> str:
    return row.get("email", "user", "member")


def _end_date(row: Row) -> str:
    return row.get("end date", "stop date")


def _entry(row: Row, day_first: bool, zone: tzinfo, bag: Bag) -> None:
    length = read_length(
        row.get("duration", "duration (h)", "time (h)", "duration (decimal)", "time (decimal)")
    )
    end_text = row.get("end time", "stop time")
    if not end_text and length is None:
        bag.running(row.line)
        return
    try:
        day, start = read_date(row.get("start date"), day_first), read_time(row.get("start time"))
        end_day = read_date(_end_date(row), day_first) if _end_date(row) and end_text else None
        times = spread(day, start, zone, end_day, read_time(end_text) if end_text else None, length)
    except Clash as clash:
        mend = "Was it made in another zone? Then choose that." if "skips" in str(clash) else "Mend it there."
        bag.lose(row.line, str(clash), mend)
        return
    if times.doubt:
        bag.tell(row.line, times.doubt, "Look at it on the grid afterwards.")
    # Only a project and a task can be mapped: a description is different for each entry.
    label = joined(row.get("project"), row.get("task")) or row.get("tags", "tag")
    bag.add(Found(times.start, times.end, label, row.get("description"), row.line))
