"""What can be done with the day that is shown: each gesture asked for, its refusal told, the cursor led on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from companion.core.categories import CategoryError
from companion.core.days import SLOT, Day, nearest
from companion.core.spans import PROPOSED, Span, gaps, open_since
from companion.core.timeline_entry import Preview, length_words
from companion.core.usual import night as asleep
from companion.storage.errors import StoreError
from companion.timedesk import SLEEPING, TimeDesk
from companion.ui.pages.time import night_times
from companion.ui.pages.time.grid import DayGrid
from companion.ui.pages.time.lastnight import LastNight
from companion.ui.widgets.say import say


class Shows(Protocol):
    """What the verbs need of the view."""

    day: Day

    def ghosts_left(self) -> list[Span]:
        """The blocks of a usual day that are still open."""

    def show_day(self, day: Day) -> None: ...


class DayVerbs(QObject):
    """``told`` carries a small word. What was done shows by the announcement of the store, never from here."""

    told = Signal(str)

    def __init__(self, time: TimeDesk, grid: DayGrid, view: Shows, parent: QObject) -> None:
        super().__init__(parent)
        self._time, self._grid, self._view = time, grid, view
        self._until_now = (0, 0)

    def _do(self, verb: Callable[..., Any], *args: Any) -> Any:
        """Does something: what was done, None where nothing was to do, False where it was refused, which is told."""
        try:
            return verb(*args)
        except (StoreError, CategoryError) as refused:
            self.told.emit(self.tr("Not kept: %1").replace("%1", str(refused)))
        except ValueError:
            self.told.emit(self.tr("That cannot be done here."))
        return False

    def _slot_of(self, instant: int) -> int:
        return self._grid.sheet.slot_at(instant) if self._grid.sheet is not None else 0

    def _say(self, done: Any) -> None:
        """What a gesture did, for who does not see the grid; without the time of day that its words begin with."""
        if done:
            say(self._grid, done.words.partition(": ")[2] or done.words)

    # -- filling
    def fill(self, start: int, end: int, category: str) -> None:
        """Fills a stretch, and goes on to the slot behind it. What was chosen as open until now keeps its proposals."""
        if (start, end) == self._until_now:
            done = self._do(self._time.until_now, self._view.day, category, start)
        else:
            done = self._do(self._time.paint, start, end, category)
        if done is not False:
            self._grid.step_on()
            self._say(done)  # after the step: the reader first hears where the cursor is

    def fill_chosen(self, category: str) -> None:
        """Fills what is chosen."""
        self.fill(*self._grid.chosen, category)

    def like_before(self, start: int, end: int) -> None:
        """Fills with the category of what comes before."""
        category = self._time.one_before(start)
        if category is None:
            self.told.emit(self.tr("Nothing is filled before this."))
        else:
            self.fill(start, end, category)

    def erase(self, start: int, end: int) -> None:
        """Clears what is chosen."""
        done = self._do(self._time.erase, start, end)
        self._say(done)
        if done is None:
            self.told.emit(self.tr("Nothing is filled there."))

    def enter(self, preview: Preview) -> bool:
        """Does what a line says; False where the disk refuses. The cursor goes behind it, on another day if need be."""
        day = self._view.day
        if not (preview.span.start < day.end and preview.span.end > day.start):
            self._view.show_day(preview.day)
        done = self._do(self._time.enter, preview)
        if done is None:
            self.told.emit(self.tr("That is there already."))
        if done is not False:
            self._grid.go_to(self._slot_of(preview.span.end))
            self._say(done)
        return done is not False

    def enter_night(self, card: LastNight) -> bool:
        """“Last night”, with a nap where one is given: one gesture. False where something is wrong, which is told."""
        start, end, nap_start, nap_end = card.texts()
        day = self._view.day
        zone, now, row = self._time.zone_of(day), self._time.now(), 0
        try:
            stretches = [night_times.night(start, end, day, zone)]
            if nap_start or nap_end:
                row = 2
                stretches.append(night_times.nap(nap_start, nap_end, day, zone))
        except night_times.NightError as wrong:
            card.show_problem(str(wrong), card.fields[row + wrong.field])
            return False
        found = [span for a, b in stretches for span in asleep(a, b, now, SLEEPING)]
        words = self.tr("last night") if len(stretches) == 1 else self.tr("last night and a nap")
        done = self._do(self._time.paint_spans, found, words)
        if done is False:
            return False
        slept = " + ".join(length_words(until - since) for since, until in stretches)
        self.told.emit(self.tr("Slept %1.").replace("%1", slept))
        self._grid.go_to(self._slot_of(stretches[0][1]))
        return True

    # -- proposals
    def accept(self, start: int, end: int) -> None:
        """Takes the blocks of a usual day, or the proposals, under the cursor (as a whole) or in what is chosen."""
        ghosts = [span for span in self._view.ghosts_left() if span.start < end and span.end > start]
        if ghosts:
            done = self._do(self._time.take_usual, ghosts)
            if done:
                self._grid.go_to(self._slot_of(ghosts[-1].end))
                self._say(done)
            return
        span = self._grid.day_model.span_at(self._grid.first)
        if self._grid.first == self._grid.last and span is not None and span.state == PROPOSED:
            start, end = span.start, span.end
        done = self._do(self._time.accept, start, end)
        if done is None:
            self.told.emit(self.tr("Nothing is proposed there."))
        elif done:
            self._grid.go_to(self._slot_of(end))
            self._say(done)

    def accept_all(self) -> None:
        """Takes what is left of a usual day, else all proposals of the day."""
        ghosts = self._view.ghosts_left()
        if ghosts:
            self._say(self._do(self._time.take_usual, ghosts))
        else:
            done = self._do(self._time.accept_day, self._view.day)
            self._say(done)
            if done is None:
                self.told.emit(self.tr("Nothing is proposed on this day."))

    # -- choosing
    def choose_open(self) -> None:
        """Chooses what is open: from where the record ends until now; then, and on a day that is over, the next gap."""
        now, day, spans = self._time.now(), self._view.day, self._grid.day_model.spans
        today = day.start <= now < day.end
        limit = min(day.end, nearest(now, day.start)) if today else day.end
        found = gaps(spans, day.start, limit)
        if today:
            begin = open_since(spans, now, day.start)
            end = min(day.end, max(limit, day.start + ((begin - day.start) // SLOT + 1) * SLOT))
            if begin < now:
                self._until_now = (begin, end)
                found = [self._until_now, *(gap for gap in found if gap[1] <= begin)]
        if not found:
            self.told.emit(self.tr("Nothing is open."))
            return
        chosen = self._grid.chosen
        if chosen in found:
            after = (found.index(chosen) + 1) % len(found)
        else:
            after = 0 if today else next((i for i, gap in enumerate(found) if gap[1] > chosen[0]), 0)
        self._grid.choose(*found[after])

    def no_letter(self) -> None:
        """A letter that no category has."""
        self.told.emit(self.tr("No category has this letter."))

    # -- undo
    def undo(self) -> None:
        """Takes the last gesture back."""
        self._step(self._time.undo, self.tr("Undone: %1"))

    def redo(self) -> None:
        """Does again what was undone last."""
        self._step(self._time.redo, self.tr("Done again: %1"))

    def _step(self, verb: Callable[[], Any], words: str) -> None:
        step = self._do(verb)
        if step is not False:
            self.told.emit(words.replace("%1", step.words) if step else self.tr("There is nothing more."))
