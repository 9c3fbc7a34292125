"""Locking and unlocking: a wrong passphrase loses nothing, a call locks before all drawing, nothing stays behind."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.stress import Feeling
from companion.desk import Desk
from companion.journal import Journal
from companion.ui.pages.stress.locked import LockedView
from companion.ui.pages.stress.page import StressPage
from companion.ui.widgets.private import PrivateEdit
from companion.ui.window import MainWindow
from tests.ui.pages.stress.conftest import PASSPHRASE

CANARY = "the wombat of canary lane"


def locked(page: StressPage) -> LockedView:
    assert isinstance(page.gate, LockedView)
    return page.gate


def seen(root: QWidget) -> str:
    """Every text in every widget of a window, shown or not."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if isinstance(widget, QLineEdit | QLabel):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            found.append(widget.toPlainText())
        found += [
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
            widget.windowTitle(),
        ]
        found.append(widget.objectName())
    return "\n".join(found)


def write_canary(page: StressPage, hands: Any) -> None:
    """An entry being written: its event, with the keyboard still in it."""
    page.new_entry()
    hands.settle()
    next(one for one in page.findChildren(PrivateEdit) if one.accessibleName() == "Event").setFocus()
    hands.type(CANARY)
    assert CANARY in seen(page)


# -- unlocking
def test_the_passphrase_is_asked_for_and_enter_unlocks(
    locked_page: StressPage, hands: Any, window: MainWindow, qtbot: QtBot, journal: Journal
) -> None:
    window.show_page("call")
    window.show_page("stress")
    hands.settle()
    gate = locked(locked_page)
    assert hands.focus is gate.field.hidden and gate.field.hidden.accessibleName() == "Passphrase"
    hands.type(PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: locked_page.gate is None)
    assert journal.state == "open" and gate.field.text() == ""


def test_a_wrong_one_loses_nothing_and_slows_down(
    locked_page: StressPage, unlock: Callable[..., None], hands: Any, clock: ManualClock, journal: Journal
) -> None:
    gate = locked(locked_page)
    for n in range(3):
        unlock(locked_page, f"wrong one {n}")
        assert gate.field.text() == gate.field.hidden.selectedText() == f"wrong one {n}"
        assert "Nothing is lost" in gate.wrong.text() and gate.wrong.isVisible()
    assert journal.pause_s > 0 and not gate.open.isEnabled()
    assert gate.open.label() == "Unlock in 2 s" and gate.open.accessibleName() == "Unlock"
    gate.field.hidden.setText(PASSPHRASE)
    gate.unlock()  # within the pause: not looked at, and no harm
    assert not gate._work.busy and journal.state == "locked"
    locked_page.show_tab("breathing")  # nothing else waits
    assert locked_page.gate is None
    locked_page.show_tab("journal")
    clock.advance(1.5)
    gate._count_down()
    assert gate.open.label() == "Unlock in 1 s"
    clock.advance(1)
    gate._count_down()
    assert gate.open.isEnabled() and gate.open.label() == "Unlock" and not gate._second.isActive()
    unlock(locked_page)
    assert journal.state == "open"


def test_the_recovery_code_opens_it_and_a_new_passphrase_is_asked_for(
    journal: Journal, stress: StressPage, unlock: Callable[..., None], hands: Any, qtbot: QtBot
) -> None:
    new = journal.prepare(PASSPHRASE)
    code = new.recovery_code
    journal.create(new)
    stress.lock_now()
    gate = locked(stress)
    hands.click(gate.other)
    assert gate.field.caption.text() == "Recovery code" and hands.focus is gate.field.plain
    unlock(stress, "Z" + code[1:])
    assert "A character of that code is not right" in gate.wrong.text() and journal.pause_s == 0
    unlock(stress, code.lower().replace("-", " "))
    card = stress.view("care").column.passphrase
    assert stress.current is stress.view("care") and not card.old.isVisible()
    assert hands.focus is card.new.hidden and "recovery code" in card.lead.text()
    hands.type("a new one, longer")
    hands.press(Qt.Key.Key_Return)
    hands.type("a new one, longer")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.new.text() == "")
    stress.lock_now()
    stress.show_tab("journal")
    unlock(stress, PASSPHRASE)
    assert journal.state == "locked"
    unlock(stress, "a new one, longer")
    assert journal.state == "open"


