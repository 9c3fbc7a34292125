"""The user's own sentences for upset callers, shown while one is upset: plain, to be read out or copied."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.desk import Desk
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line

MOST = 5
"""Sentences shown at the most: a list to read in a hard moment is short."""


class _Row(QWidget):
    """One sentence with its button."""

    copied = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.text = ReadOut(theme, self.tr("Own response"), "body", self)
        row.addWidget(self.text, 1)
        self.copy = KeyButton(theme, "", "copy", "", "plain", self)
        self.copy.clicked.connect(self._on_copy)
        row.addWidget(self.copy)

    def show_sentence(self, text: str) -> None:
        """Shows another sentence."""
        self.sentence = text
        self.text.set_text(text)
        self.copy.setAccessibleName(self.tr("Copy: %1").replace("%1", one_line(text, 60)))

    def _on_copy(self) -> None:
        self.copied.emit(self.sentence)


class OwnWords(QWidget):
    """Reads the sentences while they are to be seen; hidden where there are none."""

    copied = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(self.tr("IN YOUR OWN WORDS"), "caps", self))
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    def show_if(self, wanted: bool) -> None:
        """Shows the sentences as they are kept now, or nothing."""
        texts = [one.text for one in self._desk.responses.all()[:MOST]] if wanted else []
        while len(self.rows) < len(texts):
            row = _Row(self._theme, self)
            row.copied.connect(self.copied)
            self._column.addWidget(row)
            self.rows.append(row)
        for i, row in enumerate(self.rows):
            if i < len(texts):
                row.show_sentence(texts[i])
            show_if(row, i < len(texts))
        show_if(self, bool(texts))

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(6))
