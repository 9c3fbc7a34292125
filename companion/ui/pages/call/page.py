"""The page Call: between calls, in a call, after a call, and one call of the list; whichever the Desk has at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from companion.clock import moment
from companion.core.calls import Call
from companion.core.changes import Change
from companion.core.fields import fill
from companion.core.summary import question_words, split_words, spoken
from companion.desk import Desk
from companion.ui.actions import CallActions
from companion.ui.drafts import Drafts, is_field
from companion.ui.keys import Keys, shown
from companion.ui.pages.call import present, waiting
from companion.ui.pages.call.latekeys import LateKeys, caret_of, place_caret
from companion.ui.pages.call.ready import MOST_WAITING, ReadyView
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll

if TYPE_CHECKING:
    from companion.ui.pages.call.live import LiveView
    from companion.ui.pages.call.past import PastView
    from companion.ui.pages.call.wrapup import WrapupView


class CallPage(QWidget):
    """Views are built when first shown. ``told`` names what was marked as done, ``undo_offered`` a call discarded."""

    told = Signal(str)
    copied = Signal(str)
    undo_offered = Signal(str)
    settings_requested = Signal()

    def __init__(
        self, desk: Desk, theme: Theme, keys: Keys, actions: CallActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Call"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._desk, self._theme, self._keys, self._actions = desk, theme, keys, actions
        self._drafts = Drafts(actions.write_text, self)
        self._wrapup_drafts = Drafts(actions.write_text, self)
        self._past_id = self._shown_id = ""
        self._late = LateKeys(self)
        self._stack = QStackedWidget(self)
        self._boxes: dict[QWidget, QWidget] = {}  # a view → what it scrolls in
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._ready: ReadyView | None = None
        self._live: LiveView | None = None
        self._wrapup: WrapupView | None = None
        self._past: PastView | None = None

    # -- the views, each built when it is first needed
    @property
    def ready(self) -> ReadyView:
        """Between calls."""
        if self._ready is None:
            view = self._ready = ReadyView(self._desk, self._theme, self)
            view.start_requested.connect(self._on_start)
            view.opened.connect(self._on_opened)
            view.done_requested.connect(self._on_done)
            view.settings_requested.connect(self.settings_requested)
            view.missed.connect(self._on_missed)
            view.show_keys(self._keys)
            self._boxes[view] = PageScroll(view, view, self)
            self._stack.addWidget(self._boxes[view])
        return self._ready

    @property
    def live(self) -> LiveView:
        """In a call."""
        if self._live is None:
            from companion.ui.pages.call.live import LiveView

            view = self._live = LiveView(self._desk, self._theme, self._actions, self._drafts, self)
            view.command_requested.connect(self._run)
            view.copied.connect(self.copied)
            view.show_keys(self._keys)
            self._stack.addWidget(view)
        return self._live

    @property
    def wrapup(self) -> WrapupView:
        """After a call."""
        if self._wrapup is None:
            from companion.ui.pages.call.wrapup import WrapupView

            view = self._wrapup = WrapupView(self._theme, self._wrapup_drafts, self)
            view.set_fields(self._desk.playbook.guide("wrapup").fields)
            view.command_requested.connect(self._run)
            view.outcome_chosen.connect(self._on_outcome)
            view.stress_chosen.connect(self._on_stress)
            view.promise.deadline_chosen.connect(self._on_deadline)
            view.show_keys(self._keys)
            self._boxes[view] = PageScroll(view, view, self)
            self._stack.addWidget(self._boxes[view])
        return self._wrapup

    @property
    def past(self) -> PastView:
        """A call of the list."""
        if self._past is None:
            from companion.ui.pages.call.past import PastView

            view = self._past = PastView(self._theme, self)
            view.left.connect(self.leave)
            view.resumed.connect(self._on_resumed)
            view.discarded.connect(self._on_discarded)
            self._stack.addWidget(view)
        return self._past

    def build_all(self) -> None:
        """Builds every view, for the self-test."""
        for view in (self.ready, self.live, self.wrapup, self.past):
            view.ensurePolished()

    # -- showing
    def refresh(self, change: Change = Change.CALL) -> None:
        """Reads the Desk again and shows what is at hand; whoever types stays where they are, if it is still there."""
        focus = QApplication.focusWidget()
        caret = caret_of(focus)
        current = self._desk.board.current
        call_id = current.id if current else self._past_id
        same, self._shown_id = call_id == self._shown_id, call_id
        self._show_all()
        if focus is not None and self.isAncestorOf(focus):
            self._keep_focus(focus, caret, same)

    def _keep_focus(self, focus: QWidget, caret: int, same_call: bool) -> None:
        """No event moves the focus into a field, and none turns the rest of a word into commands."""
        if focus.isVisible() and (same_call or not is_field(focus)):
            return
        also = self._also_there(focus) if same_call else None
        if also is not None:
            also.setFocus(Qt.FocusReason.OtherFocusReason)
            place_caret(also, caret)
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_field(focus):
            self._late.hold_back()

    def _also_there(self, field: QWidget) -> QWidget | None:
        """The same field of the same call in the view that is shown now: notes and promise outlive the conversation."""
        live, wrapup = self._live, self._wrapup
        if live is None or wrapup is None:
            return None
        pairs = ((live.side.notes, wrapup.notes), (live.side.promise.what.edit, wrapup.promise.what.edit))
        for one, other in (*pairs, *((b, a) for a, b in pairs)):
            if field is one and other.isVisible():
                return other
        return None

    def _show_all(self) -> None:
        board = self._desk.board
        if board.active or board.wrapup:
            self._past_id = ""
        if board.active:
            self._show(self.live)
            self.live.show_call(board.active)
        elif board.wrapup:
            self._show(self.wrapup)
            self._show_wrapup(board.wrapup)
        elif self._past_id and not board.ringing:
            self._show(self.past)
            call = board.lines.get(self._past_id)
            self.past.show_call(call, self._actions.summary(call))
        else:
            self._show(self.ready)
            self._show_ready(board.ringing)

    def show_time(self) -> None:
        """What the clock alone changes."""
        board = self._desk.board
        if board.active:
            self.live.show_time(board.active)
        elif board.wrapup:
            self._show_wrapup_time(board.wrapup)

    def show_keys(self, keys: Keys) -> None:
        """The keys have changed."""
        self._keys = keys
        for view in (self._ready, self._live, self._wrapup):
            if view is not None:
                view.show_keys(keys)

    def _show(self, view: QWidget) -> None:
        box = self._boxes.get(view, view)
        if self._stack.currentWidget() is not box:
            self.flush()
            self._stack.setCurrentWidget(box)

    def flush(self) -> None:
        """Writes what is typed, now."""
        self._drafts.flush()
        self._wrapup_drafts.flush()

    def _show_ready(self, ringing: Call | None) -> None:
        desk, view = self._desk, self.ready
        values = desk.fields(ringing)
        greeting = desk.playbook.guide("greeting")
        words = " ".join(
            p.say for p in greeting.prompts if p.group in ("salutation", "identification", "offer")
        )
        line = "“" + fill(words, values).plain + "”" if words else ""
        unnamed = not (desk.prefs.agent and desk.prefs.company)
        if ringing:
            known = desk.known_caller(ringing)
            who = (
                ringing.name
                or (known.last_name if known else "")
                or ringing.number
                or self.tr("Unknown caller")
            )
            view.show_hero(self.tr("Ringing"), who, line, self.tr("Answer"), unnamed)
        else:
            agent = f", {desk.prefs.agent}" if desk.prefs.agent else ""
            view.show_hero(
                self.tr("Ready"), f"{values['salutation']}{agent}.", line, self.tr("Start call"), unnamed
            )
        view.show_waiting(waiting.items(desk, MOST_WAITING), waiting.count(desk))
        view.reload()

    def _show_wrapup(self, call: Call) -> None:
        desk, view = self._desk, self.wrapup
        who = " · ".join(x for x in (call.name or call.number, desk.reason_name(call.reason)) if x)
        asked = question_words(call)
        split = "\n".join(x for x in (split_words(call), self.tr("Asked: ") + asked if asked else "") if x)
        view.show_call(call, desk.playbook.outcomes(), who or self.tr("Call ended"), "", "", split)
        ringing = desk.board.ringing
        rings = ringing and (ringing.name or ringing.number or self.tr("Unknown caller"))
        view.second.show_call(
            self.tr("Ringing: ") + rings if rings else "",
            self.tr("Answer"),
            shown(self._keys.key("start")),
            "start",
        )
        self._wrapup_drafts.show(call.id, call.text)
        self._show_wrapup_time(call)

    def _show_wrapup_time(self, call: Call) -> None:
        t = self._desk.board.lines.time_of(call.id)
        by = call.values.get("promise.by")
        now, hours = self._desk.clock.local(), self._desk.prefs.hours
        self.wrapup.promise.show_deadline(moment(str(by)) if by else None, now, hours)
        self.wrapup.time.set_text(present.clock(call.wrapup(t)))
        self.wrapup.facts.set_text(
            self.tr("Wrap-up") + f" · talk {spoken(call.talk(t))} · hold {spoken(call.hold(t))}"
            f" · handle time {spoken(call.handle(t))}"
        )

    # -- keys that mean the view shown
    def digit(self, digit: int) -> bool:
        """A digit key: the row that bears it; 0 leafs to more rows."""
        board = self._desk.board
        if board.active:
            if digit == 0:
                self.live.lead.next_rows()
                return True
            ticked = self.live.guide.toggle_digit(digit)
            if ticked:
                self.live.see_row(digit)
            return ticked
        return board.wrapup is not None and self.wrapup.choose_digit(digit)

    def command(self, command: str) -> bool:
        """Commands that only this page knows; False for all others."""
        go = {
            "go_caller": "name",
            "go_number": "number",
            "go_reason": "reason",
            "go_notes": "notes",
            "go_promise": "promise",
        }
        if command in go:
            return self._go(go[command])
        if command in ("page_down", "page_up"):
            return self._turn_page(command == "page_down")
        if not self._desk.board.active:
            return False
        leaf: dict[str, Callable[[], bool]] = {
            "line": self.live.lead.next_line,
            "cards": self.live.lead.next_card,
            "copy": self.live.copy,
            "go_field": self.live.go_field,
        }
        return leaf[command]() if command in leaf else False

    def _turn_page(self, down: bool) -> bool:
        """A page further down or up in whatever scrolls here."""
        shown = self._stack.currentWidget()
        area = shown if isinstance(shown, PageScroll) else shown.findChild(PageScroll)
        if area is None:
            return False
        area.turn_page(down)
        return True

    def _go(self, where: str) -> bool:
        board = self._desk.board
        if board.active:
            side = self.live.side
            targets: dict[str, QWidget] = {
                "name": side.name.edit,
                "number": side.number.edit,
                "reason": side.reason,
                "notes": side.notes,
                "promise": side.promise.what.edit,
            }
        elif board.wrapup:
            targets = {"notes": self.wrapup.notes, "promise": self.wrapup.promise.what.edit}
        else:
            return False
        if where in targets:
            targets[where].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return where in targets

    def leave(self) -> bool:
        """Esc: out of a field, a card, a detour, a past call; False when there is nothing to leave."""
        self._late.let_go()
        focus = QApplication.focusWidget()
        inside = focus is not None and focus is not self and self.isAncestorOf(focus)
        if inside and not isinstance(focus, QAbstractButton):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._live is not None:
                self._live.to_top()
            return True
        if self._past_id:
            self._past_id = ""
            self.refresh()
            return True
        if self._desk.board.active and self.live.lead.leave():
            return True
        if inside:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return inside

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._late.let_go()
        super().mousePressEvent(event)

    # -- wishes of the views
    def _run(self, command: str) -> None:
        """A button of a view; a click does not take the focus everywhere, so what is typed is written first."""
        self.flush()
        self._actions.run(command)

    def _on_start(self) -> None:
        self._past_id = ""
        self._run("start")

    def _on_missed(self) -> None:
        self._run("end")

    def _on_opened(self, call_id: str) -> None:
        self._past_id = call_id
        self.refresh()

    def _on_resumed(self, call_id: str) -> None:
        self._past_id = ""
        self._actions.attempt(lambda: self._desk.board.resume_wrapup(call_id))

    def _on_discarded(self, call_id: str) -> None:
        self._past_id = ""
        if self._actions.attempt(lambda: self._desk.board.discard(call_id)):
            self.undo_offered.emit(call_id)

    def _on_done(self, call_id: str, what: str) -> None:
        if what == "wrapup":
            self._on_resumed(call_id)
        elif self._actions.attempt(lambda: self._desk.board.mark_done(call_id, what, True)):
            self.told.emit(f"{what}:{call_id}")

    def _wrapup_id(self) -> str:
        call = self._desk.board.wrapup
        return call.id if call else ""

    def _on_outcome(self, outcome: str) -> None:
        self._actions.attempt(lambda: self._desk.board.choose(self._wrapup_id(), "outcome", outcome or None))

    def _on_stress(self, value: object) -> None:
        self._actions.attempt(lambda: self._desk.board.choose(self._wrapup_id(), "stress", value))

    def _on_deadline(self, by: str) -> None:
        self._actions.attempt(lambda: self._desk.board.choose(self._wrapup_id(), "promise.by", by or None))
