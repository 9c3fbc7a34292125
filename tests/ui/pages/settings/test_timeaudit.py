"""The section Time: when a day begins, when open time is asked for, whether calls fill theirs."""

from PySide6.QtCore import Qt, QTime
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.ui.pages.settings.page import SettingsPage


def test_it_shows_what_holds(page: SettingsPage) -> None:
    section = page.time
    assert section.start.minute() == 0
    assert section.asks.isChecked()
    assert section.interval.value() == 60
    assert (section.quiet_from.minute(), section.quiet_to.minute()) == (21 * 60, 7 * 60)
    assert not section.accept.isChecked()


def test_a_day_begins_on_the_grid(page: SettingsPage, desk: Desk) -> None:
    page.time.start.setTime(QTime(4, 3))
    page.flush()
    assert desk.prefs.day_start_min == 240


def test_off_and_on_again_keeps_the_interval(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    section = page.time
    section.interval.setValue(45)
    page.flush()
    assert desk.prefs.time_prompt_min == 45
    section.asks.click()
    page.flush()
    assert desk.prefs.time_prompt_min == 0
    assert not section.interval.isVisible()
    section.asks.click()
    page.flush()
    assert desk.prefs.time_prompt_min == 45
    assert section.interval.isVisible()


def test_turned_off_elsewhere_is_shown_here(page: SettingsPage, desk: Desk) -> None:
    desk.prefs.set("time_prompt_min", 0)
    assert not page.time.asks.isChecked()
    assert not page.time.interval.isVisible()


def test_quiet_hours(page: SettingsPage, desk: Desk) -> None:
    page.time.quiet_from.setTime(QTime(12, 0))
    page.time.quiet_to.setTime(QTime(13, 30))
    page.flush()
    assert desk.prefs.time_quiet == (720, 810)


def test_calls_fill_their_time_at_once(page: SettingsPage, desk: Desk) -> None:
    page.time.accept.click()
    page.flush()
    assert desk.prefs.accept_calls


def test_the_12_hour_clock(page: SettingsPage, desk: Desk) -> None:
    assert not page.time.twelve.isChecked()
    page.time.twelve.click()
    page.flush()
    assert desk.prefs.twelve_hours


def test_all_of_it_has_a_name(page: SettingsPage) -> None:
    section = page.time
    for editor in (section.start, section.asks, section.interval, section.quiet_from, section.accept):
        assert editor.accessibleName()
        assert editor.focusPolicy() & Qt.FocusPolicy.TabFocus
