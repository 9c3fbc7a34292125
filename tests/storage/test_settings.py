"""Settings: values by key, read once, always true."""

import sqlite3
from pathlib import Path

import pytest

from companion.core.changes import Change
from companion.storage.settings import SettingsBook
from companion.storage.store import DamagedFile, Store


@pytest.fixture
def settings(store: Store) -> SettingsBook:
    return SettingsBook(store)


def test_a_value_is_kept_and_the_rest_is_as_asked_for(settings: SettingsBook, store: Store) -> None:
    assert settings.get("agent") is None
    assert settings.get("agent", "nobody") == "nobody"
    settings.set("agent", "Ann \ud83d\0")
    settings.set("nudges", [30, 60, 120])
    settings.set("none", None)
    assert settings.get("agent") == "Ann \ud83d\0"
    assert settings.get("none", "default") is None
    assert SettingsBook(store).all() == {"agent": "Ann \ud83d\0", "nudges": [30, 60, 120], "none": None}


def test_what_is_given_out_can_be_changed_without_harm(settings: SettingsBook) -> None:
    settings.set("nudges", [30])
    settings.get("nudges").append(60)
    assert settings.get("nudges") == [30]


def test_a_change_is_announced_and_a_repetition_is_not(settings: SettingsBook, store: Store) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    settings.set("theme", "dark")
    settings.set("theme", "dark")
    settings.remove("theme")
    assert told == [Change.SETTINGS, Change.SETTINGS]
    assert settings.get("theme", "auto") == "auto"


def test_who_is_told_reads_the_new_value(settings: SettingsBook, store: Store) -> None:
    seen: list[object] = []
    store.subscribe(lambda change: seen.append(settings.get("theme")))
    settings.set("theme", "dark")
    settings.set("theme", "light")
    assert seen == ["dark", "light"]


def test_a_setting_that_was_undone_is_the_old_one(settings: SettingsBook, store: Store) -> None:
    settings.set("theme", "dark")
    assert settings.get("theme") == "dark"
    with pytest.raises(KeyError), store.write():
        settings.set("theme", "light")
        assert settings.get("theme") == "light"
        raise KeyError
    assert settings.get("theme") == "dark"


def test_what_another_process_set_is_read_after_its_announcement(
    settings: SettingsBook, store: Store, database: Path
) -> None:
    settings.set("theme", "dark")
    other = sqlite3.connect(database)
    other.execute("UPDATE settings SET value = '\"light\"'")
    other.commit()
    other.close()
    store.announce(Change.SETTINGS)
    assert settings.get("theme") == "light"


def test_a_value_that_has_changed_is_damage(settings: SettingsBook, store: Store) -> None:
    settings.set("theme", "dark")
    store.connection.execute("PRAGMA ignore_check_constraints = ON")
    store.connection.execute("UPDATE settings SET value = 'dark'")
    store.announce(Change.SETTINGS)
    for read in (settings.all, lambda: settings.get("theme")):
        with pytest.raises(DamagedFile):
            read()


def test_the_table_is_read_once(settings: SettingsBook, store: Store) -> None:
    settings.set("theme", "dark")
    settings.get("theme")
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    settings.get("theme")
    settings.get("agent")
    store.connection.set_trace_callback(None)
    assert asked == []
