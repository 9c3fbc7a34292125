"""Our own CSV there and back; cells that no spreadsheet takes for formulas; the sheet and its odd days."""

import csv
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companion.core.categories import Category, Tree
from companion.core.days import SLOT, Calendar, Day, day_named, day_of
from companion.core.spans import CONFIRMED, PROPOSED, STATES, Span
from companion.core.time_formats.found import Found
from companion.core.time_formats.read import read
from companion.core.time_formats.rows import WORK, Row, chosen, to_rows
from companion.core.time_formats.tables_out import BOM, HEAD, NOT_THERE, sheet_csv, spans_csv
from companion.core.time_formats.text import safe, unsafe
from tests.timetree import tree
from tests.zones import NAMED, zone

BERLIN = zone("Europe/Berlin")
TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=["Cc"]), st.sampled_from("'=+-@;,\"\t\r\n'=")),
    max_size=40,
).filter(lambda text: not set(text) & set("\ufffe\uffff"))


def at(text: str, name: str = "Europe/Berlin", fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(name), fold=fold).timestamp())


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    found = []
    at = draw(st.integers(-6_000_000, 7_100_000))
    for gap, slots in draw(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 288)), max_size=8)):
        start, end = (at + gap) * SLOT, (at + gap + slots) * SLOT
        at += gap + slots
        name, state = draw(st.sampled_from(NAMED)), draw(st.sampled_from(STATES))
        found.append(Row(start, end, name, draw(TEXTS), state, draw(TEXTS)))
    return found


@given(rows())
@example([Row(300, 600, "Europe/Berlin", "=1+1", "filled", "\r\n=;\t'=x\r")])
@example([Row(300, 600, "Europe/Berlin", "", "filled", "")])
def test_there_and_back(before: list[Row]) -> None:
    reading = read(spans_csv(before, zone).encode(), BERLIN, zone)
    empty = ["The file holds no entries."] if not before else []
    assert [problem.what for problem in reading.problems] == empty
    assert (reading.kind, reading.notes) == ("companion", ())
    after = [Row(one.start, one.end, one.zone, one.label, one.state, one.note) for one in reading.found]
    assert after == before


def test_as_it_is_written() -> None:
    spans = [
        Span(at("2026-10-24T23:00"), at("2026-10-25T07:10"), "sleeping"),
        Span(at("2026-10-25T08:00"), at("2026-10-25T08:35"), "work/e-mails", CONFIRMED),
    ]
    days = Calendar(BERLIN).between(date(2026, 10, 24), date(2026, 10, 25))
    written = spans_csv(to_rows(spans, days, tree(), note=lambda span: "a, b"), zone)
    assert written == (
        "start,end,zone,category,state,note\r\n"
        '2026-10-24T23:00:00+02:00,2026-10-25T07:10:00+01:00,Europe/Berlin,sleeping,filled,"a, b"\r\n'
        '2026-10-25T08:00:00+01:00,2026-10-25T08:35:00+01:00,Europe/Berlin,work/e-mails,confirmed,"a, b"\r\n'
    )
    cut = list(to_rows(spans, days, tree(), cut=True))
    assert [(row.start, row.end) for row in cut[:2]] == [
        (spans[0].start, at("2026-10-25")),
        (at("2026-10-25"), spans[0].end),
    ]


def test_there_and_back_through_a_spreadsheet_with_semicolons() -> None:
    row = Row(
        at("2026-10-25T02:30", fold=1), at("2026-10-25T04:00"), "Europe/Berlin", "work", "filled", "x;y"
    )
    cells = list(csv.reader(spans_csv([row], zone).splitlines()))
    text = "\ufeff" + "\n".join(";".join(f'"{cell}"' for cell in line) for line in cells) + "\n"
    assert read(text, BERLIN, zone).found == (
        Found(row.start, row.end, "work", "x;y", 2, "filled", row.zone),
    )


def test_times_written_by_hand_without_offset_are_the_zones() -> None:
    text = "start,end,zone,category\n2026-11-02T09:00,2026-11-02 10:00,Asia/Kathmandu,work\n"
    text += "2026-10-25T02:30,2026-10-25T03:30,,work\n"
    reading = read(text, BERLIN, zone)
    assert reading.found[0].start == at("2026-11-02T09:00", "Asia/Kathmandu")
    assert reading.found[1].start == at("2026-10-25T02:30")
    assert [(one.line, one.lost) for one in reading.problems] == [(3, False)]


def test_a_file_cut_off_is_said() -> None:
    row = Row(300, 600, "Europe/Berlin", "work/e-mails", "filled", "a note")
    whole = spans_csv([row], zone)
    assert [(one.line, one.lost) for one in read(whole[:-2], BERLIN, zone).problems] == [(0, False)]
    cut = read(whole[: whole.index("e-mails")], BERLIN, zone)
    assert cut.found == () and cut.problems[0].what == "The row is cut off."


# -- formulas


@given(TEXTS)
@example("'=1")
@example(";'=1")
@example("\t=1")
def test_safe_is_taken_back_exactly(text: str) -> None:
    assert unsafe(safe(text)) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1"]
)
def test_formulas_are_disarmed(text: str) -> None:
    assert safe(text) == f"'{text}" or safe(text).startswith("'")


@given(TEXTS)
def test_no_cell_begins_like_a_formula_whatever_the_delimiter(text: str) -> None:
    written = safe(text)
    assert not written.startswith(tuple("=+-@\t\r\n"))
    for sign in ";\t\r\n":
        assert not any(part.startswith(tuple("=+-@")) for part in written.split(sign)[1:])


