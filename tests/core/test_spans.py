"""Spans: gestures never make two overlap, change nothing that they do not touch, and can all be taken back."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.claims import propose
from companion.core.days import SLOT, day_named
from companion.core.spans import (
    CALL,
    CONFIRMED,
    FILLED,
    PROPOSED,
    SOURCES,
    STATES,
    Change,
    Span,
    accept,
    apply,
    check,
    dismiss,
    erase,
    fill,
    gaps,
    invert,
    joined,
    one_before,
    open_since,
    paint,
    paint_all,
    restate,
    state_at,
    under,
    until_now,
    words,
)
from tests.timespans import NAMES, SPAN, SPANS, STRETCH, slots_of
from tests.zones import NAMED, zone


def done(spans: tuple[Span, ...], change: Change) -> dict[int, tuple[object, ...]]:
    """The slots after a change, which must be sound, go back exactly, and name nothing that stays."""
    after = apply(spans, change)
    assert apply(after, invert(change)) == spans
    assert not set(change.removed) & set(change.added)
    assert bool(change) == (after != spans)
    return slots_of(after)


# -- painting


@given(SPANS, SPAN)
def test_painting_is_what_painting_slots_would_be(spans: tuple[Span, ...], new: Span) -> None:
    expected = {**slots_of(spans), **slots_of((new,))}
    assert done(spans, paint(spans, new)) == expected
    assert not paint(apply(spans, paint(spans, new)), new), "a second time it changes nothing"


@given(SPANS, SPAN)
def test_a_gesture_needs_only_what_touches_it(spans: tuple[Span, ...], new: Span) -> None:
    near = [span for span in spans if span.start <= new.end and span.end >= new.start]
    assert paint(near, new) == paint(spans, new)
    assert fill(near, [new]) == fill(spans, [new])
    assert erase(near, new.start, new.end) == erase(spans, new.start, new.end)


@given(SPANS, SPAN)
def test_painting_leaves_no_equal_neighbours_at_its_edges(spans: tuple[Span, ...], new: Span) -> None:
    after = apply(spans, paint(spans, new))
    held = next(span for span in after if span.start <= new.start < span.end)
    assert held[2:] == new[2:] and held.end >= new.end
    assert not any(span[2:] == held[2:] and held.start in (span.end,) for span in after)
    assert not any(span[2:] == held[2:] and held.end in (span.start,) for span in after)


@given(SPANS, st.lists(SPAN, max_size=6))
def test_several_are_one_gesture_and_the_later_wins(spans: tuple[Span, ...], new: list[Span]) -> None:
    expected = slots_of(spans)
    for span in new:
        expected.update(slots_of((span,)))
    assert done(spans, paint_all(spans, new)) == expected


@given(SPANS, st.lists(SPAN, max_size=6))
def test_filling_takes_only_what_is_open_and_the_earlier_wins(
    spans: tuple[Span, ...], new: list[Span]
) -> None:
    expected = slots_of(spans)
    for span in new:
        expected = {**slots_of((span,)), **expected}
    assert done(spans, fill(spans, new)) == expected


@given(SPANS, STRETCH)
def test_erasing(spans: tuple[Span, ...], stretch: list[int]) -> None:
    a, b = stretch
    expected = {slot: what for slot, what in slots_of(spans).items() if not a <= slot < b}
    assert done(spans, erase(spans, a, b)) == expected


@given(SPANS, STRETCH, st.sets(st.sampled_from(STATES)), st.sampled_from(STATES))
def test_a_state_changes_only_within_the_stretch(
    spans: tuple[Span, ...], stretch: list[int], old: set[str], new: str
) -> None:
    a, b = stretch
    expected = {
        slot: (what[0], new, what[2]) if a <= slot < b and what[1] in old else what
        for slot, what in slots_of(spans).items()
    }
    assert done(spans, restate(spans, a, b, old, new)) == expected


@given(SPANS, STRETCH)
def test_proposals_are_accepted_or_dismissed(spans: tuple[Span, ...], stretch: list[int]) -> None:
    a, b = stretch
    before = slots_of(spans)
    proposed = {slot for slot, what in before.items() if what[1] == PROPOSED and a <= slot < b}
    accepted = done(spans, accept(spans, a, b))
    assert {slot for slot in before if accepted[slot] != before[slot]} == proposed
    assert all(accepted[slot][1] == CONFIRMED for slot in proposed)
    assert set(before) - set(done(spans, dismiss(spans, a, b))) == proposed


def test_an_empty_span_is_refused() -> None:
    for gesture in (lambda: paint((), Span(300, 300, "work")), lambda: fill((), [Span(600, 300, "work")])):
        with pytest.raises(ValueError, match="empty"):
            gesture()
    assert not erase([Span(0, 600, "work")], 300, 300)
    assert not paint_all([Span(0, 600, "work")], [])
    assert not fill([Span(0, 600, "work")], [])


def test_a_change_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="fit"):
        apply((), Change((Span(0, 300, "work"),), ()))
    with pytest.raises(ValueError, match="overlap"):
        apply((Span(0, 600, "work"),), Change((), (Span(300, 900, "rest"),)))
    with pytest.raises(ValueError, match="overlap"):
        check([Span(300, 900, "rest"), Span(0, 300, "rest")])


def test_the_same_in_another_state_or_from_another_source_stays_apart() -> None:
    spans = [Span(0, 300, "work"), Span(300, 600, "work", CONFIRMED), Span(600, 900, "work", CONFIRMED, CALL)]
    assert joined(spans) == spans
    assert joined([*spans, Span(900, 1200, "work", CONFIRMED, CALL)])[-1] == Span(
        600, 1200, "work", CONFIRMED, CALL
    )


def gestures(count: int, seed: int) -> None:
    """Random gestures of all kinds: never an overlap; undone one by one, each state comes back, to the start."""
    rng = random.Random(seed)
    spans: tuple[Span, ...] = ()
    history: list[tuple[tuple[Span, ...], Change]] = []

    def some() -> Span:
        start = rng.randrange(0, 2000) * SLOT
        end = start + rng.randint(1, 60) * SLOT
        return Span(start, end, rng.choice(NAMES), rng.choice(STATES), rng.choice(SOURCES))

    for _ in range(count):
        span = some()
        near = [other for other in spans if other.start <= span.end + 1 and other.end >= span.start - 1]
        change = rng.choice(
            (
                lambda near=near, span=span: paint(near, span),
                lambda near=near, span=span: paint(near, span),
                lambda near=near, span=span: fill(near, [span]),
                lambda near=near, span=span: erase(near, span.start, span.end),
                lambda near=near, span=span: accept(near, span.start, span.end),
                lambda near=near, span=span: dismiss(near, span.start, span.end),
                lambda spans=spans: paint_all(spans, [some() for _ in range(3)]),
                lambda spans=spans, span=span: until_now(spans, span.end, 0, span.category, span.start),
                lambda near=near, span=span: propose(near, [(span.start + 70, span.end - 40, "work")], CALL),
            )
        )()
        history.append((spans, change))
        spans = apply(spans, change)  # checks that nothing overlaps
    assert len(spans) > min(count, 20)
    for before, change in reversed(history):
        spans = apply(spans, invert(change))
        assert spans == before
    assert spans == ()


def test_500_random_gestures_and_back() -> None:
    gestures(500, 1)


@pytest.mark.slow
def test_10000_random_gestures_and_back() -> None:
    gestures(10_000, 2)


@pytest.mark.parametrize("name", NAMED)
def test_painting_over_a_change_of_the_clock(name: str) -> None:
    """A night painted by its instants fills its slots and no others, whatever the clock does meanwhile."""
    for i in range(3 * 365):
        day = day_named(date(2010, 1, 1) + timedelta(days=i), zone(name))
        if (day.slots == 288 and i) or not day.length:
            continue
        if not day.length:
            continue
        full = apply((), paint((), Span(day.start, day.end, "sleeping")))
        assert sum(span.length for span in full) == day.length
        cut = apply(full, paint(full, Span(day.start + 5 * SLOT, day.end - 7 * SLOT, "rest")))
        assert [span.length for span in cut] == [5 * SLOT, day.length - 12 * SLOT, 7 * SLOT]
        assert gaps(cut, day.start, day.end) == []


# -- what is open


@given(SPANS, STRETCH)
def test_gaps_are_all_that_no_span_covers(spans: tuple[Span, ...], stretch: list[int]) -> None:
    a, b = stretch
    found = gaps(spans, a, b)
    assert [slot for start, end in found for slot in range(start, end, SLOT)] == [
        slot for slot in range(a, b, SLOT) if slot not in slots_of(spans)
    ]
    assert all(one[1] < two[0] for one, two in pairwise(found))


def test_until_now_fills_what_is_open_and_leaves_proposals() -> None:
    spans = (Span(0, 3600, "work"), Span(5400, 6000, "work/e-mails", PROPOSED, CALL))
    after = apply(spans, until_now(spans, 7200 + 100, 0, "rest"))
    assert after == (
        spans[0],
        Span(3600, 5400, "rest", CONFIRMED),
        spans[1],
        Span(6000, 7200, "rest", CONFIRMED),
    )


@pytest.mark.parametrize(
    ("now", "end"), [(3610, 3900), (3749, 3900), (4049, 3900), (4050, 4200), (4200, 4200)]
)
def test_until_now_goes_to_the_nearest_edge_but_never_to_nothing(now: int, end: int) -> None:
    change = until_now((Span(0, 3600, "work"),), now, 0, "rest")
    assert change.added == (Span(3600, end, "rest", CONFIRMED),)


def test_until_now_with_nothing_open() -> None:
    spans = (Span(0, 3600, "work"),)
    assert not until_now(spans, 3600, 0, "rest")
    assert not until_now(spans, 3000, 0, "rest")
    assert until_now((), 3600, 300, "rest").added == (Span(300, 3600, "rest", CONFIRMED),)
    assert until_now(spans, 7200, 0, "rest", 6000).added == (Span(6000, 7200, "rest", CONFIRMED),)


def test_like_the_one_before_looks_past_proposals() -> None:
    spans = (Span(0, 300, "work"), Span(300, 600, "rest", PROPOSED), Span(900, 1200, "eating"))
    assert [one_before(spans, at) for at in (0, 300, 900, 901)] == [None, "work", "work", "eating"]
    assert [open_since(spans, at, 0) for at in (0, 600, 2000)] == [0, 300, 1200]


@pytest.mark.parametrize(
    ("end", "state"), [(0, FILLED), (6400, CONFIRMED), (6399, FILLED), (20_000, CONFIRMED)]
)
def test_what_is_set_down_late_is_filled_in_afterwards(end: int, state: str) -> None:
    assert state_at(end, 10_000) == state


# -- words


def clock(instant: int) -> str:
    return f"{instant // 3600}:{instant // 60 % 60:02d}"


def test_a_gesture_in_words() -> None:
    stretch = (9 * 3600, 9 * 3600 + 2400)
    assert words("14:05", stretch, "e-mails", ["calls"], clock) == "14:05: 9:00–9:40 e-mails over calls"
    assert words("14:05", stretch, "e-mails", ["e-mails"], clock) == "14:05: 9:00–9:40 e-mails"
    several = words("14:05", stretch, "rest", ["a", "b", "a", "c"], clock)
    assert several == "14:05: 9:00–9:40 rest over a, b and c"
    assert words("14:05", stretch, "rest", list("abcde"), clock).endswith("over a, b, c and 2 more")


@given(SPANS, STRETCH)
def test_what_a_gesture_would_cut(spans: tuple[Span, ...], stretch: list[int]) -> None:
    a, b = stretch
    found = under(spans, a, b)
    assert slots_of(tuple(found)) == {s: what for s, what in slots_of(spans).items() if a <= s < b}
