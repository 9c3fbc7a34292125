"""The kinds of thing a write can touch; announced after each commit so that whoever shows them reads again."""

from enum import Flag, auto


class Change(Flag):
    """One flag a family of rows; several may be joined with ``|``."""

    NONE = 0
    CALL = auto()
    """The events of a call in progress or in wrap-up."""
    HISTORY = auto()
    """The list of finished, missed and discarded calls."""
    FOLLOWUPS = auto()
    """Promises, message slips and call-backs."""
    SETTINGS = auto()
    JOURNAL = auto()
    """What the stress journal holds, or whether it is locked; never what stands in it."""
    BREAKS = auto()
    """Breaks planned for the day."""
    RESPONSES = auto()
    """Sentences of the user's own for upset callers."""
    TIME = auto()
    """The time audit: spans, categories, goals, audits."""
