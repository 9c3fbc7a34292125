"""One of a list under its caption, each with an id."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.combo import Combo
from companion.ui.widgets.shown import show_if


class Choose(QWidget):
    """``chosen`` carries the id that the user chose."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.caption = label(caption, "hint", self)
        self.box = Combo(caption, self)
        self.caption.setBuddy(self.box)
        self.hint = label("", "hint", self, wrap=True)
        for part in (self.caption, self.box, self.hint):
            self._column.addWidget(part)
        self.hint.hide()
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._on_activated)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(4))

    def show_choices(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """What can be chosen, and what is."""
        self.box.show_choices(choices, current)

    def set_hint(self, words: str) -> None:
        """A quiet line below; empty takes it away."""
        self.hint.setText(words)
        show_if(self.hint, bool(words))

    def current(self) -> str:
        """The id that is chosen."""
        return str(self.box.currentData() or "")

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(str(self.box.itemData(index) or ""))
