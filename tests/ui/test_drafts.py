"""What is typed gets to the disk, with the call it was typed for, and nothing of it is changed on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.ui.drafts import Draft, Drafts
from companion.ui.window import MainWindow

HOSTILE = (
    "\N{GRINNING FACE}\N{FAMILY} \N{ARABIC LETTER ALEF}\N{RIGHT-TO-LEFT OVERRIDE}abc",
    "x" * 5_000,
    "a\0b",
    "<b>bold</b> &amp; <img src=x>",
    "=1+1",
    "'; DROP TABLE calls; --",
)


class Kept(dict[tuple[str, str], str]):
    """Stands for the disk: takes what drafts write."""

    def write(self, call_id: str, name: str, text: str) -> None:
        self[(call_id, name)] = text


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture(params=[QLineEdit, QPlainTextEdit])
def edit(request: pytest.FixtureRequest, qtbot: QtBot) -> Any:
    edit = request.param()
    qtbot.addWidget(edit)
    with qtbot.waitExposed(edit):
        edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


def text_of(edit: Any) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def test_words_are_written_by_themselves(qtbot: QtBot, edit: Any, kept: Kept) -> None:
    draft = Draft(edit, "notes", kept.write)
    draft.show("one", "")
    qtbot.keyClicks(edit, "hello")
    assert kept == {}
    qtbot.waitUntil(lambda: kept == {("one", "notes"): "hello"})


def test_words_are_written_at_once_when_the_field_is_left(qtbot: QtBot, edit: Any, kept: Kept) -> None:
    Draft(edit, "notes", kept.write).show("one", "")
    qtbot.keyClicks(edit, "hello")
    edit.clearFocus()
    assert kept == {("one", "notes"): "hello"}


def test_last_words_belong_to_the_call_they_were_typed_for(qtbot: QtBot, edit: Any, kept: Kept) -> None:
    draft = Draft(edit, "notes", kept.write)
    draft.show("one", "")
    qtbot.keyClicks(edit, "hello")
    draft.show("two", "other")
    assert kept == {("one", "notes"): "hello"} and text_of(edit) == "other"


def test_what_is_being_typed_is_left_alone(qtbot: QtBot, edit: Any, kept: Kept) -> None:
    draft = Draft(edit, "notes", kept.write)
    draft.show("one", "old")
    qtbot.keyClick(edit, Qt.Key.Key_End)
    qtbot.keyClicks(edit, "er")
    draft.show("one", "news from outside")
    assert text_of(edit) == "older"


def test_the_caret_stays_when_news_come_in(qtbot: QtBot, edit: Any, kept: Kept) -> None:
    draft = Draft(edit, "notes", kept.write)
    draft.show("one", "12345")
    qtbot.keyClick(edit, Qt.Key.Key_Home)
    qtbot.keyClick(edit, Qt.Key.Key_Right)
    draft.show("one", "12345 6")
    qtbot.keyClicks(edit, "x")
    assert text_of(edit) == "1x2345 6"


def test_showing_is_no_typing(edit: Any, kept: Kept) -> None:
    draft = Draft(edit, "notes", kept.write)
    draft.show("one", "shown")
    draft.flush()
    assert kept == {}


@pytest.mark.parametrize("text", ["a\r\nb", "a\N{NO-BREAK SPACE}b", "a\N{LINE SEPARATOR}b"])
def test_a_text_that_the_editor_shows_otherwise_is_not_shown_anew_each_time(
    edit: Any, kept: Kept, text: str
) -> None:
    draft = Draft(edit, "notes", kept.write)
    draft.show("one", text)
    edit.selectAll()
    draft.show("one", text)
    selected = edit.selectedText() if isinstance(edit, QLineEdit) else edit.textCursor().selectedText()
    assert selected
    draft.flush()
    assert kept == {}
    draft.show("one", "news")
    assert text_of(edit) == "news"


def test_drafts_of_a_page_go_together(qtbot: QtBot, kept: Kept) -> None:
    owner = QPlainTextEdit()
    qtbot.addWidget(owner)
    name, notes = QLineEdit(owner), QLineEdit(owner)
    drafts = Drafts(kept.write, owner)
    drafts.bind(name, "name")
    drafts.bind(notes, "notes")
    drafts.show("one", lambda field: f"{field} of one")
    assert (name.text(), notes.text()) == ("name of one", "notes of one")
    name.end(False)
    name.insert("!")
    drafts.flush()
    assert kept == {("one", "name"): "name of one!"}


# -- in the window
@pytest.mark.parametrize(
    "text", [*HOSTILE, pytest.param("x" * 100_000, marks=pytest.mark.slow)], ids=lambda t: t[:6]
)
def test_any_text_is_kept_exactly_and_widens_nothing(
    desk: Desk, window: MainWindow, live: Any, hands: Any, open_again: Callable[[], Desk], text: str
) -> None:
    width = window.width()
    side = live.side
    call_id = hands.call.id
    for edit in (side.name.edit, side.number.edit, side.promise.what.edit):
        edit.insert(text)
    side.notes.insertPlainText(text)
    edits = {}
    for guide in ("closed", "message"):
        hands.command(guide)
        edits |= {name: box.edit for name, box in live.lead.field_lists[guide].edits.items()}
    for edit in edits.values():
        edit.selectAll()
        edit.insert(text)
    hands.command("transfer")
    live.lead.brief.edit.setPlainText(text)
    hands.command("transfer")
    hands.command("upset")
    live.lead.empathy.emotion.setEditText(text)
    hands.command("end")
    wrapup = window.call_page.wrapup
    for field in desk.playbook.guide("wrapup").fields:
        edits[field.id] = next(e for e in wrapup.findChildren(QLineEdit) if e.accessibleName() == field.label)
        edits[field.id].insert(text)
    window.flush()
    hands.settle()
    assert window.width() == width >= window.minimumSizeHint().width()
    hands.command("later")
    found = open_again().board.lines.get(call_id)
    names = ("name", "number", "notes", "promise.what", "brief", "upset.emotion", *edits)
    wrong = {name: found.text(name)[:20] for name in names if found.text(name) != text}
    assert wrong == {}
    window.call_page.ready.opened.emit(call_id)
    hands.settle()
    assert window.call_page.past.isVisible()
    assert window.width() == width >= window.minimumSizeHint().width()
