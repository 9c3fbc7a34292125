"""Totals: days add up to ranges, children to parents, what is filled and open to the length of the day."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.category_edits import applied, archive, merge
from companion.core.days import SLOT, Day, day_named, day_of, wall
from companion.core.spans import CONFIRMED, FILLED, PROPOSED, STATES, Span, joined
from companion.core.totals import (
    Balance,
    DaySum,
    Total,
    Unplanned,
    amount,
    balance,
    by_day,
    day_sums,
    grouped,
    heat,
    month_name,
    sums,
    totals,
    unfilled,
    unplanned,
    week_name,
    week_of,
)
from tests.timetree import tree
from tests.zones import NAMED, all_zones, zone

NAMES = [one.id for one in tree().usable()]
BERLIN = zone("Europe/Berlin")


def days_from(first: date, count: int, name: str = "Europe/Berlin") -> list[Day]:
    return [day_named(first + timedelta(days=i), zone(name)) for i in range(count)]


def random_spans(days: list[Day], seed: int) -> list[Span]:
    """Spans that fill the days with holes and also reach over their edges."""
    rng = random.Random(seed)
    spans, at = [], days[0].start - 20 * SLOT
    while at < days[-1].end + 20 * SLOT:
        end = at + rng.randint(1, 120) * SLOT
        if rng.random() < 0.8:
            spans.append(Span(at, end, rng.choice(NAMES), rng.choice(STATES)))
        at = end
    return joined(spans)


RANGES = st.tuples(
    st.sampled_from(all_zones()), st.dates(date(2000, 1, 1), date(2037, 11, 1)), st.integers(1, 20)
)


@given(RANGES, st.integers(0, 999))
def test_days_add_up_to_the_range_and_its_length(drawn: tuple[str, date, int], seed: int) -> None:
    name, first, count = drawn
    days = days_from(first, count, name)
    spans = random_spans(days, seed)
    start, end = days[0].start, days[-1].end
    per_day = by_day(spans, days)
    assert list(per_day) == [day.name for day in days]
    whole: dict[str, int] = {}
    for day in days:
        assert per_day[day.name] == sums(spans, day.start, day.end)
        one = balance(spans, day.start, day.end)
        assert one.recorded + one.proposed + one.unfilled == one.length == day.length
        for category, seconds in per_day[day.name].items():
            whole[category] = whole.get(category, 0) + seconds
    assert whole == sums(spans, start, end)
    held = balance(spans, start, end)
    assert sum(whole.values()) == held.recorded + held.proposed
    assert held.unfilled == sum(b - a for a, b in unfilled(spans, start, end))
    plain = [span[:3] for span in spans]
    assert by_day(plain, days) == per_day and sums(plain, start, end) == whole


@given(RANGES, st.integers(0, 999))
def test_the_sums_that_a_store_keeps_say_the_same(drawn: tuple[str, date, int], seed: int) -> None:
    name, first, count = drawn
    days = days_from(first, count, name)
    spans = random_spans(days, seed)
    kept = day_sums(spans, days)
    assert all(one.seconds > 0 for one in kept)
    assert len({one[:3] for one in kept}) == len(kept)
    for state in STATES:
        of_state = [span for span in spans if span.state == state]
        expected = {day: here for day, here in by_day(of_state, days).items() if here}
        found: dict[str, dict[str, int]] = {}
        for one in kept:
            if one.state == state:
                found.setdefault(one.day, {})[one.category] = one.seconds
        assert found == expected
    again = [one for day in days for one in day_sums(spans, [day])]
    assert again == kept, "a day alone gives what it gives among others"


def test_a_night_is_cut_where_the_day_ends() -> None:
    days = days_from(date(2026, 10, 24), 3)
    night = Span(days[0].end - 3600, days[1].start + 7 * 3600, "sleeping", CONFIRMED)
    assert day_sums([night], days) == [
        DaySum("2026-10-24", "sleeping", CONFIRMED, 3600),
        DaySum("2026-10-25", "sleeping", CONFIRMED, 7 * 3600),
    ]


def test_weeks_and_months() -> None:
    days = days_from(date(2026, 12, 25), 12)
    per_day = {day.name: {"work": 60, "rest": i} for i, day in enumerate(days)}
    weeks, months = grouped(per_day, week_name), grouped(per_day, month_name)
    assert {name: one["work"] for name, one in weeks.items()} == {
        "2026-W52": 180,
        "2026-W53": 420,
        "2027-W01": 120,
    }
    assert {name: one["work"] for name, one in months.items()} == {"2026-12": 420, "2027-01": 300}
    assert sum(one["rest"] for one in weeks.values()) == sum(range(12))
    assert week_of("2027-01-01") == ("2026-12-28", "2027-01-03")


# -- the tree


@given(st.dictionaries(st.sampled_from([*NAMES, "gone", "work/gone"]), st.integers(0, 90000)))
def test_children_add_up_to_their_parent(seconds: dict[str, int]) -> None:
    for one in (
        tree(),
        applied(tree(), merge(tree(), "rest", "work")),
        applied(tree(), archive(tree(), "work")),
    ):
        found = totals(one, seconds)
        assert sum(total.seconds for total in found) == sum(seconds.values())
        for total in found:
            assert total.seconds == total.own + sum(child.seconds for child in total.children) > -1
            assert total.seconds == amount(one, seconds, total.category)
            for child in total.children:
                assert child.seconds == child.own == amount(one, seconds, child.category) > 0


def test_totals_in_the_order_of_the_tree() -> None:
    seconds = {"rest": 60, "work/design": 120, "work": 30, "work/e-mails": 10, "nowhere": 5}
    assert totals(tree(), seconds) == (
        Total("work", 160, 30, (Total("work/e-mails", 10, 10), Total("work/design", 120, 120))),
        Total("rest", 60, 60),
        Total("nowhere", 5, 5),
    )
    every = totals(tree(), {}, zeros=True)
    assert [one.category for one in every] == [one.id for one in tree().children()]
    assert all(one.seconds == 0 for one in every)


# -- open time


def test_balance_and_open_stretches() -> None:
    spans = [
        Span(0, 3600, "work", FILLED),
        Span(3600, 4200, "work", PROPOSED),
        Span(7200, 9000, "rest", CONFIRMED),
    ]
    assert balance(spans, 0, 10800) == Balance(10800, 5400, 600, 4800)
    assert unfilled(spans, 0, 10800) == [(4200, 7200), (9000, 10800)]
    assert unfilled([(0, 10800, "work")], 0, 10800) == []


# -- hour by weekday


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    "first", (date(2011, 3, 20), date(2011, 9, 20), date(2026, 3, 20), date(2026, 10, 20))
)
def test_the_heat_map_by_looking_at_each_slot(name: str, first: date) -> None:
    days = days_from(first, 21, name)
    spans = random_spans(days, 5)
    expected = [[0] * 24 for _ in range(7)]
    room = [[0] * 24 for _ in range(7)]
    work = {start for span in spans if span.category != "rest" for start in range(span.start, span.end, SLOT)}
    for day in days:
        for slot in range(day.start, day.end, SLOT):
            hour = wall(slot, zone(name)).hour
            room[day.date.weekday()][hour] += SLOT
            expected[day.date.weekday()][hour] += SLOT * (slot in work)
    found = heat(spans, days, lambda day: zone(name), lambda category: category != "rest")
    assert [list(row) for row in found.seconds] == expected
    assert [list(row) for row in found.lengths] == room
    whole = heat(spans, days, lambda day: zone(name))
    assert sum(map(sum, whole.seconds)) == sum(sums(spans, days[0].start, days[-1].end).values())


# -- unplanned


def test_unplanned_time() -> None:
    days = days_from(date(2026, 10, 19), 2)
    one, two = days[0].start, days[1].start
    spans = [
        Span(one, one + 3600, "rest"),
        Span(one + 3600, one + 7200, "technology"),
        Span(one + 9000, one + 9600, "work/e-mails"),
        Span(one + 9600, one + 10200, "technology", PROPOSED),
        Span(one + 12000, one + 12300, "technology"),
        Span(two - 1800, two + 1800, "technology"),
        Span(two + 1800, two + 3600, "rest"),
        Span(two + 3600, two + 3900, "technology"),
    ]
    found = unplanned(tree(), spans, days, "technology", lambda day: 1800 if day == "2026-10-19" else 7200)
    assert found == Unplanned(
        seconds=3600 + 600 + 300 + 1800 - 1800,
        total=3600 + 600 + 300 + 3600 + 300,
        sittings=5,
        longest=3600,
        after="rest",
    )
    merged = applied(tree(), merge(tree(), "rest", "technology"))
    assert unplanned(merged, spans, days, "technology", lambda day: 0).sittings == 4
    assert unplanned(tree(), [], days, "technology", lambda day: 0) == Unplanned(0, 0, 0, 0, "")


@given(RANGES, st.integers(0, 999), st.integers(0, 20000))
def test_unplanned_time_is_what_is_beyond_each_days_plan(
    drawn: tuple[str, date, int], seed: int, plan: int
) -> None:
    name, first, count = drawn
    days = days_from(first, count, name)
    spans = random_spans(days, seed)
    found = unplanned(tree(), spans, days, "work", lambda day: plan)
    per_day = [amount(tree(), here, "work") for here in by_day(spans, days).values()]
    assert found.total == sum(per_day)
    assert found.seconds == sum(max(0, here - plan) for here in per_day)
    assert found.longest <= found.total and bool(found.sittings) == bool(found.total)


def test_days_that_follow_each_other_share_their_edges() -> None:
    days = days_from(date(2026, 3, 25), 10)
    assert all(a.end == b.start for a, b in pairwise(days))
    assert day_of(days[4].start, BERLIN) == days[4]
