"""Exports that the programs themselves wrote, of a diary with odd days; and services' tables by what is known of them.

Made in Europe/Berlin by Timewarrior 1.4.3, Watson 2.1.0 and Hamster 3.0.2; what is expected is what these programs
say of the same entries.
"""

from datetime import datetime
from pathlib import Path

import pytest

from companion.core.time_formats.found import PERSON, Found, Reading
from companion.core.time_formats.moments import read_length
from companion.core.time_formats.read import read
from tests.zones import zone

FILES = Path(__file__).parents[2] / "files" / "time"
BERLIN = zone("Europe/Berlin")
SKIPPED = "The clock skips this time on that day."
TWICE = "The clock shows this time twice that night; the first was taken."
RUNNING = "This entry was still running; it has no end."
SHORT = "It has no length."


def sample(name: str, **answers: object) -> Reading:
    return read((FILES / name).read_bytes(), BERLIN, zone, **answers)  # type: ignore[arg-type]


def at(text: str, fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold).timestamp())


def entries(reading: Reading) -> list[tuple[str, str, int, str]]:
    """Start and end on the clock of Berlin, the seconds between, the label."""

    def clock(instant: int) -> str:
        return datetime.fromtimestamp(instant, BERLIN).strftime("%m-%d %H:%M:%S")

    return [(clock(one.start), clock(one.end), one.end - one.start, one.label) for one in reading.found]


def told(reading: Reading) -> list[tuple[int, bool, str]]:
    return [(problem.line, problem.lost, problem.what) for problem in reading.problems]


# ---- programs


def test_timewarrior() -> None:
    reading = sample("timewarrior-1.4.3.json")
    assert reading.kind == "timewarrior"
    assert entries(reading) == [
        ("10-20 09:00:00", "10-20 10:30:45", 5445, "calls, support"),
        ("10-20 10:30:45", "10-20 11:00:00", 1755, "a tag, with comma"),
        ("10-20 11:00:00", "10-20 11:30:00", 1800, 'Büro, say "hi"'),
        ("10-20 12:00:00", "10-20 12:10:00", 600, ""),
        ("10-20 13:00:00", "10-20 13:30:00", 1800, "emoji 😀, 日本"),
        ("10-20 13:30:00", "10-20 13:40:00", 600, "tag break"),
        ("10-20 23:40:00", "10-21 00:20:00", 2400, "night"),
        ("10-26 01:30:00", "10-26 03:30:00", 10800, "autumn"),
        ("03-29 01:30:00", "03-29 03:30:00", 3600, "spring"),
        ("03-29 04:00:00", "03-29 04:30:00", 1800, "#hash, -minus, =form, semi;colon"),
        ("04-01 12:00:00", "04-01 13:00:00", 3600, "utc"),
        ("04-02 09:00:00", "04-05 09:30:00", 261000, "days"),
    ]
    assert reading.found[2].note == 'Said "thank you", then ö 😀  back'
    assert told(reading) == [
        (6, True, SHORT),
        (14, False, "It is longer than a day."),
        (15, True, RUNNING),
    ]


WATSON = [
    ("10-20 09:00:00", "10-20 10:30:45", 5445, "support"),
    ("10-20 10:30:45", "10-20 11:00:00", 1755, 'say "hi", Büro'),
    ("10-20 13:00:00", "10-20 13:30:00", 1800, "emoji 😀"),
    ("10-20 13:10:00", "10-20 13:20:00", 600, "overlap"),
    ("10-20 14:00:00", "10-20 14:10:00", 600, "two\nlines"),
    ("10-20 23:40:00", "10-21 00:20:00", 2400, "night"),
    ("10-26 01:30:00", "10-26 03:30:00", 10800, "autumn"),
    ("10-26 02:30:00", "10-26 04:00:00", 9000, "autumn2"),
    ("03-29 01:30:00", "03-29 03:30:00", 3600, "spring"),
    ("03-29 03:30:00", "03-29 04:00:00", 1800, "skipped"),
]


