"""What the tables of the time audit hold, as the core knows it, and back: each row checked as it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from companion.core.audit import Audit, Decision
from companion.core.audit import check as check_audit
from companion.core.categories import Category
from companion.core.goals import Goal
from companion.core.goals import check as check_goal
from companion.storage.texts import pack, unpack

SPAN = 'start, "end", category, state, source'
DAY = 'start, "end", day, zone, day_start'

PROPOSED_TO = "proposed"
MARKS = (PROPOSED_TO,)
"""Names of the instants in ``time_marks``: up to where calls and breaks have become proposals."""

Row = tuple[Any, ...]
"""The values of a row, the key first."""


class Decided(NamedTuple):
    """The decision that a run ended in: id of the run, what, the date from which it holds, when it was made."""

    audit: str
    decision: Decision
    since: str
    made_at: int


class Side(NamedTuple):
    """Rows of a table before a gesture, and after it."""

    before: tuple[Row, ...] = ()
    after: tuple[Row, ...] = ()


COLUMNS = {
    "categories": "id, name, parent, letter, colour, pattern, position, also, archived, merged_into, was",
    "goals": "id, category, kind, seconds, per, weekdays, since, until",
    "audits": "id, first, days",
    "decisions": "audit, seconds, source, target, since, made_at",
}
"""The tables whose rows are changed by gestures, all but spans; the first column is the key."""


def category_row(one: Category) -> Row:
    return (*one[:7], pack(list(one.also)), int(one.archived), one.into, pack([list(was) for was in one.was]))


def read_category(row: Sequence[Any]) -> Category:
    """Raises ValueError where it is none."""
    also, was = unpack(row[7]), unpack(row[10])
    if not _texts(also) or not (isinstance(was, list) and all(_texts(one) and len(one) == 2 for one in was)):
        raise ValueError("other words and earlier names are texts")
    ident, name, parent, letter, colour, pattern, position, _, archived, into, _ = row
    old = tuple((name, day) for name, day in was)
    return Category(
        ident, name, parent, letter, colour, pattern, position, tuple(also), bool(archived), into, old
    )


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def goal_row(goal: Goal) -> Row:
    return (*goal[:5], "".join(map(str, goal.weekdays)), goal.since, goal.until)


def read_goal(row: Sequence[Any]) -> Goal:
    """Raises ValueError where it is none."""
    ident, category, kind, seconds, per, weekdays, since, until = row
    goal = Goal(ident, category, kind, seconds, per, tuple(map(int, weekdays)), since, until)
    check_goal(goal)
    return goal


def read_audit(row: Sequence[Any]) -> Audit:
    """Raises ValueError where it is none."""
    audit = Audit(*row)
    check_audit(audit)
    return audit


def decision_row(one: Decided) -> Row:
    return (one.audit, *one.decision, one.since, one.made_at)


def read_decision(row: Sequence[Any]) -> Decided:
    return Decided(row[0], Decision(*row[1:4]), row[4], row[5])


READ: dict[str, Callable[[Sequence[Any]], Any]] = {
    "categories": read_category,
    "goals": read_goal,
    "audits": read_audit,
    "decisions": read_decision,
}


# ---- what an undo row holds

Document = dict[str, Side]
"""What a gesture did, by table: ``spans`` and those of ``COLUMNS``."""

_WIDTHS = {"spans": 5, **{table: columns.count(",") + 1 for table, columns in COLUMNS.items()}}


def packed(document: Document) -> str:
    return pack({table: [list(map(list, rows)) for rows in side] for table, side in document.items()})


def unpacked(text: str) -> Document:
    """Raises ValueError, TypeError or KeyError where it is none."""
    found: Document = {}
    document = unpack(text)
    if not isinstance(document, dict):
        raise ValueError("no document of a gesture")
    for table, (before, after) in document.items():
        width = _WIDTHS[table]
        side = Side(tuple(map(tuple, before)), tuple(map(tuple, after)))
        if any(len(row) != width for rows in side for row in rows):
            raise ValueError("a row of another table")
        if table == "spans":
            _check_spans(side)
        found[table] = side
    return found


def _check_spans(side: Side) -> None:
    for rows in side:
        last = None
        for start, end, *words in rows:
            if not (isinstance(start, int) and isinstance(end, int) and start < end):
                raise ValueError("a span without a length")
            if (last is not None and start < last) or not all(isinstance(word, str) for word in words):
                raise ValueError("spans that overlap")
            last = end
