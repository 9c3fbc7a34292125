"""The window as a whole: letters stay in fields, Esc leaves step by step, no event takes the focus, closing keeps."""

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from companion.core.calls import State
from companion.desk import Desk
from companion.ui.window import MainWindow

LETTERS = "sehuwazfbgoclTMyxrkijqnpvdD.+-?1234567890"
"""Every sign that is a key of its own."""


def stands(desk: Desk) -> Any:
    call = desk.board.current
    return call and (
        call.id,
        call.state,
        call.held,
        call.upset,
        call.detour,
        call.asked,
        call.steps,
        call.outcome,
    )


# -- letters and digits
def test_signs_typed_into_a_field_stay_there(desk: Desk, live: Any, hands: Any) -> None:
    fields = {
        "name": live.side.name.edit,
        "number": live.side.number.edit,
        "notes": live.side.notes,
        "promise.what": live.side.promise.what.edit,
    }
    before = stands(desk)
    for name, edit in fields.items():
        hands.click(edit)
        hands.type(LETTERS)
        assert (edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()) == LETTERS
        assert stands(desk) == before
        assert hands.focus is edit
        hands.press(Qt.Key.Key_Escape)
        assert hands.call.text(name) == LETTERS


def test_signs_typed_into_an_editable_list_stay_there(desk: Desk, live: Any, hands: Any) -> None:
    hands.command("upset")
    before = stands(desk)
    hands.click(live.lead.empathy.emotion.lineEdit())
    hands.type("sEu19")
    assert live.lead.empathy.emotion.currentText() == "sEu19"
    assert stands(desk) == before
    hands.press(Qt.Key.Key_Escape)
    assert hands.call.text("upset.emotion") == "sEu19"
    assert "sEu19" in live.lead.empathy.line.text()


def test_digits_typed_into_a_time_stay_there(desk: Desk, live: Any, hands: Any) -> None:
    desk.board.choose(hands.call.id, "promise.by", "2026-11-20T15:00:00.000Z")
    hands.command("open")
    by = live.side.promise.by
    by.setFocus()
    by.setSelectedSection(by.Section.HourSection)
    hands.type("1")
    hands.type("4")
    hands.press(Qt.Key.Key_Return)
    assert hands.call.asked == ()
    assert hands.call.values["promise.by"] == "2026-11-20T13:00:00.000Z"


@pytest.mark.parametrize("where", ["button", "list", "combo", "row"])
def test_they_act_while_something_else_has_the_focus(
    desk: Desk, window: MainWindow, hands: Any, where: str
) -> None:
    if where == "list":
        desk.start("Maria")
        desk.end()
        desk.board.finish()
        hands.settle()
        window.call_page.ready.list.setFocus()
        hands.command("start")
        assert hands.call.live
        return
    desk.start()
    live = window.call_page.live
    hands.command("open")
    widgets: dict[str, QWidget] = {
        "button": live.header.buttons["hold"],
        "combo": live.side.reason,
        "row": live.guide.checks[2],
    }
    widgets[where].setFocus()
    hands.type("1")
    assert [a.id for a in hands.call.asked] == [live.guide._rows[0].id]
    hands.type("u")
    assert hands.call.upset
    assert hands.call.reason == ""


# -- Esc
def test_esc_leaves_field_card_detour_in_turn(desk: Desk, live: Any, hands: Any) -> None:
    hands.command("open")
    hands.command("transfer")
    hands.command("upset")
    assert hands.call.detour == ""  # de-escalation comes first
    hands.command("cards")
    assert live.guide.card_title.isVisible()
    hands.command("go_notes")
    hands.press(Qt.Key.Key_Escape)
    assert hands.focus is not live.side.notes and live.guide.card_title.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert not live.guide.card_title.isVisible()
    hands.command("message")
    assert hands.call.detour == "message"
    hands.press(Qt.Key.Key_Escape)
    assert hands.call.detour == "" and hands.call.upset
    before = stands(desk)
    hands.press(Qt.Key.Key_Escape)
    assert stands(desk) == before


