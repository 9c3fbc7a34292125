"""Other trackers' exports, as they write them: what is found in real samples, and what is said of the rest."""

from datetime import datetime
from pathlib import Path

import pytest

from companion.core.time_formats.found import ORDER, PERSON, Found, Reading
from companion.core.time_formats.read import KINDS, read
from tests.zones import zone

FILES = Path(__file__).parents[2] / "files" / "time"
BERLIN = zone("Europe/Berlin")


def at(text: str, name: str = "Europe/Berlin", fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(name), fold=fold).timestamp())


def sample(name: str, **answers: object) -> Reading:
    return read((FILES / name).read_bytes(), BERLIN, zone, **answers)  # type: ignore[arg-type]


def told(reading: Reading) -> list[tuple[int, bool, str]]:
    return [(problem.line, problem.lost, problem.what) for problem in reading.problems]


def test_toggl() -> None:
    reading = sample("toggl.csv")
    assert reading.kind == "toggl" and reading.kind in KINDS
    assert reading.found == (
        Found(at("2026-10-23T08:58:12"), at("2026-10-23T10:31:40"), "Support", "Line 2, morning", 2),
        Found(at("2026-10-23T10:31:40"), at("2026-10-23T11:02"), "Support / E-mails", 'Said "thank you"', 3),
        Found(at("2026-10-23T23:40"), at("2026-10-24T00:20"), "", "Walk", 4),
        Found(at("2026-10-25T02:30"), at("2026-10-25T02:15", fold=1), "Night", "Changing the clock", 5),
    )
    assert told(reading) == [(6, True, "This entry was still running; it has no end.")]
    assert reading.notes == (
        "The file names no zone: its times are taken as Europe/Berlin.",
        "Clients and tags are not taken over.",
    )


def test_toggl_of_these_days_says_stop_for_end() -> None:
    reading = sample("toggl-new.csv")
    assert reading.kind == "toggl" and reading.problems == ()
    assert [(one.end - one.start, one.label, one.note, one.line) for one in reading.found] == [
        (5400, "Research", "Reading", 2),
        (7200, "", "", 3),
    ]


def test_clockify_with_twelve_hours_and_the_month_first() -> None:
    reading = sample("clockify.csv")
    assert reading.kind == "clockify" and reading.problems == ()
    assert reading.found == (
        Found(at("2026-10-23T09:00"), at("2026-10-23T10:30"), "Support / Phone calls", "Call with a shop", 2),
        Found(at("2026-10-23T12:05"), at("2026-10-23T12:50"), "Support", "Mails", 3),
        Found(at("2026-10-24T23:30"), at("2026-10-25T00:10"), "Support", "Late", 4),
    )
    assert "Dates are read with the month first, as line 2 shows." in reading.notes


def test_clockify_with_semicolons_and_the_day_first() -> None:
    reading = sample("clockify-de.csv")
    assert reading.problems == ()
    assert [(one.start, one.end, one.label, one.note) for one in reading.found] == [
        (at("2026-10-23T09:00"), at("2026-10-23T10:30"), "Support", "Anrufe"),
        (at("2026-11-02T13:00"), at("2026-11-02T13:45"), "Büro", "Maß nehmen"),
    ]


def test_dates_that_may_be_either_are_asked_for() -> None:
    reading = sample("clockify-unclear.csv")
    assert (reading.found, reading.asks) == ((), ORDER)
    assert reading.problems[0].line == 2 and "day or the month" in reading.problems[0].what
    days = {first: sample("clockify-unclear.csv", day_first=first).found[0].start for first in (True, False)}
    assert days == {True: at("2026-04-03T09:00"), False: at("2026-03-04T09:00")}


def test_the_file_is_believed_before_the_answer() -> None:
    assert sample("clockify.csv", day_first=True).found == sample("clockify.csv").found


def test_time_of_several_people_is_asked_for() -> None:
    reading = sample("clockify-team.csv")
    assert (reading.found, reading.asks) == ((), PERSON)
    assert reading.people == ("ina@example.org", "tom@example.org")
    toms = sample("clockify-team.csv", person="tom@example.org")
    assert [one.start for one in toms.found] == [at("2026-03-04T09:30")]
    assert "Entries of other people, left out: 1." in toms.notes
    assert sample("clockify-team.csv", person="nobody").asks == PERSON


def test_watson_frames() -> None:
    reading = sample("watson-frames")
    assert reading == Reading(
        "watson",
        (
            Found(1792738800, 1792744245, "support", "calls, line 2", 2),
            Found(1792744245, 1792746000, "mails", "", 13),
        ),
    )


