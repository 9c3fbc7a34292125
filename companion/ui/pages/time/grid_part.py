"""What of the grid has to be painted anew, and what of it a paint event asks for. Pixels of the viewport."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QRegion

from companion.ui.pages.time.grid_model import COLUMNS, Segment, Sheet

MARGIN = 3
"""Pixels by which the marks of the cursor and of what is chosen may stand over their cells."""

Part = Mapping[int, tuple[int, int]]
"""Rows, each with its first and last pixel that is asked for."""


class Measures(NamedTuple):
    """Where columns and rows begin, in pixels of the viewport; each has one more for the end."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]

    def box(self, row: int, left: int, right: int) -> QRectF:
        """The place of some cells of a row."""
        x, y = self.xs[left], self.ys[row]
        return QRectF(x, y, self.xs[right] - x, self.ys[row + 1] - y)

    def place(self, row: int, left: int, right: int, margin: int = MARGIN) -> QRect:
        """The same with what may stand over it."""
        x, y = self.xs[left], self.ys[row]
        return QRect(x, y, self.xs[right] - x, self.ys[row + 1] - y).adjusted(
            -margin, -margin, margin, margin
        )


class Chosen(NamedTuple):
    """What is chosen: slots ``first`` to ``last`` (both in it), and the slot of the cursor; -1 for none."""

    first: int = -1
    last: int = -1
    cursor: int = -1


def runs(sheet: Sheet, first: int, last: int) -> list[tuple[int, int, int]]:
    """The cells of slots ``first`` to ``last`` (both in it) as row, left and right column (half-open)."""
    found = []
    while first <= last:
        row, column = sheet.place(first)
        end = min(last, sheet.last_of_row(row))
        found.append((row, column, min(COLUMNS, column + end - first + 1)))
        first = end + 1
    return found


def asked(region: QRegion, at: Measures) -> Part:
    """What a paint event asks for, row by row."""
    found: dict[int, tuple[int, int]] = {}
    most = len(at.ys) - 2
    for box in region:  # type: ignore[attr-defined]  # its stubs know no iteration
        first = max(0, bisect_right(at.ys, box.top()) - 1)
        for row in range(first, min(most, bisect_right(at.ys, box.bottom()) - 1) + 1):
            left, right = found.get(row, (box.left(), box.right()))
            found[row] = (min(left, box.left()), max(right, box.right()))
    return found


def between(sheet: Sheet, at: Measures, old: Chosen, new: Chosen) -> QRegion:
    """Where two choices look different: cells that only one of them holds, their ends and their cursors."""
    stretches = [(slot, slot) for one in (old, new) for slot in one]
    if max(old.first, new.first) <= min(old.last, new.last):
        stretches.append((min(old.first, new.first), max(old.first, new.first) - 1))
        stretches.append((min(old.last, new.last) + 1, max(old.last, new.last)))
    else:
        stretches += [(one.first, one.last) for one in (old, new)]
    region = QRegion()
    for first, last in stretches:
        if first >= 0:
            for run in runs(sheet, first, min(last, sheet.slots - 1)):
                region += at.place(*run)
    return region


def drawn_otherwise(at: Measures, old: Sequence[Segment], new: Sequence[Segment]) -> QRegion:
    """Where two sets of blocks look different."""
    region = QRegion()
    for row, left, right, *_rest in _looks(old) ^ _looks(new):
        region += at.place(row, left, right, 0)
    return region


def _looks(segments: Iterable[Segment]) -> set[tuple[int, int, int, bool, bool, bool, str, str]]:
    """All of a segment that is seen; a block that grows elsewhere is painted here as it was."""
    return {
        (one.row, one.left, one.right, one.begins, one.ends, one.named, one.span.category, one.span.state)
        for one in segments
    }


def moment(sheet: Sheet, at: Measures, now: int, reach: int) -> QRegion:
    """Where the mark of the present moment stands, which reaches out of its cell; empty on another day."""
    if not sheet.slots or not sheet.day.start <= now < sheet.day.end:
        return QRegion()
    row, column = sheet.place(sheet.slot_at(now))
    return QRegion(at.place(row, column, column + 1, reach))
