"""Checks and entries as plain documents (what JSON knows) and back: strict, so that nothing foreign passes as an entry.

No message holds a word of a document: it may end where others read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from companion.core.stress import ACTIONS, KINDS, MOST, NO, YES, Action, Entry, Feeling, Head, moment

LONGEST_ID = 64
"""Characters of an id; of a time zone's name, too."""


def to_document(entry: Entry) -> dict[str, Any]:
    """An entry as a document; ``from_document`` makes the same entry of it."""
    return {
        **entry._asdict(),
        "feelings": [list(feeling) for feeling in entry.feelings],
        "answers": dict(entry.answers),
        "actions": [action._asdict() for action in entry.actions],
    }


def from_document(document: object) -> Entry:
    """The entry that a document tells. Raises ValueError, without a word of it, on anything that is none.

    A part that is left out is empty; one that is not known is an error, since keeping the entry would lose it.
    """
    values = _mapping(document)
    _only(values, _RULES)
    if any(name not in values for name in ("id", "kind", "at", "zone", "made_at", "changed_at")):
        raise ValueError("an entry without its name or time")
    return Entry(**{name: _RULES[name](value) for name, value in values.items()})


def head_document(head: Head) -> dict[str, Any]:
    """What lists need, as a small document: what is empty is left out, 0 is not."""
    document = head._asdict()
    document["feelings"] = [list(feeling) for feeling in head.feelings]
    document["actions"] = [[a.id, a.kind, a.due, a.made_at, a.helped, a.asked] for a in head.actions]
    return {name: value for name, value in document.items() if value or (value == 0 and value is not False)}


def head_from(ident: str, document: object) -> Head:
    """The head that ``head_document`` made a document of. Raises ValueError without a word of it."""
    values = _mapping(document)
    _only(values, _HEAD_RULES)
    if "kind" not in values or "at" not in values or values.get("id", ident) != ident:
        raise ValueError("a head without its name or time")
    made = dict(_NOTHING)
    for name, value in values.items():
        made[name] = _HEAD_RULES[name](value)
    made["id"] = ident
    return Head(**made)


def _only(values: Mapping[str, Any], rules: Mapping[str, object]) -> None:
    if not values.keys() <= rules.keys():
        raise ValueError("a part that is not known")


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise ValueError("not a document")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def _scale(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise ValueError("not a strength")
    return value


def _ident(value: object) -> str:
    text = _text(value)
    if not 0 < len(text) <= LONGEST_ID:
        raise ValueError("not an id")
    return text


def _moment(value: object) -> str:
    text = _text(value)
    moment(text)
    return text


def _moment_or_none(value: object) -> str:
    return _moment(value) if value != "" else ""


def _one_of(words: tuple[str, ...]) -> Callable[[object], str]:
    def chosen(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError("not one of the kinds")
        return value

    return chosen


def _feelings(value: object) -> tuple[Feeling, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return tuple(_feeling(item) for item in value)


def _feeling(value: object) -> Feeling:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("not a feeling")
    name, strength = value
    if not _text(name).strip():
        raise ValueError("a feeling without a name")
    return Feeling(name, _scale(strength))


def _answers(value: object) -> dict[str, str]:
    answers = _mapping(value)
    return {_ident(key): _ANSWER(answer) for key, answer in answers.items()}


def _actions(value: object) -> tuple[Action, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return tuple(_action(item) for item in value)


def _action(value: object) -> Action:
    values = _mapping(value)
    _only(values, _ACTION_RULES)
    if "id" not in values:
        raise ValueError("an action without its id")
    return Action(**{name: _ACTION_RULES[name](part) for name, part in values.items()})


def _head_actions(value: object) -> tuple[Action, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return tuple(map(_head_action, value))


def _head_action(value: object) -> Action:
    if not isinstance(value, list) or len(value) != 6:
        raise ValueError("not an action")
    ident, kind, due, made_at, helped, asked = value
    return Action(
        _ident(ident),
        _ACTION(kind),
        "",
        _moment_or_none(due),
        _moment_or_none(made_at),
        _scale(helped),
        _flag(asked),
    )


_KIND, _ACTION, _ANSWER = _one_of(KINDS), _one_of(ACTIONS), _one_of((YES, NO))

_RULES: dict[str, Callable[[object], Any]] = {
    "id": _ident,
    "kind": _KIND,
    "at": _moment,
    "zone": _text,
    "made_at": _moment,
    "changed_at": _moment,
    "before": _scale,
    "after": _scale,
    "feelings": _feelings,
    "line": _text,
    "event": _text,
    "event_kind": _text,
    "source": _text,
    "belief": _text,
    "belief_kind": _text,
    "did": _text,
    "answers": _answers,
    "balanced": _text,
    "accurate": _flag,
    "call_id": _text,
    "reason": _text,
    "actions": _actions,
    "to_finish": _flag,
}
_ACTION_RULES: dict[str, Callable[[object], Any]] = {
    "id": _ident,
    "kind": _ACTION,
    "text": _text,
    "due": _moment_or_none,
    "made_at": _moment_or_none,
    "helped": _scale,
    "asked": _flag,
}
_HEAD_RULES: dict[str, Callable[[object], Any]] = {
    **{name: _RULES[name] for name in Head._fields if name in _RULES},
    "balanced": _flag,
    "actions": _head_actions,
    "excerpt": _text,
}
_NOTHING: dict[str, Any] = {
    "id": "",
    "kind": "",
    "at": "",
    "zone": "",
    "before": None,
    "after": None,
    "to_finish": False,
    "feelings": (),
    "event_kind": "",
    "source": "",
    "belief_kind": "",
    "reason": "",
    "balanced": False,
    "accurate": False,
    "actions": (),
    "excerpt": "",
}
