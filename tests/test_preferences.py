"""What the user has set: checked as it is read, whatever the file holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.core.hours import USUAL
from companion.preferences import NUDGES, Preferences
from companion.storage.settings import SettingsBook
from companion.storage.store import Store, StoreError


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    store = Store.open(data_dir / "companion.db", data_dir / "backups")
    yield store
    store.close()


@pytest.fixture
def prefs(store: Store) -> Preferences:
    return Preferences(SettingsBook(store))


DEFAULTS: dict[str, Any] = {
    "agent": "",
    "company": "",
    "hours": USUAL,
    "usual_s": 300,
    "nudges": NUDGES,
    "theme": "system",
    "scale": 100,
    "alphabet": "icao",
    "region": "",
    "keys": {},
    "on_top": True,
}


def test_what_holds_until_something_is_set(prefs: Preferences) -> None:
    assert {name: getattr(prefs, name) for name in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize(
    ("name", "kept", "found"),
    [
        ("agent", "<b>Jo</b>\0", "<b>Jo</b>\0"),
        ("hours", [[480, 720], *[None] * 6], ((480, 720), *[None] * 6)),
        ("usual_s", 30, 30),
        ("nudges", [90, 20, 45], (20, 45, 90)),
        ("theme", "dark", "dark"),
        ("scale", 133, 133),
        ("alphabet", "din5009", "din5009"),
        ("region", "gb", "GB"),
        ("keys", {"hold": "F9"}, {"hold": "F9"}),
        ("on_top", False, False),
    ],
)
def test_a_sound_value_is_read_as_it_was_set(prefs: Preferences, name: str, kept: Any, found: Any) -> None:
    prefs.set(name, kept)
    assert getattr(prefs, name) == found


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("agent", 5),
        ("company", None),
        ("hours", [[1, 0]] * 7),
        ("usual_s", 29),
        ("usual_s", True),
        ("usual_s", "300"),
        ("usual_s", 4 * 3600 + 1),
        ("nudges", [30, 60]),
        ("nudges", [True, 60, 120]),
        ("nudges", [0, 60, 120]),
        ("nudges", [30, 60, 3601]),
        ("nudges", "30"),
        ("theme", "pink"),
        ("theme", 1),
        ("scale", 99),
        ("scale", 201),
        ("scale", 1.5),
        ("region", "GBR"),
        ("region", "ßß"),
        ("keys", ["hold"]),
        ("on_top", "no"),
    ],
)
def test_a_value_that_makes_no_sense_is_read_as_the_default(prefs: Preferences, name: str, kept: Any) -> None:
    prefs.set(name, kept)
    assert getattr(prefs, name) == DEFAULTS[name]


def test_a_refused_write_is_an_error_of_the_world(prefs: Preferences, store: Store) -> None:
    prefs.set("agent", "Jo")
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError):
        prefs.set("agent", "Mia")
    assert prefs.agent == "Jo"
