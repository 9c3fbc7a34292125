"""The editor of an entry. The editor is the entry: what is typed is written, and there is nothing to save by hand.

A key is on the disk 400 ms later, and at once when its field is left, when the view is left and before the journal is
locked. An entry begins with its first key; one that is left empty vanishes again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.clock import stamp
from companion.core.stress import CHECK, ENTRY, Entry, is_empty, new_entry
from companion.core.stress_words import Words
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.drafts import FLUSH_MS
from companion.ui.pages.stress.action_undo import ActionUndo, Gone
from companion.ui.pages.stress.editor_head import EntryHead
from companion.ui.pages.stress.editor_part import quiet
from companion.ui.pages.stress.editor_sight import Sight
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import BAR
from companion.ui.widgets.shown import show_if

AGAIN_MS = 2000
"""After this long a write that the disk refused is tried again."""
PLACE = "place"
"""The page of the journal that remembers what was being written."""
_WIDEST = 860
"""Pixels at 100 %: lines longer than that are hard to read."""


class Editor(QWidget):
    """One entry. ``written`` carries its id after each write, ``gone`` after it vanished or was removed."""

    written = Signal(str)
    gone = Signal(str)
    removed = Signal(object)
    back_requested = Signal()
    breathe_requested = Signal()
    told = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._words = desk, theme, words
        self._entry: Entry | None = None
        self._stored = self._dirty = False
        self._part = ""
        self.gone_action: tuple[str, Gone] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.head = EntryHead(theme, self)
        self._column.addWidget(self.head)
        self.trouble = quiet(theme, "", self, "body", "warn")
        self._column.addWidget(self.trouble)
        show_if(self.trouble, False)
        self.sight = Sight(desk, theme, words, self)
        self.page, self.area, self.pinned = self.sight.page, self.sight.area, self.sight.pinned
        self._column.addWidget(self.sight, 1)
        self._connect()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _connect(self) -> None:
        self.page.changed.connect(self._on_changed)
        self.page.full_requested.connect(self._on_full)
        self.page.exit_chosen.connect(self._on_exit)
        self.page.breathe_requested.connect(self._on_breathe)
        self.page.told.connect(self.told)
        self.page.action_gone.connect(self._on_action_gone)
        self.page.actions_part.drafted.connect(self._soon)
        self.head.changed.connect(self._on_changed)
        self.head.back_requested.connect(self.back_requested)
        self.head.remove_requested.connect(self.remove)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(10))
        self.setMaximumWidth(self._theme.px(_WIDEST + BAR))

    # -- which entry
    @property
    def entry_id(self) -> str:
        """Id of the entry that is shown, or an empty text."""
        return self._entry.id if self._entry else ""

    def begin(self, call_id: str = "", reason: str = "") -> None:
        """A new entry. Nothing of it is on the disk before its first key."""
        self.leave()
        clock = self._desk.clock
        self._show(new_entry(stamp(clock.now()), clock.zone(), call_id, reason), stored=False)

    def open(self, ident: str) -> None:
        """Shows a kept entry. Raises KeyError, StoreError."""
        if ident == self.entry_id:
            return
        self.leave()
        self._show(self._desk.journal.entry(ident), stored=True)

    def reload(self) -> None:
        """Shows the entry as it is kept now, after something else changed it."""
        if self._entry is not None and self._stored and not self._dirty:
            self._show(self._desk.journal.entry(self._entry.id), stored=True, stay=True)

    def _show(self, entry: Entry, stored: bool, stay: bool = False) -> None:
        self._entry, self._stored, self._dirty = entry, stored, False
        if not stay:
            self._part = ""
        self.head.show_entry(entry)
        self.page.show_entry(entry, entry.kind == ENTRY or entry.to_finish or (stay and self.page.full))
        self._dirty = False
        self._timer.stop()
        self.sight.quote(entry)
        if not stay:
            self.sight.go_top()

    # -- writing
    def current(self) -> Entry | None:
        """The entry as it stands on the screen."""
        if self._entry is None:
            return None
        entry = self.page.take(self.head.take(self._entry))
        more = (
            entry.event,
            entry.event_kind,
            entry.source,
            entry.belief,
            entry.belief_kind,
            entry.did,
            entry.balanced,
        )
        if entry.kind == CHECK and (any(more) or entry.answers or entry.accurate or entry.after is not None):
            entry = entry._replace(kind=ENTRY)
        return entry

    def flush(self) -> None:
        """Writes what is typed, now. Raises StoreError where the disk refuses; it then stays here."""
        self._timer.stop()
        entry = self.current()
        if entry is None or self._desk.journal.state != "open":
            return
        if self._dirty and not self._stored and is_empty(entry):
            self._dirty = False
        if self._dirty:
            try:
                kept = self._desk.journal.write(entry)
            except StoreError:
                self._timer.start(AGAIN_MS)  # whoever asked for it is told; it goes on being tried
                raise
            self._entry, self._stored, self._dirty = kept, True, False
            self.head.taken(kept)
            self.written.emit(kept.id)
        self._remember()
        show_if(self.trouble, False)

    def leave(self) -> None:
        """Writes, and takes away what was left empty. Raises StoreError; then nothing has been left."""
        self.flush()
        entry = self._entry
        empty = entry is not None and self._stored and is_empty(entry)
        if entry is not None and empty:
            self._desk.journal.remove(entry.id)
        self._entry, self._stored, self._dirty, self._part = None, False, False, ""
        if entry is not None and empty:
            self.gone.emit(entry.id)

    def remove(self) -> None:
        """Deletes the entry; ``removed`` carries it as it stood on the screen, so that it can come back."""
        entry = self.current()
        if entry is None:
            return
        try:
            if self._stored:
                self._desk.journal.remove(entry.id)
        except StoreError as error:
            self._tell(self.tr("Not deleted: ") + str(error))
            return
        self._timer.stop()
        self._entry, self._stored, self._dirty, self._part = None, False, False, ""
        self.gone.emit(entry.id)
        if not is_empty(entry):
            self.removed.emit(entry)

    def _on_changed(self) -> None:
        self._dirty = True
        self._soon()
        entry = self.current()
        if entry is not None:
            self.sight.quote(entry)

    def _soon(self) -> None:
        if not self._timer.isActive():  # not restarted by the next key: whoever types on and on is saved too
            self._timer.start(FLUSH_MS)

    def _on_timer(self) -> None:
        try:
            self.flush()
        except StoreError as error:
            self._tell(self.tr("Not on disk yet, it stays here and is tried again: ") + str(error))
            self._timer.start(AGAIN_MS)

    def _tell(self, trouble: str) -> None:
        self.trouble.set_text(trouble)
        show_if(self.trouble, True)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and self._dirty and self.isAncestorOf(old):
            self._on_timer()
        if new is not None and self.isAncestorOf(new):
            part = self.page.part_of(new)
            if part and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
                self.sight.bring(new)  # a press must not lose its widget under the pointer
            if part and part != self._part:
                self._part = part
                with suppress(StoreError):  # the next write tells of it
                    self._remember()

    def _remember(self) -> None:
        """After a lock or a crash the editor opens where it was, with what was half asked for an action."""
        if self._stored and self._entry is not None and self._desk.journal.state == "open":
            place = {"entry": self._entry.id, "part": self._part or "event"}
            self._desk.journal.write_page(PLACE, {**place, **self.page.actions_part.draft()})

    def restore(self, place: Mapping[str, Any]) -> None:
        """Goes on where a place, as it was remembered, says."""
        part = place.get("part")
        self.page.actions_part.restore(place)
        if isinstance(part, str) and self.page.actions_part.form is None:
            self.begin_writing(part)

    # -- wishes of the parts
    def _on_action_gone(self, gone: object) -> None:
        if isinstance(gone, Gone):
            self.undo_offered.emit(self.tr("Action taken away."), ActionUndo(self, self._desk, gone))

    def _on_exit(self) -> None:
        self.sight.settle()
        actions = self.page.actions_part
        self.sight.bring(actions.form or actions)

    def _on_breathe(self) -> None:
        self._on_timer()
        self.breathe_requested.emit()

    def _on_full(self) -> None:
        if self._entry is not None:
            self._entry = self._entry._replace(kind=ENTRY)
            self.page.show_full(True)
            self._on_changed()
            self.page.event_part.event_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the keyboard
    def begin_writing(self, part: str = "event") -> None:
        """Puts the focus where a part begins."""
        self.sight.begin(part)

    def digit(self, n: int) -> bool:
        """A digit that no field wants: the number before, while there is none."""
        focus = QApplication.focusWidget()
        if self._entry is None or focus is None or not self.isAncestorOf(focus):
            return False
        before = self.page.event_part.before
        if before.value is not None:
            return False
        before.setFocus(Qt.FocusReason.OtherFocusReason)
        return before.digit(n)
