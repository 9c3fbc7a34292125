"""After the call: outcome, promise, reflection and stress, all of it optional, kept, and able to wait."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from companion.core.calls import State
from companion.desk import Desk
from companion.ui.window import MainWindow


@pytest.fixture
def wrapup(desk: Desk, window: MainWindow, hands: Any) -> Any:
    desk.start("Maria", "billing", "+49 30 901820")
    hands.wait(100)
    hands.command("end")
    return window.call_page.wrapup


def test_an_outcome_by_digit_and_by_click_and_taken_back(desk: Desk, wrapup: Any, hands: Any) -> None:
    outcomes = desk.playbook.outcomes()
    for digit in range(1, len(outcomes) + 1):
        assert wrapup.outcomes[digit - 1].key_hint() == str(digit)
        hands.type(str(digit))
        assert hands.call.outcome == outcomes[digit - 1].id
        assert [r.isChecked() for r in wrapup.outcomes[: len(outcomes)]] == [
            n == digit for n in range(1, len(outcomes) + 1)
        ]
    hands.type(str(len(outcomes)))
    assert hands.call.outcome == ""
    hands.click(wrapup.outcomes[1])
    assert hands.call.outcome == outcomes[1].id
    hands.click(wrapup.outcomes[1])
    assert hands.call.outcome == "" and not wrapup.outcomes[1].isChecked()
    hands.type("0")
    assert hands.call.outcome == ""


def test_stress_is_not_given_until_touched_and_can_be_taken_back(wrapup: Any, hands: Any) -> None:
    assert "stress" not in hands.call.values and wrapup.stress_words.text().startswith("Not given")
    hands.click(wrapup.stress[0])
    assert hands.call.values["stress"] == 0 and wrapup.stress_words.text() == "0 / 10"
    hands.click(wrapup.stress[10])
    assert hands.call.values["stress"] == 10
    hands.click(wrapup.stress[10])
    assert hands.call.values["stress"] is None and wrapup.stress_words.text().startswith("Not given")


def test_all_that_is_typed_is_kept(desk: Desk, wrapup: Any, hands: Any) -> None:
    call_id = hands.call.id
    for field in desk.playbook.guide("wrapup").fields:
        edit = next(e for e in wrapup.findChildren(QLineEdit) if e.accessibleName() == field.label)
        edit.setFocus()
        hands.type(f"s{field.id[-3:]}1")
    hands.press(Qt.Key.Key_Escape)
    hands.command("go_promise")
    hands.type("Call back")
    hands.click(wrapup.promise._chips[0])
    hands.command("go_notes")
    hands.type("note")
    hands.press(Qt.Key.Key_Escape)
    hands.command("done")
    call = desk.board.lines.get(call_id)
    assert call.state == State.DONE and call.outcome == ""
    assert {f.id: call.text(f.id) for f in desk.playbook.guide("wrapup").fields} == {
        f.id: f"s{f.id[-3:]}1" for f in desk.playbook.guide("wrapup").fields
    }
    assert (call.text("promise.what"), call.text("notes")) == ("Call back", "note")
    assert call.values["promise.by"] == "2026-11-20T10:31:00.000Z"


def test_times_and_the_true_split_are_told(wrapup: Any, hands: Any) -> None:
    hands.wait(20)
    assert wrapup.time.text() == "00:20"
    assert wrapup.facts.text() == "Wrap-up · talk 1 min 40 s · hold 0 s · handle time 2 min"
    assert wrapup.split.text().startswith("No closed phase. 75 % of the 1 min 40 s was at 1 min 15 s.")


def test_buttons_later_done_and_back(desk: Desk, window: MainWindow, wrapup: Any, hands: Any) -> None:
    hands.click(wrapup.buttons["undo_end"])
    assert hands.call.live and window.call_page.live.isVisible()
    hands.command("end")
    hands.click(wrapup.buttons["later"])
    assert window.call_page.ready.isVisible() and desk.history.due().wrap_ups == 1
    hands.click(window.call_page.ready.rows[0].button)
    assert wrapup.isVisible() and hands.call.name == "Maria"
    hands.click(wrapup.buttons["done"])
    assert desk.board.current is None and desk.history.due().wrap_ups == 0


def test_the_next_call_starts_at_once_and_the_wrap_up_waits(
    desk: Desk, window: MainWindow, wrapup: Any, hands: Any
) -> None:
    hands.type("2")
    hands.command("go_notes")
    hands.type("half a wo")
    hands.press(Qt.Key.Key_Escape)
    hands.command("start")
    assert hands.call.live and hands.call.name == ""
    assert window.call_page.live.side.notes.toPlainText() == ""
    hands.command("end")
    hands.command("done")
    row = window.call_page.ready.rows[0]
    assert row.words.text() == "Wrap-up: Maria" and row.button.label() == "Finish"
    hands.click(row.button)
    assert wrapup.notes.toPlainText() == "half a wo" and wrapup.outcomes[1].isChecked()
