"""The heat map: five steps that read in both themes, a table for assistive tools, upright where it is narrow."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Mode, Theme
from companion.ui.widgets.heatmap import STEPS, Cell, HeatMap, HeatScale, contrast, step_of

DAYS = ("Mon", "Tue", "Wed")
HOURS = tuple(str(hour) for hour in range(24))


def cells(value: float = 0.5) -> list[list[Cell]]:
    return [[Cell(value, "30", f"{day} {hour}:00, 30 minutes") for hour in HOURS] for day in DAYS]


@pytest.fixture
def heat(qtbot: QtBot, theme: Theme) -> HeatMap:
    made = HeatMap(theme, "Hours")
    qtbot.addWidget(made)
    made.show_map(DAYS, HOURS, cells())
    made.resize(900, made.height())
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(
    ("value", "step"),
    [(0, 0), (0.001, 1), (0.19, 1), (0.2, 2), (0.5, 3), (0.79, 4), (0.8, 5), (1, 5), (1.5, 5)],
)
def test_a_value_has_one_of_five_steps_and_nothing_has_none(value: float, step: int) -> None:
    assert step_of(value) == step


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_numbers_read_on_every_step_and_each_step_differs_from_the_next(
    qapp: QApplication, theme: Theme, qtbot: QtBot, mode: Mode
) -> None:
    theme.apply(qapp, mode, 1.0)
    made = HeatMap(theme, "Hours")
    qtbot.addWidget(made)
    found = made.shades()
    assert len(found.grounds) == STEPS
    assert all(contrast(ink, ground) >= 4.5 for ink, ground in zip(found.inks, found.grounds, strict=True))
    assert all(contrast(one, other) > 1.15 for one, other in pairwise(found.grounds))


def test_each_cell_is_read_out_by_its_words(heat: HeatMap) -> None:
    index = heat.model_.index(1, 9)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Tue 9:00, 30 minutes"
    assert index.data() == "30"
    assert heat.accessibleName() == "Hours"


def test_arrow_keys_go_from_cell_to_cell(heat: HeatMap) -> None:
    heat.setCurrentIndex(heat.model_.index(0, 3))
    QTest.keyClick(heat, Qt.Key.Key_Right)
    QTest.keyClick(heat, Qt.Key.Key_Down)
    assert (heat.currentIndex().row(), heat.currentIndex().column()) == (1, 4)


def test_a_narrow_map_stands_upright_and_keeps_its_words(heat: HeatMap) -> None:
    assert not heat.is_upright()
    low = heat.height()
    heat.resize(240, heat.height())
    assert heat.is_upright()
    assert (heat.model_.rowCount(), heat.model_.columnCount()) == (24, 3)
    assert heat.model_.index(9, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Tue 9:00, 30 minutes"
    assert heat.height() > low
    heat.resize(900, heat.height())
    assert not heat.is_upright()
    assert heat.height() == low


def test_the_columns_take_up_the_whole_width(heat: HeatMap) -> None:
    width = heat.verticalHeader().width() + sum(heat.columnWidth(i) for i in range(24))
    assert width == 900


def test_another_map_keeps_the_place_of_the_keyboard(heat: HeatMap) -> None:
    heat.setCurrentIndex(heat.model_.index(2, 5))
    heat.show_map(DAYS, HOURS, cells(1.0))
    assert (heat.currentIndex().row(), heat.currentIndex().column()) == (2, 5)


def test_what_cannot_be_measured_is_told_from_nothing_by_a_pattern(heat: HeatMap) -> None:
    wanted = cells(0.0)
    wanted[0][0] = Cell(None, "", "Monday 0:00, not in this range")
    heat.show_map(DAYS, HOURS, wanted)
    picture = heat.viewport().grab().toImage()
    boxes = [heat.visualRect(heat.model_.index(0, i)).adjusted(3, 3, -3, -3) for i in (0, 1)]
    colours = [
        {picture.pixel(x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())}
        for box in boxes
    ]
    assert len(colours[1]) == 1
    assert len(colours[0]) > 1


def test_the_scale_has_room_for_its_words(heat: HeatMap, theme: Theme, qtbot: QtBot) -> None:
    scale = HeatScale(theme, heat, "a few", "all of it")
    qtbot.addWidget(scale)
    assert scale.sizeHint().width() > scale.fontMetrics().horizontalAdvance("a fewall of it")
