"""The list of calls: a sound model that reads no further than one scrolls."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from companion.clock import stamp
from companion.core.calls import Event, fold
from companion.desk import Desk
from companion.ui.pages.call.recent import RecentModel
from companion.ui.window import MainWindow

TOP = QModelIndex()
PAGE = RecentModel.page


@pytest.fixture
def calls(desk: Desk) -> Callable[[int], None]:
    """Puts so many finished calls into the book, a minute apart."""

    def make(count: int) -> None:
        begin = datetime(2026, 1, 5, 8, tzinfo=UTC)
        with desk.store.write():
            for n in range(count):
                at = stamp(begin + timedelta(minutes=n))
                told = [
                    ("started", 0.0, {}),
                    ("edit", 0.0, {"field": "name", "at": 0, "cut": 0, "put": f"Caller {n}"}),
                    ("ended", 60.0, {}),
                    ("finished", 70.0, {}),
                ]
                events = [Event(kind, t, at, "Europe/Berlin", data) for kind, t, data in told]
                desk.history.add_many(fold(f"call-{n}", events), events, 0.0, "boot-1")

    return make


def test_only_what_is_seen_is_read(desk: Desk, calls: Any, make_window: Any, qapp: Any) -> None:
    calls(1000)
    window = make_window(desk)
    qapp.processEvents()
    model, view = window.call_page.ready.model, window.call_page.ready.list
    assert model.rowCount() == PAGE
    view.scrollToBottom()
    qapp.processEvents()
    assert PAGE < model.rowCount() <= 3 * PAGE
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    assert model.rowCount() == 1000
    assert [model.item_at(model.index(n)).name for n in (0, 500, 999)] == [
        "Caller 999",
        "Caller 499",
        "Caller 0",
    ]


@pytest.mark.parametrize("count", [0, 1, PAGE, PAGE + 1, 120])
def test_the_model_is_sound(desk: Desk, calls: Any, count: int) -> None:
    calls(count)
    model = RecentModel(desk)
    model.fetchMore(TOP)  # whoever asks before there is anything to read
    assert model.rowCount() == 0
    model.reload()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    assert model.rowCount() == count
    del tester  # it fetches while it hears of a reset, which no view does
    desk.start("New")
    desk.end()
    desk.board.finish()
    model.reload()
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    assert model.rowCount() == count + 1
    assert model.index(0).data(RecentModel.Who) == "New"


def test_a_long_list_stays_where_it_is_while_nothing_changes(desk: Desk, calls: Any, qtbot: Any) -> None:
    calls(300)
    model = RecentModel(desk)
    model.reload()
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    with qtbot.assertNotEmitted(model.modelReset):
        model.reload()
    assert model.rowCount() == 300


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_line_with_the_focus_is_seen(
    desk: Desk, calls: Any, make_window: Any, qapp: Any, theme: Any, mode: Any
) -> None:
    calls(3)
    theme.apply(qapp, mode, 1.0)
    window: MainWindow = make_window(desk)
    qapp.processEvents()  # the list is filled after the first paint
    view = window.call_page.ready.list
    view.setFocus()
    view.setCurrentIndex(view.model().index(1))
    qapp.processEvents()
    box = view.visualRect(view.model().index(1))
    image = view.viewport().grab(box).toImage()
    assert image.pixelColor(image.width() // 2, 2) == theme.color("accent")
    view.clearFocus()
    theme.apply(qapp, "light", 1.0)


def test_what_is_waiting_is_told_in_words(desk: Desk, clock: Any) -> None:
    desk.board.ring("+49 30 901820")
    desk.end()
    clock.advance(60)
    call = desk.start("Maria <b>", "billing")
    desk.board.write_text(call.id, "promise.what", "Call back")
    clock.advance(90)
    desk.end("resolved")
    model = RecentModel(desk)
    model.reload()
    assert [model.index(n).data(RecentModel.Waits) for n in range(2)] == ["wrap-up open", "call back"]
    desk.board.finish()
    model.reload()
    first = model.index(0)
    assert first.data() == "Maria <b>, 10:31, Billing · Resolved · 1 min 30 s, promise open"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == first.data()
    assert model.index(1).data(RecentModel.What) == "Missed call"
    assert model.index(7).data() is None
