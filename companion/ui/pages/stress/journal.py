"""The journal: the list of entries by day, and beside it (or in its place where it is narrow) the one that is open."""

from __future__ import annotations

from contextlib import suppress
from weakref import ref

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from companion.core.stress import Entry
from companion.desk import Desk
from companion.journal_words import words
from companion.storage.errors import StoreError
from companion.ui.pages.stress.editor import PLACE, Editor
from companion.ui.pages.stress.entry_side import ListSide
from companion.ui.theme.theme import Theme
from companion.ui.widgets.emptystate import EmptyState
from companion.ui.widgets.shown import show_if

_NARROW = 860
"""Pixels at 100 % under which list and entry take turns."""
_LIST = 288
"""Pixels at 100 % of the list beside the entry."""


class JournalView(QWidget):
    """A view of the page (``views.View``). Keys of its own: F leads through what is to be finished."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    breathe_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._words = desk, theme, words()
        self._narrow = self._on_entry = False
        self._removed: Entry | None = None
        self._asked_place = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._build_left()
        self._build_right()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build_left(self) -> None:
        self.side = ListSide(self._desk, self._theme, self._words, self)
        self.list, self.finish, self.helped, self.unread = (
            self.side.list,
            self.side.finish,
            self.side.helped,
            self.side.unread,
        )
        self.helped.answered.connect(self._on_answered)
        self.finish.clicked.connect(self._on_finish)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.clicked.connect(self._on_clicked)
        self.list.activated.connect(self._on_activated)
        self._row.addWidget(self.side, 0)

    def _build_right(self) -> None:
        self.editor = Editor(self._desk, self._theme, self._words, self)
        self.editor.written.connect(self._on_written)
        self.editor.gone.connect(self._on_gone)
        self.editor.removed.connect(self._on_removed)
        self.editor.back_requested.connect(self.back_to_list)
        self.editor.breathe_requested.connect(self.breathe_requested)
        self.editor.told.connect(self.told)
        self._row.addWidget(self.editor, 1)
        self.empty = EmptyState(
            self._theme,
            "stress",
            self.tr("Nothing is written yet"),
            self.tr(
                "A check takes ten seconds, an entry about three minutes. What you write here only you can read."
            ),
            self.tr("Begin an entry"),
            "E",
            self,
        )
        self.empty.action_requested.connect(self._on_begin)
        self._row.addWidget(self.empty, 1)
        self.choose = EmptyState(
            self._theme,
            "stress",
            self.tr("Choose an entry"),
            self.tr("Or begin a new one: it is kept as you write."),
            "",
            "",
            self,
        )
        self._row.addWidget(self.choose, 1)
        self._row.addStretch(0)  # beside an entry that is as wide as it gets

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setSpacing(px(18))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._narrow = self.width() < self._theme.px(_NARROW)
        self._row.setStretch(0, 1 if self._narrow else 0)
        if self._narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(1 << 20)
        else:
            self.side.setFixedWidth(self._theme.px(_LIST))
        self._show_sides()

    def _show_sides(self) -> None:
        """What stands where: nothing yet, the list, an entry, or both."""
        editing = bool(self.editor.entry_id)
        some = self.list.entries.rowCount() > 0 or not self.unread.isHidden()
        alone = self._narrow and editing and self._on_entry
        show_if(self.editor, editing and (alone or not self._narrow or not some))
        focus = QApplication.focusWidget()
        if alone and focus is not None and self.side.isAncestorOf(focus):
            self.editor.page.event_part.before.setFocus(Qt.FocusReason.OtherFocusReason)
        show_if(self.side, (some or not self.helped.isHidden()) and not alone)
        show_if(self.empty, not editing and not some)
        show_if(self.choose, not editing and some and not self._narrow)
        show_if(self.editor.head.back, alone and some)

    # -- as a view of the page
    def refresh(self) -> None:
        """Reads the list anew. A list that cannot be read is told of, and never looks like an empty one."""
        if self._desk.journal.state != "open":
            return
        if self.side.read() and not self._asked_place:
            self._asked_place = True
            self._go_to_place()
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
        place = self._desk.journal.page(PLACE)
        ident = place.get("entry")
        if not isinstance(ident, str) or not ident:
            return
        try:
            self._desk.journal.entry(ident)
        except (KeyError, StoreError):
            return
        self.open_entry(ident)
        self.editor.restore(place)

    # -- the list
    def _on_current(self, index: QModelIndex, _old: QModelIndex) -> None:
        head = self.list.entries.head_at(index)
        if head is not None and not self._narrow:
            self.open_entry(head.id)

    def _on_clicked(self, index: QModelIndex) -> None:
        head = self.list.entries.head_at(index)
        if head is not None and self._narrow:
            self.open_entry(head.id, "event")
        elif head is not None and head.id != self.editor.entry_id:
            self.open_entry(head.id)

    def _on_activated(self, index: QModelIndex) -> None:
        head = self.list.entries.head_at(index)
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
        entry, self._removed = self._removed, None
        if entry is not None and self._desk.journal.state == "open":
            self._desk.journal.write(entry)
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
