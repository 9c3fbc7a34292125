"""Spans as tests draw them, and the plain picture that gestures are held against."""

from hypothesis import strategies as st

from companion.core.days import SLOT
from companion.core.spans import SOURCES, STATES, Span, joined

NAMES = ("work", "work/e-mails", "rest", "eating", "sleeping")
WHAT = st.tuples(st.sampled_from(NAMES), st.sampled_from(STATES), st.sampled_from(SOURCES[:2]))
SPAN = st.builds(
    lambda start, length, what: Span(start * SLOT, (start + length) * SLOT, *what),
    st.integers(0, 30),
    st.integers(1, 10),
    WHAT,
)
STRETCH = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda one: [one[0] * SLOT, sum(one) * SLOT])


def in_a_row(parts: list[tuple[int, int, tuple[str, str, str]]]) -> tuple[Span, ...]:
    spans, at = [], 0
    for gap, length, what in parts:
        spans.append(Span((at + gap) * SLOT, (at + gap + length) * SLOT, *what))
        at += gap + length
    return tuple(joined(spans))


SPANS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6), WHAT), max_size=9).map(in_a_row)
"""Spans that do not overlap, in order, no equal neighbours."""


def slots_of(spans: tuple[Span, ...]) -> dict[int, tuple[object, ...]]:
    """What each slot says: the plain picture that gestures are held against."""
    return {slot: span[2:] for span in spans for slot in range(span.start, span.end, SLOT)}
