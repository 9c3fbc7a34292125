"""The Desk: the open books, the clock, the playbook, and the few verbs that touch more than one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from companion.clock import Clock, moment, stamp
from companion.core import hours
from companion.core.calls import Call, MoveError
from companion.core.changes import Change
from companion.core.split import Likely, Tail, likely
from companion.playbooks import Playbook
from companion.preferences import Preferences
from companion.storage.calls import CallerHistory, CallsBook
from companion.storage.settings import SettingsBook
from companion.storage.store import Store, StoreError
from companion.switchboard import Switchboard

if TYPE_CHECKING:
    from companion.journal import Journal
    from companion.storage.breaks import BreaksBook
    from companion.storage.responses import ResponsesBook
    from companion.timedesk import TimeDesk

_TAIL_EVERY = 1.0
"""Seconds of conversation after which the likely length is looked up anew at the most often."""


class Desk:
    """One per running program. A page calls its verbs and reads again when a change is announced."""

    def __init__(self, store: Store, clock: Clock, playbook: Playbook, region: str = "") -> None:
        self.store = store
        self.clock = clock
        self.playbook = playbook
        self.history = CallsBook(store)
        self.settings = SettingsBook(store)
        self.prefs = Preferences(self.settings)
        self._home = region
        self._number_parts: dict[tuple[str, str], tuple[str | None, str]] = {}
        self._tail_key: tuple[str, str] = ("", "")
        self._tail_at = 0.0
        self._tails: tuple[Tail, Tail] | None = None
        self._journal: Journal | None = None
        store.subscribe(self._on_change)
        self.board = Switchboard(self.history, clock, self.number_parts)

    # -- what a start does not need: imported when first asked for
    @property
    def journal(self) -> Journal:
        """The stress journal, a file of its own that shares nothing with the work data but the news of a change."""
        if self._journal is None:
            from companion.journal import Journal
            from companion.paths import Paths

            paths = Paths(self.store.path.parent)
            self._journal = Journal(paths.vault, paths.backups, self.clock, self.store.announce)
        return self._journal

    @cached_property
    def breaks(self) -> BreaksBook:
        """The planned breaks."""
        from companion.storage.breaks import BreaksBook

        return BreaksBook(self.store)

    @cached_property
    def responses(self) -> ResponsesBook:
        """The user's own sentences for upset callers."""
        from companion.storage.responses import ResponsesBook

        return ResponsesBook(self.store)

    @cached_property
    def time(self) -> TimeDesk:
        """The time audit."""
        from companion.timedesk import TimeDesk

        return TimeDesk(self.store, self.clock, self.prefs)

    def may_offer_check(self) -> bool:
        """Whether a check may be offered now: wanted, and none offered or made within the time set."""
        if not self.prefs.check_offer:
            return False
        from companion.core.stress import may_offer_check

        return may_offer_check(
            stamp(self.clock.now()), self.prefs.check_offered, self.prefs.check_interval_min
        )

    def check_offered(self) -> None:
        """A check has been offered, or made, now. Only the moment is kept. Raises StoreError."""
        self.prefs.set("check_offered", stamp(self.clock.now()))

    # -- news
    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Calls ``listener`` after each commit with what it touched; returns how to stop that."""
        return self.store.subscribe(listener)

    def _on_change(self, change: Change) -> None:
        if change & Change.HISTORY:
            self._tails = None  # another finished call is a part of what is likely

    @property
    def trouble(self) -> StoreError | None:
        """Why something is in memory only, or None."""
        return self.board.lines.trouble

    # -- callers and numbers
    @property
    def region(self) -> str:
        """Two-letter country of numbers without a country code."""
        return self.prefs.region or self._home

    def number_parts(self, raw: str) -> tuple[str | None, str]:
        """E.164 of a number where it is valid, and the key that other ways of writing it share."""
        if not raw:
            return (None, "")
        region = self.region
        known = self._number_parts.get((raw, region))
        if known is None:
            from companion.core import phone

            number = phone.recognise(raw, region or None)
            known = (number.e164, phone.match_key(raw))
            if len(self._number_parts) > 200:
                self._number_parts.clear()
            self._number_parts[raw, region] = known
        return known

    def known_caller(self, call: Call) -> CallerHistory | None:
        """What earlier calls from this number left behind; None without a number."""
        if not call.number:
            return None
        e164, key = self.number_parts(call.number)
        return self.history.history_of(e164, key, call.id) if e164 or key else None

    # -- words
    def reason_name(self, reason: str) -> str:
        """How a reason is called; a reason that the playbook no longer has keeps its own words."""
        found = self.playbook.reason(reason) if reason else None
        return found.name if found else reason

    def outcome_name(self, outcome: str) -> str:
        """How an outcome is called; one that the playbook no longer has keeps its own words."""
        return next((o.name for o in self.playbook.outcomes() if o.id == outcome), outcome)

    def reason_id(self, text: str) -> str:
        """The reason that a text names by id or name; words of the user's own are a reason too."""
        found = self.playbook.reason(text)
        return found.id if found else text.strip()

    def outcome_id(self, text: str) -> str:
        """The outcome that a text names by id, name or digit; words of the user's own are an outcome too."""
        wanted = text.strip().casefold()
        for outcome in self.playbook.outcomes():
            if wanted in (outcome.id.casefold(), outcome.name.casefold(), str(outcome.key)):
                return outcome.id
        return text.strip()

    def fields(self, call: Call | None) -> dict[str, str | None]:
        """The values of the fields in prompts (greeting.parts) for a call, by the local time of day."""
        now = self.clock.local()
        values: dict[str, str | None] = {
            "salutation": self.playbook.salutation(now.hour, now.minute),
            "agent": self.prefs.agent,
            "company": self.prefs.company,
            "hours": hours.told(self.prefs.hours),
        }
        if call:
            values |= {
                "caller": call.name.strip(),
                "number": call.number,
                "reason": self.reason_name(call.reason).lower(),
                "email": call.text("closed.field.email"),
                "address": call.text("closed.field.address"),
                "order": call.text("closed.field.order"),
                "person": call.text("transfer.to") if call.detour == "transfer" else call.text("message.for"),
                "when": call.text("message.back"),
                "minutes": "a minute",
                "problem": None,
                "emotion": call.text("upset.emotion"),
                "source": call.text("upset.source"),
                "deadline": self.told_deadline(call),
            }
        return values

    def told_deadline(self, call: Call) -> str:
        """The promise's deadline in words of the local day, or an empty text."""
        by = call.values.get("promise.by")
        try:
            return self.told_moment(moment(str(by))) if by else ""
        except ValueError:  # a file may hold what no page would choose
            return ""

    def told_moment(self, at: datetime) -> str:
        """A moment to come in words of the local day: ``today 16:00``, ``Tue 3 Nov 9:30``."""
        now = self.clock.local()
        due = at.astimezone(now.tzinfo)
        days = (due.date() - now.date()).days
        day = {0: "today", 1: "tomorrow"}.get(days, f"{due:%a} {due.day} {due:%b}")
        return f"{day} {due.hour}:{due:%M}"

    # -- time
    def likely(self, call: Call) -> Likely:
        """The length that a call is likely to have, in seconds of conversation (open.share)."""
        talk = call.talk(self.board.lines.time_of(call.id))
        key = (call.id, call.reason)
        tails = self._tails
        if tails is None or key != self._tail_key or self._stale(talk, tails):
            same = self.history.tail(call.reason, talk) if call.reason else Tail(0, 0.0)
            tails = self._tails = (same, self.history.tail(None, talk))
            self._tail_key, self._tail_at = key, talk
        return likely(talk, *tails, float(self.prefs.usual_s))

    def _stale(self, talk: float, tails: tuple[Tail, Tail]) -> bool:
        """Whether the call has outlasted a call that the tails still count."""
        outlasted = any(tail.count and talk > tail.least for tail in tails)
        return talk < self._tail_at or (outlasted and talk - self._tail_at >= _TAIL_EVERY)

    def tick(self) -> None:
        """Once a second while a clock runs: suspends are noticed, the mark is passed, refused writes tried again."""
        self.board.tick()
        call = self.board.active
        if call and not call.held and call.passed_t is None and not self.board.in_doubt(call.id):
            guess = self.likely(call)
            if call.talk(self.board.lines.time_of(call.id)) >= guess.mark:
                self.board.passed(guess.seconds, guess.basis)

    # -- for the outside
    def status(self) -> dict[str, Any]:
        """What is going on now, in the shape that ``status --json`` prints. Durations are seconds."""
        due = self.history.due()
        return {
            "running": True,
            "call": self._call_status(self.board.current),
            "due": {
                "promises": due.promises,
                "messages": due.messages,
                "call_backs": due.call_backs,
                "wrap_ups": due.wrap_ups,
            },
        }

    def _call_status(self, call: Call | None) -> dict[str, Any] | None:
        if call is None:
            return None
        t = self.board.lines.time_of(call.id)
        guess = self.likely(call)
        e164, _key = self.number_parts(call.number)
        return {
            "id": call.id,
            "state": str(call.state),
            "held": call.held,
            "upset": call.upset,
            "reason": self.reason_name(call.reason),
            "caller": {"name": call.name, "number": call.number, "e164": e164},
            "started_at": self.moment_of(call)
            .astimezone(self.clock.local().tzinfo)
            .isoformat(timespec="seconds"),
            "talk_s": round(call.talk(t), 1),
            "hold_s": round(call.hold(t), 1),
            "wrapup_s": round(call.wrapup(t), 1),
            "likely_s": round(guess.seconds, 1),
            "split_at_s": round(guess.mark, 1),
            "split_basis": guess.basis,
            "past_split": call.passed_t is not None,
            "asked": {"open": call.asked_count("open"), "closed": call.asked_count("closed")},
            "steps": self._steps(call),
        }

    def _steps(self, call: Call) -> dict[str, list[bool]]:
        """The checklists of transferring and of taking a message: for each step whether it is ticked."""
        return {
            key: [step.id in call.steps for step in self.playbook.guide(key).steps]
            for key in ("transfer", "message")
        }

    def moment_of(self, call: Call) -> datetime:
        """When a call started, or rang when it never did, in UTC."""
        return moment(call.started_at or call.rang_at or call.first_at)

    def start(self, name: str = "", reason: str = "", number: str = "") -> Call:
        """Starts a call with a reason by id or name. Raises MoveError while two calls are at hand."""
        return self.board.start(name, self.reason_id(reason) if reason else "", number)

    def end(self, outcome: str = "", number: str = "") -> Call | None:
        """Ends the call at hand with an outcome by id, name or digit; nothing happens without a call."""
        return self.board.end(self.outcome_id(outcome) if outcome else "", number)

    def close(self) -> None:
        """Puts everything away: a wrap-up is left for later, what is in memory is written, the journal is locked."""
        try:
            if self._journal is not None:
                self._journal.close()
        finally:
            if self.board.wrapup:
                self.board.leave_wrapup()
            self.board.lines.sign_of_life()
            self.board.lines.save()
            self.store.close()


__all__ = ["Desk", "MoveError"]
