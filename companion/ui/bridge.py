"""Announcements of the store as one Qt signal: the only way that news reaches a page."""

from PySide6.QtCore import QObject, Signal

from companion.core.changes import Change
from companion.desk import Desk


class Bridge(QObject):
    """``changed`` carries the flags of each commit, on the thread of the window."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = desk.subscribe(self._on_change)

    def _on_change(self, change: Change) -> None:
        self.changed.emit(change)

    def close(self) -> None:
        """No more news."""
        self._stop()
