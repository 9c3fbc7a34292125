"""The tray's icon: tells whether a call is live, and offers three ways."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from companion.app.tray import Tray, marked
from companion.desk import Desk
from companion.ui.theme.icons import app_icon

# Offscreen there is no tray, and Qt says so in its way.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


@pytest.fixture
def tray(desk: Desk, qtbot: QtBot) -> Iterator[Tray]:
    made = Tray(desk, app_icon(), QColor("#c2410c"))
    yield made
    made.close()


def picture(icon: QIcon) -> bytes:
    image = icon.pixmap(32, 32).toImage()
    return bytes(image.constBits())


def test_a_live_call_shows(tray: Tray, desk: Desk) -> None:
    idle = picture(tray.icon.icon())
    assert not tray.live
    desk.board.ring("1234")
    assert not tray.live
    desk.start(number="1234")
    assert tray.live and picture(tray.icon.icon()) != idle
    desk.board.hold()
    assert tray.live
    desk.end()
    assert not tray.live and picture(tray.icon.icon()) == idle


def test_after_closing_no_news_arrive(desk: Desk, qtbot: QtBot) -> None:
    made = Tray(desk, app_icon(), QColor("red"))
    made.close()
    desk.start()
    assert not made.live


def test_the_menu_and_a_click(tray: Tray, qtbot: QtBot) -> None:
    names = [action.text() for action in tray.icon.contextMenu().actions() if action.text()]
    assert names == ["Show", "Compact strip", "Quit"]
    actions = {action.text(): action for action in tray.icon.contextMenu().actions()}
    for name, signal in [
        ("Show", tray.show_requested),
        ("Compact strip", tray.strip_requested),
        ("Quit", tray.quit_requested),
    ]:
        with qtbot.waitSignal(signal):
            actions[name].trigger()
    with qtbot.waitSignal(tray.show_requested):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.assertNotEmitted(tray.show_requested):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)


def test_the_dot_is_in_every_size(qtbot: QtBot) -> None:
    icon = marked(app_icon(), QColor("#00ff00"))
    for size in (16, 22, 32, 64):
        image = icon.pixmap(size, size).toImage()
        at = QPoint(round(image.width() * 0.72), round(image.height() * 0.72))
        assert image.pixelColor(at) == QColor("#00ff00"), size
