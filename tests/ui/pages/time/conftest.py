"""What the tests of the page share: the page in a shown window, on a day that is told, and short ways to say a time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.days import instants_at
from companion.desk import Desk
from companion.ui.pages.time.day import DayView
from companion.ui.pages.time.page import TimePage
from companion.ui.window import MainWindow

BERLIN = ZoneInfo("Europe/Berlin")
LONG = date(2026, 10, 25)
"""The day of 25 hours."""

At = Callable[..., int]


@pytest.fixture
def at() -> At:
    """The instant of a time on the long day in Berlin, the second one where ``nth`` is 1."""

    def instant(hour: int, minute: int = 0, nth: int = 0, day: date = LONG) -> int:
        return instants_at(day, hour * 60 + minute, BERLIN)[nth]

    return instant


@pytest.fixture
def clock() -> ManualClock:
    """A quarter to four on the afternoon of the long day."""
    return ManualClock(datetime(2026, 10, 25, 14, 47, tzinfo=UTC))


@pytest.fixture
def page(desk: Desk, window: MainWindow, qtbot: QtBot) -> TimePage:
    window.show_page("time")
    page = window._stack.time
    assert page is not None
    qtbot.waitUntil(page.day_view.grid.hasFocus)
    return page


@pytest.fixture
def view(page: TimePage) -> DayView:
    return page.day_view
