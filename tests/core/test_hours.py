"""Opening hours: kept data read with care, and said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.hours import DAY, USUAL, clock, read, told

SPAN = st.tuples(st.integers(0, DAY), st.integers(0, DAY)).filter(lambda span: span[0] < span[1])
WEEK = st.lists(st.none() | SPAN, min_size=7, max_size=7).map(tuple)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(WEEK)
def test_sound_days_come_back_as_they_are_kept(week: tuple[tuple[int, int] | None, ...]) -> None:
    assert read([list(day) if day else None for day in week]) == week


@given(JSON)
def test_anything_else_gives_the_usual_hours_and_never_an_error(data: object) -> None:
    found = read(data)
    assert len(found) == 7
    assert all(day is None or 0 <= day[0] < day[1] <= DAY for day in found)


@pytest.mark.parametrize(
    "day", [[600, 600], [600, 540], [-1, 60], [0, 1441], [False, True], [1, 2, 3], ["9", "17"], 5]
)
def test_one_bad_day_gives_the_usual_hours(day: object) -> None:
    assert read([day, *[None] * 6]) == USUAL


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (USUAL, "Mon–Fri 9:00–17:00"),
        ((*USUAL[:5], (600, 840), None), "Mon–Fri 9:00–17:00, Sat 10:00–14:00"),
        (((540, 1020), None, (540, 1020), None, None, None, None), "Mon 9:00–17:00, Wed 9:00–17:00"),
        (((0, DAY),) * 7, "Mon–Sun 0:00–24:00"),
        ((None,) * 7, ""),
    ],
)
def test_told(days: tuple[tuple[int, int] | None, ...], text: str) -> None:
    assert told(days) == text


def test_clock() -> None:
    assert [clock(0), clock(545), clock(DAY)] == ["0:00", "9:05", "24:00"]
