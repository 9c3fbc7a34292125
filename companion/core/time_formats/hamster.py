"""Hamster's exports, TSV and XML: local times without a zone, an activity in a category, a running entry without end.

Its TSV has column names in the user's language, so that seven columns of no known name are taken in Hamster's order.
XML with a document type or entities is refused before anything of it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

from companion.core.days import zone_name
from companion.core.time_formats.found import MOST_ENTRIES, Bag, Found, Refused, Settings, Unknown, too_many
from companion.core.time_formats.moments import Clash, instant, local, read_moment, settle
from companion.core.time_formats.text import header, joined, rows

COLUMNS = ["activity", "start time", "end time", "duration minutes", "category", "description", "tags"]


def read_tsv(text: str, settings: Settings, bag: Bag) -> None:
    """Hamster's TSV (or a spreadsheet's CSV of it). Refused where it is no such table."""
    delimiter, columns = header(text)
    known = {"activity", "start time", "end time"} <= set(columns)
    if not known and (len(columns) != len(COLUMNS) or delimiter != "\t"):
        raise Unknown
    read_any = False
    for row in rows(text, bag, None if known else COLUMNS):
        read_any = _entry(row.cells, row.line, settings, bag) or read_any
    if not known and not read_any and not bag.found:
        raise Unknown
    _notes(settings, bag)


def read_xml(text: str, settings: Settings, bag: Bag) -> None:
    """Hamster's XML. What stands before a damage is taken, and the damage said."""
    if text.count("<") > 4 * MOST_ENTRIES:
        raise too_many()
    parser = expat.ParserCreate()
    entries: list[tuple[int, dict[str, str]]] = []
    path: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        if len(path) == 1 and name != "activities":
            raise Unknown
        if len(path) > 64:
            raise Unknown("This is no file of Hamster's.")
        if path == ["activities", "activity"]:
            entries.append((parser.CurrentLineNumber, attributes))
        if len(entries) > MOST_ENTRIES:
            raise too_many()

    def end(_name: str) -> None:
        path.pop()

    def declared(*_what: object) -> NoReturn:
        raise Refused(
            "The file declares a document type or entities, which no file of Hamster's does.",
            "Export it once more from Hamster.",
        )

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.ExternalEntityRefHandler = declared
    broken = 0
    try:
        parser.Parse(text, True)  # a text, not bytes: no encoding that it may declare counts
    except expat.ExpatError as error:
        broken = error.lineno
    except UnicodeEncodeError:
        raise Refused("The file holds characters that are no text.", "Export it once more.") from None
    alone = len({line for line, _ in entries}) == len(entries)
    for number, (line, attributes) in enumerate(entries, 1):
        cells = {name.replace("_", " "): value for name, value in attributes.items()}
        told = len(bag.problems)
        _entry(cells, line, settings, bag)
        if not alone:  # Hamster writes all of it in one line
            bag.problems[told:] = [
                one._replace(what=f"{one.what} ({_place(number, cells)})") for one in bag.problems[told:]
            ]
    if broken:
        bag.lose(
            broken, "From here on the file is damaged; nothing after it was read.", "Export it once more."
        )
    _notes(settings, bag)


def _entry(cells: Mapping[str, str], line: int, settings: Settings, bag: Bag) -> bool:
    """Take one entry; false where its times are no times.

    Hamster knows no zones: the minutes beside the times are their difference on the clock. They tell nothing more, and
    are an hour off where the clock changes in between.
    """
    texts = [cells.get(name, "").strip() for name in ("start time", "end time")]
    if texts[1] in ("", "None"):
        bag.running(line)  # Hamster writes the length until now beside it: no reason to call it ended
        return bool(texts[0])
    try:
        both = [read_moment(text) for text in texts]
        starts, ends = (
            (instant(at),)
            if at.utcoffset() is not None
            else local(at.date(), at.hour * 3600 + at.minute * 60 + at.second, settings.zone)
            for at in both
        )
        times = settle(starts, ends, None)
    except Clash as clash:
        bag.lose(line, str(clash), "Mend it in Hamster, and export once more.")
        return False
    if times.doubt:
        bag.tell(line, times.doubt, "Look at it on the grid afterwards.")
    note = cells.get("description", "").strip()
    label = joined(cells.get("category", ""), cells.get("activity") or cells.get("name", ""))
    bag.add(Found(times.start, times.end, label, note, line))
    return True


def _place(number: int, cells: Mapping[str, str]) -> str:
    """Where an entry is to be found: its number in the file, and its start where that is one."""
    try:
        return f"entry {number}, {read_moment(cells.get('start time', '').strip()):%Y-%m-%d %H:%M}"
    except Clash:
        return f"entry {number}"


def _notes(settings: Settings, bag: Bag) -> None:
    bag.note(f"The file names no zone: its times are taken as {zone_name(settings.zone)}.")
