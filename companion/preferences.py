"""What the user has set, with what holds until then; every value is checked as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from companion.core import hours
from companion.storage.settings import SettingsBook

THEMES = ("system", "light", "dark")
SCALES = (100, 110, 125, 150, 175, 200)
NUDGES = (30, 60, 120)
MAX_NUDGE = 3600
USUAL_S, MIN_USUAL, MAX_USUAL = 300, 30, 4 * 3600

MOTIONS = ("system", "on", "off")
OWN_BREATH = (4, 0, 6, 0)
MAX_CONTACTS, MAX_CONTACT = 20, 80
TIME_QUIET = (21 * 60, 7 * 60)
DEFAULT_PROMPT = 60
MAX_LABELS, MAX_LABEL = 1000, 200


class Contact(NamedTuple):
    """Somebody to turn to: a name and a number as the user wrote them; one of them may be empty."""

    name: str
    number: str


def _contact(value: object) -> Contact | None:
    """A contact from kept data: two short texts of one line that can be shown, or None."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    if not all(isinstance(text, str) and len(text) <= MAX_CONTACT and text.isprintable() for text in value):
        return None
    name, number = (text.strip() for text in value)
    return Contact(name, number) if name or number else None


class Preferences:
    """The settings as typed values. A value that makes no sense is read as the default, never as an error."""

    def __init__(self, book: SettingsBook) -> None:
        self._book = book

    def _text(self, key: str, default: str = "") -> str:
        value = self._book.get(key, default)
        return value if isinstance(value, str) else default

    def _whole(self, key: str, default: int, least: int, most: int) -> int:
        value = self._book.get(key, default)
        sound = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return value if sound else default

    @property
    def agent(self) -> str:
        """The name the agent says in the greeting."""
        return self._text("agent")

    @property
    def company(self) -> str:
        return self._text("company")

    @property
    def hours(self) -> tuple[hours.Day, ...]:
        """Opening hours, Monday first."""
        return hours.read(self._book.get("hours", None))

    @property
    def usual_s(self) -> int:
        """Usual length of a conversation in seconds, used while there is no history."""
        return self._whole("usual_s", USUAL_S, MIN_USUAL, MAX_USUAL)

    @property
    def nudges(self) -> tuple[int, int, int]:
        """Seconds of hold after which the program says to come back: three, rising."""
        value = self._book.get("nudges", list(NUDGES))
        if not isinstance(value, list) or len(value) != 3:
            return NUDGES
        if not all(isinstance(x, int) and not isinstance(x, bool) and 0 < x <= MAX_NUDGE for x in value):
            return NUDGES
        first, second, third = sorted(value)
        return (first, second, third)

    @property
    def theme(self) -> str:
        value = self._text("theme", "system")
        return value if value in THEMES else "system"

    @property
    def scale(self) -> int:
        """Size of text and of all with it, in per cent: 100 to 200."""
        return self._whole("scale", 100, 100, 200)

    @property
    def alphabet(self) -> str:
        """Id of the spelling alphabet for reading back."""
        return self._text("alphabet", "icao")

    @property
    def region(self) -> str:
        """Two-letter country that numbers without a country code belong to; empty when not known."""
        value = self._text("region").upper()
        return value if len(value) == 2 and value.isascii() and value.isalpha() else ""

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys that the user changed: command → key."""
        value = self._book.get("keys", {})
        return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}

    @property
    def on_top(self) -> bool:
        """Whether the compact strip stays above other windows."""
        return self._book.get("on_top", True) is not False

    # -- the stress page; none of it tells what is in the journal
    @property
    def journal_idle_min(self) -> int:
        """Minutes without a key or a click after which the journal is locked: 1 to 60."""
        return self._whole("journal_idle_min", 5, 1, 60)

    @property
    def check_offer(self) -> bool:
        """Whether a check is offered after a call marked upset."""
        return self._book.get("check_offer", True) is not False

    @property
    def check_interval_min(self) -> int:
        """Minutes within which a check is never offered twice: 5 to a day."""
        return self._whole("check_interval_min", 60, 5, 24 * 60)

    @property
    def check_offered(self) -> str:
        """When a check was last offered or made, as a stamp; empty before the first time."""
        return self._text("check_offered")

    @property
    def hide_from_capture(self) -> bool:
        """Whether the window is kept out of screen captures while the journal is open (where the system can)."""
        return self._book.get("hide_from_capture", True) is not False

    @property
    def journal_call_link(self) -> bool:
        """Whether a check or entry made after a call is linked to it; only if the user says so."""
        return self._book.get("journal_call_link", False) is True

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """People to turn to, the user's own. They stand in the work data and are shown while the journal is locked."""
        value = self._book.get("contacts", [])
        if not isinstance(value, list):
            return ()
        return tuple(one for one in map(_contact, value[:MAX_CONTACTS]) if one)

    @property
    def breathing(self) -> str:
        """Id of the chosen pattern of breathing; empty until one is chosen."""
        return self._text("breathing")[:60]

    @property
    def breathing_own(self) -> tuple[int, int, int, int]:
        """The own pattern in seconds: in, hold, out, hold. In and out are 1 to 20, the holds 0 to 20."""
        value = self._book.get("breathing_own", list(OWN_BREATH))
        if not isinstance(value, list) or len(value) != 4:
            return OWN_BREATH
        if not all(isinstance(x, int) and not isinstance(x, bool) and 0 <= x <= 20 for x in value):
            return OWN_BREATH
        inward, full, outward, empty = value
        return (inward, full, outward, empty) if inward and outward else OWN_BREATH

    @property
    def breathing_s(self) -> int:
        """How long to breathe, in seconds: 60 to 180."""
        return self._whole("breathing_s", 60, 60, 180)

    @property
    def reduced_motion(self) -> str:
        """Whether movement is left out: ``on``, ``off``, or as the ``system`` says."""
        value = self._text("reduced_motion", "system")
        return value if value in MOTIONS else "system"

    # -- the time audit
    @property
    def day_start_min(self) -> int:
        """When a day begins, in minutes after midnight: a multiple of five below 1440."""
        value = self._whole("day_start_min", 0, 0, 1435)
        return value if value % 5 == 0 else 0

    @property
    def time_prompt_min(self) -> int:
        """After how many open minutes the strip asks what they went to: 5 to a day; 0 is never."""
        value = self._whole("time_prompt_min", DEFAULT_PROMPT, 0, 24 * 60)
        return value if value == 0 or value >= 5 else DEFAULT_PROMPT

    @property
    def time_quiet(self) -> tuple[int, int]:
        """From when to when the strip never asks, in minutes of the day, also over midnight; equal ones: no time."""
        value = self._book.get("time_quiet", list(TIME_QUIET))
        if not isinstance(value, list) or len(value) != 2:
            return TIME_QUIET
        if not all(isinstance(x, int) and not isinstance(x, bool) and 0 <= x < 1440 for x in value):
            return TIME_QUIET
        return (value[0], value[1])

    @property
    def twelve_hours(self) -> bool:
        """Whether the times of the audit are written by the 12-hour clock: ``9:05 AM``."""
        return self._book.get("twelve_hours", False) is True

    @property
    def accept_calls(self) -> bool:
        """Whether the slots of calls and planned breaks are filled at once, instead of being proposed."""
        return self._book.get("accept_calls", False) is True

    @property
    def time_export_all(self) -> bool:
        """Whether an export of time shows more than work; only if the user says so."""
        return self._book.get("time_export_all", False) is True

    @property
    def time_labels(self) -> Mapping[str, str | None]:
        """What imports of time called things, with the id of the category that each was taken for; None: left out."""
        value = self._book.get("time_labels", [])
        found: dict[str, str | None] = {}
        for row in value[:MAX_LABELS] if isinstance(value, list) else ():
            if isinstance(row, list) and len(row) == 2 and isinstance(row[0], str):
                found[row[0]] = row[1] if isinstance(row[1], str) else None
        return found

    def set(self, key: str, value: Any) -> None:
        """Keeps one setting, at once. Raises StoreError."""
        self._book.set(key, value)
