"""Paced breathing: steps tile the time without a gap, the level never jumps, nothing drifts, sessions end well."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core import breathing
from companion.core.breathing import IDS, SHIPPED, Pattern, at, length, own, pattern

OWN = st.tuples(*[st.integers(0, breathing.MOST)] * 4).filter(lambda t: t[0] + t[2] > 0)
FINE = st.tuples(*[st.floats(0, breathing.MOST, allow_subnormal=False)] * 4).filter(
    lambda t: min(t[0], t[2]) > 0.2 and all(x == 0 or x > 0.2 for x in t)
)
PATTERNS = st.one_of(st.sampled_from(SHIPPED), OWN.map(own), FINE.map(own))
TIMES = st.floats(0, 200, allow_nan=False)


@pytest.mark.parametrize(
    ("ident", "steps"),
    [
        ("box", [("in", 4), ("hold", 4), ("out", 4), ("rest", 4)]),
        ("478", [("in", 4), ("hold", 7), ("out", 8)]),
        ("even", [("in", 5), ("out", 5)]),
        ("sigh", [("in", 3), ("more", 1), ("out", 6)]),
    ],
)
def test_the_shipped_patterns(ident: str, steps: list[tuple[str, int]]) -> None:
    assert [(step.phase, step.seconds) for step in pattern(ident).steps] == steps


def test_what_is_offered() -> None:
    assert IDS == ("box", "478", "even", "sigh", "own")
    assert [pattern(ident).id for ident in IDS] == list(IDS)
    assert pattern("no such pattern").id == "box"
    assert pattern("own", (2, 0, 3, 1)).cycle_s == 6


def test_the_sigh_breathes_in_twice_and_out_longer_than_both() -> None:
    first, second, out = pattern("sigh").steps
    assert 0 < first.end == second.start < second.end == 1
    assert out.seconds > first.seconds + second.seconds > first.seconds > second.seconds


@pytest.mark.parametrize(
    "times", [(0, 0, 0, 0), (0, 5, 0, 5), (21, 0, 4, 0), (4, -1, 4, 0), (4, 4, 4), (float("nan"), 0, 4, 0)]
)
def test_what_is_no_pattern_is_refused(times: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="own pattern"):
        own(times)


def test_a_breath_takes_time() -> None:
    assert [step.seconds for step in own((0, 0, 6, 0)).steps] == [breathing.LEAST_BREATH, 6]
    assert [step.seconds for step in own((6, 2, 0, 0)).steps] == [6, 2, breathing.LEAST_BREATH]


@given(PATTERNS)
def test_a_breath_closes_and_its_level_fits_together(shape: Pattern) -> None:
    for one, other in zip(shape.steps, (*shape.steps[1:], shape.steps[0]), strict=True):
        assert one.end == other.start
        assert one.seconds > 0
        assert 0 <= one.start <= 1
    assert any(step.phase == "in" for step in shape.steps)
    assert any(step.phase == "out" for step in shape.steps)
    assert shape.marks[0] == 0
    assert list(shape.marks) == sorted(set(shape.marks))


@given(st.one_of(st.sampled_from(SHIPPED), OWN.map(own)), st.integers(0, 10_000))
def test_the_steps_tile_the_time_line(shape: Pattern, cycle: int) -> None:
    """At the exact second where a step begins it is that step, just before still the one before."""
    begins = Fraction(cycle) * Fraction(shape.cycle_s)
    for index, step in enumerate(shape.steps):
        moment = at(shape, float(begins))
        assert (moment.cycle, moment.step, moment.fraction) == (cycle, index, 0.0)
        assert moment.left_s == step.seconds
        ends = begins + Fraction(step.seconds)
        before = at(shape, math.nextafter(float(ends), 0.0))
        assert (before.cycle, before.step) == (cycle, index)
        assert before.fraction == pytest.approx(1.0, abs=1e-6)
        begins = ends


@given(PATTERNS, TIMES)
def test_what_is_told_of_a_moment_fits_together(shape: Pattern, elapsed: float) -> None:
    moment = at(shape, elapsed)
    step = shape.steps[moment.step]
    assert moment.phase == step.phase
    assert 0 <= moment.fraction < 1
    assert 0 <= moment.turn < 1
    assert min(step.start, step.end) <= moment.level <= max(step.start, step.end)
    assert 0 <= moment.left_s <= step.seconds
    assert moment.left_s == pytest.approx((1 - moment.fraction) * step.seconds, abs=1e-6)
    again = (moment.cycle + moment.turn) * shape.cycle_s
    assert again == pytest.approx(elapsed, abs=1e-6)


@given(PATTERNS, TIMES, st.floats(0, 0.05))
def test_the_level_never_jumps(shape: Pattern, elapsed: float, later: float) -> None:
    """Half a wave is steepest in its middle: π/2 times the even pace."""
    quickest = max(abs(step.end - step.start) / step.seconds for step in shape.steps) * math.pi / 2
    change = abs(at(shape, elapsed + later).level - at(shape, elapsed).level)
    assert change <= quickest * later + 1e-6


@given(PATTERNS)
def test_before_the_start_is_the_start(shape: Pattern) -> None:
    assert at(shape, -3.0) == at(shape, 0.0)


@given(st.one_of(st.sampled_from(SHIPPED), OWN.map(own)), st.floats(0, 100), st.integers(0, 1_000))
def test_nothing_drifts(shape: Pattern, elapsed: float, cycles: int) -> None:
    """Many breaths later it is the same moment of the breath, to what a float can hold."""
    now, later = at(shape, elapsed), at(shape, elapsed + cycles * shape.cycle_s)
    turn = abs(now.turn - later.turn)
    assert min(turn, 1 - turn) * shape.cycle_s < 1e-9
    assert later.level == pytest.approx(now.level, abs=1e-9)


@given(PATTERNS, st.floats(0, 400))
def test_a_session_ends_with_the_breath_out_nearest_to_the_wish(shape: Pattern, wanted: float) -> None:
    ends = length(shape, wanted)
    assert at(shape, ends - 1e-6).phase == "out"
    assert at(shape, ends + 1e-6).phase != "out"
    within = min(max(wanted, breathing.SHORTEST), breathing.LONGEST)
    off = abs(ends - within)
    for other in (ends - shape.cycle_s, ends + shape.cycle_s):
        assert other <= 0 or abs(other - within) >= off - 1e-9


@pytest.mark.parametrize(
    ("ident", "wanted", "ends"),
    [("box", 60, 60), ("box", 180, 172), ("478", 60, 57), ("even", 90, 90), ("sigh", 180, 180)],
)
def test_the_ends_of_usual_sessions(ident: str, wanted: int, ends: float) -> None:
    assert length(pattern(ident), wanted) == ends


def test_of_two_ends_as_near_the_earlier_one_counts() -> None:
    shape = own((5, 0, 3, 0))  # breaths out end at 56, 64, …
    assert length(shape, 60) == 56
