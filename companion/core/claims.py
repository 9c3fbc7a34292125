"""Time that something else claims: calls and breaks that fill slots by themselves, and spans that are imported."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from companion.core.days import SLOT, nearest
from companion.core.spans import PROPOSED, Change, Piece, Span, fill, gaps


class Clash(NamedTuple):
    """Time claimed twice, from ``start`` to ``end``: by ``new`` and by ``old``, kept already or earlier in the list."""

    new: Span
    old: Span
    start: int
    end: int


class Rounded(NamedTuple):
    """Spans brought to the grid: how many ends moved, by at most how many seconds, and which fell below half a slot."""

    spans: tuple[Span, ...]
    moved: int
    most: int
    lost: tuple[Span, ...]


# ---- calls and breaks that fill slots by themselves


def to_slots(claims: Iterable[Piece], origin: int = 0) -> list[Piece]:
    """Stretches of time brought to slots: a slot goes to what filled most of it, be it nothing; equals joined.

    On a tie something goes before nothing, and what came first in the slot before the other. ``origin`` is the
    start of any slot.
    """
    per_slot: dict[int, list[Piece]] = {}
    for start, end, category in sorted(claims):
        for slot in range(origin + (start - origin) // SLOT * SLOT, end, SLOT):
            part = (max(start, slot), min(end, slot + SLOT), category)
            if part[0] < part[1]:
                per_slot.setdefault(slot, []).append(part)
    found: list[Piece] = []
    for slot, parts in sorted(per_slot.items()):
        sums: dict[str, int] = {}
        for start, end, category in parts:
            sums[category] = sums.get(category, 0) + end - start
        winner = max(sums, key=lambda name: sums[name])  # the first of equals: in order of time
        idle = sum(b - a for a, b in gaps(parts, slot, slot + SLOT))
        if sums[winner] < idle:
            continue
        if found and found[-1][1:] == (slot, winner):
            found[-1] = (found[-1][0], slot + SLOT, winner)
        else:
            found.append((slot, slot + SLOT, winner))
    return found


def propose(
    spans: Sequence[Span], claims: Iterable[Piece], source: str, *, origin: int = 0, state: str = PROPOSED
) -> Change:
    """Propose what calls or breaks filled, where nothing is yet; ``state`` confirmed where it is always accepted."""
    return fill(spans, [Span(*piece, state, source) for piece in to_slots(claims, origin)])


# ---- the grid, and what comes from outside


def to_grid(spans: Iterable[Span], origin: int = 0) -> Rounded:
    """Bring imported spans to the grid, and say what that changed. Spans that did not overlap do not afterwards."""
    found, lost = [], []
    moved = most = 0
    for span in spans:
        start, end = nearest(span.start, origin), nearest(span.end, origin)
        for shift in (abs(start - span.start), abs(end - span.end)):
            moved += shift > 0
            most = max(most, shift)
        if start < end:
            found.append(span._replace(start=start, end=end))
        else:
            lost.append(span)
    return Rounded(tuple(found), moved, most, tuple(lost))


def clashes(spans: Sequence[Span], new: Iterable[Span]) -> list[Clash]:
    """The time that new spans claim twice, among themselves or with what is there (in order)."""
    found: list[Clash] = []
    ends = [span.end for span in spans]
    open_now: list[Span] = []
    for span in sorted(new):
        open_now = [other for other in open_now if other.end > span.start]
        i = bisect_right(ends, span.start)
        there = []
        while i < len(spans) and spans[i].start < span.end:
            there.append(spans[i])
            i += 1
        for old in [*there, *open_now]:
            found.append(Clash(span, old, max(span.start, old.start), min(span.end, old.end)))
        open_now.append(span)
    return found