def test_watson_log() -> None:
    reading = sample("watson-log.json")
    assert reading.found == (
        Found(at("2026-10-23T09:00"), at("2026-10-23T10:30:45"), "support", "calls, line 2", 2),
    )
    assert told(reading) == [(9, True, "This entry was still running; it has no end.")]


def test_timewarrior() -> None:
    reading = sample("timewarrior.json")
    assert reading.kind == "timewarrior"
    assert reading.found == (
        Found(at("2026-10-23T09:00"), at("2026-10-23T10:30:45"), "calls, support", "", 2),
        Found(
            at("2026-10-25T02:30"),
            at("2026-10-25T02:30", fold=1),
            "a tag with blanks",
            "over the change of clocks",
            3,
        ),
    )
    assert told(reading) == [(4, True, "This entry was still running; it has no end.")]


def test_hamster_tsv() -> None:
    reading = sample("hamster.tsv")
    assert reading.kind == "hamster"
    assert reading.found == (
        Found(at("2026-10-23T09:00"), at("2026-10-23T10:30"), "Work / Calls", "Line 2", 2),
        Found(at("2026-10-25T01:30"), at("2026-10-25T03:30"), "Home / Reading", "", 3),
    )
    assert reading.found[1].end - reading.found[1].start == 3 * 3600
    assert told(reading) == [(4, True, "This entry was still running; it has no end.")]


def test_hamster_tsv_in_another_language() -> None:
    reading = sample("hamster-de.tsv")
    assert [(one.start, one.label) for one in reading.found] == [(at("2026-10-23T09:00"), "Arbeit / Anrufe")]


def test_hamster_xml() -> None:
    reading = sample("hamster.xml")
    assert reading.found == (
        Found(at("2026-10-23T09:00"), at("2026-10-23T10:30"), "Work / Calls", "R&D <line 2>", 1),
    )
    assert told(reading) == [(2, True, "This entry was still running; it has no end.")]


# -- what the clock does


TOGGL = "Project,Start date,Start time,End date,End time,Duration\n"


def one(row: str, name: str = "Europe/Berlin") -> Reading:
    return read(TOGGL + row, zone(name), zone)


@pytest.mark.parametrize(
    ("times", "start", "fold", "length", "doubt"),
    [
        ("02:30,2026-10-25,02:45,0:15", "2026-10-25T02:30", 0, 900, "twice"),
        ("02:30,2026-10-25,02:45,1:15", "2026-10-25T02:30", 0, 4500, ""),
        ("02:30,2026-10-25,03:15,0:45", "2026-10-25T02:30", 1, 2700, ""),
        ("02:30,2026-10-25,03:15,1:45", "2026-10-25T02:30", 0, 6300, ""),
        ("02:30,2026-10-25,03:15,", "2026-10-25T02:30", 0, 6300, "twice"),
        ("02:30,,,1:00", "2026-10-25T02:30", 0, 3600, "twice"),
        ("01:30,2026-10-25,03:30,3:00", "2026-10-25T01:30", 0, 10800, ""),
        ("01:30,2026-10-25,03:30,2:00", "2026-10-25T01:30", 0, 10800, "length"),
    ],
)
def test_a_night_of_25_hours(times: str, start: str, fold: int, length: int, doubt: str) -> None:
    reading = one(f"Night,2026-10-25,{times}\n")
    [found] = reading.found
    assert (found.start, found.end - found.start) == (at(start, fold=fold), length)
    words = [problem.what for problem in reading.problems]
    assert not any(problem.lost for problem in reading.problems)
    assert (words == []) if not doubt else (len(words) == 1 and doubt in words[0])


def test_a_time_that_the_clock_skips() -> None:
    reading = one("Night,2026-03-29,02:30,2026-03-29,04:00,\n")
    assert reading.found == ()
    assert told(reading) == [(2, True, "The clock skips this time on that day.")]
    [found] = one("Night,2026-03-29,02:30,2026-03-29,04:00,0:30\n").found  # the length mends it
    assert (found.start, found.end) == (at("2026-03-29T03:30"), at("2026-03-29T04:00"))


