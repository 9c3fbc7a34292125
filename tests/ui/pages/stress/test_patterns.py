"""Patterns: what is shown follows the journal and the range, under five cases nothing is drawn, no frame is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock, stamp
from companion.core.stress import Entry, new_action, new_entry
from companion.desk import Desk
from companion.journal import Journal
from companion.storage.vault import Cost, Record
from companion.ui.pages.stress.chart import MOST_BARS
from companion.ui.pages.stress.patterns import PatternsView
from companion.ui.theme.theme import Theme
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.onebar import Bar
from companion.ui.widgets.pagescroll import PageScroll

Write = Callable[..., Entry]


@pytest.fixture
def journal(desk: Desk, data_dir: Path, clock: ManualClock) -> Iterator[Journal]:
    journal = Journal(
        data_dir / "journal.vault", data_dir / "backups", clock, desk.store.announce, Cost(1, 8 << 20)
    )
    desk._journal = journal
    journal.create(journal.prepare("correct horse battery"))
    yield journal
    journal.close()


@pytest.fixture
def write(journal: Journal, clock: ManualClock) -> Write:
    def write(days_ago: float = 0, before: int | None = 6, **parts: object) -> Entry:
        made = new_entry(stamp(clock.now() - timedelta(days=days_ago)), "Europe/Berlin")
        return journal.write(made._replace(before=before, **parts))  # type: ignore[arg-type]

    return write


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, journal: Journal, theme: Theme) -> Iterator[PatternsView]:
    view = PatternsView(desk, theme)
    box = PageScroll(view, view)
    qtbot.addWidget(box)
    box.resize(1000, 800)
    with qtbot.waitExposed(box):
        box.show()
    yield view


def counted(qtbot: QtBot, view: PatternsView) -> None:
    """The view once it has counted."""
    view.refresh()
    qtbot.waitUntil(lambda: not view.counting.busy)


def texts(view: PatternsView) -> str:
    return "\n".join(found.text() for found in view.findChildren(QLabel) if found.isVisible())


def bar(bars: tuple[Bar, ...], name: str) -> Bar:
    return next(one for one in bars if one.label == name)


# -- what is shown
def test_an_empty_journal_says_what_will_be_here(qtbot: QtBot, view: PatternsView) -> None:
    counted(qtbot, view)
    assert view.empty.isVisible()
    assert not view.figures.isVisible()
    button = view.empty.button
    assert isinstance(button, KeyButton)
    with qtbot.waitSignal(view.check_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_range_without_entries_is_not_an_empty_journal(
    qtbot: QtBot, view: PatternsView, write: Write
) -> None:
    write(days_ago=200)
    counted(qtbot, view)
    assert not view.empty.isVisible()
    assert not view.figures.isVisible()
    assert "Nothing was written in the last 90 days." in texts(view)


def test_four_cases_are_counted_and_not_drawn(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    for _ in range(4):
        write(reason="billing", source="source.workload")
    counted(qtbot, view)
    for block in (view.figures.hours, view.figures.weekdays, view.figures.reasons, view.figures.sources):
        assert [one.value for one in block.chart.bars()] == [None] * len(block.chart.bars())
    assert view.figures.reasons.chart.bars()[0].note == "4 cases: too few to draw"


def test_five_cases_are_drawn_with_their_number(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    for number in (2, 4, 6, 8, 10):
        write(before=number, reason="billing", source="source.workload", event_kind="My own kind")
    counted(qtbot, view)
    billing = view.figures.reasons.chart.bars()[0]
    assert (billing.label, billing.value, billing.note, billing.spread) == ("Billing", 6, "5 cases", "4 to 8")
    assert view.figures.sources.chart.bars()[0].label == "Too much work"
    assert view.figures.events.chart.bars()[0].label == "My own kind"
    assert [(one.label, one.number) for one in view.figures.hours.chart.bars()] == [("10", "5")]
    assert bar(view.figures.weekdays.chart.bars(), "Fri").value == 6
    assert bar(view.figures.weekdays.chart.bars(), "Mon").note == "no cases"


def test_what_names_no_group_is_told_and_makes_none(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    for _ in range(5):
        write(reason="billing")
    write()
    write()
    counted(qtbot, view)
    assert len(view.figures.reasons.chart.bars()) == 1
    assert view.figures.reasons.note.text() == "2 entries name none."
    assert view.figures.sources.note.text() == "None of these entries names one."


def test_before_and_after_are_told_without_a_judgement(
    qtbot: QtBot, view: PatternsView, write: Write
) -> None:
    for after in (3, 3, 6, 6, 7):
        write(before=6, after=after)
    write(before=9)
    counted(qtbot, view)
    assert [(one.label, one.shown, one.note) for one in view.figures.pairs.chart.bars()] == [
        ("Before", "6", "5 cases"),
        ("After", "6", "5 cases"),
    ]
    assert view.figures.pairs.note.text().endswith("Afterwards: lower in 2, the same in 2, higher in 1.")


def test_what_helped_is_by_kind_of_action(
    qtbot: QtBot, view: PatternsView, write: Write, clock: ManualClock
) -> None:
    for _ in range(5):
        write(actions=(new_action("breathe", stamp(clock.now()))._replace(helped=8, asked=True),))
    counted(qtbot, view)
    found = view.figures.helped.chart.bars()[0]
    assert (found.label, found.shown, found.note) == ("Breathe for a minute", "8", "5 cases")


def test_entries_without_a_number_are_told(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    write(before=None)
    counted(qtbot, view)
    assert "One check or entry in the last 90 days, none of them with a number." in texts(view)
    assert not view.figures.isVisible()


def test_more_groups_than_fit_are_in_the_table(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    for n in range(MOST_BARS + 3):
        write(source=f"Source {n:02}")
    counted(qtbot, view)
    assert len(view.figures.sources.chart.bars()) == MOST_BARS
    assert view.figures.sources.note.text() == "and 3 more, in the table."
    assert view.key("T")
    assert view.figures.sources.table is not None
    assert view.figures.sources.table.rowCount() == MOST_BARS + 3
    assert view.figures.sources.table.isVisible()
    assert not view.figures.sources.chart.isVisible()
    assert view.key("T")
    assert view.figures.sources.chart.isVisible()


def test_hostile_words_stay_words(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    for words in ("<b>x</b>", "a\nb", "\u202eabc", "&amp;", "x" * 3000):
        write(source=words)
    counted(qtbot, view)
    assert {one.label for one in view.figures.sources.chart.bars()} >= {"<b>x</b>", "&amp;"}
    assert not view.grab().isNull()


# -- the range
def test_the_range_takes_whole_local_days(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    for days in (
        0,
        29.4,
        29.5,
        89,
        364,
        2000,
    ):  # half past ten in Berlin now: 29.5 days ago is the evening before
        write(days_ago=days)
    seen = []
    for days in (30, 90, 365, 0):
        qtbot.mouseClick(view.ranges[days], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not view.counting.busy)
        assert view.days() == days
        assert [n for n, button in view.ranges.items() if button.isChecked()] == [days]
        seen.append(int(view.line.text().split()[0]))
    assert seen == [2, 4, 5, 6]


def test_a_new_entry_is_counted_when_the_view_is_told(qtbot: QtBot, view: PatternsView, write: Write) -> None:
    write()
    counted(qtbot, view)
    write()
    counted(qtbot, view)
    assert view.line.text().startswith("2 checks and entries")


# -- the count
def test_many_entries_are_counted_in_slices_and_can_be_called_off(
    qtbot: QtBot, view: PatternsView, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(60):
        write()
    monkeypatch.setattr("companion.ui.pages.stress.tallying.SLICE_S", 0.0)
    monkeypatch.setattr("companion.ui.widgets.progressline.PATIENCE_S", -1.0)
    view.refresh()
    assert view.counting.busy
    assert view.progress.isVisible()
    assert view.progress.words.text() == "Counting: 25 of 60 entries"
    assert view.escape()
    assert not view.counting.busy
    assert not view.progress.isVisible()
    assert view.trouble.isVisible()
    qtbot.mouseClick(view.trouble.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.counting.busy)
    assert view.line.text().startswith("60 checks and entries")
    assert not view.trouble.isVisible()
    assert not view.escape()


def test_locking_ends_the_count_without_a_word(
    qtbot: QtBot, view: PatternsView, write: Write, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(60):
        write()
    monkeypatch.setattr("companion.ui.pages.stress.tallying.SLICE_S", 0.0)
    view.refresh()
    journal.lock()
    qtbot.waitUntil(lambda: not view.counting.busy)
    assert view.line.text() == ""


def spoil(journal: Journal, entry: Entry) -> None:
    """The part of an entry that lists need makes no sense any more, so that the whole of it has to be read."""
    journal._vault.write([Record(entry.id, "entry", {}, {}, entry.at)])
    journal._book.forget()


def test_entries_that_cannot_be_read_are_told_and_no_empty_journal(
    qtbot: QtBot, view: PatternsView, write: Write, journal: Journal
) -> None:
    spoil(journal, write())
    counted(qtbot, view)
    assert "One record of the journal cannot be read and is not counted." in texts(view)
    assert not view.empty.isVisible()


def test_a_journal_that_cannot_be_read_is_not_shown_as_empty(
    qtbot: QtBot, view: PatternsView, write: Write, journal: Journal
) -> None:
    spoil(journal, write())
    file = journal._vault._file
    assert file is not None
    file.connection.execute("DROP TABLE records")
    file.connection.execute("DROP TABLE mirror")
    counted(qtbot, view)
    assert "The journal could not be read: " in texts(view)
    assert not view.empty.isVisible()


# -- looks
@pytest.mark.parametrize(("scale", "width"), [(1.0, 1000), (1.0, 700), (2.0, 1000), (2.0, 700)])
def test_nothing_is_clipped_or_covered(
    qtbot: QtBot,
    qapp: QApplication,
    theme: Theme,
    desk: Desk,
    write: Write,
    view: PatternsView,
    faults: Callable[[QWidget], list[str]],
    scale: float,
    width: int,
) -> None:
    for n in range(12):
        write(
            before=n % 11, after=n % 7, source="A source with a rather long name of its own", reason="billing"
        )
    theme.apply(qapp, "dark", scale)
    counted(qtbot, view)
    area = view.window()
    area.resize(width, 900)
    for _ in range(5):
        qapp.processEvents()
    assert faults(view) == []
    view.key("T")
    for _ in range(5):
        qapp.processEvents()
    assert faults(view) == []
