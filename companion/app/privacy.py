"""While the journal is open: it is locked when the system locks or sleeps, and the window is kept out of recordings.

Nothing of this is loaded or listened to before the journal is opened, and all of it is let go when it is locked.

What can be known where:

* Linux: the screen saver's ``ActiveChanged`` (the names that desktops use for it) on the session bus, and on the
  system bus ``PrepareForSleep`` and the ``Lock`` of this login session. Where there is no bus, nothing.
* Windows: messages of the session (locked, another user, remote connection gone) and of going to sleep.
* macOS: neither can be known without more than Qt; the idle time of the journal is what is left there.

A window can be kept out of pictures and recordings of the screen on Windows alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
"""Interfaces that tell that the screen is locked or blanked; a desktop has one of them or two."""

LOGIN, SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
_SESSIONS = "/org/freedesktop/login1/session/"

SYSTEM = "system"
"""The reason that the page is given: it was the system, by its lock or by going to sleep."""

_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE = 0x02B1
_SESSION_ENDS = (0x2, 0x4, 0x6, 0x7)
"""Another user at the console, remote connection gone, logged off, locked."""
_NOTIFY_FOR_THIS_SESSION = 0
_WDA_NONE, _WDA_MONITOR, _WDA_EXCLUDEFROMCAPTURE = 0x0, 0x1, 0x11

CAN_HIDE = sys.platform == "win32"
"""Whether a window can be kept out of recordings of the screen here; Settings say so where it cannot."""


class Privacy(QObject):
    """Guards one window. ``follow`` is told whether the journal is open; ``lock`` is called with the reason when it
    has to be locked now. Locking must be done when ``lock`` returns: the computer may sleep a moment later.
    """

    def __init__(self, window: QWidget, lock: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._lock = lock
        self._watch: QObject | None = None
        self._hidden = False

    @property
    def watches(self) -> bool:
        """Whether anything is listened to just now."""
        return self._watch is not None

    def follow(self, is_open: bool, hide: bool = True) -> None:
        """Takes over the state of the journal, and whether the window is to be hidden from recordings meanwhile."""
        if is_open and self._watch is None:
            self._watch = watch(self._window, self._on_away, self)
        elif not is_open:
            self._let_go()
        self._hide(is_open and hide)

    def close(self) -> None:
        """Lets go of everything; a second call does nothing."""
        self.follow(False)

    def _let_go(self) -> None:
        watched, self._watch = self._watch, None
        if watched is not None:
            watched.close()  # type: ignore[attr-defined]
            watched.deleteLater()

    def _on_away(self, why: str) -> None:
        if self._watch is not None:
            self._lock(why)

    # -- out of recordings
    def _hide(self, on: bool) -> None:
        if on == self._hidden or not CAN_HIDE:
            return
        self._hidden = on
        if on:
            self._window.installEventFilter(self)
        else:
            self._window.removeEventFilter(self)
        hide_from_capture(int(self._window.winId()), on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.WinIdChange and self._hidden
        ):  # a new window of the system's, not yet hidden
            hide_from_capture(int(self._window.winId()), True)
        return False


def watch(window: QWidget, away: Callable[[str], None], parent: QObject) -> QObject | None:
    """What tells of a locked or sleeping system on this platform; it has ``close``. None where nothing can tell."""
    if sys.platform == "win32":
        return WindowsWatch(int(window.winId()), away, parent)
    if sys.platform == "linux":
        return BusWatch(away, parent)
    return None


def session_path(name: str) -> str:
    """Where a login session stands on the system bus; any session (an empty path) where its name is not known.

    Signs other than ASCII letters and digits, and a digit at the start, are written as ``_`` and two hex digits.
    """
    if not name:
        return ""
    parts = [
        sign if sign.isascii() and (sign.isalpha() or (sign.isdigit() and at > 0)) else f"_{ord(sign):02x}"
        for at, sign in enumerate(name)
    ]
    return _SESSIONS + "".join(parts)


def has_session_bus() -> bool:
    """Whether this login session has a bus. Asked first, since looking for one where there is none may start one."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(folder) and os.path.exists(os.path.join(folder, "bus"))


class BusWatch(QObject):
    """Listens to the buses of a Linux desktop: the usual ones, or the connections ``session`` and ``system``."""

    def __init__(
        self,
        away: Callable[[str], None],
        parent: QObject | None = None,
        session: Any = None,
        system: Any = None,
    ) -> None:
        super().__init__(parent)
        from PySide6.QtDBus import QDBusConnection

        self._away = away
        self._wires: list[tuple[Any, str, str, str, str]] = []
        if session is None and has_session_bus():
            session = QDBusConnection.sessionBus()
        if session is not None:
            self._wires += [
                (session, "", name, "ActiveChanged", SLOT("on_screen(bool)")) for name in SCREEN_SAVERS
            ]
        system = system or QDBusConnection.systemBus()
        here = session_path(os.environ.get("XDG_SESSION_ID", ""))
        self._wires.append((system, "", LOGIN, "PrepareForSleep", SLOT("on_sleep(bool)")))
        self._wires.append((system, here, SESSION, "Lock", SLOT("on_lock()")))
        for bus, path, interface, name, slot in self._wires:
            if bus.isConnected():
                bus.connect("", path, interface, name, self, slot)

    def close(self) -> None:
        """Listens no more."""
        wires, self._wires = self._wires, []
        for bus, path, interface, name, slot in wires:
            if bus.isConnected():
                bus.disconnect("", path, interface, name, self, slot)

    @Slot(bool)
    def on_screen(self, active: bool) -> None:
        """The screen saver came, or went."""
        if active and self._wires:
            self._away(SYSTEM)

    @Slot(bool)
    def on_sleep(self, soon: bool) -> None:
        """The computer is about to sleep, or has woken up."""
        if soon and self._wires:
            self._away(SYSTEM)

    @Slot()
    def on_lock(self) -> None:
        """The login session is asked to lock."""
        if self._wires:
            self._away(SYSTEM)


class WindowsWatch(QObject):
    """Listens to what Windows tells the window ``handle`` about its session and about sleep."""

    def __init__(self, handle: int, away: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handle = handle
        self._filter = _SessionFilter(away)
        self._app = QApplication.instance()
        if self._app is not None:
            self._app.installNativeEventFilter(self._filter)
        register_session(handle, True)

    def close(self) -> None:
        """Listens no more."""
        register_session(self._handle, False)
        if self._app is not None:
            self._app.removeNativeEventFilter(self._filter)


class _SessionFilter(QAbstractNativeEventFilter):
    def __init__(self, away: Callable[[str], None]) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            from ctypes import wintypes

            found = wintypes.MSG.from_address(int(message))
            why = reason_of(found.message, found.wParam)
            if why:
                self._away(why)
        return (False, 0)


def reason_of(message: int, word: int) -> str:
    """Why a message of Windows wants the journal locked; empty where it does not."""
    locked = message == _WM_WTSSESSION_CHANGE and word in _SESSION_ENDS
    asleep = message == _WM_POWERBROADCAST and word == _PBT_APMSUSPEND
    return SYSTEM if locked or asleep else ""


def register_session(handle: int, on: bool) -> None:
    """Asks Windows to tell this window about its session, or no more. What is refused is done without."""
    import ctypes

    with suppress(AttributeError, OSError):
        library = ctypes.WinDLL("wtsapi32")  # type: ignore[attr-defined]
        if on:
            library.WTSRegisterSessionNotification(ctypes.c_void_p(handle), _NOTIFY_FOR_THIS_SESSION)
        else:
            library.WTSUnRegisterSessionNotification(ctypes.c_void_p(handle))


def hide_from_capture(handle: int, on: bool) -> None:
    """Keeps a window out of pictures of the screen, or no more. An older Windows shows it black in them instead."""
    import ctypes

    with suppress(AttributeError, OSError):
        library = ctypes.WinDLL("user32")  # type: ignore[attr-defined]
        for kind in (_WDA_EXCLUDEFROMCAPTURE, _WDA_MONITOR) if on else (_WDA_NONE,):
            if library.SetWindowDisplayAffinity(ctypes.c_void_p(handle), kind):
                return
