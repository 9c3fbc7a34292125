"""What is typed, on its way to the disk: a field of text bound to a field of a call, with nothing to save by hand.

A keystroke is written at the latest ``FLUSH_MS`` after it was made, and at once when the field is left. The call that
a text belongs to is fixed when it is typed, so a call that ends meanwhile still gets its last words.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

FLUSH_MS = 400

Write = Callable[[str, str, str], object]
"""Takes the id of the call, the name of the field and the whole text."""


def is_field(widget: QWidget | None) -> bool:
    """Whether keys pressed in ``widget`` are words or choices of its own, so that Esc leaves it first."""
    return isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox | QAbstractSpinBox)


class Draft(QObject):
    """Ties one editor to one field of whichever call is shown."""

    def __init__(self, edit: QLineEdit | QPlainTextEdit, name: str, write: Write) -> None:
        super().__init__(edit)
        self.name = name
        self._edit = edit
        self._write = write
        self._call_id = self._told = ""
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        edit.textChanged.connect(self._on_text_changed)
        edit.installEventFilter(self)
        box = edit.parent()
        if isinstance(box, QComboBox):
            box.installEventFilter(self)  # its line does not hear of the focus by way of a filter

    def show(self, call_id: str, text: str) -> None:
        """Shows what the call holds. What is being typed for the same call is left alone; the caret stays."""
        if call_id != self._call_id:
            self.flush()
            self._call_id = call_id
        elif self._dirty or text == self._told:
            return  # an editor that shows a text otherwise must not be given it again and again
        self._told = text
        if text == self._text():
            return
        self._edit.blockSignals(True)
        if isinstance(self._edit, QLineEdit):
            at = self._edit.cursorPosition()
            self._edit.setText(text)
            self._edit.setCursorPosition(min(at, len(self._edit.text())) if self._edit.hasFocus() else 0)
        else:
            self._replace(self._edit, text)
        self._edit.blockSignals(False)
        self._edit.updateGeometry()

    def flush(self) -> None:
        """Writes what was typed, now."""
        self._timer.stop()
        if self._dirty and self._call_id:
            self._dirty = False
            self._told = self._text()
            self._write(self._call_id, self.name, self._text())

    def _text(self) -> str:
        return self._edit.text() if isinstance(self._edit, QLineEdit) else self._edit.toPlainText()

    @staticmethod
    def _replace(edit: QPlainTextEdit, text: str) -> None:
        """Another text with the caret where it was, as far as there still is such a place."""
        at = edit.textCursor().position()
        edit.setPlainText(text)
        cursor = edit.textCursor()
        cursor.setPosition(min(at, edit.document().characterCount() - 1))
        if not edit.hasFocus():
            cursor.movePosition(QTextCursor.MoveOperation.End)
        edit.setTextCursor(cursor)

    def _on_text_changed(self) -> None:
        self._dirty = True
        if not self._timer.isActive():  # not restarted by the next key: whoever types on and on is saved too
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.flush()
        return False


class Drafts(QObject):
    """All the drafts of a page, shown and written together."""

    def __init__(self, write: Write, parent: QObject) -> None:
        super().__init__(parent)
        self._write = write
        self._drafts: list[Draft] = []

    def bind(self, edit: QLineEdit | QPlainTextEdit, name: str) -> Draft:
        """Ties an editor to the field ``name``; the draft goes with the editor."""
        draft = Draft(edit, name, self._write)
        self._drafts.append(draft)
        draft.destroyed.connect(self._forget)
        return draft

    def drop(self, draft: Draft) -> None:
        """The editor goes away: its last words are written first."""
        draft.flush()
        if draft in self._drafts:
            self._drafts.remove(draft)

    def show(self, call_id: str, text: Callable[[str], str]) -> None:
        """Shows in every editor what the call holds in its field."""
        for draft in self._drafts:
            draft.show(call_id, text(draft.name))

    def flush(self) -> None:
        """Writes everything that is typed, now."""
        for draft in list(self._drafts):
            draft.flush()

    def _forget(self, gone: QObject) -> None:
        self._drafts = [draft for draft in self._drafts if draft is not gone]
