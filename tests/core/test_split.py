"""The 75/25 split: likely lengths by their three bases, and the true split afterwards in whole seconds that add up."""

from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.calls import Call, Event, Span, fold
from companion.core.split import ENOUGH, MARK, Likely, Tail, conversation_at, likely, tail_of, true_split
from tests.calling import STORIES, told

LENGTHS = st.lists(st.floats(0, 5000, allow_nan=False), max_size=30)


def after(*said: tuple[Any, ...]) -> Call:
    return fold("a", [Event(s[1], s[0], "", "", s[2] if len(s) > 2 else {}) for s in said])


def question(kind: str) -> dict[str, Any]:
    return {"kind": kind, "id": "", "text": "", "on": True}


# -- the likely length


@given(LENGTHS, st.floats(0, 5000))
def test_a_tail_is_the_median_of_those_that_lasted_as_long(lengths: list[float], least: float) -> None:
    kept = [x for x in lengths if x >= least]
    tail = tail_of(lengths, least)
    assert tail.count == len(kept)
    if kept:
        assert (tail.median, tail.least) == (pytest.approx(median(kept)), min(kept))


@given(LENGTHS, st.floats(0, 5000))
def test_until_the_call_outlasts_its_least_the_tail_stays(lengths: list[float], least: float) -> None:
    tail = tail_of(lengths, least)
    if tail.count:
        assert tail_of(lengths, tail.least) == tail


def test_eight_are_enough_and_seven_are_not() -> None:
    assert ENOUGH == 8
    eight, seven = Tail(8, 200.0), Tail(7, 100.0)
    assert likely(10.0, eight, Tail(50, 300.0), 60.0) == Likely(200.0, "reason", 8)
    assert likely(10.0, seven, Tail(8, 300.0), 60.0) == Likely(300.0, "all", 8)
    assert likely(10.0, seven, seven, 60.0) == Likely(60.0, "setting")


def test_without_history_the_setting_and_then_the_time_elapsed() -> None:
    none = Tail(0, 0.0)
    assert [likely(t, none, none, 300.0).seconds for t in (0.0, 299.0, 300.0, 301.5)] == [
        300.0,
        300.0,
        300.0,
        301.5,
    ]
    assert likely(0.0, none, none, 300.0).mark == 225.0


@given(LENGTHS, LENGTHS, st.floats(0, 6000), st.floats(0, 6000), st.floats(30, 5000))
def test_the_mark_never_moves_back_while_the_basis_stays(
    same: list[float], others: list[float], one: float, two: float, usual: float
) -> None:
    early, late = sorted((one, two))

    def at(t: float) -> Likely:
        return likely(t, tail_of(same, t), tail_of(same + others, t), usual)

    assert at(early).seconds >= early
    if at(early).basis == at(late).basis:
        assert at(early).mark <= at(late).mark


# -- the true split


def test_the_true_split_of_a_plain_call() -> None:
    call = after(
        (0.0, "started"),
        (10.0, "phase", {"to": "open"}),
        (20.0, "asked", question("open")),
        (74.0, "asked", question("closed")),
        (80.0, "phase", {"to": "closed"}),
        (80.0, "asked", question("closed")),
        (90.0, "asked", question("open")),
        (95.0, "phase", {"to": "open"}),
        (97.0, "phase", {"to": "closed"}),
        (100.0, "ended"),
        (500.0, "finished"),
    )
    split = true_split(call)
    assert (split.total_s, split.open_s, split.closed_s, split.closed_from_s) == (100, 80, 20, 80)
    assert (split.before_s, split.after_s, split.upset) == (75, 25, False)
    assert (split.open_before, split.open_after, split.closed_before, split.closed_after) == (1, 1, 1, 1)


def test_a_question_exactly_at_the_75_per_cent_point_is_after_it() -> None:
    said = [
        (0.0, "started"),
        (74.999, "asked", question("open")),
        (75.0, "asked", question("open")),
        (100.0, "ended"),
    ]
    split = true_split(after(*said))
    assert (split.open_before, split.open_after) == (1, 1)


def test_hold_is_no_conversation() -> None:
    call = after(
        (0.0, "started"),
        (40.0, "hold", {"on": True}),
        (50.0, "phase", {"to": "closed"}),
        (50.0, "asked", question("closed")),
        (1040.0, "hold", {"on": False}),
        (1100.0, "ended"),
    )
    split = true_split(call)
    assert (split.total_s, split.closed_from_s, split.before_s) == (100, 40, 75)
    assert (split.closed_before, split.closed_after) == (1, 0)
    assert [conversation_at(call.spans, t) for t in (39.0, 500.0, 1041.0)] == [39.0, 40.0, 41.0]
    assert conversation_at((Span("talk", 5.0),), 1.0) == 0.0


def test_without_a_closed_phase_all_of_it_was_open() -> None:
    split = true_split(after((0.0, "started"), (60.0, "phase", {"to": "close"}), (80.0, "ended")))
    assert (split.open_s, split.closed_s, split.closed_from_s) == (80, 0, None)


def test_an_upset_caller_is_noted_also_when_calm_again() -> None:
    said = [(0.0, "started"), (10.0, "upset", {"on": True}), (20.0, "upset", {"on": False}), (80.0, "ended")]
    assert true_split(after(*said)).upset
    assert not true_split(after(said[0], said[3])).upset


def test_the_split_of_a_call_without_conversation() -> None:
    split = true_split(after((0.0, "rang"), (9.0, "missed")))
    assert (split.total_s, split.open_s, split.closed_s, split.before_s, split.after_s) == (0, 0, 0, 0, 0)


def test_an_end_told_late_counts_to_where_it_was() -> None:
    call = after((0.0, "started"), (40.0, "phase", {"to": "closed"}), (900.0, "ended", {"end_t": 80.0}))
    assert (true_split(call).total_s, true_split(call).closed_from_s) == (80, 40)


@given(STORIES)
def test_whole_seconds_that_add_up_and_every_question_counted_once(story: Any) -> None:
    for call in told(story)[1][-3:]:
        split = true_split(call)
        assert split.open_s + split.closed_s == split.total_s == split.before_s + split.after_s
        assert min(split.open_s, split.closed_s, split.before_s, split.after_s) >= 0
        end = call.last_t if call.ended_t is None else call.ended_t
        assert abs(split.total_s - call.talk(end)) <= 0.5 + 1e-6
        assert abs(split.before_s - MARK * split.total_s) <= 0.5
        assert split.open_before + split.open_after == call.asked_count("open")
        assert split.closed_before + split.closed_after == call.asked_count("closed")
