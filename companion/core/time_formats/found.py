"""What reading a file of time gives: the entries found, what is wrong with it, and what only the user can tell.

Nothing is dropped without a word: each entry of the file is either found or has a problem that says ``lost``.
No text of the file stands in a problem's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import NamedTuple

MOST_BYTES = 64 * 1024 * 1024
"""A file longer than this is refused unread; ten years of five-minute entries are about half of it."""

MOST_ENTRIES = 500_000
"""Entries (rows) in a file; one with more is refused as a whole."""

LONGEST = 2000
"""Most characters of a label or note that are kept; what is longer is cut, and said."""

ORDER, PERSON = "order", "person"
"""What ``Reading.asks`` may want told: whether dates are day first; whose entries of several people's to take."""


class Found(NamedTuple):
    """One entry of a file: instants ``start`` < ``end`` as they stand there, not yet on the grid.

    ``label`` is what the file says the time went to (to be mapped to a category; may be empty), ``line`` counts from 1.
    ``state`` and ``zone`` are known of our own files only, else empty.
    """

    start: int
    end: int
    label: str
    note: str = ""
    line: int = 0
    state: str = ""
    zone: str = ""


class Problem(NamedTuple):
    """What is wrong in a line (0: with the file), how to mend it, and whether something was left out for it."""

    line: int
    what: str
    mend: str = ""
    lost: bool = True


class Reading(NamedTuple):
    """A file as it was read. ``kind`` is one of ``read.KINDS`` or empty; ``people`` are the names that ``PERSON`` asks
    between; ``notes`` are whole sentences on what was assumed. With ``asks`` set, nothing was found yet."""

    kind: str
    found: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    asks: str = ""

    @property
    def lost(self) -> int:
        """How many problems left something out."""
        return sum(problem.lost for problem in self.problems)


class Settings(NamedTuple):
    """How a file is to be read: the zone of times that name none, zones by name, and the user's answers to asks."""

    zone: tzinfo
    zones: Callable[[str], tzinfo] | None = None
    day_first: bool | None = None
    person: str = ""


class Refused(Exception):
    """The file cannot be read, or not before a question is answered; within this package only."""

    def __init__(
        self, what: str, mend: str, *, line: int = 0, asks: str = "", people: tuple[str, ...] = ()
    ) -> None:
        super().__init__(what)
        self.problem = Problem(line, what, mend)
        self.asks = asks
        self.people = people


class Unknown(Refused):
    """None of the files that can be read."""

    def __init__(self, what: str = "This is none of the files that can be read.") -> None:
        super().__init__(
            what, "Files of Toggl, Clockify, Watson, Timewarrior, Hamster and of this program can be read."
        )


class Bag:
    """Collects entries and problems while a file is read."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def lose(self, line: int, what: str, mend: str = "") -> None:
        """An entry is left out."""
        self._room()
        self.problems.append(Problem(line, what, mend))

    def tell(self, line: int, what: str, mend: str = "") -> None:
        """An entry is taken, but not without a word."""
        self.problems.append(Problem(line, what, mend, lost=False))

    def running(self, line: int) -> None:
        self.lose(
            line, "This entry was still running; it has no end.", "Stop it there, and export once more."
        )

    def note(self, words: str) -> None:
        if words not in self.notes:
            self.notes.append(words)

    def add(self, found: Found) -> None:
        """Take an entry, after a look at its times and texts."""
        self._room()
        if found.end <= found.start:
            what = "It ends before it begins." if found.end < found.start else "It has no length."
            self.lose(found.line, what, "Mend its times there, and export once more.")
            return
        if not _FIRST <= found.start < found.end <= _LAST:
            self.lose(found.line, "Its times are out of reach.", "Times of the years 1900 to 9000 are taken.")
            return
        label, note = clean(found.label), clean(found.note)
        if (label, note) != (found.label, found.note):
            self.tell(found.line, "Characters that are no text were replaced.")
        if len(label) > LONGEST or len(note) > LONGEST:
            self.tell(found.line, f"A text longer than {LONGEST} characters was cut.")
        if found.end - found.start > _LONG:
            self.tell(found.line, "It is longer than a day.", "Look whether it was left running by mistake.")
        self.found.append(found._replace(label=label[:LONGEST], note=note[:LONGEST]))

    def _room(self) -> None:
        if len(self.found) + len(self.problems) >= 3 * MOST_ENTRIES or len(self.found) >= MOST_ENTRIES:
            raise too_many()


_FIRST, _LAST, _LONG = -2208988800, 221845392000, 86400
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text without what no file or screen can hold: control signs and half characters become ``\\ufffd``."""
    return text if text.isascii() and text.isprintable() else _NO_TEXT.sub("\ufffd", text)


def too_many() -> Refused:
    return Refused(
        f"The file has more than {MOST_ENTRIES} entries.", "Export it in parts: one file for each year."
    )
