"""What an import would do, as tables: days it touches, time claimed twice, what the grid moves, what is left out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.core.categories import Tree
from companion.core.days import Calendar, time_words
from companion.core.time_formats import plan as plans
from companion.core.time_formats.found import Found
from companion.core.timeline_entry import length_words
from companion.desk import Desk
from companion.ui.pages.time.import_choices import OverlapChoices, overlap_words, stays_words
from companion.ui.pages.time.import_draft import ASK, KEEP, TAKE, DaySum, Draft, Overlap, left, moved
from companion.ui.pages.time.import_table import Table, TableModel, TableView
from companion.ui.pages.time.periods import short, with_weekday
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if


class Preview(Card):
    """``decided`` says that something was chosen, and the plan has to be made anew."""

    decided = Signal()
    TABS = ("days", "overlaps", "moved", "left")

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._desk = desk
        self._draft: Draft | None = None
        self._tree: Tree | None = None
        self._calendar: Calendar | None = None
        self._twelve = False
        self._tab = "days"
        self.days: list[DaySum] = []
        self.set_title(self.tr("What it would do"))
        self.setAccessibleName(self.title_label.text())
        self.rounding = label("", "", self, wrap=True)
        self.body.addWidget(self.rounding)
        box, self._tabs_flow = flow_widget(self, theme.px(6))
        self.tabs: dict[str, KeyButton] = {}
        for key in self.TABS:
            button = self.tabs[key] = KeyButton(theme, "", "", "", "chip", box)
            button.clicked.connect(partial(self.show_tab, key))
            self._tabs_flow.addWidget(button)
        self.body.addWidget(box)
        self.model = TableModel(self)
        self.view = TableView(theme, self.tr("Preview"), self)
        self.view.setModel(self.model)
        self.body.addWidget(self.view)
        self.view.selectionModel().selectionChanged.connect(self._name_choices)
        self.choices = OverlapChoices(theme, self)
        self.buttons = self.choices.buttons
        self.choices.wanted.connect(self.decide)
        self.choices.all_wanted.connect(self.decide_all)
        self.body.addWidget(self.choices)

    # -- what is shown
    def show_draft(self, draft: Draft) -> None:
        """Shows what the plan of a draft does."""
        self._draft = draft
        plan = draft.plan
        show_if(self, plan is not None)
        if plan is None:
            return
        self.days = draft.days()
        # Cells are asked for at any time, also while a window goes: they must not need the file.
        self._tree, self._calendar = self._desk.time.tree, self._desk.time.calendar
        self._twelve = self._desk.time.twelve
        self.rounding.setText(rounding_words(plan))
        counts = {
            "days": (self.tr("Days"), len(self.days)),
            "overlaps": (self.tr("Claimed twice"), len(plan.overlaps)),
            "moved": (self.tr("Moved to the grid"), len(moved(plan))),
            "left": (self.tr("Left out"), len(left(plan))),
        }
        for key, (words, count) in counts.items():
            open_ = f", {plan.undecided} {self.tr('open')}" if key == "overlaps" and plan.undecided else ""
            self.tabs[key].set_label(f"{words} ({count:,}{open_})")
            show_if(self.tabs[key], key == "days" or count > 0)
        if plan.undecided and self._tab == "days" and not self.days:
            self._tab = "overlaps"  # what has to be decided comes first
        if not counts[self._tab][1]:
            self._tab = "days"
        self._show_table()

    def show_tab(self, key: str) -> None:
        """Another of the tables."""
        if self._draft is not None and not self.tabs[key].isHidden():
            self._tab = key
            self._show_table()

    @property
    def tab(self) -> str:
        """The table that is shown."""
        return self._tab

    def _show_table(self) -> None:
        assert self._draft is not None and self._draft.plan is not None
        plan = self._draft.plan
        for key, button in self.tabs.items():
            button.set_icon("check" if key == self._tab else "")
            button.setAccessibleDescription(self.tr("shown") if key == self._tab else "")
        makers = {
            "days": self._table_of_days,
            "overlaps": lambda: self._table_of_overlaps(plan),
            "moved": lambda: self._table_of_moved(plan),
            "left": lambda: self._table_of_left(plan),
        }
        self.model.show_table(makers[self._tab]())
        self.view.setAccessibleName(self.tabs[self._tab].label())
        self.view.fit_columns()
        show_if(self.choices, self._tab == "overlaps")
        self._name_choices()
        show_if(self.view, self.model.table.count > 0)

    def _table_of_days(self) -> Table:
        def cell(row: int, column: int) -> str:
            one = self.days[row]
            if column == 0:
                return f"{with_weekday(one.day.date)} {one.day.date.year}"
            return length_words(one.before if column == 1 else one.after) if column < 3 else ""

        heads = (self.tr("Day"), self.tr("Recorded now"), self.tr("Recorded after"))
        return Table(heads, len(self.days), cell)

    def _table_of_overlaps(self, plan: plans.Plan) -> Table:
        tree = self._tree
        assert tree is not None

        def cell(row: int, column: int) -> str:
            one = plan.overlaps[row]
            if column == 0:
                return self._when(one.start, one.end)
            return (overlap_words if column == 1 else stays_words)(one, plan, tree)

        heads = (self.tr("When"), self.tr("What"), self.tr("Stays"))
        return Table(heads, len(plan.overlaps), cell)

    def _table_of_moved(self, plan: plans.Plan) -> Table:
        lines = moved(plan)

        def cell(row: int, column: int) -> str:
            line = lines[row]
            if column == 0:
                return str(line.found.line)
            if column == 1:
                return line.found.label
            if column == 2:
                return self._when(line.found.start, line.found.end, seconds=True)
            if line.start >= line.end:
                return self.tr("too short")
            return self._when(line.start, line.end)

        heads = (self.tr("Line"), self.tr("Label"), self.tr("In the file"), self.tr("On the grid"))
        return Table(heads, len(lines), cell)

    def _table_of_left(self, plan: plans.Plan) -> Table:
        lines = left(plan)
        why = {
            plans.OUT: self.tr("its label is left out"),
            plans.SHORT: self.tr("shorter than half a slot"),
            plans.TWICE: self.tr("the same as an earlier entry"),
            plans.NOT: self.tr("all of it was kept as it is"),
        }

        def cell(row: int, column: int) -> str:
            line = lines[row]
            parts = (str(line.found.line), line.found.label, self._found(line.found), why[line.fate])
            return parts[column]

        heads = (self.tr("Line"), self.tr("Label"), self.tr("When"), self.tr("Why"))
        return Table(heads, len(lines), cell)

    def _found(self, found: Found) -> str:
        return self._when(found.start, found.end)

    def _when(self, start: int, end: int, seconds: bool = False) -> str:
        """``20 Nov 9:25–10:30``, by the clock of the day that holds the start; seconds where they are what matters."""
        assert self._calendar is not None
        day = self._calendar.of(start)
        zone = self._calendar.zone_of(day)

        def clock(instant: int) -> str:
            said = time_words(instant, zone, twelve=self._twelve)
            if seconds and (start % 60 or end % 60):
                hour, _, rest = said.partition(":")
                return f"{hour}:{rest[:2]}:{instant % 60:02d}{rest[2:]}"
            return said

        return f"{short(day.date)} {clock(start)}–{clock(end)}"

    # -- decisions
    def _selected(self) -> list[Overlap]:
        plan = self._draft.plan if self._draft else None
        if plan is None or self._tab != "overlaps":
            return []
        return [plan.overlaps[index.row()] for index in self.view.selectionModel().selectedRows()]

    def _chosen(self) -> list[Overlap]:
        """What a choice is for: what is selected, or the first that is open."""
        plan = self._draft.plan if self._draft else None
        return self._selected() or [one for one in plan.overlaps if one.choice == ASK][:1] if plan else []

    def _name_choices(self, *_: object) -> None:
        plan = self._draft.plan if self._draft else None
        if plan is not None and self._tree is not None and self._tab == "overlaps":
            self.choices.show_overlaps(plan, self._tree, self._chosen())

    def decide(self, choice: str) -> None:
        """Decides what is selected, or the first that is open; the next open one is selected then."""
        if self._draft is None or self._draft.plan is None or self._tab != "overlaps":
            return
        chosen = self._chosen()
        if not chosen:
            return
        self._draft.decide(chosen, choice)
        self.decided.emit()
        self._to_next()

    def _to_next(self) -> None:
        plan = self._draft.plan if self._draft else None
        row = next((n for n, one in enumerate(plan.overlaps) if one.choice == ASK), -1) if plan else -1
        if row >= 0 and self._tab == "overlaps":
            self.view.choose(row)

    def decide_all(self, choice: str, within: bool = False) -> None:
        """One policy for all overlaps with what is recorded, or ``within`` the file."""
        if self._draft is not None:
            self._draft.decide_all(choice, within)
            self.decided.emit()

    def key(self, name: str) -> bool:
        """K keeps what is there, T takes the file's."""
        if name not in ("K", "T") or self.isHidden() or self._tab != "overlaps":
            return False
        self.decide(KEEP if name == "K" else TAKE)
        return True


def rounding_words(plan: plans.Plan) -> str:
    """What going to the grid does in sum, in whole sentences."""
    found = plan.rounding
    written = sum(line.written for line in plan.lines)
    some = plan.change is not None and written != found.after
    if not found.entries:
        words = "All entries lie on the grid of five minutes: nothing is rounded."
        return f"{words} {_exact(written)} of {_exact(found.after)} is written." if some else words
    one = found.entries == 1
    most = f"{found.most // 60} min {found.most % 60} s" if found.most % 60 else f"{found.most // 60} min"
    most = most.removeprefix("0 min ")
    words = (
        f"{found.entries:,} of {len(plan.lines):,} entries {'goes' if one else 'go'} to the nearest five minutes, "
        f"by {most} at most."
    )
    if found.short:
        few = "is" if found.short == 1 else "are"
        words += f" {found.short:,} {few} shorter than half a slot and left out."
    words += f" In sum, {_exact(found.before)} in the file become {_exact(found.after)}."
    return f"{words} {_exact(written)} of that is written." if some else words


def _exact(seconds: int) -> str:
    rest = f" {seconds % 60} s" if seconds % 60 else ""
    return length_words(seconds - seconds % 60) + rest
