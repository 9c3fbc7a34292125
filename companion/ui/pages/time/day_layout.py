"""Where the parts of the view of a day stand: the grid with its line, and beside or beneath it the rest."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from companion.core.timeline_entry import Preview, Problem
from companion.ui.pages.time.grid import DayGrid
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.lastnight import LastNight
from companion.ui.pages.time.palette import Palette
from companion.ui.pages.time.quick import QuickEntry
from companion.ui.pages.time.sums import Sums
from companion.ui.pages.time.undo_list import UndoList
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card
from companion.ui.widgets.chain import chain
from companion.ui.widgets.pagescroll import PageScroll

_WIDE, _SIDE = 860, 286
"""Pixels at 100 % from which on the side column stands beside the grid, and its width."""


class DayLayout(QWidget):
    """The parts, laid out; ``DayView`` gives them their work."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.looks = Looks(theme)
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._main = QVBoxLayout()
        self.quick = QuickEntry(self._theme, self._read, self)
        self.grid = DayGrid(self._theme, self.looks, self)
        self.palette_ = Palette(self._theme, self.looks, self)
        for widget, stretch in ((self.quick, 0), (self.grid, 1), (self.palette_, 0)):
            self._main.addWidget(widget, stretch)
        self._row.addLayout(self._main, 1)
        self.side = QWidget(self)
        self._side = QVBoxLayout(self.side)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._card = Card(self._theme, self.tr("Where the day went"), self.side, padding=14)
        self.sums = Sums(self._theme, self.looks, self._card)
        self._card.body.addWidget(self.sums)
        self.night = LastNight(self._theme, self.side)
        self.undo_list = UndoList(self._theme, self.side)
        for one in (self._card, self.night, self.undo_list):
            self._side.addWidget(one)
        self._side.addStretch(1)
        self._row.addWidget(self.side)
        chain(self.quick.line, self.grid, self.sums, *self.night.fields, self.night.button, self.night.usual)
        chain(self.night.usual, self.undo_list.undo, self.undo_list.redo)

    def _read(self, line: str) -> Preview | Problem:
        """What a line means on the day that is shown."""
        raise NotImplementedError

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setSpacing(px(16))
        self._main.setSpacing(px(6))
        self._side.setSpacing(px(10))
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """As wide as so many pixels: where there is little room the side column stands beneath the grid."""
        wide = width >= self._theme.px(_WIDE)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        self.side.setMaximumWidth(self._theme.px(_SIDE) if wide else 16777215)
        self.side.setMinimumWidth(self._theme.px(_SIDE) if wide else 0)

    def settle(self) -> None:
        """Gives the sums their new height now: else they would be painted in the old one, and then once more."""
        if self.sums.height() != self.sums.sizeHint().height():
            for layout in (self._card.layout(), self._side, self._row):
                if layout is not None:
                    layout.activate()

    def _on_seen(self, place: QRect) -> None:
        """The cursor comes into sight where the page scrolls."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, PageScroll):
            area = area.parentWidget()
        if isinstance(area, PageScroll) and self.isVisible() and self.grid.hasFocus():
            at = self.grid.viewport().mapTo(self, place.center())
            area.ensureVisible(at.x(), at.y(), 0, self._theme.px(60))
