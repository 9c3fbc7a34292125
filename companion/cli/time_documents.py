"""The time audit as it goes out in an export of all data: instants in ISO 8601 with the offset of their day's zone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from companion.cli.documents import Row, when
from companion.core.days import Day, wall
from companion.storage.outgoing import Outgoing

TABLES = ("time", "time-days", "categories", "goals", "audits")


def rows(data: Outgoing, name: str) -> Iterator[Row]:
    """The rows of one of ``TABLES``."""
    if name == "time":
        return _spans(data)
    if name == "time-days":
        return _days(data)
    if name == "audits":
        return _audits(data)
    return (_plain(one._asdict()) for one in data.time(name))


def _spans(data: Outgoing) -> Iterator[Row]:
    days: list[Day] = data.time("time_days")
    starts = [day.start for day in days]
    for span in data.time("spans"):
        day = days[max(0, bisect_right(starts, span.start) - 1)] if days else Day("", "UTC", 0, 0)
        yield {
            "start": _when(span.start, day.zone),
            "end": _when(span.end, day.zone),
            "zone": day.zone,
            "category": span.category,
            "state": span.state,
            "source": span.source,
        }


def _days(data: Outgoing) -> Iterator[Row]:
    for day in data.time("time_days"):
        yield {
            "day": day.name,
            "zone": day.zone,
            "start": _when(day.start, day.zone),
            "end": _when(day.end, day.zone),
        }


def _audits(data: Outgoing) -> Iterator[Row]:
    """Runs, each with the decision that it ended in."""
    decided = {one.audit: one for one in data.time("decisions")}
    for audit in data.time("audits"):
        found = decided.get(audit.id)
        yield {
            **audit._asdict(),
            "seconds": found.decision.seconds if found else None,
            "source": found.decision.source if found else None,
            "target": found.decision.target if found else None,
            "since": found.since if found else None,
        }


def _when(instant: int, zone: str) -> str:
    return when(f"{wall(instant, UTC):%Y-%m-%dT%H:%M:%S}.000Z", zone)


def _plain(row: dict[str, Any]) -> Row:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
