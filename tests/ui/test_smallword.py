"""The small word over a page that scrolls: it goes away from the field, and finds its place when the page is still."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.smallword import SmallWord
from companion.ui.theme.theme import Theme

FREE = QRect(0, 190, 380, 90)
"""Where nothing is on the page."""


class Window(QWidget):
    """A page three times as high as the window, full of words but for one gap, with a field far down."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.resize(400, 300)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.line = QWidget(self)
        self.line.setFixedHeight(0)
        column.addWidget(self.line)
        self.area, page = QScrollArea(self), QWidget()
        column.addWidget(self.area)
        page.resize(380, 900)
        for top, bottom in ((0, FREE.top()), (FREE.bottom(), 600), (640, 900)):
            words = QLabel("words " * 200, page)
            words.setWordWrap(True)
            words.setGeometry(0, top, 380, bottom - top)
        self.field = QLineEdit(page)
        self.field.setGeometry(0, 600, 380, 40)
        self.area.setWidget(page)
        self.word = SmallWord(theme, self.line)

    @property
    def seen(self) -> QRect:
        """Where the field stands in the window."""
        return QRect(self.field.mapTo(self, self.field.rect().topLeft()), self.field.size())


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Window:
    theme = Theme(qapp)
    theme.apply(qapp, "light", 1.0)
    window = Window(theme)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.word.show_notice("Kept.")
    window.word.place()
    QApplication.processEvents()
    return window


def test_it_stands_where_nothing_is(window: Window) -> None:
    assert FREE.contains(window.word.geometry())


def test_it_goes_away_from_the_field_and_back_when_the_page_stands_still(
    window: Window, qtbot: QtBot
) -> None:
    bar, word = window.area.verticalScrollBar(), window.word
    window.field.setFocus()
    went = False
    for at in range(200, 500, 10):
        bar.setValue(at)
        assert not word.geometry().intersects(window.seen), at
        went = went or not FREE.contains(word.geometry())
    assert went
    bar.setValue(0)
    assert not FREE.contains(word.geometry())  # it does not dance while the page moves
    qtbot.waitUntil(lambda: FREE.contains(word.geometry()))


def test_it_does_not_mind_what_is_scrolled_where_the_focus_is_elsewhere(window: Window) -> None:
    before = window.word.geometry()
    window.area.setFocus()
    for at in (100, 400, 600):
        window.area.verticalScrollBar().setValue(at)
    assert window.word.geometry() == before and not window.word._calm.isActive()


def test_hidden_it_asks_for_nothing(window: Window) -> None:
    window.word.hide()
    window.field.setFocus()
    window.area.verticalScrollBar().setValue(400)
    assert window.word.isHidden() and not window.word._calm.isActive()
    window.word.show_notice("Kept.")
    window.word.place()
    assert not window.word.geometry().intersects(window.seen)
