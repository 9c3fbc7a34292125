"""Goals: what time is meant for, set in one sentence per category, changed from a date on, ended, removed with undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from companion.core.categories import Tree
from companion.core.goals import Goal, Standing, counts_on
from companion.core.totals import week_of
from companion.desk import Desk
from companion.ui.pages.time.figures import Line
from companion.ui.pages.time.goal_form import GoalForm
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.parts import centred
from companion.ui.pages.time.telling import goal_words, so_far
from companion.ui.pages.time.undoing import Undoing
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.emptystate import EmptyState
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

WIDEST = 860
"""Pixels at 100 % that the cards are wide at the most."""

NARROW = 560
"""Width at 100 % below which the buttons stand below the words."""


class GoalRow(QWidget):
    """One goal with what can be done to it."""

    def __init__(
        self, theme: Theme, looks: Looks, goal: Goal, words: tuple[str, str, str], parent: QWidget
    ) -> None:
        """``words``: what for, the goal in full, where it stands this week."""
        super().__init__(parent)
        self.goal = goal
        name, aim, standing = words
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.line = Line(theme, looks, goal.category, f"{name}: {aim}", (standing,), self)
        self.row.addWidget(self.line, 1)
        self.buttons = QWidget(self)
        across = QHBoxLayout(self.buttons)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(4))
        self.change = KeyButton(theme, self.tr("Change"), "edit", "", "chip", self.buttons)
        self.end = KeyButton(theme, self.tr("End"), "", "", "chip", self.buttons)
        self.remove = KeyButton(theme, self.tr("Remove"), "", "", "chip", self.buttons)
        for button in (self.change, self.end, self.remove):
            button.setAccessibleName(f"{button.label()}: {name}, {aim}")
            across.addWidget(button)
        across.addStretch(1)
        self.row.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignTop)


class GoalsView(QWidget):
    """N: a new goal. ``undo_offered`` carries a word and the way back."""

    told = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._looks = Looks(theme)
        self._known: object = None
        self._narrow = False
        self.rows: list[GoalRow] = []
        self.setAccessibleName(self.tr("Goals"))
        self._undoing = Undoing(desk, self)
        self._undoing.offered.connect(self.undo_offered)
        self._undoing.told.connect(self.told)
        self._undoing.changed.connect(self.refresh)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        self._across, self.column, self._column = centred(self)
        head = QHBoxLayout()
        text = self.tr(
            "What is your time meant for? Totals are held against these goals; nothing else follows."
        )
        self.intro = label(text, "muted", self.column, wrap=True)
        self.new = KeyButton(self._theme, self.tr("New goal"), "plus", "N", "quiet", self.column)
        self.new.clicked.connect(lambda: self.open_form())
        head.addWidget(self.intro, 1)
        head.addWidget(self.new, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        self.form = GoalForm(self._theme, self._looks, self.column)
        self.form.kept.connect(self._on_kept)
        self.form.dismissed.connect(self.close_form)
        show_if(self.form, False)
        self._column.addWidget(self.form)
        line = self.tr(
            "A goal is one sentence: at most 2 h a day in Technology, Monday to Friday. Three are plenty. "
            "Without a goal an audit says where time went, not whether it went where you wanted."
        )
        self.empty = EmptyState(
            self._theme, "time", self.tr("No goals yet"), line, self.tr("New goal"), "N", self.column
        )
        self.empty.action_requested.connect(lambda: self.open_form())
        show_if(self.empty, False)
        self._column.addWidget(self.empty)
        titles = (self.tr("In force"), self.tr("From later on"), self.tr("Ended"))
        self.cards = [Card(self._theme, title, self.column, padding=20) for title in titles]
        for card in self.cards:
            card.setAccessibleName(card.title_label.text())
            show_if(card, False)
            self._column.addWidget(card)
        self._column.addStretch(1)

    def _restyle(self) -> None:
        px = self._theme.px
        self.column.setMaximumWidth(px(WIDEST))
        self._across.setContentsMargins(0, px(4), px(4), px(24))
        self._column.setSpacing(px(14))
        for card in self.cards:
            card.body.setSpacing(px(14))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)

    def _today(self) -> date:
        return self._desk.time.today().date

    # -- what the page asks
    def fit(self, width: int) -> None:
        """The buttons below the words where ``width`` pixels are too few for both."""
        self._narrow = width < self._theme.px(NARROW)
        for row in self.rows:
            self._direct(row)

    def _direct(self, row: GoalRow) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        row.row.setDirection(down if self._narrow else across)

    def refresh(self) -> None:
        """Shows the goals; a form that is open stays as it is."""
        today = self._today()
        tree, goals = self._desk.time.tree, self._desk.time.goals.all()
        self._looks.set_tree(tree)
        monday, sunday = week_of(today.isoformat())
        found = {one.goal.id: one for one in self._desk.time.goals.standings(monday, sunday)}
        known = (tree, goals, found, today, self._theme.scale)
        show_if(self.empty, not goals and self.form.isHidden())
        show_if(self.new, bool(goals) and self.form.isHidden())
        if known == self._known:
            return
        self._known = known
        for row in self.rows:
            row.setParent(None)
            row.deleteLater()
        self.rows = []
        order = {one.id: i for i, one in enumerate(tree.usable())}
        goals.sort(key=lambda goal: (order.get(tree.shown(goal.category).id, 999), goal.since))
        parts = self._parted(goals, today.isoformat())
        for card, part in zip(self.cards, parts, strict=True):
            for goal in part:
                self._add(card, goal, tree, found.get(goal.id), today)
            show_if(card, bool(part))

    @staticmethod
    def _parted(goals: list[Goal], today: str) -> tuple[list[Goal], list[Goal], list[Goal]]:
        ended = [goal for goal in goals if goal.until and goal.until < today]
        later = [goal for goal in goals if goal.since > today]
        return [goal for goal in goals if goal not in ended and goal not in later], later, ended

    def _add(self, card: Card, goal: Goal, tree: Tree, found: Standing | None, today: date) -> None:
        words = (tree.label(goal.category), goal_words(goal, today), self._stands(found, today))
        row = GoalRow(self._theme, self._looks, goal, words, card)
        row.change.clicked.connect(partial(self.open_form, goal))
        row.end.clicked.connect(partial(self.end, goal))
        row.remove.clicked.connect(partial(self.remove, goal))
        over = bool(goal.until and goal.until <= today.isoformat()) or goal.since > today.isoformat()
        show_if(row.end, not over)
        show_if(row.change, card is not self.cards[2])
        self._direct(row)
        card.body.addWidget(row)
        self.rows.append(row)

    def _stands(self, found: Standing | None, today: date) -> str:
        """Where a goal stands this week; empty where none of its days has begun."""
        if found is None:
            return ""
        monday = date.fromisoformat(week_of(today.isoformat())[0])
        week = [(monday + timedelta(days=i)).isoformat() for i in range(7)]
        days = [day for day in week if counts_on(found.goal, day)]
        begun = sum(day <= today.isoformat() for day in days)
        return self.tr("This week so far: %1").replace("%1", so_far(found, begun, len(days)))

    def flush(self) -> None:
        """A goal is kept by its own button: half a goal is none."""

    def key(self, name: str) -> bool:
        """N: a new goal; one that is being set is not begun anew."""
        if name == "N" and self.form.isHidden():
            self.open_form()
        return name == "N"

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """Closes the form."""
        if self.form.isHidden():
            return False
        self.close_form()
        return True

    # -- changing
    def open_form(self, goal: Goal | None = None, *_: object) -> None:
        """The form for a new goal, or to change one."""
        audit = self._desk.time.audits.current()  # a goal set in an audit is meant for all of its days
        changed = goal if isinstance(goal, Goal) else None
        since = audit.first if audit else ""
        self.form.open(self._desk.time.tree, self._today(), changed, since=since)
        show_if(self.form, True)
        show_if(self.empty, False)
        show_if(self.new, False)
        self.form.take_focus()

    def close_form(self) -> None:
        """Away with the form and what stands in it."""
        show_if(self.form, False)
        self._known = None
        self.refresh()
        button = self.empty.button if self.new.isHidden() else self.new
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self, goal: Goal) -> None:
        goals, old = self._desk.time.goals, self._desk.time.goals.get(goal.id) if goal.id else None
        if old is None:
            new = goal._replace(id=goals.new_id())
            done = self._try(lambda: goals.put(new), self.tr("Goal kept: {name}"), goal)
        elif old._replace(since=goal.since) == goal:
            done = True  # nothing but the day that the form suggested is different
        else:
            done = self._try(lambda: goals.change(goal), self.tr("Goal changed: {name}"), goal)
        if done:
            self.close_form()

    def end(self, goal: Goal, *_: object) -> None:
        """Today is the last day of a goal."""
        ended = goal._replace(until=self._today().isoformat())
        text = self.tr("Today is the last day of this goal: {name}")
        self._try(lambda: self._desk.time.goals.put(ended), text, goal)

    def remove(self, goal: Goal, *_: object) -> None:
        """Takes a goal away, for the past too."""
        self._try(lambda: self._desk.time.goals.remove(goal.id), self.tr("Goal removed: {name}"), goal)

    def _try(self, do: Callable[[], object], text: str, goal: Goal) -> bool:
        return self._undoing.do(do, text.replace("{name}", self._desk.time.tree.label(goal.category)))
