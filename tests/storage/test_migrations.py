"""Every file that was ever shipped opens, is copied aside first, and ends with the tables of a fresh one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.storage.backup import look_at
from companion.storage.breaks import BreaksBook
from companion.storage.calls import CallsBook, Due
from companion.storage.migrations import STEPS
from companion.storage.responses import ResponsesBook
from companion.storage.store import DamagedFile, NewerFile, Store
from companion.storage.timeaudit import TimeBook

FILES = Path(__file__).parent.parent / "files"
SHIPPED = sorted(FILES.glob("schema-*.db"))


def schema(store: Store) -> list[tuple[str, ...]]:
    return store.read("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")


def taken(source: Path, database: Path) -> None:
    shutil.copy(source, database)


def test_there_is_a_file_of_every_version() -> None:
    assert [path.name for path in SHIPPED] == [f"schema-{n}.db" for n in range(1, len(STEPS) + 1)]


@pytest.mark.parametrize("source", SHIPPED, ids=lambda path: path.stem)
def test_a_file_of_each_version_ends_like_a_fresh_one(
    source: Path, database: Path, backups: Path, tmp_path: Path
) -> None:
    taken(source, database)
    old = Store.open(database, backups)
    fresh = Store.open(tmp_path / "fresh.db", backups)
    assert schema(old) == schema(fresh)
    assert old.integrity() == []
    book = CallsBook(old)
    assert [row.id for row in book.recent(9, include_discarded=True)] == ["gone", "missed", "left", "done"]
    assert book.due() == Due(promises=1, messages=0, call_backs=1, wrap_ups=1)
    assert [one.call_id for one in book.unfinished()] == ["live"]
    assert [e.kind for e in book.events("done")] == ["started", "edit", "edit", "ended", "finished"]
    old.close()
    fresh.close()


def test_breaks_and_responses_of_the_second_version_are_there(database: Path, backups: Path) -> None:
    taken(FILES / "schema-2.db", database)
    store = Store.open(database, backups)
    assert [(one.at, one.minutes) for one in BreaksBook(store).between("2026", "2027")] == [
        ("2026-03-03T13:00:00.000Z", 15)
    ]
    assert [one.text for one in ResponsesBook(store).all()] == [
        "I can hear that this matters.",
        "Let me see what I can do: \0 <b>now</b>.",
    ]
    store.close()


def test_the_time_of_the_third_version_is_there(database: Path, backups: Path) -> None:
    taken(FILES / "schema-3.db", database)
    store = Store.open(database, backups)
    book = TimeBook(store)
    assert [(day.name, day.zone, day.length) for day in book.days()] == [
        ("2026-03-28", "Europe/Berlin", 86400),
        ("2026-03-29", "Europe/Berlin", 82800),
    ]
    assert [(span.length // 60, *span[2:]) for span in book.spans(0, 1 << 40)] == [
        (420, "sleeping", "filled", "hand"),
        (30, "travel", "filled", "hand"),
        (15, "work/e-mails", "filled", "hand"),
        (5, "work/phone calls", "proposed", "call"),
    ]
    assert [one.name for one in book.categories() if one.was] == ["Letters & mails"]
    assert [(goal.category, goal.seconds) for goal in book.goals() if not goal.until] == [
        ("technology", 7200)
    ]
    assert [(one.audit == book.audits()[0].id, one.since) for one in book.decisions()] == [
        (True, "2026-03-30")
    ]
    undo, redo = book.to_undo(), book.to_redo()
    assert undo and undo.words.endswith("5 minutes a day from Sleeping to Exercise")
    assert redo and redo.words == "14:00: 9:00–10:00 rest over phone calls"
    assert book.mark("proposed") is not None
    store.close()


def add_mood(db: Any) -> None:
    db.execute("ALTER TABLE calls ADD COLUMN mood TEXT NOT NULL DEFAULT ''")


def break_off(db: Any) -> None:
    db.execute("CREATE TABLE half (x)")
    raise RuntimeError("in the middle")


def test_an_older_file_is_copied_aside_then_changed(
    database: Path, backups: Path, tell: Callable[..., Any], store: Store
) -> None:
    tell("a").finish(60.0)
    store.close()
    changed = Store.open(database, backups, (*STEPS, add_mood))
    assert changed.read("SELECT id, mood FROM calls") == [("a", "")]
    assert changed.read("PRAGMA user_version") == [(len(STEPS) + 1,)]
    changed.close()
    copies = list(backups.iterdir())
    assert len(copies) == 1
    assert look_at(copies[0]).calls == 1
    with pytest.raises(NewerFile):
        Store.open(database, backups)
    Store.open(database, backups, (*STEPS, add_mood)).close()
    assert list(backups.iterdir()) == copies


def test_a_step_that_fails_changes_nothing(
    database: Path, backups: Path, tell: Callable[..., Any], store: Store
) -> None:
    tell("a").finish(60.0)
    before = schema(store)
    store.close()
    with pytest.raises(RuntimeError):
        Store.open(database, backups, (*STEPS, add_mood, break_off))
    again = Store.open(database, backups)
    assert schema(again) == before
    assert [row.id for row in CallsBook(again).recent(5)] == ["a"]
    again.close()


def test_a_file_whose_copy_is_damaged_is_not_changed(
    database: Path, backups: Path, tell: Callable[..., Any], store: Store
) -> None:
    for n in range(200):
        tell(str(n)).finish(60.0)
    page = store.read("SELECT rootpage FROM sqlite_schema WHERE name = 'call_events'")[0][0]
    store.close()
    with database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)
    before = database.read_bytes()
    with pytest.raises(DamagedFile):
        Store.open(database, backups, (*STEPS, add_mood))
    assert database.read_bytes() == before
    assert list(backups.iterdir()) == []
