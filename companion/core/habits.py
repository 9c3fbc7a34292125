"""The tally of the eight habits (abc.prevent): how often on which day, week by week; no goal, no streak, no score."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

MOST = 99
"""More often than this on one day is not counted."""


class Week(NamedTuple):
    """Ticks of one ISO week: day (``2026-11-21``) → habit → how often. Days and habits without a tick are left out."""

    days: Mapping[str, Mapping[str, int]] = MappingProxyType({})

    def on(self, day: date, habit: str) -> int:
        """How often on one day."""
        return self.days.get(day.isoformat(), {}).get(habit, 0)

    def total(self, habit: str) -> int:
        """How often in the whole week."""
        return sum(habits.get(habit, 0) for habits in self.days.values())

    def with_tick(self, day: date, habit: str, by: int) -> Week:
        """The week with ``by`` more (or fewer) on a day: never under 0, never over ``MOST``."""
        number = min(max(self.on(day, habit) + by, 0), MOST)
        habits = {**self.days.get(day.isoformat(), {}), habit: number}
        days = {**self.days, day.isoformat(): {name: n for name, n in habits.items() if n}}
        return Week({name: kept for name, kept in sorted(days.items()) if kept})


def week_of(day: date) -> str:
    """The ISO week that a local day belongs to, as it is named: ``2026-W47``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def weeks_before(day: date, count: int) -> tuple[str, ...]:
    """The ``count`` weeks before that of ``day``, the oldest first."""
    return tuple(week_of(day - timedelta(weeks=back)) for back in range(count, 0, -1))


def to_page(week: Week) -> dict[str, Any]:
    """A week as it is kept; ``from_page`` makes the same of it."""
    return {"days": {day: dict(habits) for day, habits in week.days.items()}}


def from_page(page: Mapping[str, Any]) -> Week:
    """A week from what was kept; what makes no sense in it is left out, an empty page is a week without a tick."""
    kept = page.get("days")
    found: dict[str, Mapping[str, int]] = {}
    for day, habits in kept.items() if isinstance(kept, dict) else ():
        if not (isinstance(day, str) and isinstance(habits, dict) and _is_day(day)):
            continue
        sound = {name: n for name, n in habits.items() if isinstance(name, str) and _is_number(n)}
        if sound:
            found[day] = sound
    return Week(found)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
