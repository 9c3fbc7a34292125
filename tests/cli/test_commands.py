"""Commands without a program, what they load, and how they end."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from companion.app.instance import Lock
from companion.cli import commands
from tests.running import ROOT, Companion, until

HEAVY = (
    "PySide6",
    "shiboken6",
    "sqlite3",
    "sqlite_utils",
    "argparse",
    "typing",
    "dataclasses",
    "pathlib",
    "platformdirs",
)


@pytest.mark.parametrize(
    "words",
    [
        ["call", "hold"],
        ["call", "resume"],
        ["call", "phase", "next"],
        ["call", "upset", "on"],
        ["call", "ask", "open"],
        ["call", "note", "x"],
        ["show"],
        ["strip"],
    ],
)
def test_without_a_program(companion: Companion, words: list[str]) -> None:
    done = companion.run(*words)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("companion: the program is not running") and done.stderr.count("\n") == 1
    assert list(companion.data.iterdir()) == []


def test_an_end_without_a_program_is_done(companion: Companion) -> None:
    for words in (["call", "end"], ["call", "end", "--number", "5"], ["call", "end", "--outcome", "x"]):
        done = companion.run(*words)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_status_without_a_program(companion: Companion) -> None:
    assert companion.run("status").stdout == "not running\n"
    done = companion.run("status", "--json")
    assert done.returncode == 0 and json.loads(done.stdout) == {"running": False}


def test_with_a_program_but_no_call(companion: Companion) -> None:
    companion.open()
    for words in (["hold"], ["phase", "next"], ["note", "x"], ["ask", "open"], ["upset", "on"]):
        done = companion.run("call", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("companion: ") and done.stderr.count("\n") == 1
    assert companion.run("call", "end").returncode == 0


def test_a_program_that_is_starting_is_waited_for(companion: Companion) -> None:
    companion.begin()
    until(companion.holder, "it has the lock")
    assert companion.run("show").returncode == 0


def test_but_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "STARTING_S", 0.05)
    lock = Lock.take(tmp_path / "running.lock")
    assert lock is not None
    assert commands.talk(str(tmp_path), ["show"]) == 3
    lock.release()


@pytest.mark.parametrize(
    "words", [["call", "hold"], ["call", "end"], ["status", "--json"], ["show"], ["strip"]]
)
def test_a_softphone_waits_for_little(companion: Companion, words: list[str]) -> None:
    code = (
        "import sys; before = set(sys.modules); from companion.__main__ import main; "
        f"code = main(['--data-dir', {str(companion.data)!r}, *{words!r}]); "
        "print(*sorted(set(sys.modules) - before), file=sys.stderr); sys.exit(code)"
    )

    def loaded() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
            capture_output=True,
            text=True,
            check=False,
        )
        return set(done.stderr.splitlines()[-1].split())

    for modules in (loaded(), companion.open() and loaded()):
        assert isinstance(modules, set) and "companion.cli.commands" in modules
        assert {name for name in modules if name.split(".")[0] in HEAVY} == set()
