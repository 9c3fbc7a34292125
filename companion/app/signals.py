"""A request of the system to stop becomes a clean quit, without a timer that would wake an idle program."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QSocketNotifier

_STOPS = ("SIGTERM", "SIGINT", "SIGHUP")


class StopSignals(QObject):
    """Calls ``stop`` on the window's thread when the program is asked to end. Does nothing on Windows, where a
    windowed program gets no such signals.
    """

    def __init__(self, stop: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = stop
        self._read = self._write = -1
        if sys.platform == "win32":
            return
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        for name in _STOPS:
            signal.signal(getattr(signal, name), _noted)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def close(self) -> None:
        """Gives the signals back."""
        if self._read < 0:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for name in _STOPS:
            signal.signal(
                getattr(signal, name), signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
            )
        os.close(self._read)
        os.close(self._write)
        self._read = self._write = -1

    def _on_signal(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._read, 64)
        self._stop()


def _noted(number: int, frame: object) -> None:
    """The number has been written to the pipe by then; the work is done where the pipe is read."""
