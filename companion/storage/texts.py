"""Texts in and out of the file: exact where they are kept, harmless where they are only listed."""

from __future__ import annotations

import json
import re
from typing import Any

LISTED = 200
"""Characters that a text in a list has at most."""

_HARMFUL = re.compile("[\0\ud800-\udfff]")
_PAIR = re.compile(r"\\ud[89ab]..\\ud[c-f]..")
_RAW = "utf-8 of json"
_RAW_BEGIN = f'{{"{_RAW}"'
_dumps = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


def clean(text: str, longest: int = LISTED) -> str:
    """The text for a list: cut, and with NUL and lone halves of characters replaced by U+FFFD."""
    return _HARMFUL.sub("\ufffd", text[:longest])


def pack(value: Any) -> str:
    """A JSON value as ASCII text. Any text in it comes back exactly, also NUL and lone surrogates.

    Raises TypeError or ValueError for what JSON does not know.
    """
    text = _dumps(value)
    if (_PAIR.search(text) and json.loads(text) != value) or text.startswith(_RAW_BEGIN):
        # Two lone halves side by side would come back as one character: these go as the bytes of their text.
        raw = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass")
        return _dumps({_RAW: raw.hex()})
    return text


def unpack(text: str) -> Any:
    """What ``pack`` wrote. Raises ValueError on anything else."""
    value = json.loads(text)
    if isinstance(value, dict) and len(value) == 1 and _RAW in value:
        return json.loads(bytes.fromhex(value[_RAW]).decode("utf-8", "surrogatepass"))
    return value
