"""Requests from outside: each verb, and whatever else may arrive."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.app.service import LONGEST, answer
from companion.clock import ManualClock
from companion.desk import Desk


class Face:
    """A window that notes what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def bring_up(self, activate: bool) -> None:
        self.asked.append("activate" if activate else "raise")

    def show_strip(self, on: bool) -> None:
        self.asked.append("strip" if on else "full")

    def show_ringing(self) -> None:
        self.asked.append("ringing")


@pytest.fixture
def face() -> Iterator[Face]:
    yield Face()


def do(desk: Desk, face: Face, what: str, **more: object) -> dict[str, object]:
    return answer(desk, face, {"v": 1, "do": what, **more})


DONE = {"ok": True, "result": None}


def test_a_call_from_ring_to_end(desk: Desk, face: Face, clock: ManualClock) -> None:
    assert do(desk, face, "call.ring", number="+49 30 1234567") == DONE
    assert face.asked == ["ringing"]
    assert desk.status()["call"]["state"] == "ringing"
    assert do(desk, face, "call.start", number="030 1234567", name="Ann", reason="billing") == DONE
    assert face.asked[-1] == "raise"
    for verb, more in [
        ("call.phase", {"to": "next"}),
        ("call.hold", {}),
        ("call.upset", {"on": True}),
        ("call.ask", {"kind": "open"}),
        ("call.ask", {"kind": "closed"}),
        ("call.note", {"text": "one"}),
        ("call.note", {"text": "two"}),
    ]:
        assert do(desk, face, verb, **more) == DONE, verb
    call = desk.status()["call"]
    assert (call["state"], call["held"], call["upset"]) == ("open", True, True)
    assert call["asked"] == {"open": 1, "closed": 1}
    assert call["caller"]["name"] == "Ann"
    active = desk.board.active
    assert active is not None and active.text("notes") == "one\ntwo"
    assert do(desk, face, "call.resume") == DONE
    assert do(desk, face, "call.upset", on=False) == DONE
    assert do(desk, face, "call.phase", to="close") == DONE
    assert do(desk, face, "call.end", outcome="1") == DONE
    call = desk.status()["call"]
    assert call["state"] == "wrapup" and not call["held"]
    assert desk.board.wrapup is not None and desk.board.wrapup.outcome == desk.playbook.outcomes()[0].id
    assert face.asked == ["ringing", "raise"]


def test_the_same_start_twice_is_one_call(desk: Desk, face: Face) -> None:
    do(desk, face, "call.start", number="1234")
    first = desk.status()["call"]["id"]
    assert do(desk, face, "call.start", number="1234") == DONE
    assert do(desk, face, "call.start") == DONE
    assert desk.status()["call"]["id"] == first
    assert desk.board.waiting is None


def test_end_without_a_call_is_done(desk: Desk, face: Face) -> None:
    assert do(desk, face, "call.end") == DONE
    assert do(desk, face, "call.end", number="1", outcome="x") == DONE
    assert desk.status()["call"] is None


def test_end_after_ring_is_a_missed_call(desk: Desk, face: Face) -> None:
    do(desk, face, "call.ring", number="1234")
    assert do(desk, face, "call.end") == DONE
    assert desk.status()["due"]["call_backs"] == 1


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("call.hold", {}),
        ("call.resume", {}),
        ("call.phase", {"to": "next"}),
        ("call.upset", {"on": True}),
        ("call.ask", {"kind": "open"}),
        ("call.note", {"text": "x"}),
    ],
)
def test_a_move_without_a_call_is_refused(desk: Desk, face: Face, what: str, more: dict[str, object]) -> None:
    refused = do(desk, face, what, **more)
    assert refused["ok"] is False and refused["code"] == 1
    assert (
        isinstance(refused["error"], str) and refused["error"].endswith(".") and "\n" not in refused["error"]
    )


def test_a_third_call_is_refused(desk: Desk, face: Face) -> None:
    do(desk, face, "call.start", number="1111")
    do(desk, face, "call.start", number="2222")
    assert do(desk, face, "call.start", number="3333")["code"] == 1
    assert desk.status()["call"]["caller"]["number"] == "2222"


