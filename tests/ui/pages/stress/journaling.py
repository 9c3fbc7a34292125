"""What the tests of the journal's view share: the view in a window, entries, and a look at what is kept."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock, stamp
from companion.core.stress import Entry, new_entry
from companion.desk import Desk
from companion.journal import Journal
from companion.ui.pages.stress.journal import JournalView
from companion.ui.theme.theme import Theme

Write = Callable[..., Entry]


@pytest.fixture
def write(opened: Journal, clock: ManualClock) -> Write:
    """Keeps an entry of some hours ago."""

    def write(hours_ago: float = 0, **parts: Any) -> Entry:
        made = new_entry(stamp(clock.now() - timedelta(hours=hours_ago)), "Europe/Berlin")
        return opened.write(made._replace(**parts))

    return write


class Show:
    """The view as a window of its own, and hands for it."""

    def __init__(self, qtbot: QtBot, desk: Desk, theme: Theme) -> None:
        self._qtbot, self._desk, self._theme = qtbot, desk, theme
        self.views: list[JournalView] = []

    def __call__(self, width: int = 1100, height: int = 800) -> JournalView:
        view = JournalView(self._desk, self._theme)
        self.views.append(view)
        view.resize(width, height)
        with self._qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        self._qtbot.waitUntil(view.isActiveWindow)
        view.refresh()
        settle()
        return view


def settle() -> None:
    """Lets what is posted happen."""
    app = QApplication.instance()
    assert app is not None
    for _turn in range(4):
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()


def focus() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_in(text: str) -> None:
    """Keys, wherever the focus is."""
    for sign in text:
        QTest.keyClick(focus(), sign)
    settle()


def press(key: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, wherever the focus is."""
    QTest.keyClick(focus(), key, mods)
    settle()


def name(widget: QWidget) -> str:
    """How a screen reader calls what has the focus."""
    return widget.accessibleName()


@pytest.fixture
def show(qtbot: QtBot, desk: Desk, opened: Journal, theme: Theme) -> Iterator[Show]:
    """Shows the view over an open journal."""
    show = Show(qtbot, desk, theme)
    yield show
    for view in show.views:
        view.flush()
        view.hide()
        view.deleteLater()
    settle()
