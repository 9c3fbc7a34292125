"""The verbs that move calls: ring, start, hold, end and all between, and the wrap-up after it.

Every verb becomes events, on disk before the verb returns.
"""

from __future__ import annotations

from typing import Any

from companion.core import moves
from companion.core.calls import Call, MoveError, edit_between
from companion.hand import SLEPT, Doubt, Hand

__all__ = ["SAME_START", "SLEPT", "Doubt", "Switchboard"]

SAME_START = 60.0
"""Seconds after a start in which a second one that adds the name or the number means the same call."""


class Switchboard(Hand):
    """The one owner of calls in progress. Not thread-safe: it lives on the thread of the window."""

    # -- starting
    def ring(self, number: str = "", name: str = "") -> Call:
        """A call rings. The same number ringing again changes nothing; another makes the earlier one a missed call."""
        there = self.ringing
        if there and (self._same_number(there, number) or not number):
            return there
        for live in self.lines.calls():
            if live.live and live.number and self._same_number(live, number):
                return live
        with self.lines.together():
            if there:
                self._do(there.id, "missed")
            call_id = self.lines.new()
            self._do(call_id, "rang", number=number)
            self._fill_in(call_id, name=name, number=number)
        return self.lines.get(call_id)

    def start(self, name: str = "", reason: str = "", number: str = "", another: bool = False) -> Call:
        """Starts a call; the same call started again changes nothing; another one puts the first on hold.

        ``another`` says that it is another one though nothing is known of it. Raises MoveError while two calls are at
        hand already.
        """
        known = None if another else self._already(name, number)
        if known:
            told = {"name": "" if known.name else name, "number": "" if known.number else number}
            if any(told.values()):  # it says who the call is: what it says else belongs to that
                self._fill_in(known.id, **told, reason="" if known.reason else reason)
            return self.lines.get(known.id)
        if self.active and self.waiting:
            raise MoveError("Two calls are at hand already, one active and one held. End one of them first.")
        ringing = self.ringing
        taken = ringing if ringing and (not number or self._same_number(ringing, number)) else None
        with self.lines.together():
            if self.wrapup:
                self.leave_wrapup()
            self._hold_active()
            self._forget_sleep()
            self._active_id = call_id = taken.id if taken else self.lines.new()
            self._do(call_id, "started")
            self._fill_in(call_id, name=name, number=number, reason=reason)
        return self.lines.get(call_id)

    def _already(self, name: str, number: str) -> Call | None:
        """The live call that a start means when it is no new one."""
        for call in self.lines.calls():
            if not call.live:
                continue
            named = bool(name.strip()) and call.name.strip().casefold() == name.strip().casefold()
            young = self.lines.time_of(call.id) - (call.started_t or 0.0) < SAME_START
            if number:
                if self._same_number(call, number) or (not call.number and (named or (young and not name))):
                    return call
            elif named or (young and name and not call.name and not self.ringing):
                return call
        nothing_said = not name and not number
        return self.active if nothing_said and not self.ringing else None

    def _same_number(self, call: Call, number: str) -> bool:
        if call.number.strip() == number.strip():
            return True
        mine, other = self.lines.numbers(call.number), self.lines.numbers(number)
        if mine[0] and other[0]:
            return mine[0] == other[0]
        return mine[1] == other[1] != ""

    def _fill_in(self, call_id: str, name: str = "", number: str = "", reason: str = "") -> None:
        if name:
            self.write_text(call_id, "name", name)
        if number:
            self.write_text(call_id, "number", number)
        if reason:
            self.choose(call_id, "reason", reason)

    # -- moving
    def move(self, to: str) -> Call:
        """Enters a phase of the active call: greeting, open, closed, close, next or back. Legal from every phase."""
        call = self._need_active()
        if to in ("next", "back"):
            to = moves.neighbour(call.phase, 1 if to == "next" else -1)
            if to == call.phase:
                return call
        return self._do(call.id, "phase", to=to)

    def hold(self) -> Call:
        """Puts the active call on hold; on hold already: nothing changes (hold.ask)."""
        call = self._need_active()
        return call if call.held else self._do(call.id, "hold", on=True)

    def resume(self) -> Call:
        """Takes the active call off hold."""
        call = self._need_active()
        return self._do(call.id, "hold", on=False) if call.held else call

    def swap(self) -> Call:
        """The held call becomes the active one, and the other way round."""
        waiting = self.waiting
        if waiting is None:
            raise MoveError("There is no second call to swap with.")
        with self.lines.together():
            self._hold_active()
            self._active_id = waiting.id
            return self._do(waiting.id, "hold", on=False) if waiting.held else waiting

    def upset(self, on: bool) -> Call:
        """Marks the caller upset or calm again; the advice on the split rests meanwhile (closed.control)."""
        call = self._need_active()
        if call.upset == on:
            return call
        with self.lines.together():
            if on and call.detour:  # de-escalation comes first; the detour is one key away
                self._do(call.id, "detour", to="")
            return self._do(call.id, "upset", on=on)

    def detour(self, to: str) -> Call:
        """Lays a guide over the phase, or takes it off with an empty text."""
        call = self._need_active()
        return call if call.detour == to else self._do(call.id, "detour", to=to)

    def ask(self, kind: str, question: str = "", text: str = "", on: bool = True) -> Call:
        """Marks a question asked (or not asked after all); without an id it is only counted."""
        return self._do(self._need_active().id, "asked", kind=kind, id=question, text=text, on=on)

    def step(self, step: str, on: bool) -> Call:
        """Ticks a step of a checklist, or takes the tick away."""
        return self._do(self._need_active().id, "step", id=step, on=on)

    def timer(self, on: bool) -> Call:
        """Starts or stops the one-minute answer timer (manner.minute)."""
        return self._do(self._need_active().id, "timer", on=on)

    def passed(self, likely_s: float, basis: str) -> None:
        """The 75 % mark has been passed; it stays passed for this call (open.share)."""
        call = self._need_active()
        if call.passed_t is None:
            self._do(call.id, "passed", likely=round(likely_s, 1), basis=basis)

    # -- what is typed and chosen
    def write_text(self, call_id: str, name: str, text: str) -> Call:
        """What stands in a text field now; kept as the smallest edit since last time."""
        edit = edit_between(name, self.lines.get(call_id).text(name), text)
        return self._do(call_id, "edit", **edit) if edit else self.lines.get(call_id)

    def note(self, text: str) -> Call:
        """Adds a line to the notes of the call at hand."""
        call = self.active or self.wrapup
        if call is None:
            raise MoveError("There is no call to note that in.")
        old = call.text("notes")
        return self.write_text(call.id, "notes", f"{old.rstrip()}\n{text}" if old.strip() else text)

    def choose(self, call_id: str, name: str, value: Any) -> Call:
        """Sets a field that holds one value of a list, or None."""
        call = self.lines.get(call_id)
        return call if call.values.get(name) == value else self._do(call_id, "set", field=name, value=value)

    # -- ending
    def end(self, outcome: str = "", number: str = "") -> Call | None:
        """Ends the call at hand. After a ring without a start it is a missed call; with nothing going on, None.

        ``number``, when given, tells which of two calls has ended; a number that fits none changes nothing.
        """
        live = [c for c in (self.active, self.waiting) if c]
        if number:
            live = [c for c in live if self._same_number(c, number)] or [c for c in live if not c.number]
        if live and not (number and self.ringing and self._same_number(self.ringing, number)):
            return self._end_live(live[0], outcome)
        ringing = self.ringing
        if ringing and (not number or not ringing.number or self._same_number(ringing, number)):
            return self._do(ringing.id, "missed")
        return None

    def _end_live(self, call: Call, outcome: str) -> Call:
        with self.lines.together():
            if self.wrapup:
                self.leave_wrapup()
            if outcome:
                self.choose(call.id, "outcome", outcome)
            ended = self._do(call.id, "ended")
            return self.leave_wrapup() if self.active else ended

    def reopen(self) -> Call:
        """Takes back the end of the call in wrap-up: the conversation never stopped."""
        call = self.wrapup
        if call is None:
            raise MoveError("There is no call in wrap-up to go back to.")
        if self.active and self.waiting:
            raise MoveError("Two calls are at hand already. End one of them first.")
        with self.lines.together():
            self._hold_active()
            self._active_id = call.id
            return self._do(call.id, "reopened")

    def finish(self) -> Call:
        """The wrap-up is done."""
        return self._do(self._need_wrapup().id, "finished")

    def leave_wrapup(self) -> Call:
        """The wrap-up is left for later; its clock stands still until it is taken up again."""
        return self._do(self._need_wrapup().id, "wrapup_left")

    def resume_wrapup(self, call_id: str) -> Call:
        """Takes up the wrap-up of a call again, also of one that was done."""
        if self.active:
            raise MoveError("A conversation is going on. The wrap-up can wait.")
        moves.check(self.lines.get(call_id), "wrapup_resumed", {})
        with self.lines.together():
            if self.wrapup and self.wrapup.id != call_id:
                self.leave_wrapup()
            return self._do(call_id, "wrapup_resumed")

    def discard(self, call_id: str) -> Call:
        """Takes a call out of the lists and figures. Its events are kept, so that it can be restored."""
        return self._do(call_id, "discarded")

    def restore(self, call_id: str) -> Call:
        """Undoes a discard: the call is done or missed as before, else it waits in wrap-up."""
        return self._do(call_id, "restored")

    def mark_done(self, call_id: str, what: str, done: bool) -> Call:
        """A promise is kept, a slip delivered, a missed call called back (or not after all)."""
        kind = {"promise": "promise", "slip": "slip", "call_back": "called_back"}[what]
        return self._do(call_id, kind, done=done)
