"""The list of keys over the window: opened and left by keyboard, the focus back where it was, readable at any size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.keyline import KeyLine
from companion.ui.keys import COMMANDS, Keys, told
from companion.ui.keysheet import KeySheet
from companion.ui.theme.theme import Theme


class Window(QWidget):
    """A window with a field, a button and the list."""

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.field, self.button = QLineEdit(self), QPushButton("x", self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.sheet = KeySheet(keys, theme, self)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.apply(qapp, "light", 1.0)
    return theme


@pytest.fixture
def keys() -> Keys:
    return Keys({"hold": "F9", "end": ""})


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, keys: Keys) -> Window:
    window = Window(theme, keys)
    qtbot.addWidget(window)
    window.resize(1100, 720)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.button.setFocus()
    return window


def lines(window: Window) -> list[str]:
    return [line.text() for line in window.sheet.findChildren(KeyLine)]


def test_it_is_not_there_until_it_is_wanted(window: Window) -> None:
    assert not window.sheet.isVisible()


def test_it_lists_every_command_with_its_present_key_and_the_fixed_ones(window: Window, keys: Keys) -> None:
    window.sheet.open_sheet()
    wanted = [f"{keys.key(command.id) or 'no key'}: {told(command)}" for command in COMMANDS]
    assert lines(window)[: len(wanted)] == wanted
    assert "F9: Hold, or resume" in wanted and "no key: End the call" in wanted
    assert any(line.startswith("Esc: ") for line in lines(window))
    assert any("tick the row that bears the digit" in line for line in lines(window))


def test_keys_changed_meanwhile_are_shown_when_it_opens_again(window: Window, keys: Keys) -> None:
    window.sheet.open_sheet()
    window.sheet.close_sheet()
    keys.set_changed({})
    window.sheet.open_sheet()
    assert "H: Hold, or resume" in lines(window)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, "?"])
def test_it_takes_the_focus_and_esc_or_its_key_gives_it_back(
    qtbot: QtBot, window: Window, key: Qt.Key | str
) -> None:
    window.sheet.open_sheet()
    assert window.sheet.isAncestorOf(QApplication.focusWidget())
    with qtbot.waitSignal(window.sheet.closed):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert not window.sheet.isVisible()
    assert window.button.hasFocus()


def test_it_closes_by_its_own_key_when_that_was_changed(qtbot: QtBot, window: Window, keys: Keys) -> None:
    keys.set_changed({"keys": "F1"})
    window.sheet.open_sheet()
    qtbot.keyClick(QApplication.focusWidget(), "?")
    assert window.sheet.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert not window.sheet.isVisible()


def test_close_and_toggle(qtbot: QtBot, window: Window) -> None:
    window.sheet.toggle()
    qtbot.mouseClick(window.sheet.close_button, Qt.MouseButton.LeftButton)
    assert not window.sheet.isVisible() and window.button.hasFocus()
    window.sheet.toggle()
    window.sheet.toggle()
    assert not window.sheet.isVisible()
    assert window.sheet.close_button.accessibleName() == "Close the list of keys"


def test_the_focus_stays_with_whoever_has_it_elsewhere(qtbot: QtBot, window: Window) -> None:
    window.sheet.open_sheet(take_focus=False)
    assert window.button.hasFocus()
    window.sheet.close_sheet()
    window.sheet.open_sheet()
    window.field.setFocus()
    qtbot.keyClicks(window.field, "?")
    assert window.sheet.isVisible() and window.field.text() == "?"
    window.sheet.close_sheet()
    assert window.field.hasFocus()


def test_the_place_of_the_focus_may_be_gone_by_then(qtbot: QtBot, window: Window) -> None:
    window.sheet.open_sheet()
    with qtbot.waitSignal(window.button.destroyed):
        window.button.deleteLater()
    window.sheet.close_sheet()
    assert not window.sheet.isVisible()


def test_changing_keys_is_one_button_away(qtbot: QtBot, window: Window) -> None:
    window.sheet.open_sheet()
    with qtbot.waitSignal(window.sheet.settings_requested):
        qtbot.mouseClick(window.sheet.change_button, Qt.MouseButton.LeftButton)
    assert not window.sheet.isVisible()


def test_both_buttons_are_reached_by_tab(qtbot: QtBot, window: Window) -> None:
    window.sheet.open_sheet()
    seen = []
    for _ in range(3):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
    assert window.sheet.area in seen
    window.sheet.change_button.setFocus()
    qtbot.keyClick(window.sheet.change_button, Qt.Key.Key_Tab)
    assert window.sheet.close_button.hasFocus()


@pytest.mark.parametrize(
    ("scale", "width", "height"), [(1.0, 1100, 720), (1.0, 640, 480), (2.0, 1280, 900), (2.0, 840, 700)]
)
def test_it_stays_within_the_window_and_every_line_can_be_read(
    qtbot: QtBot, qapp: QApplication, window: Window, theme: Theme, scale: float, width: int, height: int
) -> None:
    theme.apply(qapp, "dark", scale)
    window.resize(width, height)
    window.sheet.open_sheet()
    content, view = window.sheet.columns, window.sheet.area.viewport()
    qtbot.waitUntil(lambda: content.width() == view.width())
    assert window.rect().contains(window.sheet.geometry())
    for line in window.sheet.findChildren(KeyLine):
        assert line.height() >= line.heightForWidth(line.width()), line.text()
        right = line.mapTo(content, line.rect().topRight()).x()
        assert right <= content.width()
    bar = window.sheet.area.verticalScrollBar()
    assert content.height() <= view.height() or bar.maximum() == content.height() - view.height()


def test_it_follows_the_window_and_scrolls_by_key(qtbot: QtBot, window: Window) -> None:
    window.sheet.open_sheet()
    window.resize(700, 400)
    qtbot.waitUntil(lambda: window.rect().contains(window.sheet.geometry()))
    bar = window.sheet.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(window.sheet.area, Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_who_listens_goes_through_the_list_key_by_key(window: Window, reader: None) -> None:
    window.sheet.open_sheet()
    every = window.sheet.findChildren(KeyLine)
    heard = []
    for _line in every:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        at = QApplication.focusWidget()
        assert isinstance(at, KeyLine) and not at.visibleRegion().isEmpty()
        heard.append(QAccessible.queryAccessibleInterface(at).text(QAccessible.Text.Name))
    assert heard == [line.text() for line in every]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert QApplication.focusWidget() is every[-2]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not window.sheet.isVisible() and window.button.hasFocus()


def test_who_sees_scrolls_it_with_the_same_keys(window: Window) -> None:
    window.resize(500, 400)
    window.sheet.open_sheet()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert window.sheet.area.hasFocus() and window.sheet.area.verticalScrollBar().value() > 0
