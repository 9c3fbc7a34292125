"""Keys changed by pressing them: given, taken, cleared, refused, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.ui.keys import COMMANDS, Keys
from companion.ui.pages.settings.page import SettingsPage


def give(
    qtbot: QtBot, page: SettingsPage, command: str, key: Qt.Key | str, mods: Qt.KeyboardModifier | None = None
) -> None:
    """Return on the row, then the key."""
    row = page.keys.list.row(command)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert row.waiting
    qtbot.keyClick(row, key, mods or Qt.KeyboardModifier.NoModifier)


def test_every_command_is_listed_with_its_key(page: SettingsPage) -> None:
    assert [(row.command, row.key()) for row in page.keys.list.rows] == [(c.id, c.key) for c in COMMANDS]
    assert page.keys.list.row("hold").accessibleName() == "Key for Hold, or resume"
    assert page.keys.list.row("hold").accessibleDescription() == "H"


def test_a_free_key_is_given_without_a_word(qtbot: QtBot, page: SettingsPage, desk: Desk, keys: Keys) -> None:
    give(qtbot, page, "hold", Qt.Key.Key_F9)
    assert (keys.key("hold"), desk.prefs.keys) == ("F9", {"hold": "F9"})
    assert page.keys.list.row("hold").key() == "F9"
    assert not page.keys.list.row("hold").waiting
    assert not page.news.isVisible()


def test_a_key_taken_from_another_command_says_so_and_can_be_undone(
    qtbot: QtBot, page: SettingsPage, desk: Desk, keys: Keys
) -> None:
    give(qtbot, page, "hold", "e")
    assert (keys.key("hold"), keys.key("end"), keys.command("E")) == ("E", "", "hold")
    assert page.keys.list.row("end").accessibleDescription() == "no key"
    assert page.news.text_label.text() == "E was the key for “End the call”, which has no key now."
    assert page.keys.list.row("hold").hasFocus()
    qtbot.mouseClick(page.news.buttons[0], Qt.MouseButton.LeftButton)
    assert (keys.key("hold"), keys.key("end"), desk.prefs.keys) == ("H", "E", {})
    assert not page.news.isVisible()


def test_undo_by_key(qtbot: QtBot, page: SettingsPage, keys: Keys) -> None:
    give(qtbot, page, "hold", "e")
    qtbot.keyClick(page.keys.list.row("hold"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (keys.key("hold"), keys.key("end")) == ("H", "E")
    qtbot.keyClick(page.keys.list.row("hold"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert keys.key("hold") == "H"


def test_escape_leaves_it_as_it_is(qtbot: QtBot, page: SettingsPage, keys: Keys) -> None:
    give(qtbot, page, "hold", Qt.Key.Key_Escape)
    assert keys.key("hold") == "H"
    assert not page.keys.list.row("hold").waiting
    assert page.keys.list.row("hold").hasFocus()


def test_backspace_clears_and_can_be_undone(qtbot: QtBot, page: SettingsPage, desk: Desk, keys: Keys) -> None:
    give(qtbot, page, "hold", Qt.Key.Key_Backspace)
    assert (keys.key("hold"), desk.prefs.keys) == ("", {"hold": ""})
    assert page.news.text_label.text() == "“Hold, or resume” has no key now."
    qtbot.mouseClick(page.news.buttons[0], Qt.MouseButton.LeftButton)
    assert keys.key("hold") == "H"


@pytest.mark.parametrize("key", ["5", Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_with_a_use_of_its_own_is_refused_and_the_row_goes_on_waiting(
    qtbot: QtBot, page: SettingsPage, desk: Desk, key: Qt.Key | str
) -> None:
    give(qtbot, page, "hold", key)
    row = page.keys.list.row("hold")
    assert row.waiting and page.news.isVisible()
    qtbot.keyClick(row, "j", Qt.KeyboardModifier.ControlModifier)
    assert (desk.prefs.keys, row.waiting, page.news.isVisible()) == ({"hold": "Ctrl+J"}, False, False)


def test_a_modifier_alone_is_no_key_yet(qtbot: QtBot, page: SettingsPage, keys: Keys) -> None:
    give(qtbot, page, "hold", Qt.Key.Key_Shift)
    assert page.keys.list.row("hold").waiting
    qtbot.keyClick(page.keys.list.row("hold"), "q", Qt.KeyboardModifier.ShiftModifier)
    assert keys.key("hold") == "Shift+Q"


def test_while_a_row_waits_no_shortcut_of_the_window_acts(
    qtbot: QtBot, page: SettingsPage, keys: Keys
) -> None:
    acted: list[bool] = []
    shortcut = QShortcut("Ctrl+,", page)
    shortcut.activated.connect(lambda: acted.append(True))
    qtbot.keyClick(page.keys.list.rows[0], Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert acted == [True]  # it does act when no row waits
    give(qtbot, page, "hold", Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert acted == [True]
    assert (keys.key("hold"), keys.key("settings")) == ("Ctrl+,", "")


def test_leaving_the_row_ends_the_wait(qtbot: QtBot, page: SettingsPage, keys: Keys) -> None:
    row = page.keys.list.row("hold")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert row.waiting
    qtbot.mouseClick(page.keys.first_button, Qt.MouseButton.LeftButton)
    assert not row.waiting
    page.identity.agent.edit.setFocus()
    qtbot.keyClicks(page.identity.agent.edit, "Eve")
    assert (page.identity.agent.edit.text(), keys.changed) == ("Eve", {})


def test_tab_ends_the_wait_and_goes_on(qtbot: QtBot, page: SettingsPage, keys: Keys) -> None:
    give(qtbot, page, "hold", "k", Qt.KeyboardModifier.ControlModifier)
    give(qtbot, page, "end", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.keys.first_button
    assert keys.key("end") == "E"


def test_arrow_keys_go_through_the_rows_and_bring_them_into_view(qtbot: QtBot, page: SettingsPage) -> None:
    rows = page.keys.list.rows
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Up)
    assert rows[0].hasFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    qtbot.keyClick(rows[1], Qt.Key.Key_End)
    assert rows[-1].hasFocus()
    top = rows[-1].mapTo(page.area.viewport(), rows[-1].rect().topLeft()).y()
    assert 0 <= top <= page.area.viewport().height() - rows[-1].height()


def test_letters_on_a_row_that_does_not_wait_are_left_to_the_window(qtbot: QtBot, page: SettingsPage) -> None:
    page.keys.list.rows[0].setFocus()
    acted: list[bool] = []
    shortcut = QShortcut("H", page)
    shortcut.activated.connect(lambda: acted.append(True))
    qtbot.keyClick(page.keys.list.rows[0], "h")
    assert acted == [True]


def test_back_to_the_first_keys_can_be_undone(
    qtbot: QtBot, page: SettingsPage, desk: Desk, keys: Keys
) -> None:
    assert not page.keys.first_button.isEnabled()
    give(qtbot, page, "hold", "e")
    give(qtbot, page, "upset", Qt.Key.Key_F9)
    mine = dict(desk.prefs.keys)
    qtbot.mouseClick(page.keys.first_button, Qt.MouseButton.LeftButton)
    assert (keys.changed, desk.prefs.keys) == ({}, {})
    qtbot.mouseClick(page.news.buttons[0], Qt.MouseButton.LeftButton)
    assert desk.prefs.keys == mine


def test_keys_changed_elsewhere_are_shown(page: SettingsPage, desk: Desk, keys: Keys) -> None:
    desk.prefs.set("keys", {"hold": "F9"})
    assert (page.keys.list.row("hold").key(), keys.key("hold")) == ("F9", "F9")


def test_a_refused_write_keeps_the_new_key_in_use(
    qtbot: QtBot, page: SettingsPage, desk: Desk, keys: Keys
) -> None:
    desk.store.connection.execute("PRAGMA query_only = ON")
    give(qtbot, page, "hold", Qt.Key.Key_F9)
    page.refresh()
    assert (page.trouble.isVisible(), keys.key("hold"), page.keys.list.row("hold").key()) == (
        True,
        "F9",
        "F9",
    )


def test_show_keys_brings_the_list_into_view(qtbot: QtBot, page: SettingsPage) -> None:
    page.show_keys()
    assert page.keys.list.rows[0].hasFocus()
    qtbot.waitUntil(lambda: 0 <= page.keys.mapTo(page.area.viewport(), page.keys.rect().topLeft()).y() < 40)
