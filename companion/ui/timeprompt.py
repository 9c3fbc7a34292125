"""The quiet strip between calls: how long nothing was recorded, the likeliest categories, one click to be rid of it.

It asks once for all the time that is open, never for a part of it and never twice within the user's interval. It never
comes while a call is live, rings or is wrapped up, nor in quiet hours, and it takes no focus. While there is nothing to
ask, one timer runs to the moment at which there can be; none runs while it is off, in a call, or while nothing was
recorded on this day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from companion.core.changes import Change
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.theme.theme import Theme
from companion.ui.timeprompt_card import MOST, PromptCard
from companion.ui.widgets.shown import show_if

if TYPE_CHECKING:
    from companion.timedesk import Done, Gap

_LONGEST_MS = 6 * 3600 * 1000
_NEWS = Change.TIME | Change.HISTORY | Change.BREAKS | Change.SETTINGS | Change.CALL


class TimePrompt(PromptCard):
    """Made by the window and put at the foot of its pages. ``follow`` starts it, ``hear`` hands it what was written.

    ``undo_offered`` carries words and a callable; ``grid_requested`` the name of a day and two instants in it.
    """

    told = Signal(str)
    undo_offered = Signal(str, object)
    grid_requested = Signal(str, object, object)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(desk, theme, parent)
        self._rest_until = 0
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.follow)

    # -- when to ask
    @property
    def gap(self) -> Gap | None:
        """The stretch that is asked for, None while nothing is."""
        return self._gap

    def hear(self, change: Change) -> None:
        """Something was written."""
        if change & _NEWS:
            self.follow()

    def follow(self) -> None:
        """Looks whether there is something to ask now, else when there can be."""
        self.timer.stop()
        board = self._desk.board
        if board.active or board.ringing or board.wrapup or not self._desk.prefs.time_prompt_min:
            self._put_away()
            return
        try:
            self._look()
        except StoreError:  # told of elsewhere; a question can wait
            self._put_away()

    def _look(self) -> None:
        time = self._desk.time
        time.proposals.update()
        now = time.now()
        gap = time.proposals.gap() if self._gap is not None or now >= self._rest_until else None
        if gap is None:
            self._put_away()
        else:
            self._show(gap)
        self._arm(now)

    def _arm(self, now: int) -> None:
        """Runs the timer to the next moment at which anything here can change by itself."""
        from companion.core.prompting import before_quiet, next_due

        time, prefs = self._desk.time, self._desk.prefs
        if self._gap is not None:
            due = before_quiet(now, prefs.time_quiet, time.zone)
        else:
            day = time.calendar.of(now)
            there = time.spans(day.start, max(now, day.start + 1))
            if not there:
                return  # nothing is recorded on this day: whatever is, is heard of
            least = prefs.time_prompt_min * 60
            due = next_due(now, there[-1].end, least, prefs.time_quiet, time.zone, self._rest_until)
            if due >= day.end:
                return
        if due is not None:
            self.timer.start(min(_LONGEST_MS, max(1000, (due - now) * 1000 + 200)))

    # -- what is asked
    def _show(self, gap: Gap) -> None:
        if not self._built:
            self._build()
        time = self._desk.time
        # In the places that they have: whoever is about to press one would press another.
        fresh = self._gap is None or {one.category for one in self.choices} != set(gap.categories[:MOST])
        self._gap = gap
        words = f"{time.clock_words(gap.start)}–{time.clock_words(gap.end)}"
        self.title.setText(self.tr("%1 today is open").replace("%1", words))
        self.setAccessibleName(self.title.text())
        if fresh:
            self._show_choices(gap)
        show_if(self, True)

    def _put_away(self) -> None:
        if self._gap is None and self.isHidden():
            return
        self._gap = None
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()
        show_if(self, False)

    # -- answers
    def digit(self, n: int) -> bool:
        """Answers with the n-th category; False where there is none."""
        if self._gap is None or not 1 <= n <= len(self.choices):
            return False
        self._fill(self.choices[n - 1].category)
        return True

    def escape(self) -> bool:
        """Not now; False while nothing is asked."""
        if self._gap is None:
            return False
        self.not_now()
        return True

    def _on_choice(self) -> None:
        button = self.sender()
        if button in self.choices:
            self._fill(button.category)

    def _fill(self, category: str) -> None:
        gap = self._gap
        if gap is None:
            return
        before = self._rest_until
        self._rest()
        try:
            done = self._desk.time.paint(gap.start, gap.end, category)
        except StoreError as error:
            self._rest_until = before
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(error)))
            return
        except ValueError as error:  # the category is no longer there
            self._rest_until = before
            self.told.emit(str(error))
            self._gap = None
            self.follow()
            return
        self._put_away()
        self.follow()
        if done is not None:
            self.undo_offered.emit(done.words, self._back(done))

    def _back(self, done: Done) -> Callable[[], object]:
        from companion.ui.pages.time.undoing import taking_back

        return taking_back(self._desk.time, done.n)

    def _rest(self) -> None:
        """Asks no more for an interval."""
        self._rest_until = self._desk.time.now() + self._desk.prefs.time_prompt_min * 60

    def _on_other(self) -> None:
        gap = self._gap
        if gap is not None:
            day = self._desk.time.day_at(gap.start).name
            self._rest()
            self._put_away()
            self.follow()
            self.grid_requested.emit(day, gap.start, gap.end)

    def not_now(self) -> None:
        """The strip goes, and comes back after an interval at the earliest."""
        self._rest()
        self._put_away()
        self.follow()

    def turn_off(self) -> None:
        """Asks no more at all, and says where that can be changed."""
        prefs = self._desk.prefs
        before = prefs.time_prompt_min
        try:
            prefs.set("time_prompt_min", 0)
        except StoreError as error:
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(error)))
            return
        self._put_away()
        self.timer.stop()
        words = self.tr("It asks no more about open time. Settings, under Time, turns it on again.")
        self.undo_offered.emit(words, lambda: prefs.set("time_prompt_min", before))
