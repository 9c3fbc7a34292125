"""What the commands say in plain words."""

from typing import Any

import pytest

from companion.cli.told import clock, plain, status, trouble

CALL: dict[str, Any] = {
    "id": "x",
    "state": "open",
    "held": True,
    "upset": True,
    "reason": "Billing",
    "caller": {"name": "Ann\x1b[2J\nSmith", "number": "1234", "e164": None},
    "started_at": "2026-11-21T09:30:00+01:00",
    "talk_s": 252.1,
    "hold_s": 61.0,
    "wrapup_s": 0.0,
    "likely_s": 413.0,
    "split_at_s": 309.8,
    "split_basis": "reason",
    "past_split": False,
    "asked": {"open": 4, "closed": 0},
    "steps": {},
}


def test_no_program_and_no_call() -> None:
    assert status({"running": False}) == "not running"
    assert status({"running": True, "call": None, "due": {"promises": 0}}) == "No call."


def test_a_call() -> None:
    due = {"promises": 1, "messages": 2, "call_backs": 0, "wrap_ups": 0}
    assert status({"running": True, "call": CALL, "due": due}).splitlines() == [
        "Open questions, on hold, upset caller",
        "Ann [2J Smith · 1234 · Billing",
        "Talk 4:12 · hold 1:01",
        "Asked: 4 open, 0 closed.",
        "Likely 6:53, split at 5:09 (by calls with this reason): before the split.",
        "Due: 1 promise, 2 messages.",
    ]


def test_a_ringing_call_has_no_times() -> None:
    call = CALL | {"state": "ringing", "held": False, "upset": False}
    assert status({"running": True, "call": call}) == "Ringing\nAnn [2J Smith · 1234 · Billing"


@pytest.mark.parametrize(("seconds", "told"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3723, "1:02:03")])
def test_seconds_as_people_read_them(seconds: float, told: str) -> None:
    assert clock(seconds) == told


def test_nothing_a_terminal_would_obey(capsys: pytest.CaptureFixture[str]) -> None:
    assert plain("a\x1b]0;x\x07b\u202ec\nd") == "a ]0;x b c d"
    trouble("two\nlines")
    assert capsys.readouterr().err == "companion: two lines\n"


def test_a_windowed_program_has_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    monkeypatch.setattr("sys.stdout", None)
    trouble("nobody hears")
    from companion.cli.told import out

    out("nobody hears")
