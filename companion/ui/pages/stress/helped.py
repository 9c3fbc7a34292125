"""One question, once, about an action of before: did it help?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.core.stress import Action, Entry
from companion.core.stress_words import Words
from companion.desk import Desk
from companion.ui.pages.stress.actions import told_action
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut
from companion.ui.widgets.scale import Scale
from companion.ui.widgets.shown import show_if


class HelpedCard(Card):
    """``answered`` carries the ids of entry and action, and the number or None where it was waved away."""

    answered = Signal(str, str, object)

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, words.texts.get("helped", "") or "Did it help?", parent, padding=12)
        self._desk, self._words = desk, words
        self._about: tuple[str, str] = ("", "")
        self.wave = KeyButton(theme, "", "close", "", "plain", self)
        self.wave.setAccessibleName(self.tr("Do not ask about this"))
        self.wave.clicked.connect(self._on_wave)
        self.title_row.addWidget(self.wave)
        self.what = ReadOut(theme, self.tr("Action"), "body", self)
        self.body.addWidget(self.what)
        self.scale = Scale(theme, self.tr("Did it help?"), self, self.tr("not at all"), self.tr("very much"))
        self.scale.changed.connect(self._on_changed)
        self.body.addWidget(self.scale)
        self.keep = KeyButton(theme, self.tr("Keep"), "check", self.tr("Enter"), "quiet", self)
        self.keep.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.keep.clicked.connect(self._on_keep)
        self.body.addWidget(self.keep)
        self.hide()

    def show_question(self, asked: tuple[Entry, Action] | None) -> None:
        """Asks about this action; hidden while there is nothing to ask."""
        about = (asked[0].id, asked[1].id) if asked else ("", "")
        if about != self._about:
            self._about = about
            self.scale.set_value(None)
            if asked:
                self.what.set_text(told_action(asked[1], self._words, self._desk))
        show_if(self.keep, self.scale.value is not None)
        show_if(self, asked is not None)

    def flush(self) -> None:
        """A number that was chosen is kept, whether Keep was pressed or not."""
        if self._about[0] and self.scale.value is not None:
            self._on_keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.scale.value is not None:
            self._on_keep()
        else:
            super().keyPressEvent(event)

    def _on_changed(self, value: object) -> None:
        show_if(self.keep, value is not None)

    def _on_keep(self) -> None:
        self._answer(self.scale.value)

    def _on_wave(self) -> None:
        self._answer(None)

    def _answer(self, helped: int | None) -> None:
        (entry, action), self._about = self._about, ("", "")
        if entry:
            self.answered.emit(entry, action, helped)
