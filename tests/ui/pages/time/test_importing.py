"""Import on the screen: nothing is written before all of it was seen and decided; then one step, and back again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.core.changes import Change
from companion.core.spans import FILLED, IMPORT, Span
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.bridge import Bridge
from companion.ui.pages.time.importing import AT_ONCE, ImportView
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll

FILES = Path(__file__).parents[3] / "files" / "time"
HEAD = "start,end,zone,category,state,note\r\n"
START = 1_761_202_800
"""23 October 2025, 9:00 in Berlin."""


def iso(seconds: int) -> str:
    minutes = 9 * 60 + seconds // 60
    return f"2025-10-23T{minutes // 60:02d}:{minutes % 60:02d}:{seconds % 60:02d}+02:00"


def line(start: int, end: int, category: str) -> str:
    """A row of our own CSV; times are seconds after ``START``."""
    return f"{iso(start)},{iso(end)},Europe/Berlin,{category},filled,\r\n"


class Place(QWidget):
    """A window with the view in it, shown anew when something is written, as the page does it."""

    def __init__(self, desk: Desk, theme: Theme, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.view = ImportView(desk, theme)
        column = QVBoxLayout(self)
        column.addWidget(PageScroll(self.view, self.view, self))
        self.told: list[str] = []
        self.days: list[str] = []
        self.offered: list[tuple[str, Callable[[], object]]] = []
        self.view.told.connect(self.told.append)
        self.view.day_requested.connect(self.days.append)
        self.view.undo_offered.connect(lambda words, undo: self.offered.append((words, undo)))
        self.bridge = Bridge(desk, self)
        self.bridge.changed.connect(self._hear)

    def _hear(self, change: Change) -> None:
        if change & Change.TIME:
            self.view.refresh()

    @property
    def kept(self) -> tuple[Span, ...]:
        """All spans that are kept."""
        return tuple(self.desk.time.spans(START - 40 * 86400 * 365 // 10, START + 40 * 86400 * 365 // 10))


Read = Callable[[str | Path], ImportView]


@pytest.fixture
def place(qtbot: QtBot, desk: Desk, theme: Theme, tmp_path: Path) -> Iterator[Place]:
    place = Place(desk, theme, tmp_path)
    place.resize(1060, 900)
    with qtbot.waitExposed(place):
        place.show()
    yield place
    place.bridge.close()
    place.close()
    place.deleteLater()


@pytest.fixture
def read(place: Place, qtbot: QtBot) -> Read:
    """Reads a file, or one made of a text, to the end of the work."""

    def do(what: str | Path) -> ImportView:
        path = what if isinstance(what, Path) else place.folder / "in.csv"
        if isinstance(what, str):
            path.write_bytes(what.encode("utf-8"))
        place.view.read(path)
        qtbot.waitUntil(lambda: not place.view.work.busy)
        return place.view

    return do


def choose(view: ImportView, label: str, category: str) -> None:
    """What the user does with the list of a label."""
    row = next(row for row in view.labels.rows if row.label == label)
    row.box.setCurrentIndex(row.box.findData(category))
    row.box.activated.emit(row.box.currentIndex())


# ---- from the file to the day


def test_before_a_file_it_says_what_can_be_read(place: Place) -> None:
    for name in ("Call Companion", "Toggl", "Clockify", "Watson", "Timewarrior", "Hamster"):
        assert name in place.view.file.what.text()
    assert not place.view.foot.isVisible()


def test_a_file_is_chosen_in_the_dialog_without_blocking(place: Place, qtbot: QtBot) -> None:
    (place.folder / "in.csv").write_text(HEAD + line(0, 1800, "work"), encoding="utf-8")
    assert place.view.key("O")
    dialog = place.view.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isModal()
    dialog.fileSelected.emit(str(place.folder / "in.csv"))
    dialog.close()
    qtbot.waitUntil(lambda: not place.view.work.busy)
    assert place.view.file.what.text() == "Call Companion (CSV) · 1 entry · 23 Oct 2025"


def test_our_own_file_is_understood_and_written_in_one_step(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work/e-mails") + line(3600, 5400, "rest"))
    assert not place.kept, "nothing is written before it is wanted"
    assert view.foot.state.text() == "It changes 1 day. It is one step, and can be taken back."
    assert view.foot.write.label() == "Import 2 entries"
    view.foot.write.click()
    assert place.kept == (
        Span(START, START + 1800, "work/e-mails", FILLED, IMPORT),
        Span(START + 3600, START + 5400, "rest", FILLED, IMPORT),
    )
    assert place.offered[-1][0] == "2 entries imported from Call Companion."
    assert len([step for step in place.desk.time.history() if "imported" in step.words]) == 1
    place.offered[-1][1]()
    assert not place.kept


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("toggl.csv", "Toggl"),
        ("clockify.csv", "Clockify"),
        ("watson-log.json", "Watson"),
        ("timewarrior.json", "Timewarrior"),
        ("hamster.tsv", "Hamster"),
        ("hamster.xml", "Hamster"),
    ],
)
def test_each_format_is_recognised(read: Read, name: str, words: str) -> None:
    assert read(FILES / name).file.what.text().startswith(words)


def test_the_first_day_can_be_shown_afterwards(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work"))
    view.foot.write.click()
    view.foot.show_day.click()
    assert place.days == ["2025-10-23"]


# ---- labels


def test_an_import_taken_back_is_said_to_be(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work"))
    view.foot.write.click()
    place.desk.time.paint(START + 7200, START + 9000, "rest")
    place.desk.time.undo()
    assert view.foot.show_day.isVisible(), "what came after it was undone, not the import"
    place.desk.time.undo()
    assert view.foot.state.text() == "1 entry imported from Call Companion. Undone."
    assert not view.foot.show_day.isVisible()
    place.desk.time.redo()
    assert view.foot.state.text() == "1 entry imported from Call Companion."
    assert view.foot.show_day.isVisible()


def test_a_label_without_a_meaning_is_asked_for(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "Support") + line(3600, 5400, "work"))
    assert view.foot.state.text() == "1 label has no meaning yet."
    assert not view.foot.write.isEnabled()
    assert view.labels.rows[0].label == "Support", "what is open stands on top"
    choose(view, "Support", "work/phone calls")
    view.foot.write.click()
    assert [span.category for span in place.kept] == ["work/phone calls", "work"]


def test_what_a_label_means_is_remembered(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "Support") + line(3600, 5400, "Chat"))
    choose(view, "Support", "work/phone calls")
    choose(view, "Chat", "-")
    view.foot.write.click()
    view = read(HEAD + line(7200, 9000, "Support") + line(9000, 9300, "Chat"))
    assert view.draft is not None
    assert view.draft.mapping == {"Support": "work/phone calls", "Chat": None}
    assert view.foot.write.isEnabled()


def test_a_remembered_category_that_is_archived_is_asked_for_anew(place: Place, read: Read) -> None:
    place.desk.prefs.set("time_labels", [["Support", "travel"], ["Gone", "no/such"]])
    place.desk.time.categories.archive("travel")
    view = read(HEAD + line(0, 1800, "Support") + line(3600, 5400, "Gone"))
    assert view.foot.state.text() == "2 labels have no meaning yet."


def test_a_label_left_out_is_listed(read: Read) -> None:
    view = read(HEAD + line(0, 1800, "Support") + line(3600, 5400, "work"))
    choose(view, "Support", "-")
    view.preview.show_tab("left")
    assert view.preview.model.table.cell(0, 1) == "Support"
    assert view.preview.model.table.cell(0, 3) == "its label is left out"


def test_many_labels_come_in_parts_and_can_be_settled_at_once(place: Place, read: Read) -> None:
    view = read(HEAD + "".join(line(n * 300, n * 300 + 300, f"zz{n:03d}") for n in range(100)))
    assert len(view.labels.rows) == 40
    assert view.labels.more.label() == "60 more"
    view.labels.more.click()
    assert len(view.labels.rows) == 80
    box = view.labels.rest_box
    box.setCurrentIndex(box.findData("rest"))
    box.activated.emit(box.currentIndex())
    assert view.foot.write.isEnabled()
    assert not view.labels.rest.isVisible()


def test_a_hostile_label_is_text(read: Read) -> None:
    view = read(HEAD + line(0, 1800, "<b>%1 &x</b>"))
    row = view.labels.rows[0]
    assert row.box.accessibleName() == "<b>%1 &x</b>"


# ---- rounding


def test_rounding_is_said_in_sum_and_listed(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work") + line(3590, 5460, "rest") + line(7200, 7300, "travel"))
    said = view.preview.rounding.text()
    assert said.startswith("2 of 3 entries go to the nearest five minutes, by 1 min 40 s at most.")
    assert "1 is shorter than half a slot and left out." in said
    view.preview.show_tab("moved")
    cells = [[view.preview.model.table.cell(row, column) for column in range(4)] for row in range(2)]
    assert cells[0][2:] == ["23 Oct 2025 9:59:50–10:31:00", "23 Oct 2025 10:00–10:30"]
    assert cells[1][3] == "too short"


def test_on_the_grid_nothing_is_rounded_and_it_is_said(read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work"))
    assert "nothing is rounded" in view.preview.rounding.text()
    assert not view.preview.tabs["moved"].isVisible()


def test_the_sum_says_what_would_be_written(place: Place, read: Read) -> None:
    place.desk.time.paint(START, START + 3600, "rest")
    view = read(HEAD + line(0, 3600, "work") + line(7190, 10790, "travel"))
    assert view.preview.rounding.text().endswith("In sum, 2 h in the file become 2 h.")
    view.preview.show_tab("overlaps")
    view.key("K")
    assert view.preview.rounding.text().endswith(
        "In sum, 2 h in the file become 2 h. 1 h of that is written."
    )
    view = read(HEAD + line(0, 3600, "work") + line(7200, 10800, "travel"))
    view.preview.show_tab("overlaps")
    view.key("K")
    assert view.preview.rounding.text().endswith("nothing is rounded. 1 h of 2 h is written.")


# ---- time claimed twice


@pytest.fixture
def clash(place: Place, read: Read) -> ImportView:
    """Rest from 9:10 to 9:20 and from 10:00 to 10:30 is there; the file says work from 9:00 to 11:00."""
    place.desk.time.paint_spans(
        [Span(START + 600, START + 1200, "rest"), Span(START + 3600, START + 5400, "rest")], "rest"
    )
    return read(HEAD + line(0, 7200, "work"))


def test_overlaps_are_open_until_each_is_decided(place: Place, clash: ImportView) -> None:
    assert clash.foot.state.text() == "2 overlaps are open."
    assert clash.preview.tab == "overlaps"
    assert not clash.foot.write.isEnabled()
    clash.preview.view.choose(0)
    assert clash.key("K")
    assert clash.foot.state.text() == "1 overlap is open."
    assert clash.key("T"), "the next open one is selected by itself"
    assert clash.foot.write.isEnabled()
    clash.foot.write.click()
    assert [(span.start - START, span.end - START, span.category) for span in place.kept] == [
        (0, 600, "work"),
        (600, 1200, "rest"),
        (1200, 7200, "work"),
    ]


@pytest.mark.parametrize(("policy", "rest"), [("keep there", 2400), ("take there", 0)])
def test_one_policy_decides_all(place: Place, clash: ImportView, policy: str, rest: int) -> None:
    clash.preview.buttons[policy].click()
    clash.foot.write.click()
    assert sum(span.length for span in place.kept if span.category == "rest") == rest


def test_a_decision_can_be_changed(clash: ImportView) -> None:
    clash.preview.buttons["take there"].click()

    def cell(row: int, column: int) -> str:
        return clash.preview.model.table.cell(row, column)

    assert cell(0, 1) == "Line 2 (Work) overlaps Rest, already there"
    assert cell(0, 2) == "line 2: Work"
    clash.preview.view.choose(0)
    clash.key("K")
    assert cell(0, 2) == "mine: Rest"
    assert cell(1, 2) == "line 2: Work"


@pytest.fixture
def twice(read: Read) -> ImportView:
    """Lines 2 and 4 of the file claim half an hour twice, and so do lines 4 and 3."""
    return read(HEAD + line(0, 3600, "work") + line(5400, 7200, "travel") + line(1800, 6000, "rest"))


def test_overlaps_within_the_file_are_said_plainly(twice: ImportView) -> None:
    table = twice.preview.model.table
    assert [[table.cell(row, column) for column in range(3)] for row in range(2)] == [
        ["23 Oct 2025 9:30–10:00", "Line 4 (Rest) overlaps line 2 (Work) of the same file", "open"],
        ["23 Oct 2025 10:30–10:40", "Line 3 (Travel) overlaps line 4 (Rest) of the same file", "open"],
    ]


def test_only_what_is_written_is_counted(place: Place, read: Read) -> None:
    place.desk.time.paint(START + 7200, START + 10800, "sleeping")
    view = read(HEAD + line(0, 3600, "work") + line(0, 3600, "rest") + line(7200, 10800, "travel"))
    view.preview.show_tab("overlaps")
    view.key("T")
    view.key("K")
    assert view.preview.tabs["left"].label() == "Left out (2)"
    assert view.foot.write.label() == "Import 1 entry"
    view.foot.write.click()
    assert view.foot.state.text() == "1 entry imported from Call Companion."
    assert place.offered[-1][0] == "1 entry imported from Call Companion."
    assert place.desk.time.to_undo is not None
    assert place.desk.time.to_undo.words.endswith("1 entry imported from Call Companion")


def test_what_is_there_already_is_not_counted(place: Place, read: Read) -> None:
    place.desk.time.paint(START, START + 3600, "work")
    view = read(HEAD + line(0, 3600, "work") + line(7200, 10800, "travel"))
    assert view.foot.write.label() == "Import 1 entry"


def test_each_choice_within_the_file_is_named_after_what_it_does(place: Place, twice: ImportView) -> None:
    preview = twice.preview
    shown = {key: button.label() for key, button in preview.buttons.items() if button.isVisible()}
    assert shown == {
        "keep": "Keep line 2: Work",
        "take": "Take line 4: Rest",
        "keep within": "All: keep what begins first",
        "take within": "All: take what begins later",
    }
    preview.view.choose(1)
    assert (preview.buttons["keep"].label(), preview.buttons["take"].label()) == (
        "Keep line 4: Rest",
        "Take line 3: Travel",
    )
    twice.key("T")
    assert preview.model.table.cell(1, 2) == "line 3: Travel"
    assert preview.buttons["keep"].label() == "Keep line 2: Work", "the one that is still open"
    twice.key("K")
    twice.foot.write.click()
    assert [(span.start - START, span.end - START, span.category) for span in place.kept] == [
        (0, 3600, "work"),
        (3600, 5400, "rest"),
        (5400, 7200, "travel"),
    ]


def test_several_rows_at_once_and_none(twice: ImportView) -> None:
    preview = twice.preview
    preview.view.selectAll()
    assert preview.buttons["keep"].label() == "Keep what begins first"
    assert preview.buttons["take"].label() == "Take what begins later"
    twice.key("T")
    assert preview.model.table.cell(0, 2) == "line 4: Rest"
    preview.view.clearSelection()
    assert not preview.buttons["keep"].isEnabled(), "nothing is open, and nothing is chosen"


def test_a_policy_is_for_one_kind_of_overlap(place: Place, read: Read) -> None:
    place.desk.time.paint(START, START + 600, "eating")
    view = read(HEAD + line(0, 3600, "work") + line(1800, 5400, "rest"))
    shown = {key: button.label() for key, button in view.preview.buttons.items() if button.isVisible()}
    assert shown["keep there"] == "All: keep mine" and shown["keep within"] == "All: keep what begins first"
    view.preview.buttons["take there"].click()
    assert view.foot.state.text() == "1 overlap is open."
    view.preview.buttons["keep within"].click()
    assert view.foot.write.isEnabled()
    view.preview.view.selectAll()
    assert view.preview.buttons["keep"].label() == "Keep mine, or what begins first"


def test_keys_mean_nothing_on_the_other_tables(clash: ImportView) -> None:
    clash.preview.show_tab("days")
    assert not clash.key("K")


def test_the_days_say_before_and_after(clash: ImportView) -> None:
    clash.preview.decide_all("take")
    clash.preview.show_tab("days")
    cells = [clash.preview.model.table.cell(0, column) for column in range(3)]
    assert cells == ["Thu 23 Oct 2025", "40 min", "2 h"]


def test_what_is_painted_meanwhile_is_looked_at_anew(place: Place, clash: ImportView) -> None:
    clash.preview.decide_all("take")
    place.desk.time.paint(START + 6000, START + 6600, "travel")
    assert clash.foot.state.text().startswith("It changes 1 day")
    assert len(clash.draft.plan.overlaps) == 3  # type: ignore[union-attr]


def test_a_change_that_was_not_heard_of_writes_nothing(place: Place, clash: ImportView) -> None:
    clash.preview.decide_all("take")
    place.bridge.close()
    place.desk.time.paint(START + 6000, START + 6600, "travel")
    before = place.kept
    clash.foot.write.click()
    assert place.kept == before
    assert place.told == ["What is there has changed meanwhile. Look through it once more."]


# ---- what the file asks


def test_dates_that_can_be_read_two_ways_are_asked_for(place: Place, read: Read, qtbot: QtBot) -> None:
    view = read(FILES / "clockify-unclear.csv")
    assert view.file.question.text() == "Which comes first in its dates?"
    assert not view.foot.isVisible()
    view.file.answer_buttons[0].click()
    qtbot.waitUntil(lambda: not view.work.busy)
    assert view.draft is not None
    assert view.draft.reading.found


def test_several_people_are_asked_for(read: Read, qtbot: QtBot) -> None:
    view = read(FILES / "clockify-team.csv")
    assert "Whose" in view.file.question.text()
    assert len(view.file.answer_buttons) > 1
    view.file.answer_buttons[0].click()
    qtbot.waitUntil(lambda: not view.work.busy)
    assert view.draft is not None
    assert view.draft.reading.found


# ---- damage


def test_a_damaged_line_stops_it_and_says_where_and_how_to_mend_it(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work") + "yesterday,today,Europe/Berlin,work,filled,\r\n")
    assert view.file._model.table.cell(0, 0) == "3"
    assert view.file._model.table.cell(0, 2), "how to mend it"
    assert "Nothing was written" in view.file.wrong.text()
    assert not view.foot.write.isEnabled()
    view.key("Ctrl+Enter")
    assert not place.kept


def test_the_rest_of_it_only_when_the_user_says_so(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work") + "yesterday,today,Europe/Berlin,work,filled,\r\n")
    assert view.file.rest.text() == "Take the entry that is whole"
    view.file.rest.click()
    view.foot.write.click()
    assert len(place.kept) == 1


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x00\x00", b"\xff\xfe\xff", b"{", b"<a>", b"name,colour\r\nx,y\r\n"]
)
def test_what_is_no_such_file_writes_nothing_and_says_why(place: Place, qtbot: QtBot, data: bytes) -> None:
    path = place.folder / "in.csv"
    path.write_bytes(data)
    place.view.read(path)
    qtbot.waitUntil(lambda: not place.view.work.busy)
    assert "nothing was written" in place.view.file.wrong.text().lower()
    assert not place.view.foot.isVisible()
    assert not place.kept


def test_a_file_that_is_gone(place: Place, qtbot: QtBot) -> None:
    place.view.read(place.folder / "gone.csv")
    qtbot.waitUntil(lambda: not place.view.work.busy)
    assert "not there any more" in place.view.file.wrong.text()


def test_years_out_of_reach_are_a_problem_and_no_crash(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work") + line(0, 1800, "rest").replace("2025", "1985"))
    assert view.file._model.table.cell(0, 1) == "It lies in a year that is not kept."
    view.file.rest.click()
    view.foot.write.click()
    assert [span.category for span in place.kept] == ["work"]


def test_a_disk_that_refuses_writes_nothing_and_keeps_the_plan(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work"))
    place.desk.store.connection.execute("PRAGMA query_only = ON")
    try:
        with pytest.raises(StoreError):
            place.desk.prefs.set("agent", "x")
        view.foot.write.click()
    finally:
        place.desk.store.connection.execute("PRAGMA query_only = OFF")
    assert view.trouble.text_label.text().startswith("Nothing was written:")
    view.foot.write.click()
    assert len(place.kept) == 1


def test_the_same_file_twice_changes_nothing(place: Place, read: Read) -> None:
    read(HEAD + line(0, 1800, "work")).foot.write.click()
    view = read(HEAD + line(0, 1800, "work"))
    assert view.foot.state.text().startswith("There is nothing to write")
    assert not view.foot.write.isEnabled()


# ---- much of it


def test_a_long_file_is_planned_on_a_thread(place: Place, read: Read, qtbot: QtBot) -> None:
    rows = []
    for n in range(AT_ONCE + 10):
        day, slot = divmod(n, 100)
        start = 9 * 60 + slot * 5
        rows.append(
            f"2025-{10 + day // 25:02d}-{1 + day % 25:02d}T{start // 60:02d}:{start % 60:02d}:00+02:00,"
            f"2025-{10 + day // 25:02d}-{1 + day % 25:02d}T{(start + 5) // 60:02d}:{(start + 5) % 60:02d}:00+02:00,"
            f"Europe/Berlin,work,filled,\r\n"
        )
    view = read(HEAD + "".join(rows))
    assert view.draft is not None
    assert view.draft.plan is not None
    view.foot.write.click()
    assert sum(span.length for span in place.kept) == 300 * (AT_ONCE + 10)


# ---- looks and keys


def test_ctrl_enter_imports(place: Place, read: Read) -> None:
    view = read(HEAD + line(0, 1800, "work"))
    assert view.key("Ctrl+Return")
    assert len(place.kept) == 1


def test_a_table_is_walked_through_by_keyboard(clash: ImportView, place: Place, qtbot: QtBot) -> None:
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    table = clash.preview.view
    table.setFocus()
    table.choose(0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]


@pytest.mark.parametrize(("width", "scale"), [(1060, 1.0), (700, 1.0), (1060, 2.0), (620, 2.0)])
def test_nothing_is_clipped(
    place: Place,
    clash: ImportView,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    faults: Callable[[QWidget], list[str]],
    width: int,
    scale: float,
) -> None:
    theme.apply(qapp, "dark", scale)
    place.resize(width, 900)
    qtbot.waitUntil(lambda: not faults(clash))
