"""The Desk: what others see of a call in the shape they rely on, words for numbers and moments, and the mark."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from companion.clock import stamp
from companion.core.calls import State
from companion.core.changes import Change
from companion.core.split import likely, tail_of
from companion.desk import Desk
from companion.storage.breaks import BreaksBook
from companion.storage.responses import ResponsesBook
from tests.calling import Program

MARIA = "030 901820"


@pytest.fixture
def program(data_dir: Path) -> Iterator[Program]:
    program = Program(data_dir)
    yield program
    program.close()


@pytest.fixture
def desk(program: Program) -> Desk:
    return program.desk


# -- status


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else type(value)


CALL = {
    **dict.fromkeys(("id", "state", "reason", "started_at", "split_basis"), str),
    **dict.fromkeys(("held", "upset", "past_split"), bool),
    **dict.fromkeys(("talk_s", "hold_s", "wrapup_s", "likely_s", "split_at_s"), float),
    "caller": {"name": str, "number": str, "e164": str},
    "asked": {"open": int, "closed": int},
    "steps": {"transfer": [bool] * 4, "message": [bool] * 4},
}
DUE = dict.fromkeys(("promises", "messages", "call_backs", "wrap_ups"), int)


def told(desk: Desk) -> dict[str, Any]:
    """The call in the status, as another program reads it; its shape is checked."""
    found = json.loads(json.dumps(desk.status(), allow_nan=False))
    call: dict[str, Any] = found["call"]
    expected = {**CALL, "caller": {**CALL["caller"], "e164": type(call["caller"]["e164"])}}  # type: ignore[dict-item]
    assert shape(found) == {"running": bool, "call": expected, "due": DUE}
    assert datetime.fromisoformat(call["started_at"]).utcoffset() is not None
    return call


def test_status_without_a_call(desk: Desk) -> None:
    assert desk.status() == {
        "running": True,
        "call": None,
        "due": {"promises": 0, "messages": 0, "call_backs": 0, "wrap_ups": 0},
    }


def test_status_at_each_state(desk: Desk, program: Program) -> None:
    board, clock = desk.board, program.clock
    board.ring("112")
    call = told(desk)
    assert (call["state"], call["talk_s"], call["caller"]) == (
        "ringing", 0.0, {"name": "", "number": "112", "e164": None},
    )  # fmt: skip
    assert call["started_at"] == "2026-03-02T12:00:00+01:00"
    clock.advance(5.0)
    desk.start("Maria", "Billing", "112")
    for state in ("greeting", "open", "closed", "close"):
        board.move(state)
        assert told(desk)["state"] == state
    clock.advance(62.26)
    board.hold()
    clock.advance(30.04)
    call = told(desk)
    assert (call["held"], call["talk_s"], call["hold_s"], call["wrapup_s"]) == (True, 62.3, 30.0, 0.0)
    assert (call["started_at"], call["reason"]) == ("2026-03-02T12:00:05+01:00", "Billing")
    assert (call["likely_s"], call["split_at_s"], call["split_basis"]) == (300.0, 225.0, "setting")
    board.resume()
    board.upset(True)
    board.ask("open")
    board.ask("open")
    board.ask("closed")
    board.step("transfer.why", True)
    board.step("message.assure", True)
    call = told(desk)
    assert (call["held"], call["upset"], call["asked"]) == (False, True, {"open": 2, "closed": 1})
    assert call["steps"] == {"transfer": [True, False, False, False], "message": [False, False, False, True]}
    desk.end("1")
    clock.advance(7.0)
    call = told(desk)
    assert (call["state"], call["upset"], call["wrapup_s"]) == ("wrapup", False, 7.0)
    assert desk.status()["due"]["wrap_ups"] == 1
    board.finish()
    assert desk.status()["call"] is None


def test_status_shows_the_active_one_of_two(desk: Desk) -> None:
    desk.start("Maria", number=MARIA)
    desk.start("Ann", number="+44 20 7946 0018")
    assert told(desk)["caller"] == {"name": "Ann", "number": "+44 20 7946 0018", "e164": "+442079460018"}
    desk.board.swap()
    assert told(desk)["caller"]["e164"] == "+4930901820"


def test_what_is_due_is_counted(desk: Desk, program: Program) -> None:
    board = desk.board
    for _ in range(2):
        call = desk.start("A")
        board.write_text(call.id, "promise.what", "x")
        board.write_text(call.id, "message.for", "Ann")
        desk.end()
    board.ring(MARIA)
    board.end()
    assert desk.status()["due"] == {"promises": 2, "messages": 2, "call_backs": 1, "wrap_ups": 2}


def test_started_at_is_told_with_the_offset_of_its_own_day(desk: Desk, program: Program) -> None:
    program.clock.set_wall(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    desk.start()
    program.clock.advance(3600.0)
    assert told(desk)["started_at"] == "2026-10-25T02:30:00+02:00"


# -- reasons and outcomes


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("billing", "billing"),
        (" BILLING ", "billing"),
        ("Return or exchange", "return"),
        (" A fox ", "A fox"),
    ],
)
def test_a_reason_by_id_or_name_or_in_words_of_ones_own(desk: Desk, said: str, kept: str) -> None:
    call = desk.start(reason=said)
    assert call.reason == kept
    assert told(desk)["reason"] == {"billing": "Billing", "return": "Return or exchange"}.get(kept, kept)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1", "resolved"),
        (" 9 ", "other"),
        ("RESOLVED", "resolved"),
        ("Wrong number", "wrong_number"),
        ("0", "0"),
        ("10", "10"),
    ],
)
def test_an_outcome_by_id_name_or_digit(desk: Desk, said: str, kept: str) -> None:
    desk.start()
    ended = desk.end(said)
    assert ended is not None
    assert ended.outcome == kept
    assert desk.outcome_name(kept) == {
        "resolved": "Resolved",
        "other": "Something else",
        "wrong_number": "Wrong number",
    }.get(kept, kept)


def test_an_end_without_a_call_is_nothing(desk: Desk) -> None:
    assert desk.end("1") is None


# -- numbers


def test_a_number_is_recognised_by_the_country_in_the_settings(desk: Desk) -> None:
    assert desk.number_parts(MARIA) == ("+4930901820", "30901820")
    assert desk.number_parts(MARIA) == ("+4930901820", "30901820")
    assert desk.number_parts("") == (None, "")
    desk.prefs.set("region", "GB")
    assert desk.number_parts(MARIA)[0] is None
    assert desk.number_parts("020 7946 0018")[0] == "+442079460018"
    desk.prefs.set("region", "")
    assert desk.number_parts(MARIA)[0] == "+4930901820"


def test_many_numbers_are_all_told_right(desk: Desk) -> None:
    for n in range(450):
        assert desk.number_parts(f"030 901{n:03}")[0] == f"+4930901{n:03}"
    assert len(desk._number_parts) <= 201


def test_a_caller_is_known_however_the_number_is_written(desk: Desk, program: Program) -> None:
    desk.start("Maria", "billing", "+49 30 901820")
    desk.end()
    call = desk.start(number=MARIA)
    known = desk.known_caller(call)
    assert known is not None
    assert (known.count, known.last_name, known.last_reason) == (1, "Maria", "billing")
    assert desk.known_caller(desk.board.start(another=True)) is None


# -- moments in words


@pytest.mark.parametrize(
    ("now", "by", "said"),
    [
        ("2026-03-02T11:00Z", "2026-03-02T15:00Z", "today 16:00"),
        ("2026-03-02T11:00Z", "2026-03-02T23:30Z", "tomorrow 0:30"),
        ("2026-03-28T11:00Z", "2026-03-29T14:00Z", "tomorrow 16:00"),
        ("2026-03-28T11:00Z", "2026-03-30T14:00Z", "Mon 30 Mar 16:00"),
        ("2026-10-24T11:00Z", "2026-10-25T15:00Z", "tomorrow 16:00"),
        ("2026-10-24T22:30Z", "2026-10-25T00:30Z", "today 2:30"),
        ("2026-10-24T22:30Z", "2026-10-25T01:30Z", "today 2:30"),
        ("2026-10-24T21:59Z", "2026-10-25T22:59Z", "tomorrow 23:59"),
        ("2026-03-02T11:00Z", "2026-03-01T08:05Z", "Sun 1 Mar 9:05"),
    ],
)
def test_deadlines_in_words_over_the_nights_of_changed_clocks(
    desk: Desk, program: Program, now: str, by: str, said: str
) -> None:
    program.clock.set_wall(datetime.fromisoformat(now))
    call = desk.start()
    assert desk.told_deadline(call) == ""
    call = desk.board.choose(call.id, "promise.by", by)
    assert desk.told_deadline(call) == said
    assert desk.fields(call)["deadline"] == said


def test_fields_of_a_prompt(desk: Desk) -> None:
    assert desk.fields(None) == {
        "salutation": "Good afternoon",
        "agent": "",
        "company": "",
        "hours": "Mon–Fri 9:00–17:00",
    }
    call = desk.start(" Maria ", "billing", MARIA)
    fields = desk.fields(call)
    assert (fields["caller"], fields["reason"], fields["number"]) == ("Maria", "billing", MARIA)


# -- the likely length and the mark


def history(program: Program, reason: str, *lengths: float) -> None:
    for talk in lengths:
        program.finished(talk, reason)


def test_the_likely_length_is_what_the_rules_make_of_the_history(desk: Desk, program: Program) -> None:
    billing = [60.0, 90.0, 100.0, 110.0, 120.0, 150.0, 200.0, 300.0, 420.0, 421.5]
    others = [30.0, 45.0, 500.0, 700.0, 900.0]
    history(program, "billing", *billing)
    history(program, "return", *others)
    call = desk.start(reason="billing")
    for step in (0.0, 59.0, 1.0, 1.0, 30.0, 2.0, 7.0, 100.0, 100.0, 120.0, 1.5, 100.0, 400.0, 100.0):
        program.clock.advance(step)
        talk = desk.board.lines.time_of(call.id)
        expected = likely(talk, tail_of(billing, talk), tail_of(billing + others, talk), 300.0)
        assert desk.likely(call) == expected


def test_eight_calls_of_a_reason_are_enough(desk: Desk, program: Program) -> None:
    history(program, "billing", *[100.0] * 7)
    call = desk.start(reason="billing")
    assert desk.likely(call).basis == "setting"
    desk.board.discard(call.id)
    history(program, "return", 40.0)
    call = desk.start(reason="billing")
    assert (desk.likely(call).basis, desk.likely(call).seconds) == ("all", 100.0)
    desk.board.choose(call.id, "reason", "return")
    assert desk.likely(desk.board.lines.get(call.id)).basis == "all"
    desk.board.discard(call.id)
    history(program, "billing", 300.0)
    assert desk.likely(desk.start(reason="billing")).basis == "reason"


def test_a_call_that_ends_meanwhile_counts_at_once(desk: Desk, program: Program) -> None:
    history(program, "billing", *[100.0] * 7)
    one = desk.start("A", "billing")
    program.clock.advance(10.0)
    two = desk.start("B", "billing")
    assert desk.likely(two).basis == "setting"
    desk.board.swap()
    program.clock.advance(80.0)
    desk.board.swap()
    assert desk.likely(two).basis == "setting"
    desk.board.swap()
    desk.end()
    assert desk.board.lines.get(one.id).state == State.WRAPUP
    assert desk.likely(two).basis == "reason"


def test_discarded_and_missed_calls_do_not_count(desk: Desk, program: Program) -> None:
    history(program, "billing", *[100.0] * 8)
    desk.board.discard(program.finished(100.0, "billing"))
    desk.board.ring(MARIA)
    desk.end()
    assert desk.likely(desk.start(reason="billing")).calls == 8


def test_hold_does_not_move_the_call_towards_the_mark(desk: Desk, program: Program) -> None:
    call = desk.start()
    desk.board.hold()
    program.clock.advance(10_000.0)
    desk.tick()
    desk.board.resume()
    desk.tick()
    call = desk.board.lines.get(call.id)
    assert (call.passed_t, desk.likely(call).seconds) == (None, 300.0)


def test_once_passed_the_mark_stays_passed_though_it_moves_on(desk: Desk, program: Program) -> None:
    history(program, "", *[100.0] * 9, *[1000.0] * 8)
    desk.start()
    told_past: list[tuple[bool, bool]] = []
    for _ in range(60):
        program.clock.advance(10.0)
        desk.tick()
        call = told(desk)
        told_past.append((call["past_split"], call["talk_s"] >= call["split_at_s"]))
    flags = [past for past, _ in told_past]
    assert flags == sorted(flags)
    assert flags[-1]
    assert (True, False) in told_past  # the mark moved on, and it is passed all the same
    assert all(past for past, beyond in told_past if beyond)


def test_the_usual_length_from_the_settings_counts_at_once(desk: Desk, program: Program) -> None:
    call = desk.start()
    assert desk.likely(call).seconds == 300.0
    desk.prefs.set("usual_s", 600)
    assert desk.likely(call).seconds == 600.0


def test_a_status_of_one_call_does_not_mix_up_the_other(desk: Desk, program: Program) -> None:
    history(program, "billing", *[100.0] * 8)
    one, two = desk.start("A", "billing"), desk.start("B")
    for _ in range(2):
        assert (desk.likely(one).basis, desk.likely(two).basis) == ("reason", "all")


# -- putting away


def test_putting_away_leaves_the_wrap_up_for_later_and_the_call_where_it_is(
    program: Program, data_dir: Path
) -> None:
    done = program.desk.start("A")
    program.desk.end()
    program.clock.advance(30.0)
    program.desk.close()
    again = Program(data_dir, program.clock)
    assert again.desk.board.lines.get(done.id).wrapup(1e6) == 30.0
    live = again.desk.start("B")
    program.clock.advance(20.0)
    again.desk.close()
    third = Program(data_dir, program.clock)
    assert third.desk.board.doubts[0].since == program.clock.now()
    assert third.desk.board.active == third.desk.board.lines.get(live.id)
    third.close()


def test_trouble_is_told_until_all_is_written(desk: Desk, program: Program) -> None:
    desk.start()
    with program.refusing():
        desk.board.note("x")
        assert desk.trouble is not None
        desk.tick()
        assert desk.trouble is not None
        assert told(desk)["state"] == "greeting"
    desk.tick()
    assert desk.trouble is None


def test_the_desk_tells_what_changes(desk: Desk) -> None:
    seen: list[object] = []
    stop = desk.subscribe(seen.append)
    desk.start()
    assert seen
    stop()
    seen.clear()
    desk.end()
    assert seen == []


# -- the stress page's books


def test_the_journal_is_made_when_it_is_first_asked_for_and_locked_at_the_end(
    desk: Desk, program: Program, data_dir: Path
) -> None:
    told: list[Change] = []
    desk.subscribe(told.append)
    journal = desk.journal
    assert desk.journal is journal
    assert journal.state == "none"
    journal.create(journal.prepare("correct horse"))
    assert (data_dir / "journal.vault").exists()
    assert told == [Change.JOURNAL]
    journal.add_check(3)
    desk.close()
    assert journal.state == "locked"


def test_breaks_and_responses_are_kept_in_the_work_data(desk: Desk) -> None:
    now = stamp(desk.clock.now())
    desk.breaks.add(now, desk.clock.zone(), 10, now)
    desk.responses.add("One moment, please.", now)
    assert desk.breaks is desk.breaks
    assert [one.minutes for one in BreaksBook(desk.store).between("", "9")] == [10]
    assert [one.text for one in ResponsesBook(desk.store).all()] == ["One moment, please."]


def test_a_check_is_offered_once_within_the_time_set(desk: Desk, program: Program) -> None:
    assert desk.may_offer_check()
    desk.check_offered()
    assert not desk.may_offer_check()
    program.clock.advance(59 * 60)
    assert not desk.may_offer_check()
    program.clock.advance(60)
    assert desk.may_offer_check()
    desk.prefs.set("check_offer", False)
    assert not desk.may_offer_check()


LAZY = """
import sys
import companion.desk
print(*sorted(name for name in sys.modules if name.partition(".")[0] in ("nacl", "jeepney", "keyring")
    or name.startswith(("companion.journal", "companion.core.stress", "companion.storage.vault"))))
"""


def test_a_start_imports_nothing_of_the_journal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LAZY],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
