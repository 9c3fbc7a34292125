"""What I told myself: kinds of belief, own words, and beside them what was found at the same kind of event."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from companion.core.stress import Entry
from companion.core.stress_words import Words
from companion.ui.pages.stress.editor_part import Part, items, quiet
from companion.ui.pages.stress.editor_solved import SolvedBox
from companion.ui.theme.theme import Theme
from companion.ui.widgets.choices import Choices
from companion.ui.widgets.private import PrivateEdit
from companion.ui.widgets.shown import show_if

_BESIDE = 640
"""Pixels at 100 % from which they stand at the side."""


class BeliefPart(Part):
    """The beliefs (abc.model, abc.links). ``kind_changed`` carries the id of the kind chosen, or none."""

    kind_changed = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._words = words
        self.heading.setText(self.tr("What I told myself"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        left = self._left = QVBoxLayout()
        self.kinds = Choices(theme, self.tr("Kind of belief"), self.card)
        self.kinds.set_items(items(words.beliefs))
        left.addWidget(self.kinds)
        self.why = quiet(theme, "", self.card)
        left.addWidget(self.why)
        placeholder = self.tr("What went through my head, word for word")
        self.belief = PrivateEdit(theme, self.tr("Belief"), placeholder, 2, 8, self.card)
        left.addWidget(self.belief)
        left.addStretch(1)
        self._columns.addLayout(left, 3)
        self.solved = SolvedBox(theme, words, self.card)
        self._columns.addWidget(self.solved, 2)
        self.body.addLayout(self._columns)
        self.kinds.toggled.connect(self._on_kind)
        self.belief.textChanged.connect(self.changed)
        show_if(self.why, False)
        self._restyle_columns()
        theme.changed.connect(self._restyle_columns)

    def _restyle_columns(self) -> None:
        self._columns.setSpacing(self.theme.px(16))
        self._left.setSpacing(self.theme.px(8))

    def fit(self, width: int) -> None:
        narrow = width < self.theme.px(_BESIDE)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)

    def show_entry(self, entry: Entry) -> None:
        self.kinds.set_chosen((entry.belief_kind,) if entry.belief_kind else ())
        self.belief.set_text(entry.belief)

    def take(self, entry: Entry) -> Entry:
        return entry._replace(belief_kind=self.kind(), belief=self.belief.text())

    def kind(self) -> str:
        """The kind of belief that is chosen, or an empty text."""
        return next(iter(self.kinds.chosen()), "")

    def first(self) -> QWidget:
        return self.kinds

    def mark_for(self, feelings: Sequence[str]) -> None:
        """Marks the beliefs that these feelings often come from; chooses nothing (abc.links)."""
        marks: dict[str, str] = {}
        told = []
        for ident in feelings:
            name = self._words.name(ident)
            linked = self._words.beliefs_of(ident)
            for belief in linked:
                marks[belief.id] = self.tr("often goes with {feeling}").replace("{feeling}", name)
            names = " · ".join(one.name for one in linked if one.id != self.kind())
            if names:
                words = self.tr("{feeling} often goes with: {beliefs}")
                told.append(words.replace("{feeling}", name).replace("{beliefs}", names))
        self.kinds.set_marks(marks)
        self.why.set_text("\n".join(told))
        show_if(self.why, bool(told))

    def _on_kind(self, _ident: str, _on: bool) -> None:
        self.kind_changed.emit(self.kind())
        self.changed.emit()
