"""Local days: their length in slots, their tiling, over every zone's changes of the clock; the rows of the grid."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companion.core.days import (
    SLOT,
    Calendar,
    Day,
    clock_words,
    day_named,
    day_of,
    first_at,
    instants_at,
    length_words,
    nearest,
    next_day,
    offset,
    previous_day,
    rows,
    slots,
    time_words,
    turns,
    wall,
    zone_name,
)
from tests.zones import NAMED, all_zones, zone

FIRST, LAST = date(2000, 1, 1), date(2037, 12, 31)
SEEN = {0, 252, 264, 276, 282, 288, 294, 300, 312, 324}
"""How many slots the days of all zones since 2000 have."""
DATES = st.dates(FIRST, LAST)
STARTS = st.sampled_from((0, 0, 30, 150, 240, 300, 720, 1439))


def at(text: str, name: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(name)).timestamp())


def odd_dates(name: str, first: int = 2000, last: int = 2037) -> Iterator[date]:
    """The dates around each change of a zone's offset, found by looking every eight hours."""
    here = zone(name)
    now, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    before = now.astimezone(here).utcoffset()
    while now < end:
        now += timedelta(hours=8)
        after = now.astimezone(here).utcoffset()
        if after != before:
            yield from ((now + timedelta(days=i)).date() for i in range(-2, 3))
        before = after


def sound(day: Day, name: str, day_start: int = 0) -> None:
    """What holds of every day since 2000 by the zone's own rules."""
    here = zone(name)
    assert day.length % SLOT == 0 and day.length == day.slots * SLOT == len(slots(day)) * SLOT
    begins = datetime.combine(day.date, datetime.min.time()) + timedelta(minutes=day_start)
    assert wall(day.start, here).replace(tzinfo=None) >= begins
    assert wall(day.start - SLOT, here).replace(tzinfo=None) < begins
    assert (day.start + offset(day.start, here)) % SLOT == 0
    assert (day.name, day.zone) == (day.date.isoformat(), name)


def test_the_list_of_zones_is_whole() -> None:
    assert set(NAMED) <= set(all_zones())
    assert len(all_zones()) > 300


# -- length and tiling


@given(st.sampled_from(all_zones()), DATES, STARTS)
@example("Pacific/Apia", date(2011, 12, 30), 0)
@example("America/St_Johns", date(2005, 10, 30), 0)
@example("America/Goose_Bay", date(2000, 4, 1), 30)
@example("Antarctica/Troll", date(2010, 3, 28), 120)
def test_days_are_whole_slots_and_tile(name: str, on: date, day_start: int) -> None:
    here = zone(name)
    day = day_named(on, here, day_start)
    sound(day, name, day_start)
    assert next_day(day, here, day_start) == day_named(on + timedelta(days=1), here, day_start)
    assert previous_day(day, here, day_start) == day_named(on - timedelta(days=1), here, day_start)
    assert next_day(day, here, day_start).start == day.end
    assert previous_day(day, here, day_start).end == day.start


@given(st.sampled_from(all_zones()), st.integers(946684800, 2145916800), STARTS)
def test_every_instant_is_in_its_day(name: str, instant: int, day_start: int) -> None:
    day = day_of(instant, zone(name), day_start)
    assert day.start <= instant < day.end
    assert day == day_named(day.date, zone(name), day_start)


@pytest.mark.parametrize("name", NAMED)
def test_the_days_around_each_change_of_the_named_zones(name: str) -> None:
    lengths = set()
    for on in odd_dates(name, 2008, 2016):
        day = day_named(on, zone(name))
        sound(day, name)
        check_rows(day, name)
        lengths.add(day.slots)
    assert lengths <= SEEN


