"""The free place over a window: nothing covered where that can be, else the least, and never what must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from companion.ui.widgets.freeplace import ACTS, MATTERS, Thing, counts, free_place, things

ROOM = QRect(100, 0, 600, 400)
SIZE = QSize(200, 50)


def covered(at: QRect, seen: list[Thing]) -> int:
    boxes = ((QRect(t.left, t.top, t.right - t.left, t.bottom - t.top) & at, t.weight) for t in seen)
    return sum(box.width() * box.height() * weight for box, weight in boxes if not box.isEmpty())


def test_at_the_foot_in_the_middle_where_nothing_is() -> None:
    assert free_place(SIZE, ROOM, []).toTuple() == (300, 350)


def test_beside_what_stands_at_the_foot() -> None:
    assert free_place(SIZE, ROOM, [Thing(100, 350, 480, 400)]).toTuple() == (500, 350)
    assert free_place(SIZE, ROOM, [Thing(320, 350, 700, 400)]).toTuple() == (100, 350)


def test_above_what_stands_across_the_foot() -> None:
    at = free_place(SIZE, ROOM, [Thing(100, 360, 700, 400)])
    assert at.x() == 300 and 300 <= at.y() <= 310


def test_what_must_not_be_covered_is_not_where_all_is_full() -> None:
    everything = [Thing(100, y, 700, y + 50) for y in range(0, 400, 50)]
    at = free_place(SIZE, ROOM, [*everything, Thing(100, 250, 700, 400, MATTERS)])
    assert at.y() + 50 <= 250


EDGES = st.tuples(st.integers(0, 700), st.integers(0, 400), st.integers(1, 300), st.integers(1, 200))


@given(st.lists(EDGES, max_size=8), st.integers(1, 700), st.integers(1, 500))
def test_within_the_room_and_never_worse_than_the_foot(
    boxes: list[tuple[int, int, int, int]], wide: int, high: int
) -> None:
    seen = [Thing(x, y, x + w, y + h, 1 + x % 3) for x, y, w, h in boxes]
    at = QRect(free_place(QSize(wide, high), ROOM, seen), QSize(wide, high))
    if wide <= ROOM.width() and high <= ROOM.height():
        assert ROOM.contains(at)
    foot = QRect(100 + max(0, 600 - wide) // 2, 400 - high, wide, high)
    assert covered(at, seen) <= covered(foot, seen)


@pytest.fixture
def host(qtbot: QtBot, qapp: QApplication) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(400, 300)
    return host


def test_what_is_seen_of_a_window(host: QWidget, qtbot: QtBot) -> None:
    box = QWidget(host)  # a container shows nothing of its own
    box.setGeometry(10, 10, 300, 100)
    wide = QLabel("ab", box)
    wide.setGeometry(0, 0, 300, 20)
    button = QPushButton("x", box)
    button.setGeometry(0, 40, 50, 20)
    text = QPlainTextEdit(box)
    text.setGeometry(60, 40, 90, 40)
    hidden = QLabel("x", box)
    hidden.hide()
    word = QLabel("over all of it", host)
    word.setGeometry(0, 0, 400, 300)
    with qtbot.waitExposed(host):
        host.show()
    found = things(host, word)
    for one in (button, text):  # a style may make them higher than they were told to be
        at = one.geometry().translated(10, 10)
        assert Thing(at.left(), at.top(), at.right() + 1, min(at.bottom() + 1, 110), ACTS) in found
    (line,) = [one for one in found if one.weight == 1]
    assert (line.left, line.top) == (10, 10) and line.right == 10 + wide.sizeHint().width() < 310
    assert len(found) == 3


def test_only_what_is_not_scrolled_away(host: QWidget, qtbot: QtBot) -> None:
    area, page = QScrollArea(host), QWidget()
    area.setGeometry(0, 0, 200, 100)
    page.resize(180, 400)
    first, last = QLineEdit(page), QLineEdit(page)
    first.setGeometry(0, 60, 100, 80)
    last.setGeometry(0, 300, 100, 30)
    area.setWidget(page)
    word = QLabel(host)
    with qtbot.waitExposed(host):
        host.show()
    (found,) = things(host, word)
    assert found.top > 55 and found.bottom <= 100  # as much of the first as is seen, nothing of the last


def test_the_focus_counts_more_but_not_where_a_whole_page_has_it(host: QWidget, qtbot: QtBot) -> None:
    page = QWidget(host)
    page.setGeometry(0, 0, 400, 300)
    field, other = QLineEdit(page), QLineEdit(page)
    field.setGeometry(0, 0, 100, 30)
    other.setGeometry(0, 100, 100, 30)
    with qtbot.waitExposed(host):
        host.show()
    word = QLabel(host)
    assert [one.weight for one in things(host, word, (field, None))] == [MATTERS, ACTS]
    assert [one.weight for one in things(host, word, (page,))] == [ACTS, ACTS]
    assert counts(field, host) and not counts(page, host)
