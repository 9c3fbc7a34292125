"""The figures of a range of days, counted without the window ever waiting.

What comes from the file is read month by month, a few milliseconds at a time; what is then only arithmetic is done on a
thread where the range is long. A range of a month or so is there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import tzinfo
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from companion.core.audit import TECHNOLOGY
from companion.core.categories import Tree
from companion.core.days import Day
from companion.core.goals import AT_LEAST, Goal, Standing, planned, standings
from companion.core.spans import Piece, gaps
from companion.core.totals import Balance, Heat, Total, Unplanned, by_day, heat, totals, unfilled, unplanned
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.time.periods import YEAR, Period, slices
from companion.ui.work import Work

SLICE_S = 0.006
"""Seconds of reading at a stretch; a frame has 16 ms, and the rest of the window wants some of them."""

AT_ONCE = 62
"""Days of a range that is counted without a thread: two months, some five thousand spans at the most."""

NOT_FILLED = "?"
"""In place of a category: the time that nothing fills. No id of a category has this sign."""


NOTHING = Unplanned(0, 0, 0, 0, "")


class Seen(NamedTuple):
    """What is to be seen of a range of so many days that have begun.

    ``to_come`` is the open time after now, which is no gap yet; ``gaps`` are the longest open stretches up to now;
    ``heat`` is that of the category it was asked for; ``twelve``: times are written by the 12-hour clock;
    ``over``: the last day has gone.
    """

    days: int
    tree: Tree
    balance: Balance
    to_come: int
    totals: tuple[Total, ...]
    standings: tuple[Standing, ...]
    technology: Unplanned
    has_plan: bool
    heat: Heat
    gaps: tuple[tuple[int, int], ...]
    twelve: bool = False
    over: bool = True

    @property
    def gone(self) -> int:
        """Seconds of the range but for what is open and still to come: what the parts of it are shares of."""
        return self.balance.length - self.to_come

    @property
    def open(self) -> int:
        """Seconds up to now that nothing fills."""
        return self.balance.unfilled - self.to_come


class Material(NamedTuple):
    """All that the arithmetic needs, read from the file: no part of it changes any more."""

    tree: Tree
    goals: tuple[Goal, ...]
    days: tuple[Day, ...]
    pieces: tuple[Piece, ...]
    now: int
    zone_of: Callable[[Day], tzinfo]


def heat_of(found: Material, category: str) -> Heat:
    """Hours by weekday of the days that have begun: of a category, of all (empty), or of what is not filled."""
    days = [day for day in found.days if day.start <= found.now]
    if category in ("", NOT_FILLED):
        all_of_it = heat(found.pieces, days, found.zone_of)
        return inverted(all_of_it) if category else all_of_it
    wanted = found.tree.shown(category).id
    known = {name for _, _, name in found.pieces}
    held = {name for name in known if wanted in (found.tree.shown(name).id, found.tree.top(name))}
    return heat(found.pieces, days, found.zone_of, held.__contains__)


def inverted(found: Heat) -> Heat:
    """What is left of each hour."""
    pairs = zip(found.lengths, found.seconds, strict=True)
    left = tuple(tuple(a - b for a, b in zip(length, some, strict=True)) for length, some in pairs)
    return Heat(left, found.lengths)


Worked = tuple[tuple[Standing, ...], Unplanned, Heat, tuple[tuple[int, int], ...]]


def worked_out(found: Material, category: str) -> Worked:
    """Goals held against the range, technology nobody planned, the heat map, the longest gaps. For any thread."""
    tree, goals, begun = found.tree, found.goals, [day for day in found.days if day.start <= found.now]
    per_day = by_day(found.pieces, begun) if goals else {}
    against = tuple(standings(goals, tree, begun, per_day)) if goals else ()
    technology = unplanned(
        tree, found.pieces, begun, TECHNOLOGY, lambda name: planned(goals, tree, TECHNOLOGY, name)
    )
    start, end = (begun[0].start, min(begun[-1].end, found.now)) if begun else (0, 0)
    return against, technology, heat_of(found, category), tuple(unfilled(found.pieces, start, end)[:3])


def plans_technology(goals: Sequence[Goal], tree: Tree, first: str, last: str) -> bool:
    """Whether any goal allows technology some time between two dates."""
    return any(
        goal.kind != AT_LEAST
        and tree.top(goal.category) == tree.top(TECHNOLOGY)
        and goal.since <= last
        and (not goal.until or goal.until >= first)
        for goal in goals
    )


class Counting(QObject):
    """One count at a time.

    ``counted`` carries what is to be seen (``Seen``), ``summed`` of a long range the totals alone, long before;
    ``progressed`` the dates read and all of them; ``failed`` why the file could not be read.
    """

    summed = Signal(object)
    counted = Signal(object)
    progressed = Signal(int, int)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._steps: Iterator[tuple[int, int]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)
        self._work = Work(self)

    @property
    def busy(self) -> bool:
        """Whether a count is under way."""
        return self._steps is not None or self._work.busy

    def start(self, period: Period, category: str = "") -> None:
        """Counts anew. The first slice is done right now, which is all of a short range."""
        self.cancel()
        self._steps = self._count(period, category)
        self._timer.start()
        self._on_slice(whole=period.days <= AT_ONCE)

    def cancel(self) -> None:
        """Ends the count; nothing comes of it."""
        self._timer.stop()
        self._steps = None
        self._work.call_off()

    def _on_slice(self, whole: bool = False) -> None:
        end = perf_counter() + SLICE_S
        try:
            while self._steps is not None and (whole or perf_counter() < end):
                step = next(self._steps, None)
                if step is None:
                    self._timer.stop()
                    self._steps = None
                else:
                    self.progressed.emit(*step)
        except StoreError as error:
            self.cancel()
            self.failed.emit(str(error))

    def _count(self, period: Period, category: str) -> Iterator[tuple[int, int]]:
        """Reads what there is and hands it on: after each part the dates read so far, and all of them."""
        time = self._desk.time
        first = yield from self._summed_up(period)
        short = period.days <= AT_ONCE
        if not short:
            self.summed.emit(first)
        days: list[Day] = []
        pieces: list[Piece] = []
        for start, end in slices(period.first, period.last):
            here = time.days(start, end)
            if here:
                more = time.book.pieces(here[0].start, here[-1].end)
                # A night over the turn of the month comes with both of them.
                pieces += more[1:] if pieces and more and more[0][0] < here[0].start else more
            days += here
            yield len(days), period.days
        goals = tuple(time.goals.all())
        found = Material(first.tree, goals, tuple(days), tuple(pieces), time.now(), time.calendar.zone_of)
        begun = sum(day.start <= found.now for day in days)
        has_plan = plans_technology(goals, found.tree, period.first.isoformat(), period.last.isoformat())

        def done(parts: Worked) -> None:
            against, technology, hours, open_ = parts
            self.counted.emit(
                first._replace(
                    days=begun,
                    standings=against,
                    technology=technology,
                    has_plan=has_plan,
                    heat=hours,
                    gaps=open_,
                )
            )

        if short:
            done(worked_out(found, category))
        else:
            self._work.run(lambda: worked_out(found, category), done)

    def _summed_up(self, period: Period) -> Generator[tuple[int, int], None, Seen]:
        """The sums alone, which the file adds up by itself: a year at a time."""
        time = self._desk.time
        sums: dict[str, int] = {}
        parts: list[Balance] = []
        for first, last in slices(period.first, period.last, YEAR):
            for name, seconds in time.figures.sums(first, last).items():
                sums[name] = sums.get(name, 0) + seconds
            parts.append(time.figures.balance(first, last))
            yield 0, period.days
        balance = Balance(*(sum(column) for column in zip(*parts, strict=True)))
        tree, to_come = time.tree, 0
        end, now = time.day(period.last.isoformat()).end, time.now()
        if end > now:
            start = max(now, time.day(period.first.isoformat()).start)
            to_come = sum(b - a for a, b in gaps(time.spans(start, end), start, end))
        return Seen(
            period.days,
            tree,
            balance,
            to_come,
            totals(tree, sums),
            (),
            NOTHING,
            False,
            Heat((), ()),
            (),
            time.twelve,
            end <= now,
        )
