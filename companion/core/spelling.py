"""Reading back what was heard: digits in groups, letters spelled (rule ``closed.readback``)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

LONGEST = 200
"""Characters that are read back at most; of a longer text the rest is told by an ellipsis."""

_NUMBER = re.compile(r"\+?[\d\s()/.\-\u2010-\u2015]+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_BREAK = " · "


class Alphabet(NamedTuple):
    """A spelling alphabet: a word for each letter, a name for each sign, and what is said of an accent."""

    id: str
    name: str
    accent: str
    letters: Mapping[str, str]
    signs: Mapping[str, str]


class ReadBack(NamedTuple):
    """What to read aloud; ``kind``: number, email, text, or empty for nothing; ``cut``: the end is missing."""

    kind: str
    text: str
    cut: bool = False


def read_back(text: str, alphabet: Alphabet, grouper: Callable[[str], str] | None = None) -> ReadBack:
    """How ``text`` is read back over the phone.

    A number comes in the groups that ``grouper`` gives for it (it answers with an empty text for what is no
    phone number), else in the groups it was typed in, long ones cut in threes and fours. In all else letters are
    spelled, signs named, digits grouped; what the alphabet has no word for is shown as it is. Never raises.
    """
    text = text.strip()
    whole = unicodedata.normalize("NFC", text[: 2 * LONGEST])
    shown = whole[:LONGEST]
    cut = len(whole) > LONGEST or len(text) > 2 * LONGEST
    if not shown:
        return ReadBack("", "")
    end = " …" if cut else ""
    if _NUMBER.fullmatch(shown) and any(sign.isdecimal() for sign in shown):
        groups = _number_groups(shown, grouper)
        return ReadBack("number", _BREAK.join(groups) + end, cut)
    kind = "email" if _EMAIL.fullmatch(shown) else "text"
    words = [spell(word, alphabet) for word in shown.split()]
    return ReadBack(kind, _BREAK.join(words) + end, cut)


def spell(word: str, alphabet: Alphabet) -> str:
    """One word, letter by letter: ``M-ike A-lfa N-ovember``, digits in groups, signs by name."""
    said: list[str] = []
    for stretch in re.findall(r"\d+|\D", word):
        if stretch[0].isdecimal():
            said.extend(chunks(stretch))
            continue
        spoken = _letter(stretch, alphabet) or alphabet.signs.get(stretch)
        if spoken is not None:
            said.append(spoken)
        elif said and _joins(stretch):
            said[-1] += _visible(stretch)  # emoji and scripts that join stay in one piece
        else:
            said.append(_visible(stretch))
    return " ".join(said)


def chunks(digits: str) -> list[str]:
    """Digits in groups of three, the last of them two to four; up to four digits stay together."""
    if len(digits) <= 4:
        return [digits]
    if len(digits) == 8:
        return [digits[:4], digits[4:]]
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    if len(groups[-1]) == 1:
        last = groups.pop()
        groups[-1] += last
    return groups


def _number_groups(text: str, grouper: Callable[[str], str] | None) -> list[str]:
    grouped = grouper(text) if grouper else ""
    if grouped:
        return re.findall(r"\+?\d+", grouped)
    groups: list[str] = []
    for typed in re.findall(r"\+?\d+", text):
        plus = "+" if typed.startswith("+") else ""
        first, *rest = chunks(typed.removeprefix("+"))
        groups += [plus + first, *rest]
    return groups


def _letter(sign: str, alphabet: Alphabet) -> str | None:
    """The word for a letter with the letter set off, as in ``M-ike``; None where the alphabet has none."""
    for form in (sign, sign.upper()):
        if form in alphabet.letters:
            return _set_off(form, alphabet.letters[form])
    folded = unicodedata.normalize("NFKD", sign)
    base = folded[0].upper()
    if (
        len(folded) > 1
        and base in alphabet.letters
        and all(unicodedata.combining(mark) for mark in folded[1:])
    ):
        return f"{_set_off(base, alphabet.letters[base])} {alphabet.accent}"
    return None


def _set_off(letter: str, word: str) -> str:
    if word[:1].casefold() != letter.casefold():
        return f"{letter} ({word})"
    rest = word[1:].lstrip("-")
    return f"{word[:1]}-{rest}" if rest else word


def _joins(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or unicodedata.category(sign) in (
        "Cf",
        "Mn",
        "Mc",
        "Me",
        "Sk",
        "So",
        "Lo",
    )


def _visible(sign: str) -> str:
    return "�" if unicodedata.category(sign) in ("Cc", "Cs") else sign