def test_checks_made_while_locked_come_in(
    locked_page: StressPage, unlock: Callable[..., None], hands: Any, journal: Journal
) -> None:
    locked_page.setFocus()
    hands.type("n")
    assert locked_page.card.is_open
    hands.type("7")
    hands.press(Qt.Key.Key_Return)
    assert hands.told == "Kept sealed until you unlock the journal."
    assert not locked_page.card.is_open and locked_page.shelf.isVisible()
    journal.add_check(3, (Feeling("anger"),), "from outside")
    unlock(locked_page)
    assert hands.told == "2 checks that were kept sealed are in."
    assert sorted(one.before or 0 for one in journal.all_entries()) == [3, 7]


# -- locking
@pytest.mark.parametrize("how", ["start", "ring"])
def test_a_call_locks_before_anything_is_drawn(
    open_page: StressPage, hands: Any, desk: Desk, journal: Journal, window: MainWindow, how: str
) -> None:
    write_canary(open_page, hands)
    shots: list[bool] = []
    desk.subscribe(lambda _change: shots.append(CANARY in _visible(window)))
    if how == "start":
        desk.start("Maria")
    else:
        desk.board.ring("+44 20 7946 0018")
    # Not one turn of the event loop has passed.
    assert journal.state == "locked" and shots and not shots[-1]
    assert CANARY not in _visible(window)
    assert "because a call came in" in locked(open_page).lead.text()
    hands.settle()
    assert CANARY not in seen(window)
    assert CANARY not in QGuiApplication.clipboard().text()


def _visible(window: MainWindow) -> str:
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QPlainTextEdit | QTextEdit | QLineEdit | QLabel):
            plain = isinstance(widget, QPlainTextEdit | QTextEdit)
            found.append(widget.toPlainText() if plain else widget.text())  # type: ignore[union-attr]
    return "\n".join(found)


def test_what_was_typed_is_kept_and_found_again(
    open_page: StressPage, hands: Any, desk: Desk, journal: Journal, unlock: Callable[..., None]
) -> None:
    write_canary(open_page, hands)
    desk.start("Maria")
    desk.end()
    desk.board.finish()
    hands.settle()
    unlock(open_page)
    assert [one.event for one in journal.all_entries()] == [CANARY]
    assert CANARY in _visible(open_page.window())  # type: ignore[arg-type]


def test_the_rest_of_a_word_becomes_no_command(open_page: StressPage, hands: Any, desk: Desk) -> None:
    write_canary(open_page, hands)
    desk.start("Maria")
    hands.type("he")  # hold, end
    assert hands.call.live and not hands.call.held
    assert locked(open_page).field.text() == "he"


def test_whoever_types_nothing_keeps_the_keys_of_the_call(
    open_page: StressPage, hands: Any, desk: Desk
) -> None:
    desk.start("Maria")
    hands.settle()
    hands.type("h")
    assert hands.call.held


def test_a_second_call_locks_again(
    open_page: StressPage, hands: Any, desk: Desk, journal: Journal, unlock: Callable[..., None]
) -> None:
    desk.start("Maria")
    hands.settle()
    unlock(open_page)  # the user may, while somebody is on hold
    desk.board.hold()
    assert journal.state == "open"
    desk.board.ring("+44 20 7946 0018")
    assert journal.state == "locked"


def test_key_and_button_lock_and_lead_back_to_where_one_stood(
    open_page: StressPage, hands: Any, journal: Journal, unlock: Callable[..., None]
) -> None:
    open_page.show_tab("patterns")
    hands.type("l")
    assert journal.state == "locked" and open_page.head.lock.label() == "Unlock"
    assert locked(open_page).lead.text().startswith("Checks, breathing and help")
    unlock(open_page)
    assert open_page.current is open_page.view("patterns")
    hands.click(open_page.head.lock)
    assert journal.state == "locked"
    hands.click(open_page.head.lock)
    assert hands.focus is locked(open_page).field.hidden


def test_the_private_views_are_gone_and_the_others_stay(open_page: StressPage, hands: Any) -> None:
    for key in ("journal", "patterns", "strategy", "breathing", "help"):
        open_page.show_tab(key)
    gone = []
    for key in ("journal", "patterns", "strategy"):
        open_page.view(key).destroyed.connect(lambda _o=None, key=key: gone.append(key))
    kept = open_page.view("breathing")
    open_page.lock_now("system")
    hands.settle()
    assert sorted(gone) == ["journal", "patterns", "strategy"]
    assert open_page.view("breathing") is kept


def test_breathing_stops_for_a_call(open_page: StressPage, hands: Any, desk: Desk) -> None:
    open_page.breathe()
    assert open_page.view("breathing").running
    desk.start("Maria")
    assert not open_page.view("breathing").running


