"""Own responses: a short list in an order of one's own, any text in it exactly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from companion.core.changes import Change
from companion.storage.responses import ResponsesBook
from companion.storage.store import DamagedFile, Store, StoreError

NOW = "2026-03-02T09:00:00.000Z"
EVERY_TEXT = some.text(some.characters(exclude_categories=()), min_size=1)


@pytest.fixture
def responses(store: Store) -> ResponsesBook:
    return ResponsesBook(store)


def texts(book: ResponsesBook) -> list[str]:
    found = book.all()
    assert [one.position for one in found] == list(range(len(found)))
    return [one.text for one in found]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=EVERY_TEXT.filter(str.strip))
def test_any_text_comes_back(responses: ResponsesBook, text: str) -> None:
    made = responses.add(text, NOW)
    assert [one for one in responses.all() if one.id == made.id] == [made]
    assert made.text == text.strip()


def test_the_same_sentence_is_kept_once(responses: ResponsesBook) -> None:
    first = responses.add("One moment, please.", NOW)
    assert responses.add("  One moment, please. ", "2026-03-03T09:00:00.000Z") == first
    assert texts(responses) == ["One moment, please."]


@pytest.mark.parametrize("empty", ["", "  ", "\n\t"])
def test_a_sentence_without_a_word_is_none(responses: ResponsesBook, empty: str) -> None:
    with pytest.raises(ValueError):
        responses.add(empty, NOW)
    kept = responses.add("a", NOW)
    responses.edit(kept.id, empty)
    assert texts(responses) == ["a"]


@pytest.mark.parametrize(
    ("moved", "to", "wanted"),
    [("a", 2, "bca"), ("c", 0, "cab"), ("b", 1, "abc"), ("a", 99, "bca"), ("b", -5, "bac"), ("x", 0, "abc")],
)
def test_a_sentence_is_moved(responses: ResponsesBook, moved: str, to: int, wanted: str) -> None:
    ids = {text: responses.add(text, NOW).id for text in "abc"}
    responses.move(ids.get(moved, "unknown"), to)
    assert texts(responses) == list(wanted)


def test_a_sentence_is_changed_taken_away_and_brought_back(responses: ResponsesBook) -> None:
    ids = [responses.add(text, NOW).id for text in "abc"]
    responses.edit(ids[1], " new ")
    removed = responses.remove(ids[1])
    assert removed is not None and removed.text == "new"
    assert texts(responses) == ["a", "c"]
    assert responses.remove(ids[1]) is None
    responses.put(removed)
    responses.put(removed)
    assert texts(responses) == ["a", "new", "c"]
    assert [one.id for one in responses.all()] == ids


def test_only_a_change_is_told(store: Store, responses: ResponsesBook) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    made = responses.add("a", NOW)
    responses.add("a", NOW)
    responses.edit(made.id, "a")
    responses.move(made.id, 0)
    responses.remove("unknown")
    assert told == [Change.RESPONSES]


def test_a_refused_write_loses_nothing(store: Store, responses: ResponsesBook) -> None:
    made = responses.add("a", NOW)
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError):
        responses.add("b", NOW)
    with pytest.raises(StoreError):
        responses.remove(made.id)
    assert texts(responses) == ["a"]


def test_a_value_that_is_no_text_is_damage(store: Store, responses: ResponsesBook) -> None:
    responses.add("a", NOW)
    store.connection.execute("UPDATE responses SET text = '[1]'")
    with pytest.raises(DamagedFile):
        responses.all()
