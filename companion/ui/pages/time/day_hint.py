"""The line under quick entry while nothing is written there: what is chosen, what waits, and what the keys do now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from companion.timedesk import TimeDesk
from companion.ui.pages.time.grid import DayGrid
from companion.ui.pages.time.quick import QuickEntry
from companion.ui.widgets.say import say


class DayHint(QObject):
    """Shown in the line of quick entry; what is news in it is told to a screen reader too."""

    def __init__(self, time: TimeDesk, grid: DayGrid, quick: QuickEntry, letters_free: Callable[[], bool]):
        super().__init__(grid)
        self._time, self._grid, self._quick, self._letters_free = time, grid, quick, letters_free
        self._held = False
        self._said: tuple[object, ...] = ()

    @contextmanager
    def once(self) -> Iterator[None]:
        """However much changes within, the hint is shown once, at the end."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self.show()

    def show(self) -> None:
        """What the keys do now: what is in the category that waits, or what is chosen and how to fill it."""
        pending = self._grid.letters.pending
        if self._held:
            return
        if pending is not None:
            inside = "  ".join(
                f"{child.letter.upper()} {child.name}"
                for child in self._time.tree.children(pending.id)
                if child.letter
            )
            words = self.tr("%1: %2, or Enter for itself").replace("%1", pending.name).replace("%2", inside)
            self._quick.show_hint(words)
            self._say((pending.id,), words)
            return
        words = self._grid.day_model.words(self._grid.first)
        if self._grid.first != self._grid.last:
            start, end = self._grid.chosen
            words = f"{self._time.clock_words(start)}–{self._time.clock_words(end)}"
            self._say((start, end), self.tr("%1 chosen").replace("%1", words))
        else:
            self._said = ()
        keys = self.tr(
            "letter fills · Enter: open until now · . like before · Delete erases · Space accepts · + line"
        )
        if not self._letters_free():
            keys = self.tr(
                "Enter: open until now · Delete erases · Space accepts · letters are the call's keys now"
            )
        self._quick.show_hint(f"{words}  ·  {keys}")

    def _say(self, what: tuple[object, ...], words: str) -> None:
        """Once for each letter that waits and each stretch, while the keyboard is on the grid."""
        if what != self._said and self._grid.hasFocus():
            self._said = what
            say(self._grid, words)
