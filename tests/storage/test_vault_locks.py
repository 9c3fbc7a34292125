"""Locks of a vault in its file: passphrase, recovery code, inbox keys, and what an exchanged one does."""

import pickle
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from companion.storage.errors import WrongSecret
from companion.storage.vault import NewVault, Vault
from companion.storage.vault_file import VaultFile
from tests.storage.vaulting import (
    CHEAP,
    SECRET,
    a_vault,
    files_of,
    record,
    records,
    sealed_in,
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


def test_a_wrong_secret_opens_nothing_and_changes_nothing(vault: Vault, data_dir: Path) -> None:
    vault.write(records(3))
    vault.lock()
    before = files_of(data_dir)
    locks = vault.locks()
    for wrong in ("", " ", SECRET[:-1], SECRET + " ", SECRET.upper(), "x" * 5000, "\ud800"):
        with pytest.raises(WrongSecret) as error:
            vault.unwrap(locks, wrong)
        assert not error.value.mistyped
        assert not wrong.strip() or wrong not in str(error.value)
    for wrong in ("", "0000", "x" * 28):
        with pytest.raises(WrongSecret) as error:
            vault.unwrap(locks, wrong, recovery=True)
        assert error.value.mistyped
    assert files_of(data_dir) == before


def test_the_key_of_another_vault_opens_nothing(vault: Vault, data_dir: Path) -> None:
    other = vault.prepare(SECRET)
    vault.lock()
    with pytest.raises(WrongSecret):
        vault.open(other.key)
    with pytest.raises(WrongSecret):
        vault.keep(vault.new_recovery(other.key))
    with pytest.raises(WrongSecret):
        vault.unwrap(vault.locks(), other.recovery_code, recovery=True)
    assert vault.state == "locked"


def test_the_recovery_code_opens_it_however_it_is_typed(vault: Vault, new: NewVault) -> None:
    assert vault.unwrap(vault.locks(), new.recovery_code.lower().replace("-", " "), recovery=True) == new.key


def test_a_new_passphrase_takes_the_place_of_the_old_one_without_touching_records(
    vault: Vault, data_dir: Path, new: NewVault
) -> None:
    vault.write(records(10))
    vault._file.settle()  # type: ignore[union-attr]
    old = vault.locks()
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        before = connection.execute("SELECT * FROM records").fetchall()
        vault.keep(vault.rewrap(new.key, "another one"))
        assert connection.execute("SELECT * FROM records").fetchall() == before
    connection.close()
    vault.lock()
    assert vault.unwrap(vault.locks(), "another one") == new.key
    with pytest.raises(WrongSecret):
        vault.unwrap(vault.locks(), SECRET)
    assert vault.unwrap(vault.locks(), new.recovery_code, recovery=True) == new.key
    assert old.passphrase is not None
    assert not any(old.passphrase.wrapped.hex().encode() in data for data in files_of(data_dir).values())


def test_a_new_recovery_code_takes_the_place_of_the_old_one(vault: Vault, new: NewVault) -> None:
    lock = vault.new_recovery(new.key)
    assert vault.unwrap(vault.locks(), new.recovery_code, recovery=True) == new.key
    vault.keep(lock)
    with pytest.raises(WrongSecret) as error:
        vault.unwrap(vault.locks(), new.recovery_code, recovery=True)
    assert not error.value.mistyped
    assert vault.unwrap(vault.locks(), lock.recovery_code, recovery=True) == new.key
    assert vault.unwrap(vault.locks(), SECRET) == new.key


def test_an_exchanged_public_key_is_found_at_unlocking(vault: Vault, data_dir: Path, new: NewVault) -> None:
    """Somebody who can write to the file puts a key of theirs there, to read what is sealed from now on."""
    vault.lock()
    theirs = vault.prepare("theirs").locks
    mine = vault.locks()
    file = VaultFile.open(data_dir / "journal.vault", data_dir / "backups")
    file.put_locks(type(mine)(mine.vault_id, theirs.public, mine.private, mine.recovery, mine.passphrase))
    file.close()
    vault.seal({"n": 1})
    vault.open(new.key)
    assert vault.read_inbox() == [] and vault.unreadable_inbox == 1
    vault.lock()
    assert vault.locks().public not in (theirs.public, mine.public)
    vault.seal({"n": 2})
    vault.open(new.key)
    assert sealed_in(vault) == [{"n": 2}]


def test_keys_and_heads_tell_nothing_when_they_are_printed(vault: Vault, new: NewVault) -> None:
    vault.write([record(random.Random(8), CANARY)])
    shown = repr([new, new.key, vault.heads(), vault.new_recovery(new.key)])
    assert CANARY not in shown and new.key.master.hex() not in shown and repr(new.key.master) not in shown
    assert new.recovery_code not in shown
    with pytest.raises(TypeError):
        pickle.dumps(new.key)
