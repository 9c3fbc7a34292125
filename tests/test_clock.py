"""The clocks: moments as they are kept, a zone that knows other days than this one, and the clock that tests turn."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.clock import LOCAL, Clock, ManualClock, moment, stamp
from tests.calling import NOON

needs_tzset = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is fixed here")


@pytest.fixture
def zone_is() -> Iterator[Callable[[str], None]]:
    """Has the system's zone be another one for the test."""
    before = os.environ.get("TZ")

    def be(name: str | None) -> None:
        if name is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = name
        time.tzset()

    yield be
    be(before)


# -- moments


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_a_stamp_can_be_read_again_to_the_millisecond(at: datetime) -> None:
    assert moment(stamp(at)) == at.replace(microsecond=at.microsecond // 1000 * 1000)


def test_stamps_are_utc_and_sort_by_time() -> None:
    assert stamp(datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Berlin"))) == "2026-03-02T11:00:00.000Z"
    assert stamp(NOON) < stamp(NOON + timedelta(milliseconds=1))


@pytest.mark.parametrize("text", ["", "now", "2026-03-02", "2026-03-02T11:00:00", "11:00Z"])
def test_what_is_no_moment_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        moment(text)


# -- the computer's clocks


def test_the_clocks_of_the_computer() -> None:
    clock = Clock()
    one, two = clock.awake(), clock.awake()
    assert 0.0 < one <= two
    assert clock.boot() >= clock.awake() - 1.0
    assert clock.boot_id() == clock.boot_id() != ""
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.local() - clock.now()) < timedelta(minutes=1)
    assert clock.zone()


@needs_tzset
@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]
)
def test_the_zone_knows_each_moment_of_the_year(zone_is: Callable[[str], None], name: str) -> None:
    zone_is(name)
    at, there = datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo(name)
    while at.year == 2026:
        ours, known = at.astimezone(LOCAL), at.astimezone(there)
        assert (ours.replace(tzinfo=None), ours.fold, ours.utcoffset()) == (
            known.replace(tzinfo=None),
            known.fold,
            known.utcoffset(),
        )
        assert ours.astimezone(UTC) == at
        at += timedelta(minutes=30)


@needs_tzset
def test_the_time_of_day_is_kept_over_the_night_of_changed_clocks(zone_is: Callable[[str], None]) -> None:
    zone_is("Europe/Berlin")
    today = datetime(2026, 3, 28, 15, tzinfo=UTC).astimezone(LOCAL)
    monday = today.replace(hour=16) + timedelta(days=2)
    assert (today.isoformat(), stamp(monday)) == ("2026-03-28T16:00:00+01:00", "2026-03-30T14:00:00.000Z")
    assert moment("2026-03-30T14:00:00Z").astimezone(Clock().local().tzinfo).hour == 16


@needs_tzset
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("America/Port-au-Prince", "America/Port-au-Prince"),
        ("UTC", "UTC"),
        ("XYZ-5:30", "+05:30"),
        ("XYZ8", "-08:00"),
        (":/usr/share/zoneinfo/UTC", "+00:00"),
    ],
)
def test_the_zone_by_name_or_by_offset(zone_is: Callable[[str], None], name: str, told: str) -> None:
    zone_is(name)
    assert Clock().zone() == told


# -- the clock that tests turn


def test_time_passes_for_everyone_and_sleep_not_for_those_awake() -> None:
    clock = ManualClock(NOON)
    readings = (clock.awake(), clock.boot())
    clock.advance(5.0)
    assert (clock.awake(), clock.boot(), clock.now()) == (
        readings[0] + 5,
        readings[1] + 5,
        NOON + timedelta(seconds=5),
    )
    clock.sleep(100.0)
    assert (clock.awake(), clock.boot()) == (readings[0] + 5, readings[1] + 105)
    assert clock.now() == NOON + timedelta(seconds=105)


def test_the_wall_is_set_and_the_computer_starts_anew() -> None:
    clock = ManualClock(NOON)
    awake = clock.awake()
    clock.set_wall(NOON - timedelta(hours=1), "America/New_York")
    assert (clock.awake(), clock.zone(), clock.local().hour) == (awake, "America/New_York", 5)
    clock.reboot("boot-2", off_for=60.0)
    assert (clock.boot_id(), clock.now()) == ("boot-2", NOON - timedelta(minutes=59))
    assert clock.awake() == clock.boot() < awake
