"""The charts of Patterns in their cards: when, with what, before and after, what helped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.core.hours import DAYS
from companion.core.patterns import Group, Pairs, Patterns, trimmed
from companion.desk import Desk
from companion.journal_words import words
from companion.ui.pages.stress.chart import Block
from companion.ui.pages.stress.figure_words import bars_of, plural, told_pairs
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card


class PatternCards(QWidget):
    """Shows what was counted; two columns, or one where it is narrow."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._build_cards()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _build_cards(self) -> None:
        tr, median = self.tr, self.tr("Median")
        self.hours = self._block(tr("By hour of the day"), tr("Hour"), median, True)
        self.weekdays = self._block(tr("By weekday"), tr("Day"), median, True)
        self.reasons = self._block(tr("Reason for calling"), tr("Reason"), median)
        self.sources = self._block(tr("Source of stress"), tr("Source"), median)
        self.events = self._block(tr("Kind of event"), tr("Kind of event"), median)
        self.pairs = self._block("", tr("When"), median)
        self.helped = self._block("", tr("Action"), median)
        self.blocks = (
            *(self.hours, self.weekdays, self.reasons, self.sources, self.events),
            *(self.pairs, self.helped),
        )
        self._columns: list[QBoxLayout] = []
        when = self._card(tr("When"), [[self.hours], [self.weekdays]], (3, 2))
        what = self._card(tr("With what"), [[self.reasons, self.sources], [self.events]], (1, 1))
        both = QHBoxLayout()
        both.addWidget(self._card(tr("Before and after"), [[self.pairs]], (1,)), 1)
        both.addWidget(self._card(tr("What helped"), [[self.helped]], (1,)), 1)
        self._both = both
        self._columns.append(both)
        self._cards.addWidget(when)
        self._cards.addWidget(what)
        self._cards.addLayout(both)

    def _block(self, caption: str, head: str, value: str, standing: bool = False) -> Block:
        return Block(self._theme, caption, head, value, standing, self)

    def _card(self, title: str, columns: list[list[Block]], shares: tuple[int, ...]) -> Card:
        card = Card(self._theme, title, self, padding=20)
        card.setAccessibleName(title)
        row = QHBoxLayout()
        for blocks, share in zip(columns, shares, strict=True):
            column = QVBoxLayout()
            for block in blocks:
                column.addWidget(block)
            column.addStretch(1)
            row.addLayout(column, share)
        card.body.addLayout(row)
        card.body.addStretch(1)
        self._columns.append(row)
        return card

    def _restyle(self) -> None:
        px = self._theme.px
        self._cards.setSpacing(px(16))
        for row in self._columns:
            row.setSpacing(px(28))
        self._both.setSpacing(px(16))

    def set_narrow(self, narrow: bool) -> None:
        """Everything in one column, or in two."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for row in self._columns:
            row.setDirection(down if narrow else across)

    def show_tables(self, wanted: bool) -> None:
        """Tables in place of the charts, or back."""
        for block in self.blocks:
            block.show_table(wanted)

    def show_figures(self, found: Patterns) -> None:
        """Shows these figures."""
        self.hours.show_bars(bars_of(trimmed(found.hours.figures), str))
        self.weekdays.show_bars(bars_of(found.weekdays.figures, lambda key: DAYS[int(key)]))
        names = {choice.id: choice.name for choice in words().choices()}
        self._show_group(self.reasons, found.reasons, self._desk.reason_name)
        self._show_group(self.sources, found.sources, lambda key: names.get(key, key))
        self._show_group(self.events, found.events, lambda key: names.get(key, key))
        self._show_pairs(found.pairs)
        none = self.tr(
            "No answer yet. Some time after an action you are asked once whether it helped, 0 to 10."
        )
        some = self.tr("From your own answers to whether it helped, 0 to 10.")
        self.helped.show_bars(
            bars_of(found.helped.figures, lambda key: names.get(key, key)),
            some if found.helped.cases else none,
        )

    def _show_group(self, block: Block, group: Group, name: Callable[[str], str]) -> None:
        if not group.figures:
            block.show_bars((), self.tr("None of these entries names one."))
            return
        left = (
            plural(group.unnamed, "One entry names none.", "{count} entries name none.")
            if group.unnamed
            else ""
        )
        block.show_bars(bars_of(group.figures, name), left)

    def _show_pairs(self, pairs: Pairs) -> None:
        names = {"before": self.tr("Before"), "after": self.tr("After")}
        both = (pairs.before, pairs.after) if pairs.cases else ()
        self.pairs.show_bars(bars_of(both, names.__getitem__), told_pairs(pairs))
