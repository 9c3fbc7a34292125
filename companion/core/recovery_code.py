"""The recovery code of the journal as people write it: 28 letters and digits that forgive what a printed page does.

Crockford's base 32: no I, L, O or U, so nothing in it is mistaken for something else or spells a word. Behind the 26
signs that hold 128 bits stand two check signs: the number modulo the prime 1021. One wrong sign, or two neighbours
that changed places, never pass.
"""

from __future__ import annotations

import unicodedata

BYTES = 16
"""Bytes that a code stands for."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {sign: value for value, sign in enumerate(_SIGNS)} | {"O": 0, "I": 1, "L": 1}
_DATA, _CHECKS, _PRIME, _GROUP = 26, 2, 1021, 4


class NoRecoveryCode(ValueError):
    """The text is no recovery code. ``why``: "sign" (one that no code has), "length", or "check" (mistyped).

    ``missing`` is how many signs are too few, negative for too many. The text itself is nowhere in it.
    """

    def __init__(self, why: str, missing: int = 0) -> None:
        super().__init__(f"no recovery code: {why}")
        self.why, self.missing = why, missing


def write(secret: bytes) -> str:
    """The code for 16 random bytes, in seven groups of four. Raises ValueError for another length."""
    if len(secret) != BYTES:
        raise ValueError("a recovery code stands for 16 bytes")
    number = int.from_bytes(secret, "big")
    whole = _signs(number, _DATA) + _signs(number % _PRIME, _CHECKS)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def read(text: str) -> bytes:
    """The bytes of a code as it was typed or pasted: any case, dashes, spaces; O for 0, I and L for 1.

    Raises NoRecoveryCode.
    """
    signs = [sign for sign in unicodedata.normalize("NFKC", text[:1000]).upper() if not _between(sign)]
    if any(sign not in _VALUES for sign in signs):
        raise NoRecoveryCode("sign")
    if len(signs) != _DATA + _CHECKS:
        raise NoRecoveryCode("length", _DATA + _CHECKS - len(signs))
    number, check = _number(signs[:_DATA]), _number(signs[_DATA:])
    if number % _PRIME != check or number >> (8 * BYTES):
        raise NoRecoveryCode("check")
    return number.to_bytes(BYTES, "big")


def _signs(number: int, count: int) -> str:
    return "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(count)))


def _number(signs: list[str]) -> int:
    number = 0
    for sign in signs:
        number = number << 5 | _VALUES[sign]
    return number


def _between(sign: str) -> bool:
    """What may stand between the signs: white space, dashes of any kind, what cannot be seen, dots."""
    return sign.isspace() or unicodedata.category(sign) in ("Pd", "Cf", "Cc") or sign in "._·"
