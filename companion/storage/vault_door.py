"""The way into a vault's file: one thread at a time, looked through unless it is as it was left, and read ahead.

Half a second goes by for a passphrase. Meanwhile all that opening has to read is read on another thread, where it stays
as sealed as it is on the disk: once the key is known, nothing is left but the unsealing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakKeyDictionary

from companion.storage.errors import StoreError
from companion.storage.vault_file import VaultFile
from companion.storage.vault_keys import Key
from companion.storage.vault_look import Mark, mark_of
from companion.storage.vault_rows import SealedHeads


class Door:
    """``file`` is open while the vault is; else it is opened for a moment. All may raise StoreError."""

    def __init__(self, path: Path, backups: Path) -> None:
        """Touches nothing."""
        self._path, self._backups = path, backups
        # Looking at the file's bytes takes the locks of this program's other connections (``VaultFile.join``).
        self._one = threading.RLock()
        self._seen: Mark | None = None
        self._ahead: WeakKeyDictionary[Key, tuple[Mark, SealedHeads]] = WeakKeyDictionary()
        self.file: VaultFile | None = None

    @contextmanager
    def ajar(self) -> Iterator[VaultFile]:
        """The file that is open, or the file open for a moment."""
        if self.file is not None:
            yield self.file
            return
        with self._one:
            file = VaultFile.open(self._path, self._backups, seen=self._seen)
            try:
                yield file
            finally:
                file.close()
            self._seen = mark_of(self._path)

    def open(self, key: Key) -> tuple[VaultFile, SealedHeads | None]:
        """The file, which stays open, and what was read of it ahead: None where it may have changed since."""
        self.close()
        with self._one:
            mark, heads = self._ahead.pop(key, (None, None))
            as_it_was = mark is not None and mark == mark_of(self._path)
            self.file = VaultFile.open(self._path, self._backups, seen=self._seen)
            return self.file, heads if as_it_was else None

    def close(self) -> None:
        """Brings all into the file and closes it; then nobody here has it open."""
        with self._one:
            file, self.file = self.file, None
            if file is not None:
                file.close()

    def find(self, find: Callable[[], Key]) -> Key:
        """The key that ``find`` finds, for which the file is read ahead. Any thread. Raises what ``find`` raises."""
        read: list[tuple[Mark, SealedHeads]] = []
        thread = threading.Thread(target=self._read, args=(read,), name="journal", daemon=True)
        thread.start()
        try:
            key = find()
        finally:
            thread.join()
        for one in read:
            self._ahead[key] = one  # goes with the key, wherever that is dropped
        return key

    def _read(self, found: list[tuple[Mark, SealedHeads]]) -> None:
        # What is amiss with the file is found again by who opens it, and told there.
        with suppress(StoreError), self._one:
            if self.file is not None:
                return  # another thread's
            with self.ajar() as file:
                heads = SealedHeads.read(file)
            if self._seen is not None:
                found.append((self._seen, heads))
