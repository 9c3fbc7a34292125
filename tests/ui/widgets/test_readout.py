"""Read-outs: the text can be reached by assistive tools, wraps, and takes anything."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.readout import Mark, ReadOut, SingleLine


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


@pytest.fixture
def readout(qtbot: QtBot, theme: Theme) -> ReadOut:
    made = ReadOut(theme, "Prompt", "prompt")
    qtbot.addWidget(made)
    return made


def test_name_and_text_are_both_reachable(readout: ReadOut) -> None:
    readout.set_text("Let her tell the whole story.")
    face = QAccessible.queryAccessibleInterface(readout)
    assert face.text(QAccessible.Text.Name) == "Prompt"
    words = face.textInterface()
    assert words.text(0, words.characterCount()) == "Let her tell the whole story."
    assert face.state().readOnly


def test_it_never_takes_the_focus(readout: ReadOut) -> None:
    assert readout.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert readout.viewport().focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_same_text_again_is_no_change(qtbot: QtBot, readout: ReadOut) -> None:
    readout.set_text("one")
    with qtbot.assertNotEmitted(readout.textChanged):
        readout.set_text("one")
    with qtbot.waitSignal(readout.textChanged):
        readout.set_text("two")


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [180, 420, 900])
def test_its_height_is_that_of_the_laid_out_text(
    qtbot: QtBot, qapp: QApplication, theme: Theme, readout: ReadOut, scale: float, width: int
) -> None:
    theme.apply(qapp, "light", scale)
    readout.set_text("What happened when you opened the parcel, and what did you do then?\nA second line.")
    readout.resize(width, readout.heightForWidth(width))
    readout.show()
    qtbot.waitExposed(readout)
    needed = readout.document().size().height()
    assert needed <= readout.viewport().height() <= needed + 2


def test_markup_is_text(readout: ReadOut) -> None:
    readout.set_text("<b>bold</b> &amp; 'quoted'")
    assert readout.toPlainText() == "<b>bold</b> &amp; 'quoted'"


@pytest.mark.parametrize(
    "text", ["word " * 20_000, "x" * 100_000, "\x00\x01\x02", "אבג דהו " * 50, "👩‍👩‍👧‍👦" * 400, "\n" * 9000]
)
def test_anything_is_shown_as_text_and_laid_out_in_bounds(readout: ReadOut, text: str) -> None:
    readout.set_text(text)
    assert 0 < len(readout.text()) <= 1500
    assert "\x00" not in readout.toPlainText()
    assert readout.heightForWidth(400) > 0


def test_marks_set_a_gap_off_beyond_astral_characters(theme: Theme, readout: ReadOut) -> None:
    text = "😀 Dear ‹name?›, hello"
    readout.set_text(text, [Mark(text.index("‹"), 7, "gap")])
    cursor = QTextCursor(readout.document())
    marked = ""
    for at in range(readout.document().characterCount() - 1):
        cursor.setPosition(at)
        cursor.setPosition(at + 1, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().fontUnderline():
            assert cursor.charFormat().foreground().color() == theme.color("accent")
            marked += cursor.selectedText()
    assert marked == "‹name?›"
    readout.set_text(text)
    cursor.select(QTextCursor.SelectionType.Document)
    assert not cursor.charFormat().fontUnderline()


def test_marks_out_of_range_do_no_harm(readout: ReadOut) -> None:
    readout.set_text("short", [Mark(2, 500), Mark(99, 3), Mark(0, 0, "muted")])
    assert readout.toPlainText() == "short"


def test_the_tone_changes_its_colour(theme: Theme, readout: ReadOut) -> None:
    readout.ensurePolished()
    assert readout.palette().text().color() == theme.color("text")
    readout.set_role("body", "muted")
    assert readout.palette().text().color() == theme.color("muted")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_time_has_room_for_its_widest(
    qtbot: QtBot, qapp: QApplication, theme: Theme, scale: float
) -> None:
    line = SingleLine(theme, "Call time")
    qtbot.addWidget(line)
    theme.apply(qapp, "light", scale)
    line.set_text("00:00:00")
    line.ensurePolished()
    metrics = line.fontMetrics()
    assert line.font().pixelSize() == round(28 * scale)
    assert metrics.horizontalAdvance("00:00:00") + 4 <= line.sizeHint().width()
    assert metrics.height() <= line.sizeHint().height()
    before = line.sizeHint()
    line.set_text("11:11:11")
    assert line.sizeHint() == before


def test_the_time_is_text_for_assistive_tools_and_quiet_when_unchanged(qtbot: QtBot, theme: Theme) -> None:
    line = SingleLine(theme, "Call time")
    qtbot.addWidget(line)
    line.set_text("04:12")
    face = QAccessible.queryAccessibleInterface(line)
    assert face.text(QAccessible.Text.Name) == "Call time"
    assert face.textInterface().text(0, 5) == "04:12"
    with qtbot.assertNotEmitted(line.textChanged):
        line.set_text("04:12")


def test_spelled_words_stay_whole(qtbot: QtBot, theme: Theme) -> None:
    made = ReadOut(theme, "Read back", "body")
    qtbot.addWidget(made)
    made.keep_hyphens()
    words = "M-ike A-lfa R-omeo I-ndia A-lfa N-ovember"
    made.set_text(words)
    made.resize(130, 200)
    made.show()
    assert made.text() == words
    block = made.document().firstBlock()
    drawn, layout = block.text(), block.layout()
    assert layout.lineCount() > 1
    for number in range(layout.lineCount() - 1):
        line = layout.lineAt(number)
        assert drawn[line.textStart() : line.textStart() + line.textLength()].endswith(" ")
