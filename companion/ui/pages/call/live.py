"""The live call: its head, the guide that leads now, and the column with what is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.clock import moment
from companion.core.calls import PHASES, Call
from companion.desk import Desk
from companion.ui.actions import CallActions
from companion.ui.drafts import Drafts
from companion.ui.keys import Keys, shown
from companion.ui.pages.call import present
from companion.ui.pages.call.foot import CallFoot
from companion.ui.pages.call.header import CallHeader, SecondCall
from companion.ui.pages.call.lead import Lead
from companion.ui.pages.call.side import SidePanel
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.settled import Column, settle, still
from companion.ui.widgets.shown import show_if

NARROW = 820
"""Width at 100 % below which the columns stand one below the other."""

ANSWER_S = 60
"""One answer takes under a minute (manner.minute)."""


class LiveView(QWidget):
    """Reads the Desk and shows; every press is a command."""

    command_requested = Signal(str)
    copied = Signal(str)

    def __init__(
        self, desk: Desk, theme: Theme, actions: CallActions, drafts: Drafts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._actions, self._drafts = desk, theme, actions, drafts
        self._shown_of = ("", "")
        self._keys = Keys()
        self._known: tuple[str, str, str] = ("", "", "")
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        self.second = SecondCall(self._theme, self)
        self.second.command_requested.connect(self.command_requested)
        column.addWidget(self.second)
        names = [(str(p), self.tr(present.PHASE_NAMES[p])) for p in PHASES]
        self.header = CallHeader(self._theme, names, self)
        self.header.command_requested.connect(self.command_requested)
        self.header.phase_requested.connect(self.command_requested)
        column.addWidget(self.header)
        inner = self._page = Column(self)
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._pair = QHBoxLayout()
        self._inner.addLayout(self._pair)
        self.lead = Lead(self._desk, self._theme, self._actions, self._drafts, self, inner)
        self.lead.leafed.connect(self._on_leafed)
        self.lead.copied.connect(self.copied)
        self.lead.fill_in.clicked.connect(self.go_field)
        self.guide = self.lead.panel
        self._pair.addWidget(self.guide, 3)
        self.side = SidePanel(self._theme, self._drafts, self._actions.read_back, inner)
        self.side.reason_chosen.connect(self._on_reason)
        self.side.copy_requested.connect(self._on_copy_spelled)
        self.side.promise.deadline_chosen.connect(self._on_deadline)
        self._pair.addWidget(self.side, 2)
        self.scroll = PageScroll(inner, self, self)
        column.addWidget(self.scroll, 1)
        self.foot = CallFoot(self._theme, self)
        self.foot.command_requested.connect(self.command_requested)
        column.addWidget(self.foot)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(10))
        self._pair.setSpacing(px(16))
        self._inner.setSpacing(px(10))

    def fit(self, width: int) -> None:
        """Two columns under a head that stays; where there is little room one column that scrolls."""
        narrow = width < self._theme.px(NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(down if narrow else across)
        self.foot.set_narrow(narrow)
        self.header.fit(width)
        if narrow != self._narrow:
            self._narrow = narrow
            # Not now: this comes out of the layout that the head would be taken from.
            QTimer.singleShot(0, self, self._turn)

    def _turn(self) -> None:
        """Puts head and foot where they belong at this width."""
        if self._narrow != self._turned:
            self._turned = self._narrow
            if self._narrow:  # the buttons stay where they are, whatever the guide needs; the bar can wait
                self._inner.insertWidget(0, self.header)
                self._pair.insertWidget(1, self.header.gauge)
                self._inner.addWidget(self.foot)
            else:
                self.header.take_gauge()
                self._column.insertWidget(1, self.header)
                self._column.addWidget(self.foot)

    _narrow = False
    _turned = False

    def show_keys(self, keys: Keys) -> None:
        """The keys on the buttons."""
        self._keys = keys
        self.header.show_keys(keys)
        self.side.copy.set_key_hint(shown(keys.key("copy")))
        self.lead.show_keys(keys)
        self.foot.show_keys(keys)

    # -- showing
    def show_call(self, call: Call) -> None:
        """Shows the call as it stands; cheap when little has changed."""
        key = present.guide_key(call)
        if (call.id, key) != self._shown_of:
            self._shown_of = (call.id, key)
            self.lead.begin()
            self.to_top()
        with self._at_once():
            self._show_second(call)
            self.header.show_holding(call.held, call.upset)
            self.header.phases.set_state(str(call.phase), {str(p) for p, _t in call.phases})
            self._show_caller(call)
            self.lead.show(call, key)
            self._drafts.show(call.id, call.text)
            self.lead.show_typed(call)
            self.side.show_spelled()
            self.foot.words.setText(self._foot(call))
            self.show_time(call)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """All that is shown, hidden and worded anew in here is laid out at its end, once."""
        with still(*self._inside_out(), self):
            yield
        settle(self._inside_out(), self.scroll)

    def _inside_out(self) -> tuple[QWidget, ...]:
        """The containers of the page, each before the one it stands in."""
        columns = (*self.side.inside_out(), *self.lead.inside_out())
        return (*columns, *self.header.inside_out(), self.foot, self._page)

    def show_time(self, call: Call) -> None:
        """What the clock alone changes."""
        t = self._desk.board.lines.time_of(call.id)
        talk = call.talk(t)
        head = self.header
        head.time.set_text(present.clock(talk))
        look = present.split_look(call, talk, self._desk.likely(call), self._desk.reason_name(call.reason))
        head.show_split(look)
        tone = "warn" if call.upset or call.held else "accent"
        head.state.set_pill(
            present.state_text(call), "hold" if call.held else ("upset" if call.upset else "call"), tone
        )
        now, by = self._desk.clock.local(), call.values.get("promise.by")
        self.side.promise.show_deadline(moment(str(by)) if by else None, now, self._desk.prefs.hours)
        held, level = call.hold_now(t), present.hold_level(call.hold_now(t), self._desk.prefs.nudges)
        shown_s = held if call.held else call.hold(t)
        words = self.tr("hold") + f" {present.clock(shown_s)}" if call.held or shown_s else ""
        head.hold.set_pill(words, "clock", "warn" if level else "neutral")
        show_if(head.hold, bool(words))
        self._show_answer(call, t)
        if call.held and level != self._level:
            self._on_leafed()
        self._level = level if held else 0
        waiting = self._desk.board.waiting
        if waiting:
            self._show_second(call)

    _level = 0

    def _show_answer(self, call: Call, t: float) -> None:
        """The one-minute answer timer: what is left of the minute, then how long it is over."""
        pill = self.header.answer
        show_if(pill, call.timer_t is not None)
        if call.timer_t is None:
            return
        left = ANSWER_S - (t - call.timer_t)
        words = present.clock(left + 0.999) if left > 0 else "+" + present.clock(-left)
        pill.set_pill(self.tr("answer") + f" {words}", "timer", "neutral" if left > 0 else "warn")

    def _show_second(self, call: Call) -> None:
        ringing, waiting = self._desk.board.ringing, self._desk.board.waiting
        if ringing:
            who = ringing.name or ringing.number or self.tr("Unknown caller")
            self.second.show_call(
                self.tr("Ringing: ") + who, self.tr("Answer"), shown(self._keys.key("start")), "start"
            )
        elif waiting:
            who = waiting.name or waiting.number or self.tr("Unknown caller")
            held = present.clock(waiting.hold_now(self._desk.board.lines.time_of(waiting.id)))
            words = self.tr("Also on hold: ") + f"{who} · {held}"
            self.second.show_call(words, self.tr("Swap"), shown(self._keys.key("swap")), "swap")
        else:
            self.second.show_call("", "", "", "")

    def _show_caller(self, call: Call) -> None:
        name = self._desk.reason_name(call.reason)
        self.header.who.set_text(call.name or call.number or self.tr("Caller not named yet"))
        self.header.about.set_text(name)
        self.side.set_reasons(self._desk.playbook.reasons(), call.reason)
        if (call.id, call.number) != self._known[:2]:
            self._known = (call.id, call.number, self._known_words(call))
        self.side.set_known(self._known[2])

    def _known_words(self, call: Call) -> str:
        found = self._desk.known_caller(call)
        if found is None or not found.count:
            return ""
        calls = (
            self.tr("1 earlier call") if found.count == 1 else f"{found.count} " + self.tr("earlier calls")
        )
        parts = [calls]
        if found.last_name and found.last_name != call.name:
            parts.append(found.last_name)
        if found.open_promises:
            parts.append(f"{found.open_promises} " + self.tr("open promise(s)"))
        return " · ".join(parts)

    def _on_leafed(self) -> None:
        """Something else of the guide is to be seen."""
        call = self._desk.board.active
        if call:
            with self._at_once():
                self.lead.show(call, present.guide_key(call))

    def _foot(self, call: Call) -> str:
        hold = next((p for p in self._desk.playbook.guide("hold").prompts if p.say), None)
        words = present.asked_text(call)
        if hold and not call.held:
            words += (
                "   ·   "
                + self.tr("Before you hold: ")
                + present.said(present.first_question(hold.say), self.lead.values)
            )
        return words

    # -- where one looks and types
    def to_top(self) -> None:
        """What to say comes into sight."""
        self.scroll.verticalScrollBar().setValue(0)

    def see_row(self, digit: int) -> None:
        """The row that bears a digit comes into sight."""
        self.scroll.ensureWidgetVisible(self.guide.checks[digit - 1])

    def go_field(self) -> bool:
        """To the first empty field of the guide; False when it asks for none."""
        edit = self.lead.first_field()
        if edit is None:
            return False
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.scroll.ensureWidgetVisible(edit)
        return True

    # -- wishes
    def _on_reason(self, reason: str) -> None:
        self._actions.attempt(lambda: self._desk.board.choose(self._shown_of[0], "reason", reason or None))

    def _on_deadline(self, by: str) -> None:
        self._actions.attempt(lambda: self._desk.board.choose(self._shown_of[0], "promise.by", by or None))

    def _on_copy_spelled(self) -> None:
        self.copied.emit(self.side.spelled.text())

    def copy(self) -> bool:
        """Copies what is there to copy: the brief while transferring, else the read-back; False for nothing."""
        if self._shown_of[1] == "transfer":
            self.lead.copy_brief()
        elif self.side.spelled.text():
            self._on_copy_spelled()
        else:
            return False
        return True