def test_esc_leaves_a_detour_at_once_after_a_click_on_a_row(live: Any, hands: Any) -> None:
    hands.command("transfer")
    hands.click(live.guide.checks[0])
    assert hands.call.steps
    hands.press(Qt.Key.Key_Escape)
    assert hands.call.detour == ""


def test_esc_leaves_a_past_call_and_settings(desk: Desk, window: MainWindow, hands: Any) -> None:
    call = desk.start("Maria")
    desk.end()
    desk.board.finish()
    window.call_page.ready.opened.emit(call.id)
    hands.settle()
    assert window.call_page.past.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert window.call_page.ready.isVisible()
    hands.command("settings")
    edit = next(e for e in window._stack.currentWidget().findChildren(QLineEdit) if e.isVisible())
    edit.setFocus()
    hands.press(Qt.Key.Key_Escape)
    assert window._stack.currentWidget() is not window.call_page and not edit.hasFocus()
    hands.press(Qt.Key.Key_Escape)
    assert window._stack.currentWidget() is window.call_page


def test_a_past_call_does_not_come_back_after_the_next_one(
    desk: Desk, window: MainWindow, hands: Any
) -> None:
    call = desk.start("Maria")
    desk.end()
    desk.board.finish()
    window.call_page.ready.opened.emit(call.id)
    hands.command("start")
    hands.command("end")
    hands.command("done")
    assert window.call_page.ready.isVisible()


# -- the focus
@pytest.mark.qt_log_ignore("^This plugin does not support")
@pytest.mark.parametrize("event", ["ring", "note", "phase", "upset", "hold", "tick", "settings"])
def test_no_event_takes_the_focus_from_who_types(
    desk: Desk, window: MainWindow, live: Any, hands: Any, event: str
) -> None:
    hands.command("go_notes")
    hands.type("Charged twice")
    for _step in range(5):
        hands.press(Qt.Key.Key_Left)
    notes = live.side.notes
    if event == "ring":
        desk.board.ring("+49 30 901820")
    elif event == "note":
        window.flush()
        desk.board.note("from outside")
    elif event == "phase":
        desk.board.move("closed")
    elif event == "upset":
        desk.board.upset(True)
    elif event == "hold":
        desk.board.hold()
    elif event == "tick":
        hands.wait(400)
    else:
        desk.prefs.set("agent", "Ana")
    window.show_ringing() if event == "ring" else None
    hands.settle()
    assert hands.focus is notes
    assert notes.textCursor().position() == len("Charged ")
    hands.type("me ")
    assert notes.toPlainText() == "Charged me twice" + ("\nfrom outside" if event == "note" else "")
    window.flush()
    assert hands.call.text("notes") == notes.toPlainText()


def test_notes_go_on_in_the_wrap_up_when_the_end_comes_from_outside(
    desk: Desk, window: MainWindow, live: Any, hands: Any
) -> None:
    hands.command("go_notes")
    hands.type("Charged twice")
    for _step in range(5):
        hands.press(Qt.Key.Key_Left)
    desk.end()
    hands.type("us ")
    assert hands.focus is window.call_page.wrapup.notes
    window.flush()
    assert hands.call.state == State.WRAPUP
    assert hands.call.text("notes") == "Charged us twice"


@pytest.mark.parametrize("event", ["end", "start", "field goes"])
def test_the_rest_of_a_word_is_no_command_when_its_field_goes(
    desk: Desk, window: MainWindow, live: Any, hands: Any, event: str
) -> None:
    if event == "field goes":
        hands.command("closed")
        live.lead.field_lists["closed"].edits["closed.field.email"].edit.setFocus()
    else:
        hands.command("go_caller")
    hands.type("Ma")
    first = hands.call.id
    if event == "end":
        desk.end()
    elif event == "start":
        desk.start("Second", "", "+44 20 7946 0018")
    else:
        desk.board.move("open")
    hands.settle()
    before = stands(desk)
    hands.type("sedu1")
    assert stands(desk) == before
    assert hands.focus is window.call_page
    call = desk.board.lines.get(first)
    assert (call.text("closed.field.email") if event == "field goes" else call.name) == "Ma"
    hands.press(Qt.Key.Key_Escape)
    hands.type("1" if event == "end" else "u")
    assert stands(desk) != before


