"""Fields for private text: a selection goes nowhere, a copy is marked, and one line stays one line."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QClipboard, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.fields import MAX_LINE, LineField
from companion.ui.widgets.private import MARKS, PrivateEdit, PrivateField, PrivateLine

SECRET = "the wombat of canary lane"
Field = PrivateEdit | PrivateLine


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


@pytest.fixture(params=["edit", "line"])
def field(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> Iterator[Field]:
    made: Field = PrivateEdit(theme, "Event") if request.param == "edit" else PrivateLine(theme, "Event")
    qtbot.addWidget(made)
    made.resize(400, 120)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    QApplication.clipboard().setText("from elsewhere")
    yield made
    QApplication.clipboard().clear()


def formats(data: QMimeData | None) -> set[str]:
    return set(data.formats()) if data is not None else set()


def test_what_is_selected_is_offered_to_nobody(field: Field) -> None:
    field.set_text(SECRET)
    field.selectAll()
    assert field.textCursor().selectedText() == SECRET
    # Qt asks for this to fill the primary selection and to drag.
    assert formats(field.createMimeDataFromSelection()) == set()
    if QApplication.clipboard().supportsSelection():
        QTest.keyClick(field, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
        assert SECRET not in QApplication.clipboard().text(QClipboard.Mode.Selection)
    assert QApplication.clipboard().text() == "from elsewhere"


@pytest.mark.parametrize("standard", [QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut])
def test_every_key_that_copies_marks_the_copy(field: Field, standard: QKeySequence.StandardKey) -> None:
    for sequence in QKeySequence.keyBindings(standard):
        QApplication.clipboard().clear()
        field.set_text("")
        field.set_text(SECRET)
        field.selectAll()
        pressed = sequence[0]
        key = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers())
        QApplication.sendEvent(field, key)  # the keys Copy and Cut are strange to QTest
        data = QApplication.clipboard().mimeData()
        assert data.text() == SECRET
        assert set(MARKS) <= formats(data)
        assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
        assert field.text() == (SECRET if standard == QKeySequence.StandardKey.Copy else "")


@pytest.mark.parametrize("words", ["Copy", "Cut"])
def test_the_menu_copies_marked_too(field: Field, words: str) -> None:
    field.set_text(SECRET)
    field.selectAll()
    menu = field.make_menu()
    action = next(action for action in menu.actions() if action.text() == words)
    assert action.isEnabled()
    action.trigger()
    data = QApplication.clipboard().mimeData()
    assert data.text() == SECRET
    assert set(MARKS) <= formats(data)


def test_a_copy_is_the_only_thing_that_gives_the_text(field: Field) -> None:
    field.set_text(SECRET)
    field.selectAll()
    field.copy_out()
    assert QApplication.clipboard().text() == SECRET
    # Right after it the selection is as silent as before.
    assert formats(field.createMimeDataFromSelection()) == set()


def test_a_press_on_the_selection_begins_no_drag(field: Field) -> None:
    field.set_text(SECRET)
    field.selectAll()
    inside = field.cursorRect().center() - QPoint(20, 0)
    QTest.mousePress(field.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    assert not field.textCursor().hasSelection()
    QTest.mouseRelease(field.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)


def test_an_input_method_is_asked_to_forget(field: Field) -> None:
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    assert field.accessibleName() == "Event"


def test_one_line_stays_one_line(qtbot: QtBot, theme: Theme) -> None:
    line = PrivateLine(theme, "Line")
    qtbot.addWidget(line)
    line.show()
    QApplication.clipboard().setText("one\r\ntwo\nthree\x00")
    line.paste()
    assert line.text() == "one two three\N{REPLACEMENT CHARACTER}"
    line.set_text("a\nb")
    assert line.text() == "a b"
    with qtbot.waitSignal(line.entered):
        QTest.keyClick(line, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(line.entered):
        QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert line.text() == "a b"


def test_a_huge_paste_is_cut(field: Field) -> None:
    QApplication.clipboard().setText("w" * (MAX_LINE + 5000))
    field.paste()
    assert MAX_LINE - 2 <= len(field.text()) <= MAX_LINE


def test_markup_is_text(field: Field) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("<b>bold</b>")
    QApplication.clipboard().setMimeData(data)
    field.paste()
    assert field.text() == "<b>bold</b>"


def test_tab_leads_out(qtbot: QtBot, theme: Theme) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    first, last = PrivateLine(theme, "First", parent=box), PrivateEdit(theme, "Last", parent=box)
    column.addWidget(first)
    column.addWidget(last)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert first.text() == ""


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_line_is_as_high_as_a_line_edit(
    qtbot: QtBot, qapp: QApplication, theme: Theme, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    ours, theirs = PrivateField(theme, "Line"), LineField(theme, "Line")
    column.addWidget(ours)
    column.addWidget(theirs)
    with qtbot.waitExposed(box):
        box.show()
    assert abs(ours.edit.height() - theirs.edit.height()) <= 1
    ours.edit.set_text("gjpqy ÄÅ")
    assert ours.edit.verticalScrollBar().maximum() == 0


def test_another_width_is_another_height(qtbot: QtBot, theme: Theme) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    edit = PrivateEdit(theme, "Event", "", 2, 8, box)
    column.addWidget(edit)
    column.addStretch(1)
    edit.set_text("a word and another " * 12)
    box.resize(300, 500)
    with qtbot.waitExposed(box):
        box.show()
    qtbot.waitUntil(lambda: edit.height() == edit.sizeHint().height())
    narrow = edit.height()
    assert edit.verticalScrollBar().maximum() == 0
    box.resize(900, 500)
    qtbot.waitUntil(lambda: edit.height() < narrow)
    assert edit.verticalScrollBar().maximum() == 0


def test_a_line_edit_would_not_do(qtbot: QtBot) -> None:
    """Why these fields are here: a line edit has no place at which a selection could be kept back."""
    assert not hasattr(QLineEdit, "createMimeDataFromSelection")
