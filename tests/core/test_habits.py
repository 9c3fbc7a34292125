"""The tally of habits: ticks of a day, sums of a week, and nothing lost on the way to the page and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.habits import MOST, Week, from_page, to_page, week_of, weeks_before

FRIDAY = date(2026, 11, 20)


def test_ticks_add_up_by_day_and_week() -> None:
    week = (
        Week()
        .with_tick(FRIDAY, "break", 1)
        .with_tick(FRIDAY, "break", 1)
        .with_tick(date(2026, 11, 18), "break", 1)
    )
    assert (week.on(FRIDAY, "break"), week.total("break")) == (2, 3)
    assert (week.on(FRIDAY, "laugh"), week.total("laugh")) == (0, 0)


def test_a_tick_can_be_taken_back_and_leaves_nothing_behind() -> None:
    week = Week().with_tick(FRIDAY, "break", 1).with_tick(FRIDAY, "break", -1)
    assert to_page(week) == {"days": {}}


def test_never_under_nothing_and_never_over_the_most() -> None:
    assert Week().with_tick(FRIDAY, "break", -1).on(FRIDAY, "break") == 0
    full = Week({FRIDAY.isoformat(): {"break": MOST}})
    assert full.with_tick(FRIDAY, "break", 1).on(FRIDAY, "break") == MOST


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 16), "2026-W47"),
        (date(2026, 11, 22), "2026-W47"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_weeks_are_those_of_iso(day: date, name: str) -> None:
    assert week_of(day) == name


def test_the_weeks_before_go_over_the_end_of_a_year() -> None:
    assert weeks_before(date(2027, 1, 5), 3) == ("2026-W51", "2026-W52", "2026-W53")


@given(
    st.dictionaries(
        st.dates().map(date.isoformat),
        st.dictionaries(st.text(min_size=1), st.integers(1, MOST), min_size=1),
    )
)
def test_a_week_survives_its_page(days: dict[str, dict[str, int]]) -> None:
    assert from_page(to_page(Week(days))) == Week(days)


@pytest.mark.parametrize(
    "page",
    [
        {},
        {"days": None},
        {"days": [1]},
        {"days": {"soon": {"break": 1}}},
        {"days": {"2026-11-20": {"break": 0, "laugh": True, "food": -3, "time": "2", "exercise": 100}}},
        {"days": {"2026-11-20": 3, "20261120": {"break": 1}}},
    ],
)
def test_what_makes_no_sense_is_left_out(page: dict[str, object]) -> None:
    assert from_page(page) == Week()
