"""The Journal's lock: set up, unlocked, locked, its secrets changed, its file copied, rebuilt or deleted.

What takes half a second (``prepare``, ``attempt``, ``rewrap``) is for any thread and changes nothing; all else belongs
to the thread that made it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from companion.clock import Clock
from companion.core.changes import Change
from companion.core.stress import Entry
from companion.storage import keyring
from companion.storage.errors import StoreError
from companion.storage.errors import WrongSecret as DoesNotOpen
from companion.storage.journal import JournalBook
from companion.storage.vault import Cost, Key, Locks, NewLock, NewVault, Rescued, Vault

State = Literal["none", "locked", "open", "broken"]

FREE_TRIES = 2
"""Wrong tries after which nothing has to be waited for."""

LONGEST_PAUSE_S = 30.0
"""Seconds that the pause after a wrong try never exceeds."""


class JournalLocked(Exception):
    """The journal has to be unlocked first."""


class WrongSecret(Exception):
    """What was given does not open the journal; ``wait_s`` seconds pass until the next try is taken.

    ``mistyped``: a recovery code whose check sign does not fit; such a one counts as no try.
    """

    def __init__(self, wait_s: float = 0.0, mistyped: bool = False) -> None:
        super().__init__("this does not open the journal")
        self.wait_s = wait_s
        self.mistyped = mistyped


class TooSoon(WrongSecret):
    """A try within the pause: it was not looked at, and does no harm."""


class JournalLock:
    """States: ``none`` (not set up), ``locked``, ``open``, ``broken`` (the file cannot be used, see ``why_broken``)."""

    def __init__(
        self,
        path: Path,
        backups: Path,
        clock: Clock,
        announce: Callable[[Change], None],
        cost: Cost | None = None,
    ) -> None:
        """``announce`` is told Change.JOURNAL after each change; ``cost`` is what a passphrase is stretched with."""
        self._vault = Vault(path, backups, cost)
        self._book = JournalBook(self._vault)
        self._clock = clock
        self._announce = announce
        self._key: Key | None = None
        self._locks: Locks | None = None
        self._why_broken = ""
        self._tries = _Tries(clock)
        self._kept: Entry | None = None

    # -- state
    @property
    def state(self) -> State:
        """What can be done with it now. Reads the file's head where that is not known yet."""
        if self._key is not None:
            return "open"
        try:
            if self._vault.state == "none":
                self._why_broken = ""
                return "none"
            self._read_locks()
        except StoreError as error:
            self._why_broken = str(error)
            return "broken"
        self._why_broken = ""
        return "locked"

    @property
    def why_broken(self) -> str:
        """What is wrong with the file, in one sentence; empty unless the state is ``broken``."""
        return self._why_broken if self.state == "broken" else ""

    def _read_locks(self) -> Locks:
        if self._locks is None:
            self._locks = self._vault.locks()
        return self._locks

    def _told(self) -> None:
        self._announce(Change.JOURNAL)

    def _open_or_raise(self) -> Key:
        if self._key is None:
            raise JournalLocked("the journal is locked")
        return self._key

    # -- setting up
    def can_use_keyring(self) -> bool:
        """Whether the system has a keyring that could keep the key. Any thread; may take a moment."""
        return keyring.available()

    def prepare(self, passphrase: str | None, cost: Cost | None = None) -> NewVault:
        """A vault under this passphrase, or without one under a key in the system's keyring. Any thread, about 0.5 s.

        Its ``recovery_code`` is shown once. Raises ValueError for an empty passphrase, StoreError where the keyring
        does not take the key. ``cost``: for a vault that is thrown away, whose passphrase is no secret.
        """
        return self._vault.prepare(passphrase, keyring.new_key() if passphrase is None else None, cost)

    def create(self, new: NewVault) -> None:
        """Makes the file, and opens it. Raises StoreError; then there is no file."""
        self._vault.create(new)
        self._locks = None
        self._tries.forget()
        self._opened(new.key)
        self._told()

    # -- unlocking
    @property
    def uses_keyring(self) -> bool:
        """Whether the key is in the system's keyring, so that no passphrase is asked for."""
        try:
            return self._vault.state != "none" and self._read_locks().by_keyring
        except StoreError:
            return False

    @property
    def pause_s(self) -> float:
        """Seconds until the next try is taken; 0 when one is."""
        return self._tries.pause_s

    def attempt(self, secret: str, recovery: bool = False) -> Key:
        """The key by passphrase (about 0.5 s) or recovery code; changes nothing. Any thread.

        Raises WrongSecret, TooSoon within the pause, StoreError where the file cannot be used.
        """
        return self._tried(lambda: self._found(secret, recovery))

    def _found(self, secret: str, recovery: bool) -> Key:
        locks = self._read_locks()
        return self._vault.find(lambda: self._vault.unwrap(locks, secret, recovery))

    def prove(self, new: NewVault, passphrase: str) -> None:
        """Returns where this is the passphrase of a vault that is not made yet; changes nothing. Any thread, 0.5 s.

        Raises WrongSecret, TooSoon within the pause.
        """
        self._tried(lambda: self._vault.unwrap(new.locks, passphrase))

    def _tried(self, find: Callable[[], Key]) -> Key:
        """One try, which counts where it is a wrong one."""
        if self._tries.pause_s > 0:
            raise TooSoon(self._tries.pause_s)
        try:
            key = find()
        except DoesNotOpen as wrong:
            if not wrong.mistyped:
                self._tries.failed()
            raise WrongSecret(self._tries.pause_s, wrong.mistyped) from None
        self._tries.forget()
        return key

    def attempt_keyring(self) -> Key:
        """The key by what the system's keyring keeps; nobody guesses there, so there is no pause. Any thread.

        Raises WrongSecret where the keyring has none that fits, StoreError where it or the file cannot be used.
        """
        locks = self._read_locks()
        found = keyring.get(locks.vault_id)
        try:
            if found is not None:
                return self._vault.find(lambda: self._vault.unwrap_with_keyring_key(locks, found))
        except DoesNotOpen:
            pass
        raise WrongSecret

    def open(self, key: Key) -> int:
        """Unlocks, and takes in what was sealed meanwhile; returns how many checks that were. Raises StoreError."""
        came = self._opened(key)
        self._told()
        return came

    def _opened(self, key: Key) -> int:
        self._vault.open(key)
        self._key = key
        try:
            return self._book.take_in()
        except StoreError:
            return 0  # a full disk must not keep anybody from reading: it stays sealed until the next time

    @property
    def sealed_count(self) -> int:
        """How many checks wait, sealed, to be taken in; with an open journal only such as could not be."""
        return self._vault.inbox_count

    def lock(self) -> None:
        """Drops the keys and all that was read. Nothing happens when it is not open."""
        if self._key is None:
            return
        self._key = self._kept = None
        self._book.forget()
        try:
            self._vault.lock()
        finally:
            self._told()

    def close(self) -> None:
        """Locks and puts the file away, at the end of the program."""
        self.lock()
        self._vault.close()

    # -- secrets
    def rewrap(self, passphrase: str | None) -> NewLock:
        """Another passphrase, or the keyring in place of one, not yet in force. Any thread, about 0.5 s.

        Raises ValueError for an empty one and where the key is in the keyring already, JournalLocked, StoreError.
        """
        key = self._open_or_raise()
        if passphrase is None and self.uses_keyring:  # another key there would shut out who then calls it off
            raise ValueError("the key is in the keyring already")
        return self._vault.rewrap(key, passphrase, keyring.new_key() if passphrase is None else None)

    def change_passphrase(self, new: NewLock) -> None:
        """Puts in force what ``rewrap`` made. No entry is written anew. Raises StoreError; then the old one holds."""
        left = self.uses_keyring
        self._keep(new)
        if left and not self.uses_keyring:
            self._out_of_keyring(new.vault_id)

    def new_recovery_code(self) -> str:
        """Another recovery code in place of the present one, to be shown once. Raises StoreError, JournalLocked."""
        new = self._vault.new_recovery(self._open_or_raise())
        self._keep(new)
        return new.recovery_code

    def _keep(self, new: NewLock) -> None:
        self._open_or_raise()
        self._vault.keep(new)
        self._locks = None
        self._told()

    # -- the file
    def backups(self) -> list[Path]:
        """Copies that still hold data of a journal, the newest first."""
        return self._vault.backups()

    def delete_backups(self) -> None:
        """Deletes all copies of the journal. Raises StoreError."""
        self._vault.delete_backups()
        self._told()

    def delete_everything(self) -> None:
        """Deletes the journal, locked or not; its backups stay until ``delete_backups``. Raises StoreError."""
        vault_id = self._read_locks().vault_id if self.uses_keyring else ""
        self.lock()
        self._vault.delete_everything()
        self._locks = None
        self._tries.forget()
        if vault_id:
            self._out_of_keyring(vault_id)
        self._told()

    @staticmethod
    def _out_of_keyring(vault_id: str) -> None:
        """A key that opens nothing any more: that a keyring does not give it up is no reason to fail."""
        with suppress(StoreError):
            keyring.remove(vault_id)

    def daily(self, keep: int = 7) -> Path | None:
        """The copy of the day, where there is none yet; all in it stays sealed. For a worker's thread."""
        return self._vault.daily(self._clock.now(), keep)

    def rescue(self) -> Rescued:
        """Rebuilds a file that cannot be opened from what can be read of it; no key is needed. Raises StoreError."""
        self.lock()
        self._locks = None
        done = self._vault.rescue(self._clock.now())
        self._told()
        return done

    @property
    def rescued(self) -> Rescued | None:
        """What the last unlocking had to rescue from a damaged file, for the user to be told."""
        return self._vault.rescued


class _Tries:
    """Wrong tries and the pause that they bring, on a clock that cannot be set; for any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong = 0
        self._last = 0.0

    @property
    def pause_s(self) -> float:
        with self._lock:
            over = self._wrong - FREE_TRIES
            if over <= 0:
                return 0.0
            pause = min(LONGEST_PAUSE_S, 2.0**over)
            return max(0.0, self._last + pause - self._clock.boot())

    def failed(self) -> None:
        with self._lock:
            self._wrong = min(self._wrong + 1, 100)
            self._last = self._clock.boot()

    def forget(self) -> None:
        with self._lock:
            self._wrong = 0
