"""The hand-over brief of a transfer (transfer.four): two to four sentences made from what the call holds."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 240
"""Longest part, in characters, that a brief takes over from the notes: it is read out, not handed in."""

NAME = 80
"""Longest name or reason, in characters."""

_ENDS = ".!?…。！？"
_SHORT_FORMS = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "mx",
        "dr",
        "prof",
        "st",
        "jr",
        "sr",
        "no",
        "nr",
        "approx",
        "ca",
        "vs",
        "etc",
        "e.g",
        "i.e",
    )
)


def transfer_brief(
    name: str, reason: str, notes: str, asked: Sequence[str], promised: str, by: str = ""
) -> str:
    """Two to four plain sentences for the person who takes the call over.

    ``reason`` and ``by`` are in words; ``asked`` are the questions put so far. Empty parts leave their sentence out,
    except that there are always two: who calls about what, and what has been found out. A part that holds several
    sentences is made one of.
    """
    who = _part(name, NAME, "") or "A caller whose name I do not have yet"
    about = _part(reason, NAME, "").lower()
    sentences = [f"{who} is on the line about {about}." if about else f"{who} is on the line."]
    told = _part(
        "; ".join(line.rstrip(f"{_ENDS},; ") for line in notes[: 40 * MOST].splitlines() if line.strip())
    )
    sentences.append(_stop(told) if told else "There are no notes yet.")
    questions = [question for question in asked if _part(question)]
    if questions:
        count = "one question" if len(questions) == 1 else f"{len(questions)} questions"
        last = _part(questions[-1])
        asks = questions[-1].rstrip().endswith(("?", "？")) and not last.endswith("…")
        sentences.append(f"I have asked {count}, the last one: {f'{last}?' if asks else _stop(last)}")
    until = f" by {by}" if by else ""
    promise = _part(promised, MOST, "" if until else "…")
    if promise or until:
        sentences.append(f"I have promised: {_stop((promise or 'to be back') + until)}")
    return " ".join(sentences)


def _part(text: str, most: int = MOST, cut: str = "…") -> str:
    """One line of at most ``most`` characters, no full stop in or after it; ``cut`` tells that there was more."""
    words = text[: 40 * most].split()
    line = " ".join([*filter(None, map(_joined, words[:-1])), *words[-1:]]).strip(f"{_ENDS},;: ")
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(f"{_ENDS},;: ") + cut


def _joined(word: str) -> str:
    """A word before another: its full stop becomes a semicolon; a short form or a number only loses the dot."""
    bare = word.rstrip(_ENDS)
    if bare == word:
        return word
    short = (
        bare.casefold() in _SHORT_FORMS or bare.isdecimal() or len(bare) < 2 or bare.endswith((";", ",", ":"))
    )
    return bare if short else f"{bare};"


def _stop(part: str) -> str:
    return part if part.endswith("…") else f"{part}."
