"""The page: its tabs and keys, its fixed names, how it hears of news from elsewhere."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from companion.clock import ManualClock, stamp
from companion.core.goals import Goal
from companion.desk import Desk
from companion.ui.drafts import is_field
from companion.ui.pages.time.day import DayView
from companion.ui.pages.time.page import TimePage
from companion.ui.pages.time.views import PLACES
from companion.ui.window import MainWindow


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def names(root: QWidget) -> set[str]:
    return {name_of(widget) for widget in root.findChildren(QWidget) if widget.isVisible()}


def test_the_fixed_names_are_there(page: TimePage, window: MainWindow) -> None:
    wanted = {"Time", "Day grid", "Quick entry", "Previous day", "Next day", "Today", "Last night", "Undo"}
    assert wanted <= names(window)
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
        if not name_of(widget).strip() and widget.objectName() != "qt_tableview_cornerbutton"
        if type(widget).__name__ != "QTableCornerButton" and widget.parent() is not page.day_view.grid
    ]
    assert nameless == []


def test_a_key_leads_to_the_page_and_esc_does_not_leave_it(
    window: MainWindow, hands: Any, desk: Desk
) -> None:
    hands.command("time_page")
    page = window._stack.time
    assert page is not None and page.isVisible() and page.day_view.grid.hasFocus()
    hands.press(Qt.Key.Key_Escape)
    hands.type("s")  # on the page of the call it would start one
    assert page.isVisible() and desk.board.current is None
    hands.command("call_page")
    assert window._stack.on_call


def test_nothing_of_it_is_made_before_it_is_shown(window: MainWindow, desk: Desk) -> None:
    assert window._stack.time is None and "time" not in desk.__dict__


def test_what_a_command_changes_shows_at_once(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    desk.time.paint(at(9), at(10), "rest")
    hands.settle()
    sheet = view.grid.sheet
    assert sheet is not None
    span = view.grid.day_model.span_at(sheet.slot_at(at(9, 30)))
    assert span is not None and span.category == "rest"


def test_a_letter_from_a_button_of_the_page_fills_too(
    desk: Desk, page: TimePage, hands: Any, at: Any
) -> None:
    page.day_view.grid.choose(at(16), at(17))
    page.head.next.setFocus()
    hands.type("f")
    assert [span.category for span in desk.time.spans(at(16), at(17))] == ["family"]
    assert page.day_view.grid.hasFocus()


def test_undo_from_a_button_of_the_page(desk: Desk, page: TimePage, hands: Any, at: Any) -> None:
    desk.time.paint(at(9), at(10), "rest")
    for widget in (page.head.next, page.day_view.undo_list.redo, page.day_view.undo_list.undo):
        widget.setFocus()
        hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.time.spans(at(9), at(10)) == ()


Z, CTRL = Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier


def merged(page: TimePage, hands: Any, category: str, into: str) -> Any:
    """The view of the categories after a merge by keys alone."""
    page.show_tab("categories")
    view = page.current
    view.list.choose(category)
    box = view.detail.places.into.box
    box.setFocus()
    hands.type(into)
    hands.press(Qt.Key.Key_Tab)
    assert view.detail.places.merge.hasFocus()
    hands.press(Qt.Key.Key_Space)
    return view


def test_a_merge_says_what_moved_and_ctrl_z_takes_it_back_there(
    desk: Desk, page: TimePage, hands: Any, at: Any
) -> None:
    for hour in (8, 10, 12):
        desk.time.paint(at(hour), at(hour + 1), "travel")
    view = merged(page, hands, "travel", "exe")
    assert desk.time.tree.shown("travel").id == "exercise"
    assert hands.told.endswith("Travel merged into Exercise: 3 entries count there now")
    assert not is_field(hands.focus), "no field, so that Ctrl+Z means the merge"
    hands.press(Z, CTRL)
    assert desk.time.tree.shown("travel").id == "travel"
    assert "travel" in view.list.rows
    assert hands.told.startswith("Undone: ") and "Travel merged" in hands.told
    hands.press(Qt.Key.Key_Y, CTRL)
    assert desk.time.tree.shown("travel").id == "exercise"


@pytest.mark.parametrize("tab", ["ranges", "goals", "audit", "categories"])
def test_one_history_on_every_tab(desk: Desk, page: TimePage, hands: Any, at: Any, tab: str) -> None:
    desk.time.paint(at(9), at(10), "rest")
    page.show_tab(tab)
    hands.settle()
    hands.press(Z, CTRL)
    assert desk.time.spans(at(9), at(10)) == ()
    hands.press(Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(desk.time.spans(at(9), at(10))) == 1


def test_goals_are_in_the_same_history(desk: Desk, page: TimePage, hands: Any) -> None:
    desk.time.goals.put(Goal("t", "technology", "at most", 7200, since="2026-10-01"))
    page.show_tab("goals")
    hands.settle()
    page.current.rows[0].change.click()
    hands.settle()
    hands.type("45")
    hands.press(Qt.Key.Key_Return)
    assert [goal.seconds for goal in desk.time.goals.all()] == [7200, 2700]
    hands.press(Z, CTRL)
    assert [(goal.seconds, goal.until) for goal in desk.time.goals.all()] == [(7200, "")]
    page.current.rows[0].remove.click()
    hands.settle()
    hands.press(Z, CTRL)
    assert len(desk.time.goals.all()) == 1


def test_a_list_keeps_the_letters_and_digits_that_are_typed_in_it(page: TimePage, hands: Any) -> None:
    page.show_tab("goals")
    hands.settle()
    hands.type("n")
    form = page.current.form
    assert form.length.hasFocus()
    hands.type("90")
    form.category.setFocus()
    hands.type("exe")
    assert form.category.chosen() == "exercise"
    hands.type("1n")
    assert page.tab == "goals" and form.length.value() == 90 and form.isVisible()
    form.per.chips[0].setFocus()
    hands.type("n")
    assert form.length.value() == 90, "a form that is open is not begun anew"


def test_in_a_field_ctrl_z_is_of_its_text(desk: Desk, page: TimePage, hands: Any, at: Any) -> None:
    desk.time.paint(at(9), at(10), "rest")
    page.show_tab("categories")
    page.current.list.new.edit.setFocus()
    hands.type("Garden")
    hands.press(Z, CTRL)
    hands.press(Z, CTRL)
    assert page.current.list.new.edit.text() == ""
    assert len(desk.time.spans(at(9), at(10))) == 1


def test_digits_lead_to_the_tabs_and_each_is_made_when_first_shown(page: TimePage, hands: Any) -> None:
    assert set(page._views) == {"day"}
    for digit, place in enumerate(PLACES, 1):
        page.setFocus()
        hands.type(str(digit))
        assert page.tab == place.key and page.head.tabs.buttons[place.key].current
    assert len(page._views) == len(PLACES)
    assert page.head.title.text() == "Time" and not page.head.next.isVisible()
    page.show_day("2026-10-24")
    hands.settle()
    assert page.tab == "day" and page.head.title.text() == "Saturday 24 October 2026"


def test_a_page_out_of_sight_is_shown_anew_when_it_comes_back(
    desk: Desk, page: TimePage, window: MainWindow, hands: Any, at: Any
) -> None:
    hands.command("call_page")
    desk.time.paint(at(9), at(10), "rest")
    hands.settle()
    assert page.day_view.grid.day_model.spans == ()
    hands.command("time_page")
    assert [span.category for span in page.day_view.grid.day_model.spans] == ["rest"]


def test_a_finished_call_is_proposed_and_taken_by_one_key(
    desk: Desk, page: TimePage, hands: Any, clock: ManualClock, window: MainWindow
) -> None:
    desk.start("Maria", "billing")
    clock.advance(20 * 60)
    desk.end()
    desk.board.finish()
    hands.settle()
    (span,) = page.day_view.grid.day_model.spans
    assert (span.category, span.state) == ("work/phone calls", "proposed")
    page.day_view.grid.choose(span.start, span.start + 300)
    hands.press(Qt.Key.Key_Space)
    (span,) = page.day_view.grid.day_model.spans
    assert span.state == "confirmed"


def test_a_planned_break_is_proposed_once_it_is_over(
    desk: Desk, page: TimePage, hands: Any, clock: ManualClock
) -> None:
    desk.breaks.add(stamp(clock.now()), clock.zone(), 15, stamp(clock.now()))
    hands.settle()
    assert page.day_view.grid.day_model.spans == ()
    clock.advance(20 * 60)
    page.day_view._tick.timeout.emit()
    hands.settle()
    (span,) = page.day_view.grid.day_model.spans
    assert (span.category, span.state, span.source, span.length) == ("rest", "proposed", "break", 900)


def test_what_the_disk_refuses_is_told(desk: Desk, page: TimePage, hands: Any, at: Any) -> None:
    page.day_view.grid.choose(at(16), at(17))
    run = desk.store.connection.execute
    run("PRAGMA query_only = ON")
    hands.type("f")
    assert hands.told.startswith("Not kept: ")
    assert page.day_view.grid.chosen == (at(16), at(17))
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.type(",")
    hands.type("9-10 rest")
    hands.press(Qt.Key.Key_Return)
    assert hands.told.startswith("Not kept: ") and page.day_view.quick.line.text() == "9-10 rest"
    run("PRAGMA query_only = OFF")
    hands.press(Qt.Key.Key_Return)
    assert [span.category for span in page.day_view.grid.day_model.spans] == ["rest"]
