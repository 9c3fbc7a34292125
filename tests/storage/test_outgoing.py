"""Reading everything at one moment, also from a file of an older version."""

from pathlib import Path

import pytest

from companion.core.calls import Call, Event, fold
from companion.storage.breaks import BreaksBook
from companion.storage.calls import CallsBook
from companion.storage.errors import DamagedFile, NewerFile
from companion.storage.migrations import STEPS
from companion.storage.outgoing import Outgoing
from companion.storage.responses import ResponsesBook
from companion.storage.settings import SettingsBook
from companion.storage.store import Store

AT = "2026-11-21T08:30:00.000Z"
ODD = "x" * 900 + " \ud83d \0 ☎"


def call_of(ident: str) -> tuple[Call, tuple[Event, ...]]:
    events = (
        Event("ringing", 0.0, AT, "Europe/Berlin"),
        Event("started", 1.0, AT, "Europe/Berlin"),
        Event("edit", 2.0, AT, "Europe/Berlin", {"field": "notes", "at": 0, "cut": 0, "put": ODD}),
    )
    return fold(ident, events), events


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "companion.db"


def test_everything_as_it_was_kept(path: Path, tmp_path: Path) -> None:
    store = Store.open(path, tmp_path / "backups")
    call, events = call_of("c1")
    CallsBook(store).add_many(call, events, 0.0, "boot", ("+4930", "4930"))
    kept = ResponsesBook(store).add(ODD, AT)
    planned = BreaksBook(store).add(AT, "Europe/Berlin", 10, AT)
    SettingsBook(store).set("agent", ODD)
    with Outgoing(path, tmp_path / "backups") as data:
        (whole,) = data.calls()
        assert (whole.call, whole.e164) == (call, "+4930")
        assert [(e.kind, dict(e.data)) for e in whole.events] == [(e.kind, dict(e.data)) for e in events]
        assert whole.call.text("notes") == ODD
        assert data.responses() == [kept] and data.breaks() == [planned]
        assert data.settings() == {"agent": ODD}
    store.close()


def test_what_is_written_meanwhile_is_not_seen(path: Path, tmp_path: Path) -> None:
    store = Store.open(path, tmp_path / "backups")
    settings = SettingsBook(store)
    settings.set("agent", "before")
    with Outgoing(path, tmp_path / "backups") as data:
        assert data.settings() == {"agent": "before"}
        settings.set("agent", "after")
        BreaksBook(store).add(AT, "UTC", 10, AT)
        assert data.settings() == {"agent": "before"} and data.breaks() == []
    with Outgoing(path, tmp_path / "backups") as data:
        assert data.settings() == {"agent": "after"} and len(data.breaks()) == 1
    store.close()


def test_a_file_of_an_older_version_stays_one(path: Path, tmp_path: Path) -> None:
    Store.open(path, tmp_path / "backups", STEPS[:1]).close()
    before = path.read_bytes()
    with Outgoing(path, tmp_path / "backups") as data:
        assert (list(data.calls()), data.responses(), data.breaks(), data.settings()) == ([], [], [], {})
    assert path.read_bytes() == before


def test_files_that_are_not_read(path: Path, tmp_path: Path) -> None:
    store = Store.open(path, tmp_path / "backups")
    store.connection.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(NewerFile):
        Outgoing(path, tmp_path / "backups")
    path.write_bytes(b"x" * 9000)
    with pytest.raises(DamagedFile):
        Outgoing(path, tmp_path / "backups")