# -- work only


def test_only_what_is_wanted_goes_out() -> None:
    spans = [
        Span(0, 300, "work/e-mails"),
        Span(300, 600, "sleeping"),
        Span(600, 900, "work"),
        Span(900, 1200, "work/phone calls", PROPOSED),
    ]
    assert chosen(spans, tree(), WORK) == [spans[0], spans[2]]
    assert chosen(spans, tree(), ("work/e-mails",)) == [spans[0]]
    assert chosen(spans, tree(), None) == spans[:3]
    assert chosen(spans, tree(), None, states=STATES) == spans
    assert chosen(spans, tree(), ()) == []


def test_what_was_merged_into_work_is_work() -> None:
    merged = Tree([Category("work", "Job"), Category("office", "Office", into="work")])
    assert chosen([Span(0, 300, "office")], merged, WORK) == [Span(0, 300, "office")]
    day = day_named(date(1970, 1, 1), zone("Africa/Cairo"))
    assert [row.category for row in to_rows([Span(0, 300, "office")], [day], merged)] == ["job"]


# -- the sheet


def sheet(days: list[Day], spans: list[Span]) -> list[dict[str, str]]:
    text = sheet_csv(days, spans, tree(), zone)
    assert text.startswith(BOM)
    return list(csv.DictReader(text[1:].splitlines()))


def test_a_plain_day_has_288_columns() -> None:
    day = day_named(date(2026, 11, 2), BERLIN)
    spans = [
        Span(day.start, day.start + 7 * 3600, "sleeping"),
        Span(day.start + 8 * 3600, day.start + 8 * 3600 + 300, "work/e-mails"),
    ]
    [row] = sheet([day], spans)
    assert len(row) == len(HEAD) + 288
    assert list(row)[len(HEAD)] == "00:00" and list(row)[-1] == "23:55"
    assert [row[name] for name in HEAD] == ["2026-11-02", "Mon", "Europe/Berlin", "288", "85", ""]
    assert (row["06:55"], row["07:00"], row["08:00"], row["08:05"]) == ("sleeping", "", "work/e-mails", "")


def test_days_of_other_lengths_are_handled_and_said() -> None:
    dates = (date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25))
    days = [day_named(on, BERLIN) for on in dates]
    spans = [Span(at("2026-10-25T02:30", fold=1), at("2026-10-25T03:00"), "sleeping")]
    short, plain, long = sheet(days, spans)
    names = list(plain)[len(HEAD) :]
    assert len(names) == 288 + 12
    where = names.index("02:00 (2nd)")
    assert names[where - 1] == "02:55" and names[where + 12] == "03:00"
    assert (short["slots"], plain["slots"], long["slots"]) == ("276", "288", "300")
    assert short["02:00"] == short["02:00 (2nd)"] == plain["02:00 (2nd)"] == NOT_THERE
    assert (long["02:30"], long["02:30 (2nd)"], long["filled"]) == ("", "sleeping", "6")
    assert short["remark"] == "23-hour day; no 02:00 to 02:55"
    assert long["remark"] == "25-hour day; 02:00 to 02:55 come twice"
    assert plain["remark"] == ""


def test_a_skipped_day_and_one_that_begins_elsewhere() -> None:
    calendar = Calendar(zone("Pacific/Apia"))
    days = calendar.between(date(2011, 12, 29), date(2011, 12, 31))
    before, skipped, _ = sheet(days, [])
    assert (skipped["slots"], skipped["remark"], skipped["00:00"]) == ("0", "skipped day", NOT_THERE)
    assert before["remark"] == ""
    [late] = sheet([day_named(date(2026, 11, 2), BERLIN, 240)], [])
    assert list(late)[len(HEAD)] == "04:00" and list(late)[-1] == "03:55"
    mixed = sheet(
        [
            day_named(date(2026, 11, 2), BERLIN, 240),
            Day("2026-11-03", "Europe/Berlin", at("2026-11-03T04:00"), at("2026-11-04")),
        ],
        [],
    )
    assert mixed[1]["remark"].startswith("day of 20 h 0 min") or mixed[1]["remark"].startswith("20-hour day")
    assert mixed[1]["03:55"] == NOT_THERE


@given(st.sampled_from(NAMED), st.dates(date(2000, 1, 1), date(2037, 12, 31)), st.sampled_from((0, 150, 240)))
def test_each_slot_has_one_column(name: str, on: date, day_start: int) -> None:
    days = Calendar(zone(name), day_start).between(on, on)
    spans = [Span(day.start, day.end, "sleeping") for day in days if day.length]
    for day, row in zip(days, sheet(days, spans), strict=True):
        cells = list(row.values())[len(HEAD) :]
        assert cells.count("sleeping") == day.slots == int(row["slots"]) == int(row["filled"])
        assert cells.count(NOT_THERE) == len(cells) - day.slots


def test_the_day_of_a_span_gives_its_zone() -> None:
    here, there = zone("Europe/Berlin"), zone("America/New_York")
    first = day_of(at("2026-11-02T12:00"), here)
    second = Day("2026-11-03", "America/New_York", first.end, first.end + 30 * 3600)
    found = to_rows(
        [Span(first.start, first.start + 300, "work"), Span(second.start, second.start + 300, "work")],
        [first, second],
        tree(),
    )
    written = spans_csv(found, zone).splitlines()
    assert written[1].startswith("2026-11-02T00:00:00+01:00") and ",Europe/Berlin," in written[1]
    assert written[2].startswith("2026-11-02T18:00:00-05:00") and ",America/New_York," in written[2]
    assert there is zone("America/New_York")
