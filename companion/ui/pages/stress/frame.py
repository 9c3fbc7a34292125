"""What stands where on the page Stress: a head, tabs, and one view, one gate or the form of a check below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desk import Desk
from companion.ui.pages.stress.checkcard import CheckCard
from companion.ui.pages.stress.guard import Guard
from companion.ui.pages.stress.head import Head
from companion.ui.pages.stress.locked import LockedView
from companion.ui.pages.stress.planned import BreakBell
from companion.ui.pages.stress.setup import SetupView
from companion.ui.pages.stress.shelf import BY_KEY, Shelf, Wishes
from companion.ui.pages.stress.views import PLACES
from companion.ui.theme.theme import Theme
from companion.ui.widgets.shown import show_if


class StressFrame(QWidget):
    """Shows the tab that is wanted, as far as the state of the journal lets it."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    copied = Signal(str)
    settings_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._place = PLACES[0]
        self._card: CheckCard | None = None
        self.setAccessibleName(self.tr("Stress"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.head = Head(theme, self)
        self.head.tab_requested.connect(self.show_tab)
        self._column.addWidget(self.head)
        self.shelf = Shelf(desk, theme, self.wishes(), self)
        self.shelf.told.connect(self.told)
        self.shelf.tab_requested.connect(self.show_tab)
        self._column.addWidget(self.shelf, 1)
        self.guard = Guard(desk, self.shelf, self)
        self.bell = BreakBell(desk, self)
        self.bell.due.connect(self.told)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.refresh()

    def wishes(self) -> Wishes:
        """Who takes what the views wish for."""
        raise NotImplementedError

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_page_height(event.size().height())

    # -- what is shown
    def view(self, key: str) -> Any:
        """The view of a tab, made when there is none yet; a private one only while the journal is open."""
        return self.shelf.view(key)

    @property
    def gate(self) -> SetupView | LockedView | None:
        """What stands in for a private view now, None while a view is shown."""
        return self.shelf.gate

    @property
    def current(self) -> Any:
        """The view that is shown, None while a gate stands there."""
        return self.shelf.current

    @property
    def state(self) -> str:
        """none, locked, open or broken, as it is shown: what is covered counts as locked."""
        return self.guard.state

    def refresh(self) -> None:
        """Shows what is kept now, or that it is locked."""
        self.bell.look()
        self.guard.follow()
        state = self.state
        if state == "none" and self._place.key == "care":
            self._place = PLACES[0]
        self.head.show_state(state, self._place.key)
        if self._place.private and state != "open":
            self.shelf.show_gate(state)
        else:
            self.shelf.show_view(self._place.key)
        gate, view = self.gate, self.current
        if isinstance(gate, LockedView):
            gate.refresh()
        elif view is not None:
            view.refresh()

    def show_tab(self, key: str) -> None:
        """Shows a tab, and gives it the keyboard where it asks for something."""
        if self._card is not None:
            self._card.put_away()
        if key != self._place.key:
            self.flush()
        self._place = BY_KEY[key]
        self.refresh()
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes to the passphrase where one is asked for, else to the page, whose keys then work."""
        gate = self.gate
        if self._card is not None and self._card.is_open:
            self._card.form.setFocus(Qt.FocusReason.OtherFocusReason)
        elif gate is not None:
            gate.take_focus()
            QTimer.singleShot(0, self.shelf, self.shelf.see_focus)  # it may not be laid out yet
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def card(self) -> CheckCard:
        """The form of a check, made when it is first wanted."""
        if self._card is None:
            self._card = CheckCard(self._desk, self._theme, self)
            self._card.told.connect(self.told)
            self._card.opened.connect(self._on_form)
            self._card.left.connect(self._on_form)
            self._card.hide()
            self._column.addWidget(self._card, 1)
        return self._card

    def _on_form(self) -> None:
        """The form stands in the place of what is shown else: ten seconds, and nothing beside it."""
        wanted = self.card.is_open
        show_if(self.shelf, not wanted)
        show_if(self.card, wanted)
        if not wanted and self.isVisible():
            self.take_focus()

    def flush(self) -> None:
        """Writes what is typed, now; a refusal is told."""
        refused = self.shelf.flush()
        if refused is not None:
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(refused)))
