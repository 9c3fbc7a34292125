"""Damage: one flipped bit anywhere loses nothing, a cut file gives what is in it, and nothing is ever made up."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.storage import header
from companion.storage.errors import DamagedFile, StoreError
from companion.storage.vault import NewVault, Record, Vault
from companion.storage.vault_pages import keys_in, log_is_whole
from tests.storage.vaulting import (
    CHEAP,
    SECRET,
    a_vault,
    by_id,
    files_of,
    held,
    killed_copy,
    record,
    records,
    sealed_in,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DOCUMENTS = [{"check": n} for n in range(3)]


@pytest.fixture(scope="module")
def new() -> NewVault:
    return Vault(Path("nowhere"), Path("nowhere"), CHEAP).prepare(SECRET)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, new: NewVault) -> tuple[bytes, list[Record]]:
    """The bytes of a vault with thirty records and three sealed documents."""
    folder = tmp_path_factory.mktemp("filled")
    vault, some = a_vault(folder), records(30)
    vault.create(new)
    vault.open(new.key)
    vault.write(some[:20])
    vault.write(some[20:])
    vault.lock()
    for document in DOCUMENTS:
        vault.seal(document)
    return (folder / "journal.vault").read_bytes(), some


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory, new: NewVault) -> tuple[bytes, bytes, list[Record]]:
    """The bytes of a vault and its log, as a killed program leaves them."""
    folder = tmp_path_factory.mktemp("logged")
    vault, some = a_vault(folder), records(14)
    vault.create(new)
    vault.open(new.key)
    vault.write(some[:8])
    vault.write(removes=[some[0].id])  # a new round of the log begins
    for one in some[8:]:
        vault.write([one])
    path = killed_copy(folder / "journal.vault", folder / "killed")
    vault.lock()
    return path.read_bytes(), header.wal_of(path).read_bytes(), some[1:]


def put(folder: Path, data: bytes, log: bytes = b"") -> Vault:
    for one in folder.glob("journal.vault*"):
        one.unlink()
    (folder / "journal.vault").write_bytes(data)
    if log:
        (folder / "journal.vault-wal").write_bytes(log)
    return a_vault(folder)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def nothing_is_lost(vault: Vault, new: NewVault, some: list[Record], documents: list[dict[str, int]]) -> None:
    key = vault.unwrap(vault.locks(), SECRET)
    assert key == new.key
    vault.open(key)
    assert held(vault) == by_id(some)
    assert vault.unreadable is None
    assert sealed_in(vault) == documents
    one = some[3]
    vault.write([one])
    vault.lock()
    vault.open(key)
    assert vault.rescued is None
    assert held(vault) == by_id(some)
    vault.mend()
    assert vault.check() == []
    vault.lock()


def sample(data: bytes, count: int, seed: int) -> list[int]:
    """Bits from everywhere: the file's own header, the first bytes of pages, and any place at all."""
    chance = random.Random(seed)
    bits = [chance.randrange(100 * 8) for _ in range(count // 3)]
    bits += [
        (chance.randrange(len(data) // 4096) * 4096 + chance.randrange(12)) * 8 + 3 for _ in range(count // 3)
    ]
    return bits + [chance.randrange(len(data) * 8) for _ in range(count - len(bits))]


@pytest.mark.parametrize("seed", range(6))
def test_one_flipped_bit_anywhere_loses_nothing(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]], seed: int
) -> None:
    data, some = filled
    for bit in sample(data, 12, seed):
        nothing_is_lost(put(data_dir, flipped(data, bit)), new, some, DOCUMENTS)


@pytest.mark.slow
def test_every_bit_of_the_header_and_thousands_of_others_lose_nothing(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, some = filled
    starts = [page * 4096 * 8 + bit for page in range(1, len(data) // 4096) for bit in range(8 * 8)]
    for bit in [*range(100 * 8), *starts, *sample(data, 1500, 99)]:
        nothing_is_lost(put(data_dir, flipped(data, bit)), new, some, DOCUMENTS)


@pytest.mark.parametrize("seed", range(4))
def test_one_flipped_bit_in_the_log_loses_nothing(
    data_dir: Path, new: NewVault, logged: tuple[bytes, bytes, list[Record]], seed: int
) -> None:
    data, log, some = logged
    chance = random.Random(seed)
    for bit in [chance.randrange(32 * 8), *(chance.randrange(len(log) * 8) for _ in range(8))]:
        nothing_is_lost(put(data_dir, data, flipped(log, bit)), new, some, [])


@pytest.mark.parametrize("bit", range(8 * 8, 16 * 8, 5))
def test_a_bit_in_the_mark_of_the_last_frame_loses_nothing(
    data_dir: Path, new: NewVault, logged: tuple[bytes, bytes, list[Record]], bit: int
) -> None:
    """It must not be taken for what an earlier round has left behind the end."""
    data, log, some = logged
    last = (len(log) - 32) // (4096 + 24) - 1
    nothing_is_lost(put(data_dir, data, flipped(log, (32 + last * (4096 + 24)) * 8 + bit)), new, some, [])


@pytest.mark.slow
def test_bits_of_all_headers_in_the_log_lose_nothing(
    data_dir: Path, new: NewVault, logged: tuple[bytes, bytes, list[Record]]
) -> None:
    data, log, some = logged
    ats = range(32, len(log), 4096 + 24)
    for bit in [*range(32 * 8), *(at * 8 + bit for at in ats for bit in range(0, 24 * 8, 11))]:
        nothing_is_lost(put(data_dir, data, flipped(log, bit)), new, some, [])


def test_a_log_cut_off_by_a_sudden_end_is_no_damage(
    data_dir: Path, logged: tuple[bytes, bytes, list[Record]], new: NewVault
) -> None:
    data, log, some = logged
    for cut in range(0, len(log), 1777):
        vault = put(data_dir, data, log[:cut])
        assert log_is_whole(data_dir / "journal.vault")
        vault.open(new.key)
        assert vault.rescued is None
        assert {one.id for one in held(vault).values()} <= {one.id for one in some}
        assert vault.check() == []
        vault.lock()


@pytest.mark.parametrize("table", ["records", "mirror"])
def test_a_whole_table_may_be_lost(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]], table: str
) -> None:
    data, some = filled
    vault = put(data_dir, data)
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        connection.execute(f"DELETE FROM {table}")
    connection.close()
    nothing_is_lost(vault, new, some, DOCUMENTS)


def test_any_lost_page_loses_nothing(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, some = filled
    for page in range(len(data) // 4096):
        junk = random.Random(page).choice([bytes(4096), b"\xff" * 4096, random.Random(page).randbytes(4096)])
        if not page and not any(junk):
            continue
        changed = data[: page * 4096] + junk + data[(page + 1) * 4096 :]
        nothing_is_lost(put(data_dir, changed), new, some, DOCUMENTS)


def test_a_cut_file_gives_what_is_in_it_and_nothing_else(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, some = filled
    want, most = by_id(some), 0
    for size in [*range(12_288, len(data), 6 * 1024 + 513), len(data) - 1]:
        vault = put(data_dir, data[:size])
        vault.open(new.key)
        assert vault.rescued is not None
        got = held(vault)
        assert got.items() <= want.items()
        assert all(document in DOCUMENTS for document in sealed_in(vault))
        assert len(got) >= most
        most = max(most, len(got))
        vault.lock()
    assert most == 30


@pytest.mark.parametrize("size", [1, 15, 16, 99, 100, 4095, 4096, 5000])
def test_a_file_cut_so_short_that_its_keys_are_gone_is_not_touched(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]], size: int
) -> None:
    vault = put(data_dir, filled[0][:size])
    before = files_of(data_dir)
    for use in (vault.locks, lambda: vault.open(new.key), lambda: vault.seal({})):
        with pytest.raises(StoreError):
            use()
    assert files_of(data_dir) == before


def test_keys_that_are_lost_in_both_places_come_from_the_newest_copy(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, some = filled
    vault = put(data_dir, data)
    vault.daily(NOW)
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        for table in ("header", "header_mirror"):
            connection.execute(f"UPDATE {table} SET keys = zeroblob(300)")
    connection.close()
    vault.open(vault.unwrap(vault.locks(), SECRET))
    assert (
        vault.rescued is not None
        and vault.rescued.keys_from == data_dir / "backups" / "journal-2026-03-02.vault"
    )
    assert held(vault) == by_id(some)
    vault.lock()


def test_what_neither_copy_gives_back_is_told_and_comes_from_a_backup(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, some = filled
    vault = put(data_dir, data)
    vault.daily(NOW)
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        ids = [bytes(row[0]).hex() for row in connection.execute("SELECT id FROM records ORDER BY n LIMIT 2")]
        for table in ("records", "mirror"):
            connection.execute(f"UPDATE {table} SET head = zeroblob(168) WHERE n = 1")
            connection.execute(f"UPDATE {table} SET body = zeroblob(600) WHERE n = 2")
    connection.close()
    vault.open(new.key)
    assert vault.rescued is None
    assert vault.unreadable is not None and vault.unreadable.ids == (ids[0],)
    assert "1 entry " in str(vault.unreadable)
    got = held(vault)
    assert got == {ident: one for ident, one in by_id(some).items() if ident not in ids}
    assert vault.unreadable.ids == tuple(sorted(ids))
    assert len(vault.check()) == 4  # two places, each told by its checksum and by its seal in both tables
    back = vault.from_backup(vault.unreadable.ids)
    assert by_id(back) == {ident: by_id(some)[ident] for ident in ids}
    vault.write(back)
    assert vault.unreadable is None
    assert held(vault) == by_id(some)
    vault.lock()
    vault.open(new.key)
    assert held(vault) == by_id(some)
    assert vault.check() == []
    vault.lock()


def test_what_is_unreadable_can_be_removed(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    vault = put(data_dir, filled[0])
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        for table in ("records", "mirror"):
            connection.execute(f"UPDATE {table} SET head = zeroblob(168) WHERE n = 1")
    connection.close()
    vault.open(new.key)
    assert vault.unreadable is not None
    vault.write(removes=vault.unreadable.ids)
    assert vault.unreadable is None and vault.check() == []
    vault.lock()


def test_half_of_a_record_in_each_copy_is_kept_through_a_rescue(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    """Neither copy is whole, but one still has the head, the other the body."""
    data, some = filled
    vault = put(data_dir, data)
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        connection.execute("UPDATE records SET head = zeroblob(168) WHERE n = 3")
        connection.execute("UPDATE mirror SET body = zeroblob(600) WHERE n = 3")
    connection.close()
    changed = (data_dir / "journal.vault").read_bytes()
    done = put(data_dir, changed).rescue(NOW)
    assert (done.records, done.inbox, done.lost) == (30, 3, 1)
    assert (done.set_aside / "journal.vault").read_bytes() == changed
    vault.open(new.key)
    assert held(vault) == by_id(some)
    vault.lock()


def test_a_flipped_bit_is_healed_before_the_copy_of_the_day(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, _ = filled
    vault = put(data_dir, data)
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        connection.execute("UPDATE mirror SET body = zeroblob(600) WHERE n = 5")
    connection.close()
    assert len(vault.check()) == 1
    assert vault.daily(NOW)
    assert vault.check() == []
    copy = Vault(data_dir / "backups" / "journal-2026-03-02.vault", data_dir / "none", CHEAP)
    assert copy.check() == []


def test_a_rescue_of_a_whole_vault_changes_nothing_in_it(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, some = filled
    vault = put(data_dir, data)
    done = vault.rescue(NOW)
    assert (done.records, done.inbox, done.lost, done.keys_from) == (30, 3, 0, None)
    nothing_is_lost(vault, new, some, DOCUMENTS)
    assert vault.backups() == [done.set_aside / "journal.vault"]
    vault.delete_backups()
    assert not done.set_aside.exists()


def test_a_record_moved_to_another_s_place_is_not_shown_as_that_one(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, _ = filled
    vault = put(data_dir, data)
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        for table in ("records", "mirror"):
            connection.execute(
                f"UPDATE {table} SET (head, body) = (SELECT head, body FROM {table} WHERE n = 2) WHERE n = 1"
            )
    connection.close()
    vault.open(new.key)
    assert len(held(vault)) == 29
    assert vault.unreadable is not None
    vault.lock()


def test_damage_while_it_is_open_is_told_and_gone_after_opening_again(
    data_dir: Path, new: NewVault, filled: tuple[bytes, list[Record]]
) -> None:
    data, some = filled
    vault = put(data_dir, data)
    vault.open(new.key)
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        connection.execute("DELETE FROM mirror WHERE n = 1")
    connection.close()
    first = vault.heads()[0].id
    with pytest.raises(DamagedFile):
        vault.write([record(random.Random(1), ident=first)])
    vault.open(new.key)
    assert vault.rescued is not None
    assert held(vault) == by_id(some)
    vault.lock()


def test_keys_are_found_without_sqlite(data_dir: Path, filled: tuple[bytes, list[Record]]) -> None:
    put(data_dir, b"\xff" * 4096 + filled[0][4096:])
    assert len(keys_in(data_dir / "journal.vault")) == 1
