"""The vault in daily use: locked, unlocked, written, read; nothing plain in any file, nothing lost."""

import os
import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.storage import header
from companion.storage.errors import ForeignFile, NewerFile, StoreError
from companion.storage.vault import NewVault, Record, Vault
from companion.storage.vault_file import STEPS, VaultFile, build, migrate
from companion.storage.vault_keys import locks_bytes
from tests.storage.vaulting import (
    CHEAP,
    SECRET,
    a_vault,
    by_id,
    files_of,
    held,
    new_id,
    record,
    records,
    sealed_in,
    traces,
)

CANARY = "canary é sings under the desk"


@pytest.fixture(scope="module")
def new() -> NewVault:
    """One set of keys for all tests that do not care which."""
    return Vault(Path("nowhere"), Path("nowhere"), CHEAP).prepare(SECRET)


@pytest.fixture
def vault(data_dir: Path, new: NewVault) -> Vault:
    """An unlocked vault with nothing in it."""
    vault = a_vault(data_dir)
    vault.create(new)
    vault.open(new.key)
    return vault


def test_from_nothing_to_open_and_back(data_dir: Path, new: NewVault) -> None:
    vault = a_vault(data_dir)
    assert vault.state == "none"
    assert files_of(data_dir) == {}
    vault.create(new)
    assert vault.state == "locked"
    assert list(files_of(data_dir)) == ["journal.vault"]
    key = vault.unwrap(vault.locks(), SECRET)
    vault.open(key)
    assert vault.state == "open"
    assert vault.heads() == []
    vault.lock()
    assert vault.state == "locked"
    with pytest.raises(StoreError, match="locked"):
        vault.heads()
    if os.name == "posix":
        assert (data_dir / "journal.vault").stat().st_mode & 0o777 == 0o600


def test_a_vault_that_is_there_is_never_replaced(vault: Vault, data_dir: Path, new: NewVault) -> None:
    one = record(random.Random(1))
    vault.write([one])
    vault.lock()
    before = files_of(data_dir)
    with pytest.raises(StoreError, match="already"):
        vault.create(vault.prepare("another"))
    assert files_of(data_dir) == before


def test_an_empty_file_is_no_vault_unless_copies_tell_otherwise(data_dir: Path, new: NewVault) -> None:
    vault = a_vault(data_dir)
    (data_dir / "journal.vault").touch()
    assert vault.state == "none"
    (data_dir / "backups").mkdir()
    (data_dir / "backups" / "journal-2026-03-01.vault").touch()
    assert vault.state == "locked"
    (data_dir / "backups" / "journal-2026-03-01.vault").unlink()
    vault.create(new)
    vault.open(new.key)


def test_what_is_written_is_read_after_locking(vault: Vault, new: NewVault) -> None:
    some = records(60)
    vault.write(some[:40])
    for one in some[40:]:
        vault.write([one])
    assert held(vault) == by_id(some)
    vault.lock()
    vault.open(new.key)
    assert held(vault) == by_id(some)
    assert vault.rescued is None and vault.unreadable is None
    assert vault.check() == []


def test_a_record_is_replaced_and_removed(vault: Vault, new: NewVault) -> None:
    chance = random.Random(2)
    some = records(5)
    vault.write(some)
    other = record(chance, ident=some[1].id)
    vault.write([some[3], other], removes=[some[0].id, some[4].id, new_id(chance)])
    want = by_id([other, some[2], some[3]])
    assert held(vault) == want
    vault.lock()
    vault.open(new.key)
    assert held(vault) == want
    assert vault.bodies([some[0].id, new_id(chance)]) == {}


def test_of_two_records_with_one_id_the_last_counts_and_writing_beats_removing(vault: Vault) -> None:
    first, second = records(2)
    second = second._replace(id=first.id)
    vault.write([first, second], removes=[first.id])
    assert held(vault) == by_id([second])