def test_watson_writes_every_time_with_the_offset_of_the_day_of_the_export() -> None:
    """20 October stands there as 08:00+01:00: another hour on the clock, the same instant."""
    reading = sample("watson-2.1.0-log.json")
    assert entries(reading) == WATSON
    assert [one.note for one in reading.found[:3]] == ["calls, line 2", "a tag, comma", "日本"]
    assert told(reading) == [(21, True, SHORT), (88, True, RUNNING)]


def test_watson_keeps_the_same_in_its_own_file() -> None:
    reading = sample("watson-2.1.0-frames")
    assert entries(reading) == WATSON
    assert told(reading) == [(23, True, SHORT)]


def test_watson_csv_has_no_zone_and_is_refused_with_what_to_do() -> None:
    reading = sample("watson-2.1.0-log.csv")
    assert (reading.kind, reading.found) == ("watson", ())
    [problem] = reading.problems
    assert "offset" in problem.what and "watson log --all --json" in problem.mend


HAMSTER = [
    ("10-20 09:00:00", "10-20 10:30:00", 5400, "Work / Calls"),
    ("10-20 10:30:00", "10-20 11:00:00", 1800, "Unsorted / Mails"),
    ("10-20 12:00:00", "10-20 12:30:00", 1800, 'Büro / Über; "alles" 日本'),
    ("10-20 23:40:00", "10-21 00:20:00", 2400, "Home / Night"),
    ("10-26 01:30:00", "10-26 02:10:00", 2400, "Home / Autumn"),
    ("10-26 02:10:00", "10-26 02:40:00", 1800, "Home / Inside"),
    ("10-26 02:40:00", "10-26 02:45:00", 300, "Home / Autumn"),
    ("10-26 02:45:00", "10-26 03:15:00", 5400, "Home / Half"),
    ("10-26 03:15:00", "10-26 03:30:00", 900, "Home / Autumn"),
    ("03-30 09:00:00", "03-30 09:30:00", 1800, "-Form / =1+1"),
]
"""Hamster knows no zones: the length beside its times is only their difference on the clock, and tells nothing about
the night on which an hour comes twice. All of that night is taken in one piece, the first hour first, and said."""


PLACES = [
    "entry 3, 2025-10-20 11:00",
    "entry 6, 2025-10-26 01:30",
    "entry 7, 2025-10-26 02:10",
    "entry 8, 2025-10-26 02:40",
    "entry 9, 2025-10-26 02:45",
    "entry 11, 2026-03-29 01:30",
    "entry 12, 2026-03-29 02:30",
    "entry 14, 2026-11-22 03:00",
]


@pytest.mark.parametrize(
    ("name", "lines"), [("hamster-3.0.2.tsv", [4, 7, 8, 9, 10, 12, 13, 15]), ("hamster-3.0.2.xml", [1] * 8)]
)
def test_hamster(name: str, lines: list[int]) -> None:
    reading = sample(name)
    assert reading.kind == "hamster"
    assert entries(reading) == HAMSTER
    assert reading.found[0].note == 'Line 2 and "quotes" ; Büro 😀'
    whats = [SHORT, TWICE, TWICE, TWICE, TWICE, SKIPPED, SKIPPED, RUNNING]
    if name.endswith("xml"):  # all of it is one line, which tells nobody where to look
        whats = [f"{what} ({place})" for what, place in zip(whats, PLACES, strict=True)]
    lost = [True, False, False, False, False, True, True, True]
    assert told(reading) == list(zip(lines, lost, whats, strict=True))


def test_hamsters_xml_with_a_start_that_is_none() -> None:
    rows = '<activity name="a" start_time="<b>"/><activity name="b" start_time="x" end_time="y"/>'
    reading = read(f"<activities>{rows.replace('<b>', '&lt;b&gt;')}</activities>", BERLIN)
    assert [problem.what.partition("(")[2] for problem in reading.problems] == ["entry 1)", "entry 2)"]