def check_year(name: str, year: int) -> set[int]:
    """Each day of a year is sound, begins where the one before ended; gives the lengths in slots.

    A day of 24 hours that begins at midnight is as it should be; the others, and some of these, are looked at closely.
    """
    here, lengths = zone(name), set()
    end = day_named(date(year - 1, 12, 31), here).end
    for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        on = date.fromordinal(ordinal)
        day = day_named(on, here)
        assert day.start == end
        end = day.end
        lengths.add(day.length // SLOT)
        if day.length == 86400 and (on.month, on.day) != (1, 1):
            assert (day.start + offset(day.start, here)) % 86400 == 0
            continue
        sound(day, name)
        check_rows(day, name)
        if day.length:
            assert day_of(day.start, here) == day_of(day.end - 1, here) == day
    return lengths


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("year", (2011, 2026))
def test_years_of_the_named_zones(name: str, year: int) -> None:
    assert check_year(name, year) <= SEEN


@pytest.mark.slow
def test_every_day_of_every_zone_from_2000_to_2037() -> None:
    found: set[int] = set()
    for name in all_zones():
        for year in range(2000, 2038):
            found |= check_year(name, year)
    assert found == SEEN


@pytest.mark.slow
def test_days_with_a_start_of_their_own_around_every_change_of_every_zone() -> None:
    for name in all_zones():
        for on in odd_dates(name):
            for day_start in (30, 150, 240):
                day = day_named(on, zone(name), day_start)
                sound(day, name, day_start)
                assert next_day(day, zone(name), day_start).start == day.end


# -- what is known of single days


@pytest.mark.parametrize(
    ("name", "on", "count", "begins", "header"),
    [
        ("Europe/Berlin", "2026-10-24", 288, "0:00", ""),
        ("Europe/Berlin", "2026-10-25", 300, "0:00", "25-hour day"),
        ("Europe/Berlin", "2026-03-29", 276, "0:00", "23-hour day"),
        ("America/New_York", "2026-11-01", 300, "0:00", "25-hour day"),
        ("Australia/Lord_Howe", "2026-04-05", 294, "0:00", "24½-hour day"),
        ("Australia/Lord_Howe", "2026-10-04", 282, "0:00", "23½-hour day"),
        ("America/Santiago", "2026-09-06", 276, "1:00", "23-hour day"),
        ("America/Santiago", "2026-04-04", 300, "0:00", "25-hour day"),
        ("Africa/Cairo", "2026-04-24", 276, "1:00", "23-hour day"),
        ("America/Havana", "2020-11-01", 300, "0:00 (1st)", "25-hour day"),
        ("Pacific/Apia", "2011-12-29", 288, "0:00", ""),
        ("Pacific/Apia", "2011-12-30", 0, "0:00", "skipped day"),
        ("Pacific/Apia", "2011-12-31", 288, "0:00", ""),
        ("Asia/Kathmandu", "2026-07-01", 288, "0:00", ""),
    ],
)
def test_known_days(name: str, on: str, count: int, begins: str, header: str) -> None:
    day = day_named(date.fromisoformat(on), zone(name))
    assert (day.slots, time_words(day.start, zone(name)), length_words(day)) == (count, begins, header)


def test_a_day_may_start_at_four() -> None:
    day = day_named(date(2026, 10, 24), zone("Europe/Berlin"), 240)
    assert (day.start, day.end) == (at("2026-10-24T04:00", day.zone), at("2026-10-25T04:00", day.zone))
    assert day.slots == 300
    assert day_of(at("2026-10-25T03:59", day.zone), zone(day.zone), 240) == day


@pytest.mark.parametrize(
    ("on", "day_start"), [(date(1, 1, 1), 0), (date(9999, 12, 31), 0), (FIRST, 1440), (FIRST, -1)]
)
def test_out_of_reach(on: date, day_start: int) -> None:
    with pytest.raises(ValueError, match="day"):
        day_named(on, zone("Europe/Berlin"), day_start)


def test_other_lengths_in_words() -> None:
    assert length_words(Day("2026-10-25", "", 0, 90900)) == "day of 25 h 15 min"


def test_a_zone_without_a_name_is_kept_by_its_offset() -> None:
    assert zone_name(timezone(timedelta(hours=-3, minutes=-30))) == "-03:30"
    assert zone_name(timezone(timedelta(hours=5, minutes=45))) == "+05:45"
    assert zone_name(zone("Asia/Kathmandu")) == "Asia/Kathmandu"


# -- instants of a clock time


@given(st.sampled_from(all_zones()), DATES, st.integers(0, 1440))
def test_instants_show_their_time_and_the_first_is_the_first(name: str, on: date, minute: int) -> None:
    here = zone(name)
    shown = datetime.combine(on, datetime.min.time()) + timedelta(minutes=minute)
    found = instants_at(on, minute, here)
    assert [wall(instant, here).replace(tzinfo=None, fold=0) for instant in found] == [shown] * len(found)
    assert list(found) == sorted(set(found))
    first = first_at(on, minute, here)
    assert not found or found[0] == first
    assert wall(first, here).replace(tzinfo=None) >= shown > wall(first - 1, here).replace(tzinfo=None)


def test_a_time_that_comes_twice_and_one_that_does_not_come() -> None:
    berlin = zone("Europe/Berlin")
    twice = instants_at(date(2026, 10, 25), 135, berlin)
    assert [time_words(instant, berlin) for instant in twice] == ["2:15 (1st)", "2:15 (2nd)"]
    assert twice[1] - twice[0] == 3600
    assert instants_at(date(2026, 3, 29), 135, berlin) == ()
    assert time_words(first_at(date(2026, 3, 29), 135, berlin), berlin) == "3:00"


# -- rows


def check_rows(day: Day, name: str) -> None:
    """Rows are in order, cover each slot once, stay in their hour and offset, and no label stands twice."""
    found = rows(day, zone(name))
    assert sum(row.slots for row in found) == day.slots
    assert [row.start for row in found] == [
        day.start + SLOT * sum(other.slots for other in found[:i]) for i in range(len(found))
    ]
    for row in found:
        assert 1 <= row.slots <= 12 and row.column + row.slots <= 12
        for i in range(row.slots):
            here = wall(row.start + i * SLOT, zone(name))
            assert (here.hour, here.minute // 5) == (row.hour, row.column + i)
            assert offset(row.start + i * SLOT, zone(name)) == row.offset
    assert len({row.label for row in found}) == len(found)


@given(st.sampled_from(all_zones()), DATES, STARTS)
@example("America/St_Johns", date(2005, 10, 30), 0)
@example("Australia/Lord_Howe", date(2026, 4, 5), 30)
def test_rows(name: str, on: date, day_start: int) -> None:
    check_rows(day_named(on, zone(name), day_start), name)


def labels(name: str, on: str) -> list[str]:
    return [row.label for row in rows(day_named(date.fromisoformat(on), zone(name)), zone(name))]


def test_an_ordinary_day_has_24_rows_of_twelve() -> None:
    found = rows(day_named(date(2026, 10, 24), zone("Europe/Berlin")), zone("Europe/Berlin"))
    assert [(row.label, row.slots, row.column) for row in found] == [(f"{h}:00", 12, 0) for h in range(24)]


def test_the_hour_that_comes_twice_has_two_labelled_rows() -> None:
    assert labels("Europe/Berlin", "2026-10-25")[:5] == ["0:00", "1:00", "2:00 (1st)", "2:00 (2nd)", "3:00"]
    assert labels("Australia/Lord_Howe", "2026-04-05")[:4] == ["0:00", "1:00 (1st)", "1:30 (2nd)", "2:00"]
    assert labels("America/Havana", "2020-11-01")[:3] == ["0:00 (1st)", "0:00 (2nd)", "1:00"]


def test_the_hour_that_is_missing_has_no_row() -> None:
    assert labels("Europe/Berlin", "2026-03-29")[:4] == ["0:00", "1:00", "3:00", "4:00"]
    assert labels("Africa/Cairo", "2026-04-24")[0] == "1:00"
    assert labels("Pacific/Apia", "2011-12-30") == []
    found = rows(day_named(date(2026, 10, 4), zone("Australia/Lord_Howe")), zone("Australia/Lord_Howe"))
    assert [(row.label, row.slots, row.column) for row in found[1:4]] == [
        ("1:00", 12, 0),
        ("2:30", 6, 6),
        ("3:00", 12, 0),
    ]


def test_labels_by_the_12_hour_clock() -> None:
    day = day_named(date(2026, 10, 25), zone("Europe/Berlin"))
    found = [row.label for row in rows(day, zone("Europe/Berlin"), twelve=True)]
    assert found[:4] == ["12:00 AM", "1:00 AM", "2:00 AM (1st)", "2:00 AM (2nd)"]
    assert (found[13], clock_words(1440), clock_words(725, True)) == ("12:00 PM", "24:00", "12:05 PM")


def test_turns_of_the_clock() -> None:
    def of(name: str, on: str) -> list[tuple[str, str]]:
        day = day_named(date.fromisoformat(on), zone(name))
        return [(clock_words(turn.before), clock_words(turn.after)) for turn in turns(day, zone(name))]

    assert of("Europe/Berlin", "2026-10-25") == [("3:00", "2:00")]
    assert of("Europe/Berlin", "2026-03-29") == [("2:00", "3:00")]
    assert of("Africa/Cairo", "2026-04-24") == [("0:00", "1:00")]
    assert of("Australia/Lord_Howe", "2026-04-05") == [("2:00", "1:30")]
    assert of("Europe/Berlin", "2026-10-24") == []


def test_the_nearest_edge() -> None:
    assert [nearest(at) for at in (0, 149, 150, 299, 449, 450)] == [0, 0, 300, 300, 300, 600]
    assert nearest(100, 100) == 100 and nearest(0, 100) == 100 and nearest(-60, 100) == -200


# -- another zone from one day to the next


def test_west_makes_the_next_day_longer_and_east_shorter() -> None:
    berlin, new_york, tokyo = zone("Europe/Berlin"), zone("America/New_York"), zone("Asia/Tokyo")
    home = day_named(date(2026, 5, 10), berlin)
    west = next_day(home, new_york)
    assert (west.name, west.start, length_words(west)) == ("2026-05-11", home.end, "30-hour day")
    check_rows(west, "America/New_York")
    assert rows(west, new_york)[0].label == "Sun 18:00"
    east = next_day(home, tokyo)
    assert (east.name, east.start, length_words(east)) == ("2026-05-11", home.end, "17-hour day")
    assert previous_day(home, tokyo).end == home.start
    assert next_day(east, tokyo) == day_named(date(2026, 5, 12), tokyo)


def test_a_zone_a_whole_day_ahead_leaves_a_day_of_no_length() -> None:
    home = day_named(date(2026, 5, 10), zone("Pacific/Pago_Pago"))
    ahead = next_day(home, zone("Pacific/Kiritimati"))
    assert (ahead.name, ahead.length, ahead.start) == ("2026-05-11", 0, home.end)
    following = next_day(ahead, zone("Pacific/Kiritimati"))
    assert (following.name, following.start, following.length) == ("2026-05-12", home.end, 23 * 3600)


MOVES = st.lists(
    st.tuples(st.sampled_from(all_zones()), STARTS, st.integers(-3, 20)),
    min_size=1,
    max_size=5,
)


@given(DATES, MOVES)
def test_kept_days_tile_through_any_change_of_zone_and_day_start(
    start: date, moves: list[tuple[str, int, int]]
) -> None:
    kept: dict[str, Day] = {}
    for name, day_start, days in moves:
        calendar = Calendar(zone(name), day_start, kept.values(), zone)
        on = start + timedelta(days=days)
        kept[on.isoformat()] = calendar.named(on)
        assert all(calendar.named(day.date) == day for day in kept.values())
        calendar = Calendar(zone(name), day_start, kept.values(), zone)
        tiles = calendar.between(start - timedelta(days=8), start + timedelta(days=26))
        assert all(a.end == b.start and a.length >= 0 for a, b in pairwise(tiles))
        assert all(day in tiles for day in kept.values())
        for day in tiles[4:-4]:
            assert calendar.previous(calendar.next(day)) == day
            if day.length:
                assert calendar.of(day.start) == calendar.of(day.end - 1) == day


def test_a_kept_day_keeps_its_zone() -> None:
    day = day_named(date(2026, 5, 10), zone("Europe/Berlin"))
    calendar = Calendar(zone("America/New_York"), 240, [day], zone)
    assert calendar.named(day.date) == day
    assert calendar.of(day.end - 1) == day
    assert zone_name(calendar.zone_of(day)) == "Europe/Berlin"
    assert zone_name(calendar.zone_of(calendar.next(day))) == "America/New_York"
    assert calendar.next(day).start == day.end
    assert calendar.next(day).end == at("2026-05-12T04:00", "America/New_York")
