"""What the record says of a range of days (``time.totals``): sums, the tree, what is open, hours by weekday."""

from __future__ import annotations

from companion.core import totals as core
from companion.core.audit import TECHNOLOGY
from companion.core.days import Day
from companion.core.goals import Standing, differences, planned, standings
from companion.core.spans import PROPOSED
from companion.core.totals import Balance, Heat, Total, Unplanned
from companion.timedesk.gestures import Gestures


class TimeFigures:
    """Figures of the dates ``first`` to ``last``, both included. Proposals count as open. All raise StoreError."""

    def __init__(self, gestures: Gestures) -> None:
        self._gestures, self._book = gestures, gestures.book

    def _days(self, first: str, last: str) -> list[Day]:
        self._gestures.fresh()
        return self._gestures.almanac.between(first, last)

    def _range(self, first: str, last: str) -> tuple[int, int]:
        """The instants of a range, without making each day of it."""
        self._gestures.fresh()
        ends = [self._gestures.almanac.between(name, name) for name in (first, last)]
        if not ends[0] or not ends[1]:
            days = self._gestures.almanac.between(first, last)
            return (days[0].start, days[-1].end) if days else (0, 0)
        return ends[0][0].start, ends[1][0].end

    def sums(self, first: str, last: str) -> dict[str, int]:
        """Recorded seconds by category id, each on its own."""
        found: dict[str, int] = {}
        for (category, state), seconds in self._book.sums(*self._range(first, last)).items():
            if state != PROPOSED:
                found[category] = found.get(category, 0) + seconds
        return found

    def totals(self, first: str, last: str, zeros: bool = False) -> tuple[Total, ...]:
        """Recorded seconds by the tree; ``zeros``: also categories that have none."""
        return core.totals(self._gestures.tree, self.sums(first, last), zeros=zeros)

    def balance(self, first: str, last: str) -> Balance:
        """What the range is made of; the parts add up to its length."""
        start, end = self._range(first, last)
        recorded = proposed = 0
        for (_, state), seconds in self._book.sums(start, end).items():
            if state == PROPOSED:
                proposed += seconds
            else:
                recorded += seconds
        return Balance(end - start, recorded, proposed, end - start - recorded - proposed)

    def by_day(self, first: str, last: str) -> dict[str, dict[str, int]]:
        """Recorded seconds by day and category; group them with ``core.totals.grouped`` for weeks and months."""
        return self._by_day(self._days(first, last))

    def _by_day(self, days: list[Day]) -> dict[str, dict[str, int]]:
        if not days:
            return {}
        return core.by_day(self._book.pieces(days[0].start, days[-1].end), days)

    def heat(self, first: str, last: str, category: str = "") -> Heat:
        """Recorded seconds by weekday and local hour, of all categories or of one with all that is in it."""
        days = self._days(first, last)
        if not days:
            return core.heat((), (), self._gestures.almanac.calendar.zone_of)
        tree = self._gestures.tree
        wanted = tree.shown(category).id if category else ""
        kinds: dict[str, bool] = {}

        def counts(name: str) -> bool:
            if name not in kinds:
                kinds[name] = wanted in (tree.shown(name).id, tree.top(name))
            return kinds[name]

        pieces = self._book.pieces(days[0].start, days[-1].end)
        zone_of = self._gestures.almanac.calendar.zone_of
        return core.heat(pieces, days, zone_of, counts if wanted else None)

    def unfilled(self, first: str, last: str) -> list[tuple[int, int]]:
        """The stretches in which nothing is recorded, the longest first; only up to now."""
        start, end = self._range(first, last)
        end = min(end, max(start, self._gestures.almanac.now()))
        return core.unfilled(self._book.pieces(start, end), start, end)

    def standings(self, first: str, last: str) -> list[Standing]:
        """All goals that counted, held against the days of the range that have begun."""
        now = self._gestures.almanac.now()
        days = [day for day in self._days(first, last) if day.start <= now]
        goals = self._book.goals()
        return standings(goals, self._gestures.tree, days, self._by_day(days)) if goals else []

    def differences(self, first: str, last: str) -> list[Standing]:
        """The three goals that were missed by most time, the largest first."""
        return differences(self.standings(first, last))

    def unplanned(self, first: str, last: str) -> Unplanned:
        """The use of technology that nobody planned."""
        days = self._days(first, last)
        tree, goals = self._gestures.tree, self._book.goals()
        pieces = self._book.pieces(days[0].start, days[-1].end) if days else []
        return core.unplanned(
            tree, pieces, days, TECHNOLOGY, lambda name: planned(goals, tree, TECHNOLOGY, name)
        )