@pytest.mark.parametrize("by", ["key", "command"])
def test_no_view_begins_in_a_field(desk: Desk, window: MainWindow, hands: Any, by: str) -> None:
    steps = ("start", "open", "upset", "transfer", "message", "hold", "closed", "close", "end", "done")
    for step in steps:
        if by == "key":
            hands.command(step)
        else:
            window.call_page.setFocus()
            window.actions_.run(step)
            hands.settle()
        assert not isinstance(hands.focus, QLineEdit | QComboBox) and hands.focus is window.call_page, step


# -- ringing is seen wherever one is
def test_a_ring_is_seen_in_the_wrap_up(desk: Desk, window: MainWindow, hands: Any) -> None:
    desk.start("Maria")
    desk.end()
    desk.board.ring("+49 30 901820")
    hands.settle()
    second = window.call_page.wrapup.second
    assert second.isVisible() and "+49 30 901820" in second.words.text()
    hands.click(second.button)
    assert hands.call.number == "+49 30 901820" and hands.call.live
    assert desk.history.due().wrap_ups == 1


def test_a_ring_is_seen_on_another_page_and_in_the_strip(desk: Desk, window: MainWindow, hands: Any) -> None:
    window.show_page("settings")
    desk.board.ring("+49 30 901820")
    hands.settle()
    assert window.live_bar.isVisible() and "+49 30 901820" in window.live_bar.who.text()
    hands.command("start")
    assert window._stack.on_call
    window.show_page("settings")
    desk.board.ring("+44 20 7946 0018")
    hands.settle()
    assert "+44 20 7946 0018" in window.live_bar.who.text()
    hands.command("strip")
    assert window.shapes.strip is not None and "+44 20 7946 0018" in window.shapes.strip.who.text()


# -- closing, timers
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_closing_in_a_call_keeps_the_call(desk: Desk, window: MainWindow, live: Any, hands: Any) -> None:
    asked = []
    window.quit_requested.connect(lambda: asked.append(1))
    hands.command("go_notes")
    hands.type("abc")
    window.close()
    hands.settle()
    assert asked == [] and hands.call.live and window.isMinimized()
    assert desk.history.events(hands.call.id)[-1].data["put"] == "abc"
    window.bring_up(activate=True)
    assert not window.isMinimized()
    window.has_tray = True
    window.close()
    assert asked == [] and not window.isVisible()
    window.bring_up(activate=False)
    assert window.isVisible()
    desk.end()
    window.close()
    assert asked == [1]


def active_timers(window: MainWindow) -> list[QTimer]:
    found = [
        *window.findChildren(QTimer),
        *(window.shapes.strip.findChildren(QTimer) if window.shapes.strip else []),
    ]
    # The first look at open time comes once, a minute after the start.
    return [timer for timer in found if timer.isActive() and timer is not window.asking.first_look]


def test_nothing_wakes_up_without_a_call(desk: Desk, window: MainWindow, hands: Any) -> None:
    assert active_timers(window) == []
    hands.command("start")
    assert active_timers(window) == [window._tick]
    hands.command("strip")
    assert active_timers(window) == [window._tick]
    hands.command("strip")
    hands.command("end")
    hands.command("done")
    assert active_timers(window) == []
    desk.board.ring("+49 30 901820")
    hands.settle()
    assert active_timers(window) == []


@pytest.mark.parametrize("spent", [0.0, 0.25, 0.999, 59.5])
def test_one_wake_up_a_second_at_the_full_second(
    desk: Desk, window: MainWindow, live: Any, hands: Any, spent: float
) -> None:
    window._tick.stop()
    hands.clock.advance(spent)
    window._run_clock()
    assert window._tick.isSingleShot()
    left = 1000 * (1 - spent % 1)
    assert max(15, left) <= window._tick.interval() <= max(15, left) + 3
    before = window._tick.interval()
    desk.board.note("x")
    assert window._tick.interval() == before  # news starts no second clock


