"""Emergency numbers: the ones everybody knows, all of them sound, and checked against a library's own list."""

import phonenumbers
import pytest

from companion.core.emergency import TERRITORIES, Number, numbers, places, territory

EU = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
# True, and not (yet) in the library's list: Serbia's three, Peru's SAMU, Sri Lanka's ambulance, Saudi Arabia's
# fire brigade, Nigeria's common number.
NEWER = {
    *(
        ("RS", "192"),
        ("RS", "193"),
        ("RS", "194"),
        ("PE", "106"),
        ("LK", "1990"),
        ("SA", "998"),
        ("NG", "112"),
    ),
}


@pytest.mark.parametrize("code", [*EU, "IS", "LI", "NO", "CH"])
def test_112_holds_in_the_union_and_around_it(code: str) -> None:
    assert "112" in [number.number for number in numbers(code)]


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("GB", ["999", "112"]),
        ("IE", ["999", "112"]),
        ("US", ["911"]),
        ("CA", ["911"]),
        ("MX", ["911"]),
        ("AU", ["000", "112"]),
        ("NZ", ["111"]),
        ("JP", ["110", "119"]),
        ("CN", ["110", "120", "119"]),
        ("KR", ["112", "119"]),
        ("BR", ["190", "192", "193"]),
        ("ZA", ["112", "10111", "10177"]),
    ],
)
def test_the_numbers_of_countries(code: str, wanted: list[str]) -> None:
    assert [number.number for number in numbers(code)] == wanted


def test_india_begins_with_its_common_number() -> None:
    assert numbers("IN")[0] == Number("112", "all")


def test_what_a_number_is_for() -> None:
    assert numbers("DE") == (Number("112", "rescue"), Number("110", "police"))
    assert numbers("JP") == (Number("110", "police"), Number("119", "rescue"))


@pytest.mark.parametrize("code", TERRITORIES)
def test_every_number_is_one_that_can_be_dialled(code: str) -> None:
    found = numbers(code)
    assert found
    assert len(code) == 2 and code.isascii() and code.isupper()
    assert len({number.number for number in found}) == len(found)
    for number in found:
        assert number.number.isascii() and number.number.isdecimal() and 2 <= len(number.number) <= 5
        assert number.use in ("all", "police", "ambulance", "fire", "rescue")


@pytest.mark.parametrize("code", TERRITORIES)
def test_a_library_knows_every_number_as_one_for_emergencies(code: str) -> None:
    unknown = {n.number for n in numbers(code) if not phonenumbers.is_emergency_number(n.number, code)}
    assert {(code, number) for number in unknown} == {pair for pair in NEWER if pair[0] == code}


def test_codes_are_taken_as_people_write_them() -> None:
    assert territory(" uk ") == "GB"
    assert numbers("el") == numbers("GR")
    assert numbers("de") == numbers("DE")


@pytest.mark.parametrize("code", ["", "ZZ", "Germany", "1", "D\u0130", "AQ"])
def test_an_unknown_country_has_none(code: str) -> None:
    assert territory(code) == ""
    assert numbers(code) == ()


@pytest.mark.parametrize(
    ("chosen", "region", "zone", "wanted"),
    [
        ("GB", "US", "DE", ("GB",)),
        ("", "DE", "DE", ("DE",)),
        ("", "US", "DE", ("US", "DE")),
        ("", "", "JP", ("JP",)),
        ("", "NZ", "", ("NZ",)),
        ("", "ZZ", "", ()),
        ("??", "", "FR", ("FR",)),
    ],
)
def test_which_countries_are_shown(chosen: str, region: str, zone: str, wanted: tuple[str, ...]) -> None:
    assert places(chosen, region, zone) == wanted
