"""The preview of an import: rounding, overlaps, choices, and the one change that comes of it."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.days import SLOT
from companion.core.spans import (
    CONFIRMED,
    FILLED,
    IMPORT,
    PROPOSED,
    STATES,
    Span,
    apply,
    check,
    invert,
    joined,
)
from companion.core.time_formats.found import Found
from companion.core.time_formats.plan import (
    ASK,
    KEEP,
    NOT,
    OPEN,
    OUT,
    PARTLY,
    SHORT,
    TAKE,
    TWICE,
    WHOLE,
    Overlap,
    Plan,
    Rounding,
    Rule,
    TooMuch,
    extent,
    labels,
    make,
    suggest,
)
from tests.timetree import tree

MAP: dict[str, str | None] = {"a": "work", "b": "rest", "c": "travel", "": None}
BOTH = {choice: Rule(choice, choice) for choice in (KEEP, TAKE, ASK)}


def got(plan: Plan) -> list[tuple[int, int, str]]:
    assert plan.change is not None
    return [span[:3] for span in plan.change.added]


def fates(plan: Plan) -> list[str]:
    return [line.fate for line in plan.lines]


def test_rounding_is_said_per_line_and_in_sum() -> None:
    plan = make(
        [Found(10, 620, "a"), Found(620, 700, "b"), Found(900, 1800, "a"), Found(2000, 5000, "")], (), MAP
    )
    assert got(plan) == [(0, 600, "work"), (900, 1800, "work")]
    assert fates(plan) == [WHOLE, SHORT, WHOLE, OUT]
    assert [line.moved for line in plan.lines] == [(-10, -20), (-20, -100), (0, 0), (100, 100)]
    assert plan.rounding == Rounding(2, 100, 1, 610 + 80 + 900, 1500)


def test_nothing_is_to_be_written_before_all_is_decided() -> None:
    there = [Span(0, 600, "travel")]
    plan = make([Found(0, 900, "a"), Found(2000, 4000, "unknown")], there, MAP)
    assert (plan.change, plan.undecided, plan.unmapped) == (None, 1, ("unknown",))
    assert fates(plan) == [OPEN, OPEN] and [line.written for line in plan.lines] == [300, 0]
    [overlap] = plan.overlaps
    assert overlap == Overlap(0, -1, there[0], 0, 600, ASK)
    mapped = make([Found(0, 900, "a"), Found(2000, 4000, "unknown")], there, {**MAP, "unknown": None})
    assert (mapped.change, mapped.unmapped) == (None, ())
    decided = make(
        [Found(0, 900, "a")], there, MAP, Rule(one_by_one={overlap.key: TAKE}), words="9:00: import"
    )
    assert got(decided) == [(0, 900, "work")]
    assert decided.cut == (there[0],)
    assert decided.change is not None and decided.change.words == "9:00: import"


@pytest.mark.parametrize(
    ("choice", "added", "fate"),
    [(KEEP, [(0, 300, "work"), (600, 900, "work")], PARTLY), (TAKE, [(0, 900, "work")], WHOLE)],
)
def test_overlaps_with_what_is_there(choice: str, added: list[tuple[int, int, str]], fate: str) -> None:
    plan = make([Found(0, 900, "a")], [Span(300, 600, "rest")], MAP, Rule(choice))
    assert (got(plan), fates(plan)) == (added, [fate])
    assert plan.lines[0].written == sum(end - start for start, end, _ in added)


@pytest.mark.parametrize(
    ("choice", "added", "fate"),
    [
        (KEEP, [(0, 900, "work"), (900, 1200, "rest")], [WHOLE, PARTLY]),
        (TAKE, [(0, 600, "work"), (600, 1200, "rest")], [PARTLY, WHOLE]),
    ],
)
def test_overlaps_within_the_file(choice: str, added: list[tuple[int, int, str]], fate: list[str]) -> None:
    plan = make([Found(0, 900, "a"), Found(600, 1200, "b")], (), MAP, Rule(KEEP, choice))
    assert (got(plan), fates(plan)) == (added, fate)


def test_each_overlap_has_a_choice_of_its_own() -> None:
    there = [Span(0, 300, "rest"), Span(600, 900, "rest"), Span(900, 1200, "travel")]
    found = [Found(0, 1200, "a")]
    keys = [one.key for one in make(found, there, MAP).overlaps]
    plan = make(found, there, MAP, Rule(ASK, ASK, dict(zip(keys, (KEEP, TAKE, KEEP), strict=True))))
    assert got(plan) == [(300, 900, "work")]
    assert plan.cut == (there[1],)


def test_what_is_there_already_is_no_overlap() -> None:
    there = [Span(0, 600, "work", CONFIRMED, "call")]
    plan = make([Found(0, 600, "a"), Found(300, 900, "a")], there, MAP)
    assert (plan.overlaps, fates(plan)) == ((), [WHOLE, WHOLE])
    assert got(plan) == [(600, 900, "work")]
    again = make([Found(0, 600, "a")], there, MAP)
    assert again.change is not None and not again.change


def test_a_proposal_of_the_same_category_becomes_fact() -> None:
    there = [Span(0, 600, "work", PROPOSED, "call")]
    plan = make([Found(0, 600, "a")], there, MAP)
    assert plan.change is not None
    assert plan.change.added == (Span(0, 600, "work", FILLED, IMPORT),)
    assert plan.change.removed == tuple(there)


def test_an_entry_twice_in_the_file() -> None:
    plan = make([Found(0, 600, "a", line=2), Found(20, 610, "a", line=3)], (), MAP)
    assert (got(plan), fates(plan)) == ([(0, 600, "work")], [WHOLE, TWICE])


def test_nothing_of_an_entry_left() -> None:
    assert fates(make([Found(0, 600, "a")], [Span(0, 900, "rest")], MAP, BOTH[KEEP])) == [NOT]


def test_our_own_states_come_back() -> None:
    found = [Found(i * 600, i * 600 + 300, "a", state=state) for i, state in enumerate((*STATES, "odd"))]
    plan = make(found, (), MAP)
    assert plan.change is not None
    assert [span.state for span in plan.change.added] == [*STATES, FILLED]


def test_the_same_time_over_and_over_is_too_much() -> None:
    found = [Found(i * 300, 10**6, "a" if i % 2 else "b") for i in range(200)]
    with pytest.raises(TooMuch):
        make(found, (), MAP)


def test_labels_and_extent() -> None:
    found = [Found(0, 300, "a"), Found(600, 1800, "b"), Found(1800, 2100, "a")]
    assert list(labels(found).items()) == [("b", 1200), ("a", 600)]
    assert extent(found) == (-300, 2400) and extent([]) is None


def test_labels_that_leave_no_doubt_are_mapped() -> None:
    wanted = [
        "work/e-mails",
        "Work / E-mails",
        "Phone calls",
        "driving",
        "Acme / Research",
        "x",
        "Acme",
        "",
        "calls, support",
    ]
    found = suggest(tree(), wanted)
    assert found == {
        "work/e-mails": "work/e-mails",
        "Work / E-mails": "work/e-mails",
        "Phone calls": "work/phone calls",
        "driving": "travel",
        "Acme / Research": "work/research",
        "calls, support": "work/phone calls",
    }


# -- anything


EDGES = st.lists(st.integers(0, 6000), min_size=2, max_size=2, unique=True).map(sorted)
FOUND = st.lists(
    st.builds(lambda e, label: Found(e[0], e[1], label), EDGES, st.sampled_from(["a", "b", "c", ""])),
    max_size=8,
)


@st.composite
def kept(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 20), max_size=10)))
    spans = [
        Span(
            a * SLOT,
            b * SLOT,
            draw(st.sampled_from(["work", "rest", "travel"])),
            draw(st.sampled_from(STATES)),
        )
        for a, b in pairwise(edges)
        if draw(st.booleans())
    ]
    return tuple(joined(spans))


def at_slot(spans: Sequence[Span], slot: int) -> str:
    return next((span.category for span in spans if span.start <= slot < span.end), "")


@given(FOUND, kept(), st.sampled_from([KEEP, TAKE]), st.sampled_from([KEEP, TAKE]), st.data())
def test_the_change_does_what_the_choices_say(
    found: list[Found], there: tuple[Span, ...], with_there: str, within: str, data: st.DataObject
) -> None:
    asked = make(found, there, MAP)
    assert (asked.change is None) == bool(asked.overlaps) and asked.undecided == len(asked.overlaps)
    keys = [one.key for one in asked.overlaps]
    assert len(set(keys)) == len(keys)
    chosen = {key: data.draw(st.sampled_from([KEEP, TAKE])) for key in keys if data.draw(st.booleans())}
    plan = make(found, there, MAP, Rule(with_there, within, chosen))
    assert plan.change is not None and plan.undecided == 0
    assert [one.key for one in plan.overlaps] == keys
    after = apply(there, plan.change)
    check(after)
    assert apply(after, invert(plan.change)) == there
    assert all(span.start % SLOT == span.end % SLOT == 0 for span in after)
    live = {i: line for i, line in enumerate(plan.lines) if line.fate not in (OUT, SHORT, TWICE)}
    for slot in range(-SLOT, 24 * SLOT, SLOT):
        over = [one for one in plan.overlaps if one.start <= slot < one.end]
        claims = {line.category for line in live.values() if line.start <= slot < line.end}
        old, new = at_slot(there, slot), at_slot(after, slot)
        if not claims:
            assert new == old
        elif not over:
            assert {new} == claims
        elif all(one.choice == KEEP for one in over if one.old) and old:
            assert new == old or (claims == {new})
        else:
            assert new in claims | {old}
        if new != old:
            assert new in claims
    assert sum(line.written for line in plan.lines) == sum(
        SLOT for slot in range(0, 24 * SLOT, SLOT) if at_span(there, slot) != at_span(after, slot)
    )
    for line in live.values():
        seen = sum(
            SLOT for slot in range(line.start, line.end, SLOT) if at_slot(after, slot) == line.category
        )
        assert line.fate == (WHOLE if seen == line.end - line.start else PARTLY if seen else NOT)


def at_span(spans: Sequence[Span], slot: int) -> tuple[str, ...]:
    return next((span[2:] for span in spans if span.start <= slot < span.end), ())


@given(FOUND, kept())
def test_keeping_changes_nothing_that_is_there_and_taking_writes_all(
    found: list[Found], there: tuple[Span, ...]
) -> None:
    mine = make(found, there, MAP, BOTH[KEEP])
    assert mine.change is not None
    after = apply(there, mine.change)
    for span in there:
        assert all(at_slot(after, slot) == span.category for slot in range(span.start, span.end, SLOT))
    theirs = make(found, there, MAP, BOTH[TAKE])
    assert theirs.change is not None
    after = apply(there, theirs.change)
    for line in theirs.lines:
        if line.fate not in (OUT, SHORT):
            assert all(at_slot(after, slot) for slot in range(line.start, line.end, SLOT))
