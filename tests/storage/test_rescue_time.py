"""Rows of the time audit out of a damaged file: told by their shape, and none that makes no sense."""

import sqlite3
from contextlib import suppress
from typing import Any

import pytest

from companion.storage import rescue_time
from companion.storage.store import Store
from companion.storage.timeaudit import TimeBook

GOOD: dict[str, tuple[Any, ...]] = {
    "time_days": (1772406000, 1772492400, "2026-03-02", "Europe/Berlin", 0),
    "spans": (300, 900, "work", "filled", "hand"),
    "time_undo": (1, '"9:00"', '{"spans":[[],[]]}', 7, 0),
    "time_marks": ("proposed", 7),
    "categories": ("a", "A", "", "a", 0, 0, 0, "[]", 0, "", "[]"),
    "goals": ("g", "a", "at most", 7200, "day", "01234", "2026-03-02", ""),
    "audits": ("x", "2026-03-02", 3),
    "decisions": ("x", 1200, "technology", "exercise", "2026-03-09", 7),
}


@pytest.mark.parametrize("table", GOOD)
def test_a_good_row_comes_back_to_its_table(store: Store, table: str) -> None:
    with store.write():
        assert rescue_time.take(GOOD[table], store.connection)
        with suppress(sqlite3.IntegrityError):  # an older copy of the page
            assert rescue_time.take(GOOD[table], store.connection)
    assert store.read(f"SELECT * FROM {table}") == [GOOD[table]]


@pytest.mark.parametrize(
    "values",
    [
        (1772406000, 1772492400, "yesterday", "Europe/Berlin", 0),
        (900, 300, "work", "filled", "hand"),
        (-300, 300, "work", "filled", "hand"),
        (1, "9:00", '{"spans":[[],[]]}', 7, 0),
        (1, '"9:00"', '{"spans":[[[1]],[]]}', 7, 0),
        ("d41d8cd98f00b204e9800998ecf8427e", 7),  # a call in its index
        ("2026-03-02T12:00:00.000Z", "d41d8cd98f00b204e9800998ecf8427e", 5),
        ("x", "2026-03-02", 30),
        ("a", "A", "", "a", 0, 0, 0, "[1]", 0, "", "[]"),
        ("g", "a", "perhaps", 7200, "day", "01234", "2026-03-02", ""),
    ],
)
def test_what_makes_no_sense_is_left(store: Store, values: tuple[Any, ...]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)), store.write():
        rescue_time.take(values, store.connection)


def test_other_shapes_are_for_others(store: Store) -> None:
    assert not rescue_time.take(("work", "filled", 300, 900), store.connection)  # the index of the sums
    assert not rescue_time.take((), store.connection)
    assert not rescue_time.take((None, 5), store.connection)


def test_of_two_spans_at_one_time_the_first_stays(store: Store) -> None:
    with store.write():
        rescue_time.take(GOOD["spans"], store.connection)
        with pytest.raises(Exception, match="same time"):
            rescue_time.take((600, 1200, "rest", "filled", "hand"), store.connection)
    assert len(TimeBook(store).spans(0, 9000)) == 1


def test_what_hung_on_a_lost_category_stands_by_itself(store: Store) -> None:
    with store.write():
        rescue_time.take(("b/c", "C", "b", "c", 0, 1, 0, "[]", 0, "", "[]"), store.connection)
        rescue_time.take(("d", "D", "", "d", 0, 0, 1, "[]", 0, "lost", "[]"), store.connection)
        rescue_time.mend(store.connection)
    assert [(one.id, one.parent, one.into) for one in TimeBook(store).categories()] == [
        ("b/c", "", ""),
        ("d", "", ""),
    ]
