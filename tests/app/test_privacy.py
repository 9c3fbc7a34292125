"""What locks the journal from outside: a bus of its own for the test, the messages of Windows as numbers."""

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.app import privacy
from companion.app.privacy import SCREEN_SAVERS, SYSTEM, BusWatch, Privacy, reason_of, session_path

HERE = "/org/freedesktop/login1/session/_31"
needs_bus = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("dbus-daemon"), reason="there is no D-Bus here"
)


@pytest.fixture(scope="module")
def bus_address() -> Iterator[str]:
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.kill()
    daemon.communicate()


@pytest.fixture
def ends(bus_address: str) -> Iterator[tuple[QDBusConnection, QDBusConnection]]:
    """Two connections to one bus: who listens, and who speaks."""
    names = ("test-listens", "test-speaks")
    listens, speaks = (QDBusConnection.connectToBus(bus_address, name) for name in names)
    assert listens.isConnected() and speaks.isConnected()
    yield listens, speaks
    for name in names:
        QDBusConnection.disconnectFromBus(name)


def say(bus: QDBusConnection, path: str, interface: str, name: str, *words: object) -> None:
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(words))
    assert bus.send(message)


@needs_bus
@pytest.mark.parametrize("saver", SCREEN_SAVERS)
def test_a_screen_saver_locks(
    ends: tuple[QDBusConnection, QDBusConnection], qtbot: QtBot, saver: str
) -> None:
    listens, speaks = ends
    heard: list[str] = []
    watch = BusWatch(heard.append, None, listens, listens)
    say(speaks, "/ScreenSaver", saver, "ActiveChanged", False)
    say(speaks, "/ScreenSaver", saver, "ActiveChanged", True)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [SYSTEM]
    watch.close()


@needs_bus
def test_sleep_and_the_lock_of_this_session(
    ends: tuple[QDBusConnection, QDBusConnection], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    listens, speaks = ends
    monkeypatch.setenv("XDG_SESSION_ID", "1")
    heard: list[str] = []
    watch = BusWatch(heard.append, None, listens, listens)
    login = "/org/freedesktop/login1"
    say(speaks, f"{login}/session/_32", privacy.SESSION, "Lock")  # somebody else's
    say(speaks, login, privacy.LOGIN, "PrepareForSleep", False)
    say(speaks, login, privacy.LOGIN, "PrepareForSleep", True)
    say(speaks, HERE, privacy.SESSION, "Lock")
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [SYSTEM, SYSTEM]
    watch.close()


@needs_bus
def test_nothing_is_heard_after_the_end(ends: tuple[QDBusConnection, QDBusConnection], qtbot: QtBot) -> None:
    listens, speaks = ends
    heard: list[str] = []
    late: list[str] = []
    first, second = (
        BusWatch(heard.append, None, listens, listens),
        BusWatch(late.append, None, listens, listens),
    )
    first.close()
    say(speaks, "/ScreenSaver", SCREEN_SAVERS[0], "ActiveChanged", True)
    qtbot.waitUntil(lambda: bool(late))  # the same message, so the first would have had it by now
    assert heard == []
    second.close()
    second.close()


def test_without_a_bus_nothing_is_listened_to() -> None:
    nowhere = QDBusConnection.connectToBus("unix:path=/nowhere/at/all", "test-nowhere")
    assert not nowhere.isConnected()
    BusWatch(lambda why: None, None, nowhere, nowhere).close()


def test_a_bus_is_looked_for_and_not_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not privacy.has_session_bus()
    (tmp_path / "bus").touch()
    assert privacy.has_session_bus()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert not privacy.has_session_bus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert privacy.has_session_bus()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("1", HERE),
        ("12", "/org/freedesktop/login1/session/_312"),
        ("c2", "/org/freedesktop/login1/session/c2"),
        ("a-b", "/org/freedesktop/login1/session/a_2db"),
        ("", ""),
    ],
)
def test_where_a_session_stands(name: str, path: str) -> None:
    assert session_path(name) == path


@pytest.mark.parametrize(
    ("message", "word", "why"),
    [
        (0x02B1, 0x7, SYSTEM),
        (0x02B1, 0x2, SYSTEM),
        (0x02B1, 0x4, SYSTEM),
        (0x02B1, 0x8, ""),  # unlocked again
        (0x02B1, 0x5, ""),
        (0x0218, 0x4, SYSTEM),
        (0x0218, 0x12, ""),  # woken up
        (0x0219, 0x4, ""),
    ],
)
def test_the_messages_of_windows(message: int, word: int, why: str) -> None:
    assert reason_of(message, word) == why


@pytest.mark.parametrize("kind", [b"windows_generic_MSG", QByteArray(b"windows_generic_MSG")])
def test_a_message_of_windows_is_read_and_handed_on(qapp: QApplication, kind: bytes | QByteArray) -> None:
    heard: list[str] = []
    found = privacy._SessionFilter(heard.append)
    message = wintypes.MSG()
    message.message, message.wParam = 0x02B1, 0x8
    assert found.nativeEventFilter(kind, ctypes.addressof(message)) == (False, 0)
    message.wParam = 0x7
    assert found.nativeEventFilter(kind, ctypes.addressof(message)) == (False, 0)
    assert found.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(message)) == (False, 0)
    assert heard == [SYSTEM]


@pytest.mark.skipif(sys.platform == "win32", reason="there it would do something")
def test_what_the_system_does_not_have_is_done_without(qapp: QApplication) -> None:
    heard: list[str] = []
    watch = privacy.WindowsWatch(0, heard.append)
    privacy.hide_from_capture(0, True)
    watch.close()
    assert heard == []


def test_it_listens_only_while_the_journal_is_open(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.setenv(name, "unix:path=/nowhere/at/all")
    window = QWidget()
    qtbot.addWidget(window)
    heard: list[str] = []
    guard = Privacy(window, heard.append)
    assert not guard.watches
    guard.follow(True)
    assert guard.watches == (sys.platform in ("linux", "win32"))
    watch = guard._watch
    guard.follow(True)
    assert guard._watch is watch
    if isinstance(watch, BusWatch):
        watch.on_screen(True)
        assert heard == [SYSTEM]
    guard.follow(False)
    assert not guard.watches
    if isinstance(watch, BusWatch):
        watch.on_screen(True)  # one that was already on its way
        assert heard == [SYSTEM]
    guard.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a way")
def test_where_nothing_hides_a_window_nothing_is_tried(qtbot: QtBot) -> None:
    assert not privacy.CAN_HIDE
    window = QWidget()
    qtbot.addWidget(window)
    guard = Privacy(window, lambda why: None)
    guard.follow(True, hide=True)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_WState_Created)  # no handle was asked for
    guard.close()
