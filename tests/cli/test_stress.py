"""A check from the command line: sealed or kept, never said aloud."""

import json
from pathlib import Path

import pytest

from companion.app import line
from companion.cli import stress as command
from companion.paths import Paths
from tests.cli.journals import all_entries, bytes_of, journal_of, make_journal
from tests.running import Companion

CANARY = "chagrin-4711"


@pytest.fixture
def paths(data_dir: Path) -> Paths:
    return Paths(data_dir)


def test_without_a_journal_it_says_what_to_do(companion: Companion) -> None:
    done = companion.run("stress", "check", "5")
    assert (done.returncode, done.stdout) == (1, "")
    assert "page Stress" in done.stderr and done.stderr.count("\n") == 1
    assert list(companion.data.iterdir()) == []
    companion.open()
    done = companion.run("stress", "check", "5")
    assert (done.returncode, done.stdout) == (1, "") and "page Stress" in done.stderr
    assert not Paths(companion.data).vault.exists()


def test_sealed_without_a_program(companion: Companion, paths: Paths) -> None:
    make_journal(paths)
    done = companion.run("stress", "check", "0", "--feeling", CANARY)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{command.SEALED}\n", "")
    assert companion.run("stress", "check", "10", "--feeling", "ANGER").returncode == 0
    assert CANARY.encode() not in bytes_of(companion.data)
    found = sorted(all_entries(paths), key=lambda entry: entry.made_at)
    assert [(entry.kind, entry.before) for entry in found] == [("check", 0), ("check", 10)]
    assert [entry.feelings[0].name for entry in found] == [CANARY, "anger"]
    assert journal_of(paths).sealed_count == 0


def test_sealed_by_the_running_program_while_it_is_locked(companion: Companion, paths: Paths) -> None:
    make_journal(paths)
    companion.open()
    done = companion.run("stress", "check", "8", "--feeling", CANARY)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{command.SEALED}\n", "")
    assert companion.status()["running"]
    assert CANARY.encode() not in bytes_of(companion.data)
    companion.close()
    (entry,) = all_entries(paths)
    assert entry.before == 8 and entry.feelings[0].name == CANARY


@pytest.mark.parametrize("words", [("11",), ("5", "6"), (), ("x",)])
def test_wrong_words(companion: Companion, words: tuple[str, ...]) -> None:
    done = companion.run("stress", "check", *words)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1


def test_help(companion: Companion) -> None:
    for words in (("stress", "--help"), ("export", "-h")):
        done = companion.run(*words)
        assert done.returncode == 0 and "stress check N" in done.stdout


def test_a_damaged_vault_is_told_and_left_alone(companion: Companion, paths: Paths) -> None:
    paths.vault.write_bytes(b"no vault at all" * 100)
    before = paths.vault.read_bytes()
    done = companion.run("stress", "check", "5")
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert paths.vault.read_bytes() == before


def test_what_the_line_carries_is_kept_nowhere(companion: Companion, paths: Paths) -> None:
    make_journal(paths)
    companion.open()
    for wish in ({"before": 5, "feeling": CANARY}, {"before": 5, "feeling": [CANARY]}, {"before": CANARY}):
        answer = line.ask(str(companion.data), {"do": "stress.check", **wish})
        assert CANARY not in json.dumps(answer)
    companion.close()
    assert CANARY.encode() not in bytes_of(companion.data)


def test_what_the_program_keeps_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert command._say("kept") == 0 and capsys.readouterr().out == "kept\n"
    assert command._say("broken") == 1 and "page Stress" in capsys.readouterr().err
