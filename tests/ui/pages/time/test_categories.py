"""The categories on the screen: each change kept, told and taken back; all of it by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.core.changes import Change
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.bridge import Bridge
from companion.ui.pages.time.categories import CategoriesView
from companion.ui.pages.time.periods import short
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll


class Place(QWidget):
    """A window with the view in it, shown anew when something is written, as the page does it."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.view = CategoriesView(desk, theme)
        column = QVBoxLayout(self)
        column.addWidget(PageScroll(self.view, self.view, self))
        self.told: list[str] = []
        self.offered: list[tuple[str, Callable[[], object]]] = []
        self.view.told.connect(self.told.append)
        self.view.undo_offered.connect(lambda words, undo: self.offered.append((words, undo)))
        self.bridge = Bridge(desk, self)
        self.bridge.changed.connect(self._hear)

    def _hear(self, change: Change) -> None:
        if change & Change.TIME:
            self.view.refresh()


@pytest.fixture
def place(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[Place]:
    place = Place(desk, theme)
    place.resize(1060, 900)
    place.view.refresh()
    with qtbot.waitExposed(place):
        place.show()
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    yield place
    place.bridge.close()
    place.close()
    place.deleteLater()


@pytest.fixture
def view(place: Place) -> CategoriesView:
    return place.view


def write(edit: QWidget, text: str) -> None:
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, text) if text else QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Return)


# ---- what is shown


def test_each_category_stands_under_the_one_it_is_in(desk: Desk, view: CategoriesView) -> None:
    shown = sorted(view.list.rows.values(), key=lambda row: row.y())
    assert [row.category for row in shown] == [one.id for one in desk.time.tree.usable()]


def test_a_row_is_read_out_with_its_letters(view: CategoriesView) -> None:
    assert view.list.rows["work/e-mails"].accessibleName() == "Work / E-mails, letters W e"


def test_arrows_go_from_row_to_row_and_show_what_is_there(view: CategoriesView) -> None:
    first = view.list.rows["hygiene"]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert view.list.current == "preparation"
    assert view.detail.name.edit.text() == "Preparation"
    focus = QApplication.focusWidget()
    assert focus is view.list.rows["preparation"]
    QTest.keyClick(focus, Qt.Key.Key_Up)
    assert view.list.current == "hygiene"


def test_what_is_in_a_category_has_its_colour_and_says_so(view: CategoriesView) -> None:
    view.list.choose("work/e-mails")
    assert not view.detail.colour_box.isVisible()
    assert "colour of Work" in view.detail.inherits.text()
    view.list.choose("work")
    assert view.detail.colours[4].isChecked()


def test_colours_have_numbers_and_say_who_has_them(view: CategoriesView) -> None:
    view.list.choose("work")
    assert [dot.accessibleName() for dot in view.detail.colours] == [f"Colour {n}" for n in range(1, 13)]
    assert view.detail.colours[0].accessibleDescription() == "taken by Hygiene"
    assert view.detail.colours[11].accessibleDescription() == ""


# ---- changes, each taken back


def test_renamed_with_its_history_and_taken_back(desk: Desk, place: Place, view: CategoriesView) -> None:
    view.list.choose("work/e-mails")
    write(view.detail.name.edit, "Post")
    assert desk.time.tree.path("work/e-mails") == "work/post"
    assert view.detail.history.text() == f"Called E-mails until {short(desk.time.today().date)}."
    assert place.offered[-1][0].endswith("E-mails renamed to Post")
    place.offered[-1][1]()
    assert desk.time.tree.path("work/e-mails") == "work/e-mails"
    assert view.detail.name.edit.text() == "E-mails"


def test_one_enter_is_one_step(desk: Desk, view: CategoriesView) -> None:
    before = len(desk.time.history())
    write(view.detail.name.edit, "Washing up")
    view.list.rows["work"].setFocus()
    assert len(desk.time.history()) == before + 1


