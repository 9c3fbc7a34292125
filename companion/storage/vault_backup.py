"""Copies of the vault: as sealed as the vault itself, one a day; found, looked into, deleted for good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import cast

from companion.storage import header
from companion.storage.backup import Progress, copy_to, sync
from companion.storage.errors import StoreError, damaged, foreign, translating
from companion.storage.files import check
from companion.storage.vault_file import STEPS, VaultFile
from companion.storage.vault_keys import Key, Locks, locks_of
from companion.storage.vault_look import exists, look
from companion.storage.vault_pages import RecordRow, keys_in, rows_in
from companion.storage.vault_rows import Record, mend, raw_id, unsealed

_DAILY = "journal-????-??-??.vault"
_CHUNK = 1 << 20


def daily(
    path: Path, backups: Path, now: datetime, keep: int = 7, progress: Progress | None = None
) -> Path | None:
    """Today's copy, unless there is one; the newest ``keep`` of the daily ones stay. For a worker's thread.

    What differs from its twin is healed first, while there still is a twin. ``now`` carries the user's zone. Returns
    the new copy or None. Raises StoreError, such as DamagedFile: then no good copy is pushed out.
    """
    target = backups / f"journal-{now:%Y-%m-%d}.vault"
    if target.exists() or not exists(path, backups):
        return None
    file = VaultFile.join(path)
    try:
        mend(file)
    finally:
        file.connection.close()
    copy_to(path, target, progress)
    for old in sorted(backups.glob(_DAILY), reverse=True)[keep:]:
        with suppress(OSError):
            old.unlink()
    return target


def listed(backups: Path) -> list[Path]:
    """Every file that holds a vault or a part of one: daily copies, those before a migration, damaged ones set aside.

    The newest by name first. Raises StoreError where the folder cannot be read.
    """
    with translating(backups):
        if not backups.is_dir():
            return []
        found = [*backups.glob("journal-*.vault"), *backups.glob(".journal-*.part*")]
        found += [*backups.glob("damaged-journal-*/*")]
        return sorted((one for one in found if one.is_file()), reverse=True)


def delete(backups: Path) -> None:
    """Overwrites and removes every file that ``listed`` names. Raises StoreError where one stays."""
    for path in listed(backups):
        wipe(path)
        if path.parent != backups:
            with suppress(OSError):
                path.parent.rmdir()


def wipe(path: Path) -> None:
    """Overwrites a file and its companions, and removes them; the first page goes last, so it can be done again.

    What a disk of flash memory or a file system with copies keeps beneath is out of reach. Raises StoreError.
    """
    with translating(path):
        for one in (header.wal_of(path), header.shm_of(path), path):
            if one.exists():
                _overwrite(one)
                one.unlink()
        sync(path.parent)


def _overwrite(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        for first, last in ((min(4096, size), size), (0, min(4096, size))):
            file.seek(first)
            while first < last:
                first += file.write(bytes(min(_CHUNK, last - first)))
            os.fsync(file.fileno())


def delete_vault(path: Path) -> None:
    """Makes an end of the vault at ``path``, also without its key, damaged, or half deleted. Raises StoreError.

    Only a file that is somebody else's is left alone. The connection to it must be closed.
    """
    if path.is_dir():
        raise foreign(path)
    if path.exists() and path.stat().st_size:
        try:
            look(path, len(STEPS))
        except StoreError as error:
            if error.kind == "foreign":
                raise
    wipe(path)
    for left in path.parent.glob(f".{path.name}.*"):
        wipe(left)


def holds(backups: Path, ident: str) -> list[Path]:
    """The copies in which a record stands, sealed, whole or not. For a worker's thread; raises StoreError."""
    wanted = raw_id(ident)
    return [
        path
        for path in listed(backups)
        if any(wanted in row.values for row in rows_in(path) if row.kind != "header")
    ]


def vault_ids(path: Path) -> list[str]:
    """The ids of the vaults whose keys stand in a copy; reads it without SQLite. Raises StoreError."""
    found = []
    for raw in keys_in(path):
        with suppress(ValueError):
            found.append(locks_of(raw).vault_id)
    return found


def locks_in(paths: Iterable[Path]) -> Locks | None:
    """The first wrapped keys that can be read without SQLite from any of these files."""
    for raw in (raw for path in paths if path.exists() for raw in keys_in(path)):
        with suppress(ValueError):
            return locks_of(raw)
    return None


def newest_good(backups: Path) -> Path | None:
    """The newest copy that is whole to the last row. Reads whole files: for a worker."""
    for path in _newest(backups):
        with suppress(StoreError):
            look_at(path)
            return path
    return None


def look_at(path: Path) -> int:
    """How many records a copy holds. Raises StoreError when it is not whole, not ours or newer."""
    look(path, len(STEPS))
    with _looking(path) as connection:
        wrong = check(connection, quick=True)
        if wrong:
            raise damaged(path, wrong[0].splitlines()[0])
        return int(connection.execute("SELECT count(*) FROM records").fetchone()[0])


def records_in(backups: Path, ids: Iterable[str], key: Key) -> list[Record]:
    """The records with these ids, each from the newest copy that holds it so that it can be unsealed.

    Copies are read page by page, so a damaged one still gives what it has. For a worker; raises StoreError.
    """
    wanted = {raw_id(ident) for ident in ids}
    found: dict[bytes, Record] = {}
    for path in listed(backups):
        if not wanted - found.keys():
            break
        here: dict[bytes, tuple[int, Record]] = {}
        with suppress(StoreError):
            for row in rows_in(path):
                ident = cast("bytes", row.values[0])
                if row.kind != "records" or ident not in wanted - found.keys():
                    continue
                values = cast("RecordRow", row.values)
                record = unsealed(values, key) if values[1] > here.get(ident, (-1,))[0] else None
                if record is not None:
                    here[ident] = (values[1], record)
        found.update({ident: record for ident, (_, record) in here.items()})
    return list(found.values())


def _newest(backups: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(backups.glob(_DAILY), reverse=True)
    return []


@contextmanager
def _looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves no trace beside the copy."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None)
    try:
        with translating(path):
            yield connection
    finally:
        connection.close()
