"""Where something can be laid over a window: the place that covers nothing, or else the one that covers least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

MATTERS, ACTS = 1000, 3
"""How much more covering a thing counts that must not be covered, and one that can be pressed or written in."""
_MOST = 4
"""A thing counts that much only where it takes at most one part in so many of the window: a page with the focus is no
thing, it is where things are."""
_STEP = 6
"""Pixels from one place that is tried to the next one above it."""


_ACTING = (QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox, QAbstractScrollArea)


class Thing(NamedTuple):
    """Something to see, in pixels from the left and the top of the window: edges (right and bottom are outside it),
    and how much each pixel of it counts."""

    left: int
    top: int
    right: int
    bottom: int
    weight: int = 1


def counts(widget: QWidget, host: QWidget) -> bool:
    """Whether it is small enough to be one thing that must not be covered."""
    return widget.width() * widget.height() * _MOST <= host.width() * host.height()


def things(host: QWidget, besides: QWidget, kept: tuple[QWidget | None, ...] = ()) -> list[Thing]:
    """What is seen in ``host`` but for ``besides``; what ``kept`` names must not be covered, where it ``counts``."""
    never = {id(one) for one in kept if one is not None and counts(one, host)}
    return list(_seen(host, host.rect(), QPoint(0, 0), besides, never, False))


def _seen(
    widget: QWidget, clip: QRect, at: QPoint, besides: QWidget, never: set[int], matters: bool
) -> Iterator[Thing]:
    """The innermost widgets that show something, each as far as it can be seen; ``at`` is the widget's own place."""
    for child in widget.children():
        if not isinstance(child, QWidget) or child is besides or child.isHidden() or child.isWindow():
            continue
        place = child.geometry().translated(at)
        seen = place & clip
        if seen.isEmpty() or isinstance(child, QScrollBar):
            continue
        important = matters or id(child) in never
        whole = isinstance(child, QAbstractScrollArea) and not isinstance(child, QScrollArea)
        inner = [] if whole else list(_seen(child, seen, place.topLeft(), besides, never, important))
        if inner and not (important and not matters):
            yield from inner
        elif inner or type(child) is not QWidget:
            box = _words_of(child, place) & seen
            weight = MATTERS if important else ACTS if isinstance(child, _ACTING) else 1
            yield Thing(box.left(), box.top(), box.right() + 1, box.bottom() + 1, weight)


def _words_of(widget: QWidget, place: QRect) -> QRect:
    """Where a label has words: one in a wide row is mostly empty."""
    if isinstance(widget, QLabel) and not widget.wordWrap():
        return QRect(place.topLeft(), QSize(min(place.width(), widget.sizeHint().width()), place.height()))
    return place


def free_place(size: QSize, room: QRect, seen: list[Thing]) -> QPoint:
    """Where to put something of this ``size`` within ``room`` (pixels): the lowest place that covers nothing, in the
    middle rather than at a side; where there is none, the one that covers least.
    """
    wide, high = size.width(), size.height()
    left, right = room.left(), max(room.left(), room.right() + 1 - wide)
    best: tuple[int, QPoint] | None = None
    bottom = room.bottom() + 1 - high
    for y in range(bottom, min(bottom, room.top()) - 1, -_STEP):
        band = [one for one in seen if one.top < y + high and one.bottom > y]
        for x in ((left + right) // 2, right, left):
            covered = sum(
                (min(one.right, x + wide) - max(one.left, x))
                * (min(one.bottom, y + high) - max(one.top, y))
                * one.weight
                for one in band
                if one.left < x + wide and one.right > x
            )
            if best is None or covered < best[0]:
                best = (covered, QPoint(x, y))
            if not covered:
                return QPoint(x, y)
    return best[1] if best is not None else room.topLeft()
