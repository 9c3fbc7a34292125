"""What opening has to read is read while the key is being found: used once, sealed, and only of a file as it was."""

import gc
import os
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.storage.errors import StoreError, WrongSecret
from companion.storage.vault import Key, NewVault, Record, Vault
from companion.storage.vault_door import Door
from companion.storage.vault_file import VaultFile
from tests.storage.vaulting import CHEAP, SECRET, a_vault, by_id, held, new_id, records, sealed_in


@pytest.fixture(scope="module")
def new() -> NewVault:
    return Vault(Path("nowhere"), Path("nowhere"), CHEAP).prepare(SECRET)


@pytest.fixture
def some() -> list[Record]:
    return records(12, words="one of twelve")


@pytest.fixture
def vault(data_dir: Path, new: NewVault, some: list[Record]) -> Iterator[Vault]:
    """A locked vault with twelve records."""
    vault = a_vault(data_dir)
    vault.create(new)
    vault.open(new.key)
    vault.write(some)
    vault.lock()
    yield vault
    vault.lock()


def found(vault: Vault) -> Key:
    return vault.find(lambda: vault.unwrap(vault.locks(), SECRET))


def hurt(path: Path, id_: str) -> None:
    """Turns the bytes of a record's id in both tables, and leaves the file's times as they were."""
    about = path.stat()
    data = path.read_bytes()
    assert data.count(bytes.fromhex(id_)) == 2
    path.write_bytes(data.replace(bytes.fromhex(id_), bytes(16)))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def test_what_was_read_ahead_is_not_read_again(vault: Vault, data_dir: Path, some: list[Record]) -> None:
    key = found(vault)
    hurt(data_dir / "journal.vault", some[3].id)  # seen by whoever reads the heads of the file now
    vault.open(key)
    assert {head.id for head in vault.heads()} == by_id(some).keys()
    vault.open(key)  # what was read ahead serves once
    assert {head.id for head in vault.heads()} == by_id(some).keys() - {some[3].id}


def test_a_file_that_has_changed_since_is_read_again(
    vault: Vault, data_dir: Path, some: list[Record]
) -> None:
    key = found(vault)
    other = a_vault(data_dir)
    other.open(key)
    more = records(2, seed=5, words="two more")
    other.write(more, removes=[some[0].id])
    other.lock()
    vault.open(key)
    assert held(vault) == by_id(some[1:] + more)
    later = records(1, seed=6)
    vault.write(later)
    assert held(vault) == by_id(some[1:] + more + later)


def test_a_check_sealed_in_between_comes_in(vault: Vault, some: list[Record]) -> None:
    key = found(vault)
    vault.seal({"before": 7})
    vault.open(key)
    assert sealed_in(vault) == [{"before": 7}]
    assert held(vault) == by_id(some)


def test_checks_can_be_sealed_while_the_other_thread_reads(
    vault: Vault, new: NewVault, some: list[Record]
) -> None:
    def find() -> Key:
        for n in range(20):
            vault.seal({"n": n})
        return vault.unwrap(vault.locks(), SECRET)

    vault.open(vault.find(find))
    assert sealed_in(vault) == [{"n": n} for n in range(20)]
    assert held(vault) == by_id(some)


def test_a_wrong_secret_is_told_and_leaves_no_thread(vault: Vault) -> None:
    threads = threading.active_count()
    with pytest.raises(WrongSecret):
        vault.find(lambda: vault.unwrap(vault.locks(), "another"))
    assert threading.active_count() == threads


def test_what_was_read_goes_with_the_key(vault: Vault) -> None:
    door = vault._door
    key = found(vault)
    assert len(door._ahead) == 1
    del key
    gc.collect()
    assert len(door._ahead) == 0


def test_nothing_of_it_is_unsealed(vault: Vault, some: list[Record]) -> None:
    key = found(vault)
    ((_, heads),) = vault._door._ahead.values()
    assert len(heads.rows) == len(some)
    told = repr(heads)
    assert "twelve" not in told and repr(key.master) not in told


@pytest.mark.parametrize("state", ["none", "open", "cut"])
def test_where_nothing_can_be_read_ahead_the_key_is_found_all_the_same(
    vault: Vault, data_dir: Path, new: NewVault, some: list[Record], state: str
) -> None:
    path = data_dir / "journal.vault"
    if state == "none":
        vault.delete_everything()
    elif state == "open":
        vault.open(new.key)
    else:
        path.write_bytes(path.read_bytes()[:-4096])
    assert vault.find(lambda: new.key) is new.key
    assert len(vault._door._ahead) == 0
    if state == "none":
        with pytest.raises(StoreError):
            vault.open(new.key)
    else:
        vault.open(new.key)
        assert (vault.rescued is not None) == (state == "cut")
        assert held(vault) == by_id(some)


def test_tables_that_do_not_agree_are_found_by_who_opens(
    vault: Vault, data_dir: Path, some: list[Record]
) -> None:
    file = VaultFile.open(data_dir / "journal.vault", data_dir / "backups")
    with file.write() as connection:
        connection.execute("DELETE FROM mirror WHERE n = 4")
    file.close()
    vault.open(found(vault))
    assert vault.rescued is not None
    assert held(vault) == by_id(some)


def test_the_door_opens_for_one_thread_at_a_time(vault: Vault, data_dir: Path) -> None:
    door = Door(data_dir / "journal.vault", data_dir / "backups")
    came_in: list[bool] = []
    thread = threading.Thread(target=lambda: came_in.append(door._one.acquire(blocking=False)))
    with door.ajar():
        thread.start()
        thread.join()
    assert came_in == [False]


def test_ten_thousand_are_all_there(vault: Vault, new: NewVault) -> None:
    chance = random.Random(4)
    many = [Record(new_id(chance), "entry", {"n": n}, {}, f"{n:05}") for n in range(10_000)]
    vault.open(new.key)
    vault.write(many)
    vault.lock()
    vault.open(found(vault))
    fronts = {ident: order for ident, kind, order in vault.fronts() if kind == "entry"}
    assert fronts == {one.id: one.order for one in many} | {
        head.id: head.order for head in vault.heads() if head.id not in by_id(many)
    }
    assert vault.head(many[77].id).head == {"n": 77}
    with pytest.raises(KeyError):
        vault.head("0" * 32)
