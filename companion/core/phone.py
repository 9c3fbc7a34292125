"""Telephone numbers: what was typed is kept as it is; beside it stands E.164 where the number is a valid one.

The only module that uses ``phonenumbers``, and only when first asked: the import takes a noticeable time.
"""

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_SCHEME = re.compile(r"^\s*(?:tel|sips?|callto):", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:;ext=|ext(?:ension|n)?\.?|x|durchwahl|dw\.?)[ :]*(\d{1,7})\s*$", re.IGNORECASE)
_LONGEST = 60
"""No way of writing a number is longer, in characters."""
_SHORTEST_KEY = 6
"""Fewer digits are an extension, a short code or an emergency number, never a national number."""


class Number(NamedTuple):
    """A number as it was typed, and its E.164 form where it is valid."""

    raw: str
    e164: str | None = None


def recognise(raw: str, region: str | None = None) -> Number:
    """The number in ``raw``; ``region`` is the two-letter code of the country of national numbers.

    E.164 is given only for a valid number without an extension. Short codes (112, 911), internal numbers and
    numbers that lack the 0 which their country dials within itself stay untouched. Never raises.
    """
    parsed = _parse(raw, region)
    if parsed is None:
        return Number(raw)
    import phonenumbers

    return Number(raw, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def group(raw: str, region: str | None = None) -> str:
    """The number in groups as its country writes it; empty where it is no valid number. Never raises."""
    parsed = _parse(raw, region)
    if parsed is None:
        return ""
    import phonenumbers

    form = phonenumbers.PhoneNumberFormat
    abroad = _plain(raw).startswith(("+", "00"))
    return phonenumbers.format_number(parsed, form.INTERNATIONAL if abroad else form.NATIONAL)


def match_key(raw: str) -> str:
    """What is left of a number when its way of writing is taken away; empty where there is nothing to match.

    Spaces, slashes, brackets, dots and dashes go, so does ``(0)`` and each 0 or + at the beginning; an
    extension stays behind an ``x``. Of fewer than six digits the zeros stay: those are extensions and short
    codes, and match only themselves.
    """
    text = _plain(raw)
    if not text:
        return ""
    extension = _EXTENSION.search(text)
    tail = f"x{_digits(extension.group(1))}" if extension else ""
    main = text[: extension.start()] if extension else text
    kept = "".join(sign if sign in "*#" else _digits(sign) for sign in main.replace("(0)", ""))
    if not any(sign.isdigit() for sign in kept):
        return ""
    if any(sign in "*#" for sign in kept):
        return kept + tail
    bare = kept.lstrip("0")
    if len(bare) >= _SHORTEST_KEY:
        return bare + tail
    if any(sign.isalpha() for sign in main):
        return ""  # a few digits within words are no number
    return kept + tail


def same(one: Number, other: Number) -> bool:
    """Whether two numbers are one: equal E.164 where both have it, else an equal, not empty ``match_key``."""
    if one.e164 and other.e164:
        return one.e164 == other.e164
    key = match_key(one.raw)
    return bool(key) and key == match_key(other.raw)


def _plain(raw: str) -> str:
    """The number without its scheme and host; empty where the text is too long to be one."""
    if len(raw) > 4 * _LONGEST:
        return ""
    text = _SCHEME.sub("", unicodedata.normalize("NFKC", raw))
    text = text.split("@")[0].strip()
    return text if len(text) <= _LONGEST else ""


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def _parse(raw: str, region: str | None) -> "PhoneNumber | None":
    text = _plain(raw)
    if not text or any(sign.isalpha() or sign in "*#;" for sign in text):
        return None
    if len(_digits(text)) < _SHORTEST_KEY:
        return None
    found = _valid(text, region)
    if found is None and text.startswith("00"):
        found = _valid("+" + text[2:], None)
    if found is None or text.startswith(("+", "00")):
        return found
    return found if _prefixed(found, text) else None


def _valid(text: str, region: str | None) -> "PhoneNumber | None":
    import phonenumbers

    try:
        found = phonenumbers.parse(text, region.upper() if region else None)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_valid_number(found) else None


def _prefixed(number: "PhoneNumber", text: str) -> bool:
    """Whether ``text`` begins as a number dialled within its country does.

    Where a country writes its numbers with a leading 0, a text without it may as well be an extension or a
    local number.
    """
    import phonenumbers

    national = _digits(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))
    return not national.startswith("0") or _digits(text).startswith("0")
