"""The guide panel: the words to say, rows ticked by digits, gaps that can be seen, detours with their own fields."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLineEdit

from companion.desk import Desk
from companion.ui.pages.call.present import ROWS
from companion.ui.window import MainWindow


def rows(live: Any) -> list[str]:
    return [row.text() for row in live.guide.checks if row.isVisible()]


# -- rows
def test_a_digit_ticks_exactly_the_row_that_bears_it(live: Any, hands: Any) -> None:
    hands.command("open")
    for digit in range(1, ROWS + 1):
        row = live.guide.checks[digit - 1]
        assert row.key_hint() == str(digit)
        hands.type(str(digit))
        assert hands.call.asked[-1].text == row.text()
        assert [c.isChecked() for c in live.guide.checks] == [n <= digit for n in range(1, ROWS + 1)]
    hands.type("3")
    assert [c.isChecked() for c in live.guide.checks] == [True, True, False, True, True, True]
    before = hands.call
    hands.type("789")
    assert hands.call.asked == before.asked


def test_nought_leafs_through_all_rows_and_round(desk: Desk, live: Any, hands: Any) -> None:
    hands.command("open")
    every = [q.text for q in desk.playbook.guide("open").questions_for("")]
    assert len(every) > ROWS
    seen: list[str] = []
    while not set(rows(live)) <= set(seen):
        seen += rows(live)
        hands.type("0")
    assert len(seen) == len(every)
    hands.type("0")
    second = rows(live)[0]
    hands.type("1")
    assert [a.text for a in hands.call.asked] == [second]
    hands.type("0" * 20)
    assert len(hands.call.asked) == 1


def test_a_tick_moves_no_row_and_keeps_the_focus(live: Any, hands: Any) -> None:
    def places() -> list[Any]:
        shown = [check for check in live.guide.checks if check.isVisible()]
        return [(c.text(), c.geometry().getRect(), c.mapTo(live.guide, c.rect().topLeft())) for c in shown]

    for phase in ("open", "closed", "close", "transfer", "message", "upset", "hold"):
        hands.press(Qt.Key.Key_Escape)  # out of the guide before
        hands.command(phase)
        at = places()
        assert at, phase
        for n in range(min(3, len(at))):
            hands.click(live.guide.checks[n])
            assert places() == at
            assert hands.focus is live.guide.checks[n]
            hands.press(Qt.Key.Key_Space)
            assert places() == at
            hands.type(str(n + 1))
            assert places() == at and live.guide.checks[n].isChecked()


def test_a_row_is_a_check_box_named_by_its_text(live: Any, hands: Any) -> None:
    hands.command("closed")
    assert all(row.accessibleName() == row.text() for row in live.guide.checks if row.isVisible())
    hands.click(live.guide.checks[0])
    assert [a.kind for a in hands.call.asked] == ["closed"]


def test_the_deck_fits_the_reason(desk: Desk, live: Any, hands: Any) -> None:
    hands.command("open")
    before = rows(live)
    desk.board.choose(hands.call.id, "reason", "billing")
    hands.settle()
    assert rows(live) != before


# -- words
def test_a_missing_value_is_a_gap_that_can_be_seen(desk: Desk, live: Any, hands: Any) -> None:
    prompt = live.guide.prompt
    assert "‹company?›" in prompt.text() and "‹agent?›" in prompt.text()
    cursor = QTextCursor(prompt.document())
    cursor.setPosition(prompt.text().index("‹company?›") + 3)
    assert cursor.charFormat().fontUnderline()
    desk.prefs.set("company", "Blue Parcel")
    desk.prefs.set("agent", "Ana")
    hands.settle()
    assert prompt.text() == "Good morning, Blue Parcel, this is Ana. How can I help you today?"


def test_a_value_is_never_read_as_a_field_or_as_markup(desk: Desk, live: Any, hands: Any) -> None:
    desk.prefs.set("company", "<b>{agent}</b>")
    hands.settle()
    assert "<b>{agent}</b>, this is" in live.guide.prompt.toPlainText()


@pytest.mark.parametrize(
    ("utc", "words"),
    [
        ((10, 59), "Good morning"),
        ((11, 0), "Good afternoon"),
        ((16, 59), "Good afternoon"),
        ((17, 0), "Good evening"),
    ],
)
def test_the_salutation_goes_by_the_local_time(
    desk: Desk, window: MainWindow, hands: Any, clock: Any, utc: tuple[int, int], words: str
) -> None:
    clock.set_wall(datetime(2026, 11, 20, *utc, tzinfo=UTC))
    hands.command("start")
    assert window.call_page.live.guide.prompt.text().startswith(words + ",")


def test_another_line_leafs_and_comes_back(live: Any, hands: Any) -> None:
    hands.command("open")
    first, seen = live.guide.prompt.text(), set()
    while live.guide.prompt.text() not in seen:
        seen.add(live.guide.prompt.text())
        hands.click(live.guide.other)
    assert live.guide.prompt.text() == first and len(seen) > 2


def test_upset_tabs_show_their_own_steps(live: Any, hands: Any) -> None:
    hands.command("upset")
    seen = []
    for tab in list(live.guide._tab_buttons):
        hands.click(tab)
        seen.append((live.guide.prompt.text(), tuple(rows(live))))
    assert len(set(seen)) == len(seen) > 4


def test_the_empathy_line_names_emotion_and_source(live: Any, hands: Any) -> None:
    hands.command("upset")
    line = live.lead.empathy.line
    assert "‹emotion?›" in line.text() and "‹source?›" in line.text()
    live.lead.empathy.emotion.lineEdit().setFocus()
    hands.type("cross")
    assert "cross" in line.text() and "‹emotion?›" not in line.text()
    hands.press(Qt.Key.Key_Escape)
    assert hands.call.text("upset.emotion") == "cross"


# -- closed questions, message, transfer
def test_a_field_is_read_back_as_one_types(desk: Desk, live: Any, hands: Any) -> None:
    hands.command("closed")
    fields = live.lead.field_lists["closed"]
    mail = fields.edits["closed.field.email"].edit
    hands.click(mail)
    hands.type("a.b@x.de")
    assert fields._lines["closed.field.email"].isVisible()
    read = fields._lines["closed.field.email"].text()
    assert " at " in read and " dot " in read
    for _sign in "a.b@x.de":
        hands.press(Qt.Key.Key_Backspace)
    assert not fields._lines["closed.field.email"].isVisible()


def test_the_message_slip_is_filled_in_and_kept(desk: Desk, live: Any, hands: Any) -> None:
    desk.board.write_text(hands.call.id, "name", "Maria")
    desk.board.write_text(hands.call.id, "number", "+49 30 901820")
    hands.command("message")
    slip = {name: box.edit for name, box in live.lead.field_lists["message"].edits.items()}
    assert slip["message.from"].text() == "Maria" and slip["message.number"].text() == "+49 30 901820"
    hands.click(slip["message.for"])
    hands.type("Mr Keller")
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    slip["message.from"].setText("Maria Mann")
    hands.command("message")
    assert slip["message.for"].text() == "Mr Keller"
    assert hands.call.text("message.from") == "Maria Mann"
    assert len(rows(live)) == 4
    hands.command("end")
    hands.command("done")
    assert desk.history.due().messages == 1


def test_the_brief_is_made_then_own_then_made_anew(desk: Desk, live: Any, hands: Any) -> None:
    desk.board.write_text(hands.call.id, "name", "Maria")
    hands.command("transfer")
    edit, brief = live.lead.brief.edit, live.lead.brief
    made = edit.toPlainText()
    assert made.startswith("Maria is on the line") and not brief.anew.isVisible()
    desk.board.note("Charged twice")
    hands.settle()
    assert "Charged twice" in edit.toPlainText()
    hands.click(edit)
    hands.type("Urgent! ")
    hands.press(Qt.Key.Key_Escape)
    own = edit.toPlainText()
    assert hands.call.text("brief") == own and "Urgent!" in own and brief.anew.isVisible()
    desk.board.note("Order 4711")
    hands.settle()
    assert edit.toPlainText() == own
    hands.click(brief.copy)
    assert QGuiApplication.clipboard().text() == own and hands.told == "Copied."
    hands.click(brief.anew)
    assert "Order 4711" in edit.toPlainText() and "Urgent!" not in edit.toPlainText()
    hands.command("copy")
    assert QGuiApplication.clipboard().text() == edit.toPlainText()


def test_no_field_of_a_guide_gets_the_focus_by_itself(live: Any, hands: Any) -> None:
    for command in ("closed", "message", "transfer", "upset", "transfer"):
        hands.command(command)
        assert not isinstance(hands.focus, QLineEdit)


def test_one_key_leads_to_the_first_empty_field(live: Any, hands: Any) -> None:
    hands.command("message")
    hands.type(",")
    assert hands.focus.objectName() == "message.for"
    hands.type("Keller")
    hands.press(Qt.Key.Key_Escape)
    hands.type(",")
    assert hands.focus.objectName() == "message.from" and hands.call.live
    hands.press(Qt.Key.Key_Escape)
    hands.command("upset")
    hands.click(live.lead.fill_in)
    assert hands.focus is live.lead.empathy.emotion


def test_tab_goes_on_into_the_fields_of_the_guide(live: Any, hands: Any) -> None:
    hands.command("transfer")
    live.lead.fill_in.setFocus()
    hands.press(Qt.Key.Key_Tab)
    assert hands.focus.objectName() == "transfer.to"


def test_the_page_turns_by_key_and_a_ticked_row_is_seen(window: MainWindow, live: Any, hands: Any) -> None:
    window.resize(1180, 480)
    hands.command("closed")
    bar = live.scroll.verticalScrollBar()
    hands.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    hands.press(Qt.Key.Key_PageUp)
    assert bar.value() == 0
    hands.type("3")
    seen = live.guide.checks[2].visibleRegion().boundingRect()
    assert seen.height() == live.guide.checks[2].height()
    hands.command("close")
    assert bar.value() == 0
