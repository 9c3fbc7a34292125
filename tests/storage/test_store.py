"""The data file: how it is opened and made, what a write promises, and what is announced when."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import companion
from companion.core.changes import Change
from companion.storage import header
from companion.storage.migrations import STEPS
from companion.storage.store import LockedFile, Store, StoreError

posix = pytest.mark.skipif(os.name != "posix", reason="the platform has no modes or signals of that kind")


def put(store: Store, key: str) -> None:
    store.connection.execute("INSERT INTO settings (key, value) VALUES (?, '1')", (key,))


def keys(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [row[0] for row in connection.execute("SELECT key FROM settings ORDER BY key")]
    finally:
        connection.close()


def test_a_fresh_file_is_ours_and_careful(store: Store) -> None:
    def pragma(name: str) -> Any:
        return store.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("application_id") == header.APPLICATION_ID
    assert pragma("user_version") == len(STEPS)
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("secure_delete") == 1
    assert pragma("temp_store") == 2
    assert store.integrity() == []


def test_every_table_is_strict(store: Store) -> None:
    loose = store.read(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE '%sqlite_%'"
    )
    assert loose == []


@posix
def test_only_the_user_may_read_the_files(store: Store, data_dir: Path) -> None:
    with store.write():
        put(store, "a")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data_dir.iterdir()}
    assert modes == {"companion.db": 0o600, "companion.db-wal": 0o600, "companion.db-shm": 0o600}


@posix
def test_a_file_that_others_may_read_is_closed_to_them(database: Path, backups: Path) -> None:
    Store.open(database, backups).close()
    database.chmod(0o644)
    Store.open(database, backups).close()
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_clean_close_leaves_one_file(
    database: Path, backups: Path, data_dir: Path, names_in: Callable[[Path], list[str]]
) -> None:
    store = Store.open(database, backups)
    with store.write():
        put(store, "a")
    store.close()
    assert names_in(data_dir) == ["companion.db"]
    assert keys(database) == ["a"]
    store.close()


def test_opening_an_up_to_date_file_leaves_sqlite_utils_alone(database: Path, backups: Path) -> None:
    Store.open(database, backups).close()
    program = (
        "import sys; from pathlib import Path; from companion.storage.store import Store; "
        "from companion.storage.calls import CallsBook; "
        "store = Store.open(Path(sys.argv[1]), Path(sys.argv[2])); "
        "book = CallsBook(store); book.due(); book.unfinished(); "
        "before = 'sqlite_utils' in sys.modules; store.db; print(before, 'sqlite_utils' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(database), str(backups)],
        env={**os.environ, "PYTHONPATH": str(Path(companion.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True"]


def test_a_write_that_fails_leaves_nothing(store: Store, database: Path) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    with pytest.raises(KeyError), store.write(Change.SETTINGS):
        put(store, "a")
        raise KeyError
    assert keys(database) == []
    assert told == []
    with store.write(Change.SETTINGS):
        put(store, "b")
    assert keys(database) == ["b"]
    assert told == [Change.SETTINGS]


def test_a_mistake_of_ours_stays_what_it_is(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.write():
        put(store, "a")
        put(store, "a")
    assert store.read("SELECT count(*) FROM settings") == [(0,)]


def test_the_announcement_comes_once_after_the_commit(store: Store, database: Path) -> None:
    told: list[tuple[Change, list[str]]] = []
    store.subscribe(lambda change: told.append((change, keys(database))))
    with store.write(Change.CALL):
        put(store, "a")
        with store.write(Change.HISTORY):
            put(store, "b")
            store.touch(Change.FOLLOWUPS)
        assert told == []
    assert told == [(Change.CALL | Change.HISTORY | Change.FOLLOWUPS, ["a", "b"])]


def test_an_inner_write_that_fails_takes_its_flags_with_it(store: Store, database: Path) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    with store.write(Change.CALL):
        put(store, "a")
        with pytest.raises(KeyError), store.write(Change.HISTORY):
            put(store, "b")
            raise KeyError
        put(store, "c")
    assert keys(database) == ["a", "c"]
    assert told == [Change.CALL]


def test_an_outer_write_that_fails_takes_the_inner_with_it(store: Store, database: Path) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    with pytest.raises(KeyError), store.write(Change.CALL):
        with store.write(Change.HISTORY):
            put(store, "a")
        raise KeyError
    assert keys(database) == []
    assert told == []


def test_writes_of_sqlite_utils_join(store: Store, database: Path) -> None:
    with pytest.raises(KeyError), store.write():
        store.db["settings"].insert({"key": "a", "value": "1"})  # type: ignore[union-attr]
        raise KeyError
    assert keys(database) == []
    with store.write():
        store.db["settings"].insert({"key": "b", "value": "1"})  # type: ignore[union-attr]
    assert keys(database) == ["b"]


def test_nobody_is_told_of_nothing(store: Store) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    with store.write():
        put(store, "a")
    assert told == []


def test_who_has_left_is_not_told(store: Store) -> None:
    told: list[Change] = []
    leave = store.subscribe(told.append)
    leave()
    leave()
    with store.write(Change.SETTINGS):
        put(store, "a")
    assert told == []


def test_a_subscriber_that_fails_undoes_and_hides_nothing(
    store: Store, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(error))
    told: list[Change] = []

    def fail(change: Change) -> None:
        raise RuntimeError(str(change))

    store.subscribe(fail)
    store.subscribe(told.append)
    with store.write(Change.SETTINGS):
        put(store, "a")
    assert keys(database) == ["a"]
    assert told == [Change.SETTINGS]
    assert [type(error) for error in caught] == [RuntimeError]


def test_what_a_subscriber_writes_is_announced_after_the_round(store: Store) -> None:
    told: list[tuple[str, Change]] = []

    def write_more(change: Change) -> None:
        told.append(("first", change))
        if change is Change.CALL:
            with store.write(Change.HISTORY):
                put(store, "more")

    store.subscribe(write_more)
    store.subscribe(lambda change: told.append(("second", change)))
    with store.write(Change.CALL):
        put(store, "a")
    assert told == [
        ("first", Change.CALL),
        ("second", Change.CALL),
        ("first", Change.HISTORY),
        ("second", Change.HISTORY),
    ]


def test_a_reader_sees_what_is_committed_and_cannot_write(store: Store) -> None:
    reader = store.reader()
    with store.write():
        put(store, "a")
        assert reader.execute("SELECT count(*) FROM settings").fetchone() == (0,)
    assert reader.execute("SELECT count(*) FROM settings").fetchone() == (1,)
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM settings")
    reader.close()


def test_another_program_that_writes_makes_a_write_wait_then_fail(
    store: Store, database: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    other = child("hold", database)
    assert other.stdout and other.stdin
    assert other.stdout.readline() == "held\n"
    told: list[Change] = []
    store.subscribe(told.append)
    store.connection.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(LockedFile) as error, store.write(Change.SETTINGS):
        put(store, "a")
    assert error.value.kind == "locked"
    assert "companion.db" in str(error.value)
    assert told == []
    assert store.read("SELECT count(*) FROM settings") == [(0,)]
    other.stdin.write("\n")
    other.stdin.flush()
    assert other.stdout.readline() == "let go\n"
    with store.write(Change.SETTINGS):
        put(store, "a")
    assert keys(database) == ["a"]


def test_a_file_that_another_program_writes_to_can_be_opened_and_read(
    database: Path, backups: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    Store.open(database, backups).close()
    other = child("hold", database)
    assert other.stdout and other.stdout.readline() == "held\n"
    store = Store.open(database, backups)
    assert store.read("SELECT count(*) FROM calls") == [(0,)]
    store.close()


def test_a_file_that_another_program_holds_wholly_cannot_be_opened(
    database: Path,
    backups: Path,
    child: Callable[..., subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("companion.storage.files.BUSY_MS", 20)
    Store.open(database, backups).close()
    other = child("hold_all", database)
    assert other.stdout and other.stdout.readline() == "held\n"
    with pytest.raises(LockedFile):
        Store.open(database, backups)


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        Store.open(tmp_path / "none" / "companion.db", tmp_path)
    assert "\n" not in str(error.value)
    assert "none" in str(error.value)


def test_a_name_of_odd_characters_is_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%41 ü\N{GRINNING FACE}" if os.name == "posix" else tmp_path / "a b#d%41 ü"
    folder.mkdir()
    store = Store.open(folder / "companion.db", folder / "backups")
    with store.write():
        put(store, "a")
    reader = store.reader()
    assert reader.execute("SELECT key FROM settings").fetchall() == [("a",)]
    reader.close()
    store.close()
    assert keys(folder / "companion.db") == ["a"]


VISIT = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version').fetchone(); c.close()"


@posix
def test_another_program_that_comes_and_goes_leaves_the_log_alone(database: Path, backups: Path) -> None:
    store = Store.open(database, backups)
    try:
        with store.write():
            put(store, "a")
        subprocess.run([sys.executable, "-c", VISIT, str(database)], check=True)
        # Who closes last takes the log away: the visitor has to see that we are still here.
        assert header.wal_of(database).exists()
        with store.write():
            put(store, "b")
        assert keys(database) == ["a", "b"]
    finally:
        store.close()
