"""Paced breathing: patterns as data, and where in its breath one is after some seconds (abc.prevent).

All lengths are seconds on a clock that never jumps. Nothing is added up from frame to frame: what holds at a moment is
worked out from the seconds since the start alone, so a late frame shows the right thing and three minutes cannot drift.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

Phase = Literal["in", "more", "hold", "out", "rest"]
"""``more`` is the second breath in of the cyclic sigh, on top of the first; ``rest`` is the hold with empty lungs."""

LENGTHS = (60, 90, 120, 180)
"""Seconds of a session to choose from."""
SHORTEST, LONGEST, USUAL = 60, 180, 60
"""Seconds of a session at the least, at the most, and before anybody chose."""
MOST = 20
"""Seconds of one part of an own pattern at the most."""
LEAST_BREATH = 1
"""Seconds of a breath in or out at the least: an own pattern that leaves one of them at 0 gets this."""

OwnTimes = tuple[int, int, int, int]
OWN: OwnTimes = (4, 0, 6, 0)
"""In, hold, out, hold of the own pattern before anybody changed it."""


class Step(NamedTuple):
    """One part of a breath: its seconds, and how full the lungs are (0 to 1) as it begins and ends."""

    phase: Phase
    seconds: float
    start: float
    end: float


class Pattern(NamedTuple):
    """A way of breathing: steps that are gone through again and again. Each lasts longer than nothing."""

    id: str
    steps: tuple[Step, ...]

    @property
    def cycle_s(self) -> float:
        """Seconds of one whole breath."""
        return math.fsum(step.seconds for step in self.steps)

    @property
    def marks(self) -> tuple[float, ...]:
        """Where each step begins, as a share of the whole breath (0 to below 1)."""
        whole, begun = self.cycle_s, 0.0
        found = []
        for step in self.steps:
            found.append(begun / whole)
            begun += step.seconds
        return tuple(found)


class Moment(NamedTuple):
    """Where in its breath one is: ``fraction`` of the step that is over (0 to below 1), ``level`` of the lungs 0 to 1,
    ``left_s`` seconds of the step to come, ``cycle`` and ``step`` counted from 0, ``turn`` the share of the breath."""

    phase: Phase
    fraction: float
    level: float
    left_s: float
    cycle: int
    step: int
    turn: float


def _pattern(ident: str, breathe_in: float, hold: float, out: float, rest: float) -> Pattern:
    steps = (
        Step("in", breathe_in, 0.0, 1.0),
        Step("hold", hold, 1.0, 1.0),
        Step("out", out, 1.0, 0.0),
        Step("rest", rest, 0.0, 0.0),
    )
    return Pattern(ident, tuple(step for step in steps if step.seconds > 0))


BOX = _pattern("box", 4, 4, 4, 4)
RELAX = _pattern("478", 4, 7, 8, 0)
EVEN = _pattern("even", 5, 0, 5, 0)
# The trial of the cyclic sigh asks for a slow breath in, a shorter one on top and a long, full breath out, and counts
# no seconds. Ours: 3, 1 and 6, six breaths a minute like 5-5, the breath out longer than both breaths in together.
SIGH = Pattern("sigh", (Step("in", 3, 0.0, 0.75), Step("more", 1, 0.75, 1.0), Step("out", 6, 1.0, 0.0)))

SHIPPED = (BOX, RELAX, EVEN, SIGH)
IDS = (*(pattern.id for pattern in SHIPPED), "own")
"""Ids of all patterns in the order in which they are offered."""


def own(times: Sequence[float]) -> Pattern:
    """The user's own pattern from its seconds in, hold, out, hold.

    Each is 0 to 20 and in + out more than 0, else ValueError; since nobody breathes in or out in no time, one of them
    at 0 lasts ``LEAST_BREATH``.
    """
    if len(times) != 4 or not all(0 <= seconds <= MOST for seconds in times):
        raise ValueError(f"an own pattern is four times of 0 to {MOST} s: in, hold, out, hold")
    breathe_in, hold, out, rest = times
    if breathe_in + out <= 0:
        raise ValueError("an own pattern has a breath in or out")
    return _pattern("own", breathe_in or LEAST_BREATH, hold, out or LEAST_BREATH, rest)


def pattern(ident: str, own_times: Sequence[float] = OWN) -> Pattern:
    """The pattern of an id; ``own`` is made from ``own_times``. An unknown id is the box. ValueError as ``own``."""
    if ident == "own":
        return own(own_times)
    return next((shipped for shipped in SHIPPED if shipped.id == ident), BOX)


def length(pattern: Pattern, wanted_s: float) -> float:
    """Seconds that a session lasts: to the end of the breath out nearest to ``wanted_s``, of two as near the earlier.

    At least one breath; ``wanted_s`` is brought into 60 to 180 first.
    """
    wanted = min(max(wanted_s, SHORTEST), LONGEST)
    cycle, first = pattern.cycle_s, _first_out(pattern)
    before = max(0, math.floor((wanted - first) / cycle))
    ends = (first + before * cycle, first + (before + 1) * cycle)
    return min(ends, key=lambda end: (abs(end - wanted), end))


def _first_out(pattern: Pattern) -> float:
    """Seconds to the end of the first breath out."""
    total = 0.0
    for step in pattern.steps:
        total += step.seconds
        if step.phase == "out":
            break
    return total


def at(pattern: Pattern, elapsed_s: float) -> Moment:
    """Where in its breath one is ``elapsed_s`` after the start; before the start counts as the start."""
    elapsed = max(0.0, elapsed_s)
    cycle_s = pattern.cycle_s
    within = math.fmod(elapsed, cycle_s)  # exact, however long it has been
    cycle = round((elapsed - within) / cycle_s)
    begun, last = 0.0, len(pattern.steps) - 1
    for index, step in enumerate(pattern.steps):
        if within < begun + step.seconds or index == last:
            break
        begun += step.seconds
    inside = min(within - begun, step.seconds)
    fraction = min(inside / step.seconds, math.nextafter(1.0, 0.0))
    level = step.start + (step.end - step.start) * _eased(fraction)
    return Moment(step.phase, fraction, level, step.seconds - inside, cycle, index, within / cycle_s)


def _eased(fraction: float) -> float:
    """A breath begins and ends gently: half a wave from 0 to 1."""
    return (1.0 - math.cos(math.pi * fraction)) / 2.0