def test_it_never_opens_larger_than_the_screen(desk: Desk, make_window: Any, qapp: Any, theme: Any) -> None:
    theme.apply(qapp, "light", 2.0)
    window: MainWindow = make_window(desk)
    room = qapp.primaryScreen().availableSize()
    assert window.width() < room.width() and window.height() < room.height()
    theme.apply(qapp, "light", 1.0)


# -- the page Stress
def test_a_page_has_its_keys_only_while_it_is_in_front(desk: Desk, window: MainWindow, hands: Any) -> None:
    window.show_page("stress")
    page = window._stack.stress
    assert page is not None
    page.setFocus()
    hands.type("b")
    assert page.view("breathing").running
    hands.press(Qt.Key.Key_Escape)
    window.show_page("call")
    hands.type("b")
    assert not page.view("breathing").running and not page.isVisible()


def test_the_strip_has_no_keys_of_a_page(desk: Desk, window: MainWindow, hands: Any) -> None:
    window.show_page("stress")
    page = window._stack.stress
    assert page is not None
    window.show_strip(True)
    window.run("back")  # the key B, pressed in the strip
    hands.settle()
    assert not page.view("breathing").running


def test_locking_without_the_page_loads_nothing_of_it(window: MainWindow) -> None:
    window.lock_journal("system")
    assert window._stack.stress is None


def test_a_small_word_of_a_page_and_its_way_back_are_told(window: MainWindow, hands: Any) -> None:
    done: list[str] = []
    window._stack.told.emit("Kept.")
    assert hands.told == "Kept."
    window._stack.undo_offered.emit("Deleted.", lambda: done.append("back"))
    assert hands.told == "Deleted."
    hands.settle()
    hands.click(window.notices.word.buttons[0])
    assert done == ["back"] and hands.told == ""


def test_a_page_key_turns_the_list_of_keys_while_that_is_open(window: MainWindow, hands: Any) -> None:
    window.resize(900, 480)
    hands.settle()
    hands.command("keys")
    bar = window._sheet.area.verticalScrollBar()
    assert bar.maximum() > 0 and bar.value() == 0
    hands.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    hands.press(Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_answering_on_another_page_leads_to_the_words_of_the_greeting(
    desk: Desk, window: MainWindow, hands: Any
) -> None:
    hands.command("time_page")
    desk.board.ring("+44 20 7946 0018")
    hands.settle()
    hands.click(window.live_bar.answer)
    assert desk.board.active is not None and window._stack.on_call


def test_no_button_of_another_page_names_a_letter_that_is_the_calls(
    desk: Desk, window: MainWindow, hands: Any
) -> None:
    window.resize(1180, 760)
    window.show_page("stress")
    hands.settle()
    head = window._stack.stress.head
    assert head.breathe.key_hint() == "B"
    desk.start("Maria")
    hands.settle()
    assert head.breathe.key_hint() == "" and head.check.key_hint() == ""
    window.show_page("time")
    assert "letter fills" not in window._stack.time.day_view.quick._hint
    desk.end()
    desk.board.finish()
    hands.settle()
    assert head.breathe.key_hint() == "B"
    assert "letter fills" in window._stack.time.day_view.quick._hint


@pytest.mark.parametrize("page", ["settings", "stress_page", "time_page"])
def test_a_call_is_started_on_the_page_call_alone(
    desk: Desk, window: MainWindow, hands: Any, page: str
) -> None:
    """Elsewhere a letter beside a field would begin one, and what follows would go into its notes."""
    hands.command(page)
    window._stack.currentWidget().setFocus()
    hands.press(Qt.Key.Key_S)
    assert desk.board.current is None
    desk.board.ring("+44 20 7946 0018")
    hands.settle()
    hands.press(Qt.Key.Key_S)  # one that rings is answered from everywhere
    assert desk.board.active is not None
