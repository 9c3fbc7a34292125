"""Clocks that are set, nights of changed clocks, computers that sleep: no duration changes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from companion.core.calls import Call
from companion.hand import SLEPT
from tests.calling import NOON, Program


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


# -- clocks


@pytest.mark.parametrize("wall", [-3600, 3600, -86400 * 400])
def test_a_wall_clock_that_is_set_changes_no_duration(program: Program, live: Call, wall: int) -> None:
    clock, board = program.clock, program.desk.board
    clock.set_wall(clock.now() + timedelta(seconds=wall), "America/New_York")
    board.tick()
    board.hold()
    clock.advance(30.0)
    board.resume()
    clock.set_wall(NOON)
    clock.advance(10.0)
    board.end()
    clock.advance(5.0)
    assert times(program, live.id) == (70.0, 30.0, 5.0)
    assert board.doubts == []


def test_the_night_of_changed_clocks_changes_no_duration(program: Program) -> None:
    clock, board = program.clock, program.desk.board
    clock.set_wall(NOON.replace(month=10, day=25, hour=0, minute=55))
    hours = [clock.local().hour]
    call = board.start()
    clock.advance(600.0)
    hours.append(clock.local().hour)
    assert (hours, times(program, call.id)) == ([2, 2], (600.0, 0.0, 0.0))
    at = [e.at for e in program.desk.history.events(call.id)]
    board.end()
    at += [e.at for e in program.desk.history.events(call.id)][1:]
    assert at == ["2026-10-25T00:55:00.000Z", "2026-10-25T01:05:00.000Z"]


def test_a_suspend_is_no_talk_and_is_asked_about_once(program: Program, live: Call) -> None:
    clock, board = program.clock, program.desk.board
    clock.sleep(3600.0)
    clock.advance(1.0)
    board.tick()
    assert times(program, live.id) == (61.0, 0.0, 0.0)
    (doubt,) = board.doubts
    assert (doubt.call_id, doubt.cause, doubt.gap_s) == (live.id, "sleep", 3600.0)
    assert doubt.since == NOON + timedelta(seconds=61)
    clock.advance(1.0)
    board.tick()
    assert board.doubts == [doubt]
    board.go_on(live.id)
    board.tick()
    assert board.doubts == []
    clock.sleep(SLEPT + 1)
    board.tick()
    assert len(board.doubts) == 1


def test_a_nap_is_not_asked_about(program: Program, live: Call) -> None:
    program.clock.sleep(SLEPT)
    program.desk.board.tick()
    program.clock.sleep(SLEPT)
    program.desk.board.tick()
    assert program.desk.board.doubts == []


def test_a_suspend_without_a_conversation_is_nothing(program: Program, live: Call) -> None:
    board = program.desk.board
    board.end()
    program.clock.sleep(3600.0)
    board.tick()
    board.start("B")
    board.tick()
    assert board.doubts == []
    assert times(program, live.id) == (60.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("said", "talk"),
    [(-3600, 61.0), (-1800, 61.0), (-3601, 60.0), (-9999, 60.0), (0, 61.0), (1, 62.0), (99, 63.0)],
)
def test_where_a_call_ended_that_slept(program: Program, live: Call, said: int, talk: float) -> None:
    clock, board = program.clock, program.desk.board
    board.upset(True)
    clock.advance(1.0)
    clock.sleep(3600.0)
    board.tick()
    woke = clock.now()
    clock.advance(2.0)
    board.write_text(live.id, "notes", "typed while the question waits")
    ended = board.end_at(live.id, woke + timedelta(seconds=said))
    assert (ended.ended_t, times(program, live.id)) == (talk, (talk, 0.0, 0.0))
