"""A line that says how far a count is, with Cancel beside it; seen only where the count takes a while."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

PATIENCE_S = 0.2
"""Seconds of counting before its progress is shown: a flash of it would only disturb."""
TOLD_EVERY_S = 0.25
"""Seconds between two new words: each lays the page out again, which takes longer than a slice of the count."""


class ProgressLine(QWidget):
    """``cancelled``: the user does not want to wait. ``began`` and ``told_at`` are seconds of a monotonic clock."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.began = self.told_at = 0.0
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        self.words = label("", "muted", self)
        self.cancel = KeyButton(theme, self.tr("Cancel"), "", "Esc", "chip", self)
        self.cancel.clicked.connect(self.cancelled)
        across.addWidget(self.words)
        across.addWidget(self.cancel)
        across.addStretch(1)
        show_if(self, False)

    def begin(self) -> None:
        """A count begins; what an earlier one said stays until this one says something, or is done."""
        self.began, self.told_at = perf_counter(), 0.0

    def tell(self, text: str, done: int, count: int) -> bool:
        """``text`` with ``{done}`` and ``{count}`` filled in, where it is time to say so; True where it was."""
        now = perf_counter()
        if now - self.began < PATIENCE_S or now - self.told_at < TOLD_EVERY_S:
            return False
        self.told_at = now
        self.words.setText(text.replace("{done}", f"{done:,}").replace("{count}", f"{count:,}"))
        return True

    def escape(self) -> bool:
        """Esc cancels a count that is seen; False where there is none."""
        if self.isHidden():
            return False
        self.cancelled.emit()
        return True
