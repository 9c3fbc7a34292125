"""The two shapes of the program: the full window, and the strip, made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.ui.keys import Keys
from companion.ui.place import Place
from companion.ui.shortcuts import Shortcuts
from companion.ui.theme.theme import Theme

if TYPE_CHECKING:
    from companion.ui.strip import Strip

_NEEDS_FULL = {
    *(
        "keys",
        "settings",
        "call_page",
        "stress_page",
        "time_page",
        "line",
        "cards",
        "copy",
        "transfer",
        "message",
    ),
    "go_notice",
}
"""Commands whose work cannot be seen in the strip; so are those that go to a field."""


class Shapes(QObject):
    """``command_requested`` carries what is pressed in the strip; ``full_shown`` tells that the window is back."""

    command_requested = Signal(str)
    full_shown = Signal()

    def __init__(self, desk: Desk, theme: Theme, keys: Keys, place: Place, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._theme, self._keys = desk, theme, keys
        self._place, self._window = place, window
        self.strip: Strip | None = None

    @property
    def in_strip(self) -> bool:
        """Whether the strip is the shape shown."""
        return self.strip is not None and self.strip.isVisible()

    @property
    def shown(self) -> QWidget:
        """The shape that is shown; the full window where neither is."""
        return self.strip if self.strip and self.strip.isVisible() else self._window

    def make_strip(self) -> Strip:
        """The strip, made when it is first asked for."""
        if self.strip is None:
            from companion.ui.strip import Strip

            strip = self.strip = Strip(self._desk, self._theme, self._desk.prefs.on_top)
            strip.setWindowIcon(self._window.windowIcon())
            strip.show_keys(self._keys)
            strip.command_requested.connect(self.command_requested)
            strip.full_requested.connect(self._on_full)
            strip.moved.connect(self._on_strip_moved)
            QGuiApplication.instance().screenRemoved.connect(self._on_screen_gone)
            self._shortcuts = Shortcuts(strip, self._keys, all_keys=False)
            self._shortcuts.pressed.connect(self.command_requested)
        return self.strip

    # -- from one to the other
    def show_strip(self, on: bool) -> None:
        """Changes between the strip and the full window."""
        if on:
            strip = self.make_strip()
            strip.show_desk()
            at = self._place.strip()
            strip.place(QPoint(*at) if at else None)
            strip.show()
            self._window.hide()
        else:
            self._on_full()

    def make_room(self, command: str) -> None:
        """Leaves the strip for a command whose work stands in the full window only."""
        if self.in_strip and (command in _NEEDS_FULL or command.startswith("go_")):
            self._on_full()

    def bring_up(self, activate: bool) -> None:
        """Raises the shape that is shown; without ``activate`` the focus stays where it is."""
        target = self.shown
        target.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not activate)
        if target.isMinimized():
            target.setWindowState(target.windowState() & ~Qt.WindowState.WindowMinimized)
        target.show()
        target.raise_()
        if activate:
            target.activateWindow()

    def _on_full(self) -> None:
        if self.strip:
            self.strip.hide()
        self._window.show()
        self.full_shown.emit()

    def _on_screen_gone(self) -> None:
        if self.strip and self.strip.isVisible():
            self.strip.place(self.strip.pos())

    def _on_strip_moved(self) -> None:
        if self.strip:
            self._place.keep_strip(self.strip.x(), self.strip.y())

    # -- what the strip shows
    def set_keys(self, keys: Keys) -> None:
        """Takes over these keys in the strip."""
        self._keys = keys
        if self.strip:
            self._shortcuts.set_keys(keys)
            self.strip.show_keys(keys)

    def set_on_top(self, on: bool) -> None:
        """Whether the strip stays above other windows."""
        if self.strip:
            self.strip.set_on_top(on)

    def show_desk(self) -> None:
        """Shows what the Desk holds now, where the strip is shown."""
        if self.strip and self.strip.isVisible():
            self.strip.show_desk()

    def show_time(self) -> None:
        """Shows the clock as it stands, where the strip is shown."""
        if self.strip and self.strip.isVisible():
            self.strip.show_time()

    def tell(self, words: str) -> None:
        """Says it in the strip, where that is shown."""
        if self.strip and self.strip.isVisible():
            self.strip.tell(words)

    def tell_state(self) -> None:
        """In the strip what is asked or amiss is told in words: the answers stand in the full window."""
        if not self.in_strip:
            return
        if self._desk.trouble:
            self.tell(self.tr("Not on disk yet: ") + str(self._desk.trouble))
        elif self._desk.board.doubts:
            self.tell(self.tr("Does the call go on? The full window asks."))
