"""The vault's pages read without SQLite and without a key: for a file that SQLite can no longer make sense of.

Each row carries a checksum, so here it does not matter which page it is found on, or what the file says of itself.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, cast

from companion.storage import header
from companion.storage.errors import translating
from companion.storage.salvage import Found, Image, log_checksum
from companion.storage.vault_keys import format_of
from companion.storage.vault_seal import checksum

PAGE = 4096
"""Bytes per page, for ever: what rescues a file must not have to ask the file."""

_SLOT = header.FRAME_HEADER + PAGE
_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")

RecordRow = tuple[bytes, int, bytes, bytes, bytes]
"""id, rev, head, body, sum"""
InboxRow = tuple[bytes, bytes, bytes]
"""id, sealed, sum"""


class Row(NamedTuple):
    """One row as it stands on a page; ``whole``: its checksum agrees."""

    n: int
    kind: str
    values: tuple[bytes | int, ...]
    whole: bool


class Pages(Image):
    """The pages of a damaged vault, whose layout is known without asking it, in each state that is left of them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.page_size = self._usable = PAGE
        self._finished = self._newer
        self._any = dict(_frames(self._log))
        self.pages = max([-(-len(self._bytes) // PAGE), *self._finished, *self._any])

    def __enter__(self) -> Pages:
        return self

    def states(self) -> Iterator[None]:
        """Shows the pages as the log's good frames have them, then with all its frames, then as they are in the file.

        A page number that a flipped bit made huge is left out: no file of ours has so many.
        """
        most = (len(self._bytes) + len(self._log)) // PAGE + 1
        for state in (self._finished, self._any, {}):
            self._newer = {number: at for number, at in state.items() if number <= most}
            self.pages = max([-(-len(self._bytes) // PAGE), *self._newer])
            yield


def rows_in(path: Path) -> Iterator[Row]:
    """Every row of ours that can be found, the newest state first; many come more than once. Raises StoreError."""
    with translating(path), Pages(path) as pages:
        for _ in pages.states():
            for _, found in pages.rows():
                for one in found:
                    row = _row(one)
                    if row is not None:
                        yield row


def keys_in(path: Path) -> list[bytes]:
    """The wrapped keys that are found whole, as they were written. Raises StoreError."""
    found: list[bytes] = []
    for row in rows_in(path):
        raw = row.values[0]
        if row.kind == "header" and row.whole and isinstance(raw, bytes) and raw not in found:
            with suppress(ValueError):
                format_of(raw)
                found.append(raw)
    return found


def _row(found: Found) -> Row | None:
    """What a row is: told by the number and kinds of its values."""
    values = found.values[1:]
    if found.rowid is None or not 0 < found.rowid < 1 << 53 or found.values[0] is not None:
        return None
    kind = {2: "header", 3: "inbox", 5: "records"}.get(len(values), "")
    kinds = [int if kind == "records" and i == 1 else bytes for i in range(len(values))]
    if not kind or not all(map(isinstance, values, kinds)):
        return None
    parts = cast("tuple[bytes | int, ...]", values)
    return Row(found.rowid, kind, parts, is_whole(kind, parts))


def is_whole(kind: str, values: tuple[bytes | int, ...]) -> bool:
    """Whether a row's checksum, its last value, agrees with the others."""
    return sum_of(kind, *values[:-1]) == values[-1]


def sum_of(kind: str, *values: bytes | int) -> bytes:
    """The checksum of a row of the table ``header``, ``records`` or ``inbox``, or of its mirror."""
    return checksum(kind.encode("ascii"), *values)


# -- the log


def _frames(log: bytes | mmap.mmap) -> Iterator[tuple[int, int]]:
    """Page numbers and offsets of all frames of the present round, however their checksums are.

    One mark that differs from all others is a flipped bit; from where none agrees any more, it is an older round.
    """
    ats = range(header.WAL_HEADER, len(log) - _SLOT + 1, _SLOT)
    marks = [log[16:24], *(log[at + 8 : at + 16] for at in ats)]
    if len(marks) < 2:
        return
    mark = marks[1] if marks[1] in marks[2:3] else marks[0]
    last = max((i for i, one in enumerate(marks) if _alike(one, mark)), default=0)
    for at in list(ats)[:last]:
        number = int.from_bytes(log[at : at + 4], "big")
        if number:
            yield number, at + header.FRAME_HEADER


def _alike(mark: bytes, other: bytes) -> bool:
    """Whether two marks are of one round: half of a mark is random, so one bit apart is damage and no other round."""
    return (int.from_bytes(mark, "big") ^ int.from_bytes(other, "big")).bit_count() <= 1


def log_is_whole(path: Path) -> bool:
    """Whether SQLite would read from the log all that was finished in it.

    SQLite takes a changed byte in the log for its end, and forgets what comes after. A log that was cut off by a
    sudden end has no such bytes: its frames are good, or are not there.
    """
    with translating(path):
        try:
            log = header.wal_of(path).read_bytes()
        except FileNotFoundError:
            return True
    frames = range(header.WAL_HEADER, len(log) - _SLOT + 1, _SLOT)
    if not frames:
        return True
    order = ">II" if log[3] & 1 else "<II"
    if log[:4] not in _MAGIC or log[8:12] != PAGE.to_bytes(4, "big"):
        return False
    state = log_checksum(order, log[:24], (0, 0))
    if state != struct.unpack(">II", log[24:32]):
        return False
    over = False
    for at in frames:
        if log[at + 8 : at + 16] != log[16:24]:
            if _alike(log[at + 8 : at + 16], log[16:24]):
                return False
            over = True  # of the round before
            continue
        body = log[at : at + 8] + log[at + header.FRAME_HEADER : at + _SLOT]
        state = log_checksum(order, body, state)
        if over or state != struct.unpack(">II", log[at + 16 : at + 24]):
            return False
    return True
