"""The table of a day: its cells, its labels, what a screen reader hears."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from companion.core.days import SLOT, day_named, instants_at, rows
from companion.core.spans import Span
from companion.ui.pages.time.grid_model import DayModel, Sheet
from tests.timetree import tree
from tests.zones import NAMED, zone

BERLIN = ZoneInfo("Europe/Berlin")


def sheet(day: date, zone: str = "Europe/Berlin") -> Sheet:
    place = ZoneInfo(zone)
    return Sheet(day_named(day, place), place)


def heads(model: DayModel) -> list[str]:
    return [model.headerData(i, Qt.Orientation.Vertical) for i in range(model.rowCount())]


def test_a_model_as_qt_wants_it(qtmodeltester: ModelTester) -> None:
    model = DayModel()
    qtmodeltester.check(model)
    first = sheet(date(2026, 10, 25))
    model.show_day(first, [Span(first.day.start, first.day.start + 3 * SLOT, "rest")], tree())
    qtmodeltester.check(model)
    model.show_day(sheet(date(2026, 3, 29)), [], tree())
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("day", "zone", "rows", "slots"),
    [
        (date(2026, 11, 20), "Europe/Berlin", 24, 288),
        (date(2026, 10, 25), "Europe/Berlin", 25, 300),
        (date(2026, 3, 29), "Europe/Berlin", 23, 276),
        (date(2026, 4, 5), "Australia/Lord_Howe", 25, 294),
        (date(2026, 10, 4), "Australia/Lord_Howe", 24, 282),
        (date(2026, 9, 6), "America/Santiago", 23, 276),
    ],
)
def test_every_slot_has_one_cell_and_every_cell_of_the_day_one_slot(
    day: date, zone: str, rows: int, slots: int
) -> None:
    made = sheet(day, zone)
    assert len(made.rows) == rows and made.slots == slots
    places = [made.place(slot) for slot in range(slots)]
    assert len(set(places)) == slots and places == sorted(places)
    assert [made.slot(*place) for place in places] == list(range(slots))
    cells = {(row, column) for row in range(rows) for column in range(12)}
    assert all(made.slot(*cell) == -1 for cell in cells - set(places))


def test_both_hours_of_a_long_night_are_labelled() -> None:
    model = DayModel()
    model.show_day(sheet(date(2026, 10, 25)), [], tree())
    assert heads(model)[1:5] == ["1:00", "2:00 (1st)", "2:00 (2nd)", "3:00"]
    model.show_day(sheet(date(2026, 3, 29)), [], tree())
    assert heads(model)[1:3] == ["1:00", "3:00"]


def test_a_cell_is_read_out_as_time_category_and_state() -> None:
    day = date(2026, 10, 25)
    made, model = sheet(day), DayModel()

    def at(hour: int, minute: int = 0, nth: int = 0) -> int:
        return instants_at(day, hour * 60 + minute, BERLIN)[nth]

    spans = [
        Span(at(0) - 3600, at(2, 0, 1) + SLOT, "sleeping", "filled"),
        Span(at(9), at(9, 10), "work/e-mails", "confirmed"),
        Span(at(9, 10), at(9, 20), "work/phone calls", "proposed"),
    ]
    model.show_day(made, spans, tree())

    def heard(hour: int, minute: int, nth: int = 0) -> str:
        index = model.index(*made.place(made.slot_at(at(hour, minute, nth))))
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    assert heard(9, 5) == "9:05, e-mails, confirmed"
    assert heard(9, 10) == "9:10, phone calls, proposed"
    assert heard(9, 20) == "9:20, not filled"
    assert heard(2, 0, 1) == "2:00 (2nd), sleeping, filled in afterwards"
    assert heard(2, 5, 1) == "2:05 (2nd), not filled"
    assert model.index(*made.place(made.slot_at(at(9)))).data() == "We"


def test_segments_are_the_spans_within_the_day_cut_at_rows() -> None:
    made = sheet(date(2026, 11, 20))
    start = made.day.start
    night = Span(start - 7200, start + 3600 + 2 * SLOT, "sleeping")
    last = Span(made.day.end - SLOT, made.day.end + SLOT, "rest")
    parts = made.segments([night, last])
    assert [(part.row, part.left, part.right, part.begins, part.ends) for part in parts] == [
        (0, 0, 12, False, False),
        (1, 0, 2, False, True),
        (23, 11, 12, True, False),
    ]
    assert [part.named for part in parts] == [True, False, True]


def test_what_stays_the_same_is_not_told() -> None:
    model, made = DayModel(), sheet(date(2026, 11, 20))
    told: list[str] = []
    model.dataChanged.connect(lambda *_: told.append("cells"))
    model.modelReset.connect(lambda: told.append("day"))
    model.show_day(made, [], tree())
    model.show_day(sheet(date(2026, 11, 20)), [], tree())
    assert told == ["day"]
    model.show_day(made, [Span(made.day.start, made.day.start + SLOT, "rest")], tree())
    assert told == ["day", "cells"]


def test_only_the_rows_that_say_something_else_are_told() -> None:
    model, made = DayModel(), sheet(date(2026, 11, 20))
    start = made.day.start
    model.show_day(made, [Span(start, start + 5 * 3600, "rest")], tree())
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))
    # The block grows by an hour: what stood there is read out as before.
    model.show_day(made, [Span(start, start + 6 * 3600, "rest")], tree())
    assert told == [(5, 5)]
    model.show_day(made, [Span(start, start + 6 * 3600, "rest", "confirmed")], tree())
    assert told[1:] == [(0, 5)]
    model.show_day(made, [Span(start - 300, start + 6 * 3600, "rest", "confirmed")], tree())
    assert told[2:] == []


def test_a_day_alike_is_shown_in_the_same_table() -> None:
    model, told = DayModel(), list[str]()
    model.show_day(sheet(date(2026, 11, 20)), [], tree())
    model.dataChanged.connect(lambda a, b: told.append(f"{a.row()}-{b.row()}"))
    model.modelReset.connect(lambda: told.append("another table"))
    model.show_day(sheet(date(2026, 11, 19)), [], tree())
    model.show_day(sheet(date(2026, 10, 25)), [], tree())
    model.show_day(sheet(date(2026, 10, 24)), [], tree())
    assert told == ["0-23", "another table", "another table"]


@given(
    st.sampled_from(NAMED),
    st.dates(date(2005, 1, 1), date(2035, 12, 31)),
    st.integers(-40, 40),
    st.sampled_from((0, 240, 270, 1380)),
    st.booleans(),
)
@example("Europe/Berlin", date(2026, 10, 25), -1, 0, False)
@example("Europe/Berlin", date(2026, 10, 24), 1, 0, False)
@example("Europe/Berlin", date(2026, 11, 20), 3, 270, False)
@example("Pacific/Apia", date(2011, 12, 29), 2, 0, False)
def test_rows_that_serve_once_more_are_those_of_the_day(
    name: str, day: date, apart: int, begins: int, twelve: bool
) -> None:
    place = zone(name)
    held = Sheet(day_named(day, place, begins), place, twelve)
    other = day_named(day + timedelta(days=apart), place, begins)
    assert Sheet(other, place, twelve, held).rows == rows(other, place, twelve=twelve)
