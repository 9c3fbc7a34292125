"""The heat map of a category: how many minutes of each hour it had, by weekday."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.core.audit import TECHNOLOGY
from companion.core.categories import Tree
from companion.core.days import clock_words
from companion.core.totals import Heat
from companion.ui.pages.time.category_box import CategoryBox
from companion.ui.pages.time.counting import NOT_FILLED
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.periods import WEEKDAYS
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.heatmap import Cell, HeatMap, HeatScale


def cells_of(found: Heat, twelve: bool) -> tuple[list[str], list[str], list[list[Cell]]]:
    """Heads and cells of a heat map: weekdays that the range holds, hours of the local clock, minutes of each hour.

    ``twelve``: by the 12-hour clock, its hours as short as the others: ``9a``, ``12p``.
    """
    days = [day for day in range(7) if any(found.lengths[day])]
    heads = [WEEKDAYS[day][:3] for day in days]
    hours = [f"{hour % 12 or 12}{'a' if hour < 12 else 'p'}" if twelve else str(hour) for hour in range(24)]
    times = [
        f"{clock_words(hour * 60, twelve)} to {clock_words(hour * 60 + 60, twelve)}" for hour in range(24)
    ]
    cells = [
        [_cell(f"{WEEKDAYS[day]} {times[hour]}", *_at(found, day, hour)) for hour in range(24)]
        for day in days
    ]
    return heads, hours, cells


def _at(found: Heat, day: int, hour: int) -> tuple[int, int]:
    return found.seconds[day][hour], found.lengths[day][hour]


def _cell(where: str, seconds: int, length: int) -> Cell:
    if not length:
        return Cell(None, "", f"{where}, not in this range")
    minutes = round(60 * seconds / length)
    if seconds and not minutes:
        return Cell(seconds / length, "<1", f"{where}, less than 1 minute of the hour")
    said = f"{minutes} of 60 minutes" if length == 3600 else f"on average {minutes} minutes of the hour"
    return Cell(seconds / length, str(minutes) if minutes else "", f"{where}, {said if minutes else 'none'}")


class HeatCard(Card):
    """``wanted`` carries the category that the map is to show; empty for all that is recorded."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._known: tuple[Heat, str, bool] | None = None
        self.set_title(self.tr("Hour by weekday"))
        self.setAccessibleName(self.tr("Hour by weekday"))
        extra = (("", self.tr("All that is recorded")), (NOT_FILLED, self.tr("Not filled")))
        head, self._head_row = flow_widget(self, theme.px(12))
        self.box = CategoryBox(theme, looks, self.tr("Category of the map"), extra, head)
        self.box.currentIndexChanged.connect(self._on_chosen)
        self._head_row.addWidget(self.box)
        self.map = HeatMap(theme, self.tr("Hour by weekday"), self)
        self.scale = HeatScale(theme, self.map, self.tr("a few"), self.tr("60 min"), head)
        self._head_row.addWidget(self.scale)
        column = QVBoxLayout()
        column.addWidget(head)
        column.addWidget(self.map)
        self.note = label("", "hint", self, wrap=True)
        column.addWidget(self.note)
        self.body.addLayout(column)
        self._column = column
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(12))
        self._head_row.setSpacing(self._theme.px(14))

    def fit(self, narrow: bool) -> None:
        """A shorter box where there is little room."""
        self.box.setMinimumContentsLength(12 if narrow else 18)

    def category(self, tree: Tree) -> str:
        """The category that is to be shown: the chosen one, technology until there is a choice."""
        first = self.box.count() == 0
        self.box.set_tree(tree)
        if first:
            self.box.choose(TECHNOLOGY)
        return self.box.chosen()

    def choose(self, category: str) -> None:
        """Another category, as if chosen in the list."""
        if category != self.box.chosen() and self.box.choose(category):
            self.wanted.emit(self.box.chosen())

    def show_heat(self, found: Heat, tree: Tree, days: int, twelve: bool) -> None:
        """Shows the hours of a range of so many days, by the 12-hour clock where that is set."""
        self.box.set_tree(tree)
        known = (found, self.box.chosen(), twelve)
        if known == self._known:
            return
        self._known = known
        self.map.show_map(*cells_of(found, twelve))
        one = self.tr("Each number is the minutes of that hour on the local clock. A blank cell had none.")
        many = self.tr(
            "Each number is the average of minutes in that hour on the local clock, over {n} days. Blank: none."
        )
        self.note.setText(one if days <= 7 else many.replace("{n}", f"{days:,}"))

    def _on_chosen(self) -> None:
        self.wanted.emit(self.box.chosen())
