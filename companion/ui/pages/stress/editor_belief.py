"""What I told myself: kinds of belief, own words, and beside them what was found at the same kind of event."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from companion.core.stress import Entry, Solved
from companion.core.stress_words import Words
from companion.ui.pages.stress.editor_part import Part, items, quiet
from companion.ui.pages.stress.told import told_day
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.choices import Choices
from companion.ui.widgets.private import PrivateEdit
from companion.ui.widgets.shown import show_if

_SHOWN = 3
"""Earlier solutions shown at once, the newest first."""
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


class SolvedBox(QFrame):
    """ "You solved this once": one's own earlier sentences at the same kind of event, dated, to be read only."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self.setProperty("kind", "notice-info")
        self._column = QVBoxLayout(self)
        title = label(
            words.texts.get("solved", "") or self.tr("You solved this once"), "strong", self, wrap=True
        )
        self._column.addWidget(title)
        self.setAccessibleName(title.text())
        self._rows: list[QWidget] = []
        self._shown: tuple[Solved, ...] = ()
        self._column.addStretch(1)
        self.hide()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        edge = self._theme.px(14)
        self._column.setContentsMargins(edge, self._theme.px(12), edge, edge)
        self._column.setSpacing(self._theme.px(6))

    def show_solved(self, solved: Sequence[Solved]) -> None:
        """Shows what was found before, the newest first; hidden while there is nothing."""
        wanted = tuple(sorted(solved, key=lambda one: one.at, reverse=True)[:_SHOWN])
        show_if(self, bool(wanted))
        if wanted == self._shown:
            return
        self._shown = wanted
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for one in wanted:
            self._add(quiet(self._theme, self._when(one), self))
            if one.balanced:
                self._add(quiet(self._theme, one.balanced, self, "body", "text"))
            for action in one.helped:
                told = self.tr("{action} helped: {n} of 10").replace("{n}", str(action.helped))
                self._add(quiet(self._theme, told.replace("{action}", self._words.name(action.kind)), self))

    def _add(self, row: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, row)
        self._rows.append(row)
        row.show()

    def _when(self, one: Solved) -> str:
        day = told_day(one.at, one.zone)
        if one.before is None or one.after is None:
            return day
        return f"{day} · {one.before} → {one.after}"
