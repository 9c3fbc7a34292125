"""Claims: a slot goes to what filled most of it; imported spans come to the grid, and clashes are all found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.claims import clashes, propose, to_grid, to_slots
from companion.core.days import SLOT
from companion.core.spans import BREAK, CALL, CONFIRMED, PROPOSED, Span, check
from tests.timespans import SPAN, SPANS

# -- calls and breaks


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ([(0, 150, "call")], [(0, 300, "call")]),
        ([(0, 149, "call")], []),
        ([(0, 120, "call"), (120, 230, "break")], [(0, 300, "call")]),
        ([(0, 110, "break"), (110, 230, "call")], [(0, 300, "call")]),
        ([(100, 500, "call")], [(0, 600, "call")]),
        ([(100, 400, "call"), (400, 650, "break")], [(0, 300, "call"), (300, 600, "break")]),
        ([(0, 60, "call"), (100, 160, "call"), (200, 240, "call")], [(0, 300, "call")]),
        ([(0, 150, "a"), (150, 300, "b")], [(0, 300, "a")]),
        ([(0, 140, "a"), (0, 140, "b")], []),
        ([(250, 349, "call")], []),
        ([(10, 10, "call")], []),
    ],
)
def test_a_slot_goes_to_what_filled_most_of_it(
    claims: list[tuple[int, int, str]], found: list[tuple[int, int, str]]
) -> None:
    assert to_slots(claims) == found


@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 900), st.sampled_from("ab")), max_size=8))
def test_slots_by_counting_seconds(raw: list[tuple[int, int, str]]) -> None:
    claims, at = [], 0
    for gap, length, name in raw:  # one after the other, as calls are
        at += gap % 400
        claims.append((at, at + length, name))
        at += length
    seconds = {second: name for start, end, name in claims for second in range(start, end)}
    found = {slot: name for start, end, name in to_slots(claims) for slot in range(start, end, SLOT)}
    for slot in range(0, at + SLOT, SLOT):
        here = [seconds.get(second) for second in range(slot, slot + SLOT)]
        if slot in found:
            assert here.count(found[slot]) >= max(here.count(name) for name in (None, "a", "b"))
        else:
            assert all(here.count(None) > here.count(name) for name in "ab")


def test_slots_are_counted_from_their_origin() -> None:
    assert to_slots([(1000, 1200, "call")], 950) == [(950, 1250, "call")]
    assert to_slots([(1000, 1200, "call")], 650) == [(950, 1250, "call")]
    assert to_slots([(1000, 1200, "call")], 1550) == [(950, 1250, "call")]


def test_proposals_never_cover_what_is_there() -> None:
    spans = (Span(300, 600, "rest"),)
    change = propose(spans, [(0, 880, "work")], CALL)
    assert change.removed == ()
    assert change.added == (Span(0, 300, "work", PROPOSED, CALL), Span(600, 900, "work", PROPOSED, CALL))
    always = propose((), [(0, 300, "rest")], BREAK, state=CONFIRMED)
    assert always.added == (Span(0, 300, "rest", CONFIRMED, BREAK),)


# -- imports


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 2000)), max_size=10), st.integers(0, 299))
def test_rounding_makes_no_overlap_and_says_what_it_did(raw: list[tuple[int, int]], origin: int) -> None:
    spans, at = [], 0
    for gap, length in raw:
        spans.append(Span(at + gap, at + gap + length, "work"))
        at += gap + length
    found = to_grid(spans, origin)
    check(found.spans)
    assert all((edge - origin) % SLOT == 0 for span in found.spans for edge in span[:2])
    assert len(found.spans) + len(found.lost) == len(spans)
    off = sum((edge - origin) % SLOT != 0 for span in spans for edge in span[:2])
    assert found.moved == off
    assert found.most <= SLOT // 2 and bool(found.most) == bool(off)
    assert all(span.length < SLOT for span in found.lost)


@given(SPANS, st.lists(SPAN, max_size=6))
def test_clashes_are_all_time_claimed_twice(spans: tuple[Span, ...], new: list[Span]) -> None:
    found = clashes(spans, new)
    for clash in found:
        assert clash.start == max(clash.new.start, clash.old.start) < clash.end
        assert clash.end == min(clash.new.end, clash.old.end)
    pairs = sum(a.start < b.end and b.start < a.end for a in new for b in spans)
    pairs += sum(a.start < b.end and b.start < a.end for i, a in enumerate(new) for b in new[:i])
    assert len(found) == pairs
