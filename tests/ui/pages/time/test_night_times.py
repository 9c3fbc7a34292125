"""The times of a night as they are typed, on days of any length."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from companion.core.days import day_named, wall
from companion.ui.pages.time.night_times import NightError, nap, night

BERLIN = ZoneInfo("Europe/Berlin")
LONG, SHORT, PLAIN = (day_named(date(2026, *day), BERLIN) for day in ((10, 25), (3, 29), (11, 20)))


def told(found: tuple[int, int]) -> list[str]:
    return [f"{wall(at, BERLIN):%d %H:%M}" for at in found]


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("23:10", "7:05", ["19 23:10", "20 07:05"]),
        ("11pm", "7", ["19 23:00", "20 07:00"]),
        ("0:30", "7:00", ["20 00:30", "20 07:00"]),
        ("23:10", "22:00", ["19 23:10", "20 22:00"]),
        ("22:00", "24:00", ["20 22:00", "21 00:00"]),
        ("23:12", "7:03", ["19 23:10", "20 07:05"]),
        ("Wed 22:00", "6:00", ["18 22:00", "20 06:00"]),
        ("yesterday 1:00", "6:00", ["19 01:00", "20 06:00"]),
        ("2026-11-14 22:00", "6:00", ["14 22:00", "20 06:00"]),
    ],
)
def test_a_night_ends_on_the_day_and_begins_before(start: str, end: str, wanted: list[str]) -> None:
    assert told(night(start, end, PLAIN, BERLIN)) == wanted


def test_nights_over_the_change_of_clocks_are_as_long_as_they_were() -> None:
    for day, hours in ((LONG, 9), (SHORT, 7), (PLAIN, 8)):
        start, end = night("23:00", "7:00", day, BERLIN)
        assert end - start == hours * 3600
    first, second = (night(f"2:30 {nth}", "7:00", LONG, BERLIN)[0] for nth in ("1st", "2nd"))
    assert second - first == 3600


def test_naps_lie_within_the_day() -> None:
    assert told(nap("13:00", "13:25", PLAIN, BERLIN)) == ["20 13:00", "20 13:25"]
    assert told(nap("23:50", "0:20", PLAIN, BERLIN)) == ["20 23:50", "21 00:20"]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("25:00", "7:00", 0),
        ("23:00", "soon", 1),
        ("", "7:00", 0),
        ("now", "7:00", 0),
        ("7:00", "7:00 rest", 1),
        ("6:59", "7:00", 0),
        ("2026-02-30 22:00", "7:00", 0),
        ("2026-11-21 22:00", "7:00", 0),
    ],
)
def test_what_cannot_be_is_told_with_its_field(start: str, end: str, field: int) -> None:
    with pytest.raises(NightError) as wrong:
        night(start, end, PLAIN, BERLIN)
    assert wrong.value.field == field and str(wrong.value).endswith(".")


def test_a_time_that_the_clock_skipped() -> None:
    with pytest.raises(NightError, match="This time is not on this day"):
        night("23:00", "2:30", SHORT, BERLIN)
    with pytest.raises(NightError, match="did not come"):
        night("2026-03-29 2:30", "7:00", SHORT, BERLIN)
