"""The keys of the vault: one random key for all records, wrapped by a passphrase, a recovery code or the keyring.

So a new passphrase means one small write, not a new vault. Nothing here touches a file; all of it may run on any
thread. The passphrase goes through argon2id, with memory as the main cost; the parameters stand beside the wrapped key.
"""

from __future__ import annotations

import json
import os
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, NamedTuple, NoReturn

from nacl import bindings, exceptions

from companion.core import recovery_code
from companion.storage.errors import StoreError, WrongSecret
from companion.storage.vault_seal import KEY_BYTES, NONCE, TAG, Unsealable, key_pair, public_of, seal, unseal

FORMAT = 1
"""Of the keys' own writing; a file with a higher one is of a newer program."""

TARGET_S = 0.5
"""Seconds that one try of a passphrase is to take."""

LONGEST = 1024
"""Characters of a passphrase at most; a longer one was not typed by anybody."""

_MIB = 1 << 20
_USUAL_PASSES = 3
_LEAST, _MOST, _STEP = 64 * _MIB, 512 * _MIB, 16 * _MIB
_ACCEPTED_MEMORY = (8 * _MIB, 1024 * _MIB)
_ACCEPTED_WORK = 16 * 1024 * _MIB
_SALT = 16
_WRAPPED = NONCE + KEY_BYTES + TAG


class Cost(NamedTuple):
    """What argon2id is asked to do: passes over so many bytes of memory."""

    passes: int
    memory: int

    @property
    def accepted(self) -> bool:
        """Whether a file may ask for it: never for more than 1 GiB or about half a minute, whoever wrote it."""
        least, most = _ACCEPTED_MEMORY
        return (
            least <= self.memory <= most and self.passes >= 1 and self.passes * self.memory <= _ACCEPTED_WORK
        )


@dataclass(frozen=True, slots=True, repr=False, weakref_slot=True)
class Key:
    """What opens a vault. Never printed, never pickled; dropped when the vault is locked."""

    vault_id: str
    master: bytes

    def __repr__(self) -> str:
        return "Key(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key stays in this program")


class ByPassphrase(NamedTuple):
    cost: Cost
    salt: bytes
    wrapped: bytes


class ByRecovery(NamedTuple):
    salt: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Locks:
    """What stands in the file about its keys: nothing of it opens anything by itself."""

    vault_id: str
    public: bytes
    private: bytes
    """The private key of the inbox, sealed under the vault's key."""
    recovery: ByRecovery
    passphrase: ByPassphrase | None = None
    keyring: bytes | None = None

    @property
    def by_passphrase(self) -> bool:
        return self.passphrase is not None

    @property
    def by_keyring(self) -> bool:
        return self.keyring is not None


@dataclass(frozen=True, slots=True, repr=False)
class NewVault:
    """A vault that is not in any file yet. ``recovery_code`` is shown once and kept nowhere."""

    locks: Locks
    key: Key
    recovery_code: str

    @property
    def vault_id(self) -> str:
        return self.locks.vault_id


@dataclass(frozen=True, slots=True, repr=False)
class NewLock:
    """Another way in for the present key, not yet in the file. ``recovery_code`` only where it is one."""

    vault_id: str
    lock: ByPassphrase | ByRecovery | bytes
    recovery_code: str = ""

    def put_into(self, locks: Locks) -> Locks:
        """A passphrase takes the place of the keyring and the other way round; a recovery code that of the old one."""
        if self.vault_id != locks.vault_id:
            raise WrongSecret
        if isinstance(self.lock, ByRecovery):
            return replace(locks, recovery=self.lock)
        if isinstance(self.lock, ByPassphrase):
            return replace(locks, passphrase=self.lock, keyring=None)
        return replace(locks, passphrase=None, keyring=self.lock)


# -- passphrases


def normal(passphrase: str) -> bytes:
    """A passphrase as bytes, the same for the same text however a keyboard composed it. Raises ValueError if empty.

    NFC, with every kind of space as the plain one, as RFC 8265 has it for passwords (OpaqueString). Not NFKC: that
    would take for the same what is seen to differ (ﬁ and fi, ² and 2, full and half width), for which no keyboard of
    one's own needs forgiveness.
    """
    if len(passphrase) > LONGEST:
        raise ValueError(f"a passphrase has {LONGEST} characters at most")
    plain = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase)
    if not plain.strip():
        raise ValueError("a passphrase cannot be empty")
    return unicodedata.normalize("NFC", plain).encode("utf-8", "surrogatepass")


