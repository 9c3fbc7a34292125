"""Figures of the journal: medians over enough cases, in the hour of the place, and nothing beyond."""

from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.clock import stamp
from companion.core.patterns import ENOUGH, Tally, fact_of, number, patterns, trimmed
from companion.core.stress import Action, Entry, head_of, new_entry

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""A Friday, noon in Berlin."""


def entry(before: int | None = 5, after: int | None = None, at: datetime = NOON, **parts: object) -> Entry:
    zone = str(parts.pop("zone", "Europe/Berlin"))
    return new_entry(stamp(at), zone)._replace(before=before, after=after, **parts)  # type: ignore[arg-type]


def test_nothing_written_gives_no_figure() -> None:
    found = patterns([])
    assert (found.entries, found.rated) == (0, 0)
    assert found.reasons.figures == found.helped.figures == ()
    assert [figure.cases for figure in found.hours.figures] == [0] * 24
    assert [figure.median for figure in found.weekdays.figures] == [None] * 7


def test_a_group_has_no_figure_under_five_cases() -> None:
    four = patterns([entry(reason="billing")] * 4).reasons.figures[0]
    assert (four.cases, four.median, four.low, four.high) == (4, None, None, None)
    five = patterns([entry(reason="billing")] * 5).reasons.figures[0]
    assert (five.cases, five.median, five.low, five.high) == (5, 5, 5, 5)


def test_groups_are_kept_apart_and_no_other_is_made_up() -> None:
    found = patterns(
        [entry(source="a")] * 5 + [entry(source="b")] * 3 + [entry(source="c")] * 2 + [entry()] * 4
    )
    assert [(f.key, f.cases, f.median) for f in found.sources.figures] == [
        ("a", 5, 5),
        ("b", 3, None),
        ("c", 2, None),
    ]
    assert found.sources.unnamed == 4
    assert found.sources.cases == 10


def test_groups_stand_in_the_order_of_their_cases_not_of_their_stress() -> None:
    found = patterns([entry(9, event_kind="hard")] * 5 + [entry(1, event_kind="easy")] * 6)
    assert [f.key for f in found.events.figures] == ["easy", "hard"]


@pytest.mark.parametrize(
    ("zone", "hour", "weekday"),
    [("Europe/Berlin", 0, 5), ("America/New_York", 18, 4), ("+05:30", 4, 5), ("UTC", 23, 4)],
)
def test_hour_and_weekday_are_those_of_the_place(zone: str, hour: int, weekday: int) -> None:
    late = datetime(2026, 11, 20, 23, 10, tzinfo=UTC)
    found = patterns([entry(at=late, zone=zone)] * ENOUGH)
    assert [f.key for f in found.hours.figures if f.cases] == [str(hour)]
    assert [f.key for f in found.weekdays.figures if f.cases] == [str(weekday)]


def test_the_hour_that_comes_twice_is_one_hour() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    found = patterns([entry(at=first), entry(at=first + timedelta(hours=1))])
    assert found.hours.figures[2].cases == 2


def test_zero_is_a_number_and_none_is_not() -> None:
    found = patterns([entry(0)] * 5 + [entry(None)] * 9)
    assert (found.entries, found.rated, found.overall.median) == (14, 5, 0)


def test_before_and_after_are_pairs_only() -> None:
    pairs = [entry(8, 3), entry(8, 8), entry(2, 4), entry(6, 0), entry(7, 6)]
    found = patterns([*pairs, entry(10), entry(None, 1)]).pairs
    assert (found.before.cases, found.before.median) == (5, 7)
    assert (found.after.cases, found.after.median) == (5, 4)
    assert (found.lower, found.same, found.higher) == (3, 1, 1)


def test_what_helped_counts_answers_also_without_a_rating() -> None:
    breathe, rest = Action("1", "breathe", helped=0), Action("2", "break", helped=9)
    silent = Action("3", "talk", asked=True)
    found = patterns([entry(None, actions=(breathe, rest, silent))] * 5 + [entry(actions=(rest,))]).helped
    assert [(f.key, f.cases, f.median) for f in found.figures] == [("break", 6, 9), ("breathe", 5, 0)]


def test_only_what_lies_in_the_range_counts() -> None:
    old, new = entry(at=NOON - timedelta(days=1)), entry(at=NOON)
    assert patterns([old, new], since=stamp(NOON)).entries == 1
    assert patterns([old, new]).entries == 2


def test_a_head_of_a_list_tells_the_same_as_its_entry() -> None:
    whole = entry(
        4, 2, source="a", event_kind="b", reason="c", actions=(Action("1", "talk", "text", helped=3),)
    )
    assert fact_of(head_of(whole)) == fact_of(whole)


@given(st.lists(st.integers(0, 10), min_size=ENOUGH, max_size=200))
def test_median_and_middle_half_are_exact(values: list[int]) -> None:
    figure = patterns([entry(value) for value in values]).overall
    low, _, high = quantiles(values, n=4, method="inclusive")
    assert figure.median == median(values)
    assert figure.low == pytest.approx(low)
    assert figure.high == pytest.approx(high)


@given(st.lists(st.tuples(st.integers(0, 10), st.sampled_from(["", "a", "b"])), max_size=40), st.randoms())
def test_the_order_of_entries_does_not_matter(rows: list[tuple[int, str]], random: object) -> None:
    entries = [entry(value, reason=reason) for value, reason in rows]
    mixed = list(entries)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert patterns(mixed) == patterns(entries)
    cases = patterns(entries).reasons
    assert cases.cases + cases.unnamed == len(entries)


def test_a_tally_tells_its_figures_at_any_time() -> None:
    tally = Tally()
    for _ in range(ENOUGH - 1):
        tally.add(fact_of(entry()))
    assert tally.figures().overall.median is None
    tally.add(fact_of(entry()))
    assert tally.figures() == patterns([entry()] * ENOUGH)


def test_the_part_of_the_day_that_was_lived_through() -> None:
    found = patterns([entry(), entry(at=NOON + timedelta(hours=2))])
    assert [f.key for f in trimmed(found.hours.figures)] == ["12", "13", "14"]
    assert trimmed(patterns([]).hours.figures) == ()


@pytest.mark.parametrize(
    ("value", "shown"), [(6.0, "6"), (6.5, "6.5"), (0, "0"), (10.0, "10"), (6.25, "6.2")]
)
def test_numbers_are_written_short(value: float, shown: str) -> None:
    assert number(value) == shown
