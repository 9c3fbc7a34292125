"""Keys and what is asked of the machine for them: the right secret opens, a hostile file can ask for nothing."""

import json
import random
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.storage import vault_keys
from companion.storage.errors import DamagedFile, WrongSecret
from companion.storage.vault import Cost
from companion.storage.vault_file import build
from companion.storage.vault_keys import (
    Locks,
    NewVault,
    locks_bytes,
    locks_of,
    normal,
    prepare,
    rewrap,
    unwrap,
)
from tests.storage.vaulting import CHEAP, SECRET, a_vault, files_of

MIB = 1 << 20
KEY = bytes(range(32))


@pytest.fixture(scope="module")
def new() -> NewVault:
    return prepare(SECRET, cost=CHEAP)


def test_the_keys_are_what_their_file_says(new: NewVault) -> None:
    assert locks_of(locks_bytes(new.locks)) == new.locks
    ring = prepare(None, KEY)
    assert locks_of(locks_bytes(ring.locks)) == ring.locks
    assert (ring.locks.by_keyring, ring.locks.by_passphrase) == (True, False)
    assert vault_keys.unwrap_with_keyring_key(ring.locks, KEY) == ring.key
    for wrong in (bytes(32), KEY[:-1], b""):
        with pytest.raises(WrongSecret):
            vault_keys.unwrap_with_keyring_key(ring.locks, wrong)
    with pytest.raises(WrongSecret):
        unwrap(ring.locks, SECRET)
    assert unwrap(ring.locks, ring.recovery_code, recovery=True) == ring.key


def test_a_passphrase_takes_the_place_of_the_keyring_and_back(new: NewVault) -> None:
    ring = rewrap(new.key, None, KEY).put_into(new.locks)
    assert (ring.by_keyring, ring.by_passphrase) == (True, False)
    assert vault_keys.unwrap_with_keyring_key(ring, KEY) == new.key
    back = rewrap(new.key, "other", cost=CHEAP).put_into(ring)
    assert (back.by_keyring, back.by_passphrase) == (False, True)
    assert unwrap(back, "other") == new.key


def test_two_vaults_under_one_passphrase_have_nothing_in_common(new: NewVault) -> None:
    other = prepare(SECRET, cost=CHEAP)
    assert other.key.master != new.key.master and other.vault_id != new.vault_id
    assert other.recovery_code != new.recovery_code
    assert other.locks.passphrase and new.locks.passphrase
    assert other.locks.passphrase.salt != new.locks.passphrase.salt


def test_a_lock_of_another_vault_or_cost_does_not_open(new: NewVault) -> None:
    other = prepare(SECRET, cost=CHEAP)
    mixed = Locks(
        new.vault_id, new.locks.public, new.locks.private, other.locks.recovery, other.locks.passphrase
    )
    with pytest.raises(WrongSecret):
        unwrap(mixed, SECRET)
    with pytest.raises(WrongSecret):
        unwrap(mixed, other.recovery_code, recovery=True)
    by = new.locks.passphrase
    assert by
    changed = by._replace(cost=Cost(2, 8 * MIB))
    with pytest.raises(WrongSecret):
        unwrap(Locks(new.vault_id, new.locks.public, new.locks.private, new.locks.recovery, changed), SECRET)


# -- passphrases


