"""Which category a word means: letters, names, paths, other words, beginnings; two are a question, never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.category_edits import add, applied, archive, merge, rename
from companion.core.category_find import archived, find
from tests.timetree import tree


def ids(typed: str) -> list[str]:
    return [one.id for one in find(tree(), typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("travel", "travel"),
        ("TRAVEL", "travel"),
        ("trav", "travel"),
        ("t", "travel"),
        ("e", "eating"),
        ("c", "technology"),
        ("w", "work"),
        ("we", "work/e-mails"),
        ("wp", "work/phone calls"),
        ("work", "work"),
        ("work/e-mails", "work/e-mails"),
        ("work / emails", "work/e-mails"),
        ("work e-mails", "work/e-mails"),
        ("w/d", "work/design"),
        ("wor/ph", "work/phone calls"),
        ("emails", "work/e-mails"),
        ("calls", "work/phone calls"),
        ("call", "work/phone calls"),
        ("break", "rest"),
        ("lunch", "eating"),
        ("driving", "travel"),
        ("nap", "sleeping"),
        ("lun", "eating"),
        ("te", "technology"),
        ("/rest/", "rest"),
    ],
)
def test_one_answer(typed: str, found: str) -> None:
    assert ids(typed) == [found]


@pytest.mark.parametrize(
    ("typed", "found"), [("re", ["work/research", "rest"]), ("ex", ["exercise"]), ("", []), ("zz", [])]
)
def test_a_question_or_nothing(typed: str, found: list[str]) -> None:
    assert ids(typed) == found


def test_a_name_wins_over_another_word_for_something_else() -> None:
    new = applied(tree(), add(tree(), "Lunch"))
    assert [one.id for one in find(new, "lunch")] == ["lunch"]


def test_the_same_name_in_two_places_is_a_question() -> None:
    new = applied(tree(), add(tree(), "Research", "family"))
    assert [one.id for one in find(new, "research")] == ["work/research", "family/research"]
    assert [one.id for one in find(new, "family/research")] == ["family/research"]


def test_earlier_names_and_merged_ones_are_still_known() -> None:
    new = applied(tree(), rename(tree(), "rest", "Idle", "2026-10-25"))
    assert [one.id for one in find(new, "rest")] == ["rest"]
    merged = applied(new, merge(new, "exercise", "family"))
    assert [one.id for one in find(merged, "exercise")] == ["family"]
    assert [one.id for one in find(merged, "gym")] == ["family"]


def test_archived_ones_are_not_found_but_named() -> None:
    new = applied(tree(), archive(tree(), "work"))
    assert find(new, "work") == () == find(new, "work/design")
    assert [one.id for one in archived(new, "WORK")] == ["work"]
    assert [one.id for one in archived(new, "design")] == ["work/design"]
    assert archived(tree(), "work") == ()


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_usable_categories_once(typed: str) -> None:
    found = find(tree(), typed)
    assert len(set(found)) == len(found) and set(found) <= set(tree().usable())


def test_each_full_name_code_and_path_leads_home() -> None:
    for one in tree().usable():
        assert find(tree(), one.id) == find(tree(), tree().label(one.id)) == find(tree(), one.name) == (one,)
        assert one in find(tree(), tree().code(one.id))
