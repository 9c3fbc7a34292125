"""The audit: started, followed, reported on one page, ended in one decision that becomes next week's goal."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QRect
from PySide6.QtGui import QColor, QImage, QPageSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.audit import Audit, Decision
from companion.core.goals import Goal
from companion.core.totals import Total
from companion.desk import Desk
from companion.ui.pages.time.paper import paper_here, picture, save_pdf, units
from companion.ui.pages.time.report import AuditView
from companion.ui.pages.time.report_page import MARGIN, UNIT, Sheet, report_lines, total_rows
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from tests.ui.conftest import MORNING, layout_faults
from tests.ui.pages.time.diary import fill

A4, LETTER = QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter
MONDAY = date(2026, 11, 9)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING)


@pytest.fixture
def offered() -> list[tuple[str, Callable[[], object]]]:
    """What could be taken back, in order."""
    return []


@pytest.fixture
def told() -> list[str]:
    """The small words."""
    return []


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, theme: Theme, offered: list[Any], told: list[str]) -> Iterator[AuditView]:
    """The view, shown in a page that scrolls."""
    made = AuditView(desk, theme)
    made.undo_offered.connect(lambda words, back: offered.append((words, back)))
    made.told.connect(told.append)
    page = PageScroll(made, made)
    qtbot.addWidget(page)
    page.resize(1150, 900)
    with qtbot.waitExposed(page):
        page.show()
    made.refresh()
    yield made


@pytest.fixture
def over(view: AuditView, desk: Desk) -> AuditView:
    """An audit of last week, over and without a decision."""
    fill(desk, MONDAY, 12)
    desk.time.goals.put(Goal("t", "technology", "at most", 3600, since="2026-11-01"))
    desk.time.goals.put(Goal("x", "exercise", "at least", 1800, since="2026-11-01"))
    desk.time.audits.start("2026-11-09", 7)
    view.refresh()
    return view


def sheet(view: AuditView) -> Sheet:
    found = view.sheet()
    assert found is not None
    return found


# ---- starting and following


def test_an_audit_is_started_and_followed(view: AuditView, desk: Desk, offered: list[Any]) -> None:
    assert view.start.isVisible()
    view.start.days.choose("3")
    assert view.start.said.text() == "20 – 22 November 2026"
    assert view.key("S")
    assert [(one.first, one.days) for one in desk.time.audits.all()] == [("2026-11-20", 3)]
    assert not view.start.isVisible()
    assert view.progress.title_label.text() == "Day 1 of 3"
    assert [row.words.text() for row in view.progress.rows] == ["10 h 30 min open", "to come", "to come"]
    assert not view.form.isVisible()
    offered[-1][1]()
    assert desk.time.audits.all() == []
    assert view.start.isVisible()


def test_an_audit_that_begins_later_is_shown_as_such(view: AuditView, desk: Desk) -> None:
    view.start.first.choose("2026-11-23")
    view.start.start.click()
    assert view.progress.title_label.text() == "Begins Mon 23 Nov"
    assert not view.cards.isVisible()
    assert not view.save.isVisible()
    assert desk.time.audits.current() is None


def test_an_audit_may_lie_wholly_in_the_past(view: AuditView, desk: Desk, offered: list[Any]) -> None:
    fill(desk, date(2026, 10, 5), 5)
    card = view.start
    card.days.choose("5")
    card.date.setDate(QDate(2026, 10, 5))
    assert card.first.chosen() == ()
    assert card.said.text() == (
        "5 – 9 October 2026. These days are over; what is open in them can still be filled in."
    )
    card.start.click()
    assert [(one.first, one.days) for one in desk.time.audits.all()] == [("2026-10-05", 5)]
    assert view.form.isVisible(), "it is over, so it asks for its decision"
    assert view.save.isVisible()
    assert view.progress.title_label.text() == "The 5 days of the audit"


def test_a_date_and_the_words_for_it_go_together(view: AuditView) -> None:
    card = view.start
    card.first.choose("2026-11-23")
    assert card.date.date() == QDate(2026, 11, 23)
    card.date.setDate(QDate(2026, 11, 19))
    assert card.first.chosen() == ("2026-11-19",)
    card.first.choose("2026-11-19", on=False)
    assert card.chosen() == ("2026-11-19", 5)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (QDate(2026, 12, 19), "An audit begins four weeks from now at the latest."),
        (QDate(2026, 12, 18), ""),
        (QDate(2000, 1, 2), ""),
    ],
)
def test_a_first_day_that_cannot_be_is_told(view: AuditView, desk: Desk, day: QDate, words: str) -> None:
    card = view.start
    card.date.setDate(day)
    assert (card.word.text(), card.word.isVisible()) == (words, bool(words))
    assert card.said.isVisible() == (not words)
    card.start.click()
    assert len(desk.time.audits.all()) == (not words)


def test_days_with_gaps_lead_to_themselves(view: AuditView, desk: Desk, qtbot: QtBot) -> None:
    fill(desk, date(2026, 11, 18), 3)
    desk.time.audits.start("2026-11-18", 5)
    view.refresh()
    words = [row.words.text() for row in view.progress.rows]
    assert words == ["complete", "1 h 50 min open", "complete so far", "to come", "to come"]
    shown = [row.open.isVisible() for row in view.progress.rows]
    assert shown == [False, True, False, False, False]
    with qtbot.waitSignal(view.day_requested) as asked:
        view.progress.rows[1].open.click()
    assert asked.args == ["2026-11-19"]
    assert view.cards.isVisible()
    assert view.save.isVisible()


def test_no_day_is_told_twice_and_one_choice_always_holds(view: AuditView) -> None:
    view.start.days.choose("5", on=False)
    view.start.first.choose("2026-11-20", on=False)
    assert view.start.chosen() == ("2026-11-20", 5)


# ---- the decision


def test_the_decision_becomes_next_weeks_goals(over: AuditView, desk: Desk, offered: list[Any]) -> None:
    assert over.form.isVisible()
    assert over.form.sentence.text() == "20 minutes a day from Technology to Exercise"
    over.form.minutes.choose("30")
    over.form.take.click()
    audit = over.audit
    assert audit is not None
    assert desk.time.audits.decision(audit) == Decision(1800, "technology", "exercise")
    made = [goal for goal in desk.time.goals.all() if goal.since == "2026-11-23"]
    assert [(goal.category, goal.kind, goal.until) for goal in made] == [
        ("technology", "at most", "2026-11-29"),
        ("exercise", "at least", "2026-11-29"),
    ]
    assert not over.form.isVisible()
    assert "30 minutes a day from Technology to Exercise" in over.decided.lines[0].words()
    assert "In the week from Mon 23 Nov: Technology at most" in over.decided.lines[0].words()
    offered[-1][1]()
    assert desk.time.audits.decision(audit) is None
    assert len(desk.time.goals.all()) == 2
    assert over.form.isVisible()


def test_a_step_that_is_not_the_last_is_not_taken_back_over_others(
    over: AuditView, desk: Desk, offered: list[Any], told: list[str]
) -> None:
    over.form.take.click()
    start = desk.time.day("2026-11-18").start
    desk.time.paint(start, start + 600, "rest")
    offered[-1][1]()
    assert over.audit is not None
    assert desk.time.audits.decision(over.audit) is not None
    assert told[-1] == "Something was done after it. Ctrl+Z goes back step by step."


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("technology", "technology", "Choose two different categories."),
        ("rest", "exercise", "There is less than that a day to take from."),
    ],
)
def test_what_cannot_be_decided_is_told(
    over: AuditView, desk: Desk, source: str, target: str, words: str
) -> None:
    over.form.source.choose(source)
    over.form.target.choose(target)
    over.form._say()
    assert over.form.word.text().startswith(words)
    assert over.form.word.isVisible()
    assert not over.form.take.isEnabled()
    assert not any(desk.time.audits.decision(audit) for audit in desk.time.audits.all())


def test_a_choice_that_is_being_made_survives_a_refresh(over: AuditView) -> None:
    over.form.minutes.choose("45")
    over.form.source.choose("family")
    over.refresh()
    assert over.form.decision() == Decision(2700, "family", "exercise")


def test_earlier_audits_are_opened_and_left(over: AuditView, desk: Desk) -> None:
    over.form.take.click()
    assert over.escape()
    assert over.start.isVisible()
    (button,) = over.earlier.buttons
    assert button.label() == "9 – 15 November 2026 · 20 minutes a day from Technology to Exercise"
    button.click()
    assert over.cards.isVisible()
    assert not over.start.isVisible()
    assert over.key("N")
    assert over.start.isVisible()
    assert over.escape()


def test_an_audit_is_removed_and_brought_back(over: AuditView, desk: Desk, offered: list[Any]) -> None:
    audit = over.audit
    over.remove.click()
    assert desk.time.audits.all() == []
    assert over.start.isVisible()
    offered[-1][1]()
    assert desk.time.audits.all() == [audit]
    assert over.cards.isVisible()


# ---- the page


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_the_pdf_is_one_page_of_the_paper(
    over: AuditView, tmp_path: Path, paper: QPageSize.PageSizeId
) -> None:
    page, path = QPageSize(paper), tmp_path / "report.pdf"
    assert save_pdf(path, sheet(over), page)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == 1
    (box,) = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", data)
    size = page.size(QPageSize.Unit.Point)
    assert [round(float(x)) for x in box] == [round(size.width()), round(size.height())]
    assert b"Inter" in data
    assert path.stat().st_mode & 0o077 == 0


def test_a_pdf_that_cannot_be_written_is_told_and_leaves_nothing(
    over: AuditView, tmp_path: Path, told: list[str]
) -> None:
    assert not over.save_to(tmp_path / "nowhere" / "report.pdf")
    assert told[-1] == "The report could not be written there."
    assert over.save_to(tmp_path / "report.pdf")
    assert told[-1] == "Report saved"
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["report.pdf"]


def ink(image: QImage, box: QRect) -> bool:
    """Whether anything is drawn in a part of a page."""
    white = QColor("white").rgb()
    return any(
        image.pixel(x, y) != white
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    )


@pytest.mark.parametrize("paper", [A4, LETTER])
@pytest.mark.parametrize("many", [False, True])
def test_nothing_is_drawn_in_the_margins(
    over: AuditView, desk: Desk, paper: QPageSize.PageSizeId, many: bool
) -> None:
    if many:
        start = desk.time.day("2026-11-14").start
        for i in range(60):
            ident = desk.time.categories.add(f"Long name of a category number {i}", "work" if i % 2 else "")
            desk.time.paint(start + i * 300, start + (i + 1) * 300, ident)
        over.refresh()
    dpi, page = 60, QPageSize(paper)
    image = picture(sheet(over), page, dpi)
    edge = MARGIN * dpi // UNIT - 2
    wide, high = image.width(), image.height()
    for box in (
        QRect(0, 0, wide, edge),
        QRect(0, high - edge, wide, edge),
        QRect(0, 0, edge, high),
        QRect(wide - edge, 0, edge, high),
    ):
        assert not ink(image, box)
    assert ink(image, QRect(edge, edge, wide - 2 * edge, edge))
    assert units(page).width() == pytest.approx(page.size(QPageSize.Unit.Point).width() * 10)


def test_the_page_is_the_same_in_every_theme(over: AuditView, qapp: QApplication, theme: Theme) -> None:
    light = picture(sheet(over), QPageSize(A4), 40)
    theme.apply(qapp, "dark", 2.0)
    assert picture(sheet(over), QPageSize(A4), 40) == light
    theme.apply(qapp, "light", 1.0)


def test_the_sheet_has_all_parts_of_the_report(over: AuditView, desk: Desk) -> None:
    over.form.take.click()
    found = sheet(over)
    assert found.title == "9 – 15 November 2026 · 7 days"
    assert found.report.balance == desk.time.figures.balance("2026-11-09", "2026-11-15")
    assert len(found.report.differences) == 2
    assert found.heat_name == "Technology"
    assert "beyond the plan of the day" in found.technology[0]
    assert found.gaps[0] == "6 h 10 min in all, the longest:"
    assert found.decision == "20 minutes a day from Technology to Exercise"
    assert found.detail.startswith("In the week from Mon 23 Nov: ")


def test_a_goal_of_today_is_not_said_to_have_been_met_before(view: AuditView, desk: Desk) -> None:
    for name, hours in (("2026-11-19", 9), ("2026-11-20", 1)):
        day = desk.time.day(name)
        desk.time.paint(day.start, day.start + hours * 3600, "travel")
    desk.time.goals.put(Goal("t", "travel", "at most", 3 * 3600, since="2026-11-20"))
    desk.time.audits.start("2026-11-18", 3)
    view.refresh()
    card = view.cards.against
    assert card.intro.text() == "All goals are met so far, on the days on which they count."
    assert card.lines[0].words() == "Travel 1 h. at most 3 h a day planned. counts from 20 Nov"
    found = sheet(view).report
    assert (found.over, found.standings[0].since) == (False, "2026-11-20")
    assert report_lines(sheet(view)) == [
        "All goals are met so far, on the days on which they count.",
        "Travel 1 h, at most 3 h a day planned, counts from 20 Nov",
    ]


def test_a_missed_goal_also_says_since_when_it_counts(over: AuditView, desk: Desk) -> None:
    desk.time.goals.put(Goal("t", "technology", "at most", 3600, since="2026-11-12"))
    over.refresh()
    assert any("counts from 12 Nov" in line.words() for line in over.cards.against.lines)
    assert sheet(over).report.differences[0].since == "2026-11-12"


def test_days_that_have_not_begun_ask_for_nothing_on_paper(view: AuditView, desk: Desk) -> None:
    day = desk.time.day("2026-11-20")
    desk.time.paint(day.start, day.start + 3600, "exercise")
    desk.time.goals.put(Goal("x", "exercise", "at least", 1800, since="2026-11-01"))
    desk.time.audits.start("2026-11-20", 7)
    view.refresh()
    assert [one.target for one in sheet(view).report.standings] == [1800]
    assert view.cards.against.intro.text() == "All goals of these days are met so far."


def test_a_page_with_little_room_keeps_what_is_most(over: AuditView, desk: Desk) -> None:
    tree = desk.time.tree
    found = [Total("work", 5000, 0, (Total("work/e-mails", 4000, 4000), Total("work/design", 1000, 1000)))]
    found += [
        Total(name, seconds, seconds) for name, seconds in (("travel", 300), ("rest", 200), ("eating", 900))
    ]
    whole, left_out = total_rows(found, tree, 6)
    assert (len(whole), left_out) == (6, 0)
    rows, left_out = total_rows(found, tree, 5)
    assert [row.words for row in rows] == ["Work", "E-mails", "Travel", "Rest", "Eating"]
    assert left_out == 1
    rows, left_out = total_rows(found, tree, 3)
    assert [(row.words, row.seconds) for row in rows] == [
        *(("Work", 5000), ("Eating", 900), ("Others together", 500))
    ]
    assert sum(row.seconds for row in rows if not row.depth) == sum(total.seconds for total in found)


def test_the_paper_is_one_of_the_two(qapp: QApplication) -> None:
    assert paper_here().id() in (A4, LETTER)


def test_an_audit_over_the_change_of_clocks_adds_up(view: AuditView, desk: Desk) -> None:
    fill(desk, date(2026, 10, 23), 5, leave_open=False)
    audit: Audit = desk.time.audits.start("2026-10-23", 5)
    view.show_audit(audit.id)
    found = sheet(view).report
    assert found.balance.length == 5 * 86400 + 3600
    assert sum(line.day.length for line in found.days) == found.balance.length
    lines = sum(total.seconds for total in found.totals) + found.balance.unfilled + found.balance.proposed
    assert lines == found.balance.length


@pytest.mark.parametrize(("width", "scale"), [(1150, 1.0), (668, 1.0), (668, 2.0), (500, 2.0)])
def test_nothing_is_cut_at_any_width_or_size(
    over: AuditView, qapp: QApplication, theme: Theme, width: int, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    over.window().resize(width, 900)
    for _ in range(4):
        QApplication.processEvents()
    assert layout_faults(over) == []
    assert over.width() <= width, "nothing lies out of sight to the right, where nobody can scroll"
    theme.apply(qapp, "light", 1.0)