def test_a_check_that_was_begun_is_kept_when_a_call_comes(
    open_page: StressPage, hands: Any, desk: Desk, journal: Journal, unlock: Callable[..., None]
) -> None:
    hands.type("n")
    hands.type("8")
    open_page.card.form.line.edit.set_text(CANARY)
    desk.start("Maria")
    hands.settle()
    assert CANARY not in seen(open_page.window())
    unlock(open_page)
    assert [(one.before, one.line, one.to_finish) for one in journal.all_entries()] == [(8, CANARY, True)]


def test_what_the_disk_refuses_waits_out_of_sight(
    open_page: StressPage, hands: Any, journal: Journal, unlock: Callable[..., None]
) -> None:
    write_canary(open_page, hands)
    connection = journal._vault._file.connection  # type: ignore[union-attr]
    connection.execute("PRAGMA query_only = ON")
    open_page.lock_now("key")
    hands.settle()
    assert open_page.state == "locked" and CANARY not in _visible(open_page.window())  # type: ignore[arg-type]
    assert "not on disk yet" in hands.told
    unlock(open_page, "wrong one")
    assert open_page.state == "locked"
    unlock(open_page)
    assert CANARY in _visible(open_page.window())  # type: ignore[arg-type]
    open_page.lock_now("key")
    connection.execute("PRAGMA query_only = OFF")
    open_page.refresh()
    assert journal.state == "locked"
    unlock(open_page)
    assert [one.event for one in journal.all_entries()] == [CANARY]


# -- nobody is there
def test_it_locks_when_nobody_is_there(
    open_page: StressPage, hands: Any, clock: ManualClock, journal: Journal, desk: Desk
) -> None:
    watch = open_page.guard.watch
    assert watch.running
    clock.advance(299)
    watch.look()
    assert journal.state == "open"
    hands.press(Qt.Key.Key_Shift)
    hands.qtbot.keyClick(open_page.window().windowHandle(), Qt.Key.Key_Shift)
    clock.advance(299)
    watch.look()
    assert journal.state == "open"
    clock.advance(1)
    watch.look()
    assert journal.state == "locked" and "after a while" in locked(open_page).lead.text()
    assert not watch.running  # nothing wakes up any more


@pytest.mark.parametrize("how", ["hidden", "minimised", "strip", "another page"])
def test_it_locks_too_while_the_page_is_out_of_sight(
    open_page: StressPage, hands: Any, clock: ManualClock, journal: Journal, window: MainWindow, how: str
) -> None:
    away = {
        "hidden": window.hide,
        "minimised": window.showMinimized,
        "strip": lambda: window.show_strip(True),
        "another page": lambda: window.show_page("call"),
    }
    away[how]()
    hands.settle()
    assert open_page.guard.watch.running and journal.state == "open"
    clock.advance(301)
    open_page.guard.watch._timer.timeout.emit()
    assert journal.state == "locked"
    hands.settle()
    assert not open_page.findChildren(PrivateEdit), "nothing private stays in a widget"


def test_a_suspend_counts_and_the_first_key_after_it_is_no_sign_of_life(
    open_page: StressPage, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    clock.sleep(3600)
    hands.qtbot.keyClick(open_page.window().windowHandle(), Qt.Key.Key_Shift)
    assert journal.state == "locked"


def test_the_time_set_holds_at_once(
    open_page: StressPage, hands: Any, clock: ManualClock, journal: Journal, desk: Desk
) -> None:
    clock.advance(120)
    desk.prefs.set("journal_idle_min", 2)
    hands.settle()
    assert journal.state == "locked"


# -- broken
def test_a_broken_vault_is_told_in_plain_words(
    locked_page: StressPage, hands: Any, journal: Journal, data_dir: Any, desk: Desk, window: MainWindow
) -> None:
    journal.close()
    path = data_dir / "journal.vault"
    for name in ("journal.vault-wal", "journal.vault-shm"):
        (data_dir / name).unlink(missing_ok=True)
    path.write_bytes(b"\0" * 4096)
    journal._locks = None
    locked_page.refresh()
    hands.settle()
    gate = locked(locked_page)
    assert journal.state == "broken"
    assert "cannot be opened" in gate.title.text() and "Nothing was changed or deleted" in gate.lead.text()
    assert gate.mend.isVisible() and gate.again.isVisible() and not gate.field.isVisible()
    hands.click(gate.delete)
    assert locked_page.current is locked_page.view("care")
