"""Buttons with keys and the row of phases."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.phaserow import PhaseRow

PHASES = [
    ("greeting", "Greeting"),
    ("open", "Open questions"),
    ("closed", "Closed questions"),
    ("close", "Close"),
]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("kind", ["primary", "quiet", "plain", "danger", "chip"])
def test_a_button_has_room_for_its_words(
    qtbot: QtBot, qapp: QApplication, theme: Theme, kind: str, scale: float
) -> None:
    button = KeyButton(theme, "Hold the call", "hold", "H", kind)
    qtbot.addWidget(button)
    theme.apply(qapp, "light", scale)
    metrics = QFontMetrics(
        theme.font("strong" if kind == "primary" else "small" if kind == "chip" else "body")
    )
    hint = button.sizeHint()
    assert hint.height() >= metrics.height() + 4
    words, icon, key = metrics.horizontalAdvance("Hold the call"), theme.px(16), theme.px(14)
    assert hint.width() >= words + icon + key
    assert button.minimumSizeHint() == hint
    button.resize(hint)
    with_key = button.grab().toImage()
    button.set_key_hint("")
    assert button.sizeHint().width() < hint.width()
    assert button.grab().toImage() != with_key


def test_a_button_is_named_and_pressed(qtbot: QtBot, theme: Theme) -> None:
    button = KeyButton(theme, "Fish & chips", "hold", "F")
    qtbot.addWidget(button)
    face = QAccessible.queryAccessibleInterface(button)
    assert face.text(QAccessible.Text.Name) == "Fish & chips"
    assert button.shortcut().isEmpty()
    button.show()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    button.set_label("Resume")
    assert face.text(QAccessible.Text.Name) == "Resume"


@pytest.mark.parametrize("kind", ["primary", "quiet", "plain", "danger", "chip"])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_focus_is_seen(qtbot: QtBot, qapp: QApplication, theme: Theme, kind: str, mode: str) -> None:
    theme.apply(qapp, "dark" if mode == "dark" else "light", 1.0)
    button = KeyButton(theme, "End call", "end", "", kind)
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    focused = button.grab().toImage()
    wanted = theme.color("text" if kind == "primary" else "accent")
    assert focused.pixelColor(button.width() // 2, 0) == wanted
    assert focused.pixelColor(button.width() // 2, 1) == wanted
    button.clearFocus()
    assert button.grab().toImage() != focused


def test_a_very_long_label_is_cut_with_an_ellipsis(qtbot: QtBot, theme: Theme) -> None:
    button = KeyButton(theme, "long words " * 10_000)
    qtbot.addWidget(button)
    assert button.sizeHint().width() <= theme.px(320)
    assert not button.grab().isNull()


@pytest.fixture
def row(qtbot: QtBot, theme: Theme) -> PhaseRow:
    made = PhaseRow(theme, PHASES)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_pressing_a_phase_asks_and_does_not_move(qtbot: QtBot, row: PhaseRow) -> None:
    row.set_state("greeting")
    with qtbot.waitSignal(row.phase_requested) as asked:
        qtbot.mouseClick(row.buttons["closed"], Qt.MouseButton.LeftButton)
    assert asked.args == ["closed"]
    assert row.buttons["greeting"].current
    assert not row.buttons["closed"].current


def test_current_and_done_are_told_in_looks_and_words(row: PhaseRow) -> None:
    button = row.buttons["greeting"]
    face = QAccessible.queryAccessibleInterface(button)
    looks, words = [], []
    for current, done in (("", ()), ("greeting", ()), ("open", ("greeting",))):
        row.set_state(current, done)
        looks.append(button.grab().toImage())
        words.append(face.text(QAccessible.Text.Description))
    assert looks[0] != looks[1] != looks[2] != looks[0]
    assert words == ["", "current phase", "done"]
    assert face.text(QAccessible.Text.Name) == "Greeting"


def test_nothing_moves_when_the_phase_changes(qapp: QApplication, row: PhaseRow) -> None:
    row.set_state("greeting")
    qapp.processEvents()
    before = [button.geometry() for button in row.buttons.values()]
    row.set_state("close", ("greeting", "open", "closed"))
    qapp.processEvents()
    assert [button.geometry() for button in row.buttons.values()] == before


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_phases_have_room_for_their_words(
    qapp: QApplication, theme: Theme, row: PhaseRow, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    metrics = QFontMetrics(theme.font("strong"))
    for key, text in PHASES:
        hint = row.buttons[key].sizeHint()
        # The tick, its gap and the edges beside the words.
        assert hint.width() >= metrics.horizontalAdvance(text) + theme.px(16 + 6 + 2 * 10)
        assert hint.height() >= metrics.height() + 4
