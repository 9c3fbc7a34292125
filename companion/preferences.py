"""What the user has set, with what holds until then; every value is checked as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from companion.core import hours
from companion.storage.settings import SettingsBook

THEMES = ("system", "light", "dark")
SCALES = (100, 110, 125, 150, 175, 200)
NUDGES = (30, 60, 120)
MAX_NUDGE = 3600
USUAL_S, MIN_USUAL, MAX_USUAL = 300, 30, 4 * 3600


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

    def set(self, key: str, value: Any) -> None:
        """Keeps one setting, at once. Raises StoreError."""
        self._book.set(key, value)
