"""The four states of a slot look different to an eye that sees no colour; letters stand in each block."""

from datetime import date
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from companion.core.days import day_named
from companion.core.spans import Span
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.grid_model import Sheet
from companion.ui.pages.time.grid_paint import GridPainter
from companion.ui.pages.time.grid_part import Chosen, Measures
from companion.ui.pages.time.grid_texts import Texts
from companion.ui.theme.theme import Theme
from tests.timetree import tree

STATES = ("filled", "confirmed", "proposed")
WIDE, HIGH = 60, 24
NOTHING = Chosen()


def painted(theme: Theme, spans: list[Span], now: int = 0, chosen: Chosen = NOTHING) -> QImage:
    day = day_named(date(2026, 11, 20), ZoneInfo("Europe/Berlin"))
    sheet = Sheet(day, ZoneInfo("Europe/Berlin"))
    looks = Looks(theme)
    looks.set_tree(tree())
    wide, high = theme.px(WIDE), theme.px(HIGH)
    image = QImage(12 * wide + 1, 24 * high + 1, QImage.Format.Format_RGB32)
    image.fill(theme.color("window"))
    at = Measures(tuple(i * wide for i in range(13)), tuple(i * high for i in range(25)))
    painter = QPainter(image)
    moved = [span._replace(start=day.start + span.start, end=day.start + span.end) for span in spans]
    GridPainter(theme, looks, Texts(theme)).paint(
        painter, sheet, at, sheet.segments(moved), [], chosen, True, day.start + now
    )
    painter.end()
    return image


def greys(theme: Theme, image: QImage, row: int) -> list[int]:
    """The lightness of the pixels within the fourth to sixth cell of a row, at the right of all letters."""
    wide, high = theme.px(WIDE), theme.px(HIGH)
    return [
        QColor(image.pixel(x, y)).lightness()
        for y in range(row * high + theme.px(5), row * high + theme.px(15))
        for x in range(3 * wide, 6 * wide - theme.px(8))
    ]


def texture(values: list[int]) -> float:
    """How many neighbours differ: a measure of pattern that knows no colour and no lightness."""
    return sum(abs(a - b) > 6 for a, b in pairwise(values)) / len(values)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("category", [one.id for one in tree().children()])
def test_four_states_four_grounds(
    qapp: QApplication, theme: Theme, mode: str, scale: float, category: str
) -> None:
    theme.apply(qapp, mode, scale)  # type: ignore[arg-type]
    spans = [Span(i * 3600, i * 3600 + 1800, category, state) for i, state in enumerate(STATES)]
    image = painted(theme, spans)
    found = {state: greys(theme, image, i) for i, state in enumerate(STATES)}
    found["open"] = greys(theme, image, 3)
    kinds = {state: texture(values) for state, values in found.items()}
    assert kinds["confirmed"] < 0.02, kinds
    assert kinds["filled"] > 0.1 and kinds["proposed"] > 0.05, kinds
    spread = {state: max(values) - min(values) for state, values in found.items()}
    assert spread["open"] >= 8 and spread["filled"] >= 20 and spread["proposed"] >= 20, spread
    for one, other in combinations(found, 2):
        same = sum(a == b for a, b in zip(found[one], found[other], strict=True)) / len(found[one])
        assert same < 0.9, (one, other)


def test_letters_stand_in_a_block_of_one_slot(theme: Theme) -> None:
    bare = painted(theme, [Span(0, 300, "work", "confirmed")])
    middle = [QColor(bare.pixel(x, y)) for y in range(4, 18) for x in range(4, 24)]
    ink = QColor("#ffffff")
    assert any(colour == ink or colour.lightness() > 230 for colour in middle)


def test_now_and_the_choice_are_marked(theme: Theme) -> None:
    plain = painted(theme, [])
    assert painted(theme, [], now=9 * 3600 + 130) != plain
    assert (
        painted(theme, [], chosen=Chosen(3, 20, 20)) != painted(theme, [], chosen=Chosen(20, 20, 20)) != plain
    )
