"""Privacy: another passphrase and another code without a word rewritten, how soon it locks, and deleting all of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.journal import Journal, WrongSecret
from companion.storage import vault_keys
from companion.ui.pages.stress.care import CareView
from companion.ui.pages.stress.deleting import days_of
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.setup import SetupView
from companion.ui.widgets.unfold import unfolding
from companion.ui.window import MainWindow
from tests.ui.pages.stress.conftest import PASSPHRASE

NEW = "nine lamps, one ferry"


@pytest.fixture
def care(open_page: StressPage, hands: Any) -> CareView:
    hands.click(open_page.head.care)
    view = open_page.current
    assert isinstance(view, CareView)
    return view


def test_the_passphrase_is_changed_once_the_old_one_was_given(
    care: CareView, journal: Journal, hands: Any, qtbot: QtBot
) -> None:
    journal.add_check(4)
    card = care.column.passphrase
    card.old.take_focus()
    for word in (PASSPHRASE, NEW, NEW):
        hands.type(word)
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not card._work.busy)
    hands.settle()
    assert hands.told == "The new passphrase holds from now on."
    assert card.old.text() == card.new.text() == card.again.text() == ""
    journal.lock()
    with pytest.raises(WrongSecret):
        journal.attempt(PASSPHRASE)
    journal.open(journal.attempt(NEW))
    assert [one.before for one in journal.all_entries()] == [4]


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("another one", NEW, NEW, "is another one. Nothing was changed"),
        (PASSPHRASE, "short", "short", "At least 8"),
        (PASSPHRASE, NEW, NEW + "x", "not the same"),
    ],
)
def test_what_does_not_fit_changes_nothing(
    care: CareView, journal: Journal, hands: Any, qtbot: QtBot, old: str, new: str, again: str, told: str
) -> None:
    card = care.column.passphrase
    for field, text in ((card.old, old), (card.new, new), (card.again, again)):
        field.hidden.setText(text)
    card.change()
    qtbot.waitUntil(lambda: not card._work.busy)
    assert told in card.wrong.text() and card.new.text() == new
    journal.lock()
    assert journal.attempt(PASSPHRASE)


def test_a_new_recovery_code_is_shown_and_asked_back(care: CareView, journal: Journal, hands: Any) -> None:
    hands.click(care.column.new_code)
    assert care.code.isVisible() and not care.column.isVisible() and not care.code.back.isVisible()
    code = care.code.code.text()
    hands.click(care.code.next)
    hands.paste(code)
    hands.press(Qt.Key.Key_Return)
    assert care.column.isVisible() and hands.told == "The new recovery code holds from now on."
    assert care.code.code.text() == care.code.asked.text() == ""
    journal.lock()
    assert journal.attempt(code, recovery=True)


def test_what_is_shown_is_gone_when_it_locks(care: CareView, open_page: StressPage, hands: Any) -> None:
    hands.click(care.column.new_code)
    care.column.passphrase.old.hidden.setText(PASSPHRASE)
    open_page.lock_now("idle")
    assert care.code.code.text() == "" and care.column.passphrase.old.text() == ""
    assert care.column.locked.isVisible() and not care.column.passphrase.isVisible()


def test_how_soon_it_locks(care: CareView, desk: Desk, hands: Any) -> None:
    assert "after 5 minutes" in care.column.idle.words.text()
    button = care.column.idle.buttons[15]
    assert button.accessibleName() == "Lock after 15 minutes"
    button.click()
    hands.settle()
    assert desk.prefs.journal_idle_min == 15 and "after 15 minutes" in care.column.idle.words.text()
    assert button.icon_name() == "check"


def test_everything_is_deleted_also_while_it_is_locked(
    open_page: StressPage, hands: Any, journal: Journal, data_dir: Path
) -> None:
    journal.add_check(4)
    open_page.lock_now()
    open_page.show_tab("care")
    card = open_page.view("care").column.delete
    card.ask.click()
    hands.settle()
    assert card.word.isVisible() and not card.delete.isEnabled() and not card.backups.isVisible()
    card._on_delete()
    assert journal.state == "locked"
    hands.type(" Delete ")
    hands.press(Qt.Key.Key_Return)
    assert journal.state == "none" and not (data_dir / "journal.vault").exists()
    assert isinstance(open_page.gate, SetupView) and open_page.gate.choose.isVisible()
    assert hands.told == "The journal is deleted."


@pytest.mark.parametrize("too", [True, False])
def test_copies_are_told_of_and_go_where_wanted(
    care: CareView, open_page: StressPage, hands: Any, journal: Journal, too: bool
) -> None:
    journal.add_check(4)
    assert journal.daily() is not None
    card = care.column.delete
    card.ask.click()
    hands.settle()
    assert card.backups.text() == "One copy in the folder of backups still holds it, from 20 Nov 2026."
    assert not card.too.isChecked()
    card.too.setChecked(too)
    card.word.edit.setText("delete")
    card.delete.click()
    hands.settle()
    assert len(journal.backups()) == (0 if too else 1)
    assert ("Copies still hold it: 20 Nov 2026" in hands.told) is not too


def test_copies_of_a_journal_in_the_keyring_open_with_the_code_alone(
    stress: StressPage, hands: Any, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    journal.create(vault_keys.prepare(None, bytes(range(32))))
    assert journal.daily() is not None
    stress.show_tab("care")
    card = stress.view("care").column.delete
    card.ask.click()
    assert "only the recovery code opens a copy then" in card.backups.text()


def test_the_question_whether_to_delete_comes_into_sight(
    care: CareView, open_page: StressPage, window: MainWindow, hands: Any, journal: Journal, qtbot: QtBot
) -> None:
    journal.add_check(4)
    assert journal.daily() is not None
    window.resize(900, 560)
    hands.settle()
    card, area = care.column.delete, open_page.shelf.currentWidget()
    area.ensureWidgetVisible(card.ask, 0, 0)  # the button stands at the lower edge
    before = area.verticalScrollBar().value()
    card.ask.click()
    qtbot.waitUntil(lambda: not unfolding(card))
    hands.settle()
    top = card.mapTo(area.viewport(), QPoint(0, 0)).y()
    assert top >= 0 and top + card.height() <= area.viewport().height()
    assert area.verticalScrollBar().value() > before and hands.focus is card.word.edit
    area.verticalScrollBar().setValue(0)
    open_page.refresh()
    assert not unfolding(card) and area.verticalScrollBar().value() == 0  # once, not at every look


def test_esc_takes_the_question_back(
    care: CareView, open_page: StressPage, hands: Any, journal: Journal
) -> None:
    card = care.column.delete
    card.ask.click()
    hands.type("delete")
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    assert card.ask.isVisible() and card.word.edit.text() == ""
    assert journal.state == "open" and open_page.isVisible()


def test_days_of_copies(tmp_path: Path) -> None:
    names = ("journal-2026-11-19.vault", "journal-2026-11-20.vault", "journal-2026-13-45.vault")
    assert days_of([tmp_path / name for name in names]) == [
        "journal-2026-13-45.vault",
        "20 Nov 2026",
        "19 Nov 2026",
    ]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    care: CareView,
    open_page: StressPage,
    hands: Any,
    window: MainWindow,
    faults: Callable[[Any], list[str]],
    theme: Any,
    qapp: Any,
    scale: float,
) -> None:
    theme.apply(qapp, "light", scale)
    window.resize(700, 640)
    care.column.delete.ask.click()
    hands.settle()
    assert faults(open_page) == []
