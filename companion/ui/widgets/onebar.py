"""One bar of a chart in words and numbers, as it is drawn, read out, and put into a table."""

from __future__ import annotations

from typing import NamedTuple

from companion.ui.widgets.text import one_line

NONE = ("", "0")
"""Counts of a group without any case: there is not even something to hatch."""


class Bar(NamedTuple):
    """One bar in words and numbers.

    ``value``, ``low`` and ``high`` are on the scale from 0; ``value`` is None where there are too few cases to draw.
    ``shown`` is the value as it is written. ``note`` tells the number of cases (``12 cases``), ``number`` the bare
    number; ``spread`` is the range from ``low`` to ``high`` in words.
    """

    label: str
    note: str
    number: str
    value: float | None = None
    shown: str = ""
    low: float | None = None
    high: float | None = None
    spread: str = ""


def said(bar: Bar) -> str:
    """A bar as a sentence: what, how much, from where to where, of how many."""
    parts = [one_line(bar.label, 200)]
    if bar.value is not None:
        parts += [bar.shown, bar.spread]
    return ", ".join(part for part in (*parts, bar.note) if part)
