"""Ranges of days and the words for them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.goals import ABOUT, AT_LEAST, AT_MOST, Goal, Standing
from companion.core.totals import Unplanned
from companion.ui.pages.time import periods
from companion.ui.pages.time.parts import minutes_of
from companion.ui.pages.time.telling import (
    aimed,
    all_met,
    clocked,
    counted,
    difference,
    goal_words,
    kept,
    share,
    spelled,
    unplanned_words,
    weekday_words,
)

DATES = st.dates(date(2001, 1, 1), date(2190, 1, 1))
TODAY = date(2026, 11, 20)


@given(DATES, st.sampled_from((periods.DAY, periods.WEEK, periods.MONTH)))
def test_a_period_holds_its_day_and_follows_the_one_before(day: date, kind: str) -> None:
    here = periods.period(kind, day)
    after = periods.moved(here, 1)
    assert here.first <= day <= here.last
    assert after.first == here.last + timedelta(days=1)
    assert periods.moved(after, -1) == here


@given(st.dates(date(2015, 1, 1), date(2180, 1, 1)), st.integers(0, 800), st.integers(-5, 5))
def test_any_range_moves_by_its_own_length(first: date, days: int, by: int) -> None:
    here = periods.between(first, first + timedelta(days=days))
    assert periods.moved(here, by).first == first + timedelta(days=by * (days + 1))
    assert periods.moved(here, by).days == here.days


@given(DATES, st.integers(0, 1200))
def test_slices_hold_each_day_once(first: date, days: int) -> None:
    found = list(periods.slices(first, first + timedelta(days=days)))
    dates = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in found]
    assert sum((b - a).days + 1 for a, b in dates) == days + 1
    assert dates[0][0] == first
    assert all(a.month == b.month for a, b in dates)


def test_no_range_leaves_what_can_be_kept() -> None:
    last = periods.period(periods.MONTH, date(2199, 12, 1))
    assert periods.moved(last, 5).last <= date(2199, 12, 31)
    assert periods.moved(periods.period(periods.DAY, periods.EARLIEST), -9).first == periods.EARLIEST


@pytest.mark.parametrize(
    ("here", "words", "more"),
    [
        (periods.period("day", TODAY), "Friday, 20 November 2026", "Today"),
        (periods.period("day", date(2026, 11, 19)), "Thursday, 19 November 2026", "Yesterday"),
        (periods.period("week", TODAY), "16 – 22 November 2026", "Week 47, this week"),
        (periods.period("week", date(2026, 12, 30)), "28 December 2026 – 3 January 2027", "Week 53"),
        (periods.period("week", date(2026, 10, 1)), "28 September – 4 October 2026", "Week 40"),
        (periods.period("month", TODAY), "November 2026", "This month"),
        (periods.between(TODAY, date(2026, 11, 1)), "1 – 20 November 2026", "20 days"),
    ],
)
def test_periods_are_called_as_one_says_them(here: periods.Period, words: str, more: str) -> None:
    assert periods.title(here) == words
    assert periods.subtitle(here, TODAY) == more


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0, 1, 2, 3, 4, 5, 6), ""),
        ((0, 1, 2, 3, 4), "Monday to Friday"),
        ((5, 6), "Saturday and Sunday"),
        ((0, 2, 4), "Monday, Wednesday and Friday"),
        ((3,), "Thursday"),
    ],
)
def test_weekdays_are_named_as_one_says_them(days: tuple[int, ...], words: str) -> None:
    assert weekday_words(days) == words


def test_a_goal_is_one_plain_sentence() -> None:
    goal = Goal("1", "technology", AT_MOST, 7200, "day", (0, 1, 2, 3, 4), "2026-11-23")
    assert goal_words(goal, TODAY) == "at most 2 h a day, Monday to Friday, from 23 Nov"
    assert goal_words(goal._replace(since="2026-11-01", until="2027-01-31"), TODAY) == (
        "at most 2 h a day, Monday to Friday, until 31 Jan 2027"
    )
    assert goal_words(goal._replace(seconds=0, weekdays=(5, 6), since=""), TODAY) == (
        "none at all, Saturday and Sunday"
    )
    week = Goal("1", "x", AT_LEAST, 5400, "week", since="2026-11-20")
    assert spelled(week, "X", TODAY) == "X: at least 1 h 30 min a week, every day of the week, from 20 Nov."


def test_a_difference_says_how_much_and_to_which_side() -> None:
    goal = Goal("1", "technology", AT_MOST, 3600)
    over = Standing(goal, 5 * 3600, 9 * 3600 + 1800, 5, 1, 4 * 3600 + 1800)
    assert difference(over, "Technology") == ("Technology 9 h 30 min", "4 h 30 min more than planned")
    assert aimed(over) == "at most 5 h planned, 1 h a day"
    assert kept(over) == "met on 1 of 5 days"
    under = Standing(goal._replace(kind=ABOUT), 3600, 600, 1, 0, 3000)
    assert difference(under, "T") == ("T 10 min", "50 min less than planned")
    assert aimed(under) == "about 1 h a day planned"
    assert kept(under) == ""
    assert difference(over._replace(miss=0), "T")[1] == "as planned"


def test_a_goal_for_a_part_of_the_range_says_which() -> None:
    found = Standing(Goal("1", "travel", AT_MOST, 10800), 10800, 2100, 1, 1, 0)
    assert counted(found) == ""
    assert counted(found._replace(since="2026-11-22")) == "counts from 22 Nov"
    assert counted(found._replace(until="2026-11-22")) == "counts until 22 Nov"
    both = found._replace(since="2026-11-21", until="2026-11-22")
    assert counted(both) == "counts from 21 Nov until 22 Nov"
    assert counted(both, years=True) == "counts from 21 Nov 2026 until 22 Nov 2026"


def test_all_goals_met_is_said_only_of_days_that_are_over_and_of_each() -> None:
    good = Standing(Goal("1", "travel", AT_MOST, 10800), 21600, 2100, 2, 2, 0)
    assert all_met([good], over=True) == "All goals of these days were met."
    assert all_met([good], over=False) == "All goals of these days are met so far."
    assert all_met([good, good._replace(met=1)], over=True) == "In sum, all goals of these days were met."
    assert all_met([good._replace(met=1)], over=False) == "In sum, all goals of these days are met so far."
    part = good._replace(since="2026-11-22")
    assert all_met([good, part], over=True) == "All goals were met on the days on which they count."
    assert all_met([part], over=False) == "All goals are met so far, on the days on which they count."


def test_what_nobody_planned_is_told_without_a_verdict() -> None:
    found = Unplanned(3600, 7200, 3, 2400, "eating")
    assert unplanned_words(found, "Technology", "Eating", True) == [
        "1 h of 2 h in Technology went beyond the plan of the day.",
        "In 3 sittings, the longest 40 min. Most often right after Eating.",
    ]
    assert "No goal plans any of it" in unplanned_words(found, "Technology", "", False)[0]
    assert unplanned_words(Unplanned(0, 7200, 1, 7200, ""), "T", "", True) == [
        "2 h in T, all of it within the plan."
    ]
    assert unplanned_words(Unplanned(0, 0, 0, 0, ""), "T", "", True) == ["No time in T was recorded."]


def test_shares_and_columns() -> None:
    assert [share(*pair) for pair in ((0, 10), (1, 1000), (1, 3), (5, 5), (3, 0))] == [
        *("0 %", "< 1 %", "33 %", "100 %", "0 %")
    ]
    assert [clocked(seconds) for seconds in (0, 300, 137700, 4_500_000)] == [
        "0:00",
        "0:05",
        "38:15",
        "1,250:00",
    ]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("90", 90), ("1:30", 90), ("1 h 30 min", 90), ("1h", 60), ("1.5 h", 90), ("0,25h", 15)),
        *(("45 min", 45), ("2:5", 125), ("", None), ("x", None), ("1:30:00", None), ("-5", None)),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes
