"""The figures of Patterns in words and as bars: what was counted, never what to think of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from companion.core.patterns import Figure, Pairs, Patterns, number
from companion.ui.widgets.onebar import Bar

_WITHIN = {30: "in the last 30 days", 90: "in the last 90 days", 365: "in the last 365 days", 0: "in all"}

HOW = (
    "A bar is the median of the stress you wrote down, the thin line beside it the middle half. Fewer than five cases "
    "are hatched, not drawn. Hours and days are those of the place where you were."
)
"""How to read the charts."""


def plural(count: int, one: str, many: str) -> str:
    """``one`` for one; else ``many`` with the number in place of ``{count}``."""
    return one if count == 1 else many.replace("{count}", f"{count:,}")


def told(found: Patterns, days: int, lost: int = 0) -> str:
    """How much the figures stand on; ``days`` up to today, 0 for all; ``lost`` records cannot be read."""
    if lost:
        cannot = plural(
            lost,
            "One record of the journal cannot be read and is not counted.",
            "{count} records of the journal cannot be read and are not counted.",
        )
        return f"{told(found, days)} {cannot}"
    within = _WITHIN[days]
    if not found.entries:
        return f"Nothing was written {within}."
    counted = plural(found.entries, "One check or entry", "{count} checks and entries")
    if not found.rated:
        return f"{counted} {within}, none of them with a number."
    rated = plural(found.rated, "one of them", "{count} of them")
    each = "with a number" if found.entries == 1 else "each with a number"
    with_number = each if found.rated == found.entries else f"{rated} with a number"
    return f"{counted} {within}, {with_number}. {HOW}"


def told_pairs(pairs: Pairs) -> str:
    """In how many pairs the number afterwards is lower, the same, higher."""
    if not pairs.cases:
        return "No entry has a number before and one after. The second is asked for at the end of an entry."
    counted = (("lower", pairs.lower), ("the same", pairs.same), ("higher", pairs.higher))
    parts = ", ".join(f"{words} in {count:,}" for words, count in counted if count)
    return f"Only entries that have both numbers. Afterwards: {parts}."


def bars_of(figures: Sequence[Figure], name: Callable[[str], str]) -> list[Bar]:
    """Figures as bars; ``name`` tells how the group of a key is called."""
    return [_bar(figure, name(figure.key)) for figure in figures]


def _bar(figure: Figure, name: str) -> Bar:
    cases = plural(figure.cases, "1 case", "{count} cases") if figure.cases else "no cases"
    if figure.median is None or figure.low is None or figure.high is None:
        note = f"{cases}: too few to draw" if figure.cases else cases
        return Bar(name, note, str(figure.cases))
    spread = f"{number(figure.low)} to {number(figure.high)}"
    shown = number(figure.median)
    return Bar(name, cases, str(figure.cases), figure.median, shown, figure.low, figure.high, spread)
