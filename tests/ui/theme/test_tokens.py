"""The tokens: what the files may hold, and that every pair in use can be told apart."""

import tomllib

import pytest

from companion.resources import resource
from companion.ui.theme.tokens import Tokens, load, parse

THEMES = ("light", "dark")
GROUNDS = ("window", "rail", "surface", "sunk", "hover", "accent_soft")

# Words on their grounds: 4.5 to 1 at least.
WORDS = [(word, ground) for word in ("text", "muted", "accent") for ground in GROUNDS] + [
    ("text", "warn_soft"),
    ("text", "error_soft"),
    ("warn", "warn_soft"),
    ("warn", "window"),
    ("warn", "surface"),
    ("error", "error_soft"),
    ("error", "window"),
    ("error", "surface"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_error", "error"),
    ("window", "text"),  # tool tips
]
# Parts of controls, icons and rings: 3 to 1 at least.
PARTS = [("border_strong", ground) for ground in GROUNDS] + [
    ("border_strong", "track"),
    ("accent", "track"),
    ("text", "track"),
    ("accent", "error_soft"),
    ("accent", "warn_soft"),
    ("warn", "window"),
    ("error", "window"),
]


def luminance(color: str) -> float:
    """Relative luminance as the WCAG defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_words_stand_out(name: str) -> None:
    tokens = load(resource("themes", f"{name}.toml"))._asdict()
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in WORDS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", THEMES)
def test_parts_of_controls_stand_out(name: str) -> None:
    tokens = load(resource("themes", f"{name}.toml"))._asdict()
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in PARTS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3.0} == {}


@pytest.mark.parametrize("name", THEMES)
def test_the_small_reader_agrees_with_toml(name: str) -> None:
    text = resource("themes", f"{name}.toml").read_text(encoding="utf-8")
    assert parse(text)._asdict() == tomllib.loads(text)


def whole(**other: str) -> str:
    values = dict.fromkeys(Tokens._fields, "#010203") | other
    return "\n".join(f'{name} = "{value}"' for name, value in values.items())


def test_a_whole_file_is_read() -> None:
    assert parse(whole(text="#a0b0c0")).text == "#a0b0c0"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (whole(text="red"), "line 8"),
        (whole() + '\nwindow = "#000000"', "given twice"),
        (whole() + '\nshadow = "#000000"', "shadow"),
        (whole().replace('window = "#010203"', ""), "missing window"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(text, "mine.toml")
