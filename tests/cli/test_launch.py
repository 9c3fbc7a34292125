"""Opening the program from a command: the ways in which it fails; the rest is in the tests of the program."""

import os
import sys
from pathlib import Path

import pytest

from companion.app import line
from companion.app.instance import Lock
from companion.cli import launch


def test_a_program_that_never_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "OPENING_S", 0.1)
    lock = Lock.take(tmp_path / "running.lock")
    assert lock is not None
    with pytest.raises(line.LineError, match="does not answer"):
        launch.deliver(str(tmp_path), {"do": "call.start"})
    lock.release()


def test_a_program_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with pytest.raises(line.LineError, match="could not be opened"):
        launch.deliver(str(tmp_path), {"do": "call.start"})


def test_a_checkout_is_found_from_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = launch._environment()["PYTHONPATH"].split(os.pathsep)
    assert (Path(path[0]) / "companion" / "__main__.py").is_file() and path[1:] == [str(tmp_path)]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert launch._environment()["PYTHONPATH"] == str(tmp_path)
