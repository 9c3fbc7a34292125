"""The words of the stress journal on disk: read when first needed, each mistake told with its line and its mending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from companion.core.playbook_check import (
    MAX_FILE,
    PlaybookError,
    Problem,
    Reader,
    Row,
    a_text,
    an_id,
    one_of,
    some_ids,
)
from companion.core.stress import ACTIONS, UNNAMED, UNNAMED_BELIEF
from companion.core.stress_words import TEXTS, Belief, Choice, Exit, Step, Words
from companion.resources import resource

__all__ = ["QUESTIONS", "Belief", "Choice", "Exit", "Step", "Words", "load", "parse", "words"]

QUESTIONS = ("logical", "evidence", "size", "expectations", "personal", "blame")
"""Ids of the six questions (abc.challenge), in their order. To each, yes speaks for the belief and no against it."""

HABITS = 8
"""How many habits there are (abc.prevent)."""

STEPS = 4
"""How many steps the strategy has (abc.strategy)."""

_CHOICE: Row = {
    "id": an_id(own=False),
    "technique": an_id(required=False, own=False),
    "name": a_text(80, fill=False),
    "hint": a_text(200, required=False, fill=False),
}
_TABLES: dict[str, Row] = {
    "model": _CHOICE,
    "feeling": _CHOICE,
    "belief": {**_CHOICE, "feelings": some_ids()},
    "event": _CHOICE,
    "source": _CHOICE,
    "question": _CHOICE,
    "action": _CHOICE,
    "exit": {**_CHOICE, "action": one_of(ACTIONS)},
    "habit": _CHOICE,
    "selfcare": _CHOICE,
    "strategy": {**_CHOICE, "ask": a_text(600, fill=False, lines=True)},
    "reflect": _CHOICE,
}


@cache
def words(language: str = "en") -> Words:
    """The shipped words of a language. Raises PlaybookError where the file is broken, which a test rules out."""
    return load(resource("journal", f"{language}.toml"))


def load(path: Path) -> Words:
    """The words in a file. Raises PlaybookError with every problem found, its line and how to mend it."""
    try:
        with path.open("rb") as file:
            text = file.read(MAX_FILE + 1).decode("utf-8")
    except OSError as error:
        what = f"cannot be read ({error.strerror or type(error).__name__})"
        raise PlaybookError(
            [Problem(path.name, 1, what, "see that the file is there and may be read")]
        ) from error
    except UnicodeDecodeError as error:
        raise PlaybookError([Problem(path.name, 1, "not UTF-8 text", "save the file as UTF-8")]) from error
    return parse(text, path.name)


def parse(text: str, filename: str) -> Words:
    """The words in a text. Raises PlaybookError with every problem found, each with its line."""
    reader = Reader(text, filename)
    rows = {table: reader.rows(table, row) for table, row in _TABLES.items()}
    texts = reader.lists("texts", a_text(500, fill=False))
    reader.refuse_unknown(("texts", *_TABLES))
    for name in TEXTS:
        if len(texts.get(name, ())) != 1:
            reader.problem(("texts", 0, name), f"one text {name} is needed", f'add a line {name} = "…"')
    for name in texts:
        if name not in TEXTS:
            reader.problem(("texts", 0, name), f"unknown text {name[:40]}", "take it away")
    _check(reader, rows)
    reader.finish()
    return Words(
        model=_choices(rows["model"]),
        feelings=_choices(rows["feeling"]),
        beliefs=tuple(Belief(*_four(row), row["feelings"]) for row in rows["belief"]),
        events=_choices(rows["event"]),
        sources=_choices(rows["source"]),
        questions=_choices(rows["question"]),
        actions=_choices(rows["action"]),
        exits=tuple(Exit(*_four(row), row["action"]) for row in rows["exit"]),
        habits=_choices(rows["habit"]),
        selfcare=_choices(rows["selfcare"]),
        strategy=tuple(Step(*_four(row), _lines(row["ask"])) for row in rows["strategy"]),
        reflect=_choices(rows["reflect"]),
        texts={name: lines[0] for name, lines in texts.items()},
    )


def _four(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return row["id"], row["name"], row["hint"], row["technique"]


def _choices(rows: Iterable[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(*_four(row)) for row in rows)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _check(reader: Reader, rows: dict[str, list[dict[str, Any]]]) -> None:
    """What has to be there, and what has to fit together."""
    ids = {table: [row["id"] for row in rows[table]] for table in rows}
    for table in rows:
        if not rows[table]:
            reader.problem(1, f"there is no [[{table}]]", f"add at least one [[{table}]]")
    _need(reader, "feeling", ids["feeling"], (UNNAMED,))
    _need(reader, "belief", ids["belief"], (UNNAMED_BELIEF,))
    _need(reader, "question", ids["question"], QUESTIONS, only=True)
    _need(reader, "action", ids["action"], ACTIONS, only=True)
    for table, count in (("habit", HABITS), ("strategy", STEPS), ("model", 3)):
        if rows[table] and len(rows[table]) != count:
            mend = f"make it {count} times [[{table}]]"
            reader.problem((table, 0, ""), f"{len(rows[table])} entries of {table}", mend)
    for number, belief in enumerate(rows["belief"]):
        for feeling in belief["feelings"]:
            if feeling not in ids["feeling"]:
                mend = "name the id of a [[feeling]], or add one"
                reader.problem(("belief", number, "feelings"), f"there is no feeling {feeling[:40]}", mend)


def _need(
    reader: Reader, table: str, found: Sequence[str], wanted: Sequence[str], *, only: bool = False
) -> None:
    for ident in wanted:
        if ident not in found:
            reader.problem((table, 0, ""), f"the {table} {ident} is missing", f"add [[{table}]] with this id")
    for number, ident in enumerate(found):
        if only and ident not in wanted:
            mend = f"take it away; there are {', '.join(wanted)}"
            reader.problem((table, number, "id"), f"no {table} is called {ident[:40]}", mend)
