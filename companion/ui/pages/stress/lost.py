"""What could not be read, said in plain words, and the way back from a copy; what is amiss never looks like nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.deleting import days_of
from companion.ui.pages.stress.editor_part import quiet
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if


class LostCard(Card):
    """Shown while records of an open journal cannot be read, and after its file had to be rebuilt at unlocking."""

    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=12)
        self._desk = desk
        self._waved: object = None
        self._answer = ""
        self.set_title(self.tr("Not all of it can be read"))
        self.setAccessibleName(self.tr("Not all of it can be read"))
        self.wave = KeyButton(theme, "", "close", "", "plain", self)
        self.wave.setAccessibleName(self.tr("Seen"))
        self.wave.clicked.connect(self._on_wave)
        self.title_row.addWidget(self.wave)
        self.words = quiet(theme, "", self, "body", "text")
        self.body.addWidget(self.words)
        self.back = KeyButton(theme, self.tr("Bring it back from a copy"), "", "", "quiet", self)
        self.back.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.back.clicked.connect(self._on_back)
        self.body.addWidget(self.back)
        self.hide()

    def refresh(self) -> None:
        """Shows what cannot be read now. Raises StoreError."""
        journal = self._desk.journal
        lost, rescued = len(journal.damaged), journal.rescued
        rebuilt = rescued is not None and rescued is not self._waved
        copies = journal.backups() if lost else []
        told = [self._rebuilt_words()] if rebuilt else []
        if lost:
            told.append(
                self.tr("One record of the journal cannot be read; all others are whole.")
                if lost == 1
                else self.tr("%1 records of the journal cannot be read; all others are whole.").replace(
                    "%1", str(lost)
                )
            )
            told.append(
                self._answer
                or (
                    self.tr("A copy may still hold it.")
                    if copies
                    else self.tr("There is no copy of an earlier day.")
                )
            )
        self.words.set_text(" ".join(told))
        self.set_title(
            self.tr("Not all of it can be read") if lost else self.tr("The journal's file was rebuilt")
        )
        show_if(self.back, bool(copies) and not self._answer)
        show_if(self.wave, rebuilt and not lost)
        show_if(self, bool(told))

    def _rebuilt_words(self) -> str:
        rescued = self._desk.journal.rescued
        if rescued is None:
            return ""
        words = self.tr(
            "Its file was damaged and has been rebuilt from what could be read. The damaged one is kept beside it, "
            "untouched."
        )
        if rescued.keys_from is not None:
            day = ", ".join(days_of([rescued.keys_from]))
            more = self.tr("The passphrase is the one of the copy of %1.").replace("%1", day)
            words = f"{words} {more}"
        return words

    def _on_wave(self) -> None:
        self._waved = self._desk.journal.rescued
        self.hide()

    def _on_back(self) -> None:
        try:
            came = self._desk.journal.restore_damaged()
            self._answer = "" if came else self.tr("None of the copies has it.")
            self.refresh()
        except StoreError as error:
            self.told.emit(self.tr("It could not be brought back: ") + str(error))
            return
        if came:
            self.told.emit(
                self.tr("One record came back from a copy.")
                if came == 1
                else self.tr("%1 records came back from copies.").replace("%1", str(came))
            )
