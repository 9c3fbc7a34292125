"""Clocks that jump, computers that sleep, programs that are killed: the call stands where it stood; asked is once."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.core.calls import Call, MoveError, State, fold
from companion.hand import FORGOTTEN, RINGS
from companion.switchboard import Switchboard
from tests.calling import NOON, Program

MARIA = "+49 30 901820"


@pytest.fixture
def program(data_dir: Path) -> Iterator[Program]:
    program = Program(data_dir)
    yield program
    program.close()


@pytest.fixture
def live(program: Program) -> Call:
    """A call that has gone on for a minute, the last sign of life at its end."""
    call = program.desk.board.start("Maria")
    program.clock.advance(60.0)
    program.desk.board.lines.sign_of_life()
    return call


def times(program: Program, call_id: str) -> tuple[float, float, float]:
    """Talk, hold and wrap-up now."""
    lines = program.desk.board.lines
    call, t = lines.get(call_id), lines.time_of(call_id)
    return (round(call.talk(t), 3), round(call.hold(t), 3), round(call.wrapup(t), 3))


# -- a killed program


def story(board: Switchboard, clock: Any) -> None:
    """A bit of everything, two calls among it."""

    def then(seconds: float, verb: Callable[[], Any]) -> None:
        clock.advance(seconds)
        verb()

    def edit(name: str, text: str) -> Callable[[], Any]:
        return lambda: board.write_text(board.current.id, name, text) if board.current else None

    then(0.0, lambda: board.ring(MARIA, "Maria"))
    then(4.0, lambda: board.start(number="030 901820"))
    then(5.0, lambda: board.move("open"))
    then(2.0, edit("notes", "Charged\0 twice 👍\ud800"))
    then(9.0, lambda: board.ask("open", "q1", "What happened?"))
    then(3.0, lambda: board.upset(True))
    then(8.0, board.hold)
    then(1.0, edit("notes", "Charged twice"))
    then(31.0, lambda: board.start("Ann", "billing"))
    then(12.0, lambda: board.detour("transfer"))
    then(1.0, lambda: board.step("transfer.why", True))
    then(2.0, board.swap)
    then(7.0, lambda: board.upset(False))
    then(3.0, lambda: board.timer(True))
    then(6.0, lambda: board.passed(90.0, "setting"))
    then(5.0, lambda: board.end("resolved"))
    then(2.0, board.resume)
    then(40.0, lambda: board.move("close"))
    then(9.0, board.end)
    then(3.0, board.reopen)
    then(9.0, board.end)
    then(3.0, edit("promise.what", "call back"))
    then(8.0, board.finish)


def test_killed_between_any_two_events_the_calls_stand_where_they_stood(
    program: Program, tmp_path: Path
) -> None:
    store, board, clock = program.desk.store, program.desk.board, program.clock
    copies: list[tuple[Path, list[Call], float, Any]] = []

    def keep(_change: object) -> None:
        folder = tmp_path / f"copy-{len(copies)}"
        folder.mkdir()
        copy = sqlite3.connect(folder / "companion.db")
        store.connection.backup(copy)
        copy.close()
        ids = [row[0] for row in store.read("SELECT id FROM calls ORDER BY n")]
        calls = [fold(call_id, program.desk.history.events(call_id)) for call_id in ids]
        copies.append((folder, calls, clock.awake(), clock.now()))

    program.desk.subscribe(keep)
    story(board, clock)
    assert len(copies) > 20
    for folder, calls, awake, now in copies:
        clock._awake = clock._boot = awake  # the moment of the copy, in the same boot
        clock.set_wall(now)
        clock.advance(30.0)
        again = Program(folder, clock)
        hand = again.desk.board
        for call in calls:
            found = hand.lines.get(call.id)
            if call.live:
                assert found == call
                late = hand.lines.time_of(call.id) - call.last_t
                assert 30.0 - 1e-6 <= late <= 80.0  # at most since the last event of the other call
            elif call.wrapup_open:
                assert (found.state, found.wrapup_open) == (State.WRAPUP, False)
                assert found.handle(1e9) == call.handle(call.last_t)
            else:
                assert found == call
        live = [c.id for c in calls if c.live]
        assert sorted(d.call_id for d in hand.doubts) == sorted(live)
        assert len(live) <= 2
        assert sum(not c.held for c in calls if c.live) <= 1
        again.close()


def test_after_a_crash_it_is_asked_once_and_time_goes_on(program: Program, live: Call) -> None:
    program.clock.advance(8.0)
    program.crash()
    program.clock.advance(2.0)
    board = program.desk.board
    (doubt,) = board.doubts
    assert (doubt.cause, doubt.gap_s, doubt.since) == ("crash", 8.0, NOON + timedelta(seconds=60))
    assert times(program, live.id) == (70.0, 0.0, 0.0)
    call = board.go_on(live.id)
    assert (board.doubts, call.live, board.active) == ([], True, call)
    assert program.desk.history.events(live.id)[-1].data == {"cause": "crash", "gap": 8.0}
    with pytest.raises(MoveError):
        board.go_on(live.id)
    with pytest.raises(MoveError):
        board.end_at(live.id, NOON)


@pytest.mark.parametrize(
    ("said", "talk"), [(60, 60.0), (65, 65.0), (30, 40.0), (-9999, 40.0), (99999, 108.0), (100, 100.0)]
)
def test_where_a_call_ended_while_the_program_was_gone(program: Program, said: int, talk: float) -> None:
    board = program.desk.board
    call = board.start("Maria")
    program.clock.advance(40.0)
    board.ask("open")
    program.clock.advance(20.0)
    board.lines.sign_of_life()
    program.crash()
    program.clock.advance(48.0)
    ended = program.desk.board.end_at(call.id, NOON + timedelta(seconds=said))
    assert (ended.state, ended.wrapup_open, ended.ended_t) == (State.WRAPUP, False, talk)
    assert times(program, call.id) == (talk, 0.0, 0.0)
    assert (program.desk.board.doubts, program.desk.board.current) == ([], None)
    assert program.desk.history.due().wrap_ups == 1


def test_what_is_typed_while_the_question_waits_makes_no_call_longer(program: Program, live: Call) -> None:
    program.crash()
    program.clock.advance(3600.0)
    board = program.desk.board
    board.write_text(live.id, "notes", "She hung up")
    board.choose(live.id, "reason", "billing")
    assert len(board.doubts) == 1
    board.end_at(live.id, board.doubts[0].since)
    assert times(program, live.id) == (60.0, 0.0, 0.0)
    row = program.desk.history.row(live.id)
    assert row is not None
    assert (row.talk_s, row.handle_s) == (60.0, 60.0)
    assert board.lines.get(live.id).text("notes") == "She hung up"


def test_killed_again_before_the_answer_the_end_can_still_be_told(program: Program, live: Call) -> None:
    program.crash()
    program.clock.advance(600.0)
    program.desk.board.write_text(live.id, "notes", "x")
    program.crash()
    program.clock.advance(10.0)
    board = program.desk.board
    assert times(program, live.id) == (670.0, 0.0, 0.0)
    board.end_at(live.id, NOON + timedelta(seconds=61))
    assert board.lines.get(live.id).ended_t == 61.0


def test_the_clock_does_not_answer_the_question(program: Program, live: Call) -> None:
    program.crash()
    program.clock.advance(3600.0)
    desk = program.desk
    desk.tick()
    assert len(desk.board.doubts) == 1
    assert desk.board.lines.get(live.id).passed_t is None
    desk.board.passed(300.0, "setting")
    assert len(desk.board.doubts) == 1
    desk.board.go_on(live.id)
    assert desk.board.doubts == []


def test_a_call_that_goes_on_passes_the_mark(program: Program, live: Call) -> None:
    program.crash()
    program.clock.advance(3600.0)
    program.desk.board.go_on(live.id)
    program.desk.tick()
    assert program.desk.board.lines.get(live.id).passed_t == 3660.0


def test_another_call_does_not_answer_the_question(program: Program, live: Call) -> None:
    program.crash()
    program.clock.advance(3600.0)
    board = program.desk.board
    board.start("Ann")
    assert [d.call_id for d in board.doubts] == [live.id]
    program.clock.advance(5.0)
    board.end_at(live.id, board.doubts[0].since)
    assert times(program, live.id) == (60.0, 0.0, 0.0)
    assert board.active is not None
    assert (board.active.name, board.waiting) == ("Ann", None)


def test_the_answer_leaves_a_wrap_up_that_goes_on_alone(program: Program, live: Call) -> None:
    program.crash()
    board = program.desk.board
    board.start("Ann")
    board.end()
    assert board.wrapup is None  # the one in doubt is still at hand, so this wrap-up waits
    ann = next(row for row in program.desk.history.recent(5) if row.name == "Ann")
    board.end_at(live.id, board.doubts[0].since)
    board.resume_wrapup(ann.id)
    assert board.wrapup is not None
    assert board.wrapup.id == ann.id


@pytest.mark.parametrize("verb", ["move", "hold", "ask", "end", "discard"])
def test_who_works_on_the_call_has_answered(program: Program, live: Call, verb: str) -> None:
    program.crash()
    board = program.desk.board
    seen: list[int] = []
    program.desk.subscribe(lambda _: seen.append(len(board.doubts)))
    verbs: dict[str, Callable[[], Any]] = {
        "move": lambda: board.move("open"),
        "hold": board.hold,
        "ask": lambda: board.ask("open"),
        "end": board.end,
        "discard": lambda: board.discard(live.id),
    }
    verbs[verb]()
    assert board.doubts == []
    assert set(seen) == {0}


def test_a_refused_move_leaves_the_question_open(program: Program, live: Call) -> None:
    program.crash()
    with pytest.raises(MoveError):
        program.desk.board.move("nowhere")
    assert len(program.desk.board.doubts) == 1


def test_a_discarded_call_in_doubt_can_be_restored(program: Program, live: Call) -> None:
    program.crash()
    board = program.desk.board
    board.discard(live.id)
    assert (board.current, board.doubts) == (None, [])
    board.restore(live.id)
    assert program.desk.history.due().wrap_ups == 1


def test_after_a_reboot_the_gap_is_the_walls(program: Program, live: Call) -> None:
    program.clock.reboot("boot-2", off_for=300.0)
    program.crash()
    (doubt,) = program.desk.board.doubts
    assert doubt.gap_s == 300.0
    assert times(program, live.id) == (360.0, 0.0, 0.0)


def test_after_a_reboot_with_the_wall_set_back_there_is_no_gap(program: Program, live: Call) -> None:
    program.clock.reboot("boot-2", off_for=-3600.0)
    program.crash()
    assert program.desk.board.doubts[0].gap_s == 0.0
    program.desk.board.end_at(live.id, program.desk.board.doubts[0].since)
    assert times(program, live.id) == (60.0, 0.0, 0.0)


def test_in_the_same_boot_the_wall_may_say_what_it_likes(program: Program, live: Call) -> None:
    program.clock.set_wall(NOON - timedelta(days=2))
    program.clock.advance(7.0)
    program.crash()
    assert times(program, live.id) == (67.0, 0.0, 0.0)
    assert program.desk.board.doubts[0].gap_s == 7.0


def test_both_of_two_calls_are_asked_about(program: Program, live: Call) -> None:
    board = program.desk.board
    two = board.start("Ann")
    program.clock.advance(10.0)
    program.crash()
    board = program.desk.board
    assert {d.call_id for d in board.doubts} == {live.id, two.id}
    assert board.active is not None
    assert board.waiting is not None
    assert (board.active.name, board.waiting.name) == ("Ann", "Maria")
    assert times(program, live.id) == (60.0, 10.0, 0.0)
    board.go_on(two.id)
    assert [d.call_id for d in board.doubts] == [live.id]


def test_a_wrap_up_that_was_left_running_ends_with_its_last_sign_of_life(
    program: Program, live: Call
) -> None:
    board = program.desk.board
    board.end()
    program.clock.advance(30.0)
    board.lines.sign_of_life()
    program.clock.advance(900.0)
    program.crash()
    board = program.desk.board
    assert (board.current, board.doubts) == (None, [])
    assert times(program, live.id) == (60.0, 0.0, 30.0)
    assert program.desk.history.due().wrap_ups == 1


@pytest.mark.parametrize(("late", "state"), [(RINGS, State.RINGING), (RINGS + 1, State.MISSED)])
@pytest.mark.parametrize("reboot", [False, True])
def test_a_call_that_rang_is_missed_after_two_minutes(
    program: Program, late: float, state: State, reboot: bool
) -> None:
    call = program.desk.board.ring(MARIA)
    if reboot:
        program.clock.reboot("boot-2", off_for=late)
    else:
        program.clock.advance(late)
    program.crash()
    board = program.desk.board
    assert (board.lines.get(call.id).state, board.doubts) == (state, [])
    assert (board.ringing is None) == (state == State.MISSED)
    assert program.desk.history.due().call_backs == (state == State.MISSED)


def test_a_call_without_any_sign_of_life_keeps_no_program_from_starting(program: Program, live: Call) -> None:
    program.desk.store.connection.execute("UPDATE call_signs SET at = 'no time at all', boot_id = 'lost'")
    program.crash()
    board = program.desk.board
    assert [d.call_id for d in board.doubts] == [live.id]
    assert board.active is not None


def test_on_a_disk_that_refuses_the_calls_are_taken_up_all_the_same(program: Program) -> None:
    board = program.desk.board
    call = board.start("Maria")
    board.end()
    program.clock.advance(10.0)
    program.desk.store.connection.execute("PRAGMA query_only = ON")
    again = Switchboard(program.desk.history, program.clock, program.desk.number_parts)
    assert again.lines.trouble is not None
    assert again.lines.unsaved
    assert (again.wrapup, again.lines.get(call.id).wrapup_open) == (None, False)
    program.desk.store.connection.execute("PRAGMA query_only = OFF")
    again.tick()
    assert (again.lines.trouble, again.lines.calls()) == (None, [])


def test_a_wrap_up_that_nobody_touches_is_left_where_it_was_last_touched(program: Program) -> None:
    board, clock = program.desk.board, program.clock
    call = board.start("Maria")
    clock.advance(60)
    board.end()
    clock.advance(20)
    board.choose(call.id, "outcome", "resolved")
    clock.advance(FORGOTTEN - 1)
    board.tick()
    assert board.wrapup is not None
    clock.advance(12 * 3600)
    board.tick()
    assert board.wrapup is None
    assert board.lines.get(call.id).wrapup(1e9) == 20.0


def test_what_the_computer_slept_before_a_call_is_no_doubt_about_it(program: Program) -> None:
    board, clock = program.desk.board, program.clock
    clock.sleep(8 * 3600)
    board.start("Maria")
    clock.advance(1)
    board.tick()
    assert board.doubts == []
    clock.sleep(120)
    board.tick()
    assert [doubt.cause for doubt in board.doubts] == ["sleep"]
