"""One call of the list, read again, taken up again, discarded and taken back."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from companion.core.calls import State
from companion.desk import Desk
from companion.ui.widgets.readout import ReadOut
from companion.ui.window import MainWindow


@pytest.fixture
def past(desk: Desk, window: MainWindow, hands: Any) -> Any:
    """A finished call, opened by a click on its line."""
    desk.start("Maria", "billing", "+49 30 901820")
    desk.board.note("Charged <b>twice</b>")
    hands.wait(100)
    desk.end("resolved")
    desk.board.finish()
    hands.settle()
    listed = window.call_page.ready.list
    box = listed.visualRect(window.call_page.ready.model.index(0))
    hands.qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    hands.settle()
    assert window.call_page.past.isVisible()
    return window.call_page.past


def told(past: Any) -> dict[str, str]:
    found = {}
    for line in past.findChildren(ReadOut):
        if line.isVisible():
            face = QAccessible.queryAccessibleInterface(line)
            text = face.textInterface()
            found[face.text(QAccessible.Text.Name)] = text.text(0, text.characterCount())
    return found


def test_it_tells_the_call_in_words(past: Any) -> None:
    words = told(past)
    assert words["Reason"] == "Billing" and words["Outcome"] == "Resolved"
    assert words["Notes"] == "Charged <b>twice</b>"
    assert "talk 1 min 40 s" in words["Handle time"]
    assert "was at 1 min 15 s." in words["Split"]


def test_its_wrap_up_is_taken_up_again(desk: Desk, window: MainWindow, past: Any, hands: Any) -> None:
    hands.click(past.resume)
    assert window.call_page.wrapup.isVisible() and hands.call.state == State.WRAPUP
    hands.command("done")
    assert window.call_page.ready.isVisible()


def test_it_is_discarded_and_taken_back(desk: Desk, window: MainWindow, past: Any, hands: Any) -> None:
    hands.click(past.discard)
    assert window.call_page.ready.isVisible() and window.call_page.ready.model.rowCount() == 0
    assert hands.told == "The call was discarded."
    hands.click(window.notices.word.buttons[0])
    assert window.call_page.ready.model.rowCount() == 1 and hands.told == ""
    assert desk.history.recent(1)[0].state == State.DONE


def test_back_by_button_and_by_key(window: MainWindow, past: Any, hands: Any) -> None:
    hands.click(past.back)
    assert window.call_page.ready.isVisible()
    window.call_page.ready.list.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert past.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert window.call_page.ready.isVisible()


def test_a_ring_comes_first_and_the_call_read_comes_back(
    desk: Desk, window: MainWindow, past: Any, hands: Any
) -> None:
    desk.board.ring("+44 20 7946 0018")
    hands.settle()
    assert window.call_page.ready.title.text() == "+44 20 7946 0018"
    desk.end()
    hands.settle()
    assert past.isVisible() and told(past)["Notes"] == "Charged <b>twice</b>"
