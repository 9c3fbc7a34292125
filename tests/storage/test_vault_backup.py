"""Copies of the vault: sealed like the vault, one a day, good ones never pushed out, gone for good when deleted."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.storage import vault_backup
from companion.storage.errors import DamagedFile, StoreError
from companion.storage.vault import NewVault, Record, Vault
from tests.storage.vaulting import CHEAP, SECRET, a_vault, by_id, files_of, held, records, traces

TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def new() -> NewVault:
    return Vault(Path("nowhere"), Path("nowhere"), CHEAP).prepare(SECRET)


@pytest.fixture
def vault(data_dir: Path, new: NewVault) -> Vault:
    vault = a_vault(data_dir)
    vault.create(new)
    vault.open(new.key)
    vault.write(records(12, words="canary"))
    return vault


def copy_of(data_dir: Path, day: str) -> Path:
    return data_dir / "backups" / f"journal-{day}.vault"


def test_one_copy_a_day_locked_or_not_and_the_newest_stay(
    vault: Vault, data_dir: Path, new: NewVault
) -> None:
    for day in range(5):
        now = TODAY + timedelta(days=day)
        assert vault.daily(now, keep=3) == copy_of(data_dir, f"2026-03-0{day + 2}")
        assert vault.daily(now + timedelta(hours=5), keep=3) is None
        vault.lock()
    assert vault.backups() == [copy_of(data_dir, f"2026-03-0{day}") for day in (6, 5, 4)]
    assert traces(data_dir, "canary") == []
    copy = Vault(copy_of(data_dir, "2026-03-06"), data_dir / "none", CHEAP)
    copy.open(copy.unwrap(copy.locks(), SECRET))
    assert held(copy) == by_id(records(12, words="canary"))
    copy.lock()
    if os.name == "posix":
        assert copy_of(data_dir, "2026-03-06").stat().st_mode & 0o777 == 0o600


def test_where_there_is_no_vault_there_is_no_copy(data_dir: Path) -> None:
    assert a_vault(data_dir).daily(TODAY) is None
    assert files_of(data_dir) == {}


def test_a_damaged_vault_pushes_no_good_copy_out(vault: Vault, data_dir: Path) -> None:
    vault.daily(TODAY)
    vault.lock()
    data = (data_dir / "journal.vault").read_bytes()
    (data_dir / "journal.vault").write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedFile):
        vault.daily(TODAY + timedelta(days=1), keep=1)
    assert vault.backups() == [copy_of(data_dir, "2026-03-02")]


def test_which_copies_hold_an_entry_and_of_which_vault_they_are(
    vault: Vault, data_dir: Path, new: NewVault
) -> None:
    first = vault.heads()[0].id
    vault.daily(TODAY)
    vault.write(removes=[first])
    vault.daily(TODAY + timedelta(days=1))
    backups = data_dir / "backups"
    assert vault_backup.holds(backups, first) == [copy_of(data_dir, "2026-03-02")]
    assert vault_backup.holds(backups, vault.heads()[0].id) == vault.backups()
    assert vault_backup.vault_ids(copy_of(data_dir, "2026-03-02")) == [new.vault_id]
    assert vault_backup.look_at(copy_of(data_dir, "2026-03-03")) == 11
    vault.lock()


def test_the_newest_good_copy_is_found_and_none_is_changed_by_looking(vault: Vault, data_dir: Path) -> None:
    backups = data_dir / "backups"
    assert vault_backup.newest_good(backups) is None
    for day in range(3):
        vault.daily(TODAY + timedelta(days=day))
    vault.lock()
    os.truncate(copy_of(data_dir, "2026-03-04"), 20_000)
    copy_of(data_dir, "2026-03-05").write_bytes(b"no vault")
    before = files_of(backups)
    assert vault_backup.newest_good(backups) == copy_of(data_dir, "2026-03-03")
    with pytest.raises(StoreError):
        vault_backup.look_at(copy_of(data_dir, "2026-03-04"))
    assert files_of(backups) == before


def test_a_record_comes_from_the_newest_copy_that_has_it(vault: Vault, data_dir: Path, new: NewVault) -> None:
    first, second = (vault.heads()[n].id for n in (0, 1))
    vault.daily(TODAY)
    vault.write([Record(first, "entry", {}, {"event": "newer"})], removes=[second])
    vault.daily(TODAY + timedelta(days=1))
    vault.write(removes=[first])
    came = by_id(vault.from_backup([first, second, "0" * 32]))
    assert came[first].body == {"event": "newer"}
    assert came[second] == by_id(records(12, words="canary"))[second]
    assert set(came) == {first, second}
    other = vault.prepare("another").key
    assert vault_backup.records_in(data_dir / "backups", [first], other) == []
    vault.lock()


def test_what_is_wiped_is_overwritten_before_it_is_removed(tmp_path: Path) -> None:
    path, witness = tmp_path / "a.vault", tmp_path / "same file"
    path.write_bytes(b"secret" * 5000)
    os.link(path, witness)
    vault_backup.wipe(path)
    assert not path.exists()
    assert witness.read_bytes() == bytes(30_000)


def test_deleting_copies_leaves_those_of_the_work_data(vault: Vault, data_dir: Path) -> None:
    vault.daily(TODAY)
    vault.lock()
    done = vault.rescue(TODAY)
    work = data_dir / "backups" / "companion-2026-03-02.db"
    work.write_bytes(b"work")
    assert set(vault.backups()) == {copy_of(data_dir, "2026-03-02"), done.set_aside / "journal.vault"}
    vault.delete_backups()
    assert list(files_of(data_dir / "backups")) == ["companion-2026-03-02.db"]
    assert vault.state == "locked"
