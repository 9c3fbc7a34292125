"""Planned breaks: shown for today, taken out of the day and put back, and one quiet word when one begins."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject

from companion.clock import ManualClock
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.page import StressPage
from companion.ui.pages.stress.planned import BreakBell, PlannedBreaks
from companion.ui.theme.theme import Theme

BERLIN = "Europe/Berlin"


def plan(desk: Desk, at: str, minutes: int = 10) -> str:
    return desk.breaks.add(f"2026-11-{at}:00.000Z", BERLIN, minutes, "2026-11-20T08:00:00.000Z").id


@pytest.fixture
def planned(qtbot: Any, desk: Desk, theme: Theme) -> PlannedBreaks:
    made = PlannedBreaks(desk, theme)
    qtbot.addWidget(made)
    return made


def test_those_of_today_that_are_not_over(planned: PlannedBreaks, desk: Desk) -> None:
    planned.refresh()
    assert planned.isHidden()
    plan(desk, "20T09:15", 10)  # over
    plan(desk, "20T09:25", 10)  # goes on
    plan(desk, "20T22:59")
    plan(desk, "20T23:00")  # midnight there: tomorrow
    plan(desk, "20T14:30")
    planned.refresh()
    assert planned.texts() == ["Break at 10:25, 10 min", "Break at 15:30, 10 min", "Break at 23:59, 10 min"]
    assert not planned.isHidden()


def test_a_day_of_twenty_five_hours(planned: PlannedBreaks, desk: Desk, clock: ManualClock) -> None:
    clock.set_wall(datetime(2026, 10, 25, 7, 0, tzinfo=UTC))
    desk.breaks.add("2026-10-25T22:30:00.000Z", BERLIN, 5, "2026-10-25T07:00:00.000Z")
    desk.breaks.add("2026-10-25T23:00:00.000Z", BERLIN, 5, "2026-10-25T07:00:00.000Z")
    planned.refresh()
    assert planned.texts() == ["Break at 23:30, 5 min"]


def test_one_that_is_removed_can_come_back(planned: PlannedBreaks, desk: Desk) -> None:
    plan(desk, "20T14:30")
    kept = desk.breaks.next_after("2026-11-20T09:30:00.000Z")
    planned.refresh()
    offered: list[Callable[[], None]] = []
    planned.undo_offered.connect(lambda _text, undo: offered.append(undo))
    planned.rows[0].remove.click()
    assert desk.breaks.next_after("2026-11-20T09:30:00.000Z") is None
    assert planned.isHidden()
    offered[0]()
    assert desk.breaks.next_after("2026-11-20T09:30:00.000Z") == kept


def test_a_refusal_is_told(planned: PlannedBreaks, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_ident: str) -> None:
        raise StoreError("The disk is full.")

    plan(desk, "20T14:30")
    planned.refresh()
    monkeypatch.setattr(desk.breaks, "remove", refuse)
    told: list[str] = []
    planned.told.connect(told.append)
    planned.rows[0].remove.click()
    assert told == ["Not removed: The disk is full."] and len(planned.rows) == 1


# -- the word when it is due
@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def bell(qapp: Any, desk: Desk, heard: list[str]) -> Any:
    parent = QObject()
    bell = BreakBell(desk, parent)
    bell.due.connect(heard.append)
    yield bell
    shiboken6.delete(parent)  # at once: its timer must not outlive the store


def test_a_word_when_it_begins_and_no_second_one(
    bell: BreakBell, desk: Desk, clock: ManualClock, heard: list[str]
) -> None:
    assert not bell.waits, "nothing is planned: nothing wakes up"
    plan(desk, "20T09:40")
    bell.look()
    assert bell.waits and heard == []
    clock.advance(599)
    bell.look()
    assert heard == []
    clock.advance(1)
    bell.look()
    bell.look()
    assert heard == ["Your break: 10 minutes, planned for 10:40."]
    assert not bell.waits


def test_what_began_before_the_program_is_not_told(desk: Desk, bell: BreakBell, heard: list[str]) -> None:
    plan(desk, "20T09:25")
    bell.look()
    assert heard == [] and not bell.waits


def test_a_call_is_not_disturbed(bell: BreakBell, desk: Desk, clock: ManualClock, heard: list[str]) -> None:
    plan(desk, "20T09:35")
    desk.start("Maria")
    clock.advance(300)
    bell.look()
    assert heard == [] and bell.waits
    desk.end()
    bell.look()
    assert len(heard) == 1


def test_after_a_long_call_it_comes_to_nothing(
    bell: BreakBell, desk: Desk, clock: ManualClock, heard: list[str]
) -> None:
    plan(desk, "20T09:35")
    desk.start("Maria")
    clock.advance(300 + 601)
    desk.end()
    bell.look()
    assert heard == [] and not bell.waits


def test_on_the_page(open_page: StressPage, hands: Any, desk: Desk, clock: ManualClock) -> None:
    ident = plan(desk, "20T09:40")
    hands.settle()
    side = open_page.view("journal").side
    assert side.planned.isVisible() and side.planned.texts() == ["Break at 10:40, 10 min"]
    hands.click(side.planned.rows[0].remove)
    assert side.planned.isHidden() and hands.told == "Break removed."
    hands.click(open_page.window().notices.word.buttons[0])  # type: ignore[attr-defined]
    assert side.planned.texts() == ["Break at 10:40, 10 min"]
    clock.advance(600)
    open_page.bell.look()
    assert hands.told == "Your break: 10 minutes, planned for 10:40."
    assert ident
