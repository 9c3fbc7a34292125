"""A verb of the time desk with its way back: told where it was refused, taken back only while nothing came after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.timedesk import TimeDesk


def taking_back(time: TimeDesk, n: int) -> Callable[[], bool]:
    """Takes the line ``n`` of the undo list back if nothing was done after it; False where something was."""

    def undo() -> bool:
        step = time.to_undo
        if step is None or step.n != n:
            return False
        time.undo()
        return True

    return undo


class Undoing(QObject):
    """``offered`` carries a word and the way back, ``told`` a word alone, ``changed`` that something was done."""

    offered = Signal(str, object)
    told = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def do(self, verb: Callable[[], object], words: str) -> bool:
        """Does it; False where it was refused, which is told."""
        try:
            before = self._last()
            verb()
            n = self._last()
        except (StoreError, ValueError) as refused:
            self.told.emit(self.tr("Not kept: %1").replace("%1", str(refused)))
            return False
        if n != before:
            self.offer(n, words)
        self.changed.emit()
        return True

    def offer(self, n: int, words: str) -> None:
        """Offers the way back from the line ``n`` of the undo list."""
        self.offered.emit(words, partial(self._back, n))

    def _last(self) -> int:
        step = self._desk.time.to_undo
        return step.n if step is not None else 0

    def _back(self, n: int) -> None:
        """Takes the step back where it is the last one; all steps stand in the undo list of the day."""
        if taking_back(self._desk.time, n)():
            self.changed.emit()
        else:
            self.told.emit(self.tr("Something was done after it. Ctrl+Z goes back step by step."))
