"""The right-hand column of a live call: who calls and why, notes, the promise, and the read-back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.core.playbook import Reason
from companion.ui.drafts import Drafts
from companion.ui.pages.call.promise import PromiseBox
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.fields import GrowingEdit, LineField
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut
from companion.ui.widgets.settled import Column
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line


class SidePanel(Column):
    """Everything here is kept as it is typed; choices are wishes that the page carries out."""

    reason_chosen = Signal(str)
    copy_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        drafts: Drafts,
        read_back: Callable[[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._read_back = read_back
        self._reasons: list[tuple[str, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        self._build_caller(drafts)
        self._build_notes(drafts)
        column.addStretch(1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build_caller(self, drafts: Drafts) -> None:
        card = Card(self._theme, "", self)
        self.name = LineField(self._theme, self.tr("Caller"), self.tr("Caller name"), parent=card)
        self.number = LineField(self._theme, self.tr("Number"), self.tr("Caller number"), parent=card)
        drafts.bind(self.name.edit, "name")
        drafts.bind(self.number.edit, "number")
        self.name.edit.textChanged.connect(self._on_spelled)
        self.number.edit.textChanged.connect(self._on_spelled)
        pair = QHBoxLayout()
        pair.addWidget(self.name, 1)
        pair.addWidget(self.number, 1)
        card.body.addLayout(pair)
        self.known = label("", "hint", card, wrap=True)
        card.body.addWidget(self.known)
        self._build_read_back(card)
        card.body.addWidget(label(self.tr("Reason"), "hint", card))
        self.reason = QComboBox(card)
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.reason.setMinimumContentsLength(8)
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.activated.connect(self._on_reason)
        card.body.addWidget(self.reason)
        self._pair = pair
        self._cards = [card]
        self._column.addWidget(card)

    def _build_notes(self, drafts: Drafts) -> None:
        card = Card(self._theme, self.tr("Notes"), self)
        self.notes = GrowingEdit(
            self._theme, self.tr("Notes"), self.tr("What they said, in their words"), 4, 12, card
        )
        drafts.bind(self.notes, "notes")
        card.body.addWidget(self.notes)
        self.promise = PromiseBox(self._theme, drafts, card)
        card.body.addWidget(self.promise)
        self._cards.append(card)
        self._column.addWidget(card)

    def _build_read_back(self, card: Card) -> None:
        """Right below the fields that it reads back (closed.readback)."""
        self._spell_box = QWidget(card)
        row = QHBoxLayout(self._spell_box)
        row.setContentsMargins(0, 0, 0, 0)
        self.spelled = ReadOut(self._theme, self.tr("Read back"), "digits", self._spell_box)
        self.spelled.keep_hyphens()
        row.addWidget(self.spelled, 1)
        self.copy = KeyButton(self._theme, "", "copy", "", "plain", self._spell_box)
        self.copy.setAccessibleName(self.tr("Copy read-back"))
        self.copy.setToolTip(self.tr("Copy read-back"))
        self.copy.clicked.connect(self.copy_requested)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self._spell_box)
        self._spell_box.hide()

    def inside_out(self) -> tuple[QWidget, ...]:
        """The containers of this column, each before the one it stands in."""
        return (self._spell_box, self.promise, *self._cards, self)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(12))
        self._pair.setSpacing(self._theme.px(10))

    def set_reasons(self, reasons: tuple[Reason, ...], chosen: str) -> None:
        """The reasons to choose from; one of the user's own words is added for as long as it is chosen."""
        wanted = [("", self.tr("Not known yet")), *((r.id, r.name) for r in reasons)]
        if chosen and chosen not in dict(wanted):
            wanted.append((chosen, chosen))
        if wanted != self._reasons:
            self._reasons = wanted
            self.reason.clear()
            self.reason.addItems([one_line(name, 200) for _id, name in wanted])
        at = next((i for i, (key, _name) in enumerate(wanted) if key == chosen), 0)
        if self.reason.currentIndex() != at:
            self.reason.setCurrentIndex(at)

    def set_known(self, text: str) -> None:
        """The line about earlier calls."""
        self.known.setText(text)
        show_if(self.known, bool(text))

    def show_spelled(self) -> None:
        """Reads number and name back, as they stand in their fields now."""
        parts = [
            self._read_back(self.number.edit.text(), "number"),
            self._read_back(self.name.edit.text(), "name"),
        ]
        text = "\n".join(part for part in parts if part)
        self.spelled.set_text(text)
        show_if(self._spell_box, bool(text))

    def _on_spelled(self) -> None:
        self.show_spelled()

    def _on_reason(self, index: int) -> None:
        self.reason_chosen.emit(self._reasons[index][0])
