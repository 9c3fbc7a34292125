"""A day is filled, shown and added up: quick entry, last night, a usual day, undo, the days around it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from companion.clock import ManualClock
from companion.core.goals import Goal
from companion.core.spans import Span
from companion.desk import Desk
from companion.ui.pages.time.day import DayView
from companion.ui.pages.time.page import TimePage
from companion.ui.window import MainWindow

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

DIARY = (
    *(
        "7:10-7:35 shower",
        "+20 breakfast",
        "+10 packing",
        "8:05-8:40 bus",
        "8:40-9:30 e-mails",
        "9:30-9:45 calls",
    ),
    *("9:45-10:15 research", "+15 coffee", "10:30-12 design", "12-12:40 lunch", "+15 walk", "+20 screen"),
    *("13:15-14:30 calls", "14:30-15 e-mails", "to 15:20 rest", "15:20-16:10 design", "+20 e-mails"),
    *("16:30-17:05 bus", "17:05-17:40 shopping", "17:40-18:20 cooking", "to 19 dinner", "19-20:15 children"),
    *("20:15-21 sport", "+25 wash", "21:25-22:30 tv"),
)
"""A day as it was lived, in the words of whoever lived it."""


def sums(view: DayView) -> dict[str, int]:
    return {line.words: line.seconds for line in view.sums.lines if not line.depth}


def test_a_diary_of_25_episodes_a_nap_and_the_long_night_in_at_most_30_gestures(
    desk: Desk, view: DayView, hands: Any, clock: ManualClock, at: Any
) -> None:
    clock.set_wall(datetime(2026, 10, 25, 22, 0, tzinfo=UTC))
    assert len(DIARY) == 25
    hands.press(KEY.Key_L, CTRL)
    for sign in "23:10\t7:10":
        hands.press(KEY.Key_Tab) if sign == "\t" else hands.type(sign)
    hands.press(KEY.Key_Return)
    assert view.grid.hasFocus()
    hands.type(",")
    for line in (*DIARY, "22:40-23 nap"):
        hands.type(line)
        hands.press(KEY.Key_Return)
        assert view.quick.line.text() == "", line
    done = desk.time.history(200)
    assert len(done) == 27 <= 30
    shown = desk.time.view(view.day)
    assert shown.day.length == 25 * 3600
    recorded = [span for span in shown.spans if span.state != "proposed"]
    assert len(recorded) == 27
    night = recorded[0]
    assert (night.start, night.end) == (at(23, 10, day=date(2026, 10, 24)), at(7, 10))
    assert night.length == 9 * 3600  # eight by the clock, and the hour that came twice
    assert shown.balance.recorded + shown.balance.unfilled == shown.day.length
    assert shown.balance.unfilled == 10 * 60 + 3600  # 22:30–22:40 and what is left of the day
    assert sum(span.length for span in recorded[1:]) == (22 * 60 + 30 - 7 * 60 - 10 + 20) * 60
    found = sums(view)
    whole = found.pop("The whole day")
    assert whole == 25 * 3600 == sum(found.values())


def test_a_line_is_a_ghost_before_it_is_anything(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    hands.type(",")
    hands.type("16-16:30 trav")
    assert [part.span[:3] for part in view.grid._ghosts] == [(at(16), at(16, 30), "travel")]
    assert view.quick.word.text() == "16:00–16:30 Travel, 30 min, ahead of now."
    assert desk.time.view(view.day).spans == ()
    hands.press(KEY.Key_Escape)
    assert view.grid._ghosts == [] and view.quick.line.text() == ""
    hands.press(KEY.Key_Escape)
    assert view.grid.hasFocus()


def test_a_line_says_what_it_would_go_over(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.time.paint(at(0), at(7), "sleeping")
    hands.type(",")
    hands.type("4-5 eating")
    assert view.quick.word.text() == "4:00–5:00 Eating, 1 h, over Sleeping."


def test_what_is_wrong_with_a_line_is_said_beneath_it(desk: Desk, view: DayView, hands: Any) -> None:
    hands.type(",")
    hands.type("16:30-16 travel")
    hands.press(KEY.Key_Return)
    words = view.quick.word.text()
    assert words and words == view.quick.line.accessibleDescription()
    assert desk.time.view(view.day).spans == ()
    assert view.quick.line.text() == "16:30-16 travel"


def test_a_sign_begins_a_line(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    hands.type("-")
    assert view.quick.line.text() == "-"
    hands.type("30 calls")
    hands.press(KEY.Key_Return)
    (span,) = desk.time.view(view.day).spans
    assert (span.start, span.end, span.category) == (at(15, 15), at(15, 45), "work/phone calls")


def test_a_whole_span_after_the_sign_that_led_to_the_line(
    desk: Desk, view: DayView, hands: Any, at: Any
) -> None:
    hands.type("+")
    assert view.quick.line.text() == "+"
    hands.type("9-10 rest")
    hands.press(KEY.Key_Return)
    (span,) = desk.time.view(view.day).spans
    assert (span.start, span.end, span.category) == (at(9), at(10), "rest")


def test_a_line_for_another_day_leads_there(desk: Desk, view: DayView, hands: Any) -> None:
    hands.type(",")
    hands.type("yesterday 10-11 rest")
    assert view.quick.word.text().startswith("Saturday 24 October, 10:00–11:00 Rest")
    hands.press(KEY.Key_Return)
    assert view.day.name == "2026-10-24"
    assert [span.category for span in desk.time.view(view.day).spans] == ["rest"]


def test_last_night_of_any_length(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    hands.press(KEY.Key_L, CTRL)
    hands.type("Fri 21:00")
    hands.press(KEY.Key_Tab)
    hands.type("6")
    hands.press(KEY.Key_Return)
    (span,) = desk.time.view(view.day).spans
    assert (span.start, span.end) == (at(21, day=date(2026, 10, 23)), at(6))
    assert desk.time.history()[0].words.endswith("last night")


def test_a_night_and_a_nap_are_one_gesture(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    hands.press(KEY.Key_L, CTRL)
    for sign in "23:10\t7:10\t13:00\t13:25":
        hands.press(KEY.Key_Tab) if sign == "\t" else hands.type(sign)
    hands.press(KEY.Key_Return)
    night, nap = desk.time.view(view.day).spans
    assert night.length == 9 * 3600 and (nap.start, nap.end) == (at(13), at(13, 25))
    assert hands.told == "Slept 9 h + 25 min."
    assert len(desk.time.history()) == 1 and view.grid.hasFocus()
    assert not view.night.slept_from.isVisible()  # folded away: the night is set down


def test_a_night_that_cannot_be_is_told_in_its_field(desk: Desk, view: DayView, hands: Any) -> None:
    hands.press(KEY.Key_L, CTRL)
    hands.type("25:00")
    hands.press(KEY.Key_Return)
    assert view.night.word.isVisible() and view.night.slept_from.hasFocus()
    assert desk.time.view(view.day).spans == ()


def test_undo_and_redo_in_words_also_after_a_restart(
    desk: Desk, view: DayView, hands: Any, at: Any, open_again: Callable[[], Desk]
) -> None:
    desk.time.paint(at(9), at(10), "work/phone calls")
    view.grid.choose(at(9), at(9, 40))
    hands.type("we")
    words = view.undo_list.undo.accessibleDescription()
    assert words == view.undo_list.lines[0].text()
    assert words.startswith("15:47: 9:00–9:40 ") and "over" in words
    hands.press(KEY.Key_Z, CTRL)
    assert [span.category for span in desk.time.view(view.day).spans] == ["work/phone calls"]
    assert hands.told.startswith("Undone: 15:47")
    hands.press(KEY.Key_Y, CTRL)
    assert len(desk.time.view(view.day).spans) == 2
    hands.click(view.undo_list.undo)
    hands.click(view.undo_list.undo)
    assert desk.time.view(view.day).spans == ()
    assert not view.undo_list.undo.isEnabled()
    desk.time.redo()
    lines = [(step.words, step.undone) for step in desk.time.history(50)]
    again = open_again()
    assert [(step.words, step.undone) for step in again.time.history(50)] == lines
    assert lines[-1][0] == "15:47: 9:00–10:00 phone calls"
    assert again.time.to_undo is not None
    again.time.undo()
    assert again.time.view(again.time.today()).spans == ()


def test_the_sum_is_always_the_length_of_the_day(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.time.paint_spans([Span(at(9), at(10), "work/phone calls", "proposed", "call")], "calls")
    desk.time.paint(at(12), at(13), "eating")
    desk.time.paint(at(0) - 7200, at(7), "sleeping")
    desk.time.goals.put(Goal(desk.time.goals.new_id(), "eating", "at least", 7200, since="2026-01-01"))
    hands.settle()
    for _day in range(2):
        found = sums(view)
        whole = found.pop("The whole day")
        assert whole == view.day.length == sum(found.values())
        hands.press(KEY.Key_PageUp)
    hands.press(KEY.Key_PageDown)
    hands.press(KEY.Key_PageDown)
    assert sums(view)["Proposed"] == 3600
    assert "Eating 1 h, goal ≥ 2 h, missed" in view.sums.accessibleName()


def test_a_usual_day_is_taken_block_by_block(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    for weeks in (1, 2, 3):
        day = date(2026, 10, 25) - timedelta(weeks=weeks)
        desk.time.paint(at(8, day=day), at(9, day=day), "eating")
        desk.time.paint(at(9, day=day), at(11, day=day), "family")
        desk.time.paint(at(11, day=day), at(12, day=day), "exercise")
    hands.settle()
    before = len(desk.time.history(50))
    hands.press(KEY.Key_U, CTRL)
    assert [part.span.category for part in view.grid._ghosts] == ["eating", "family", "family", "exercise"]
    assert desk.time.view(view.day).spans == ()
    hands.press(KEY.Key_Space)
    assert [span.category for span in desk.time.view(view.day).spans] == ["eating"]
    assert view.grid.chosen[0] == at(9)
    hands.press(KEY.Key_Space, CTRL)
    assert [span.category for span in desk.time.view(view.day).spans] == ["eating", "family", "exercise"]
    assert len(desk.time.history(50)) == before + 2
    assert view.grid._ghosts == []


def test_the_days_around(page: TimePage, view: DayView, hands: Any) -> None:
    assert page.head.title.text() == "Sunday 25 October 2026"
    assert page.head.length.text() == "25-hour day" and page.head.length.isVisible()
    assert not page.head.today.isEnabled()
    hands.click(page.head.previous)
    assert page.head.title.text() == "Saturday 24 October 2026"
    assert not page.head.length.isVisible()
    hands.click(page.head.next)
    hands.click(page.head.next)
    assert view.day.name == "2026-10-26"
    hands.type("0")
    assert view.day.name == "2026-10-25"
    names = {
        page.head.previous.accessibleName(),
        page.head.today.accessibleName(),
        page.head.next.accessibleName(),
    }
    assert names == {"Previous day", "Today", "Next day"}


def test_the_12_hour_clock_is_shown_at_once(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    sheet = view.grid.sheet
    assert sheet is not None and sheet.rows[-1].label == "23:00"
    desk.time.paint(at(13), at(14), "rest")
    desk.prefs.set("twelve_hours", True)
    hands.settle()
    sheet = view.grid.sheet
    assert sheet is not None
    assert [row.label for row in sheet.rows[:4]] == ["12:00 AM", "1:00 AM", "2:00 AM (1st)", "2:00 AM (2nd)"]
    words = view.grid.day_model.words(sheet.slot_at(at(13)))
    assert words.startswith("1:00 PM, rest, ")
    head = view.grid.verticalHeader()
    wide = head.fontMetrics().horizontalAdvance("2:00 AM (2nd)")
    assert head.width() >= wide


def test_left_open_over_midnight(page: TimePage, view: DayView, clock: ManualClock, hands: Any) -> None:
    clock.advance(10 * 3600)
    view._on_tick()
    assert view.day.name == "2026-10-26"
    assert page.head.title.text() == "Monday 26 October 2026"
    hands.press(KEY.Key_PageUp)
    clock.advance(24 * 3600)
    view._on_tick()
    assert view.day.name == "2026-10-25"  # who looks at another day goes on looking at it


def test_the_clock_set_back_and_a_flight(desk: Desk, view: DayView, clock: ManualClock, hands: Any) -> None:
    length = view.day.length
    desk.time.paint(view.day.start, view.day.start + 3600, "rest")
    clock.set_wall(datetime(2026, 10, 25, 13, 0, tzinfo=UTC), "America/New_York")
    view._on_tick()
    view.refresh()
    assert view.day.length == length and view.day.zone == "Europe/Berlin"
    found = sums(view)
    assert found.pop("The whole day") == sum(found.values())


def test_nothing_is_clipped(
    view: DayView, window: MainWindow, hands: Any, faults: Callable[[QWidget], list[str]], at: Any
) -> None:
    for width, height in ((1180, 760), (700, 900), (520, 700)):
        window.resize(width, height)
        hands.settle()
        assert faults(window) == [], (width, height)
