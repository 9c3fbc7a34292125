"""The head of the page Time: which day it is, the way to the next one, and the tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from companion.core.days import Day, length_words
from companion.ui.pages.time.views import PLACES
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.phaserow import PhaseRow
from companion.ui.widgets.pill import Pill
from companion.ui.widgets.shown import show_if

_NARROW, _TINY = 760, 500
"""Pixels at 100 % from which on there is room for the keys beside the words, and for the title beside the buttons."""


class Head(QWidget):
    """``stepped`` carries -1, 0 (today) or 1; ``tab_requested`` the key of a tab."""

    stepped = Signal(int)
    tab_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._narrow = self._tiny = False
        self._tab = PLACES[0].key
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.title = label(self.tr("Time"), "title", self, wrap=True)
        self._row.addWidget(self.title, 1)
        self.length = Pill(theme, "", "clock", "accent", self)
        self._row.addWidget(self.length)
        box, self._flow = flow_widget(self)
        self.previous = self._button(box, "", "chevron_left", self.tr("Previous day"), -1)
        self.today = self._button(box, self.tr("Today"), "", self.tr("Today"), 0)
        self.next = self._button(box, "", "chevron_right", self.tr("Next day"), 1)
        self._steps = box
        self._row.addWidget(box)
        self._column.addLayout(self._row)
        self.tabs = PhaseRow(
            theme, [(place.key, self.tr(place.words)) for place in PLACES], self, self.tr("shown")
        )
        self.tabs.phase_requested.connect(self.tab_requested)
        self._column.addWidget(self.tabs)
        self._show_hints()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _button(self, parent: QWidget, text: str, icon: str, name: str, step: int) -> KeyButton:
        made = KeyButton(self._theme, text, icon, "", "quiet", parent)
        made.setAccessibleName(name)
        made.setObjectName(str(step))
        if not text:
            made.setToolTip(name)
        made.clicked.connect(self._on_step)
        self._flow.addWidget(made)
        return made

    def show_tab(self, tab: str, day: Day, today: Day) -> None:
        """Shows which tab is in front, and which day where that is the day's."""
        self._tab, on_day = tab, tab == "day"
        shown = day.date
        words = f"{shown:%A} {shown.day} {shown:%B %Y}" if on_day else self.tr("Time")
        if self.title.text() != words:
            self.title.setText(words)
        length = length_words(day)
        self.length.set_pill(length, "clock", "accent")
        show_if(self.length, on_day and bool(length))
        show_if(self._steps, on_day)
        self.today.setEnabled(day != today)
        self.tabs.set_state(tab)

    def tab_of(self, n: int) -> str:
        """The tab that bears a digit; empty for none."""
        return PLACES[n - 1].key if 1 <= n <= len(PLACES) else ""

    def turn_tab(self, by: int) -> None:
        """The next tab (1), or the one before (-1), round and round."""
        there = [place.key for place in PLACES]
        self.tab_requested.emit(there[(there.index(self._tab) + by) % len(there)])

    def _on_step(self) -> None:
        self.stepped.emit(int(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        room = (wide < self._theme.px(_NARROW), wide < self._theme.px(_TINY))
        if room != (self._narrow, self._tiny):
            self._narrow, self._tiny = room
            QTimer.singleShot(
                0, self, self._show_hints
            )  # not now: this comes out of the layout it would change

    def _show_hints(self) -> None:
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if self._tiny else ways.LeftToRight)
        self.today.set_key_hint("" if self._narrow else "0")
        for n, place in enumerate(PLACES, 1):
            self.tabs.buttons[place.key].set_key_hint("" if self._narrow else str(n))

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(8))
        self._row.setSpacing(px(12))
        self._flow.setSpacing(px(6))
        self.title.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
