"""The category tree: what is shipped, what it promises, and colours that hold up for every kind of sight."""

import math
from itertools import combinations

import pytest

from companion.core.categories import (
    COLOURS,
    PATTERNS,
    Category,
    Tree,
    colours,
    contrast,
    folded,
    luminance,
    shipped,
)
from tests.timetree import palette, tree

# -- the shipped tree


def test_the_shipped_tree() -> None:
    assert [one.id for one in tree().usable()] == [
        "hygiene",
        "preparation",
        "travel",
        "technology",
        "work",
        "work/e-mails",
        "work/phone calls",
        "work/research",
        "work/design",
        "eating",
        "sleeping",
        "family",
        "exercise",
        "rest",
        "other",
    ]
    assert all(one.letter for one in tree().all)
    tops = [one.colour for one in tree().children()]
    assert len(set(tops)) == len(tops)
    for top in tree().children():
        patterns = [one.pattern for one in tree().children(top.id)]
        assert len(set(patterns)) == len(patterns) and 0 not in patterns


def test_other_words_are_each_for_one_category() -> None:
    words = [folded(word) for one in tree().all for word in (one.name, *one.also)]
    assert len(set(words)) == len(words)


def test_names_letters_and_colours_along_the_tree() -> None:
    assert tree().label("work/e-mails") == "Work / E-mails"
    assert tree().path("work/e-mails") == "work/e-mails"
    assert (tree().code("work"), tree().code("work/e-mails")) == ("W", "We")
    assert tree().colour("work/e-mails") == tree().colour("work") == tree().get("work").colour
    assert (tree().top("work/design"), tree().top("work")) == ("work", "work")
    assert tree().by_letter("W") == tree().get("work")
    assert tree().by_letter("p") == tree().get("preparation")
    assert tree().by_letter("p", "work") == tree().get("work/phone calls")
    assert tree().by_letter("z") is None


def test_an_id_that_nobody_knows_is_shown_by_itself() -> None:
    assert tree().shown("work/gone") == Category("work/gone", "gone")
    assert (tree().label("work/gone"), tree().top("work/gone"), tree().code("work/gone")) == (
        "gone",
        "work/gone",
        "",
    )
    assert "work/gone" not in tree() and not tree().is_archived("work/gone")


@pytest.mark.parametrize(
    "bad",
    [
        [Category("a", "A"), Category("b", "a")],
        [Category("a", "A", letter="x"), Category("b", "B", letter="x")],
        [Category("a", "A", parent="b")],
        [Category("a", "A"), Category("b", "B", parent="a"), Category("c", "C", parent="b")],
        [Category("a", "A", into="b")],
        [Category("a", "A", into="b"), Category("b", "B", into="a")],
        [Category("a", "A", colour=COLOURS)],
        [Category("a", "A", pattern=len(PATTERNS))],
        [Category("a", "A", into="b"), Category("b", "B"), Category("c", "C", parent="a")],
    ],
)
def test_a_tree_that_is_not_sound(bad: list[Category]) -> None:
    with pytest.raises(ValueError, match=r"category|letter|merge|colour"):
        Tree(bad).check()


def test_two_with_one_id() -> None:
    with pytest.raises(ValueError, match="one id"):
        Tree([Category("a", "A"), Category("a", "B")])


@pytest.mark.parametrize(
    "text",
    [
        "[[category]]\nname = 1\n",
        '[[category]]\nname = "A"\nalso = "b"\n',
        '[[category]]\nname = "A"\ncolour = 99\n',
    ],
)
def test_a_file_that_is_not_sound(text: str) -> None:
    with pytest.raises(ValueError, match=r"tree|texts|colour"):
        shipped(text)


def test_names_are_compared_small_and_without_accents_and_hyphens() -> None:
    assert folded("  É-Mails\u00a0 und  Mehr ") == "emails und mehr"


# -- colours

SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
"""How light in red, green, blue (linear) looks to eyes that lack one kind of cones: Machado et al., 2009, in full."""


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    """A colour in OKLab as a kind of sight sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SIGHTS[sight]
    )
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_colours_are_told_apart(sight: str) -> None:
    """A distance of 0.02 is just seen by eyes side by side; here it is five times that for each pair."""
    for one, other in combinations(palette().colours, 2):
        assert math.dist(seen(one, sight), seen(other, sight)) >= 0.1, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", ["#ffffff", "#f4f6f4", "#1a2120", "#111615"])
def test_a_filled_cell_is_told_from_the_ground_of_both_themes(sight: str, ground: str) -> None:
    for colour in palette().colours:
        assert math.dist(seen(colour, sight), seen(ground, sight)) >= 0.1, colour


def test_letters_are_readable_on_each_colour() -> None:
    for index, colour in enumerate(palette().colours):
        assert contrast(luminance(palette().ink(index)), luminance(colour)) >= 4.5


def test_the_file_of_colours_has_one_for_each_index() -> None:
    assert len(set(palette().colours)) == COLOURS
    with pytest.raises(ValueError, match="each index"):
        colours('colours = ["#000000"]\ndark_ink = "#000000"\nlight_ink = "#ffffff"\n')


def test_contrast_is_reckoned_as_everywhere() -> None:
    assert contrast(luminance("#ffffff"), luminance("#000000")) == pytest.approx(21)
    assert luminance("#808080") == pytest.approx(0.2159, abs=1e-4)
