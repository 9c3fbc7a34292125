"""The eight habits (abc.prevent) as a gentle tally of the week: numbers, and nothing said about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from companion.core import habits
from companion.core.stress_words import Choice
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

EARLIER = 3
"""Weeks before this one that are shown as small numbers."""


class HabitRow:
    """The widgets of one habit: its words, earlier weeks, this week, and today with fewer and more."""

    def __init__(
        self, theme: Theme, habit: Choice, tick: Callable[[str, int], None], parent: QWidget
    ) -> None:
        self.habit = habit
        self.name = label(habit.name, "body", parent, wrap=True)
        self.hint = label(habit.hint, "hint", parent, wrap=True)
        self.earlier = [_number("hint", parent) for _ in range(EARLIER)]
        self.week = _number("strong", parent)
        self.today = _number("body", parent)
        self.less = KeyButton(theme, "", "minus", "", "plain", parent)
        self.more = KeyButton(theme, "", "plus", "", "quiet", parent)
        policy = self.less.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.less.setSizePolicy(policy)
        self.less.clicked.connect(partial(tick, habit.id, -1))
        self.more.clicked.connect(partial(tick, habit.id, 1))
        for wrapped in (self.name, self.hint):
            wrapped.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


def _number(kind: str, parent: QWidget) -> QLabel:
    made = label("0", kind, parent)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def _told(number: int) -> str:
    """A wall of noughts would look like a reproach: none is a dot."""
    return str(number) if number else "\N{MIDDLE DOT}"


class HabitsCard(Card):
    """Ticks are kept in the journal, a page for each ISO week, by the local day. ``refused`` tells why one was not."""

    refused = Signal(str)

    def __init__(
        self, desk: Desk, theme: Theme, choices: tuple[Choice, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent, padding=24)
        self._desk = desk
        self.set_title(self.tr("Habits this week"))
        self.setAccessibleName(self.tr("Habits"))
        self.body.addWidget(
            label(
                self.tr("Tick what you did, once or more a day. Only a tally, for you."),
                "hint",
                self,
                wrap=True,
            )
        )
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.heads = [label("", "hint", self) for _ in range(EARLIER + 2)]
        self.rows = [HabitRow(theme, habit, self._on_tick, self) for habit in choices]
        self._place()
        self._space()
        theme.changed.connect(self._space)

    def _place(self) -> None:
        """Two lines of the grid for each habit: its name and its hint, the numbers beside both."""
        middle = Qt.AlignmentFlag.AlignCenter
        for n, head in enumerate(self.heads):
            last = n == EARLIER + 1
            self._grid.addWidget(head, 0, 1 + n, 1, 3 if last else 1, middle)
        for n, row in enumerate(self.rows):
            line = 1 + 2 * n
            self._grid.addWidget(row.name, line, 0, Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(row.hint, line + 1, 0, Qt.AlignmentFlag.AlignTop)
            numbers = (*row.earlier, row.week, row.less, row.today, row.more)
            for column, widget in enumerate(numbers, 1):
                self._grid.addWidget(widget, line, column, 2, 1, middle)

    def _space(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(1))
        for n in range(len(self.rows)):
            self._grid.setRowMinimumHeight(1 + 2 * n, px(26))
            self._grid.setRowMinimumHeight(2 + 2 * n, px(22))
        for row in self.rows:
            row.today.setMinimumWidth(px(22))

    def fit(self, width: int) -> None:
        """Earlier weeks and hints are left out where ``width`` pixels are too few."""
        roomy = width >= self._theme.px(620)
        for widget in [*self.heads[:EARLIER], *(number for row in self.rows for number in row.earlier)]:
            show_if(widget, roomy)
        for row in self.rows:
            show_if(row.hint, width >= self._theme.px(430))

    # -- what is kept
    def refresh(self) -> None:
        """Shows this week and the ones before. Raises StoreError."""
        today = self._desk.clock.local().date()
        page = self._desk.journal.page
        week = habits.from_page(page(f"habits:{habits.week_of(today)}"))
        before = [habits.from_page(page(f"habits:{name}")) for name in habits.weeks_before(today, EARLIER)]
        self._show(week, before, today)

    def _show(self, week: habits.Week, before: list[habits.Week], today: date) -> None:
        """Shows these numbers; ``before`` has the weeks before, the oldest first."""
        mondays = [today - timedelta(days=today.weekday(), weeks=back) for back in range(EARLIER, 0, -1)]
        heads = [f"{monday.day} {monday:%b}" for monday in mondays]
        for head, words in zip(self.heads, (*heads, self.tr("this week"), self.tr("today")), strict=True):
            head.setText(words)
        for row in self.rows:
            habit = row.habit
            for number, one in zip(row.earlier, before, strict=True):
                number.setText(_told(one.total(habit.id)))
            total, count = week.total(habit.id), week.on(today, habit.id)
            row.week.setText(_told(total))
            row.today.setText(_told(count))
            if not count and row.less.hasFocus():
                row.more.setFocus()
            show_if(row.less, count > 0)
            told = self.tr("{habit}, {week} this week, {today} today")
            told = told.replace("{week}", str(total)).replace("{today}", str(count))
            told = told.replace("{habit}", habit.name)
            row.more.setAccessibleName(self.tr("One more: {habit}").replace("{habit}", habit.name))
            row.less.setAccessibleName(self.tr("One less: {habit}").replace("{habit}", habit.name))
            row.more.setAccessibleDescription(told)
            row.less.setAccessibleDescription(told)

    def _on_tick(self, habit: str, by: int, _checked: bool = False) -> None:
        today = self._desk.clock.local().date()
        name = f"habits:{habits.week_of(today)}"
        try:
            week = habits.from_page(self._desk.journal.page(name)).with_tick(today, habit, by)
            self._desk.journal.write_page(name, habits.to_page(week))
            self.refresh()
        except StoreError as error:
            self.refused.emit(str(error))