def test_hamster_in_german_over_the_change_of_clocks() -> None:
    reading = sample("hamster-3.0.2-de.tsv")
    assert entries(reading) == [
        ("10-20 09:00:00", "10-20 10:30:00", 5400, "Work / Calls"),
        ("10-20 23:40:00", "10-21 00:20:00", 2400, "Unsortiert / Ünsorted"),
        ("10-27 01:30:00", "10-27 03:30:00", 10800, "Home / Autumn"),
    ]
    assert reading.found[0].note == "Line 1\nLine 2"
    assert told(reading) == [(6, True, RUNNING)]  # and not that two hours of the clock were three


# ---- services


def test_toggl_with_a_dash_for_what_is_empty_and_lengths_in_its_three_manners() -> None:
    reading = sample("toggl-2026.csv")
    assert reading.kind == "toggl"
    assert reading.found == (
        Found(at("2026-08-21T19:21:21"), at("2026-08-21T19:39:46"), "Office", "Mails, first look", 2),
        Found(at("2026-08-22T09:00"), at("2026-08-22T10:10:05"), "", "", 3),
        Found(at("2026-10-25T02:50"), at("2026-10-25T02:05", fold=1), "Quiet", "Night", 4),
        Found(at("2026-10-26T09:00"), at("2026-10-26T09:30"), "Office", "Half an hour", 5),
    )
    assert told(reading) == [(6, True, RUNNING)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("18:25 min", 1105),
        ("0:07 min", 7),
        ("25 sec", 25),
        ("01:10:05", 4205),
        ("0.50 h", 1800),
        ("1,25 h", 4500),
        ("7:30", 27000),
        ("1:2:3 min", None),
        ("min", None),
        ("-", None),
        ("", None),
    ],
)
def test_lengths(text: str, seconds: int | None) -> None:
    assert read_length(text) == seconds


def test_clockify_in_german_for_one_of_two_people() -> None:
    asked = sample("clockify-names-de.csv")
    assert (asked.kind, asked.asks) == ("clockify", PERSON)
    assert asked.people == ("ina@example.org", "tom@example.org")
    reading = sample("clockify-names-de.csv", person="ina@example.org")
    assert reading.found == (
        Found(at("2026-10-14T09:00"), at("2026-10-14T10:30"), "Büro / Mails", "Mail an a@b.de, zweite", 2),
        Found(at("2026-10-25T02:50"), at("2026-10-25T02:05", fold=1), "", "Nacht", 3),
    )
    assert reading.problems == ()
    assert any("another language" in note for note in reading.notes)


def test_clockify_in_portuguese_asks_for_the_order_of_dates() -> None:
    assert sample("clockify-names-pt.csv").asks == "order"
    reading = sample("clockify-names-pt.csv", day_first=True)
    assert reading.found == (
        Found(at("2026-04-02T14:00"), at("2026-04-02T15:30"), "Projeto A", "Reunião", 2),
    )


def test_an_address_in_capitals_is_the_same_person() -> None:
    head = "Email,Project,Start date,Start time,End date,End time\n"
    row = "{},A,2026-10-26,09:00,2026-10-26,09:30\n"
    reading = read(head + row.format("Ina@example.org") + row.format("ina@example.ORG"), BERLIN)
    assert (reading.asks, len(reading.found)) == ("", 2)


@pytest.mark.parametrize(
    "text",
    [
        "User,Duration\nIna Berg,1:00:00\n",
        "Member,Email,Duration\nIna Berg,ina@example.org,1:00:00\n",
        "User,Time (h),Time (decimal)\nIna Berg,01:00:00,1.00\n",
        "Project,Start Date,Duration (h),Duration (decimal)\nA,2026-10-26,01:00:00,1.00\n",
    ],
)
def test_reports_without_times_are_refused_with_advice(text: str) -> None:
    reading = read(text, BERLIN)
    assert (reading.kind, reading.found) == ("", ())
    assert "no start times" in reading.problems[0].what and "detailed report" in reading.problems[0].mend


@pytest.mark.parametrize(
    "text",
    ["a,b,c\n1,2,3\n", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "<html><body/></html>", "Just words.\n"],
)
def test_a_file_of_no_known_kind_is_not_called_hamsters(text: str) -> None:
    reading = read(text, BERLIN)
    assert (reading.kind, reading.found) == ("", ())
    assert reading.problems[0].what == "This is none of the files that can be read."