@pytest.mark.parametrize("wrong", ["", "strategy", "habits:2026-W47", "AB" * 16, "ab" * 15, "ab" * 16 + "\n"])
def test_only_a_random_id_stands_in_the_file(vault: Vault, wrong: str) -> None:
    with pytest.raises(ValueError, match="32 digits") as error:
        vault.write([Record(wrong, "page", {}, {})])
    assert not wrong or wrong not in str(error.value)
    assert vault.heads() == []


def test_what_is_no_json_is_refused_and_quoted_nowhere(vault: Vault) -> None:
    one = record(random.Random(3))
    for bad in ({"line": {CANARY}}, {"line": float("nan")}):
        with pytest.raises(ValueError, match="JSON") as error:
            vault.write([one._replace(body=bad)])
        assert CANARY not in repr(error.value)
        with pytest.raises(ValueError, match="JSON"):
            vault.seal(bad)
    assert vault.heads() == []


@pytest.mark.parametrize("text", ["\0", "\ud83d", "שלום", "\U0001f600", "x" * 300_000, '\n\r\t"\\', "\u2028"])
def test_any_text_comes_back_exactly(vault: Vault, new: NewVault, text: str) -> None:
    one = Record(new_id(random.Random(4)), "entry", {"line": text[:500]}, {"event": text})
    vault.write([one])
    vault.seal({"line": text})
    vault.lock()
    vault.open(new.key)
    assert held(vault) == by_id([one])
    assert sealed_in(vault) == [{"line": text}]


def test_nothing_plain_stands_in_any_file(vault: Vault, data_dir: Path, new: NewVault) -> None:
    some = records(20, words=CANARY)
    vault.write(some)
    vault.write([record(random.Random(5), CANARY, ident=some[0].id)], removes=[some[1].id])
    vault.seal({"line": CANARY})
    assert header.wal_of(data_dir / "journal.vault").stat().st_size
    vault.daily(datetime(2026, 3, 2, tzinfo=UTC))
    assert traces(data_dir, CANARY) == []
    assert traces(data_dir, "entry") == [] and traces(data_dir, "2026-03-") == []
    assert traces(data_dir, SECRET) == []
    vault.lock()
    assert traces(data_dir, CANARY) == []
    assert not any(
        new.key.master in data or new.key.master.hex().encode() in data
        for data in files_of(data_dir).values()
    )


def test_sizes_tell_little(vault: Vault, data_dir: Path) -> None:
    chance = random.Random(6)
    vault.write([record(chance, size=size) for size in range(0, 380, 7)])
    vault.lock()
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        sizes = set(connection.execute("SELECT length(head), length(body) FROM records"))
    connection.close()
    assert len(sizes) == 1


def test_what_is_removed_is_gone_from_the_file_and_its_log(vault: Vault, data_dir: Path) -> None:
    some = records(30)
    vault.write(some)
    path = data_dir / "journal.vault"
    with closing(sqlite3.connect(path)) as connection, connection:
        (gone,) = connection.execute("SELECT body FROM records WHERE n = 7").fetchone()
    connection.close()
    assert any(gone[:200] in data for data in files_of(data_dir).values())
    vault.write(removes=[some[6].id])
    assert not any(gone[:200] in data or gone[-200:] in data for data in files_of(data_dir).values())


def test_who_reads_right_now_delays_only_the_cleaning(vault: Vault, data_dir: Path) -> None:
    some = records(30)
    vault.write(some)
    reader = sqlite3.connect(data_dir / "journal.vault", isolation_level=None)
    reader.execute("BEGIN")
    (gone,) = reader.execute("SELECT body FROM records WHERE n = 7").fetchone()
    vault.write(removes=[some[6].id])
    assert any(gone[:200] in data for data in files_of(data_dir).values())
    reader.execute("COMMIT")
    reader.close()
    vault.write([record(random.Random(7))])
    assert not any(gone[:200] in data for data in files_of(data_dir).values())


# -- the inbox


