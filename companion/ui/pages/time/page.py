"""The page Time: a head with the day and the tabs, and a stack of views, each made when it is first shown."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from companion.core.changes import Change
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.drafts import is_field
from companion.ui.keys import Keys, pressed
from companion.ui.pages.time.day import DayView
from companion.ui.pages.time.grid_keys import meaning
from companion.ui.pages.time.head import Head
from companion.ui.pages.time.views import BY_KEY, PLACES, made
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.shown import let_go

NEWS = Change.TIME | Change.SETTINGS
"""What the page shows anew."""
_SOURCES = Change.HISTORY | Change.BREAKS
"""What may fill slots by itself."""


class _Shelf(QStackedWidget):
    def hasHeightForWidth(self) -> bool:
        """No: what a view would like must not squeeze the head of the page."""
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 80)


class TimePage(QWidget):
    """Its views follow ``views.View``. ``told`` carries a small word, ``undo_offered`` one with a way back."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    copied = Signal(str)
    settings_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._keys = desk, theme, keys
        self._tab = ""
        self._live = False
        self._views: dict[str, Any] = {}
        self._boxes: dict[str, QWidget] = {}
        self.setAccessibleName(self.tr("Time"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._wishes: dict[str, Any] = {
            "told": self.told,
            "undo_offered": self.undo_offered,
            "copied": self.copied,
            "settings_requested": self.settings_requested,
            "day_requested": self.show_day,
            "day_shown": self._show_head,
            "ticked": self._propose_quietly,
            **{f"{place.key}_requested": partial(self.show_tab, place.key) for place in PLACES[1:]},
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.head = Head(theme, self)
        self.head.stepped.connect(self._on_stepped)
        self.head.tab_requested.connect(self.show_tab)
        self._column.addWidget(self.head)
        self.shelf = _Shelf(self)
        self._column.addWidget(self.shelf, 1)
        self._restyle()
        theme.changed.connect(self._restyle)
        self._propose()
        self._show("day")

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(10))

    # -- what is shown
    @property
    def day_view(self) -> DayView:
        """The view of one day."""
        found: DayView = self.view("day")
        return found

    @property
    def current(self) -> Any:
        """The view that is shown."""
        return self._views[self._tab]

    @property
    def tab(self) -> str:
        """The key of the tab that is shown."""
        return self._tab

    def view(self, key: str) -> Any:
        """The view of a tab, made when there is none yet."""
        if key not in self._views:
            view: Any = made(BY_KEY[key], self._desk, self._theme, self)
            self._views[key] = view
            for name, taker in self._wishes.items():
                wish = getattr(view, name, None)
                if isinstance(wish, SignalInstance):
                    wish.connect(taker)
            box = PageScroll(view, view, self) if hasattr(view, "fit") else view
            self._boxes[key] = box
            self.shelf.addWidget(box)
        return self._views[key]

    def _show(self, key: str) -> None:
        self.view(key)
        self._tab = key
        let_go(self)
        self.shelf.setCurrentWidget(self._boxes[key])
        self.setFocusProxy(self.day_view.grid if key == "day" else None)  # type: ignore[arg-type]
        self.refresh()

    def come_up(self) -> None:
        """The page is brought to the front."""
        self._propose()
        self.refresh()
        self.take_focus()

    def refresh(self) -> None:
        """Shows what is kept now."""
        self._show_head()
        self.day_view.night.show_clock(self._desk.time.twelve)
        self.current.refresh()

    def _show_head(self) -> None:
        self.head.show_tab(self._tab, self.day_view.day, self._desk.time.today())

    def show_tab(self, key: str) -> None:
        """Shows a tab, and gives it the keyboard."""
        if key != self._tab:
            self.flush()
            self._show(key)
        self.take_focus()

    def show_day(self, name: str) -> None:
        """Shows the grid of a day by its date ``YYYY-MM-DD``."""
        self.day_view.show_day(self._desk.time.day(name))
        self.show_tab("day")

    def take_focus(self) -> None:
        """The keyboard goes to the grid, or to the page, whose keys then work."""
        if hasattr(self.current, "take_focus"):
            self.current.take_focus()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_stepped(self, days: int) -> None:
        self.day_view.go(days)

    def show_keys(self, keys: Keys) -> None:
        """The keys have changed; those of this page are its own and stay."""
        self._keys = keys

    def build_all(self) -> None:
        """Builds every view, for the self-test."""
        for place in PLACES:
            self._show(place.key)
            if hasattr(self.current, "build_all"):
                self.current.build_all()
        self._show("day")

    # -- news
    def _propose(self) -> None:
        """Calls and breaks since last time become proposals."""
        try:
            self._desk.time.proposals.update()
        except StoreError as refused:
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(refused)))

    def _propose_quietly(self) -> None:
        """A break that is over now becomes a proposal while the page is looked at; a refusal is told another time."""
        with suppress(StoreError):
            self._desk.time.proposals.update()

    def hear(self, change: Change) -> None:
        """Something was written. A page that is out of sight reads again when it is shown."""
        if not self.isVisible():
            return
        if change & _SOURCES:
            self._propose()
        if change & NEWS:
            self.refresh()

    def flush(self) -> None:
        """Writes what is typed, now; a refusal is told."""
        for view in list(self._views.values()):
            try:
                view.flush()
            except StoreError as refused:
                self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(refused)))

    def show_live(self, live: bool) -> None:
        """A call is live or rings, or none is any more: letters are its keys meanwhile, and the hint says so."""
        if live != self._live:
            self._live = live
            if self.isVisible():
                self.refresh()

    # -- keys, handed on by the window
    def key(self, name: str) -> bool:
        """A letter or another sign, while no text field has the focus and no call is live."""
        return bool(self.current.key(name))

    def digit(self, n: int) -> bool:
        """A digit: for the view, then a tab."""
        if self.current.digit(n):
            return True
        tab = self.head.tab_of(n)
        if tab:
            self.show_tab(tab)
        return bool(tab)

    def command(self, command: str) -> bool:
        """Turning the page; False for all else."""
        box = self._boxes[self._tab]
        if command not in ("page_down", "page_up"):
            return False
        areas = [box, *box.findChildren(PageScroll)]
        area = next((one for one in areas if isinstance(one, PageScroll) and one.isVisible()), None)
        if area is not None:
            area.turn_page(command == "page_down")
        return area is not None

    def leave(self) -> bool:
        """Esc: out of a field, then a step of the view. Never to another page: the next letter would be a call's."""
        focus = QApplication.focusWidget()
        if focus is not None and is_field(focus) and self.isAncestorOf(focus):
            self.take_focus()
            return True
        self.current.escape()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that no command has come here by themselves. Undo and redo mean the same on every tab."""
        board, view = self._desk.board, self.current
        press = meaning(event, None, None)
        if press is not None and press.verb in ("undo", "redo"):
            verbs = self.day_view.verbs
            (verbs.undo if press.verb == "undo" else verbs.redo)()
            return
        if hasattr(view, "take_press") and view.take_press(event):
            return
        if board.active or board.ringing or not self.key(pressed(event)):
            super().keyPressEvent(event)
