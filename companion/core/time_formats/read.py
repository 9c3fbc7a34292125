"""Read a file of time, whatever wrote it: our CSV, Toggl, Clockify, Watson, Timewarrior, Hamster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from companion.core.time_formats import documents, hamster, tables
from companion.core.time_formats.found import Bag, Problem, Reading, Refused, Settings, Unknown
from companion.core.time_formats.text import decoded

OURS, TOGGL, CLOCKIFY, WATSON, TIMEWARRIOR, HAMSTER = (
    "companion",
    "toggl",
    "clockify",
    "watson",
    "timewarrior",
    "hamster",
)
KINDS = {
    OURS: "Call Companion (CSV)",
    TOGGL: "Toggl (detailed CSV)",
    CLOCKIFY: "Clockify (detailed CSV)",
    WATSON: "Watson (JSON)",
    TIMEWARRIOR: "Timewarrior (JSON)",
    HAMSTER: "Hamster (TSV or XML)",
}
"""What can be read, with its name for people."""


def read(
    data: bytes | str,
    zone: tzinfo,
    zones: Callable[[str], tzinfo] | None = None,
    *,
    day_first: bool | None = None,
    person: str = "",
) -> Reading:
    """Read a whole file. Never raises for what is in it: a file that cannot be read gives a problem of line 0.

    ``zone`` holds for times that name none; ``zones`` finds a zone by its name (any exception: there is none).
    ``day_first`` and ``person`` answer what an earlier reading asked (``Reading.asks``).
    """
    bag = Bag()
    kind = ""
    try:
        text = decoded(data)
        kind, reader = _reader(text)
        reader(text, Settings(zone, zones, day_first, person), bag)
        if not bag.found and not bag.problems:
            bag.problems.append(Problem(0, "The file holds no entries.", "Export a longer range of days."))
    except Refused as refused:
        kind = "" if isinstance(refused, Unknown) else kind
        return Reading(kind, (), (refused.problem,), (), refused.people, refused.asks)
    return Reading(kind, tuple(bag.found), tuple(bag.problems), tuple(bag.notes))


_Reader = Callable[[str, Settings, Bag], None]


def _reader(text: str) -> tuple[str, _Reader]:
    head = text[:4096].lstrip()
    if not head:
        raise Refused("The file is empty.", "Export it once more.")
    if head[0] == "<":
        return HAMSTER, hamster.read_xml
    if head[0] in "[{":
        return (
            (WATSON, documents.read_watson)
            if documents.is_watson(text)
            else (TIMEWARRIOR, documents.read_timewarrior)
        )
    kinds: dict[str, _Reader] = {
        OURS: tables.read_ours,
        TOGGL: tables.read_tracker,
        CLOCKIFY: tables.read_tracker,
        WATSON: tables.refuse_watson,
    }
    kind = tables.kind_of(text)
    return (kind, kinds[kind]) if kind in kinds else (HAMSTER, hamster.read_tsv)
