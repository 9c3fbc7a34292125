"""What is painted anew: no more than what looks different, and never less; the picture is that of a whole repaint."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from companion.clock import ManualClock
from companion.core.spans import PROPOSED, Span
from companion.desk import Desk
from companion.ui.pages.time.day import DayView
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.grid_paint import GridPainter
from companion.ui.pages.time.grid_texts import Texts
from companion.ui.theme.theme import Theme
from companion.ui.window import MainWindow

KEY = Qt.Key
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
BUTTON = Qt.MouseButton.LeftButton
MOVES = (KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Home, KEY.Key_End)


class Asked(QObject):
    """Counts the pixels that paint events of some widgets ask for."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__(widgets[0])
        self.pixels: dict[QWidget, int] = dict.fromkeys(widgets, 0)
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget):
            boxes: Any = event.region()
            self.pixels[watched] += sum(box.width() * box.height() for box in boxes)
        return False

    def of(self, do: Callable[[], object], settle: Callable[[], None]) -> list[int]:
        """The pixels that were asked for after something was done, in the order of the widgets."""
        settle()
        self.pixels = dict.fromkeys(self.pixels, 0)
        do()
        settle()
        return list(self.pixels.values())


def on_screen(window: MainWindow, widget: QWidget) -> QImage:
    """What stands on the screen where a widget is, made of all repaints so far."""
    whole = window.screen().grabWindow(int(window.winId())).toImage()
    return _cut(whole, window, widget)


def painted_anew(window: MainWindow, widget: QWidget) -> QImage:
    """The same place after all of the window has been painted once more, in one go."""
    return _cut(window.grab().toImage(), window, widget)


def _cut(image: QImage, window: MainWindow, widget: QWidget) -> QImage:
    ratio = image.devicePixelRatio()
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    pixels = QRect(
        round(place.x() * ratio),
        round(place.y() * ratio),
        *(round(n * ratio) for n in place.size().toTuple()),
    )
    return image.convertToFormat(QImage.Format.Format_RGB32).copy(pixels)


