"""Legal moves: from every phase into every other, nothing out of turn, and each refusal one plain sentence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.calls import KINDS, PHASES, Call, Event, MoveError, State, fold
from companion.core.moves import check, neighbour

LOGS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "fresh": (),
    "ringing": (("rang", {}),),
    "live": (("started", {}),),
    "wrap-up": (("started", {}), ("ended", {})),
    "left": (("started", {}), ("ended", {}), ("wrapup_left", {})),
    "done": (("started", {}), ("ended", {}), ("finished", {})),
    "missed": (("rang", {}), ("missed", {})),
    "discarded": (("started", {}), ("discarded", {})),
}
DATA: dict[str, dict[str, Any]] = {
    "phase": {"to": "open"},
    "detour": {"to": "transfer"},
    "asked": {"kind": "open", "id": "", "text": "", "on": True},
    "edit": {"field": "notes", "at": 0, "cut": 0, "put": "x"},
    "set": {"field": "reason", "value": "billing"},
}


def call_at(where: str) -> Call:
    return fold(
        "a", [Event(kind, float(i), "2026-03-02", "Z", data) for i, (kind, data) in enumerate(LOGS[where])]
    )


def refused(call: Call, kind: str, data: dict[str, Any]) -> str:
    """The sentence of a refusal, or an empty text for a legal move."""
    try:
        check(call, kind, data)
    except MoveError as error:
        return str(error)
    return ""


LIVE_ONLY = {
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
ANYWHERE = {"edit", "set"}
LEGAL = {
    "fresh": {"rang", "started", "missed", "discarded"},
    "ringing": {"started", "missed", "discarded"},
    "live": {*LIVE_ONLY, "discarded"},
    "wrap-up": {"reopened", "wrapup_left", "wrapup_resumed", "finished", "discarded"},
    "left": {"wrapup_left", "wrapup_resumed", "finished", "discarded"},
    "done": {"wrapup_resumed", "discarded"},
    "missed": {"called_back", "discarded"},
    "discarded": {"restored"},
}


@pytest.mark.parametrize("where", LOGS)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_move_from_each_place(where: str, kind: str) -> None:
    why = refused(call_at(where), kind, DATA.get(kind, {}))
    assert (not why) == (kind in LEGAL[where] | ANYWHERE)
    if why:
        assert why[0].isupper() and why.endswith(".") and "\n" not in why


@given(st.text().filter(lambda kind: kind not in KINDS), st.sampled_from(sorted(LOGS)))
def test_unknown_words_are_refused(kind: str, where: str) -> None:
    assert refused(call_at(where), kind, {})


@pytest.mark.parametrize("start", PHASES)
@pytest.mark.parametrize("to", PHASES)
def test_every_phase_can_be_entered_from_every_other(start: State, to: State) -> None:
    call = fold("a", [Event("started", 0.0, "", ""), Event("phase", 1.0, "", "", {"to": str(start)})])
    assert not refused(call, "phase", {"to": str(to)})


@pytest.mark.parametrize("to", ["", "wrapup", "ringing", "OPEN", None, "next"])
def test_no_other_phase(to: object) -> None:
    assert "phase" in refused(call_at("live"), "phase", {"to": to})


def test_a_detour_is_one_of_those_that_there_are() -> None:
    assert not refused(call_at("live"), "detour", {"to": ""})
    assert refused(call_at("live"), "detour", {"to": "greeting"})
    assert refused(call_at("live"), "detour", {})


def test_a_question_is_open_or_closed() -> None:
    assert refused(call_at("live"), "asked", {"kind": "rhetorical"})


@pytest.mark.parametrize(
    "name", ["name", "notes", "promise.what", "closed.field.email", "message.for", "wrapup.x"]
)
def test_fields_of_text(name: str) -> None:
    assert not refused(call_at("done"), "edit", {"field": name})


@pytest.mark.parametrize("name", ["", "reason", "names", "promise", "; DROP", None])
def test_no_other_fields_of_text(name: object) -> None:
    assert "field" in refused(call_at("live"), "edit", {"field": name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("stress", n) for n in (0, 10, None)],
        ("promise.by", "2026-11-03T09:30:00Z"),
        ("promise.by", "2026-11-03T09:30+01:00"),
        ("promise.by", None),
        ("promise.how", "e-mail"),
        ("reason", "words of one's own"),
        ("outcome", None),
    ],
)
def test_what_may_be_chosen(name: str, value: object) -> None:
    assert not refused(call_at("live"), "set", {"field": name, "value": value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("stress", n) for n in (-1, 11, 5.0, True, "5", [], float("nan"))],
        *[("promise.by", at) for at in ("tomorrow", "2026-11-03", "2026-11-03T09:30:00", 5)],
        ("reason", 5),
        ("outcome", ["a"]),
        ("notes", "x"),
        (None, "x"),
    ],
)
def test_what_may_not(name: object, value: object) -> None:
    assert refused(call_at("live"), "set", {"field": name, "value": value})


def test_only_what_is_there_can_be_done() -> None:
    call = fold(
        "a",
        [Event("started", 0.0, "", ""), Event("edit", 1.0, "", "", {**DATA["edit"], "field": "message.for"})],
    )
    assert not refused(call, "slip", {"done": True})
    assert refused(call, "promise", {"done": True})


def test_the_neighbours_of_a_phase() -> None:
    assert [neighbour(p, 1) for p in PHASES] == [State.OPEN, State.CLOSED, State.CLOSE, State.CLOSE]
    assert [neighbour(p, -1) for p in PHASES] == [State.GREETING, State.GREETING, State.OPEN, State.CLOSED]