@pytest.mark.parametrize(
    ("row", "start", "end"),
    [
        ("A,2026-11-02,23:30,,0:10,", "2026-11-02T23:30", "2026-11-03T00:10"),
        ("A,2026/11/02,9:00 pm,2026/11/03,12:10 a.m.,", "2026-11-02T21:00", "2026-11-03T00:10"),
        ("A,2026-11-02,12 am,2026-11-02,1 AM,", "2026-11-02T00:00", "2026-11-02T01:00"),
        ("A,2026-11-02,23:00,2026-11-02,24:00,", "2026-11-02T23:00", "2026-11-03T00:00"),
        ("A,2026-11-02,9.30,,,1.5", "2026-11-02T09:30", "2026-11-02T11:00"),
        ("A,2026-11-02,09:30:15,,,1 h 30 min", "2026-11-02T09:30:15", "2026-11-02T11:00:15"),
        ("A,2026-11-02,09:30,,,31:00:00", "2026-11-02T09:30", "2026-11-03T16:30"),
        ("A,13.11.2026,09:30,13.11.2026,10:00,", "2026-11-13T09:30", "2026-11-13T10:00"),
        ("A,11-13-2026,09:30,11-13-2026,10:00,", "2026-11-13T09:30", "2026-11-13T10:00"),
    ],
)
def test_manners_of_writing(row: str, start: str, end: str) -> None:
    [found] = one(row + "\n").found
    assert (found.start, found.end) == (at(start), at(end))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("A,2026-11-02,10:00,2026-11-02,09:00,", "It ends before it begins."),
        ("A,2026-11-02,10:00,2026-11-02,10:00,", "It has no length."),
        ("A,2026-02-30,10:00,2026-11-02,11:00,", "There is no such date."),
        ("A,tomorrow,10:00,2026-11-02,11:00,", "The date cannot be read."),
        ("A,2/13/26,10:00,2/13/26,11:00,", "The year of the date has no four digits."),
        ("A,2026-11-02,25:00,2026-11-02,11:00,", "There is no such time."),
        ("A,2026-11-02,13:00 pm,2026-11-02,14:00,", "There is no such time."),
        ("A,2026-11-02,ten,2026-11-02,11:00,", "The time cannot be read."),
        ("A,2026-11-02,10:00,,,", "This entry was still running; it has no end."),
        ("A,0001-01-01,10:00,0001-01-01,11:00,", "The date is out of reach."),
        ("A,1776-07-04,10:00,1776-07-04,11:00,", "Its times are out of reach."),
        ("A,2026-11-02,10:00,2026-11-02,11:00,,,x", "This row has more cells than there are columns."),
    ],
)
def test_rows_that_are_left_out_are_said(row: str, what: str) -> None:
    good = "B,2026-11-03,10:00,2026-11-03,11:00,1:00\n"
    reading = one(f"{good}{row}\n{good}")
    assert told(reading) == [(3, True, what)]
    assert [found.line for found in reading.found] == [2, 4]
    assert reading.lost == 1


def test_dates_in_two_orders_are_refused() -> None:
    reading = one("A,13/11/2026,09:30,13/11/2026,10:00,\nA,11/13/2026,09:30,11/13/2026,10:00,\n")
    assert (reading.found, reading.asks, reading.problems[0].line) == ((), "", 3)


def test_the_same_number_twice_needs_no_order() -> None:
    assert one("A,03/03/2026,09:30,03/03/2026,10:00,\n").found[0].start == at("2026-03-03T09:30")


def test_columns_in_any_order_and_a_line_that_names_the_delimiter() -> None:
    text = 'sep=;\r\n"End Time";Start_Date;START TIME;project\r\n10:00;2026-11-02;09:00;"a;b"\r\n\r\n'
    reading = read(text, BERLIN)
    assert reading.found == (Found(at("2026-11-02T09:00"), at("2026-11-02T10:00"), "a;b", "", 3),)


def test_a_report_without_times_is_refused_with_advice() -> None:
    reading = read("Project,Client,Time (h),Time (decimal)\nA,,01:00:00,1.00\n", BERLIN)
    assert reading.found == () and "detailed report" in reading.problems[0].mend


def test_another_zone_handed_in() -> None:
    [found] = one("A,2026-11-02,10:00,2026-11-02,11:00,\n", "Asia/Kathmandu").found
    assert found.start == at("2026-11-02T10:00", "Asia/Kathmandu")


def test_watson_without_seconds_or_with_none_of_a_kind() -> None:
    reading = read('[[1792738800.4, 1792740000.6, "a", "x"], "odd", [1, 2], {"start": 5}]', BERLIN)
    assert [(found.start, found.end) for found in reading.found] == [(1792738800, 1792740001)]
    assert told(reading) == [
        (1, True, "This is no entry."),
        (1, True, "This is no entry."),
        (1, True, "This entry was still running; it has no end."),
    ]
