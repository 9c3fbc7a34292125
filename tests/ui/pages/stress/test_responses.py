"""Own responses: added, changed as typed, moved, removed and brought back; said to be kept outside the vault."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.responses import ResponseRow, ResponsesView
from companion.ui.theme.theme import Theme

ONE, TWO, THREE = "I can hear how annoying this is.", "Let me see what I can do.", "I am staying on the line."


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, theme: Theme) -> ResponsesView:
    for text in (ONE, TWO, THREE):
        desk.responses.add(text, "2026-11-20T09:30:00.000Z")
    return shown(qtbot, desk, theme)


def shown(qtbot: QtBot, desk: Desk, theme: Theme) -> ResponsesView:
    view = ResponsesView(desk, theme)
    qtbot.addWidget(view)
    view.resize(720, 500)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.refresh()
    return view


def kept(desk: Desk) -> list[str]:
    return [one.text for one in desk.responses.all()]


def rows(view: ResponsesView) -> list[ResponseRow]:
    """The rows as they stand, from the top."""
    QApplication.processEvents()
    return sorted(view.rows.values(), key=ResponseRow.y)


def texts(view: ResponsesView) -> list[str]:
    return [row.text() for row in rows(view)]


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_where_they_are_kept_and_shown(view: ResponsesView) -> None:
    said = " ".join(found.text() for found in view.findChildren(QLabel))
    assert "shown on the call page" in said
    assert "outside the encrypted journal" in said


def test_they_stand_in_their_order(view: ResponsesView) -> None:
    assert texts(view) == [ONE, TWO, THREE]
    first, middle, last = rows(view)
    assert (first.up.isVisible(), first.down.isVisible()) == (False, True)
    assert (middle.up.isVisible(), middle.down.isVisible()) == (True, True)
    assert (last.up.isVisible(), last.down.isVisible()) == (True, False)


def test_an_empty_list_has_only_the_field_for_a_new_one(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    view = shown(qtbot, desk, theme)
    assert view.rows == {}
    click(qtbot, view.add)
    assert kept(desk) == []


def test_a_new_one_is_added_at_the_end(qtbot: QtBot, view: ResponsesView, desk: Desk) -> None:
    qtbot.keyClicks(view.new, " <b>Four</b> ")
    click(qtbot, view.add)
    assert kept(desk) == [ONE, TWO, THREE, "<b>Four</b>"]
    assert texts(view)[-1] == "<b>Four</b>"
    assert view.new.toPlainText() == ""
    assert view.new.hasFocus()


def test_what_stands_in_the_new_field_is_not_lost(qtbot: QtBot, view: ResponsesView, desk: Desk) -> None:
    qtbot.keyClicks(view.new, "Half a sen")
    view.flush()
    assert kept(desk)[-1] == "Half a sen"


def test_a_change_is_kept_as_it_is_typed(qtbot: QtBot, view: ResponsesView, desk: Desk) -> None:
    row = rows(view)[1]
    row.edit.setFocus()
    row.edit.moveCursor(row.edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(row.edit, " Now. ")
    qtbot.waitUntil(lambda: kept(desk) == [ONE, TWO + " Now.", THREE])
    view.refresh()
    assert row.edit.toPlainText() == TWO + " Now. "  # the blank may be the beginning of the next word
    assert row.edit.textCursor().atEnd()


def test_they_are_moved_and_the_keyboard_goes_along(qtbot: QtBot, view: ResponsesView, desk: Desk) -> None:
    row = rows(view)[2]
    click(qtbot, row.up)
    assert kept(desk) == texts(view) == [ONE, THREE, TWO]
    assert row.up.hasFocus()
    click(qtbot, row.up)
    assert kept(desk) == texts(view) == [THREE, ONE, TWO]
    assert row.edit.hasFocus()  # it cannot go further up
    click(qtbot, row.down)
    assert kept(desk) == texts(view) == [ONE, THREE, TWO]


def test_tab_goes_as_the_eye_does_after_a_move(qtbot: QtBot, view: ResponsesView) -> None:
    click(qtbot, rows(view)[2].up)
    seen = []
    rows(view)[0].edit.setFocus()
    for _ in range(16):
        focus = QApplication.focusWidget()
        seen += [row.text() for row in view.rows.values() if row.edit is focus]
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen[:3] == [ONE, THREE, TWO]


def test_a_removed_one_comes_back_to_its_place(qtbot: QtBot, view: ResponsesView, desk: Desk) -> None:
    offered: list[tuple[str, Callable[[], None]]] = []
    view.undo_offered.connect(lambda words, undo: offered.append((words, undo)))
    click(qtbot, rows(view)[1].remove)
    assert kept(desk) == texts(view) == [ONE, THREE]
    words, undo = offered[0]
    assert TWO not in words
    undo()
    assert kept(desk) == texts(view) == [ONE, TWO, THREE]


def test_undo_works_when_the_view_is_gone(
    qtbot: QtBot, view: ResponsesView, desk: Desk, theme: Theme
) -> None:
    gone = ResponsesView(desk, theme)
    gone.refresh()
    offered: list[Callable[[], None]] = []
    gone.undo_offered.connect(lambda _words, undo: offered.append(undo))
    rows(gone)[0].remove.click()
    assert kept(desk) == [TWO, THREE]
    delete(gone)
    offered[0]()
    assert kept(desk) == [ONE, TWO, THREE]


def test_one_that_is_emptied_and_left_is_removed(qtbot: QtBot, view: ResponsesView, desk: Desk) -> None:
    offered: list[Any] = []
    view.undo_offered.connect(lambda _words, undo: offered.append(undo))
    row = rows(view)[0]
    row.edit.setFocus()
    row.edit.selectAll()
    qtbot.keyClick(row.edit, Qt.Key.Key_Delete)
    view.refresh()
    assert row.text() == ""  # still being written
    view.new.setFocus()
    assert kept(desk) == [TWO, THREE]
    offered[0]()
    assert kept(desk) == [ONE, TWO, THREE]


def test_a_copy_is_the_sentence_alone(qtbot: QtBot, view: ResponsesView) -> None:
    copied: list[str] = []
    view.copied.connect(copied.append)
    click(qtbot, rows(view)[1].copy)
    assert copied == [TWO]


def test_what_the_disk_refuses_stays_and_is_tried_again(
    qtbot: QtBot, view: ResponsesView, desk: Desk
) -> None:
    row = rows(view)[0]
    desk.store.connection.execute("PRAGMA query_only = ON")
    row.edit.setPlainText("Other words")
    with pytest.raises(StoreError):
        view.flush()
    row.later.try_now()
    assert view.trouble.isVisible()
    click(qtbot, row.remove)
    assert view.trouble.isVisible()
    assert texts(view) == ["Other words", TWO, THREE]
    qtbot.keyClicks(view.new, "New")
    click(qtbot, view.add)
    assert view.new.toPlainText() == "New"
    desk.store.connection.execute("PRAGMA query_only = OFF")
    click(qtbot, view.trouble.buttons[0])
    assert kept(desk)[0] == "Other words"
    assert not view.trouble.isVisible()


def test_a_change_made_elsewhere_is_shown(view: ResponsesView, desk: Desk) -> None:
    desk.responses.edit(desk.responses.all()[1].id, "Else")
    desk.responses.remove(desk.responses.all()[0].id)
    view.refresh()
    assert texts(view) == ["Else", THREE]


@pytest.mark.parametrize("width", [340, 720])
def test_nothing_is_clipped_or_covered(
    view: ResponsesView, desk: Desk, faults: Callable[[QWidget], list[str]], width: int
) -> None:
    desk.responses.add("One word: " + "x" * 400, "2026-11-20T09:30:00.000Z")
    view.refresh()
    view.fit(width)
    view.resize(width, 900)
    for _ in range(6):
        QApplication.processEvents()
    assert faults(view) == []
