"""The rows of the time audit that a damaged file still holds: told by their shape, checked, and taken over."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from companion.storage.texts import unpack
from companion.storage.timerows import MARKS, READ, unpacked


def take(values: Sequence[Any], run: sqlite3.Connection) -> bool:
    """Keeps a row if it is one of the time audit; False where it has none of their shapes.

    Raises ValueError, TypeError, KeyError or sqlite3.IntegrityError for one that makes no sense there.
    """
    found = _SHAPES.get(tuple(map(type, values)))
    if found is None:
        return False
    table, check = found
    check(values)
    run.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(values))})", tuple(values))
    return True


def mend(run: sqlite3.Connection) -> None:
    """Puts a category whose parent was lost at the top, and ends a merge into one that was lost."""
    for column in ("parent", "merged_into"):
        run.execute(
            f"UPDATE categories SET {column} = '' WHERE {column} <> '' "
            f"AND {column} NOT IN (SELECT id FROM categories)"
        )


def _day(values: Sequence[Any]) -> None:
    date.fromisoformat(values[2])


def _span(values: Sequence[Any]) -> None:
    if not 0 <= values[0] < values[1] < 1 << 33:
        raise ValueError("an instant that no span has")


def _undo(values: Sequence[Any]) -> None:
    if not isinstance(unpack(values[1]), str):
        raise ValueError("words are a text")
    unpacked(values[2])


def _mark(values: Sequence[Any]) -> None:
    if values[0] not in MARKS:  # an index of calls has the same shape
        raise ValueError("no mark of ours")


def _row(table: str) -> Callable[[Sequence[Any]], None]:
    def check(values: Sequence[Any]) -> None:
        READ[table](values)

    return check


_SHAPES: dict[tuple[type, ...], tuple[str, Callable[[Sequence[Any]], None]]] = {
    (int, int, str, str, int): ("time_days", _day),
    (int, int, str, str, str): ("spans", _span),
    (int, str, str, int, int): ("time_undo", _undo),
    (str, int): ("time_marks", _mark),
    (str, str, str, str, int, int, int, str, int, str, str): ("categories", _row("categories")),
    (str, str, str, int, str, str, str, str): ("goals", _row("goals")),
    (str, str, int): ("audits", _row("audits")),
    (str, int, str, str, str, int): ("decisions", _row("decisions")),
}
