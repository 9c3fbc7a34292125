"""The data file: opened with care, written in whole transactions, each announced once after it is safe on the disk."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.core.changes import Change
from companion.storage import errors, header
from companion.storage.errors import (
    DamagedFile,
    DiskFull,
    ForeignFile,
    LockedFile,
    NewerFile,
    ReadOnly,
    StoreError,
    translate,
    translating,
)
from companion.storage.files import check, connect, make_private, open_reader
from companion.storage.migrations import STEPS, Step, apply

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = [
    "DamagedFile",
    "DiskFull",
    "ForeignFile",
    "LockedFile",
    "NewerFile",
    "ReadOnly",
    "Store",
    "StoreError",
]


Subscriber = Callable[[Change], None]


class Store:
    """One open data file. Belongs to the thread that opened it; other threads ask for a ``reader`` of their own."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use ``open``."""
        self.path = path
        self.connection = connection
        """For reads on the owner's thread; errors of the world come as they are here (``read`` translates them)."""
        self._db: Database | None = None
        self._levels: list[Change] = []
        self._subscribers: list[Subscriber] = []
        self._waiting: list[Change] = []
        self._announcing = False

    @classmethod
    def open(cls, path: Path, backups: Path, steps: Sequence[Step] = STEPS) -> Store:
        """Opens the file, makes it where it is missing, and brings an older one up to date after a copy to ``backups``.

        Raises StoreError; a newer file and one that is not ours stay exactly as they are. Leaves sqlite_utils alone
        unless there is something to migrate, since importing it is felt at the start.
        """
        version = header.version_of(path, len(steps), backups)
        make_private(path)
        with translating(path):
            connection = connect(path)
            try:
                # From here on nobody may open and close the file by itself: that would drop SQLite's locks on it.
                _prepare(connection, path, backups, version, steps)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    # -- reading
    @property
    def db(self) -> Database:
        """The same connection as sqlite-utils sees it."""
        if self._db is None:
            from sqlite_utils import Database

            self._db = Database(self.connection, execute_plugins=False)
        return self._db

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query as tuples. Raises StoreError where the file cannot be read."""
        with translating(self.path):
            return self.connection.execute(sql, values).fetchall()

    def reader(self) -> sqlite3.Connection:
        """A new connection that can only read, for a worker's thread; the worker closes it. Callable on any thread."""
        return open_reader(self.path)

    def integrity(self) -> list[str]:
        """What is wrong in the file, one line each; empty when all is well. Reads every page: not for the GUI thread
        of a large file (a worker runs ``check`` on a reader)."""
        return check(self.connection)

    # -- writing
    @contextmanager
    def write(self, change: Change = Change.NONE) -> Iterator[None]:
        """One transaction: all of it is on the disk when the block ends, or none of it.

        A block inside another joins it; when the inner one fails and the outer goes on, the inner's rows and flags are
        gone. After the outermost commit the flags of all blocks are announced once. Raises StoreError for errors of
        the world.
        """
        outermost = not self._levels
        self._levels.append(change)
        try:
            with self._begun() if outermost else self._joined():
                yield
        except sqlite3.Error as error:
            self._levels.pop()
            known = translate(error, self.path)
            if known is None:
                raise
            raise known from errors.cause(error)
        except BaseException:
            self._levels.pop()
            raise
        flags = self._levels.pop()
        if outermost:
            self.announce(flags)
        else:
            self._levels[-1] |= flags

    def touch(self, change: Change) -> None:
        """Adds flags to the write that is going on, for a book that only knows inside what it changed."""
        self._levels[-1] |= change

    @contextmanager
    def _begun(self) -> Iterator[None]:
        # IMMEDIATE: a transaction that reads first and writes later cannot be refused halfway.
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            if not self.connection.in_transaction:
                raise StoreError(
                    f"The last change could not be kept in {errors.shown(self.path)}. Please try it again."
                )
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                with suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _joined(self) -> Iterator[None]:
        with self.db.atomic():
            yield

    # -- telling
    def subscribe(self, listener: Subscriber) -> Callable[[], None]:
        """Has ``listener`` called with the flags after each commit; calling what is returned ends that."""
        self._subscribers.append(listener)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._subscribers.remove(listener)

        return unsubscribe

    def announce(self, change: Change) -> None:
        """Tells the subscribers; also for what another process wrote. NONE is not told.

        A subscriber that fails takes nothing with it: its exception goes to ``sys.excepthook``. What a subscriber
        writes is announced after the present round.
        """
        if change is Change.NONE:
            return
        self._waiting.append(change)
        if self._announcing:
            return
        self._announcing = True
        try:
            while self._waiting:
                flags = self._waiting.pop(0)
                for listener in tuple(self._subscribers):
                    try:
                        listener(flags)
                    except Exception as error:  # the rows are safe already, and the others want to know
                        sys.excepthook(type(error), error, error.__traceback__)
        finally:
            self._announcing = False

    def close(self) -> None:
        """Brings everything into the one file and closes it. A second call does nothing."""
        with suppress(sqlite3.Error):
            self.connection.execute(
                "PRAGMA busy_timeout = 0"
            )  # who still reads has the log brought in by the next
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()


def _prepare(
    connection: sqlite3.Connection, path: Path, backups: Path, version: int, steps: Sequence[Step]
) -> None:
    execute = connection.execute
    execute("PRAGMA temp_store = MEMORY")  # nothing of the user's in a folder of temporary files
    execute("PRAGMA secure_delete = ON")
    execute("PRAGMA journal_mode = WAL")
    execute("PRAGMA synchronous = FULL")
    version = execute("PRAGMA user_version").fetchone()[0]
    if version > len(steps):
        raise errors.newer(path, version, len(steps))
    if version < len(steps):
        if version:
            from companion.storage.backup import before_migrating  # only a file of an older version needs it

            before_migrating(path, backups, version)
        _migrate(connection, path, steps)
    execute("SELECT count(*) FROM sqlite_schema").fetchone()
    execute("PRAGMA foreign_keys = ON")


def _migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> None:
    """All steps in one transaction: another program sees the old file or the new one, nothing between."""
    from sqlite_utils import Database

    connection.execute("BEGIN IMMEDIATE")
    try:
        apply(Database(connection, execute_plugins=False), steps)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise errors.damaged(path, "rows that belong together have lost each other")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise
