"""The tally of habits: a tick is kept at once on the local day, weeks stand side by side, nothing is said of them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.desk import Desk
from companion.journal import Journal
from companion.journal_words import words
from companion.storage.vault import Cost
from companion.ui.pages.stress.habits import HabitRow, HabitsCard
from companion.ui.theme.theme import Theme


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
def card(qtbot: QtBot, desk: Desk, journal: Journal, theme: Theme) -> HabitsCard:
    card = HabitsCard(desk, theme, words().habits)
    qtbot.addWidget(card)
    card.resize(720, 600)
    with qtbot.waitExposed(card):
        card.show()
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    card.refresh()
    return card


def numbers(row: HabitRow) -> tuple[str, str, str]:
    """As they are read; none is shown as a dot."""
    earlier = " ".join(number.text() for number in row.earlier)
    return earlier.replace("·", "0"), row.week.text().replace("·", "0"), row.today.text().replace("·", "0")


def press(qtbot: QtBot, row: HabitRow, times: int = 1) -> None:
    for _ in range(times):
        qtbot.mouseClick(row.more, Qt.MouseButton.LeftButton)


def test_eight_habits_and_no_tick_yet(card: HabitsCard) -> None:
    assert [row.habit.id for row in card.rows] == [one.id for one in words().habits]
    assert len(card.rows) == 8
    assert {numbers(row) for row in card.rows} == {("0 0 0", "0", "0")}
    assert card.rows[0].week.text() == "·"  # a wall of noughts would look like a reproach


def test_a_tick_once_or_more_a_day_is_kept_at_once(qtbot: QtBot, card: HabitsCard, journal: Journal) -> None:
    row = card.rows[1]
    press(qtbot, row, 2)
    assert numbers(row) == ("0 0 0", "2", "2")
    assert journal.page("habits:2026-W47") == {"days": {"2026-11-20": {row.habit.id: 2}}}


def test_a_tick_can_be_taken_back(qtbot: QtBot, card: HabitsCard, journal: Journal) -> None:
    row = card.rows[0]
    assert not row.less.isVisible()
    press(qtbot, row)
    assert row.less.isVisible()
    row.less.setFocus()
    qtbot.mouseClick(row.less, Qt.MouseButton.LeftButton)
    assert numbers(row) == ("0 0 0", "0", "0")
    assert row.more.hasFocus()  # where the button was there is none any more


def test_days_and_weeks_go_by(qtbot: QtBot, card: HabitsCard, clock: ManualClock) -> None:
    row = card.rows[0]
    press(qtbot, row)
    clock.set_wall(datetime(2026, 11, 21, 22, 59, tzinfo=UTC))  # Saturday, a minute to midnight in Berlin
    card.refresh()
    assert numbers(row) == ("0 0 0", "1", "0")
    press(qtbot, row)
    clock.set_wall(datetime(2026, 11, 22, 23, 0, tzinfo=UTC))  # Monday in Berlin
    card.refresh()
    assert numbers(row) == ("0 0 2", "0", "0")
    assert [head.text() for head in card.heads] == ["2 Nov", "9 Nov", "16 Nov", "this week", "today"]
    clock.set_wall(datetime(2026, 12, 7, 12, tzinfo=UTC))
    card.refresh()
    assert numbers(row) == ("2 0 0", "0", "0")


def test_a_tick_after_midnight_belongs_to_the_new_day(
    qtbot: QtBot, card: HabitsCard, clock: ManualClock, journal: Journal
) -> None:
    clock.set_wall(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    press(qtbot, card.rows[0])  # nobody refreshed the card meanwhile
    assert journal.page("habits:2026-W47") == {}
    assert journal.page("habits:2026-W48") == {"days": {"2026-11-23": {card.rows[0].habit.id: 1}}}


def test_it_is_told_to_assistive_tools(qtbot: QtBot, card: HabitsCard) -> None:
    row = card.rows[0]
    press(qtbot, row, 3)
    assert row.more.accessibleName() == "One more: Healthy breaks"
    assert row.less.accessibleName() == "One less: Healthy breaks"
    assert row.more.accessibleDescription() == "Healthy breaks, 3 this week, 3 today"


def test_no_word_of_goals_streaks_praise_or_blame(qtbot: QtBot, card: HabitsCard) -> None:
    press(qtbot, card.rows[0], 9)
    said = " ".join(found.text().lower() for found in card.findChildren(QLabel))
    for word in ("goal", "streak", "well done", "great", "only 0", "missed", "score", "%"):
        assert word not in said


def test_a_refused_tick_is_told_and_not_shown(qtbot: QtBot, card: HabitsCard, journal: Journal) -> None:
    file = journal._vault._file
    assert file is not None
    file.connection.execute("PRAGMA query_only = ON")
    with qtbot.waitSignal(card.refused):
        press(qtbot, card.rows[0])
    assert numbers(card.rows[0]) == ("0 0 0", "0", "0")
