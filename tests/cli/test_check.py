"""``companion check``: with and without a running program."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from companion.cli.check import check
from companion.cli.export import export
from companion.paths import Paths
from companion.storage.store import Store
from tests.cli.journals import PASSPHRASE, journal_of, make_journal
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


def test_the_journal_is_looked_through_without_its_key(companion: Companion) -> None:
    paths = Paths(companion.data)
    Store.open(paths.database, paths.backups).close()
    journal = journal_of(paths)
    make_journal(paths, PASSPHRASE, journal.new_entry()._replace(event="x" * 3000))
    done = companion.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rpartition("/")[2] for line in done.stdout.splitlines()] == [
        "companion.db: ok",
        "journal.vault: ok",
    ]


def test_a_changed_bit_in_the_journal_is_found_and_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = Paths(tmp_path)
    journal = journal_of(paths)
    make_journal(paths, PASSPHRASE, journal.new_entry()._replace(event="x" * 3000))
    sealed = bytearray(paths.vault.read_bytes())
    with closing(sqlite3.connect(f"file:{paths.vault}?mode=ro", uri=True)) as file:
        ((body,),) = file.execute("SELECT body FROM records").fetchall()
    sealed[sealed.index(body[1000:1016])] ^= 1
    paths.vault.write_bytes(sealed)
    assert check(paths) == 1
    said = capsys.readouterr()
    assert "journal" in said.err and "damaged" in said.err and said.err.count("\n") == 1
    assert paths.vault.read_bytes() == sealed
    assert export(paths, str(_empty(tmp_path / "out")), "json", True) == 1
    assert "damaged" in capsys.readouterr().err and not list((tmp_path / "out").iterdir())


def _empty(folder: Path) -> Path:
    folder.mkdir()
    return folder
