"""The calls at hand and the one way to move them; and the questions that only the user can answer: after a crash or a
suspend, whether a call still goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from companion.clock import Clock, moment
from companion.core.calls import Call, MoveError, State, fold
from companion.lines import Lines, NumberParts
from companion.storage.calls import CallsBook, Unfinished

SLEPT = 60.0
"""Seconds of suspend from which the program asks whether the call still goes on."""

FORGOTTEN = 1800.0
"""Seconds without a touch after which a wrap-up whose clock runs is taken for forgotten."""

RINGS = 120.0
"""Seconds without a sign of life after which a call that rang is taken for missed."""

_NO_ANSWER = {"slept", "edit", "set", "passed", "promise", "slip"}
"""Events that leave the question about a call open: the clock's own, and what is typed while it waits."""


class Doubt(NamedTuple):
    """A call of which the program cannot know whether it still goes on: after a crash or a suspend.

    ``since`` is the last sign of life (UTC); ``gap_s`` the seconds without one. The call's time line stood at ``t``
    seconds at the moment ``at`` (UTC); ``last_t`` is the earliest end that its events allow.
    """

    call_id: str
    cause: str
    since: datetime
    gap_s: float
    at: datetime
    t: float
    last_t: float


class Hand:
    """At most one active call, one held and one ringing, and a wrap-up. Not thread-safe."""

    def __init__(self, book: CallsBook, clock: Clock, numbers: Callable[[str], NumberParts]) -> None:
        self.lines = Lines(book, clock, numbers)
        self._clock = clock
        self._active_id = ""
        self._sleep0 = clock.boot() - clock.awake()
        self.doubts: list[Doubt] = []
        for found in book.unfinished():
            self._take_up(found)

    # -- what is at hand
    @property
    def active(self) -> Call | None:
        """The call whose conversation is going on (held or not); None without one."""
        live = [c for c in self.lines.calls() if c.live]
        chosen = next((c for c in live if c.id == self._active_id), None)
        return chosen or min(live, key=lambda c: c.held, default=None)

    @property
    def waiting(self) -> Call | None:
        """The other live call: held while the active one goes on."""
        active = self.active
        return next((c for c in self.lines.calls() if c.live and c is not active), None)

    @property
    def ringing(self) -> Call | None:
        return next((c for c in self.lines.calls() if c.state == State.RINGING), None)

    @property
    def wrapup(self) -> Call | None:
        """The call whose wrap-up is being done now; a wrap-up left for later is none."""
        return next((c for c in self.lines.calls() if c.wrapup_open), None)

    @property
    def current(self) -> Call | None:
        """The call to show: the active one, else the one in wrap-up, else the one that rings."""
        return self.active or self.wrapup or self.ringing

    @property
    def busy(self) -> bool:
        """Whether some clock runs."""
        return self.current is not None

    # -- moving
    def _do(
        self, call_id: str, kind: str, /, at_t: float | None = None, answers: bool = True, **data: Any
    ) -> Call:
        """One event. Who works on a call in doubt has answered the question; that is so before anyone hears of it.

        ``answers`` is False for what happens to a call because of another one.
        """
        doubts = self.doubts
        if answers and kind not in _NO_ANSWER:
            self._settle(call_id)
        try:
            return self.lines.do(call_id, kind, at_t, **data)
        except MoveError:
            self.doubts = doubts
            raise

    def _hold_active(self) -> None:
        """Another call comes to the fore: the active one is put on hold."""
        if self.active and not self.active.held:
            self._do(self.active.id, "hold", answers=False, on=True)

    def _need_active(self) -> Call:
        if self.active is None:
            raise MoveError("There is no conversation going on.")
        return self.active

    def _need_wrapup(self) -> Call:
        if self.wrapup is None:
            raise MoveError("There is no call in wrap-up.")
        return self.wrapup

    # -- doubts
    def in_doubt(self, call_id: str) -> bool:
        """Whether it is not known yet that the call still goes on."""
        return any(d.call_id == call_id for d in self.doubts)

    def tick(self) -> None:
        """Once a second while a clock runs: notices a suspend, and tries again to write what the disk refused."""
        slept = (self._clock.boot() - self._clock.awake()) - self._sleep0
        if slept > SLEPT:
            now = self._clock.now()
            for call in self.lines.calls():
                if call.live and not self.in_doubt(call.id):
                    t = self.lines.time_of(call.id)
                    since = now - timedelta(seconds=slept)
                    self.doubts.append(Doubt(call.id, "sleep", since, slept, now, t, call.last_t))
                    self._do(call.id, "slept", seconds=round(slept, 1))
        if slept > 1:
            self._sleep0 += slept
        self._leave_forgotten()
        if self.lines.unsaved:
            self.lines.save()

    def _leave_forgotten(self) -> None:
        """A wrap-up that nobody has touched for long is left where it was last touched: no night counts as work."""
        call = self.wrapup
        if call and self.lines.time_of(call.id) - call.last_t > FORGOTTEN:
            self._do(call.id, "wrapup_left", at_t=call.last_t)

    def _forget_sleep(self) -> None:
        """The first call after a while begins: what the computer slept before has nothing to do with it."""
        if self.active is None:
            self._sleep0 = self._clock.boot() - self._clock.awake()

    def go_on(self, call_id: str) -> Call:
        """The call in doubt goes on."""
        doubt = self._doubt(call_id)
        return self._do(call_id, "resumed", cause=doubt.cause, gap=round(doubt.gap_s, 1))

    def end_at(self, call_id: str, at: datetime) -> Call:
        """The call in doubt ended at a time of the wall clock: at the earliest with the last event before the doubt, at
        the latest now. What was typed while the question waited does not make the call longer."""
        doubt, call = self._doubt(call_id), self.lines.get(call_id)
        after = (at - doubt.at).total_seconds()
        if doubt.cause == "sleep" and after < 0:
            after = min(0.0, after + doubt.gap_s)  # while it slept, the time line stood still
        t = min(max(doubt.t + after, doubt.last_t), self.lines.time_of(call_id))
        earlier: dict[str, Any] = {"end_t": round(t, 3)} if t < call.last_t else {}
        with self.lines.together():
            self._do(call_id, "ended", at_t=t, **earlier)
            return self._do(call_id, "wrapup_left", at_t=t)

    def _doubt(self, call_id: str) -> Doubt:
        doubt = next((d for d in self.doubts if d.call_id == call_id), None)
        if doubt is None:
            raise MoveError("There is no question open about this call.")
        return doubt

    def _settle(self, call_id: str) -> None:
        self.doubts = [d for d in self.doubts if d.call_id != call_id]

    def _take_up(self, found: Unfinished) -> None:
        """A call that the last run of the program left unfinished."""
        call = fold(found.call_id, found.events)
        now, awake = self._clock.now(), self._clock.awake()
        try:
            since = moment(found.seen_at)
        except ValueError:  # a rescued file may lack it; a call must not keep the program from starting
            since = now
        if found.boot_id == self._clock.boot_id():
            gap = max(0.0, awake - found.awake)
        else:
            gap = max(0.0, (now - since).total_seconds())
        seen_t = max(found.seen_t, call.last_t)
        self.lines.take_up(call, seen_t + gap)
        if call.live:
            moved = max((e.t for e in found.events if e.kind not in _NO_ANSWER), default=0.0)
            self.doubts.append(Doubt(call.id, "crash", since, gap, since, seen_t, moved))
        elif call.wrapup_open:
            self._do(call.id, "wrapup_left", at_t=seen_t)
        elif call.state == State.RINGING and gap > RINGS:
            self._do(call.id, "missed", at_t=seen_t)
