"""The theme on an application: scale, fonts, colours and the style sheet."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from companion.ui.theme import fonts, stylesheet
from companion.ui.theme.theme import Mode, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


def test_lengths_and_fonts_follow_the_scale(qapp: QApplication, theme: Theme) -> None:
    assert (theme.px(12), theme.px(0), theme.px(0.2)) == (12, 0, 1)
    small = {role: theme.font(role).pixelSize() for role in fonts.ROLES}
    theme.apply(qapp, "light", 2.0)
    assert theme.px(12) == 24
    assert {role: theme.font(role).pixelSize() for role in fonts.ROLES} == {
        role: 2 * size for role, size in small.items()
    }
    assert qapp.font().pixelSize() == 30


@pytest.mark.parametrize(("asked", "given"), [(0.2, 1.0), (1.5, 1.5), (9.0, 2.0)])
def test_the_scale_is_kept_in_range(qapp: QApplication, theme: Theme, asked: float, given: float) -> None:
    theme.apply(qapp, "light", asked)
    assert theme.scale == given


def test_the_prompt_is_the_largest_text(theme: Theme) -> None:
    sizes = {role: theme.font(role).pixelSize() for role in fonts.ROLES}
    largest = sizes.pop("prompt")
    assert largest > max(sizes.values())


def test_the_shipped_font_is_used(theme: Theme) -> None:
    assert fonts.register()
    assert QFontInfo(theme.font("prompt")).family() == fonts.FAMILY


@pytest.mark.parametrize("role", ["time", "digits"])
def test_digits_of_the_time_are_all_as_wide(theme: Theme, role: str) -> None:
    metrics = QFontMetrics(theme.font(role))
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


def test_modes_change_colours_and_tell(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    light = theme.tokens
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, "dark", 1.0)
    assert theme.is_dark
    assert theme.tokens != light
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.tokens.window
    assert theme.color("accent").name() == theme.tokens.accent
    theme.apply(qapp, "light", 1.0)
    assert theme.tokens == light


def test_the_system_scheme_is_followed(qapp: QApplication, theme: Theme) -> None:
    theme.apply(qapp, "system", 1.0)
    assert theme.is_dark == (qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark)
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.is_dark))
    # The offscreen platform has no scheme of its own: Qt's signal is sent here as it sends it for a desktop's.
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert told == [True, False]
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.tokens.window


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_fixed_mode_does_not_follow_the_system(qapp: QApplication, theme: Theme, mode: Mode) -> None:
    theme.apply(qapp, mode, 1.0)
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        assert theme.is_dark == (mode == "dark")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("dark", [False, True])
def test_the_sheet_has_no_gap_left(theme: Theme, dark: bool, scale: float) -> None:
    sheet = stylesheet.build(theme.tokens, scale, dark)
    assert "$" not in sheet
    assert not re.search(r"\dfx", sheet)
    assert sheet.count("{") == sheet.count("}")
    for path in re.findall(r"url\(([^)]*)\)", sheet):
        assert path.endswith(".svg")
        with open(path, encoding="utf-8") as drawing:
            assert drawing.read().startswith("<svg")


def test_labels_take_their_size_from_their_kind(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    label = QLabel("word")
    label.setProperty("kind", "title")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pixelSize() == 18
    theme.apply(qapp, "light", 2.0)
    label.ensurePolished()
    assert label.font().pixelSize() == 36
