"""Goals: which count when, what they ask for in a range, and the largest differences."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.category_edits import applied, merge
from companion.core.days import Day, day_named
from companion.core.goals import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    KINDS,
    Goal,
    check,
    differences,
    in_force,
    planned,
    standings,
    words,
)
from tests.timetree import tree
from tests.zones import zone

HOUR = 3600
MONDAY = date(2026, 10, 19)


def days(count: int, first: date = MONDAY, name: str = "Europe/Berlin") -> list[Day]:
    return [day_named(first + timedelta(days=i), zone(name)) for i in range(count)]


def spent(amounts: list[dict[str, float]], first: date = MONDAY) -> dict[str, dict[str, int]]:
    """Seconds by day from hours by day."""
    return {
        (first + timedelta(days=i)).isoformat(): {name: int(hours * HOUR) for name, hours in here.items()}
        for i, here in enumerate(amounts)
    }


def one(kind: str, hours: float, category: str = "work", **more: object) -> Goal:
    goal = Goal("id", category, kind, int(hours * HOUR), **more)  # type: ignore[arg-type]
    check(goal)
    return goal


# -- which count


def test_weekdays_and_dates() -> None:
    work = one(AT_MOST, 8, weekdays=(0, 1, 2, 3, 4), since="2026-10-20", until="2026-10-22")
    counted = [day.name for day in days(7) if in_force([work], day.name)]
    assert counted == ["2026-10-20", "2026-10-21", "2026-10-22"]
    assert not in_force([work._replace(since="", until="")], "2026-10-25")


def test_a_later_goal_takes_the_place_of_an_earlier_one() -> None:
    old, new = one(AT_MOST, 8), one(AT_MOST, 7, since="2026-10-21")
    short = one(AT_MOST, 4, since="2026-10-22", weekdays=(4,))
    other = one(AT_LEAST, 2, since="2026-10-25")
    found = [
        [goal.seconds // HOUR for goal in in_force([new, old, short, other], day.name)] for day in days(7)
    ]
    assert found == [[8], [8], [7], [7], [4], [7], [7, 2]]
    assert in_force([old, old._replace(seconds=60)], "2026-10-19")[0].seconds == 60, (
        "of two at once the later made"
    )


@pytest.mark.parametrize(
    "bad",
    [
        Goal("i", "work", "more", 60),
        Goal("i", "work", AT_MOST, 60, "month"),
        Goal("i", "work", AT_MOST, 60, weekdays=()),
        Goal("i", "work", AT_MOST, 60, weekdays=(1, 0)),
        Goal("i", "work", AT_MOST, 60, weekdays=(0, 7)),
        Goal("i", "work", AT_MOST, 86401),
        Goal("i", "work", AT_MOST, 86401, "week", (3,)),
        Goal("i", "work", AT_LEAST, 0),
        Goal("i", "work", AT_MOST, -1),
        Goal("i", "work", AT_MOST, 60, since="yesterday"),
        Goal("i", "work", AT_MOST, 60, since="2026-10-20", until="2026-10-19"),
    ],
)
def test_goals_that_cannot_be(bad: Goal) -> None:
    with pytest.raises(ValueError, match=r"goal|isoformat"):
        check(bad)


# -- held against what was


def test_per_day() -> None:
    done = spent([{"work": 9}, {"work": 7, "work/design": 0.5}, {"rest": 3}])
    (found,) = standings([one(AT_MOST, 8)], tree(), days(3), done)
    assert found[1:6] == (24 * HOUR, int(16.5 * HOUR), 3, 2, 0)
    (found,) = standings([one(AT_LEAST, 8)], tree(), days(3), done)
    assert found[1:6] == (24 * HOUR, int(16.5 * HOUR), 3, 1, int(7.5 * HOUR))


def test_children_count_for_their_parent_and_not_the_other_way_round() -> None:
    done = spent([{"work": 1, "work/design": 2, "work/e-mails": 4}])
    found = standings([one(AT_MOST, 1), one(AT_MOST, 1, "work/design")], tree(), days(1), done)
    assert [standing.actual // HOUR for standing in found] == [7, 2]
    merged = applied(tree(), merge(tree(), "work/e-mails", "work/design"))
    (found_one,) = standings([one(AT_MOST, 1, "work/e-mails")], merged, days(1), done)
    assert found_one.actual == 6 * HOUR


def test_per_week_with_the_share_of_a_week_in_part() -> None:
    goal = one(AT_LEAST, 5, "exercise", per="week", weekdays=(0, 1, 2, 3, 4))
    done = spent([{"exercise": 1}] * 14)
    (found,) = standings([goal], tree(), days(14), done)
    assert found[1:6] == (10 * HOUR, 10 * HOUR, 2, 2, 0)
    (part,) = standings([goal], tree(), days(3), done)
    assert (part.target, part.actual, part.periods) == (3 * HOUR, 3 * HOUR, 1)
    assert standings([goal], tree(), days(2, date(2026, 10, 24)), done) == []


@pytest.mark.parametrize(("hours", "miss"), [(2, 0), (2.2, 0), (2.25, 0), (2.3, 0.3), (1.7, 0.3)])
def test_about(hours: float, miss: float) -> None:
    (found,) = standings([one(ABOUT, 2)], tree(), days(1), spent([{"work": hours}]))
    assert found.miss == pytest.approx(miss * HOUR, abs=1)
    assert found.met == (miss == 0)


def test_a_day_that_was_skipped_asks_for_nothing() -> None:
    around = days(3, date(2011, 12, 29), "Pacific/Apia")
    (found,) = standings([one(AT_LEAST, 1)], tree(), around, {})
    assert (found.target, found.periods) == (2 * HOUR, 2)


@given(
    st.sampled_from(KINDS),
    st.sampled_from(("day", "week")),
    st.lists(st.integers(0, 20), min_size=1, max_size=20),
    st.sets(st.integers(0, 6), min_size=1),
)
def test_what_counts_is_what_was_spent_on_the_days_that_count(
    kind: str, per: str, amounts: list[int], weekdays: set[int]
) -> None:
    goal = one(kind, 3, per=per, weekdays=tuple(sorted(weekdays)))
    run = days(len(amounts))
    done = spent([{"work/design": hours} for hours in amounts])
    found = standings([goal], tree(), run, done)
    counted = [hours for i, hours in enumerate(amounts) if run[i].date.weekday() in weekdays]
    assert [standing.actual for standing in found] == ([sum(counted) * HOUR] if counted else [])
    for standing in found:
        assert 0 <= standing.met <= standing.periods
        assert standing.miss in (0, abs(standing.target - standing.actual))
        full = goal.seconds * len(counted)
        assert standing.target == (full if per == "day" else full // len(weekdays))


def test_the_three_largest_differences() -> None:
    goals = [
        one(AT_MOST, 1, "technology"),
        one(AT_LEAST, 1, "exercise"),
        one(AT_MOST, 5, "work"),
        one(AT_LEAST, 8, "sleeping"),
        one(AT_LEAST, 1, "family"),
    ]
    done = spent([{"technology": 3, "exercise": 0.5, "work": 4, "sleeping": 5, "family": 0.75}])
    found = differences(standings(goals, tree(), days(1), done))
    assert [(standing.goal.category, standing.miss / HOUR) for standing in found] == [
        ("sleeping", 3),
        ("technology", 2),
        ("exercise", 0.5),
    ]
    assert words(found[0], "Sleeping", "5 h", "3 h") == "Sleeping 5 h, 3 h less than planned"
    assert words(found[1], "Technology", "3 h", "2 h") == "Technology 3 h, 2 h more than planned"
    kept = standings(goals[2:3], tree(), days(1), done)
    assert words(kept[0], "Work", "4 h", "") == "Work 4 h, as planned" and differences(kept) == []


def test_what_is_planned_for_a_category() -> None:
    goals = [
        one(AT_MOST, 7, "work", per="week"),
        one(ABOUT, 2, "work/design"),
        one(AT_LEAST, 5, "technology"),
    ]
    assert planned(goals, tree(), "work", "2026-10-19") == HOUR
    assert planned(goals[1:], tree(), "work", "2026-10-19") == 2 * HOUR
    assert planned(goals, tree(), "technology", "2026-10-19") == 0


# -- goals that hold for a part of the range only


def test_a_standing_says_since_when_and_until_when_it_counts_within_the_range() -> None:
    def edges(*goals: Goal) -> list[tuple[str, str]]:
        found = standings(goals, tree(), days(7), {})
        return [(each.since, each.until) for each in found]

    assert edges(one(AT_MOST, 3)) == [("", "")]
    assert edges(one(AT_MOST, 3, since="2026-10-19")) == [("", "")]
    assert edges(one(AT_MOST, 3, since="2026-10-21")) == [("2026-10-21", "")]
    assert edges(one(AT_MOST, 3, until="2026-10-22")) == [("", "2026-10-22")]
    assert edges(one(AT_MOST, 3, weekdays=(1, 2))) == [("", "")]
    later = one(AT_MOST, 2, since="2026-10-22")
    assert edges(one(AT_MOST, 3), later) == [("", "2026-10-21"), ("2026-10-22", "")]
    assert edges(one(AT_MOST, 3), one(AT_LEAST, 2, since="2026-10-22")) == [("", ""), ("2026-10-22", "")]
