"""The grid of a day under mouse and keys."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.core.spans import Span
from companion.desk import Desk
from companion.ui.pages.time.day import DayView

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def told(desk: Desk, view: DayView) -> list[tuple[str, str, str, str]]:
    """The spans of the day as times, category and state."""
    clock = desk.time.clock_words
    return [(clock(s.start), clock(s.end), s.category, s.state) for s in desk.time.view(view.day).spans]


def middle(view: DayView, instant: int) -> QPoint:
    """The middle of a slot on the grid."""
    grid = view.grid
    assert grid.sheet is not None
    row, column = grid.sheet.place(grid.sheet.slot_at(instant))
    return grid.visualRect(grid.day_model.index(row, column)).center()


def test_the_cursor_begins_at_now_and_runs_on_as_the_day_does(view: DayView, hands: Any, at: Any) -> None:
    grid = view.grid
    assert grid.chosen == (at(15, 45), at(15, 50))
    hands.press(KEY.Key_End)
    assert grid.chosen[0] == at(15, 55)
    hands.press(KEY.Key_Right)
    assert grid.chosen[0] == at(16)
    hands.press(KEY.Key_Left)
    hands.press(KEY.Key_Home)
    assert grid.chosen[0] == at(15)
    for _hour in range(12):
        hands.press(KEY.Key_Up)
    assert grid.chosen[0] == at(3)
    hands.press(KEY.Key_Left)
    assert grid.chosen[0] == at(2, 55, 1)  # the second two o'clock
    hands.press(KEY.Key_Up)
    assert grid.chosen[0] == at(2, 55, 0)
    hands.press(KEY.Key_Home, CTRL)
    hands.press(KEY.Key_Left)
    assert grid.chosen[0] == view.day.start
    hands.press(KEY.Key_End, CTRL)
    hands.press(KEY.Key_Right)
    assert grid.chosen[1] == view.day.end


def test_shift_chooses_a_stretch_and_no_rectangle(view: DayView, hands: Any, at: Any) -> None:
    view.grid.choose(at(16, 50), at(16, 55))
    hands.press(KEY.Key_Down, SHIFT)
    hands.press(KEY.Key_Right, SHIFT)
    assert view.grid.chosen == (at(16, 50), at(18))
    assert len(view.grid.selectionModel().selectedIndexes()) == 14
    hands.press(KEY.Key_Right)
    assert view.grid.chosen == (at(18), at(18, 5))
    hands.press(KEY.Key_Home, CTRL | SHIFT)
    assert view.grid.chosen == (view.day.start, at(18, 5))


def test_ctrl_goes_to_the_end_of_a_block_or_gap(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.time.paint(at(10), at(11, 30), "work")
    hands.settle()
    view.grid.choose(at(9), at(9, 5))
    hands.press(KEY.Key_Right, CTRL | SHIFT)
    assert view.grid.chosen == (at(9), at(10))
    hands.press(KEY.Key_Right, CTRL)
    assert view.grid.chosen == (at(11, 25), at(11, 30))


def test_a_letter_fills_and_the_cursor_goes_on(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    view.grid.choose(at(8, 5), at(8, 40))
    hands.type("t")
    assert told(desk, view) == [("8:05", "8:40", "travel", "filled")]
    assert view.grid.chosen == (at(8, 40), at(8, 45))
    hands.type("s")
    assert told(desk, view)[1:] == [("8:40", "8:45", "sleeping", "filled")]
    # and neither of them was the window's: no call was started, none swapped
    assert desk.board.current is None


def test_a_second_letter_is_what_is_in_it(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    view.grid.choose(at(15), at(15, 30))
    hands.type("w")
    assert told(desk, view) == []
    assert "E-mails" in view.quick.word.text()
    hands.type("e")
    assert told(desk, view) == [("15:00", "15:30", "work/e-mails", "confirmed")]
    assert len(desk.time.history()) == 1


def test_a_first_letter_alone_is_taken_by_the_next_key(
    desk: Desk, view: DayView, hands: Any, at: Any
) -> None:
    view.grid.choose(at(15), at(15, 30))
    hands.type("w")
    hands.press(KEY.Key_Return)
    assert told(desk, view) == [("15:00", "15:30", "work", "confirmed")]
    hands.type("w")
    hands.type("x")  # nothing in it has this letter: it is exercise, in the slot behind
    assert [one[2] for one in told(desk, view)] == ["work", "exercise"]
    assert told(desk, view)[0][:2] == ("15:00", "15:35")


def test_a_first_letter_alone_is_on_disk_within_a_second(
    desk: Desk, view: DayView, hands: Any, at: Any, qtbot: QtBot
) -> None:
    view.grid.choose(at(15), at(15, 30))
    hands.type("w")
    qtbot.waitUntil(lambda: told(desk, view) == [("15:00", "15:30", "work", "confirmed")], timeout=3000)


def test_esc_takes_a_first_letter_back(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    view.grid.choose(at(15), at(15, 30))
    hands.type("w")
    hands.press(KEY.Key_Escape)
    assert view.grid.letters.pending is None and told(desk, view) == []
    assert view.grid.chosen == (at(15), at(15, 30))
    hands.press(KEY.Key_Escape)
    assert view.grid.chosen == (at(15, 25), at(15, 30))


def test_leaving_the_page_keeps_a_first_letter(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    view.grid.choose(at(15), at(15, 30))
    hands.type("w")
    hands.command("call_page")
    assert told(desk, view) == [("15:00", "15:30", "work", "confirmed")]


def test_a_letter_of_no_category_says_so(desk: Desk, view: DayView, hands: Any) -> None:
    hands.type("q")
    assert "No category" in hands.told
    assert told(desk, view) == []


def test_the_same_as_before_and_erase(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.time.paint(at(10), at(11), "work/design")
    view.grid.choose(at(11, 30), at(12))
    hands.type(".")
    assert told(desk, view)[1] == ("11:30", "12:00", "work/design", "filled")
    view.grid.choose(at(10, 30), at(11, 45))
    hands.press(KEY.Key_Delete)
    assert [one[:2] for one in told(desk, view)] == [("10:00", "10:30"), ("11:45", "12:00")]
    view.grid.choose(at(20), at(21))
    hands.press(KEY.Key_Delete)
    assert hands.told == "Nothing is filled there."


def test_enter_chooses_what_is_open_until_now(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.time.paint(at(13), at(14, 20), "work")
    view.grid.go_to(0)
    hands.press(KEY.Key_Return)
    assert view.grid.chosen == (at(14, 20), at(15, 45))
    hands.press(KEY.Key_Return)  # once more: the gap before
    assert view.grid.chosen == (view.day.start, at(13))
    hands.press(KEY.Key_Return)
    hands.type("we")
    assert told(desk, view)[-1] == ("14:20", "15:45", "work/e-mails", "confirmed")


def test_what_is_filled_until_now_leaves_the_proposals(
    desk: Desk, view: DayView, hands: Any, at: Any
) -> None:
    desk.time.paint(at(13), at(14), "work")
    desk.time.paint_spans([Span(at(14, 30), at(15), "work/phone calls", "proposed", "call")], "calls")
    hands.press(KEY.Key_Return)
    hands.type("r")
    assert [one[2:] for one in told(desk, view)] == [
        ("work", "filled"),
        ("rest", "confirmed"),
        ("work/phone calls", "proposed"),
        ("rest", "confirmed"),
    ]


def test_enter_on_a_day_that_is_over_goes_from_gap_to_gap(
    desk: Desk, view: DayView, hands: Any, at: Any
) -> None:
    from datetime import date

    day = date(2026, 10, 24)
    desk.time.paint(at(0, day=day), at(7, day=day), "sleeping")
    desk.time.paint(at(9, day=day), at(22, day=day), "family")
    hands.press(KEY.Key_PageUp)
    assert view.day.name == "2026-10-24"
    hands.press(KEY.Key_Return)
    assert view.grid.chosen == (at(7, day=day), at(9, day=day))
    hands.type("h")
    hands.press(KEY.Key_Return)
    assert view.grid.chosen == (at(22, day=day), view.day.end)


def test_space_accepts_the_proposal_under_the_cursor_and_ctrl_all(
    desk: Desk, view: DayView, hands: Any, at: Any
) -> None:
    for start, end in ((9, 10), (11, 12), (13, 14)):
        desk.time.paint_spans([Span(at(start), at(end), "work/phone calls", "proposed", "call")], "calls")
    view.grid.choose(at(9, 30), at(9, 35))
    hands.press(KEY.Key_Space)
    assert [one[3] for one in told(desk, view)] == ["confirmed", "proposed", "proposed"]
    assert view.grid.chosen[0] == at(10)
    hands.press(KEY.Key_Space, CTRL)
    assert [one[3] for one in told(desk, view)] == ["confirmed"] * 3
    hands.press(KEY.Key_Space)
    assert hands.told == "Nothing is proposed there."


def test_the_mouse_draws_a_stretch_over_the_ends_of_rows(view: DayView, at: Any, qtbot: QtBot) -> None:
    port = view.grid.viewport()
    qtbot.mousePress(port, BUTTON, pos=middle(view, at(9, 40)))
    for place in (at(9, 50), at(11, 10)):
        spot = QPointF(middle(view, place))
        event = QMouseEvent(QEvent.Type.MouseMove, spot, port.mapToGlobal(spot), BUTTON, BUTTON, NONE)
        QApplication.sendEvent(port, event)
    qtbot.mouseRelease(port, BUTTON, pos=middle(view, at(11, 10)))
    assert view.grid.chosen == (at(9, 40), at(11, 15))
    qtbot.mouseMove(port, middle(view, at(13)))  # without the button nothing more is chosen
    assert view.grid.chosen == (at(9, 40), at(11, 15))


def test_shift_and_a_click_choose_up_to_it_and_a_chip_fills(
    desk: Desk, view: DayView, hands: Any, at: Any, qtbot: QtBot
) -> None:
    port = view.grid.viewport()
    qtbot.mouseClick(port, BUTTON, pos=middle(view, at(9, 40)))
    qtbot.mouseClick(port, BUTTON, SHIFT, pos=middle(view, at(11, 10)))
    assert view.grid.chosen == (at(9, 40), at(11, 15))
    chip = next(chip for chip in view.palette_.chips if chip.category == "work/research")
    hands.click(chip)
    assert told(desk, view) == [("9:40", "11:15", "work/research", "filled")]
    assert view.grid.hasFocus()
    qtbot.mouseDClick(port, BUTTON, pos=middle(view, at(10)))
    assert view.grid.chosen == (at(9, 40), at(11, 15))


def test_letters_belong_to_the_call_while_one_is_live(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.start("Maria")
    hands.settle()
    view.grid.setFocus()
    hands.type("h")
    assert told(desk, view) == []
    assert hands.call.held
    hands.press(KEY.Key_Right)  # but it still moves
    assert view.grid.chosen[0] == at(15, 50)


def test_tab_leaves_the_grid(view: DayView, hands: Any) -> None:
    hands.press(KEY.Key_Tab)
    assert not view.grid.hasFocus()
    hands.press(KEY.Key_Backtab, SHIFT)
    assert view.grid.hasFocus()


def test_a_screen_reader_finds_a_table_of_cells(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.time.paint(at(9), at(9, 10), "work/e-mails")
    hands.settle()
    face = QAccessible.queryAccessibleInterface(view.grid)
    assert face.text(QAccessible.Text.Name) == "Day grid"
    heard = [face.child(i).text(QAccessible.Text.Name) for i in range(face.childCount())]
    assert "9:05, e-mails, filled in afterwards" in heard
    assert {"9:10, not filled", "2:00 (2nd)", ":05"} <= set(heard)
