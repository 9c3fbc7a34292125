"""The preview of an import: what each entry becomes, what it overlaps, and the one change that would be written.

A plan is made again after each choice; it holds a change only when every label is mapped and every overlap decided.
Entries go to the grid first: ends to the nearest slot's edge, so that entries that did not overlap still do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from companion.core.categories import Tree
from companion.core.category_find import find
from companion.core.days import SLOT, nearest
from companion.core.spans import FILLED, IMPORT, PROPOSED, STATES, Change, Span, paint_all
from companion.core.time_formats.found import Found

KEEP, TAKE, ASK = "keep", "take", "ask"
"""What happens where time is claimed twice: what is there (or stands first in the file) stays, or the entry (or the
later one) goes over it, or each overlap is asked for."""

WHOLE, PARTLY, NOT, OUT, SHORT, TWICE, OPEN = "whole", "partly", "not", "out", "short", "twice", "open"
"""What becomes of an entry: all of it is written or there already; a part; nothing (all was kept as it is); left out
since its label is; shorter than half a slot; the same as an earlier one; not decided yet."""

MOST_OVERLAPS = 100_000
_MOST_AT_ONCE = 50


class Rule(NamedTuple):
    """How overlaps are decided: with what is there, and within the file; ``one_by_one`` holds the answers to ASK.

    Its keys are those of ``Overlap.key``, its values KEEP or TAKE; they win over the rule.
    """

    there: str = ASK
    within: str = ASK
    one_by_one: Mapping[tuple[int, int, int], str] = {}


class Line(NamedTuple):
    """An entry of the file, and what becomes of it.

    ``start`` and ``end`` are on the grid; ``moved`` says by how many seconds each was moved; ``category`` is empty
    where the label is left out or not mapped. ``written`` are seconds that the import fills with it.
    """

    found: Found
    category: str
    start: int
    end: int
    moved: tuple[int, int]
    fate: str
    written: int = 0


class Overlap(NamedTuple):
    """Time claimed twice, from ``start`` to ``end``: by the entry ``new`` (its place in ``Plan.lines``) and by what is
    there (``old``, a span) or an earlier entry (``other``, its place; -1 where ``old`` is). ``choice`` is KEEP, TAKE or
    ASK."""

    new: int
    other: int
    old: Span | None
    start: int
    end: int
    choice: str

    @property
    def key(self) -> tuple[int, int, int]:
        """What tells this overlap from all others of the file, also after another choice."""
        return self.new, self.other, self.start


class Rounding(NamedTuple):
    """What going to the grid does in sum: entries with an end that moved, the most seconds that one did, how many were
    too short, and the seconds of all entries before and after."""

    entries: int
    most: int
    short: int
    before: int
    after: int


class Plan(NamedTuple):
    """All that an import would do. ``change`` is None while ``unmapped`` labels or ``undecided`` overlaps are left."""

    lines: tuple[Line, ...]
    overlaps: tuple[Overlap, ...]
    rounding: Rounding
    unmapped: tuple[str, ...]
    undecided: int
    change: Change | None

    @property
    def cut(self) -> tuple[Span, ...]:
        """The parts of what is there that the import goes over."""
        return tuple(
            one.old._replace(start=one.start, end=one.end)
            for one in self.overlaps
            if one.old and one.choice == TAKE
        )


class TooMuch(ValueError):
    """More overlaps than anyone could look through: the same time is in the file over and over."""


def extent(found: Iterable[Found]) -> tuple[int, int] | None:
    """The stretch for which the spans that are there have to be handed in: all that touch it. None of no entries."""
    ends = [(one.start, one.end) for one in found]
    return (min(a for a, _ in ends) - SLOT, max(b for _, b in ends) + SLOT) if ends else None


def labels(found: Iterable[Found]) -> dict[str, int]:
    """The labels to be mapped, with the seconds of each, longest first."""
    sums: dict[str, int] = {}
    for one in found:
        sums[one.label] = sums.get(one.label, 0) + one.end - one.start
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def suggest(tree: Tree, wanted: Iterable[str]) -> dict[str, str]:
    """The categories that labels mean without doubt, by id; labels that leave any doubt are not in it.

    A path as we write it, else what the line for quick entry would take for the whole, its last part, its first.
    """
    paths = {tree.path(one.id): tree.shown(one.id).id for one in reversed(tree.all)}
    found: dict[str, str] = {}
    for label in wanted:
        if label in paths or label in tree:
            found[label] = paths.get(label) or tree.shown(label).id
            continue
        parts = [part.strip() for sign in "/,:@." for part in label.split(sign)]
        for part in dict.fromkeys((label, *reversed(parts))):
            meant = find(tree, part) if len(part) > 2 else ()
            if len(meant) == 1:
                found[label] = meant[0].id
                break
    return found


def make(
    found: Sequence[Found],
    there: Sequence[Span],
    mapping: Mapping[str, str | None],
    rule: Rule | None = None,
    *,
    words: str = "",
) -> Plan:
    """Plan an import. ``there``: the spans kept, in order; ``mapping`` gives a label's category, None to leave it out.

    An entry in the category that is there already is no overlap: it stays as it is, but a proposal is taken as said.
    ``words`` are for the undo list. TooMuch where the file fills the same time over and over.
    """
    rule = rule or Rule()
    lines = _lines(found, mapping)
    live = sorted((i for i, line in enumerate(lines) if line.fate == WHOLE), key=lambda i: (lines[i][2:4], i))
    overlaps = [*_within(lines, live, rule), *_with(lines, live, there, rule)]
    overlaps.sort(key=lambda one: (one.start, one.new, one.other))
    undecided = sum(one.choice == ASK for one in overlaps)
    unmapped = tuple(dict.fromkeys(line.found.label for line in lines if line.fate == OPEN))
    swept = _sweep(lines, live, there, {(one.new, one.other, one.old): one.choice for one in overlaps})
    lines = _fates(lines, live, swept, overlaps)
    change = None
    if not unmapped and not undecided:
        change = paint_all(there, swept.pieces)._replace(words=words)
    return Plan(tuple(lines), tuple(overlaps), _rounding(lines), unmapped, undecided, change)


# ---- entries, on the grid


def _lines(found: Sequence[Found], mapping: Mapping[str, str | None]) -> list[Line]:
    lines = []
    seen: set[tuple[int, int, str, str]] = set()
    for one in found:
        start, end = nearest(one.start), nearest(one.end)
        category = mapping.get(one.label)
        this = (start, end, category or "", _state(one))
        if one.label not in mapping:
            fate = OPEN
        elif category is None:
            fate = OUT
        elif start >= end:
            fate = SHORT
        else:
            fate = TWICE if this in seen else WHOLE
            seen.add(this)
        lines.append(Line(one, category or "", start, end, (start - one.start, end - one.end), fate))
    return lines


def _rounding(lines: Iterable[Line]) -> Rounding:
    taken = [line for line in lines if line.fate != OUT]
    return Rounding(
        sum(line.moved != (0, 0) for line in taken),
        max((abs(shift) for line in taken for shift in line.moved), default=0),
        sum(line.start >= line.end for line in taken),
        sum(line.found.end - line.found.start for line in taken),
        sum(line.end - line.start for line in taken),
    )


def _state(found: Found) -> str:
    return found.state if found.state in STATES else FILLED


# ---- time claimed twice


def _within(lines: Sequence[Line], live: Sequence[int], rule: Rule) -> Iterator[Overlap]:
    """Overlaps of entries of different categories; ``live`` are in order of their starts."""
    now: list[int] = []
    count = 0
    for i in live:
        line = lines[i]
        now = [k for k in now if lines[k].end > line.start]
        for k in now:
            if lines[k].category == line.category:
                continue
            start, end = line.start, min(line.end, lines[k].end)
            choice = rule.one_by_one.get((i, k, start), rule.within)
            yield Overlap(i, k, None, start, end, choice)
            count += 1
        now.append(i)
        if count > MOST_OVERLAPS or len(now) > _MOST_AT_ONCE:
            raise TooMuch("the file fills the same time over and over")


def _with(lines: Sequence[Line], live: Sequence[int], there: Sequence[Span], rule: Rule) -> Iterator[Overlap]:
    """Overlaps of entries with spans of other categories."""
    first = 0
    for i in live:
        line = lines[i]
        while first < len(there) and there[first].end <= line.start:
            first += 1
        k = first
        while k < len(there) and there[k].start < line.end:
            old = there[k]
            k += 1
            if old.category == line.category:
                continue
            start, end = max(line.start, old.start), min(line.end, old.end)
            choice = rule.one_by_one.get((i, -1, start), rule.there)
            yield Overlap(i, -1, old, start, end, choice)


class _Swept(NamedTuple):
    """The spans to write, in order; for each entry the seconds written with it, and those that are in its category
    afterwards, whoever filled them."""

    pieces: list[Span]
    written: dict[int, int]
    held: dict[int, int]


def _sweep(
    lines: Sequence[Line],
    live: Sequence[int],
    there: Sequence[Span],
    choices: Mapping[tuple[int, int, Span | None], str],
) -> _Swept:
    """Give each stretch between two edges to the entry that wins it, or leave it as it is."""
    edges = {edge for i in live for edge in lines[i][2:4]} | {edge for span in there for edge in span[:2]}
    swept = _Swept([], {}, {})
    now: list[int] = []
    coming = k = 0
    owner = -1
    for start, end in pairwise(sorted(edges)):
        now = [i for i in now if lines[i].end > start]
        while coming < len(live) and lines[live[coming]].start <= start:
            now.append(live[coming])
            coming += 1
        while k < len(there) and there[k].end <= start:
            k += 1
        if not now:
            continue
        old = there[k] if k < len(there) and there[k].start <= start else None
        winner = _winner(now, choices)
        line = lines[winner]
        if old and not _goes_over(line, old, choices.get((winner, -1, old))):
            after = old.category
        else:
            after = line.category
            swept.written[winner] = swept.written.get(winner, 0) + end - start
            if owner == winner and swept.pieces[-1].end == start:
                swept.pieces[-1] = swept.pieces[-1]._replace(end=end)
            else:
                swept.pieces.append(Span(start, end, line.category, _state(line.found), IMPORT))
            owner = winner
        for i in now:
            if lines[i].category == after:
                swept.held[i] = swept.held.get(i, 0) + end - start
    return swept


def _winner(now: Sequence[int], choices: Mapping[tuple[int, int, Span | None], str]) -> int:
    """The entry that wins among those of one stretch, in the order they begin: each against the best so far."""
    winner = now[0]
    for i in now[1:]:
        if choices.get((i, winner, None)) == TAKE:
            winner = i
    return winner


def _goes_over(line: Line, old: Span, choice: str | None) -> bool:
    """Whether an entry is written where a span is: chosen so, or it turns a proposal of its own category to fact."""
    if line.category == old.category:
        return old.state == PROPOSED and _state(line.found) != PROPOSED
    return choice == TAKE


def _fates(
    lines: Sequence[Line], live: Sequence[int], swept: _Swept, overlaps: Sequence[Overlap]
) -> list[Line]:
    """The entries with what becomes of each."""
    asked = {i for one in overlaps if one.choice == ASK for i in (one.new, one.other)}
    after = list(lines)
    for i in live:
        line, held = lines[i], swept.held.get(i, 0)
        fate = OPEN if i in asked else WHOLE if held == line.end - line.start else PARTLY if held else NOT
        after[i] = line._replace(fate=fate, written=swept.written.get(i, 0))
    return after