def test_show_strip_and_status(desk: Desk, face: Face) -> None:
    assert do(desk, face, "strip") == DONE
    assert do(desk, face, "show") == DONE
    assert face.asked == ["strip", "full", "activate"]
    assert do(desk, face, "status") == {"ok": True, "result": desk.status()}


@pytest.mark.parametrize(
    "request_",
    [
        None,
        [],
        "call.start",
        3,
        {},
        {"v": 1},
        {"do": "call.start"},
        {"v": 2, "do": "call.start"},
        {"v": "1", "do": "call.start"},
        {"v": True, "do": "call.start"},
        {"v": 1, "do": "quit"},
        {"v": 1, "do": ["call.start"]},
        {"v": 1, "do": None},
        {"v": 1, "do": "call.start", "name": 3},
        {"v": 1, "do": "call.start", "reason": None},
        {"v": 1, "do": "call.ring", "number": 110},
        {"v": 1, "do": "call.phase"},
        {"v": 1, "do": "call.phase", "to": "wrapup"},
        {"v": 1, "do": "call.upset", "on": 1},
        {"v": 1, "do": "call.upset"},
        {"v": 1, "do": "call.ask", "kind": "both"},
        {"v": 1, "do": "call.note"},
        {"v": 1, "do": "call.note", "text": " \n"},
        {"v": 1, "do": "call.end", "outcome": {}},
    ],
)
def test_what_is_no_request_is_refused_and_changes_nothing(desk: Desk, face: Face, request_: object) -> None:
    desk.start()
    before = desk.status()
    refused = answer(desk, face, request_)
    assert refused["ok"] is False and refused["code"] == 2 and refused["error"]
    assert desk.status() == before and face.asked == []


def test_texts_are_kept_as_they_are_up_to_a_length(desk: Desk, face: Face) -> None:
    hostile = "<b>'; DROP TABLE calls; --\0 =1+1 \u202e\U0001f600"
    do(desk, face, "call.start", name=hostile, reason="my own words", number="<911>")
    call = desk.board.active
    assert call is not None
    assert (call.name, call.number, call.reason) == (hostile, "<911>", "my own words")
    do(desk, face, "call.note", text="x" * (LONGEST + 7))
    assert desk.board.active is not None and desk.board.active.text("notes") == "x" * LONGEST
    do(desk, face, "call.note", text="half a sign: \ud83d")
    assert desk.board.active.text("notes").endswith("half a sign: ?")
    assert not desk.board.lines.unsaved


def test_a_refusing_disk_is_told_and_nothing_is_lost(desk: Desk, face: Face) -> None:
    do(desk, face, "call.start")
    desk.store.connection.execute("PRAGMA query_only = ON")
    told = do(desk, face, "call.note", text="kept in memory")
    assert told["ok"] is True and str(desk.store.path) in str(told["warning"])
    desk.store.connection.execute("PRAGMA query_only = OFF")
    assert "warning" not in do(desk, face, "call.note", text="second line")
    call = desk.board.active
    assert call is not None and call.text("notes") == "kept in memory\nsecond line"
    assert not desk.board.lines.unsaved


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
verbs = st.sampled_from(
    [f"call.{x}" for x in ("ring", "start", "phase", "hold", "resume", "upset", "ask", "note", "end", "x")]
    + ["status", "show", "strip"]
)
fields = st.sampled_from(["name", "reason", "number", "to", "on", "kind", "text", "outcome"])
good = st.sampled_from(["next", "back", "close", "open", "closed", "1234", "+49301234567", True, False])
requests = (
    st.builds(
        lambda do, more: {"v": 1, "do": do, **more},
        verbs,
        st.dictionaries(fields, good | json_values, max_size=4),
    )
    | json_values
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(requests, max_size=15))
def test_no_request_does_harm(desk: Desk, face: Face, sent: list[object]) -> None:
    for request in sent:
        said = answer(desk, face, request)
        assert said["ok"] is True or (said["ok"] is False and said["code"] in (1, 2) and said["error"])
        assert isinstance(desk.status(), dict)
    assert not desk.board.lines.unsaved and desk.trouble is None
