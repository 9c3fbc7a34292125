"""Copies of the data file by SQLite's own backup, each one checked before it counts, and the way to find a good one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from companion.storage import header
from companion.storage.errors import DamagedFile, StoreError, damaged, shown, translate, translating
from companion.storage.files import check, open_reader
from companion.storage.migrations import STEPS

PAGES_AT_ONCE = 1024
"""Pages copied between two looks at whether the copy is still wanted."""

_DAILY = "companion-"


class Cancelled(Exception):
    """The copy was called off; nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was found to be whole: where, when it was made (UTC) and how many calls it holds."""

    path: Path
    made: datetime
    calls: int


Progress = Callable[[int, int], None]
"""Told pages done and pages in all, now and then; raising Cancelled in it calls the copy off."""


def copy_to(database: Path, target: Path, progress: Progress | None = None) -> None:
    """Copies the data file, with all that is committed, to one plain file at ``target``; for any thread.

    The copy is read back before it takes the place of an earlier ``target``. Raises StoreError (DamagedFile when the
    data itself is damaged) or Cancelled; then ``target`` is as it was.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    source = open_reader(database)
    try:
        with translating(database):
            # A transaction held open: what others write meanwhile does not make the copy begin anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with translating(target), _about(database):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
            _fill(source, part, progress)
        _verify(part, database)
        with translating(target):
            sync(part)
            os.replace(part, target)
            sync(target.parent)
    finally:
        source.close()
        for left in (part, header.wal_of(part), header.shm_of(part), part.with_name(part.name + "-journal")):
            with suppress(OSError):
                left.unlink()


@contextmanager
def _about(database: Path) -> Iterator[None]:
    """Damage that shows while copying is damage of the data, not of the copy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = translate(error, database)
        if isinstance(known, DamagedFile):
            raise known from error
        raise


def _fill(source: sqlite3.Connection, part: Path, progress: Progress | None) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    copy = sqlite3.connect(part, isolation_level=None)
    try:
        copy.execute("PRAGMA synchronous = OFF")  # it is brought to the disk as a whole at the end
        source.backup(copy, pages=PAGES_AT_ONCE, progress=told)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
    finally:
        copy.close()


def _verify(part: Path, database: Path) -> None:
    copy = sqlite3.connect(part, isolation_level=None)
    try:
        wrong = check(copy, quick=True)
    finally:
        copy.close()
    if wrong:
        raise damaged(database, wrong[0].splitlines()[0])


def sync(path: Path) -> None:
    """Has the operating system bring a file, or where it knows how to, a folder to the disk."""
    if path.is_dir() and os.name != "posix":
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def stamp(moment: datetime) -> str:
    """A moment as part of a file's name: UTC, sorting by time, good on every system."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def before_migrating(database: Path, backups: Path, version: int) -> Path:
    """The copy that is made before an older file is brought up to date. Raises StoreError: then nothing is migrated."""
    target = unused(backups, f"before-version-{version + 1}-{stamp(datetime.now(UTC))}", ".db")
    copy_to(database, target)
    return target


def unused(folder: Path, name: str, ending: str = "") -> Path:
    """A path in ``folder`` that is not taken."""
    path, n = folder / f"{name}{ending}", 1
    while path.exists():
        n += 1
        path = folder / f"{name}-{n}{ending}"
    return path


def daily(
    database: Path, backups: Path, now: datetime, keep: int = 7, progress: Progress | None = None
) -> Path | None:
    """Today's copy, unless there is one, and the newest ``keep`` of the daily ones stay; for a worker's thread.

    ``now`` carries the user's zone: the day is theirs. Returns the new copy or None. Raises StoreError; older copies
    are only removed after a new one was found to be whole, so damaged data never pushes a good copy out.
    """
    target = backups / f"{_DAILY}{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    copy_to(database, target, progress)
    kept = sorted(backups.glob(f"{_DAILY}????-??-??.db"), reverse=True)
    for old in kept[keep:]:
        with suppress(OSError):
            old.unlink()
    return target


def newest_good(backups: Path) -> Backup | None:
    """The newest copy that is whole and of a version that this program knows. Reads whole files: for a worker."""
    try:
        found = sorted(backups.glob("*.db"), key=lambda p: (p.stat().st_mtime, p.name), reverse=True)
    except OSError:
        return None
    for path in found:
        with suppress(StoreError):
            return look_at(path)
    return None


def look_at(path: Path) -> Backup:
    """What a copy holds. Raises StoreError when it is not whole, not ours, or newer than this program."""
    if not path.is_file() or not header.version_of(path, len(STEPS), path.parent / "none"):
        raise StoreError(f"There is no copy of the data in {shown(path)}. Choose another.")
    with translating(path), _looking(path) as connection:
        wrong = check(connection, quick=True)
        if wrong:
            raise damaged(path, wrong[0].splitlines()[0])
        calls = int(connection.execute("SELECT count(*) FROM calls").fetchone()[0])
        return Backup(path, datetime.fromtimestamp(path.stat().st_mtime, UTC), calls)


@contextmanager
def _looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves no trace beside the copy, and takes no note of one either."""
    uri = f"{path.absolute().as_uri()}?immutable=1"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()
