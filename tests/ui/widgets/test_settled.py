"""Layouts brought to rest at once: held still while a page changes, laid out once, and painted no more than needed."""

import pytest
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.settled import Column, settle, still

WORDS = "What matters most to you here, and how would you like the whole thing to end if you could decide?"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


class Seen(QObject):
    """Counts events of one type that reach a widget."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self.kind, self.count = kind, 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == self.kind
        return False


class Tall(QWidget):
    """As high as its width makes it; counts who asks."""

    asked = 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self.asked += 1
        return 4000 // max(1, width)

    def sizeHint(self) -> QSize:
        return QSize(100, 20)


class Shown:
    """A page that scrolls: some labels out of sight, and one below them that they push down."""

    def __init__(self, qtbot: QtBot, page: QWidget) -> None:
        self.area = QScrollArea()
        qtbot.addWidget(self.area)
        self.area.setWidgetResizable(True)
        self.page = page
        column = QVBoxLayout(page)
        self.hidden = [QLabel(f"row {i}", page) for i in range(5)]
        for one in self.hidden:
            one.hide()
            column.addWidget(one)
        self.last = QLabel("last", page)
        column.addWidget(self.last)
        column.addStretch(1)
        self.area.setWidget(page)
        self.area.resize(300, 120)
        self.area.show()
        qtbot.waitExposed(self.area)
        QApplication.processEvents()


def test_what_is_shown_meanwhile_is_laid_out_at_the_end(qtbot: QtBot) -> None:
    shown, other = Shown(qtbot, QWidget()), Shown(qtbot, QWidget())
    moves, each = Seen(shown.last, QEvent.Type.Move), Seen(other.last, QEvent.Type.Move)
    with still(shown.page):
        for one in shown.hidden:
            one.show()
        assert moves.count == 0
    settle((shown.page,), shown.area)
    assert shown.last.y() > shown.hidden[-1].y() > shown.hidden[0].y()
    for one in other.hidden:
        one.show()
    assert 0 < moves.count < each.count
    QApplication.processEvents()
    assert shown.last.geometry() == other.last.geometry()


def test_layouts_work_again_whatever_happened(qtbot: QtBot) -> None:
    shown = Shown(qtbot, QWidget())
    layout = shown.page.layout()
    assert layout is not None
    with pytest.raises(ValueError), still(shown.page, shown.area):  # the area has no layout of its own
        with still(shown.page):
            assert not layout.isEnabled()
        assert not layout.isEnabled()  # still held by the outer one
        raise ValueError
    assert layout.isEnabled()


@pytest.mark.parametrize(("made", "painted"), [(Column, False), (QWidget, True)])
def test_a_column_that_grows_paints_nothing_again(qtbot: QtBot, made: type[QWidget], painted: bool) -> None:
    shown = Shown(qtbot, made())
    shown.area.setWidgetResizable(False)
    shown.page.resize(280, 300)
    QApplication.processEvents()
    paints = Seen(shown.last, QEvent.Type.Paint)
    for height in (420, 300):
        shown.page.resize(280, height)
        QApplication.processEvents()
    assert (paints.count > 0) is painted


def test_the_hint_of_a_column_asks_for_no_height(qtbot: QtBot) -> None:
    column, other = Column(), QWidget()
    for page in (column, other):
        qtbot.addWidget(page)
        tall = Tall(page)
        QVBoxLayout(page).addWidget(tall)
        page.setContentsMargins(3, 4, 5, 6)
        hint, asked = page.sizeHint(), tall.asked
        assert (asked == 0) is (page is column)
        assert hint.width() == other.sizeHint().width() if page is other else hint.width() > 100
    assert column.sizeHint().width() == other.sizeHint().width()
    assert column.heightForWidth(100) == other.heightForWidth(100)
    assert Column().sizeHint() == QSize()


def test_a_wrapped_label_is_as_high_as_any_other(qtbot: QtBot, theme: Theme, qapp: QApplication) -> None:
    made, plain = label("", "muted", wrap=True), QLabel()
    plain.setProperty("kind", "muted")
    plain.setWordWrap(True)
    for one in (made, plain):
        qtbot.addWidget(one)
    for scale in (1.0, 2.0, 1.0):
        theme.apply(qapp, "light", scale)
        for text in ("", "word", WORDS, WORDS * 9, "word", WORDS):
            made.setText(text)
            plain.setText(text)
            for width in (40, 200, 500, 200):
                assert made.heightForWidth(width) == plain.heightForWidth(width), (scale, text, width)


def test_of_a_text_taken_away_a_label_keeps_nothing(qtbot: QtBot, theme: Theme) -> None:
    made = label("", "hint", wrap=True)
    qtbot.addWidget(made)
    for i in range(500):
        made.setText(f"private {i}")
        made.heightForWidth(200)
    made.setText("")
    assert "private" not in repr(vars(made))
    assert len(repr(vars(made))) < 5000
