"""A call in words: times that say what they are, headings only where there is something to tell."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.calls import Call, Event, fold
from companion.core.summary import Names, question_words, split_words, spoken, summary, told_time


def after(*said: tuple[Any, ...]) -> Call:
    return fold("a", [Event(s[1], s[0], "", "", s[2] if len(s) > 2 else {}) for s in said])


def typed(t: float, name: str, text: str) -> tuple[Any, ...]:
    return (t, "edit", {"field": name, "at": 0, "cut": 0, "put": text})


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (45, "45 s"),
        (59.5, "1 min"),
        (252, "4 min 12 s"),
        (3600, "1 h"),
        (3725, "1 h 2 min 5 s"),
    ],
)
def test_spoken(seconds: float, said: str) -> None:
    assert spoken(seconds) == said


@given(st.integers(0, 10**6))
def test_spoken_loses_no_second(seconds: int) -> None:
    size = {"h": 3600, "min": 60, "s": 1}
    words = spoken(seconds).split()
    assert sum(int(n) * size[unit] for n, unit in zip(words[::2], words[1::2], strict=True)) == seconds


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ((2026, 3, 2, 9, 5), "9:05"),
        ((2026, 3, 1, 23, 59), "yesterday 23:59"),
        ((2026, 2, 24, 12, 0), "Tue 12:00"),
        ((2026, 2, 23, 12, 0), "23 Feb 2026 12:00"),
        ((2026, 3, 3, 12, 0), "3 Mar 2026 12:00"),
    ],
)
def test_told_time(at: tuple[int, ...], said: str) -> None:
    assert told_time(datetime(*at), datetime(2026, 3, 2, 0, 1)) == said  # type: ignore[arg-type,misc]


def question(kind: str) -> dict[str, Any]:
    return {"kind": kind, "id": "", "text": "", "on": True}


def test_a_whole_call_in_words() -> None:
    call = after(
        (0.0, "started"),
        typed(1.0, "name", " Maria "),
        typed(2.0, "number", "030 1"),
        typed(3.0, "notes", "Charged twice\n"),
        (4.0, "asked", question("open")),
        (10.0, "hold", {"on": True}),
        (40.0, "hold", {"on": False}),
        (90.0, "phase", {"to": "closed"}),
        (95.0, "asked", question("closed")),
        (130.0, "ended"),
        typed(131.0, "promise.what", "Call back"),
        typed(131.0, "wrapup.well", "Stayed calm"),
        (132.0, "set", {"field": "stress", "value": 0}),
        (140.0, "finished"),
    )
    names = Names("Billing", "Resolved", "9:05", "today 16:00")
    assert summary(call, names, [("wrapup.well", "What went well"), ("wrapup.next", "Next time")]) == [
        ("Caller", "Maria · 030 1"),
        ("Started", "9:05"),
        ("Reason", "Billing"),
        ("Outcome", "Resolved"),
        ("Handle time", "2 min 20 s: talk 1 min 40 s, hold 30 s, wrap-up 10 s"),
        ("Split", "Closed questions from 1 min (60 %). 75 % of the 1 min 40 s was at 1 min 15 s."),
        ("Questions", "1 open (all before the 75 % point), 1 closed (all before the 75 % point)"),
        ("Notes", "Charged twice"),
        ("Promise", "Call back by today 16:00"),
        ("What went well", "Stayed calm"),
        ("Stress", "0 of 10"),
    ]


def test_of_a_missed_call_there_is_little_to_tell() -> None:
    assert summary(
        after((0.0, "rang"), typed(1.0, "number", "112"), (9.0, "missed")), Names(started="9:05")
    ) == [
        ("Caller", "112"),
        ("Started", "9:05"),
    ]


def test_the_split_of_an_upset_caller_was_at_rest() -> None:
    call = after((0.0, "started"), (1.0, "upset", {"on": True}), (100.0, "ended"))
    assert split_words(call) == (
        "No closed phase. 75 % of the 1 min 40 s was at 1 min 15 s. "
        "The split was at rest while the caller was upset."
    )
    assert (split_words(after((0.0, "rang"))), question_words(call)) == ("", "")


def test_a_kept_promise_says_so_and_a_deadline_alone_is_one() -> None:
    by = (2.0, "set", {"field": "promise.by", "value": "2026-03-03T09:00:00Z"})
    call = after((0.0, "started"), by, (3.0, "promise", {"done": True}))
    assert ("Promise", "by tomorrow 10:00 (kept)") in summary(call, Names(deadline="tomorrow 10:00"))
