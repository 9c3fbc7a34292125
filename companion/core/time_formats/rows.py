"""What goes out: spans chosen, cut into rows that every writer takes. Work only, unless more is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

from companion.core.categories import Tree
from companion.core.days import Day, wall
from companion.core.spans import PROPOSED, STATES, Span

WORK = ("work",)
"""What an export shows unless the user chooses more."""

Zones = Callable[[str], tzinfo]
"""Finds the zone of a kept day by its name."""


class Row(NamedTuple):
    """One stretch of time as it goes out: instants, its day's zone by name, the path of its category, its state."""

    start: int
    end: int
    zone: str
    category: str
    state: str
    note: str = ""


def chosen(
    spans: Iterable[Span], tree: Tree, wanted: Iterable[str] | None, *, states: Iterable[str] | None = None
) -> list[Span]:
    """The spans of the categories wanted, with all that is in these; ``None`` takes all.

    ``states`` limits them further: by default proposals are left out, since nobody has said yet that they are so.
    """
    taken = frozenset(states if states is not None else (state for state in STATES if state != PROPOSED))
    ids = None if wanted is None else frozenset(wanted)
    fits: dict[str, bool] = {}
    found = []
    for span in spans:
        if span.category not in fits:
            shown = tree.shown(span.category)
            fits[span.category] = ids is None or not ids.isdisjoint(
                (span.category, shown.id, tree.top(shown.id))
            )
        if fits[span.category] and span.state in taken:
            found.append(span)
    return found


def to_rows(
    spans: Iterable[Span],
    days: Sequence[Day],
    tree: Tree,
    *,
    cut: bool = False,
    note: Callable[[Span], str] | None = None,
) -> Iterator[Row]:
    """The spans that touch the days, as rows; both in order. ``cut`` ends a row where a day does: a night is two.

    Without it a span goes out whole, in the zone of the day that it begins in, though it may reach beyond the days.
    """
    paths: dict[str, str] = {}
    i = 0
    for span in spans:
        while i < len(days) and days[i].end <= span.start:
            i += 1
        path = paths.get(span.category)
        if path is None:
            path = paths[span.category] = tree.path(span.category)
        words = note(span) if note else ""
        if not cut:
            if i < len(days) and span.end > days[i].start:
                yield Row(span.start, span.end, days[i].zone, path, span.state, words)
            continue
        k = i
        while k < len(days) and days[k].start < span.end:
            day = days[k]
            if day.start < day.end:
                yield Row(
                    max(span.start, day.start), min(span.end, day.end), day.zone, path, span.state, words
                )
            k += 1


def iso(instant: int, zone: tzinfo) -> str:
    """An instant as ISO 8601 with offset: ``2026-10-25T02:30:00+02:00``."""
    return wall(instant, zone).isoformat()


class Memory:
    """Finds zones once each."""

    def __init__(self, zones: Zones) -> None:
        self._zones = zones
        self._found: dict[str, tzinfo] = {}

    def __call__(self, name: str) -> tzinfo:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._zones(name)
        return found
