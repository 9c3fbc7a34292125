"""First use: what the journal is, a passphrase or the system's keyring, the recovery code; nothing is kept before the
last step, so a program that is killed on the way leaves nothing half done. A call in between covers it, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.motion import reduced
from companion.ui.pages.stress.calm import CalmPage, OneOf, Waiting
from companion.ui.pages.stress.recovery import RecoveryPage
from companion.ui.pages.stress.secret import LEAST, SecretField
from companion.ui.pages.stress.setup_cover import CoverPage
from companion.ui.theme.theme import Theme
from companion.ui.widgets.shown import show_if
from companion.ui.work import Work

if TYPE_CHECKING:
    from companion.journal import NewVault


class ChoosePage(CalmPage):
    """A passphrase twice, or none. ``chosen`` carries it; None stands for the keyring."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, still: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, "stress", "", parent)
        self.title.setText(self.tr("A journal that is yours alone"))
        self.words(
            self.tr(
                "What happened, what you made of it, what it did to you, and what helped. For your own reflection: no"
                " medical device, no diagnosis, no score."
            ),
            middle=True,
        )
        self.words(
            self.tr(
                "All of it is encrypted on this computer, and locked when you are away or when a call comes in."
            ),
            "muted",
            middle=True,
        )
        self.gap()
        self.first = SecretField(theme, self.tr("Passphrase"), parent=self.card)
        self.second = SecretField(theme, self.tr("Passphrase once more"), parent=self.card)
        self.second.show_no_peek()
        self.body.addWidget(self.first)
        self.body.addWidget(self.second)
        self.words(
            self.tr(
                "Length is what counts: four or five words that do not belong together are better than one"
                " with odd characters in it. Any script, blanks too."
            ),
            "hint",
        )
        self.wrong = self.words("")
        self.waiting = Waiting(theme, still, self.card)
        self.body.addWidget(self.waiting)
        self.go_on = self.button(self.tr("Go on"), "", "primary")
        self.go_on.clicked.connect(self._on_create)
        self.row(self.go_on)
        self._build_without()
        self.first.entered.connect(self.second.take_focus)
        self.second.entered.connect(self._on_create)
        self.first.edited.connect(self._on_edited)
        self.second.edited.connect(self._on_edited)
        self.first.peek.clicked.connect(self._on_peek)
        show_if(self.wrong, False)

    def _build_without(self) -> None:
        self.gap()
        self.without_words = self.words(
            self.tr(
                "Without a passphrase the key lies in this computer's keyring. That helps against someone who takes the"
                " disk or a backup; it does not help against someone who sits at this computer while it is unlocked."
            ),
            "hint",
        )
        self.without = self.button(self.tr("Use without a passphrase"), "", "plain")
        self.without.clicked.connect(self._on_without)
        self._without_row = self.row(self.without)
        self.offer_keyring(False)

    def offer_keyring(self, on: bool) -> None:
        """Whether there is a keyring that would keep the key."""
        show_if(self.without_words, on)
        show_if(self._without_row, on)

    def set_busy(self, busy: bool) -> None:
        """While the key is made nothing else can be begun."""
        for widget in (self.first, self.second, self.go_on, self.without):
            widget.setEnabled(not busy)
        if busy:
            self.waiting.wait_for(self.tr("Making the key…"))
        else:
            self.waiting.hide()

    def tell(self, why: str) -> None:
        """Says what is amiss; what was typed stays."""
        self.wrong.setText(why)
        show_if(self.wrong, bool(why))
        for field in (self.first, self.second):
            field.set_problem(why)

    def clear(self) -> None:
        """Forgets what was typed."""
        for field in (self.first, self.second):
            field.show_signs(False)
            field.clear()

    def _on_peek(self) -> None:
        self.second.show_signs(self.first.shown)

    def _on_edited(self) -> None:
        self.tell("")

    def _on_create(self) -> None:
        passphrase = self.first.text()
        if len(passphrase) < LEAST:
            self.first.take_focus()  # then the words: a reader says them once
            self.tell(
                self.tr("At least %1 characters, please. A few words are easiest to keep in mind.").replace(
                    "%1", str(LEAST)
                )
            )
        elif passphrase != self.second.text():
            self.second.take_focus()
            self.tell(self.tr("The two are not the same. “Show” lets you compare them."))
        else:
            self.chosen.emit(passphrase)

    def _on_without(self) -> None:
        self.chosen.emit(None)


