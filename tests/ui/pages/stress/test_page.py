"""The page as a whole: tabs, keys, what the head offers in each state, and that nothing of it is loaded too early."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from companion.clock import ManualClock
from companion.desk import Desk
from companion.journal import Journal
from companion.storage.errors import StoreError
from companion.storage.vault import Cost
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.views import PLACES
from companion.ui.window import MainWindow
from tests.ui.pages.stress.conftest import PASSPHRASE

STARTED = """
import sys
from pathlib import Path
import companion.ui
from companion.app.program import make_app, make_desk
from companion.paths import Paths
from companion.storage.store import Store
from companion.ui.keys import Keys
from companion.ui.theme.theme import Theme
from companion.ui.window import MainWindow
paths = Paths(Path(sys.argv[1]))
paths.prepare()
app = make_app()
desk = make_desk(Store.open(paths.database, paths.backups), paths)
theme = Theme()
theme.apply(app, "light", 1.0)
window = MainWindow(desk, theme, Keys(), paths)
window.show()
desk.start("Maria")
desk.end()
desk.board.finish()
window.show_page("settings")
names = ("companion.journal", "companion.core.stress", "companion.ui.pages.stress", "nacl", "companion.ui.aftercall")
print([name for name in sys.modules if name.startswith(names)])
"""


def test_nothing_of_it_is_loaded_before_it_is_shown(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_rail_and_a_key_lead_there(window: MainWindow, journal: Journal, hands: Any) -> None:
    assert window._stack.stress is None
    hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = window._stack.stress
    assert page is not None and page.isVisible() and page.accessibleName() == "Stress"
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window._stack.on_call
    button = next(b for b in window.rail.findChildren(QAbstractButton) if b.text() == "Stress")
    hands.click(button)
    assert page.isVisible() and button.property("shown") is True


def test_digits_lead_to_the_tabs(open_page: StressPage, hands: Any) -> None:
    for n, place in enumerate(PLACES, 1):
        open_page.show_tab("help")
        hands.type(str(n))
        assert open_page.current is open_page.view(place.key), place.key
    open_page.show_tab("help")
    assert open_page.head.tabs.buttons["help"].accessibleDescription() == "shown"
    hands.type("7")
    assert open_page.current is open_page.view("help")


def test_without_a_journal_what_needs_none_works(stress: StressPage, hands: Any) -> None:
    stress.setFocus()
    hands.type("2")
    assert stress.gate is None and stress.current is stress.view("breathing")
    stress.show_tab("help")
    assert stress.gate is None
    hands.type("3")
    assert stress.gate is not None
    stress.setFocus()
    hands.type("6")  # there is nothing to be cared for yet
    assert stress.current is None or stress.current is not stress.view("care")


def test_letters_do_what_the_head_does(
    open_page: StressPage, hands: Any, desk: Desk, journal: Journal
) -> None:
    hands.type("n")
    assert open_page.card.is_open and not open_page.shelf.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert not open_page.card.is_open and open_page.shelf.isVisible()
    hands.type("b")
    assert open_page.view("breathing").running
    hands.press(Qt.Key.Key_Escape)
    assert not open_page.view("breathing").running
    hands.type("e")
    assert open_page.current is open_page.view("journal")
    assert desk.board.current is None
    open_page.setFocus()
    told: list[str] = []
    open_page.window()._stack.told.connect(told.append)  # type: ignore[attr-defined]
    hands.type("s")  # a word typed beside its field must not become a call with notes
    assert desk.board.active is None and desk.board.current is None
    assert told == ["A call is started on the page Call: Ctrl+1, then S."]
    hands.command("call_page")
    hands.type("s")
    assert desk.board.active is not None


def test_letters_belong_to_the_call_while_there_is_one(open_page: StressPage, hands: Any, desk: Desk) -> None:
    desk.start("Maria")
    hands.settle()
    assert open_page.isVisible()
    open_page.setFocus()
    hands.type("n")
    assert open_page._card is None or not open_page.card.is_open
    open_page.window().show_page("stress")  # type: ignore[attr-defined]
    open_page.setFocus()
    hands.type("e")
    assert desk.board.active is None


def test_a_check_is_kept_in_a_few_keys(open_page: StressPage, hands: Any, journal: Journal) -> None:
    hands.type("n")
    hands.type("1")
    hands.type("0")
    hands.press(Qt.Key.Key_Return)
    assert [one.before for one in journal.all_entries()] == [10]
    assert hands.told == "Kept."
    hands.type("n")
    assert open_page.card.form.is_empty()


def test_a_new_entry_waits_for_the_passphrase(
    locked_page: StressPage, hands: Any, unlock: Callable[..., None]
) -> None:
    locked_page.show_tab("help")
    hands.type("e")
    assert locked_page.gate is not None
    unlock(locked_page)
    assert locked_page.current is locked_page.view("journal")
    assert locked_page.view("journal").editor.isVisible()


def test_esc_leads_out_step_by_step(open_page: StressPage, hands: Any, window: MainWindow) -> None:
    open_page.lock_now()
    hands.settle()
    assert isinstance(hands.focus, QLineEdit)
    for _once_too_often in range(2):  # on the page of the call the next letter would start one
        hands.press(Qt.Key.Key_Escape)
        assert hands.focus is open_page and open_page.isVisible() and not window._stack.on_call


def test_the_title_of_the_window_tells_nothing(open_page: StressPage, hands: Any, window: MainWindow) -> None:
    for place in PLACES:
        open_page.show_tab(place.key)
        assert window.windowTitle() == "Call Companion"


def test_the_fixed_names_are_there(open_page: StressPage, hands: Any) -> None:
    def names() -> set[str]:
        shown = (one for one in open_page.window().findChildren(QWidget) if one.isVisible())
        return {QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in shown}

    assert {"Stress", "New check", "New entry", "Lock"} <= names()
    hands.type("n")
    assert {"Stress before", "Feelings"} <= names()
    hands.press(Qt.Key.Key_Escape)
    open_page.show_tab("breathing")
    assert "Start breathing" in names()
    open_page.lock_now()
    open_page.show_tab("journal")
    hands.settle()
    assert {"Unlock", "Passphrase"} <= names()


def test_everything_that_can_be_used_has_a_name(open_page: StressPage, hands: Any) -> None:
    nameless = []

    def look(where: str) -> None:
        hands.settle()
        for widget in open_page.findChildren(QWidget):
            inner = isinstance(widget.parent(), QComboBox) or "qt_" in widget.objectName()
            used = isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
            used = used or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if widget.isVisible() and used and not inner:
                face = QAccessible.queryAccessibleInterface(widget)
                if not face.text(QAccessible.Text.Name).strip():
                    nameless.append((where, widget))

    for place in PLACES:
        open_page.show_tab(place.key)
        look(place.key)
    hands.type("n")
    look("check")
    open_page.lock_now()
    open_page.show_tab("journal")
    look("locked")
    assert nameless == []


def test_the_journal_of_the_self_test_takes_no_time(
    desk: Desk, data_dir: Path, clock: ManualClock, window: MainWindow
) -> None:
    vault, backups = data_dir / "journal.vault", data_dir / "backups"
    desk._journal = Journal(vault, backups, clock, desk.store.announce, Cost(3, 64 << 20))
    window.build_all_pages()
    ways_in = desk._journal._vault.locks()
    assert ways_in.passphrase is not None and ways_in.passphrase.cost == Cost(1, 8 << 20)
    # Who sets one up has the cost of this machine all the same.
    own = desk._journal.prepare("tin roof, seven otters").locks.passphrase
    assert own is not None and own.cost == Cost(3, 64 << 20)


def test_the_self_test_builds_all_of_it(window: MainWindow, hands: Any, journal: Journal) -> None:
    window.build_all_pages()
    page = window._stack.stress
    assert page is not None and page.state == "locked"
    hands.settle()


@pytest.mark.parametrize("width", [700, 1180])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    open_page: StressPage,
    hands: Any,
    window: MainWindow,
    faults: Callable[[Any], list[str]],
    theme: Any,
    qapp: Any,
    scale: float,
    width: int,
) -> None:
    theme.apply(qapp, "light", scale)
    window.resize(max(width, 780 if scale > 1 else 0), 700)
    hands.settle()
    assert faults(open_page.head) == []
    open_page.new_check()
    hands.settle()
    assert faults(open_page.card) == []
    open_page.card.close_form()
    open_page.lock_now()
    hands.settle()
    assert faults(open_page) == []


def test_a_check_counts_for_when_the_next_one_is_offered(
    open_page: StressPage, hands: Any, desk: Desk
) -> None:
    assert desk.may_offer_check()
    hands.type("n4")
    assert desk.may_offer_check()
    hands.press(Qt.Key.Key_Return)
    assert not desk.may_offer_check()


def test_a_check_that_the_disk_refuses_goes_out_of_sight_and_waits(
    open_page: StressPage, hands: Any, desk: Desk, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise StoreError("The disk is full.")

    hands.type("n7")
    open_page.card.form.line.edit.set_text("a line")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "add_check", refuse)
        desk.start("Maria")
        hands.settle()
        assert not open_page.card.isVisibleTo(open_page) and journal.state == "locked"
        desk.end()
        desk.board.finish()
        hands.settle()
    open_page.new_check()
    assert open_page.card.form.line.edit.text() == "a line"
    open_page.card.key("Return")
    journal.open(journal.attempt(PASSPHRASE))
    assert [(one.before, one.line) for one in journal.all_entries()] == [(7, "a line")]
    open_page.new_check()
    assert open_page.card.form.is_empty()
