"""The live call: its head, the guide that leads now, and the column with what is known."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.clock import moment
from companion.core.calls import PHASES, Call, State
from companion.core.playbook import Guide
from companion.desk import Desk
from companion.ui.actions import CallActions
from companion.ui.drafts import Drafts
from companion.ui.keys import Keys, shown
from companion.ui.pages.call import present
from companion.ui.pages.call.detours import Brief, EmpathyLine
from companion.ui.pages.call.fields import FieldList
from companion.ui.pages.call.foot import CallFoot
from companion.ui.pages.call.guide import GuidePanel
from companion.ui.pages.call.header import CallHeader, SecondCall
from companion.ui.pages.call.ownwords import OwnWords
from companion.ui.pages.call.present import View
from companion.ui.pages.call.side import SidePanel
from companion.ui.theme.theme import Theme
from companion.ui.widgets.chain import chain
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.settled import settle
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
        self._view = View()
        self._view_of = ("", "")
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
        inner = self._page = QWidget(self)
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._pair = QHBoxLayout()
        self._inner.addLayout(self._pair)
        self._build_guide(inner)
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

    def _build_guide(self, inner: QWidget) -> None:
        self.guide = GuidePanel(self._theme, inner)
        self.guide.row_toggled.connect(self._on_row)
        self.guide.line_requested.connect(self.next_line)
        self.guide.page_requested.connect(self.next_rows)
        self.guide.group_requested.connect(self._on_group)
        self.guide.card_requested.connect(self._on_card)
        self.guide.next_card_requested.connect(self.next_card)
        self.guide.leave_requested.connect(self.leave)
        self._field_lists: dict[str, FieldList] = {}
        self._field_box = QVBoxLayout()
        self.empathy = EmpathyLine(self._theme, self._drafts, self.guide)
        self.brief = Brief(self._theme, self._drafts, self.guide)
        self.brief.copy_requested.connect(self._on_copy_brief)
        self.brief.anew_requested.connect(self._on_brief_anew)
        self.fill_in = KeyButton(self._theme, self.tr("Fill in"), "edit", "", "plain", self.guide)
        self.fill_in.clicked.connect(self.go_field)
        row = QHBoxLayout()
        row.addWidget(self.fill_in)
        row.addStretch(1)
        self.guide.extra.addLayout(row)
        self.guide.extra.addWidget(self.empathy)
        self.own_words = OwnWords(self._desk, self._theme, self.guide)
        self.own_words.copied.connect(self.copied)
        self.guide.extra.addWidget(self.own_words)
        self.guide.extra.addLayout(self._field_box)
        self.guide.extra.addWidget(self.brief)
        self.empathy.hide()
        self.brief.hide()
        chain(self.guide.other, self.fill_in, self.empathy.emotion, self.empathy.source, self.guide.more)
        self._pair.addWidget(self.guide, 3)

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
        self.fill_in.set_key_hint(shown(keys.key("go_field")))
        self.foot.show_keys(keys)

    # -- showing
    def show_call(self, call: Call) -> None:
        """Shows the call as it stands; cheap when little has changed."""
        key = present.guide_key(call)
        if (call.id, key) != self._view_of:
            self._view_of, self._view = (call.id, key), View()
            self.to_top()
        self._show_second(call)
        self.header.show_holding(call.held, call.upset)
        self.header.phases.set_state(str(call.phase), {str(p) for p, _t in call.phases})
        self._show_caller(call)
        self._show_guide(call, key)
        self._drafts.show(call.id, call.text)
        if key in self._field_lists:
            self._field_lists[key].refresh()
        self.empathy.refresh()
        self.side.show_spelled()
        if key == "transfer":
            self.brief.show_brief(call.id, call.text("brief"), self._actions.brief(call))
        self.foot.words.setText(self._foot(call))
        self.show_time(call)
        self._settle(key)

    def _settle(self, key: str) -> None:
        """Nothing is squeezed for a frame while a wrapped text finds its height."""
        fields = self._field_lists.get(key)
        inside = (
            *self.side.inside_out(),
            *((fields,) if fields else ()),
            self.empathy,
            self.own_words,
            self.brief,
        )
        settle(
            (*inside, *self.guide.inside_out(), self.header.gauge, self.header, self.foot, self._page),
            self.scroll,
        )

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
            self._show_guide(call, present.guide_key(call))
        self._level = level if held else 0
        waiting = self._desk.board.waiting
        if waiting:
            self._show_second(call)

    _level = 0
    _advice = (0, False)

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

    def _show_guide(self, call: Call, key: str) -> None:
        playbook = self._desk.playbook
        guide = self._guide(key)
        confirm = None
        if key == "open" and call.passed_t is not None and not call.upset:
            confirm = next(iter(playbook.guide("closed").prompts), None)
        t = self._desk.board.lines.time_of(call.id)
        level = present.hold_level(call.hold_now(t), self._desk.prefs.nudges)
        if (level, confirm is not None) != self._advice:
            self._advice = (level, confirm is not None)
            self._view = present.leafed(
                self._view, line=0
            )  # what is urgent now comes first, wherever one had leafed
        values = self._desk.fields(call)
        face = present.guide_face(guide, call, values, self._view, confirm, level)
        if confirm is not None and face.line == 0:
            face = present.time_to_confirm(face, self.tr("The 75 % mark is passed: time to confirm."))
        self.guide.show_face(face, shown(self._keys.key("line")), bool(call.detour), self._rows_title(key))
        self._show_fields(guide if face.card is None else None)
        show_if(self.empathy, key == "upset" and face.card is None)
        self.own_words.show_if(key == "upset" and face.card is None)
        if key == "upset":
            extras = guide.extras
            self.empathy.set_words(
                extras.get("patterns", ()), extras.get("emotions", ()), extras.get("sources", ())
            )
        show_if(self.brief, key == "transfer" and face.card is None)

    def _guide(self, key: str) -> Guide:
        """The guide with all the cards that belong to it."""
        playbook = self._desk.playbook
        return present.with_cards(playbook.guide(key), playbook.guide("cards").cards)

    def _show_fields(self, guide: Guide | None) -> None:
        """The fields of a guide, made when it is first shown and kept for the next time."""
        if guide is not None and guide.fields and guide.key not in self._field_lists:
            made = FieldList(self._theme, self._drafts, self._actions.read_back, guide.fields, self.guide)
            self._field_lists[guide.key] = made
            self._field_box.addWidget(made)
            chain(self.fill_in, *(line.edit for line in made.edits.values()), self.guide.more)
        for key, fields in self._field_lists.items():
            wanted = guide is not None and key == guide.key
            if not wanted and fields.isAncestorOf(self.focusWidget()):
                self.setFocus(Qt.FocusReason.OtherFocusReason)  # or the next field would get the next keys
            show_if(fields, wanted)
        show_if(self.fill_in, guide is not None and (bool(guide.fields) or guide.key == "upset"))

    def _rows_title(self, key: str) -> str:
        return self.tr("Ask next") if key in (str(State.OPEN), str(State.CLOSED)) else self.tr("Steps")

    def _foot(self, call: Call) -> str:
        hold = next((p for p in self._desk.playbook.guide("hold").prompts if p.say), None)
        words = present.asked_text(call)
        if hold and not call.held:
            words += (
                "   ·   "
                + self.tr("Before you hold: ")
                + present.said(present.first_question(hold.say), self._desk.fields(call))
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
        fields = self._field_lists.get(self._view_of[1])
        edits = [line.edit for line in fields.edits.values()] if fields and not fields.isHidden() else []
        if not self.empathy.isHidden():
            edits += self.empathy.edits()
        if not edits:
            return False
        edit = next((one for one in edits if not one.text().strip()), edits[0])
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.scroll.ensureWidgetVisible(edit)
        return True

    # -- leafing
    def next_line(self) -> bool:
        """Another line to say; False when there is no other."""
        self._look(line=self._view.line + 1, card=-1)
        return self.guide.other.isVisibleTo(self.guide)

    def next_rows(self) -> None:
        """The next rows of the list."""
        self._look(page=self._view.page + 1)

    def next_card(self) -> bool:
        """The next card of this part of the call; after the last one, none. False when it has no cards."""
        guide = self._guide(self._view_of[1])
        at = self._view.card + 1
        self._look(card=at if at < len(guide.cards) else -1)
        return bool(guide.cards)

    def leave(self) -> bool:
        """Leaves a card or a detour; False when there is neither."""
        call = self._desk.board.active
        if self._view.card >= 0:
            self._look(card=-1)
            return True
        if call and call.detour:
            self._actions.attempt(lambda: self._desk.board.detour(""))
            return True
        return False

    def _look(self, **changes: object) -> None:
        self._view = present.leafed(self._view, **changes)
        call = self._desk.board.active
        if call:
            self._show_guide(call, self._view_of[1])

    # -- wishes
    def _on_group(self, group: str) -> None:
        self._look(group=group, line=0, page=0, card=-1)

    def _on_card(self, index: int) -> None:
        self._look(card=-1 if index == self._view.card else index)

    def _on_row(self, row_id: str, on: bool) -> None:
        row = self.guide.row(row_id)
        if row is None:
            return
        if row.what == "step":
            self._actions.attempt(lambda: self._desk.board.step(row_id, on))
        else:
            self._actions.attempt(lambda: self._desk.board.ask(row.what, row_id, row.text, on))

    def _on_reason(self, reason: str) -> None:
        self._actions.attempt(lambda: self._desk.board.choose(self._view_of[0], "reason", reason or None))

    def _on_deadline(self, by: str) -> None:
        self._actions.attempt(lambda: self._desk.board.choose(self._view_of[0], "promise.by", by or None))

    def _on_copy_spelled(self) -> None:
        self.copied.emit(self.side.spelled.text())

    def _on_copy_brief(self) -> None:
        self.copied.emit(self.brief.edit.toPlainText())

    def _on_brief_anew(self) -> None:
        self._actions.attempt(lambda: self._desk.board.write_text(self._view_of[0], "brief", ""))

    def copy(self) -> bool:
        """Copies what is there to copy: the brief while transferring, else the read-back; False for nothing."""
        if self._view_of[1] == "transfer":
            self._on_copy_brief()
        elif self.side.spelled.text():
            self._on_copy_spelled()
        else:
            return False
        return True
