"""One line of the list of calls: made from a folded call, kept in ``calls``, read back for lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from companion.core.calls import Call, State
from companion.storage.texts import clean

DUE_PROMISE, DUE_MESSAGE, DUE_CALL_BACK, DUE_WRAP_UP = 1, 2, 4, 8
"""Bits of ``calls.due``: what of a call still waits to be done."""


class Row(NamedTuple):
    """One line of the history. Texts are cut for lists; times are seconds; ``started_at`` is UTC (for a call without a
    conversation: when it began to ring)."""

    id: str
    state: State
    started_at: str
    zone: str
    name: str
    number: str
    reason: str
    outcome: str
    talk_s: float
    hold_s: float
    wrapup_s: float
    open_asked: int
    closed_asked: int
    upset: bool
    has_promise: bool
    promise_done: bool
    promise_what: str
    promise_by: str
    has_slip: bool
    slip_done: bool
    called_back: bool
    wrapup_open: bool

    @property
    def handle_s(self) -> float:
        """Handle time: talk + hold + wrap-up, in seconds."""
        return self.talk_s + self.hold_s + self.wrapup_s


ROW_COLUMNS = Row._fields
_FLAGS = {"upset", "has_promise", "promise_done", "has_slip", "slip_done", "called_back", "wrapup_open"}
_FLAG_PLACES = tuple(i for i, name in enumerate(ROW_COLUMNS) if name in _FLAGS)

Numbers = tuple[str | None, str]
"""A caller's number in E.164, where it is valid, and the key by which ways of writing it are matched (or empty)."""


def row_of(call: Call) -> Row:
    """The line of a call as it stands at its last event."""
    by = call.values.get("promise.by")
    return Row(
        id=call.id,
        state=call.state,
        started_at=clean(call.started_at or call.first_at),
        zone=clean(call.zone),
        name=clean(call.name),
        number=clean(call.number),
        reason=clean(call.reason),
        outcome=clean(call.outcome),
        talk_s=call.talk(call.last_t),
        hold_s=call.hold(call.last_t),
        wrapup_s=call.wrapup(call.last_t),
        open_asked=call.asked_count("open"),
        closed_asked=call.asked_count("closed"),
        upset=bool(call.upsets),
        has_promise=call.has_promise,
        promise_done=call.promise_done,
        promise_what=clean(call.text("promise.what")),
        promise_by=clean("" if by is None else str(by)),
        has_slip=call.has_slip,
        slip_done=call.slip_done,
        called_back=call.called_back,
        wrapup_open=call.wrapup_open,
    )


def read_row(values: Sequence[Any]) -> Row:
    """A line from the columns of ``ROW_COLUMNS``."""
    listed = list(values)
    listed[1] = State(listed[1])
    for place in _FLAG_PLACES:
        listed[place] = bool(listed[place])
    return Row(*listed)


def columns_of(call: Call, numbers: Numbers, events: int) -> dict[str, Any]:
    """Every column of ``calls`` but ``n``, with those that only serve to find rows."""
    row = row_of(call)
    columns: dict[str, Any] = {name: getattr(row, name) for name in ROW_COLUMNS}
    columns["state"] = row.state.value
    e164, key = numbers
    running = row.state in _RUNNING or (row.state == State.WRAPUP and row.wrapup_open)
    columns |= {
        "e164": clean(e164) if e164 else None,
        "number_key": clean(key),
        "events": events,
        "running": int(running),
        "listed": _LISTED.get(row.state, 0),
        "ended": int(row.state in (State.WRAPUP, State.DONE) and call.started_t is not None),
        "due": due_of(row),
    }
    return {name: int(value) if isinstance(value, bool) else value for name, value in columns.items()}


_RUNNING = (State.RINGING, State.GREETING, State.OPEN, State.CLOSED, State.CLOSE)
_LISTED = {State.WRAPUP: 1, State.DONE: 1, State.MISSED: 1, State.DISCARDED: 2}


def due_of(row: Row) -> int:
    """What of the call still waits, as bits."""
    if row.state == State.DISCARDED:
        return 0
    return (
        DUE_PROMISE * (row.has_promise and not row.promise_done)
        + DUE_MESSAGE * (row.has_slip and not row.slip_done)
        + DUE_CALL_BACK * (row.state == State.MISSED and not row.called_back)
        + DUE_WRAP_UP * (row.state == State.WRAPUP)
    )
