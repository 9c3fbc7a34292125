"""A list to choose one thing from, with an id for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from companion.ui.widgets.text import one_line

_MODS = Qt.KeyboardModifier


class Combo(QComboBox):
    """At least ``least`` letters wide. The wheel scrolls the page and changes nothing; what is typed looks for an
    entry, and is no command meanwhile."""

    def __init__(self, name: str, parent: QWidget | None = None, least: int = 8) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(least)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            bare = not event.modifiers() & ~(_MODS.ShiftModifier | _MODS.KeypadModifier)
            if bare and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def show_choices(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Ids with their words; announces nothing."""
        here = [(self.itemData(i), self.itemText(i)) for i in range(self.count())]
        wanted = [(ident, one_line(words, 120)) for ident, words in choices]
        self.blockSignals(True)
        if here != wanted:
            self.clear()
            for ident, words in wanted:
                self.addItem(words, ident)
        self.setCurrentIndex(max(0, self.findData(current)))
        self.blockSignals(False)
