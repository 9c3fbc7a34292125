"""An action that was taken away can come back, as long as the journal has not been locked since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from companion.core.stress import Action
from companion.desk import Desk
from companion.storage.breaks import Break
from companion.storage.errors import StoreError

if TYPE_CHECKING:
    from companion.ui.pages.stress.editor import Editor


class Gone(NamedTuple):
    """An action, its place in the list, and the breaks that went out of the day with it."""

    at: int
    action: Action
    breaks: list[Break]


class ActionUndo:
    """Puts it back into its entry, whichever is shown by now. What was taken away is known to the editor alone, and
    goes with it: a small word with a way back must not keep a line of the journal past a lock."""

    def __init__(self, editor: Editor, desk: Desk, gone: Gone) -> None:
        self._editor, self._desk = ref(editor), desk
        editor.gone_action = (editor.entry_id, gone)

    def __call__(self) -> None:
        editor, journal = self._editor(), self._desk.journal
        if editor is None or not isValid(editor) or editor.gone_action is None or journal.state != "open":
            return
        ident, (at, action, breaks) = editor.gone_action
        try:
            editor.flush()
            entry = journal.entry(ident)
            for one in breaks:
                self._desk.breaks.put(one)
            journal.write(entry._replace(actions=(*entry.actions[:at], action, *entry.actions[at:])))
        except KeyError:
            return  # the entry is gone meanwhile
        except StoreError as error:
            text = editor.tr("Not brought back: ") + str(error)
            QTimer.singleShot(
                0, editor, lambda: editor.undo_offered.emit(text, self)
            )  # once this word has gone
            return
        editor.gone_action = None
        if editor.entry_id == ident:
            editor.reload()
        editor.written.emit(ident)