def test_a_letter_that_is_taken_is_refused_with_the_reason(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("travel")
    write(view.detail.letter.edit, "w")
    assert view.detail.wrong.text() == "This letter is taken on this level."
    assert desk.time.tree.get("travel").letter == "t"
    assert view.detail.letter.edit.text() == "w", "what was typed stays, to be mended"
    write(view.detail.letter.edit, "v")
    assert desk.time.tree.get("travel").letter == "v"
    assert not view.detail.wrong.isVisible()


def test_a_letter_can_be_taken_away(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("travel")
    write(view.detail.letter.edit, "")
    assert desk.time.tree.get("travel").letter == ""
    assert view.list.rows["travel"].aside == "no letter"


def test_other_words(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("travel")
    write(view.detail.also.edit, "tram,  on the way ,")
    assert desk.time.tree.get("travel").also == ("tram", "on the way")


def test_another_colour_by_keyboard(desk: Desk, place: Place, view: CategoriesView) -> None:
    view.list.choose("work")
    dot = view.detail.colours[4]
    dot.setFocus()
    QTest.keyClick(dot, Qt.Key.Key_Right)
    assert desk.time.tree.get("work").colour == 5
    place.offered[-1][1]()
    assert desk.time.tree.get("work").colour == 4
    assert view.detail.colours[4].isChecked()


def test_moved_along_its_level_by_alt_and_an_arrow(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("work/e-mails")
    row = view.list.rows["work/e-mails"]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.id for one in desk.time.tree.children("work")][:2] == ["work/phone calls", "work/e-mails"]
    assert row.hasFocus()
    assert view.list.current == "work/e-mails"
    QTest.keyClick(row, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert desk.time.tree.children("work")[0].id == "work/e-mails"
    QTest.keyClick(row, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert desk.time.tree.children("work")[0].id == "work/e-mails", "the first stays the first"


def test_moved_past_an_archived_neighbour(desk: Desk, view: CategoriesView) -> None:
    desk.time.categories.archive("work/phone calls")
    view.list.choose("work/e-mails")
    assert view.key("Alt+Down")
    assert [one.id for one in desk.time.tree.children("work")][:2] == ["work/research", "work/e-mails"]


def test_put_into_another_category(desk: Desk, place: Place, view: CategoriesView) -> None:
    view.list.choose("travel")
    box = view.detail.places.within.box
    box.setCurrentIndex(box.findData("work"))
    box.activated.emit(box.currentIndex())
    assert desk.time.tree.get("travel").parent == "work"
    place.offered[-1][1]()
    assert desk.time.tree.get("travel").parent == ""


def test_what_holds_others_stays_at_the_top(view: CategoriesView) -> None:
    view.list.choose("work")
    assert not view.detail.places.within.isEnabled()
    assert view.detail.places.within.hint.text() == "It holds others, so it stays at the top."


def test_archived_by_delete_and_brought_back(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("travel")
    row = view.list.rows["travel"]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Delete)
    assert desk.time.tree.is_archived("travel")
    assert view.list.rows["travel"].aside == "archived", "it stays in sight"
    view.detail.places.archive.click()
    assert not desk.time.tree.is_archived("travel")


def test_archived_ones_are_hidden_until_asked_for(desk: Desk, view: CategoriesView) -> None:
    assert not view.list.old.isVisible()
    desk.time.categories.archive("travel")
    assert "travel" not in view.list.rows
    assert view.list.old.label() == "Show archived (1)"
    view.list.old.click()
    assert "travel" in view.list.rows


def test_merged_and_taken_back(desk: Desk, place: Place, view: CategoriesView) -> None:
    now = desk.time.now() // 300 * 300
    desk.time.paint(now - 3600, now, "travel")
    view.list.choose("travel")
    assert not view.detail.places.merge.isEnabled()
    box = view.detail.places.into.box
    box.setCurrentIndex(box.findData("exercise"))
    box.activated.emit(box.currentIndex())
    assert view.detail.places.merge_hint.text().startswith(
        "From then on all time of Travel counts as Exercise"
    )
    view.detail.places.merge.click()
    assert desk.time.tree.shown("travel").id == "exercise"
    assert view.list.current == "exercise"
    assert "travel" not in view.list.rows
    place.offered[-1][1]()
    assert desk.time.tree.shown("travel").id == "travel"
    assert desk.time.spans(now - 3600, now)[0].category == "travel"


def test_a_category_is_added_by_keyboard(desk: Desk, place: Place, view: CategoriesView) -> None:
    assert view.key("N")
    edit = view.list.new.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "Garden")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert desk.time.tree.get("garden").letter == "g"
    assert view.list.current == "garden"
    assert edit.text() == ""
    place.offered[-1][1]()
    assert "garden" not in desk.time.tree


def test_added_in_the_category_that_is_chosen(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("work/e-mails")
    assert view.list.inside.label() == "Add in Work"
    view.list.new.edit.setText("Meetings")
    view.list.inside.click()
    assert desk.time.tree.get("work/meetings").parent == "work"


@pytest.mark.parametrize(
    ("name", "why"), [("", "Write its name first."), ("work", "name already"), ("a/b", "no slash")]
)
def test_a_name_that_cannot_be_is_told(desk: Desk, view: CategoriesView, name: str, why: str) -> None:
    before = desk.time.tree
    view.list.new.edit.setText(name)
    view.list.add.click()
    assert why in view.list.wrong.text()
    assert desk.time.tree == before


def test_a_hostile_name_is_shown_as_text(desk: Desk, view: CategoriesView) -> None:
    ident = desk.time.categories.add("<b>&x %1 %2")
    view.refresh()
    view.list.choose(ident)
    assert view.detail.heading.text() == "<b>&x %1 %2"
    assert view.detail.heading.textFormat() == Qt.TextFormat.PlainText
    assert view.list.rows[ident].accessibleName().startswith("<b>&x %1 %2")
    view.list.choose("work")
    assert "<b>&x %1 %2" in [
        view.detail.places.into.box.itemText(i) for i in range(view.detail.places.into.box.count())
    ]


def test_undo_takes_back_nothing_that_came_later(desk: Desk, place: Place, view: CategoriesView) -> None:
    view.list.choose("travel")
    write(view.detail.name.edit, "Ways")
    now = desk.time.now() // 300 * 300
    desk.time.paint(now - 3600, now, "rest")
    place.offered[-1][1]()
    assert desk.time.tree.get("travel").name == "Ways"
    assert desk.time.spans(now - 3600, now)
    assert place.told[-1].startswith("Something was done after it.")


# ---- what must not be lost


def test_typed_and_left_for_another_row_is_kept(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("travel")
    view.detail.name.edit.setFocus()
    QTest.keyClicks(view.detail.name.edit, "ling")
    view.list.choose("rest")
    assert desk.time.tree.get("travel").name == "Travelling"
    assert desk.time.tree.get("rest").name == "Rest"


def test_what_is_being_typed_stays_through_news(desk: Desk, view: CategoriesView) -> None:
    view.list.choose("travel")
    edit = view.detail.name.edit
    edit.setFocus()
    QTest.keyClicks(edit, "x")
    now = desk.time.now() // 300 * 300
    desk.time.paint(now - 300, now, "rest")
    assert edit.text() == "Travelx"


def test_a_disk_that_refuses_is_told_and_tried_again(desk: Desk, place: Place, view: CategoriesView) -> None:
    view.list.choose("travel")
    desk.store.connection.execute("PRAGMA query_only = ON")
    try:
        with pytest.raises(StoreError):
            desk.prefs.set("agent", "x")
        write(view.detail.name.edit, "Ways")
    finally:
        desk.store.connection.execute("PRAGMA query_only = OFF")
    assert "Not kept yet" in view.trouble.text_label.text()
    assert view.detail.name.edit.text() == "Ways"
    view.trouble.buttons[0].click()
    assert desk.time.tree.get("travel").name == "Ways"
    assert not view.trouble.isVisible()


# ---- the way in and out


def test_import_and_export_open_in_its_place_and_esc_comes_back(view: CategoriesView) -> None:
    assert view.key("I")
    assert not view.home.isVisible()
    assert view.escape()
    assert view.home.isVisible()
    assert view.key("X")
    assert view.escape()
    assert not view.escape()


@pytest.mark.parametrize(("width", "scale"), [(1060, 1.0), (700, 1.0), (1060, 2.0), (560, 2.0)])
@pytest.mark.parametrize("part", ["home", "I", "X"])
def test_nothing_is_clipped(
    place: Place,
    view: CategoriesView,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    faults: Callable[[QWidget], list[str]],
    width: int,
    scale: float,
    part: str,
) -> None:
    theme.apply(qapp, "light", scale)
    place.resize(width, 900)
    view.list.choose("work")
    view.key(part)
    qtbot.waitUntil(lambda: not faults(view))
