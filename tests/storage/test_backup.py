"""Copies: whole, checked, and never in the way of a good one."""

import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.storage.backup import Cancelled, copy_to, daily, look_at, newest_good
from companion.storage.calls import CallsBook
from companion.storage.store import DamagedFile, DiskFull, NewerFile, Store, StoreError

Tell = Callable[..., Any]
TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def damage(path: Path, store: Store, table: str = "call_events") -> None:
    """Closes the store and destroys the root page of a table."""
    page = store.read("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))[0][0]
    store.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)


def test_a_copy_holds_what_is_only_in_the_log(
    store: Store, database: Path, tell: Tell, tmp_path: Path, names_in: Callable[[Path], list[str]]
) -> None:
    tell("a").finish(60.0)
    target = tmp_path / "out" / "copy.db"
    copy_to(database, target)
    assert look_at(target).calls == 1
    assert names_in(target.parent) == ["copy.db"]
    assert target.read_bytes()[18:20] == b"\1\1"  # a plain file, that needs no log beside it
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o600
    again = Store.open(target, tmp_path)
    assert [e.kind for e in CallsBook(again).events("a")] == ["started", "ended", "finished"]
    again.close()


def test_a_copy_is_of_one_moment_whatever_is_written_meanwhile(
    store: Store, database: Path, tell: Tell, tmp_path: Path
) -> None:
    for n in range(300):
        tell(str(n)).type(0.0, "notes", "x" * 20_000)
    steps: list[int] = []

    def write_more(done: int, total: int) -> None:
        steps.append(done)
        assert len(steps) < 100, "the copy begins anew with every write"
        tell(f"while {len(steps)}").say("started", 0.0)

    copy_to(database, tmp_path / "copy.db", write_more)
    assert len(steps) > 1
    assert steps == sorted(steps)
    assert look_at(tmp_path / "copy.db").calls == 300


def test_a_copy_that_is_called_off_leaves_nothing(
    store: Store, database: Path, tell: Tell, tmp_path: Path, names_in: Callable[[Path], list[str]]
) -> None:
    tell("a").finish(60.0)
    target = tmp_path / "out" / "copy.db"
    copy_to(database, target)
    before = target.read_bytes()
    tell("b").finish(60.0)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        copy_to(database, target, stop)
    assert names_in(target.parent) == ["copy.db"]
    assert target.read_bytes() == before


def test_a_copy_can_be_made_on_another_thread(
    store: Store, database: Path, tell: Tell, tmp_path: Path
) -> None:
    tell("a").finish(60.0)
    worker = threading.Thread(target=copy_to, args=(database, tmp_path / "copy.db"))
    worker.start()
    worker.join()
    assert look_at(tmp_path / "copy.db").calls == 1


def test_damaged_data_does_not_become_a_copy(
    store: Store, database: Path, backups: Path, tell: Tell, tmp_path: Path
) -> None:
    for n in range(50):
        tell(str(n)).finish(60.0)
    copy_to(database, backups / "companion-2026-03-01.db")
    damage(database, store)
    with pytest.raises(DamagedFile) as error:
        daily(database, backups, TODAY, keep=1)
    assert "companion.db" in str(error.value)
    assert [path.name for path in backups.iterdir()] == ["companion-2026-03-01.db"]


@pytest.mark.skipif(os.name != "posix", reason="the platform has no limits of that kind")
def test_a_copy_for_which_there_is_no_room_is_said_so(store: Store, database: Path, tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    try:
        with pytest.raises(DiskFull) as error:
            copy_to(database, tmp_path / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "copy.db" in str(error.value)
    assert not list(tmp_path.glob("*copy*"))


def test_one_copy_a_day_and_the_newest_stay(store: Store, database: Path, backups: Path, tell: Tell) -> None:
    backups.mkdir()
    (backups / "before-version-2-20260101T000000Z.db").write_bytes(b"kept")
    for day in range(10):
        now = TODAY + timedelta(days=day)
        assert daily(database, backups, now, keep=3) == backups / f"companion-{now:%Y-%m-%d}.db"
        assert daily(database, backups, now + timedelta(hours=5), keep=3) is None
    assert sorted(path.name for path in backups.iterdir()) == [
        "before-version-2-20260101T000000Z.db",
        "companion-2026-03-09.db",
        "companion-2026-03-10.db",
        "companion-2026-03-11.db",
    ]


def test_the_newest_good_copy_is_found(store: Store, database: Path, backups: Path, tell: Tell) -> None:
    assert newest_good(backups) is None
    names = ["good.db", "damaged.db", "newer.db", "foreign.db", "text.db", "empty.db"]
    tell("a").finish(60.0)
    for n, name in enumerate(names):
        path = backups / name
        copy_to(database, path)
        if name == "damaged.db":
            os.truncate(path, 30_000)
        if name in ("newer.db", "foreign.db"):
            connection = sqlite3.connect(path)
            connection.execute(
                "PRAGMA user_version = 99" if name == "newer.db" else "PRAGMA application_id = 7"
            )
            connection.close()
        if name == "text.db":
            path.write_text("no copy")
        if name == "empty.db":
            os.truncate(path, 0)
        os.utime(path, (1_000_000 + n, 1_000_000 + n))
    found = newest_good(backups)
    assert found is not None
    assert (found.path.name, found.calls) == ("good.db", 1)
    assert found.made == datetime.fromtimestamp(1_000_000, UTC)
    with pytest.raises(NewerFile):
        look_at(backups / "newer.db")
    with pytest.raises(StoreError):
        look_at(backups / "missing.db")
