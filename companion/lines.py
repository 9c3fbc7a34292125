"""The calls in memory with their time lines, and the one way an event gets into a call and onto the disk.

When the disk refuses, the event stays in memory, in order, and is written with the next one: what was typed is never
thrown away.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from companion.clock import Clock, stamp
from companion.core import moves
from companion.core.calls import Call, Event, MoveError, State, apply, fold
from companion.storage.calls import CallsBook
from companion.storage.store import StoreError

NumberParts = tuple[str | None, str]
"""E.164 where valid, and the key that two ways of writing a number share."""


@dataclass(slots=True)
class Line:
    """One call at hand, the anchor of its time line (``t0`` seconds at ``awake0``), and its events not on disk yet."""

    call: Call
    t0: float
    awake0: float
    unsaved: list[Event] = field(default_factory=list)


class Lines:
    """The calls at hand by id. Calls from the book are fetched when asked for and let go when no longer needed."""

    def __init__(self, book: CallsBook, clock: Clock, numbers: Callable[[str], NumberParts]) -> None:
        self.book = book
        self.clock = clock
        self.numbers = numbers
        self.trouble: StoreError | None = None
        """Why the last write was refused; None while everything is on disk."""
        self._lines: dict[str, Line] = {}
        self._waiting: dict[str, None] = {}
        """Ids of the calls with something unsaved, in the order in which it happened."""
        self._depth = 0

    def calls(self) -> list[Call]:
        """The calls at hand, in the order in which they came."""
        return [line.call for line in self._lines.values()]

    def new(self) -> str:
        """A fresh call with nothing in it; the first event puts it on disk."""
        call_id = os.urandom(16).hex()
        self._lines[call_id] = Line(Call(call_id), 0.0, self.clock.awake())
        return call_id

    def take_up(self, call: Call, t: float) -> None:
        """Puts a call of an earlier run at hand, its time line standing at ``t`` seconds now."""
        self._lines[call.id] = Line(call, t, self.clock.awake())

    def get(self, call_id: str) -> Call:
        """A call by its id, from hand or from the book. Raises MoveError for an unknown id."""
        line = self._lines.get(call_id)
        return line.call if line else self._fetched(call_id)

    def time_of(self, call_id: str) -> float:
        """Seconds on the call's own time line, now."""
        line = self._lines.get(call_id)
        if line is None:
            return self.get(call_id).last_t
        return max(line.call.last_t, line.t0 + max(0.0, self.clock.awake() - line.awake0))

    def do(self, call_id: str, kind: str, /, at_t: float | None = None, **data: Any) -> Call:
        """One event: checked, folded in, written. The only place where a call changes."""
        line = self._lines.get(call_id)
        if line is None:
            call = self._fetched(call_id)
            line = Line(call, call.last_t, self.clock.awake())
        moves.check(line.call, kind, data)
        self._lines[call_id] = line
        t = self.time_of(call_id) if at_t is None else max(at_t, line.call.last_t)
        event = Event(kind, round(t, 3), stamp(self.clock.now()), self.clock.zone(), data)
        call = line.call = apply(line.call, event)
        line.unsaved.append(event)
        self._waiting[call_id] = None
        if not self._depth:
            self.save()
        return call

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is done inside is written at its end: whoever is told sees the calls as they are after all of it."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.save()

    def save(self) -> None:
        """Writes what is not on disk yet. A refusal is kept in ``trouble`` and everything stays for the next try.

        Whoever is told of a write may write in turn, so nothing is held back for later that is written already.
        """
        for call_id in list(self._waiting):
            line = self._lines.get(call_id)
            if line is None or not line.unsaved:
                continue
            events, line.unsaved = line.unsaved, []
            self._waiting.pop(call_id, None)
            kept = False
            try:
                parts = self.numbers(line.call.number)
                awake = line.awake0 + line.call.last_t - line.t0  # of the event, however late it is written
                self.book.add_many(line.call, events, awake, self.clock.boot_id(), parts)
                kept = True
            except StoreError as error:
                self.trouble = error
                return
            finally:
                if not kept:
                    line.unsaved = events + line.unsaved
                    self._waiting = {call_id: None, **self._waiting}
        if not self._waiting:
            self.trouble = None
        self._let_go()

    def _let_go(self) -> None:
        """Calls in which no clock runs are not at hand any longer than something of them is in memory only."""
        for call_id, line in list(self._lines.items()):
            if line.call.first_at and not line.unsaved and not running(line.call):
                del self._lines[call_id]

    @property
    def unsaved(self) -> bool:
        """Whether something is in memory only."""
        return bool(self._waiting)

    def sign_of_life(self) -> None:
        """Notes how far the calls have come, so that after a crash the question has a good answer ready."""
        for line in list(self._lines.values()):
            call = line.call
            if line.unsaved or not (call.live or call.wrapup_open):
                continue
            try:
                self.book.seen(call.id, self.time_of(call.id), stamp(self.clock.now()), self.clock.awake())
            except StoreError as error:
                self.trouble = error
                return
        if not self.unsaved:
            self.trouble = None

    def _fetched(self, call_id: str) -> Call:
        events = self.book.events(call_id)
        if not events:
            raise MoveError("There is no such call.")
        return fold(call_id, events)


def running(call: Call) -> bool:
    """Whether a clock runs in the call: it rings, is live, or is in a wrap-up that is being done."""
    return call.live or call.wrapup_open or call.state == State.RINGING
