"""Deleting the whole journal: asked by typing a word; what backups still hold is said, and goes too where wanted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui import motion
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.fields import LineField
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.unfold import unfold

WORD = "delete"


def days_of(backups: list[Path]) -> list[str]:
    """The days that copies are from, as ``20 Nov 2026``, newest first; a copy whose name tells no day has its name."""
    told = []
    for path in sorted(backups, key=lambda one: one.name, reverse=True):
        found = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
        try:
            day = date.fromisoformat(found[0]) if found else None
        except ValueError:
            day = None
        told.append(f"{day.day} {day:%b %Y}" if day else path.name)
    return told


class DeleteCard(Card):
    """Works without a key. ``deleted`` comes when nothing is left but what the user wanted to keep."""

    deleted = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self.set_title(self.tr("Delete everything"))
        self._desk = desk
        self._asking = False
        self.lead = label("", "", self, wrap=True)
        self.body.addWidget(self.lead)
        self.backups = label("", "", self, wrap=True)
        self.body.addWidget(self.backups)
        self.too = QCheckBox(self.tr("Delete these copies too"), self)
        self.too.setAccessibleName(self.too.text())
        self.body.addWidget(self.too)
        self.word = LineField(
            theme,
            self.tr("Type the word “%1” to go on").replace("%1", WORD),
            self.tr("Word to confirm"),
            "",
            self,
        )
        self.word.edit.textChanged.connect(self._on_typed)
        self.word.edit.returnPressed.connect(self._on_delete)
        self.body.addWidget(self.word)
        box, flow = flow_widget(self, theme.px(8))
        self.ask = KeyButton(theme, self.tr("Delete everything…"), "trash", "", "quiet", box)
        self.keep = KeyButton(theme, self.tr("Keep it"), "", "", "quiet", box)
        self.delete = KeyButton(theme, self.tr("Delete it all"), "trash", "", "quiet", box)
        for button, slot in (
            (self.ask, self._on_ask),
            (self.keep, self._on_keep),
            (self.delete, self._on_delete),
        ):
            button.clicked.connect(slot)
            flow.addWidget(button)
        self.body.addWidget(box)
        self.refresh()

    def refresh(self) -> None:
        """Shows what would go, and which copies hold it."""
        asking = self._asking
        found = self._desk.journal.backups()
        self.lead.setText(
            self.tr(
                "Every check, every entry, patterns, strategy and habits go for good. There is no way back."
            )
            if asking
            else self.tr(
                "All of the journal, also when the passphrase is forgotten. Calls and settings stay."
            )
        )
        days = ", ".join(days_of(found))
        text = (
            self.tr("One copy in the folder of backups still holds it, from %2.")
            if len(found) == 1
            else self.tr("%1 copies in the folder of backups still hold it, from %2.")
        )
        text = text.replace("%1", str(len(found))).replace("%2", days)
        if found and self._desk.journal.uses_keyring:
            more = self.tr("The keyring forgets the key, too: only the recovery code opens a copy then.")
            text = f"{text} {more}"
        self.backups.setText(text)
        show_if(self.backups, asking and bool(found))
        show_if(self.too, asking and bool(found))
        show_if(self.word, asking)
        show_if(self.ask, not asking)
        show_if(self.keep, asking)
        show_if(self.delete, asking)
        self._on_typed()

    def escape(self) -> bool:
        """Takes the question back; False when none was asked."""
        asked = self._asking
        if asked:
            self._on_keep()
        return asked

    def _on_ask(self) -> None:
        self._asking = True
        self.too.setChecked(False)
        self.word.edit.clear()
        self.refresh()
        unfold(self, self._theme, motion.reduced(self._desk.prefs.reduced_motion))
        self.word.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_keep(self) -> None:
        self._asking = False
        self.word.edit.clear()
        self.refresh()

    def _on_typed(self) -> None:
        self.delete.setEnabled(self.word.edit.text().strip().casefold() == WORD)

    def _on_delete(self) -> None:
        if not self.delete.isEnabled():
            return
        journal, too = self._desk.journal, self.too.isChecked()
        kept = [] if too else journal.backups()
        try:
            journal.delete_everything()
            if too:
                journal.delete_backups()
        except StoreError as error:
            self.told.emit(self.tr("Not everything could be deleted: %1").replace("%1", str(error)))
            self.refresh()
            return
        self._on_keep()
        self.told.emit(
            self.tr("The journal is deleted. Copies still hold it: %1.").replace(
                "%1", ", ".join(days_of(kept))
            )
            if kept
            else self.tr("The journal is deleted.")
        )
        self.deleted.emit()
