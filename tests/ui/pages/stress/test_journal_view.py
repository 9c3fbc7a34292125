"""The list by day, what is to be finished, the question of before, deleting and undoing, narrow and wide."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock, stamp
from companion.core.stress import Action, Feeling, new_action
from companion.desk import Desk
from companion.journal import Journal
from companion.journal_words import words
from companion.storage.errors import StoreError
from companion.ui.pages.stress.entry_list import EntryModel
from companion.ui.theme.theme import Theme
from tests.ui.pages.stress.journaling import Show, Write, focus, press, settle, type_in

Told = tuple[str, Callable[[], None]]


def rows(model: EntryModel, role: int) -> list[str]:
    return [model.index(row).data(role) for row in range(model.rowCount())]


def test_lines_by_day_with_numbers_as_numbers(show: Show, write: Write) -> None:
    write(0, before=8, after=3, event_kind="event.shouted", event="secret words")
    write(1, before=0, feelings=(Feeling("anger"), Feeling("my own")))
    write(24, after=4, belief_kind="belief.loss", to_finish=True)
    write(24 * 400, event="only words")
    model = show().list.entries
    assert rows(model, EntryModel.Numbers) == ["8 → 3", "0", "– → 4", ""]
    assert rows(model, EntryModel.What) == [
        "I was shouted at",
        "Anger · my own",
        "I lost something that mattered",
        "Entry",
    ]
    assert rows(model, EntryModel.Day) == ["Today", "", "Yesterday", "Thu 16 Oct 2025"]
    assert rows(model, EntryModel.Time) == ["10:30", "9:30", "10:30", "11:30"]
    assert rows(model, EntryModel.Waits) == ["", "", "to finish", ""]
    spoken = rows(model, int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken[0] == "Today 10:30, I was shouted at, stress 8, afterwards 3"
    assert not any("words" in one for one in spoken)


def test_the_model_is_a_good_one(opened: Journal, desk: Desk, write: Write) -> None:
    for n in range(EntryModel.page + 20):
        write(n * 5, before=n % 11, event_kind="event.queue" if n % 2 else "")
    model = EntryModel(desk, words())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setUseFetchMore(False)  # it would fetch within the reset that it hears of
    model.reload()
    assert model.rowCount() == EntryModel.page
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == EntryModel.page + 20
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    ids = rows(model, EntryModel.Id)
    assert ids == [head.id for head in opened.heads()]
    assert len(set(ids)) == EntryModel.page + 20
    opened.remove(ids[3])
    model.reload()
    assert rows(model, EntryModel.Id) == [one for one in ids if one != ids[3]]
    entry = opened.entry(ids[0])
    opened.write(entry._replace(before=10))
    model.reload()
    assert model.index(0).data(EntryModel.Numbers) == "10"
    assert tester is not None


def test_a_reload_of_the_same_resets_nothing(desk: Desk, write: Write) -> None:
    write(1, before=3)
    model = EntryModel(desk, words())
    model.reload()
    heard: list[str] = []
    model.modelReset.connect(lambda: heard.append("reset"))
    model.dataChanged.connect(lambda *_: heard.append("data"))
    model.reload()
    assert heard == []


def test_an_empty_journal_says_so_and_begins_an_entry(qtbot: QtBot, show: Show) -> None:
    view = show()
    assert view.empty.isVisible()
    assert not view.list.isVisible()
    button = view.empty.button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert view.editor.isVisible()
    assert not view.empty.isVisible()


def test_a_list_that_cannot_be_read_is_no_empty_one(
    show: Show, opened: Journal, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1, before=3)

    def fail(*_: object) -> None:
        raise StoreError("The file cannot be read.")

    view = show()
    with monkeypatch.context() as patch:
        patch.setattr(opened, "heads", fail)
        view.refresh()
        settle()
        assert "The file cannot be read." in view.unread.text()
        assert view.unread.isVisible()
        assert not view.empty.isVisible()
    view.refresh()
    settle()
    assert not view.unread.isVisible()


def test_choosing_with_the_keys_shows_the_entry(show: Show, write: Write) -> None:
    write(2, event="older")
    write(1, event="newer")
    view = show()
    view.list.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Down)
    assert view.editor.page.event_part.event_edit.text() == "older"
    press(Qt.Key.Key_Up)
    assert view.editor.page.event_part.event_edit.text() == "newer"
    assert focus() is view.list
    press(Qt.Key.Key_Return)
    assert focus() is view.editor.page.event_part.before
    assert view.escape()
    assert focus() is view.list
    assert not view.escape()


def test_two_to_finish_leads_through_them(show: Show, opened: Journal, write: Write) -> None:
    write(3, before=1)
    opened.add_check(5, (), "one", to_finish=True)
    second = write(2, before=2, to_finish=True)
    view = show()
    assert view.finish.isVisible()
    assert view.finish.label() == "2 to finish"
    assert view.key("F")
    settle()
    assert view.editor.page.event_part.line.edit.text() == "one"
    assert view.key("F")
    settle()
    assert view.editor.entry_id == second.id
    view.editor.head.finish.click()
    view.flush()
    assert view.finish.label() == "1 to finish"
    assert view.key("F")
    view.editor.head.finish.click()
    view.flush()
    settle()
    assert not view.finish.isVisible()
    assert not view.key("F")


def test_did_it_help_one_at_a_time(show: Show, opened: Journal, write: Write, clock: ManualClock) -> None:
    made = [stamp(clock.now() + timedelta(minutes=n)) for n in range(2)]
    actions = tuple(new_action("other", made[n], f"thing {n}") for n in range(2))
    entry = write(0, event="x", actions=actions)
    view = show()
    assert not view.helped.isVisible()
    clock.advance(3 * 3600)
    view.refresh()
    assert view.helped.isVisible()
    assert view.helped.what.text() == "thing 0"
    view.helped.scale.setFocus()
    type_in("10")
    assert opened.entry(entry.id).actions[0].helped is None
    press(Qt.Key.Key_Return)
    kept = opened.entry(entry.id).actions
    assert (kept[0].helped, kept[0].asked) == (10, True)
    assert view.helped.what.text() == "thing 1"
    assert view.helped.scale.value is None
    view.helped.wave.click()
    kept = opened.entry(entry.id).actions
    assert (kept[1].helped, kept[1].asked) == (None, True)
    assert not view.helped.isVisible()


def test_zero_help_is_an_answer_too(show: Show, opened: Journal, write: Write, clock: ManualClock) -> None:
    entry = write(5, event="x", actions=(new_action("breathe", "2026-11-20T02:00:00.000Z"),))
    view = show()
    view.helped.scale.setFocus()
    type_in("0")
    view.flush()  # not pressed Keep: what was chosen is kept all the same
    assert opened.entry(entry.id).actions[0].helped == 0


def test_an_answer_does_not_undo_what_is_typed(show: Show, opened: Journal, write: Write) -> None:
    entry = write(5, event="x", actions=(new_action("breathe", "2026-11-20T02:00:00.000Z"),))
    view = show()
    view.open_entry(entry.id)
    view.editor.page.event_part.event_edit.set_text("x and y")
    view.helped.scale.set_value(7)
    view.helped.keep.click()
    view.editor.page.feelings.did.set_text("z")
    view.flush()
    kept = opened.entry(entry.id)
    assert (kept.event, kept.did) == ("x and y", "z")
    assert kept.actions[0].helped == 7
    assert "helped 7 of 10" in view.editor.page.actions_part.rows[0].told.text()


def test_deleting_can_be_undone(show: Show, opened: Journal, write: Write) -> None:
    entry = write(1, event="x", before=0, answers={"size": "no"})
    write(2, event="y")
    view = show()
    offered: list[Told] = []
    view.undo_offered.connect(lambda text, undo: offered.append((text, undo)))
    view.open_entry(entry.id)
    view.list.setFocus()
    assert view.key("Del")
    settle()
    assert opened.count == 1
    assert view.editor.entry_id == ""
    (said, undo) = offered[0]
    assert said == "Entry deleted."
    undo()
    assert opened.count == 2
    assert opened.entry(entry.id)._replace(changed_at="") == entry._replace(changed_at="")
    assert view.editor.entry_id == entry.id


def test_a_deletion_that_the_disk_refuses_to_undo_is_offered_once_more(
    qtbot: QtBot, show: Show, opened: Journal, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = write(1, event="x")
    view = show()
    offered: list[Told] = []
    view.undo_offered.connect(lambda text, undo: offered.append((text, undo)))
    view.open_entry(entry.id)
    view.editor.remove()

    def refuse(_entry: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(opened, "write", refuse)
        offered[0][1]()
        qtbot.waitUntil(lambda: len(offered) == 2)
    assert offered[1][0] == "Not brought back: The disk is full."
    offered[1][1]()
    assert opened.entry(entry.id).event == "x"


def test_undo_after_a_lock_does_nothing(show: Show, opened: Journal, write: Write) -> None:
    entry = write(1, event="x")
    view = show()
    offered: list[Told] = []
    view.undo_offered.connect(lambda text, undo: offered.append((text, undo)))
    view.open_entry(entry.id)
    view.editor.remove()
    opened.lock()
    offered[0][1]()
    show.views.remove(view)
    view.deleteLater()
    settle()
    offered[0][1]()
    assert opened.state == "locked"


def test_deleting_what_was_never_written_offers_nothing(show: Show, opened: Journal) -> None:
    view = show()
    offered: list[object] = []
    view.undo_offered.connect(lambda *one: offered.append(one))
    view.new_entry()
    view.editor.head.remove.click()
    assert offered == []
    assert view.empty.isVisible()


def test_narrow_takes_turns(show: Show, opened: Journal, write: Write) -> None:
    first = write(1, event="x", before=3)
    write(2, event="y")
    view = show(700, 640)
    assert view.list.isVisible()
    assert not view.editor.isVisible()
    view.list.setFocus()
    press(Qt.Key.Key_Home)
    assert not view.editor.isVisible()
    press(Qt.Key.Key_Return)
    assert view.editor.isVisible()
    assert not view.list.isVisible()
    assert view.editor.entry_id == first.id
    assert view.editor.head.back.isVisible()
    assert view.escape()
    assert view.list.isVisible()
    assert not view.editor.isVisible()
    assert focus() is view.list
    view.open_entry(first.id)
    view.resize(1100, 640)
    settle()
    assert view.list.isVisible()
    assert view.editor.isVisible()
    assert not view.editor.head.back.isVisible()


def test_an_entry_that_is_gone_is_told_of(show: Show, write: Write) -> None:
    write(1, event="x")
    view = show()
    said: list[str] = []
    view.told.connect(said.append)
    view.open_entry("f" * 32)
    assert said == ["That entry is not there any more."]


@pytest.mark.parametrize(
    ("width", "height", "mode", "scale"),
    [(1100, 760, "light", 1.0), (700, 620, "dark", 1.0), (1000, 800, "light", 2.0)],
)
def test_nothing_is_clipped_or_covered(
    show: Show,
    write: Write,
    theme: Theme,
    qapp: QApplication,
    faults: Callable[[QWidget], list[str]],
    width: int,
    height: int,
    mode: str,
    scale: float,
) -> None:
    theme.apply(qapp, "dark" if mode == "dark" else "light", scale)
    helped = Action("a" * 32, "breathe", made_at="2026-11-10T08:00:00.000Z", helped=8, asked=True)
    write(
        90, event="x", event_kind="event.shouted", balanced="It was the bill, not me. " * 3, actions=(helped,)
    )
    entry = write(
        5,
        event="He shouted, and went on shouting. " * 9,
        event_kind="event.shouted",
        belief="He must not do that to me. " * 9,
        belief_kind="belief.standing",
        feelings=(Feeling("anger", 8), Feeling("w" * 60), Feeling("unnamed", 0)),
        did="Nothing. " * 30,
        accurate=True,
        source="source.hours",
        to_finish=True,
        actions=(new_action("talk", "2026-11-20T02:00:00.000Z", "Ana: " + "how she does it " * 12),),
    )
    view = show(width, height)
    view.open_entry(entry.id)
    settle()
    bar = view.editor.area.verticalScrollBar()
    for part in (0.0, 0.5, 1.0):
        bar.setValue(round(part * bar.maximum()))
        settle()
        assert faults(view) == []
    view.editor.page.actions_part.start("response")
    settle()
    assert faults(view) == []
