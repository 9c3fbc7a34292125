"""After damage: what can be read comes back, what was found is kept, and the result opens."""

import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from companion.clock import ManualClock
from companion.core.audit import Decision
from companion.core.calls import fold
from companion.core.goals import Goal
from companion.preferences import Preferences
from companion.storage import header, salvage
from companion.storage.backup import copy_to
from companion.storage.breaks import BreaksBook
from companion.storage.calls import CallsBook
from companion.storage.rescue import COLUMNS, EVENTS_AT, rescue, use_backup
from companion.storage.responses import ResponsesBook
from companion.storage.settings import SettingsBook
from companion.storage.store import DamagedFile, NewerFile, Store, StoreError
from companion.timedesk import TimeDesk

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
Contents = dict[str, set[tuple[Any, ...]]]
TIME = (
    "time_days", "spans", "time_undo", "time_marks", "categories", "goals", "audits", "decisions",
)  # fmt: skip


def contents(path: Path) -> Contents:
    """All rows of the tables that count."""
    connection = sqlite3.connect(path)
    columns = {"calls": ", ".join(COLUMNS), "call_events": "*", "settings": "*", "call_signs": "*"}
    columns |= dict.fromkeys(("breaks", "responses", *TIME), "*")
    found = {name: set(connection.execute(f"SELECT {what} FROM {name}")) for name, what in columns.items()}
    connection.close()
    return found


@pytest.fixture
def filled(database: Path, backups: Path, teller: type) -> Path:
    """A file with sixty calls of all kinds, long notes among them, and a few settings; closed."""
    store = Store.open(database, backups)
    book = CallsBook(store)
    chance = random.Random(3)
    for n in range(60):
        story = teller(book, f"{chance.getrandbits(128):032x}")
        story.numbers = (f"+4930{n:06}", f"30{n:06}")
        story.say("rang", 0.0).say("started", 2.0).type(3.0, "name", f"Maria {n} \N{GRINNING FACE}")
        story.type(4.0, "notes", "x" * chance.choice([10, 300, 3000, 30_000]))
        if n % 7 == 0:
            story.type(5.0, "promise.what", "\0 send")
        if n != 59:
            story.say("ended", 60.0 + n / 8).say("finished", 90.0)
    settings = SettingsBook(store)
    settings.set("agent", "Ann")
    settings.set("nudges", [30, 60, 120])
    for n in range(5):
        BreaksBook(store).add(
            f"2026-03-0{n + 1}T15:00:00.000Z", "Europe/Berlin", 15, "2026-03-01T09:00:00.000Z"
        )
        ResponsesBook(store).add(f"One moment, please. \0 \ud83d {n}", "2026-03-01T09:00:00.000Z")
    fill_time(store)
    store.close()
    return database


def fill_time(store: Store) -> None:
    """Some days of the time audit, each kind of row among them."""
    desk = TimeDesk(store, ManualClock(NOW), Preferences(SettingsBook(store)))
    day = desk.day("2026-03-01")
    names = [one.id for one in desk.tree.usable()]
    for n in range(280):
        desk.paint(day.start + 300 * n, day.start + 300 * n + 600, names[n * 7 % len(names)])
    desk.undo()
    desk.categories.rename("work", "Work \N{GRINNING FACE}")
    desk.goals.put(Goal("a goal", "technology", "at most", 7200, since="2026-03-01"))
    audit = desk.audits.start("2026-02-28", 3)
    desk.audits.decide(audit, Decision(300, "work", "exercise"))
    desk.proposals.update()


def opens_well(database: Path, backups: Path) -> Contents:
    store = Store.open(database, backups)
    assert store.integrity() == []
    book = CallsBook(store)
    for one in book.unfinished():
        assert one.events
    book.recent(100)
    book.tail(None, 0.0)
    store.close()
    return contents(database)


