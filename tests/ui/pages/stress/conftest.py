"""What the tests of the page share: a journal whose key is made quickly, and the page in a shown window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.desk import Desk
from companion.journal import Journal
from companion.storage.vault_keys import Cost
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.setup import SetupView
from companion.ui.window import MainWindow
from tests.ui.pages.stress.journaling import show, write  # noqa: F401  # fixtures of the journal's view

PASSPHRASE = "tin roof, seven otters"
CANARY = "the wombat of canary lane"


@pytest.fixture
def journal(desk: Desk, data_dir: Path, clock: ManualClock) -> Journal:
    """The desk's journal, not set up yet; making its key takes milliseconds."""
    vault, backups = data_dir / "journal.vault", data_dir / "backups"
    desk._journal = Journal(vault, backups, clock, desk.store.announce, Cost(1, 8 << 20))
    return desk._journal


@pytest.fixture
def opened(journal: Journal) -> Journal:
    """The journal, set up and open."""
    journal.create(journal.prepare(PASSPHRASE))
    return journal


@pytest.fixture
def stress(journal: Journal, window: MainWindow, hands: Any) -> StressPage:
    """The page, shown; nothing is set up."""
    window.show_page("stress")
    hands.settle()
    page = window._stack.stress
    assert page is not None
    return page


@pytest.fixture
def open_page(opened: Journal, stress: StressPage) -> StressPage:
    """The page, shown, with an open journal."""
    assert stress.state == "open"
    return stress


@pytest.fixture
def locked_page(open_page: StressPage, hands: Any) -> StressPage:
    """The page, shown, with a locked journal."""
    open_page.lock_now()
    hands.settle()
    return open_page


@pytest.fixture
def unlock(hands: Any, qtbot: QtBot) -> Callable[..., None]:
    """Types a passphrase where it is asked for, and waits for what comes of it."""

    def do(page: StressPage, secret: str = PASSPHRASE) -> None:
        gate = page.gate
        assert gate is not None
        gate.take_focus()
        gate.field.hidden.setText(secret) if not gate.field.shown else gate.field.plain.set_text(secret)
        gate.unlock()
        qtbot.waitUntil(lambda: not gate._work.busy)
        hands.settle()

    return do


@pytest.fixture
def setup(stress: StressPage) -> SetupView:
    """The set-up, which stands in the page while there is no journal."""
    assert isinstance(stress.gate, SetupView)
    return stress.gate
