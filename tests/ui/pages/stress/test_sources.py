"""Sources of stress: chosen, named in own words, taken away and brought back; kept in the vault alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.desk import Desk
from companion.journal import Journal
from companion.journal_words import words
from companion.storage.vault import Cost
from companion.ui.pages.stress.sources import LONGEST, PAGE, SourcesCard, named, own
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
def card(qtbot: QtBot, desk: Desk, journal: Journal, theme: Theme) -> SourcesCard:
    card = SourcesCard(desk, theme, words().sources)
    qtbot.addWidget(card)
    card.resize(700, 300)
    with qtbot.waitExposed(card):
        card.show()
    card.refresh()
    return card


def shown(card: SourcesCard) -> list[str]:
    return [chip.words for chip in card.choices.chips]


def test_the_shipped_ones_are_there_and_none_is_chosen(card: SourcesCard) -> None:
    assert shown(card) == [one.name for one in words().sources]
    assert card.choices.chosen() == ()


def test_a_choice_is_kept_and_taken_back(card: SourcesCard, desk: Desk) -> None:
    card.choices.choose("source.workload")
    card.choices.choose("source.hours")
    assert named(desk) == ("source.workload", "source.hours")
    card.choices.choose("source.workload", False)
    assert named(desk) == ("source.hours",)


def test_one_of_ones_own_is_added_by_enter(qtbot: QtBot, card: SourcesCard, desk: Desk) -> None:
    qtbot.keyClicks(card.line, "  The Monday   queue ")
    qtbot.keyClick(card.line, Qt.Key.Key_Return)
    assert named(desk) == ("The Monday queue",)
    assert own(desk, words().sources) == ("The Monday queue",)
    assert shown(card)[-1] == "The Monday queue"
    assert card.line.text() == ""


def test_a_shipped_name_in_own_words_is_the_shipped_one(qtbot: QtBot, card: SourcesCard, desk: Desk) -> None:
    qtbot.keyClicks(card.line, "long HOURS")
    qtbot.mouseClick(card.add, Qt.MouseButton.LeftButton)
    assert named(desk) == ("source.hours",)
    assert own(desk, words().sources) == ()


def test_the_same_is_not_kept_twice_and_nothing_is_nothing(
    qtbot: QtBot, card: SourcesCard, desk: Desk
) -> None:
    for text in ("Queue", "Queue", "   "):
        card.line.set_text(text)
        qtbot.mouseClick(card.add, Qt.MouseButton.LeftButton)
    assert named(desk) == ("Queue",)


def test_ones_own_can_be_brought_back(card: SourcesCard, desk: Desk, journal: Journal) -> None:
    journal.write_page(PAGE, {"mine": ["source.hours", "Queue"]})
    card.refresh()
    offered: list[Callable[[], None]] = []
    card.undo_offered.connect(lambda _words, undo: offered.append(undo))
    card.choices.choose("Queue", False)
    assert "Queue" not in shown(card)
    card.choices.choose("source.hours", False)
    assert len(offered) == 1  # a shipped one stays where it can be chosen again
    offered[0]()
    assert named(desk) == ("source.hours", "Queue")
    assert "Queue" in shown(card)


def test_bringing_back_does_nothing_once_it_is_locked(card: SourcesCard, journal: Journal) -> None:
    journal.write_page(PAGE, {"mine": ["Queue"]})
    card.refresh()
    offered: list[Callable[[], None]] = []
    card.undo_offered.connect(lambda _words, undo: offered.append(undo))
    card.choices.choose("Queue", False)
    journal.lock()
    offered[0]()
    journal.open(journal.attempt("correct horse battery"))
    assert journal.page(PAGE) == {"mine": []}


def test_a_refusal_is_told_and_the_chips_show_what_is_kept(
    qtbot: QtBot, card: SourcesCard, journal: Journal, desk: Desk
) -> None:
    card.choices.choose("source.hours")
    file = journal._vault._file
    assert file is not None
    file.connection.execute("PRAGMA query_only = ON")
    with qtbot.waitSignal(card.refused):
        card.choices.choose("source.workload")
    assert card.choices.chosen() == ("source.hours",)
    card.line.set_text("Queue")
    with qtbot.waitSignal(card.refused):
        qtbot.mouseClick(card.add, Qt.MouseButton.LeftButton)
    assert card.line.text() == "Queue"


@pytest.mark.parametrize("page", [{"mine": 3}, {"mine": [1, None, ""]}, {}])
def test_a_page_that_makes_no_sense_names_none(desk: Desk, journal: Journal, page: dict[str, object]) -> None:
    journal.write_page(PAGE, page)
    assert named(desk) == ()


def test_a_paste_is_cut_to_a_name(qtbot: QtBot, card: SourcesCard, desk: Desk) -> None:
    card.line.set_text("<b>x</b> " * 1000)
    qtbot.mouseClick(card.add, Qt.MouseButton.LeftButton)
    assert len(named(desk)[0]) == LONGEST
    assert not card.grab().isNull()


def test_bringing_back_does_nothing_once_the_card_is_gone(
    qapp: QApplication, desk: Desk, journal: Journal, theme: Theme
) -> None:
    journal.write_page(PAGE, {"mine": ["Queue"]})
    card = SourcesCard(desk, theme, words().sources)
    card.refresh()
    offered: list[Callable[[], None]] = []
    card.undo_offered.connect(lambda _words, undo: offered.append(undo))
    card.choices.choose("Queue", False)
    journal.lock()
    shiboken6.delete(card)
    journal.open(journal.attempt("correct horse battery"))
    offered[0]()
    assert journal.page(PAGE) == {"mine": []}
