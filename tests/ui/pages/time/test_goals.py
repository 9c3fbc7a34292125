"""Goals: set in one sentence by keys alone, changed from a date on, ended, removed and brought back."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.goals import Goal
from companion.desk import Desk
from companion.ui.pages.time.goals import GoalsView
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from tests.ui.conftest import MORNING, layout_faults
from tests.ui.pages.time.diary import fill

TECHNOLOGY = Goal("t", "technology", "at most", 7200, "day", (0, 1, 2, 3, 4), "2026-11-02")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING)


@pytest.fixture
def offered() -> list[tuple[str, Callable[[], object]]]:
    """What could be taken back, in order."""
    return []


@pytest.fixture
def goals(qtbot: QtBot, desk: Desk, theme: Theme, offered: list[Any]) -> Iterator[GoalsView]:
    """The view, shown in a page that scrolls."""
    view = GoalsView(desk, theme)
    view.undo_offered.connect(lambda words, back: offered.append((words, back)))
    page = PageScroll(view, view)
    qtbot.addWidget(page)
    page.resize(900, 900)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    view.refresh()
    yield view


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def said(view: GoalsView) -> list[str]:
    return [row.line.words() for row in view.rows]


def test_a_goal_is_set_by_keys_alone(goals: GoalsView, desk: Desk, qtbot: QtBot) -> None:
    assert goals.empty.isVisible()
    assert goals.key("N")
    qtbot.waitUntil(goals.form.length.hasFocus)
    QTest.keyClicks(goals.form.length, "1:30")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    assert goals.form.category.hasFocus()
    QTest.keyClicks(goals.form.category, "Exe")
    assert goals.form.category.chosen() == "exercise"
    assert goals.form.sentence.text() == (
        "Exercise: at least 1 h 30 min a week, every day of the week, from 20 Nov."
    )
    press(Qt.Key.Key_Return)
    (kept,) = desk.time.goals.all()
    assert kept[1:] == ("exercise", "at least", 5400, "week", (0, 1, 2, 3, 4, 5, 6), "2026-11-20", "")
    assert not goals.form.isVisible()
    assert said(goals) == [
        "Exercise: at least 1 h 30 min a week. "
        "This week so far: 0 min of at least 1 h 30 min; 1 of its 3 days has begun"
    ]


def test_the_length_is_typed_first_and_tab_goes_down_the_form(goals: GoalsView, qtbot: QtBot) -> None:
    goals.key("N")
    form = goals.form
    qtbot.waitUntil(form.length.hasFocus)
    assert form.length.lineEdit().selectedText() == form.length.text()
    owners = (form.length, form.per, form.kind, form.category, form.days, form.since, form.keep, form.leave)
    stops: list[QWidget] = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        if not form.isAncestorOf(focus) or (stops[1:] and focus is stops[0]):
            break
        if focus not in stops:  # within a date Tab goes from part to part
            stops.append(focus)
        press(Qt.Key.Key_Tab)
    assert [next(one for one in owners if one is stop or one.isAncestorOf(stop)) for stop in stops] == list(
        owners
    )
    places = [stop.mapTo(form, QPoint(0, stop.height() // 2)) for stop in stops]
    assert sorted(places, key=lambda at: (at.y() // 20, at.x())) == places


def test_a_goal_set_in_an_audit_counts_for_all_of_its_days(goals: GoalsView, desk: Desk) -> None:
    goals.key("N")
    assert goals.form.since.date() == QDate(2026, 11, 20)
    goals.close_form()
    desk.time.audits.start("2026-11-19", 3)
    goals.key("N")
    assert goals.form.since.date() == QDate(2026, 11, 19)


def test_a_change_holds_from_its_day_and_past_days_keep_theirs(
    goals: GoalsView, desk: Desk, offered: list[Any]
) -> None:
    desk.time.goals.put(TECHNOLOGY)
    goals.refresh()
    goals.rows[0].change.click()
    assert goals.form.since.date() == QDate(2026, 11, 20)
    goals.form.length.setValue(60)
    goals.form.keep.click()
    old, new = sorted(desk.time.goals.all(), key=lambda goal: goal.since)
    assert old == TECHNOLOGY._replace(until="2026-11-19")
    assert (new.seconds, new.since, new.until) == (3600, "2026-11-20", "")
    assert [goal.seconds for goal in desk.time.goals.in_force("2026-11-19")] == [7200]
    assert [goal.seconds for goal in desk.time.goals.in_force("2026-11-20")] == [3600]
    words, back = offered[-1]
    assert words == "Goal changed: Technology"
    back()
    assert desk.time.goals.all() == [TECHNOLOGY]
    step = desk.time.redo()
    assert step is not None and len(desk.time.goals.all()) == 2, "the change is one step"
    desk.time.undo()
    assert desk.time.goals.all() == [TECHNOLOGY]


def test_a_change_from_the_same_day_takes_the_place_of_the_goal(
    goals: GoalsView, desk: Desk, offered: list[Any]
) -> None:
    later = TECHNOLOGY._replace(since="2026-12-01")
    desk.time.goals.put(later)
    goals.refresh()
    goals.rows[0].change.click()
    goals.form.days.choose("5")
    goals.form.keep.click()
    assert desk.time.goals.all() == [later._replace(weekdays=(0, 1, 2, 3, 4, 5))]
    offered[-1][1]()
    assert desk.time.goals.all() == [later]


def test_a_change_that_changes_nothing_leaves_the_goal_alone(
    goals: GoalsView, desk: Desk, offered: list[Any]
) -> None:
    desk.time.goals.put(TECHNOLOGY)
    goals.refresh()
    goals.rows[0].change.click()
    goals.form.keep.click()
    assert desk.time.goals.all() == [TECHNOLOGY]
    assert offered == []
    assert not goals.form.isVisible()


def test_ending_leaves_it_for_today_and_can_be_taken_back(
    goals: GoalsView, desk: Desk, offered: list[Any], clock: ManualClock
) -> None:
    desk.time.goals.put(TECHNOLOGY)
    goals.refresh()
    goals.rows[0].end.click()
    assert desk.time.goals.all() == [TECHNOLOGY._replace(until="2026-11-20")]
    assert "until 20 Nov" in said(goals)[0]
    assert not goals.rows[0].end.isVisible()
    clock.advance(86400)
    goals.refresh()
    assert [card.isVisible() for card in goals.cards] == [False, False, True]
    offered[-1][1]()
    goals.refresh()
    assert [card.isVisible() for card in goals.cards] == [True, False, False]


def test_removing_can_be_taken_back(goals: GoalsView, desk: Desk, offered: list[Any]) -> None:
    desk.time.goals.put(TECHNOLOGY)
    goals.refresh()
    goals.rows[0].remove.click()
    assert desk.time.goals.all() == []
    assert goals.empty.isVisible()
    assert offered[-1][0] == "Goal removed: Technology"
    offered[-1][1]()
    assert desk.time.goals.all() == [TECHNOLOGY]


def test_goals_stand_in_the_order_of_the_tree_with_this_week(goals: GoalsView, desk: Desk) -> None:
    fill(desk, date(2026, 11, 16), 5)
    desk.time.goals.put(Goal("f", "family", "about", 3600, since="2026-11-01"))
    desk.time.goals.put(TECHNOLOGY)
    desk.time.goals.put(Goal("r", "rest", "about", 1800, since="2026-12-01"))
    goals.refresh()
    found = said(goals)
    assert found[0].startswith("Technology: at most 2 h a day, Monday to Friday. This week so far: ")
    assert "a day of at most 2 h; kept on " in found[0] and found[0].endswith(" of 5 days")
    assert found[2] == "Rest: about 30 min a day, from 1 Dec"


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (("at most", 1800), "on average 42 min a day of at most 30 min; kept on 2 of 5 days"),
        (("at least", 1800), "on average 42 min a day of at least 30 min; reached on 4 of 5 days"),
        (("about", 1800), "on average 42 min a day of about 30 min; met on 2 of 5 days"),
        (("at most", 0), "on average 42 min a day where none is meant; kept on 1 of 5 days"),
        (
            ("at most", 7200, "week"),
            "3 h 30 min of at most 2 h; 5 of its 7 days have begun",
        ),
        (("at least", 18000, "week", (0, 1, 2, 3, 4)), "3 h 30 min of at least 5 h; all of its 5 days have begun"),
        (("at least", 1800, "day", (0, 1)), "on average 15 min a day of at least 30 min; reached on 1 of 2 days"),
        (("at most", 1800, "day", (1, 6)), "30 min of at most 30 min, on its one day so far"),
        (("at most", 1800, "day", (5, 6)), ""),
    ],
)  # fmt: skip
def test_a_goal_says_which_days_count(
    goals: GoalsView, desk: Desk, at: Callable[..., int], goal: tuple[Any, ...], words: str
) -> None:
    for day, minutes in ((17, 30), (18, 40), (19, 50), (20, 90)):  # nothing on Monday
        start = at(6, day=date(2026, 11, day))
        desk.time.paint(start, start + minutes * 60, "technology")
    kind, seconds, *more = goal
    desk.time.goals.put(Goal("t", "technology", kind, seconds, *more, since="2026-11-01"))
    goals.refresh()
    assert said(goals)[0].partition(". This week so far: ")[2] == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": ()}, "Choose at least one day."),
        ({"kind": ("at least",), "minutes": 0}, "At least something is more than nothing: write a length."),
        ({"minutes": 1500}, "That is longer than the days it is for."),
    ],
)
def test_what_cannot_be_a_goal_is_told_and_not_kept(
    goals: GoalsView, desk: Desk, change: dict[str, Any], words: str
) -> None:
    goals.open_form()
    form = goals.form
    form.days.set_chosen(change.get("days", tuple("0123456")))
    form.kind.set_chosen(change.get("kind", ("at most",)))
    form.length.setValue(change.get("minutes", 60))
    form._say()
    assert form.word.text() == words
    assert form.word.isVisible()
    assert not form.keep.isEnabled()
    QTest.keyClick(form, Qt.Key.Key_Return)
    assert desk.time.goals.all() == []


def test_one_kind_and_one_period_always_hold(goals: GoalsView) -> None:
    goals.open_form()
    goals.form.kind.choose("at most", on=False)
    goals.form.per.choose("day", on=False)
    assert goals.form.kind.chosen() == ("at most",)
    assert goals.form.per.chosen() == ("day",)


def test_escape_leaves_the_form(goals: GoalsView, desk: Desk) -> None:
    assert not goals.escape()
    goals.key("N")
    assert goals.escape()
    assert not goals.form.isVisible()
    goals.key("N")
    press(Qt.Key.Key_Escape)
    assert not goals.form.isVisible()
    assert goals.empty.isVisible()
    assert desk.time.goals.all() == []


def test_a_refresh_leaves_an_open_form_as_it_is(goals: GoalsView, desk: Desk) -> None:
    goals.key("N")
    goals.form.length.setValue(85)
    desk.time.goals.put(TECHNOLOGY)
    goals.refresh()
    assert goals.form.length.text() == "1 h 25 min"
    assert len(goals.rows) == 1


@pytest.mark.parametrize(("width", "scale"), [(900, 1.0), (668, 1.0), (668, 2.0)])
def test_nothing_is_cut_at_any_width_or_size(
    goals: GoalsView, desk: Desk, qapp: QApplication, theme: Theme, width: int, scale: float
) -> None:
    desk.time.goals.put(TECHNOLOGY)
    goals.refresh()
    goals.open_form(goals.rows[0].goal)
    theme.apply(qapp, "light", scale)
    goals.window().resize(width, 900)
    for _ in range(4):
        QApplication.processEvents()
    assert layout_faults(goals) == []
    theme.apply(qapp, "light", 1.0)
