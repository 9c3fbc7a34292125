"""The playbook: what to say and ask in each part of a call, read from text files and checked.

One TOML file is one guide (a phase, a detour or a set of cards); reasons, outcomes and spelling alphabets
have files of their own. Everything is plain data: text that looks like HTML or a command is just text.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from companion.core.playbook_check import (
    PlaybookError,
    Problem,
    Reader,
    Row,
    a_text,
    a_time,
    an_id,
    one_of,
    some_ids,
)
from companion.core.spelling import Alphabet

__all__ = [
    "FILES",
    "GUIDES",
    "Card",
    "Field",
    "Guide",
    "Line",
    "Outcome",
    "PlaybookError",
    "Problem",
    "Question",
    "Reason",
    "Salutation",
    "Step",
    "parse_alphabets",
    "parse_file",
    "parse_guide",
    "parse_outcomes",
    "parse_reasons",
    "salutation",
]

GUIDES = (
    "greeting",
    "open",
    "closed",
    "close",
    "hold",
    "transfer",
    "message",
    "upset",
    "badnews",
    "cantdo",
    "ready",
    "wrapup",
    "cards",
)
"""The guides, by key; a guide's file is called ``<key>.toml`` and its ids begin with ``<key>.``."""

FILES = (*GUIDES, "reasons", "outcomes", "spelling")
"""Every file of a playbook, without its ending."""

FIELD_KINDS = ("name", "email", "number", "address", "order", "text")
MAX_TEXT = 80
"""Longest prompt or question in characters: more than that is no longer read at a glance."""
MAX_SAY = 120
"""Longest line of words to say, in characters."""
MAX_NAME = 29
"""Longest name of a reason or an outcome, in characters."""
MAX_OUTCOMES = 9
"""Outcomes are chosen by the digit keys 1 to 9."""


class Line(NamedTuple):
    """A prompt: ``text`` tells the agent what to do, ``say`` holds words to say aloud, or nothing."""

    id: str
    technique: str
    text: str
    say: str = ""
    group: str = ""


class Question(NamedTuple):
    """A question to ask, ``kind`` open or closed; ``reasons`` are reason ids, none means any reason."""

    id: str
    technique: str
    text: str
    kind: str
    reasons: tuple[str, ...] = ()


class Field(NamedTuple):
    """Something to gather: its label, the words that ask for it, and its kind (one of ``FIELD_KINDS``)."""

    id: str
    technique: str
    label: str
    ask: str
    kind: str


class Step(NamedTuple):
    """One step of a checklist; steps with the same ``group`` belong to one list."""

    id: str
    technique: str
    text: str
    say: str = ""
    group: str = ""


class Card(NamedTuple):
    """A technique as a card: what it is called, when it helps, how it goes, an example. Plain text."""

    id: str
    technique: str
    title: str
    when: str
    how: str
    example: str


class Salutation(NamedTuple):
    """A salutation and the minute of the local day (0 to 1439) from which it holds, until the next begins."""

    minute: int
    text: str


class Reason(NamedTuple):
    """A reason for calling; ``id`` is stable, ``name`` is shown."""

    id: str
    name: str


class Outcome(NamedTuple):
    """An outcome of a call and the digit key, 1 to 9, that chooses it."""

    id: str
    name: str
    key: int


class Guide(NamedTuple):
    """All that one part of a call shows. ``extras`` maps a name to texts (emotions, patterns …).

    ``groups`` maps a group to its title, in the order in which groups are offered; ``first`` is the nameless one.
    """

    key: str
    title: str
    prompts: tuple[Line, ...] = ()
    questions: tuple[Question, ...] = ()
    fields: tuple[Field, ...] = ()
    steps: tuple[Step, ...] = ()
    listen: tuple[Line, ...] = ()
    tips: tuple[Line, ...] = ()
    cards: tuple[Card, ...] = ()
    nudges: tuple[Line, ...] = ()
    share: str = ""
    salutations: tuple[Salutation, ...] = ()
    extras: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    groups: Mapping[str, str] = MappingProxyType({})

    def questions_for(self, reason: str = "") -> tuple[Question, ...]:
        """The deck for a reason id: its own questions first, then those for any reason; in file order."""
        own = tuple(q for q in self.questions if reason and reason in q.reasons)
        return own + tuple(q for q in self.questions if not q.reasons)

    def steps_in(self, group: str) -> tuple[Step, ...]:
        """The steps of one checklist."""
        return tuple(step for step in self.steps if step.group == group)

    def techniques(self) -> frozenset[str]:
        """Every technique id that some piece of this guide carries."""
        pieces = (
            self.prompts,
            self.questions,
            self.fields,
            self.steps,
            self.listen,
            self.tips,
            self.cards,
            self.nudges,
        )
        return frozenset(piece.technique for group in pieces for piece in group if piece.technique)


