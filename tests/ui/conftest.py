"""What the tests of the face share: a desk on a real file, a shown window, and hands for keys and clicks."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.calls import Call
from companion.desk import Desk
from companion.paths import Paths
from companion.playbooks import Playbook
from companion.resources import resource
from companion.storage.store import Store
from companion.ui.keys import Keys
from companion.ui.theme.theme import Theme
from companion.ui.widgets.say import voice
from companion.ui.window import MainWindow

MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""A Friday, half past ten in Berlin."""


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.apply(qapp, "light", 1.0)
    return theme


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING)


def open_desk(data_dir: Path, clock: ManualClock) -> Desk:
    store = Store.open(data_dir / "companion.db", data_dir / "backups")
    return Desk(store, clock, Playbook(resource("playbooks"), None), "DE")


@pytest.fixture
def open_again(data_dir: Path, clock: ManualClock) -> Iterator[Callable[[], Desk]]:
    """Opens the same data once more, as the next start of the program would; closed afterwards."""
    opened: list[Desk] = []

    def again() -> Desk:
        opened.append(open_desk(data_dir, clock))
        return opened[-1]

    yield again
    for desk in opened:
        desk.store.close()


@pytest.fixture
def desk(data_dir: Path, clock: ManualClock) -> Iterator[Desk]:
    desk = open_desk(data_dir, clock)
    yield desk
    desk.store.close()


