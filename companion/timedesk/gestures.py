"""One gesture, one transaction: what it does to spans and tables, the line to undo it, and the news of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from companion.core import changes
from companion.core.categories import Tree, shipped
from companion.core.days import SLOT
from companion.core.spans import Change, Span, joined, under, without, words
from companion.resources import resource
from companion.storage.store import Store
from companion.storage.timeaudit import Document, Entry, TimeBook
from companion.storage.timerows import Row, Side, category_row
from companion.timedesk.almanac import EARLIEST, LATEST, Almanac

NOTHING = Change()
Step = Entry
"""A line of the undo list."""


class Done(NamedTuple):
    """What a gesture did: the number of its line in the undo list, its words, and how the spans changed."""

    n: int
    words: str
    spans: Change = NOTHING


class Gestures:
    """How all verbs write. Raises StoreError; what a caller's function raises comes through, and nothing is kept."""

    def __init__(self, store: Store, book: TimeBook, almanac: Almanac) -> None:
        self._store, self.book, self.almanac = store, book, almanac
        self._tree: Tree | None = None
        self._seen = -1

    # -- reading
    def fresh(self) -> None:
        """Drops what is known when another program has written to the file."""
        seen = self.book.written_elsewhere()
        if seen != self._seen:
            self._seen = seen
            self.forget()

    def forget(self) -> None:
        self._tree = None
        self.almanac.forget()

    @property
    def tree(self) -> Tree:
        """The categories: the user's, or the shipped ones as long as nothing was changed."""
        if self._tree is None:
            kept = self.book.categories()
            if kept:
                self._tree = Tree(kept)
            else:
                self._tree = shipped(resource("time", "en.toml").read_text(encoding="utf-8"))
        return self._tree

    def name(self, category: str) -> str:
        """A category's name as it stands within a sentence: ``phone calls``, but ``BMW``."""
        name = self.tree.shown(category).name
        return name[:1].lower() + name[1:] if name[1:] == name[1:].lower() else name

    # -- writing
    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction in which what is known is up to date; where it fails, all that is known is read again."""
        try:
            with self._store.write():
                self.fresh()
                yield
        except BaseException:
            self.forget()
            raise

    def paint(
        self,
        start: int,
        end: int,
        make: Callable[[Sequence[Span]], Change],
        what: str | Callable[[Change], str],
    ) -> Done | None:
        """Does what ``make`` says with the spans that touch a stretch. ``what`` was done: a name, from which the line
        is made with the times and with what was cut, or a function that gives the whole line.

        ValueError for spans off the grid or out of reach, and for what ``make`` raises it.
        """
        with self.writing():
            there = self.book.spans(start, end)
            change = make(there)
            if not change:
                return None
            _check(change.added)
            text = self._line(start, end, what, there) if isinstance(what, str) else what(change)
            self._put(change)
            return self.log(text, {"spans": Side(change.removed, change.added)}, change)

    def _line(self, start: int, end: int, what: str, there: Sequence[Span]) -> str:
        over = [self.name(span.category) for span in under(there, start, end)]
        clock = self.almanac.clock_words
        return words(clock(self.almanac.now()), (start, end), what, over, clock)

    def _put(self, change: Change) -> None:
        self.book.replace(change)
        if change.added:
            for start, end in _runs(change.added):
                self.almanac.keep_stretch(start, end)

    def put_quietly(self, change: Change) -> None:
        """A change that the user did not make (proposals): without a line to undo it. Within ``writing``."""
        if change:
            self._put(change)
            self._store.touch(changes.Change.TIME)

    def log(self, text: str, document: Document, change: Change = NOTHING) -> Done:
        """The line of a gesture, and the news of it. Within ``writing``, after its rows."""
        n = self.book.log(text, document, self.almanac.now())
        self._store.touch(changes.Change.TIME)
        return Done(n, text, change)

    def rows(self, text: str, sides: dict[str, Side]) -> Done:
        """A gesture that changes rows of tables. Within ``writing``."""
        for table, side in sides.items():
            if table == "categories" and not self.book.categories():
                self.book.swap(table, (), [category_row(one) for one in self.tree.all])
            self.book.swap(table, side.before, side.after)
        self._tree = None
        return self.log(text, dict(sides))

    # -- undo
    def undo(self) -> Step | None:
        """Takes the last gesture back: where it changed spans, all is again as it was."""
        with self.writing():
            step = self.book.to_undo()
            return self._turn(step, undone=True) if step else None

    def redo(self) -> Step | None:
        """Does the gesture again that was undone last."""
        with self.writing():
            step = self.book.to_redo()
            return self._turn(step, undone=False) if step else None

    def _turn(self, step: Step, undone: bool) -> Step:
        for table, side in self.book.document(step.n).items():
            now, then = (side.after, side.before) if undone else (side.before, side.after)
            if table == "spans":
                self._restore(now, then)
            else:
                self.book.swap(table, now, then)
        self.book.set_undone(step.n, undone)
        self._tree = None
        self._store.touch(changes.Change.TIME)
        return step._replace(undone=undone)

    def _restore(self, now: Iterable[Row], then: Iterable[Row]) -> None:
        """Makes the stretches that a gesture touched what they were, whatever proposals have come or joined since."""
        wanted = [Span(*row) for row in then]
        holes = _runs(sorted([*(Span(*row) for row in now), *wanted]))
        if not holes:
            return
        there = self.book.spans(holes[0][0], holes[-1][1])
        after = joined([*without(there, holes), *wanted])
        old, new = set(there), set(after)
        self.book.replace(
            Change(
                tuple(span for span in there if span not in new),
                tuple(span for span in after if span not in old),
            )
        )


def _check(spans: Iterable[Span]) -> None:
    for span in spans:
        if span.start % SLOT or span.end % SLOT or not EARLIEST <= span.start < span.end <= LATEST:
            raise ValueError("spans lie on the grid of five minutes, in the years 2000 to 2199")


def _runs(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The stretches that spans in order of their starts cover together."""
    found: list[tuple[int, int]] = []
    for span in spans:
        if found and span.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], span.end))
        else:
            found.append((span.start, span.end))
    return found
