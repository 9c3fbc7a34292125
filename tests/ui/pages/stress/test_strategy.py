"""The strategy page: what is typed is kept in the vault a moment later, and nothing but the vault ever has it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.desk import Desk
from companion.journal import Journal
from companion.journal_words import words
from companion.storage.errors import StoreError
from companion.storage.vault import Cost
from companion.ui.pages.stress.strategy import PAGE, StrategyView
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.private import PrivateEdit, PrivateLine

STEPS = [step.id for step in words().strategy]


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
def view(qtbot: QtBot, desk: Desk, journal: Journal, theme: Theme) -> Iterator[StrategyView]:
    view = StrategyView(desk, theme)
    box = PageScroll(view, view)
    qtbot.addWidget(box)
    box.resize(900, 900)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    view.refresh()
    yield view


def kept(journal: Journal) -> dict[str, str]:
    found = journal.page(PAGE).get("steps", {})
    assert isinstance(found, dict)
    return found


def type_in(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClicks(field, text)


def refuse(journal: Journal, on: bool) -> None:
    """The disk takes nothing any more, or does again."""
    file = journal._vault._file
    assert file is not None
    file.connection.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")


# -- the four steps
def test_four_steps_each_with_its_questions(view: StrategyView) -> None:
    assert [edit.accessibleName() for edit in view.steps.edits.values()] == [s.name for s in words().strategy]
    for step in words().strategy:
        assert view.steps.edits[step.id].accessibleDescription() == " ".join(step.questions)


def test_what_is_typed_is_kept_a_moment_later(qtbot: QtBot, view: StrategyView, journal: Journal) -> None:
    type_in(qtbot, view.steps.edits[STEPS[0]], "Mondays")
    qtbot.waitUntil(lambda: kept(journal) == {STEPS[0]: "Mondays"})
    assert view.steps.when.text() == "Last changed: Today"


def test_leaving_a_field_keeps_it_at_once(qtbot: QtBot, view: StrategyView, journal: Journal) -> None:
    type_in(qtbot, view.steps.edits[STEPS[1]], "Calm")
    view.steps.edits[STEPS[2]].setFocus()
    assert kept(journal) == {STEPS[1]: "Calm"}


def test_flush_keeps_it_before_the_journal_is_locked(
    qtbot: QtBot, view: StrategyView, journal: Journal
) -> None:
    type_in(qtbot, view.steps.edits[STEPS[3]], "Again in May")
    view.flush()
    journal.lock()
    journal.open(journal.attempt("correct horse battery"))
    assert kept(journal) == {STEPS[3]: "Again in May"}


def test_an_emptied_page_is_taken_away(qtbot: QtBot, view: StrategyView, journal: Journal) -> None:
    edit = view.steps.edits[STEPS[0]]
    type_in(qtbot, edit, "x")
    view.flush()
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    view.flush()
    assert journal.page(PAGE) == {}
    assert not view.steps.when.isVisible()


def test_it_shows_what_is_kept_and_when_it_was_changed(view: StrategyView, journal: Journal) -> None:
    journal.write_page(
        PAGE,
        {"steps": {STEPS[2]: "<b>practice</b>\n"}, "at": "2026-11-03T23:30:00.000Z", "zone": "Europe/Berlin"},
    )
    view.refresh()
    assert view.steps.edits[STEPS[2]].text() == "<b>practice</b>\n"
    assert view.steps.when.text() == "Last changed: Wed 4 Nov"


@pytest.mark.parametrize(
    "page", [{"steps": 3}, {"steps": {"strategy.tune": 7}, "at": "soon", "zone": 3}, {"x": []}]
)
def test_a_page_that_makes_no_sense_is_shown_as_far_as_it_does(
    view: StrategyView, journal: Journal, page: dict[str, object]
) -> None:
    journal.write_page(PAGE, page)
    view.refresh()
    assert view.steps.texts() == {}


def test_steps_of_a_later_version_are_not_thrown_away(
    qtbot: QtBot, view: StrategyView, journal: Journal
) -> None:
    journal.write_page(PAGE, {"steps": {"strategy.fifth": "kept"}})
    view.refresh()
    type_in(qtbot, view.steps.edits[STEPS[0]], "x")
    view.flush()
    assert kept(journal) == {"strategy.fifth": "kept", STEPS[0]: "x"}


def test_a_refresh_leaves_alone_what_is_being_typed(
    qtbot: QtBot, view: StrategyView, journal: Journal
) -> None:
    edit = view.steps.edits[STEPS[0]]
    type_in(qtbot, edit, "Mon ")
    view.refresh()
    assert edit.text() == "Mon "
    view.flush()
    view.refresh()
    qtbot.keyClicks(edit, "day")
    assert edit.text() == "Mon day"
    assert edit.textCursor().position() == len("Mon day")


def test_a_refused_write_is_told_kept_and_tried_again(
    qtbot: QtBot, view: StrategyView, journal: Journal
) -> None:
    refuse(journal, True)
    type_in(qtbot, view.steps.edits[STEPS[0]], "Mondays")
    with pytest.raises(StoreError):
        view.flush()
    view.later.try_now()
    assert view.trouble.isVisible()
    assert "Mondays" not in view.trouble.text_label.text()
    view.refresh()
    assert view.steps.edits[STEPS[0]].text() == "Mondays"
    assert view.trouble.isVisible()
    refuse(journal, False)
    qtbot.mouseClick(view.trouble.buttons[0], Qt.MouseButton.LeftButton)
    assert kept(journal) == {STEPS[0]: "Mondays"}
    assert not view.trouble.isVisible()


def test_all_text_of_the_journal_is_typed_into_private_fields(view: StrategyView) -> None:
    assert all(isinstance(edit, PrivateEdit) for edit in view.steps.edits.values())
    assert isinstance(view.sources.line, PrivateLine)


# -- looks
@pytest.mark.parametrize(("scale", "width"), [(1.0, 1000), (1.0, 560), (2.0, 1000), (2.0, 700)])
def test_nothing_is_clipped_or_covered(
    qapp: QApplication,
    theme: Theme,
    desk: Desk,
    journal: Journal,
    view: StrategyView,
    faults: Callable[[QWidget], list[str]],
    scale: float,
    width: int,
) -> None:
    journal.write_page("sources", {"mine": ["source.workload", "a source with a rather long name " * 4]})
    journal.write_page(
        PAGE, {"steps": {ident: "A sentence that is long enough to need two lines. " * 4 for ident in STEPS}}
    )
    desk.responses.add(
        "I can hear how annoying this is. Let me see what I can do right now. " * 2, "2026-11-20"
    )
    theme.apply(qapp, "light", scale)
    view.refresh()
    view.window().resize(width, 900)
    for _ in range(8):
        qapp.processEvents()
    assert faults(view) == []


def test_a_field_is_as_high_as_its_text(
    qtbot: QtBot, qapp: QApplication, view: StrategyView, journal: Journal
) -> None:
    journal.write_page(PAGE, {"steps": {STEPS[0]: "A sentence that is long enough to need two lines. " * 8}})
    view.refresh()
    edit = view.steps.edits[STEPS[0]]
    qtbot.waitUntil(lambda: edit.document().size().height() > 3)
    qtbot.waitUntil(lambda: edit.verticalScrollBar().maximum() == 0)
