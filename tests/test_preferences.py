"""What the user has set: checked as it is read, whatever the file holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.core.hours import USUAL
from companion.preferences import MAX_CONTACTS, NUDGES, OWN_BREATH, TIME_QUIET, Contact, Preferences
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
    "journal_idle_min": 5,
    "check_offer": True,
    "check_interval_min": 60,
    "check_offered": "",
    "hide_from_capture": True,
    "journal_call_link": False,
    "contacts": (),
    "breathing": "",
    "breathing_own": OWN_BREATH,
    "breathing_s": 60,
    "reduced_motion": "system",
    "day_start_min": 0,
    "time_prompt_min": 60,
    "time_quiet": TIME_QUIET,
    "accept_calls": False,
    "twelve_hours": False,
    "time_export_all": False,
    "time_labels": {},
}


def test_what_holds_until_something_is_set(prefs: Preferences) -> None:
    assert {name: getattr(prefs, name) for name in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize(
    ("name", "kept", "found"),
    [
        ("day_start_min", 240, 240),
        ("day_start_min", 242, 0),
        ("day_start_min", 1440, 0),
        ("time_prompt_min", 0, 0),
        ("time_prompt_min", 30, 30),
        ("time_prompt_min", 3, 60),
        ("time_quiet", [0, 0], (0, 0)),
        ("time_quiet", [1320, 360], (1320, 360)),
        ("time_quiet", [1320, 1440], TIME_QUIET),
        ("time_quiet", [1320], TIME_QUIET),
        ("accept_calls", True, True),
        ("twelve_hours", True, True),
        ("twelve_hours", "yes", False),
        ("time_labels", [["Support", "work"], ["Chat", None]], {"Support": "work", "Chat": None}),
        ("time_labels", [["Support", 5], [5, "work"], ["x"], "y"], {"Support": None}),
        ("time_labels", {"Support": "work"}, {}),
        ("accept_calls", 1, False),
        ("time_export_all", True, True),
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
        ("journal_idle_min", 1, 1),
        ("journal_idle_min", 60, 60),
        ("check_offer", False, False),
        ("check_interval_min", 5, 5),
        ("check_offered", "2026-03-02T09:00:00.000Z", "2026-03-02T09:00:00.000Z"),
        ("hide_from_capture", False, False),
        ("journal_call_link", True, True),
        ("contacts", [["Jo", "+49 30 1"], [" Mia ", ""]], (Contact("Jo", "+49 30 1"), Contact("Mia", ""))),
        ("contacts", [["<b>Jo</b>", "call@me"]], (Contact("<b>Jo</b>", "call@me"),)),
        ("contacts", [["", "112"]] * 21, (Contact("", "112"),) * MAX_CONTACTS),
        # one that makes no sense takes nothing with it
        (
            "contacts",
            [["Jo\0", "1"], ["a\nb", "1"], ["x" * 81, "1"], ["", " "], ["Jo"], "Jo", [1, 2], ["J", "2"]],
            (Contact("J", "2"),),
        ),
        ("breathing", "box", "box"),
        ("breathing", "x" * 99, "x" * 60),
        ("breathing_own", [20, 20, 1, 0], (20, 20, 1, 0)),
        ("breathing_s", 180, 180),
        ("reduced_motion", "on", "on"),
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
        ("journal_idle_min", 0),
        ("journal_idle_min", 61),
        ("journal_idle_min", True),
        ("check_offer", 0),
        ("check_interval_min", 4),
        ("check_interval_min", 24 * 60 + 1),
        ("check_offered", 5),
        ("hide_from_capture", None),
        ("journal_call_link", 1),
        ("journal_call_link", "yes"),
        ("contacts", {"Jo": "1"}),
        ("contacts", "Jo"),
        ("breathing", 5),
        ("breathing_own", [4, 0, 6]),
        ("breathing_own", [0, 4, 6, 0]),
        ("breathing_own", [4, 0, 0, 0]),
        ("breathing_own", [4, 0, 21, 0]),
        ("breathing_own", [4, 0, True, 0]),
        ("breathing_own", [4.5, 0, 6, 0]),
        ("breathing_s", 59),
        ("breathing_s", 181),
        ("reduced_motion", "off "),
        ("reduced_motion", True),
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
