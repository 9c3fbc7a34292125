"""When a question about open time is due: on the grid, never in quiet hours, also where clocks are changed."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.days import SLOT, wall
from companion.core.prompting import after_quiet, before_quiet, is_quiet, next_due
from tests.zones import NAMED, zone

BERLIN = zone("Europe/Berlin")
NIGHT = (21 * 60, 7 * 60)


def at(text: str, name: str = "Europe/Berlin", fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(name), fold=fold).timestamp())


def test_it_is_due_when_the_time_has_been_open_for_so_long() -> None:
    last = at("2026-11-20T09:40")
    assert next_due(last, last, 3600, NIGHT, BERLIN) == at("2026-11-20T10:40")


def test_an_interval_off_the_grid_is_due_at_the_slot_that_completes_it() -> None:
    last = at("2026-11-20T09:40")
    assert next_due(last, last, 7 * 60, NIGHT, BERLIN) == at("2026-11-20T09:50")


def test_what_is_due_in_the_quiet_hours_waits_until_they_end() -> None:
    last = at("2026-11-20T20:30")
    assert next_due(last, last, 3600, NIGHT, BERLIN) == at("2026-11-21T07:00")


def test_quiet_hours_within_a_day() -> None:
    noon = (12 * 60, 13 * 60)
    last = at("2026-11-20T11:30")
    assert next_due(last, last, 3600, noon, BERLIN) == at("2026-11-20T13:00")
    assert before_quiet(last, noon, BERLIN) == at("2026-11-20T12:00")
    assert before_quiet(at("2026-11-20T12:00"), noon, BERLIN) == at("2026-11-21T12:00")


def test_two_equal_ends_are_no_quiet_hours() -> None:
    assert before_quiet(at("2026-11-20T11:30"), (600, 600), BERLIN) is None
    assert after_quiet(at("2026-11-20T10:00"), (600, 600), BERLIN) == at("2026-11-20T10:00")


def test_who_said_not_now_is_left_alone_until_then() -> None:
    last, now = at("2026-11-20T09:40"), at("2026-11-20T11:00")
    assert next_due(now, last, 3600, NIGHT, BERLIN, at("2026-11-20T12:00")) == at("2026-11-20T12:00")


def test_quiet_hours_end_where_the_clock_leaps_over_their_end() -> None:
    """At 2:00 the clock goes on to 3:00, so 2:30 never comes."""
    assert after_quiet(at("2026-03-29T01:00"), (22 * 60, 150), BERLIN) == at("2026-03-29T03:00")


@given(
    st.sampled_from(NAMED),
    st.integers(at("2025-01-01T00:00"), at("2028-01-01T00:00")),
    st.tuples(st.integers(0, 1439), st.integers(0, 1439)),
    st.integers(5, 1440),
    st.integers(0, 90000),
)
def test_it_is_later_than_now_never_quiet_and_never_early(
    name: str, now: int, quiet: tuple[int, int], minutes: int, ago: int
) -> None:
    here, last = zone(name), (now - ago) // SLOT * SLOT
    due = next_due(now, last, minutes * 60, quiet, here)
    assert due > now
    assert due >= last + minutes * 60
    clock = wall(due, here)
    turned = wall(due - 1, here).utcoffset() != clock.utcoffset()
    assert turned or not is_quiet(due, quiet, here)


@pytest.mark.parametrize("name", NAMED)
def test_the_next_quiet_hours_are_within_two_days(name: str) -> None:
    now = at("2026-10-24T12:00", name)
    found = before_quiet(now, NIGHT, zone(name))
    assert found is not None
    assert now < found < now + 2 * 86400
