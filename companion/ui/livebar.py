"""The thin bar that stays at the top of every other page while a call is live; a press leads back to the call."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from companion.core.calls import Call
from companion.switchboard import Switchboard
from companion.ui.pages.call.present import PHASE_NAMES, clock, state_text
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.pill import Pill
from companion.ui.widgets.readout import SingleLine
from companion.ui.widgets.shown import show_if

_ROOM = 760
"""Pixels at 100 % from which on there is room to say whose the letters are."""


class LiveBar(QFrame):
    """``back_requested`` asks for the page of the call, ``answer_requested`` to take the call that rings."""

    back_requested = Signal()
    answer_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._theme = theme
        row = self._row = QHBoxLayout(self)
        self.time = SingleLine(theme, self.tr("Call time"), "title", "00:00:00", self)
        self.state = Pill(theme, parent=self)
        self.who = ElideLabel(theme, "", "strong", "text", self)
        self.button = KeyButton(theme, self.tr("Back to the call"), "call", "", "quiet", self)
        self.button.clicked.connect(self.back_requested)
        row.addWidget(self.time)
        row.addWidget(self.state)
        self.keys_hint = label(self.tr("Outside fields, letters are the call's keys"), "hint", self)
        row.addWidget(self.who, 1)
        row.addWidget(self.keys_hint)
        self.answer = KeyButton(theme, self.tr("Answer"), "phone_in", "", "primary", self)
        self.answer.clicked.connect(self.answer_requested)
        row.addWidget(self.answer)
        row.addWidget(self.button)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), px(8), px(16), px(8))
        self._row.setSpacing(px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        show_if(self.keys_hint, event.size().width() >= self._theme.px(_ROOM))

    def show_board(self, board: Switchboard, elsewhere: bool) -> None:
        """While another page is shown (``elsewhere``): the call that goes on, and the one that rings."""
        call = board.active or board.ringing
        self.setVisible(call is not None and elsewhere)
        show_if(self.answer, board.ringing is not None and board.active is None)
        if call and elsewhere:
            self.show_call(call, board.lines.time_of(call.id), board.ringing)

    def show_call(self, call: Call, t: float, ringing: Call | None = None) -> None:
        """Time, state and who, at ``t`` seconds of the call's own time line; and who rings meanwhile."""
        self.time.set_text(clock(call.talk(t)))
        self.state.set_pill(
            state_text(call), "hold" if call.held else "call", "warn" if call.held else "accent"
        )
        who = call.name or call.number or self.tr("Caller not named yet")
        words = f"{who} · {PHASE_NAMES[call.phase]}" if call.live else who
        if ringing and ringing is not call:
            words = self.tr("Ringing: ") + (ringing.name or ringing.number or self.tr("Unknown caller"))
        self.who.set_text(words)
