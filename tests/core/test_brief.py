"""The hand-over brief: two to four sentences, whatever was typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.brief import MOST, NAME, transfer_brief

ANY = st.text(st.characters(codec=None), max_size=40) | st.text(". !?…。\n\tab1;:", max_size=40)


def sentences(text: str) -> list[str]:
    """Split as strictly as can be: after each stop that a blank or the end follows."""
    return [part for part in re.split(r"(?<=[.!?…。！？])(?:\s+|$)", text) if part]


def test_the_whole_brief() -> None:
    text = transfer_brief(
        "Maria Mann", "Billing", "Charged twice on 3 Nov.\nWants it back",
        ["What happened?", "Which invoice is it?"], "Call her back", "Tue 3 Nov 16:00",
    )  # fmt: skip
    assert sentences(text) == [
        "Maria Mann is on the line about billing.",
        "Charged twice on 3 Nov; Wants it back.",
        "I have asked 2 questions, the last one: Which invoice is it?",
        "I have promised: Call her back by Tue 3 Nov 16:00.",
    ]


def test_with_nothing_known_there_are_still_two() -> None:
    text = transfer_brief("", " \n", "", [], "")
    assert text == "A caller whose name I do not have yet is on the line. There are no notes yet."
    assert len(sentences(transfer_brief("", "", " \n…\n. ", ["", " "], ". "))) == 2


def test_a_deadline_alone_is_a_promise_too() -> None:
    assert transfer_brief("A", "b", "c", [], "", "today 16:00").endswith(
        "I have promised: to be back by today 16:00."
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Charged twice. Wants it back!", "Charged twice; Wants it back."),
        ("She lives in St. Ives", "She lives in St Ives."),
        ("On 3. Nov. she paid", "On 3 Nov; she paid."),
        ("12.50 EUR, see shop.example.com", "12.50 EUR, see shop.example.com."),
        ("What?! No way... really", "What; No way; really."),
        ("one;\n two,\n\nthree.", "one; two; three."),
        ("請求。  二回", "請求; 二回."),
    ],
)
def test_several_sentences_become_one(typed: str, said: str) -> None:
    assert sentences(transfer_brief("A", "b", typed, [], ""))[1] == said


def test_a_name_on_two_lines_with_titles_is_one_name() -> None:
    text = transfer_brief(" Prof. Dr.\nMaria\r\nMann! ", "", "x", [], "")
    assert text.startswith("Prof Dr Maria Mann is on the line. ")


def test_a_question_keeps_its_mark_and_a_part_without_one_gets_a_stop() -> None:
    assert transfer_brief("A", "", "x", ["Why? When?"], "").endswith(
        "I have asked one question, the last one: Why; When?"
    )
    assert transfer_brief("A", "", "x", ["Tell me more"], "").endswith(": Tell me more.")


@given(ANY, ANY, ANY, st.lists(ANY, max_size=3), ANY, st.sampled_from(["", "today 16:00"]))
def test_two_to_four_sentences_on_one_line(
    name: str, reason: str, notes: str, asked: list[str], promised: str, by: str
) -> None:
    text = transfer_brief(name, reason, notes, asked, promised, by)
    assert 2 <= len(sentences(text)) <= 4
    assert text == " ".join(text.split())


@pytest.mark.parametrize("piece", ["x", "x ", ". ", ".x", "a. ", "\n", "👍", "? ! ", "a\n"])
def test_a_hundred_thousand_characters_are_cut_and_read_out(piece: str) -> None:
    much = (piece * 100_000)[:100_000]
    text = transfer_brief(much, much, much, [much], much, "today 16:00")
    assert 2 <= len(sentences(text)) <= 4
    assert len(text) <= 2 * NAME + 3 * MOST + 200


def test_what_is_cut_ends_at_a_word_and_says_so() -> None:
    told = sentences(transfer_brief("A", "", "word " * 100, [], ""))[1]
    assert told.endswith("word…")
    assert len(told) <= MOST + 1
