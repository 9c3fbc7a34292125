"""Numbers: never rewritten, recognised where valid, matched whatever the way of writing."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.phone import Number, group, match_key, recognise, same

DIALLED = st.text(alphabet="0123456789+()/-. x#*", max_size=30)


@pytest.mark.parametrize(
    ("raw", "region", "e164"),
    [
        ("+44 20 7946 0018", None, "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("(020) 7946-0018", "gb", "+442079460018"),
        ("+44 (0)20 7946 0018", "US", "+442079460018"),
        ("0044 20 7946 0018", "DE", "+442079460018"),
        ("0044 20 7946 0018", None, "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("030/1234567", "DE", "+49301234567"),
        ("(201) 555-0123", "US", "+12015550123"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("tel:+49301234567", None, "+49301234567"),
        ("sip:+442079460018@office.example;transport=udp", "DE", "+442079460018"),
        ("０３０ １２３４５６７", "DE", "+49301234567"),
    ],
)
def test_a_valid_number_gets_e164_and_keeps_its_raw_text(raw: str, region: str | None, e164: str) -> None:
    assert recognise(raw, region) == Number(raw, e164)


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("112", "DE"),
        ("911", "US"),
        ("110", "DE"),
        ("116117", "DE"),
        ("204", "GB"),
        ("70123", "DE"),
        ("301234567", "DE"),  # without its 0 it may be anything
        ("020 7946 0018", None),
        ("+44 20 7946 0018 ext 12", "GB"),
        ("1-800-FLOWERS", "US"),
        ("*31#0301234567", "DE"),
        ("anonymous", "DE"),
        ("", "DE"),
        ("+", None),
        ("030 1234567", "no such region"),
        ("9" * 100_000, "DE"),
    ],
)
def test_all_else_stays_untouched(raw: str, region: str | None) -> None:
    assert recognise(raw, region) == Number(raw, None)
    assert group(raw, region) == ""


@pytest.mark.parametrize(
    ("raw", "region", "grouped"),
    [
        ("02079460018", "GB", "020 7946 0018"),
        ("+442079460018", "DE", "+44 20 7946 0018"),
        ("0123456789", "FR", "01 23 45 67 89"),
        ("2015550123", "US", "(201) 555-0123"),
    ],
)
def test_grouped_as_its_country_writes_it(raw: str, region: str, grouped: str) -> None:
    assert group(raw, region) == grouped


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("020 7946-0018", "2079460018"),
        ("(020) 7946/0018", "2079460018"),
        ("+44 (0) 20 7946 0018", "442079460018"),
        ("+44 (0)20 7946 0018", "442079460018"),
        ("0044.20.7946.0018", "442079460018"),
        ("+44 20 7946 0018 ext. 12", "442079460018x12"),
        ("+44 20 7946 0018 x12", "442079460018x12"),
        ("112", "112"),
        ("0204", "0204"),
        ("204", "204"),
        ("*100#", "*100#"),
        ("020 7946 0018 (office)", "2079460018"),
        ("anonymous", ""),
        ("room 12", ""),
        ("", ""),
        ("+", ""),
    ],
)
def test_match_key(raw: str, key: str) -> None:
    assert match_key(raw) == key


def test_one_number_in_two_ways_of_writing() -> None:
    ways = ["+44 20 7946 0018", "0044 20 7946 0018", "(020) 7946 0018", "020/79460018"]
    numbers = [recognise(way, "GB") for way in ways]
    assert all(same(one, other) for one in numbers for other in numbers)


def test_numbers_that_are_not_one() -> None:
    assert not same(recognise("020 7946 0018", "GB"), recognise("020 7946 0019", "GB"))
    assert not same(recognise("112"), recognise("0112"))
    assert not same(recognise("anonymous"), recognise("anonymous"))
    # the same digits, valid in two countries
    assert not same(recognise("030 1234567", "DE"), Number("030 1234567", "+41301234567"))
    assert not same(recognise("+44 20 7946 0018 x12"), recognise("+44 20 7946 0018 x13"))


def test_without_a_region_the_digits_decide() -> None:
    assert same(recognise("020 7946 0018"), recognise("(020) 7946-0018"))
    assert same(recognise("020 7946 0018"), recognise("020 7946 0018", "GB"))


@given(st.text(max_size=80) | DIALLED, st.sampled_from([None, "DE", "GB", "US", "IT", "ZZ", ""]))
def test_any_text_is_taken(raw: str, region: str | None) -> None:
    number = recognise(raw, region)
    assert number.raw == raw
    assert number.e164 is None or (
        number.e164[0] == "+" and number.e164[1:].isascii() and number.e164[1:].isdigit()
    )
    assert bool(group(raw, region)) == (number.e164 is not None)
    assert same(number, number) == bool(number.e164 or match_key(raw))


@given(st.integers(min_value=100_000, max_value=10**12), st.lists(st.sampled_from(" -/."), max_size=6))
def test_the_way_of_writing_does_not_change_the_key(digits: int, signs: list[str]) -> None:
    written = str(digits)
    for place, sign in enumerate(signs):
        written = written[: place * 2 + 1] + sign + written[place * 2 + 1 :]
    assert match_key(f" +{written}") == match_key(f"00{written}") == match_key(str(digits)) == str(digits)


def test_the_library_is_not_loaded_before_it_is_needed_and_its_heavy_data_never() -> None:
    code = (
        "import sys\n"
        "import companion.core.phone as phone\n"
        "assert 'phonenumbers' not in sys.modules\n"
        "phone.match_key('020 7946 0018'); phone.recognise('112', 'DE')\n"
        "assert 'phonenumbers' not in sys.modules\n"
        "assert phone.recognise('020 7946 0018', 'GB').e164\n"
        "heavy = [m for m in sys.modules if m.startswith('phonenumbers.') "
        "and any(part in m for part in ('geodata', 'geocoder', 'carrier', 'timezone', 'tzdata'))]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