def calibrated(target_s: float = TARGET_S) -> Cost:
    """The cost that takes about ``target_s`` on this machine now: 64 to 512 MiB three times over, more passes then.

    Takes about a fifth of that itself. A machine that cannot spare the memory gets less.
    """
    took = min(_probe(), _probe())
    work = int(target_s / took * _LEAST)
    memory = max(_LEAST, min(_MOST, work // _USUAL_PASSES // _STEP * _STEP))
    return Cost(max(_USUAL_PASSES, min(16, work // memory)), memory)


def _probe() -> float:
    began = time.perf_counter()
    _stretch(b"probe", bytes(_SALT), Cost(1, _LEAST))
    return max(time.perf_counter() - began, 0.001)


def _stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    try:
        return bindings.crypto_pwhash_alg(
            KEY_BYTES, secret, salt, cost.passes, cost.memory, bindings.crypto_pwhash_ALG_ARGON2ID13
        )
    except (MemoryError, exceptions.RuntimeError):
        raise StoreError(
            f"The journal's lock needs {cost.memory // _MIB} MiB of memory for a moment, which is not free. "
            "Close another program, then try again."
        ) from None


# -- wrapping


def prepare(passphrase: str | None, keyring_key: bytes | None = None, cost: Cost | None = None) -> NewVault:
    """A new vault, opened by a passphrase, or where that is None by a key in the keyring; takes about 0.6 s.

    Raises ValueError for an empty passphrase.
    """
    key = Key(os.urandom(16).hex(), os.urandom(KEY_BYTES))
    public, private = key_pair()
    recovery = new_recovery(key)
    assert isinstance(recovery.lock, ByRecovery)
    locks = Locks(
        key.vault_id, public, seal(key.master, private, _place("private", key.vault_id)), recovery.lock
    )
    return NewVault(rewrap(key, passphrase, keyring_key, cost).put_into(locks), key, recovery.recovery_code)


def rewrap(
    key: Key, passphrase: str | None, keyring_key: bytes | None = None, cost: Cost | None = None
) -> NewLock:
    """The key wrapped anew by a passphrase, or where that is None by a key in the keyring. Raises ValueError."""
    if passphrase is None:
        if keyring_key is None or len(keyring_key) != KEY_BYTES:
            raise ValueError("a passphrase or a key of 32 bytes is needed")
        return NewLock(key.vault_id, seal(keyring_key, key.master, _place("keyring", key.vault_id)))
    secret, salt = normal(passphrase), os.urandom(_SALT)
    cost = cost or calibrated()
    wrapped = seal(_stretch(secret, salt, cost), key.master, _place("passphrase", key.vault_id, cost))
    return NewLock(key.vault_id, ByPassphrase(cost, salt, wrapped))


def new_recovery(key: Key) -> NewLock:
    """A new recovery code: 128 random bits, which no machine can try through, so they need no stretching."""
    secret, salt = os.urandom(recovery_code.BYTES), os.urandom(_SALT)
    wrapped = seal(_of_recovery(secret, salt), key.master, _place("recovery", key.vault_id))
    return NewLock(key.vault_id, ByRecovery(salt, wrapped), recovery_code.write(secret))


def new_keyring_key() -> bytes:
    """What is put into the system's keyring for a vault without a passphrase."""
    return os.urandom(KEY_BYTES)


def unwrap(locks: Locks, secret: str, recovery: bool = False) -> Key:
    """The key by passphrase (about 0.5 s) or recovery code. Raises WrongSecret, or StoreError without the memory."""
    if recovery:
        try:
            code = recovery_code.read(secret)
        except ValueError:
            raise WrongSecret(mistyped=True) from None
        by = locks.recovery
        return _unwrapped(locks, _of_recovery(code, by.salt), by.wrapped, _place("recovery", locks.vault_id))
    if locks.passphrase is None:
        raise WrongSecret
    cost, salt, wrapped = locks.passphrase
    try:
        plain = normal(secret)
    except ValueError:
        raise WrongSecret from None
    return _unwrapped(locks, _stretch(plain, salt, cost), wrapped, _place("passphrase", locks.vault_id, cost))


def unwrap_with_keyring_key(locks: Locks, keyring_key: bytes) -> Key:
    """The key of a vault without a passphrase. Raises WrongSecret."""
    if locks.keyring is None or len(keyring_key) != KEY_BYTES:
        raise WrongSecret
    return _unwrapped(locks, keyring_key, locks.keyring, _place("keyring", locks.vault_id))


def private_key(locks: Locks, key: Key) -> bytes:
    """The key that opens the inbox. Raises WrongSecret when ``key`` is of another vault.

    Raises Unsealable when the public key is not its other half: then somebody has put one of their own there.
    """
    if key.vault_id != locks.vault_id:
        raise WrongSecret
    private = unseal(key.master, locks.private, _place("private", locks.vault_id))
    if public_of(private) != locks.public:
        raise Unsealable
    return private


def with_pair(locks: Locks, key: Key, public: bytes, private: bytes) -> Locks:
    """The same locks with another pair of keys for the inbox."""
    sealed = seal(key.master, private, _place("private", key.vault_id))
    return replace(locks, public=public, private=sealed)


def _unwrapped(locks: Locks, by: bytes, wrapped: bytes, place: bytes) -> Key:
    try:
        return Key(locks.vault_id, unseal(by, wrapped, place))
    except Unsealable:
        raise WrongSecret from None


def _of_recovery(secret: bytes, salt: bytes) -> bytes:
    return blake2b(digest_size=KEY_BYTES, key=secret, salt=salt, person=b"journal recovery").digest()


def _place(what: str, vault_id: str, cost: Cost | None = None) -> bytes:
    """What a wrapped key is bound to: a lock of another vault, kind or cost put in its place does not open."""
    return f"companion journal {what} {vault_id} {tuple(cost or ())}".encode("ascii")


# -- in the file


def locks_bytes(locks: Locks) -> bytes:
    by, ring = locks.passphrase, locks.keyring
    return json.dumps(
        {
            "format": FORMAT,
            "vault": locks.vault_id,
            "public": locks.public.hex(),
            "private": locks.private.hex(),
            "recovery": {"salt": locks.recovery.salt.hex(), "key": locks.recovery.wrapped.hex()},
            "passphrase": by and {**by.cost._asdict(), "salt": by.salt.hex(), "key": by.wrapped.hex()},
            "keyring": ring and {"key": ring.hex()},
        }
    ).encode("ascii")


def format_of(raw: bytes) -> int:
    """The format that the keys say they are written in. Raises ValueError."""
    found = _object(json.loads(raw)).get("format")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise ValueError
    return found


def locks_of(raw: bytes) -> Locks:
    """What ``locks_bytes`` wrote. Raises ValueError for anything else: other names, types, lengths, costs."""
    if len(raw) > 4096:
        raise ValueError
    try:
        found = _object(json.loads(raw), "format vault public private recovery passphrase keyring")
    except RecursionError:
        raise ValueError from None
    if format_of(raw) != FORMAT:
        raise ValueError
    code = _object(found["recovery"], "salt key")
    by = ring = None
    if found["passphrase"] is not None:
        given = _object(found["passphrase"], "passes memory salt key")
        cost = Cost(_whole(given["passes"]), _whole(given["memory"]))
        if not cost.accepted:
            raise ValueError
        by = ByPassphrase(cost, _hex(given["salt"], _SALT), _hex(given["key"], _WRAPPED))
    if found["keyring"] is not None:
        ring = _hex(_object(found["keyring"], "key")["key"], _WRAPPED)
    if (by is None) == (ring is None):
        raise ValueError
    return Locks(
        _hex(found["vault"], 16).hex(),
        _hex(found["public"], KEY_BYTES),
        _hex(found["private"], _WRAPPED),
        ByRecovery(_hex(code["salt"], _SALT), _hex(code["key"], _WRAPPED)),
        by,
        ring,
    )


def _object(value: Any, names: str = "") -> Mapping[str, Any]:
    if not isinstance(value, dict) or (names and set(value) != set(names.split())):
        raise ValueError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError
    return value


def _hex(value: Any, size: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * size:
        raise ValueError
    return bytes.fromhex(value)
