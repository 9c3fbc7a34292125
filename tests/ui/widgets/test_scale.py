"""The scale: nothing until it is touched, 0 is a value, ten by keys, and one stop for Tab."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.scale import Scale

KEY = Qt.Key


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


@pytest.fixture
def scale(qtbot: QtBot, theme: Theme) -> Scale:
    made = Scale(theme, "Stress before", None, "calm", "hard")
    qtbot.addWidget(made)
    made.resize(560, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def told(scale: Scale) -> list[object]:
    heard: list[object] = []
    scale.changed.connect(heard.append)
    return heard


def test_nothing_is_chosen_until_it_is_touched(scale: Scale) -> None:
    assert scale.value is None
    assert not any(box.isChecked() for box in scale.boxes)
    assert scale.accessibleName() == "Stress before"
    assert scale.accessibleDescription() == "nothing chosen. 0: calm, 10: hard"


def test_without_words_at_its_ends_only_the_choice_is_read_out(qtbot: QtBot, theme: Theme) -> None:
    bare = Scale(theme, "Strength")
    qtbot.addWidget(bare)
    assert bare.accessibleDescription() == "nothing chosen. 0 to 10"
    bare.set_value(3)
    assert bare.accessibleDescription() == "3 of 10"
    bare.set_value(None)
    assert bare.accessibleDescription() == "nothing chosen. 0 to 10"


def test_zero_is_a_value(scale: Scale) -> None:
    heard = told(scale)
    QTest.keyClicks(scale, "0")
    assert scale.value == 0
    assert scale.value is not None
    assert heard == [0]
    assert scale.boxes[0].isChecked()
    assert scale.accessibleDescription() == "0 of 10"


@pytest.mark.parametrize(
    ("keys", "value"),
    [("7", 7), ("1", 1), ("10", 10), ("100", 0), ("17", 7), ("170", 0), ("01", 1), ("010", 10), ("1010", 10)],
)
def test_digits(scale: Scale, keys: str, value: int) -> None:
    QTest.keyClicks(scale, keys)
    assert scale.value == value


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ([KEY.Key_Right], 0),
        ([KEY.Key_Left], 10),
        ([KEY.Key_Right, KEY.Key_Right], 1),
        ([KEY.Key_End, KEY.Key_Right], 10),
        ([KEY.Key_Home, KEY.Key_Left], 0),
        ([KEY.Key_End, KEY.Key_Down], 9),
        ([KEY.Key_5, KEY.Key_Backspace], None),
        ([KEY.Key_5, KEY.Key_Delete], None),
        ([KEY.Key_1, KEY.Key_Right, KEY.Key_0], 0),
    ],
)
def test_keys(scale: Scale, keys: list[Qt.Key], value: int | None) -> None:
    for key in keys:
        QTest.keyClick(scale, key)
    assert scale.value == value


def test_a_click_chooses_and_takes_back(qtbot: QtBot, scale: Scale) -> None:
    heard = told(scale)
    qtbot.mouseClick(scale.boxes[4], Qt.MouseButton.LeftButton)
    assert scale.value == 4
    qtbot.mouseClick(scale.boxes[6], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(scale.boxes[6], Qt.MouseButton.LeftButton)
    assert scale.value is None
    assert heard == [4, 6, None]


def test_what_is_shown_is_not_announced(scale: Scale) -> None:
    heard = told(scale)
    scale.set_value(9)
    assert scale.value == 9
    assert heard == []
    for wrong in (-1, 11):
        with pytest.raises(ValueError):
            scale.set_value(wrong)
    QTest.keyClicks(scale, "1")
    scale.set_value(3)
    QTest.keyClicks(scale, "0")
    assert scale.value == 0  # another entry in between: this 0 belongs to no 1


def test_other_keys_go_on_to_the_form(scale: Scale) -> None:
    heard = told(scale)
    for key in (KEY.Key_Return, KEY.Key_A, KEY.Key_Escape):
        QTest.keyClick(scale, key)
    QTest.keyClick(scale, KEY.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert heard == []


def test_one_stop_for_tab_and_a_name_for_each_number(scale: Scale) -> None:
    assert scale.focusPolicy() == Qt.FocusPolicy.StrongFocus
    for n, box in enumerate(scale.boxes):
        assert box.focusPolicy() == Qt.FocusPolicy.NoFocus
        face = QAccessible.queryAccessibleInterface(box)
        assert face.text(QAccessible.Text.Name) == f"{n} of 10"


@pytest.mark.parametrize("size", [1.0, 2.0])
@pytest.mark.parametrize("width", [240, 560, 1200])
def test_all_numbers_are_in_sight(
    qtbot: QtBot, qapp: QApplication, theme: Theme, size: float, width: int
) -> None:
    theme.apply(qapp, "light", size)
    scale = Scale(theme, "Stress")
    qtbot.addWidget(scale)
    scale.resize(max(width, scale.minimumSizeHint().width()), scale.sizeHint().height())
    with qtbot.waitExposed(scale):
        scale.show()
    boxes = [box.geometry() for box in scale.boxes]
    assert boxes[0].left() >= 0
    assert boxes[-1].right() < scale.width()
    assert all(one.right() < other.left() for one, other in pairwise(boxes))
    assert all(box.width() >= scale.boxes[0].minimumSizeHint().width() - 1 for box in boxes)


def test_all_numbers_are_drawn_alike(scale: Scale) -> None:
    """No colour judges: every chosen number has the same ground."""
    grounds = set()
    for n, box in enumerate(scale.boxes):
        scale.set_value(n)
        image = box.grab().toImage()
        grounds.add(image.pixelColor(box.width() // 2, 4).name())
    assert len(grounds) == 1
