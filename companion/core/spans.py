"""What fills the time line: spans that never overlap, and the gestures that change them (``time.slots``).

A gesture is handed the spans there are (in order, at least all that touch what it changes) and gives a ``Change``:
spans to take away, spans to put in, words for undo. Storage applies it in one transaction and keeps it; its inverse is
the undo. Nothing here knows days: a night is one span over midnight, and sums cut it where a day ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from companion.core.days import SLOT, nearest

FILLED, CONFIRMED, PROPOSED = "filled", "confirmed", "proposed"
STATES = (FILLED, CONFIRMED, PROPOSED)
"""Filled in afterwards; recorded at the time, or a proposal accepted; a proposal not looked at yet."""

HAND, CALL, BREAK, IMPORT, USUAL = "hand", "call", "break", "import", "usual"
SOURCES = (HAND, CALL, BREAK, IMPORT, USUAL)

LATE = 3600
"""A span set down more than these seconds after its end counts as filled in afterwards."""


class Span(NamedTuple):
    """A stretch of time in one category: instants ``start`` < ``end``, half-open; ``category`` an id of the tree."""

    start: int
    end: int
    category: str
    state: str = FILLED
    source: str = HAND

    @property
    def length(self) -> int:
        """Seconds."""
        return self.end - self.start


class Change(NamedTuple):
    """What a gesture does to the spans; false when it does nothing. Both parts in order, none in both."""

    removed: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)


Piece = tuple[int, int, str]
"""Start, end, category: a span as plain figures, or any stretch of time that something claims."""


def state_at(end: int, now: int) -> str:
    """The state of a span that is set down ``now``: confirmed when it has just ended or still runs, else filled."""
    return CONFIRMED if now - end <= LATE else FILLED


# ---- changes


def apply(spans: Sequence[Span], change: Change) -> tuple[Span, ...]:
    """The spans after a change, in order. ValueError where it does not fit what is there."""
    kept = set(spans)
    if not kept.issuperset(change.removed):
        raise ValueError("the change does not fit these spans")
    kept.difference_update(change.removed)
    after = tuple(sorted([*kept, *change.added]))
    check(after)
    return after


def invert(change: Change) -> Change:
    """The change that takes a change back."""
    return Change(change.added, change.removed, change.words)


def check(spans: Sequence[Span]) -> None:
    """ValueError unless the spans are whole, in order, and do not overlap."""
    last = None
    for span in spans:
        if span.start >= span.end or (last is not None and span.start < last):
            raise ValueError("spans that are empty or overlap")
        last = span.end


def touching(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The spans that a change from ``start`` to ``end`` can cut or join."""
    return [span for span in spans if span.start <= end and span.end >= start]


def _change(before: Sequence[Span], after: Sequence[Span]) -> Change:
    old, new = set(before), set(after)
    removed = tuple(span for span in before if span not in new)
    return Change(removed, tuple(span for span in after if span not in old))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, neighbours that say the same made one."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if last and last.end == span.start and last[2:] == span[2:]:
            found[-1] = last._replace(end=span.end)
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], holes: Sequence[Span] | Sequence[tuple[int, int]]) -> list[Span]:
    """What is left of the spans outside the holes; both in order and without overlap within themselves."""
    found: list[Span] = []
    i = 0
    for span in spans:
        start = span.start
        while i < len(holes) and holes[i][1] <= start:
            i += 1
        j = i
        while j < len(holes) and holes[j][0] < span.end:
            if holes[j][0] > start:
                found.append(span._replace(start=start, end=holes[j][0]))
            start = holes[j][1]
            j += 1
        if start < span.end:
            found.append(span._replace(start=start))
    return found


# ---- gestures


def paint(spans: Sequence[Span], new: Span) -> Change:
    """Lay a span over what is there: it cuts that, and joins a neighbour that says the same."""
    return paint_all(spans, [new])


def paint_all(spans: Sequence[Span], new: Iterable[Span]) -> Change:
    """Lay several spans over what is there, in one gesture; where they overlap each other, the later one wins."""
    top: list[Span] = []
    for span in new:
        check([span])
        if not top or top[-1].end <= span.start:
            top.append(span)
        else:
            top = sorted([*without(top, [(span.start, span.end)]), span])
    if not top:
        return Change()
    before = touching(spans, top[0].start, max(span.end for span in top))
    return _change(before, joined([*without(before, top), *top]))


