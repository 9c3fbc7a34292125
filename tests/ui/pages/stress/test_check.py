"""The check: a digit, a letter, Enter; nothing chosen by itself, and 0 counts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.core.stress import UNNAMED, Feeling
from companion.journal_words import words
from companion.ui.pages.stress.check import CheckForm, feeling_id
from companion.ui.theme.theme import Theme
from tests.ui.pages.stress.journaling import focus, press, settle, type_in

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


class Box(QWidget):
    """A window with keys of its own, as the page has."""

    def __init__(self, form: CheckForm) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addWidget(form)
        column.addStretch(1)
        self.form, self.heard, self.taken = form, [], []
        form.done.connect(self._on_done)
        for key in ("A", "E", "N", "1", "7"):
            shortcut = QShortcut(key, self)
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._on_taken)

    heard: list[tuple[object, ...]]
    taken: list[str]

    def _on_done(self, *check: object) -> None:
        self.heard.append(check)

    def _on_taken(self) -> None:
        self.taken.append(self.sender().objectName())


@pytest.fixture(params=[False, True], ids=["whole", "compact"])
def box(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> Iterator[Box]:
    box = Box(CheckForm(theme, words(), None, request.param))
    qtbot.addWidget(box)
    box.resize(900, 600)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    box.form.setFocus()
    settle()
    yield box


def test_ten_seconds_by_keys(box: Box) -> None:
    type_in("7a")
    press(ENTER)
    assert box.heard == [(7, (Feeling("anger"),), "", False)]
    assert box.taken == []  # none of these keys was the window's


def test_nothing_is_chosen_by_itself(box: Box) -> None:
    assert box.form.scale.value is None
    assert box.form.feelings.chosen() == ()
    assert box.form.is_empty()
    press(ENTER)
    assert box.heard == []
    assert box.form.hint.isVisible()


def test_zero_is_a_check(box: Box) -> None:
    type_in("0")
    press(ENTER)
    assert box.heard == [(0, (), "", False)]


def test_a_feeling_alone_is_a_check(box: Box) -> None:
    chip = box.form.feelings.chip(UNNAMED)
    assert chip is not None
    assert chip.isVisible()
    chip.click()
    press(ENTER)
    assert box.heard == [(None, (Feeling(UNNAMED),), "", False)]


def test_finished_later(box: Box) -> None:
    type_in("10")
    press(ENTER, CTRL)
    assert box.heard == [(10, (), "", True)]


def test_own_words_and_a_line(box: Box) -> None:
    type_in("3")
    box.form.own.setFocus()
    type_in("7 a knot")
    box.form.line.setFocus()
    type_in("third one in a row")
    press(ENTER)
    assert box.heard == [(3, (Feeling("7 a knot"),), "third one in a row", False)]


def test_own_words_may_name_a_shipped_feeling(box: Box) -> None:
    assert feeling_id(words(), "  aNGer ") == "anger"
    assert feeling_id(words(), " my  own ") == "my own"
    type_in("a")
    box.form.own.setFocus()
    type_in("Anger")
    press(ENTER)
    assert box.heard == [(None, (Feeling("anger"),), "", False)]


def test_ctrl_enter_in_a_line_keeps_it_for_later(box: Box) -> None:
    box.form.line.setFocus()
    type_in("not now")
    press(ENTER, CTRL)
    assert box.heard == [(None, (), "not now", True)]


def test_letters_and_digits_work_from_a_chip(box: Box) -> None:
    box.form.feelings.setFocus()
    type_in("5")
    assert box.form.scale.value == 5
    box.form.feelings.setFocus()
    type_in("g")
    assert box.form.feelings.chosen() == ("guilt",)
    type_in("g")
    assert box.form.feelings.chosen() == ()


def test_every_feeling_bears_a_letter_of_its_own(box: Box) -> None:
    keys = [chip.key for chip in box.form.feelings.chips]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_enter_on_a_button_is_that_button(qtbot: QtBot, box: Box) -> None:
    type_in("4")
    box.form.close_button.setFocus()
    with qtbot.waitSignal(box.form.dismissed):
        press(ENTER)
    assert box.heard == []
    box.form.later.setFocus()
    press(ENTER)
    assert box.heard == [(4, (), "", True)]


def test_escape_leaves(qtbot: QtBot, box: Box) -> None:
    with qtbot.waitSignal(box.form.dismissed):
        press(Qt.Key.Key_Escape)


def test_the_page_hands_on_what_the_form_takes(box: Box) -> None:
    box.form.setFocus()
    assert box.form.digit(1)
    assert box.form.digit(0)
    assert box.form.scale.value == 10
    assert box.form.key("S")
    assert not box.form.key("Q")
    assert not box.form.key("F5")
    assert box.form.key("Ctrl+Return")
    assert box.heard == [(10, (Feeling("sadness"),), "", True)]
    box.form.clear()
    assert box.form.is_empty()


def test_names_that_others_rely_on(box: Box) -> None:
    assert box.form.scale.accessibleName() == "Stress before"
    assert box.form.feelings.accessibleName() == "Feelings"


@pytest.mark.parametrize(("width", "height", "scale"), [(700, 600, 1.0), (1000, 500, 2.0), (420, 500, 1.0)])
def test_all_of_it_can_be_reached(
    box: Box, theme: Theme, qapp: QApplication, width: int, height: int, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    box.resize(width, height)
    settle()
    for widget in (box.form.scale, box.form.feelings.chips[-1], box.form.line.edit, box.form.later):
        widget.setFocus()
        box.form.area.ensureWidgetVisible(widget)
        settle()
        assert focus() is widget
        assert not widget.visibleRegion().isEmpty()
        assert widget.visibleRegion().boundingRect().height() >= widget.height() - 2


def test_markup_in_a_line_is_text(box: Box) -> None:
    box.form.line.setFocus()
    QTest.keyClicks(focus(), "<b>x</b>")
    press(ENTER)
    assert box.heard == [(None, (), "<b>x</b>", False)]
