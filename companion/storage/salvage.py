"""Reads rows out of a damaged SQLite file, page by page, without SQLite and without changing a byte.

Each leaf of each table is looked at by itself, so a page that is lost takes only its own rows with it, wherever in the
tree it stood. What the write-ahead log holds counts as well, as far as its checksums agree. The file's format is
described at sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from companion.storage import header

Value = int | float | str | bytes | None

USUAL_PAGE = 4096
"""Bytes per page where the file no longer tells: what SQLite makes unless told otherwise."""

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02


@dataclass(frozen=True, slots=True)
class Found:
    """One row: its values in the order of the record, and its rowid (None in a table without one)."""

    rowid: int | None
    values: tuple[Value, ...]


class Image:
    """The pages of a damaged file in their newest state. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        """A file that is missing has no pages. Raises OSError when one cannot be read at all."""
        log = header.wal_of(path)
        self._bytes, self._log = _map(path), _map(log)
        first = bytes(self._bytes[:100])
        told = header.page_size_of(first) if first.startswith(header.MAGIC) else 0
        in_log = struct.unpack(">I", self._log[8:12])[0] if len(self._log) >= header.WAL_HEADER else 0
        self.page_size = told or (in_log if in_log in _PAGE_SIZES else USUAL_PAGE)
        self._usable = self.page_size - (first[20] if told and first[20] <= 32 else 0)
        self._newer = dict(_trusted(log, self._log, self.page_size)) if self.page_size == in_log else {}
        in_file = -(-len(self._bytes) // self.page_size)
        self.pages = max([in_file, *self._newer])

    def __enter__(self) -> Image:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._bytes, self._log):
            if isinstance(one, mmap.mmap):
                one.close()

    def page(self, number: int) -> bytes:
        """The bytes of a page, counted from 1; filled up with zeros where the file ends."""
        if number in self._newer:
            at = self._newer[number]
            return bytes(self._log[at : at + self.page_size])
        at = (number - 1) * self.page_size
        return bytes(self._bytes[at : at + self.page_size]).ljust(self.page_size, b"\0")

    def rows(self) -> Iterator[tuple[int, list[Found]]]:
        """Page by page, its number and every row that can be read whole on it; rows of indexes are among them."""
        for number in range(1, self.pages + 1):
            yield number, list(self._rows_on(number))

    def _rows_on(self, number: int) -> Iterator[Found]:
        page = self.page(number)
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER):
            return
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        pointers = start + (12 if kind == _INDEX_INNER else 8)
        for i in range(min(cells, (self.page_size - pointers) // 2)):
            at = int.from_bytes(page[pointers + 2 * i : pointers + 2 * i + 2], "big")
            with suppress(_Unreadable, IndexError, ValueError, struct.error):
                yield self._cell(page, at, kind)

    def _cell(self, page: bytes, at: int, kind: int) -> Found:
        if kind == _INDEX_INNER:
            at += 4
        size, at = _varint(page, at)
        rowid = None
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
        local = self._local(size, kind)
        payload = page[at : at + local]
        if size > local:
            payload += self._overflow(int.from_bytes(page[at + local : at + local + 4], "big"), size - local)
        if len(payload) != size:
            raise _Unreadable
        return Found(rowid, _record(payload))

    def _local(self, size: int, kind: int) -> int:
        """How many bytes of a payload stand on the leaf itself."""
        usable = self._usable
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (usable - 12) * 32 // 255 - 23
        rest = least + (size - least) % (usable - 4)
        return rest if rest <= most else least

    def _overflow(self, number: int, missing: int) -> bytes:
        if missing > self.pages * self.page_size:
            raise _Unreadable
        parts = []
        passed = set()
        while missing > 0:
            if not 1 <= number <= self.pages or number in passed:
                raise _Unreadable
            passed.add(number)
            page = self.page(number)
            part = page[4 : 4 + min(missing, self._usable - 4)]
            parts.append(part)
            missing -= len(part)
            number = int.from_bytes(page[:4], "big")
        return b"".join(parts)


class _Unreadable(Exception):
    """What stands there is no row."""


_PAGE_SIZES = {1 << n for n in range(9, 17)}


def _map(path: Path) -> bytes | mmap.mmap:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _trusted(path: Path, log: bytes | mmap.mmap, size: int) -> Iterator[tuple[int, int]]:
    """Page numbers and offsets from the log, oldest first: whole pages of transactions that were finished.

    A frame's checksum goes on from the one before it, so after a damaged frame the next ones can still be told good.
    """
    order = ">II" if log[3] & 1 else "<II"
    before = struct.unpack(">II", log[24:32])
    waiting: list[tuple[int, int]] = []
    for frame in header.frames(path):
        at = frame.offset - header.FRAME_HEADER
        found = struct.unpack(">II", log[at + 16 : at + 24])
        counted = log_checksum(order, log[at : at + 8] + log[frame.offset : frame.offset + size], before)
        before = found
        if counted == found:
            waiting.append((frame.page, frame.offset))
            if frame.commits:
                yield from waiting
                waiting.clear()


def log_checksum(order: str, data: bytes, start: tuple[int, int]) -> tuple[int, int]:
    """The checksum of SQLite's log over ``data``, going on from ``start``; ``order`` is ``>II`` or ``<II``."""
    a, b = start
    for x, y in struct.iter_unpack(order, data):
        a = (a + x + b) & 0xFFFFFFFF
        b = (b + y + a) & 0xFFFFFFFF
    return a, b


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins."""
    value = 0
    for i in range(8):
        byte = data[at + i]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + i + 1
    return value << 8 | data[at + 8], at + 9


_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def _record(payload: bytes) -> tuple[Value, ...]:
    """The values of a record. Raises _Unreadable, IndexError, ValueError or struct.error when it is none."""
    body, at = _varint(payload, 0)
    kinds = []
    while at < body:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if at != body or not kinds:
        raise _Unreadable
    values = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise _Unreadable
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in (10, 11):
        raise _Unreadable
    size = 8 if kind == 7 else _INTEGERS.get(kind, (kind - 12) // 2)
    part = payload[at : at + size]
    if len(part) != size:
        raise _Unreadable
    if kind == 7:
        return struct.unpack(">d", part)[0], at + size
    if kind < 7:
        return int.from_bytes(part, "big", signed=True), at + size
    return part.decode("utf-8") if kind % 2 else part, at + size
