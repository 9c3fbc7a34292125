"""The foot of a live call: what was asked so far, and the guides that are one press away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from companion.ui.keys import Keys, shown
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton

_GUIDES = (("badnews", "Bad news"), ("cantdo", "Can't do that"), ("ready", "Ready to buy"))


class CallFoot(QWidget):
    """``command_requested`` carries the command of the chip that was pressed."""

    command_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.words = label("", "hint", self, wrap=True)
        self._row.addWidget(self.words, 1)
        box, flow = flow_widget(self, 6)
        self.chips: dict[str, KeyButton] = {}
        for command, words in _GUIDES:
            chip = KeyButton(theme, self.tr(words), "card", "", "chip", self)
            chip.setObjectName(command)
            chip.clicked.connect(self._on_chip)
            flow.addWidget(chip)
            self.chips[command] = chip
        self._row.addWidget(box)

    def set_narrow(self, narrow: bool) -> None:
        """Words and chips one below the other, or side by side."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else across)

    def show_keys(self, keys: Keys) -> None:
        """The key on each chip."""
        for command, chip in self.chips.items():
            chip.set_key_hint(shown(keys.key(command)))

    def _on_chip(self) -> None:
        self.command_requested.emit(self.sender().objectName())
