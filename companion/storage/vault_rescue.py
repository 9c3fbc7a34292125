"""A vault that SQLite can no longer make sense of: every row of both copies is read from the pages into a fresh one.

No key is needed: rows carry checksums. What is found whole in either copy is kept; what is whole in neither is kept
in both variants, for the key may still open a part of one. The damaged file is set aside as it was found.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from companion.storage import header
from companion.storage.backup import stamp, sync, unused
from companion.storage.errors import DamagedFile, damaged, translating
from companion.storage.vault_file import PAIRS, STEPS, build, remove
from companion.storage.vault_keys import locks_of
from companion.storage.vault_look import look
from companion.storage.vault_pages import InboxRow, RecordRow, Row, keys_in, rows_in


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue brought back: records and sealed documents, how many of them are whole in neither copy."""

    records: int
    inbox: int
    lost: int
    set_aside: Path
    """The folder with the damaged file as it was found."""
    keys_from: Path | None = None
    """The copy that the wrapped keys had to be taken from: the passphrase of that day opens it."""


@dataclass(slots=True)
class _Found:
    records: dict[bytes, Row] = field(default_factory=dict)
    inbox: dict[bytes, Row] = field(default_factory=dict)
    hurt: dict[tuple[str, int], list[Row]] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        if row.kind == "header":
            return
        if not row.whole:
            variants = self.hurt.setdefault((row.kind, row.n), [])
            if row.values not in [one.values for one in variants]:
                variants.append(row)
            return
        into = self.records if row.kind == "records" else self.inbox
        ident = cast("bytes", row.values[0])
        known = into.get(ident)
        if known is None or (
            row.kind == "records" and cast("int", row.values[1]) > cast("int", known.values[1])
        ):
            into[ident] = row

    def settle(self) -> None:
        """Forgets the hurt twins of what is whole, and sealed documents that were taken in as records already."""
        self.inbox = {ident: row for ident, row in self.inbox.items() if ident not in self.records}
        for kind, into in (("records", self.records), ("inbox", self.inbox)):
            places = {row.n for row in into.values()}
            for place, variants in list(self.hurt.items()):
                if place[0] == kind and (
                    place[1] in places or any(one.values[0] in into for one in variants)
                ):
                    del self.hurt[place]


def rescue(path: Path, backups: Path, now: datetime) -> Rescued:
    """Replaces a damaged vault by a fresh one with all that can still be read. No connection to it may be open.

    Until the very end nothing is changed. Raises StoreError, for instance when the file is newer or not ours, when
    there is no room, or when neither it nor a copy holds the wrapped keys.
    """
    with suppress(DamagedFile):
        look(path, len(STEPS))
    found = _Found()
    for row in rows_in(path):
        found.take(row)
    found.settle()
    keys, keys_from = _keys(path, backups)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.rescued")
    try:
        build(fresh, keys, lambda connection: _fill(connection, found))
        aside = _put_in_place(fresh, path, unused(backups, f"damaged-journal-{stamp(now)}"))
    finally:
        remove(fresh)
    hurt = [place[0] for place in found.hurt]
    return Rescued(
        len(found.records) + hurt.count("records"),
        len(found.inbox) + hurt.count("inbox"),
        len(hurt),
        aside,
        keys_from,
    )


def _keys(path: Path, backups: Path) -> tuple[bytes, Path | None]:
    """The wrapped keys that can be read, from the file or the newest copy that has them."""
    copies = sorted(backups.glob("journal-*.vault"), reverse=True) if backups.is_dir() else []
    for source in (path, *copies):
        for raw in keys_in(source) if source.exists() else ():
            with suppress(ValueError):
                locks_of(raw)
                return raw, None if source == path else source
    raise damaged(path, "its keys cannot be read, in the file or in a copy of it")


def _fill(connection: sqlite3.Connection, found: _Found) -> None:
    """In the order of the old places; hurt rows take part with one variant in each of both tables."""
    for kind, into, pair in (("records", found.records, PAIRS[1]), ("inbox", found.inbox, PAIRS[2])):
        whole = [(row.n, [row, row]) for row in into.values()]
        hurt = [(n, [rows[0], rows[-1]]) for (one, n), rows in found.hurt.items() if one == kind]
        marks = "?, ?, ?, ?, ?, ?" if kind == "records" else "?, ?, ?, ?"
        for n, (_, both) in enumerate(sorted(whole + hurt, key=lambda item: item[0]), 1):
            for table, row in zip(pair, both, strict=True):
                values = cast("RecordRow | InboxRow", row.values)
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", (n, *values))


def _put_in_place(fresh: Path, path: Path, aside: Path) -> Path:
    """Keeps the damaged file and its log in ``aside`` and lets ``fresh`` take its place, in this order.

    The old log goes before the new file comes: SQLite would play it into the new one.
    """
    with translating(path):
        aside.mkdir(mode=0o700, parents=True)
        logs = (header.wal_of(path), header.shm_of(path))
        for one in (path, logs[0]):
            if one.exists():
                shutil.copy2(one, aside / one.name)
                sync(aside / one.name)
        sync(aside)
        for one in logs:
            one.unlink(missing_ok=True)
        os.replace(fresh, path)
        sync(path.parent)
    return aside
