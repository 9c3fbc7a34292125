"""The breathing circle: paints what it is given, only where it changed, and asks for frames only while it is seen."""

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QAccessible, QImage, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.breath import STILL_MS, Breath, BreathFace
from companion.ui.widgets.pick import Pick

FACE = BreathFace("Breathe in", "3", "0:58 left", 0.4, 0.1, (0.0, 0.5), 4, 2)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


@pytest.fixture
def breath(qtbot: QtBot, theme: Theme) -> Breath:
    made = Breath(theme)
    qtbot.addWidget(made)
    made.resize(500, 420)
    with qtbot.waitExposed(made):
        made.show()
    return made


def pixels(image: QImage) -> bytes:
    return bytes(image.constBits())


def picture(breath: Breath, face: BreathFace) -> bytes:
    breath.set_face(face)
    return pixels(breath.grab().toImage())


def drawn(image: QImage, ground: int) -> QRect:
    """The box around all that is not the ground."""
    found = QRegion()
    for y in range(0, image.height(), 2):
        row = [x for x in range(0, image.width(), 2) if image.pixel(x, y) != ground]
        if row:
            found += QRect(row[0], y, row[-1] - row[0] + 1, 1)
    return found.boundingRect()


class Painted(QObject):
    """Keeps what is painted of a widget."""

    def __init__(self, widget: Breath) -> None:
        super().__init__(widget)
        self.regions: list[QRegion] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(QRegion(event.region()))
        return False


def test_every_part_of_a_face_can_be_seen(breath: Breath) -> None:
    faces = [
        FACE,
        FACE._replace(words="Hold"),
        FACE._replace(number="2"),
        FACE._replace(foot="0:57 left"),
        FACE._replace(level=0.5),
        FACE._replace(turn=0.2),
        FACE._replace(turn=-1.0),
        FACE._replace(marks=(0.0, 0.4)),
    ]
    assert len({picture(breath, face) for face in faces}) == len(faces)


def test_without_movement_a_number_and_a_bar_tell_the_same(breath: Breath) -> None:
    moving = picture(breath, FACE)
    breath.set_still(True)
    still = picture(breath, FACE)
    assert still != moving
    assert picture(breath, FACE._replace(level=0.9, turn=0.7)) == still, "nothing moves"
    assert picture(breath, FACE._replace(done=3)) != still
    assert picture(breath, FACE._replace(number="2")) != still


def test_the_circle_grows_with_the_level(breath: Breath) -> None:
    bare = BreathFace("", "", "", 0.0)
    breath.set_face(bare)
    middle = breath.grab().toImage().copy(breath.rect().adjusted(60, 0, -60, -60))
    ground = middle.pixel(0, 0)
    widths = []
    for level in (0.0, 0.25, 0.5, 0.75, 1.0):
        breath.set_face(bare._replace(level=level))
        row = breath.grab().toImage()
        y = row.height() // 2 - 18
        accent = [x for x in range(row.width()) if row.pixel(x, y) != ground]
        inner = [x for x in accent if 60 < x < row.width() - 60]
        widths.append(len(inner))
    assert widths == sorted(set(widths))


@pytest.mark.parametrize("still", [False, True])
def test_faces_painted_one_after_the_other_look_as_if_painted_afresh(breath: Breath, still: bool) -> None:
    """What is painted again is enough: nothing of the face before is left over."""
    app = QApplication.instance()
    assert app is not None
    breath.set_still(still)
    kept = QImage(breath.size(), QImage.Format.Format_RGB32)
    painted = Painted(breath)
    face = FACE
    breath.set_face(face)
    app.processEvents()
    kept = breath.grab().toImage()
    for step in range(40):
        face = FACE._replace(
            level=abs(0.5 - step / 40),
            turn=step / 40,
            number=str(step // 10),
            foot=f"0:{step // 13:02d} left",
            done=step // 10,
        )
        painted.regions.clear()
        breath.set_face(face)
        app.processEvents()
        fresh = breath.grab().toImage()
        region = QRegion()
        for part in painted.regions[:-1]:  # the last is the grab's
            region += part
        for y in range(0, fresh.height(), 3):
            for x in range(0, fresh.width(), 3):
                if fresh.pixel(x, y) != kept.pixel(x, y):
                    assert region.contains(QRect(x, y, 1, 1)), (step, x, y)
        kept = fresh


def test_only_what_changed_is_painted(breath: Breath) -> None:
    app = QApplication.instance()
    assert app is not None
    breath.resize(1180, 760)
    breath.set_face(FACE)
    app.processEvents()
    painted = Painted(breath)
    breath.set_face(FACE)
    app.processEvents()
    assert painted.regions == []
    breath.set_face(FACE._replace(level=0.41, turn=0.101))
    app.processEvents()
    (region,) = painted.regions
    box = region.boundingRect()
    assert box.width() < 480
    assert box.height() < 480
    breath.set_face(FACE._replace(level=0.41, turn=0.102))
    app.processEvents()
    assert painted.regions[-1].boundingRect().width() < 40, "only the bead moved"


def test_frames_are_asked_for_only_while_it_runs_and_is_seen(qtbot: QtBot, breath: Breath) -> None:
    frames = []
    breath.frame_due.connect(lambda: frames.append(1))
    assert not breath.asking
    breath.run(True)
    assert frames == [1], "the first at once"
    assert breath.asking
    qtbot.waitUntil(lambda: len(frames) > 3)
    breath.hide()
    assert not breath.asking
    count = len(frames)
    breath.show()
    assert breath.asking
    assert len(frames) == count + 1, "seen again, it shows the present at once"
    breath.run(False)
    assert not breath.asking


def test_frames_come_with_the_screen(breath: Breath) -> None:
    breath.run(True)
    rate = min(max(breath.screen().refreshRate(), 30.0), 120.0)
    assert breath._timer.interval() <= 1000 / rate
    breath.set_still(True)
    assert breath._timer.interval() == STILL_MS
    assert breath.asking


def test_a_screen_reader_finds_the_words(breath: Breath) -> None:
    breath.set_face(FACE)
    face = QAccessible.queryAccessibleInterface(breath)
    assert face.text(QAccessible.Text.Name) == "Breathe in"
    breath.set_face(FACE._replace(words="Hold"))
    assert face.text(QAccessible.Text.Name) == "Hold"
    assert isinstance(breath, QLabel)
    breath.tell("Hold, 4 seconds")  # whether a reader listens or not


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_fits_where_there_is_little_room(
    qapp: QApplication, breath: Breath, theme: Theme, scale: float
) -> None:
    theme.apply(qapp, "dark", scale)
    breath.resize(breath.minimumSizeHint())
    breath.set_face(FACE._replace(foot="", words="", number="", level=1.0))
    image = breath.grab().toImage()
    ground = image.pixel(0, 0)
    box = drawn(image, ground)
    assert image.rect().adjusted(1, 1, -1, -1).contains(box)
    assert box.width() > image.width() * 0.8


def test_a_pick_says_all_and_shows_that_it_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    pick = Pick(theme, "Box & more", "4 · 4", "1")
    qtbot.addWidget(pick)
    pick.resize(pick.sizeHint())
    assert QAccessible.queryAccessibleInterface(pick).text(QAccessible.Text.Name) == "Box & more, 4 · 4"
    assert QAccessible.queryAccessibleInterface(pick).role() == QAccessible.Role.RadioButton
    before = pixels(pick.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8))
    pick.setChecked(True)
    after = pick.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    assert pixels(after) != before
    pick.set_detail("5 · 5")
    assert pick.detail() == "5 · 5"
    assert pick.accessibleName() == "Box & more, 5 · 5"
