"""The file of the vault: a SQLite container of sealed bytes, looked at with suspicion before it is used.

Everything stands in it twice, in a table and its mirror, so on different pages, each row with a checksum that needs no
key. What a flipped bit does to SQLite's own structure shows here as DamagedFile; then ``vault_rescue`` rebuilds it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from companion.storage import errors, header
from companion.storage.backup import copy_to, stamp, sync, unused
from companion.storage.errors import StoreError, damaged, foreign, shown, translating
from companion.storage.files import check, connect, make_private
from companion.storage.vault_keys import Locks, locks_bytes, locks_of
from companion.storage.vault_look import APPLICATION_ID, Mark, looked_at, mark_of
from companion.storage.vault_pages import PAGE, sum_of

PAIRS = (("header", "header_mirror"), ("records", "mirror"), ("inbox", "inbox_mirror"))
"""The tables and their twins. A row stands in both under the same ``n``."""

_ROWS = {
    "header": "keys BLOB NOT NULL, sum BLOB NOT NULL",
    "records": "id BLOB NOT NULL, rev INTEGER NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL, sum BLOB NOT NULL",
    "inbox": "id BLOB NOT NULL, sealed BLOB NOT NULL, sum BLOB NOT NULL",
}
# Nothing is indexed: an unlocked vault knows by heart which id stands where, and what is not there cannot break.
_SCHEMA = {
    name: f"CREATE TABLE {name} (n INTEGER PRIMARY KEY, {_ROWS[kind]}) STRICT"
    for pair, kind in zip(PAIRS, _ROWS, strict=True)
    for name in pair
}
_LOG_PAGES = 256
"""Pages in the log before they are brought into the file: after a sudden end all of it has to be looked through."""

Step = Callable[[sqlite3.Connection], None]


def _first(connection: sqlite3.Connection) -> None:
    for sql in _SCHEMA.values():
        connection.execute(sql)


STEPS: tuple[Step, ...] = (_first,)
"""Every change ever made to the file, append-only; its number stands in ``user_version``."""


# -- making


def build(path: Path, keys: bytes, fill: Callable[[sqlite3.Connection], None] | None = None) -> None:
    """A whole new vault as one plain file at ``path``, on the disk when this returns. Raises StoreError."""
    remove(path)
    make_private(path)
    with translating(path):
        connection = connect(path)
        try:
            run = connection.execute
            run(f"PRAGMA page_size = {PAGE}")
            run("PRAGMA temp_store = MEMORY")
            run("PRAGMA journal_mode = MEMORY")  # nobody's before it is whole
            run("PRAGMA synchronous = OFF")
            run("BEGIN")
            migrate(connection, 0, STEPS)
            put_keys(connection, keys)
            if fill is not None:
                fill(connection)
            run("COMMIT")
            run("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        sync(path)


def put_keys(connection: sqlite3.Connection, keys: bytes) -> None:
    for table in PAIRS[0]:
        connection.execute(f"INSERT OR REPLACE INTO {table} VALUES (1, ?, ?)", (keys, sum_of("header", keys)))


def migrate(connection: sqlite3.Connection, version: int, steps: Sequence[Step]) -> None:
    """The steps after ``version``; inside the caller's transaction."""
    for step in steps[version:]:
        step(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(steps)}")


