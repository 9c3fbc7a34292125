"""The head of the page Stress: what can be done from everywhere on it, and the tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.ui.keys import TAB_KEYS, shown
from companion.ui.pages.stress.views import PLACES
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.phaserow import PhaseRow
from companion.ui.widgets.shown import show_if

_NARROW, _TINY, _LOW = 700, 420, 420
"""Pixels at 100 % from which on there is room for the keys beside the words, and for the words beside the icons: so
wide, and so high a page."""


class Head(QWidget):
    """Every press is a wish."""

    check_requested = Signal()
    entry_requested = Signal()
    breathe_requested = Signal()
    lock_pressed = Signal()
    tab_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hints: list[tuple[KeyButton, str]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._row = QHBoxLayout()
        self._narrow = self._tiny = self._low = self._no_digits = self._live = False
        self._tab = PLACES[0].key
        self._title = label(self.tr("Stress"), "title", self)
        self._row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        box, self._flow = flow_widget(self)
        self.check = self._button(self.tr("New check"), "plus", "N", box)
        self.entry = self._button(self.tr("New entry"), "edit", "E", box)
        self.breathe = self._button(self.tr("Breathe"), "stress", "B", box)
        self.lock = self._button(self.tr("Lock"), "lock", "L", box)
        self.care = KeyButton(theme, self.tr(PLACES[-1].words), "key", "", "plain", box)
        self.care.setToolTip(self.tr("Passphrase, recovery code, locking, deleting"))
        self._hints.append((self.care, str(len(PLACES))))
        self._flow.addWidget(self.care)
        self.care.clicked.connect(self._on_care)
        self.check.clicked.connect(self.check_requested)
        self.entry.clicked.connect(self.entry_requested)
        self.breathe.clicked.connect(self.breathe_requested)
        self.lock.clicked.connect(self.lock_pressed)
        self._row.addWidget(box, 1)
        self._column.addLayout(self._row)
        self.tabs = PhaseRow(
            theme, [(place.key, self.tr(place.words)) for place in PLACES[:-1]], self, self.tr("shown")
        )
        self._show_hints()
        self.tabs.phase_requested.connect(self.tab_requested)
        self._column.addWidget(self.tabs)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_state(self, state: str, tab: str) -> None:
        """Shows what can be done in a state of the journal, and which tab is shown."""
        words = self.tr("Lock") if state == "open" else self.tr("Unlock")
        self.lock.set_label("" if self._tiny else words, words)
        self.lock.set_icon("lock" if state == "open" else "unlock")
        show_if(self.lock, state in ("open", "locked"))
        show_if(self.care, state != "none")
        self.care.set_kind("quiet" if tab == "care" else "plain")
        self.care.setAccessibleDescription(self.tr("shown") if tab == "care" else "")
        self.check.setEnabled(state in ("open", "locked"))
        self.entry.setEnabled(state in ("open", "locked"))
        self.tabs.set_state(tab)
        no_digits = next(place.digits for place in PLACES if place.key == tab)
        moved, self._tab = tab != self._tab, tab
        if no_digits != self._no_digits or (moved and no_digits):
            self._no_digits = no_digits
            self._show_hints()

    def show_live(self, live: bool) -> None:
        """While a call is live or rings, its letters are not the page's: no button names one then."""
        if live != self._live:
            self._live = live
            self._show_hints()

    def tab_of(self, n: int) -> str:
        """The tab that bears a digit now; empty for none."""
        there = self._there()
        return there[n - 1] if 1 <= n <= len(there) else ""

    def tab_beside(self, by: int) -> str:
        """The tab so many places after the one that is shown, round and round."""
        there = self._there()
        return there[(there.index(self._tab) + by) % len(there)]

    def turn_tab(self, by: int) -> None:
        """The next tab (1), or the one before (-1)."""
        self.tab_requested.emit(self.tab_beside(by))

    def _there(self) -> list[str]:
        return [place.key for place in PLACES if place.key != "care" or not self.care.isHidden()]

    def _on_care(self) -> None:
        self.tab_requested.emit("care")

    def _button(self, text: str, icon: str, key: str, parent: QWidget) -> KeyButton:
        made = KeyButton(self._theme, text, icon, key, "quiet", parent)
        self._hints.append((made, key))
        self._flow.addWidget(made)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        self._make_room(wide)

    def set_page_height(self, high: int) -> None:
        """A low page needs its room for what it shows: then the buttons of a narrow one have no words."""
        self._low = high < self._theme.px(_LOW)
        self._make_room(self.width())

    def _make_room(self, wide: int) -> None:
        narrow = wide < self._theme.px(_NARROW)
        room = (narrow, wide < self._theme.px(_TINY) or (narrow and self._low))
        if room != (self._narrow, self._tiny):
            self._narrow, self._tiny = room
            # Not now: this comes out of the layout that would be changed by it.
            QTimer.singleShot(0, self, self._show_hints)

    def _show_hints(self) -> None:
        """Where there is little room, the keys stand in the list of keys alone, and the rail names the page."""
        show_if(self._title, not self._narrow)
        for button, key in self._hints:
            button.set_key_hint("" if self._narrow or (self._live and key.isalpha()) else key)
            words = button.accessibleName()
            button.set_label("" if self._tiny or (self._narrow and button is self.care) else words, words)
            if button is not self.care:
                button.setToolTip(words if self._tiny else "")
        after = self.tab_beside(1) if self._no_digits else ""
        for n, place in enumerate(PLACES[:-1], 1):
            # Where the digits belong to what is shown, the one key that leads on is named instead.
            key = shown(TAB_KEYS["tab_next"]) if place.key == after else "" if self._no_digits else str(n)
            self.tabs.buttons[place.key].set_key_hint("" if self._narrow else key)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(12))
        self._row.setSpacing(px(20))
        self._title.setMinimumHeight(self.check.sizeHint().height())  # in line with the first row of buttons
        self._flow.setSpacing(px(8))
