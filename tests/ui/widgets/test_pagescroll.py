"""The page that scrolls: its width stays, its bar is seen at every text size and moves with the page."""

from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll


class Page(QWidget):
    """As high as it is told, and remembers the widths that it was offered."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []
        self.box = QWidget(self)
        QVBoxLayout(self).addWidget(self.box)

    def fit(self, width: int) -> None:
        self.widths.append(width)


def shown(qtbot: Any, high: int) -> tuple[PageScroll, Page]:
    page = Page()
    page.box.setMinimumHeight(high)
    scroll = PageScroll(page, page)
    qtbot.addWidget(scroll)
    scroll.resize(400, 300)
    scroll.show()
    QApplication.processEvents()
    return scroll, page


def test_the_bar_comes_and_goes_without_moving_anything(qtbot: Any) -> None:
    scroll, page = shown(qtbot, 100)
    assert not scroll._bar.isVisible()
    before = page.width()
    page.box.setMinimumHeight(900)
    for _ in range(4):
        QApplication.processEvents()
    assert scroll._bar.isVisible() and page.width() == before
    page.box.setMinimumHeight(100)
    for _ in range(4):
        QApplication.processEvents()
    assert not scroll._bar.isVisible() and page.width() == before


def test_bar_and_page_move_together(qtbot: Any) -> None:
    scroll, _page = shown(qtbot, 900)
    scroll.verticalScrollBar().setValue(120)
    assert scroll._bar.value() == 120
    scroll._bar.setValue(200)
    assert scroll.verticalScrollBar().value() == 200


def test_the_bar_is_seen_at_200_percent(qtbot: Any, qapp: QApplication) -> None:
    theme = Theme()
    theme.apply(qapp, "light", 2.0)
    scroll, _page = shown(qtbot, 900)
    bar = scroll._bar
    image = bar.grab().toImage()
    found = {image.pixelColor(x, 12).name() for x in range(image.width())}
    assert theme.tokens.border_strong in found
    assert scroll.viewport().width() + bar.width() <= scroll.width()
    theme.apply(qapp, "light", 1.0)
