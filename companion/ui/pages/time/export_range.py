"""Which days go out: ranges by their names, or any two dates."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.ui.pages.time.parts import DateField
from companion.ui.pages.time.periods import MONTH, WEEK, between, moved, period
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton


class RangeCard(Card):
    """``changed`` says that other days were chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._desk = desk
        self.set_title(self.tr("Which days"))
        box, self._quick = flow_widget(self, theme.px(6))
        words = {
            "this week": self.tr("This week"),
            "last week": self.tr("Last week"),
            "this month": self.tr("This month"),
            "last month": self.tr("Last month"),
            "all": self.tr("All that is there"),
        }
        self.quick: dict[str, KeyButton] = {}
        for key, text in words.items():
            button = self.quick[key] = KeyButton(theme, text, "", "", "chip", box)
            button.clicked.connect(partial(self.show_range, key))
            self._quick.addWidget(button)
        self.body.addWidget(box)
        row, self._dates = flow_widget(self, theme.px(8))
        self.first = DateField(theme, self.tr("First day"), row)
        self.last = DateField(theme, self.tr("Last day"), row)
        self._to = label(self.tr("to"), "muted", row)
        for widget in (self.first, self._to, self.last):
            self._dates.addWidget(widget)
        for field in (self.first, self.last):
            field.setDateRange(QDate(2000, 1, 2), QDate(2199, 12, 30))
            field.dateChanged.connect(self.changed)
        self.body.addWidget(row)
        self.show_range("this week")
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        for flow in (self._quick, self._dates):
            flow.setSpacing(self._theme.px(8))
        self._to.setFixedHeight(self.first.sizeHint().height())

    def show_range(self, key: str) -> None:
        """One of the ranges by their names."""
        time = self._desk.time
        if key == "all":
            ends = time.book.extent() or (time.now(), time.now() + 1)
            calendar = time.calendar
            self.show_dates(calendar.of(ends[0]).date, calendar.of(ends[1] - 1).date)
            return
        this = period(WEEK if "week" in key else MONTH, time.today().date)
        here = moved(this, -1) if key.startswith("last") else this
        self.show_dates(here.first, here.last)

    def show_dates(self, first: date, last: date) -> None:
        """A range of days."""
        here = between(first, last)
        for field, day in ((self.first, here.first), (self.last, here.last)):
            field.blockSignals(True)
            field.setDate(QDate(day.year, day.month, day.day))
            field.blockSignals(False)
        self.changed.emit()

    def dates(self) -> tuple[date, date]:
        """The range, whichever of the two fields holds the earlier day."""
        found = []
        for field in (self.first, self.last):
            day = field.date()
            found.append(date(day.year(), day.month(), day.day()))
        here = between(*found)
        return here.first, here.last
