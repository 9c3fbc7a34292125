"""Setting up while a call is taken: the recovery code is out of sight, and the passphrase brings the same one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
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
    from companion.journal import NewVault


class CoverPage(CalmPage):
    """``uncovered`` once the passphrase was given; ``left`` where the user would rather begin anew."""

    uncovered = Signal()
    left = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "lock", "", parent)
        self._desk = desk
        self._new: NewVault | None = None
        self._work = Work(self)
        self.title.setText(self.tr("Setting up goes on here"))
        self.lead = self.words("", "muted", middle=True)
        self.gap(4)
        self.field = SecretField(theme, self.tr("Passphrase"), parent=self.card)
        self.field.entered.connect(self._on_go_on)
        self.field.edited.connect(self._on_edited)
        self.body.addWidget(self.field)
        self.wrong = self.words("")
        self.waiting = Waiting(theme, reduced(desk.prefs.reduced_motion), self.card)
        self.body.addWidget(self.waiting)
        self.words(
            self.tr("No journal is made yet: that comes once you have typed the code back."),
            "hint",
            middle=True,
        )
        self.go_on = self.button(self.tr("Go on"), "", "primary")
        self.go_on.clicked.connect(self._on_go_on)
        self.anew = self.button(self.tr("Begin anew"), "undo", "plain")
        self.anew.clicked.connect(self.left)
        self.row(self.go_on, self.anew)
        show_if(self.wrong, False)

    @property
    def busy(self) -> bool:
        """Whether a passphrase is being tried."""
        return self._work.busy

    def ask_for(self, new: NewVault) -> None:
        """Covers what is being made; where it has no passphrase, one press goes on."""
        self.forget()
        self._new = new
        show_if(self.field, not new.locks.by_keyring)
        self.lead.setText(
            self.tr("The recovery code was put out of sight. It comes back as it was.")
            if new.locks.by_keyring
            else self.tr(
                "The recovery code was put out of sight. The passphrase that you have just chosen brings the same"
                " code back."
            )
        )

    def forget(self) -> None:
        """Nothing typed stays, and nothing is covered."""
        self._work.call_off()
        self._new = None
        self._set_busy(False)
        self.tell("")
        self.field.show_signs(False)
        self.field.clear()

    def take_focus(self) -> None:
        """The keyboard goes to what is asked."""
        if self.field.isHidden():
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.take_focus()

    def tell(self, why: str) -> None:
        """Says what is amiss."""
        self.wrong.setText(why)
        show_if(self.wrong, bool(why))
        self.field.set_problem(why)

    def _on_edited(self) -> None:
        self.tell("")

    def _on_go_on(self) -> None:
        new, secret, journal = self._new, self.field.text(), self._desk.journal
        if new is None or self.busy:
            return
        if new.locks.by_keyring:
            self.uncovered.emit()
        elif journal.pause_s > 0:
            self.tell(self.tr("A moment, please: the next try is taken in a few seconds."))
        elif not secret.strip():
            self.field.take_focus()
        else:
            self._set_busy(True)
            self._work.run(lambda: journal.prove(new, secret), self._on_proved, self._on_failed)

    def _on_proved(self, _nothing: None) -> None:
        self._set_busy(False)
        self.uncovered.emit()

    def _on_failed(self, error: Exception) -> None:
        from companion.journal import WrongSecret

        self._set_busy(False)
        if isinstance(error, WrongSecret):
            self.tell(self.tr("The passphrase that you chose is another one. Nothing is lost; try again."))
        elif isinstance(error, StoreError):
            self.tell(str(error))
        else:
            raise error
        self.field.take_focus()

    def _set_busy(self, busy: bool) -> None:
        self.go_on.setEnabled(not busy)
        if busy:
            self.waiting.wait_for(self.tr("Looking…"))
        else:
            self.waiting.hide()
