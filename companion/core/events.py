"""The words a call's log is written in: states, events, spans of time, and the edit of a text."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple


class State(StrEnum):
    """Where a call stands. The four phases of the conversation are states of a live call."""

    RINGING = "ringing"
    GREETING = "greeting"
    OPEN = "open"
    CLOSED = "closed"
    CLOSE = "close"
    WRAPUP = "wrapup"
    DONE = "done"
    MISSED = "missed"
    DISCARDED = "discarded"


PHASES = (State.GREETING, State.OPEN, State.CLOSED, State.CLOSE)
"""The phases of a conversation in their natural order; each may be entered from each other."""

DETOURS = ("hold", "transfer", "message", "upset", "badnews", "cantdo", "ready")
"""Guides that can be laid over the phase; the phase itself is kept."""

TEXT_FIELDS_PREFIXES = (
    "name",
    "number",
    "notes",
    "brief",
    "promise.",
    "closed.",
    "transfer.",
    "message.",
    "upset.",
    "wrapup.",
)
"""Fields of free text: typed into, kept as edits. A name ending with a dot is a family: the ids of a guide's fields."""

CHOICE_FIELDS = ("reason", "outcome", "stress", "promise.by", "promise.how")
"""Fields set as a whole, to one value or to None."""


class MoveError(ValueError):
    """A move that the call's state does not allow. The message is one plain sentence for the user."""


class Event(NamedTuple):
    """One thing that happened in a call.

    ``t`` is seconds on the call's own time line and never falls; ``at`` is the wall time in UTC (ISO 8601, with
    ``Z``) and ``zone`` the time zone it was seen in; ``data`` depends on ``kind``.
    """

    kind: str
    t: float
    at: str
    zone: str
    data: Mapping[str, Any] = MappingProxyType({})


class Span(NamedTuple):
    """A stretch of the call's time line in one activity (``talk``, ``hold`` or ``wrapup``); open while end is None."""

    what: str
    start: float
    end: float | None = None

    def length(self, t: float) -> float:
        """Seconds of the span up to ``t``."""
        return max(0.0, (t if self.end is None else min(self.end, t)) - self.start)


class Asked(NamedTuple):
    """A question asked: ``id`` of the playbook's question (empty when only counted), its kind, its words and when."""

    id: str
    kind: str
    text: str
    t: float


def edit_between(name: str, old: str, new: str) -> dict[str, Any] | None:
    """The smallest single replacement that turns ``old`` into ``new`` as data of an ``edit`` event; None if equal.

    Positions count code points. A long note thus costs a few bytes a keystroke on disk and can be replayed.
    """
    if old == new:
        return None
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < shorter - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return {"field": name, "at": start, "cut": len(old) - start - tail, "put": new[start : len(new) - tail]}
