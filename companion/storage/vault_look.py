"""Looks at a vault's bytes before SQLite does: whose it is, how old, and whether it is as it was left.

Not for a file that this program has open: see ``VaultFile.join``.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from companion.storage import header
from companion.storage.errors import DamagedFile, damaged, foreign, newer, translating
from companion.storage.vault_keys import FORMAT, format_of
from companion.storage.vault_pages import PAGE, keys_in, log_is_whole

APPLICATION_ID = 0x43436A76
"""``CCjv``: marks a SQLite file as a journal's vault."""

_BEGINNING = bytes([PAGE >> 8, PAGE & 255]), bytes([0, 64, 32, 32])

Mark = tuple[tuple[int, int, int, int], ...]
"""By which a file and its log are known to be as they were: device, inode, size and time of the last write."""


def exists(path: Path, backups: Path) -> bool:
    """Whether there is a vault, whole or not. An empty file counts where copies tell that there was more in it."""
    with translating(path):
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            return False
        return size > 0 or (backups.is_dir() and any(backups.glob("journal-*.vault")))


def look(path: Path, known: int) -> int:
    """The data version of the vault at ``path``. Raises ForeignFile, NewerFile, DamagedFile or another StoreError.

    Where the first page does not say that the file is ours and how old, the keys in it are asked: they are found
    without SQLite. So one flipped bit does not make a vault a stranger's file.
    """
    if path.is_dir():
        raise foreign(path)
    with translating(path):
        size = path.stat().st_size if path.exists() else 0
        first, logged = _first_page(path)
        with path.open("rb") as file:
            on_disk = file.read(100)
    if not size or not any(on_disk):
        raise damaged(path, "it is empty")
    version = int.from_bytes(first[60:64], "big")
    ours = first.startswith(header.MAGIC) and int.from_bytes(first[68:72], "big") == APPLICATION_ID
    if not ours or not 1 <= version <= known:
        _ask_the_keys(path, ours, version, known)
    sizes, rest = _BEGINNING
    for one in (first, on_disk):
        if one[16:18] != sizes or one[20:24] != rest or one[18:20] not in (b"\1\1", b"\2\2"):
            raise damaged(path, "its first page has changed")
    pages = int.from_bytes(first[28:32], "big")
    if not logged and first[24:28] == first[92:96] and pages * PAGE > size:
        raise damaged(path, "its end is missing")
    return version


def _ask_the_keys(path: Path, ours: bool, version: int, known: int) -> None:
    """Raises what the file is: ours with a changed first page, newer, or somebody else's."""
    found = keys_in(path)
    if found and format_of(found[0]) <= FORMAT:
        raise damaged(path, "its first page has changed")
    if found or (ours and version > known):
        raise newer(path, max(version, known + 1), known)
    if ours:
        raise damaged(path, "its first page has changed")
    raise foreign(path)


def _first_page(path: Path) -> tuple[bytes, bool]:
    """The newest first page, and whether anything finished stands in the log."""
    with path.open("rb") as file:
        first = file.read(PAGE)
    kept = pending = None
    logged = False
    for frame in header.frames(header.wal_of(path)):
        if frame.page == 1:
            pending = frame
        if frame.commits:
            logged, kept, pending = True, pending or kept, None
    if kept is not None:
        with header.wal_of(path).open("rb") as file:
            file.seek(kept.offset)
            first = file.read(PAGE)
    return first, logged


def looked_at(path: Path, known: int) -> int:
    """The version of the file, whose log is whole. Raises StoreError.

    What looks like damage while another program writes is looked at again, until nothing has moved in between.
    """
    for _ in range(100):
        before = mark_of(path)
        try:
            version = look(path, known)
            if log_is_whole(path):
                return version
            error = damaged(path, "its log has changed")
        except DamagedFile as found:
            error = found
        time.sleep(0.02)  # longer than the clock of a file's times takes for a step
        if mark_of(path) == before:
            break
    raise error


def mark_of(path: Path) -> Mark:
    found = []
    for one in (path, header.wal_of(path)):
        with suppress(OSError):
            about = one.stat()
            found.append((about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns))
    return tuple(found)
