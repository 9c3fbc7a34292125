"""What a day usually holds: the ghost of a usual day, last night as one gesture, the likeliest categories for a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from companion.core.days import SLOT, Day, wall
from companion.core.spans import HAND, PROPOSED, USUAL, Piece, Span, state_at

FEWEST = 2
"""A slot is usual when at least so many days had the same in it, and more than had anything else."""

Sample = tuple[Day, Sequence[Span]]
"""A day with the spans that touch it."""


def usual(
    samples: Iterable[Sample], day: Day, zone: tzinfo, zones: Sequence[tzinfo] | None = None
) -> list[Span]:
    """The usual blocks of a day, as proposals to accept one by one: what most of the sample days had at that time.

    ``samples`` are earlier days of the same kind (the last four of this weekday, or all working days), compared by the
    local clock, so that a change of the clock moves nothing; ``zones`` are the zones of the samples where they are not
    all ``zone``. A slot that most days left open stays open.
    """
    counts: dict[int, dict[str, int]] = {}
    total = 0
    for i, (sample, spans) in enumerate(samples):
        total += 1
        here = zones[i] if zones is not None else zone
        said: dict[int, str] = {}
        for span in spans:
            if span.state == PROPOSED:
                continue
            for slot in range(max(span.start, sample.start), min(span.end, sample.end), SLOT):
                said.setdefault(_clock(slot, here), span.category)
        for minute, category in said.items():
            at = counts.setdefault(minute, {})
            at[category] = at.get(category, 0) + 1
    found: list[Span] = []
    for slot in range(day.start, day.end, SLOT):
        category = _winner(counts.get(_clock(slot, zone), {}), total)
        if not category:
            continue
        if found and found[-1].end == slot and found[-1].category == category:
            found[-1] = found[-1]._replace(end=slot + SLOT)
        else:
            found.append(Span(slot, slot + SLOT, category, PROPOSED, USUAL))
    return found


def _clock(instant: int, zone: tzinfo) -> int:
    here = wall(instant, zone)
    return here.hour * 60 + here.minute


def _winner(counts: dict[str, int], total: int) -> str:
    """The category that most days had, empty where none was usual."""
    if not counts:
        return ""
    best = max(sorted(counts), key=lambda name: counts[name])
    others = [count for name, count in counts.items() if name != best] + [total - sum(counts.values())]
    return best if counts[best] >= FEWEST and counts[best] > max(others) else ""


def night(
    start: int, end: int, now: int, category: str, awake: Iterable[tuple[int, int]] = (), other: str = ""
) -> list[Span]:
    """“Last night” as spans to paint in one gesture: asleep from ``start`` to ``end``, of any length, but for the
    stretches awake in between, which are ``other`` (left out where that is empty). Naps are nights, too.

    ValueError where it ends before it begins, or a stretch awake is not within it.
    """
    if start >= end:
        raise ValueError("a night ends after it begins")
    state = state_at(end, now)
    found: list[Span] = []
    at = start
    for a, b in sorted(awake):
        if not at <= a < b <= end:
            raise ValueError("a time awake lies within the night")
        if at < a:
            found.append(Span(at, a, category, state, HAND))
        if other:
            found.append(Span(a, b, other, state, HAND))
        at = b
    if at < end:
        found.append(Span(at, end, category, state, HAND))
    return found


def likeliest(spans: Iterable[Span] | Iterable[Piece], minute: int, zone: tzinfo, most: int = 4) -> list[str]:
    """The categories to offer for a stretch that opens at ``minute`` of the day, the likeliest first.

    Each span of the last weeks counts by how near on the clock it is: those within the hour most. Hand in the last
    four weeks; ties go to what came last.
    """
    score: dict[str, float] = {}
    walk: Iterator[Span | Piece] = iter(spans)
    for order, span in enumerate(walk):
        middle = _clock((span[0] + span[1]) // 2, zone)
        away = min((middle - minute) % 1440, (minute - middle) % 1440)
        near = 4.0 if away <= 60 else 2.0 if away <= 180 else 0.5
        score[span[2]] = score.get(span[2], 0.0) + near + order * 1e-9
    return sorted(score, key=lambda name: -score[name])[:most]
