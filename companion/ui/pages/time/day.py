"""The view of one day: its grid, the line for quick entry, the night, the sums, the undo list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from companion.core.days import Day
from companion.core.spans import PROPOSED, Span, gaps
from companion.core.timeline_entry import Preview, Problem
from companion.core.totals import sums, totals
from companion.desk import Desk
from companion.timedesk import SLEEPING
from companion.ui.pages.time.day_hint import DayHint
from companion.ui.pages.time.day_layout import DayLayout
from companion.ui.pages.time.day_verbs import DayVerbs
from companion.ui.pages.time.grid_keys import meaning
from companion.ui.theme.theme import Theme

_TICK_MS = 20_000


class DayView(DayLayout):
    """``told`` carries a small word, ``day_shown`` that another day is shown, ``ticked`` that time has gone on."""

    told = Signal(str)
    day_shown = Signal()
    ticked = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        self._time = desk.time
        super().__init__(theme, parent)
        self._desk = desk
        self.day: Day = self._time.today()
        self._follows = True  # what is shown is today, and goes on with it
        self._usual: list[Span] | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._tick.timeout.connect(self._on_tick)
        self._connect()

    def _connect(self) -> None:
        grid = self.grid
        grid.letters_free = self._letters_free
        self.hint = DayHint(self._time, grid, self.quick, self._letters_free)
        self.verbs = DayVerbs(self._time, grid, self, self)
        self.verbs.told.connect(self.told)
        grid.fill_requested.connect(self.verbs.fill)
        grid.like_before_requested.connect(self.verbs.like_before)
        grid.erase_requested.connect(self.verbs.erase)
        grid.accept_requested.connect(self.verbs.accept)
        grid.verb_requested.connect(self._on_verb)
        grid.quick_requested.connect(self.quick.start)
        grid.moved.connect(self.hint.show)
        grid.seen.connect(self._on_seen)
        self.quick.previewed.connect(self._on_previewed)
        self.quick.entered.connect(self._on_entered)
        self.quick.left.connect(self.take_focus)
        self.palette_.chosen.connect(self._on_chip)
        self.night.entered.connect(self._on_night)
        self.night.usual.clicked.connect(self._on_usual)
        self.undo_list.undo_requested.connect(self.verbs.undo)
        self.undo_list.redo_requested.connect(self.verbs.redo)

    # -- what is shown
    def refresh(self) -> None:
        """Shows the day as it is kept now."""
        with self.hint.once():
            self._show_kept()
        self.settle()

    def _show_kept(self) -> None:
        found = self._time.view(self._time.day(self.day.name))
        self.day = found.day
        now, tree = self._time.now(), self._time.tree
        self.looks.set_tree(tree)
        sheet = self.grid.sheet_of(found.day, found.zone, self._time.twelve)
        self.grid.show_day(sheet, found.spans, tree, now)
        self.palette_.show_tree(tree)
        self.quick.day = found.day
        recorded = [span for span in found.spans if span.state != PROPOSED]
        figures = totals(tree, sums(recorded, found.day.start, found.day.end))
        standings = self._time.goals.standings(found.day.name, found.day.name)
        self.sums.show_sums(figures, found.balance, standings)
        slept = any(span.category == SLEEPING for span in found.spans)
        self.night.fold(slept)
        undo, redo = self._time.to_undo, self._time.to_redo
        self.undo_list.show_steps(
            self._time.history(8), undo.words if undo else "", redo.words if redo else ""
        )
        if self.quick.line.text():
            self.quick.read_again()
        else:
            self._show_ghosts()

    def show_day(self, day: Day) -> None:
        """Shows another day."""
        self.grid.letters.settle()
        self.day = day
        self._usual = None
        self._follows = day.start <= self._time.now() < day.end
        self.night.clear()
        self.refresh()
        self.day_shown.emit()

    def go(self, days: int) -> None:
        """The day before (-1), the day after (1), or today (0)."""
        if days == 0:
            self.show_day(self._time.today())
        elif days < 0:
            self.show_day(self._time.previous_day(self.day))
        else:
            self.show_day(self._time.next_day(self.day))

    def _on_tick(self) -> None:
        """A little time has passed: the mark of now moves; a day that is over gives way to the new one."""
        self.ticked.emit()
        today = self._time.today()
        if self._follows and today != self.day and not self.grid.letters.pending:
            self.show_day(today)
            return
        self.grid.show_now(self._time.now())
        if self.quick.line.text():
            self.quick.read_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    # -- words
    def _letters_free(self) -> bool:
        board = self._desk.board
        return not (board.active or board.ringing)

    def _read(self, line: str) -> Preview | Problem:
        return self._time.quick(line, self.day)

    def _on_previewed(self, preview: object) -> None:
        """The span that is typed stands on the grid as a ghost."""
        self._show_ghosts()

    def _show_ghosts(self) -> None:
        if self.quick.preview is not None:
            self.grid.show_ghosts([self.quick.preview.span])
        elif self.grid.letters.pending is None:
            self.grid.show_ghosts(self.ghosts_left())

    def ghosts_left(self) -> list[Span]:
        """The blocks of a usual day that are still open, cut to where nothing is."""
        if not self._usual:
            return []
        spans = self.grid.day_model.spans
        return [
            block._replace(start=start, end=end)
            for block in self._usual
            for start, end in gaps(spans, block.start, block.end)
        ]

    def _on_chip(self, category: str) -> None:
        self.verbs.fill_chosen(category)
        self.take_focus()

    def _on_entered(self, preview: Preview) -> None:
        if self.verbs.enter(preview):
            self.quick.taken()

    def _on_night(self) -> None:
        if self.verbs.enter_night(self.night):
            self.night.clear()
            self.take_focus()
            self.night.fold(True)

    def _on_usual(self) -> None:
        """The ghost of a usual day: on, or off."""
        wanted = self._usual is None
        self._usual = self._time.usual_day(self.day) if wanted else None
        left = self.ghosts_left()
        if wanted and not left:
            self._usual = None
            self.told.emit(self.tr("There are too few days to tell what is usual, or nothing is open."))
        elif left:
            self.grid.choose(left[0].start, left[0].start + 300)
            self.told.emit(self.tr("Space takes a block, Ctrl+Space all of them, Esc puts them away."))
        self._show_ghosts()
        self.take_focus()

    def _on_verb(self, verb: str) -> None:
        verbs: dict[str, Callable[[], object]] = {
            "open": self.verbs.choose_open,
            "accept_all": self.verbs.accept_all,
            "undo": self.verbs.undo,
            "redo": self.verbs.redo,
            "usual": self._on_usual,
            "last_night": self.night.start,
            "previous": lambda: self.go(-1),
            "next": lambda: self.go(1),
            "unknown": self.verbs.no_letter,
        }
        verbs[verb]()

    # -- as the page asks
    def take_focus(self) -> None:
        """The keyboard goes to the grid."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """A letter that waits for its second is taken as it is."""
        self.grid.letters.settle()

    def take_press(self, event: QKeyEvent) -> bool:
        """A key with Ctrl that nobody took, from anywhere on the page: undo and redo, the night, a usual day."""
        press = meaning(event, None, None)
        if press is None or press.verb not in ("undo", "redo", "usual", "last_night", "accept_all"):
            return False
        self._on_verb(press.verb)
        return True

    def key(self, name: str) -> bool:
        """A letter of a category from elsewhere on the page; it fills what is chosen."""
        tree, pending = self._time.tree, self.grid.letters.pending
        if len(name) != 1 or not name.isalpha():
            return False
        if tree.by_letter(name) is None and (pending is None or tree.by_letter(name, pending.id) is None):
            return False
        self.take_focus()
        self.grid.letters.type(name, tree)
        return True

    def digit(self, n: int) -> bool:
        """0 is today."""
        if n == 0:
            self.go(0)
        return n == 0

    def escape(self) -> bool:
        """Out of a letter that waits, a choice, a usual day; False when there is none."""
        if self.grid.escape():
            return True
        if self._usual is not None:
            self._on_usual()
            return True
        return False