def test_a_locked_vault_takes_documents_that_only_the_unlocked_one_reads(
    vault: Vault, data_dir: Path, new: NewVault
) -> None:
    vault.lock()
    assert vault.inbox_count == 0
    idents = [a_vault(data_dir).seal({"before": n, "line": CANARY}) for n in range(3)]
    assert vault.inbox_count == 3
    assert traces(data_dir, CANARY) == []
    vault.open(new.key)
    waiting = vault.read_inbox()
    assert [(one.id, one.document["before"]) for one in waiting] == list(zip(idents, range(3), strict=True))
    vault.write([Record(one.id, "check", one.document, one.document) for one in waiting], take_inbox=True)
    assert vault.inbox_count == 0
    assert vault.read_inbox() == []
    assert set(held(vault)) == set(idents)


def test_what_comes_between_reading_and_taking_in_stays(vault: Vault, data_dir: Path) -> None:
    a_vault(data_dir).seal({"n": 1})
    assert sealed_in(vault) == [{"n": 1}]
    a_vault(data_dir).seal({"n": 2})
    vault.write(take_inbox=True)
    assert sealed_in(vault) == [{"n": 2}]
    a_vault(data_dir).seal({"n": 3})
    vault.write(records(1))
    assert sealed_in(vault) == [{"n": 2}, {"n": 3}]


def test_a_document_of_another_vault_or_of_nobody_is_not_taken_for_one(vault: Vault, data_dir: Path) -> None:
    vault.seal({"n": 1})
    vault.seal({"n": 2})
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        for table in ("inbox", "inbox_mirror"):
            connection.execute(f"UPDATE {table} SET id = ? WHERE n = 1", (bytes(16),))  # a copy of an old one
            connection.execute(
                f"INSERT INTO {table} VALUES (9, ?, ?, ?)", (b"i" * 16, b"junk" * 30, b"s" * 16)
            )
    connection.close()
    assert sealed_in(vault) == [{"n": 2}]
    assert vault.unreadable_inbox == 2
    vault.write(take_inbox=True)
    assert vault.inbox_count == 2


# -- other files, other versions, other threads


def test_a_foreign_file_is_left_exactly_as_it_is(data_dir: Path, new: NewVault) -> None:
    path = data_dir / "journal.vault"
    vault = a_vault(data_dir)
    uses = (vault.locks, lambda: vault.seal({}), lambda: vault.open(new.key), vault.delete_everything)
    for content in (b"a letter to somebody", bytes(range(256)) * 64, b"SQLite format 3\0" + bytes(4080)):
        path.write_bytes(content)
        for use in uses:
            with pytest.raises(ForeignFile):
                use()
        assert files_of(data_dir) == {"journal.vault": content}
        assert vault.state == "locked"
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE letters (text)")
    connection.close()
    before = files_of(data_dir)
    with pytest.raises(ForeignFile):
        vault.open(new.key)
    with pytest.raises(ForeignFile):
        vault.rescue(datetime(2026, 3, 2, tzinfo=UTC))
    assert files_of(data_dir) == before


def test_a_newer_file_is_left_exactly_as_it_is(data_dir: Path, new: NewVault) -> None:
    path = data_dir / "journal.vault"
    keys = locks_bytes(new.locks).replace(b'"format": 1', b'"format": 2')
    build(path, keys, lambda connection: connection.execute("PRAGMA user_version = 2") and None)
    before = files_of(data_dir)
    vault = a_vault(data_dir)
    for use in (vault.locks, lambda: vault.seal({}), lambda: vault.open(new.key)):
        with pytest.raises(NewerFile):
            use()
    assert files_of(data_dir) == before