class SetupView(OneOf):
    """From nothing to an open journal. ``finished`` comes when it is open."""

    finished = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._new: NewVault | None = None
        self._asked_keyring = self._covered = self._asking = False
        self._work, self._look = Work(self), Work(self)
        self.choose = ChoosePage(theme, reduced(desk.prefs.reduced_motion), self)
        self.choose.chosen.connect(self._on_chosen)
        self.recovery = RecoveryPage(theme, self)
        self.recovery.confirmed.connect(self._on_confirmed)
        self.recovery.cancelled.connect(self._on_cancelled)
        self.cover = CoverPage(desk, theme, self)
        self.cover.uncovered.connect(self._on_uncovered)
        self.cover.left.connect(self._on_anew)
        for page in (self.choose, self.recovery, self.cover):
            self.add_page(page)

    def fit(self, width: int) -> None:
        """Takes over a new width in pixels."""
        for page in (self.choose, self.recovery, self.cover):
            page.fit(width)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked_keyring:
            # Whether a keyring answers may take a while to find out.
            self._asked_keyring = True
            self._look.run(self._desk.journal.can_use_keyring, self.choose.offer_keyring, self._on_no_keyring)

    def take_focus(self) -> None:
        """The keyboard goes to what is asked first."""
        if self.shows(self.choose):
            self.choose.first.take_focus()
        elif self.shows(self.cover):
            self.cover.take_focus()
        elif self.recovery.asked.isVisible():
            self.recovery.asked.take_focus()
        else:
            self.recovery.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_out_of_sight(self) -> None:
        """Nothing typed stays, and no code in any widget; what is being made waits in memory for the passphrase."""
        self.choose.clear()
        if self._new is None:
            self._covered = self._work.busy  # covered as soon as there is something to cover
            return
        if not self._covered:
            self._asking = self.recovery.is_asking
        self._cover(self._new)

    def _cover(self, new: NewVault) -> None:
        self._covered = True
        self.recovery.forget()
        self.cover.ask_for(new)
        self.turn_to(self.cover)

    def _on_uncovered(self) -> None:
        if self._new is None:
            return
        self._covered = False
        self.cover.forget()
        self.recovery.show_code(self._new.recovery_code)
        self.turn_to(self.recovery)
        if self._asking:
            self.recovery.ask_back()
        self.take_focus()

    def _on_anew(self) -> None:
        self.drop()
        self.take_focus()

    def drop(self) -> None:
        """Nothing typed and no code stays: a new beginning."""
        self._work.call_off()
        self._new = None
        self._covered = self._asking = False
        self.cover.forget()
        self.choose.set_busy(False)
        self.choose.clear()
        self.choose.tell("")
        self.recovery.forget()
        self.turn_to(self.choose)

    def _on_no_keyring(self, _error: Exception) -> None:
        self.choose.offer_keyring(False)

    def _on_chosen(self, passphrase: str | None) -> None:
        self.choose.set_busy(True)
        journal = self._desk.journal
        self._work.run(lambda: journal.prepare(passphrase), self._on_prepared, self._on_failed)

    def _on_prepared(self, new: NewVault) -> None:
        self._new = new
        self.choose.set_busy(False)
        self._asking = False
        if self._covered:
            self._cover(new)
            return
        self.recovery.show_code(new.recovery_code)
        self.turn_to(self.recovery)
        self.take_focus()

    def _on_failed(self, error: Exception) -> None:
        self._covered = False
        self.choose.set_busy(False)
        if not isinstance(error, StoreError):
            raise error
        self.choose.tell(str(error))

    def _on_cancelled(self) -> None:
        self._new = None
        self.recovery.forget()
        self.turn_to(self.choose)
        self.choose.first.take_focus()

    def _on_confirmed(self) -> None:
        if self._new is None:
            return
        try:
            self._desk.journal.create(self._new)
        except StoreError as error:
            self.recovery.tell(str(error))
            return
        self.drop()
        self.finished.emit()
