"""What a screen reader is told of the day: what a key has filled or taken away, what is chosen, what letters mean."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from companion.core.spans import Span
from companion.desk import Desk
from companion.ui.pages.time.day import DayView
from companion.ui.pages.time.grid_keys import HEARD_MS, LETTER_MS
from companion.ui.pages.time.page import TimePage

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def nine(view: DayView, at: Any, hands: Any, heard: list[str]) -> DayView:
    """The cursor on nine o'clock."""
    view.grid.choose(at(9), at(9, 5))
    hands.settle()
    heard.clear()
    return view


def test_a_fill_is_told_once_and_its_undo(nine: DayView, hands: Any, heard: list[str]) -> None:
    hands.type("e")
    assert len(heard) == 1 and "ating" in heard[0]
    hands.wait(1)
    hands.press(KEY.Key_Z, CTRL)
    assert len(heard) == 2 and heard[1].startswith("Undone: ")


def test_an_erasure_is_told(nine: DayView, desk: Desk, at: Any, hands: Any, heard: list[str]) -> None:
    hands.press(KEY.Key_Delete)
    assert heard == ["Nothing is filled there."]
    heard.clear()
    desk.time.paint(at(9), at(9, 5), "eating")
    hands.press(KEY.Key_Delete)
    assert len(heard) == 1 and heard[0] != "Nothing is filled there."


def test_a_stretch_is_told_as_it_grows_and_not_while_time_goes_on(
    nine: DayView, hands: Any, heard: list[str]
) -> None:
    hands.press(KEY.Key_Right, SHIFT)
    hands.press(KEY.Key_Right, SHIFT)
    assert heard == ["9:00–9:10 chosen", "9:00–9:15 chosen"]
    nine._on_tick()
    nine.refresh()
    assert len(heard) == 2


def test_a_step_is_left_to_the_reader(nine: DayView, hands: Any, heard: list[str]) -> None:
    hands.press(KEY.Key_Right)
    hands.press(KEY.Key_Down)
    assert heard == []


def test_a_letter_that_waits_tells_the_second_ones(nine: DayView, hands: Any, heard: list[str]) -> None:
    hands.type("w")
    assert len(heard) == 1 and heard[0] == nine.quick.word.text() and "or Enter for itself" in heard[0]
    assert nine.grid.letters._timer.interval() == LETTER_MS
    nine.refresh()
    assert len(heard) == 1
    hands.press(KEY.Key_Escape)


def test_who_listens_has_the_time_to_hear_them(reader: None, nine: DayView, hands: Any) -> None:
    hands.type("w")
    assert nine.grid.letters._timer.interval() == HEARD_MS >= 5 * LETTER_MS
    hands.press(KEY.Key_Escape)


def test_what_is_accepted_is_told(nine: DayView, desk: Desk, at: Any, hands: Any, heard: list[str]) -> None:
    hands.press(KEY.Key_Space)
    assert heard == ["Nothing is proposed there."]
    for start in (9, 11):
        desk.time.paint_spans(
            [Span(at(start), at(start + 1), "work/phone calls", "proposed", "call")], "calls"
        )
    heard.clear()
    hands.press(KEY.Key_Space)
    assert len(heard) == 1 and "9:00–10:00" in heard[0]
    hands.press(KEY.Key_Space, CTRL)
    assert len(heard) == 2 and heard[0] != heard[1]


def test_the_line_is_quiet_while_it_is_unfinished(nine: DayView, hands: Any) -> None:
    hands.type(",")
    line = nine.quick.line
    for typed in "9:05-":
        hands.type(typed)
        assert line.accessibleDescription() == "", line.text()
    hands.press(KEY.Key_Escape)
    hands.type("9:05-")
    assert nine.quick.preview is None and nine.quick.word.text()
    hands.press(KEY.Key_Return)
    assert line.accessibleDescription() == nine.quick.word.text()


def test_what_is_wrong_with_the_line_is_its_description(nine: DayView, hands: Any) -> None:
    hands.type(",")
    hands.type("25:00-3 travel")
    assert nine.quick.line.accessibleDescription() == nine.quick.word.text() != ""


def test_the_sums_are_a_stop_of_tab_with_all_of_it_to_read(
    nine: DayView, desk: Desk, at: Any, hands: Any
) -> None:
    desk.time.paint(at(9), at(9, 10), "eating")
    hands.settle()
    nine.take_focus()
    for _stop in range(20):
        hands.press(KEY.Key_Tab)
        if hands.focus is nine.sums:
            break
    assert hands.focus is nine.sums
    face = QAccessible.queryAccessibleInterface(nine.sums)
    name = face.text(QAccessible.Text.Name)
    assert name.startswith("Sums of the day: ") and "Eating 10 min; " in name and name.endswith("day 25 h")
    assert face.role() == QAccessible.Role.StaticText


def test_a_tab_is_told_as_shown_at_once(page: TimePage, hands: Any) -> None:
    told: list[str] = []
    button = page.head.tabs.buttons["day"]
    for tab in ("ranges", "day"):
        page.show_tab(tab)
        told.append(button.accessibleDescription())
    assert told == ["", "shown"]
