"""After the call: the outcome by one digit, the promise, four lines to remember, stress; all of it optional."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.core.calls import Call
from companion.core.playbook import Field, Outcome
from companion.ui.drafts import Drafts
from companion.ui.keys import Keys, shown
from companion.ui.pages.call.header import SecondCall
from companion.ui.pages.call.promise import PromiseBox
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.checkrow import CheckRow
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.fields import GrowingEdit, LineField
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut, SingleLine
from companion.ui.widgets.say import say

NARROW = 760


class WrapupView(QWidget):
    """Choices are wishes; texts are drafts."""

    command_requested = Signal(str)
    outcome_chosen = Signal(str)
    stress_chosen = Signal(object)

    def __init__(self, theme: Theme, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._outcomes: tuple[Outcome, ...] = ()
        self._stress: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.second = SecondCall(theme, self)
        self.second.command_requested.connect(self.command_requested)
        column.addWidget(self.second)
        self._build_head(column)
        self._columns = QHBoxLayout()
        left, right = QVBoxLayout(), QVBoxLayout()
        self._build_outcomes(left)
        self._build_promise(left, drafts)
        left.addStretch(1)
        self._build_reflection(right, drafts)
        self._build_stress(right)
        right.addStretch(1)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        column.addLayout(self._columns)
        column.addStretch(1)
        self._column, self._left, self._right = column, left, right
        self._restyle()
        theme.changed.connect(self._restyle)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():  # else the window only came back from where it was minimised to
            say(self, self.tr("Wrap-up"))

    def _build_head(self, column: QVBoxLayout) -> None:
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row = self._told = QHBoxLayout()
        self.time = SingleLine(self._theme, self.tr("Call time"), "time", "00:00", self)
        row.addWidget(self.time)
        words = QVBoxLayout()
        self.who = ElideLabel(self._theme, "", "title", "text", self)
        words.addWidget(self.who)
        self.facts = ReadOut(self._theme, self.tr("Times"), "small", self, token="muted")
        words.addWidget(self.facts)
        row.addLayout(words, 1)
        head.addLayout(row, 1)
        box, flow = flow_widget(self, 8)
        head.addWidget(box)
        self.buttons: dict[str, KeyButton] = {}
        for command, text, icon, kind in (
            ("undo_end", self.tr("Back to the call"), "undo", "plain"),
            ("later", self.tr("Finish later"), "clock", "quiet"),
            ("done", self.tr("Done"), "check", "primary"),
        ):
            button = KeyButton(self._theme, text, icon, "", kind, self)
            button.setObjectName(command)
            button.clicked.connect(self._on_clicked)
            self.buttons[command] = button
            flow.addWidget(button)
        column.addLayout(head)
        self.split = ReadOut(self._theme, self.tr("Split"), "small", self, token="muted")
        column.addWidget(self.split)

    def _build_outcomes(self, column: QVBoxLayout) -> None:
        card = Card(self._theme, self.tr("Outcome"), self, kind="now")
        self.outcomes = [CheckRow(self._theme, parent=card, quiet_when_checked=False) for _ in range(9)]
        for row in self.outcomes:
            row.clicked.connect(self._on_outcome)
            card.body.addWidget(row)
        self._outcome_box = card.body
        column.addWidget(card)

    def _build_promise(self, column: QVBoxLayout, drafts: Drafts) -> None:
        card = Card(self._theme, self.tr("Promise and notes"), self)
        self.promise = PromiseBox(self._theme, drafts, card)
        card.body.addWidget(self.promise)
        self.notes = GrowingEdit(
            self._theme, self.tr("Notes"), self.tr("What must not be forgotten"), 3, 8, card
        )
        drafts.bind(self.notes, "notes")
        card.body.addWidget(self.notes)
        column.addWidget(card)

    def _build_reflection(self, column: QVBoxLayout, drafts: Drafts) -> None:
        self._reflect = Card(self._theme, self.tr("For next time"), self)
        self._drafts = drafts
        self._fields: tuple[Field, ...] = ()
        column.addWidget(self._reflect)

    def _build_stress(self, column: QVBoxLayout) -> None:
        card = Card(self._theme, self.tr("How stressful was it?"), self)
        box, flow = flow_widget(card, 4)
        self.stress: list[KeyButton] = []
        for n in range(11):
            button = KeyButton(self._theme, str(n), "", "", "chip", card)
            button.setObjectName(str(n))
            button.setAccessibleName(self.tr("Stress {n} of 10").replace("{n}", str(n)))
            button.clicked.connect(self._on_stress)
            flow.addWidget(button)
            self.stress.append(button)
        card.body.addWidget(box)
        self.stress_words = label("", "hint", card)
        card.body.addWidget(self.stress_words)
        column.addWidget(card)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(12))
        self._columns.setSpacing(px(16))
        self._left.setSpacing(px(12))
        self._right.setSpacing(px(12))
        self._head.setSpacing(px(10))
        self._told.setSpacing(px(12))
        self._outcome_box.setSpacing(px(2))

    def fit(self, width: int) -> None:
        """One column where two do not fit into ``width`` pixels."""
        narrow = width < self._theme.px(NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        self._head.setDirection(down if narrow else across)

    # -- showing
    def show_keys(self, keys: Keys) -> None:
        """The key on each button."""
        for command, button in self.buttons.items():
            button.set_key_hint(shown(keys.key(command)))

    def set_fields(self, fields: tuple[Field, ...]) -> None:
        """The lines to remember (reflect.review), made once from the playbook."""
        if fields == self._fields:
            return
        self._fields = fields
        for field in fields:
            line = LineField(self._theme, field.label, field.label, field.ask, self._reflect)
            self._drafts.bind(line.edit, field.id)
            self._reflect.body.addWidget(line)

    def show_call(
        self, call: Call, outcomes: tuple[Outcome, ...], who: str, time: str, facts: str, split: str
    ) -> None:
        """Shows the call's wrap-up; the texts are shown by their drafts."""
        self._outcomes = outcomes
        self.who.set_text(who)
        self.time.set_text(time)
        self.facts.set_text(facts)
        self.split.set_text(split)
        self.split.setVisible(bool(split))
        for i, row in enumerate(self.outcomes):
            there = i < len(outcomes)
            if there:
                row.set_text(outcomes[i].name)
                row.set_key_hint(str(outcomes[i].key))
                row.setChecked(outcomes[i].id == call.outcome)
            row.setVisible(there)
        value = call.values.get("stress")
        self._stress = value if isinstance(value, int) else None
        for n, button in enumerate(self.stress):
            button.set_kind("primary" if n == self._stress else "chip")
        self.stress_words.setText(
            self.tr("Not given. 0 is calm, 10 is as hard as it gets.")
            if self._stress is None
            else f"{self._stress} / 10"
        )

    # -- wishes
    def choose_digit(self, digit: int) -> bool:
        """Chooses the outcome with this digit, or takes it back; False when there is none."""
        if not 1 <= digit <= len(self._outcomes):
            return False
        self.outcomes[digit - 1].click()
        return True

    def _on_clicked(self) -> None:
        self.command_requested.emit(self.sender().objectName())

    def _on_outcome(self) -> None:
        row = self.sender()
        for i, known in enumerate(self.outcomes[: len(self._outcomes)]):
            if known is row:
                self.outcome_chosen.emit(self._outcomes[i].id if known.isChecked() else "")

    def _on_stress(self) -> None:
        n = int(self.sender().objectName())
        self.stress_chosen.emit(None if n == self._stress else n)
