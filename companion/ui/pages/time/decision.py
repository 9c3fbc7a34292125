"""The one decision that an audit ends in: so many minutes a day from one category to another."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from companion.core import audit as core
from companion.core.audit import STEP, TECHNOLOGY, Audit, Decision, Report
from companion.core.categories import Tree
from companion.core.goals import Goal
from companion.ui.pages.time.category_box import CategoryBox
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.periods import with_weekday
from companion.ui.pages.time.telling import aim_words
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.choices import Choices, Item
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

MINUTES = (10, 15, 20, 30, 45, 60)
"""Minutes a day to choose from."""


def goals_words(goals: tuple[Goal, Goal], tree: Tree, since: str) -> str:
    """What a decision becomes: ``In the week from Mon 23 Nov: Technology at most 2 h a day, Exercise at least …``."""
    first, second = (f"{tree.label(goal.category)} {aim_words(goal)}" for goal in goals)
    return f"In the week from {with_weekday(date.fromisoformat(since))}: {first}, {second}."


class DecisionForm(Card):
    """``decided`` carries the decision. Enter takes it."""

    decided = Signal(object)

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, kind="now", padding=20)
        self._audit: Audit | None = None
        self._found: Report | None = None
        self._tree: Tree | None = None
        self._since = ""
        self.set_title(self.tr("One decision"))
        self.setAccessibleName(self.tr("One decision"))
        text = self.tr("One small change for the week to come. It becomes a goal of that week.")
        self.body.addWidget(label(text, "muted", self, wrap=True))
        self.minutes = Choices(theme, self.tr("Minutes a day"), self)
        words = self.tr("{n} minutes")
        self.minutes.set_items([Item(str(n), words.replace("{n}", str(n))) for n in MINUTES])
        self.minutes.set_chosen((str(STEP // 60),))
        self.minutes.toggled.connect(self._on_minutes)
        self.body.addWidget(self.minutes)
        box, self._row = flow_widget(self, 8)
        self.source = CategoryBox(theme, looks, self.tr("From"), (), box)
        self.target = CategoryBox(theme, looks, self.tr("To"), (), box)
        for caption, field in ((self.tr("a day from"), self.source), (self.tr("to"), self.target)):
            words_label = label(caption, "body", box)
            words_label.setMinimumHeight(theme.px(36))
            self._row.addWidget(words_label)
            self._row.addWidget(field)
            field.currentIndexChanged.connect(self._say)
        self.body.addWidget(box)
        self.sentence = label("", "strong", self, wrap=True)
        self.detail = label("", "muted", self, wrap=True)
        self.word = label("", "warn", self, wrap=True)
        for part in (self.sentence, self.detail, self.word):
            self.body.addWidget(part)
        self.take = KeyButton(theme, self.tr("Make it next week's goal"), "check", "", "primary", self)
        self.take.clicked.connect(self._on_take)
        self.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        self.body.setSpacing(self._theme.px(12))
        self._row.setSpacing(self._theme.px(10))

    def fit(self, narrow: bool) -> None:
        """Shorter boxes and a shorter button where there is little room."""
        for field in (self.source, self.target):
            field.setMinimumContentsLength(12 if narrow else 18)
        whole = self.tr("Make it next week's goal")
        self.take.set_label(self.tr("Make it a goal") if narrow else whole, whole)

    # -- what is shown
    def open(self, audit: Audit, tree: Tree, found: Report, since: str) -> None:
        """Begins with the suggestion of the report; what was chosen for this audit stays chosen. ``since`` is the
        Monday of the week that it is for."""
        again = audit == self._audit
        self._audit, self._tree, self._found, self._since = audit, tree, found, since
        for field in (self.source, self.target):
            field.set_tree(tree)
        if not again:
            wanted = found.suggestion or Decision(STEP, TECHNOLOGY, "exercise")
            self.source.choose(wanted.source)
            self.target.choose(wanted.target)
            self.minutes.set_chosen((str(wanted.seconds // 60),))
        self._say()

    def decision(self) -> Decision:
        """What stands in the form."""
        minutes = int(next(iter(self.minutes.chosen()), str(STEP // 60)))
        return Decision(minutes * 60, self.source.chosen(), self.target.chosen())

    def goals(self) -> tuple[Goal, Goal] | None:
        """What it would become; None where it cannot be."""
        if self._found is None or self._tree is None or self._audit is None:
            return None
        try:
            return core.goals_of(self.decision(), self._tree, self._found, self._since, ("1", "2"))
        except ValueError:
            return None

    def _on_minutes(self, ident: str, on: bool) -> None:
        if not on and not self.minutes.chosen():
            self.minutes.set_chosen((ident,))
        self._say()

    def _say(self, *_: object) -> None:
        if self._tree is None or self._audit is None or not self.source.count():
            return
        goals, wanted = self.goals(), self.decision()
        self.sentence.setText(core.words(wanted, self._tree))
        if goals is not None:
            self.detail.setText(goals_words(goals, self._tree, self._since))
        self.word.setText(self._trouble(wanted))
        show_if(self.detail, goals is not None)
        show_if(self.sentence, goals is not None)
        show_if(self.word, goals is None)
        self.take.setEnabled(goals is not None)

    def _trouble(self, wanted: Decision) -> str:
        tree = self._tree
        if tree is not None and tree.shown(wanted.source) == tree.shown(wanted.target):
            return self.tr("Choose two different categories.")
        return self.tr(
            "There is less than that a day to take from. Choose fewer minutes or another category."
        )

    def _on_take(self) -> None:
        if self.goals() is not None:
            self.decided.emit(self.decision())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take.click()
        else:
            super().keyPressEvent(event)