class Hands:
    """What a user does with the window: keys go to what has the focus, clicks to the middle of a widget."""

    def __init__(self, qtbot: QtBot, window: MainWindow, clock: ManualClock) -> None:
        self.qtbot, self.window, self.clock = qtbot, window, clock

    def settle(self) -> None:
        """Lets what is posted happen: layouts, deferred deletes, paints."""
        app = QApplication.instance()
        assert app is not None
        for _turn in range(4):  # a wrapped text that grows passes its wish up through several layouts
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            app.processEvents()

    def press(self, key: Any, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the focus is."""
        QTest.keyClick(self.target(), key, mods)
        self.settle()

    def type(self, text: str) -> None:
        """Signs, one key each."""
        for sign in text:
            QTest.keyClick(self.target(), sign)
        self.settle()

    def command(self, name: str) -> None:
        """The key of a command."""
        key = Keys().key(name)
        if len(key) == 1:
            self.type(key.lower())
            return
        combination = QKeySequence(key)[0]
        self.press(combination.key(), combination.keyboardModifiers())

    def paste(self, text: str) -> None:
        """Puts a text where the focus is, as a paste does."""
        QApplication.clipboard().setText(text)
        QTest.keyClick(self.target(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def target(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def click(self, widget: QWidget) -> None:
        """A press of the left button in the middle of a widget that can be seen."""
        assert widget.isVisible(), widget
        inner = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        self.qtbot.mouseClick(inner, Qt.MouseButton.LeftButton, pos=QPoint(inner.rect().center()))
        self.settle()

    def wait(self, seconds: float) -> None:
        """Time passes, with what the window does at the end of a second."""
        self.clock.advance(seconds)
        self.window._on_tick()
        self.settle()

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def call(self) -> Call:
        """The call at hand."""
        call = self.window._desk.board.current
        assert call is not None
        return call

    @property
    def told(self) -> str:
        """The small word that is shown, empty when there is none."""
        word = self.window.notices.word
        return word.text_label.text() if word.isVisible() else ""


def shown_window(qtbot: QtBot, desk: Desk, theme: Theme, data_dir: Path) -> MainWindow:
    window = MainWindow(desk, theme, Keys(desk.prefs.keys), Paths(data_dir))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def put_away(window: MainWindow) -> None:
    """Ends a window without a question; what is typed is written, and nothing of it lives on."""
    window.flush()
    window.bridge.close()
    for timer in window.findChildren(QTimer):
        timer.stop()
    if window.shapes.strip is not None:
        window.shapes.strip.hide()
        window.shapes.strip.deleteLater()
    window.hide()
    window.deleteLater()
    app = QApplication.instance()
    assert app is not None
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()


@pytest.fixture
def make_window(qtbot: QtBot, theme: Theme, data_dir: Path) -> Iterator[Callable[[Desk], MainWindow]]:
    """Makes and shows windows, and puts them away before the desk is closed."""
    made: list[MainWindow] = []

    def make(desk: Desk) -> MainWindow:
        made.append(shown_window(qtbot, desk, theme, data_dir))
        return made[-1]

    yield make
    for window in made:
        put_away(window)


@pytest.fixture
def window(desk: Desk, make_window: Callable[[Desk], MainWindow]) -> MainWindow:
    return make_window(desk)


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow, clock: ManualClock) -> Hands:
    hands = Hands(qtbot, window, clock)
    hands.settle()
    return hands


@pytest.fixture
def live(desk: Desk, window: MainWindow, hands: Hands) -> Any:
    """The view of a call that has just been started."""
    desk.start()
    hands.settle()
    return window.call_page.live


# -- what is told to a screen reader
@pytest.fixture
def heard() -> Iterator[list[str]]:
    """All that is said, from here on."""
    words: list[str] = []
    voice.said.connect(words.append)
    yield words
    voice.said.disconnect(words.append)


@pytest.fixture
def reader(qapp: QApplication) -> Iterator[None]:
    """A screen reader is at work."""
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


# -- what is laid out wrong
_PARTS = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
_WHOLE = (QAbstractScrollArea, QComboBox, QAbstractSpinBox, QLineEdit)


def layout_faults(root: QWidget) -> list[str]:
    """What is clipped or covered in a shown window: each fault as one line, none when all is well."""
    faults: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible() or any(isinstance(p, _WHOLE[1:]) for p in _above(widget)):
            continue
        if isinstance(widget, _PARTS):
            faults += _too_small(widget)
        if not isinstance(widget, _WHOLE):
            faults += _children_apart(widget)
    return faults


def _above(widget: QWidget) -> list[QWidget]:
    found = []
    while (parent := widget.parentWidget()) is not None:
        found.append(parent)
        widget = parent
    return found


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or words!r}"


def _too_small(widget: QWidget) -> list[str]:
    least, faults = widget.minimumSizeHint(), []
    if isinstance(widget, QAbstractSpinBox):  # these place their text themselves
        least.setHeight(widget.height() - widget.lineEdit().height() + widget.fontMetrics().height())
    if widget.width() < least.width():
        faults.append(f"{_name(widget)} is {widget.width()} wide, needs {least.width()}")
    high = max(least.height(), widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else 0)
    if widget.height() < high:
        faults.append(f"{_name(widget)} is {widget.height()} high, needs {high}")
    return faults


def _children_apart(parent: QWidget) -> list[str]:
    faults = []
    children = [c for c in parent.children() if isinstance(c, QWidget) and c.isVisible() and not c.isWindow()]
    if isinstance(parent, QStackedWidget):
        children = children[:1]
    viewport = isinstance(parent.parentWidget(), QScrollArea) and parent.parentWidget().viewport() is parent
    for i, child in enumerate(children):
        box = child.geometry()
        if (
            box.left() < 0
            or box.right() >= parent.width()
            or (not viewport and box.bottom() >= parent.height())
        ):
            faults.append(
                f"{_name(child)} at {box.getRect()} sticks out of {_name(parent)} {parent.size().toTuple()}"
            )
        for other in children[:i]:
            if box.intersects(other.geometry()):
                faults.append(
                    f"{_name(child)} {box.getRect()} covers {_name(other)} {other.geometry().getRect()}"
                )
    return faults


@pytest.fixture
def faults() -> Callable[[QWidget], list[str]]:
    """Tells what is clipped or covered in a window."""
    return layout_faults
