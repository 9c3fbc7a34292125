"""What is typed, written a moment later, and at once when its field is left: there is no Save button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit

from companion.storage.errors import StoreError

WRITE_MS = 400
"""Milliseconds from a key to the disk, at the most."""


class Later(QObject):
    """Calls ``write`` after a change. What the disk refuses stays to be written: ``refused`` tells why, ``kept`` that
    nothing waits any more."""

    refused = Signal(str)
    kept = Signal()

    def __init__(self, write: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._write = write
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_MS)
        self._timer.timeout.connect(self.try_now)

    @property
    def dirty(self) -> bool:
        """Whether something is not written yet."""
        return self._dirty

    def watch(self, field: QPlainTextEdit) -> None:
        """Takes each change of a field as one to write, and leaving it as the moment for that."""
        field.textChanged.connect(self.touch)
        field.installEventFilter(self)

    def touch(self) -> None:
        """Something changed."""
        self._dirty = True
        if not self._timer.isActive():  # not put off by the next key: whoever types on and on is saved too
            self._timer.start()

    def settled(self) -> None:
        """What is shown now is what is kept: a change by the program, not by the user."""
        self._dirty = False
        self._timer.stop()

    def flush(self) -> None:
        """Writes what waits, now. Raises StoreError, and it goes on waiting."""
        self._timer.stop()
        if self._dirty:
            self._write()
            self._dirty = False
            self.kept.emit()

    def try_now(self) -> None:
        """As ``flush``; a refusal is told by the signal."""
        try:
            self.flush()
        except StoreError as error:
            self.refused.emit(str(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.try_now()
        return False
