"""A line into the time audit from the command line, and what it says; with a program running and without."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from companion.clock import Clock
from companion.core.goals import Goal
from companion.preferences import Preferences
from companion.storage.settings import SettingsBook
from companion.storage.store import Store
from companion.timedesk import TimeDesk
from tests.running import Companion


def shown(companion: Companion, *words: str) -> dict[str, Any]:
    done = companion.run("time", "show", "--json", *words)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_nothing_kept_is_shown_and_nothing_made(companion: Companion) -> None:
    found = shown(companion)
    assert (len(found["days"]), found["days"][0]["spans"], found["totals"], found["goals"]) == (1, [], [], [])
    assert found["days"][0]["unfilled_s"] == found["days"][0]["length_s"]
    assert list(companion.data.iterdir()) == []


def test_logged_without_a_program(companion: Companion) -> None:
    done = companion.run("time", "log", "9-10:30", "calls", "--day", "2026-03-02")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2026-03-02 9:00–10:30 Work / Phone calls, 1 h 30 min.\n"
    done = companion.run("time", "log", "2026-03-02 9:30-10 travel")
    assert done.stdout == "2026-03-02 9:30–10:00 Travel, 30 min, over Work / Phone calls.\n"
    found = shown(companion, "--day", "2026-03-02")
    (day,) = found["days"]
    assert [(one["start"][11:16], one["category"], one["state"]) for one in day["spans"]] == [
        ("09:00", "work/phone calls", "filled"),
        ("09:30", "travel", "filled"),
        ("10:00", "work/phone calls", "filled"),
    ]
    assert found["totals"] == [
        {"category": "travel", "seconds": 1800},
        {
            "category": "work",
            "seconds": 3600,
            "children": [{"category": "work/phone calls", "seconds": 3600}],
        },
    ]
    plain = companion.run("time", "show", "--from", "2026-03-01", "--to", "2026-03-02")
    assert plain.returncode == 0
    assert (
        "2026-03-02: 22 h 30 min open of 24 h" in plain.stdout
        and "  9:30–10:00 travel, filled" in plain.stdout
    )


def test_days_by_their_words(companion: Companion) -> None:
    done = companion.run("time", "log", "9-10", "rest", "--day", "yesterday")
    assert (done.returncode, done.stderr) == (0, "")
    day = done.stdout.split()[0]
    for words in (
        ("yesterday",),
        ("--day", "Yesterday"),
        (day,),
        ("--from", "yesterday", "--to", "yesterday"),
    ):
        found = shown(companion, *words)
        assert [one["day"] for one in found["days"]] == [day]
        assert found["totals"] == [{"category": "rest", "seconds": 3600}]
    both = shown(companion, "--from", "yesterday", "--to", "today")["days"]
    assert len(both) == 2 and both[0]["day"] == day
    assert shown(companion, "today")["totals"] == []


def test_time_ahead_of_now_is_taken_and_said_to_be(companion: Companion) -> None:
    done = companion.run("time", "log", "2199-03-02 9-10 rest")
    assert (done.returncode, done.stdout) == (0, "2199-03-02 9:00–10:00 Rest, 1 h, ahead of now.\n")


def test_by_the_12_hour_clock(companion: Companion) -> None:
    with closing(Store.open(companion.data / "companion.db", companion.data / "backups")) as store:
        SettingsBook(store).set("twelve_hours", True)
    done = companion.run("time", "log", "2026-03-02 11:30-13 calls")
    assert done.stdout == "2026-03-02 11:30 AM–1:00 PM Work / Phone calls, 1 h 30 min.\n"
    plain = companion.run("time", "show", "2026-03-02").stdout
    assert "  11:30 AM–1:00 PM work/phone calls, filled" in plain
    assert shown(companion, "2026-03-02")["days"][0]["spans"][0]["start"][11:16] == "11:30"


def test_a_goal_of_several_days_says_what_it_is_of(companion: Companion) -> None:
    with closing(Store.open(companion.data / "companion.db", companion.data / "backups")) as store:
        desk = TimeDesk(store, Clock(), Preferences(SettingsBook(store)))
        desk.goals.put(Goal("t", "technology", "at most", 3600, since="2026-01-01"))
    words = ("time", "show", "--from", "2026-03-02", "--to", "2026-03-06")
    assert "goal technology: at most 5 h in these days, so far 0 min" in companion.run(*words).stdout
    one = companion.run("time", "show", "2026-03-02").stdout
    assert "goal technology: at most 1 h, so far 0 min" in one


def test_a_running_program_does_it_itself(companion: Companion) -> None:
    companion.open()
    done = companion.run("time", "log", "9-10", "rest", "--day=2026-03-02")
    assert (done.returncode, done.stdout) == (0, "2026-03-02 9:00–10:00 Rest, 1 h.\n")
    assert shown(companion, "--day", "2026-03-02")["totals"] == [{"category": "rest", "seconds": 3600}]
    done = companion.run("time", "log", "9-10", "xyz")
    assert (
        done.returncode == 1 and "There is no such category" in done.stderr and done.stderr.count("\n") == 1
    )
    assert companion.status()["running"]


@pytest.mark.parametrize(
    "words",
    [("9-10", "xyz"), ("99-100", "rest"), ("+15", "a category of nobody"), ("1950-01-01", "9-10", "rest")],
)
def test_a_line_that_cannot_be_taken(companion: Companion, words: tuple[str, ...]) -> None:
    done = companion.run("time", "log", *words)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert shown(companion)["totals"] == []


@pytest.mark.parametrize(
    "words",
    [
        (), ("log",), ("log", "9-10"), ("log", "9-10", "rest", "--day"), ("log", "9-10", "rest", "--day", "soon"),
        ("show", "tomorrow"), ("show", "today", "today"), ("show", "today", "--day", "today"),
        ("show", "--from", "today", "--to", "yesterday"), ("show", "today", "--to", "today"),
        ("show", "--day", "2026-02-30"), ("show", "2026-02-30"), ("show", "--from", "2026-01-01"), ("paint",),
        ("show", "--from", "2026-01-02", "--to", "2026-01-01"), ("show", "--day", "2026-01-01", "--to", "2026-01-01"),
    ],
)  # fmt: skip
def test_wrong_words(companion: Companion, words: tuple[str, ...]) -> None:
    done = companion.run("time", *words)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("--from", "1990-01-01", "--to", "1990-01-02"), ("--from", "2001-01-01", "--to", "2026-01-01")]
)
def test_days_that_cannot_be_shown(companion: Companion, words: tuple[str, ...]) -> None:
    done = companion.run("time", "show", *words)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1


def test_help(companion: Companion) -> None:
    done = companion.run("time", "--help")
    assert done.returncode == 0 and "time log SPAN CATEGORY" in done.stdout


def test_a_damaged_file_is_told_and_left_alone(companion: Companion) -> None:
    data = Path(companion.data) / "companion.db"
    data.write_bytes(b"SQLite format 3\0" + b"x" * 8000)
    before = data.read_bytes()
    for words in (("log", "9-10", "rest"), ("show",)):
        done = companion.run("time", *words)
        assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert data.read_bytes() == before