_LINE: Row = {
    "id": an_id(),
    "technique": an_id(required=False, own=False),
    "text": a_text(MAX_TEXT),
    "say": a_text(MAX_SAY, required=False),
    "group": an_id(required=False, own=False),
}
_TABLES: dict[str, Row] = {
    "prompt": _LINE,
    "listen": _LINE,
    "tip": _LINE,
    "nudge": _LINE,
    "step": _LINE,
    "question": {
        "id": an_id(),
        "technique": an_id(required=False, own=False),
        "text": a_text(MAX_TEXT),
        "kind": one_of(("open", "closed")),
        "reasons": some_ids(),
    },
    "field": {
        "id": an_id(),
        "technique": an_id(required=False, own=False),
        "label": a_text(MAX_NAME, fill=False),
        "ask": a_text(MAX_TEXT),
        "kind": one_of(FIELD_KINDS),
    },
    "card": {
        "id": an_id(),
        "technique": an_id(required=False, own=False),
        "title": a_text(60, fill=False),
        "when": a_text(200, fill=False),
        "how": a_text(900, fill=False, lines=True),
        "example": a_text(500, fill=False, lines=True),
    },
    "salutation": {"from": a_time(), "text": a_text(40, fill=False)},
}


def parse_guide(text: str, filename: str) -> Guide:
    """The guide in ``text``; its key is ``filename`` without folder and ending.

    Raises PlaybookError with every problem found, each with its line, when anything is wrong.
    """
    reader = Reader(text, filename)
    key = reader.stem
    if key not in GUIDES:
        reader.refuse_name(FILES)
    title = reader.text("title", a_text(40, fill=False))
    share = reader.text("share", a_text(MAX_TEXT, required=False))
    rows = {table: reader.rows(table, row, prefix=f"{key}.") for table, row in _TABLES.items()}
    extras = reader.lists("extras", a_text(MAX_SAY))
    groups = reader.lists("groups", a_text(MAX_NAME, fill=False))
    reader.refuse_unknown(("title", "share", "extras", "groups", *_TABLES))
    if not any(rows.values()):
        reader.problem(
            1, "nothing to show in this file", "add at least one [[prompt]], or take the file away"
        )
    times = [row["from"] for row in rows["salutation"]]
    for number, time in enumerate(times):
        if time in times[:number]:
            line = reader.line("salutation", number, "from")
            reader.problem(line, "two salutations begin at the same time", "give each its own time")
    if key == "greeting" and not rows["salutation"]:
        mend = (
            'add [[salutation]] with from = "00:00" and a text; more of them with later times divide the day'
        )
        reader.problem(1, "no salutation: the greeting would have a gap at every hour", mend)
    reader.finish()
    salutations = [Salutation(row["from"], row["text"]) for row in rows["salutation"]]
    return Guide(
        key=key,
        title=title,
        share=share,
        prompts=tuple(Line(**row) for row in rows["prompt"]),
        listen=tuple(Line(**row) for row in rows["listen"]),
        tips=tuple(Line(**row) for row in rows["tip"]),
        nudges=tuple(Line(**row) for row in rows["nudge"]),
        steps=tuple(Step(**row) for row in rows["step"]),
        questions=tuple(Question(**row) for row in rows["question"]),
        fields=tuple(Field(**row) for row in rows["field"]),
        cards=tuple(Card(**row) for row in rows["card"]),
        salutations=tuple(sorted(salutations, key=lambda entry: entry.minute)),
        extras=MappingProxyType(extras),
        groups=MappingProxyType({name: " ".join(title) for name, title in groups.items()}),
    )


