"""The way of an event: into the call, onto the disk, and not lost where the disk refuses."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.clock import ManualClock
from companion.core.calls import MoveError, State, fold
from companion.core.changes import Change
from companion.lines import Lines
from companion.storage.calls import CallsBook
from companion.storage.store import Store
from tests.calling import NOON, SHIPPED, Program


@pytest.fixture
def program(data_dir: Path) -> Iterator[Program]:
    program = Program(data_dir)
    yield program
    program.close()


@pytest.fixture
def lines(program: Program) -> Lines:
    return program.desk.board.lines


@pytest.fixture
def on_disk(program: Program) -> Callable[[str], list[str]]:
    """The kinds of a call's events in the file."""
    return lambda call_id: [e.kind for e in program.desk.history.events(call_id)]


def put(text: str, at: int = 0) -> dict[str, object]:
    return {"field": "notes", "at": at, "cut": 0, "put": text}


def started(lines: Lines) -> str:
    call_id = lines.new()
    lines.do(call_id, "started")
    return call_id


# -- time


def test_the_time_line_begins_with_the_call(lines: Lines, program: Program) -> None:
    program.clock.advance(500.0)
    call_id = started(lines)
    assert (lines.time_of(call_id), lines.get(call_id).started_t) == (0.0, 0.0)
    program.clock.advance(12.3456)
    assert lines.time_of(call_id) == pytest.approx(12.3456)
    assert lines.do(call_id, "hold", on=True).last_t == 12.346
    assert lines.time_of(call_id) == 12.346  # rounded up, and it never falls


def test_the_record_has_the_walls_time_and_zone(lines: Lines, program: Program) -> None:
    call_id = started(lines)
    program.clock.set_wall(NOON.replace(hour=5), "America/New_York")
    lines.do(call_id, "hold", on=True)
    events = program.desk.history.events(call_id)
    assert [(e.at, e.zone) for e in events] == [
        ("2026-03-02T11:00:00.000Z", "Europe/Berlin"),
        ("2026-03-02T05:00:00.000Z", "America/New_York"),
    ]


def test_an_unknown_call_is_refused(lines: Lines) -> None:
    for verb in (lines.get, lines.time_of, lambda call_id: lines.do(call_id, "ended")):
        with pytest.raises(MoveError):
            verb("none")


def test_a_refused_move_changes_nothing(lines: Lines, on_disk: Callable[[str], list[str]]) -> None:
    call_id = started(lines)
    before = lines.get(call_id)
    with pytest.raises(MoveError):
        lines.do(call_id, "phase", to="nowhere")
    assert lines.get(call_id) is before
    assert (on_disk(call_id), lines.unsaved) == (["started"], False)


# -- at hand


def test_a_call_in_which_no_clock_runs_is_not_kept_at_hand(lines: Lines, program: Program) -> None:
    old = program.finished(60.0)
    assert lines.calls() == []
    assert lines.get(old).state == State.DONE
    lines.do(old, "edit", **put("x"))
    with pytest.raises(MoveError):
        lines.do(old, "hold", on=True)
    assert lines.calls() == []
    assert lines.get(old).text("notes") == "x"
    assert lines.time_of(old) == lines.get(old).last_t


def test_what_is_done_together_is_told_when_all_of_it_is_so(lines: Lines, program: Program) -> None:
    one, two = started(lines), started(lines)
    seen: list[tuple[bool, bool]] = []
    program.desk.subscribe(lambda change: seen.append((lines.get(one).held, lines.get(two).held)))
    with lines.together():
        lines.do(two, "hold", on=True)
        with lines.together():
            lines.do(one, "hold", on=True)
        assert seen == []
    assert seen == [(True, True), (True, True)]


def test_what_is_done_together_is_written_also_when_the_last_of_it_is_refused(
    lines: Lines, on_disk: Callable[[str], list[str]]
) -> None:
    call_id = started(lines)
    with pytest.raises(MoveError), lines.together():
        lines.do(call_id, "hold", on=True)
        lines.do(call_id, "missed")
    assert on_disk(call_id) == ["started", "hold"]


def test_who_is_told_may_write_in_turn_and_nothing_is_doubled(
    lines: Lines, program: Program, on_disk: Callable[[str], list[str]]
) -> None:
    call_id = lines.new()
    unsaved: list[bool] = []

    def listener(change: Change) -> None:
        unsaved.append(lines.unsaved)
        if len(unsaved) == 1:
            lines.do(call_id, "hold", on=True)

    program.desk.subscribe(listener)
    lines.do(call_id, "started")
    lines.do(call_id, "upset", on=True)
    assert on_disk(call_id) == ["started", "hold", "upset"]
    assert unsaved == [False, False, False]
    assert fold(call_id, program.desk.history.events(call_id)) == lines.get(call_id)


# -- a disk that refuses


def test_refused_events_stay_in_order_and_the_next_success_writes_all(
    lines: Lines, program: Program, on_disk: Callable[[str], list[str]]
) -> None:
    call_id = started(lines)
    with program.refusing():
        lines.do(call_id, "hold", on=True)
        program.clock.advance(5.0)
        lines.do(call_id, "edit", **put("kept"))
        assert lines.trouble is not None
        assert lines.trouble.kind == "read-only"
        assert lines.unsaved
        assert lines.get(call_id).text("notes") == "kept"
        assert on_disk(call_id) == ["started"]
        lines.save()
        assert lines.trouble is not None
    lines.do(call_id, "hold", on=False)
    assert (lines.trouble, lines.unsaved) == (None, False)
    assert on_disk(call_id) == ["started", "hold", "edit", "hold"]
    assert fold(call_id, program.desk.history.events(call_id)) == lines.get(call_id)


