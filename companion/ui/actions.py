"""Commands carried out: a key, a button of the page, the strip or the tray, they all end here and then in the Desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from companion.core.brief import transfer_brief
from companion.core.calls import PHASES, Call, MoveError
from companion.core.spelling import read_back
from companion.core.summary import Names, summary, told_time
from companion.desk import Desk
from companion.storage.errors import StoreError

GUIDES = ("transfer", "message", "badnews", "cantdo", "ready")


class CallActions(QObject):
    """``refused`` carries one plain sentence when the state of the call does not allow what was wanted.

    ``acted`` follows every attempt: what the disk refused is not announced by the store, but must be shown.
    """

    refused = Signal(str)
    acted = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read_back: dict[tuple[str, str, str, str], str] = {}
        self._verbs: dict[str, Callable[[], object]] = {
            "start": self.start,
            "end": lambda: desk.end(),
            "hold": self._toggle_hold,
            "upset": self._toggle_upset,
            "swap": desk.board.swap,
            "timer": self._toggle_timer,
            "undo_end": desk.board.reopen,
            "next": lambda: desk.board.move("next"),
            "back": lambda: desk.board.move("back"),
            "count_open": lambda: desk.board.ask("open"),
            "count_closed": lambda: desk.board.ask("closed"),
            "done": desk.board.finish,
            "later": desk.board.leave_wrapup,
        }
        for phase in PHASES:
            self._verbs[str(phase)] = lambda to=str(phase): desk.board.move(to)
        for guide in GUIDES:
            self._verbs[guide] = lambda to=guide: self._toggle_detour(to)

    def run(self, command: str) -> bool:
        """Carries out a command of the call; False when it is none. A refusal is told, never raised."""
        verb = self._verbs.get(command)
        if verb is None:
            return False
        self.attempt(verb)
        return True

    def attempt(self, verb: Callable[[], object]) -> bool:
        """Runs a verb of the Desk; a refusal becomes ``refused``."""
        try:
            verb()
        except (MoveError, StoreError) as refusal:
            self.refused.emit(str(refusal))
            return False
        finally:
            self.acted.emit()
        return True

    def write_text(self, call_id: str, name: str, text: str) -> None:
        """What was typed into a field of a call."""
        self.attempt(lambda: self._desk.board.write_text(call_id, name, text))

    def start(self) -> Call:
        """Answers the call that rings, or starts another one; a call that goes on is put on hold by that."""
        board = self._desk.board
        if board.ringing:
            return board.start(board.ringing.name, "", board.ringing.number, another=not board.ringing.number)
        if board.active and not board.active.held:
            raise MoveError("A call is going on. Put it on hold to start a second one.")
        return board.start(another=True)

    def _active(self) -> Call:
        call = self._desk.board.active
        if call is None:
            raise MoveError("There is no conversation going on.")
        return call

    def _toggle_hold(self) -> None:
        board = self._desk.board
        (board.resume if self._active().held else board.hold)()

    def _toggle_upset(self) -> None:
        self._desk.board.upset(not self._active().upset)

    def _toggle_timer(self) -> None:
        self._desk.board.timer(self._active().timer_t is None)

    def _toggle_detour(self, to: str) -> None:
        call = self._active()
        leave = call.detour == to
        self._desk.board.detour("" if leave else to)
        if to == "message" and not leave:
            for field, known in (("message.from", call.name), ("message.number", call.number)):
                if known and not call.text(field):
                    self._desk.board.write_text(call.id, field, known)

    # -- words made from a call
    def read_back(self, text: str, kind: str) -> str:
        """How to read a text back (closed.readback): digits in their country's groups, letters spelled."""
        text = text.strip()
        if not text:
            return ""
        alphabet, region = self._desk.prefs.alphabet, self._desk.region
        key = (text, kind, alphabet, region)
        if key not in self._read_back:
            if len(self._read_back) > 50:
                self._read_back.clear()
            self._read_back[key] = self._spelled(text, kind, alphabet, region)
        return self._read_back[key]

    def _spelled(self, text: str, kind: str, alphabet: str, region: str) -> str:
        def grouped(raw: str) -> str:
            from companion.core import phone

            return phone.group(raw, region or None)

        words = self._desk.playbook.alphabet(alphabet)
        return read_back(text, words, grouped if kind in ("number", "text") else None).text

    def brief(self, call: Call) -> str:
        """The hand-over brief made from the call as it stands (transfer.four)."""
        return transfer_brief(
            call.name,
            self._desk.reason_name(call.reason),
            call.text("notes"),
            [a.text for a in call.asked if a.text],
            call.text("promise.what"),
            self._desk.told_deadline(call),
        )

    def summary(self, call: Call) -> list[tuple[str, str]]:
        """The call in words: pairs of heading and text."""
        desk = self._desk
        now = desk.clock.local()
        at: datetime = desk.moment_of(call).astimezone(now.tzinfo)
        names = Names(
            desk.reason_name(call.reason),
            desk.outcome_name(call.outcome),
            told_time(at, now),
            desk.told_deadline(call),
        )
        fields = [
            f for key in ("closed", "transfer", "message", "wrapup") for f in desk.playbook.guide(key).fields
        ]
        labels = [(f.id, f.label) for f in fields]
        return summary(call, names, [*labels, ("brief", self.tr("Hand-over brief"))])
