"""The stress journal's things: checks, ABC entries and the actions in them, whole and as documents; no file, no clock.

A *check* is a number, a feeling, a line (ten seconds). An *entry* goes through event, beliefs and consequences
(abc.model). Both are an ``Entry``, so a check can be finished to an entry and keeps its id, its time and its numbers.
Any part may be empty; 0 is a value everywhere and None is none. Nothing is ever inferred from text. Moments are texts
as ``companion.clock.stamp`` writes them (UTC, ``2026-11-21T09:30:00.000Z``), the zone beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from types import MappingProxyType
from typing import NamedTuple
from uuid import uuid4

CHECK, ENTRY = "check", "entry"
KINDS = (CHECK, ENTRY)

ACTIONS = ("breathe", "break", "response", "talk", "escalate", "report", "other")
"""Kinds of action: breathing, a break put into the day, a sentence kept, a talk planned, the exits, own words."""

YES, NO = "yes", "no"
"""Answers to one of the six questions (abc.challenge); a question that is not in ``answers`` was skipped."""

UNNAMED, UNNAMED_BELIEF = "unnamed", "belief.unnamed"
"""The feeling, and the kind of belief, called "I can't name it"; always there."""

MOST = 10
"""Strength of stress, of a feeling, of help: 0 to 10, whole numbers."""

ASK_AFTER = timedelta(hours=2)
"""How long after an action without a date it is asked whether it helped."""

EXCERPT = 120
"""Characters of text that a list shows of an entry."""


class Feeling(NamedTuple):
    """A feeling: the id of a shipped one or own words, and its strength 0 to 10, None while not said."""

    name: str
    strength: int | None = None


class Action(NamedTuple):
    """Something decided on. ``due`` and ``made_at`` are moments; ``due`` is empty where no time was set.

    ``helped`` is 0 to 10, None while not said; ``asked`` tells that the question was answered or waved away.
    """

    id: str
    kind: str = "other"
    text: str = ""
    due: str = ""
    made_at: str = ""
    helped: int | None = None
    asked: bool = False


class Entry(NamedTuple):
    """A check or an entry. ``at`` is when it happened, as the user says; ``made_at`` when it was first written."""

    id: str
    kind: str
    at: str
    zone: str
    made_at: str
    changed_at: str
    before: int | None = None
    """Stress when it happened, 0 to 10."""
    after: int | None = None
    """Stress after thinking it over, on the same scale."""
    feelings: tuple[Feeling, ...] = ()
    line: str = ""
    """The optional line of a check."""
    event: str = ""
    event_kind: str = ""
    """Id of a shipped kind of event, or own words."""
    source: str = ""
    """Id of a source of stress (abc.sources), or own words."""
    belief: str = ""
    belief_kind: str = ""
    """Id of a shipped kind of belief (abc.links)."""
    did: str = ""
    """What the user did, the other half of the consequences."""
    answers: Mapping[str, str] = MappingProxyType({})
    """Id of a question (abc.challenge) → ``yes`` or ``no``."""
    balanced: str = ""
    accurate: bool = False
    """The exit: "my belief is accurate: what do I do about it?"."""
    call_id: str = ""
    """The call it belongs to, only where the user wants that link."""
    reason: str = ""
    """Reason for calling, id or own words, only with the link."""
    actions: tuple[Action, ...] = ()
    to_finish: bool = False


class Head(NamedTuple):
    """What lists and patterns need of an entry. ``actions`` have no text; ``excerpt`` is the beginning of the text."""

    id: str
    kind: str
    at: str
    zone: str
    before: int | None
    after: int | None
    to_finish: bool
    feelings: tuple[Feeling, ...]
    event_kind: str
    source: str
    belief_kind: str
    reason: str
    balanced: bool
    accurate: bool
    actions: tuple[Action, ...]
    excerpt: str


class Solved(NamedTuple):
    """What the user found at the same kind of event before: to be shown, dated, read-only."""

    entry_id: str
    at: str
    zone: str
    before: int | None
    after: int | None
    balanced: str
    did: str
    """What the user did then, in own words."""
    helped: tuple[Action, ...]
    """Actions that were said to have helped, best first, each with its number."""


def new_id() -> str:
    """An id for an entry or an action: 32 hexadecimal digits."""
    return uuid4().hex


def new_check(
    now: str,
    zone: str,
    before: int | None = None,
    feelings: tuple[Feeling, ...] = (),
    line: str = "",
    call_id: str = "",
    reason: str = "",
    to_finish: bool = False,
) -> Entry:
    """A check made now."""
    return Entry(
        new_id(),
        CHECK,
        now,
        zone,
        now,
        now,
        before=before,
        feelings=feelings,
        line=line,
        call_id=call_id,
        reason=reason,
        to_finish=to_finish,
    )


def new_entry(now: str, zone: str, call_id: str = "", reason: str = "") -> Entry:
    """An empty entry made now."""
    return Entry(new_id(), ENTRY, now, zone, now, now, call_id=call_id, reason=reason)


def new_action(kind: str, now: str, text: str = "", due: str = "") -> Action:
    """An action decided on now. Raises ValueError for a kind that there is not."""
    if kind not in ACTIONS:
        raise ValueError("no such kind of action")
    return Action(new_id(), kind, text, due, now)


def is_empty(entry: Entry) -> bool:
    """Whether nothing was said: such an entry is taken away again. What the program filled in does not count."""
    texts = (
        entry.line,
        entry.event,
        entry.event_kind,
        entry.source,
        entry.belief,
        entry.belief_kind,
        entry.did,
        entry.balanced,
    )
    said = any(text.strip() for text in texts) or entry.before is not None or entry.after is not None
    return not (said or entry.feelings or entry.answers or entry.actions or entry.accurate)


def head_of(entry: Entry) -> Head:
    """What lists and patterns need of an entry."""
    words = entry.event or entry.line or entry.belief or entry.did or entry.balanced
    return Head(
        entry.id,
        entry.kind,
        entry.at,
        entry.zone,
        entry.before,
        entry.after,
        entry.to_finish,
        entry.feelings,
        entry.event_kind,
        entry.source,
        entry.belief_kind,
        entry.reason,
        bool(entry.balanced.strip()),
        entry.accurate,
        tuple(action._replace(text="") for action in entry.actions),
        " ".join(words[: 4 * EXCERPT].split())[:EXCERPT],
    )


def solved_of(entry: Entry) -> Solved:
    """What an entry has to tell at the next event of its kind."""
    helped = [action for action in entry.actions if action.helped]
    helped.sort(key=lambda action: -(action.helped or 0))
    return Solved(
        entry.id,
        entry.at,
        entry.zone,
        entry.before,
        entry.after,
        entry.balanced.strip(),
        entry.did.strip(),
        tuple(helped),
    )


def is_solved(head: Head) -> bool:
    """Whether there is something to learn from: a balanced sentence, or an action that helped at all."""
    return head.balanced or any(action.helped for action in head.actions)


def is_due(action: Action, now: str) -> bool:
    """Whether it is time to ask if an action helped: its date is past, or without one, two hours are."""
    if action.asked or action.helped is not None:
        return False
    if action.due:
        return action.due <= now
    return bool(action.made_at) and moment(action.made_at) + ASK_AFTER <= moment(now)


def may_offer_check(now: str, last: str, interval_min: int) -> bool:
    """Whether a check may be offered: never twice within ``interval_min`` minutes; ``last`` is empty before the first.

    ``last`` is the later of the last offer and the last check. One that lies further ahead than the interval was told
    by a clock that was wrong, and does not silence the offer for good.
    """
    if not last:
        return True
    try:
        between = moment(now) - moment(last)
    except ValueError:
        return True
    return abs(between) >= timedelta(minutes=interval_min)


# -- moments


def moment(text: str) -> datetime:
    """The moment that a stamp tells. Raises ValueError, without the text, on anything else."""
    if isinstance(text, str) and _STAMP.fullmatch(text):  # only this one way of writing it sorts by time
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError("not a moment")


_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def local(at: str, zone: str) -> datetime:
    """A stamp as the local time where it was made; in UTC where the zone is not known. Raises ValueError."""
    found = moment(at)
    try:
        return found.astimezone(_zone(zone))
    except OverflowError:  # the first and the last day that there are
        return found


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a name that is none, not there, or a folder
        pass
    try:
        # A computer without a named zone keeps its offset, such as +01:00.
        offset = datetime.fromisoformat(f"2000-01-01T00:00{name}").utcoffset()
    except ValueError:
        offset = None
    return UTC if offset is None else timezone(offset)
