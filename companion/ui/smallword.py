"""A small word over the window: nothing moves for it, and it stands where nothing is, or where it covers least."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget
from shiboken6 import isValid

from companion.ui.theme.theme import Theme
from companion.ui.widgets.freeplace import counts, free_place, things
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.pagescroll import BAR

CALM_MS = 150
"""How long a page has stood still when what was in the way looks for its place once more."""
_WIDEST, _GAP = 720, 6
"""Pixels at 100 %: how wide it is at the most, and what stays free around it."""


class SmallWord(Notice):
    """Never over the field or the button that has the keyboard, nor over what is under the pointer, as long as there
    is any other place. ``column`` is what it stays above, below and within: from the rail to the window's edge."""

    def __init__(self, theme: Theme, column: QWidget) -> None:
        super().__init__(theme, column.window())
        self._column = column
        self._bar: QScrollBar | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._place)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def place(self) -> None:
        """Looks for its place, after its words or what is under it have changed."""
        if not self.isHidden():
            self._follow(self.window().focusWidget())
            self._place()
            QTimer.singleShot(0, self, self._place)  # what has changed may not be laid out yet

    def _place(self) -> None:
        host, px = self._column.window(), self._theme.px
        if self.isHidden():
            return
        gap = px(_GAP)
        room = QRect(self._column.x(), 2, self._column.width() - px(BAR), host.height() - 4)
        size = self.size_in(min(px(_WIDEST), room.width() - 2 * gap))
        under_pointer = host.childAt(host.mapFromGlobal(QCursor.pos()))
        seen = things(host, self, (host.focusWidget(), under_pointer))
        at = free_place(size + QSize(2 * gap, 2 * gap), room, seen) + QPoint(gap, gap)
        self.setGeometry(QRect(at, size))
        self.raise_()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not self.isHidden():
            self._follow(new)
            self._make_room()

    def _follow(self, focus: QWidget | None) -> None:
        """Hears when what has the keyboard is scrolled."""
        area = focus
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        bar = area.verticalScrollBar() if isinstance(area, QScrollArea) else None
        if bar is self._bar:
            return
        if self._bar is not None and isValid(self._bar):
            self._bar.valueChanged.disconnect(self._make_room)
        self._bar = bar
        if bar is not None:
            bar.valueChanged.connect(self._make_room)

    def _make_room(self, *_value: int) -> None:
        """Goes away from over what has the keyboard; else it stays where it is."""
        host = self._column.window()
        focus = host.focusWidget()
        if focus is None or self.isHidden() or focus is self or self.isAncestorOf(focus):
            return
        there = QRect(focus.mapTo(host, QPoint(0, 0)), focus.size())
        if counts(focus, host) and there.intersects(self.geometry()):
            self._place()
            self._calm.start()
        elif self._calm.isActive():
            self._calm.start()  # it had to go away while the page moved: the best place shows when that is over
