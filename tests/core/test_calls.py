"""The call as a log of events: each kind in the fold, times that always add up, edits that can be replayed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.calls import KINDS, Asked, Call, Event, Span, State, apply, edit_between, fold
from tests.calling import STORIES, TEXTS, told

Said = tuple[Any, ...]


def log(*said: Said) -> list[Event]:
    """Events from ``(t, kind)`` or ``(t, kind, data)``."""
    return [Event(s[1], s[0], f"at {s[0]}", "Europe/Berlin", s[2] if len(s) > 2 else {}) for s in said]


def after(*said: Said) -> Call:
    return fold("a", log(*said))


START = (10.0, "started")
TALKED = (START, (20.0, "hold", {"on": True}), (50.0, "hold", {"on": False}))
ENDED = (*TALKED, (100.0, "ended"))


# -- each kind of event


def test_a_fresh_call_has_nothing_in_it() -> None:
    call = after()
    assert (call.state, call.live, call.first_at, call.last_t) == (State.RINGING, False, "", 0.0)
    assert (call.name, call.number, call.reason, call.outcome) == ("", "", "", "")
    assert call.handle(1000.0) == 0.0


def test_rang_and_started() -> None:
    rang = after((0.0, "rang"))
    assert (rang.state, rang.rang_at, rang.started_at) == (State.RINGING, "at 0.0", "")
    assert rang.talk(99.0) == 0.0
    call = after((0.0, "rang"), START)
    assert (call.state, call.phase, call.live) == (State.GREETING, State.GREETING, True)
    assert (call.first_at, call.rang_at, call.started_at, call.started_t) == (
        "at 0.0",
        "at 0.0",
        "at 10.0",
        10.0,
    )
    assert (call.zone, call.last_at, call.last_t) == ("Europe/Berlin", "at 10.0", 10.0)
    assert call.talk(70.0) == 60.0
    assert after(START, (30.0, "started")).started_t == 10.0


@pytest.mark.parametrize("to", ["greeting", "open", "closed", "close"])
def test_a_phase_is_entered_and_takes_the_detour_off(to: str) -> None:
    call = after(START, (11.0, "phase", {"to": "closed"}), (12.0, "detour", {"to": "transfer"}))
    assert (call.state, call.detour) == (State.CLOSED, "transfer")
    moved = apply(call, log((13.0, "phase", {"to": to}))[0])
    assert (moved.state, moved.phase, moved.detour) == (State(to), State(to), "")
    assert moved.phases == ((State.GREETING, 10.0), (State.CLOSED, 11.0)) + (
        () if to == "closed" else ((State(to), 13.0),)
    )


def test_hold_is_a_span_of_its_own() -> None:
    call = after(*TALKED)
    assert not call.held
    assert call.spans == (Span("talk", 10.0, 20.0), Span("hold", 20.0, 50.0), Span("talk", 50.0))
    assert (call.talk(60.0), call.hold(60.0), call.hold_now(60.0)) == (20.0, 30.0, 0.0)
    held = after(START, (20.0, "hold", {"on": True}))
    assert (held.held, held.hold_now(33.0)) == (True, 13.0)
    assert after(START, (20.0, "hold", {"on": True}), (25.0, "hold", {"on": True})) == after(
        START, (20.0, "hold", {"on": True}), (25.0, "slept")
    )


def test_upset_on_and_off() -> None:
    call = after(START, (20.0, "upset", {"on": True}), (25.0, "upset", {"on": True}))
    assert (call.upset, call.upsets) == (True, (Span("upset", 20.0),))
    calm = apply(call, log((40.0, "upset", {"on": False}))[0])
    assert (calm.upset, calm.upsets) == (False, (Span("upset", 20.0, 40.0),))
    assert apply(call, log((60.0, "ended"))[0]).upsets == (Span("upset", 20.0, 60.0),)


def test_detours_lie_over_the_phase() -> None:
    call = after(START, (20.0, "detour", {"to": "message"}))
    assert (call.detour, call.state) == ("message", State.GREETING)
    assert apply(call, log((21.0, "detour", {"to": ""}))[0]).detour == ""


def ask(kind: str, ident: str = "", on: bool = True) -> dict[str, Any]:
    return {"kind": kind, "id": ident, "text": ident.upper(), "on": on}


def test_questions_asked_are_counted_and_taken_back() -> None:
    said = [START, (11.0, "asked", ask("open", "q")), (12.0, "asked", ask("open", "q"))]
    said += [(13.0, "asked", ask("open")), (14.0, "asked", ask("closed")), (15.0, "asked", ask("open"))]
    call = after(*said)
    assert call.asked[0] == Asked("q", "open", "Q", 11.0)
    assert (call.asked_count("open"), call.asked_count("closed")) == (3, 1)
    less = after(*said, (16.0, "asked", ask("open", on=False)))
    assert [a.t for a in less.asked] == [11.0, 13.0, 14.0]
    assert after(*said, (16.0, "asked", ask("open", "q", on=False))).asked_count("open") == 2
    assert after(START, (16.0, "asked", ask("open", on=False))).asked == ()


def test_steps_ticked_and_not_after_all() -> None:
    call = after(START, (11.0, "step", {"id": "a", "on": True}), (11.0, "step", {"id": "b", "on": True}))
    assert call.steps == {"a", "b"}
    assert apply(call, log((12.0, "step", {"id": "a", "on": False}))[0]).steps == {"b"}


def test_texts_and_choices() -> None:
    call = after(START, (11.0, "edit", {"field": "name", "at": 0, "cut": 0, "put": "Maria"}))
    call = apply(call, log((12.0, "edit", {"field": "name", "at": 4, "cut": 1, "put": "e"}))[0])
    call = apply(call, log((12.0, "set", {"field": "reason", "value": "billing"}))[0])
    assert (call.name, call.reason) == ("Marie", "billing")
    assert apply(call, log((13.0, "set", {"field": "reason", "value": None}))[0]).reason == ""


def test_an_edit_beyond_the_text_is_put_at_its_end() -> None:
    call = after(START, (11.0, "edit", {"field": "name", "at": 99, "cut": -5, "put": "x"}))
    assert call.name == "x"


def test_the_answer_timer() -> None:
    call = after(START, (30.0, "timer", {"on": True}))
    assert call.timer_t == 30.0
    assert apply(call, log((31.0, "timer", {"on": False}))[0]).timer_t is None
    assert apply(call, log((31.0, "ended"))[0]).timer_t is None


def test_the_mark_once_passed_stays_passed() -> None:
    assert after(START, (40.0, "passed"), (60.0, "passed")).passed_t == 40.0


def test_the_end_begins_the_wrap_up() -> None:
    call = after(*ENDED)
    assert (call.state, call.live, call.wrapup_open, call.ended_t) == (State.WRAPUP, False, True, 100.0)
    assert (call.talk(130.0), call.hold(130.0), call.wrapup(130.0)) == (60.0, 30.0, 30.0)
    assert call.handle(130.0) == 120.0


def test_an_end_on_hold_ends_the_hold() -> None:
    call = after(START, (20.0, "hold", {"on": True}), (50.0, "ended"))
    assert (call.held, call.hold(90.0), call.talk(90.0)) == (False, 30.0, 10.0)


def test_a_conversation_that_ended_earlier_than_it_is_told() -> None:
    said = (
        *TALKED,
        (60.0, "upset", {"on": True}),
        (600.0, "edit", {"field": "notes", "at": 0, "cut": 0, "put": "x"}),
    )
    call = after(*said, (700.0, "ended", {"end_t": 75.0}), (700.0, "wrapup_left"))
    assert (call.ended_t, call.last_t, call.text("notes")) == (75.0, 700.0, "x")
    assert (call.talk(700.0), call.hold(700.0), call.wrapup(700.0)) == (35.0, 30.0, 0.0)
    assert call.upsets == (Span("upset", 60.0, 75.0),)
    cut = after(*said, (700.0, "ended", {"end_t": 30.0}))
    assert (cut.talk(800.0), cut.hold(800.0), cut.wrapup(800.0), cut.upsets) == (10.0, 10.0, 100.0, ())
    assert after(*said, (700.0, "ended", {"end_t": 1.0})).ended_t == 10.0
    assert after(*said, (700.0, "ended", {"end_t": 9999.0})).ended_t == 700.0


def test_taken_back_the_end_never_was() -> None:
    call = after(*ENDED, (105.0, "reopened"))
    assert (call.state, call.live, call.ended_t, call.wrapup_open) == (State.GREETING, True, None, False)
    assert (call.talk(120.0), call.hold(120.0), call.wrapup(120.0)) == (80.0, 30.0, 0.0)
    assert apply(call, log((120.0, "ended"))[0]).handle(120.0) == 110.0


def test_taken_back_on_hold_it_is_on_hold_and_still_upset() -> None:
    said = (START, (15.0, "upset", {"on": True}), (20.0, "hold", {"on": True}), (50.0, "ended"))
    call = after(*said, (60.0, "reopened"))
    assert (call.held, call.upset, call.upsets) == (True, True, (Span("upset", 15.0),))
    assert (call.hold(70.0), call.talk(70.0)) == (50.0, 10.0)
    calm = after(START, (15.0, "upset", {"on": True}), (20.0, "upset", {"on": False}), (50.0, "ended"))
    assert not apply(calm, log((60.0, "reopened"))[0]).upset


def test_a_wrap_up_left_and_taken_up_again() -> None:
    left = after(*ENDED, (110.0, "wrapup_left"))
    assert (left.state, left.wrapup_open, left.wrapup(500.0)) == (State.WRAPUP, False, 10.0)
    again = apply(left, log((500.0, "wrapup_resumed"))[0])
    assert (again.wrapup_open, again.wrapup(505.0)) == (True, 15.0)
    assert apply(again, log((505.0, "wrapup_resumed"))[0]).wrapup(510.0) == 20.0
    done = apply(again, log((510.0, "finished"))[0])
    assert (done.state, done.wrapup_open, done.wrapup(999.0)) == (State.DONE, False, 20.0)
    assert apply(done, log((600.0, "wrapup_resumed"))[0]).state == State.WRAPUP


def test_a_missed_call_is_called_back() -> None:
    missed = after((0.0, "rang"), (9.0, "missed"))
    assert (missed.state, missed.called_back, missed.handle(99.0)) == (State.MISSED, False, 0.0)
    assert apply(missed, log((50.0, "called_back", {"done": True}))[0]).called_back


def test_discarded_nothing_of_it_goes_on() -> None:
    said = [
        *TALKED,
        (55.0, "upset", {"on": True}),
        (56.0, "timer", {"on": True}),
        (56.0, "detour", {"to": "ready"}),
    ]
    gone = after(*said, (60.0, "discarded"))
    assert (gone.state, gone.live, gone.held, gone.upset) == (State.DISCARDED, False, False, False)
    assert (gone.timer_t, gone.detour, gone.ended_t, gone.talk(999.0)) == (None, "", 60.0, 20.0)
    assert gone.upsets == (Span("upset", 55.0, 60.0),)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (TALKED, State.WRAPUP),
        (ENDED, State.WRAPUP),
        ((*ENDED, (110.0, "finished")), State.DONE),
        (((0.0, "rang"), (9.0, "missed")), State.MISSED),
        (((0.0, "rang"),), State.MISSED),
    ],
)
def test_restored_it_is_what_it_was(said: tuple[Said, ...], state: State) -> None:
    call = after(*said, (200.0, "discarded"), (300.0, "restored"))
    assert (call.state, call.wrapup_open, call.wrapup(900.0)) == (state, False, 100.0 if said == ENDED else
        10.0 if state == State.DONE else 0.0)  # fmt: skip
    assert (call.ended_t is None) == (call.started_t is None)
    before = after(*said)
    assert call.talk(900.0) == before.talk(200.0)


def test_promise_and_slip_are_done_and_not_after_all() -> None:
    put = {"at": 0, "cut": 0, "put": "x"}
    call = after(
        START,
        (11.0, "edit", {"field": "promise.what", **put}),
        (11.0, "edit", {"field": "message.for", **put}),
    )
    assert (call.has_promise, call.has_slip, call.promise_done, call.slip_done) == (True, True, False, False)
    call = apply(call, log((12.0, "promise", {"done": True}))[0])
    call = apply(call, log((12.0, "slip", {"done": True}))[0])
    assert (call.promise_done, call.slip_done) == (True, True)
    assert not apply(call, log((13.0, "promise", {"done": False}))[0]).promise_done
    assert after(START, (11.0, "set", {"field": "promise.by", "value": "2026-03-03T09:00:00Z"})).has_promise
    blank = {"at": 0, "cut": 0, "put": " \n"}
    assert not after(START, (11.0, "edit", {"field": "promise.what", **blank})).has_promise


@pytest.mark.parametrize("kind", ["resumed", "slept", "of a later version"])
def test_some_kinds_only_move_the_clock(kind: str) -> None:
    call = after(START, (30.0, kind, {"anything": 1}))
    assert (call.last_t, call.last_at, call.state, call.spans) == (
        30.0,
        "at 30.0",
        State.GREETING,
        (Span("talk", 10.0),),
    )


def test_a_time_that_falls_is_taken_for_the_time_before() -> None:
    call = after(START, (5.0, "hold", {"on": True}))
    assert (call.last_t, call.spans) == (10.0, (Span("talk", 10.0, 10.0), Span("hold", 10.0)))


def test_every_kind_is_told_here() -> None:
    assert {
        "rang", "started", "phase", "hold", "upset", "detour", "asked", "step", "edit", "set", "timer", "passed",
        "ended", "reopened", "wrapup_left", "wrapup_resumed", "finished", "missed", "discarded", "restored",
        "promise", "slip", "called_back", "resumed", "slept",
    } == KINDS  # fmt: skip


# -- whatever happens


@given(STORIES)
def test_the_spans_of_a_conversation_tile_it_and_no_two_overlap(story: Any) -> None:
    for call in told(story)[1]:
        t = call.last_t
        for one, next_one in zip(call.spans, call.spans[1:], strict=False):
            assert one.end is not None
            assert one.start <= one.end <= next_one.start
        said = [s for s in call.spans if s.what != "wrapup"]
        if call.started_t is None:
            assert not call.spans
            continue
        end = t if call.ended_t is None else call.ended_t
        assert said or end == call.started_t
        at = call.started_t
        for span in said:
            assert span.start == at
            at = end if span.end is None else span.end
        assert at == end


@given(STORIES, st.floats(0, 1000))
def test_times_are_never_negative_and_handle_time_is_their_sum(story: Any, later: float) -> None:
    for call in told(story)[1]:
        t = call.last_t + later
        parts = (call.talk(t), call.hold(t), call.wrapup(t))
        assert min(parts) >= 0.0
        assert call.handle(t) == pytest.approx(sum(parts), abs=1e-6)
        assert call.hold_now(t) <= call.hold(t) + 1e-6
        if not (call.live or call.wrapup_open):
            assert call.handle(t) == call.handle(call.last_t)
        elif call.live:
            assert call.talk(t) + call.hold(t) == pytest.approx(t - (call.started_t or 0.0), abs=1e-6)


@given(STORIES)
def test_one_fold_for_all(story: Any) -> None:
    events, calls = told(story)
    times = [call.last_t for call in calls]
    assert times == sorted(times)
    for i, call in enumerate(calls, 1):
        assert fold("a", events[:i]) == call
    assert fold("a", events) == fold("a", events)


@given(STORIES, st.data())
def test_a_log_with_gaps_can_still_be_read(story: Any, data: Any) -> None:
    events = told(story)[0]
    kept = [e for e in events if data.draw(st.booleans())]
    call = fold("a", kept)
    assert min(call.talk(call.last_t), call.hold(call.last_t), call.wrapup(call.last_t)) >= 0.0


@given(STORIES)
def test_a_call_that_does_not_go_on_has_nothing_left_on(story: Any) -> None:
    for call in told(story)[1]:
        if not call.live:
            assert not (call.held or call.upset or call.detour)
            assert call.timer_t is None


# -- edits


def edited(old: str, new: str) -> str:
    data = edit_between("notes", old, new)
    if data is None:
        return old
    first = {"field": "notes", "at": 0, "cut": 0, "put": old}
    return after(START, (11.0, "edit", first), (12.0, "edit", data)).text("notes")


@given(TEXTS, TEXTS)
def test_any_text_becomes_any_other(old: str, new: str) -> None:
    assert edited(old, new) == new
    assert (edit_between("notes", old, new) is None) == (old == new)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_an_edit_within_a_text_holds_only_what_changed(head: str, old: str, new: str, tail: str) -> None:
    assert edited(head + old + tail, head + new + tail) == head + new + tail
    data = edit_between("notes", head + old + tail, head + new + tail)
    if data:
        assert len(data["put"]) <= len(new)
        assert data["cut"] <= len(old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aaa", "aa"),
        ("aa", "aaa"),
        ("", "\0"),
        ("👍", "👍🏽"),
        ("\ud800", "\ud800\udc00"),
        ("é", "é"),
        ("x" * 100_000, "y"),
    ],
)
def test_awkward_texts(old: str, new: str) -> None:
    assert edited(old, new) == new
    assert edited(new, old) == old


def test_what_the_program_fills_in_is_no_message_yet() -> None:
    def typed(t: float, name: str, text: str) -> tuple[float, str, dict[str, object]]:
        return (t, "edit", {"field": name, "at": 0, "cut": 0, "put": text})

    filled = (typed(11.0, "message.from", "Maria"), typed(12.0, "message.number", "030 1"))
    assert not after(START, *filled).has_slip
    assert after(START, *filled, typed(13.0, "message.for", "Mr Keller")).has_slip
