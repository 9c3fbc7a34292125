"""A call in the middle of setting up: the code goes out of sight, is in no file, and comes back the same."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from companion.core import recovery_code
from companion.desk import Desk
from companion.journal import Journal
from companion.storage import vault_keys
from companion.storage.vault_keys import Cost
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.setup import SetupView
from tests.storage.vaulting import files_of
from tests.ui.pages.stress.conftest import PASSPHRASE


def all_words(top: QWidget) -> str:
    """Every text in a widget and below it, seen or not, without what parts its groups."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        if isinstance(widget, QPlainTextEdit | QTextEdit):
            found.append(widget.toPlainText())
        elif isinstance(widget, QLabel | QLineEdit):
            found.append(widget.text())
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    return "".join("".join(found).split())


def groups(code: str) -> list[str]:
    return code.split()


@pytest.fixture
def code(setup: SetupView, hands: Any, qtbot: QtBot) -> str:
    """A passphrase was chosen; the code that is shown."""
    for field in (setup.choose.first, setup.choose.second):
        field.hidden.setText(PASSPHRASE)
    hands.click(setup.choose.go_on)
    qtbot.waitUntil(lambda: setup.recovery.isVisible())
    hands.settle()
    return setup.recovery.code.text()


@pytest.fixture
def call(desk: Desk, hands: Any) -> Callable[[], None]:
    """A call from its ring to its end."""

    def call() -> None:
        desk.board.ring("+44 20 7946 0018")
        desk.start("Maria")
        desk.end()
        desk.board.finish()
        hands.settle()

    return call


def give(setup: SetupView, hands: Any, qtbot: QtBot, passphrase: str = PASSPHRASE) -> None:
    """Types the passphrase where it is asked for."""
    setup.cover.field.take_focus()
    hands.type(passphrase)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not setup.cover.busy)
    hands.settle()


@pytest.mark.parametrize("how", ["start", "ring"])
def test_a_call_takes_the_code_out_of_sight_before_anything_is_drawn(
    stress: StressPage, setup: SetupView, code: str, desk: Desk, data_dir: Path, how: str
) -> None:
    assert all(group in all_words(stress) for group in groups(code))
    if how == "start":
        desk.start("Maria")
    else:
        desk.board.ring("+44 20 7946 0018")
    # Not one turn of the event loop has passed.
    assert not any(group in all_words(stress.window()) for group in groups(code))
    assert PASSPHRASE.replace(" ", "") not in all_words(stress.window())
    assert setup.cover.isVisible() and not setup.recovery.isVisible()
    assert not (data_dir / "journal.vault").exists()
    plain = [form for group in groups(code) for form in (group.encode(), group.encode("utf-16-le"))]
    plain += [PASSPHRASE.encode(), PASSPHRASE.encode("utf-16-le")]
    for data in files_of(data_dir).values():
        assert not any(form in data for form in plain)


def test_after_the_call_it_goes_on_with_the_same_code(
    stress: StressPage,
    setup: SetupView,
    hands: Any,
    qtbot: QtBot,
    journal: Journal,
    code: str,
    call: Callable[[], None],
) -> None:
    call()
    assert setup.cover.isVisible() and journal.state == "none"
    give(setup, hands, qtbot)
    assert setup.recovery.code.isVisible() and setup.recovery.code.text() == code
    assert setup.cover.field.text() == ""
    hands.click(setup.recovery.next)
    hands.paste(code)
    hands.press(Qt.Key.Key_Return)
    assert journal.state == "open" and stress.current is stress.view("journal")
    journal.lock()
    assert journal.attempt(PASSPHRASE) == journal.attempt(code, recovery=True)


def test_what_was_asked_back_is_asked_back_again(
    stress: StressPage,
    setup: SetupView,
    hands: Any,
    qtbot: QtBot,
    journal: Journal,
    code: str,
    call: Callable[[], None],
) -> None:
    hands.click(setup.recovery.next)
    half = groups(code)[0]
    hands.paste(half)
    for _ring in range(2):  # and again
        call()
        assert half not in all_words(stress)
        give(setup, hands, qtbot)
        assert setup.recovery.asked.isVisible() and not setup.recovery.code.isVisible()
        assert hands.focus is setup.recovery.asked.plain and setup.recovery.asked.text() == ""
    hands.paste(code)
    hands.press(Qt.Key.Key_Return)
    assert journal.state == "open"


def test_another_passphrase_shows_nothing_and_loses_nothing(
    stress: StressPage, setup: SetupView, hands: Any, qtbot: QtBot, journal: Journal, code: str, clock: Any
) -> None:
    stress.lock_now("call")
    for n in range(4):
        give(setup, hands, qtbot, "tin roof, eight otters")
        assert setup.cover.isVisible() and setup.cover.wrong.isVisible()
        assert ("another one" in setup.cover.wrong.text()) == (journal.pause_s > 0 or n < 2)
        assert not any(group in all_words(stress) for group in groups(code))
        clock.advance(60)
    give(setup, hands, qtbot)
    assert setup.recovery.code.text() == code


