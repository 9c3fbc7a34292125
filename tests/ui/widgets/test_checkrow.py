"""Rows to tick: key and click, wrapping, names, and texts that nobody expected."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.checkrow import CheckRow

LONG = "What matters most to you here, and how would you like the whole thing to end if you could decide?"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


def make(qtbot: QtBot, theme: Theme, text: str, key: str = "") -> CheckRow:
    row = CheckRow(theme, text, key)
    qtbot.addWidget(row)
    row.resize(360, row.heightForWidth(360))
    row.show()
    qtbot.waitExposed(row)
    return row


def test_space_and_a_click_anywhere_toggle(qtbot: QtBot, theme: Theme) -> None:
    row = make(qtbot, theme, LONG, "1")
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert row.isChecked()
    for place in (QPoint(3, 3), QPoint(row.width() - 3, row.height() - 3), row.rect().center()):
        before = row.isChecked()
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=place)
        assert row.isChecked() is not before


def test_it_is_a_check_box_named_by_its_text(qtbot: QtBot, theme: Theme) -> None:
    row = make(qtbot, theme, "Fish & chips, <b>now</b>?")
    face = QAccessible.queryAccessibleInterface(row)
    assert face.role() == QAccessible.Role.CheckBox
    assert face.text(QAccessible.Text.Name) == "Fish & chips, <b>now</b>?"
    assert row.text() == "Fish & chips, <b>now</b>?"
    assert not face.state().checked
    row.setChecked(True)
    assert face.state().checked


def test_an_ampersand_makes_no_shortcut(qtbot: QtBot, theme: Theme) -> None:
    assert make(qtbot, theme, "&Delete all").shortcut() == QKeySequence()


def test_the_key_hint_is_drawn_and_moves_no_text(qtbot: QtBot, theme: Theme) -> None:
    row = make(qtbot, theme, LONG)
    plain, height = row.grab().toImage(), row.heightForWidth(300)
    row.set_key_hint("7")
    assert row.key_hint() == "7"
    assert row.heightForWidth(300) == height
    image = row.grab().toImage()
    assert image != plain
    edge = row.width() - theme.px(44)
    assert image.copy(0, 0, edge, row.height()) == plain.copy(0, 0, edge, row.height())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_long_text_wraps_and_is_not_clipped(
    qtbot: QtBot, qapp: QApplication, theme: Theme, scale: float
) -> None:
    row = make(qtbot, theme, LONG)
    theme.apply(qapp, "light", scale)
    line = row.fontMetrics().height()
    narrow, wide = row.heightForWidth(round(240 * scale)), row.heightForWidth(round(1200 * scale))
    assert narrow >= 3 * line
    assert line <= wide < 2 * line + 2 * theme.px(7)
    assert row.minimumSizeHint().height() >= line


def test_checked_disabled_and_focus_are_seen(qtbot: QtBot, theme: Theme) -> None:
    row = make(qtbot, theme, "Ask for the number")
    row.clearFocus()
    seen = [row.grab().toImage()]
    row.setChecked(True)
    seen.append(row.grab().toImage())
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    seen.append(row.grab().toImage())
    row.setEnabled(False)
    seen.append(row.grab().toImage())
    assert all(one != other for at, one in enumerate(seen) for other in seen[at + 1 :])


@pytest.mark.parametrize("text", ["", "w " * 50_000, "x" * 100_000, "\x00", "مرحبا " * 30, "😀" * 900])
def test_anything_is_shown_in_bounds(qtbot: QtBot, theme: Theme, text: str) -> None:
    row = make(qtbot, theme, text, "1")
    assert len(row.text()) <= 1500
    assert not row.grab().isNull()
