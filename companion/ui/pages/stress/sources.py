"""Sources of stress (abc.sources), named: which of the shipped ones are one's own, and others in own words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from weakref import ref

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from companion.core.stress_words import Choice
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.choices import Choices, Item
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.private import PrivateLine

PAGE = "sources"
"""The page of the journal that holds them, as ``{"mine": [id or own words, …]}``."""

LONGEST = 120
"""Characters of a source in own words."""


def named(desk: Desk) -> tuple[str, ...]:
    """The sources that were named: ids of shipped ones and own words. Raises StoreError; the journal is open."""
    mine = desk.journal.page(PAGE).get("mine")
    return tuple(x for x in mine if isinstance(x, str) and x) if isinstance(mine, list) else ()


def own(desk: Desk, shipped: tuple[Choice, ...]) -> tuple[str, ...]:
    """Those in own words, for a place where a source is chosen."""
    ids = {choice.id for choice in shipped}
    return tuple(name for name in named(desk) if name not in ids)


class SourcesCard(Card):
    """Chips to choose, and a line for one of one's own; what is unchosen can be brought back."""

    undo_offered = Signal(str, object)
    refused = Signal(str)

    def __init__(
        self, desk: Desk, theme: Theme, shipped: tuple[Choice, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent, padding=24)
        self._desk, self._shipped = desk, shipped
        self._before: tuple[str, ...] = ()
        self.set_title(self.tr("My sources of stress"))
        self.setAccessibleName(self.tr("My sources of stress"))
        hint = self.tr("Choose what fits, add what is missing. A source with a name is easier to see coming.")
        self.body.addWidget(label(hint, "hint", self, wrap=True))
        self.choices = Choices(theme, self.tr("My sources of stress"), self, several=True)
        self.choices.set_items([Item(one.id, one.name, one.hint) for one in shipped])
        self.choices.toggled.connect(self._on_toggled)
        self.body.addWidget(self.choices)
        row = QHBoxLayout()
        self.line = PrivateLine(
            theme, self.tr("Another source"), self.tr("Another one, in your own words"), self
        )
        self.line.entered.connect(self._on_add)
        self.add = KeyButton(theme, self.tr("Add"), "plus", "", "quiet", self)
        self.add.clicked.connect(self._on_add)
        row.addWidget(self.line, 1)
        row.addWidget(self.add)
        self.body.addLayout(row)
        self._row = row
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        self.body.setSpacing(self._theme.px(12))
        self._row.setSpacing(self._theme.px(8))

    def refresh(self) -> None:
        """Shows what is kept. Raises StoreError."""
        self.choices.set_chosen(named(self._desk))

    def _on_toggled(self, ident: str, on: bool) -> None:
        before = self._kept()
        if before is None:
            return
        wanted = (*before, ident) if on else tuple(name for name in before if name != ident)
        own_words = ident not in {choice.id for choice in self._shipped}
        if self._keep(wanted) and not on and own_words:
            self.undo_offered.emit(self.tr("Source removed."), self._back_to(before))

    def _back_to(self, before: tuple[str, ...]) -> Callable[[], None]:
        self._before = before
        card = ref(self)

        def undo() -> None:
            # The words are known to the card alone, and go with it at a lock.
            there = card()
            if there is not None and isValid(there) and there._desk.journal.state == "open":
                there._keep(there._before)

        return undo

    def _on_add(self) -> None:
        words = " ".join(self.line.text().split())[:LONGEST]
        before = self._kept()
        if not words or before is None:
            self.line.setFocus()
            return
        same = next((one.id for one in self._shipped if one.name.casefold() == words.casefold()), words)
        if same in before or self._keep((*before, same)):
            self.line.set_text("")
        self.line.setFocus()

    def _kept(self) -> tuple[str, ...] | None:
        try:
            return named(self._desk)
        except StoreError as error:
            self.refused.emit(str(error))
            return None

    def _keep(self, wanted: tuple[str, ...]) -> bool:
        try:
            self._desk.journal.write_page(PAGE, {"mine": list(dict.fromkeys(wanted))})
            self.refresh()
        except StoreError as error:
            with suppress(StoreError):
                self.refresh()  # back to what is kept: a chip must not claim more
            self.refused.emit(str(error))
            return False
        return True
