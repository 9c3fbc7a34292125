"""A list that has the keyboard keeps the letters: what is looked for in it is no command of the window."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.widgets.combo import Combo


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    return window


@pytest.fixture
def combo(window: QWidget, qtbot: QtBot) -> Combo:
    combo = Combo("Reason", window)
    combo.show_choices([("", "Not known yet"), ("order", "New order"), ("billing", "Billing")], "")
    window.layout().addWidget(combo)
    window.show()
    combo.setFocus()
    qtbot.waitUntil(combo.hasFocus)
    return combo


def test_a_letter_looks_for_an_entry_and_is_no_command(window: QWidget, combo: Combo) -> None:
    pressed: list[str] = []
    chosen: list[int] = []
    combo.activated.connect(chosen.append)
    for key in ("B", "4", "Ctrl+B"):
        QShortcut(QKeySequence(key), window).activated.connect(lambda key=key: pressed.append(key))
    QTest.keyClick(combo, Qt.Key.Key_B)
    assert combo.currentData() == "billing"
    assert chosen == [2]
    QTest.keyClick(combo, Qt.Key.Key_4)
    assert pressed == []
    QTest.keyClick(combo, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+B"]


def test_the_wheel_changes_nothing(combo: Combo) -> None:
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, turn)
    assert combo.currentData() == ""
    assert not turn.isAccepted()


def test_choices_are_one_plain_line_and_announce_nothing(combo: Combo) -> None:
    told: list[int] = []
    combo.currentIndexChanged.connect(told.append)
    combo.show_choices([("a", "one\ntwo <b>"), ("b", "three")], "b")
    assert [combo.itemText(i) for i in range(combo.count())] == ["one two <b>", "three"]
    assert combo.currentData() == "b"
    assert told == []