def test_a_whole_file_comes_back_whole(filled: Path, backups: Path) -> None:
    before, raw = contents(filled), filled.read_bytes()
    done = rescue(filled, backups, NOW)
    assert (done.calls, done.events, done.lost_calls, done.lost_events, done.lost_estimate) == (
        60, len(before["call_events"]), 0, 0, 0,
    )  # fmt: skip
    assert done.set_aside == backups / "damaged-20260302T090000Z"
    assert (done.set_aside / "companion.db").read_bytes() == raw
    assert done.newest_backup is None
    assert opens_well(filled, backups) == before


def test_what_is_only_in_the_log_comes_back(
    database: Path, backups: Path, teller: type, tmp_path: Path
) -> None:
    store = Store.open(database, backups)
    for n in range(40):
        teller(CallsBook(store), f"call-{n}").finish(60.0)
    killed = tmp_path / "killed"
    killed.mkdir()
    for path in (database, header.wal_of(database)):
        (killed / path.name).write_bytes(path.read_bytes())
    store.close()
    before = contents(database)
    raw = {path.name: path.read_bytes() for path in killed.iterdir()}
    done = rescue(killed / "companion.db", backups, NOW)
    assert opens_well(killed / "companion.db", backups) == before
    for name, data in raw.items():
        assert (done.set_aside / name).read_bytes() == data