def test_an_older_file_is_copied_and_brought_up_to_date(vault: Vault, data_dir: Path, new: NewVault) -> None:
    some = records(5)
    vault.write(some)
    vault.lock()

    def second(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE more (n INTEGER PRIMARY KEY) STRICT")

    file = VaultFile.open(data_dir / "journal.vault", data_dir / "backups", (*STEPS, second))
    assert file.read("SELECT count(*) FROM more") == [(0,)]
    assert file.locks() == new.locks
    file.close()
    (copy,) = (data_dir / "backups").glob("journal-before-version-2-*.vault")
    old = Vault(copy, data_dir / "none", CHEAP)
    old.open(new.key)
    assert held(old) == by_id(some)
    old.lock()


def test_a_step_that_fails_changes_nothing(vault: Vault, data_dir: Path, new: NewVault) -> None:
    vault.lock()

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE more (n INTEGER PRIMARY KEY) STRICT")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        VaultFile.open(data_dir / "journal.vault", data_dir / "backups", (*STEPS, broken))
    vault.open(new.key)
    assert vault.check() == []


def test_the_first_version_still_opens(tmp_path: Path) -> None:
    """A file that the first version of the vault wrote, byte by byte."""
    shipped = Path(__file__).parent.parent / "files" / "journal-1.vault"
    (tmp_path / "journal.vault").write_bytes(shipped.read_bytes())
    vault = a_vault(tmp_path)
    vault.open(vault.unwrap(vault.locks(), "a passphrase of 2026"))
    assert [one.body["event"] for one in held(vault).values()] == ["first", "second"]
    assert sealed_in(vault) == [{"before": 7}]
    vault.lock()


def test_migrating_from_nothing_and_step_by_step_give_the_same_file() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for version in range(len(STEPS)):
        migrate(connection, version, STEPS[: version + 1])
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    connection.close()
    assert names == {"header", "header_mirror", "records", "mirror", "inbox", "inbox_mirror"}


def test_a_second_connection_of_this_program_leaves_the_locks_of_the_first(
    vault: Vault, data_dir: Path
) -> None:
    """Another program that closes the file last would take the log away; it must see that somebody is there."""
    some = records(40)
    vault.write(some[:20])
    worker = threading.Thread(target=vault.daily, args=(datetime(2026, 3, 2, tzinfo=UTC),))
    worker.start()
    worker.join()
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "c.execute('SELECT * FROM records').fetchall(); c.close()"
    )
    subprocess.run([sys.executable, "-c", script, str(data_dir / "journal.vault")], check=True)
    assert header.wal_of(data_dir / "journal.vault").exists()
    vault.write(some[20:])
    vault.lock()
    assert vault.check() == []
    assert (data_dir / "backups" / "journal-2026-03-02.vault").exists()


def test_delete_everything_works_locked_and_leaves_nothing(
    vault: Vault, data_dir: Path, new: NewVault
) -> None:
    vault.write(records(30))
    vault.daily(datetime(2026, 3, 2, tzinfo=UTC))
    vault.lock()
    (data_dir / ".journal.vault.77.new").write_bytes(b"left by a killed program")
    other = a_vault(data_dir)
    assert [path.name for path in other.backups()] == ["journal-2026-03-02.vault"]
    other.delete_everything()
    assert list(files_of(data_dir)) == ["backups/journal-2026-03-02.vault".replace("/", os.sep)]
    assert other.state == "none"
    other.delete_backups()
    assert files_of(data_dir) == {}
    assert other.backups() == []
    other.create(new)
    other.open(new.key)
    assert other.heads() == []
    other.delete_everything()
    assert other.state == "none"


def test_ten_thousand_entries(vault: Vault, new: NewVault) -> None:
    chance = random.Random(9)
    body = {"event": "x" * 300}
    some = [Record(new_id(chance), "entry", {"n": n}, body, f"{n:05}") for n in range(10_000)]
    vault.write(some)
    vault.lock()
    vault.open(new.key)
    heads = sorted(vault.heads(), key=lambda head: head.order)
    assert [head.id for head in heads] == [one.id for one in some]
    assert heads[1234].head == {"n": 1234}
    assert len(vault.bodies([one.id for one in some])) == 10_000
    vault.lock()
