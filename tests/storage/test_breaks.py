"""Planned breaks: kept, found by time, taken away and brought back."""

import pytest

from companion.core.changes import Change
from companion.storage.breaks import Break, BreaksBook
from companion.storage.store import Store, StoreError

ZONE = "Europe/Berlin"
NOW = "2026-03-02T09:00:00.000Z"


def at(hour: int) -> str:
    return f"2026-03-02T{hour:02}:00:00.000Z"


@pytest.fixture
def breaks(store: Store) -> BreaksBook:
    return BreaksBook(store)


def test_breaks_are_found_in_order_of_time(breaks: BreaksBook) -> None:
    late, early = breaks.add(at(15), ZONE, 15, NOW), breaks.add(at(10), "", 480, NOW)
    assert breaks.between(at(0), at(23)) == [early, late]
    assert breaks.between(at(10), at(15)) == [early]
    assert breaks.between(at(11), at(15)) == []
    assert breaks.next_after(at(10)) == early
    assert breaks.next_after(at(11)) == late
    assert breaks.next_after(at(16)) is None


def test_a_break_is_changed_in_place(breaks: BreaksBook) -> None:
    planned = breaks.add(at(15), ZONE, 15, NOW)
    breaks.put(planned._replace(at=at(16), minutes=20))
    assert breaks.between(at(0), at(23)) == [planned._replace(at=at(16), minutes=20)]


def test_what_was_taken_away_comes_back(breaks: BreaksBook) -> None:
    planned = breaks.add(at(15), ZONE, 15, NOW)
    assert breaks.remove(planned.id) == planned
    assert breaks.remove(planned.id) is None
    assert breaks.between(at(0), at(23)) == []
    breaks.put(planned)
    assert breaks.between(at(0), at(23)) == [planned]


@pytest.mark.parametrize(
    "wrong",
    [
        Break("x", at(15), ZONE, 0, NOW),
        Break("x", at(15), ZONE, 481, NOW),
        Break("x", at(15), ZONE, True, NOW),
        Break("x", "tomorrow", ZONE, 15, NOW),
        Break("x", "", ZONE, 15, NOW),
        Break("x", at(15), ZONE, 15, "2026-03-02"),
    ],
)
def test_what_is_no_break_is_refused(breaks: BreaksBook, wrong: Break) -> None:
    with pytest.raises(ValueError):
        breaks.put(wrong)
    assert breaks.between("", "9") == []


def test_each_change_is_told_once(store: Store, breaks: BreaksBook) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    planned = breaks.add(at(15), ZONE, 15, NOW)
    breaks.remove(planned.id)
    breaks.remove(planned.id)
    assert told == [Change.BREAKS] * 2


def test_a_refused_write_loses_nothing(store: Store, breaks: BreaksBook) -> None:
    planned = breaks.add(at(15), ZONE, 15, NOW)
    store.connection.execute("PRAGMA query_only = ON")
    for verb in (lambda: breaks.add(at(16), ZONE, 15, NOW), lambda: breaks.remove(planned.id)):
        with pytest.raises(StoreError):
            verb()
    assert breaks.between(at(0), at(23)) == [planned]
