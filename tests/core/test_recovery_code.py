"""A recovery code survives print, handwriting and hurry, and a slip never passes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.recovery_code import NoRecoveryCode, read, write

SECRET = bytes(range(100, 116))
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

secrets = st.binary(min_size=16, max_size=16)


def test_a_code_is_seven_groups_of_four_signs_that_cannot_be_mistaken() -> None:
    code = write(SECRET)
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert set(code) <= {*SIGNS, "-"}


@given(secrets)
def test_what_is_written_is_read(secret: bytes) -> None:
    assert read(write(secret)) == secret


@given(secrets, st.integers(0, 27), st.sampled_from(SIGNS))
def test_one_wrong_sign_never_passes(secret: bytes, at: int, sign: str) -> None:
    signs = write(secret).replace("-", "")
    wrong = signs[:at] + sign + signs[at + 1 :]
    if wrong != signs:
        with pytest.raises(NoRecoveryCode) as error:
            read(wrong)
        assert error.value.why == "check"


@given(secrets, st.integers(0, 26))
def test_two_neighbours_that_changed_places_never_pass(secret: bytes, at: int) -> None:
    signs = write(secret).replace("-", "")
    swapped = signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]
    if swapped != signs:
        with pytest.raises(NoRecoveryCode) as error:
            read(swapped)
        assert error.value.why == "check"


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code}\n",
        lambda code: code.replace("-", "\u2013"),
        lambda code: code.replace("-", "\u00a0\u2010\u200b"),
        lambda code: code.replace("-", ". "),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("0", "o").replace("1", "I"),
        lambda code: "".join(chr(ord(c) + 0xFEE0) if c != "-" else c for c in code),  # full width
    ],
)
def test_what_people_and_programs_make_of_a_code_is_forgiven(change: object) -> None:
    chance = random.Random(4)
    assert callable(change)
    for _ in range(20):
        secret = chance.randbytes(16)
        assert read(change(write(secret))) == secret


@pytest.mark.parametrize(
    ("text", "why", "missing"),
    [
        ("", "length", 28),
        (write(SECRET)[:-1], "length", 1),
        (write(SECRET) + "0", "length", -1),
        ("U" + write(SECRET)[1:], "sign", 0),
        ("\N{GREEK CAPITAL LETTER ALPHA}" + write(SECRET)[1:], "sign", 0),
        ("Z" * 28, "check", 0),
        ("Z" * 1_000_000, "length", 28 - 1000),
        ("\ud800" * 28, "sign", 0),
    ],
)
def test_what_is_no_code_is_told_why_and_quoted_nowhere(text: str, why: str, missing: int) -> None:
    with pytest.raises(NoRecoveryCode) as error:
        read(text)
    assert (error.value.why, error.value.missing) == (why, missing)
    assert str(error.value) == f"no recovery code: {why}"


def test_only_sixteen_bytes_are_a_secret() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        write(b"short")


def test_more_than_128_bits_are_no_secret_even_if_the_check_fits() -> None:
    number = (1 << 129) + 5
    value = (number << 10) | number % 1021
    text = "".join(SIGNS[value >> 5 * place & 31] for place in reversed(range(28)))
    with pytest.raises(NoRecoveryCode) as error:
        read(text)
    assert error.value.why == "check"
