"""The system asks the program to stop."""

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from companion.app.signals import StopSignals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals for a window there")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    stops: list[int] = []
    signals = StopSignals(lambda: stops.append(1))
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: bool(stops), timeout=30_000)
    finally:
        signals.close()
        signals.close()
    assert stops == [1]
    assert signal.getsignal(number) == before
    assert signal.set_wakeup_fd(-1) == -1