def test_within_the_pause_nothing_is_tried(
    stress: StressPage, setup: SetupView, hands: Any, qtbot: QtBot, journal: Journal, code: str, clock: Any
) -> None:
    stress.lock_now("call")
    for _try in range(3):
        give(setup, hands, qtbot, "tin roof, eight otters")
    assert journal.pause_s > 0
    give(setup, hands, qtbot)
    assert setup.cover.isVisible() and "A moment" in setup.cover.wrong.text()
    clock.advance(60)
    give(setup, hands, qtbot)
    assert setup.recovery.code.text() == code


def test_who_forgot_the_passphrase_begins_anew(
    stress: StressPage, setup: SetupView, hands: Any, qtbot: QtBot, journal: Journal, code: str
) -> None:
    stress.lock_now("call")
    hands.settle()
    hands.click(setup.cover.anew)
    assert setup.choose.isVisible() and setup.choose.first.text() == "" and journal.state == "none"
    assert hands.focus is setup.choose.first.hidden
    for field in (setup.choose.first, setup.choose.second):
        field.hidden.setText(PASSPHRASE)
    hands.click(setup.choose.go_on)
    qtbot.waitUntil(lambda: setup.recovery.isVisible())
    assert setup.recovery.code.text() not in ("", code)


def test_a_code_that_was_not_shown_yet_waits_behind_the_cover(
    stress: StressPage, setup: SetupView, hands: Any, qtbot: QtBot
) -> None:
    for field in (setup.choose.first, setup.choose.second):
        field.hidden.setText(PASSPHRASE)
    setup.choose.chosen.emit(PASSPHRASE)
    assert setup._work.busy
    stress.lock_now("call")
    assert setup.choose.first.text() == "" and setup.choose.isVisible()
    qtbot.waitUntil(lambda: not setup._work.busy)
    assert setup.cover.isVisible() and not setup.recovery.isVisible()
    give(setup, hands, qtbot)
    assert setup.recovery.code.isVisible() and len(groups(setup.recovery.code.text())) > 3


def test_a_passphrase_that_is_half_typed_goes(stress: StressPage, setup: SetupView, hands: Any) -> None:
    hands.type("tin roof")
    hands.click(setup.choose.first.peek)
    stress.lock_now("call")
    assert setup.choose.isVisible() and not setup.choose.first.shown
    assert setup.choose.first.text() == "" and "tinroof" not in all_words(stress)


def test_without_a_passphrase_one_press_goes_on(
    stress: StressPage, setup: SetupView, hands: Any, call: Callable[[], None]
) -> None:
    new = vault_keys.prepare(None, os.urandom(32), Cost(1, 8 << 20))
    setup._on_prepared(new)
    hands.settle()
    call()
    assert setup.cover.isVisible() and not setup.cover.field.isVisible()
    hands.click(setup.cover.go_on)
    assert "-".join(groups(setup.recovery.code.text())) == new.recovery_code


def test_who_types_the_code_goes_on_typing_and_gives_no_command(
    setup: SetupView, hands: Any, desk: Desk, code: str
) -> None:
    hands.click(setup.recovery.next)
    hands.type(groups(code)[0])
    desk.start("Maria")
    hands.type("he")  # hold, end
    assert hands.call.live and not hands.call.held
    assert setup.cover.field.text() == "he" and not setup.cover.field.shown


def test_who_only_reads_the_code_keeps_the_keys_of_the_call(
    setup: SetupView, hands: Any, desk: Desk, code: str
) -> None:
    assert hands.focus is setup.recovery.next
    desk.start("Maria")
    hands.settle()
    hands.type("h")
    assert hands.call.held and setup.cover.field.text() == ""


def test_the_keyboard_finds_the_field_when_the_page_is_shown_again(
    stress: StressPage, setup: SetupView, hands: Any, window: Any, code: str, call: Callable[[], None]
) -> None:
    call()
    window.show_page("call")
    hands.settle()
    window.show_page("stress")
    hands.settle()
    assert hands.focus is setup.cover.field.hidden
    hands.press(Qt.Key.Key_Return)  # nothing was typed: nothing is tried
    assert setup.cover.isVisible() and not setup.cover.busy


def test_a_new_beginning_forgets_it(stress: StressPage, setup: SetupView, code: str) -> None:
    stress.lock_now("call")
    setup.drop()
    assert setup.choose.isVisible() and not setup.cover.isVisible()
    stress.lock_now("call")
    assert setup.choose.isVisible()


@pytest.mark.parametrize("size", [(1180, 760), (700, 640)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    stress: StressPage,
    setup: SetupView,
    hands: Any,
    window: Any,
    faults: Any,
    theme: Any,
    qapp: Any,
    size: tuple[int, int],
    scale: float,
    code: str,
) -> None:
    theme.apply(qapp, "light", scale)
    window.resize(*size)
    stress.lock_now("call")
    setup.cover.tell("The passphrase that you chose is another one. Nothing is lost; try again.")
    hands.settle()
    assert faults(stress) == []


def test_the_code_of_the_fixture_is_one(code: str) -> None:
    assert recovery_code.read(code)
