"""Fields in prompts, such as ``{caller}``: filled in one pass, a missing value as a visible gap."""

import re
from collections.abc import Mapping
from typing import NamedTuple

KNOWN_FIELDS = (
    "salutation",  # by the local time of day
    "agent",  # who is speaking
    "company",  # for whom
    "caller",  # the caller's name
    "reason",  # why they call
    "number",  # the caller's number
    "email",
    "address",
    "order",  # order or contract number
    "reference",  # incident or case number
    "person",  # whom a message is for, or who takes over the call
    "hours",  # opening hours
    "deadline",  # by when something was promised
    "when",  # when somebody is back
    "minutes",  # how long a hold or a check takes
    "problem",  # the problem in a few words
    "emotion",  # what the caller feels
    "source",  # what the feeling comes from
)
"""Every field that a playbook may name."""

_MARK = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")


class Part(NamedTuple):
    """A stretch of a filled text; ``gap`` marks the place of a missing value."""

    text: str
    gap: bool = False


class Filled(NamedTuple):
    """A text with its fields filled in, as stretches to be drawn and as plain text."""

    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The whole as one text; a missing value reads ``‹caller?›``."""
        return "".join(part.text for part in self.parts)

    @property
    def whole(self) -> bool:
        """Whether no value is missing."""
        return not any(part.gap for part in self.parts)


def gap(name: str) -> str:
    """How the missing value of a field is shown."""
    return f"‹{name.replace('_', ' ')}?›"


def fill(text: str, values: Mapping[str, str | None]) -> Filled:
    """``text`` with each ``{field}`` replaced by its value, which is taken as it is and never read again.

    A value that is missing, None or blank becomes a gap. ``{{`` and ``}}`` stand for one brace; any other
    brace stays. Never raises.
    """
    parts: list[Part] = []
    held: list[str] = []
    end = 0

    def flush() -> None:
        if held:
            parts.append(Part("".join(held)))
            held.clear()

    for match in _MARK.finditer(text):
        if match.start() > end:
            held.append(text[end : match.start()])
        end = match.end()
        name = match.group(1)
        if name is None:
            held.append(match.group()[0])
            continue
        value = values.get(name)
        if value is not None and value.strip():
            held.append(value)
        else:
            flush()
            parts.append(Part(gap(name), gap=True))
    if end < len(text):
        held.append(text[end:])
    flush()
    return Filled(tuple(parts))


def names_in(text: str) -> tuple[str, ...]:
    """The fields that ``text`` names, in their order, each as often as it stands there."""
    return tuple(match.group(1) for match in _MARK.finditer(text) if match.group(1) is not None)


def loose_braces(text: str) -> bool:
    """Whether some brace in ``text`` is neither part of a field nor doubled: most likely a slip."""
    rest = _MARK.sub("", text)
    return "{" in rest or "}" in rest