def differing(one: QImage, other: QImage) -> list[tuple[int, int]]:
    """The first places at which two pictures differ by more than one step of 256.

    So much may hang on where a stretch of pixels begins that a colour with alpha is blended into: Qt blends four or
    eight pixels at once and those at its ends one by one, and rounds otherwise there.
    """
    assert one.size() == other.size()
    if one == other:
        return []
    wide, found = one.bytesPerLine(), []
    a, b = bytes(one.constBits()), bytes(other.constBits())
    for y in range(one.height()):
        row = slice(y * wide, y * wide + wide)
        if a[row] != b[row]:
            off = [i for i, (p, q) in enumerate(zip(a[row], b[row], strict=True)) if abs(p - q) > 1]
            found += sorted({(i // 4, y) for i in off})
    return found[:20]


@contextmanager
def fresh_painter(view: DayView, theme: Theme, desk: Desk) -> Iterator[None]:
    """A painter that has kept nothing, in place of the grid's own."""
    looks, own = Looks(theme), view.grid._painter
    looks.set_tree(desk.time.tree)
    view.grid._painter = GridPainter(theme, looks, Texts(theme))
    yield
    view.grid._painter = own


def fill(desk: Desk, view: DayView, luck: random.Random, blocks: int) -> None:
    """Blocks of all states at random places of the day."""
    names = [one.id for one in desk.time.tree.usable()]
    for _ in range(blocks):
        start = view.day.start + 300 * luck.randrange(view.day.slots - 12)
        end = start + 300 * luck.randrange(1, 12)
        if luck.random() < 0.2:
            desk.time.paint_spans([Span(start, end, "work/phone calls", PROPOSED, "call")], "calls")
        else:
            desk.time.paint(start, end, luck.choice(names))


class Doings:
    """Whatever can be done to a day, one thing at a time, by chance."""

    def __init__(
        self,
        luck: random.Random,
        desk: Desk,
        view: DayView,
        hands: Any,
        clock: ManualClock,
        theme: Theme,
        app: QApplication,
    ) -> None:
        self.luck, self.desk, self.view, self.hands = luck, desk, view, hands
        self.clock, self.theme, self.app = clock, theme, app
        self.often: list[Callable[[], None]] = [
            self.move,
            self.move,
            self.move,
            self.letter,
            self.click,
            self.ghost,
        ]
        self.seldom: list[Callable[[], None]] = [
            self.gesture, self.undo, self.leaf, self.drag, self.time_passes, self.focus, self.restyle, self.resize,
            self.recolour, self.elsewhere,
        ]  # fmt: skip

    def step(self) -> str:
        """Does one thing, and tells which."""
        do = self.luck.choice(self.often if self.luck.random() < 0.6 else self.seldom)
        do()
        self.hands.settle()
        return do.__name__

    def _key(self, key: Any, mods: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view.grid, key, mods)

    def move(self) -> None:
        mods = self.luck.choice((NONE, NONE, SHIFT, SHIFT, CTRL | SHIFT))
        self._key(self.luck.choice(MOVES), mods)

    def letter(self) -> None:
        self._key(self.luck.choice("hwwtefrp."))

    def gesture(self) -> None:
        self._key(self.luck.choice((KEY.Key_Delete, KEY.Key_Space, KEY.Key_Return)))

    def undo(self) -> None:
        self._key(self.luck.choice((KEY.Key_Z, KEY.Key_Y)), CTRL)

    def leaf(self) -> None:
        self._key(self.luck.choice((KEY.Key_PageUp, KEY.Key_PageDown)))

    def click(self) -> None:
        QTest.mouseClick(self.view.grid.viewport(), BUTTON, self.luck.choice((NONE, SHIFT)), self._spot())

    def drag(self) -> None:
        port = self.view.grid.viewport()
        QTest.mousePress(port, BUTTON, NONE, self._spot())
        for _ in range(3):
            spot = QPointF(self._spot())
            QApplication.sendEvent(
                port, QMouseEvent(QEvent.Type.MouseMove, spot, port.mapToGlobal(spot), BUTTON, BUTTON, NONE)
            )
        QTest.mouseRelease(port, BUTTON, NONE, self._spot())

    def _spot(self) -> QPoint:
        box = self.view.grid.viewport().rect()
        return QPoint(self.luck.randrange(box.width()), self.luck.randrange(box.height()))

    def ghost(self) -> None:
        start = self.view.day.start + 300 * self.luck.randrange(260)
        ghosts = [Span(start, start + 300 * self.luck.randrange(1, 30), "travel", PROPOSED)]
        self.view.grid.show_ghosts(ghosts if self.luck.random() < 0.7 else [])

    def time_passes(self) -> None:
        self.clock.set_wall(self.clock.now() + timedelta(seconds=self.luck.randrange(10, 3000)))
        self.view._on_tick()

    def focus(self) -> None:
        if self.view.grid.hasFocus():
            self.view.quick.line.setFocus()
        else:
            self.view.take_focus()

    def restyle(self) -> None:
        self.theme.apply(self.app, self.luck.choice(("light", "dark")), self.luck.choice((1.0, 1.25, 1.6)))

    def resize(self) -> None:
        self.hands.window.resize(self.luck.randrange(1000, 1300), self.luck.randrange(700, 900))

    def recolour(self) -> None:
        self.desk.time.categories.set_colour("travel", self.luck.randrange(12))

    def elsewhere(self) -> None:
        """Somebody else fills a little."""
        fill(self.desk, self.view, self.luck, 1)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_the_screen_shows_what_a_whole_repaint_would(
    seed: int, desk: Desk, view: DayView, hands: Any, clock: ManualClock, theme: Theme, qapp: QApplication
) -> None:
    luck = random.Random(seed)
    fill(desk, view, luck, 40)
    hands.settle()
    doings, done = Doings(luck, desk, view, hands, clock, theme, qapp), []
    asked = Asked(view.grid.viewport())
    for _ in range(40):
        done.append(doings.step())
        shown = on_screen(hands.window, view.grid)
        with fresh_painter(view, theme, desk):
            assert differing(shown, painted_anew(hands.window, view.grid)) == [], done
    assert asked.pixels[view.grid.viewport()] > 0


@pytest.mark.parametrize("seed", range(3))
def test_the_sums_beside_it_too(
    seed: int, desk: Desk, view: DayView, hands: Any, clock: ManualClock, theme: Theme, qapp: QApplication
) -> None:
    luck = random.Random(seed)
    fill(desk, view, luck, 12)
    hands.window.resize(1250, 950)  # wide enough for the sums to stand beside the grid
    hands.settle()
    assert view.sums.visibleRegion().boundingRect().height() > 100
    doings = Doings(luck, desk, view, hands, clock, theme, qapp)
    for _ in range(30):
        luck.choice((doings.letter, doings.gesture, doings.undo, doings.leaf, doings.elsewhere))()
        hands.settle()
        assert differing(on_screen(hands.window, view.sums), painted_anew(hands.window, view.sums)) == []


def full_day(desk: Desk, view: DayView, hands: Any) -> int:
    """Fills all of the day with blocks of half an hour; the pixels of the grid."""
    names = [one.id for one in desk.time.tree.usable()]
    for i, start in enumerate(range(view.day.start, view.day.end, 1800)):
        desk.time.paint(start, start + 1800, names[i % len(names)])
    hands.settle()
    port = view.grid.viewport()
    return port.width() * port.height()


def test_an_arrow_asks_for_two_cells(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    whole = full_day(desk, view, hands)
    grid = view.grid
    asked = Asked(grid.viewport(), grid._hours.viewport(), grid._minutes.viewport())
    grid.choose(at(10), at(10, 5))
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Left, KEY.Key_Up, KEY.Key_End, KEY.Key_Home):
        cells, hours, minutes = asked.of(partial(hands.press, key), hands.settle)
        assert 0 < cells < whole / 80
        assert hours <= 2 * grid._hours.viewport().width() * grid.rowHeight(0)
        assert minutes <= 2 * grid._minutes.viewport().height() * (grid.columnWidth(0) + 1)


def test_shift_asks_for_what_comes_to_the_choice(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    whole = full_day(desk, view, hands)
    asked = Asked(view.grid.viewport())
    view.grid.choose(at(6), at(18))
    assert 0 < asked.of(lambda: hands.press(KEY.Key_Right, SHIFT), hands.settle)[0] < whole / 50
    assert 0 < asked.of(lambda: hands.press(KEY.Key_Down, SHIFT), hands.settle)[0] < whole / 15


def test_a_letter_asks_for_the_blocks_that_it_changes(desk: Desk, view: DayView, hands: Any, at: Any) -> None:
    whole = full_day(desk, view, hands)
    asked = Asked(view.grid.viewport())
    view.grid.choose(at(10, 10), at(10, 20))
    assert 0 < asked.of(lambda: hands.type("h"), hands.settle)[0] < whole / 12
    view.grid.choose(at(12, 10), at(12, 20))
    # The first letter of two: a ghost.
    assert 0 < asked.of(lambda: QTest.keyClick(view.grid, KEY.Key_W), hands.settle)[0] < whole / 40


def test_the_clock_asks_for_its_mark_and_nothing_new_for_nothing(
    view: DayView, hands: Any, clock: ManualClock
) -> None:
    port = view.grid.viewport()
    whole, asked = port.width() * port.height(), Asked(port)

    def tick() -> None:
        clock.set_wall(clock.now() + timedelta(seconds=20))
        view._on_tick()

    assert 0 < asked.of(tick, hands.settle)[0] < whole / 60
    assert asked.of(view.refresh, hands.settle) == [0]
