"""What the world can do to a data file, each as one sentence for the user: what happened, where, and how to mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class StoreError(Exception):
    """The data file cannot be used as wished. The message is one line for the user; ``kind`` tells programs apart."""

    kind = "store"


class NewerFile(StoreError):
    """The file was made by a newer version of the program. It was not touched."""

    kind = "newer"


class ForeignFile(StoreError):
    """The file belongs to another program, or is no file at all. It was not touched."""

    kind = "foreign"


class DamagedFile(StoreError):
    """The file, or a part of it, cannot be read. A rescue or a backup helps."""

    kind = "damaged"


class LockedFile(StoreError):
    """Another program holds the file."""

    kind = "locked"


class ReadOnly(StoreError):
    """The file or its folder cannot be written to."""

    kind = "read-only"


class DiskFull(StoreError):
    """There is no room for what should be written."""

    kind = "full"


class WrongSecret(StoreError):
    """What was given does not open the vault. ``mistyped``: a recovery code whose check signs do not fit."""

    kind = "wrong-secret"

    def __init__(self, mistyped: bool = False) -> None:
        what = (
            "This is no recovery code: a character in it is mistyped."
            if mistyped
            else "This does not open the journal."
        )
        super().__init__(f"{what} Nothing was changed; please try again.")
        self.mistyped = mistyped


class DamagedVault(StoreError):
    """Records of a vault that neither of their two copies gives back; all others can be read. ``ids`` names them."""

    kind = "damaged-records"

    def __init__(self, ids: Sequence[str]) -> None:
        one = len(ids) == 1
        super().__init__(
            f"{len(ids)} {'entry' if one else 'entries'} of the journal cannot be read; all others are whole. "
            f"A backup may still hold {'it' if one else 'them'}."
        )
        self.ids = tuple(ids)


def shown(path: Path) -> str:
    """A path as it can stand in a one-line message, whatever bytes its name is made of."""
    text = str(path).encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "?" for c in text)


def full(path: Path) -> DiskFull:
    return DiskFull(
        f"Nothing more can be written to {shown(path)}: the disk is full or a limit on its size is reached. "
        "Free some space and try again; what was kept before is safe."
    )


def read_only(path: Path) -> ReadOnly:
    return ReadOnly(
        f"The data file {shown(path)} cannot be written to. Allow writing to it and to its folder, "
        "or name another folder with --data-dir."
    )


def locked(path: Path) -> LockedFile:
    return LockedFile(
        f"The data file {shown(path)} is in use by another program. Close that program, then try again."
    )


def damaged(path: Path, why: str) -> DamagedFile:
    return DamagedFile(
        f"The data file {shown(path)} is damaged ({why}). Rescue what can still be read, or go back to a backup."
    )


def newer(path: Path, found: int, known: int) -> NewerFile:
    return NewerFile(
        f"The data file {shown(path)} was made by a newer version of this program (data version {found}, "
        f"this one knows {known}). Install the newer version; the file was not changed."
    )


def foreign(path: Path) -> ForeignFile:
    return ForeignFile(
        f"The file {shown(path)} belongs to another program and was not changed. Move it away, "
        "or name another folder with --data-dir."
    )


_REFUSED_WRITES = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}
"""A quota or a limit on the size of a file is told as one of these; only a full disk proper is SQLITE_FULL."""


def translate(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The StoreError for an error of the world; None for a mistake of the program's own."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        undecodable = str(error).startswith("Could not decode")  # the rest of that message is the user's text
        return damaged(path, "a text in it is unreadable") if undecodable else None
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL or code in _REFUSED_WRITES:
        return full(path)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return read_only(path)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return locked(path)
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, str(error))
    if primary == sqlite3.SQLITE_CANTOPEN:
        return StoreError(
            f"The data file {shown(path)} cannot be opened. See that its folder is there and may be used, "
            "or name another with --data-dir."
        )
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM):
        return StoreError(
            f"The data file {shown(path)} cannot be read or written ({error}). See that its disk is there and well, "
            "then start again."
        )
    return None


def translate_os(error: OSError, path: Path) -> StoreError:
    """The StoreError for what the operating system said about a file."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(path)
    return StoreError(
        f"The file {shown(path)} cannot be used ({error.strerror}). See that its disk is there and well."
    )


def cause(error: sqlite3.Error) -> sqlite3.Error | None:
    """What to show as the cause: nothing where the message would hold the user's text, which belongs in no log."""
    return error if hasattr(error, "sqlite_errorcode") else None


@contextmanager
def making_sense(path: Path) -> Iterator[None]:
    """For the reading of values that we wrote: one that is not what it was is damage."""
    try:
        yield
    except (ValueError, KeyError, TypeError):
        raise damaged(path, "a value in it makes no sense") from None


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turns errors of the world inside the block into StoreErrors about ``path``; the program's own pass."""
    try:
        yield
    except sqlite3.Error as error:
        known = translate(error, path)
        if known is None:
            raise
        raise known from cause(error)
    except UnicodeDecodeError:  # SQLite quotes a damaged table's definition in its message
        raise damaged(path, "a text in it is unreadable") from None
    except OSError as error:
        raise translate_os(error, path) from error
