"""When a question about open time can next be due: so that one timer is enough, and none runs in vain."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from companion.core.days import SLOT, first_at, wall


def is_quiet(instant: int, quiet: tuple[int, int], zone: tzinfo) -> bool:
    """Whether an instant is in the quiet hours: two minutes of the day, over midnight too; equal ones are none."""
    here = wall(instant, zone)
    minute = here.hour * 60 + here.minute
    start, end = quiet
    return start <= minute < end if start <= end else not end <= minute < start


def after_quiet(instant: int, quiet: tuple[int, int], zone: tzinfo) -> int:
    """The first instant from ``instant`` on that is not in the quiet hours."""
    return _next(instant, quiet[1], zone) if is_quiet(instant, quiet, zone) else instant


def before_quiet(instant: int, quiet: tuple[int, int], zone: tzinfo) -> int | None:
    """When the next quiet hours begin after ``instant``; None where there are none."""
    return None if quiet[0] == quiet[1] else _next(instant, quiet[0], zone)


def _next(instant: int, minute: int, zone: tzinfo) -> int:
    """The first instant after ``instant`` at which the local clock shows a minute of the day (or leaps over it)."""
    today = wall(instant, zone).date()
    for days in range(-1, 3):
        found = first_at(today + timedelta(days=days), minute, zone)
        if found > instant:
            return found
    raise ValueError("a zone in which no day comes")


def next_due(
    now: int, filled_until: int, least: int, quiet: tuple[int, int], zone: tzinfo, not_before: int = 0
) -> int:
    """The first instant after ``now`` at which time open since ``filled_until`` has been open for ``least`` seconds.

    It is on the grid, not in quiet hours, and not earlier than ``not_before`` (the user does not want to be asked until
    then).
    """
    due = -(-(filled_until + least) // SLOT) * SLOT
    return after_quiet(max(due, not_before, now + 1), quiet, zone)
