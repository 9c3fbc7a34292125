"""The user's own sentences, beside what to say to an upset caller: plain, ready to copy, and only then."""

from typing import Any

from PySide6.QtWidgets import QApplication

from companion.desk import Desk

AT = "2026-11-20T09:30:00.000Z"


def shown(live: Any) -> list[str]:
    return [row.text.text() for row in live.lead.own_words.rows if row.isVisible()]


def test_they_are_shown_while_the_caller_is_upset(desk: Desk, live: Any, hands: Any) -> None:
    desk.responses.add("I want to get this right for you.", AT)
    desk.responses.add("<b>One thing</b> at a time.", AT)
    hands.settle()
    assert not live.lead.own_words.isVisible()
    hands.command("upset")
    assert shown(live) == ["I want to get this right for you.", "<b>One thing</b> at a time."]
    button = live.lead.own_words.rows[1].copy
    assert button.accessibleName() == "Copy: <b>One thing</b> at a time."
    live.scroll.ensureWidgetVisible(button)
    hands.click(button)
    assert QApplication.clipboard().text() == "<b>One thing</b> at a time." and hands.told == "Copied."
    hands.command("upset")
    assert not live.lead.own_words.isVisible()


def test_without_any_there_is_no_empty_heading(live: Any, hands: Any) -> None:
    hands.command("upset")
    assert not live.lead.own_words.isVisible()


def test_those_beyond_the_first_five_are_left_out(desk: Desk, live: Any, hands: Any) -> None:
    for n in range(7):
        desk.responses.add(f"Sentence {n}", AT)
    hands.command("upset")
    assert shown(live) == [f"Sentence {n}" for n in range(5)]
