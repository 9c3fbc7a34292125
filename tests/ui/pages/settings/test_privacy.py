"""Stress and privacy: each kept at once, and what the system cannot do is greyed and says why."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.ui.pages.settings.page import SettingsPage
from companion.ui.pages.settings.parts import Keeper
from companion.ui.pages.settings.privacy import StressSection
from companion.ui.theme.theme import Theme


@pytest.mark.parametrize(
    ("which", "key", "typed", "kept"),
    [("idle", "journal_idle_min", "12", 12), ("interval", "check_interval_min", "90", 90)],
)
def test_a_number_is_kept(
    qtbot: QtBot, page: SettingsPage, desk: Desk, which: str, key: str, typed: str, kept: int
) -> None:
    edit = getattr(page.stress, which)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, typed)
    qtbot.waitUntil(lambda: getattr(desk.prefs, key) == kept)


def test_offering_is_switched_off_by_the_space_key(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    assert page.stress.offer.isChecked()
    page.stress.offer.setFocus()
    qtbot.keyClick(page.stress.offer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not desk.prefs.check_offer)


def test_movement(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    assert page.stress.motion.currentText() == "As the system says"
    page.stress.motion.setCurrentText("Less movement")
    qtbot.waitUntil(lambda: desk.prefs.reduced_motion == "on")


@pytest.mark.parametrize("can", [True, False])
def test_hiding_from_recordings_only_where_that_can_be(
    qtbot: QtBot, desk: Desk, theme: Theme, can: bool
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    section = StressSection(desk, theme, Keeper(desk.prefs, holder), holder, can_hide=can)
    section.refresh()
    assert section.hidden.isEnabled() is can and section.hidden.isChecked()
    assert ("no way" in section.hidden.accessibleDescription()) is not can


def test_what_is_changed_elsewhere_is_shown(page: SettingsPage, desk: Desk) -> None:
    for key, value in (("journal_idle_min", 30), ("check_offer", False), ("reduced_motion", "off")):
        desk.prefs.set(key, value)
    shown: list[Any] = [
        page.stress.idle.value(),
        page.stress.offer.isChecked(),
        page.stress.motion.currentData(),
    ]
    assert shown == [30, False, "off"]
