"""The journal: entries are begun, opened, finished, deleted and brought back; what stands where: ``journal_sides``."""

from __future__ import annotations

from contextlib import suppress
from weakref import ref

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from companion.core.stress import Entry
from companion.desk import Desk
from companion.journal_words import words
from companion.storage.errors import StoreError
from companion.ui.pages.stress.editor import PLACE
from companion.ui.pages.stress.journal_sides import JournalSides
from companion.ui.theme.theme import Theme


class JournalView(JournalSides):
    """A view of the page (``views.View``). Keys of its own: F leads through what is to be finished."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    breathe_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(desk, theme, words(), parent)
        self._removed: Entry | None = None
        self._asked_place = False
        self.side.told.connect(self.told)
        self.side.undo_offered.connect(self.undo_offered)
        self.helped.answered.connect(self._on_answered)
        self.finish.clicked.connect(self._on_finish)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.clicked.connect(self._on_clicked)
        self.list.activated.connect(self._on_activated)
        self.editor.written.connect(self._on_written)
        self.editor.gone.connect(self._on_gone)
        self.editor.removed.connect(self._on_removed)
        self.editor.back_requested.connect(self.back_to_list)
        self.editor.breathe_requested.connect(self.breathe_requested)
        self.editor.told.connect(self.told)
        self.editor.undo_offered.connect(self.undo_offered)
        self.empty.action_requested.connect(self._on_begin)

    # -- as a view of the page
    def refresh(self) -> None:
        """Reads the list anew. A list that cannot be read is told of, and never looks like an empty one."""
        if self._desk.journal.state != "open":
            return
        if self.side.read() and not self._asked_place:
            self._asked_place = True
            self._go_to_place()
        self.editor.page.offer_sources()
        self.side.select(self.editor.entry_id)
        self._show_sides()

    def flush(self) -> None:
        """Writes what is typed, now. Raises StoreError; it then stays here."""
        self.helped.flush()
        self.editor.flush()

    def key(self, name: str) -> bool:
        """F leads through what is to be finished; Del deletes the entry that the list stands on."""
        if name == "F" and not self.finish.isHidden():
            self._on_finish()
            return True
        if name == "Del" and self.list.hasFocus() and self.editor.entry_id:
            self.editor.remove()
            return True
        return False

    def digit(self, n: int) -> bool:
        """A digit that no field wants."""
        return self.editor.digit(n)

    def escape(self) -> bool:
        """Out of what asks for an action, then back to the list."""
        if self.editor.page.actions_part.escape():
            return True
        return self.back_to_list()

    # -- verbs
    def new_entry(self, call_id: str = "", reason: str = "") -> None:
        """Begins an entry; nothing of it is kept before its first key."""
        if not self._leave():
            return
        self.editor.begin(call_id, reason)
        self._on_entry = True
        self.side.select("")
        self._show_sides()
        self.editor.begin_writing()

    def open_entry(self, ident: str, part: str = "") -> None:
        """Shows an entry. One that is gone meanwhile is told of."""
        if ident != self.editor.entry_id and not self._leave():
            return
        try:
            self.editor.open(ident)
        except KeyError:
            self.told.emit(self.tr("That entry is not there any more."))
            return
        except StoreError as error:
            self.told.emit(self.tr("That entry cannot be read: ") + str(error))
            self.refresh()  # with the way back from a copy beside the list
            return
        self._on_entry = True
        self.side.select(ident)
        self._show_sides()
        if part:
            self.editor.begin_writing(part)

    def back_to_list(self) -> bool:
        """Leaves the entry for the list; False when the list has the keyboard already, or there is no entry."""
        there = not self.side.isHidden() and self.list.hasFocus()
        if there or not self.editor.entry_id:
            return False
        if self._narrow:
            if not self._leave():
                return True
            self._on_entry = False
            with suppress(StoreError):  # then it opens once more where it was
                self._desk.journal.write_page(PLACE, {})
            self._show_sides()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _leave(self) -> bool:
        """Leaves the entry that is open; False where the disk refuses it, which keeps it open."""
        try:
            self.editor.leave()
        except StoreError as error:
            self.told.emit(self.tr("Not on disk yet, it stays open: ") + str(error))
            return False
        return True

    def _go_to_place(self) -> None:
        """Where writing was interrupted by a lock or a crash."""
        try:
            place = self._desk.journal.page(PLACE)
            ident = place.get("entry")
            if not isinstance(ident, str) or not ident:
                return
            self._desk.journal.entry(ident)
        except (KeyError, StoreError):
            return
        self.open_entry(ident)
        self.editor.restore(place)

    # -- the list
    def _on_current(self, index: QModelIndex, _old: QModelIndex) -> None:
        head = self.list.entries.item_at(index)
        if head is not None and not self._narrow:
            self.open_entry(head.id)

    def _on_clicked(self, index: QModelIndex) -> None:
        head = self.list.entries.item_at(index)
        if head is not None and self._narrow:
            self.open_entry(head.id, "event")
        elif head is not None and head.id != self.editor.entry_id:
            self.open_entry(head.id)

    def _on_activated(self, index: QModelIndex) -> None:
        head = self.list.entries.item_at(index)
        if head is not None:
            self.open_entry(head.id, "event")

    def _on_begin(self) -> None:
        self.new_entry()

    def _on_finish(self) -> None:
        """The next of those to be finished, after the one that is open."""
        ids = [head.id for head in self._desk.journal.to_finish()]
        if not ids:
            return
        here = self.editor.entry_id
        following = ids[(ids.index(here) + 1) % len(ids)] if here in ids else ids[0]
        self.open_entry(following, "event")

    # -- news of the entry
    def _on_written(self, ident: str) -> None:
        self.refresh()

    def _on_gone(self, _ident: str) -> None:
        self._on_entry = False
        self.refresh()

    def _on_removed(self, entry: object) -> None:
        if isinstance(entry, Entry):
            self._removed = entry
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.undo_offered.emit(self.tr("Entry deleted."), Undo(self))

    def bring_back(self) -> None:
        """Undoes the last deletion, while the journal has not been locked since."""
        entry = self._removed
        if entry is None or self._desk.journal.state != "open":
            return
        try:
            self._desk.journal.write(entry)
        except StoreError as error:  # it stays at hand: undo once more
            text = self.tr("Not brought back: ") + str(error)
            QTimer.singleShot(
                0, self, lambda: self.undo_offered.emit(text, Undo(self))
            )  # once this word has gone
            return
        self._removed = None
        self.refresh()
        self.open_entry(entry.id)

    def _on_answered(self, entry: str, action: str, helped: object) -> None:
        try:
            self.editor.flush()
            self._desk.journal.answer(entry, action, helped if isinstance(helped, int) else None)
        except StoreError as error:
            self.told.emit(self.tr("Not kept: ") + str(error))
            return
        if self.editor.entry_id == entry:
            self.editor.reload()
        self.refresh()


class Undo:
    """Takes a deletion back. It knows the view only as long as there is one: a lock takes the entry with it."""

    def __init__(self, view: JournalView) -> None:
        self._view = ref(view)

    def __call__(self) -> None:
        import shiboken6

        view = self._view()
        if view is not None and shiboken6.isValid(view):
            view.bring_back()
