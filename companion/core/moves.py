"""Which moves a call's state allows, each refusal as one plain sentence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companion.core.calls import (
    CHOICE_FIELDS,
    DETOURS,
    KINDS,
    PHASES,
    TEXT_FIELDS_PREFIXES,
    Call,
    MoveError,
    State,
)

_NEEDS_LIVE = {
    "phase",
    "hold",
    "upset",
    "asked",
    "timer",
    "passed",
    "ended",
    "slept",
    "detour",
    "step",
    "resumed",
}
_AFTER = {State.WRAPUP, State.DONE}


def check(call: Call, kind: str, data: dict[str, Any]) -> None:
    """Raises MoveError when ``kind`` is not legal now; a legal move returns None. Unknown words are refused."""
    if kind not in KINDS:
        raise MoveError(f"There is no move called {kind!r}.")
    if kind in _NEEDS_LIVE and not call.live:
        raise MoveError("There is no conversation going on.")
    if kind == "phase" and data.get("to") not in PHASES:
        raise MoveError(f"There is no phase called {data.get('to')!r}: greeting, open, closed or close.")
    if kind == "detour" and data.get("to") not in ("", *DETOURS):
        raise MoveError(f"There is no detour called {data.get('to')!r}.")
    if kind == "asked" and data.get("kind") not in ("open", "closed"):
        raise MoveError("A question is open or closed.")
    if kind == "edit" and not _is_text_field(str(data.get("field"))):
        raise MoveError(f"There is no field called {data.get('field')!r}.")
    if kind == "set":
        _check_set(data)
    _check_turns(call, kind)


def _check_set(data: dict[str, Any]) -> None:
    if data.get("field") not in CHOICE_FIELDS:
        raise MoveError(f"There is no field called {data.get('field')!r}.")
    name, value = data["field"], data["value"]
    if value is None:
        return
    if name == "stress":
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10:
            raise MoveError("Stress is a whole number from 0 to 10, or nothing.")
    elif not isinstance(value, str):
        raise MoveError("What is chosen is a text, or nothing.")
    elif name == "promise.by" and value and not _is_moment(value):
        raise MoveError("A deadline is a moment with its offset (ISO 8601), or nothing.")


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _check_turns(call: Call, kind: str) -> None:
    allowed: dict[str, tuple[bool, str]] = {
        "rang": (not call.first_at, "The call has already begun."),
        "started": (
            call.state == State.RINGING and call.started_t is None,
            "The call has already been started.",
        ),
        "missed": (call.state == State.RINGING, "Only a ringing call can be missed."),
        "reopened": (_just_ended(call), "Only a call that has just ended can be taken up again."),
        "wrapup_left": (call.state == State.WRAPUP, "The call is not in wrap-up."),
        "wrapup_resumed": (call.state in _AFTER, "The conversation has not ended yet."),
        "finished": (call.state == State.WRAPUP, "The call is not in wrap-up."),
        "discarded": (call.state not in (State.DISCARDED,), "The call has been discarded already."),
        "restored": (call.state == State.DISCARDED, "The call was not discarded."),
        "promise": (call.has_promise, "Nothing was promised in this call."),
        "slip": (call.has_slip, "No message was taken in this call."),
        "called_back": (call.state == State.MISSED, "Only a missed call waits for a call back."),
    }
    legal, why = allowed.get(kind, (True, ""))
    if not legal:
        raise MoveError(why)


def _just_ended(call: Call) -> bool:
    """In its first wrap-up, not left meanwhile: the end may have been a slip of the finger."""
    return call.wrapup_open and sum(1 for span in call.spans if span.what == "wrapup") == 1


def _is_text_field(name: str) -> bool:
    return any(name.startswith(p) if p.endswith(".") else name == p for p in TEXT_FIELDS_PREFIXES)


def neighbour(phase: State, step: int) -> State:
    """The phase ``step`` places on (1) or back (-1); stays at the ends."""
    i = PHASES.index(phase) + step
    return PHASES[min(max(i, 0), len(PHASES) - 1)]
