"""What a day, a week, a month or any range of days was made of, and how that stands against the goals."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from companion.core.days import clock_words, time_words
from companion.desk import Desk
from companion.ui.pages.time.counting import Counting, Seen
from companion.ui.pages.time.figures import FigureCards
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.parts import centred
from companion.ui.pages.time.periods import (
    ANY,
    WEEK,
    Period,
    between,
    moved,
    period,
    with_weekday,
)
from companion.ui.pages.time.range_head import KEYS, RangeHead
from companion.ui.theme.theme import Theme
from companion.ui.widgets.emptystate import EmptyState
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.progressline import ProgressLine
from companion.ui.widgets.shown import show_if

WIDEST = 1180
"""Pixels at 100 % that the cards are wide at the most."""


def stretch_words(desk: Desk, start: int, end: int) -> str:
    """A stretch of time on the clock of the day that it begins in: ``Tue 17 Nov, 14:05–16:00``."""
    day = desk.time.day_at(start)
    zone, twelve = desk.time.zone_of(day), desk.time.twelve
    until = time_words(end, zone, twelve=twelve) if end < day.end else ""
    if end == day.end:
        until = clock_words(1440, twelve)
    if not until:
        last = desk.time.day_at(end - 1)
        until = f"{with_weekday(last.date)}, {time_words(end, desk.time.zone_of(last), twelve=twelve)}"
    return f"{with_weekday(day.date)}, {time_words(start, zone, twelve=twelve)}–{until}"


class RangesView(QWidget):
    """Reads when it is shown and when something changed; what was counted stays until the next count is done."""

    told = Signal(str)
    day_requested = Signal(str)
    goals_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self.period = period(WEEK, self._today())
        self._shown: Period | None = None
        self._followed = self._today()
        self.setAccessibleName(self.tr("Ranges"))
        self.counting = Counting(desk, self)
        self.counting.counted.connect(self._on_counted)
        self.counting.progressed.connect(self._on_progressed)
        self.counting.failed.connect(self._on_failed)
        self._lay_out()
        self.counting.summed.connect(self.cards.show_totals)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _today(self) -> date:
        return self._desk.time.today().date

    # -- building
    def _lay_out(self) -> None:
        self._across, self.column, self._rows = centred(self)
        self.head = RangeHead(self._theme, self.column)
        self.head.kind_wanted.connect(self.show_kind)
        self.head.moved.connect(self.move_by)
        self.head.now_wanted.connect(self._on_now)
        self.head.dates_typed.connect(self._on_dates)
        self._rows.addWidget(self.head)
        self.progress = ProgressLine(self._theme, self.column)
        self.progress.cancelled.connect(self._on_cancel)
        self._rows.addWidget(self.progress)
        self.trouble = Notice(self._theme, self.column)
        self.trouble.answered.connect(self.refresh)
        self.empty = EmptyState(
            self._theme,
            "time",
            self.tr("Nothing is recorded in these days"),
            self.tr(
                "Fill a day first: by keys, by mouse, or in one line. Then its totals, goals and hours stand here."
            ),
            self.tr("Open the day"),
            "Enter",
            self.column,
        )
        self.empty.action_requested.connect(self._on_open_day)
        self.cards = FigureCards(
            self._theme, Looks(self._theme), lambda a, b: stretch_words(self._desk, a, b), self.column
        )
        self.cards.heat_wanted.connect(self._on_heat)
        self.cards.day_wanted.connect(self._on_gap)
        self.cards.goals_wanted.connect(self.goals_requested)
        for part in (self.trouble, self.empty, self.cards):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        show_if(self.empty, False)
        show_if(self.cards, False)

    def _restyle(self) -> None:
        px = self._theme.px
        self.column.setMaximumWidth(px(WIDEST))
        self._across.setContentsMargins(0, px(4), px(4), px(24))
        self._rows.setSpacing(px(12))

    def minimumSizeHint(self) -> QSize:
        # As high as its width needs: lines that wrap would ask for the height that they have when they are narrow.
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the page asks
    def fit(self, width: int) -> None:
        """One column where two do not fit into ``width`` pixels."""
        self.cards.fit(width)
        self.head.fit(width)

    def refresh(self) -> None:
        """Counts anew; what is shown stays until that is done. A range that was that of today follows it."""
        today = self._today()
        if today != self._followed:
            if self.period.kind != ANY and self.period == period(self.period.kind, self._followed):
                self.period = period(self.period.kind, today)
            self._followed = today
        self.trouble.hide()
        self.head.show_period(self.period, today)
        self.progress.begin()
        self.counting.start(self.period, self.cards.heat_category(self._desk.time.tree))

    def flush(self) -> None:
        """Nothing is typed here but dates, which are taken at once."""

    def key(self, name: str) -> bool:
        """D, W, M, F: kind of range; B and N: the one before and after; H: that of now."""
        kinds = {key: kind for kind, key in KEYS.items()}
        if name in kinds:
            self.show_kind(kinds[name])
        elif name in ("B", "N"):
            self.move_by(-1 if name == "B" else 1)
        elif name == "H":
            self._on_now()
        elif name in ("Return", "Enter") and not self.empty.isHidden():
            self._on_open_day()
        else:
            return False
        return True

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """Ends a count that shows its progress."""
        return self.progress.escape()

    # -- which range
    def show_period(self, wanted: Period) -> None:
        """Another range."""
        if wanted != self.period:
            self.period = wanted
            self.refresh()

    def show_kind(self, kind: str) -> None:
        """The day, week or month in which the present range ends (or today is); for any range its dates to change."""
        today = self._today()
        here = self.period
        anchor = today if here.first <= today <= here.last else here.first
        if kind == ANY:
            self.period = Period(ANY, here.first, min(here.last, max(today, here.first)))
            self.refresh()
            self.head.from_date.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.show_period(period(kind, anchor))

    def move_by(self, by: int) -> None:
        """The range before or after."""
        self.show_period(moved(self.period, by))

    def _on_now(self) -> None:
        kind = WEEK if self.period.kind == ANY else self.period.kind
        self.show_period(period(kind, self._today()))

    def _on_dates(self, first: date, last: date) -> None:
        if self.period.kind == ANY:
            self.show_period(between(first, last))

    # -- counting
    def _on_heat(self, _category: str) -> None:
        self.progress.begin()
        self.counting.start(self.period, self.cards.heat_category(self._desk.time.tree))

    def _on_progressed(self, done: int, count: int) -> None:
        if self.progress.tell(self.tr("Counting: {done} of {count} days"), done, count):
            show_if(self.progress, True)

    def _on_cancel(self) -> None:
        self.counting.cancel()
        show_if(self.progress, False)
        again = [("again", self.tr("Count again"))]
        self.trouble.show_notice(self.tr("The count was stopped. Older figures may be shown."), "info", again)

    def _on_failed(self, why: str) -> None:
        show_if(self.progress, False)
        text = self.tr("The record could not be read: %1").replace("%1", why)
        self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)

    def _on_counted(self, seen: Seen) -> None:
        show_if(self.progress, False)
        self._shown = self.period
        nothing = not seen.balance.recorded and not seen.balance.proposed
        show_if(self.empty, nothing)
        show_if(self.cards, not nothing)
        if not nothing:
            self.cards.show_seen(seen)

    # -- leading on
    def _on_gap(self, instant: int) -> None:
        self.day_requested.emit(self._desk.time.day_at(instant).name)

    def _on_open_day(self) -> None:
        today = self._today()
        wanted = min(max(today, self.period.first), self.period.last)
        self.day_requested.emit(wanted.isoformat())
