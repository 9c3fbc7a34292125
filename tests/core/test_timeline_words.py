"""The words of a line for quick entry, told apart: all ways to write a time, and what is wrong with the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.timeline_words import LONGEST, Mistyped, Parts, reclocked, split


def parts(line: str) -> Parts:
    found = split(line)
    assert isinstance(found, Parts), found
    return found


def times(line: str) -> tuple[str, str, str]:
    """Start, end and the rest of a span."""
    found = parts(line)
    assert found.kind == "span" and found.a and found.b
    written = [f"{one.minute // 60}:{one.minute % 60:02d}" for one in (found.a, found.b)]
    return written[0], written[1], found.what


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("8:05-8:40 x", "8:05", "8:40"),
        ("8:05 - 8:40 x", "8:05", "8:40"),
        ("8:05–8:40 x", "8:05", "8:40"),
        ("08.05—08.40 x", "8:05", "8:40"),
        ("8h05-8h40 x", "8:05", "8:40"),
        ("8h-9h x", "8:00", "9:00"),
        ("805-0840 x", "8:05", "8:40"),
        ("8-9 x", "8:00", "9:00"),
        ("8 to 9:30 x", "8:00", "9:30"),
        ("from 8 until 9 x", "8:00", "9:00"),
        ("8am-9:30pm x", "8:00", "21:30"),
        ("8 a.m. - 9 p.m. x", "8:00", "21:00"),
        ("8-9pm x", "20:00", "21:00"),
        ("11-1pm x", "11:00", "13:00"),
        ("11-1am x", "23:00", "1:00"),
        ("8-9am x", "8:00", "9:00"),
        ("10-11:15p x", "22:00", "23:15"),
        ("12-1pm x", "12:00", "13:00"),
        ("1130-1215pm x", "11:30", "12:15"),
        ("12am-12pm x", "0:00", "12:00"),
        ("noon-14 x", "12:00", "14:00"),
        ("22-midnight x", "22:00", "24:00"),
        ("midnight-7 x", "0:00", "7:00"),
        ("22-24 x", "22:00", "24:00"),
        ("23:10-0:40 x", "23:10", "0:40"),
        ("13-2pm x", "13:00", "14:00"),
    ],
)
def test_spans(line: str, start: str, end: str) -> None:
    assert times(line) == (start, end, "x")


@pytest.mark.parametrize(
    ("line", "kind", "minutes"),
    [
        ("-30 x", "back", 30),
        ("−30 x", "back", 30),
        ("- 30 min x", "back", 30),
        ("-1h30 x", "back", 90),
        ("-1:30 x", "back", 90),
        ("-1h x", "back", 60),
        ("-2 hours x", "back", 120),
        ("+15 x", "on", 15),
        ("+15m x", "on", 15),
        ("+1h 5m x", "on", 65),
        ("+1440 x", "on", 1440),
    ],
)
def test_lengths(line: str, kind: str, minutes: int) -> None:
    found = parts(line)
    assert (found.kind, found.minutes, found.what) == (kind, minutes, "x")


@pytest.mark.parametrize(
    ("line", "day", "kind"),
    [
        ("yesterday 23:10-0:40 x", "yesterday", "span"),
        ("Today to 12 x", "today", "to"),
        ("Mon 8-9 x", "mon", "span"),
        ("Thursday, 8-9 x", "thursday", "span"),
        ("2026-10-25: +15 x", "2026-10-25", "on"),
        ("  till noon x", "", "to"),
    ],
)
def test_days(line: str, day: str, kind: str) -> None:
    found = parts(line)
    assert (found.day, found.kind, found.what) == (day, kind, "x")


@pytest.mark.parametrize(
    ("line", "day", "kind", "minutes"),
    [
        ("+8:05-8:40 x", "", "span", 0),
        ("-8:05-8:40 x", "", "span", 0),
        ("+ 8 to 9 x", "", "span", 0),
        ("+to 12 x", "", "to", 0),
        ("+-30 x", "", "back", 30),
        ("-+15 x", "", "on", 15),
        ("++15 x", "", "on", 15),
        ("+yesterday 23-24 x", "yesterday", "span", 0),
    ],
)
def test_the_sign_that_led_to_the_line_does_no_harm_to_a_whole_form(
    line: str, day: str, kind: str, minutes: int
) -> None:
    found = parts(line)
    assert (found.day, found.kind, found.minutes, found.what) == (day, kind, minutes, "x")
    assert not line[found.time_start :].startswith("+8")


def test_which_of_two() -> None:
    found = parts("2:15 2nd-2:45 (2nd) rest")
    assert found.a and found.b
    assert (found.a.nth, found.b.nth, found.what) == (2, 2, "rest")


@pytest.mark.parametrize("line", ["8-9 p", "8-9 a", "8-9 apple", "8-9 pmx"])
def test_a_letter_with_a_space_before_it_is_a_category(line: str) -> None:
    assert times(line) == ("8:00", "9:00", line[4:])


def test_columns_point_at_what_is_meant() -> None:
    line = "yesterday 23:10-0:40  driving home"
    found = parts(line)
    assert line[found.time_start : found.time_end] == "23:10-0:40"
    assert line[found.what_start : found.what_start + len(found.what)] == "driving home"
    assert found.a and line[found.a.start : found.a.end] == "23:10"
    assert found.b and line[found.b.start : found.b.end] == "0:40"


@pytest.mark.parametrize(
    ("line", "what", "where", "unfinished"),
    [
        ("", "Nothing is written yet.", "", True),
        ("yesterday", "A time is missing.", "", True),
        ("8", "The time has no end yet.", "8", True),
        ("8:", "The time has no end yet.", "8:", True),
        ("8:05-", "The time has no end yet.", "8:05-", True),
        ("8:05 to ", "The time has no end yet.", "8:05 to", True),
        ("8:05 travel", "The time has no end yet.", "8:05 travel", False),
        ("8-9travel", "The end of the time is not clear.", "-9travel", False),
        ("25-26 x", "There is no such time of day.", "25", False),
        ("8:61-9 x", "There is no such time of day.", "8:61", False),
        ("8-13am x", "There is no such time of day.", "13am", False),
        ("8-24:30 x", "There is no such time of day.", "24:30", False),
        ("-0 x", "This length cannot be.", "-0", False),
        ("+1441 x", "This length cannot be.", "+1441", False),
        ("travel", "This does not begin with a time.", "travel", False),
        ("+", "This does not begin with a time.", "+", True),
    ],
)
def test_what_is_wrong_and_where(line: str, what: str, where: str, unfinished: bool) -> None:
    found = split(line)
    assert isinstance(found, Mistyped)
    assert (found.what, line[found.start : found.end], found.unfinished) == (what, where, unfinished)
    assert found.mend


@pytest.mark.parametrize(
    ("by_24", "by_12"),
    [
        ("14:05: 9:00–13:40 e-mails over calls", "2:05 PM: 9:00 AM–1:40 PM e-mails over calls"),
        ("0:05: 2:00 (1st)–2:15 (2nd) rest", "12:05 AM: 2:00 AM (1st)–2:15 AM (2nd) rest"),
        ("12:00: Travel merged into 9:00–10:00 club", "12:00 PM: Travel merged into 9:00–10:00 club"),
        ("2 entries imported from 9:00", "2 entries imported from 9:00"),
        ("9:05: 30 entries imported", "9:05 AM: 30 entries imported"),
    ],
)
def test_a_line_of_the_undo_list_by_the_other_clock(by_24: str, by_12: str) -> None:
    assert reclocked(by_24, twelve=True) == by_12
    assert reclocked(by_12, twelve=False) == by_24
    assert reclocked(by_12, twelve=True) == by_12
    assert reclocked(by_24, twelve=False) == by_24


def test_a_very_long_line_is_not_looked_at() -> None:
    assert isinstance(split("8-9 " + "x" * LONGEST), Mistyped)


@given(st.text(alphabet="0123456789:-+ .hapmtonxyesterd12", max_size=30))
def test_whatever_is_typed_gets_an_answer_with_columns_in_the_line(line: str) -> None:
    found = split(line)
    if isinstance(found, Mistyped):
        assert 0 <= found.start <= found.end <= len(line)
    else:
        assert line[found.what_start : found.what_start + len(found.what)] == found.what
        assert all(0 <= one.minute <= 1440 or one.minute == -1 for one in (found.a, found.b) if one)
