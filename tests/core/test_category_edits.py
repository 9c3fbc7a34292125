"""Changes of the category tree: what they do, what they refuse, and that each can be taken back exactly."""

import random
from collections.abc import Callable

import pytest

from companion.core.categories import COLOURS, CategoryError, Tree
from companion.core.category_edits import (
    Edit,
    add,
    applied,
    archive,
    free_letter,
    invert,
    merge,
    move,
    rename,
    restore,
    set_also,
    set_colour,
    set_letter,
)
from companion.core.totals import totals
from tests.timetree import tree

TODAY = "2026-10-25"


def after(edit: Edit, before: Tree | None = None) -> Tree:
    """The tree after an edit that is seen to go back."""
    old = before or tree()
    new = applied(old, edit)
    assert applied(new, invert(edit)) == old
    assert edit.words or not edit.after
    return new


def test_add() -> None:
    new = after(add(tree(), "  Garden "))
    found = new.get("garden")
    assert (found.name, found.parent, found.letter) == ("Garden", "", "g")
    assert found.colour == 11 and new.children()[-1] == found
    inside = after(add(new, "Meetings", "work"), new).get("work/meetings")
    assert (inside.letter, new.colour("work")) == ("m", 4) and inside.pattern not in (0, 1, 2, 3, 4)


def test_a_new_one_gets_another_letter_where_its_own_is_taken() -> None:
    assert after(add(tree(), "Piano")).get("piano").letter == "i"
    assert after(add(tree(), "Reading", letter="D")).get("reading").letter == "d"
    new = tree()
    for i in range(20):
        new = after(add(new, f"№ {i}"), new)
    assert "" in [one.letter for one in new.children()]
    new.check()
    assert free_letter(new, "another") == ""


def test_colours_of_new_ones_are_spread() -> None:
    new = tree()
    for i in range(COLOURS + 1):
        new = after(add(new, f"new {i}"), new)
    used = [one.colour for one in new.children()]
    assert {used.count(index) for index in range(COLOURS)} == {2}


@pytest.mark.parametrize("name", ["", "  ", "a/b", "x" * 61, "work", "WORK", "Wörk", "a\nb\x00"])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(CategoryError) as told:
        add(tree(), name)
    assert not name.strip() or name not in str(told.value)
    with pytest.raises(CategoryError):
        rename(tree(), "rest", name, TODAY)


def test_rename_keeps_history() -> None:
    new = after(rename(tree(), "rest", "Pause", TODAY))
    newer = after(rename(new, "rest", "Break", "2026-11-01"), new)
    assert newer.get("rest").was == (("Rest", TODAY), ("Pause", "2026-11-01"))
    assert (newer.label("rest"), newer.path("rest")) == ("Break", "break")
    assert newer.path("work/e-mails") == "work/e-mails"
    assert after(rename(newer, "rest", "BREAK", TODAY), newer).label("rest") == "BREAK"
    assert not rename(newer, "rest", "Break", TODAY).after


def test_letters_are_once_per_level() -> None:
    assert after(set_letter(tree(), "rest", "B")).get("rest").letter == "b"
    assert after(set_letter(tree(), "rest", "")).get("rest").letter == ""
    for letter in ("w", "1", "ab", "/"):
        with pytest.raises(CategoryError):
            set_letter(tree(), "rest", letter)
    assert after(set_letter(tree(), "work/design", "w")).code("work/design") == "Ww"


def test_colour_and_other_words() -> None:
    assert after(set_colour(tree(), "work", 11)).colour("work/design") == 11
    with pytest.raises(CategoryError):
        set_colour(tree(), "work/design", 3)
    with pytest.raises(CategoryError):
        set_colour(tree(), "work", COLOURS)
    assert after(set_also(tree(), "rest", [" tea  time", "", "tea time"])).get("rest").also == ("tea time",)


def test_move() -> None:
    new = after(move(tree(), "rest", "work"))
    assert new.label("rest") == "Work / Rest"
    assert (new.top("rest"), new.code("rest")) == ("work", "Ws")
    out = after(move(tree(), "work/design", "", 0))
    assert out.children()[0].id == "work/design" and out.colour("work/design") == 11
    order = after(move(tree(), "work/design", "work", 0))
    assert [one.name for one in order.children("work")] == ["Design", "E-mails", "Phone calls", "Research"]
    assert after(move(tree(), "rest", "", 99)).children()[-1].id == "rest"


@pytest.mark.parametrize(
    ("what", "to"),
    [("work", "rest"), ("work", "work"), ("rest", "work/design"), ("rest", "gone"), ("gone", "work")],
)
def test_moves_that_cannot_be(what: str, to: str) -> None:
    with pytest.raises(CategoryError):
        move(tree(), what, to)


