"""What unfolds comes into sight: all of it, or its top; once, without the focus, and not against whoever scrolls."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.unfold import SCROLL_MS, unfold, unfolding


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.apply(qapp, "light", 1.0)
    return theme


class Page(QWidget):
    """A field, a long stretch, something folded, a stretch."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.field = QLineEdit(self)
        self.above, self.folded, self.below = QWidget(self), QWidget(self), QWidget(self)
        for widget, high in ((self.field, 30), (self.above, 250), (self.folded, 120), (self.below, 400)):
            widget.setFixedHeight(high)
            self.column.addWidget(widget)
        self.folded.hide()

    def fit(self, width: int) -> None: ...


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> Page:
    page = Page()
    area = PageScroll(page, page)
    page.area = area  # type: ignore[attr-defined]
    qtbot.addWidget(area)
    area.resize(400, 320)
    with qtbot.waitExposed(area):
        area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    page.field.setFocus()
    return page


@pytest.fixture
def arrived(qtbot: QtBot, page: Page) -> Callable[[], None]:
    """Waits until the page stands still."""
    return lambda: qtbot.waitUntil(lambda: not unfolding(page.folded))


def seen(page: Page, widget: QWidget) -> tuple[int, int]:
    """Upper and lower edge of a widget in what is seen of the page."""
    top = widget.mapTo(page.area.viewport(), QPoint(0, 0)).y()  # type: ignore[attr-defined]
    return top, top + widget.height()


def bar(page: Page) -> int:
    return page.area.verticalScrollBar().value()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("still", [False, True])
def test_the_whole_of_it_comes_into_sight_and_the_keyboard_stays(
    page: Page, theme: Theme, arrived: Callable[[], None], still: bool
) -> None:
    page.folded.show()
    unfold(page.folded, theme, still)
    assert bar(page) == 0  # not before it is laid out
    arrived()
    top, bottom = seen(page, page.folded)
    assert top >= 0 and bottom + theme.px(12) == page.area.viewport().height()  # type: ignore[attr-defined]
    assert QApplication.focusWidget() is page.field


def test_its_top_where_there_is_no_room_for_all_of_it(
    page: Page, theme: Theme, arrived: Callable[[], None]
) -> None:
    page.folded.setFixedHeight(900)
    page.folded.show()
    unfold(page.folded, theme)
    arrived()
    assert seen(page, page.folded)[0] == theme.px(12)


def test_it_goes_there_step_by_step(
    page: Page, theme: Theme, qtbot: QtBot, arrived: Callable[[], None]
) -> None:
    page.folded.setFixedHeight(900)
    page.folded.show()
    unfold(page.folded, theme)
    way = page.folded.findChild(QVariantAnimation)
    assert way is not None
    qtbot.waitUntil(lambda: way.state() == QVariantAnimation.State.Running)
    way.pause()
    stops = []
    for part in range(4):
        way.setCurrentTime(SCROLL_MS * part // 4)
        stops.append(bar(page))
    way.resume()
    arrived()
    assert sorted({*stops, bar(page)}) == [*stops, bar(page)]


def test_nothing_moves_for_what_is_in_sight(page: Page, theme: Theme, arrived: Callable[[], None]) -> None:
    page.above.setFixedHeight(20)
    page.folded.show()
    unfold(page.folded, theme)
    arrived()
    assert bar(page) == 0


def test_one_that_was_scrolled_past_comes_down_again(
    page: Page, theme: Theme, arrived: Callable[[], None]
) -> None:
    page.folded.show()
    QApplication.processEvents()
    page.area.verticalScrollBar().setValue(10_000)  # type: ignore[attr-defined]
    assert seen(page, page.folded)[0] < 0
    unfold(page.folded, theme)
    arrived()
    assert seen(page, page.folded)[0] == theme.px(12)


def test_whoever_scrolls_meanwhile_is_left_alone(page: Page, theme: Theme, qtbot: QtBot) -> None:
    page.folded.setFixedHeight(900)
    page.folded.show()
    with qtbot.waitSignal(page.area.verticalScrollBar().valueChanged):  # type: ignore[attr-defined]
        unfold(page.folded, theme)
    page.area.verticalScrollBar().setValue(3)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not unfolding(page.folded))
    assert bar(page) == 3


def test_what_grows_meanwhile_is_reckoned_with(
    page: Page, theme: Theme, qtbot: QtBot, arrived: Callable[[], None]
) -> None:
    page.folded.show()
    with qtbot.waitSignal(page.area.verticalScrollBar().valueChanged):  # type: ignore[attr-defined]
        unfold(page.folded, theme)
    page.folded.setFixedHeight(200)
    arrived()
    assert seen(page, page.folded)[1] <= page.area.viewport().height()  # type: ignore[attr-defined]


def test_one_that_goes_again_at_once_or_does_not_scroll(page: Page, theme: Theme, qtbot: QtBot) -> None:
    page.folded.show()
    unfold(page.folded, theme)
    page.folded.hide()
    qtbot.waitUntil(lambda: not unfolding(page.folded))
    page.folded.show()
    unfold(page.folded, theme)
    page.folded.deleteLater()
    with qtbot.waitSignal(page.folded.destroyed):
        pass
    alone = QLabel("x")
    qtbot.addWidget(alone)
    unfold(alone, theme)
    assert not unfolding(alone) and bar(page) == 0


def test_what_stands_in_it_is_brought_along(page: Page, theme: Theme, arrived: Callable[[], None]) -> None:
    inner = QLineEdit(page.folded)
    page.folded.show()
    unfold(page.folded, theme)
    assert unfolding(inner) and not unfolding(page.field)
    inner.setFocus(Qt.FocusReason.OtherFocusReason)
    assert bar(page) == 0
    arrived()
    assert QApplication.focusWidget() is inner
