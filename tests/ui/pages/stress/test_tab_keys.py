"""Ctrl+Tab leads from tab to tab of a page from everywhere on it, also where the digits belong to what is shown."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from companion.desk import Desk
from companion.ui.keys import TAB_KEYS, Keys, why_not
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.views import PLACES as STRESS
from companion.ui.pages.time.views import PLACES as TIME
from companion.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def on(hands: Any) -> None:
    hands.press(Qt.Key.Key_Tab, CTRL)


def back(hands: Any) -> None:
    hands.press(Qt.Key.Key_Backtab, CTRL | SHIFT)


def test_round_the_page_stress_and_back(open_page: StressPage, hands: Any) -> None:
    there = [place.key for place in STRESS]
    seen = []
    for _tab in there:
        seen.append(open_page._place.key)
        assert open_page.head.tab_beside(0) == seen[-1]
        on(hands)
    assert seen == there and open_page._place.key == "journal"
    back(hands)
    assert open_page._place.key == "care"
    back(hands)
    assert open_page._place.key == "help"


def test_out_of_breathing_where_the_digits_choose(
    open_page: StressPage, window: MainWindow, hands: Any
) -> None:
    window.resize(1180, 760)
    hands.type("2")
    hands.type("3")
    assert open_page._place.key == "breathing"  # the digit chose a pattern
    assert open_page.head.tabs.buttons["patterns"]._key == "Ctrl+Tab"  # said where no digit is
    on(hands)
    assert open_page._place.key == "patterns" and open_page.hasFocus()
    assert open_page.head.tabs.buttons["patterns"]._key == "3"
    back(hands)
    back(hands)
    assert open_page._place.key == "journal"


def test_out_of_a_field_with_what_was_typed_kept(open_page: StressPage, hands: Any) -> None:
    open_page.new_entry()
    editor = open_page.view("journal").editor
    editor.page.event_part.event_edit.setFocus()
    hands.settle()
    hands.type("otters")
    ident = editor.entry_id
    on(hands)
    assert open_page._place.key == "breathing"
    assert open_page._desk.journal.entry(ident).event == "otters"


def test_without_a_journal_there_is_no_tab_of_privacy(stress: StressPage, hands: Any) -> None:
    for wanted in ("breathing", "patterns", "strategy", "help", "journal", "breathing"):
        on(hands)
        assert stress._place.key == wanted


def test_while_a_call_is_live(desk: Desk, open_page: StressPage, window: MainWindow, hands: Any) -> None:
    desk.start("Maria", "billing", "")
    window.show_page("stress")
    hands.settle()
    on(hands)
    assert open_page._place.key == "breathing"


def test_round_the_page_time_and_back(window: MainWindow, hands: Any) -> None:
    window.show_page("time")
    hands.settle()
    page = window._stack.time
    assert page is not None
    seen = []
    for _tab in TIME:
        seen.append(page.tab)
        on(hands)
    assert seen == [place.key for place in TIME] and page.tab == "day" and hands.focus is page.day_view.grid
    back(hands)
    assert page.tab == "categories"


def test_out_of_a_field_of_the_page_time(window: MainWindow, hands: Any) -> None:
    window.show_page("time")
    hands.settle()
    hands.type("+8:05")
    assert hands.focus is not window._stack.time.day_view.grid
    on(hands)
    assert window._stack.time.tab == "ranges"


@pytest.mark.parametrize("key", ["call", "settings"])
def test_nothing_happens_on_a_page_without_tabs(window: MainWindow, hands: Any, key: str) -> None:
    window.show_page(key)
    hands.settle()
    before, front = hands.focus, window._stack.currentWidget()
    on(hands)
    back(hands)
    assert hands.focus is before and window._stack.currentWidget() is front and not hands.told


def test_the_keys_cannot_be_given_away_and_stand_in_the_list(window: MainWindow, hands: Any) -> None:
    assert all(why_not(key) for key in TAB_KEYS.values())
    assert not set(TAB_KEYS.values()) & {Keys().key(command) for command in Keys()._by_command}
    window.show_key_sheet()
    hands.settle()
    assert "Ctrl+Tab" in window._sheet.columns._tabs.text()
