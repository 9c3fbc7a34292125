"""What a screen reader is told at the journal's doors: what is amiss, the code; nothing of what is covered."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.journal import Journal
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.secret import SecretField
from companion.ui.pages.stress.setup import SetupView
from companion.ui.widgets.private import MARKS, PrivateEdit

PASSPHRASE = "tin roof, seven otters"
CANARY = "the wombat of canary lane"


def amiss(field: SecretField) -> set[str]:
    return {line.accessibleDescription() for line in (field.hidden, field.plain)}


@pytest.fixture
def setup(stress: StressPage) -> SetupView:
    assert isinstance(stress.gate, SetupView)
    return stress.gate


@pytest.fixture
def code(setup: SetupView, hands: Any, qtbot: QtBot) -> str:
    """A passphrase was chosen; the code that is shown."""
    for field in (setup.choose.first, setup.choose.second):
        field.hidden.setText(PASSPHRASE)
    hands.click(setup.choose.go_on)
    qtbot.waitUntil(lambda: setup.recovery.isVisible())
    hands.settle()
    return setup.recovery.code.text()


def test_a_wrong_passphrase_is_told_by_the_field_until_it_is_typed_anew(
    locked_page: StressPage, unlock: Callable[..., None], hands: Any
) -> None:
    gate: Any = locked_page.gate
    unlock(locked_page, "wrong one")
    assert amiss(gate.field) == {gate.wrong.text()} and "Nothing is lost" in gate.wrong.text()
    hands.type("x")
    assert amiss(gate.field) == {""}


def test_what_does_not_do_as_a_passphrase_is_told_by_the_fields(setup: SetupView, hands: Any) -> None:
    page = setup.choose
    page.first.take_focus()
    hands.type("4711")
    page.second.take_focus()
    hands.press(Qt.Key.Key_Return)
    assert (
        amiss(page.first) == amiss(page.second) == {page.wrong.text()} and "At least 8" in page.wrong.text()
    )
    hands.type("x")
    assert amiss(page.first) == amiss(page.second) == {""}


def test_a_code_typed_wrongly_is_told_by_the_field(setup: SetupView, code: str, hands: Any) -> None:
    page = setup.recovery
    hands.click(page.next)
    hands.type("A")
    hands.press(Qt.Key.Key_Return)
    assert page.wrong.isVisible() and amiss(page.asked) == {page.wrong.text()}
    hands.type("B")
    assert amiss(page.asked) == {""} and not page.wrong.isVisible()


def test_the_cover_tells_by_its_field(
    setup: SetupView, code: str, desk: Desk, hands: Any, qtbot: QtBot
) -> None:
    desk.start("Maria")
    desk.end()
    desk.board.finish()
    hands.settle()
    setup.cover.field.take_focus()
    hands.type("another one")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not setup.cover.busy)
    assert "is another one" in setup.cover.wrong.text()
    assert amiss(setup.cover.field) == {setup.cover.wrong.text()}


def test_another_passphrase_is_refused_by_the_field(open_page: StressPage, hands: Any) -> None:
    hands.click(open_page.head.care)
    view: Any = open_page.current
    card = view.column.passphrase
    card.new.take_focus()
    hands.type("short")
    card.change()
    assert card.wrong.text() and amiss(card.new) == {card.wrong.text()}
    card.drop()
    assert amiss(card.old) == amiss(card.new) == amiss(card.again) == {""}


def test_a_field_has_one_name_seen_and_heard(setup: SetupView, open_page: StressPage, hands: Any) -> None:
    hands.click(open_page.head.care)
    for field in (setup.choose.second, *open_page.findChildren(SecretField)):
        assert field.line.accessibleName() == field.caption.text() and field.caption.buddy() is field.line


# -- the recovery code
def test_the_code_is_a_stop_of_tab_and_can_be_gone_through(setup: SetupView, code: str, hands: Any) -> None:
    shown = setup.recovery.code
    for _stop in range(8):
        if hands.focus is shown:
            break
        hands.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert hands.focus is shown
    face = QAccessible.queryAccessibleInterface(shown)
    assert face.text(QAccessible.Text.Name) == "Recovery code"
    text = face.textInterface()
    assert text.text(0, text.characterCount()) == code
    assert face.state().focusable and face.state().readOnly
    hands.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert shown.textCursor().selectedText() == code[0]
    hands.press(Qt.Key.Key_Tab)
    assert hands.focus is not shown and shown.text() == shown.toPlainText() == code


def test_a_selected_code_is_offered_to_nobody_and_a_copy_is_marked(
    setup: SetupView, code: str, hands: Any
) -> None:
    board = QApplication.clipboard()
    board.setText("from elsewhere")
    shown = setup.recovery.code
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert shown.textCursor().selection().toPlainText() == code
    assert shown.createMimeDataFromSelection().formats() == []
    if board.supportsSelection():
        assert code[:4] not in board.text(QClipboard.Mode.Selection)
    assert board.text() == "from elsewhere"
    QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert board.text() == code and set(MARKS) <= set(board.mimeData().formats())
    board.clear()


def test_a_cover_empties_the_code_that_is_being_read(
    setup: SetupView, code: str, desk: Desk, hands: Any, heard: list[str]
) -> None:
    setup.recovery.code.setFocus()
    setup.recovery.code.selectAll()
    desk.board.ring("+44 20 7946 0018")
    assert setup.recovery.code.toPlainText() == "" and setup.cover.isVisible()
    text = QAccessible.queryAccessibleInterface(setup.recovery.code).textInterface()
    assert text.characterCount() == 0
    hands.settle()
    assert not any(group in words for group in code.split() for words in heard)


# -- what is covered
@pytest.mark.parametrize("why", ["call", "key"])
@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_page_that_is_covered_is_neither_gone_through_nor_told(
    open_page: StressPage, journal: Journal, desk: Desk, hands: Any, heard: list[str], why: str
) -> None:
    open_page.new_entry()
    hands.settle()
    writing = next(one for one in open_page.findChildren(PrivateEdit) if one.accessibleName() == "Event")
    writing.setFocus()
    hands.type(CANARY)
    assert CANARY in writing.toPlainText()
    went: list[QWidget] = []

    def note(_old: QWidget | None, new: QWidget | None) -> None:
        if new is not None:
            went.append(new)

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(note)
    if why == "call":
        desk.board.ring("+44 20 7946 0018")
        hands.window.show_ringing()
    else:
        open_page.lock_now("key")
    app.focusChanged.disconnect(note)
    gate: Any = open_page.gate
    assert journal.state == "locked" and went == [gate.field.hidden]
    assert not any("wombat" in words for words in heard)


def test_unlocking_leads_to_the_page_without_a_stop_on_the_way(
    locked_page: StressPage, unlock: Callable[..., None], hands: Any
) -> None:
    went: list[QWidget] = []

    def note(_old: QWidget | None, new: QWidget | None) -> None:
        if new is not None:
            went.append(new)

    gate: Any = locked_page.gate
    gate.take_focus()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(note)
    unlock(locked_page)
    app.focusChanged.disconnect(note)
    assert went == [hands.focus] and locked_page.gate is None
