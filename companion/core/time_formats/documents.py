"""JSON of Watson (its frames file, ``watson log --json``) and of Timewarrior (``timew export``).

Entries are read one by one, so that a damaged end loses only what stands after it, and each has its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import tzinfo

from companion.core.time_formats.found import MOST_ENTRIES, Bag, Found, Refused, Settings, too_many
from companion.core.time_formats.moments import Clash, instant, local, read_moment, settle

_SPACE = re.compile(r"[ \t\r\n]*")
_NO_TIME = "Mend it there, and export once more."
_MOST_BRACKETS = 4 * MOST_ENTRIES
_MOST_COMMAS = 20 * MOST_ENTRIES
_UNKNOWN = "JSON of Watson (frames, or “watson log --json”) and of Timewarrior (“timew export”) can be read."


def is_watson(text: str) -> bool:
    """Whether a JSON text is Watson's rather than Timewarrior's, by its first entry."""
    if text.lstrip()[:1] != "[":
        raise Refused("This JSON is no list of entries.", _UNKNOWN)
    first = next(_items(text, Bag()), (0, None))[1]
    if isinstance(first, dict) and "start" in first:
        return "project" in first or "stop" in first
    if isinstance(first, list):
        return True
    if first is None:
        raise Refused("The file holds no entries that can be read.", "Export a longer range of days.")
    raise Refused("This is none of the files that can be read.", _UNKNOWN)


def read_watson(text: str, settings: Settings, bag: Bag) -> None:
    """Watson's frames (``[start, stop, project, id, tags, …]``, Unix seconds) or its log (objects, ISO 8601)."""
    for line, item in _items(text, bag):
        if isinstance(item, list) and len(item) >= 3:
            start, stop, project, tags = item[0], item[1], item[2], item[4] if len(item) > 4 else None
        elif isinstance(item, dict):
            start, stop = item.get("start"), item.get("stop")
            project, tags = item.get("project"), item.get("tags")
            if item.get("id") == "current":  # Watson gives the moment of the export for its end
                stop = None
        else:
            bag.lose(line, "This is no entry.")
            continue
        _entry(line, (start, stop), _text(project), ", ".join(_texts(tags)), settings.zone, bag)


def read_timewarrior(text: str, settings: Settings, bag: Bag) -> None:
    """Timewarrior's intervals: UTC times, any number of tags, perhaps an annotation. All tags are one label."""
    for line, item in _items(text, bag):
        if not isinstance(item, dict):
            bag.lose(line, "This is no entry.")
            continue
        both = (item.get("start"), item.get("end"))
        _entry(
            line, both, ", ".join(_texts(item.get("tags"))), _text(item.get("annotation")), settings.zone, bag
        )


def _entry(line: int, both: tuple[object, object], label: str, note: str, zone: tzinfo, bag: Bag) -> None:
    if both[1] is None and both[0] is not None:
        bag.running(line)
        return
    try:
        times = settle(_instants(both[0], zone), _instants(both[1], zone), None)
    except Clash as clash:
        bag.lose(line, str(clash), _NO_TIME)
        return
    if times.doubt:
        bag.tell(line, times.doubt, "Look at it on the grid afterwards.")
    bag.add(Found(times.start, times.end, label, note, line))


def _instants(value: object, zone: tzinfo) -> tuple[int, ...]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not abs(value) < 1e12:  # also what is not finite
            raise Clash("The time is out of reach.")
        return (round(value),)
    if not isinstance(value, str):
        raise Clash("The time cannot be read.")
    moment = read_moment(value)
    if moment.utcoffset() is not None:
        return (instant(moment),)
    return local(moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second, zone)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [text for part in value if (text := _text(part))] if isinstance(value, list) else []


def _items(text: str, bag: Bag) -> Iterator[tuple[int, object]]:
    """The members of a JSON list, each with the line it begins in."""
    if text.count("[") + text.count("{") > _MOST_BRACKETS or text.count(",") > _MOST_COMMAS:
        raise too_many()
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    line, counted = 1 + text.count("\n", 0, at), at
    if text[at : at + 1] != "[":
        raise Refused("This JSON is no list of entries.", _UNKNOWN)
    at = _skip(text, at + 1)
    empty = True
    while text[at : at + 1] != "]" or not empty:
        line, counted = line + text.count("\n", counted, at), at
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            bag.lose(
                line, "From here on the file is damaged; nothing after it was read.", "Export it once more."
            )
            return
        yield line, item
        empty = False
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            break
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "]":  # a comma too many at the end harms nothing
                break
        else:
            line, counted = line + text.count("\n", counted, at), at
            bag.lose(
                line, "From here on the file is damaged; nothing after it was read.", "Export it once more."
            )
            return
    if _skip(text, at + 1) < len(text):
        bag.lose(
            line, "Something follows after the end of the list; it was not read.", "Export it once more."
        )


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
