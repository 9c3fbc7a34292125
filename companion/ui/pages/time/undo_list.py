"""What was done last, in words, and the way back: ``14:05: 9:00–9:40 e-mails over calls`` (unlimited, kept)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.keybutton import KeyButton

SHOWN = 3


class Step(Protocol):
    """A line of the undo list."""

    @property
    def words(self) -> str: ...

    @property
    def undone(self) -> bool: ...


class UndoList(Card):
    """``undo_requested`` and ``redo_requested`` are wishes."""

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=12)
        row = QHBoxLayout()
        self.undo = KeyButton(theme, self.tr("Undo"), "undo", "Ctrl+Z", "quiet", self)
        self.redo = KeyButton(theme, self.tr("Redo"), "", "", "plain", self)
        self.undo.clicked.connect(self.undo_requested)
        self.redo.clicked.connect(self.redo_requested)
        self.redo.setToolTip(self.tr("Ctrl+Y"))
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        self.body.addLayout(row)
        self.lines = [ElideLabel(theme, "", "small", "muted", self) for _ in range(SHOWN)]
        for line in self.lines:
            self.body.addWidget(line)

    def show_steps(self, steps: Sequence[Step], undo: str, redo: str) -> None:
        """Shows the newest steps; ``undo`` and ``redo`` are the words of what the buttons would do, or empty."""
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))
        self.undo.setAccessibleDescription(undo)
        self.redo.setAccessibleDescription(redo)
        shown = [step for step in steps if not step.undone][:SHOWN]
        for i, line in enumerate(self.lines):
            line.set_text(shown[i].words if i < len(shown) else "")
            line.set_look("small", "text" if i == 0 else "muted")
        if not shown:
            self.lines[0].set_look("small", "muted")
            self.lines[0].set_text(self.tr("Everything can be undone here."))
