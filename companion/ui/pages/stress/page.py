"""The page Stress: what its buttons and keys do, and how it is locked in a moment; what stands where: ``frame``."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from companion.desk import Desk
from companion.ui.drafts import is_field
from companion.ui.keys import Keys, pressed
from companion.ui.pages.stress.frame import StressFrame
from companion.ui.pages.stress.locked import LockedView
from companion.ui.pages.stress.setup import SetupView
from companion.ui.pages.stress.shelf import Wishes
from companion.ui.pages.stress.views import PLACES
from companion.ui.theme.theme import Theme


class StressPage(StressFrame):
    """Its views follow ``views.View``. ``told`` carries a small word, ``undo_offered`` one with a way back."""

    def __init__(self, desk: Desk, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(desk, theme, parent)
        self._keys = keys
        self._after = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head.check_requested.connect(self.new_check)
        self.head.entry_requested.connect(self.new_entry)
        self.head.breathe_requested.connect(self.breathe)
        self.head.lock_pressed.connect(self._on_lock_button)
        self.shelf.created.connect(self._on_created)
        self.shelf.unlocked.connect(self._on_unlocked)
        self.guard.idle.connect(self._on_idle)

    def wishes(self) -> Wishes:
        return {
            "told": self.told,
            "undo_offered": self.undo_offered,
            "copied": self.copied,
            "settings_requested": self.settings_requested,
            "breathe_requested": self.breathe,
            "check_requested": self.new_check,
            "entry_requested": self.new_entry,
            "opened_requested": self.open_entry,
            "lock_requested": self._on_lock,
            "unlock_requested": self._on_unlock,
            "deleted": self._on_deleted,
        }

    def show_keys(self, keys: Keys) -> None:
        """The keys have changed; those of this page are its own and stay."""
        self._keys = keys

    def build_all(self) -> None:
        """Builds every view, for the self-test: on a journal made for that, where there is none yet.

        Its passphrase stands here for everyone to read, so no work is put into guessing it.
        """
        from companion.storage.vault import Cost

        self.shelf.gate_of("none")
        journal = self._desk.journal
        if journal.state == "none":
            journal.create(journal.prepare("self-test only", Cost(1, 8 << 20)))
        self.card.open_form()
        self.card.close_form()
        for place in PLACES:
            self.show_tab(place.key)
        self.lock_now()
        self.show_tab("journal")

    # -- what the buttons and keys of the head do
    def new_check(self) -> None:
        """Shows the form of a check; locked or not. Without a journal: how to begin one."""
        if self.state in ("open", "locked"):
            self.card.open_form()
        else:
            self.show_tab("journal")

    def new_entry(self) -> None:
        """Begins an entry; while it is locked the passphrase is asked for first."""
        self.show_tab("journal")
        self._after = "entry"
        self.refresh()
        if self.state == "open":
            self._go_on()
        else:
            self.take_focus()

    def _go_on(self) -> None:
        """What was wanted before the passphrase was asked for."""
        after, self._after = self._after, ""
        if after == "entry":
            self.view("journal").new_entry()

    def open_entry(self, ident: str) -> None:
        """Shows an entry by its id."""
        self.show_tab("journal")
        if self.state == "open":
            self.view("journal").open_entry(ident)

    def breathe(self) -> None:
        """Breathing, begun at once."""
        self.show_tab("breathing")
        self.view("breathing").start()

    def _on_lock_button(self) -> None:
        if self.state == "open":
            self._on_lock()
        else:
            self._on_unlock()

    def _on_lock(self) -> None:
        self.lock_now("key")

    def _on_unlock(self) -> None:
        if self.state == "open":
            return
        if not self._place.private:
            self._place = PLACES[0]
        self.refresh()
        gate = self.gate
        self.take_focus()
        if isinstance(gate, LockedView) and self._desk.journal.uses_keyring:
            gate.unlock()

    def show_live(self, live: bool) -> None:
        """A call is live or rings, or none is any more: letters are its keys meanwhile."""
        self.head.show_live(live)

    # -- locking
    def call_came(self) -> None:
        """A call rings or was started: what moves stops, what is private goes out of sight, before all drawing."""
        self.shelf.stop_for_call()
        self.lock_now("call")

    def lock_now(self, why: str = "") -> None:
        """Locks at once: what is typed is written, keys and private views are dropped.

        ``why``: call, idle, system or key. What the disk refuses is covered instead (``Guard.lock``).
        """
        typing = self._typing()
        if self._card is not None:
            self._card.put_away()
        if self._desk.journal.state != "open":
            self.shelf.cover_gates()
            if isinstance(self.gate, SetupView) and self.isVisible():
                self._keep_keys(typing, why)
            return
        self._after = ""
        refused = self.guard.lock()
        self.refresh()
        gate = self.gate
        if isinstance(gate, LockedView):
            gate.show_why(why)
        if refused is not None:
            text = self.tr("Locked. What you typed last is not on disk yet, and waits in memory: %1")
            self.told.emit(text.replace("%1", str(refused)))
        if self.isVisible():
            self._keep_keys(typing, why)

    def _keep_keys(self, typing: bool, why: str) -> None:
        """No event leads into a field; but whoever was in one goes on typing there and not into commands."""
        if typing or why != "call":
            self.take_focus()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typing(self) -> bool:
        """Whether the keyboard is in a field of this page."""
        focus = QApplication.focusWidget()
        return focus is not None and is_field(focus) and self.isAncestorOf(focus)

    def _on_idle(self) -> None:
        self.lock_now("idle")

    def _on_created(self) -> None:
        self.show_tab("journal")
        self.told.emit(self.tr("Your journal is ready."))

    def _on_unlocked(self, taken_in: int, recovered: bool) -> None:
        self.guard.uncover()
        self.refresh()
        if taken_in:
            self.told.emit(
                self.tr("One check that was kept sealed is in.")
                if taken_in == 1
                else self.tr("%1 checks that were kept sealed are in.").replace("%1", str(taken_in))
            )
        if recovered:
            self.show_tab("care")
            self.view("care").ask_passphrase(recovered=True)
        elif self._after:
            self._go_on()
        else:
            self.take_focus()

    def _on_deleted(self) -> None:
        """Everything is gone: as on first use."""
        self.guard.uncover()
        self._place = PLACES[0]
        self.shelf.drop_gates()
        self.refresh()
        if self.isVisible():
            self.take_focus()

    # -- keys, handed on by the window
    def key(self, name: str) -> bool:
        """A letter or another sign, while no text field has the focus and no call is live."""
        if self._card is not None and self._card.key(name):
            return True
        view = self.current
        if view is not None and view.key(name):
            return True
        own = {"N": self.new_check, "E": self.new_entry, "B": self.breathe, "L": self._on_lock_button}
        if name not in own or (name == "L" and self.state not in ("open", "locked")):
            return False
        own[name]()
        return True

    def digit(self, n: int) -> bool:
        """A digit: for the form, then for the view, then a tab."""
        if self._card is not None and self._card.digit(n):
            return True
        view = self.current
        if view is not None and view.digit(n):
            return True
        tab = self.head.tab_of(n)
        if tab:
            self.show_tab(tab)
        return bool(tab)

    def command(self, command: str) -> bool:
        """Turning the page; False for all else."""
        if command not in ("page_down", "page_up"):
            return False
        return self.shelf.turn_page(command == "page_down")

    def leave(self) -> bool:
        """Esc: out of a field, the form, a step of a view. Never to another page: the next letter would be a call's."""
        if self._typing():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self._card is not None and self._card.escape():
            return True
        if self.current is not None:
            self.current.escape()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that no command has come here by themselves."""
        board = self._desk.board
        if board.active or board.ringing or not self.key(pressed(event)):
            super().keyPressEvent(event)