def test_a_damaged_log_gives_what_its_other_frames_hold(
    database: Path, backups: Path, teller: type, tmp_path: Path
) -> None:
    store = Store.open(database, backups)
    for n in range(40):
        teller(CallsBook(store), f"call-{n}").finish(60.0)
    wal = bytearray(header.wal_of(database).read_bytes())
    size = 4096 + header.FRAME_HEADER
    frames = (len(wal) - header.WAL_HEADER) // size
    wal[header.WAL_HEADER + (frames // 3) * size + 2000] ^= 0x10
    for name in ("companion.db", "for-sqlite.db"):
        (tmp_path / name).write_bytes(database.read_bytes())
        header.wal_of(tmp_path / name).write_bytes(wal)
    store.close()
    whole = contents(database)
    of_sqlite = (
        contents(tmp_path / "for-sqlite.db")
        if readable(tmp_path / "for-sqlite.db")
        else {"call_events": set()}
    )
    rescue(tmp_path / "companion.db", backups, NOW)
    ours = opens_well(tmp_path / "companion.db", backups)
    assert of_sqlite["call_events"] < ours["call_events"] <= whole["call_events"]
    assert len(whole["call_events"] - ours["call_events"]) < 10


def test_a_frame_that_has_changed_is_not_believed(
    database: Path, backups: Path, teller: type, tmp_path: Path
) -> None:
    store = Store.open(database, backups)
    teller(CallsBook(store), "call").finish(60.0)
    copy = tmp_path / "companion.db"
    copy.write_bytes(database.read_bytes())
    wal = header.wal_of(database).read_bytes()
    store.close()
    place = wal.rindex(b"finished")
    header.wal_of(copy).write_bytes(wal[:place] + b"tampered" + wal[place + 8 :])
    rescue(copy, backups, NOW)
    assert {row[2] for row in opens_well(copy, backups)["call_events"]} == {"started", "ended"}


def readable(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'settings'").fetchone())
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def test_a_log_whose_file_is_gone_gives_what_it_holds(
    database: Path, backups: Path, teller: type, tmp_path: Path
) -> None:
    """SQLite would throw such a log away."""
    store = Store.open(database, backups)
    teller(CallsBook(store), "a").finish(60.0)
    copy = tmp_path / "companion.db"
    header.wal_of(copy).write_bytes(header.wal_of(database).read_bytes())
    store.close()
    with pytest.raises(DamagedFile):
        Store.open(copy, backups)
    copy.touch()
    with pytest.raises(DamagedFile):
        Store.open(copy, backups)
    copy.unlink()
    assert header.wal_of(copy).exists()
    rescue(copy, backups, NOW)
    assert opens_well(copy, backups) == contents(database)


@pytest.mark.parametrize("seed", range(12))
def test_around_garbage_pages_every_other_row_comes_back(filled: Path, backups: Path, seed: int) -> None:
    before = contents(filled)
    chance = random.Random(seed)
    data = bytearray(filled.read_bytes())
    pages = len(data) // 4096
    hit = chance.sample(range(1, pages + 1), 1 + seed % 4)
    whole = short_events_by_page(filled)
    assert sum(map(len, whole.values())) > 300
    for page in hit:
        data[(page - 1) * 4096 : page * 4096] = chance.randbytes(4096)
    filled.write_bytes(data)
    expected = {row for page, rows in whole.items() if page not in hit for row in rows}
    done = rescue(filled, backups, NOW)
    after = opens_well(filled, backups)
    assert expected <= after["call_events"]
    assert after["call_events"] <= before["call_events"]
    for table in ("settings", "breaks", "responses", *TIME):
        assert table == "categories" or after[table] <= before[table]
    assert {row[0] for row in after["calls"]} <= {row[0] for row in before["calls"]}
    assert done.events == len(after["call_events"])
    lost = len(before["call_events"]) - len(after["call_events"])
    if len(after["calls"]) == 60:
        assert done.lost_events == lost


def short_events_by_page(path: Path) -> dict[int, set[tuple[Any, ...]]]:
    """By page, the events that stand on it whole, without pages of their own for a long text."""
    with salvage.Image(path) as image:
        return {
            number: {row.values for row in rows if len(row.values) == 7 and len(str(row.values[6])) < 500}
            for number, rows in image.rows()
        }


def test_a_file_without_its_head_comes_back(filled: Path, backups: Path) -> None:
    before = contents(filled)
    data = bytearray(filled.read_bytes())
    data[:4096] = bytes(4096)
    filled.write_bytes(data)
    with pytest.raises(DamagedFile):
        Store.open(filled, backups)
    rescue(filled, backups, NOW)
    assert opens_well(filled, backups) == before


def test_a_file_that_was_cut_gives_what_is_left(filled: Path, backups: Path) -> None:
    before = contents(filled)
    data = filled.read_bytes()
    filled.write_bytes(data[: len(data) // 2 + 100])
    with pytest.raises(DamagedFile):
        Store.open(filled, backups)
    done = rescue(filled, backups, NOW)
    after = opens_well(filled, backups)
    assert 0 < len(after["call_events"]) < len(before["call_events"])
    assert after["call_events"] < before["call_events"]
    assert done.lost_estimate > 0


@pytest.mark.parametrize(
    "rubbish", [b"", b"Dear diary", bytes(50_000), b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_rubbish_gives_a_fresh_file(database: Path, backups: Path, rubbish: bytes) -> None:
    database.write_bytes(rubbish)
    done = rescue(database, backups, NOW)
    assert (done.calls, done.events, done.lost_estimate) == (0, 0, 0)
    assert (done.set_aside / "companion.db").read_bytes() == rubbish
    opens_well(database, backups)


def test_events_whose_line_is_lost_make_a_new_one(filled: Path, backups: Path) -> None:
    before = contents(filled)
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM calls")
    connection.commit()
    connection.close()
    done = rescue(filled, backups, NOW)
    after = opens_well(filled, backups)
    assert after["call_events"] == before["call_events"]
    assert (done.calls, done.lost_events) == (60, 0)
    hidden = slice(COLUMNS.index("e164"), EVENTS_AT)
    without = [{row[: hidden.start] + row[EVENTS_AT:] for row in found["calls"]} for found in (before, after)]
    assert without[0] == without[1]


def test_a_line_whose_events_are_lost_stays(filled: Path, backups: Path) -> None:
    before = contents(filled)
    connection = sqlite3.connect(filled)
    connection.execute("DELETE FROM call_events")
    connection.commit()
    connection.close()
    done = rescue(filled, backups, NOW)
    after = opens_well(filled, backups)
    finished = {row for row in before["calls"] if row[1] == "done"}
    assert finished <= after["calls"]
    assert (done.calls, done.events) == (60, 0)
    assert done.lost_events == len(before["call_events"])
    store = Store.open(filled, backups)
    assert CallsBook(store).unfinished() == []
    store.close()


def test_an_event_that_makes_no_sense_is_left_out(filled: Path, backups: Path) -> None:
    connection = sqlite3.connect(filled)
    call_id = connection.execute("SELECT id FROM calls WHERE n = 60").fetchone()[0]
    connection.execute("UPDATE call_events SET data = '{}' WHERE call_id = ? AND seq = 4", (call_id,))
    connection.commit()
    connection.close()
    done = rescue(filled, backups, NOW)
    assert done.lost_events == 1
    store = Store.open(filled, backups)
    book = CallsBook(store)
    assert [found.call_id for found in book.unfinished()] == [call_id]
    assert [e.kind for e in book.events(call_id)] == ["rang", "started", "edit"]
    store.close()


def test_a_rescued_call_goes_on(filled: Path, backups: Path, teller: type) -> None:
    rescue(filled, backups, NOW)
    store = Store.open(filled, backups)
    book = CallsBook(store)
    (one,) = book.unfinished()
    assert one.awake == 1004.0 and one.boot_id == "boot-1"
    story = teller(book, one.call_id)
    story.call = fold(one.call_id, one.events)
    story.say("ended", 70.0)
    assert len(book.events(one.call_id)) == len(one.events) + 1
    store.close()


def test_a_second_rescue_keeps_the_first_one_apart(filled: Path, backups: Path) -> None:
    first = rescue(filled, backups, NOW)
    second = rescue(filled, backups, NOW)
    assert first.set_aside != second.set_aside
    assert (first.calls, first.events) == (second.calls, second.events)


def test_the_newest_backup_is_told(filled: Path, backups: Path) -> None:
    copy_to(filled, backups / "companion-2026-03-01.db")
    filled.write_bytes(b"")
    found = rescue(filled, backups, NOW).newest_backup
    assert found is not None
    assert (found.path.name, found.calls) == ("companion-2026-03-01.db", 60)


def test_a_rescue_that_is_called_off_changes_nothing(
    filled: Path, backups: Path, names_in: Callable[[Path], list[str]]
) -> None:
    raw = filled.read_bytes()
    with filled.open("ab") as file:
        file.write(bytes(4096 * 300))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescue(filled, backups, NOW, stop)
    assert filled.read_bytes()[: len(raw)] == raw
    assert names_in(filled.parent) == ["companion.db"]


def test_a_backup_takes_the_place_and_the_present_state_is_kept(filled: Path, backups: Path) -> None:
    copy = backups / "companion-2026-03-01.db"
    copy_to(filled, copy)
    before, kept = contents(filled), copy.read_bytes()
    filled.write_bytes(b"rubbish")
    header.wal_of(filled).write_bytes(b"old log")
    aside = use_backup(copy, filled, backups, NOW)
    assert aside == backups / "replaced-20260302T090000Z"
    assert (aside / "companion.db").read_bytes() == b"rubbish"
    assert (aside / "companion.db-wal").read_bytes() == b"old log"
    assert copy.read_bytes() == kept
    assert opens_well(filled, backups) == before


def test_a_backup_that_is_not_whole_is_not_used(filled: Path, backups: Path) -> None:
    raw = filled.read_bytes()
    damaged = backups / "bad.db"
    newer = backups / "newer.db"
    copy_to(filled, damaged)
    copy_to(filled, newer)
    damaged.write_bytes(damaged.read_bytes()[:20_000])
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for path, kind in ((damaged, DamagedFile), (newer, NewerFile), (backups / "none.db", StoreError)):
        with pytest.raises(kind):
            use_backup(path, filled, backups, NOW)
    assert filled.read_bytes() == raw
    assert [path.name for path in filled.parent.iterdir() if path.name.startswith(".")] == []


def test_the_columns_are_those_of_the_file(store: Store) -> None:
    found = [row[1] for row in store.read("PRAGMA table_info(calls)")]
    assert found == ["n", *COLUMNS]
    assert COLUMNS[EVENTS_AT] == "events"
