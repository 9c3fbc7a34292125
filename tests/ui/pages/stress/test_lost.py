"""What cannot be read is told beside the list, is no empty journal, and comes back from a copy where one has it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.core.stress import Entry
from companion.desk import Desk
from companion.journal import Journal
from companion.storage.journal import ENTRY
from companion.storage.vault import Record
from companion.ui.pages.stress.page import StressPage
from tests.ui.pages.stress.conftest import PASSPHRASE
from tests.ui.pages.stress.journaling import Show, Write, settle


def spoil(journal: Journal, entry: Entry) -> None:
    """Neither copy of the entry makes sense any more."""
    journal._vault.write([Record(entry.id, ENTRY, {}, {}, entry.at)])
    journal.lock()
    journal.open(journal.attempt(PASSPHRASE))


def test_a_record_comes_back_from_a_copy(show: Show, opened: Journal, write: Write) -> None:
    entry = write(1, event="x")
    assert opened.daily() is not None
    spoil(opened, entry)
    view = show()
    assert view.side.lost.isVisible() and view.side.isVisible()
    assert not view.empty.isVisible(), "what cannot be read is no empty journal"
    assert "One record of the journal cannot be read" in view.side.lost.words.text()
    told: list[str] = []
    view.told.connect(told.append)
    view.side.lost.back.click()
    settle()
    assert told == ["One record came back from a copy."]
    assert not view.side.lost.isVisible()
    view.refresh()
    assert view.list.entries.rowCount() == 1
    assert opened.entry(entry.id).event == "x"


def test_what_no_copy_has_is_said_so(show: Show, opened: Journal, write: Write) -> None:
    write(2, event="whole")
    assert opened.daily() is not None
    spoil(opened, write(1, event="x"))
    view = show()
    view.side.lost.back.click()
    settle()
    assert "None of the copies has it." in view.side.lost.words.text()
    assert view.side.lost.isVisible() and view.side.lost.back.isHidden()


def test_without_any_copy_nothing_is_offered(show: Show, opened: Journal, write: Write) -> None:
    spoil(opened, write(1, event="x"))
    view = show()
    assert "There is no copy of an earlier day." in view.side.lost.words.text()
    assert view.side.lost.back.isHidden()


def test_an_entry_found_unreadable_later_is_told_beside_the_list_too(
    show: Show, opened: Journal, write: Write
) -> None:
    write(0, event="the one that is open")
    entry = write(1, event="x", before=3)
    view = show()
    assert view.side.lost.isHidden() and view.editor.entry_id != entry.id
    known = opened._vault.head(entry.id)
    opened._vault.write([Record(entry.id, ENTRY, known.head, {"kind": "diary"}, known.order)])
    opened._kept = None
    told: list[str] = []
    view.told.connect(told.append)
    view.open_entry(entry.id)
    settle()
    assert told and "cannot be read" in told[0]
    assert view.side.lost.isVisible()


def test_a_file_that_had_to_be_rebuilt_is_told_once(
    qtbot: QtBot, show: Show, opened: Journal, write: Write, data_dir: Path
) -> None:
    write(1, event="x")
    opened.lock()
    opened._vault.close()
    with closing(sqlite3.connect(data_dir / "journal.vault")) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE mirror (' WHERE name = 'mirror'")
    connection.close()
    opened._locks = None
    opened.open(opened.attempt(PASSPHRASE))
    assert opened.rescued is not None
    view = show()
    assert "has been rebuilt" in view.side.lost.words.text()
    view.side.lost.wave.click()
    view.refresh()
    assert view.side.lost.isHidden()
    assert view.list.entries.rowCount() == 1


def test_a_place_that_cannot_be_read_does_not_keep_the_list_from_being_shown(
    show: Show, opened: Journal, write: Write
) -> None:
    write(1, event="x")
    opened.write_page("place", {"entry": "y"})
    opened._vault.write([Record(opened._book._pages["place"], "page", {"name": "place"}, {})])
    view = show()
    assert view.list.entries.rowCount() == 1 and view.list.isVisible()


def test_nothing_is_said_while_all_is_well(open_page: StressPage) -> None:
    assert open_page.view("journal").side.lost.isHidden()


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (640, 520)])
def test_nothing_beside_the_list_is_clipped(
    show: Show,
    opened: Journal,
    write: Write,
    desk: Desk,
    faults: Callable[[QWidget], list[str]],
    width: int,
    height: int,
) -> None:
    write(2, event="whole", to_finish=True)
    entry = write(1, event="x")
    assert opened.daily() is not None
    spoil(opened, entry)
    desk.breaks.add("2026-11-20T14:30:00.000Z", "Europe/Berlin", 10, "2026-11-20T08:00:00.000Z")
    view = show(width, height)
    view.back_to_list()
    settle()
    assert view.side.lost.isVisible() and view.side.planned.isVisible() and view.list.isVisible()
    assert faults(view) == []
