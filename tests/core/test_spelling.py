"""Read-back: digits in groups, letters spelled, everything else shown as it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.playbook import parse_alphabets
from companion.core.spelling import LONGEST, Alphabet, ReadBack, chunks, read_back, spell
from companion.resources import resource

ALPHABETS = parse_alphabets(resource("playbooks", "en", "spelling.toml").read_text(encoding="utf-8"))
ICAO = ALPHABETS["icao"]
DIN = ALPHABETS["din5009"]


@pytest.mark.parametrize(
    ("typed", "kind", "spoken"),
    [
        ("Mann", "text", "M-ike A-lfa N-ovember N-ovember"),
        ("Maria X", "text", "M-ike A-lfa R-omeo I-ndia A-lfa · X-ray"),
        ("a.b-7@x.uk", "email", "A-lfa dot B-ravo dash 7 at X-ray dot U-niform K-ilo"),
        ("José", "text", "J-uliett O-scar S-ierra E-cho with accent"),
        ("Jose\u0301", "text", "J-uliett O-scar S-ierra E-cho with accent"),
        ("AB12345", "text", "A-lfa B-ravo 123 45"),
        ("4711", "number", "4711"),
        ("4711-2024", "number", "4711 · 2024"),
        ("1234567", "number", "123 · 4567"),
        ("12345678", "number", "1234 · 5678"),
        ("+491234567", "number", "+491 · 234 · 567"),
        ("", "", ""),
        (" \n ", "", ""),
        ("<b>", "text", "< B-ravo >"),
        ("שלום", "text", "שלום"),
        ("👩\u200d🚀", "text", "👩\u200d🚀"),
        ("a\0b", "text", "A-lfa � B-ravo"),
        ("()", "text", "open bracket close bracket"),
    ],
)
def test_icao(typed: str, kind: str, spoken: str) -> None:
    assert read_back(typed, ICAO) == ReadBack(kind, spoken)


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("Mann", "M-ünchen A-achen N-ürnberg N-ürnberg"),
        ("Öß", "Ö (Umlaut Offenbach) ß (Eszett)"),
        ("üä", "Ü (Umlaut Unna) Ä (Umlaut Aachen)"),
        ("a@y.de", "A-achen at Y-psilon Punkt D-üsseldorf E-ssen"),
    ],
)
def test_din_5009(typed: str, spoken: str) -> None:
    assert read_back(typed, DIN).text == spoken


def test_the_tables_are_whole() -> None:
    assert [ICAO.letters[letter] for letter in "AJXZ"] == ["Alfa", "Juliett", "X-ray", "Zulu"]
    towns = (
        "Aachen Berlin Chemnitz Düsseldorf Essen Frankfurt Goslar Hamburg Ingelheim Jena Köln Leipzig München"
    )
    towns += (
        " Nürnberg Offenbach Potsdam Quickborn Rostock Salzwedel Tübingen Unna Völklingen Wuppertal Xanten"
    )
    towns += " Ypsilon Zwickau"
    assert [DIN.letters[chr(ord("A") + place)] for place in range(26)] == towns.split()
    for alphabet in (ICAO, DIN):
        assert all(word[0] == letter for letter, word in alphabet.letters.items() if letter.isascii())
        assert all(sign in alphabet.signs for sign in "@.-_+")


def test_a_number_comes_in_the_groups_of_the_grouper() -> None:
    assert read_back("02079460018", ICAO, lambda _: "020 7946 0018").text == "020 · 7946 · 0018"
    assert read_back("+442079460018", ICAO, lambda _: "+44 20 7946 0018").text == "+44 · 20 · 7946 · 0018"
    assert read_back("2015550123", ICAO, lambda _: "(201) 555-0123").text == "201 · 555 · 0123"
    assert read_back("4711 2024", ICAO, lambda _: "").text == "4711 · 2024"


def test_words_are_no_business_of_the_grouper() -> None:
    def refuse(text: str) -> str:
        raise AssertionError(text)

    assert read_back("a1@b.de", ICAO, refuse).kind == "email"
    assert read_back("12 Mill Lane", ICAO, refuse).kind == "text"


def test_a_long_text_is_cut_and_says_so() -> None:
    answer = read_back("é" * 100_000, ICAO)
    assert answer.cut
    assert answer.text.count("E-cho") == LONGEST
    assert answer.text.endswith(" …")
    assert read_back("a" * LONGEST, ICAO).cut is False
    assert read_back("a" * LONGEST + "   ", ICAO).cut is False
    assert read_back("a" * (LONGEST + 1), ICAO).cut is True
    assert read_back("1" * 100_000, ICAO).cut is True
    assert read_back("u\u0308\u0304" * 300, ICAO).cut is True
    assert read_back(" " * 1000 + "b", ICAO) == ReadBack("text", "B-ravo")


def test_without_an_alphabet_the_letters_stay() -> None:
    assert spell("ab1", Alphabet("", "", "", {}, {})) == "a b 1"


@given(st.text(alphabet="0123456789", min_size=1, max_size=40))
def test_chunks_keep_every_digit_in_readable_groups(digits: str) -> None:
    groups = chunks(digits)
    assert "".join(groups) == digits
    assert all(len(part) in (2, 3, 4) for part in groups) or len(digits) == 1


@given(st.text(max_size=300), st.sampled_from([ICAO, DIN]))
def test_any_text_is_read_back(text: str, alphabet: Alphabet) -> None:
    answer = read_back(text, alphabet)
    assert (answer.kind == "") == (not text.strip())
    assert answer.text.endswith("…") or not answer.cut


@given(st.text(alphabet="0123456789 +-/()", min_size=1, max_size=40))
def test_no_digit_of_a_number_is_lost(text: str) -> None:
    said = read_back(text, ICAO).text
    assert re.sub(r"\D", "", said) == re.sub(r"\D", "", text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=40))
def test_every_letter_of_a_word_has_its_word(text: str) -> None:
    said = read_back(text, ICAO).text.split(" ")
    assert [word[0] for word in said] == list(text.upper())
