"""What the call page shows, computed from facts alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.calls import Call, Event, fold
from companion.core.playbook import Guide
from companion.core.split import Likely
from companion.playbooks import Playbook
from companion.resources import resource
from companion.ui.pages.call import present
from companion.ui.pages.call.present import ROWS, View

BOOK = Playbook(resource("playbooks"), None)


def told(*events: tuple[str, dict[str, object]]) -> Call:
    log = [("started", {}), *events]
    return fold(
        "c",
        [
            Event(kind, float(t), "2026-11-20T09:30:00.000Z", "UTC", data)
            for t, (kind, data) in enumerate(log)
        ],
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "00:00"),
        (59.999, "00:59"),
        (60, "01:00"),
        (3599.9, "59:59"),
        (3600, "1:00:00"),
        (360_061, "100:01:01"),
    ],
)
def test_a_clock_shows_whole_seconds_that_have_passed(seconds: float, words: str) -> None:
    assert present.clock(seconds) == words


@pytest.mark.parametrize(
    ("held", "level"), [(0, 0), (29.9, 0), (30, 1), (59, 1), (60, 2), (120, 3), (9999, 3)]
)
def test_the_ladder_of_a_hold(held: float, level: int) -> None:
    assert present.hold_level(held, (30, 60, 120)) == level


def test_which_guide_leads() -> None:
    assert present.guide_key(told()) == "greeting"
    assert present.guide_key(told(("phase", {"to": "closed"}))) == "closed"
    upset = ("upset", {"on": True})
    hold = ("hold", {"on": True})
    over = ("detour", {"to": "transfer"})
    assert present.guide_key(told(upset)) == "upset"
    assert present.guide_key(told(upset, hold)) == "hold"
    assert present.guide_key(told(upset, hold, over)) == "transfer"


@given(
    key=st.sampled_from(
        ["greeting", "open", "closed", "close", "hold", "transfer", "message", "upset", "badnews"]
    ),
    line=st.integers(-1, 500),
    page=st.integers(0, 500),
    card=st.integers(-1, 500),
    group=st.text(max_size=8),
    level=st.integers(0, 3),
    caller=st.text(max_size=30),
)
def test_however_far_one_leafs_there_is_something_to_show(
    key: str, line: int, page: int, card: int, group: str, level: int, caller: str
) -> None:
    guide = present.with_cards(BOOK.guide(key), BOOK.guide("cards").cards)
    face = present.guide_face(guide, told(), {"caller": caller}, View(line, page, group, card), None, level)
    assert face.prompt.plain.strip() and 0 <= face.line < max(1, face.lines)
    assert len(face.rows) <= ROWS and 0 <= face.page < face.pages
    assert [row.key for row in face.rows] == [str(n) for n in range(1, len(face.rows) + 1)]
    assert (face.card is not None) == (card >= 0 and bool(guide.cards))


def test_a_guide_that_cannot_be_read_shows_its_name() -> None:
    face = present.guide_face(Guide("open", "Open"), told(), {}, View(3, 3, "x", 3), None, 0)
    assert face.prompt.plain == "Open" and face.rows == () and face.card is None


def test_the_two_parts_of_a_greeting_are_told_apart() -> None:
    values = {"salutation": "Good morning", "company": "Blue Parcel", "agent": "Ana"}
    face = present.guide_face(BOOK.guide("greeting"), told(), values, View(), None, 0)
    assert face.prompt.plain[: face.accent] == "Good morning,"


def test_every_nudge_comes_first_in_its_turn() -> None:
    guide = BOOK.guide("hold")
    said = [present.guide_face(guide, told(), {}, View(), None, n).coach for n in range(4)]
    assert said[1:] == [n.text for n in guide.nudges] and len(set(said)) == 4


LIKELY = Likely(400.0, "reason", 12)


@pytest.mark.parametrize(
    ("events", "talk", "likely", "words"),
    [
        ((), 100, LIKELY, "75 % at about 05:00 · from 12 calls about Billing"),
        ((), 100, Likely(400.0, "all", 9), "75 % at about 05:00 · from 9 calls"),
        ((), 100, Likely(400.0, "setting"), "75 % at about 05:00 · from the usual length in Settings"),
        ((("passed", {}),), 310, LIKELY, "Past 75 %: time to confirm · from 12 calls about Billing"),
        (
            (("passed", {}), ("phase", {"to": "closed"})),
            310,
            LIKELY,
            "Past 75 % · from 12 calls about Billing",
        ),
        (
            (("hold", {"on": True}),),
            100,
            LIKELY,
            "On hold: the conversation stands still · 75 % at about 05:00",
        ),
        (
            (("passed", {}), ("upset", {"on": True})),
            310,
            LIKELY,
            "The split rests while the caller is upset: closed questions are fine at any time",
        ),
    ],
)
def test_the_words_of_the_bar(
    events: tuple[tuple[str, dict[str, object]], ...], talk: float, likely: Likely, words: str
) -> None:
    look = present.split_look(told(*events), talk, likely, "Billing")
    assert look.text == words
    assert look.elapsed == pytest.approx(talk / 400)


@given(talk=st.floats(0, 1e6), length=st.floats(0, 1e6))
def test_the_bar_never_runs_over(talk: float, length: float) -> None:
    assert 0 <= present.split_look(told(), talk, Likely(length, "setting"), "").elapsed <= 1


@given(items=st.lists(st.text(min_size=1), max_size=12, unique=True).map(tuple), turn=st.integers(0, 100))
def test_no_more_than_three_to_listen_for_and_each_in_its_turn(items: tuple[str, ...], turn: int) -> None:
    three = present._three(items, turn)
    assert len(three) == min(3, len(items)) == len(set(three)) and set(three) <= set(items)
    if items:
        assert {x for n in range(len(items)) for x in present._three(items, n)} >= set(three)


def test_of_the_words_before_a_hold_only_the_question_is_shown() -> None:
    assert present.first_question("May I hold? It takes a minute.") == "May I hold?"
    assert present.first_question("One moment, please.") == "One moment, please."
    assert present.first_question("May I hold?") == "May I hold?"
