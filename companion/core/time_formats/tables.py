"""Tables of time: our own CSV, and the detailed CSV exports of Toggl and Clockify, which share their columns.

Toggl and Clockify write local times of the account's zone without naming it, dates in the account's manner.
"""

from __future__ import annotations

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


def kind_of(text: str) -> str:
    """Which of the tables a text is, by its columns: ``companion``, ``toggl``, ``clockify``; empty for none of them.

    Refused where it is clearly another report of these, without times.
    """
    columns = set(header(text)[1])
    if {"start", "end", "category"} <= columns:
        return "companion"
    if {"start date", "start time"} <= columns:
        return "clockify" if columns & {"duration (h)", "duration (decimal)"} else "toggl"
    if columns & {"duration (h)", "time (h)", "time (decimal)"} or {"project", "duration"} <= columns:
        raise Refused("This report has no start times.", _DETAILED, line=1)
    return ""


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
    table = list(rows(text, bag))
    mine = _of_one(table, settings, bag)
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


def _of_one(table: list[Row], settings: Settings, bag: Bag) -> list[Row]:
    """The rows of one person: a report of a whole workspace holds the time of several."""
    people = {_person(row): None for row in table}
    if len(people) < 2:
        return table
    if settings.person not in people or not settings.person:
        raise Refused(
            f"The file holds the time of {len(people)} people.",
            "Choose whose time is to be taken.",
            asks=PERSON,
            people=tuple(people),
        )
    mine = [row for row in table if _person(row) == settings.person]
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