def test_archive_and_restore() -> None:
    new = after(archive(tree(), "work"))
    assert new.is_archived("work/e-mails") and not any("work" in one.id for one in new.usable())
    assert new.by_letter("w") is None
    taken = after(add(new, "Walks"), new)
    assert taken.get("walks").letter == "w"
    back = after(restore(taken, "work"), taken)
    assert back.get("work").letter == "k"
    assert back.get("work/e-mails") in back.usable()
    with pytest.raises(CategoryError):
        add(new, "Work")
    with pytest.raises(CategoryError):
        add(new, "Meetings", "work")


def test_merge_counts_one_as_the_other_and_goes_back() -> None:
    new = after(merge(tree(), "rest", "family"))
    assert new.shown("rest") == new.get("family") and new.get("rest") not in new.usable()
    seconds = {"rest": 300, "family": 600}
    assert [(one.category, one.seconds) for one in totals(new, seconds)] == [("family", 900)]
    assert [(one.category, one.seconds) for one in totals(tree(), seconds)] == [
        ("family", 600),
        ("rest", 300),
    ]
    again = after(merge(new, "family", "other"), new)
    assert again.shown("rest").id == "other"
    with pytest.raises(CategoryError):
        rename(new, "rest", "Pause", TODAY)
    assert after(add(new, "Rest"), new).get("rest 2").name == "Rest"


def test_merge_takes_along_what_is_in_it() -> None:
    new = after(add(tree(), "Office"))
    for name in ("Meetings", "e mails"):
        new = after(add(new, name, "office"), new)
    merged = after(merge(new, "work", "office"), new)
    names = [one.name for one in merged.children("office")]
    assert names == ["Meetings", "e mails", "E-mails", "Phone calls", "Research", "Design"]
    assert merged.top("work/design") == "office"
    same = after(add(new, "Design", "office"), new)
    twin = after(merge(same, "work", "office"), same)
    assert twin.shown("work/design").id == "office/design"
    assert len([one for one in twin.children("office") if one.name == "Design"]) == 1


@pytest.mark.parametrize(
    ("what", "into"),
    [("rest", "rest"), ("work", "work/design"), ("work", "rest/gone"), ("gone", "rest")],
)
def test_merges_that_cannot_be(what: str, into: str) -> None:
    with pytest.raises(CategoryError):
        merge(tree(), what, into)


def test_more_merges_that_cannot_be() -> None:
    held = after(add(tree(), "Garden", "family"))
    with pytest.raises(CategoryError, match="two levels"):
        merge(held, "family", "work/design")
    archived = after(archive(tree(), "rest"))
    with pytest.raises(CategoryError, match="archived"):
        merge(archived, "family", "rest")
    assert after(merge(tree(), "work/design", "work")).shown("work/design").id == "work"


def test_an_edit_that_does_not_fit() -> None:
    edit = rename(tree(), "rest", "Pause", TODAY)
    with pytest.raises(ValueError, match="fit"):
        applied(after(edit), edit)


def some_edit(rng: random.Random, now: Tree) -> Edit:
    """Any edit of any category, also ones that cannot be."""
    ids = [one.id for one in now.all]
    one, other = rng.choice(ids), rng.choice([*ids, ""])
    kinds: tuple[Callable[[], Edit], ...] = (
        lambda: add(now, rng.choice("abcdefgh") * rng.randint(1, 3), other),
        lambda: rename(now, one, f"name {rng.randint(0, 30)}", TODAY),
        lambda: move(now, one, other, rng.choice((None, 0, 3))),
        lambda: archive(now, one),
        lambda: restore(now, one),
        lambda: restore(now, one),
        lambda: merge(now, one, other) if rng.random() < 0.3 else restore(now, one),
        lambda: set_letter(now, one, rng.choice("abcdefg")),
    )
    return rng.choice(kinds)()


@pytest.mark.parametrize("seed", range(5))
def test_random_edits_keep_the_tree_sound_and_go_back_to_the_start(seed: int) -> None:
    rng = random.Random(seed)
    now, done = tree(), []
    for _ in range(150):
        try:
            edit = some_edit(rng, now)
        except CategoryError:
            continue
        done.append(edit)
        now = applied(now, edit)  # checks the whole tree
        seconds = {one.id: 300 for one in now.all}
        assert sum(total.seconds for total in totals(now, seconds)) == 300 * len(seconds)
    assert len(done) > 40
    for edit in reversed(done):
        now = applied(now, invert(edit))
    assert now == tree()
