"""Patterns: when and with what stress came, before and after, what helped; figures with their cases, no verdict."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from companion.clock import stamp
from companion.core.patterns import Patterns
from companion.desk import Desk
from companion.ui.pages.stress.figure_words import told
from companion.ui.pages.stress.pattern_cards import PatternCards
from companion.ui.pages.stress.tallying import Tallying
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.emptystate import EmptyState
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.progressline import ProgressLine
from companion.ui.widgets.shown import show_if

NARROW = 820
"""Width at 100 % below which everything stands in one column."""

WIDEST = 1120
"""Pixels at 100 % that the cards are wide at the most."""

RANGES = ((30, "30 days"), (90, "90 days"), (365, "A year"), (0, "All"))
"""Days up to today, 0 for all, and their words."""


class PatternsView(QWidget):
    """Reads the journal when it is shown and when it changed; what was counted stays until the next count is done."""

    told = Signal(str)
    check_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._days = RANGES[1][0]
        self._as_tables = False
        self._known: tuple[Patterns, int, int] | None = None
        self.setAccessibleName(self.tr("Patterns"))
        self.counting = Tallying(desk, self)
        self.counting.counted.connect(self._on_counted)
        self.counting.progressed.connect(self._on_progressed)
        self.counting.failed.connect(self._on_failed)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    # -- building
    def _lay_out(self) -> None:
        self._across = QHBoxLayout(self)
        self.column = QWidget(self)
        self._rows = QVBoxLayout(self.column)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._across.addStretch(1)
        self._across.addWidget(self.column, 1000)
        self._across.addStretch(1)
        self._build_head()
        self.trouble = Notice(self._theme, self.column)
        self.trouble.answered.connect(self.refresh)
        self.empty = self._made_empty()
        self.figures = PatternCards(self._desk, self._theme, self.column)
        for part in (self.trouble, self.empty, self.figures):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        show_if(self.empty, False)
        show_if(self.figures, False)

    def _build_head(self) -> None:
        box, row = flow_widget(self.column, self._theme.px(8))
        self._head_row = row
        self._group = QButtonGroup(self)
        self.ranges: dict[int, KeyButton] = {}
        for days, text in RANGES:
            button = KeyButton(self._theme, self.tr(text), "", "", "chip", box)
            button.setCheckable(True)
            self._group.addButton(button, days)
            row.addWidget(button)
            self.ranges[days] = button
        self._group.idClicked.connect(self._on_range)
        self.tables = KeyButton(self._theme, self.tr("As tables"), "", "T", "chip", box)
        self.tables.setCheckable(True)
        self.tables.clicked.connect(self._on_tables)
        row.addWidget(self.tables)
        self._rows.addWidget(box)
        self.line = label("", "muted", self.column, wrap=True)
        self._rows.addWidget(self.line)
        self.progress = ProgressLine(self._theme, self.column)
        self.progress.cancelled.connect(self._on_cancel)
        self._rows.addWidget(self.progress)
        self._tick_range()

    def _made_empty(self) -> EmptyState:
        made = EmptyState(
            self._theme,
            "stress",
            self.tr("No patterns yet"),
            self.tr(
                "They come from the numbers in your checks and entries: by hour and weekday, by what it was about, "
                "before and after, and what helped. A group is drawn from five cases on; until then it is only counted."
            ),
            self.tr("New check"),
            "N",
            self.column,
        )
        made.action_requested.connect(self.check_requested)
        return made

    def _restyle(self) -> None:
        px = self._theme.px
        self.column.setMaximumWidth(px(WIDEST))
        self._across.setContentsMargins(0, px(4), px(4), px(24))
        self._rows.setSpacing(px(12))
        self._head_row.setSpacing(px(8))

    def minimumSizeHint(self) -> QSize:
        # As high as its width needs: lines that wrap would ask for the height that they have when they are narrow.
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the page asks
    def fit(self, width: int) -> None:
        """One column where two do not fit into ``width`` pixels."""
        self.figures.set_narrow(width < self._theme.px(NARROW))

    def refresh(self) -> None:
        """Counts anew; what is shown stays until that is done."""
        self.trouble.hide()
        self.progress.begin()
        self.counting.start(self._since())

    def flush(self) -> None:
        """Nothing is typed here."""

    def key(self, name: str) -> bool:
        """T: tables or charts."""
        if name == "T":
            self.tables.click()
            return True
        return False

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """Ends a count that shows its progress."""
        return self.progress.escape()

    def days(self) -> int:
        """The days that are looked at, up to today; 0 for all."""
        return self._days

    # -- counting
    def _since(self) -> str:
        if not self._days:
            return ""
        now = self._desk.clock.local()
        first = now.date() - timedelta(days=self._days - 1)
        return stamp(datetime.combine(first, time(), now.tzinfo))

    def _on_range(self, days: int) -> None:
        self._days = days
        self._tick_range()
        self.refresh()

    def _tick_range(self) -> None:
        for days, button in self.ranges.items():
            button.setChecked(days == self._days)
            button.set_icon("check" if days == self._days else "circle")

    def _on_tables(self) -> None:
        self._as_tables = not self._as_tables
        self.tables.setChecked(self._as_tables)
        self.tables.set_icon("check" if self._as_tables else "")
        self.figures.show_tables(self._as_tables)

    def _on_progressed(self, seen: int, count: int) -> None:
        if self.progress.tell(self.tr("Counting: {done} of {count} entries"), seen, count):
            self._show_progress(True)

    def _show_progress(self, wanted: bool) -> None:
        """The progress stands in the place of the words above the charts, so that nothing has to move for it."""
        if wanted and not self.line.isHidden():
            self.progress.setMinimumHeight(self.line.height())
        show_if(self.progress, wanted)
        show_if(self.line, bool(self.line.text()) and not wanted)

    def _on_cancel(self) -> None:
        self.counting.cancel()
        self._show_progress(False)
        again = [("again", self.tr("Count again"))]
        self.trouble.show_notice(self.tr("The count was stopped. Older figures may be shown."), "info", again)

    def _on_failed(self, why: str) -> None:
        self._show_progress(False)
        text = self.tr("The journal could not be read: %1").replace("%1", why)
        self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)

    def _on_counted(self, found: Patterns) -> None:
        self._show_progress(False)
        lost = len(self._desk.journal.damaged)
        if (found, lost, self._days) == self._known:
            return
        self._known = (found, lost, self._days)
        none_at_all = not (found.entries or self._desk.journal.count or lost)
        show_if(self.empty, none_at_all)
        show_if(self.figures, bool(found.rated or found.helped.cases))
        self.line.setText("" if none_at_all else told(found, self._days, lost))
        show_if(self.line, bool(self.line.text()))
        self.figures.show_figures(found)
