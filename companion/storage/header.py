"""Looks at a data file byte by byte, before SQLite does: so that a file that is not ours is left exactly as it is.

The first page tells whose file it is and which version; what was written last may still stand in the write-ahead log
beside it, so that is looked through as well.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from companion.storage.errors import damaged, foreign, newer, translating

APPLICATION_ID = 0x43436D70
"""``CCmp``: marks a SQLite file as ours."""

MAGIC = b"SQLite format 3\0"
_WAL_MAGIC = (0x377F0682, 0x377F0683)
WAL_HEADER = 32
FRAME_HEADER = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """One page in the write-ahead log: its number, where its bytes begin, and whether it ends a transaction."""

    page: int
    offset: int
    commits: bool


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def shm_of(path: Path) -> Path:
    return path.with_name(path.name + "-shm")


def page_size_of(first: bytes) -> int:
    """Bytes per page by the header, 0 when that is no page size."""
    size = int.from_bytes(first[16:18], "big")
    size = 65536 if size == 1 else size
    return size if size >= 512 and not size & (size - 1) else 0


def frames(wal: Path) -> Iterator[Frame]:
    """The frames of a log that belong to its present run, in order, without looking at their checksums.

    A missing, empty or foreign log has none.
    """
    try:
        with wal.open("rb") as file:
            head = file.read(WAL_HEADER)
            if len(head) < WAL_HEADER or int.from_bytes(head[:4], "big") not in _WAL_MAGIC:
                return
            size, salts = int.from_bytes(head[8:12], "big"), head[16:24]
            if size < 512:
                return
            end = wal.stat().st_size
            at = WAL_HEADER
            while at + FRAME_HEADER + size <= end:
                file.seek(at)
                frame = file.read(FRAME_HEADER)
                if frame[8:16] != salts:
                    return
                page, commits = struct.unpack(">II", frame[:8])
                yield Frame(page, at + FRAME_HEADER, bool(commits))
                at += FRAME_HEADER + size
    except FileNotFoundError:
        return


def _first_page(path: Path) -> tuple[bytes, bool]:
    """The newest first page (its first bytes), and whether anything stands in the log."""
    first = b""
    if path.exists():
        with path.open("rb") as file:
            first = file.read(4096)
    wal = wal_of(path)
    kept = pending = None
    logged = False
    for frame in frames(wal):
        if frame.page == 1:
            pending = frame
        if frame.commits:
            logged = True
            kept, pending = pending or kept, None
    if kept is not None:
        with wal.open("rb") as file:
            file.seek(kept.offset)
            first = file.read(4096)
    return first, logged


def _holds_our_tables(path: Path) -> bool:
    """Whether the definitions of our tables stand near the beginning."""
    with translating(path), path.open("rb") as file:
        return b"CREATE TABLE call_events" in file.read(1 << 16)


def version_of(path: Path, known: int, backups: Path) -> int:
    """The data version of the file at ``path``, 0 when there is nothing in it yet. Changes nothing on the disk.

    Raises ForeignFile, NewerFile, DamagedFile, or another StoreError where it cannot be looked at.
    """
    if path.is_dir():
        raise foreign(path)
    with translating(path):
        first, logged = _first_page(path)
        size = path.stat().st_size if path.exists() else 0
    if not size:
        # What a start leaves that was cut off at once; or all that a full disk left of a year.
        if logged:
            raise damaged(path, "it is empty, but its log is not")
        if path.exists() and backups.is_dir() and any(backups.glob("*.db")):
            raise damaged(path, "it is empty")
        return 0
    if not first.startswith(MAGIC) or len(first) < 512 or not page_size_of(first):
        raise damaged(path, "it does not begin like a data file")
    version = int.from_bytes(first[60:64], "big")
    owner = int.from_bytes(first[68:72], "big")
    if owner != APPLICATION_ID:
        if owner == 0 and version == 0 and first[100] == 0x0D and first[103:105] == b"\0\0":
            return 0  # no table yet: a start that was cut off after its first step
        if _holds_our_tables(path):
            raise damaged(path, "its first page has changed")
        raise foreign(path)
    if version > known:
        raise newer(path, version, known)
    pages = int.from_bytes(first[28:32], "big")
    if not logged and first[24:28] == first[92:96] and pages * page_size_of(first) > size:
        raise damaged(path, "its end is missing")
    return version
