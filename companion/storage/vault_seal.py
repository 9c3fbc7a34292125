"""Sealing: every byte that libsodium turns for the vault is turned here; nothing is made up, all of it is called.

Parts of records: XChaCha20-Poly1305 with a fresh random nonce of 24 bytes before the text. Documents kept while the
vault is locked: libsodium's sealed boxes (X25519), which need the public key only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any

from nacl import bindings, exceptions

NONCE, TAG = 24, 16
KEY_BYTES = 32

Document = Mapping[str, Any]

_dumps = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


class Unsealable(Exception):
    """The bytes are not what was sealed under this key for this place. Says nothing more on purpose."""


def seal(key: bytes, text: bytes, place: bytes) -> bytes:
    """Nonce, text and tag; ``place`` has to be the same when it is unsealed."""
    nonce = os.urandom(NONCE)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, place, nonce, key)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """What ``seal`` was given. Raises Unsealable."""
    if len(sealed) < NONCE + TAG:
        raise Unsealable
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[NONCE:], place, sealed[:NONCE], key)
    except exceptions.CryptoError:
        raise Unsealable from None


def unsealer(key: bytes) -> Callable[[bytes, bytes, bytes], bytes | None]:
    """A quick ``unseal`` of nonce, sealed text and place for thousands of small parts under one key; None for what
    cannot be unsealed.

    The library's own wrapper takes 8 µs of checks around 3 µs of work. This calls what the wrapper calls; where a
    later version of the library has it under another name, the wrapper it is.
    """
    try:
        from nacl._sodium import ffi, lib  # type: ignore[import-not-found, import-untyped, unused-ignore]

        turn = lib.crypto_aead_xchacha20poly1305_ietf_decrypt
        size, null = 4096, ffi.NULL
        room = ffi.new("unsigned char[]", size)
        turned = ffi.buffer(room)
    except (ImportError, AttributeError):  # pragma: no cover
        return lambda nonce, sealed, place: _or_none(key, nonce + sealed, place)

    def quick(nonce: bytes, sealed: bytes, place: bytes) -> bytes | None:
        count = len(sealed)
        if not TAG <= count <= size or len(nonce) != NONCE:
            return _or_none(key, nonce + sealed, place)
        if turn(room, null, null, sealed, count, place, len(place), nonce, key):
            return None
        text: bytes = turned[: count - TAG]
        return text

    return quick


def _or_none(key: bytes, sealed: bytes, place: bytes) -> bytes | None:
    try:
        return unseal(key, sealed, place)
    except Unsealable:
        return None


# -- the inbox


def key_pair() -> tuple[bytes, bytes]:
    """A public and a private key."""
    return bindings.crypto_box_keypair()


def public_of(private: bytes) -> bytes:
    return bindings.crypto_scalarmult_base(private)


def seal_for(public: bytes, text: bytes) -> bytes:
    return bindings.crypto_box_seal(text, public)


def unseal_own(sealed: bytes, public: bytes, private: bytes) -> bytes:
    """Raises Unsealable."""
    try:
        return bindings.crypto_box_seal_open(sealed, public, private)
    except (exceptions.CryptoError, exceptions.TypeError, exceptions.ValueError):
        raise Unsealable from None


# -- texts


def padded(text: bytes, step: int) -> bytes:
    """Filled up with spaces, which JSON does not mind, to a multiple of ``step``, of an eighth of it once it is long.

    So the size of what is sealed tells little of what it says.
    """
    while len(text) > 8 * step:
        step *= 2
    return text + b" " * (-len(text) % step)


def document_bytes(document: Document) -> bytes:
    """A JSON object as ASCII. Raises ValueError for what JSON does not know; the text of it is in no message."""
    try:
        text = _dumps(dict(document))
    except (TypeError, ValueError, RecursionError):
        raise ValueError("this cannot be written as JSON") from None
    return text.encode("ascii")


def document_of(text: bytes) -> dict[str, Any]:
    """What ``document_bytes`` wrote, padded or not. Raises Unsealable for all else."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise Unsealable from None
    if not isinstance(document, dict):
        raise Unsealable
    return document


# -- checksums


def checksum(what: bytes, *parts: bytes | int) -> bytes:
    """Sixteen bytes by which anyone can tell a flipped bit in sealed bytes; they say nothing of what is inside."""
    digest = blake2b(digest_size=16, person=what)
    for part in parts:
        raw = part if isinstance(part, bytes) else part.to_bytes(8, "big", signed=True)
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.digest()