@pytest.mark.parametrize(
    ("typed", "again"),
    [
        ("Stra\u00dfe caf\u00e9", "Stra\u00dfe cafe\u0301"),
        ("\uac00\ub098", "\u1100\u1161\u1102\u1161"),  # one syllable as a sign, or as its letters
        ("\u0928\u093c", "\u0929"),
        ("two words", "two\u00a0words"),
        ("two words", "two\u3000words"),
    ],
)
def test_one_text_is_one_passphrase_however_it_was_composed(typed: str, again: str) -> None:
    assert typed != again
    assert normal(typed) == normal(again)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fi", "\ufb01"),
        ("2", "\u00b2"),
        ("abc", "\uff41\uff42\uff43"),
        ("a", "A"),
        ("a", " a"),
        ("ab", "a\u200db"),
    ],
)
def test_what_is_seen_to_differ_are_two(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(st.text(min_size=1, max_size=40))
def test_every_text_but_blanks_is_a_passphrase_and_normal_stays_normal(text: str) -> None:
    try:
        raw = normal(text)
    except ValueError:
        assert not text.strip()
        return
    assert normal(raw.decode("utf-8", "surrogatepass")) == raw
    assert normal(unicodedata.normalize("NFD", text)) == normal(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("empty", ["", " ", "\n\t", "\u00a0\u3000", "x" * 1025])
def test_an_empty_passphrase_is_refused(empty: str) -> None:
    with pytest.raises(ValueError, match="passphrase"):
        prepare(empty, cost=CHEAP)
    with pytest.raises(ValueError, match="passphrase"):
        rewrap(prepare(None, KEY).key, empty, cost=CHEAP)


def test_neither_a_passphrase_nor_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="needed"):
        prepare(None)
    with pytest.raises(ValueError, match="needed"):
        prepare(None, b"short")


@pytest.mark.parametrize("secret", ["пароль из слов", "密码短语", "كلمة السر", "🙂🙃🙂", "a\0b", "\udcff x"])
def test_a_passphrase_can_be_in_any_script(secret: str) -> None:
    new = prepare(secret, cost=CHEAP)
    assert unwrap(locks_of(locks_bytes(new.locks)), secret) == new.key
    with pytest.raises(WrongSecret):
        unwrap(new.locks, secret + "x")


# -- cost


def test_memory_is_the_main_cost_and_stays_in_bounds() -> None:
    for target in (0.0001, 0.2, 3600.0):
        cost = vault_keys.calibrated(target)
        assert 64 * MIB <= cost.memory <= 512 * MIB
        assert cost.passes >= 3
        assert cost.accepted
    assert vault_keys.calibrated(0.0001) == Cost(3, 64 * MIB)
    assert vault_keys.calibrated(3600.0) == Cost(16, 512 * MIB)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(1, 1 << 42), Cost(1, 1025 * MIB), Cost(1 << 31, 8 * MIB), Cost(17, 1024 * MIB), Cost(0, 64 * MIB),
        Cost(-1, 64 * MIB), Cost(3, 0), Cost(3, -64 * MIB), Cost(3, 1024), Cost(1 << 70, 1 << 70),
    ],
)  # fmt: skip
def test_no_file_can_ask_for_terabytes_or_hours(new: NewVault, cost: Cost) -> None:
    assert not cost.accepted
    by = new.locks.passphrase
    assert by
    asked = json.loads(locks_bytes(new.locks))
    asked["passphrase"].update(passes=cost.passes, memory=cost.memory)
    with pytest.raises(ValueError):
        locks_of(json.dumps(asked).encode())


def _set(*path: str) -> Callable[[dict[str, Any], Any], None]:
    def change(keys: dict[str, Any], value: Any) -> None:
        for name in path[:-1]:
            keys = keys[name]
        keys[path[-1]] = value

    return change


HOSTILE = [
    *((_set(name), value) for name in ("format", "vault", "public", "private", "recovery", "passphrase")
      for value in (None, "", 0, 1.5, True, [], {}, "zz", "\ud800", "0" * 100_000, 10**400)
      if (name, value) not in (("format", True), ("format", 1))),
    *((_set("passphrase", name), value) for name in ("passes", "memory", "salt", "key")
      for value in (None, "", -1, 0, 1e9, True, [], "00", "g" * 32, 2**64)),
    *((_set("recovery", name), value) for name in ("salt", "key") for value in (None, "", 5, "00" * 15, "00" * 73)),
    (_set("more"), 1), (_set("passphrase", "more"), 1), (_set("recovery", "more"), {}), (_set("keyring"), {}),
    (_set("keyring"), {"key": "00" * 72}), (_set("keyring"), {"key": "00"}), (_set("format"), 2), (_set("format"), -1),
]  # fmt: skip


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_hostile_keys_are_damage_and_nothing_else(new: NewVault, data_dir: Path, at: int) -> None:
    change, value = HOSTILE[at]
    keys = json.loads(locks_bytes(new.locks))
    change(keys, value)
    raw = json.dumps(keys).encode()
    with pytest.raises(ValueError):
        locks_of(raw)
    if at % 9:
        return
    build(data_dir / "journal.vault", raw)
    before = files_of(data_dir)
    vault = a_vault(data_dir)
    for use in (vault.locks, lambda: vault.seal({}), lambda: vault.open(new.key)):
        with pytest.raises(DamagedFile):
            use()
    with pytest.raises(DamagedFile):
        vault.rescue(datetime(2026, 3, 2, tzinfo=UTC))
    assert files_of(data_dir) == before
    vault.delete_everything()
    assert vault.state == "none"


@pytest.mark.parametrize(
    "raw", [b"", b"\0", b"[]", b"null", b"{", b"[" * 4000, b"{}", b'"x"', b"1" * 5000, b"\xff" * 100, b"NaN"]
)
def test_what_is_no_object_is_no_keys(raw: bytes) -> None:
    with pytest.raises(ValueError):
        locks_of(raw)


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_no_changed_byte_of_the_keys_opens_with_another_secret_or_crashes(seed: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(_RAW)
    for _ in range(chance.choice([1, 1, 2, 5])):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    try:
        locks = locks_of(bytes(raw))
    except ValueError:
        return
    by = locks.passphrase
    if by is None or by.cost != CHEAP:
        return
    with pytest.raises(WrongSecret):
        unwrap(locks, "wrong")


_RAW = locks_bytes(prepare(SECRET, cost=CHEAP).locks)
