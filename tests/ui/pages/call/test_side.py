"""The column at the right: who calls and why, notes, promise and read-back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from companion.clock import ManualClock
from companion.core.hours import read
from companion.desk import Desk
from companion.ui.pages.call.promise import deadlines
from companion.ui.window import MainWindow

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_reason_is_chosen_by_keys(live: Any, hands: Any) -> None:
    hands.command("go_reason")
    assert hands.focus is live.side.reason
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    assert hands.call.reason == "delivery" and live.header.about.text() == "Delivery"
    hands.press(Qt.Key.Key_Escape)
    assert hands.focus is not live.side.reason
    live.side.reason.setFocus()
    hands.press(Qt.Key.Key_Home)
    assert hands.call.reason == ""


def test_a_reason_in_words_of_their_own_is_shown(desk: Desk, window: MainWindow, hands: Any) -> None:
    desk.start("", "Lost <b>parrot</b>")
    hands.settle()
    live = window.call_page.live
    assert live.side.reason.currentText() == "Lost <b>parrot</b>"
    assert live.header.about.text() == "Lost <b>parrot</b>"


def test_a_known_caller_is_recognised_in_any_writing(
    desk: Desk, clock: ManualClock, window: MainWindow, hands: Any
) -> None:
    call = desk.start("Maria Mann", "billing", "+49 30 901820")
    desk.board.write_text(call.id, "promise.what", "Call back")
    desk.end()
    desk.board.finish()
    clock.advance(600)
    desk.start()
    hands.command("go_number")
    hands.type("030 901820")
    hands.press(Qt.Key.Key_Escape)
    known = window.call_page.live.side.known
    assert known.isVisible()
    assert known.text() == "1 earlier call · Maria Mann · 1 open promise(s)"
    desk.board.write_text(hands.call.id, "number", "")
    hands.settle()
    assert not known.isVisible()


def test_the_whole_number_can_be_read(live: Any, hands: Any, desk: Desk) -> None:
    desk.board.write_text(hands.call.id, "number", "+49 30 12345678")
    hands.settle()
    edit = live.side.number.edit
    assert edit.fontMetrics().horizontalAdvance(edit.text()) < edit.width() - 20


def test_the_read_back_follows_the_keys(live: Any, hands: Any) -> None:
    side = live.side
    hands.command("go_caller")
    hands.type("Al")
    assert side.spelled.isVisible() and side.spelled.text() == "A-lfa L-ima"
    hands.press(Qt.Key.Key_Tab)
    hands.type("030901820")
    assert side.spelled.text().splitlines()[1] == "A-lfa L-ima"
    digits = side.spelled.text().splitlines()[0]
    assert "".join(c for c in digits if c.isdigit()) == "030901820" and " " in digits
    hands.press(Qt.Key.Key_Escape)
    hands.command("copy")
    assert QGuiApplication.clipboard().text() == side.spelled.text()
    hands.click(side.copy)
    assert hands.told == "Copied."


# -- the promise
def chips(side: Any) -> list[str]:
    return [chip.label() for chip in side.promise._chips]


def test_a_promise_gets_a_deadline_by_one_press(live: Any, hands: Any) -> None:
    promise = live.side.promise
    assert chips(live.side) == ["In 1 hour", "Today 17:00", "Mon 17:00"]
    hands.command("go_promise")
    hands.type("Call back")
    assert not promise.by.isVisible()
    hands.click(promise._chips[1])
    assert hands.call.text("promise.what") == "Call back"
    assert hands.call.values["promise.by"] == "2026-11-20T16:00:00.000Z"
    assert promise.by.isVisible() and "17:00" in promise.by.text()
    hands.click(promise.clear)
    assert hands.call.values["promise.by"] is None and not promise.by.isVisible()


def test_in_one_hour_means_from_now(live: Any, hands: Any) -> None:
    hands.wait(1800)
    hands.click(live.side.promise._chips[0])
    assert hands.call.values["promise.by"] == "2026-11-20T11:00:00.000Z"


@pytest.mark.parametrize(
    ("now", "tomorrow"),
    [
        (
            datetime(2026, 10, 24, 14, 0, tzinfo=UTC),
            "2026-10-25T16:00:00.000Z",
        ),  # 25 hours, back to winter time
        (datetime(2027, 3, 27, 15, 0, tzinfo=UTC), "2027-03-28T15:00:00.000Z"),  # 23 hours, on to summer time
    ],
)
def test_a_night_of_changed_clocks_shifts_no_deadline(
    desk: Desk, clock: ManualClock, window: MainWindow, hands: Any, now: datetime, tomorrow: str
) -> None:
    clock.set_wall(now)
    desk.prefs.set("hours", [[540, 1020]] * 7)
    hands.command("start")
    side = window.call_page.live.side
    assert "Tomorrow 17:00" in chips(side)
    hands.click(side.promise._chips[chips(side).index("Tomorrow 17:00")])
    assert hands.call.values["promise.by"] == tomorrow
    assert "17:00" in side.promise.by.text()
    side.promise.by.setFocus()
    hands.press(Qt.Key.Key_Escape)
    assert hands.call.values["promise.by"] == tomorrow


def test_the_hour_that_comes_twice_is_left_alone(
    desk: Desk, clock: ManualClock, window: MainWindow, hands: Any
) -> None:
    clock.set_wall(datetime(2026, 10, 24, 14, 0, tzinfo=UTC))
    hands.command("start")
    second = "2026-10-25T01:30:00.000Z"
    desk.board.choose(hands.call.id, "promise.by", second)
    hands.settle()
    by = window.call_page.live.side.promise.by
    assert "02:30" in by.text()
    by.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Escape)
    assert hands.call.values["promise.by"] == second


def test_offers_begin_after_now_and_skip_closed_days() -> None:
    now = datetime(2026, 11, 20, 17, 0, 30, tzinfo=BERLIN)  # Friday, just after closing
    offered = deadlines(now, read(None))
    assert [name for name, _at in offered] == ["In 1 hour", "Mon 17:00", "Tue 17:00"]
    assert all(at > now and (at.second, at.microsecond) == (0, 0) for _name, at in offered)
    assert offered[0][1] == now.replace(second=0) + timedelta(hours=1)


def test_another_alphabet_in_settings_is_read_back_at_once(desk: Desk, live: Any, hands: Any) -> None:
    desk.board.write_text(hands.call.id, "name", "Nan")
    hands.settle()
    assert "N-ovember" in live.side.spelled.text()
    desk.prefs.set("alphabet", "din5009")
    hands.settle()
    assert "N-ovember" not in live.side.spelled.text() and "ürnberg" in live.side.spelled.text()
