"""The days of the program: those that are kept as they were, all others by the zone and day start of now."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from companion.clock import Clock
from companion.core.days import Calendar, Day, time_words
from companion.preferences import Preferences
from companion.storage.store import Store, StoreError
from companion.storage.timeaudit import TimeBook

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
"""The dates that can be shown: since 2000 every zone is whole quarters of an hour away from UTC."""

EARLIEST, LATEST = 946_512_000, 7_258_291_200
"""The instants within which spans are kept: from the first of these dates to the last, and a day around them."""


@lru_cache(maxsize=64)
def zone_named(name: str) -> tzinfo | None:
    """The zone of an IANA name or of an offset such as ``+01:00``; None where there is none."""
    with suppress(Exception):  # names come from kept data: what is none may raise almost anything
        return ZoneInfo(name)
    with suppress(ValueError):
        away = datetime.strptime(name, "%z").utcoffset()
        return timezone(away) if away is not None else None
    return None


class Almanac:
    """Days by name and by instant. A day is kept when it is first shown after it has begun, or when it is filled."""

    def __init__(self, store: Store, book: TimeBook, clock: Clock, prefs: Preferences) -> None:
        self._store, self._book, self._clock, self._prefs = store, book, clock, prefs
        self._kept: dict[str, Day] | None = None
        self._made: tuple[tuple[str, int], Calendar] | None = None

    def forget(self) -> None:
        """What is known of the file is read again: somebody else wrote to it, or a write of ours failed."""
        self._kept = self._made = None

    def now(self) -> int:
        """The wall's time in whole seconds."""
        return int(self._clock.now().timestamp())

    @property
    def zone(self) -> tzinfo:
        """The user's zone of now."""
        return self._zone(self._clock.zone())

    def _zone(self, name: str) -> tzinfo:
        return zone_named(name) or self._clock.local().tzinfo or timezone(timedelta(0))

    @property
    def twelve(self) -> bool:
        """Whether times are written by the 12-hour clock."""
        return self._prefs.twelve_hours

    @property
    def calendar(self) -> Calendar:
        """All days, by what is kept and set now. Raises StoreError."""
        name, day_start = self._clock.zone(), self._prefs.day_start_min
        if self._made is None or self._made[0] != (name, day_start):
            if self._kept is None:
                self._kept = {day.name: day for day in self._book.days()}
            made = Calendar(self._zone(name), day_start, self._kept.values(), self._zone)
            self._made = ((name, day_start), made)
        return self._made[1]

    def named(self, name: str) -> Day:
        """The day of a date ``YYYY-MM-DD``. Raises ValueError for what is none or out of reach."""
        found = date.fromisoformat(name)
        if not FIRST <= found <= LAST:
            raise ValueError("days are shown from 2000 to 2199")
        return self.shown(self.calendar.named(found))

    def of(self, instant: int) -> Day:
        """The day that holds an instant."""
        return self.shown(self.calendar.of(instant))

    def beside(self, day: Day, step: int) -> Day:
        """The next (1) or previous (-1) day that exists; the day itself where there is none in reach."""
        at = day.date
        for _ in range(7):
            at += timedelta(days=step)
            if not FIRST <= at <= LAST:
                break
            found = self.calendar.named(at)
            if found.length:
                return self.shown(found)
        return day

    def between(self, first: str, last: str) -> list[Day]:
        """The days of the dates ``first`` to ``last``, both included, without those out of reach. Keeps none."""
        a, b = max(date.fromisoformat(first), FIRST), min(date.fromisoformat(last), LAST)
        return self.calendar.between(a, b) if a <= b else []

    def shown(self, day: Day) -> Day:
        """Keeps a day that is looked at, once it has begun. One that cannot be kept now is shown all the same."""
        if day.length and day.start <= self.now() and not self._knows(day):
            try:
                with self._store.write():
                    self.keep([day])
            except StoreError:
                self.forget()  # what was to be kept is not
        return day

    def _knows(self, day: Day) -> bool:
        return self._kept is not None and day.name in self._kept

    def keep(self, days: Iterable[Day]) -> None:
        """Keeps days, within a write."""
        new = [day for day in days if day.length and not self._knows(day)]
        if new:
            self._book.keep_days(new, self._prefs.day_start_min)
            self.forget() if len(new) > 1 or self._kept is None else self._add(new[0])

    def _add(self, day: Day) -> None:
        assert self._kept is not None
        self._kept[day.name] = day
        self._made = None

    def keep_stretch(self, start: int, end: int) -> None:
        """Keeps all days that a stretch lies in, within a write."""
        calendar = self.calendar
        day = calendar.of(start)
        found = [day]
        while day.end < end:
            day = calendar.next(day)
            found.append(day)
        self.keep(found)

    def clock_words(self, instant: int) -> str:
        """An instant as the clock of its day shows it."""
        calendar = self.calendar
        return time_words(instant, calendar.zone_of(calendar.of(instant)), twelve=self.twelve)
