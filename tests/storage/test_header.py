"""A file that is not ours, or not for this version, or damaged: it is told apart and stays exactly as it is."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.storage import header
from companion.storage.migrations import STEPS
from companion.storage.store import DamagedFile, ForeignFile, NewerFile, Store, StoreError


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(database: Path, backups: Path, kind: type[StoreError]) -> str:
    """Opening raises ``kind`` and changes not one byte of one file; returns the message."""
    before = all_bytes(database.parent)
    with pytest.raises(kind) as error:
        Store.open(database, backups)
    assert all_bytes(database.parent) == before
    message = str(error.value)
    assert "\n" not in message
    assert database.name in message
    return message


def made_newer(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()


def test_a_newer_file_is_refused_untouched(database: Path, backups: Path) -> None:
    Store.open(database, backups).close()
    made_newer(database)
    assert "99" in refused(database, backups, NewerFile)
    assert not backups.exists()


def test_a_file_that_is_newer_by_its_log_alone_is_refused_untouched(
    database: Path, backups: Path, tmp_path: Path
) -> None:
    Store.open(database, backups).close()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    killed = tmp_path / "killed"
    killed.mkdir()
    for name in ("companion.db", "companion.db-wal"):
        shutil.copy(database.with_name(name), killed / name)
    connection.close()
    copy = killed / "companion.db"
    assert copy.read_bytes()[60:64] == len(STEPS).to_bytes(4, "big")
    refused(copy, backups, NewerFile)


def test_a_log_that_was_never_finished_counts_for_nothing(
    database: Path, backups: Path, tmp_path: Path
) -> None:
    Store.open(database, backups).close()
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("PRAGMA user_version = 99")
    connection.execute("CREATE TABLE big (x)")
    connection.executemany("INSERT INTO big VALUES (?)", [("x" * 2000,)] * 200)
    killed = tmp_path / "killed"
    killed.mkdir()
    for name in ("companion.db", "companion.db-wal"):
        shutil.copy(database.with_name(name), killed / name)
    connection.execute("ROLLBACK")
    connection.close()
    assert any(True for _ in header.frames(killed / "companion.db-wal"))
    Store.open(killed / "companion.db", backups).close()


def test_a_file_of_another_program_is_refused_untouched(database: Path, backups: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE songs (title)")
    connection.commit()
    connection.close()
    refused(database, backups, ForeignFile)


def test_a_folder_in_its_place_is_refused(database: Path, backups: Path) -> None:
    database.mkdir()
    (database / "kept").write_text("x")
    refused(database, backups, ForeignFile)
    assert (database / "kept").read_text() == "x"


def test_a_text_in_its_place_is_refused_untouched(database: Path, backups: Path) -> None:
    database.write_text("Dear diary,\n" * 500)
    refused(database, backups, DamagedFile)


def test_an_empty_file_is_a_fresh_one(database: Path, backups: Path) -> None:
    database.touch()
    store = Store.open(database, backups)
    assert store.integrity() == []
    store.close()


def test_an_empty_file_beside_backups_is_damage(database: Path, backups: Path) -> None:
    backups.mkdir()
    (backups / "companion-2026-03-01.db").write_bytes(b"whatever")
    database.touch()
    refused(database, backups, DamagedFile)


def test_a_start_cut_off_after_its_first_page_goes_on(database: Path, backups: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert database.stat().st_size > 0
    Store.open(database, backups).close()


def test_a_file_of_zeros_is_damage(database: Path, backups: Path) -> None:
    database.write_bytes(bytes(65536))
    refused(database, backups, DamagedFile)


@pytest.mark.parametrize("kept", [50, 500, 4096, 20_000])
def test_a_file_that_was_cut_is_damage(database: Path, backups: Path, kept: int) -> None:
    Store.open(database, backups).close()
    os.truncate(database, kept)
    refused(database, backups, DamagedFile)


def test_our_file_with_another_mark_is_damage_and_not_foreign(database: Path, backups: Path) -> None:
    Store.open(database, backups).close()
    data = bytearray(database.read_bytes())
    data[68] ^= 1
    database.write_bytes(data)
    refused(database, backups, DamagedFile)


def test_a_table_whose_definition_is_unreadable_is_damage(database: Path, backups: Path) -> None:
    Store.open(database, backups).close()
    data = database.read_bytes()
    place = data.index(b"CREATE TABLE call_events") + len("CREATE TABLE ")
    database.write_bytes(data[:place] + b"\xc8 \xff(" + data[place + 4 :])
    with pytest.raises(DamagedFile) as error:
        Store.open(database, backups)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("bit", range(0, 800, 7))
def test_one_flipped_bit_in_the_header_is_no_surprise(database: Path, backups: Path, bit: int) -> None:
    """Whatever the bit means, the file opens or is refused by one of our errors."""
    Store.open(database, backups).close()
    data = bytearray(database.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    database.write_bytes(data)
    try:
        Store.open(database, backups).close()
    except StoreError as error:
        assert "\n" not in str(error)


def test_looking_does_not_make_the_file(data_dir: Path, names_in: Callable[[Path], list[str]]) -> None:
    assert header.version_of(data_dir / "companion.db", 1, data_dir) == 0
    assert names_in(data_dir) == []
