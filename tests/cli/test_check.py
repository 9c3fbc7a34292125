"""``companion check``: with and without a running program."""

import os
from pathlib import Path

import pytest

from companion.cli.check import check
from companion.paths import Paths
from companion.storage.store import Store
from tests.running import Companion


def test_nothing_there_yet(companion: Companion) -> None:
    done = companion.run("check")
    assert done.returncode == 0 and "nothing is kept here yet" in done.stdout
    assert os.listdir(companion.data) == []


def test_a_good_file_also_while_the_program_runs(companion: Companion) -> None:
    companion.open()
    companion.run("call", "start")
    done = companion.run("check")
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.endswith("companion.db: ok\n")


def damaged_at(paths: Paths, at: int, count: int) -> None:
    Store.open(paths.database, paths.backups).close()
    data = bytearray(paths.database.read_bytes())
    data[at : at + count] = b"\xa5" * count
    paths.database.write_bytes(data)


def test_damage_anywhere_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, (at, count) in enumerate([(0, 100), (3 * 4096, 64), (5 * 4096, 4096)]):
        paths = Paths(tmp_path / str(number))
        paths.prepare()
        damaged_at(paths, at, count)
        before = paths.database.read_bytes()
        assert check(paths) == 1
        said = capsys.readouterr()
        assert said.out == "" and "damaged" in said.err and said.err.count("\n") == 1
        assert paths.database.read_bytes() == before


def test_a_file_of_another_program(companion: Companion) -> None:
    (companion.data / "companion.db").write_bytes(b"not a database at all")
    done = companion.run("check")
    assert done.returncode == 1 and done.stderr.count("\n") == 1
