"""The smaller widgets: cards, pills, notices, empty places, flowing rows, elided labels and fields."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.emptystate import EmptyState
from companion.ui.widgets.fields import GrowingEdit, LineField
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.pill import Pill
from companion.ui.widgets.text import Wrapped, one_line, plain

HOSTILE = ["<b>x</b>", "\x00\x07", "w" * 100_000, "שלום " * 4000, "😀" * 5000, "=1+1", "'; DROP"]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


def test_plain_text_is_cut_and_cleaned() -> None:
    assert plain("a\x00b\r\nc\td") == "a\N{REPLACEMENT CHARACTER}b\nc\td"
    assert plain("x" * 50, 10) == "x" * 9 + "…"
    assert plain("x" * 10, 10) == "x" * 10
    assert plain("\ud800") == "\N{REPLACEMENT CHARACTER}"
    assert one_line(" a\n\tb  c ") == "a b c"


def test_wrapping_measures_what_it_lays_out(theme: Theme) -> None:
    wrapped, font = Wrapped(), theme.font("body")
    line = wrapped.size("word", font, 500).height()
    assert wrapped.size("", font, 500).height() == line
    assert wrapped.size("one\ntwo\nthree", font, 500).height() >= 3 * line - 3
    narrow = wrapped.size("word " * 40, font, 200)
    assert narrow.width() <= 200
    assert narrow.height() > 4 * line
    # A word without a break is broken rather than cut off.
    assert wrapped.size("w" * 300, font, 200).width() <= 200


def test_labels_show_markup_as_text(qtbot: QtBot, theme: Theme) -> None:
    made = label("<b>x</b>", "caps")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.text() == "<b>x</b>"


def test_a_card_has_a_title_row_only_with_a_title(qtbot: QtBot, theme: Theme) -> None:
    card = Card(theme, "Notes")
    qtbot.addWidget(card)
    card.body.addWidget(QLabel("content"))
    card.show()
    assert card.title_label.isVisible()
    height = card.sizeHint().height()
    card.set_title("")
    assert not card.title_label.isVisible()
    assert card.sizeHint().height() < height


@pytest.mark.parametrize("tone", ["neutral", "accent", "warn", "error"])
def test_pills_have_room_for_their_words_and_keep_their_text(
    qtbot: QtBot, qapp: QApplication, theme: Theme, tone: str
) -> None:
    pill = Pill(theme, "hold 00:42", "hold", tone)
    qtbot.addWidget(pill)
    for scale in (1.0, 2.0):
        theme.apply(qapp, "light", scale)
        words = QFontMetrics(theme.font("small")).horizontalAdvance("hold 00:42")
        assert pill.sizeHint().width() >= words + theme.px(14 + 6 + 10 + 8)
        assert pill.minimumSizeHint().width() == pill.sizeHint().width()
    face = QAccessible.queryAccessibleInterface(pill)
    assert face.text(QAccessible.Text.Name) == "hold 00:42"
    before = pill.grab().toImage()
    pill.set_pill("hold 00:42", "", tone)
    assert pill.grab().toImage() != before


def test_pill_tones_look_different(qtbot: QtBot, theme: Theme) -> None:
    pill = Pill(theme, "word")
    qtbot.addWidget(pill)
    looks = []
    for tone in ("neutral", "accent", "warn", "error"):
        pill.set_pill("word", "", tone)
        looks.append(pill.grab().toImage())
    assert all(one != other for at, one in enumerate(looks) for other in looks[at + 1 :])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(qtbot: QtBot, theme: Theme, text: str) -> None:
    pill, cut = Pill(theme, text), ElideLabel(theme, text)
    for widget in (pill, cut):
        qtbot.addWidget(widget)
        assert widget.textFormat() == Qt.TextFormat.PlainText
        assert "\x00" not in widget.text()
        assert widget.sizeHint().width() <= theme.px(480)
        assert not widget.grab().isNull()


def test_an_elided_label_tells_the_whole_in_a_safe_tip(qtbot: QtBot, theme: Theme) -> None:
    made = ElideLabel(theme, "<b>Maria</b> Mann with a very long name indeed")
    qtbot.addWidget(made)
    made.resize(900, 24)
    made.show()
    assert made.toolTip() == ""
    whole = made.grab().toImage().copy(0, 0, 80, 24)
    made.resize(80, 24)
    assert "&lt;b&gt;Maria&lt;/b&gt;" in made.toolTip()
    assert made.text() == "<b>Maria</b> Mann with a very long name indeed"
    assert made.grab().toImage() != whole


def test_a_notice_offers_answers_and_never_takes_the_focus(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field, notice = LineField(theme, "Name"), Notice(theme)
    column.addWidget(notice)
    column.addWidget(field)
    window.show()
    qtbot.waitExposed(window)
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    assert notice.isHidden()
    notice.show_notice("A call was going on.", "warn", [("go", "Go on"), ("drop", "Discard")])
    assert notice.isVisible()
    assert field.edit.hasFocus()
    assert [button.accessibleName() for button in notice.buttons] == ["Go on", "Discard"]
    assert notice.accessibleName() == "Warning"
    with qtbot.waitSignal(notice.answered) as answered:
        qtbot.mouseClick(notice.buttons[1], Qt.MouseButton.LeftButton)
    assert answered.args == ["drop"]
    assert notice.isHidden()


def test_a_notice_can_be_dismissed_by_button_and_escape(qtbot: QtBot, theme: Theme) -> None:
    notice = Notice(theme)
    qtbot.addWidget(notice)
    notice.show_notice("Something happened.")
    with qtbot.waitSignal(notice.dismissed):
        qtbot.mouseClick(notice.close_button, Qt.MouseButton.LeftButton)
    notice.show_notice("Again.", "error")
    with qtbot.waitSignal(notice.dismissed):
        qtbot.keyClick(notice, Qt.Key.Key_Escape)
    notice.show_notice("Has to be answered.", "info", [("ok", "Good")], dismissible=False)
    qtbot.keyClick(notice, Qt.Key.Key_Escape)
    assert notice.isVisible()


def test_notice_kinds_differ_by_more_than_colour(qtbot: QtBot, theme: Theme) -> None:
    notice = Notice(theme)
    qtbot.addWidget(notice)
    names = []
    for kind in ("info", "warn", "error"):
        notice.show_notice("Words", kind)
        names.append(notice.accessibleName())
    assert names == ["Note", "Warning", "Error"]
    with pytest.raises(ValueError, match="three"):
        notice.show_notice("Words", "info", [(str(n), str(n)) for n in range(4)])


def test_an_empty_state_has_one_way_on(qtbot: QtBot, theme: Theme) -> None:
    made = EmptyState(theme, "call", "No call yet", "Press Start call.", "Start call", "Space")
    qtbot.addWidget(made)
    made.show()
    assert made.button is not None
    with qtbot.waitSignal(made.action_requested):
        qtbot.mouseClick(made.button, Qt.MouseButton.LeftButton)
    bare = EmptyState(theme, "call", "Nothing here")
    qtbot.addWidget(bare)
    assert bare.findChildren(QPushButton) == []


def test_a_flow_wraps_and_keeps_its_items_apart(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    box, flow = flow_widget(gap=8)
    qtbot.addWidget(box)
    items = [QPushButton(f"Card number {n}") for n in range(6)]
    for item in items:
        flow.addWidget(item)
    one = flow.heightForWidth(5000)
    assert flow.heightForWidth(300) > 2 * one
    box.resize(300, flow.heightForWidth(300))
    box.show()
    qapp.processEvents()
    for at, item in enumerate(items):
        assert box.rect().contains(item.geometry())
        assert not any(item.geometry().intersects(other.geometry()) for other in items[at + 1 :])
    assert flow.sizeHint().height() == one


def test_a_flow_gives_its_items_back(qtbot: QtBot) -> None:
    box, flow = flow_widget()
    qtbot.addWidget(box)
    flow.addWidget(QLabel("one"))
    assert flow.count() == 1
    assert flow.itemAt(5) is None
    taken = flow.takeAt(0)
    assert taken is not None
    assert flow.count() == 0


def test_a_field_is_named_and_takes_anything(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Name", "Caller name")
    qtbot.addWidget(field)
    assert field.edit.accessibleName() == "Caller name"
    assert field.caption.buddy() is field.edit
    field.edit.setText("x" * 100_000)
    assert len(field.edit.text()) == 100_000
    field.show()
    assert field.height() >= field.caption.height() + field.edit.sizeHint().height()


def test_tab_leaves_the_growing_edit(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    notes, after = GrowingEdit(theme, "Notes"), LineField(theme, "Next")
    column.addWidget(notes)
    column.addWidget(after)
    window.show()
    qtbot.waitExposed(window)
    notes.setFocus()
    qtbot.waitUntil(notes.hasFocus)
    qtbot.keyClick(notes, Qt.Key.Key_Tab)
    assert after.edit.hasFocus()
    assert notes.toPlainText() == ""


def test_the_growing_edit_grows_and_stops(qtbot: QtBot, theme: Theme) -> None:
    notes = GrowingEdit(theme, "Notes", least=2, most=5)
    qtbot.addWidget(notes)
    notes.resize(300, 100)
    notes.show()
    empty = notes.sizeHint().height()
    notes.setPlainText("1\n2\n3\n4")
    four = notes.sizeHint().height()
    notes.setPlainText("\n" * 400)
    most = notes.sizeHint().height()
    line = notes.fontMetrics().lineSpacing()
    assert four - empty == 2 * line
    assert most - empty == 3 * line
    notes.clear()
    assert notes.sizeHint().height() == empty
