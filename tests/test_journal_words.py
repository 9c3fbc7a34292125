"""The words of the journal: every technique of section 9 stands in them, and a mistake is told with its line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.core.playbook_check import PlaybookError
from companion.core.stress import ACTIONS, UNNAMED, UNNAMED_BELIEF
from companion.core.stress_words import TEXTS
from companion.journal_words import QUESTIONS, load, parse, words
from companion.resources import resource

SHIPPED = resource("journal", "en.toml")
SECTION_9 = {
    line.split()[1]
    for line in (Path(__file__).parent / "files" / "techniques.txt").read_text(encoding="utf-8").splitlines()
    if line.startswith("9 ")
}


def test_every_technique_for_after_the_call_has_its_place() -> None:
    assert len(SECTION_9) == 10
    assert words().techniques() == SECTION_9


def test_each_part_holds_what_it_has_to() -> None:
    all_words = words()
    assert tuple(question.id for question in all_words.questions) == QUESTIONS
    assert {question.technique for question in all_words.questions} == {"abc.challenge"}
    assert tuple(action.id for action in all_words.actions) == ACTIONS
    assert {one.action for one in all_words.exits} <= set(ACTIONS)
    assert {"escalate", "report", "break", "talk"} <= {one.action for one in all_words.exits}
    assert len(all_words.habits) == 8
    assert len(all_words.sources) == 6
    assert len(all_words.selfcare) == 5
    assert [len(step.questions) for step in all_words.strategy] == [3, 3, 3, 3]
    assert [part.technique for part in all_words.model] == ["abc.model"] * 3
    assert {"reflect.review", "reflect.feedback", "reflect.examples"} == {
        one.technique for one in all_words.reflect
    }
    assert set(all_words.texts) == set(TEXTS)
    for name in ("disclaimer", "disclaimer_short"):
        text = all_words.texts[name].lower()
        assert "for your own reflection" in text
        assert "no medical device" in text
        assert "no diagnosis" in text


LINKS = {
    "belief.rights": ("anger",),
    "belief.threat": ("anxiety", "fear"),
    "belief.wronged": ("guilt",),
    "belief.standing": ("embarrassment",),
    "belief.loss": ("sadness",),
}


@pytest.mark.parametrize("belief", LINKS)
def test_the_links_hold_both_ways(belief: str) -> None:
    all_words = words()
    assert tuple(feeling.id for feeling in all_words.feelings_of(belief)) == LINKS[belief]
    for feeling in LINKS[belief]:
        assert [one.id for one in all_words.beliefs_of(feeling)] == [belief]


def test_nothing_is_inferred_from_own_words() -> None:
    assert words().feelings_of("I am so angry") == ()
    assert words().beliefs_of("Anger") == ()
    assert words().name("I am so angry") == "I am so angry"


def test_i_cannot_name_it_is_always_there_and_leads_nowhere() -> None:
    assert words().name(UNNAMED) == words().name(UNNAMED_BELIEF) == "I can't name it"
    assert words().beliefs_of(UNNAMED) == ()
    assert words().feelings_of(UNNAMED_BELIEF) == ()


def test_no_word_shames_or_assesses() -> None:
    shown = " ".join(text for one in words().choices() for text in (one.name, one.hint)).lower()
    shown += " ".join(words().texts.values()).lower()
    for taboo in (
        "overreact",
        "irrational",
        "symptom",
        "disorder",
        "score",
        "streak",
        "should have",
        "patient",
    ):
        assert taboo not in shown


def broken(change: Callable[[str], str]) -> PlaybookError:
    with pytest.raises(PlaybookError) as caught:
        parse(change(SHIPPED.read_text(encoding="utf-8")), "en.toml")
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id = "logical"', 'id = "logic"', "the question logical is missing"),
        ('id = "logical"', 'id = "logic"', "no question is called logic"),
        ('id = "unnamed"', 'id = "nameless"', "the feeling unnamed is missing"),
        ('id = "belief.unnamed"', 'id = "belief.x"', "the belief belief.unnamed is missing"),
        ('feelings = ["guilt"]', 'feelings = ["gilt"]', "there is no feeling gilt"),
        ('action = "report"', 'action = "sue"', "action is “sue”"),
        ('id = "talk"', 'id = "chat"', "the action talk is missing"),
        ('name = "Anger"', "name = 5", "name is a number"),
        ('name = "Anger"', 'nmae = "Anger"', "unknown key “nmae”"),
        ('name = "Anger"', 'name = "Anger\\u0000"', "cannot be shown"),
        ('id = "fear"', 'id = "anger"', "stands twice"),
        ('scale_low = "calm"', "", "one text scale_low is needed"),
        ('scale_low = "calm"', 'scale_low = "calm"\nextra = "x"', "unknown text extra"),
        ("[[habit]]\nid", "[[habbit]]\nid", "7 entries of habit"),
        ("[[habit]]\nid", "[[habbit]]\nid", "unknown key “habbit”"),
        ("[texts]", "[texts", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_mending(old: str, new: str, what: str) -> None:
    error = broken(lambda text: text.replace(old, new, 1))
    found = [problem for problem in error.problems if what in problem.what]
    assert found, str(error)
    assert found[0].file == "en.toml"
    assert found[0].mend


def test_the_line_of_a_mistake_is_told() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    wanted = text[: text.index('feelings = ["guilt"]')].count("\n") + 1
    error = broken(lambda text: text.replace('["guilt"]', '["gilt"]'))
    assert [problem.line for problem in error.problems] == [wanted]


def test_a_part_that_is_left_out_is_told() -> None:
    error = broken(lambda text: re.sub(r"\[\[strategy\]\].*?(?=# ----)", "", text, flags=re.DOTALL))
    assert "there is no [[strategy]]" in str(error)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="cannot be read"):
        load(tmp_path / "missing.toml")
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(PlaybookError, match="not UTF-8"):
        load(tmp_path / "odd.toml")


def test_the_words_are_read_once() -> None:
    assert words() is words()
