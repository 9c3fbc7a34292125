"""Opening hours, calls, looks and strip: by keyboard and by click, kept at once, with nothing lost on the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.ui.keys import Keys
from companion.ui.pages.settings import countries
from companion.ui.pages.settings.page import SettingsPage
from companion.ui.theme.theme import Theme

USUAL = [(540, 1020)] * 5 + [None, None]


def type_into(qtbot: QtBot, editor: QAbstractSpinBox, text: str) -> None:
    """As a user does: go there, select all, type, leave."""
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def leave(qtbot: QtBot, editor: QAbstractSpinBox) -> None:
    editor.clearFocus()
    assert not editor.hasFocus()


# -- opening hours
def test_a_day_is_closed_and_opened_by_the_space_key(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    row = page.opening.rows[5]
    assert row.closed.isVisible() and not row.start.isVisible()
    row.open.setFocus()
    qtbot.keyClick(row.open, Qt.Key.Key_Space)
    assert row.start.isVisible() and not row.closed.isVisible()
    qtbot.waitUntil(lambda: desk.prefs.hours[5] == (540, 1020))
    assert page.opening.words.text() == "Mon–Sat 9:00–17:00"
    qtbot.keyClick(row.open, Qt.Key.Key_Space)
    assert row.closed.isVisible() and not row.start.isVisible()
    qtbot.waitUntil(lambda: desk.prefs.hours[5] is None)
    assert page.opening.words.text() == "Mon–Fri 9:00–17:00"


@pytest.mark.parametrize("typed", ["0830", "830", "8:30"])
def test_times_are_typed(qtbot: QtBot, page: SettingsPage, desk: Desk, typed: str) -> None:
    row = page.opening.rows[1]
    row.open.setFocus()
    qtbot.keyClick(row.open, Qt.Key.Key_Tab)
    start = row.start
    qtbot.keyClicks(start, typed)
    leave(qtbot, start)
    assert desk.prefs.hours[1] == (510, 1020)
    assert page.opening.words.text() == "Mon 9:00–17:00, Tue 8:30–17:00, Wed–Fri 9:00–17:00"


def test_midnight_as_the_end_is_the_end_of_the_day(page: SettingsPage, desk: Desk) -> None:
    page.opening.rows[0].end.set_minute(0)
    page.flush()
    assert desk.prefs.hours[0] == (540, 1440)
    page.refresh()
    assert page.opening.rows[0].end.text() == "0:00"


def test_an_end_before_the_start_is_told_and_not_kept_but_stays_as_typed(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    row = page.opening.rows[0]
    row.start.set_minute(1080)
    page.flush()
    assert row.note.isVisible() and "after the start" in row.note.text()
    assert list(desk.prefs.hours) == USUAL
    page.opening.rows[1].start.set_minute(600)
    page.flush()
    assert list(desk.prefs.hours) == [USUAL[0], (600, 1020), *USUAL[2:]]
    desk.prefs.set("agent", "Jo")
    assert row.start.text() == "18:00"
    row.end.set_minute(1200)
    page.flush()
    assert not row.note.isVisible()
    assert desk.prefs.hours[0] == (1080, 1200)


def test_mondays_hours_hold_until_friday_and_that_can_be_undone(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    desk.prefs.set("hours", [[480, 720], None, [540, 1020], None, [540, 1020], [600, 720], None])
    qtbot.mouseClick(page.opening.copy_button, Qt.MouseButton.LeftButton)
    assert list(desk.prefs.hours) == [(480, 720)] * 5 + [(600, 720), None]
    qtbot.mouseClick(page.news.buttons[0], Qt.MouseButton.LeftButton)
    assert list(desk.prefs.hours) == [(480, 720), None, (540, 1020), None, (540, 1020), (600, 720), None]
    assert not page.news.isVisible()


# -- calls
@pytest.mark.parametrize(
    ("typed", "seconds", "text"),
    [
        ("7:30", 450, "7:30"),
        ("7", 420, "7:00"),
        ("0:10", 30, "0:30"),
        ("90:00", 5400, "90:00"),
        ("h4", 240, "4:00"),
    ],
)
def test_the_usual_length_is_typed_in_minutes_and_seconds(
    qtbot: QtBot, page: SettingsPage, desk: Desk, typed: str, seconds: int, text: str
) -> None:
    type_into(qtbot, page.calls.length, typed)
    leave(qtbot, page.calls.length)
    page.flush()
    assert (desk.prefs.usual_s, page.calls.length.text()) == (seconds, text)


def test_a_length_that_is_none_goes_back_to_what_it_was(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    type_into(qtbot, page.calls.length, "x:/")
    leave(qtbot, page.calls.length)
    page.flush()
    assert (desk.prefs.usual_s, page.calls.length.text()) == (300, "5:00")


def test_nudges_are_put_in_order_when_they_are_left_and_not_before(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    first, second, third = page.calls.nudges
    type_into(qtbot, first, "90")
    qtbot.waitUntil(lambda: desk.prefs.nudges == (60, 90, 120))
    assert (first.value(), second.value(), third.value()) == (90, 60, 120)
    leave(qtbot, first)
    page.refresh()
    assert (first.value(), second.value(), third.value()) == (60, 90, 120)


OFFSCREEN = pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
"""A list that opens under a field asks the window system for more than the offscreen one can do."""


@OFFSCREEN
@pytest.mark.parametrize(
    ("typed", "code"),
    [("at", "AT"), ("Germany", "DE"), ("germany (de)", "DE"), ("is", "IS"), ("  GB ", "GB")],
)
def test_a_country_is_typed_by_letters_or_name(
    qtbot: QtBot, page: SettingsPage, desk: Desk, typed: str, code: str
) -> None:
    line = page.calls.country.lineEdit()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)
    page.flush()
    assert desk.prefs.region == code
    page.calls.country.completer().popup().hide()
    page.opening.copy_button.setFocus()
    assert page.calls.country.currentText() == countries.told(code)


@OFFSCREEN
def test_what_is_no_country_is_told_and_not_kept(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    desk.prefs.set("region", "FR")
    line = page.calls.country.lineEdit()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Atlantis")
    page.flush()
    assert desk.prefs.region == "FR"
    assert page.calls.country_note.text().startswith("No country has this name")
    desk.prefs.set("agent", "Jo")
    assert line.text() == "Atlantis"


def test_the_computers_own_country_can_be_chosen_again(page: SettingsPage, desk: Desk) -> None:
    desk.prefs.set("region", "FR")
    page.calls.country.setCurrentIndex(0)
    page.flush()
    assert (desk.prefs.region, desk.region) == ("", "DE")


def test_every_country_offered_has_a_name() -> None:
    assert len(set(countries.COMMON)) == len(countries.COMMON)
    assert [code for code in countries.COMMON if not countries.name(code)] == []
    assert [code for code, text in countries.offered() if countries.code_of(text) != code] == []


def test_the_alphabets_are_those_of_the_playbook(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    combo = page.calls.alphabet
    assert [combo.itemData(i) for i in range(combo.count())] == ["icao", "din5009"]
    assert page.calls.alphabet_note.text() == "Alfa, Bravo, Charlie …"
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    page.flush()
    assert desk.prefs.alphabet == "din5009"
    assert page.calls.alphabet_note.text().startswith("Aachen")


# -- looks
def test_colours_and_size_are_chosen_by_click_and_by_arrow_keys(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    dark = page.looks.themes.button(2)
    qtbot.mouseClick(dark, Qt.MouseButton.LeftButton, pos=dark.rect().center())
    assert desk.prefs.theme == "dark"
    size = page.looks.sizes.checkedButton()
    size.setFocus()
    qtbot.keyClick(size, Qt.Key.Key_Right)
    assert desk.prefs.scale == 110


def test_a_size_between_the_steps_shows_the_nearest_one_and_stays(page: SettingsPage, desk: Desk) -> None:
    desk.prefs.set("scale", 133)
    assert page.looks.sizes.checkedButton().text() == "125 %"
    assert desk.prefs.scale == 133


# -- strip
def test_the_strip_is_on_top_or_not(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    page.strip.on_top.setFocus()
    qtbot.keyClick(page.strip.on_top, Qt.Key.Key_Space)
    page.flush()
    assert desk.prefs.on_top is False


def test_on_wayland_the_box_is_grey_and_says_why(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    page = SettingsPage(desk, theme, Keys(), platform="wayland-egl")
    qtbot.addWidget(page)
    assert not page.strip.on_top.isEnabled()
    assert "Wayland" in page.strip.note.text()
    assert page.strip.on_top.accessibleDescription() == page.strip.note.text()
