"""Rows of an unlocked vault and their twins: unsealed when asked for, healed where one of two no longer agrees."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, cast

from companion.storage.errors import damaged
from companion.storage.vault_file import PAIRS, VaultFile
from companion.storage.vault_keys import Key
from companion.storage.vault_pages import InboxRow, RecordRow, is_whole, sum_of
from companion.storage.vault_seal import (
    NONCE,
    Document,
    Unsealable,
    document_bytes,
    document_of,
    padded,
    seal,
    seal_for,
    unseal,
    unseal_own,
    unsealer,
)

_HEAD_STEP, _BODY_STEP = 128, 512
_AT_ONCE = 200
_64_BITS = (1 << 64) - 1
_ID = re.compile("[0-9a-f]{32}")
_COLUMNS = {"header": "keys, sum", "records": "id, rev, head, body, sum", "inbox": "id, sealed, sum"}


class Record(NamedTuple):
    """What is written: ``id`` is a uuid4's 32 hex digits; kind, order, head and body are sealed.

    Head and body are JSON objects. ``order`` is a short text by which a list may be sorted without reading heads.
    """

    id: str
    kind: str
    head: Document
    body: Document
    order: str = ""


class Head:
    """A record without its body. Nothing of it but the id is ever printed."""

    __slots__ = ("_text", "id", "kind", "order")

    def __init__(self, ident: str, kind: str, order: str, text: bytes) -> None:
        self.id, self.kind, self.order, self._text = ident, kind, order, text

    @property
    def head(self) -> dict[str, Any]:
        """What was written, read anew each time: 10,000 of them need not be read to show twenty."""
        return cast("dict[str, Any]", json.loads(self._text))

    def __repr__(self) -> str:
        return f"Head({self.id})"


class Sealed(NamedTuple):
    """A document of the inbox. Take it in as a record of the same id: then it can never come in twice."""

    id: str
    document: dict[str, Any]


def raw_id(ident: str) -> bytes:
    """The bytes of an id. Raises ValueError for what is none, so that no text of the user's becomes one."""
    if not _ID.fullmatch(ident):
        raise ValueError("an id is 32 digits of 0-9a-f")
    return bytes.fromhex(ident)


SealedHead = tuple[int, str, bytes, bytes, bytes]
"""A head taken apart as it is unsealed: n, id, nonce, sealed text, and what it is bound to."""


class SealedHeads(NamedTuple):
    """All that has to be read of the records to know their heads; no key is needed for it, and it tells no more."""

    rows: list[SealedHead]
    agree: bool
    """Whether both tables have the same records in the same versions."""
    rev: int
    """The highest version there is, 0 for none."""

    @classmethod
    def read(cls, file: VaultFile) -> SealedHeads:
        """Raises StoreError."""
        rows = cast(
            "list[tuple[int, bytes, int, bytes]]",
            file.read("SELECT n, id, rev, head FROM records ORDER BY n"),
        )
        twins = file.read("SELECT n, rev FROM mirror ORDER BY n")
        vault = bytes.fromhex(file.locks().vault_id)
        heads = [
            (n, ident.hex(), head[:NONCE], head[NONCE:], _place(vault, ident, rev, b"head"))
            for n, ident, rev, head in rows
        ]
        return cls(
            heads, [(row[0], row[2]) for row in rows] == twins, max(map(itemgetter(2), rows), default=0)
        )


def _place(vault: bytes, ident: bytes, rev: int, part: bytes) -> bytes:
    """What a sealed part is bound to: it opens in no other vault, record, version or part."""
    return vault + ident + (rev & _64_BITS).to_bytes(8, "big") + part


