"""Keys that were still on their way into a field when an event took it from under the hands."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

PAUSE_MS = 1500
"""So long a pause says that the next key is meant for what is shown now."""


class LateKeys(QObject):
    """The rest of a word must not become commands: letters are held back until the typing pauses."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._since = QElapsedTimer()
        page.installEventFilter(self)

    def hold_back(self) -> None:
        """A field in which somebody was typing has gone."""
        self._since.start()

    def let_go(self) -> None:
        """Whoever clicks or presses Esc has seen what happened."""
        self._since.invalidate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._since.isValid() or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease or not event.text().isprintable() or not event.text():
            return False
        if self._since.elapsed() > PAUSE_MS:
            self._since.invalidate()
            return False
        self._since.start()
        event.accept()
        return True


def caret_of(widget: QWidget | None) -> int:
    """Where the caret stands in a field, 0 in anything else."""
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().position()
    return widget.cursorPosition() if isinstance(widget, QLineEdit) else 0


def place_caret(widget: QWidget, at: int) -> None:
    """Puts the caret there, or to the end of a shorter text."""
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(at)
    elif isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(at, widget.document().characterCount() - 1))
        widget.setTextCursor(cursor)
