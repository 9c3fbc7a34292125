"""The views of the page Stress and what stands in for them: made when first shown, dropped when it is locked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.drafts import is_field
from companion.ui.pages.stress.locked import LockedView
from companion.ui.pages.stress.setup import SetupView
from companion.ui.pages.stress.views import PLACES, made
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.shown import let_go

BY_KEY = {place.key: place for place in PLACES}

Wishes = Mapping[str, Callable[..., object] | SignalInstance]
"""Name of a signal that a view may have → who takes it."""


class Shelf(QStackedWidget):
    """Shows one view or one gate: setting up, or unlocking."""

    told = Signal(str)
    created = Signal()
    tab_requested = Signal(str)
    unlocked = Signal(int, bool)

    def __init__(self, desk: Desk, theme: Theme, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._wishes: Wishes = {
            **wishes,
            "journal_requested": self._on_journal,
            "patterns_requested": self._on_patterns,
            "strategy_requested": self._on_strategy,
            "help_requested": self._on_help,
        }
        self._views: dict[str, Any] = {}
        self._boxes: dict[str, QWidget] = {}
        self._gates: dict[str, SetupView | LockedView] = {}
        self._shown = ""

    def hasHeightForWidth(self) -> bool:
        """No: what a view would like must not squeeze the head of the page."""
        return False

    def minimumSizeHint(self) -> QSize:
        """What stands here gives way before the head of the page does."""
        return QSize(super().minimumSizeHint().width(), self._theme.px(80))

    def view(self, key: str) -> Any:
        """The view of a tab, made when there is none yet."""
        if key not in self._views:
            view = self._views[key] = made(BY_KEY[key], self._desk, self._theme, self)
            for name, taker in self._wishes.items():
                wish = getattr(view, name, None)
                if isinstance(wish, SignalInstance):
                    wish.connect(taker)
            self._put(key, view)
        return self._views[key]

    def gate_of(self, state: str) -> SetupView | LockedView:
        """What stands in for a private view in a state of the journal that is not open."""
        name = "setup" if state == "none" else "locked"
        if name not in self._gates:
            gate: SetupView | LockedView
            if name == "setup":
                gate = SetupView(self._desk, self._theme, self)
                gate.finished.connect(self.created)
            else:
                gate = LockedView(self._desk, self._theme, self)
                gate.unlocked.connect(self.unlocked)
                gate.began.connect(self._on_unlocking)
                gate.delete_requested.connect(self._on_care)
                gate.told.connect(self.told)
            self._gates[name] = gate
            self._put(f"gate {name}", gate)
        return self._gates[name]

    def _put(self, key: str, widget: Any) -> None:
        box = PageScroll(widget, widget, self) if hasattr(widget, "fit") else widget
        self._boxes[key] = box
        self.addWidget(box)

    def _on_unlocking(self) -> None:
        QTimer.singleShot(0, self, self._make_ready)  # once "Unlocking…" has been painted

    def _make_ready(self) -> None:
        """Makes the view that will be asked for first, still without a word in it, while the key is being found."""
        self.view("journal")

    def _on_journal(self) -> None:
        self.tab_requested.emit("journal")

    def _on_patterns(self) -> None:
        self.tab_requested.emit("patterns")

    def _on_strategy(self) -> None:
        self.tab_requested.emit("strategy")

    def _on_help(self) -> None:
        self.tab_requested.emit("help")

    def _on_care(self) -> None:
        self.tab_requested.emit("care")

    # -- what is shown
    def show_view(self, key: str) -> None:
        """Shows the view of a tab."""
        self.view(key)
        self._show(key)

    def show_gate(self, state: str) -> None:
        """Shows what stands in for a private view."""
        self.gate_of(state)
        self._show("gate setup" if state == "none" else "gate locked")

    def _show(self, key: str) -> None:
        self._shown = key
        if self.currentWidget() is not self._boxes[key]:
            let_go(self)
            self.setCurrentWidget(self._boxes[key])

    @property
    def gate(self) -> SetupView | LockedView | None:
        """The gate that is shown, if one is."""
        return self._gates.get(self._shown.removeprefix("gate ")) if self._shown.startswith("gate ") else None

    @property
    def current(self) -> Any:
        """The view that is shown, None while a gate stands there."""
        return self._views.get(self._shown)

    def see_focus(self) -> None:
        """The field that has the keyboard comes into sight; where a button has it, what there is to read does."""
        area, focus = self.currentWidget(), self.focusWidget()
        if not isinstance(area, PageScroll):
            return
        if focus is not None and is_field(focus) and area.isAncestorOf(focus):
            area.ensureWidgetVisible(focus, 0, self._theme.px(80))
        else:
            area.verticalScrollBar().setValue(0)

    def stop_for_call(self) -> None:
        """A call comes in: whatever moves here stops."""
        for view in self._views.values():
            if hasattr(view, "stop_for_call"):
                view.stop_for_call()

    def turn_page(self, down: bool) -> bool:
        """A page further down or up in whatever scrolls here."""
        shown = self.currentWidget()
        if shown is None:
            return False
        areas = [shown, *shown.findChildren(PageScroll)]
        area = next((area for area in areas if isinstance(area, PageScroll) and area.isVisible()), None)
        if area is not None:
            area.turn_page(down)
        return area is not None

    # -- writing and dropping
    def flush(self) -> StoreError | None:
        """Writes what is typed in every view; the first refusal of the disk, None when all is written."""
        refused = None
        for view in list(self._views.values()):
            try:
                view.flush()
            except StoreError as error:
                refused = refused or error
        return refused

    def drop_private(self) -> None:
        """Nothing of the journal stays in a widget."""
        let_go(self)
        for key in [key for key in self._views if BY_KEY[key].private]:
            del self._views[key]
            box = self._boxes.pop(key)
            box.hide()
            self.removeWidget(box)
            box.deleteLater()

    def cover_gates(self) -> None:
        """Nothing typed into a field for a passphrase stays there; a journal that is being set up waits for it."""
        for gate in self._gates.values():
            gate.put_out_of_sight() if isinstance(gate, SetupView) else gate.drop()

    def drop_gates(self) -> None:
        """As on first use: what was being set up is forgotten, too."""
        for gate in self._gates.values():
            gate.drop()
