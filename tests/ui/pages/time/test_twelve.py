"""The 12-hour clock: with it set, no text of the page says a time by the other one."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from companion.core.audit import Decision
from companion.core.goals import Goal
from companion.core.spans import PROPOSED, Span
from companion.core.totals import Heat
from companion.desk import Desk
from companion.ui.pages.time.heat import cells_of
from companion.ui.pages.time.page import TimePage
from companion.ui.pages.time.totals import TIME, TotalsTree
from companion.ui.theme.theme import Theme
from companion.ui.timeprompt import TimePrompt
from tests.ui.pages.time.diary import fill

OTHER = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::\d\d)?(?! [AP]M)(?![\d:])")
"""A time of the 24-hour clock."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def cells(model: QAbstractItemModel, root: QModelIndex, lengths: int) -> Iterator[str]:
    """The texts of a model with its heads, but for those of a column of lengths (``38:15``)."""
    for way, count in (
        (Qt.Orientation.Horizontal, model.columnCount(root)),
        (Qt.Orientation.Vertical, model.rowCount(root)),
    ):
        yield from (str(model.headerData(i, way) or "") for i in range(count))
    for row in range(model.rowCount(root)):
        for column in range(model.columnCount(root)):
            index = model.index(row, column, root)
            for role in ROLES:
                if (column, role) != (lengths, Qt.ItemDataRole.DisplayRole):
                    yield str(model.data(index, role) or "")
        yield from cells(model, model.index(row, 0, root), lengths)


def texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """All that the visible widgets say: their texts, names, descriptions, tool tips, cells."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        yield widget, widget.toolTip()
        yield widget, widget.accessibleDescription()
        yield widget, face.text(QAccessible.Text.Name) if face is not None else widget.accessibleName()
        for name in ("text", "label", "title", "placeholderText", "currentText"):
            told = getattr(widget, name, None)
            if callable(told):
                yield widget, str(told())
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            lengths = TIME if isinstance(widget, TotalsTree) else -1
            for text in cells(widget.model(), QModelIndex(), lengths):
                yield widget, text


def said_otherwise(page: TimePage) -> list[str]:
    """What is said by the 24-hour clock, but for the examples of the line and of a length, and what is typed."""
    line = page.day_view.quick.line
    hints = (line.placeholderText(), "1:30, 1 h 30 min, or 90")
    found = []
    for widget, text in texts(page):
        typed = isinstance(widget, QLineEdit) and text == widget.text()
        if OTHER.search(text) and text not in hints and not typed:
            found.append(f"{type(widget).__name__}: {text}")
    return found


@pytest.fixture
def twelve(desk: Desk, page: TimePage, at: Callable[..., int], hands: Any) -> TimePage:
    """Two full weeks, goals, a decided audit, proposals; then the 12-hour clock is set."""
    fill(desk, date(2026, 10, 12), 13)
    desk.time.goals.put(Goal("t", "technology", "at most", 3600, since="2026-10-01"))
    audit = desk.time.audits.start("2026-10-19", 5)
    desk.time.audits.decide(audit, Decision(1200, "technology", "exercise"))
    desk.time.paint(at(8), at(9, 30), "travel")
    desk.time.paint_spans([Span(at(10), at(11), "work/phone calls", PROPOSED)], "a call")
    desk.prefs.set("twelve_hours", True)
    hands.settle()
    return page


def test_the_hours_get_the_width_that_their_words_need(desk: Desk, page: TimePage, hands: Any) -> None:
    def fits() -> bool:
        head = page.day_view.grid.verticalHeader()
        metrics = QFontMetrics(page.day_view._theme.font("caps"))
        widest = max(metrics.horizontalAdvance(head.words(row)) for row in range(head.count()))
        return head.width() >= widest + page.day_view._theme.px(8)

    hands.settle()
    assert fits()
    desk.prefs.set("twelve_hours", True)
    page.refresh()
    hands.settle()
    assert fits()


def test_it_would_find_a_time_of_the_other_clock(desk: Desk, twelve: TimePage, hands: Any) -> None:
    assert said_otherwise(twelve) == []
    desk.prefs.set("twelve_hours", False)
    hands.settle()
    kinds = {found.partition(":")[0] for found in said_otherwise(twelve)}
    assert {"DayGrid", "ElideLabel", "QLineEdit"} <= kinds


@pytest.mark.parametrize("day", ["2026-10-25", "2026-10-23", "2026-03-29"])
def test_the_day(desk: Desk, twelve: TimePage, hands: Any, day: str) -> None:
    twelve.show_day(day)
    hands.settle()
    assert said_otherwise(twelve) == []
    for typed in ("9-5 work", "2:15-3 rest", "to 5 rest", "8:07-8:41 travel", "8 2nd-9 rest"):
        twelve.day_view.quick.line.setText(typed)
        assert said_otherwise(twelve) == [], typed
    twelve.day_view.quick.line.clear()
    for start, end in (("2:30", "7:00"), ("23:10", "2:15"), ("7:00", "")):
        twelve.day_view.night.fields[0].setText(start)
        twelve.day_view.night.fields[1].setText(end)
        twelve.day_view.night.entered.emit()
        hands.settle()
        assert said_otherwise(twelve) == []


@pytest.mark.parametrize("tab", ["ranges", "goals", "audit", "categories"])
def test_the_other_tabs(twelve: TimePage, hands: Any, tab: str) -> None:
    twelve.show_tab(tab)
    hands.settle()
    assert said_otherwise(twelve) == []
    if tab == "goals":
        twelve.current.key("N")
        hands.settle()
        assert said_otherwise(twelve) == []


def test_what_was_done_is_told_by_it(desk: Desk, twelve: TimePage, hands: Any) -> None:
    for step in (twelve.day_view.verbs.undo, twelve.day_view.verbs.redo, twelve.day_view.verbs.accept_all):
        step()
        hands.settle()
        assert hands.told and not OTHER.search(hands.told), hands.told
        assert said_otherwise(twelve) == []


def test_import_and_export(desk: Desk, twelve: TimePage, hands: Any, qtbot: QtBot, tmp_path: Path) -> None:
    rows = ["start,end,zone,category,state,note"]
    for start, end, name in (("08:00:20", "09:02:00", "rest"), ("08:30:00", "14:00:00", "work")):
        rows.append(f"2026-10-25T{start}+01:00,2026-10-25T{end}+01:00,Europe/Berlin,{name},filled,")
    path = tmp_path / "in.csv"
    path.write_text("\r\n".join([*rows, ""]), "utf-8")
    twelve.show_tab("categories")
    twelve.current.show_import()
    view = twelve.current.exchange.importer
    view.read(path)
    qtbot.waitUntil(lambda: not view.work.busy)
    for table in view.preview.TABS:
        view.preview.show_tab(table)
        hands.settle()
        assert view.preview.tab == table or view.preview.tabs[table].isHidden()
        assert said_otherwise(twelve) == []
    twelve.current.show_export()
    hands.settle()
    assert said_otherwise(twelve) == []


def test_the_question_between_calls(desk: Desk, twelve: TimePage, theme: Theme, qtbot: QtBot) -> None:
    desk.prefs.set("time_prompt_min", 60)
    prompt = TimePrompt(desk, theme, twelve)
    prompt.follow()
    assert prompt.title.text() == "11:00 AM–3:45 PM today is open"
    prompt.timer.stop()


def test_the_report_on_paper(desk: Desk, twelve: TimePage, hands: Any) -> None:
    twelve.show_tab("audit")
    view = twelve.current
    view.show_audit(desk.time.audits.all()[0].id)
    hands.settle()
    sheet = view.sheet()
    assert sheet is not None and sheet.twelve and sheet.gaps
    words = [sheet.title, *sheet.technology, *sheet.gaps, sheet.decision, sheet.detail]
    assert not [text for text in words if OTHER.search(text)]


def test_the_hours_of_the_map() -> None:
    found = Heat(((1800,) * 24,) * 7, ((3600,) * 24,) * 7)
    _, hours, rows = cells_of(found, True)
    assert [hours[at] for at in (0, 9, 12, 23)] == ["12a", "9a", "12p", "11p"]
    assert rows[0][23].words == "Monday 11:00 PM to 12:00 AM, 30 of 60 minutes"
    assert cells_of(found, False)[1] == [str(hour) for hour in range(24)]
    assert cells_of(found, False)[2][0][23].words == "Monday 23:00 to 24:00, 30 of 60 minutes"
