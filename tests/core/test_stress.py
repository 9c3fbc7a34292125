"""Checks and entries: whole through every document, strict against foreign ones, silent about their words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from companion.clock import stamp
from companion.core.stress import (
    ACTIONS,
    CHECK,
    EXCERPT,
    Action,
    Entry,
    Feeling,
    head_of,
    is_due,
    is_empty,
    is_solved,
    local,
    may_offer_check,
    moment,
    new_action,
    new_check,
    new_entry,
    new_id,
    solved_of,
)
from companion.core.stress_documents import from_document, head_document, head_from, to_document

NOW = "2026-11-21T09:30:00.000Z"
ZONE = "Europe/Berlin"

texts = some.text(some.characters(exclude_categories=()), max_size=40)
scales = some.none() | some.integers(0, 10)
moments = some.datetimes(datetime(1970, 1, 2), datetime(2199, 1, 1), timezones=some.just(UTC)).map(stamp)
ids = some.uuids().map(lambda one: one.hex)
feelings = some.builds(Feeling, texts.filter(str.strip), scales)
actions = some.builds(
    Action, ids, some.sampled_from(ACTIONS), texts, some.just("") | moments, moments, scales, some.booleans()
)
entries = some.builds(
    Entry,
    id=ids,
    kind=some.sampled_from(("check", "entry")),
    at=moments,
    zone=texts,
    made_at=moments,
    changed_at=moments,
    before=scales,
    after=scales,
    feelings=some.lists(feelings, max_size=3).map(tuple),
    line=texts,
    event=texts,
    event_kind=texts,
    source=texts,
    belief=texts,
    belief_kind=texts,
    did=texts,
    answers=some.dictionaries(some.text("abc.", min_size=1, max_size=9), some.sampled_from(("yes", "no"))),
    balanced=texts,
    accurate=some.booleans(),
    call_id=texts,
    reason=texts,
    actions=some.lists(actions, max_size=3).map(tuple),
    to_finish=some.booleans(),
)


@given(entries)
def test_an_entry_comes_back_from_its_document(entry: Entry) -> None:
    assert (
        from_document(json.loads(json.dumps(to_document(entry))))
        == from_document(to_document(entry))
        == entry
    )


@given(entries)
def test_a_head_comes_back_from_its_document(entry: Entry) -> None:
    head = head_of(entry)
    assert head_from(entry.id, json.loads(json.dumps(head_document(head)))) == head
    assert len(head.excerpt) <= EXCERPT
    assert all(action.text == "" for action in head.actions)


def test_what_is_left_out_is_empty() -> None:
    bare = {"id": "a", "kind": "check", "at": NOW, "zone": "", "made_at": NOW, "changed_at": NOW}
    assert from_document(bare) == Entry("a", CHECK, NOW, "", NOW, NOW)


SECRET = "a word that must not be told"
HOSTILE: list[tuple[str, Any]] = [
    ("id", ""),
    ("id", SECRET * 9),
    ("id", 5),
    ("kind", SECRET),
    ("kind", ["check"]),
    ("at", SECRET),
    ("at", ""),
    ("at", "2026-11-21T09:30:00Z"),
    ("at", "2026-11-21T09:30:00.000+00:00"),
    ("at", "2026-W47-6T09:30:00.000Z"),
    ("at", "2026-11-21 09:30:00.000Z"),
    ("at", "2026-11-31T09:30:00.000Z"),
    ("at", "2026-11-21T24:00:00.000Z"),
    ("at", "2026-11-21T09:30:00.000Z\n"),
    ("at", "٢٠٢٦-11-21T09:30:00.000Z"),
    ("at", 1.5),
    ("made_at", ""),
    ("changed_at", None),
    ("zone", None),
    ("before", -1),
    ("before", 11),
    ("before", 1.0),
    ("before", True),
    ("before", "5"),
    ("after", [5]),
    ("line", None),
    ("event", {SECRET: 1}),
    ("feelings", {}),
    ("feelings", [SECRET]),
    ("feelings", [["", 1]]),
    ("feelings", [[" ", 1]]),
    ("feelings", [[SECRET, 11]]),
    ("feelings", [[SECRET]]),
    ("feelings", [[5, 5]]),
    ("answers", []),
    ("answers", {"logical": SECRET}),
    ("answers", {"logical": True}),
    ("answers", {"logical": ["yes"]}),
    ("answers", {"": "yes"}),
    ("accurate", 1),
    ("accurate", "yes"),
    ("to_finish", None),
    ("actions", {}),
    ("actions", [SECRET]),
    ("actions", [{}]),
    ("actions", [{"id": "a", "kind": SECRET}]),
    ("actions", [{"id": "a", "due": SECRET}]),
    ("actions", [{"id": "a", "helped": 11}]),
    ("actions", [{"id": "a", "asked": 0}]),
    ("actions", [{"id": "a", SECRET: 0}]),
    (SECRET, 1),
]


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_a_foreign_document_is_refused_without_a_word_of_it(name: str, value: Any) -> None:
    document = to_document(new_entry(NOW, ZONE)) | {name: value}
    with pytest.raises(ValueError) as caught:
        from_document(document)
    shown = str(caught.value) + str(caught.value.__cause__ or "")
    assert SECRET not in shown
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("document", [None, [], "x", 5, {}, {5: 5}, {"id": "a", "kind": "check"}])
def test_what_is_no_document_is_refused(document: object) -> None:
    with pytest.raises(ValueError):
        from_document(document)


@pytest.mark.parametrize(
    "document",
    [
        None,
        {},
        {"at": NOW},
        {"kind": "check"},
        {"kind": "check", "at": NOW, "id": "other"},
        {"kind": "check", "at": NOW, "words": SECRET},
        {"kind": "check", "at": SECRET},
        {"kind": "check", "at": NOW, "balanced": "yes"},
        {"kind": "check", "at": NOW, "actions": [["a", "other", "", "", None]]},
        {"kind": "check", "at": NOW, "actions": [["a", "other", SECRET, "", None, False]]},
        {"kind": "check", "at": NOW, "actions": SECRET},
    ],
)
def test_a_foreign_head_is_refused_without_a_word_of_it(document: object) -> None:
    with pytest.raises(ValueError) as caught:
        head_from("a", document)
    assert SECRET not in str(caught.value)


# -- what is new, what is empty


def test_a_new_entry_is_empty_and_a_new_check_with_zero_is_not() -> None:
    assert is_empty(new_entry(NOW, ZONE, call_id="c", reason="billing"))
    assert is_empty(new_check(NOW, ZONE, to_finish=True))
    assert not is_empty(new_check(NOW, ZONE, before=0))
    assert new_entry(NOW, ZONE).id != new_entry(NOW, ZONE).id


@pytest.mark.parametrize(
    "part",
    [
        {"before": 0},
        {"after": 0},
        {"line": "x"},
        {"event": "x"},
        {"event_kind": "x"},
        {"source": "x"},
        {"belief": "x"},
        {"belief_kind": "x"},
        {"did": "x"},
        {"balanced": "x"},
        {"accurate": True},
        {"feelings": (Feeling("unnamed"),)},
        {"answers": {"logical": "no"}},
        {"actions": (Action("a"),)},
    ],
)
def test_each_part_alone_makes_an_entry(part: dict[str, Any]) -> None:
    assert not is_empty(new_entry(NOW, ZONE)._replace(**part))


def test_blanks_alone_are_nothing() -> None:
    assert is_empty(new_entry(NOW, ZONE)._replace(event=" \n", line="\t"))


def test_an_action_has_a_kind_that_there_is() -> None:
    assert new_action("talk", NOW, "with Jo", NOW)[1:] == ("talk", "with Jo", NOW, NOW, None, False)
    with pytest.raises(ValueError):
        new_action("sue", NOW)


def test_the_excerpt_is_one_line_from_the_first_text_there_is() -> None:
    entry = new_entry(NOW, ZONE)._replace(line="  she\n\tshouted " + "x" * 500, belief="b")
    assert head_of(entry).excerpt.startswith("she shouted xxx")
    assert head_of(entry._replace(event="e")).excerpt == "e"
    assert head_of(new_entry(NOW, ZONE)).excerpt == ""


# -- what helped


def test_zero_did_not_help_and_none_was_not_said() -> None:
    entry = new_entry(NOW, ZONE)
    for helped, solved in ((None, False), (0, False), (1, True), (10, True)):
        with_action = entry._replace(actions=(Action("a", helped=helped),))
        assert is_solved(head_of(with_action)) is solved
    assert is_solved(head_of(entry._replace(balanced="It was not meant for me.")))
    assert not is_solved(head_of(entry._replace(balanced=" ")))


def test_what_helped_most_is_told_first() -> None:
    tried = tuple(Action(str(n), helped=n) for n in (None, 3, 0, 10, 5))
    assert [one.helped for one in solved_of(new_entry(NOW, ZONE)._replace(actions=tried)).helped] == [
        10,
        5,
        3,
    ]


def test_what_was_done_is_told_beside_the_sentence() -> None:
    entry = new_entry(NOW, ZONE)._replace(did="  let them finish \n", balanced=" It was the bill. ")
    assert solved_of(entry)[5:7] == ("It was the bill.", "let them finish")


def later(**by: float) -> str:
    return stamp(moment(NOW) + timedelta(**by))


@pytest.mark.parametrize(
    ("action", "minutes", "due"),
    [
        (Action("a", made_at=NOW), 119.999, False),
        (Action("a", made_at=NOW), 120, True),
        (Action("a", made_at=NOW, due=later(hours=5)), 299, False),
        (Action("a", made_at=NOW, due=later(hours=5)), 300, True),
        (Action("a", made_at=NOW, due=later(minutes=5)), 5, True),
        (Action("a", made_at=NOW, asked=True), 500, False),
        (Action("a", made_at=NOW, helped=0), 500, False),
        (Action("a"), 500, False),
    ],
)
def test_it_is_asked_once_and_not_too_soon(action: Action, minutes: float, due: bool) -> None:
    assert is_due(action, later(minutes=minutes)) is due


# -- the offer


@pytest.mark.parametrize(
    ("minutes", "may"), [(0, False), (59.99, False), (60, True), (600, True), (-59, False), (-60, True)]
)
def test_a_check_is_never_offered_twice_within_the_time_set(minutes: float, may: bool) -> None:
    assert may_offer_check(later(minutes=minutes), NOW, 60) is may


def test_the_first_offer_and_one_after_nonsense_may_be_made() -> None:
    assert may_offer_check(NOW, "", 60)
    assert may_offer_check(NOW, "yesterday", 60)


# -- moments


@given(some.datetimes(timezones=some.just(UTC)))
def test_a_stamp_is_a_moment(at: datetime) -> None:
    assert stamp(moment(stamp(at))) == stamp(at)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        (ZONE, "2026-11-21T10:30:00+01:00"),
        ("+05:30", "2026-11-21T15:00:00+05:30"),
        ("-03:00", "2026-11-21T06:30:00-03:00"),
        ("", "2026-11-21T09:30:00+00:00"),
        ("../../etc/passwd", "2026-11-21T09:30:00+00:00"),
        ("Europe", "2026-11-21T09:30:00+00:00"),
        ("Nowhere/Here\0", "2026-11-21T09:30:00+00:00"),
        ("\ud800", "2026-11-21T09:30:00+00:00"),
        ("x" * 300, "2026-11-21T09:30:00+00:00"),
    ],
)
def test_the_local_time_of_any_zone_is_told(zone: str, told: str) -> None:
    assert local(NOW, zone).isoformat() == told


def test_the_ends_of_time_are_told_too() -> None:
    assert local("9999-12-31T23:59:59.999Z", "Asia/Tokyo").year == 9999
    assert local("0001-01-01T00:00:00.000Z", "America/Lima").year == 1


def test_ids_are_32_digits() -> None:
    assert len(new_id()) == 32
    assert set(new_id()) <= set("0123456789abcdef")
