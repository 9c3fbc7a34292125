"""The vault: the encrypted file of the journal. What the journal needs to know of keys, records and their safety.

States: ``none``, ``locked``, ``open``. While it is locked the file is open only for the moment of each call. What
takes long (``prepare``, ``unwrap``, ``rewrap``) touches nothing and may run on any thread; the rest belongs to one.
See docs/adr/0012-vault.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from companion.storage import keyring, vault_backup, vault_file, vault_keys, vault_look
from companion.storage.errors import DamagedFile, DamagedVault, StoreError, WrongSecret
from companion.storage.vault_door import Door
from companion.storage.vault_file import VaultFile
from companion.storage.vault_keys import Cost, Key, Locks, NewLock, NewVault
from companion.storage.vault_rescue import Rescued, rescue
from companion.storage.vault_rows import (
    Head,
    Record,
    Rows,
    Sealed,
    compare,
    mend,
    mend_row,
    put_sealed,
    read_sealed,
)
from companion.storage.vault_seal import Document, Unsealable, key_pair

__all__ = [
    "Cost",
    "DamagedVault",
    "Head",
    "Key",
    "Locks",
    "NewLock",
    "NewVault",
    "Record",
    "Rescued",
    "Sealed",
    "State",
    "Vault",
    "WrongSecret",
]

State = Literal["none", "locked", "open"]


class Vault:
    """One vault file, there or not yet. Every method but the pure ones may raise StoreError."""

    def __init__(self, path: Path, backups: Path, cost: Cost | None = None) -> None:
        """Touches nothing. ``cost`` is what a passphrase is stretched with; None measures this machine."""
        self._path, self._backups, self._cost = path, backups, cost
        self._door = Door(path, backups)
        self._rows: Rows | None = None
        self._key: Key | None = None
        self._private = b""
        self._read: tuple[int, ...] = ()
        self._owed = False
        self.rescued: Rescued | None = None
        """What the last ``open`` had to rescue, until the next one."""
        self.unreadable_inbox = 0
        """Sealed documents that the last ``read_inbox`` could not read; they stay where they are."""

    @property
    def state(self) -> State:
        """Cheap: whether there is a file, and whether it is unlocked. A file of any kind counts as ``locked``."""
        if self._rows is not None:
            return "open"
        return "locked" if vault_look.exists(self._path, self._backups) else "none"

    # -- keys
    def prepare(
        self, passphrase: str | None, keyring_key: bytes | None = None, cost: Cost | None = None
    ) -> NewVault:
        """A new vault, in no file yet. Any thread, about 0.6 s. Raises ValueError for an empty passphrase.

        ``keyring_key`` is put into the system's keyring here, for what it does not take must not become a lock.
        """
        new = vault_keys.prepare(passphrase, keyring_key, cost or self._cost)
        if new.locks.by_keyring and keyring_key is not None:
            keyring.keep(new.vault_id, keyring_key)
        return new

    def create(self, new: NewVault) -> None:
        """Makes the file: at each moment there is none or a whole one. ``open(new.key)`` follows."""
        self.close()
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        vault_file.create(self._path, new.locks)

    def locks(self) -> Locks:
        """The wrapped keys: ``vault_id``, ``by_passphrase``, ``by_keyring``. Also from a damaged file, and quick.

        Raises ForeignFile, NewerFile, or DamagedFile when no keys can be read.
        """
        try:
            with self._door.ajar() as file:
                return file.locks()
        except DamagedFile:
            found = vault_backup.locks_in([self._path, *vault_backup.listed(self._backups)])
            if found is None:
                raise
            return found

    unwrap = staticmethod(vault_keys.unwrap)
    """The key by passphrase or recovery code. Any thread, about 0.5 s. Raises WrongSecret."""

    unwrap_with_keyring_key = staticmethod(vault_keys.unwrap_with_keyring_key)
    """The key by what the system's keyring kept. Raises WrongSecret."""

    def find(self, find: Callable[[], Key]) -> Key:
        """The key that ``find`` finds, or what it raises; meanwhile what ``open`` has to read is read. Any thread."""
        return self._door.find(find)

    def rewrap(self, key: Key, passphrase: str | None, keyring_key: bytes | None = None) -> NewLock:
        """A new passphrase, or the keyring in its place, for ``keep``. Any thread, about 0.6 s. Raises ValueError.

        ``keyring_key`` is put into the system's keyring here.
        """
        new = vault_keys.rewrap(key, passphrase, keyring_key, self._cost)
        if passphrase is None and keyring_key is not None:
            keyring.keep(key.vault_id, keyring_key)
        return new

    @staticmethod
    def new_recovery(key: Key) -> NewLock:
        """A new recovery code (``recovery_code``), for ``keep``; until then the old one holds."""
        return vault_keys.new_recovery(key)

    def keep(self, lock: NewLock) -> None:
        """Puts a new lock into the file; records are not touched, and the lock it replaces opens the file no more."""
        with self._door.ajar() as file:
            file.put_locks(lock.put_into(file.locks()))

    # -- unlocked
    @property
    def _file(self) -> VaultFile | None:
        return self._door.file

    def open(self, key: Key) -> None:
        """Unlocks it and reads all heads. A file that is damaged is rescued on the way, see ``rescued``.

        Raises WrongSecret when the key is of another vault.
        """
        self.close()
        self.rescued = None
        try:
            self._unlock(key)
        except DamagedFile:
            self.close()
            self.rescued = rescue(self._path, self._backups, datetime.now(UTC))
            self._unlock(key)

    def _unlock(self, key: Key) -> None:
        file, ahead = self._door.open(key)
        try:
            locks = file.locks()
            try:
                private = vault_keys.private_key(locks, key)
            except Unsealable:
                # The pair has been exchanged or is damaged: what was sealed for it since cannot be trusted or read.
                public, private = key_pair()
                file.put_locks(vault_keys.with_pair(locks, key, public, private))
            mend_row(file, "header", 1)
            self._rows = Rows(file, key, ahead)
        except BaseException:
            self._door.close()
            raise
        self._key, self._private = key, private

    def lock(self) -> None:
        """Brings all into the file and forgets the key and every head. Nothing happens when it is locked."""
        self._door.close()
        self._rows = self._key = None
        self._private, self._read = b"", ()

    close = lock

    def heads(self) -> list[Head]:
        """Every record that can be read, without its body; in no promised order. Does not touch the disk."""
        return self._open_rows().heads()

    def head(self, ident: str) -> Head:
        """One of them. Raises KeyError."""
        return self._open_rows().head(ident)

    def fronts(self) -> Iterator[tuple[str, str, str]]:
        """Id, kind and order of each, for which no head is read."""
        return self._open_rows().fronts()

    @property
    def unreadable(self) -> DamagedVault | None:
        """The records of which neither copy can be read, as far as they were looked at since it was opened."""
        lost = self._open_rows().unreadable
        return DamagedVault(sorted(lost)) if lost else None

    def bodies(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Bodies by id; unknown and unreadable ones are missing in it."""
        return self._open_rows().bodies(ids)

    def from_backup(self, ids: Iterable[str]) -> list[Record]:
        """What the newest copies have for these ids; ``write`` brings them back. Reads whole files."""
        assert self._key is not None
        return vault_backup.records_in(self._backups, ids, self._key)

    def write(
        self, puts: Sequence[Record] = (), removes: Iterable[str] = (), take_inbox: bool = False
    ) -> None:
        """One transaction, on the disk when it returns. Of two records with one id the last counts.

        ``take_inbox`` empties the places that the last ``read_inbox`` read, no others. After a removal the old bytes
        are in neither the file nor its log, unless somebody reads it right now; then they go with the next write.
        """
        rows, file = self._open_rows(), self._file
        assert file is not None
        self._owed |= rows.write(puts, removes, self._read if take_inbox else ())
        if take_inbox:
            self._read = ()
        if self._owed:
            self._owed = not file.settle()

    def _open_rows(self) -> Rows:
        if self._rows is None:
            raise StoreError("The journal is locked. Unlock it first.")
        return self._rows

    # -- the inbox
    def seal(self, document: Document) -> str:
        """Keeps a document that only the unlocked vault can read, and returns its id. No key; from any process.

        Raises ValueError for what JSON does not know.
        """
        while True:
            with self._door.ajar() as file:
                locks = file.locks()
                ident = put_sealed(file, locks.public, locks.vault_id, document)
                replaced = file.replaced
            if not replaced:
                return ident

    @property
    def inbox_count(self) -> int:
        """How many sealed documents wait."""
        with self._door.ajar() as file:
            return max(int(str(file.read(f"SELECT count(*) FROM {t}")[0][0])) for t in vault_file.PAIRS[2])

    def read_inbox(self) -> list[Sealed]:
        """What waits, the oldest first; it stays until ``write(…, take_inbox=True)``."""
        self._open_rows()
        assert self._file is not None and self._key is not None
        locks = self._file.locks()
        found, self.unreadable_inbox = read_sealed(self._file, locks.public, self._private, locks.vault_id)
        self._read = tuple(n for n, _ in found)
        return [sealed for _, sealed in found]

    # -- care
    def check(self) -> list[str]:
        """What is wrong in it, one line each; empty when all is well. Reads everything, changes nothing.

        Without a key by checksums; when it is open every part is unsealed as well.
        """
        try:
            with self._door.ajar() as file:
                wrong = [f"{kind}: row {n} differs from its copy" for kind, n in compare(file)]
        except DamagedFile as error:
            return [str(error)]
        return wrong + (self._rows.check() if self._rows is not None else [])

    def mend(self) -> tuple[int, int]:
        """Heals what differs from its twin; how many rows were healed, and how many cannot be. Needs no key."""
        with self._door.ajar() as file:
            return mend(file)

    def rescue(self, now: datetime) -> Rescued:
        """Rebuilds a file that SQLite cannot use any more, and sets the damaged one aside. Needs no key; locks it."""
        self.lock()
        return rescue(self._path, self._backups, now)

    def daily(self, now: datetime, keep: int = 7) -> Path | None:
        """Today's copy, unless there is one. Any thread; what it heals counts for an open vault, too."""
        return vault_backup.daily(self._path, self._backups, now, keep)

    def backups(self) -> list[Path]:
        """Every file in which sealed entries still stand besides the vault, the newest first."""
        return vault_backup.listed(self._backups)

    def delete_backups(self) -> None:
        """Overwrites and removes all of them."""
        vault_backup.delete(self._backups)

    def delete_everything(self) -> None:
        """Overwrites the vault and removes it with its log. Needs no key. Copies stay, see ``backups``."""
        self.lock()
        vault_backup.delete_vault(self._path)
