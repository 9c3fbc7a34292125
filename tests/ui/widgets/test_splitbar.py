"""The split bar: every state looks different, and what changes nothing is not painted again."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.splitbar import SplitBar

LABELS = ("open", "closed")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


def pixels(image: QImage) -> bytes:
    """A copy of the pixels; the image has to live while they are read, hence a function."""
    return bytes(image.constBits())


def picture(qtbot: QtBot, theme: Theme, thin: bool, *face: object) -> bytes:
    bar = SplitBar(theme, thin=thin)
    qtbot.addWidget(bar)
    bar.resize(400, bar.sizeHint().height())
    bar.set_face(*face)  # type: ignore[arg-type]  # the cases below give what it takes
    return pixels(bar.grab().toImage())


@pytest.mark.parametrize("thin", [False, True])
def test_states_can_be_told_apart(qtbot: QtBot, theme: Theme, thin: bool) -> None:
    faces = [
        (0.0, 0.75, False, False, LABELS),
        (0.4, 0.75, False, False, LABELS),
        (0.4, 0.75, False, True, LABELS),
        (0.4, 0.60, False, False, LABELS),
        (0.9, 0.75, False, False, LABELS),
        (0.9, 0.75, True, False, LABELS),
        (0.9, 0.75, True, True, LABELS),
    ]
    pictures = {picture(qtbot, theme, thin, *face) for face in faces}
    assert len(pictures) == len(faces)


def test_states_differ_without_colour(qtbot: QtBot, theme: Theme) -> None:
    bar = SplitBar(theme)
    qtbot.addWidget(bar)
    bar.resize(400, bar.sizeHint().height())
    grey = set()
    for passed, paused in ((False, False), (False, True), (True, False)):
        bar.set_face(0.9, 0.75, passed, paused, LABELS)
        grey.add(pixels(bar.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)))
    assert len(grey) == 3


def test_labels_are_words_and_thin_has_none(qtbot: QtBot, theme: Theme) -> None:
    with_words = picture(qtbot, theme, False, 0.4, 0.75, False, False, LABELS)
    without = picture(qtbot, theme, False, 0.4, 0.75, False, False, ("", ""))
    assert with_words != without
    thin = picture(qtbot, theme, True, 0.4, 0.75, False, False, LABELS)
    assert thin == picture(qtbot, theme, True, 0.4, 0.75, False, False, ("", ""))


@pytest.mark.parametrize("elapsed", [0.93104, 0.61239])
def test_it_looks_the_same_whenever_it_got_its_width(qtbot: QtBot, theme: Theme, elapsed: float) -> None:
    """What was shown while the bar was narrow is not painted in the steps of that width."""
    late = SplitBar(theme, thin=True)
    qtbot.addWidget(late)
    late.resize(101, late.sizeHint().height())
    late.set_face(elapsed, 0.75)
    late.resize(400, late.sizeHint().height())
    assert pixels(late.grab().toImage()) == picture(qtbot, theme, True, elapsed, 0.75)


class Updates(QObject):
    """Counts the requests to be painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest)
        return False


def test_only_a_change_is_painted(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    bar = SplitBar(theme)
    qtbot.addWidget(bar)
    bar.resize(400, 40)
    bar.show()
    qtbot.waitExposed(bar)
    bar.set_face(0.4, 0.75, False, False, LABELS)
    qapp.processEvents()
    counter = Updates()
    bar.installEventFilter(counter)
    bar.set_face(0.4, 0.75, False, False, LABELS)
    bar.set_face(0.40001, 0.75, False, False, LABELS)
    qapp.processEvents()
    assert counter.count == 0
    bar.set_face(0.5, 0.75, False, False, LABELS)
    qapp.processEvents()
    assert counter.count > 0


@pytest.mark.parametrize("elapsed", [-1.0, 0.0, 1.0, 7.5])
def test_fractions_are_kept_in_range(qtbot: QtBot, theme: Theme, elapsed: float) -> None:
    bar = SplitBar(theme)
    qtbot.addWidget(bar)
    bar.set_face(elapsed, elapsed)
    assert 0.0 <= bar.face().elapsed <= 1.0
    assert 0.0 <= bar.face().mark <= 1.0
    bar.resize(30, 40)
    assert not bar.grab().isNull()
