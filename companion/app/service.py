"""What the running program does with a request from outside: the same verbs that the keys and buttons end in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

from companion.app.line import VERSION, refusal
from companion.core.calls import MoveError
from companion.desk import Desk
from companion.storage.errors import StoreError

LONGEST = 100_000
"""Signs of one text that are taken from outside; what is beyond is cut off."""

LONGEST_FEELING = 60
"""Signs of a feeling in words of one's own."""

PHASE_WORDS = ("greeting", "open", "closed", "close", "next", "back")


class Face(Protocol):
    """What a request may ask of the window."""

    def bring_up(self, activate: bool) -> None: ...

    def show_strip(self, on: bool) -> None: ...

    def show_ringing(self) -> None: ...


class _WrongRequest(Exception):
    """The request is none of ours; the message says why."""


def answer(desk: Desk, window: Face, request: object) -> dict[str, Any]:
    """Does what a request asks and says how it went. Never raises for anything that a request may hold."""
    try:
        if not isinstance(request, dict):
            raise _WrongRequest("A request is a JSON object.")
        if request.get("v") != VERSION or isinstance(request["v"], bool):
            raise _WrongRequest(
                f"This program speaks version {VERSION} of the line; start the same version of both."
            )
        verb = _VERBS.get(_text(request, "do"))
        if verb is None:
            raise _WrongRequest("There is no such request.")
        result = verb(desk, window, request)
    except _WrongRequest as error:
        return refusal(str(error))
    except (MoveError, StoreError) as error:
        return refusal(str(error), 1)
    done: dict[str, Any] = {"ok": True, "result": result}
    if desk.trouble:
        done["warning"] = f"{desk.trouble} The program keeps it and writes it as soon as that is possible."
    return done


# -- reading a request


def _text(request: Mapping[str, Any], name: str, default: str = "") -> str:
    value = request.get(name, default)
    if not isinstance(value, str):
        raise _WrongRequest(f"{name} is a text.")
    # Half a sign (a lone surrogate) can be neither shown nor kept.
    return value[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def _choice(request: Mapping[str, Any], name: str, words: tuple[str, ...]) -> str:
    value = _text(request, name)
    if value not in words:
        raise _WrongRequest(f"{name} is one of: {', '.join(words)}.")
    return value


def _flag(request: Mapping[str, Any], name: str) -> bool:
    value = request.get(name)
    if not isinstance(value, bool):
        raise _WrongRequest(f"{name} is true or false.")
    return value


# -- doing it


def _ring(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.board.ring(_text(request, "number"), _text(request, "name"))
    window.show_ringing()


def _start(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.start(_text(request, "name"), _text(request, "reason"), _text(request, "number"))
    window.bring_up(activate=False)


def _phase(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.board.move(_choice(request, "to", PHASE_WORDS))


def _hold(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.board.hold()


def _resume(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.board.resume()


def _upset(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.board.upset(_flag(request, "on"))


def _ask(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.board.ask(_choice(request, "kind", ("open", "closed")))


def _note(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    text = _text(request, "text")
    if not text.strip():
        raise _WrongRequest("text is empty.")
    desk.board.note(text)


def _end(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    desk.end(_text(request, "outcome"), _text(request, "number"))


def _status(desk: Desk, window: Face, request: Mapping[str, Any]) -> dict[str, Any]:
    return desk.status()


def _show(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    window.show_strip(False)
    window.bring_up(activate=True)


def _strip(desk: Desk, window: Face, request: Mapping[str, Any]) -> None:
    window.show_strip(True)


def _check(desk: Desk, window: Face, request: Mapping[str, Any]) -> str:
    """Adds a check; says ``kept`` or ``sealed``, or the state of a journal that takes none."""
    before = request.get("before")
    if not isinstance(before, int) or isinstance(before, bool) or not 0 <= before <= 10:
        raise _WrongRequest("before is a whole number from 0 to 10.")
    feeling = " ".join(_text(request, "feeling").split())[:LONGEST_FEELING]
    journal = desk.journal
    if journal.state not in ("open", "locked"):
        return journal.state
    from companion.core.stress import Feeling

    where = journal.add_check(before, (Feeling(feeling),) if feeling else ())
    with suppress(StoreError):  # the check is kept; only when the next is offered would not be known
        desk.check_offered()
    return where


def _time_log(desk: Desk, window: Face, request: Mapping[str, Any]) -> dict[str, Any]:
    """Adds a line to the time audit; says what was done, or what is wrong with the line."""
    from companion.timedesk.outside import log

    return dict(log(desk.time, _text(request, "line"), _text(request, "day")))


_VERBS: dict[str, Callable[[Desk, Face, Mapping[str, Any]], dict[str, Any] | str | None]] = {
    "call.ring": _ring,
    "call.start": _start,
    "call.phase": _phase,
    "call.hold": _hold,
    "call.resume": _resume,
    "call.upset": _upset,
    "call.ask": _ask,
    "call.note": _note,
    "call.end": _end,
    "status": _status,
    "show": _show,
    "strip": _strip,
    "stress.check": _check,
    "time.log": _time_log,
}
