"""Actions that do something: breathing, a break in the day, a sentence that leaves the journal, a talk."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QDateTime, Qt
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock, stamp
from companion.core.stress import Action
from companion.desk import Desk
from companion.journal import Journal
from companion.storage.errors import StoreError
from companion.ui.pages.stress.action_forms import BreakForm, ResponseForm, TalkForm, next_quarter
from companion.ui.pages.stress.actions import ActionsPart
from companion.ui.pages.stress.journal import JournalView
from companion.ui.widgets.unfold import unfolding
from tests.ui.pages.stress.conftest import PASSPHRASE
from tests.ui.pages.stress.journaling import Show, focus, press, settle, type_in

ENTER = Qt.Key.Key_Return


@pytest.fixture
def view(show: Show) -> JournalView:
    view = show()
    view.new_entry()
    view.editor.page.event_part.event_edit.set_text("the wombat of canary lane")
    view.flush()
    return view


@pytest.fixture
def part(view: JournalView) -> ActionsPart:
    return view.editor.page.actions_part


def actions(view: JournalView, opened: Journal) -> tuple[Action, ...]:
    view.flush()
    return opened.entry(view.editor.entry_id).actions


def test_breathe_now(qtbot: QtBot, view: JournalView, part: ActionsPart, opened: Journal) -> None:
    with qtbot.waitSignal(view.breathe_requested):
        part.buttons["breathe"].click()
    # Written before breathing takes the view's place.
    (action,) = opened.entry(view.editor.entry_id).actions
    assert (action.kind, action.due, action.made_at) == ("breathe", "", "2026-11-20T09:30:00.000Z")


def test_a_break_stands_in_the_day_and_tells_nothing_of_why(
    view: JournalView, part: ActionsPart, opened: Journal, desk: Desk
) -> None:
    part.buttons["break"].click()
    settle()
    form = part.form
    assert isinstance(form, BreakForm)
    assert form.at.dateTime() == QDateTime(2026, 11, 20, 10, 45, 0)
    form.at.setDateTime(QDateTime(2026, 11, 20, 15, 0, 0))
    form.minutes.choose("15")
    press(ENTER)
    (planned,) = desk.breaks.between("2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z")
    assert (planned.at, planned.minutes, planned.zone) == ("2026-11-20T14:00:00.000Z", 15, "Europe/Berlin")
    (action,) = actions(view, opened)
    assert (action.kind, action.text, action.due) == ("break", "15 minutes", planned.at)
    assert part.form is None
    assert "Today 15:00" in part.rows[0].told.text()
    # Taken away again, it goes out of the day too, and comes back to both at one press.
    offered: list[Callable[[], None]] = []
    view.undo_offered.connect(lambda _text, undo: offered.append(undo))
    part.rows[0].remove.click()
    assert actions(view, opened) == ()
    offered[0]()
    assert actions(view, opened) == (action,)
    assert desk.breaks.between(planned.at, "2026-11-21T00:00:00.000Z") == [planned]
    part.rows[0].remove.click()
    assert actions(view, opened) == ()
    assert desk.breaks.between("2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z") == []


def test_a_break_that_is_over_stays_in_the_day(
    view: JournalView, part: ActionsPart, desk: Desk, clock: ManualClock
) -> None:
    part.start("break")
    press(ENTER)
    clock.advance(8 * 3600)
    part.rows[0].remove.click()
    assert len(desk.breaks.between("2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z")) == 1


def test_a_sentence_leaves_the_journal_only_by_being_typed_anew(
    view: JournalView, part: ActionsPart, opened: Journal, desk: Desk, data_dir: Path
) -> None:
    view.editor.page.challenge.balanced.set_text("a balanced sentence that stays")
    part.buttons["response"].click()
    settle()
    form = part.form
    assert isinstance(form, ResponseForm)
    assert form.field.edit.text() == ""  # nothing of the entry is carried over
    told = " ".join(note.text() for note in form.findChildren(type(form._word)))
    for word in ("leaves the journal", "without encryption", "Call page"):
        assert word in told
    press(ENTER)
    assert desk.responses.all() == []
    type_in("I want to help you.")
    press(ENTER)
    assert [one.text for one in desk.responses.all()] == ["I want to help you."]
    assert [(one.kind, one.text) for one in actions(view, opened)] == [("response", "I want to help you.")]
    work = b"".join(file.read_bytes() for file in data_dir.glob("companion.db*"))
    assert b"balanced sentence" not in work
    assert b"wombat" not in work


def test_what_is_half_typed_stays_while_another_form_is_looked_at(
    view: JournalView, part: ActionsPart
) -> None:
    part.buttons["talk"].click()
    settle()
    type_in("Ana")
    for kind in ("talk", "break", "talk"):
        part.buttons[kind].click()
        settle()
    form = part.form
    assert isinstance(form, TalkForm)
    assert form.who.edit.text() == "Ana"
    assert part.escape()
    part.buttons["talk"].click()
    settle()
    form = part.form
    assert isinstance(form, TalkForm)
    assert form.who.edit.text() == ""  # left on purpose


def test_a_talk_stays_in_the_journal(
    view: JournalView, part: ActionsPart, opened: Journal, desk: Desk, data_dir: Path
) -> None:
    part.buttons["talk"].click()
    settle()
    form = part.form
    assert isinstance(form, TalkForm)
    press(ENTER)
    press(ENTER)
    assert part.form is form  # neither whom nor what
    form.who.setFocus()
    type_in("Ana")
    press(ENTER)
    assert focus() is form.what.edit
    type_in("how she ends such calls")
    form.day.setDate(QDate(2026, 11, 23))
    press(ENTER)
    (action,) = actions(view, opened)
    assert (action.kind, action.text) == ("talk", "Ana: how she ends such calls")
    assert action.due == "2026-11-23T17:00:00.000Z"  # asked in the evening of that day
    assert part.rows[0].told.text().endswith("Mon 23 Nov")
    work = b"".join(file.read_bytes() for file in data_dir.glob("companion.db*"))
    assert b"how she ends" not in work


def test_something_else(view: JournalView, part: ActionsPart, opened: Journal) -> None:
    part.buttons["other"].click()
    settle()
    type_in("ask for a second screen")
    press(ENTER)
    assert [(one.kind, one.text) for one in actions(view, opened)] == [("other", "ask for a second screen")]
    assert part.rows[0].told.text() == "ask for a second screen"


def test_escape_leaves_the_form_and_not_the_entry(view: JournalView, part: ActionsPart) -> None:
    part.start("talk")
    assert view.escape()
    assert part.form is None
    assert focus() is part.buttons["talk"]
    assert view.editor.isVisible()


def test_enter_on_leave_it_leaves_it(view: JournalView, part: ActionsPart, opened: Journal) -> None:
    part.start("other")
    type_in("something")
    assert part.form is not None
    part.form.leave.setFocus()
    press(ENTER)
    assert part.form is None
    assert actions(view, opened) == ()


def test_what_cannot_be_kept_stays_in_the_form(
    view: JournalView, part: ActionsPart, opened: Journal, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The disk is full.")

    part.start("response")
    type_in("I hear you.")
    with monkeypatch.context() as patch:
        patch.setattr(desk.responses, "add", refuse)
        press(ENTER)
    assert part.form is not None
    assert part.form.typed() == {"text": "I hear you."}
    assert "The disk is full." in part.form._word.text()
    assert actions(view, opened) == ()
    press(ENTER)
    assert [one.text for one in desk.responses.all()] == ["I hear you."]


def test_half_typed_words_are_remembered_in_the_vault_only(
    qtbot: QtBot, view: JournalView, part: ActionsPart, opened: Journal, data_dir: Path
) -> None:
    part.start("talk")
    type_in("Anastasia")
    qtbot.waitUntil(
        lambda: opened.page("place").get("typed") == {"who": "Anastasia", "what": ""}, timeout=10_000
    )
    press(Qt.Key.Key_Escape)
    view.flush()
    assert "typed" not in opened.page("place")
    for file in data_dir.rglob("*"):
        if file.is_file():
            assert b"Anastasia" not in file.read_bytes()


@pytest.mark.parametrize(
    ("now", "start"),
    [("09:30", "09:45"), ("09:40", "09:45"), ("09:41", "10:00"), ("23:58", "00:15"), ("10:55", "11:00")],
)
def test_the_next_quarter_is_not_right_now(now: str, start: str) -> None:
    hour, minute = now.split(":")
    there = datetime(2026, 11, 20, int(hour), int(minute), tzinfo=UTC)
    found = next_quarter(there)
    assert f"{found:%H:%M}" == start
    assert timedelta(minutes=5) <= found - there < timedelta(minutes=20)
    assert stamp(found).endswith(":00.000Z")


def taken_away(view: JournalView, part: ActionsPart) -> Callable[[], None]:
    """Takes the first of two actions away; gives the way back."""
    for text in ("first", "second"):
        part.start("other")
        form = part.form
        assert form is not None
        form.set_text(text)
        press(ENTER)
    offered: list[Callable[[], None]] = []
    view.undo_offered.connect(lambda _text, undo: offered.append(undo))
    part.rows[0].remove.click()
    (undo,) = offered
    return undo


def test_an_action_comes_back_to_its_place_whatever_is_shown_by_now(
    view: JournalView, part: ActionsPart, opened: Journal
) -> None:
    undo = taken_away(view, part)
    ident = view.editor.entry_id
    view.new_entry()
    assert [one.text for one in opened.entry(ident).actions] == ["second"]
    undo()
    assert [one.text for one in opened.entry(ident).actions] == ["first", "second"]
    undo()
    assert len(opened.entry(ident).actions) == 2


def test_an_action_does_not_come_back_after_a_lock(
    show: Show, view: JournalView, part: ActionsPart, opened: Journal
) -> None:
    undo = taken_away(view, part)
    ident = view.editor.entry_id
    view.flush()
    opened.lock()
    undo()
    show.views.remove(view)
    view.hide()
    view.deleteLater()
    settle()
    opened.open(opened.attempt(PASSPHRASE))
    undo()
    assert [one.text for one in opened.entry(ident).actions] == ["second"]


def test_what_the_disk_refuses_to_bring_back_is_offered_once_more(
    qtbot: QtBot,
    view: JournalView,
    part: ActionsPart,
    opened: Journal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_entry: object) -> None:
        raise StoreError("The disk is full.")

    undo = taken_away(view, part)
    ident = view.editor.entry_id
    view.flush()
    offered: list[tuple[str, Callable[[], None]]] = []
    view.undo_offered.connect(lambda text, undo: offered.append((text, undo)))
    with monkeypatch.context() as patch:
        patch.setattr(opened, "write", refuse)
        undo()
        qtbot.waitUntil(lambda: bool(offered))
    assert offered[0][0] == "Not brought back: The disk is full."
    offered[0][1]()
    assert [one.text for one in opened.entry(ident).actions] == ["first", "second"]


@pytest.mark.parametrize("kind", ["break", "response", "talk", "other"])
@pytest.mark.parametrize("width", [1100, 700])
def test_what_asks_for_an_action_comes_into_sight(show: Show, qtbot: QtBot, kind: str, width: int) -> None:
    view = show(width, 520)
    view.new_entry()
    sight, part = view.editor.sight, view.editor.page.actions_part
    view.editor.page.event_part.event_edit.set_text("the wombat of canary lane")
    settle()
    button, area = part.buttons[kind], sight.area

    def at_the_lower_edge() -> bool:
        area.verticalScrollBar().setValue(sight.bottom_of(button) - area.viewport().height())
        settle()
        at = button.mapTo(area.viewport(), button.rect().bottomLeft()).y()
        return area.viewport().height() - 60 <= at <= area.viewport().height()

    qtbot.waitUntil(at_the_lower_edge)
    with qtbot.waitSignal(area.verticalScrollBar().valueChanged):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    form = part.form
    assert form is not None and form.isAncestorOf(focus())
    qtbot.waitUntil(lambda: not unfolding(form))
    settle()
    top = form.mapTo(area.viewport(), form.rect().topLeft()).y()
    assert top >= 0 and top + form.height() <= area.viewport().height()
    # What is amiss is told below the buttons, and is seen too.
    if kind != "break":
        area.verticalScrollBar().setValue(sight.bottom_of(form) - area.viewport().height())
        settle()
        form.keep.click()
        qtbot.waitUntil(lambda: not unfolding(form._word))
        settle()
        assert (
            form._word.mapTo(area.viewport(), form._word.rect().bottomLeft()).y() < area.viewport().height()
        )
    # Only then: whoever scrolls away and types is not called back.
    at = area.verticalScrollBar().value()
    area.verticalScrollBar().setValue(at - 200)
    view.refresh()
    settle()
    assert not unfolding(form) and area.verticalScrollBar().value() == at - 200
