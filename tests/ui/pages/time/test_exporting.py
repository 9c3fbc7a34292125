"""Export on the screen: work only unless more is chosen, said plainly, in four kinds of files."""

import csv
import json
import os
import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.core.spans import FILLED, PROPOSED, Span
from companion.desk import Desk
from companion.storage.time_exchange import read_file
from companion.ui.pages.time.exporting import ExportView
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll

Save = Callable[[str], Path]
At = Callable[..., int]


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, theme: Theme, at: At) -> Iterator[ExportView]:
    """The long day: sleep until 8:00, e-mails 9:00–10:00, calls proposed 10:00–10:30, family 12:00–13:00."""
    desk.time.paint_spans(
        [
            Span(at(0), at(8), "sleeping"),
            Span(at(9), at(10), "work/e-mails", FILLED),
            Span(at(10), at(10, 30), "work/phone calls", PROPOSED),
            Span(at(12), at(13), "family"),
        ],
        "a day",
    )
    place = QWidget()
    view = ExportView(desk, theme)
    column = QVBoxLayout(place)
    column.addWidget(PageScroll(view, view, place))
    place.resize(1060, 900)
    view.refresh()
    with qtbot.waitExposed(place):
        place.show()
    yield view
    place.close()
    place.deleteLater()


@pytest.fixture
def save(view: ExportView, qtbot: QtBot, tmp_path: Path) -> Save:
    def do(kind: str) -> Path:
        view.picks[kind].setChecked(True)
        path = tmp_path / f"out-{kind}"
        view.save(path)
        qtbot.waitUntil(lambda: not view.work.busy)
        return path

    return do


# ---- what goes out


def test_work_only_unless_more_is_chosen_and_it_says_so(view: ExportView, save: Save) -> None:
    assert view.said.text() == "Work only goes out."
    assert not view.private.isVisible()
    assert view.sum.text() == "1 h go out. 10 h of these days stay here."
    text = save("spans").read_text(encoding="utf-8")
    assert "work/e-mails" in text
    assert "family" not in text
    assert "sleeping" not in text


def test_proposals_never_go_out(save: Save) -> None:
    assert "phone calls" not in save("spans").read_text(encoding="utf-8")


def test_everything_is_a_choice_with_a_warning_and_is_kept(view: ExportView, desk: Desk, save: Save) -> None:
    view.everything.click()
    assert view.said.text() == "Everything goes out."
    assert view.private.isVisible()
    assert desk.prefs.time_export_all
    assert "family" in save("spans").read_text(encoding="utf-8")
    view.only_work.click()
    assert not desk.prefs.time_export_all


def test_a_single_one_more_is_not_kept_for_the_next_time(view: ExportView, desk: Desk) -> None:
    view.categories.choose("family")
    assert view.said.text() == "Goes out: Work, Family."
    assert view.private.isVisible()
    assert not desk.prefs.time_export_all


def test_nothing_chosen_exports_nothing(view: ExportView) -> None:
    view.categories.choose("work", False)
    assert view.said.text() == "Nothing is chosen."
    assert not view.write.isEnabled()


# ---- which days


def test_the_present_week_comes_first(view: ExportView) -> None:
    assert view.range.dates() == (date(2026, 10, 19), date(2026, 10, 25))


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("last week", date(2026, 10, 12), date(2026, 10, 18)),
        ("this month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last month", date(2026, 9, 1), date(2026, 9, 30)),
        ("all", date(2026, 10, 25), date(2026, 10, 25)),
    ],
)
def test_ranges_by_name(view: ExportView, key: str, first: date, last: date) -> None:
    view.range.quick[key].click()
    assert view.range.dates() == (first, last)


def test_days_without_anything_say_so(view: ExportView) -> None:
    view.range.quick["last week"].click()
    assert view.sum.text() == "There is nothing of that on these days."
    assert not view.write.isEnabled()


def test_a_night_over_the_edge_goes_out_with_what_lies_in_the_range(
    view: ExportView, desk: Desk, save: Save, at: At
) -> None:
    desk.time.paint(at(23, day=date(2026, 10, 24)), at(0), "sleeping")
    view.everything.click()
    view.range.show_dates(date(2026, 10, 25), date(2026, 10, 25))
    text = save("spans").read_text(encoding="utf-8")
    assert "2026-10-25T00:00:00+02:00" in text
    assert "2026-10-24" not in text


# ---- as what


def test_the_csv_comes_back_in_whole(view: ExportView, save: Save, desk: Desk, at: At) -> None:
    view.everything.click()
    reading = read_file(save("spans"), desk.time.zone)
    assert [(one.start, one.end, one.label) for one in reading.found] == [
        (at(0), at(8), "sleeping"),
        (at(9), at(10), "work/e-mails"),
        (at(12), at(13), "family"),
    ]


def test_the_sheet_has_a_row_for_each_day(save: Save) -> None:
    rows = list(csv.reader(save("sheet").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == [f"2026-10-{day}" for day in range(19, 26)]
    assert rows[-1].count("work/e-mails") == 12


def test_the_calendar_and_the_json(save: Save) -> None:
    assert save("ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    document = json.loads(save("json").read_text(encoding="utf-8"))
    assert document["shown"] == ["work"]
    assert "unfilled_s" not in document["days"][0], "which would count what is private"


def test_a_category_that_looks_like_a_formula_is_made_harmless(
    view: ExportView, desk: Desk, save: Save, at: At
) -> None:
    ident = desk.time.categories.add("=cmd|x", "work")
    desk.time.categories.rename("work", "@work")
    desk.time.paint(at(14), at(14, 30), ident)
    view.refresh()
    for kind in ("spans", "sheet"):
        for row in csv.reader(save(kind).read_text(encoding="utf-8-sig").splitlines()):
            assert not any(cell.startswith(("=", "@", "+", "-")) for cell in row)


@pytest.mark.skipif(os.name != "posix", reason="no modes here")
def test_the_file_is_for_its_user_only(save: Save) -> None:
    assert stat.S_IMODE(save("spans").stat().st_mode) == 0o600


# ---- the dialog


def test_the_dialog_offers_a_name_without_anything_private(view: ExportView) -> None:
    view.key("Ctrl+Return")
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isModal()
    assert Path(dialog.selectedFiles()[0]).name == "time 2026-10-19 to 2026-10-25.csv"
    dialog.close()


def test_what_is_chosen_in_the_dialog_is_written_and_told(
    view: ExportView, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    view.told.connect(told.append)
    view.ask_where()
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "mine.csv"))
    dialog.close()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["Exported to mine.csv."]
    assert (tmp_path / "mine.csv").exists()


def test_a_place_that_refuses_is_told(view: ExportView, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").touch()
    view.save(tmp_path / "file" / "mine.csv")
    qtbot.waitUntil(lambda: not view.work.busy)
    assert "file is no folder" in view.trouble.text_label.text()
    assert view.write.isEnabled()


@pytest.mark.parametrize(("width", "scale"), [(1060, 1.0), (700, 1.0), (1060, 2.0), (620, 2.0)])
def test_nothing_is_clipped(
    view: ExportView,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    faults: Callable[[QWidget], list[str]],
    width: int,
    scale: float,
) -> None:
    theme.apply(qapp, "light", scale)
    view.window().resize(width, 900)
    view.everything.click()
    qtbot.waitUntil(lambda: not faults(view))
