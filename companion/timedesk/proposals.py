"""What fills time by itself: calls and planned breaks become proposals, and what is open is asked for now and then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from companion.clock import moment, stamp
from companion.core.calls import fold
from companion.core.claims import to_slots
from companion.core.days import SLOT, wall
from companion.core.events import Event
from companion.core.spans import BREAK, CALL, CONFIRMED, PROPOSED, Piece, Span, fill, gaps
from companion.core.usual import likeliest
from companion.preferences import Preferences
from companion.storage.breaks import BreaksBook
from companion.storage.calls import CallsBook
from companion.storage.store import Store
from companion.storage.timerows import PROPOSED_TO, Side
from companion.timedesk.gestures import Gestures

PHONE_CALLS, REST = "work/phone calls", "rest"
"""Ids of the shipped categories that calls and planned breaks propose."""

LOOK_BACK = 7 * 86400
"""Seconds before now from which calls and breaks are taken, the first time or after a long while."""
LONGEST = 86400
"""A call is looked for up to so many seconds before the time in question."""
WEEKS = 4 * 7 * 86400
"""Seconds of the past from which the likeliest categories come."""


class Gap(NamedTuple):
    """A stretch that is open, and the categories to offer for it, the likeliest first."""

    start: int
    end: int
    categories: tuple[str, ...]


class TimeProposals:
    """Proposals from calls and breaks, and what to ask for. All raise StoreError."""

    def __init__(self, store: Store, gestures: Gestures, prefs: Preferences) -> None:
        self._gestures, self._book, self._prefs = gestures, gestures.book, prefs
        self._calls, self._breaks = CallsBook(store), BreaksBook(store)

    def update(self) -> bool:
        """Lays what calls and breaks filled since the last time where nothing is; True where that changed anything.

        Each slot is looked at once, when it is over or mostly filled, so what the user clears does not come back.
        Quick when there is nothing to do: call it when a call ends, a break is planned, or the page is shown.
        """
        now = self._gestures.almanac.now()
        mark = self._book.mark(PROPOSED_TO)
        floor = now // SLOT * SLOT
        if mark is not None and mark == floor + SLOT:
            return False
        if mark is not None and floor + SLOT < mark <= floor + LOOK_BACK:  # the clock was set back a little
            with self._gestures.writing():
                self._book.set_mark(PROPOSED_TO, floor)
            return False
        start = floor - LOOK_BACK if mark is None or mark > floor + SLOT else max(mark, floor - LOOK_BACK)
        end = self._until(start, now)
        claims = [
            (max(a, start), min(b, end + SLOT), name) for a, b, name in self._claims(start, now) if b > start
        ]
        here = sum(max(0, min(b, end + SLOT) - max(a, end)) for a, b, _ in claims)
        if end == floor and 2 * here > SLOT:
            end += SLOT  # the slot of now is mostly filled already
        if end <= start or end == mark:
            return False
        pieces = [(a, b, name) for a, b, name in to_slots(claims) if b <= end]
        if not pieces and mark is not None and end - mark < 3600:
            return False  # nothing to keep: the mark may move on later
        return self._lay(pieces, start, end)

    def _until(self, start: int, now: int) -> int:
        """Up to where slots are settled: the slot of now, or that in which a call began that still goes on."""
        floor = now // SLOT * SLOT
        running = self._book.running_since(_stamp(now - LONGEST // 2))
        if running:
            floor = min(floor, int(moment(running).timestamp()) // SLOT * SLOT)
        return max(start, floor)

    def _lay(self, pieces: Sequence[Piece], start: int, end: int) -> bool:
        with self._gestures.writing():
            confirmed = self._prefs.accept_calls and self._book.to_redo() is None
            state = CONFIRMED if confirmed else PROPOSED
            new = [Span(a, b, name, state, BREAK if name == REST else CALL) for a, b, name in pieces]
            change = fill(self._book.spans(start, end), new)
            if change:
                self._gestures.put_quietly(change)
                if confirmed:
                    self._gestures.log(self._line(new), {"spans": Side(change.removed, change.added)}, change)
            self._book.set_mark(PROPOSED_TO, end)
        return bool(change)

    def _line(self, new: Sequence[Span]) -> str:
        clock = self._gestures.almanac.clock_words
        names = dict.fromkeys(self._gestures.name(span.category) for span in new)
        now = self._gestures.almanac.now()
        return (
            f"{clock(now)}: {clock(new[0].start)}–{clock(new[-1].end)} {', '.join(names)} accepted by itself"
        )

    # -- who claims what
    def _claims(self, start: int, end: int) -> list[Piece]:
        """What calls and breaks filled between two instants."""
        found: list[Piece] = []
        tree = self._gestures.tree
        if not tree.is_archived(PHONE_CALLS):
            for ident in self._book.call_ids(_stamp(start - LONGEST), _stamp(end)):
                busy = busy_times(ident, self._calls.events(ident))
                found += [(a, b, PHONE_CALLS) for a, b in busy if b > start and a < end]
        if not tree.is_archived(REST):
            for planned in self._breaks.between(_stamp(start - LONGEST), _stamp(end)):
                a = int(moment(planned.at).timestamp())
                b = min(a + planned.minutes * 60, end)
                if b > start and a < b:
                    found.append((a, b, REST))
        return found

    # -- what is open
    def gap(self, now: int | None = None) -> Gap | None:
        """What the strip may ask for now: the stretch that is open up to now, if it is as long as the user's interval,
        these are no quiet hours, and something is recorded today already (so from waking on)."""
        at = self._gestures.almanac.now() if now is None else now
        least = self._prefs.time_prompt_min * 60
        if not least or self._quiet(at):
            return None
        self._gestures.fresh()
        day = self._gestures.almanac.calendar.of(at)
        end = at // SLOT * SLOT
        there = [span for span in self._book.spans(day.start, end) if span.start < end]
        if not any(span.end > day.start and span.state != PROPOSED for span in there):
            return None
        open_now = [(a, b) for a, b in gaps(there, day.start, end) if b == end and a > day.start]
        if not open_now or end - open_now[0][0] < least:
            return None
        return Gap(*open_now[0], tuple(self.likeliest(*open_now[0])))

    def likeliest(self, start: int, end: int, most: int = 4) -> list[str]:
        """The categories that the last four weeks had at this time of day, the likeliest first."""
        zone, tree = self._gestures.almanac.zone, self._gestures.tree
        here = wall((start + end) // 2, zone)
        past = self._book.pieces(start - WEEKS, start)
        found = likeliest(past, here.hour * 60 + here.minute, zone, most=100)
        shown = dict.fromkeys(
            tree.shown(name).id for name in found if name in tree and not tree.is_archived(name)
        )
        return list(shown)[:most]

    def _quiet(self, at: int) -> bool:
        start, end = self._prefs.time_quiet
        here = wall(at, self._gestures.almanac.zone)
        minute = here.hour * 60 + here.minute
        return start <= minute < end if start <= end else not end <= minute < start


def busy_times(ident: str, events: Sequence[Event]) -> list[tuple[int, int]]:
    """When a call kept somebody busy, by the wall's clock: talk, hold and wrap-up, in whole seconds.

    The call's own time line is laid on the wall's at each event, so a wrap-up that was left and taken up again the
    next day fills neither the night nor the wrong hour.
    """
    call = fold(ident, events)
    marks = [(event.t, moment(event.at).timestamp()) for event in events]

    def at(t: float) -> int:
        base, shown = next(((a, b) for a, b in reversed(marks) if a <= t), marks[0])
        return round(shown + t - base)

    ends = [*(t for t, _ in marks), call.last_t]
    found: list[tuple[int, int]] = []
    for span in call.spans:
        last = call.last_t if span.end is None else span.end
        cuts = sorted({span.start, last, *(t for t in ends if span.start < t < last)})
        found += [(at(a), at(a) + round(b - a)) for a, b in pairwise(cuts)]
    return _united(found)


def _united(pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces in order, those that meet (within a second) made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _stamp(instant: int) -> str:
    return stamp(datetime.fromtimestamp(instant, UTC))
