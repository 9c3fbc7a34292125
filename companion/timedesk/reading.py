"""The days of the time audit and what stands in them, as a page shows them."""

from __future__ import annotations

from datetime import tzinfo
from typing import NamedTuple

from companion.clock import Clock
from companion.core.categories import Tree
from companion.core.days import Calendar, Day
from companion.core.spans import Span
from companion.core.totals import Balance, balance
from companion.preferences import Preferences
from companion.storage.store import Store
from companion.storage.timeaudit import TimeBook
from companion.timedesk.almanac import Almanac
from companion.timedesk.gestures import Gestures


class DayView(NamedTuple):
    """A day as it is shown: the zone of its clock, all spans in it (whole, in order), what it is made of in sum."""

    day: Day
    zone: tzinfo
    spans: tuple[Span, ...]
    balance: Balance


class TimeReading:
    """The reading half of ``TimeDesk``. All raise StoreError."""

    def __init__(self, store: Store, clock: Clock, prefs: Preferences) -> None:
        self.book = TimeBook(store)
        self.almanac = Almanac(store, self.book, clock, prefs)
        self.gestures = Gestures(store, self.book, self.almanac)
        self._store, self._prefs = store, prefs

    # -- days
    def now(self) -> int:
        """Now, in whole seconds of Unix time."""
        return self.almanac.now()

    @property
    def zone(self) -> tzinfo:
        """The user's zone of now."""
        return self.almanac.zone

    @property
    def calendar(self) -> Calendar:
        """All days: what ``quick`` and the formats reckon by."""
        self.gestures.fresh()
        return self.almanac.calendar

    def today(self) -> Day:
        """The day that is now."""
        return self.day_at(self.now())

    def day(self, name: str) -> Day:
        """The day of a date ``YYYY-MM-DD``; ValueError for none, or one before 2000 or after 2199."""
        self.gestures.fresh()
        return self.almanac.named(name)

    def day_at(self, instant: int) -> Day:
        """The day that holds an instant."""
        self.gestures.fresh()
        return self.almanac.of(instant)

    def next_day(self, day: Day) -> Day:
        """The day after; one that the calendar skipped is passed over. The last day in reach has none after it."""
        self.gestures.fresh()
        return self.almanac.beside(day, 1)

    def previous_day(self, day: Day) -> Day:
        """The day before; one that the calendar skipped is passed over."""
        self.gestures.fresh()
        return self.almanac.beside(day, -1)

    def days(self, first: str, last: str) -> list[Day]:
        """The days of the dates ``first`` to ``last``, both included. Looking at a range keeps no day."""
        self.gestures.fresh()
        return self.almanac.between(first, last)

    def zone_of(self, day: Day) -> tzinfo:
        """The zone by whose clock a day is shown."""
        return self.almanac.calendar.zone_of(day)

    def clock_words(self, instant: int) -> str:
        """An instant as the clock of its day shows it: ``9:05``, ``2:15 (2nd)``."""
        return self.almanac.clock_words(instant)

    @property
    def twelve(self) -> bool:
        """Whether times are written by the 12-hour clock."""
        return self.almanac.twelve

    # -- reading
    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans that lie in a stretch at least in part, whole, in order."""
        return tuple(span for span in self.book.spans(start, end) if span.start < end and span.end > start)

    def view(self, day: Day) -> DayView:
        """A day as it is shown; its balance adds up to its length."""
        self.gestures.fresh()
        found = self.spans(day.start, day.end)
        return DayView(day, self.zone_of(day), found, balance(found, day.start, day.end))

    @property
    def tree(self) -> Tree:
        """The categories."""
        self.gestures.fresh()
        return self.gestures.tree

    def one_before(self, at: int) -> str | None:
        """The category of the last span that begins before an instant and is no proposal: what ``.`` takes again."""
        found = self.book.last_before(at)
        return found.category if found else None
