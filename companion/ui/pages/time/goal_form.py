"""A goal as it is set: for what, at least, at most or about, how long, on which days, from when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.core.categories import Tree
from companion.core.goals import ABOUT, ALL_DAYS, AT_LEAST, AT_MOST, PER_DAY, PER_WEEK, Goal, check
from companion.ui.pages.time.category_box import CategoryBox
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.parts import DateField, LengthField, plain_date
from companion.ui.pages.time.periods import EARLIEST, LATEST, WEEKDAYS
from companion.ui.pages.time.telling import spelled
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.choices import Choices, Item
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

FIRST_MINUTES = 60
"""What a new goal begins with."""


class GoalForm(Card):
    """``kept`` carries the goal as it is to be; its id is empty for a new one. Enter keeps, Esc leaves."""

    kept = Signal(object)
    dismissed = Signal()

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, kind="now", padding=20)
        self._tree: Tree | None = None
        self._goal = Goal("", "", AT_MOST, 0)
        self._today = date.min
        self._build_fields(looks)
        self._build_foot()
        self._space()
        theme.changed.connect(self._space)

    def _build_fields(self, looks: Looks) -> None:
        theme, tr = self._theme, self.tr
        # In the order in which they are typed: a list takes letters and figures that are meant for the field after it.
        self.length = LengthField(theme, tr("Length"), 1440, self)
        self.length.setToolTip(tr("1:30, 1 h 30 min, or 90"))
        self.per = Choices(theme, tr("Each"), self)
        self.per.set_items([Item(PER_DAY, tr("a day")), Item(PER_WEEK, tr("a week"))])
        self.kind = Choices(theme, tr("Kind of goal"), self)
        words = {AT_MOST: tr("at most"), AT_LEAST: tr("at least"), ABOUT: tr("about")}
        self.kind.set_items([Item(kind, text) for kind, text in words.items()])
        self.category = CategoryBox(theme, looks, tr("Category"), (), self)
        self.days = Choices(theme, tr("Weekdays"), self, several=True)
        self.days.set_items([Item(str(day), WEEKDAYS[day][:3]) for day in ALL_DAYS])
        self.since = DateField(theme, tr("From"), self)
        self.since.setDateRange(QDate(*EARLIEST.timetuple()[:3]), QDate(*LATEST.timetuple()[:3]))
        first, self._first_row = flow_widget(self, 8)
        for widget in (self.length, self.per, self.kind):
            self._first_row.addWidget(widget)
        parts = (
            (tr("How long"), first),
            (tr("What for"), self.category),
            (tr("On which days"), self.days),
            (tr("From"), self.since),
        )
        self._groups: list[QVBoxLayout] = []
        for caption, widget in parts:
            group = QVBoxLayout()
            group.addWidget(label(caption, "hint", self))
            group.addWidget(widget)
            if widget in (self.category, self.since):
                group.setAlignment(widget, Qt.AlignmentFlag.AlignLeft)
            self._groups.append(group)
            self.body.addLayout(group)
        self.category.currentIndexChanged.connect(self._say)
        self.length.valueChanged.connect(self._say)
        self.since.dateChanged.connect(self._say)
        self.days.toggled.connect(self._say)
        self.kind.toggled.connect(lambda ident, on: self._on_one(self.kind, ident, on))
        self.per.toggled.connect(lambda ident, on: self._on_one(self.per, ident, on))

    def _build_foot(self) -> None:
        self.sentence = label("", "strong", self, wrap=True)
        self.body.addWidget(self.sentence)
        self.word = label("", "warn", self, wrap=True)
        self.body.addWidget(self.word)
        show_if(self.word, False)
        box, self._foot = flow_widget(self, 8)
        self.keep = KeyButton(self._theme, self.tr("Keep the goal"), "check", "", "primary", box)
        self.leave = KeyButton(self._theme, self.tr("Leave it"), "", "Esc", "plain", box)
        self.keep.clicked.connect(self._on_keep)
        self.leave.clicked.connect(self.dismissed)
        self._foot.addWidget(self.keep)
        self._foot.addWidget(self.leave)
        self.body.addWidget(box)

    def _space(self) -> None:
        px = self._theme.px
        self.body.setSpacing(px(14))
        for group in self._groups:
            group.setSpacing(px(5))
        for row in (self._first_row, self._foot):
            row.setSpacing(px(8))

    # -- what is shown
    def open(
        self, tree: Tree, today: date, goal: Goal | None = None, category: str = "", since: str = ""
    ) -> None:
        """Begins with a goal to change, or a new one that counts from ``since`` on, today where that is empty."""
        self._tree, self._today = tree, today
        self.category.set_tree(tree)
        self.set_title(self.tr("Change the goal") if goal else self.tr("New goal"))
        self.setAccessibleName(self.title_label.text())
        since = max(goal.since, today.isoformat()) if goal else since or today.isoformat()
        self._goal = goal or Goal("", category or "technology", AT_MOST, FIRST_MINUTES * 60)
        shown = self._goal
        if not self.category.choose(shown.category):
            self.category.setCurrentIndex(0)
        self.kind.set_chosen((shown.kind,))
        self.per.set_chosen((shown.per,))
        self.days.set_chosen(tuple(str(day) for day in shown.weekdays))
        self.length.setMaximum(7 * 1440)
        self.length.setValue(shown.seconds // 60)
        day = date.fromisoformat(since)
        self.since.setDate(QDate(day.year, day.month, day.day))
        self._say()

    def take_focus(self) -> None:
        """The keyboard goes to the first field, ready to be written over."""
        self.length.setFocus(Qt.FocusReason.OtherFocusReason)
        self.length.selectAll()

    def goal(self) -> Goal:
        """What stands in the fields; it may not be sound yet."""
        days = tuple(sorted(int(ident) for ident in self.days.chosen()))
        return self._goal._replace(
            category=self.category.chosen(),
            kind=next(iter(self.kind.chosen()), AT_MOST),
            seconds=self.length.value() * 60,
            per=next(iter(self.per.chosen()), PER_DAY),
            weekdays=days,
            since=plain_date(self.since).isoformat(),
        )

    def _on_one(self, choices: Choices, ident: str, on: bool) -> None:
        """One of them always holds: pressing the chosen one leaves it chosen."""
        if not on and not choices.chosen():
            choices.set_chosen((ident,))
        self._say()

    def _say(self, *_: object) -> None:
        if self._tree is None or not self.category.count():
            return
        goal, trouble = self.goal(), self.trouble()
        self.sentence.setText(spelled(goal, self._tree.label(goal.category), self._today))
        show_if(self.sentence, not trouble)
        self.word.setText(trouble)
        show_if(self.word, bool(trouble))
        self.keep.setEnabled(not trouble)

    def trouble(self) -> str:
        """What is missing, as a sentence; empty when nothing is."""
        goal = self.goal()
        if not goal.weekdays:
            return self.tr("Choose at least one day.")
        if goal.kind == AT_LEAST and not goal.seconds:
            return self.tr("At least something is more than nothing: write a length.")
        if goal.until and goal.until < goal.since:
            return self.tr("It would end before it begins.")
        try:
            check(goal)
        except ValueError:
            return self.tr("That is longer than the days it is for.")
        return ""

    def _on_keep(self) -> None:
        if not self.trouble():
            self.kept.emit(self.goal())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.leave if self.leave.hasFocus() else self.keep).click()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