class Rows:
    """All records of an open vault, by heart: which stands where, and its head."""

    def __init__(self, file: VaultFile, key: Key, ahead: SealedHeads | None = None) -> None:
        """Unseals all heads: those read ``ahead``, or else those in the file.

        Raises DamagedFile where the two tables do not agree on what there is.
        """
        self._file = file
        self._master = key.master
        self._vault = bytes.fromhex(key.vault_id)
        # Bytes, no object for each: ten thousand of those would be looked through for garbage.
        self._texts: dict[str, bytes] = {}
        self._at: dict[str, int] = {}
        self.unreadable: set[str] = set()
        self._next = self._rev = 1
        self._scan(ahead or SealedHeads.read(file))

    def heads(self) -> list[Head]:
        return [self.head(ident) for ident in self._texts]

    def head(self, ident: str) -> Head:
        """Raises KeyError where there is none that can be read."""
        kind, order, text = self._texts[ident].split(b"\n", 2)
        return Head(ident, kind.decode(), order.decode(), text)

    def fronts(self) -> Iterator[tuple[str, str, str]]:
        """Id, kind and order of every record whose head can be read."""
        for ident, text in self._texts.items():
            kind, order, _ = text.split(b"\n", 2)
            yield ident, kind.decode(), order.decode()

    # -- reading
    def _scan(self, heads: SealedHeads) -> None:
        if not heads.agree:
            raise damaged(self._file.path, "its two copies do not agree")
        quick, texts, hurt = unsealer(self._master), self._texts, []
        for n, name, nonce, sealed, place in heads.rows:
            text = quick(nonce, sealed, place)
            if text is None or name in texts:
                hurt.append(n)
                continue
            texts[name] = text
            self._at[name] = n
        if heads.rows:
            self._next, self._rev = heads.rows[-1][0] + 1, heads.rev + 1
        for n in hurt:
            self._take_twin(n)

    def _take_twin(self, n: int) -> None:
        """A head that cannot be read is read from the twin, which then heals the row."""
        for row in self._both(n):
            ident, rev, head, _, _ = row
            text = self._opened(head, ident, rev, b"head")
            name = ident.hex()
            if text is not None and name not in self._texts:
                self._texts[name] = text
                self._at[name] = n
                self.unreadable.discard(name)
                mend_row(self._file, "records", n)
                return
        for row in self._both(n)[:1]:
            name = row[0].hex() if len(row[0]) == 16 else f"{n:032x}"
            if name not in self._texts:
                self.unreadable.add(name)
                self._at[name] = n

    def _both(self, n: int) -> list[RecordRow]:
        found = []
        for table in PAIRS[1]:
            found += self._file.read(f"SELECT {_COLUMNS['records']} FROM {table} WHERE n = ?", (n,))
        return cast("list[RecordRow]", found)

    def _opened(self, sealed: bytes, ident: bytes, rev: int, part: bytes) -> bytes | None:
        try:
            return unseal(self._master, sealed, _place(self._vault, ident, rev, part))
        except Unsealable:
            return None

    def bodies(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The bodies of those that are there and can be read; a damaged one comes from its twin."""
        wanted = {self._at[ident]: ident for ident in ids if ident in self._at}
        found: dict[str, dict[str, Any]] = {}
        for some in _by(_AT_ONCE, list(wanted)):
            marks = ", ".join("?" * len(some))
            rows = self._file.read(f"SELECT n, id, rev, body FROM records WHERE n IN ({marks})", some)
            for n, ident, rev, sealed in cast("list[tuple[int, bytes, int, bytes]]", rows):
                text = self._opened(sealed, ident, rev, b"body")
                if text is not None and ident.hex() == wanted[n]:
                    found[wanted[n]] = document_of(text)
        for n, name in wanted.items():
            if name not in found:
                self._body_of_twin(n, name, found)
        return found

    def _body_of_twin(self, n: int, name: str, found: dict[str, dict[str, Any]]) -> None:
        for ident, rev, _, sealed, _ in self._both(n):
            text = self._opened(sealed, ident, rev, b"body")
            if text is not None and ident.hex() == name:
                found[name] = document_of(text)
                mend_row(self._file, "records", n)
                return
        self.unreadable.add(name)

    def check(self) -> list[str]:
        """What cannot be unsealed, one line for each place."""
        wrong = []
        for table in PAIRS[1]:
            count = 0
            rows = self._file.read(f"SELECT {_COLUMNS['records']} FROM {table}")
            for ident, rev, head, body, _ in cast("list[RecordRow]", rows):
                parts = (head, b"head"), (body, b"body")
                count += any(self._opened(sealed, ident, rev, part) is None for sealed, part in parts)
            if count:
                wrong.append(f"{count} in {table} cannot be unsealed")
        return wrong

    # -- writing
    def write(self, puts: Sequence[Record], removes: Iterable[str], taken: Sequence[int] = ()) -> bool:
        """One transaction; True when something was removed, so that the log has to be settled. Raises StoreError.

        ``taken`` are the places in the inbox that are emptied with it.
        """
        gone = {ident: self._at[ident] for ident in removes if ident in self._at}
        last = {record.id: record for record in puts}
        rev, nxt = self._rev, self._next
        rows: dict[str, tuple[int, RecordRow]] = {}
        texts: dict[str, bytes] = {}
        for record in last.values():
            n = gone.pop(record.id, self._at.get(record.id, 0))
            if not n:
                n, nxt = nxt, nxt + 1
            texts[record.id], row = self._sealed(record, rev)
            rows[record.id] = (n, row)
        with self._file.write() as connection:
            for table in PAIRS[1]:
                run = connection.execute
                for n in gone.values():
                    self._one(run(f"DELETE FROM {table} WHERE n = ?", (n,)).rowcount)
                for ident, (n, row) in rows.items():
                    if ident in self._at:
                        sql = f"UPDATE {table} SET id = ?, rev = ?, head = ?, body = ?, sum = ? WHERE n = ?"
                        self._one(run(sql, (*row, n)).rowcount)
                    else:
                        run(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?)", (n, *row))
            for table in PAIRS[2]:
                connection.executemany(f"DELETE FROM {table} WHERE n = ?", [(n,) for n in taken])
        self._rev, self._next = rev + 1, nxt
        self._texts.update(texts)
        self._at.update({ident: n for ident, (n, _) in rows.items()})
        self.unreadable -= set(rows) | set(gone)
        for ident in gone:
            self._texts.pop(ident, None)
            del self._at[ident]
        return bool(gone or taken)

    def _one(self, count: int) -> None:
        if count != 1:
            raise damaged(self._file.path, "a row of it is gone")

    def _sealed(self, record: Record, rev: int) -> tuple[bytes, RecordRow]:
        ident = raw_id(record.id)
        if "\n" in record.kind + record.order:
            raise ValueError("a kind and an order are one line each")
        text = f"{record.kind}\n{record.order}\n".encode() + document_bytes(record.head)
        head = seal(self._master, padded(text, _HEAD_STEP), _place(self._vault, ident, rev, b"head"))
        body = padded(document_bytes(record.body), _BODY_STEP)
        sealed = seal(self._master, body, _place(self._vault, ident, rev, b"body"))
        row = (ident, rev, head, sealed, sum_of("records", ident, rev, head, sealed))
        return text, row


def unsealed(row: RecordRow, key: Key) -> Record | None:
    """A row of a copy of this vault as a record; None where it cannot be unsealed."""
    ident, rev, head, body, _ = row
    place = bytes.fromhex(key.vault_id) + ident + rev.to_bytes(8, "big")
    try:
        kind, order, text = unseal(key.master, head, place + b"head").split(b"\n", 2)
        content = document_of(unseal(key.master, body, place + b"body"))
        return Record(ident.hex(), kind.decode(), document_of(text), content, order.decode())
    except (Unsealable, ValueError):
        return None


# -- the inbox


def put_sealed(file: VaultFile, public: bytes, vault_id: str, document: Document) -> str:
    """Keeps a document that only the unlocked vault can read, in both places; needs no key. Returns its id."""
    ident = os.urandom(16)
    told = {"vault": vault_id, "id": ident.hex(), "document": dict(document)}
    sealed = seal_for(public, padded(document_bytes(told), _BODY_STEP))
    with file.write() as connection:
        heights = [connection.execute(f"SELECT max(n) FROM {table}").fetchone()[0] or 0 for table in PAIRS[2]]
        row = (max(heights) + 1, ident, sealed, sum_of("inbox", ident, sealed))
        for table in PAIRS[2]:
            connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", row)
    return ident.hex()


def read_sealed(
    file: VaultFile, public: bytes, private: bytes, vault_id: str
) -> tuple[list[tuple[int, Sealed]], int]:
    """What can be read of the inbox, with its places, and how many cannot. A damaged one comes from its twin."""
    found: dict[int, Sealed] = {}
    places: set[int] = set()
    for table in PAIRS[2]:
        rows = file.read(f"SELECT n, {_COLUMNS['inbox']} FROM {table} ORDER BY n")
        for n, ident, sealed, _ in cast("list[tuple[int, bytes, bytes, bytes]]", rows):
            places.add(n)
            if n in found:
                continue
            try:
                told = document_of(unseal_own(sealed, public, private))
            except Unsealable:
                continue
            document = told.get("document")
            if told.get("vault") == vault_id and told.get("id") == ident.hex() and isinstance(document, dict):
                found[n] = Sealed(ident.hex(), document)
    return [(n, found[n]) for n in sorted(found)], len(places) - len(found)


# -- healing, without a key


def mend_row(file: VaultFile, kind: str, n: int) -> bool:
    """Where one of two rows has a wrong checksum, or is gone, it is made like its twin. False where both are bad."""
    pair = next(pair for pair in PAIRS if kind in pair)
    columns = _COLUMNS[pair[0]]
    rows = [file.read(f"SELECT {columns} FROM {table} WHERE n = ?", (n,)) for table in pair]
    good = [bool(found) and is_whole(pair[0], cast("tuple[bytes | int, ...]", found[0])) for found in rows]
    if any(good) and not all(good):
        row = rows[good.index(True)][0]
        marks = ", ".join("?" * (len(row) + 1))
        with file.write() as connection:
            table = pair[good.index(False)]
            connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", (n, *row))
    return any(good)


def compare(file: VaultFile) -> Iterator[tuple[str, int]]:
    """The places, by table and ``n``, in which one row or its twin has a wrong checksum or is missing."""
    for pair in PAIRS:
        for n, bad in _wrong_in(file, pair).items():
            if bad:
                yield pair[0], n


def _wrong_in(file: VaultFile, pair: tuple[str, str]) -> dict[int, bool]:
    seen: list[dict[int, bytes]] = [{}, {}]
    wrong: dict[int, bool] = {}
    for side, table in enumerate(pair):
        for n, *values in file.read(f"SELECT n, {_COLUMNS[pair[0]]} FROM {table}"):
            place = cast("int", n)
            whole = is_whole(pair[0], cast("tuple[bytes | int, ...]", tuple(values)))
            wrong[place] = wrong.get(place, False) or not whole
            seen[side][place] = cast("bytes", values[-1])
    for place in seen[0].keys() | seen[1].keys():
        wrong[place] = wrong.get(place, False) or seen[0].get(place) != seen[1].get(place)
    return wrong


def mend(file: VaultFile) -> tuple[int, int]:
    """Heals every row from its twin where one of both is whole; returns how many were healed and how many cannot be.

    Of two whole rows that differ the newer one counts; that is one left behind by a backup put back in part.
    """
    healed = lost = 0
    for kind, n in list(compare(file)):
        if mend_row(file, kind, n):
            healed += 1
        else:
            lost += 1
    return healed, lost


def _by(count: int, numbers: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(numbers), count):
        yield numbers[at : at + count]


__all__ = ["Head", "InboxRow", "Record", "RecordRow", "Rows", "Sealed"]
