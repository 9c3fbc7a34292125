"""One call of the list, read again: what was said, promised and noted, and what can still be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.core.calls import Call, State
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.readout import ReadOut


class PastView(QWidget):
    """``left`` goes back to the list; ``resumed`` and ``discarded`` carry the id of the call."""

    left = Signal()
    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.call_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.back = KeyButton(theme, self.tr("Back"), "undo", "Esc", "plain", self)
        self.back.clicked.connect(self.left)
        self.resume = KeyButton(theme, self.tr("Take up the wrap-up"), "check", "", "quiet", self)
        self.resume.clicked.connect(self._on_resume)
        self.discard = KeyButton(theme, self.tr("Discard"), "close", "", "danger", self)
        self.discard.clicked.connect(self._on_discard)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.resume)
        row.addWidget(self.discard)
        column.addLayout(row)
        inner = QWidget(self)
        across = QHBoxLayout(inner)
        across.setContentsMargins(0, 0, 0, 0)
        self._box = QVBoxLayout()
        across.addLayout(self._box, 3)
        across.addStretch(1)
        self._across = across
        column.addWidget(PageScroll(inner, self, self), 1)
        self._card: Card | None = None
        self._column = column
        self._restyle()
        theme.changed.connect(self._restyle)

    def fit(self, width: int) -> None:
        """Lines of a length that reads well: the last third of a wide page stays empty."""
        self._across.setStretch(1, 1 if width > self._theme.px(760) else 0)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(12))

    def show_call(self, call: Call, pairs: list[tuple[str, str]]) -> None:
        """Shows the call as headings and text."""
        self.call_id = call.id
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        card = self._card = Card(self._theme, "", self)
        title = ReadOut(self._theme, self.tr("Caller"), "title", card)
        title.set_text(call.name or call.number or self.tr("Unknown caller"))
        card.body.addWidget(title)
        for heading, text in pairs:
            card.body.addWidget(label(heading, "hint", card))
            line = ReadOut(self._theme, heading, "body", card)
            line.set_text(text)
            card.body.addWidget(line)
        self._box.addWidget(card)
        self._box.addStretch(1)
        self.resume.setVisible(call.state in (State.WRAPUP, State.DONE))

    def _on_resume(self) -> None:
        self.resumed.emit(self.call_id)

    def _on_discard(self) -> None:
        self.discarded.emit(self.call_id)
