"""Commands by their keys, in every state a call can be in: done, or refused in plain words."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from companion.core.calls import State, fold
from companion.desk import Desk
from companion.ui.keys import COMMANDS
from companion.ui.window import MainWindow

PHASES = ("greeting", "open", "closed", "close")
GUIDES = ("transfer", "message", "badnews", "cantdo", "ready")
FIELDS = {
    "go_caller": "Caller name",
    "go_number": "Caller number",
    "go_reason": "Reason",
    "go_notes": "Notes",
    "go_promise": "Promise",
}


def nothing(desk: Desk) -> None:
    """No call at hand."""


def ringing(desk: Desk) -> None:
    desk.board.ring("+49 30 901820")


def live(desk: Desk) -> None:
    desk.start("Maria", "billing", "+49 30 901820")


def held(desk: Desk) -> None:
    live(desk)
    desk.board.hold()


def upset(desk: Desk) -> None:
    live(desk)
    desk.board.upset(True)


def transferring(desk: Desk) -> None:
    live(desk)
    desk.board.detour("transfer")


def two(desk: Desk) -> None:
    live(desk)
    desk.start("Second", "", "+44 20 7946 0018")


def two_and_ringing(desk: Desk) -> None:
    two(desk)
    desk.board.ring("+44 20 7946 0111")


def wrapup(desk: Desk) -> None:
    live(desk)
    desk.end()


def wrapup_and_ringing(desk: Desk) -> None:
    wrapup(desk)
    ringing(desk)


STATES = (nothing, ringing, live, held, upset, transferring, two, two_and_ringing, wrapup, wrapup_and_ringing)


def clear(desk: Desk, window: MainWindow, hands: Any) -> None:
    """Nothing at hand, the call page in front."""
    if window._sheet is not None and window._sheet.isVisible():
        window._sheet.close_sheet()
    if window.in_strip:
        window.show_strip(False)
    window.show_page("call")
    window.notices.word.hide()
    while desk.board.current:
        if desk.board.wrapup:
            desk.board.finish()
        else:
            desk.end()
    window.activateWindow()
    hands.settle()


@pytest.mark.parametrize(
    ("state", "where"),
    [
        *((nothing, "call"), (two_and_ringing, "call"), (live, "strip")),
        *(
            pytest.param(state, where, marks=pytest.mark.slow)
            for state in STATES
            for where in ("call", "settings", "strip")
        ),
    ],
)
def test_any_command_in_any_state_is_done_or_refused(
    desk: Desk, window: MainWindow, hands: Any, state: Callable[[Desk], None], where: str
) -> None:
    silent = []
    for command in COMMANDS:
        clear(desk, window, hands)
        state(desk)
        if where == "settings":
            window.show_page("settings")
        window.show_strip(where == "strip")
        hands.settle()
        before = looks(desk, window, hands)
        hands.command(command.id)
        if looks(desk, window, hands) == before:
            silent.append(command.id)
        for call in desk.board.lines.calls():
            assert fold(call.id, desk.history.events(call.id)) == call
        assert len([c for c in desk.board.lines.calls() if c.live]) <= 2
    # Forward and back stop at the ends, the page that is shown is shown again; without a call there is none to end.
    may = {"back", "greeting"} | {"call": {"call_page"}, "settings": {"settings"}}.get(where, set())
    if state in (nothing, wrapup):
        may |= {"end"}
    assert set(silent) <= may


def looks(desk: Desk, window: MainWindow, hands: Any) -> Any:
    """All that a user could notice."""
    strip = window.shapes.strip
    sheet = window._sheet
    live = window.call_page._live
    return (
        [c.id + repr((c.last_t, c.state, c.held, c.upset, c.detour, c.asked, c.phases, c.timer_t)) for c in
         desk.board.lines.calls()],
        hands.told,
        window._stack.currentWidget(),
        window.in_strip,
        strip.prompt.text() if strip else "",
        sheet is not None and sheet.isVisible(),
        hands.focus.accessibleName() if hands.focus else "",
        live.lead.view if live else None,
    )  # fmt: skip


def test_start_and_end(desk: Desk, hands: Any) -> None:
    hands.command("start")
    assert hands.call.state == State.GREETING
    hands.command("start")
    assert "Put it on hold" in hands.told
    assert len(desk.board.lines.calls()) == 1
    hands.command("end")
    assert hands.call.state == State.WRAPUP


def test_start_answers_the_call_that_rings(desk: Desk, hands: Any) -> None:
    ringing(desk)
    hands.command("start")
    assert hands.call.live and hands.call.number == "+49 30 901820"


def test_end_makes_a_ringing_call_a_missed_one(desk: Desk, window: MainWindow, hands: Any) -> None:
    ringing(desk)
    hands.command("end")
    assert desk.board.current is None
    assert desk.history.due().call_backs == 1
    assert window.call_page.ready.rows[0].button.label() == "Called back"


def test_a_second_call_while_the_first_is_held(desk: Desk, hands: Any) -> None:
    live(desk)
    hands.command("hold")
    hands.command("start")
    assert desk.board.waiting is not None and desk.board.waiting.name == "Maria"
    hands.command("start")
    assert desk.board.active is not None and not desk.board.active.held
    hands.command("hold")
    hands.command("start")
    assert "Two calls" in hands.told


def test_every_phase_from_every_other(live: Any, hands: Any) -> None:
    for other in PHASES:
        for phase in PHASES:
            hands.command(other)
            hands.command(phase)
            assert hands.call.phase == phase
            assert live.header.phases.buttons[phase].current


def test_forward_and_back(live: Any, hands: Any) -> None:
    seen = []
    for command in ("next", "next", "next", "next", "back", "back", "back", "back"):
        hands.command(command)
        seen.append(str(hands.call.phase))
    assert seen == ["open", "closed", "close", "close", "closed", "open", "greeting", "greeting"]


def test_a_guide_is_laid_over_and_taken_off(live: Any, hands: Any) -> None:
    hands.command("open")
    for guide in GUIDES:
        hands.command(guide)
        assert hands.call.detour == guide and hands.call.phase == State.OPEN
        assert live.guide.leave.isVisible()
        hands.command(guide)
        assert hands.call.detour == ""


def test_a_key_leads_into_its_field(live: Any, hands: Any) -> None:
    for command, name in FIELDS.items():
        hands.command(command)
        assert hands.focus.accessibleName() == name
        hands.press(Qt.Key.Key_Escape)


def test_also_in_the_wrap_up(desk: Desk, window: MainWindow, hands: Any) -> None:
    wrapup(desk)
    for command in ("go_notes", "go_promise"):
        hands.command(command)
        assert hands.focus.accessibleName() == FIELDS[command]
        assert window.call_page.wrapup.isAncestorOf(hands.focus)
        hands.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("where", ["settings", "strip"])
def test_a_field_is_reached_from_everywhere(
    desk: Desk, window: MainWindow, hands: Any, live: Any, where: str
) -> None:
    hands.command(where)
    hands.settle()
    hands.command("go_notes")
    assert not window.in_strip and window.isVisible()
    assert live.side.notes.isVisible()
    window.activateWindow()
    hands.qtbot.waitUntil(live.side.notes.hasFocus)


def test_hold_upset_timer_and_swap(desk: Desk, live: Any, hands: Any) -> None:
    for command, name in (("hold", "held"), ("upset", "upset")):
        hands.command(command)
        assert getattr(hands.call, name)
        hands.command(command)
        assert not getattr(hands.call, name)
    hands.command("timer")
    assert hands.call.timer_t is not None
    hands.command("timer")
    assert hands.call.timer_t is None
    first = hands.call.id
    desk.board.start(another=True)
    hands.command("swap")
    assert hands.call.id == first


def test_own_questions_are_counted(live: Any, hands: Any) -> None:
    hands.command("count_open")
    hands.command("count_open")
    hands.command("count_closed")
    assert (hands.call.asked_count("open"), hands.call.asked_count("closed")) == (2, 1)
    assert live.foot.words.text().startswith("Asked: 2 open · 1 closed")


def test_the_end_of_a_call(desk: Desk, window: MainWindow, hands: Any) -> None:
    wrapup(desk)
    hands.command("undo_end")
    assert hands.call.live
    hands.command("end")
    hands.command("later")
    assert desk.board.current is None and desk.history.due().wrap_ups == 1
    wrapup(desk)
    hands.command("done")
    assert desk.board.current is None and desk.history.due().wrap_ups == 1


def test_line_and_cards(live: Any, hands: Any) -> None:
    hands.command("open")
    first = live.guide.prompt.text()
    hands.command("line")
    assert live.guide.prompt.text() != first
    hands.command("cards")
    assert live.guide.card_title.isVisible()
    assert not any(row.isVisible() for row in live.guide.checks)


def test_buttons_do_as_their_keys(desk: Desk, live: Any, hands: Any) -> None:
    head = live.header
    for command in ("hold", "upset", "timer", "transfer", "message"):
        before = hands.call
        hands.click(head.buttons[command])
        assert hands.call != before
        hands.click(head.buttons[command])
    hands.click(head.phases.buttons["closed"])
    assert hands.call.phase == State.CLOSED
    hands.click(live.foot.chips["badnews"])
    assert hands.call.detour == "badnews"
    hands.click(live.guide.leave)
    assert hands.call.detour == ""
    hands.click(head.buttons["end"])
    assert hands.call.state == State.WRAPUP


def test_a_button_first_writes_what_is_typed(desk: Desk, live: Any, hands: Any) -> None:
    """Also where a click does not take the focus, as on macOS."""
    hands.command("go_caller")
    hands.type("Maria")
    live.header.buttons["message"].setFocusPolicy(Qt.FocusPolicy.NoFocus)
    hands.click(live.header.buttons["message"])
    assert hands.call.text("message.from") == "Maria"


def test_a_refusal_is_read_in_the_strip_too(desk: Desk, window: MainWindow, hands: Any, live: Any) -> None:
    hands.command("strip")
    hands.command("swap")
    assert window.shapes.strip is not None
    assert window.shapes.strip.prompt.text() == "There is no second call to swap with."
    hands.command("open")
    assert "no second call" not in window.shapes.strip.prompt.text()