def fill(spans: Sequence[Span], new: Iterable[Span]) -> Change:
    """Lay spans only where nothing is; where they overlap each other, the earlier in the list wins."""
    top: list[Span] = []
    for span in new:
        check([span])
        if not top or top[-1].end <= span.start:
            top.append(span)
        else:
            top = sorted([*top, *without([span], top)])
    if not top:
        return Change()
    before = touching(spans, top[0].start, max(span.end for span in top))
    return _change(before, joined([*before, *without(top, before)]))


def erase(spans: Sequence[Span], start: int, end: int) -> Change:
    """Clear a stretch of time."""
    before = touching(spans, start, end)
    return _change(before, without(before, [(start, end)])) if start < end else Change()


def restate(spans: Sequence[Span], start: int, end: int, old: Iterable[str], new: str) -> Change:
    """Give the parts of the stretch that are in one of the states ``old`` the state ``new``."""
    from_states = frozenset(old)
    parts = [
        span._replace(start=max(start, span.start), end=min(end, span.end), state=new)
        for span in spans
        if span.state in from_states and span.start < end and span.end > start
    ]
    return paint_all(spans, parts)


def accept(spans: Sequence[Span], start: int, end: int) -> Change:
    """Accept the proposals in a stretch of time: they become confirmed."""
    return restate(spans, start, end, (PROPOSED,), CONFIRMED)


def dismiss(spans: Sequence[Span], start: int, end: int) -> Change:
    """Take the proposals in a stretch of time away; all else stays."""
    parts = [(span.start, span.end) for span in spans if span.state == PROPOSED]
    held = [(max(start, a), min(end, b)) for a, b in parts if a < end and b > start]
    before = touching(spans, start, end)
    return _change(before, without(before, held))


# ---- until now, like the one before, what is open


def gaps(spans: Iterable[Span] | Iterable[Piece], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between ``start`` and ``end`` in which nothing is; the spans in order."""
    found = []
    at = start
    for span in spans:
        if span[1] <= at:
            continue
        if span[0] >= end:
            break
        if span[0] > at:
            found.append((at, span[0]))
        at = span[1]
    if at < end:
        found.append((at, end))
    return found


def open_since(spans: Iterable[Span], now: int, floor: int) -> int:
    """Where the user's own record ends: the end of the last span before ``now`` that is no proposal, or ``floor``."""
    ends = (span.end for span in spans if span.start < now and span.state != PROPOSED)
    return max(floor, max(ends, default=floor))


def until_now(spans: Sequence[Span], now: int, floor: int, category: str, start: int | None = None) -> Change:
    """Fill what is open up to now, from ``start`` or from where the record ends; proposals in between stay.

    Now goes to the nearest slot's edge, but the first slot is taken even when it has just begun. ``floor`` is where
    the day starts: the grid is counted from it. Nothing to fill gives an empty change.
    """
    begin = open_since(spans, now, floor) if start is None else start
    if begin >= now:
        return Change()
    end = max(nearest(now, floor), floor + ((begin - floor) // SLOT + 1) * SLOT)
    return fill(spans, [Span(begin, end, category, CONFIRMED)])


def one_before(spans: Iterable[Span], at: int) -> str | None:
    """The category of the last span that begins before ``at`` and is no proposal: what ``.`` takes again."""
    found = None
    for span in spans:
        if span.start < at and span.state != PROPOSED:
            found = span.category
    return found


# ---- in words


def words(
    at: str,
    span: tuple[int, int],
    what: str,
    over: Sequence[str],
    clock: Callable[[int], str],
    *,
    most: int = 3,
) -> str:
    """A gesture as the undo list says it: ``14:05: 9:00–9:40 e-mails over calls``.

    ``at`` is the local time of the gesture, ``what`` its category's name (or what was done), ``over`` the names of what
    it cut, ``clock`` writes an instant.
    """
    text = f"{at}: {clock(span[0])}–{clock(span[1])} {what}"
    return f"{text} {under_it}" if (under_it := over_words((n for n in over if n != what), most)) else text


def over_words(over: Iterable[str], most: int = 3) -> str:
    """What a gesture cuts, by name, each once: ``over calls and rest``, ``over a, b, c and 2 more``; or nothing."""
    names = list(dict.fromkeys(over))
    if not names:
        return ""
    rest = len(names) - most
    if rest > 0:
        return f"over {', '.join(names[:most])} and {rest} more"
    return f"over {' and '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"


def under(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of the spans that a stretch covers: what a gesture there would cut."""
    return [
        span._replace(start=max(start, span.start), end=min(end, span.end))
        for span in spans
        if span.start < end and span.end > start
    ]
