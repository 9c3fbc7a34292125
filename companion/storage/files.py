"""A data file as SQLite opens it: for reading and writing, for reading only, looked through, kept from other eyes."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from companion.storage import errors, header
from companion.storage.errors import translating

BUSY_MS = 2000
"""Milliseconds that a write waits for another program's write before it gives up with LockedFile."""


def connect(path: Path) -> sqlite3.Connection:
    """A plain connection in which transactions begin and end only where we say so."""
    return sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection to ``path`` that can only read. Raises StoreError."""
    with translating(path):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection


def check(connection: sqlite3.Connection, quick: bool = False) -> list[str]:
    """What SQLite finds wrong in a file, one line each; empty when all is well.

    A quick check leaves out whether indexes and references agree with the rows.
    """
    try:
        found = [
            str(row[0])
            for row in connection.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check(100)")
        ]
        if not quick:
            missing = connection.execute("PRAGMA foreign_key_check")
            found += [f"a row in {row[0]} without its row in {row[2]}" for row in missing]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    except UnicodeDecodeError:
        return ["a text is unreadable"]
    return [line for line in found if line != "ok"]


def make_private(path: Path) -> None:
    """Makes the file, where it is missing, and keeps it and its companions to their user. Raises ReadOnly."""
    with translating(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise errors.read_only(path)
        if os.name != "posix":
            return
        for one in (path, header.wal_of(path), header.shm_of(path)):
            with suppress(FileNotFoundError):
                if one.stat().st_mode & 0o077 and one.stat().st_uid == os.getuid():
                    one.chmod(0o600)
