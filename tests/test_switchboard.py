"""The verbs that move calls: one active, one held, one ringing; said twice they change nothing, and listeners see the
final state."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.core.calls import MoveError, State
from companion.switchboard import Switchboard
from tests.calling import Program

MARIA = "+49 30 901820"
MARIA_TOO = ["030 901820", "0049 30 90 18 20", "(030) 9018-20", "tel:+4930901820", " +49 30 901820 "]
OTHER = "+49 30 901821"


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


# -- starting


def test_ready_nothing_is_at_hand(board: Switchboard) -> None:
    assert (board.current, board.busy, at_hand(board)) == (None, False, ("-",) * 4)


def test_a_start_with_all_that_is_known(board: Switchboard, program: Program) -> None:
    call = board.start("Maria", "billing", MARIA)
    assert (call.state, call.name, call.reason, call.number) == (State.GREETING, "Maria", "billing", MARIA)
    assert board.active is call is board.current
    assert kinds(program, call.id) == ["started", "edit", "edit", "set"]


@pytest.mark.parametrize("number", [MARIA, *MARIA_TOO])
def test_the_same_number_started_again_changes_nothing(
    board: Switchboard, program: Program, number: str
) -> None:
    call = board.start("Maria", "", MARIA)
    program.clock.advance(600.0)
    assert board.start("", "billing", number) == call
    assert board.start("Somebody", "", number) == call
    assert len(kinds(program, call.id)) == 3


def test_a_bare_start_means_the_call_that_goes_on(board: Switchboard, program: Program) -> None:
    call = board.start()
    program.clock.advance(600.0)
    assert board.start() == call
    assert board.start(reason="billing") == call


def test_a_name_started_again_is_the_same_call(board: Switchboard) -> None:
    call = board.start("Maria")
    assert board.start(" maria ") == call
    assert board.start("Ann").id != call.id
    assert at_hand(board) == ("Ann", "Maria", "-", "-")


def test_a_number_that_comes_after_the_start_is_filled_in(board: Switchboard, program: Program) -> None:
    call = board.start()
    program.clock.advance(59.0)
    assert board.start(number=MARIA).id == call.id
    assert board.lines.get(call.id).number == MARIA
    assert board.start(number=OTHER).id != call.id


def test_a_number_that_comes_much_later_is_another_call(board: Switchboard, program: Program) -> None:
    call = board.start()
    program.clock.advance(60.0)
    assert board.start(number=MARIA).id != call.id


def test_a_number_with_the_name_that_is_known_is_filled_in(board: Switchboard, program: Program) -> None:
    call = board.start("Maria")
    program.clock.advance(600.0)
    assert board.start("Maria", "", MARIA).id == call.id
    assert board.lines.get(call.id).number == MARIA
    assert board.start("Maria", "", OTHER).id != call.id


@pytest.mark.parametrize(
    "numbers", [("anonymous", "unavailable"), ("sip:alice@a.example", "sip:bob@b.example"), ("?", "")]
)
def test_numbers_that_are_none_are_only_the_same_when_written_the_same(
    board: Switchboard, numbers: tuple[str, str]
) -> None:
    call = board.start("A", number=numbers[0])
    assert board.start("B", number=numbers[0]).id == call.id
    assert board.start("B", number=numbers[1]).id != call.id


def test_another_is_another_whatever_is_known(board: Switchboard) -> None:
    one = board.start("Maria", number=MARIA)
    assert board.start("Maria", number=MARIA, another=True).id != one.id


def test_a_third_call_is_refused_and_changes_nothing(board: Switchboard, program: Program) -> None:
    board.start("A")
    board.start("B")
    before = program.desk.board.lines.calls()
    with pytest.raises(MoveError, match="Two calls are at hand"):
        board.start("C")
    with pytest.raises(MoveError):
        board.start(another=True)
    assert board.lines.calls() == before
    board.ring(MARIA, "C")
    with pytest.raises(MoveError):
        board.start()
    assert at_hand(board) == ("B", "A", "C", "-")


# -- a softphone


def test_ring_answer_start_end(board: Switchboard, program: Program) -> None:
    ringing = board.ring("030901820")
    assert (board.ringing, board.active, board.current) == (ringing, None, ringing)
    program.clock.advance(7.0)
    answered = board.start(number="030 901820")
    assert answered.id == ringing.id
    assert board.start(number="+4930901820") == answered
    program.clock.advance(60.0)
    ended = board.end(number="030901820")
    assert ended is not None
    assert (ended.state, ended.talk(ended.last_t), ended.ended_t) == (State.WRAPUP, 60.0, 67.0)
    assert board.end(number="030901820") is None
    assert board.wrapup is not None


def test_ring_and_end_is_a_missed_call(board: Switchboard, program: Program) -> None:
    ringing = board.ring(MARIA, "Maria")
    missed = board.end(number=MARIA_TOO[0])
    assert missed is not None
    assert (missed.id, missed.state, board.ringing) == (ringing.id, State.MISSED, None)
    assert program.desk.history.due().call_backs == 1
    board.mark_done(ringing.id, "call_back", True)
    assert program.desk.history.due().call_backs == 0


def test_a_ring_without_a_number_is_missed_by_an_end_with_one(board: Switchboard) -> None:
    board.ring()
    missed = board.end(number=MARIA)
    assert missed is not None
    assert missed.state == State.MISSED


def test_the_end_of_another_call_does_not_miss_the_one_that_rings(board: Switchboard) -> None:
    board.ring(MARIA)
    assert board.end(number=OTHER) is None
    assert board.ringing is not None


def test_an_end_with_nothing_going_on(board: Switchboard, program: Program) -> None:
    assert board.end() is None
    assert board.end("resolved", MARIA) is None
    assert program.desk.history.recent(5) == []


def test_ringing_twice_is_one_call_and_another_number_makes_the_first_missed(
    board: Switchboard, program: Program
) -> None:
    one = board.ring(MARIA)
    assert board.ring(MARIA_TOO[1]) is one
    assert board.ring() is one
    two = board.ring(OTHER)
    assert board.ringing is two
    assert [row.state for row in program.desk.history.recent(5)] == [State.MISSED]


def test_a_ring_of_a_call_that_goes_on_is_no_second_one(board: Switchboard) -> None:
    call = board.start(number=MARIA)
    assert board.ring(MARIA_TOO[0]) == call
    assert board.ringing is None


def test_a_call_that_rings_meanwhile_is_missed_by_its_own_number(board: Switchboard) -> None:
    board.start("A", number=MARIA)
    board.ring(OTHER, "B")
    missed = board.end(number=OTHER)
    assert missed is not None
    assert (missed.state, at_hand(board)) == (State.MISSED, ("A", "-", "-", "-"))


def test_a_bare_start_answers_the_call_that_rings(board: Switchboard) -> None:
    board.start("A")
    board.ring(MARIA, "B")
    board.start()
    assert at_hand(board) == ("B", "A", "-", "-")


# -- two calls


def test_a_second_call_puts_the_first_on_hold_and_they_can_be_swapped(
    board: Switchboard, program: Program
) -> None:
    one = board.start("A")
    program.clock.advance(10.0)
    two = board.start("B")
    program.clock.advance(20.0)
    board.swap()
    assert at_hand(board) == ("A", "B", "-", "-")
    program.clock.advance(5.0)
    held, active = board.lines.get(two.id), board.lines.get(one.id)
    assert (active.held, held.held) == (False, True)
    assert (active.talk(35.0), active.hold(35.0)) == (15.0, 20.0)
    assert (held.talk(25.0), held.hold(25.0)) == (20.0, 5.0)


def test_the_end_of_one_leaves_the_other(board: Switchboard) -> None:
    one = board.start("A", number=MARIA)
    two = board.start("B", number=OTHER)
    ended = board.end()
    assert ended is not None
    assert (ended.id, ended.wrapup_open) == (two.id, False)
    assert board.active is not None
    assert (board.active.id, board.active.held, board.waiting, board.wrapup) == (one.id, True, None, None)
    assert not board.resume().held


def test_the_number_tells_which_of_two_has_ended(board: Switchboard) -> None:
    one = board.start("A", number=MARIA)
    board.start("B", number=OTHER)
    assert board.end(number="+49 30 1234567") is None
    ended = board.end(number=MARIA_TOO[2])
    assert ended is not None
    assert (ended.id, at_hand(board)) == (one.id, ("B", "-", "-", "-"))


def test_a_call_without_a_number_is_ended_by_any_but_not_before_one_that_fits(board: Switchboard) -> None:
    board.start("A")
    board.start("B", number=MARIA, another=True)
    for name in ("B", "A"):
        ended = board.end(number=MARIA_TOO[0])
        assert ended is not None
        assert ended.name == name
    assert board.end(number=MARIA) is None


def test_nothing_to_swap(board: Switchboard) -> None:
    with pytest.raises(MoveError):
        board.swap()
    board.start()
    with pytest.raises(MoveError):
        board.swap()


def test_an_end_taken_back(board: Switchboard, program: Program) -> None:
    board.start("A")
    program.clock.advance(60.0)
    board.end()
    board.start("B")
    with pytest.raises(MoveError):
        board.reopen()
    program.clock.advance(10.0)
    board.end()
    program.clock.advance(5.0)
    call = board.reopen()
    assert (at_hand(board), call.talk(15.0), call.wrapup(15.0)) == (("B", "-", "-", "-"), 15.0, 0.0)


# -- what listeners see


def test_every_announcement_of_a_verb_shows_what_it_has_done(board: Switchboard, program: Program) -> None:
    seen: list[tuple[str, ...]] = []
    program.desk.subscribe(lambda _: seen.append((*at_hand(board), str(board.active and board.active.held))))

    def by(verb: Callable[[], Any]) -> set[tuple[str, ...]]:
        seen.clear()
        verb()
        assert seen
        return set(seen)

    assert by(lambda: board.ring(MARIA, "A")) == {("-", "-", "A", "-", "None")}
    assert by(lambda: board.start(number=MARIA)) == {("A", "-", "-", "-", "False")}
    assert by(lambda: board.start("B")) == {("B", "A", "-", "-", "False")}
    assert by(board.swap) == {("A", "B", "-", "-", "False")}
    assert by(lambda: board.end("resolved")) == {("B", "-", "-", "-", "True")}
    assert by(board.resume) == {("B", "-", "-", "-", "False")}
    assert by(lambda: board.end("resolved")) == {("-", "-", "-", "B", "None")}
    assert by(board.reopen) == {("B", "-", "-", "-", "False")}
    assert by(board.end) == {("-", "-", "-", "B", "None")}
    assert by(lambda: board.start("C")) == {("C", "-", "-", "-", "False")}
    assert by(lambda: board.discard(board.active.id if board.active else "")) == {
        ("-", "-", "-", "-", "None")
    }


def test_a_name_answers_the_call_that_rings_and_leaves_the_one_that_goes_on(board: Switchboard) -> None:
    going = board.start(another=True)
    board.ring("+49 30 901820")
    answered = board.start("Maria", "billing")
    assert board.lines.get(going.id).name == "" and board.lines.get(going.id).held
    assert (answered.name, answered.number, answered.reason) == ("Maria", "+49 30 901820", "billing")


def test_who_is_told_later_brings_the_reason_along(board: Switchboard) -> None:
    going = board.start(another=True)
    assert board.start("Maria", "billing").id == going.id
    assert (board.lines.get(going.id).name, board.lines.get(going.id).reason) == ("Maria", "billing")
