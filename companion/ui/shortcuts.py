"""The keys of a window, bound: each command has a shortcut, which a text field refuses for the letters it is sent."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from companion.ui.keys import COMMANDS, TAB_KEYS, Keys

ESCAPE = "escape"


class Shortcuts(QObject):
    """``pressed`` carries the id of a command, or ``digit:N``, ``escape``, ``page_down``, ``page_up``, ``tab_next``,
    ``tab_back``: these only where ``all_keys`` is.
    """

    pressed = Signal(str)

    def __init__(self, window: QWidget, keys: Keys, all_keys: bool = True) -> None:
        super().__init__(window)
        self._commands = {command.id: self._bound(window, command.id) for command in COMMANDS}
        if all_keys:
            for digit in range(10):
                self._bound(window, f"digit:{digit}").setKey(QKeySequence(str(digit)))
            self._bound(window, ESCAPE).setKey(QKeySequence("Escape"))
            self._bound(window, "page_down").setKey(QKeySequence("PgDown"))
            self._bound(window, "page_up").setKey(QKeySequence("PgUp"))
            for name, key in TAB_KEYS.items():
                self._bound(window, name).setKey(QKeySequence(key))
        self.set_keys(keys)

    def _bound(self, window: QWidget, name: str) -> QShortcut:
        shortcut = QShortcut(window)
        shortcut.setObjectName(name)
        shortcut.activated.connect(self._on_activated)
        return shortcut

    def set_keys(self, keys: Keys) -> None:
        """Gives each command the key it has now."""
        for command, shortcut in self._commands.items():
            shortcut.setKey(QKeySequence(keys.key(command)))

    def _on_activated(self) -> None:
        self.pressed.emit(self.sender().objectName())
