"""Chips: one or several, one stop for Tab, marks that choose nothing, own words, and a fold."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.choices import Choices, Item, letters

WORDS = [Item(f"id{n}", f"Word number {n}", "a hint" if n == 1 else "", "ABCDEFGHIJKL"[n]) for n in range(12)]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


_boxes: list[QWidget] = []  # a widget without a parent lives as long as somebody knows it


@pytest.fixture(autouse=True)
def _put_away() -> Iterator[None]:
    yield
    _boxes.clear()


def shown(qtbot: QtBot, theme: Theme, several: bool = False, folded: int = 0, width: int = 500) -> Choices:
    box = QWidget()
    qtbot.addWidget(box)
    _boxes.append(box)
    column = QVBoxLayout(box)
    choices = Choices(theme, "Feelings", box, several)
    choices.set_items(WORDS, folded)
    column.addWidget(choices)
    column.addStretch(1)
    box.resize(width, 900)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    return choices


def test_one_at_a_time_and_it_can_be_taken_back(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme)
    heard: list[tuple[str, bool]] = []
    choices.toggled.connect(lambda ident, on: heard.append((ident, on)))
    for ident in ("id2", "id5", "id5"):
        chip = choices.chip(ident)
        assert chip is not None
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert choices.chosen() == ()
    assert heard == [("id2", True), ("id5", True), ("id5", False)]


def test_several(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme, several=True)
    choices.choose("id5")
    choices.choose("id2")
    assert choices.chosen() == ("id2", "id5")
    assert choices.press_letter("C")
    assert choices.chosen() == ("id5",)
    assert not choices.press_letter("Z")


def test_a_mark_says_why_and_chooses_nothing(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme)
    choices.set_marks({"id3": "often goes with Anger"})
    chip = choices.chip("id3")
    assert chip is not None
    assert chip.marked
    assert chip.accessibleDescription() == "often goes with Anger"
    assert choices.chosen() == ()
    choices.set_marks({})
    assert not chip.marked
    assert chip.accessibleDescription() == ""


def test_a_screen_reader_hears_what_the_words_answer(qtbot: QtBot, theme: Theme) -> None:
    face = QAccessible.queryAccessibleInterface(shown(qtbot, theme))
    assert face.text(QAccessible.Text.Name) == "Feelings"
    assert face.role() == QAccessible.Role.Border  # told as a panel; a plain widget is passed over


def test_the_hint_is_read_out_as_words_and_not_as_markup(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme)
    choices.set_items([Item("a", "Anger", "annoyed & <furious>"), Item("b", "Own")])
    chip, bare = choices.chips

    def described() -> str:
        return QAccessible.queryAccessibleInterface(chip).text(QAccessible.Text.Description)

    assert described() == "annoyed & <furious>"
    assert QAccessible.queryAccessibleInterface(bare).text(QAccessible.Text.Description) == ""
    choices.set_marks({"a": "often goes with Fear"})
    assert described() == "often goes with Fear. annoyed & <furious>"
    choices.set_marks({})
    assert described() == "annoyed & <furious>"


def test_own_words_are_chips_while_they_are_chosen(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme, several=True)
    choices.set_chosen(["id1", "<b>my own</b>"])
    assert choices.chosen() == ("id1", "<b>my own</b>")
    own = choices.chip("<b>my own</b>")
    assert own is not None
    assert own.accessibleName() == "<b>my own</b>"
    choices.set_chosen(["id1"])
    assert choices.chip("<b>my own</b>") is None
    assert choices.chosen() == ("id1",)


def test_tab_comes_once_and_arrows_go_about(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme, several=True)
    stops = [chip for chip in choices.chips if chip.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [choices.chips[0]]
    choices.setFocus()
    assert choices.chips[0].hasFocus()
    QTest.keyClick(choices.chips[0], Qt.Key.Key_Right)
    assert choices.chips[1].hasFocus()
    QTest.keyClick(choices.chips[1], Qt.Key.Key_Space)
    assert choices.chosen() == ("id1",)
    QTest.keyClick(choices.chips[1], Qt.Key.Key_Down)
    below = choices.focus_chip()
    assert below is not None
    assert below.y() > choices.chips[1].y()
    QTest.keyClick(below, Qt.Key.Key_Up)
    assert choices.chips[1].hasFocus()
    QTest.keyClick(choices.chips[1], Qt.Key.Key_End)
    assert choices.chips[-1].hasFocus()
    QTest.keyClick(choices.chips[-1], Qt.Key.Key_Right)
    assert choices.chips[-1].hasFocus()
    # Tab comes back to where one was.
    assert [c for c in choices.chips if c.focusPolicy() & Qt.FocusPolicy.TabFocus] == [choices.chips[-1]]


def test_tab_comes_to_what_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme)
    choices.chips[0].clearFocus()
    choices.set_chosen(["id4"])
    choices.setFocus()
    assert choices.chips[4].hasFocus()


def test_the_rest_comes_at_a_press_and_nothing_chosen_is_hidden(qtbot: QtBot, theme: Theme) -> None:
    choices = shown(qtbot, theme, folded=4)
    assert [chip.isVisible() for chip in choices.chips] == [True] * 4 + [False] * 8
    choices.set_chosen(["id9"])
    chip = choices.chip("id9")
    assert chip is not None
    assert chip.isVisible()
    choices.set_marks({"id7": "why"})
    assert choices.chips[7].isVisible()
    qtbot.mouseClick(choices.more, Qt.MouseButton.LeftButton)
    assert all(one.isVisible() for one in choices.chips)
    assert not choices.more.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_row_is_in_sight(qtbot: QtBot, qapp: QApplication, theme: Theme, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    choices = shown(qtbot, theme, width=620)
    qtbot.waitUntil(lambda: choices.height() >= choices.heightForWidth(choices.width()))
    bottom = max(chip.mapTo(choices, chip.rect().bottomLeft()).y() for chip in choices.chips)
    assert bottom < choices.height()


def test_letters_are_given_once() -> None:
    given = letters(["Anger", "Anxiety", "Fear", "fa", "é", ""], taken="X")
    assert given == ["A", "N", "F", "", "", ""]
    assert letters(["Ab", "Ab", "Ab"]) == ["A", "B", ""]
