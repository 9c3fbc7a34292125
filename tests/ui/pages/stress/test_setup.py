"""First use: what it is, a passphrase twice, the recovery code asked back; and nothing on the disk before the end."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.core import recovery_code
from companion.journal import Journal
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.setup import SetupView
from companion.ui.window import MainWindow
from tests.ui.pages.stress.conftest import PASSPHRASE


def words_on(page: StressPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def give(setup: SetupView, hands: Any, first: str, second: str) -> None:
    """Types both, as somebody does who knows nothing but the keyboard."""
    setup.choose.first.take_focus()
    hands.type(first)
    hands.press(Qt.Key.Key_Return)
    hands.type(second)
    hands.press(Qt.Key.Key_Return)


def code_of(setup: SetupView, qtbot: QtBot, hands: Any) -> str:
    """Waits until the key is made; the code that is shown."""
    qtbot.waitUntil(lambda: setup.recovery.isVisible())
    hands.settle()
    return setup.recovery.code.text()


def test_it_says_what_it_is_and_asks_for_a_passphrase_at_once(
    stress: StressPage, setup: SetupView, hands: Any
) -> None:
    told = words_on(stress)
    assert "no medical device, no diagnosis" in told and "encrypted" in told
    assert hands.focus is setup.choose.first.hidden
    assert not stress.head.check.isEnabled() and not stress.head.entry.isEnabled()
    assert stress.head.lock.isHidden() and stress.head.care.isHidden()
    assert stress.head.breathe.isEnabled()


@pytest.mark.parametrize(
    ("first", "second", "told"), [("4711", "4711", "At least 8"), ("a" * 9, "b" * 9, "not the same")]
)
def test_what_does_not_do_is_told_and_stays(
    setup: SetupView, hands: Any, journal: Journal, first: str, second: str, told: str
) -> None:
    give(setup, hands, first, second)
    assert told in setup.choose.wrong.text() and setup.choose.wrong.isVisible()
    assert setup.choose.first.text() == first and journal.state == "none"
    hands.type("x")
    assert not setup.choose.wrong.isVisible()


def test_the_way_through(
    stress: StressPage,
    setup: SetupView,
    hands: Any,
    qtbot: QtBot,
    journal: Journal,
    data_dir: Path,
    window: MainWindow,
) -> None:
    give(setup, hands, PASSPHRASE, PASSPHRASE)
    code = code_of(setup, qtbot, hands)
    assert (
        journal.state == "none" and not (data_dir / "journal.vault").exists()
    )  # killed here: nothing half done
    hands.press(Qt.Key.Key_Return)
    assert setup.recovery.asked.isVisible() and not setup.recovery.code.isVisible()
    untidy = code.lower().replace("0", "o").replace("1", "l").replace("\n", " - ")
    hands.paste(untidy)
    hands.press(Qt.Key.Key_Return)
    assert journal.state == "open" and (data_dir / "journal.vault").exists()
    assert stress.gate is None and stress.current is stress.view("journal")
    assert hands.told == "Your journal is ready."
    # Nothing of what was typed or shown is left behind in a field.
    assert setup.choose.first.text() == setup.choose.second.text() == setup.recovery.asked.text() == ""
    assert setup.recovery.code.text() == ""
    journal.lock()
    assert journal.attempt(PASSPHRASE) == journal.attempt(code, recovery=True)
    assert window.windowTitle() == "Call Companion"


def test_the_code_is_asked_back_and_can_be_seen_again(
    setup: SetupView, hands: Any, qtbot: QtBot, journal: Journal
) -> None:
    give(setup, hands, PASSPHRASE, PASSPHRASE)
    code = code_of(setup, qtbot, hands)
    hands.click(setup.recovery.next)
    for wrong, told in (
        ("", "Type the code"),
        (code[:-1], "One character is missing"),
        (code[:-2], "2 characters are missing"),
        (code + "A", "one character too many"),
        (recovery_code.write(bytes(16)), "another code"),
        ("U" + code[1:], "not right yet"),
    ):
        setup.recovery.asked.plain.set_text(wrong)
        hands.click(setup.recovery.finish)
        assert told in setup.recovery.wrong.text() and journal.state == "none"
    hands.click(setup.recovery.show_again)
    assert setup.recovery.code.isVisible() and setup.recovery.code.text() == code


def test_going_back_forgets_the_code(setup: SetupView, hands: Any, qtbot: QtBot, journal: Journal) -> None:
    give(setup, hands, PASSPHRASE, PASSPHRASE)
    first = code_of(setup, qtbot, hands)
    hands.click(setup.recovery.back)
    assert setup.choose.isVisible() and setup.recovery.code.text() == ""
    assert setup.choose.first.text() == PASSPHRASE
    hands.click(setup.choose.go_on)
    assert code_of(setup, qtbot, hands) != first


def test_the_window_lives_while_the_key_is_made(
    stress: StressPage, setup: SetupView, hands: Any, qtbot: QtBot
) -> None:
    setup.choose.chosen.emit(PASSPHRASE)
    assert setup.choose.waiting.isVisible() and not setup.choose.go_on.isEnabled()
    stress.show_tab("help")
    assert stress.gate is None
    qtbot.waitUntil(lambda: not setup._work.busy)
    stress.show_tab("journal")
    assert setup.recovery.isVisible()


def test_signs_can_be_looked_at_and_never_reach_the_primary_selection(setup: SetupView, hands: Any) -> None:
    field = setup.choose.first
    hands.type("seven")
    hands.click(field.peek)
    assert field.shown and field.plain.isVisible() and hands.focus is field.plain
    assert setup.choose.second.shown
    hands.type(" otters")
    assert field.text() == "seven otters" and field.hidden.text() == ""
    hands.click(field.peek)
    assert not field.shown and field.text() == "seven otters" and field.plain.text() == ""


def test_the_keyring_is_offered_only_where_there_is_one(setup: SetupView, qtbot: QtBot, hands: Any) -> None:
    qtbot.waitUntil(lambda: not setup._look.busy)
    assert not setup.choose.without.isVisible()
    setup.choose.offer_keyring(True)
    hands.settle()
    told = setup.choose.without_words.text()
    assert setup.choose.without.isVisible()
    assert "takes the disk or a backup" in told and "sits at this computer" in told


@pytest.mark.parametrize("size", [(1180, 760), (700, 640)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    stress: StressPage,
    setup: SetupView,
    hands: Any,
    window: MainWindow,
    faults: Any,
    theme: Any,
    qapp: Any,
    size: tuple[int, int],
    scale: float,
    qtbot: QtBot,
) -> None:
    theme.apply(qapp, "light", scale)
    window.resize(*size)
    setup.choose.offer_keyring(True)
    setup.choose.tell("The two are not the same. “Show” lets you compare them.")
    hands.settle()
    assert faults(stress) == []
    setup.recovery.show_code(recovery_code.write(bytes(range(16))))
    setup.turn_to(setup.recovery)
    hands.settle()
    assert faults(stress) == []
