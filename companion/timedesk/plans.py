"""What is planned with time: the tree of categories, goals, and audits with the decision that each ends in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from companion.core import audit as core
from companion.core import category_edits as edits
from companion.core.audit import Audit, Decision, Report
from companion.core.categories import Tree
from companion.core.category_edits import Edit
from companion.core.days import Day
from companion.core.goals import Goal, Standing, check, in_force
from companion.core.timeline_entry import length_words
from companion.storage.timerows import Decided, Side, category_row, decision_row, goal_row
from companion.timedesk.figures import TimeFigures
from companion.timedesk.gestures import Done, Gestures


def _new_id() -> str:
    return uuid.uuid4().hex


class TimeCategories:
    """Changes of the tree, each with its undo. All raise CategoryError with a sentence for the user, and StoreError."""

    def __init__(self, gestures: Gestures) -> None:
        self._gestures = gestures

    def add(self, name: str, parent: str = "", letter: str = "", colour: int | None = None) -> str:
        """A new category, at the end of the top level or in ``parent``; returns its id."""
        made: list[str] = []

        def make(tree: Tree) -> Edit:
            edit = edits.add(tree, name, parent, letter, colour)
            made.append(next(one.id for one in edit.after if one.id not in tree))
            return edit

        self._edit(make)
        return made[0]

    def rename(self, ident: str, name: str) -> Done | None:
        """Another name; the old one stays in the history of the category."""
        today = self._gestures.almanac.calendar.of(self._gestures.almanac.now()).name
        return self._edit(lambda tree: edits.rename(tree, ident, name, today))

    def move(self, ident: str, parent: str, position: int | None = None) -> Done | None:
        """Into another category, to the top (empty), or to another place on its level."""
        return self._edit(lambda tree: edits.move(tree, ident, parent, position))

    def archive(self, ident: str) -> Done | None:
        """Out of use; its time stays in all totals."""
        return self._edit(lambda tree: edits.archive(tree, ident))

    def restore(self, ident: str) -> Done | None:
        """Back into use."""
        return self._edit(lambda tree: edits.restore(tree, ident))

    def merge(self, ident: str, into: str) -> Done | None:
        """Counted as another from now on, with all its time; the words say how many entries that are."""

        def make(tree: Tree) -> Edit:
            edit = edits.merge(tree, ident, into)
            held = [one.id for one in tree.all if ident in (tree.shown(one.id).id, tree.top(one.id))]
            n = self._gestures.book.count(held)
            counted = "1 entry counts there now" if n == 1 else f"{n:,} entries count there now"
            return edit._replace(words=f"{edit.words}: {counted if n else 'it had no entries'}")

        return self._edit(make)

    def set_letter(self, ident: str, letter: str) -> Done | None:
        return self._edit(lambda tree: edits.set_letter(tree, ident, letter))

    def set_colour(self, ident: str, colour: int) -> Done | None:
        return self._edit(lambda tree: edits.set_colour(tree, ident, colour))

    def set_also(self, ident: str, words: Iterable[str]) -> Done | None:
        """Other words that quick entry takes for it."""
        return self._edit(lambda tree: edits.set_also(tree, ident, words))

    def _edit(self, make: Callable[[Tree], Edit]) -> Done | None:
        with self._gestures.writing():
            tree = self._gestures.tree
            edit = make(tree)
            if edit.before == edit.after:
                return None
            edits.applied(tree, edit)
            side = Side(tuple(map(category_row, edit.before)), tuple(map(category_row, edit.after)))
            return self._gestures.rows(_said(self._gestures, edit.words), {"categories": side})


class TimeGoals:
    """Goals per category and day or week. A change is a new goal ``since`` a date: the old one stays as it was then."""

    def __init__(self, gestures: Gestures, figures: TimeFigures) -> None:
        self._gestures, self._figures = gestures, figures

    new_id = staticmethod(_new_id)

    def all(self) -> list[Goal]:
        """All goals, the oldest first."""
        return self._gestures.book.goals()

    def get(self, ident: str) -> Goal | None:
        return next((goal for goal in self.all() if goal.id == ident), None)

    def in_force(self, name: str) -> list[Goal]:
        """The goals that count on a date."""
        return in_force(self.all(), name)

    def put(self, goal: Goal) -> Done | None:
        """Keeps a goal, a new one or one that takes the place of that with its id. ValueError where it is not sound."""
        check(goal)
        with self._gestures.writing():
            old = self.get(goal.id)
            if old == goal:
                return None
            side = Side((goal_row(old),) if old else (), (goal_row(goal),))
            return self._gestures.rows(self._words(goal, "goal"), {"goals": side})

    def change(self, goal: Goal) -> Done | None:
        """A kept goal as it is to be from its ``since`` on: the old one holds until the day before, so that past days
        keep theirs; where it begins no earlier, the new one takes its place. One gesture. ValueError as ``put``."""
        old = self.get(goal.id)
        if old is None or goal.since <= old.since:
            return self.put(goal)
        check(goal)
        with self._gestures.writing():
            before = (date.fromisoformat(goal.since) - timedelta(days=1)).isoformat()
            after = (old._replace(until=before), goal._replace(id=self.new_id()))
            side = Side((goal_row(old),), tuple(map(goal_row, after)))
            return self._gestures.rows(self._words(goal, "goal"), {"goals": side})

    def remove(self, ident: str) -> Done | None:
        """Takes a goal away, also for the past; one that is to end gets an ``until`` instead."""
        with self._gestures.writing():
            old = self.get(ident)
            if old is None:
                return None
            return self._gestures.rows(self._words(old, "no goal"), {"goals": Side((goal_row(old),))})

    def _words(self, goal: Goal, what: str) -> str:
        name = self._gestures.name(goal.category)
        return _said(
            self._gestures, f"{what} {name}: {goal.kind} {length_words(goal.seconds)} per {goal.per}"
        )

    def standings(self, first: str, last: str) -> list[Standing]:
        """All goals that counted in the dates ``first`` to ``last``, held against the days that have begun."""
        return self._figures.standings(first, last)


class TimeAudits:
    """Runs of three to seven days; each ends in a report and one decision, which is next week's goals."""

    def __init__(self, gestures: Gestures, goals: TimeGoals) -> None:
        self._gestures, self._goals = gestures, goals

    def all(self) -> list[Audit]:
        """All runs, the newest first."""
        return self._gestures.book.audits()

    def current(self) -> Audit | None:
        """The newest run that has begun: it goes on, or is over and waits for its decision."""
        today = self._today()
        begun = [audit for audit in self.all() if audit.first <= today]
        if begun and (begun[0].names()[-1] >= today or self.decision(begun[0]) is None):
            return begun[0]
        return None

    def start(self, first: str, days: int) -> Audit:
        """A run from a date on, over or still to come. ValueError, with a sentence for the user, where it cannot be."""
        audit = Audit(_new_id(), first, days)
        core.check(audit)
        self._gestures.fresh()
        wrong = core.trouble(first, self._today())
        if wrong:
            raise ValueError(wrong)
        with self._gestures.writing():
            text = _said(self._gestures, f"audit of {days} days from {first}")
            self._gestures.rows(text, {"audits": Side((), (tuple(audit),))})
        return audit

    def remove(self, ident: str) -> Done | None:
        """Forgets a run with its decision; the goals that it became stay."""
        with self._gestures.writing():
            audit = next((one for one in self.all() if one.id == ident), None)
            if audit is None:
                return None
            old = self._decided(ident)
            sides = {"audits": Side((tuple(audit),))}
            if old:
                sides["decisions"] = Side((decision_row(old),))
            return self._gestures.rows(_said(self._gestures, f"audit from {audit.first} removed"), sides)

    def days(self, audit: Audit) -> list[Day]:
        """The days of a run."""
        self._gestures.fresh()
        names = audit.names()
        return self._gestures.almanac.between(names[0], names[-1])

    def report(self, audit: Audit) -> Report:
        """The figures of a run."""
        days = self.days(audit)
        spans = [
            span
            for span in self._gestures.book.spans(days[0].start, days[-1].end)
            if span.start < days[-1].end and span.end > days[0].start
        ]
        almanac = self._gestures.almanac
        zone_of, now = almanac.calendar.zone_of, almanac.now()
        return core.report(self._gestures.tree, spans, days, self._goals.all(), zone_of, now)

    def decision(self, audit: Audit) -> Decision | None:
        """What a run ended in."""
        found = self._decided(audit.id)
        return found.decision if found else None

    def since(self, audit: Audit) -> str:
        """The Monday of the week that a run's decision is for: of the one it has, else of the first week after the
        run that has not begun yet."""
        self._gestures.fresh()
        found = self._decided(audit.id)
        return found.since if found is not None else core.next_monday(audit, self._today())

    def _today(self) -> str:
        return self._gestures.almanac.calendar.of(self._gestures.almanac.now()).name

    def decide(self, audit: Audit, decision: Decision) -> Done:
        """Ends a run in a decision, which becomes two goals of a week to come (``since``). One made before is
        replaced, for the same week unless that is over.

        ValueError where it cannot be: it moves nothing, or more than there is.
        """
        with self._gestures.writing():
            tree = self._gestures.tree
            since = self.since(audit)
            if _week_end(since) < self._today():
                since = core.next_monday(audit, self._today())
            until = _week_end(since)
            ids = (f"{audit.id}-from", f"{audit.id}-to")
            goals = core.goals_of(decision, tree, self.report(audit), since, ids)
            made = Decided(audit.id, decision, since, self._gestures.almanac.now())
            old = self._decided(audit.id)
            earlier = tuple(goal_row(goal) for goal in self._goals.all() if goal.id in ids)
            sides = {
                "decisions": Side((decision_row(old),) if old else (), (decision_row(made),)),
                "goals": Side(earlier, tuple(goal_row(goal._replace(until=until)) for goal in goals)),
            }
            return self._gestures.rows(_said(self._gestures, core.words(decision, tree)), sides)

    def _decided(self, ident: str) -> Decided | None:
        return next((one for one in self._gestures.book.decisions() if one.audit == ident), None)


def _said(gestures: Gestures, text: str) -> str:
    """A line of the undo list: with the time of the gesture."""
    return f"{gestures.almanac.clock_words(gestures.almanac.now())}: {text}"


def _week_end(monday: str) -> str:
    return (date.fromisoformat(monday) + timedelta(days=6)).isoformat()
