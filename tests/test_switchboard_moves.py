"""The verbs of a conversation and of the wrap-up after it: phases, what is typed, done, discarded and restored."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.core.calls import MoveError, State
from companion.switchboard import Switchboard
from tests.calling import Program

MARIA = "+49 30 901820"


@pytest.fixture
def program(data_dir: Path) -> Iterator[Program]:
    program = Program(data_dir)
    yield program
    program.close()


@pytest.fixture
def board(program: Program) -> Switchboard:
    return program.desk.board


def kinds(program: Program, call_id: str) -> list[str]:
    return [e.kind for e in program.desk.history.events(call_id)]


def at_hand(board: Switchboard) -> tuple[str, ...]:
    """Names of the active, the waiting, the ringing call and the one in wrap-up."""
    return tuple(c.name if c else "-" for c in (board.active, board.waiting, board.ringing, board.wrapup))


# -- moving


def test_moves_through_the_phases(board: Switchboard, program: Program) -> None:
    call = board.start()
    for to, state in (
        ("next", "open"),
        ("next", "closed"),
        ("back", "open"),
        ("close", "close"),
        ("next", "close"),
    ):
        assert board.move(to).state == state
    assert kinds(program, call.id) == ["started", *["phase"] * 4]
    with pytest.raises(MoveError):
        board.move("wrapup")


def test_without_a_conversation_moves_are_refused(board: Switchboard) -> None:
    board.ring(MARIA)
    verbs: list[Callable[[], Any]] = [
        lambda: board.move("next"), board.hold, board.resume, lambda: board.upset(True), lambda: board.detour("hold"),
        lambda: board.ask("open"), lambda: board.step("x", True), lambda: board.timer(True), lambda: board.note("x"),
        lambda: board.passed(1.0, "all"), board.finish, board.leave_wrapup, board.reopen,
    ]  # fmt: skip
    for verb in verbs:
        with pytest.raises(MoveError):
            verb()


def test_said_twice_is_said_once(board: Switchboard, program: Program) -> None:
    call = board.start()
    for _ in range(2):
        board.hold()
        board.upset(True)
        board.detour("transfer")
        board.choose(call.id, "reason", "billing")
        board.write_text(call.id, "notes", "x")
        board.passed(100.0, "all")
    for _ in range(2):
        board.resume()
        board.upset(False)
        board.detour("")
    assert kinds(program, call.id) == [
        *["started", "hold", "upset", "detour", "set", "edit", "passed"],
        *["hold", "upset", "detour"],
    ]


def test_questions_steps_and_the_timer(board: Switchboard, program: Program) -> None:
    board.start()
    board.ask("open", "q", "What?")
    board.ask("closed")
    board.step("transfer.ask", True)
    program.clock.advance(3.0)
    call = board.timer(True)
    assert ([a.text for a in call.asked], call.steps, call.timer_t) == (["What?", ""], {"transfer.ask"}, 3.0)


def test_notes_are_added_line_by_line_also_in_the_wrap_up(board: Switchboard) -> None:
    board.start()
    board.note("one")
    board.note("two\0👍\ud800")
    board.end()
    assert board.note("three").text("notes") == "one\ntwo\0👍\ud800\nthree"


def test_typing_goes_to_the_call_that_is_named(board: Switchboard) -> None:
    one, two = board.start("A"), board.start("B")
    board.write_text(one.id, "notes", "for A")
    assert (board.lines.get(one.id).text("notes"), board.lines.get(two.id).text("notes")) == ("for A", "")


# -- the wrap-up


def test_the_next_call_starts_at_once_and_the_wrap_up_is_finished_later(
    board: Switchboard, program: Program
) -> None:
    one = board.start("A")
    board.end("resolved")
    program.clock.advance(10.0)
    board.start("B")
    assert at_hand(board) == ("B", "-", "-", "-")
    program.clock.advance(100.0)
    with pytest.raises(MoveError):
        board.resume_wrapup(one.id)
    board.end()
    program.clock.advance(5.0)
    board.resume_wrapup(one.id)
    assert at_hand(board) == ("-", "-", "-", "A")
    program.clock.advance(20.0)
    done = board.finish()
    assert (done.state, done.outcome, done.wrapup(999.0)) == (State.DONE, "resolved", 30.0)
    assert program.desk.history.due().wrap_ups == 1


def test_a_call_that_has_no_wrap_up_leaves_the_present_one_alone(board: Switchboard) -> None:
    ringing = board.ring(MARIA)
    board.end()
    board.start("A")
    board.end()
    with pytest.raises(MoveError):
        board.resume_wrapup(ringing.id)
    assert at_hand(board) == ("-", "-", "-", "A")


def test_a_wrap_up_that_was_done_is_taken_up_again(board: Switchboard, program: Program) -> None:
    call_id = program.finished(60.0)
    program.clock.advance(500.0)
    board.resume_wrapup(call_id)
    program.clock.advance(5.0)
    assert board.finish().wrapup(0.0) == 0.0
    assert board.lines.get(call_id).handle(1e6) == 65.0


@pytest.mark.parametrize("state", [State.DONE, State.MISSED, State.WRAPUP])
def test_discarded_and_restored_it_is_as_before(board: Switchboard, program: Program, state: State) -> None:
    if state == State.MISSED:
        call_id = board.ring(MARIA).id
        board.end()
    else:
        call_id = program.finished(60.0)
        if state == State.WRAPUP:
            board.resume_wrapup(call_id)
            board.leave_wrapup()
    history = program.desk.history
    row, due = history.row(call_id), history.due()
    board.discard(call_id)
    assert (history.recent(5), history.due().call_backs, history.due().wrap_ups) == ([], 0, 0)
    board.restore(call_id)
    assert (history.row(call_id), history.due()) == (row, due)


def test_a_live_call_discarded_is_gone_and_comes_back_in_wrap_up(
    board: Switchboard, program: Program
) -> None:
    call = board.start("A")
    board.upset(True)
    program.clock.advance(60.0)
    board.discard(call.id)
    assert (board.current, program.desk.status()["call"]) == (None, None)
    program.clock.advance(60.0)
    back = board.restore(call.id)
    assert (back.state, back.wrapup_open, back.upset, back.talk(999.0)) == (State.WRAPUP, False, False, 60.0)


def test_what_was_promised_is_kept_also_long_after(board: Switchboard, program: Program) -> None:
    call = board.start("A")
    board.write_text(call.id, "promise.what", "call back")
    board.write_text(call.id, "message.for", "Ann")
    board.mark_done(call.id, "promise", True)
    assert board.active is not None
    board.end()
    board.finish()
    board.mark_done(call.id, "slip", True)
    board.mark_done(call.id, "promise", False)
    due = program.desk.history.due()
    assert (due.promises, due.messages) == (1, 0)
    assert board.lines.calls() == []
    with pytest.raises(MoveError):
        board.mark_done(call.id, "call_back", True)
