"""What the tests of Settings share: a desk on a real file, and the page in a window."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.desk import Desk
from companion.playbooks import Playbook
from companion.resources import resource
from companion.storage.store import Store
from companion.ui.keys import Keys
from companion.ui.pages.settings.page import SettingsPage
from companion.ui.theme.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.apply(qapp, "light", 1.0)
    return theme


@pytest.fixture
def desk(data_dir: Path) -> Iterator[Desk]:
    store = Store.open(data_dir / "companion.db", data_dir / "backups")
    clock = ManualClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    yield Desk(store, clock, Playbook(resource("playbooks"), None), "DE")
    store.close()


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, theme: Theme, keys: Keys) -> SettingsPage:
    page = SettingsPage(desk, theme, keys)
    qtbot.addWidget(page)
    page.resize(900, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page
