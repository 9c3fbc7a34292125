"""Time as a calendar, by the letter of RFC 5545, and as JSON of the command's shape."""

import json
import re
from datetime import date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from companion.core.days import Calendar, day_named
from companion.core.spans import CONFIRMED, Span
from companion.core.time_formats.documents_out import spans_ics, spans_json
from companion.core.time_formats.rows import WORK, Row, chosen
from tests.timetree import tree
from tests.zones import zone

BERLIN = zone("Europe/Berlin")
NOW = 1_795_000_000


def at(text: str, fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold).timestamp())


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n") and not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    lines = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in lines)
    return "\r\n".join(lines).replace("\r\n ", "").split("\r\n")


def value(lines: list[str], name: str) -> str:
    found = next(line for line in lines if line.startswith(f"{name}:"))[len(name) + 1 :]
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], found)


def test_a_calendar() -> None:
    row = Row(at("2026-10-25T02:30", 1), at("2026-10-25T04:00"), "Europe/Berlin", "work/e-mails", "confirmed")
    lines = unfolded(spans_ics([row], NOW))
    assert lines[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Call Companion//Time//EN",
        "CALSCALE:GREGORIAN",
    ]
    assert (value(lines, "DTSTART"), value(lines, "DTEND")) == ("20261025T013000Z", "20261025T030000Z")
    assert value(lines, "DTSTAMP") == "20261118T110640Z"
    assert value(lines, "SUMMARY") == value(lines, "CATEGORIES") == "work/e-mails"
    assert value(lines, "TRANSP") == "TRANSPARENT"
    assert not any(line.startswith("DESCRIPTION") for line in lines)
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]


def test_signs_with_a_meaning_are_escaped() -> None:
    lines = unfolded(spans_ics([Row(300, 600, "Europe/Berlin", "a,b;c\\d", "filled", "x\r\ny\rz")], NOW))
    assert "SUMMARY:a\\,b\\;c\\\\d" in lines and "DESCRIPTION:x\\ny\\nz" in lines


def test_a_uid_is_the_same_at_each_export_and_unlike_all_others() -> None:
    rows = [
        Row(
            at(f"2026-11-02T{hour:02d}:00"),
            at(f"2026-11-02T{hour + 1:02d}:00"),
            "Europe/Berlin",
            "work",
            "filled",
        )
        for hour in range(20)
    ]
    once, again = (re.findall(r"UID:(.*)\r", spans_ics(rows, now)) for now in (NOW, NOW + 9999))
    assert once == again and len(set(once)) == 20
    longer = [row._replace(end=row.end + 300, state="confirmed") for row in rows]
    assert re.findall(r"UID:(.*)\r", spans_ics(longer, NOW)) == once
    other = [row._replace(category="rest") for row in rows]
    assert set(re.findall(r"UID:(.*)\r", spans_ics(other, NOW))).isdisjoint(once)


@given(st.text(max_size=200), st.text(max_size=60))
@example("ä" * 200, "🏖" * 60)
@example("a\r\nEND:VEVENT\r\nBEGIN:VALARM", "x;y,z\\n")
def test_texts_come_back_whole_and_never_break_out(note: str, category: str) -> None:
    lines = unfolded(spans_ics([Row(300, 600, "Europe/Berlin", category, "filled", note)], NOW))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert len(lines) == (17 if note else 16)

    def plain(text: str) -> str:
        text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    assert value(lines, "SUMMARY") == plain(category)
    if note:
        assert value(lines, "DESCRIPTION") == plain(note)


def test_json_has_the_shape_of_the_command() -> None:
    days = Calendar(BERLIN).between(date(2026, 10, 25), date(2026, 10, 26))
    spans = [
        Span(at("2026-10-24T22:00"), at("2026-10-25T07:10"), "sleeping"),
        Span(at("2026-10-25T08:00"), at("2026-10-25T09:30"), "work/e-mails", CONFIRMED),
        Span(at("2026-10-25T23:00"), at("2026-10-26T06:00"), "sleeping"),
    ]
    found = json.loads(spans_json(days, spans, tree(), zone, "Europe/Berlin"))
    assert list(found) == ["zone", "days", "totals", "goals"]
    first, second = found["days"]
    assert {name: first[name] for name in ("day", "length_s", "slots")} == {
        "day": "2026-10-25",
        "length_s": 90000,
        "slots": 300,
    }
    assert first["spans"][0] == {
        "start": "2026-10-25T00:00:00+02:00",
        "end": "2026-10-25T07:10:00+01:00",
        "category": "sleeping",
        "state": "filled",
    }
    assert second["spans"] == [
        {
            "start": "2026-10-26T00:00:00+01:00",
            "end": "2026-10-26T06:00:00+01:00",
            "category": "sleeping",
            "state": "filled",
        }
    ]
    for day in found["days"]:
        lengths = [
            datetime.fromisoformat(one["end"]) - datetime.fromisoformat(one["start"]) for one in day["spans"]
        ]
        assert sum(one.total_seconds() for one in lengths) + day["unfilled_s"] == day["length_s"]
    assert {
        "category": "work",
        "seconds": 5400,
        "children": [{"category": "work/e-mails", "seconds": 5400}],
    } in found["totals"]
    assert {"category": "sleeping", "seconds": 8 * 3600 + 600 + 7 * 3600} in found["totals"]


def test_json_of_work_only_says_nothing_of_the_rest() -> None:
    day = day_named(date(2026, 11, 2), BERLIN)
    spans = [Span(day.start, day.start + 300, "sleeping"), Span(day.start + 300, day.start + 600, "work")]
    text = spans_json([day], chosen(spans, tree(), WORK), tree(), zone, "Europe/Berlin", shown=WORK)
    assert "sleeping" not in text and "unfilled" not in text
    assert json.loads(text)["shown"] == ["work"]
    assert json.loads(spans_json([], [], tree(), zone, "Europe/Berlin"))["days"] == []
