"""What the parts of the editor share: each shows its share of an entry, and gives it back as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from companion.core.stress import Entry
from companion.core.stress_words import Belief, Choice
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.choices import Item
from companion.ui.widgets.readout import ReadOut


class Part(QWidget):
    """A card with a heading in plain words. ``changed`` tells of every key and click that changes the entry."""

    changed = Signal()

    def __init__(self, theme: Theme, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card = Card(theme, "", self)
        self.heading = label(heading, "title", self.card)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.card.title_row.addWidget(self.heading)
        column.addWidget(self.card)
        self.body = self.card.body

    def show_entry(self, entry: Entry) -> None:
        """Shows an entry, without announcing it."""
        raise NotImplementedError

    def take(self, entry: Entry) -> Entry:
        """``entry`` with what stands here now."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Where writing begins."""
        raise NotImplementedError

    def fit(self, width: int) -> None:
        """The part is this many pixels wide from now on."""

    def caption(self, text: str) -> QLabel:
        """Small words above a field."""
        made = label(text, "hint", self.card)
        self.body.addWidget(made)
        return made

    def note(self, text: str = "") -> ReadOut:
        """Quiet words that wrap."""
        made = quiet(self.theme, text, self.card)
        self.body.addWidget(made)
        return made


def quiet(theme: Theme, text: str, parent: QWidget, role: str = "small", token: str = "muted") -> ReadOut:
    """Words that wrap. In a page that scrolls they may count as low as one line: a label would ask for the height that
    it had at its narrowest.
    """
    made = ReadOut(theme, QCoreApplication.translate("stress", "Note"), role, parent, token)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    made.set_text(text)
    return made


def items(choices: Sequence[Choice | Belief]) -> list[Item]:
    """Shipped words as chips."""
    return [Item(one.id, one.name, one.hint) for one in choices]
