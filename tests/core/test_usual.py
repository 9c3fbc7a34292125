"""The usual day by the local clock, last night in one gesture, and the categories to offer for a gap."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from companion.core.days import SLOT, Day, day_named, time_words
from companion.core.spans import CONFIRMED, FILLED, PROPOSED, USUAL, Span, apply, check, paint_all
from companion.core.usual import likeliest, night, usual
from tests.timespans import SPANS
from tests.zones import zone

BERLIN = zone("Europe/Berlin")
HOUR = 3600


def weeks(count: int, until: date) -> list[Day]:
    """The same weekday of so many weeks before a date."""
    return [day_named(until - timedelta(days=7 * i), BERLIN) for i in range(count, 0, -1)]


def by_clock(day: Day, *parts: tuple[int, int, str]) -> list[Span]:
    """Spans from hours after the day's start; for days without a change of the clock."""
    return [Span(day.start + a * HOUR, day.start + b * HOUR, name) for a, b, name in parts]


def told(spans: list[Span]) -> list[tuple[str, str, str]]:
    return [(time_words(s.start, BERLIN), time_words(s.end, BERLIN), s.category) for s in spans]


def test_what_most_days_had_is_usual() -> None:
    today = day_named(date(2026, 7, 20), BERLIN)
    samples = [
        (day, by_clock(day, (0, 7, "sleeping"), (9, 12, what), (12, 13, "eating")))
        for day, what in zip(weeks(4, today.date), ("work", "work", "rest", "work"), strict=True)
    ]
    samples[3][1].append(Span(samples[3][0].start + 20 * HOUR, samples[3][0].start + 21 * HOUR, "technology"))
    found = usual(samples, today, BERLIN)
    assert told(found) == [
        ("0:00", "7:00", "sleeping"),
        ("9:00", "12:00", "work"),
        ("12:00", "13:00", "eating"),
    ]
    assert all(span[3:] == (PROPOSED, USUAL) for span in found)
    check(found)


def test_one_day_makes_nothing_usual_nor_do_proposals_or_a_tie() -> None:
    today = day_named(date(2026, 7, 20), BERLIN)
    days = weeks(4, today.date)
    assert usual([(days[0], by_clock(days[0], (9, 12, "work")))], today, BERLIN) == []
    proposed = [
        (day, [span._replace(state=PROPOSED) for span in by_clock(day, (9, 12, "work"))]) for day in days
    ]
    assert usual(proposed, today, BERLIN) == []
    half = [(day, by_clock(day, (9, 12, "work")) if i % 2 else []) for i, day in enumerate(days)]
    assert usual(half, today, BERLIN) == []
    assert usual([], today, BERLIN) == []


def test_it_goes_by_the_clock_over_a_change() -> None:
    today = day_named(date(2026, 10, 25), BERLIN)
    samples = [(day, by_clock(day, (0, 7, "sleeping"), (9, 12, "work"))) for day in weeks(3, today.date)]
    found = usual(samples, today, BERLIN)
    assert told(found) == [("0:00", "7:00", "sleeping"), ("9:00", "12:00", "work")]
    assert found[0].length == 8 * HOUR, "the hour that comes twice is slept through twice"


def test_days_spent_elsewhere_count_by_their_own_clock() -> None:
    new_york = zone("America/New_York")
    away = [day_named(date(2026, 7, 6) + timedelta(days=7 * i), new_york) for i in range(2)]
    samples = [(day, by_clock(day, (9, 12, "work"))) for day in away]
    today = day_named(date(2026, 7, 20), BERLIN)
    assert told(usual(samples, today, BERLIN, [new_york, new_york])) == [("9:00", "12:00", "work")]


def test_a_night_over_midnight_with_a_time_awake() -> None:
    found = night(0, 8 * HOUR, 9 * HOUR, "sleeping", [(3 * HOUR, 4 * HOUR)], "rest")
    assert [(span.start // HOUR, span.end // HOUR, span.category) for span in found] == [
        (0, 3, "sleeping"),
        (3, 4, "rest"),
        (4, 8, "sleeping"),
    ]
    assert {span.state for span in found} == {CONFIRMED}
    assert {span.state for span in night(0, HOUR, 9 * HOUR, "sleeping")} == {FILLED}
    assert [span[:2] for span in night(0, 900, 900, "s", [(0, 300), (600, 900)])] == [(300, 600)]


@given(SPANS)
def test_a_night_is_one_gesture_over_anything(spans: tuple[Span, ...]) -> None:
    parts = night(5 * SLOT, 20 * SLOT, 0, "sleeping", [(9 * SLOT, 11 * SLOT)])
    after = apply(spans, paint_all(spans, parts))
    asleep = {
        slot for span in after if span.category == "sleeping" for slot in range(span.start, span.end, SLOT)
    }
    assert {*range(5 * SLOT, 9 * SLOT, SLOT), *range(11 * SLOT, 20 * SLOT, SLOT)} <= asleep


@pytest.mark.parametrize(
    ("start", "end", "awake"),
    [(10, 10, []), (0, 10, [(5, 11)]), (0, 10, [(2, 6), (5, 7)]), (0, 10, [(5, 5)])],
)
def test_nights_that_cannot_be(start: int, end: int, awake: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="night"):
        night(start, end, 0, "sleeping", awake)


def test_the_likeliest_are_those_near_on_the_clock() -> None:
    day = day_named(date(2026, 7, 20), BERLIN)
    spans = by_clock(
        day, (0, 7, "sleeping"), (9, 10, "work"), (10, 12, "calls"), (12, 13, "eating"), (21, 22, "tv")
    )
    spans += by_clock(day_named(date(2026, 7, 21), BERLIN), (12, 13, "eating"), (15, 16, "calls"))
    assert likeliest(spans, 12 * 60, BERLIN)[:2] == ["eating", "calls"]
    assert likeliest(spans, 23 * 60 + 50, BERLIN, 1) == ["tv"]
    assert likeliest([], 0, BERLIN) == []
