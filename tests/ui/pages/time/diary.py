"""Days of a made-up record for the views that say what it shows."""

from datetime import date, timedelta
from itertools import pairwise

from companion.core.days import first_at
from companion.core.spans import CONFIRMED, FILLED, Span
from companion.desk import Desk

WORKDAY = (
    ("0:00", "sleeping"),
    ("6:40", "hygiene"),
    ("7:05", "eating"),
    ("7:30", "technology"),
    ("7:55", "travel"),
    ("8:30", "work/e-mails"),
    ("9:10", "work/phone calls"),
    ("10:35", "technology"),
    ("10:50", "work/phone calls"),
    ("12:15", "eating"),
    ("12:50", "technology"),
    ("13:10", "work/research"),
    ("14:20", "work/phone calls"),
    ("15:40", "work/e-mails"),
    ("16:25", "work"),
    ("17:00", "travel"),
    ("17:40", "preparation"),
    ("18:20", "eating"),
    ("19:00", "family"),
    ("20:10", "technology"),
    ("22:35", "hygiene"),
    ("22:55", "sleeping"),
    ("24:00", ""),
)
"""From when what; an empty name is open."""

FREE_DAY = (
    ("0:00", "sleeping"),
    ("8:10", "eating"),
    ("8:55", "hygiene"),
    ("9:25", "technology"),
    ("10:50", "exercise"),
    ("11:40", "other"),
    ("13:00", "eating"),
    ("14:00", "family"),
    ("17:15", ""),
    ("18:30", "eating"),
    ("19:20", "technology"),
    ("22:50", "rest"),
    ("23:30", "sleeping"),
    ("24:00", ""),
)


def minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def spans_of(desk: Desk, day: date, shift: int = 0) -> list[Span]:
    """The spans of one day, its evening ``shift`` minutes later; up to now only."""
    plan = WORKDAY if day.weekday() < 5 else FREE_DAY
    marks = [(minute(at), name) for at, name in plan]
    marks = [(at + (shift if at > 19 * 60 and at < 1370 else 0), name) for at, name in marks]
    found = []
    for (at, name), (until, _) in pairwise(marks):
        start, end = (first_at(day, m, desk.time.zone) for m in (at, until))
        now = desk.time.now() // 300 * 300
        if name and start < now:
            state = FILLED if name in ("sleeping", "hygiene") else CONFIRMED
            found.append(Span(start, min(end, now), name, state))
    return found


def fill(desk: Desk, first: date, count: int, leave_open: bool = True) -> None:
    """Fills so many days from a date on, each in one gesture; some afternoons stay open."""
    for i in range(count):
        day = first + timedelta(days=i)
        spans = spans_of(desk, day, shift=(i * 5) % 20)
        if leave_open and i % 3 == 1:
            spans = [span for span in spans if span.category not in ("work/research", "preparation")]
        if spans:
            desk.time.paint_spans(spans, "a day")
