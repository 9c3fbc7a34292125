"""The grid of a day: a table of five-minute slots, worked by mouse and keys, painted in one pass (``time.slots``).

What is chosen is a stretch of time and no rectangle: from one slot to another, over the ends of rows. The grid only
asks; its owner fills, and shows the day anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from companion.core.categories import Tree
from companion.core.spans import PROPOSED, Span
from companion.ui.pages.time.grid_keys import Letters, Press, meaning
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.grid_model import COLUMNS, Sheet
from companion.ui.pages.time.grid_part import Chosen, between, runs
from companion.ui.pages.time.grid_view import GridView
from companion.ui.theme.theme import Theme


class DayGrid(GridView):
    """Instants are carried as ``object``: Unix time outgrows Qt's ``int``."""

    fill_requested = Signal(object, object, str)
    like_before_requested = Signal(object, object)
    erase_requested = Signal(object, object)
    accept_requested = Signal(object, object)
    verb_requested = Signal(str)
    """accept_all, undo, redo, usual, last_night, previous, next."""
    quick_requested = Signal(str)
    moved = Signal()
    seen = Signal(QRect)

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, looks, parent)
        self._anchor = self._head = 0
        self._marked = Chosen()  # what was chosen when it was last told
        self.setAccessibleDescription(
            self.tr("Arrow keys move, Shift chooses, letters fill, Delete erases, Space accepts a proposal.")
        )
        self.letters_free: Callable[[], bool] = lambda: True
        self.letters = Letters(self)
        self.letters.chosen.connect(self._on_letter)
        self.letters.waiting.connect(self._on_waiting)

    def show_day(self, sheet: Sheet, spans: Sequence[Span], tree: Tree, now: int) -> None:
        """Shows a day. The cursor stays where it is on the same day, else it goes to ``now`` or the day's start."""
        other = self._sheet is None or self._sheet.day != sheet.day
        if other:
            self.letters.drop()
        super().show_day(sheet, spans, tree, now)
        if other:
            self.go_to(sheet.slot_at(now) if sheet.day.start <= now < sheet.day.end else 0)

    def chosen_cells(self) -> Chosen:
        return Chosen(self.first, self.last, self._head)

    # -- what is chosen
    @property
    def first(self) -> int:
        return min(self._anchor, self._head)

    @property
    def last(self) -> int:
        return max(self._anchor, self._head)

    @property
    def chosen(self) -> tuple[int, int]:
        """The stretch that is chosen, as instants; one slot at least."""
        if self._sheet is None:
            return 0, 0
        return self._sheet.start(self.first), self._sheet.start(self.last + 1)

    def choose(self, start: int, end: int) -> None:
        """Chooses a stretch of the day, as instants."""
        if self._sheet is not None and start < end:
            self._anchor = self._sheet.slot_at(start)
            self.go_to(self._sheet.slot_at(end - 1), extend=True)

    def go_to(self, slot: int, extend: bool = False) -> None:
        """The cursor goes to a slot, held within the day; what lies between is chosen where it extends."""
        if self._sheet is None or not self._sheet.slots:
            return
        self._head = min(max(0, slot), self._sheet.slots - 1)
        if not extend:
            self._anchor = self._head
        self._select()
        self._renew_marks()
        self.moved.emit()
        self.seen.emit(self.visualRect(self.currentIndex()))

    def _renew_marks(self) -> None:
        """Has painted anew what was chosen and what is; the cursor also looks otherwise without the keyboard."""
        before, self._marked = self._marked, self.chosen_cells()
        if self._sheet is not None and self._measures is not None:
            self._renew(between(self._sheet, self._measures, before, self._marked))

    def _select(self) -> None:
        """Tells the selection model, which a screen reader listens to."""
        if self._sheet is None:
            return
        selection = QItemSelection()
        for row, left, right in runs(self._sheet, self.first, self.last):
            selection.select(self._model.index(row, left), self._model.index(row, right - 1))
        model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        row, column = self._sheet.place(self._head)
        model.select(selection, flag.ClearAndSelect)
        model.setCurrentIndex(self._model.index(row, column), flag.NoUpdate)

    # -- keys
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            press = meaning(event, self._tree, self.letters.pending)
            if press is not None and (self.letters_free() or not press.text):
                event.accept()  # else a letter would be a command of the window
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = meaning(event, self._tree, self.letters.pending)
        if press is None or (press.text and not self.letters_free()):
            event.ignore()
            return
        self.take(press)

    def take(self, press: Press) -> None:
        """Does what a key means."""
        if press.verb == "letter" and self._tree is not None:
            self.letters.type(press.text, self._tree)
            return
        if press.verb == "open" and self.letters.pending is not None:
            self.letters.settle()
            return
        self.letters.settle()
        if press.verb in ("left", "right", "up", "down", "home", "end"):
            self._move(press)
        elif press.verb == "all" and self._sheet is not None:
            self._anchor = 0
            self.go_to(self._sheet.slots - 1, extend=True)
        elif press.verb == "quick":
            self.quick_requested.emit("" if press.text in (",", "/") else press.text)
        else:
            signals = {
                "like_before": self.like_before_requested,
                "erase": self.erase_requested,
                "accept": self.accept_requested,
            }
            if press.verb in signals:
                signals[press.verb].emit(*self.chosen)
            else:
                self.verb_requested.emit(press.verb)

    def _move(self, press: Press) -> None:
        sheet = self._sheet
        if sheet is None or not sheet.slots:
            return
        row, column = sheet.place(self._head)
        if press.verb in ("left", "right"):
            step = 1 if press.verb == "right" else -1
            to = self._edge(step) if press.far else self._head + step
        elif press.verb in ("up", "down"):
            other = row + (1 if press.verb == "down" else -1)
            to = sheet.nearest(other, column) if 0 <= other < len(sheet.rows) else self._head
        elif press.verb == "home":
            to = 0 if press.far else sheet.first_of_row(row)
        else:
            to = sheet.slots - 1 if press.far else sheet.last_of_row(row)
        self.go_to(to, press.extend)

    def _edge(self, step: int) -> int:
        """The last slot in a direction that holds the same as the next one does: an end of a block or of a gap."""
        model, sheet = self._model, self._sheet
        at = self._head + step
        span = model.span_at(at)
        while sheet is not None and 0 <= at + step < sheet.slots and model.span_at(at + step) == span:
            at += step
        return at

    def _on_letter(self, category: str) -> None:
        start, end = self.chosen
        self.show_ghosts([])
        if start < end:
            self.fill_requested.emit(start, end, category)

    def _on_waiting(self) -> None:
        pending = self.letters.pending
        if pending is not None:
            self.show_ghosts([Span(*self.chosen, pending.id, PROPOSED)])
        self.moved.emit()

    def step_on(self) -> None:
        """After filling: the cursor goes to the slot behind what was chosen."""
        self.go_to(self.last + 1)

    def escape(self) -> bool:
        """A letter that waits is dropped; else the choice shrinks to one slot. False when there was neither."""
        if self.letters.drop():
            self.show_ghosts([])
            self.moved.emit()
            return True
        if self._anchor != self._head:
            self.go_to(self._head)
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._renew_marks()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.letters.settle()
        self._renew_marks()

    # -- mouse
    def _slot_under(self, at: QPoint) -> int:
        """The slot nearest to a place of the viewport."""
        if self._sheet is None or self._measures is None:
            return -1
        xs, ys = self._measures
        row = next((i for i in range(len(ys) - 1) if at.y() < ys[i + 1]), len(ys) - 2)
        column = next((i for i in range(COLUMNS) if at.x() < xs[i + 1]), COLUMNS - 1)
        return self._sheet.nearest(row, column)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.letters.settle()
        slot = self._slot_under(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and slot >= 0:
            self.go_to(slot, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            slot = self._slot_under(event.position().toPoint())
            if slot >= 0 and slot != self._head:
                self.go_to(slot, extend=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Chooses the block, or the open stretch, under the mouse."""
        slot = self._slot_under(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and slot >= 0 and self._sheet is not None:
            span = self._model.span_at(slot)
            first = last = slot
            while first > 0 and self._model.span_at(first - 1) == span:
                first -= 1
            while last + 1 < self._sheet.slots and self._model.span_at(last + 1) == span:
                last += 1
            self._anchor = first
            self.go_to(last, extend=True)
