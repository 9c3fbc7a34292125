"""What goes out in an export, as plain documents: one row a thing, times in ISO 8601 with the offset of their zone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from companion.core.calls import Event
from companion.core.stress import Entry, local
from companion.core.stress_documents import to_document
from companion.storage.breaks import Break
from companion.storage.outgoing import WholeCall
from companion.storage.responses import Response

Row = dict[str, Any]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Signs at the beginning of a cell that make a spreadsheet reckon."""


def when(at: str, zone: str) -> str:
    """A kept moment with the offset of its zone; what is no moment is left as it is."""
    try:
        return local(at, zone).isoformat(timespec="milliseconds")
    except ValueError:
        return at


def call_row(whole: WholeCall) -> Row:
    """A call: what it adds up to, with every text and choice in full length; durations are seconds."""
    call = whole.call
    t = call.last_t
    return {
        "id": call.id,
        "state": str(call.state.value),
        "began_at": when(call.started_at or call.rang_at or call.first_at, call.zone),
        "zone": call.zone,
        "name": call.name,
        "number": call.number,
        "e164": whole.e164,
        "reason": call.reason,
        "outcome": call.outcome,
        "notes": call.text("notes"),
        "talk_s": round(call.talk(t), 3),
        "hold_s": round(call.hold(t), 3),
        "wrapup_s": round(call.wrapup(t), 3),
        "open_asked": call.asked_count("open"),
        "closed_asked": call.asked_count("closed"),
        "upset": bool(call.upsets),
        "promise_done": call.promise_done,
        "message_done": call.slip_done,
        "called_back": call.called_back,
        "steps": sorted(call.steps),
        "texts": {key: text for key, text in call.texts.items() if text},
        "values": dict(call.values),
    }


def event_row(event: Event) -> Row:
    """One thing that happened in a call; ``t`` is seconds on the call's own time line."""
    return {
        "kind": event.kind,
        "t": event.t,
        "at": when(event.at, event.zone),
        "zone": event.zone,
        "data": dict(event.data),
    }


def call_with_events(whole: WholeCall) -> Row:
    return {**call_row(whole), "events": [event_row(event) for event in whole.events]}


def events_of(whole: WholeCall) -> Iterator[Row]:
    """The events of a call as rows that name it."""
    for number, event in enumerate(whole.events, 1):
        yield {"call_id": whole.call.id, "number": number, **event_row(event)}


def response_row(response: Response) -> Row:
    return {**response._asdict(), "made_at": when(response.made_at, "UTC")}


def break_row(planned: Break) -> Row:
    return {
        **planned._asdict(),
        "at": when(planned.at, planned.zone),
        "made_at": when(planned.made_at, planned.zone),
    }


def setting_rows(settings: Mapping[str, Any]) -> Iterator[Row]:
    for key, value in settings.items():
        yield {"key": key, "value": value}


def entry_row(entry: Entry) -> Row:
    """A check or an entry of the journal, with all its parts."""
    row = to_document(entry)
    for name in ("at", "made_at", "changed_at"):
        row[name] = when(row[name], entry.zone)
    row["feelings"] = [{"name": name, "strength": strength} for name, strength in row["feelings"]]
    for action in row["actions"]:
        for name in ("due", "made_at"):
            action[name] = when(action[name], entry.zone)
    return row


# -- as text


def json_pieces(kind: str, rows: Iterable[Row], **head: str) -> Iterator[str]:
    """One JSON document of a kind, a row a line; ``head`` stands before the rows."""
    yield "{" + "".join(
        f"{_json(name)}: {_json(value)},\n " for name, value in {"kind": kind, **head}.items()
    )
    yield '"rows": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + _json(row)
    yield "\n]}\n"


def cells(row: Row) -> list[str]:
    """The cells of a row for a spreadsheet, none of which it takes for a formula."""
    return [cell(value) for value in row.values()]


def cell(value: object) -> str:
    """One cell. A list or a mapping is written as JSON; yes and no as true and false; nothing as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    text = value if isinstance(value, str) else _json(value)
    text = text.replace("\0", "\ufffd")  # no cell can hold it
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