def _parse_named(text: str, filename: str, table: str, most: int) -> tuple[tuple[str, str], ...]:
    """Rows of id and name, in the order of the file."""
    reader = Reader(text, filename)
    rows = reader.rows(table, {"id": an_id(own=False), "name": a_text(MAX_NAME, fill=False)})
    reader.refuse_unknown((table,))
    if not rows:
        reader.problem(1, f"no {table} in this file", f"add at least one [[{table}]] with an id and a name")
    if len(rows) > most:
        reader.problem(reader.line(table, most), f"more than {most} of [[{table}]]", "take some away")
    names = [row["name"].casefold() for row in rows]
    for number, name in enumerate(names):
        if name and name in names[:number]:
            reader.problem(
                reader.line(table, number, "name"), "the same name twice", "give each its own name"
            )
    reader.finish()
    return tuple((row["id"], row["name"]) for row in rows)


def parse_reasons(text: str, filename: str = "reasons.toml") -> tuple[Reason, ...]:
    """The reasons for calling, in the order of the file. Raises PlaybookError."""
    return tuple(Reason(ident, name) for ident, name in _parse_named(text, filename, "reason", 40))


def parse_outcomes(text: str, filename: str = "outcomes.toml") -> tuple[Outcome, ...]:
    """The outcomes; the first has key 1. Raises PlaybookError, also for more than nine."""
    rows = _parse_named(text, filename, "outcome", MAX_OUTCOMES)
    return tuple(Outcome(ident, name, number) for number, (ident, name) in enumerate(rows, 1))


def parse_alphabets(text: str, filename: str = "spelling.toml") -> Mapping[str, Alphabet]:
    """The spelling alphabets by id. Raises PlaybookError, also where a letter from A to Z has no word."""
    reader = Reader(text, filename)
    row: Row = {
        "id": an_id(own=False),
        "name": a_text(MAX_NAME, fill=False),
        "accent": a_text(40, fill=False),
    }
    rows = reader.rows("alphabet", row, extra=("letters", "signs"))
    alphabets: dict[str, Alphabet] = {}
    for number, values in enumerate(rows):
        letters = reader.mapping("alphabet", number, "letters", a_text(40, fill=False))
        signs = reader.mapping("alphabet", number, "signs", a_text(40, fill=False))
        missing = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in letters]
        if missing:
            mend = "add one for each under letters"
            reader.problem(reader.line("alphabet", number), f"no word for {', '.join(missing)}", mend)
        alphabets[values["id"]] = Alphabet(
            values["id"], values["name"], values["accent"], MappingProxyType(letters), MappingProxyType(signs)
        )
    reader.refuse_unknown(("alphabet",))
    if not rows:
        reader.problem(1, "no alphabet in this file", "add at least one [[alphabet]]")
    reader.finish()
    return MappingProxyType(alphabets)


def parse_file(text: str, filename: str) -> object:
    """What the file of this name holds: a guide, reasons, outcomes or alphabets. Raises PlaybookError."""
    parsers: dict[str, Callable[[str, str], object]] = {
        "reasons": parse_reasons,
        "outcomes": parse_outcomes,
        "spelling": parse_alphabets,
    }
    stem = Reader.stem_of(filename)
    return parsers.get(stem, parse_guide)(text, filename)


def salutation(salutations: tuple[Salutation, ...], hour: int, minute: int = 0) -> str:
    """The salutation for a local time (rule ``greeting.parts``).

    Each holds from its own time until the next begins, the last one past midnight until the first: the day
    has no gap. Without any the answer is empty.
    """
    now = hour * 60 + minute
    begun = [entry for entry in salutations if entry.minute <= now]
    entries = begun or list(salutations)
    return max(entries, key=lambda entry: entry.minute).text if entries else ""
