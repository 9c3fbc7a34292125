"""What a screen reader meets: the fixed names, the texts behind them, no control without a name."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from companion.desk import Desk
from companion.ui.window import MainWindow

EVERYWHERE = {"Call", "Stress", "Settings"}
LIVE = {
    *("End call", "Hold", "Upset caller", "Transfer", "Take a message", "Greeting", "Open questions"),
    *(
        "Closed questions",
        "Close",
        "Caller name",
        "Caller number",
        "Reason",
        "Notes",
        "Call time",
        "Split",
        "Prompt",
    ),
}


def names(window: QWidget) -> set[str]:
    found = set()
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            face = QAccessible.queryAccessibleInterface(widget)
            found.add(face.text(QAccessible.Text.Name))
    return found


def test_the_fixed_names_are_there(desk: Desk, window: MainWindow, hands: Any) -> None:
    assert {*EVERYWHERE, "Start call"} <= names(window)
    hands.command("start")
    hands.command("open")
    assert {*EVERYWHERE, *LIVE} <= names(window)
    rows = {row.text() for row in window.call_page.live.guide.checks if row.isVisible()}
    assert rows and rows <= names(window)
    hands.command("hold")
    assert "Resume" in names(window)
    hands.wait(30)
    hands.command("hold")
    hands.wait(30)
    hands.command("end")
    assert {"Notes", "Call time", "Split", "Promise"} <= names(window)


@pytest.mark.parametrize("name", ["Call time", "Split", "Prompt"])
def test_a_screen_reader_reaches_the_text(
    desk: Desk, window: MainWindow, live: Any, hands: Any, name: str
) -> None:
    desk.prefs.set("company", "Blue Parcel")
    hands.wait(65)
    head = live.header
    widget = {"Call time": head.time, "Split": head.split, "Prompt": live.guide.prompt}[name]
    face = QAccessible.queryAccessibleInterface(widget)
    assert face.text(QAccessible.Text.Name) == name
    text = face.textInterface()
    read = text.text(0, text.characterCount())
    wanted = {"Call time": "01:05", "Split": "75 % at about 03:45", "Prompt": "Blue Parcel"}[name]
    assert wanted in read


def test_everything_that_can_be_used_has_a_name(desk: Desk, window: MainWindow, hands: Any) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    nameless = []

    def look(where: str) -> None:
        hands.settle()
        for widget in window.findChildren(QWidget):
            inner = isinstance(widget.parent(), QComboBox) or "qt_" in widget.objectName()
            used = isinstance(widget, kinds) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if widget.isVisible() and used and not inner:
                face = QAccessible.queryAccessibleInterface(widget)
                if not face.text(QAccessible.Text.Name).strip():
                    nameless.append((where, widget))

    desk.start("Maria", "billing", "+49 30 901820")
    desk.board.write_text(hands.call.id, "promise.what", "Call back")
    desk.board.choose(hands.call.id, "promise.by", "2026-11-20T15:00:00.000Z")
    for phase in ("greeting", "open", "closed", "close", "upset", "transfer", "message"):
        hands.command(phase)
        look(phase)
    desk.start("Second", "", "+44 20 7946 0018")
    look("two")
    for step in ("end", "end"):
        hands.command(step)
        look(step)
    hands.command("done")
    look("ready")
    window.call_page.ready.opened.emit(
        window.call_page.ready.model.item_at(window.call_page.ready.model.index(0)).id
    )
    look("past")
    assert nameless == []


def test_a_tab_goes_through_every_control_of_a_call(live: Any, hands: Any) -> None:
    reached = set()
    for _step in range(120):
        hands_focus = hands.focus
        assert hands_focus is not None
        reached.add(hands_focus.accessibleName())
        QTest.keyClick(hands.target(), Qt.Key.Key_Tab)
    QApplication.processEvents()
    wanted = {
        "Hold",
        "End call",
        "Upset caller",
        "Transfer",
        "Take a message",
        "Greeting",
        "Close",
        "Bad news",
    }
    assert wanted | {"Caller name", "Caller number", "Reason", "Notes", "Promise"} <= reached
