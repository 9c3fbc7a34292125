"""Ranges: totals by the tree that add up, goals with their differences, hours, gaps that lead to their days."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.days import first_at
from companion.core.goals import Goal
from companion.core.spans import PROPOSED, Span
from companion.core.totals import heat, unplanned
from companion.desk import Desk
from companion.ui.pages.time import periods
from companion.ui.pages.time.counting import NOT_FILLED, Counting, Seen
from companion.ui.pages.time.ranges import RangesView
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.window import MainWindow
from tests.ui.conftest import MORNING, Hands, layout_faults
from tests.ui.pages.time.diary import fill

MONDAY = date(2026, 11, 9)


def seconds(clocked: str) -> int:
    hours, minutes = clocked.replace(",", "").split(":")
    return int(hours) * 3600 + int(minutes) * 60


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING)


@pytest.fixture
def ranges(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[RangesView]:
    """The view, shown in a page that scrolls; nothing is recorded."""
    view = RangesView(desk, theme)
    page = PageScroll(view, view)
    qtbot.addWidget(page)
    page.resize(1150, 900)
    with qtbot.waitExposed(page):
        page.show()
    view.refresh()
    yield view


@pytest.fixture
def full(ranges: RangesView, desk: Desk) -> RangesView:
    """The week of 9 November with two weeks on record and goals."""
    fill(desk, MONDAY, 12)
    for goal in (
        Goal("t", "technology", "at most", 3600, since="2026-11-01"),
        Goal("s", "sleeping", "at least", 9 * 3600, since="2026-11-01"),
        Goal("x", "exercise", "at least", 3 * 3600, "week", since="2026-11-01"),
        Goal("e", "work/e-mails", "at most", 3600, "day", (0, 1, 2, 3, 4), "2026-11-01"),
        Goal("f", "family", "about", 2 * 3600, since="2026-11-01"),
    ):
        desk.time.goals.put(goal)
    ranges.show_period(periods.period("week", MONDAY))
    return ranges


def rows(view: RangesView) -> dict[str, tuple[str, ...]]:
    return {row[0]: row for row in view.cards.tree.rows()}


def test_shares_are_of_what_is_filled_and_what_is_not_has_its_own(ranges: RangesView, desk: Desk) -> None:
    start = first_at(MONDAY, 480, desk.time.zone)
    desk.time.paint(start, start + 3 * 3600, "work/research")
    desk.time.paint(start + 3 * 3600, start + 4 * 3600, "travel")
    desk.time.paint_spans([Span(start + 86400, start + 86400 + 7 * 3600, "rest", PROPOSED)], "a call")
    ranges.show_period(periods.period("week", MONDAY))
    assert [(row[0], row[2]) for row in ranges.cards.tree.rows()] == [
        ("Travel", "25 %"),
        ("Work", "75 %"),
        ("Research", "75 %"),
        ("Proposed", "4 % of all"),
        ("Not filled", "93 % of all"),
    ]
    assert ranges.cards.summary.text() == (
        "4 h of 168 h filled (2 %), 157 h not filled (93 %), 7 h proposed (4 %). "
        "Shares of categories are of what is filled."
    )
    assert (ranges.cards.tree.scale, ranges.cards.tree.whole) == (3 * 3600, 7 * 86400), "bars are seen, too"
    last = ranges.cards.tree.topLevelItem(3).data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert last == "Not filled, 157 h, 93 % of all"
    first = ranges.cards.tree.topLevelItem(0).data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert first == "Travel, 1 h, 25 % of what is filled"


def test_a_week_that_goes_on_counts_no_time_to_come(ranges: RangesView, desk: Desk) -> None:
    desk.time.paint(desk.time.now() // 300 * 300 - 3600, desk.time.now() // 300 * 300, "work")
    ranges.refresh()
    gone = 4 * 86400 + 10 * 3600 + 1800
    assert rows(ranges)["Work"][2] == "100 %"
    assert rows(ranges)["Not filled"][2] == f"{round(100 * (gone - 3600) / gone)} % of all"
    assert rows(ranges)["Still to come"][2] == ""
    assert "(1 %)" in ranges.cards.summary.text()


def test_with_nothing_recorded_it_leads_to_the_day(ranges: RangesView, qtbot: QtBot) -> None:
    assert ranges.empty.isVisible()
    assert not ranges.cards.isVisible()
    with qtbot.waitSignal(ranges.day_requested) as asked:
        assert ranges.key("Return")
    assert asked.args == ["2026-11-20"]


def test_the_top_rows_add_up_to_the_length_of_the_range(full: RangesView) -> None:
    tree = full.cards.tree
    tops = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    assert sum(seconds(top.text(2)) for top in tops) == 7 * 86400
    work = next(top for top in tops if top.text(0) == "Work")
    assert work.childCount() > 2
    assert sum(seconds(work.child(i).text(2)) for i in range(work.childCount())) == seconds(work.text(2))


def test_a_week_under_way_adds_up_too_and_what_is_to_come_is_no_gap(full: RangesView, desk: Desk) -> None:
    full.show_period(periods.period("week", date(2026, 11, 20)))
    tree = full.cards.tree
    tops = {
        tree.topLevelItem(i).text(0): tree.topLevelItem(i).text(2) for i in range(tree.topLevelItemCount())
    }
    assert sum(map(seconds, tops.values())) == 7 * 86400
    end = desk.time.day("2026-11-22").end
    assert seconds(tops["Still to come"]) == end - desk.time.now()
    assert all(start < desk.time.now() for start, _ in full.cards._gaps)


def test_unfilled_time_has_its_line_even_when_there_is_none(full: RangesView, desk: Desk) -> None:
    assert rows(full)["Not filled"][1] != "0:00"
    week = [desk.time.day(f"2026-11-{day:02d}") for day in range(9, 16)]
    desk.time.paint(week[0].start, week[-1].end, "rest")
    full.refresh()
    assert rows(full)["Not filled"][1:3] == ("0:00", "0 % of all")
    assert "every minute is accounted for" in full.cards.open.lines[0].words()
    assert not any(button.isVisible() for button in full.cards.gap_buttons)


def test_proposals_have_a_line_of_their_own(full: RangesView, desk: Desk) -> None:
    start = desk.time.day("2026-11-10").start + 13 * 3600 + 600
    desk.time.paint_spans([Span(start, start + 3600, "work/phone calls", PROPOSED, "call")], "calls")
    full.refresh()
    assert rows(full)["Proposed"][1] == "1:00"
    assert "1 h more proposed" in full.cards.open.lines[0].words()


def test_the_three_largest_differences_are_named_in_words(full: RangesView) -> None:
    said = [line.words() for line in full.cards.against.lines]
    assert "three largest differences" in full.cards.against.intro.text()
    assert said[0].startswith("Technology ")
    assert "more than planned" in said[0]
    assert "at most 7 h planned, 1 h a day" in said[0]
    assert any("less than planned" in text for text in said[:3])
    assert rows(full)["Technology"][3] == "at most 1 h a day"
    assert not full.cards.set_goals.isVisible()


def test_without_goals_it_leads_to_them(full: RangesView, desk: Desk, qtbot: QtBot) -> None:
    for goal in desk.time.goals.all():
        desk.time.goals.remove(goal.id)
    full.refresh()
    assert "No goal counted" in full.cards.against.intro.text()
    with qtbot.waitSignal(full.goals_requested):
        full.cards.set_goals.click()
    assert "No goal plans any of it" in full.cards.technology.lines[0].words()


def test_a_goal_of_a_part_of_the_range_has_no_mark_on_the_bar_of_all_of_it(
    full: RangesView, desk: Desk
) -> None:
    item = full.cards.tree.findItems("Technology", Qt.MatchFlag.MatchExactly)[0]
    assert item.data(0, Qt.ItemDataRole.UserRole + 2) == 7 * 3600
    goal = desk.time.goals.get("t")
    assert goal is not None
    desk.time.goals.put(goal._replace(since="2026-11-12"))
    full.refresh()
    item = full.cards.tree.findItems("Technology", Qt.MatchFlag.MatchExactly)[0]
    assert item.data(0, Qt.ItemDataRole.UserRole + 2) is None


def test_a_gap_leads_to_its_day(full: RangesView, qtbot: QtBot) -> None:
    button = full.cards.gap_buttons[0]
    assert button.label() == "Sat 14 Nov, 17:15–18:30 · 1 h 15 min"
    with qtbot.waitSignal(full.day_requested) as asked:
        button.click()
    assert asked.args == ["2026-11-14"]


def test_keys_choose_the_kind_and_turn_over(full: RangesView) -> None:
    for key, title in (
        ("N", "16 – 22 November 2026"),
        ("B", "9 – 15 November 2026"),
        ("M", "November 2026"),
        ("B", "October 2026"),
        ("H", "November 2026"),
        ("D", "Friday, 20 November 2026"),
        ("B", "Thursday, 19 November 2026"),
        ("W", "16 – 22 November 2026"),
    ):
        assert full.key(key)
        assert full.head.title.text() == title
    assert not full.key("X")
    assert not full.digit(1)
    assert not full.escape()
    assert full.head.kinds["week"].isChecked()


def test_days_to_come_show_nothing_but_what_is_to_come(full: RangesView, desk: Desk) -> None:
    start = desk.time.day("2026-12-01").start + 9 * 3600
    desk.time.paint(start, start + 3600, "travel")
    full.show_period(periods.period("week", date(2026, 12, 1)))
    assert rows(full)["Travel"][1:3] == ("1:00", "100 %")
    assert rows(full)["Still to come"][1] == "167:00"
    assert full.cards.heat.map.model_.rowCount() == 0


def test_any_range_is_typed(full: RangesView, hand_dates: Callable[..., None]) -> None:
    assert full.key("F")
    assert full.head.from_date.isVisible()
    hand_dates(full, date(2026, 11, 10), date(2026, 11, 12))
    assert full.head.title.text() == "10 – 12 November 2026"
    assert full.head.subtitle.text() == "3 days"
    hand_dates(full, date(2026, 11, 14), date(2026, 11, 12))
    assert full.head.title.text() == "12 – 14 November 2026"
    assert full.key("B")
    assert full.head.title.text() == "9 – 11 November 2026"


@pytest.fixture
def hand_dates() -> Callable[..., None]:
    def do(view: RangesView, first: date, last: date) -> None:
        for field, day in ((view.head.from_date, first), (view.head.to_date, last)):
            field.setDate(day)
        view.head.to_date.editingFinished.emit()

    return do


def test_the_map_shows_the_chosen_category(full: RangesView, desk: Desk) -> None:
    heat_card = full.cards.heat
    assert heat_card.box.currentText() == "Technology"
    assert heat_card.map.model_.cells[0][7].number == "25"
    heat_card.choose("travel")
    assert heat_card.map.model_.cells[0][7].number == "5"
    assert heat_card.map.model_.cells[0][8].words == "Monday 8:00 to 9:00, 30 of 60 minutes"
    heat_card.choose(NOT_FILLED)
    assert heat_card.map.model_.cells[5][17].number == "45"
    assert heat_card.map.model_.cells[0][3].number == ""


def test_a_row_that_is_pressed_is_shown_on_the_map(full: RangesView) -> None:
    tree = full.cards.tree
    item = tree.findItems("Family", Qt.MatchFlag.MatchExactly)[0]
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item).center())
    assert full.cards.heat.box.currentText() == "Family"


def test_folding_hides_children_and_stays_through_a_refresh(full: RangesView) -> None:
    tree = full.cards.tree
    high = tree.height()
    full.cards.fold.click()
    assert tree.is_folded()
    assert tree.height() < high
    full.refresh()
    assert tree.is_folded()
    assert full.cards.fold.label() == "Open all"
    tree.setCurrentItem(tree.findItems("Work", Qt.MatchFlag.MatchExactly)[0])
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert tree.height() == high


def test_rows_are_read_out_whole(full: RangesView) -> None:
    item = full.cards.tree.findItems("Technology", Qt.MatchFlag.MatchExactly)[0]
    said = item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Technology, ")
    assert "at most 7 h planned" in said


def test_a_week_of_today_follows_the_calendar(ranges: RangesView, clock: Any) -> None:
    assert ranges.head.title.text() == "16 – 22 November 2026"
    clock.advance(3 * 86400)
    ranges.refresh()
    assert ranges.head.title.text() == "23 – 29 November 2026"


def test_a_name_of_the_users_is_only_text(full: RangesView, desk: Desk) -> None:
    desk.time.categories.rename("technology", "<b>&Screens")
    full.refresh()
    item = full.cards.tree.findItems("<b>&Screens", Qt.MatchFlag.MatchExactly)[0]
    assert "<b>" not in item.toolTip(0)


# ---- long ranges


def counted(desk: Desk, qtbot: QtBot, period: periods.Period, category: str = "") -> Seen:
    counting = Counting(desk, desk_parent := QApplication.instance())
    assert desk_parent is not None
    spy = QSignalSpy(counting.counted)
    counting.start(period, category)
    qtbot.waitUntil(lambda: not counting.busy)
    assert spy.count() == 1
    found = spy.at(0)[0]
    assert isinstance(found, Seen)
    counting.deleteLater()
    return found


@pytest.mark.parametrize("first", [date(2026, 11, 2), date(2026, 8, 20)])
def test_what_is_counted_in_parts_is_what_the_figures_say(desk: Desk, qtbot: QtBot, first: date) -> None:
    fill(desk, first, (date(2026, 11, 20) - first).days)
    desk.time.goals.put(Goal("t", "technology", "at most", 3600, since="2026-11-01"))
    desk.time.goals.put(Goal("w", "work", "at least", 36 * 3600, "week", since="2026-09-01"))
    here = periods.between(first, date(2026, 11, 19))
    names = (first.isoformat(), "2026-11-19")
    seen = counted(desk, qtbot, here, "work")
    figures = desk.time.figures
    assert seen.balance == figures.balance(*names)
    assert seen.totals == figures.totals(*names)
    assert seen.heat == figures.heat(*names, "work")
    assert seen.technology == figures.unplanned(*names)
    assert list(seen.standings) == figures.standings(*names)
    assert list(seen.gaps) == figures.unfilled(*names)[:3]


def test_a_long_count_is_ended_and_nothing_comes_of_it(full: RangesView, desk: Desk) -> None:
    counting = Counting(desk, full)
    spy = QSignalSpy(counting.counted)
    counting.start(periods.between(date(2000, 2, 1), date(2026, 11, 20)))
    assert counting.busy
    counting.cancel()
    assert not counting.busy
    QApplication.processEvents()
    assert spy.count() == 0


def test_escape_ends_a_count_that_shows_its_progress(full: RangesView, qtbot: QtBot) -> None:
    full.progress.began = -1.0  # as if it had been counting for long
    shown = full.head.title.text()
    full.period = periods.between(date(2000, 2, 1), date(2026, 11, 20))
    full.counting.start(full.period)
    assert full.progress.isVisible()
    assert full.progress.words.text() == "Counting: 0 of 9,790 days"
    full._on_progressed(31, 9790)
    assert (
        full.progress.words.text() == "Counting: 0 of 9,790 days"
    )  # not more often than a few times a second
    full.progress.told_at = 0.0
    full._on_progressed(62, 9790)
    assert full.progress.words.text() == "Counting: 62 of 9,790 days"
    assert full.escape()
    assert not full.counting.busy
    assert not full.progress.isVisible()
    assert full.trouble.isVisible()
    assert full.head.title.text() == shown


# ---- looks


@pytest.mark.parametrize(("width", "scale"), [(1150, 1.0), (700, 1.0), (1150, 2.0), (700, 2.0), (500, 2.0)])
def test_nothing_is_cut_at_any_width_or_size(
    full: RangesView, qapp: QApplication, theme: Theme, width: int, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    page = full.window()
    page.resize(width, 900)
    for _ in range(4):
        QApplication.processEvents()
    assert layout_faults(full) == []
    assert full.width() <= width, "nothing lies out of sight to the right, where nobody can scroll"
    theme.apply(qapp, "light", 1.0)


def test_the_heat_of_all_equals_the_heat_of_the_pieces(desk: Desk, qtbot: QtBot) -> None:
    fill(desk, MONDAY, 7)
    seen = counted(desk, qtbot, periods.period("week", MONDAY))
    days = desk.time.days("2026-11-09", "2026-11-15")
    spans = desk.time.spans(days[0].start, days[-1].end)
    assert seen.heat == heat(spans, days, desk.time.zone_of)
    assert seen.technology == unplanned(desk.time.tree, spans, days, "technology", lambda _: 0)


def test_of_a_long_range_the_totals_come_first(full: RangesView, desk: Desk, qtbot: QtBot) -> None:
    counting = Counting(desk, full)
    seen: list[str] = []
    counting.summed.connect(lambda found: seen.append(f"totals {found.balance.recorded}"))
    counting.counted.connect(lambda found: seen.append(f"all {found.balance.recorded}"))
    counting.start(periods.between(date(2024, 1, 1), date(2026, 11, 20)))
    qtbot.waitUntil(lambda: not counting.busy)
    recorded = desk.time.figures.balance("2024-01-01", "2026-11-20").recorded
    assert recorded > 0
    assert seen == [f"totals {recorded}", f"all {recorded}"]


def test_the_tabs_of_the_page_show_the_views_and_lead_to_days(window: MainWindow, hands: Hands) -> None:
    window.show_page("time")
    page = window._stack.time
    assert page is not None
    for tab, name in (("ranges", "Ranges"), ("goals", "Goals"), ("audit", "Audit")):
        page.show_tab(tab)
        hands.settle()
        assert page.current.accessibleName() == name
        assert page.current.isVisible()
    page.show_tab("ranges")
    page.current.day_requested.emit("2026-11-18")
    hands.settle()
    assert page.tab == "day"
    assert page.day_view.day.name == "2026-11-18"