def test_a_write_refused_to_a_listener_is_not_forgotten(
    lines: Lines, program: Program, on_disk: Callable[[str], list[str]]
) -> None:
    call_id = lines.new()
    told: list[Change] = []

    def listener(change: Change) -> None:
        told.append(change)
        if len(told) == 1:
            with program.refusing():
                lines.do(call_id, "hold", on=True)

    program.desk.subscribe(listener)
    lines.do(call_id, "started")
    assert lines.trouble is not None
    assert lines.unsaved
    lines.save()
    assert on_disk(call_id) == ["started", "hold"]
    assert lines.trouble is None


def test_a_finished_call_that_is_not_written_can_still_be_found(lines: Lines, program: Program) -> None:
    call_id = started(lines)
    with program.refusing():
        lines.do(call_id, "edit", **put("kept"))
        lines.do(call_id, "ended")
        lines.do(call_id, "finished")
        assert [c.state for c in lines.calls()] == [State.DONE]
        assert lines.get(call_id).text("notes") == "kept"
    program.desk.board.tick()
    assert (lines.calls(), lines.unsaved, lines.trouble) == ([], False, None)
    assert lines.get(call_id).text("notes") == "kept"
    row = program.desk.history.row(call_id)
    assert row is not None
    assert row.state == State.DONE


@pytest.mark.parametrize("tries", [0, 1])
def test_several_calls_are_written_in_the_order_of_what_happened(
    lines: Lines, program: Program, tries: int
) -> None:
    one, two = started(lines), started(lines)
    states: list[tuple[int, int]] = []
    history = program.desk.history
    with program.refusing():
        lines.do(two, "hold", on=True)
        lines.do(one, "hold", on=True)
        lines.do(two, "upset", on=True)
        for _ in range(tries):
            lines.save()
    program.desk.subscribe(lambda _: states.append((len(history.events(one)), len(history.events(two)))))
    lines.save()
    assert states == [(1, 3), (2, 3)]


def test_events_written_late_happened_when_they_happened(lines: Lines, program: Program) -> None:
    call_id = started(lines)
    program.clock.advance(10.0)
    with program.refusing():
        lines.do(call_id, "upset", on=True)
        program.clock.advance(600.0)
    lines.save()
    program.clock.advance(5.0)
    program.crash()
    board = program.desk.board
    assert board.lines.time_of(call_id) == pytest.approx(615.0)
    assert board.doubts[0].gap_s == pytest.approx(605.0)


FULL = """
import resource, sys
from pathlib import Path
from companion.clock import ManualClock
from tests.calling import Program
program = Program(Path(sys.argv[1]))
board = program.desk.board
call = board.start(name="Maria")
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
text, typed = "", 0
while board.lines.trouble is None:
    typed += 1
    text += f"{typed} " + "x" * 5000
    board.write_text(call.id, "notes", text)
kind = board.lines.trouble.kind
board.hold()
board.write_text(call.id, "name", "Maria Mann")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
board.tick()
kinds = [e.kind for e in program.desk.history.events(call.id)]
call = board.lines.get(call.id)
again = board.lines._fetched(call.id)
print(kind, board.lines.trouble, kinds.count("edit") - typed, kinds[-2:], again == call, call.text("notes") == text)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_full_disk_loses_and_doubles_nothing(data_dir: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", FULL, str(data_dir)],
        cwd=SHIPPED.parents[1],
        env={**os.environ, "PYTHONPATH": str(SHIPPED.parents[1])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", "full None 2 ['hold', 'edit'] True True\n")


# -- signs of life


def test_signs_of_life_of_calls_and_of_a_wrap_up(lines: Lines, program: Program) -> None:
    call_id = started(lines)
    for kind, expected in (("upset", 40.0), ("ended", 80.0)):
        lines.do(call_id, kind, **({"on": True} if kind == "upset" else {}))
        program.clock.advance(40.0)
        lines.sign_of_life()
        found = program.desk.history.unfinished()[0]
        assert (found.seen_t, found.awake) == (expected, program.clock.awake())


def test_a_refused_sign_of_life_is_told_until_one_is_taken(lines: Lines, program: Program) -> None:
    started(lines)
    with program.refusing():
        lines.sign_of_life()
        assert lines.trouble is not None
        assert not lines.unsaved
    lines.sign_of_life()
    assert lines.trouble is None


def test_a_sign_of_life_does_not_hide_that_something_is_not_written(lines: Lines, program: Program) -> None:
    one, two = started(lines), started(lines)
    with program.refusing():
        lines.do(one, "hold", on=True)
    lines.sign_of_life()
    assert lines.trouble is not None
    assert lines.get(two).live


def test_a_call_of_an_earlier_run_is_taken_up_where_it_stands(data_dir: Path) -> None:
    store = Store.open(data_dir / "companion.db", data_dir / "backups")
    clock = ManualClock(NOON)
    one = Lines(CallsBook(store), clock, lambda raw: (None, ""))
    call_id = started(one)
    other = Lines(CallsBook(store), clock, lambda raw: (None, ""))
    other.take_up(one.get(call_id), 90.0)
    clock.advance(1.0)
    assert other.time_of(call_id) == 91.0
    store.close()
