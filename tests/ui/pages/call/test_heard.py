"""What a screen reader is told in a call: a ring, what to say now, a tick, the wrap-up; each once."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from companion.desk import Desk
from companion.ui.window import MainWindow

OFFSCREEN = pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)


@OFFSCREEN
def test_a_ring_is_told_once(desk: Desk, window: MainWindow, hands: Any, heard: list[str]) -> None:
    desk.board.ring("+49 30 901820")
    window.show_ringing()
    assert [words for words in heard if "Ringing" in words] == ["Ringing: +49 30 901820"]
    for _turn in range(3):
        window.refresh()
        hands.wait(1)
    assert len([words for words in heard if "Ringing" in words]) == 1


@OFFSCREEN
def test_a_name_from_outside_is_told_as_plain_text(desk: Desk, window: MainWindow, heard: list[str]) -> None:
    desk.board.ring("+49 30 901820", "<b>Mad\nHatter</b>\x1b[31m" + "w" * 900)
    window.show_ringing()
    told = next(words for words in heard if words.startswith("Ringing"))
    assert told.startswith("Ringing: <b>Mad Hatter</b>") and len(told) < 120
    assert "\n" not in told and "\x1b" not in told


def test_a_phase_is_told_with_what_to_say_and_then_no_more(live: Any, hands: Any, heard: list[str]) -> None:
    hands.command("open")
    assert heard == [f"{live.guide._face.title}. {live.guide.prompt.text()}"]
    for _second in range(4):
        hands.wait(1)
    assert len(heard) == 1
    hands.type(".")
    assert len(heard) == 2 and heard[1].endswith(live.guide.prompt.text()) and heard[0] != heard[1]


@pytest.mark.parametrize("detour", ["hold", "upset", "transfer", "message"])
def test_a_detour_is_told_once_and_the_way_back_too(
    live: Any, hands: Any, heard: list[str], detour: str
) -> None:
    first = live.guide.prompt.text()
    hands.command(detour)
    hands.wait(1)
    assert len(heard) == 1 and live.guide.prompt.text() in heard[0] and first not in heard[0]
    hands.press(Qt.Key.Key_Escape)
    if detour in ("hold", "upset"):
        hands.command(detour)
    hands.wait(1)
    assert len(heard) == 2 and first in heard[1]


def test_a_name_typed_in_is_no_news(live: Any, hands: Any, heard: list[str]) -> None:
    hands.command("hold")
    before = live.guide.prompt.text()
    heard.clear()
    hands.command("go_caller")
    hands.type("Maria")
    hands.press(Qt.Key.Key_Escape)
    hands.wait(1)
    assert live.guide.prompt.text() != before and "Maria" in live.guide.prompt.text()
    assert heard == []


def test_a_digit_tells_what_it_ticked(live: Any, hands: Any, heard: list[str]) -> None:
    hands.command("open")
    heard.clear()
    row = live.guide.checks[1].text()
    hands.type("2")
    hands.type("2")
    assert heard == [f"{row}, ticked", f"{row}, not ticked"]


def test_the_next_call_begins_with_what_to_say(desk: Desk, live: Any, hands: Any, heard: list[str]) -> None:
    desk.end()
    hands.settle()
    assert heard == ["Wrap-up"]
    desk.board.finish()
    hands.settle()
    desk.start()
    hands.settle()
    assert heard[1:] == [f"{live.guide._face.title}. {live.guide.prompt.text()}"]


def test_the_wrap_up_is_told_once(desk: Desk, live: Any, hands: Any, heard: list[str]) -> None:
    hands.command("end")
    for _second in range(3):
        hands.wait(1)
    assert heard == ["Wrap-up"]


def test_what_can_be_taken_back_is_told_with_the_way_to(
    desk: Desk, window: MainWindow, live: Any, hands: Any, heard: list[str]
) -> None:
    window.notices.offer_restore(hands.call.id)
    window.actions_.refused.emit("That key has nothing to do here just now.")
    window.note_problem("The playbook is broken.")
    assert heard == [
        "The call was discarded. Undo",
        "That key has nothing to do here just now.",
        "Warning: The playbook is broken.",
    ]
