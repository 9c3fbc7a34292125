"""Between calls: the greeting to come, what waits with its buttons and their undo, and the first start."""

from typing import Any

from PySide6.QtCore import Qt

from companion.desk import Desk
from companion.ui.window import MainWindow


def promise(desk: Desk, what: str = "Send the invoice") -> None:
    call = desk.start("Maria", "billing")
    desk.board.write_text(call.id, "promise.what", what)
    desk.board.choose(call.id, "promise.by", "2026-11-20T16:00:00.000Z")
    desk.end()
    desk.board.finish()


def waiting(window: MainWindow) -> list[tuple[str, str]]:
    return [(r.words.text(), r.button.label()) for r in window.call_page.ready.rows if r.isVisible()]


def test_an_empty_start_says_what_to_do(window: MainWindow, hands: Any) -> None:
    ready = window.call_page.ready
    assert ready.title.text() == "Good morning."
    assert "‹company?›" in ready.line.text()
    assert ready.none.isVisible() and not ready.list.isVisible() and not ready.waiting.isVisible()
    hands.click(ready.start)
    assert hands.call.live


def test_the_greeting_is_that_of_the_settings(desk: Desk, window: MainWindow, hands: Any) -> None:
    desk.prefs.set("agent", "Ana")
    desk.prefs.set("company", "Blue Parcel")
    hands.settle()
    ready = window.call_page.ready
    assert ready.title.text() == "Good morning, Ana."
    assert ready.line.text() == "“Good morning, Blue Parcel, this is Ana. How can I help you today?”"


def test_who_rings_is_the_largest_thing(desk: Desk, window: MainWindow, hands: Any) -> None:
    promise(desk)
    desk.board.ring("+49 30 901820", "Maria")
    hands.settle()
    ready = window.call_page.ready
    assert (ready.status.text(), ready.title.text(), ready.start.label()) == ("RINGING", "Maria", "Answer")
    assert ready.start.accessibleName() == "Start call"
    hands.click(ready.start)
    assert hands.call.name == "Maria"


def test_a_caller_known_by_number_is_named_while_it_rings(desk: Desk, window: MainWindow, hands: Any) -> None:
    desk.start("Maria Mann", "", "+49 30 901820")
    desk.end()
    desk.board.finish()
    desk.board.ring("030 90 18 20")
    hands.settle()
    assert window.call_page.ready.title.text() == "Maria Mann"


def test_each_thing_that_waits_has_its_button_and_its_undo(
    desk: Desk, window: MainWindow, hands: Any
) -> None:
    promise(desk)
    call = desk.start("Ben")
    desk.board.write_text(call.id, "message.what", "Please call")
    desk.end()
    desk.board.finish()
    desk.board.ring("+44 20 7946 0018")
    desk.end()
    hands.settle()
    rows = {r.button.label(): r for r in window.call_page.ready.rows if r.isVisible()}
    assert set(rows) == {"Kept", "Delivered", "Called back"}
    assert rows["Kept"].words.text() == "Promise: Send the invoice · Maria"
    assert rows["Kept"].when.text() == "today 17:00"
    assert rows["Kept"].button.accessibleName() == "Kept: Promise: Send the invoice · Maria"
    for label in ("Kept", "Delivered", "Called back"):
        before = waiting(window)
        row = next(r for r in window.call_page.ready.rows if r.isVisible() and r.button.label() == label)
        hands.click(row.button)
        assert len(waiting(window)) == len(before) - 1 and hands.told == "Marked as done."
        hands.click(window.notices.word.buttons[0])
        assert sorted(waiting(window)) == sorted(before)


def test_five_are_named_and_the_rest_is_counted(desk: Desk, window: MainWindow, hands: Any) -> None:
    for n in range(8):
        promise(desk, f"Thing {n}")
    hands.settle()
    assert len(waiting(window)) == 5
    assert window.call_page.ready.rest.text() == "and 3 more"


def test_texts_are_shown_as_they_are(desk: Desk, window: MainWindow, hands: Any) -> None:
    width = window.width()
    promise(desk, "<b>=1+1</b> '; DROP \N{GRINNING FACE}" + "x" * 100_000)
    hands.settle()
    row = window.call_page.ready.rows[0]
    assert row.words.text().startswith("Promise: <b>=1+1</b> '; DROP \N{GRINNING FACE}x")
    assert row.words.textFormat() == Qt.TextFormat.PlainText
    assert window.width() == width >= window.minimumSizeHint().width()
