"""The Time desk: days, spans, and the gestures that fill them (``time.slots``). Parts: categories, goals, audits, …"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import cached_property

from companion.core import spans as gestures
from companion.core import timeline_entry
from companion.core.categories import CategoryError
from companion.core.days import Day
from companion.core.spans import Change, Span
from companion.core.timeline_words import reclocked
from companion.core.usual import night, usual
from companion.timedesk.almanac import FIRST, LAST
from companion.timedesk.figures import TimeFigures
from companion.timedesk.gestures import Done, Step
from companion.timedesk.plans import TimeAudits, TimeCategories, TimeGoals
from companion.timedesk.proposals import TimeProposals
from companion.timedesk.reading import TimeReading

SLEEPING = "sleeping"
"""The id of the shipped category that a night is."""
OUT_OF_REACH = "Days are kept from 2000 to 2199."
SAMPLES = 4
"""How many past days of the same weekday a usual day is made from."""


class TimeDesk(TimeReading):
    """The time audit of one program. Gestures are one transaction each, announce ``Change.TIME``, can be undone.

    A gesture returns what was done, or None where it changes nothing. All raise StoreError.
    """

    @cached_property
    def categories(self) -> TimeCategories:
        return TimeCategories(self.gestures)

    @cached_property
    def goals(self) -> TimeGoals:
        return TimeGoals(self.gestures, self.figures)

    @cached_property
    def audits(self) -> TimeAudits:
        return TimeAudits(self.gestures, self.goals)

    @cached_property
    def figures(self) -> TimeFigures:
        return TimeFigures(self.gestures)

    @cached_property
    def proposals(self) -> TimeProposals:
        return TimeProposals(self._store, self.gestures, self._prefs)

    # -- gestures
    def paint(self, start: int, end: int, category: str) -> Done | None:
        """Fills a stretch; what is there is cut. CategoryError for a category that is not there or is archived."""
        state = gestures.state_at(end, self.now())
        new = Span(start, end, self._usable(category), state)
        return self._paint(start, end, lambda there: gestures.paint(there, new), self.gestures.name(category))

    def paint_spans(self, new: Iterable[Span], what: str) -> Done | None:
        """Fills several stretches in one gesture; ``what`` is its name in the undo list (“last night”). CategoryError
        as ``paint`` raises it."""
        wanted = sorted(span._replace(category=self._usable(span.category)) for span in new)
        if not wanted:
            return None
        start, end = wanted[0].start, max(span.end for span in wanted)
        return self._paint(start, end, lambda there: gestures.paint_all(there, wanted), what)

    def erase(self, start: int, end: int) -> Done | None:
        """Clears a stretch."""

        def words(change: Change) -> str:
            names = dict.fromkeys(self.gestures.name(span.category) for span in change.removed)
            return self._line(start, end, f"{', '.join(names)} cleared")

        return self._paint(start, end, lambda there: gestures.erase(there, start, end), words)

    def accept(self, start: int, end: int) -> Done | None:
        """Accepts the proposals in a stretch: they become confirmed."""
        return self._paint(
            start, end, lambda there: gestures.accept(there, start, end), self._settled("accepted")
        )

    def accept_day(self, day: Day) -> Done | None:
        """Accepts all proposals of a day."""
        return self.accept(day.start, day.end)

    def dismiss(self, start: int, end: int) -> Done | None:
        """Takes the proposals in a stretch away."""
        return self._paint(
            start, end, lambda there: gestures.dismiss(there, start, end), self._settled("dismissed")
        )

    def _settled(self, how: str) -> Callable[[Change], str]:
        """The line of proposals that are accepted or dismissed."""

        def words(change: Change) -> str:
            found = [span for span in change.removed if span.state == gestures.PROPOSED]
            names = dict.fromkeys(self.gestures.name(span.category) for span in found)
            return self._line(found[0].start, found[-1].end, f"{', '.join(names)} {how}")

        return words

    def _line(self, start: int, end: int, what: str) -> str:
        clock = self.clock_words
        return f"{clock(self.now())}: {clock(start)}–{clock(end)} {what}"

    def until_now(self, day: Day, category: str, start: int | None = None) -> Done | None:
        """Fills what is open up to now (not beyond the day), from ``start`` or from where the record ends."""
        name = self._usable(category)
        until = min(self.now(), day.end)
        low = min(day.start if start is None else start, until)

        def make(there: Sequence[Span]) -> Change:
            return gestures.until_now(there, until, day.start, name, start)

        return self._paint(low, until + 300, make, lambda change: self._filled(change, name))

    def quick(
        self, line: str, day: Day, now: int | None = None
    ) -> timeline_entry.Preview | timeline_entry.Problem:
        """What a line such as ``8:05-8:40 travel`` would do on the day shown, or what is wrong with it."""
        at = self.now() if now is None else now
        found = timeline_entry.read(line, self.tree, self.calendar, day, at, self.spans, twelve=self.twelve)
        if isinstance(found, timeline_entry.Preview) and not FIRST <= found.day.date <= LAST:
            return timeline_entry.Problem("This date is out of reach.", OUT_OF_REACH, 0, len(line))
        return found

    def enter(self, preview: timeline_entry.Preview) -> Done | None:
        """Does what a preview shows."""
        new = preview.span
        name = self.gestures.name(new.category)
        return self._paint(new.start, new.end, lambda there: gestures.paint(there, new), name)

    def last_night(
        self, start: int, end: int, awake: Iterable[tuple[int, int]] = (), other: str = ""
    ) -> Done | None:
        """Sleep from ``start`` to ``end``, of any length, awake in between as ``other``. ValueError where it ends
        before it begins, or a time awake does not lie within it."""
        found = night(start, end, self.now(), SLEEPING, awake, other)
        return self.paint_spans(found, self.gestures.name(SLEEPING))

    def usual_day(self, day: Day) -> list[Span]:
        """The ghost of a usual day: blocks that the last four of its weekday that hold something mostly had."""
        self.gestures.fresh()
        calendar = self.almanac.calendar
        samples: list[tuple[Day, Sequence[Span]]] = []
        for weeks in range(1, 3 * SAMPLES + 1):
            past = calendar.named(day.date - timedelta(weeks=weeks))
            found = self.spans(past.start, past.end)
            if found and past.length:
                samples.append((past, found))
            if len(samples) == SAMPLES:
                break
        zones = [calendar.zone_of(past) for past, _ in samples]
        tree = self.tree
        return [
            block._replace(category=tree.shown(block.category).id)
            for block in usual(samples, day, calendar.zone_of(day), zones)
            if block.category in tree and not tree.is_archived(block.category)
        ]

    def take_usual(self, blocks: Iterable[Span]) -> Done | None:
        """Takes blocks of a usual day, where nothing is yet."""
        now = self.now()
        wanted = [one._replace(state=gestures.state_at(one.end, now)) for one in sorted(blocks)]
        if not wanted:
            return None
        start, end = wanted[0].start, wanted[-1].end
        return self._paint(start, end, lambda there: gestures.fill(there, wanted), "a usual day")

    def apply(self, change: Change, words: str = "") -> Done | None:
        """A change that was planned with what was there then (an import), in one transaction.

        ValueError where what is there has changed since: it has to be planned again.
        """
        if not change:
            return None
        ends = [*change.removed, *change.added]
        start, end = min(span.start for span in ends), max(span.end for span in ends)

        def make(there: Sequence[Span]) -> Change:
            gestures.apply(there, change)
            return change

        now = self.clock_words(self.now())
        text = f"{now}: {words or change.words or 'imported'}"
        return self._paint(start, end, make, lambda _: text)

    def _paint(
        self,
        start: int,
        end: int,
        make: Callable[[Sequence[Span]], Change],
        what: str | Callable[[Change], str],
    ) -> Done | None:
        return self.gestures.paint(start, end, make, what)

    def _usable(self, category: str) -> str:
        tree = self.tree
        if category not in tree:
            raise CategoryError("There is no such category.")
        if tree.is_archived(category):
            raise CategoryError("This category is archived. Bring it back first, or choose another.")
        return tree.shown(category).id

    def _filled(self, change: Change, category: str) -> str:
        """The line of a gesture that fills up to now: from the first open slot to the last."""
        old = {(span.start, span.end) for span in change.removed}
        new = [span for span in change.added if (span.start, span.end) not in old] or list(change.added)
        start = max([new[0].start, *(span.end for span in change.removed if span.end < new[-1].end)])
        return self._line(start, new[-1].end, self.gestures.name(category))

    # -- undo
    def undo(self) -> Step | None:
        """Takes the last gesture back and says which that was."""
        return self._told(self.gestures.undo())

    def redo(self) -> Step | None:
        """Does the gesture again that was undone last."""
        return self._told(self.gestures.redo())

    @property
    def to_undo(self) -> Step | None:
        """What ``undo`` would take back."""
        return self._told(self.book.to_undo())

    @property
    def to_redo(self) -> Step | None:
        """What ``redo`` would do again."""
        return self._told(self.book.to_redo())

    def history(self, limit: int = 50, before: int | None = None) -> list[Step]:
        """The undo list, newest first; ``before`` is the number of the last line of the page before."""
        twelve = self.twelve
        return [
            step._replace(words=reclocked(step.words, twelve=twelve))
            for step in self.book.entries(limit, before)
        ]

    def _told(self, step: Step | None) -> Step | None:
        """A line of the undo list by the clock that is set now."""
        return step._replace(words=reclocked(step.words, twelve=self.twelve)) if step else None
