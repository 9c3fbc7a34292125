"""Another passphrase for the same journal: nothing in it has to be written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.motion import reduced
from companion.ui.pages.stress.calm import Waiting
from companion.ui.pages.stress.secret import LEAST, SecretField
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.work import Work

if TYPE_CHECKING:
    from companion.journal import NewLock


class PassphraseCard(Card):
    """The old passphrase, and the new one twice. Without an old one (keyring, recovery code) it is not asked for."""

    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._desk = desk
        self._recovered = False
        self._work = Work(self)
        self.lead = label("", "", self, wrap=True)
        self.body.addWidget(self.lead)
        self.old = SecretField(theme, self.tr("Present passphrase"), parent=self)
        self.new = SecretField(theme, self.tr("New passphrase"), parent=self)
        self.again = SecretField(theme, self.tr("New passphrase once more"), parent=self)
        self.again.show_no_peek()
        for field in (self.old, self.new, self.again):
            self.body.addWidget(field)
            field.edited.connect(self._on_edited)
        self.old.entered.connect(self.new.take_focus)
        self.new.entered.connect(self.again.take_focus)
        self.again.entered.connect(self.change)
        self.new.peek.clicked.connect(self._on_peek)
        self.wrong = label("", "", self, wrap=True)
        self.body.addWidget(self.wrong)
        self.wrong.hide()
        self.waiting = Waiting(theme, reduced(desk.prefs.reduced_motion), self)
        self.body.addWidget(self.waiting)
        self.button = KeyButton(theme, "", "", "", "quiet", self)
        self.button.clicked.connect(self.change)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Shows which of the three are needed."""
        keyring = self._desk.journal.uses_keyring
        show_if(self.old, not keyring and not self._recovered)
        self.set_title(self.tr("Passphrase"))
        if self._recovered:
            lead = self.tr(
                "The recovery code opened it. Choose a new passphrase, so that you need no paper next time."
            )
        elif keyring:
            lead = self.tr(
                "It has no passphrase: the key lies in this computer's keyring. You can give it one."
            )
        else:
            lead = self.tr("Nothing in the journal has to be written anew for another passphrase.")
        self.lead.setText(lead)
        self.button.set_label(
            self.tr("Set the passphrase") if keyring or self._recovered else self.tr("Change the passphrase")
        )
        self.button.set_kind("primary" if self._recovered else "quiet")

    def ask(self, recovered: bool) -> None:
        """Begins, with the keyboard in the first field."""
        self._recovered = recovered
        self.refresh()
        (self.new if self.old.isHidden() else self.old).take_focus()

    def drop(self) -> None:
        """Forgets what was typed."""
        self._work.call_off()
        self._set_busy(False)
        self._recovered = False
        self._tell("")
        for field in (self.old, self.new, self.again):
            field.show_signs(False)
            field.clear()

    def change(self) -> None:
        """Makes the new lock on a thread, and puts it in the place of the old one."""
        if self._work.busy:
            return
        new, journal = self.new.text(), self._desk.journal
        if len(new) < LEAST:
            self.new.take_focus()
            self._tell(self.tr("At least %1 characters, please.").replace("%1", str(LEAST)))
            return
        if new != self.again.text():
            self.again.take_focus()
            self._tell(self.tr("The two are not the same. “Show” lets you compare them."))
            return
        old = None if self.old.isHidden() else self.old.text()
        if old is not None and journal.pause_s > 0:
            self._tell(self.tr("A moment, please: the next try is taken in a few seconds."))
            return

        def work() -> NewLock:
            if old is not None:
                journal.attempt(old)
            return journal.rewrap(new)

        self._tell("")
        self._set_busy(True)
        self._work.run(work, self._on_made, self._on_failed)

    def _on_made(self, made: NewLock) -> None:
        self._set_busy(False)
        try:
            self._desk.journal.change_passphrase(made)
        except StoreError as error:
            self._tell(str(error))
            return
        self.drop()
        self.refresh()
        self.told.emit(self.tr("The new passphrase holds from now on."))

    def _on_failed(self, error: Exception) -> None:
        from companion.journal import WrongSecret

        self._set_busy(False)
        if isinstance(error, WrongSecret):
            self.old.take_focus()
            self._tell(self.tr("The present passphrase is another one. Nothing was changed."))
        elif isinstance(error, StoreError):
            self._tell(str(error))
        else:
            raise error

    def _set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        if busy:
            self.waiting.wait_for(self.tr("Making the key…"))
        else:
            self.waiting.hide()

    def _on_peek(self) -> None:
        self.again.show_signs(self.new.shown)

    def _on_edited(self) -> None:
        self._tell("")

    def _tell(self, text: str) -> None:
        self.wrong.setText(text)
        show_if(self.wrong, bool(text))
        for field in (self.old, self.new, self.again):
            field.set_problem(text)
