"""Bars: too few cases are never drawn, every word is there for eyes and ears, and nothing is drawn outside."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.bars import Bars
from companion.ui.widgets.bartable import BarTable
from companion.ui.widgets.onebar import Bar, said

SIX = Bar("Billing", "12 cases", "12", 6, "6", 4, 7.5, "4 to 7.5")
FEW = Bar("Returns", "3 cases: too few to draw", "3")
NONE = Bar("Other day", "no cases", "0")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


def chart(qtbot: QtBot, theme: Theme, bars: list[Bar], width: int = 600, standing: bool = False) -> Bars:
    made = Bars(theme, "Reason", standing=standing, captions=("hour", "cases") if standing else ("", ""))
    qtbot.addWidget(made)
    made.set_bars(bars)
    made.resize(width, made.heightForWidth(width))
    return made


def count(bars: Bars, theme: Theme, token: str) -> int:
    """Pixels in the colour of a token."""
    image: QImage = bars.grab().toImage()
    wanted = QColor(theme.color(token)).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("standing", [False, True])
@pytest.mark.parametrize("width", [300, 600])
def test_too_few_cases_are_not_drawn(qtbot: QtBot, theme: Theme, standing: bool, width: int) -> None:
    assert count(chart(qtbot, theme, [FEW, NONE], width, standing), theme, "accent") == 0
    assert count(chart(qtbot, theme, [SIX], width, standing), theme, "accent") > 100


@pytest.mark.parametrize("standing", [False, True])
def test_a_larger_value_is_a_larger_bar(qtbot: QtBot, theme: Theme, standing: bool) -> None:
    areas = [
        count(
            chart(qtbot, theme, [SIX._replace(value=v, low=None, high=None)], 600, standing), theme, "accent"
        )
        for v in (0, 3, 6, 10)
    ]
    assert areas == sorted(set(areas))


@pytest.mark.parametrize("standing", [False, True])
def test_few_and_none_look_different(qtbot: QtBot, theme: Theme, standing: bool) -> None:
    few = chart(qtbot, theme, [FEW._replace(label="", note="", number="3")], 600, standing)
    none = chart(qtbot, theme, [FEW._replace(label="", note="", number="0")], 600, standing)
    assert count(few, theme, "border_strong") > count(none, theme, "border_strong")


def test_neither_red_nor_green_nor_a_second_accent(qtbot: QtBot, theme: Theme) -> None:
    made = chart(qtbot, theme, [SIX, FEW, SIX._replace(value=10)])
    for token in ("error", "warn", "error_soft", "warn_soft"):
        assert count(made, theme, token) == 0


def test_standing_bars_lie_down_where_their_words_do_not_fit(
    qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    hours = [SIX._replace(label=str(hour)) for hour in range(8, 20)]
    made = chart(qtbot, theme, hours, 600, standing=True)
    assert made.stands(600)
    assert not made.stands(200)
    assert made.heightForWidth(200) > made.heightForWidth(600)
    theme.apply(qapp, "light", 2.0)
    assert not made.stands(500)


def test_the_description_says_what_is_drawn(qtbot: QtBot, theme: Theme) -> None:
    made = chart(qtbot, theme, [SIX, FEW])
    assert made.accessibleName() == "Reason"
    assert made.accessibleDescription() == (
        "Billing, 6, 4 to 7.5, 12 cases; Returns, 3 cases: too few to draw"
    )


@pytest.mark.parametrize(("width", "standing"), [(600, False), (300, False), (600, True)])
def test_a_point_leads_to_its_bar(qtbot: QtBot, theme: Theme, width: int, standing: bool) -> None:
    made = chart(qtbot, theme, [SIX, FEW, NONE], width, standing)
    if standing:
        assert made.bar_at(QPoint(width - 5, 40)) == NONE
        assert made.bar_at(QPoint(2, 40)) is None
    else:
        assert made.bar_at(QPoint(10, made.height() // 2)) == FEW
        assert made.bar_at(QPoint(10, made.height() + 5)) is None


def test_markup_in_a_name_stays_text_in_the_tool_tip(qtbot: QtBot, theme: Theme) -> None:
    made = chart(qtbot, theme, [SIX._replace(label="<b>loud</b>")])
    with qtbot.waitExposed(made):
        made.show()
    qtbot.mouseMove(made, QPoint(20, 10))
    assert "&lt;b&gt;loud&lt;/b&gt;, 6" in made.toolTip()


def test_the_same_bars_change_nothing(qtbot: QtBot, theme: Theme) -> None:
    made = chart(qtbot, theme, [SIX])
    before = made.bars()
    made.set_bars([SIX])
    assert made.bars() is before


@pytest.mark.parametrize("width", [1, 60, 300, 2000])
@pytest.mark.parametrize("standing", [False, True])
def test_hostile_words_and_sizes_are_painted(qtbot: QtBot, theme: Theme, width: int, standing: bool) -> None:
    bars = [SIX._replace(label="x" * 5000), FEW._replace(label="\u202e\n<b>\0"), NONE._replace(label="")]
    made = chart(qtbot, theme, bars, width, standing)
    assert not made.grab().isNull()


# -- the table
def test_the_table_has_the_same_words(qtbot: QtBot, theme: Theme) -> None:
    table = BarTable(theme, "Reason", ("Reason", "Cases", "Median", "Middle half"), "too few")
    qtbot.addWidget(table)
    table.set_bars([SIX, FEW, NONE])
    rows = [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]
    dash = "\N{EN DASH}"
    assert rows == [
        ["Billing", "12", "6", "4 to 7.5"],
        ["Returns", "3", "too few", dash],
        ["Other day", "0", dash, dash],
    ]
    assert table.accessibleName() == "Reason"


def test_the_table_cannot_be_edited_and_is_as_high_as_its_rows(qtbot: QtBot, theme: Theme) -> None:
    table = BarTable(theme, "Reason", ("Reason", "Cases", "Median", "Middle half"), "too few")
    qtbot.addWidget(table)
    table.set_bars([SIX] * 7)
    table.resize(500, table.sizeHint().height())
    table.show()
    last = table.visualItemRect(table.item(6, 0))
    assert table.viewport().rect().contains(last)
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.state() == BarTable.State.NoState


def test_said_leaves_nothing_empty(theme: Theme) -> None:
    assert said(NONE) == "Other day, no cases"
