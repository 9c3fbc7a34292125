"""The parts of an entry in one column, and what one tells another: belief and feeling, event and help."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from companion.clock import moment
from companion.core.calls import State
from companion.core.stress import Entry
from companion.core.stress_words import Words
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.actions import ActionsPart
from companion.ui.pages.stress.challenge import Challenge
from companion.ui.pages.stress.editor_belief import BeliefPart
from companion.ui.pages.stress.editor_event import EventPart
from companion.ui.pages.stress.editor_feelings import FeelingPart
from companion.ui.pages.stress.editor_part import Part
from companion.ui.pages.stress.sources import own
from companion.ui.pages.stress.told import told_clock, told_day
from companion.ui.theme.theme import Theme
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

LAST_CALL = timedelta(hours=12)
"""A call that began longer ago than this is none that an entry would be linked to."""


class EntryPage(QWidget):
    """``changed`` tells of whatever changes the entry; ``full_requested`` that a check is to become an entry."""

    changed = Signal()
    full_requested = Signal()
    exit_chosen = Signal()
    breathe_requested = Signal()
    told = Signal(str)
    action_gone = Signal(object)

    def __init__(self, desk: Desk, theme: Theme, words: Words) -> None:
        super().__init__()
        self._desk, self._theme, self._words = desk, theme, words
        self._ident = ""
        self.full = True
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.event_part = EventPart(theme, words, self)
        self.belief = BeliefPart(theme, words, self)
        self.feelings = FeelingPart(theme, words, self)
        self.challenge = Challenge(theme, words, self)
        self.actions_part = ActionsPart(desk, theme, words, self)
        self.parts: dict[str, Part] = {
            "event": self.event_part,
            "belief": self.belief,
            "feelings": self.feelings,
            "challenge": self.challenge,
            "actions": self.actions_part,
        }
        for part in self.parts.values():
            self.column.addWidget(part)
            part.changed.connect(self.changed)
        self.go_on = KeyButton(theme, self.tr("Make it a full entry"), "edit", "", "quiet", self)
        self.go_on.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.go_on.clicked.connect(self.full_requested)
        self.column.addWidget(self.go_on)
        self.column.addStretch(1)
        self.event_part.kind_changed.connect(self._show_solved)
        self.belief.kind_changed.connect(self.feelings.mark_for)
        self.feelings.feelings_changed.connect(self._mark_beliefs)
        self.challenge.exit_chosen.connect(self._on_exit)
        self.actions_part.breathe_requested.connect(self.breathe_requested)
        self.actions_part.told.connect(self.told)
        self.actions_part.taken_away.connect(self.action_gone)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.column.setSpacing(self._theme.px(14))

    def fit(self, width: int) -> None:
        """The page is this many pixels wide from now on."""
        for part in self.parts.values():
            part.fit(width - self._theme.px(32))

    def show_entry(self, entry: Entry, full: bool) -> None:
        """Shows an entry, without announcing it. Raises StoreError where the earlier ones cannot be read."""
        self._ident = entry.id
        self.offer_sources()
        for part in self.parts.values():
            part.blockSignals(True)
            part.show_entry(entry)
            part.blockSignals(False)
        self._offer_call(entry)
        self.feelings.mark_for(entry.belief_kind)
        self._mark_beliefs()
        self._show_solved(entry.event_kind)
        self.show_full(full)

    def take(self, entry: Entry) -> Entry:
        """``entry`` as it stands on the screen."""
        for part in self.parts.values():
            entry = part.take(entry)
        return entry

    def offer_sources(self) -> None:
        """Sources that the user named on the page of the strategy can be chosen here too."""
        with suppress(StoreError):  # the shipped ones are there all the same
            self.event_part.offer_sources(own(self._desk, self._words.sources))

    def show_full(self, full: bool) -> None:
        """A check shows what a check asks; the rest is one press away."""
        self.full = full
        self.event_part.set_brief(not full)
        self.feelings.set_brief(not full)
        for part in (self.belief, self.challenge, self.actions_part):
            show_if(part, full)
        show_if(self.go_on, not full)

    def part_of(self, widget: QWidget) -> str:
        """The name of the part that holds a widget, or an empty text."""
        return next((name for name, part in self.parts.items() if part.isAncestorOf(widget)), "")

    def inside_out(self) -> tuple[QWidget, ...]:
        """What lays itself out, each before the one it stands in."""
        parts = list(self.parts.values())
        chips = (self.event_part.kinds, self.event_part.sources, self.belief.kinds, self.feelings.chips)
        return (
            *chips,
            self.belief.solved,
            self.challenge.exit_box,
            *(part.card for part in parts),
            *parts,
            self,
        )

    # -- what one part tells another
    def _mark_beliefs(self) -> None:
        self.belief.mark_for([one.name for one in self.feelings.feelings()])

    def _show_solved(self, event_kind: str) -> None:
        found = self._desk.journal.solved_before(event_kind, self._ident) if event_kind else ()
        self.belief.solved.show_solved(found)

    def _on_exit(self, ident: str) -> None:
        self.actions_part.follow_exit(ident)
        self.exit_chosen.emit()

    def _offer_call(self, entry: Entry) -> None:
        """Offers the link to the last call before the entry, or shows the one that is there."""
        at = entry.at
        rows = self._desk.history.recent(5, (at, "~"))  # "~": after every id of a call of that very moment
        last = next((row for row in rows if row.state != State.MISSED), None)
        if last is not None and moment(at) - moment(last.started_at) > LAST_CALL:
            last = None
        if entry.call_id and (last is None or last.id != entry.call_id):
            self.event_part.offer_call(
                entry.call_id, "", entry.reason, self._desk.reason_name(entry.reason), True
            )
        elif last is not None:
            name = self._desk.reason_name(last.reason)
            zone = entry.zone
            self.event_part.offer_call(
                last.id,
                f"{told_day(last.started_at, zone)} {told_clock(last.started_at, zone)}",
                last.reason,
                name,
                bool(entry.call_id),
            )
        else:
            self.event_part.offer_call("", "", "", "", False)
