"""The 75/25 split (open.share): the length a call is likely to have, its 75 % mark, and the true split afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from companion.core.calls import Call, Span, State

MARK = 0.75
"""Share of the conversation in which open questions belong (open.share)."""

ENOUGH = 8
"""Fewer finished calls than this say too little about the next one."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Of finished calls that lasted at least as long as this one has so far: how many, and their median in seconds.

    ``least`` is the shortest of them: until the call has lasted longer, the tail stays the same.
    """

    count: int
    median: float
    least: float = 0.0


EMPTY_TAIL = Tail(0, 0.0)


class Likely(NamedTuple):
    """Likely length in seconds of conversation; its basis (reason, all, setting) and how many calls that is."""

    seconds: float
    basis: str
    calls: int = 0

    @property
    def mark(self) -> float:
        """Seconds of conversation at which the 75 % mark stands."""
        return MARK * self.seconds


def tail_of(lengths: Sequence[float], at_least: float) -> Tail:
    """The tail of a list of lengths in seconds: the median of those that are at least ``at_least``."""
    kept = sorted(x for x in lengths if x >= at_least)
    if not kept:
        return EMPTY_TAIL
    half = len(kept) // 2
    median = kept[half] if len(kept) % 2 else (kept[half - 1] + kept[half]) / 2
    return Tail(len(kept), median, kept[0])


def likely(elapsed: float, same_reason: Tail, everyone: Tail, usual: float) -> Likely:
    """Likely length of a call after ``elapsed`` seconds of conversation; ``usual`` is the length in Settings.

    Falls back from calls with the same reason to all calls, then to the usual length and, once that is passed, to
    the time elapsed.
    """
    if same_reason.count >= ENOUGH:
        return Likely(same_reason.median, "reason", same_reason.count)
    if everyone.count >= ENOUGH:
        return Likely(everyone.median, "all", everyone.count)
    return Likely(max(usual, elapsed), "setting")


class TrueSplit(NamedTuple):
    """The exact split of a finished conversation, in whole seconds that add up.

    ``open_s + closed_s == total_s`` and ``before_s + after_s == total_s``; before and after are the two sides of the
    true 75 % point. ``closed_from_s`` is where the closed phase began, None if it never did.
    """

    total_s: int
    open_s: int
    closed_s: int
    before_s: int
    after_s: int
    closed_from_s: int | None
    open_before: int
    open_after: int
    closed_before: int
    closed_after: int
    upset: bool
    """Whether the caller was marked upset: closed questions were then allowed at any time (closed.control)."""


def conversation_at(spans: Sequence[Span], t: float) -> float:
    """Seconds of conversation (talk without hold) that lie before the instant ``t`` of the call's time line."""
    return sum(s.length(t) for s in spans if s.what == "talk")


def true_split(call: Call) -> TrueSplit:
    """The true split of a call whose conversation has ended (a live one is taken as ending at its last event)."""
    end = call.last_t if call.ended_t is None else call.ended_t
    total = conversation_at(call.spans, end)
    total_s = int(total + 0.5)
    began = next((t for phase, t in call.phases if phase == State.CLOSED), None)
    closed_from = None if began is None else min(int(conversation_at(call.spans, began) + 0.5), total_s)
    open_s = total_s if closed_from is None else closed_from
    before_s = int(MARK * total_s + 0.5)
    early = {"open": 0, "closed": 0}
    late = {"open": 0, "closed": 0}
    for a in call.asked:
        side = early if conversation_at(call.spans, a.t) < MARK * total else late
        side[a.kind] += 1
    return TrueSplit(
        total_s=total_s,
        open_s=open_s,
        closed_s=total_s - open_s,
        before_s=before_s,
        after_s=total_s - before_s,
        closed_from_s=closed_from,
        open_before=early["open"],
        open_after=late["open"],
        closed_before=early["closed"],
        closed_after=late["closed"],
        upset=bool(call.upsets),
    )
