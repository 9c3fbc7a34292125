"""A run of days: its figures add up, and its decision becomes goals."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from companion.core.audit import (
    Audit,
    Decision,
    Report,
    check,
    goals_of,
    next_monday,
    report,
    suggest,
    sums_of,
    trouble,
    words,
)
from companion.core.days import Day, day_named
from companion.core.goals import ABOUT, AT_LEAST, AT_MOST, Goal, in_force
from companion.core.spans import CONFIRMED, PROPOSED, Span
from tests.timetree import tree
from tests.zones import zone

BERLIN = zone("Europe/Berlin")
RUN = Audit("a", "2026-10-22", 5)
"""Thursday to Monday, over the day of 25 hours."""
GOALS = (
    Goal("1", "technology", AT_MOST, 3600),
    Goal("2", "exercise", AT_LEAST, 3600),
    Goal("3", "sleeping", ABOUT, 8 * 3600),
)


def days() -> list[Day]:
    return [day_named(date.fromisoformat(name), BERLIN) for name in RUN.names()]


def spans() -> list[Span]:
    """Each day: asleep to 7:00 or 8:00, e-mails, technology, a proposal; the rest open."""
    found = []
    for day in days():
        end = day.start + 8 * 3600
        found += [
            Span(day.start, end, "sleeping", CONFIRMED),
            Span(end, end + 4 * 3600, "work/e-mails"),
            Span(end + 4 * 3600, end + 6 * 3600, "technology"),
            Span(end + 6 * 3600, end + 6 * 3600 + 900, "work/phone calls", PROPOSED, "call"),
            Span(end + 7 * 3600, end + 7 * 3600 + 1200, "exercise"),
        ]
    return found


def made() -> Report:
    return report(tree(), spans(), days(), GOALS, lambda day: BERLIN)


def test_the_dates_of_a_run() -> None:
    assert RUN.names() == ("2026-10-22", "2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26")
    assert next_monday(RUN) == "2026-11-02"
    assert next_monday(Audit("a", "2026-10-23", 3)) == "2026-10-26"


def test_a_late_decision_is_for_a_week_that_has_not_begun() -> None:
    run = Audit("a", "2026-10-23", 3)  # up to Sunday the 25th
    late = {"2026-10-25": "2026-10-26", "2026-10-26": "2026-11-02", "2026-11-01": "2026-11-02"}
    assert {today: next_monday(run, today) for today in late} == late


def test_what_a_run_can_be() -> None:
    for count in (3, 7):
        check(Audit("a", "2026-10-22", count))
    for bad in (Audit("a", "2026-10-22", 2), Audit("a", "2026-10-22", 8), Audit("a", "soon", 3)):
        with pytest.raises(ValueError, match=r"three|isoformat"):
            check(bad)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("2026-10-22", ""), ("2011-03-01", ""), ("2000-01-01", ""), ("2026-11-19", ""),
        ("2026-11-20", "An audit begins four weeks from now at the latest."),
        ("1999-12-31", "Days are kept from the year 2000 on."),
    ],
)  # fmt: skip
def test_a_run_begins_on_any_date_of_the_past_and_some_days_ahead(first: str, words: str) -> None:
    assert trouble(first, "2026-10-22") == words


def test_the_figures_add_up() -> None:
    found = made()
    assert found.balance.length == (4 * 24 + 25) * 3600 == sum(line.day.length for line in found.days)
    for part in range(4):
        assert found.balance[part] == sum(line.balance[part] for line in found.days)
    assert found.balance.proposed == 5 * 900
    assert sum(total.seconds for total in found.totals) == found.balance.recorded
    for line in found.days:
        assert sum(total.seconds for total in line.totals) == line.balance.recorded
    assert sum(sums_of(found).values()) == found.balance.recorded
    assert sum(map(sum, found.heat.seconds)) == found.balance.recorded
    assert sum(map(sum, found.heat.lengths)) == found.balance.length


def test_what_is_named() -> None:
    found = made()
    assert [(one.goal.category, one.miss) for one in found.differences] == [
        ("technology", 5 * 3600),
        ("exercise", 5 * 2400),
    ]
    assert found.technology.seconds == 5 * 3600 and found.technology.after == "work/e-mails"
    assert len(found.open) == 3 and all(a[1] - a[0] >= b[1] - b[0] for a, b in pairwise(found.open))
    assert found.suggestion == Decision(1200, "technology", "exercise")


def test_without_goals_nothing_is_suggested() -> None:
    found = report(tree(), spans(), days(), (), lambda day: BERLIN)
    assert (found.standings, found.differences, found.suggestion) == ((), (), None)
    assert found.technology.seconds == found.technology.total == 10 * 3600
    only = report(tree(), spans(), days(), GOALS[:1], lambda day: BERLIN)
    assert only.suggestion is None


def test_a_suggestion_does_not_move_time_within_itself() -> None:
    goals = (Goal("1", "work", AT_LEAST, 8 * 3600), Goal("2", "work/e-mails", AT_MOST, 3600))
    found = report(tree(), spans(), days(), goals, lambda day: BERLIN)
    assert len(found.differences) == 2
    assert suggest(found.standings, tree()) is None


def test_the_decision_becomes_goals() -> None:
    decision = Decision(1200, "technology", "exercise")
    less, more = goals_of(decision, tree(), made(), next_monday(RUN), ("x", "y"))
    assert less == Goal("x", "technology", AT_MOST, 7200 - 1200, since="2026-11-02")
    assert more == Goal("y", "exercise", AT_LEAST, 1200 + 1200, since="2026-11-02")
    after = (date(2026, 11, 2) + timedelta(days=3)).isoformat()
    assert [goal.id for goal in in_force([*GOALS, less, more], after)] == ["x", "y", "3"]
    assert words(decision, tree()) == "20 minutes a day from Technology to Exercise"


def test_averages_go_to_the_nearest_slot() -> None:
    first = days()[0]
    more = [Span(first.end - 3600, first.end - 3600 + 900, "technology")]  # 3 minutes a day
    found = report(tree(), [*spans()[:5], *more, *spans()[5:]], days(), GOALS, lambda day: BERLIN)
    less, _ = goals_of(Decision(1200, "technology", "exercise"), tree(), found, "2026-11-02", ("x", "y"))
    assert less.seconds == 7200 + 300 - 1200


@pytest.mark.parametrize(
    "decision",
    [
        Decision(0, "technology", "exercise"),
        Decision(1000, "technology", "exercise"),
        Decision(1200, "technology", "technology"),
        Decision(7500, "technology", "exercise"),
    ],
)
def test_decisions_that_cannot_be(decision: Decision) -> None:
    with pytest.raises(ValueError, match="decision"):
        goals_of(decision, tree(), made(), "2026-11-02", ("x", "y"))
