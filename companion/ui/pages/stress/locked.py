"""The locked journal: one field to open it, the way round with the recovery code, plain words when it is broken."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.motion import reduced
from companion.ui.pages.stress.calm import CalmPage, Waiting
from companion.ui.pages.stress.secret import SecretField
from companion.ui.theme.theme import Theme
from companion.ui.widgets.shown import show_if
from companion.ui.work import Work

if TYPE_CHECKING:
    from companion.journal import Key


class LockedView(CalmPage):
    """``unlocked`` carries how many sealed checks were taken in and whether the recovery code did it.

    The pause after a wrong passphrase is the journal's; it is counted down here and blocks nothing else.
    """

    unlocked = Signal(int, bool)
    began = Signal()
    """A try is under way, which leaves this thread half a second for other things."""
    delete_requested = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "lock", "", parent)
        self._desk = desk
        self._recovery = False
        self._why = ""
        self._work = Work(self)
        self._second = QTimer(self)
        self._second.setSingleShot(True)
        self._second.timeout.connect(self._count_down)
        self.lead = self.words("", "muted", middle=True)
        self.gap(4)
        self.field = SecretField(theme, self.tr("Passphrase"), parent=self.card)
        self.field.entered.connect(self.unlock)
        self.field.edited.connect(self._on_edited)
        self.body.addWidget(self.field)
        self.wrong = self.words("")
        self.waiting = Waiting(theme, reduced(desk.prefs.reduced_motion), self.card)
        self.body.addWidget(self.waiting)
        self.open = self.button(self.tr("Unlock"), "unlock", "primary")
        self.open.clicked.connect(self.unlock)
        self.other = self.button("", "key", "plain")
        self.other.clicked.connect(self._on_other)
        self._row = self.row(self.open, self.other)
        self.mend = self.button(self.tr("Rebuild it from what can be read"), "", "primary")
        self.mend.clicked.connect(self._on_mend)
        self.again = self.button(self.tr("Look again"))
        self.again.clicked.connect(self.refresh)
        self.delete = self.button(self.tr("Delete everything…"), "trash", "plain")
        self.delete.clicked.connect(self.delete_requested)
        self._broken_row = self.row(self.mend, self.again, self.delete)
        self.refresh()

    # -- showing
    def show_why(self, why: str) -> None:
        """Says why it was locked: call, idle, system, key; empty for no reason worth a word."""
        self._why = {
            "call": self.tr("Locked because a call came in. What you typed is kept."),
            "idle": self.tr("Locked after a while without a key. What you typed is kept."),
            "system": self.tr("Locked along with the computer. What you typed is kept."),
        }.get(why, "")
        self.refresh()

    def refresh(self) -> None:
        """Shows the state that the journal is in."""
        journal = self._desk.journal
        broken = journal.state == "broken"
        keyring = not broken and journal.uses_keyring
        show_if(self.field, not broken and (self._recovery or not keyring))
        show_if(self._row, not broken)
        show_if(self._broken_row, broken)
        if broken:
            self._show_broken()
            return
        self.set_icon("key" if self._recovery else "lock")
        self.title.setText(
            self.tr("Open it with the recovery code") if self._recovery else self.tr("Your journal is locked")
        )
        if self._recovery:
            lead = self.tr(
                "The code from your paper. Blanks and dashes do not matter. You choose a new passphrase next."
            )
        elif keyring:
            lead = self._why or self.tr("This computer's keyring has the key.")
        else:
            lead = self._why or self.tr("Checks, breathing and help work all the same.")
        self.lead.setText(lead)
        caption = self.tr("Recovery code") if self._recovery else self.tr("Passphrase")
        self.field.set_caption(caption)
        self.other.set_label(
            self.tr("Back to the passphrase")
            if self._recovery and not keyring
            else self.tr("Back")
            if self._recovery
            else self.tr("Use the recovery code")
        )
        show_if(self.wrong, bool(self.wrong.text()))
        self._count_down()

    def _show_broken(self) -> None:
        journal = self._desk.journal
        self.set_icon("warning")
        self.title.setText(self.tr("The journal cannot be opened"))
        backups = journal.backups()
        kept = (
            self.tr("There are copies of earlier days in the folder of backups: %1.").replace(
                "%1", str(len(backups))
            )
            if backups
            else self.tr("There is no copy of an earlier day.")
        )
        nothing = self.tr("Nothing was changed or deleted; breathing and help work all the same.")
        self.lead.setText(f"{journal.why_broken} {nothing} {kept}")
        show_if(self.wrong, bool(self.wrong.text()))

    def take_focus(self) -> None:
        """The keyboard goes to where the passphrase is typed."""
        if self._desk.journal.state == "broken":
            self.mend.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.field.isVisibleTo(self):
            self.field.take_focus()
        else:
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Forgets what was typed."""
        self._work.call_off()
        self._set_busy(False)
        self._recovery = False
        self._tell("")
        self.field.show_signs(False)
        self.field.clear()

    # -- unlocking
    def unlock(self) -> None:
        """Tries what is typed, or the keyring."""
        journal = self._desk.journal
        if self._work.busy:
            return
        if journal.pause_s > 0:
            self._count_down()
            return
        recovery = self._recovery
        if journal.uses_keyring and not recovery:
            self._begin(journal.attempt_keyring)
            return
        secret = self.field.text()
        if not secret.strip():
            self.field.take_focus()
            return
        self._begin(lambda: journal.attempt(secret, recovery))

    def _begin(self, attempt: Callable[[], Key]) -> None:
        self._tell("")
        self._set_busy(True)
        self._work.run(attempt, self._on_key, self._on_failed)
        self.began.emit()

    def _set_busy(self, busy: bool) -> None:
        self.open.setEnabled(not busy)
        self.other.setEnabled(not busy)
        if busy:
            self.waiting.wait_for(self.tr("Unlocking…"))
        else:
            self.waiting.hide()

    def _on_key(self, key: Key) -> None:
        recovered = self._recovery
        self._set_busy(False)
        try:
            covered = self._desk.journal.state == "open"  # the disk refused to take what was typed
            taken_in = 0 if covered else self._desk.journal.open(key)
        except StoreError as error:
            self.refresh()
            self._tell(str(error))
            return
        self.drop()
        self._why = ""
        self.unlocked.emit(taken_in, recovered)

    def _on_failed(self, error: Exception) -> None:
        from companion.journal import WrongSecret

        self._set_busy(False)
        if isinstance(error, WrongSecret):
            self._tell(self._wrong_words(error.mistyped))
            self._count_down()
        elif isinstance(error, StoreError):
            self._tell(str(error))
        else:
            raise error
        self.field.take_focus()

    def _wrong_words(self, mistyped: bool) -> str:
        if mistyped:
            return self.tr("A character of that code is not right. Nothing is lost; look at it once more.")
        if self._recovery:
            return self.tr("That is a code of another journal. Nothing is lost.")
        if self._desk.journal.uses_keyring:
            return self.tr("The keyring has another key. The recovery code opens the journal.")
        return self.tr("That passphrase does not open it. Nothing is lost; try again.")

    def _on_mend(self) -> None:
        try:
            self._desk.journal.rescue()
        except StoreError as error:
            self._tell(str(error))
            return
        self.told.emit(self.tr("The journal was rebuilt. The damaged file is kept beside it, untouched."))

    def _count_down(self) -> None:
        """Counts the pause down once a second, as long as there is one."""
        pause = self._desk.journal.pause_s
        self._second.stop()
        if pause > 0:
            self.open.set_label(self.tr("Unlock in %1 s").replace("%1", str(ceil(pause))), self.tr("Unlock"))
            self.open.setEnabled(False)
            self._second.start(max(30, round((pause - ceil(pause) + 1) * 1000)))
        elif not self._work.busy:
            self.open.set_label(self.tr("Unlock"))
            self.open.setEnabled(True)

    def _on_other(self) -> None:
        self._recovery = not self._recovery
        self._tell("")
        self.field.clear()
        self.field.show_signs(self._recovery)
        self.refresh()
        self.take_focus()

    def _on_edited(self) -> None:
        self._tell("")

    def _tell(self, text: str) -> None:
        self.wrong.setText(text)
        show_if(self.wrong, bool(text))
        self.field.set_problem(text)
