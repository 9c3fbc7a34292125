"""An import while it is prepared: the file as it was read, what its labels mean, how overlaps are decided, the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from companion.core.days import Day
from companion.core.spans import PROPOSED, Span
from companion.core.time_formats import plan as plans
from companion.core.time_formats.found import Found, Problem, Reading
from companion.core.time_formats.plan import ASK, KEEP, TAKE, Overlap, Plan, Rule
from companion.core.time_formats.read import KINDS
from companion.core.totals import by_day
from companion.desk import Desk
from companion.preferences import MAX_LABEL, MAX_LABELS
from companion.storage.errors import StoreError
from companion.timedesk import Done
from companion.timedesk.almanac import EARLIEST, LATEST


class DaySum(NamedTuple):
    """A day that the import touches: seconds recorded on it now, and afterwards."""

    day: Day
    before: int
    after: int


class Draft:
    """Nothing is written before ``write``. ``mapping`` gives a label's category, None to leave it out.

    Reading and ``write`` raise StoreError.
    """

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self._desk = desk
        self.reading = reading = _in_reach(reading)
        self.labels: dict[str, int] = plans.labels(reading.found)
        self.mapping: dict[str, str | None] = self._known()
        self.rule = Rule()
        self.take_rest = False
        self.plan: Plan | None = None
        self.too_much = False
        self.there: tuple[Span, ...] = ()

    def _known(self) -> dict[str, str | None]:
        """What labels meant in earlier imports, else what they mean without doubt."""
        tree = self._desk.time.tree
        kept = self._desk.prefs.time_labels
        found: dict[str, str | None] = dict(plans.suggest(tree, self.labels))
        for label in self.labels:
            if label in kept:
                before = kept[label]
                if before is None:
                    found[label] = None
                elif before in tree and not tree.is_archived(before):
                    found[label] = tree.shown(before).id
        return found

    @property
    def kind(self) -> str:
        """What wrote the file, for people."""
        return KINDS.get(self.reading.kind, "")

    @property
    def damaged(self) -> bool:
        """Whether something of the file was left out, and the user has not said to take the rest all the same."""
        return bool(self.reading.lost) and not self.take_rest

    # -- choices
    def map(self, label: str, category: str | None) -> None:
        """What a label means."""
        self.mapping[label] = category

    def map_rest(self, category: str | None) -> None:
        """What all labels mean that mean nothing yet."""
        for label in self.labels:
            self.mapping.setdefault(label, category)

    def decide_all(self, choice: str, within: bool) -> None:
        """One policy for every overlap ``within`` the file, or with what is recorded; single answers of before go."""
        answers = {key: kept for key, kept in self.rule.one_by_one.items() if (key[1] >= 0) != within}
        rule = self.rule._replace(one_by_one=answers)
        self.rule = rule._replace(within=choice) if within else rule._replace(there=choice)

    def decide(self, overlaps: Iterable[Overlap], choice: str) -> None:
        """Decides single overlaps."""
        answers = {**self.rule.one_by_one, **{one.key: choice for one in overlaps}}
        self.rule = self.rule._replace(one_by_one=answers)

    # -- the plan
    def look(self) -> None:
        """Reads what is there in the stretch of the file."""
        stretch = plans.extent(self.reading.found)
        self.there = self._desk.time.spans(*stretch) if stretch else ()

    def make(self) -> Plan | None:
        """Plans with the choices of now; None where the file fills the same time over and over. May take a while."""
        try:
            return plans.make(self.reading.found, self.there, dict(self.mapping), self.rule)
        except plans.TooMuch:
            return None

    def take(self, plan: Plan | None) -> None:
        """Shows a plan that was made from these choices."""
        self.plan, self.too_much = plan, plan is None

    @property
    def count(self) -> int:
        """The entries that the plan writes something of: not those left out, nor what is there already."""
        return sum(line.written > 0 for line in self.plan.lines) if self.plan else 0

    @property
    def words(self) -> str:
        """The line for undo."""
        n = self.count
        return f"{n:,} {'entry' if n == 1 else 'entries'} imported from {self.kind.partition(' (')[0]}"

    @property
    def ready(self) -> bool:
        """Whether all is decided and there is something to write."""
        return bool(self.plan and self.plan.change) and not self.damaged

    def write(self) -> Done | None:
        """Writes it all in one step, and remembers what the labels meant.

        ValueError where what is there has changed since; then it has to be planned again.
        """
        assert self.plan is not None and self.plan.change is not None
        done = self._desk.time.apply(self.plan.change._replace(words=self.words))
        kept: Mapping[str, str | None] = {**self._desk.prefs.time_labels, **self.mapping}
        rows = [[label, category] for label, category in kept.items() if len(label) <= MAX_LABEL]
        with suppress(StoreError):  # the time itself is written; the labels can be told once more
            self._desk.prefs.set("time_labels", rows[-MAX_LABELS:])
        return done

    # -- what it does to the days
    def days(self) -> list[DaySum]:
        """The days that the plan changes, in order."""
        change = self.plan.change if self.plan else None
        if not change:
            return []
        start = min(span.start for span in (*change.removed, *change.added))
        end = max(span.end for span in (*change.removed, *change.added))
        time = self._desk.time
        calendar = time.calendar
        days = time.days(calendar.of(start).name, calendar.of(end - 1).name)
        now, gone, new = (_recorded(spans, days) for spans in (self.there, change.removed, change.added))
        found = []
        for day in days:
            before = now[day.name]
            after = before - gone[day.name] + new[day.name]
            if gone[day.name] or new[day.name]:
                found.append(DaySum(day, before, after))
        return found


def _in_reach(reading: Reading) -> Reading:
    """A reading without entries of years that are not kept: each of them is a problem then."""
    found = [one for one in reading.found if one.start >= EARLIEST and one.end <= LATEST]
    if len(found) == len(reading.found):
        return reading
    out = [one for one in reading.found if not (one.start >= EARLIEST and one.end <= LATEST)]
    mend = "Days of the years 2000 to 2199 are kept. Mend its date, or leave it out."
    problems = [Problem(one.line, "It lies in a year that is not kept.", mend) for one in out]
    return reading._replace(found=tuple(found), problems=(*reading.problems, *problems))


def _recorded(spans: Iterable[Span], days: list[Day]) -> dict[str, int]:
    sums = by_day((span for span in spans if span.state != PROPOSED), days)
    return {name: sum(parts.values()) for name, parts in sums.items()}


def moved(plan: Plan) -> list[plans.Line]:
    """The entries with an end that the grid moves."""
    return [line for line in plan.lines if line.moved != (0, 0) and line.fate != plans.OUT]


def left(plan: Plan) -> list[plans.Line]:
    """The entries of which nothing is written, and nothing was there already."""
    return [line for line in plan.lines if line.fate in (plans.OUT, plans.SHORT, plans.TWICE, plans.NOT)]


__all__ = ["ASK", "KEEP", "TAKE", "DaySum", "Draft", "Found", "Overlap", "left", "moved"]
