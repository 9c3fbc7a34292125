"""The words of the stress journal: what can be chosen, asked and read there, and the links between belief and feeling.

Each piece carries the id of its technique (techniques: ``abc.…``, ``reflect.…``). All of it is data, read from a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

TEXTS = (
    "disclaimer",
    "disclaimer_short",
    "scale_low",
    "scale_high",
    "accurate",
    "unsure",
    "helped",
    "solved",
    "own_words",
)
"""Names of the single texts; each is there."""


class Choice(NamedTuple):
    """Something to choose or to read: ``id`` is kept, ``name`` is shown, ``hint`` says a little more (or why ask)."""

    id: str
    name: str
    hint: str = ""
    technique: str = ""


class Belief(NamedTuple):
    """A kind of belief and the ids of the feelings it often leads to (abc.links)."""

    id: str
    name: str
    hint: str = ""
    technique: str = ""
    feelings: tuple[str, ...] = ()


class Exit(NamedTuple):
    """One thing to do when the belief is accurate, and the kind of action it makes (``stress.ACTIONS``)."""

    id: str
    name: str
    hint: str = ""
    technique: str = ""
    action: str = "other"


class Step(NamedTuple):
    """One step of the personal strategy (abc.strategy) with the questions that lead through it."""

    id: str
    name: str
    hint: str = ""
    technique: str = ""
    questions: tuple[str, ...] = ()


class Words(NamedTuple):
    """All words of the journal in one language."""

    model: tuple[Choice, ...] = ()
    """A, B and C (abc.model)."""
    feelings: tuple[Choice, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    events: tuple[Choice, ...] = ()
    """Kinds of event that a phone agent meets."""
    sources: tuple[Choice, ...] = ()
    """Sources of stress (abc.sources)."""
    questions: tuple[Choice, ...] = ()
    """The six questions (abc.challenge); the hint says why ask."""
    actions: tuple[Choice, ...] = ()
    """Kinds of action, one for each of ``stress.ACTIONS``."""
    exits: tuple[Exit, ...] = ()
    """What to do when the belief is accurate."""
    habits: tuple[Choice, ...] = ()
    """The eight habits (abc.prevent)."""
    selfcare: tuple[Choice, ...] = ()
    strategy: tuple[Step, ...] = ()
    reflect: tuple[Choice, ...] = ()
    """Gentle helps after a hard call (reflect.review, reflect.feedback, reflect.examples)."""
    texts: Mapping[str, str] = MappingProxyType({})
    """Single texts by name (see ``TEXTS``)."""

    def feelings_of(self, belief: str) -> tuple[Choice, ...]:
        """The feelings that a kind of belief often leads to; none for one's own words."""
        found = next((one for one in self.beliefs if one.id == belief), None)
        return tuple(one for one in self.feelings if found and one.id in found.feelings)

    def beliefs_of(self, feeling: str) -> tuple[Belief, ...]:
        """The kinds of belief that a feeling often comes from; none for one's own words."""
        return tuple(one for one in self.beliefs if feeling in one.feelings)

    def name(self, ident: str) -> str:
        """What is shown for a kept id of any choice; own words, and an id that is gone, are shown as they are."""
        return next((one.name for one in self.choices() if one.id == ident), ident)

    def choices(self) -> tuple[Choice | Belief | Exit | Step, ...]:
        """Every piece that has an id."""
        return (
            *self.model,
            *self.feelings,
            *self.beliefs,
            *self.events,
            *self.sources,
            *self.questions,
            *self.actions,
            *self.exits,
            *self.habits,
            *self.selfcare,
            *self.strategy,
            *self.reflect,
        )

    def techniques(self) -> frozenset[str]:
        """Every technique id that some piece carries."""
        return frozenset(one.technique for one in self.choices() if one.technique)