def create(path: Path, locks: Locks) -> None:
    """Puts a new vault at ``path``: there is none, or a whole one, at every moment. Raises StoreError.

    A vault that is there already is left alone.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        build(part, locks_bytes(locks))
        with translating(path):
            # The log of a vault that is gone: SQLite would play it into this one.
            header.wal_of(path).unlink(missing_ok=True)
            header.shm_of(path).unlink(missing_ok=True)
            if path.exists() and not path.stat().st_size:
                path.unlink()
            try:
                if os.name == "posix":
                    os.link(part, path)
                else:
                    os.rename(part, path)
            except FileExistsError:
                raise StoreError(
                    f"There is a journal in {shown(path)} already; it was not changed."
                ) from None
            sync(path.parent)
    finally:
        remove(part)


def remove(path: Path) -> None:
    """Takes away a file of ours that nobody needs, with what SQLite put beside it."""
    for one in (path, header.wal_of(path), header.shm_of(path), path.with_name(path.name + "-journal")):
        with suppress(OSError):
            one.unlink()


# -- open


class VaultFile:
    """An open vault file: transactions, reading, the log. Belongs to the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use ``open``."""
        self.path, self.connection = path, connection
        self._place = _place(path)

    @classmethod
    def open(
        cls, path: Path, backups: Path, steps: Sequence[Step] = STEPS, seen: Mark | None = None
    ) -> VaultFile:
        """Opens the file, and brings an older one up to date after a copy to ``backups``. Raises StoreError.

        Every page is looked at, since a write into a damaged file may destroy what can still be read; unless ``seen``
        tells that this was done and nothing was written since.
        """
        known = seen is not None and seen == mark_of(path)
        version = looked_at(path, len(steps))
        make_private(path)
        connection = connect(path)
        try:
            with translating(path), any_error_is_damage(path):
                _set_up(connection)
                if version < len(steps):
                    _bring_up(connection, path, backups, version, steps)
                if not known:
                    _check_shape(connection, path, steps)
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    @classmethod
    def join(cls, path: Path) -> VaultFile:
        """A second connection, for another thread, to a file that this program may have open. Raises StoreError.

        Its bytes are not looked at: on POSIX, closing a file that was opened by itself would take the locks of the
        connection that is there, and another program could then take the log away beneath it.
        """
        connection = connect(path)
        try:
            with translating(path), any_error_is_damage(path):
                _set_up(connection)
                if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                    raise foreign(path)
                if connection.execute("PRAGMA user_version").fetchone()[0] != len(STEPS):
                    raise damaged(path, "its version has changed")
                _check_shape(connection, path, STEPS)
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """All rows of a query. Raises StoreError."""
        with translating(self.path), any_error_is_damage(self.path):
            return self.connection.execute(sql, values).fetchall()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on the disk when the block ends, or nothing of it. Raises StoreError."""
        run = self.connection.execute
        with translating(self.path), any_error_is_damage(self.path):
            run("BEGIN IMMEDIATE")
            try:
                yield self.connection
                run("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    with suppress(sqlite3.Error):
                        run("ROLLBACK")
                raise

    @property
    def replaced(self) -> bool:
        """Whether another file has taken this one's place since it was opened."""
        return _place(self.path) != self._place

    def locks(self) -> Locks:
        """The wrapped keys, from the first of both places in which they are whole. Raises DamagedFile."""
        for table in PAIRS[0]:
            for raw, known in self.read(f"SELECT keys, sum FROM {table}"):
                if isinstance(raw, bytes) and sum_of("header", raw) == known:
                    with suppress(ValueError):
                        return locks_of(raw)
        raise damaged(self.path, "its keys cannot be read")

    def put_locks(self, locks: Locks) -> None:
        """Writes the wrapped keys in both places; the old ones are gone from the file afterwards."""
        with self.write() as connection:
            put_keys(connection, locks_bytes(locks))
        self.settle()

    def settle(self) -> bool:
        """Brings the log into the file and empties it, so that removed bytes are in neither.

        False when somebody is reading right now: then it has to be done later.
        """
        with translating(self.path):
            run = self.connection.execute
            run("PRAGMA busy_timeout = 100")
            try:
                return not run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.OperationalError as error:
                if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    return False
                raise
            finally:
                run("PRAGMA busy_timeout = 2000")

    def close(self) -> None:
        with suppress(StoreError, sqlite3.Error):
            self.settle()
        self.connection.close()


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in (
        "temp_store = MEMORY",
        "secure_delete = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"wal_autocheckpoint = {_LOG_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _place(path: Path) -> tuple[int, int]:
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return 0, 0


def _bring_up(
    connection: sqlite3.Connection, path: Path, backups: Path, version: int, steps: Sequence[Step]
) -> None:
    target = unused(backups, f"journal-before-version-{version + 1}-{stamp(datetime.now(UTC))}", ".vault")
    copy_to(path, target)
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrate(connection, version, steps)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _check_shape(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> None:
    """Raises DamagedFile unless the tables are ours to the letter and every page is in its place."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(fresh, 0, steps)
        listed = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
        same = fresh.execute(listed).fetchall() == connection.execute(listed).fetchall()
    finally:
        fresh.close()
    if not same:
        raise damaged(path, "its list of tables has changed")
    wrong = check(connection, quick=True)
    if wrong:
        raise damaged(path, wrong[0].splitlines()[0])


@contextmanager
def any_error_is_damage(path: Path) -> Iterator[None]:
    """A table that is not there, or a row that cannot be, is damage here: all SQL is our own and well tried."""
    try:
        yield
    except sqlite3.Error as error:
        if errors.translate(error, path) is None and not isinstance(error, sqlite3.ProgrammingError):
            raise damaged(path, "its tables have changed") from None
        raise
