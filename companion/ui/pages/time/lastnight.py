"""The card “Last night”: slept from, to, a nap by day; any length, over midnight, in one gesture."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from companion.core.days import clock_words
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.chain import chain
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

FROM, UNTIL = 23 * 60, 7 * 60
"""Minutes of the day that a night is taken to begin and end at."""


class LastNight(Card):
    """``entered`` tells that the night is to be set down; the fields hold what was typed. Enter in a field does it."""

    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=12)
        self._grid = QGridLayout()
        self.slept_from = self._field(self.tr("Slept from"))
        self.slept_to = self._field(self.tr("Slept until"))
        self.nap_from = self._field(self.tr("Nap from"))
        self.nap_to = self._field(self.tr("Nap until"))
        for row, (words, one, other) in enumerate(
            (
                (self.tr("Slept"), self.slept_from, self.slept_to),
                (self.tr("Nap"), self.nap_from, self.nap_to),
            )
        ):
            self._grid.addWidget(label(words, "hint", self), row, 0)
            self._grid.addWidget(one, row, 1)
            self._grid.addWidget(label("–", "muted", self), row, 2)
            self._grid.addWidget(other, row, 3)
        self._grid.setColumnStretch(0, 1)
        self._open = QWidget(self)
        self._open.setLayout(self._grid)
        self.usual = KeyButton(theme, self.tr("Usual day"), "", "", "plain", self)
        self.usual.setToolTip(self.tr("A usual day, to accept block by block: Ctrl+U"))
        self.button = KeyButton(theme, self.tr("Last night"), "moon", "", "quiet", self)
        self.button.setToolTip(self.tr("A night or a nap: Ctrl+L"))
        self.button.clicked.connect(self._on_button)
        self.body.addWidget(self._open)
        self.word = label("", "warn", self, wrap=True)
        self.body.addWidget(self.word)
        buttons = QHBoxLayout()
        buttons.addWidget(self.button, 1)
        buttons.addWidget(self.usual)
        self.body.addLayout(buttons)
        self._folded = True
        self.fold(False)
        show_if(self.word, False)
        chain(*self.fields, self.button)
        self.show_clock(False)
        self._fit()
        theme.changed.connect(self._fit)

    @property
    def fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit, QLineEdit]:
        return self.slept_from, self.slept_to, self.nap_from, self.nap_to

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(name)
        made.setMaxLength(40)
        made.returnPressed.connect(self._on_clicked)
        return made

    def _fit(self) -> None:
        px = self._theme.px
        wide = QFontMetrics(self._theme.font("body")).horizontalAdvance("00:00 pm") + px(22)
        for field in self.fields:
            field.setFixedWidth(wide)
        self._grid.setHorizontalSpacing(px(6))
        self._grid.setVerticalSpacing(px(6))

    def fold(self, folded: bool) -> None:
        """Where the night is set down already, only the way to another one is shown; what is typed stays."""
        if folded and any(field.text() or field.hasFocus() for field in self.fields):
            return
        if folded != self._folded:
            self._folded = folded
            show_if(self._open, not folded)

    def start(self) -> None:
        """The keyboard goes to the first field."""
        self.fold(False)
        self.slept_from.setFocus()
        self.slept_from.selectAll()

    def texts(self) -> tuple[str, str, str, str]:
        """What is typed: slept from, until, nap from, until. A field that was left as it is means its example."""
        one, other = self.slept_from, self.slept_to
        return (
            one.text().strip() or one.placeholderText(),
            other.text().strip() or other.placeholderText(),
            self.nap_from.text().strip(),
            self.nap_to.text().strip(),
        )

    def show_problem(self, words: str, field: QLineEdit | None = None) -> None:
        """What is wrong; empty for nothing. The keyboard goes to the field that it is in."""
        self.word.setText(words)
        show_if(self.word, bool(words))
        if field is not None:
            field.setAccessibleDescription(words)
            field.setFocus()

    def show_clock(self, twelve: bool) -> None:
        """The examples, which count when nothing is typed, by the 12-hour or the 24-hour clock."""
        for field, minute in ((self.slept_from, FROM), (self.slept_to, UNTIL)):
            field.setPlaceholderText(clock_words(minute, twelve))

    def clear(self) -> None:
        """What was typed is kept: the fields are ready for the next night."""
        for field in self.fields:
            field.clear()
            field.setAccessibleDescription("")
        self.show_problem("")

    def _on_button(self) -> None:
        """Sets the night down; where the fields are folded away it shows them first."""
        if self._folded:
            self.start()
        else:
            self._on_clicked()

    def _on_clicked(self) -> None:
        self.entered.emit()
