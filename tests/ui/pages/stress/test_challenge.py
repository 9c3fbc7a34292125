"""The six questions on one keyboard page, what was written pinned in sight, and the other way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.journal import Journal
from companion.journal_words import words
from companion.ui.pages.stress.challenge import Challenge
from companion.ui.pages.stress.editor_pinned import Quote
from companion.ui.pages.stress.journal import JournalView
from companion.ui.theme.theme import Theme
from tests.ui.pages.stress.journaling import Show, Write, focus, press, settle, type_in

LONG = "He shouted from the first word to the last one. " * 6


@pytest.fixture
def view(show: Show, write: Write) -> JournalView:
    entry = write(event=LONG, belief="He must not. " * 12, before=8)
    view = show(1100, 620)
    view.open_entry(entry.id)
    settle()
    return view


@pytest.fixture
def challenge(view: JournalView) -> Challenge:
    view.editor.begin_writing("challenge")
    settle()
    return view.editor.page.challenge


def kept(view: JournalView, opened: Journal) -> dict[str, str]:
    view.flush()
    return dict(opened.entry(view.editor.entry_id).answers)


def test_six_questions_with_their_reason(challenge: Challenge) -> None:
    assert len(challenge.rows) == 6
    assert [row.accessibleName() for row in challenge.rows] == [one.name for one in words().questions]
    assert challenge.rows[0].hasFocus()
    for row in challenge.rows:
        assert row.answer == ""
        assert row.accessibleDescription().startswith("skipped. ")


def test_y_n_and_s_answer_and_go_on(view: JournalView, challenge: Challenge, opened: Journal) -> None:
    type_in("yNs")
    assert challenge.rows[3].hasFocus()
    type_in("nn")
    assert challenge.rows[5].hasFocus()
    type_in("y")
    assert focus() is challenge.balanced
    ids = [row.id for row in challenge.rows]
    assert kept(view, opened) == {ids[0]: "yes", ids[1]: "no", ids[3]: "no", ids[4]: "no", ids[5]: "yes"}


def test_digits_go_through_the_answers_of_their_row(
    view: JournalView, challenge: Challenge, opened: Journal
) -> None:
    type_in("3")
    assert challenge.rows[2].hasFocus()
    assert challenge.rows[2].answer == "yes"
    type_in("33")
    assert challenge.rows[2].answer == ""
    type_in("66")
    assert kept(view, opened) == {challenge.rows[5].id: "no"}
    type_in("7")
    assert challenge.rows[5].hasFocus()


def test_arrows_and_space(challenge: Challenge) -> None:
    press(Qt.Key.Key_Down)
    assert challenge.rows[1].hasFocus()
    press(Qt.Key.Key_Space)
    assert challenge.rows[1].answer == "yes"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert challenge.rows[0].hasFocus()


def test_clicks(qtbot: QtBot, view: JournalView, challenge: Challenge, opened: Journal) -> None:
    row = challenge.rows[0]
    yes, no, skip = row.answers
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    assert kept(view, opened) == {row.id: "no"}
    assert (yes.isChecked(), no.isChecked(), skip.isChecked()) == (False, True, False)
    qtbot.mouseClick(skip, Qt.MouseButton.LeftButton)
    assert kept(view, opened) == {}


def test_an_answer_to_a_question_of_before_is_not_thrown_away(
    show: Show, write: Write, opened: Journal
) -> None:
    entry = write(event="x", answers={"a.question.of.before": "yes"})
    view = show()
    view.open_entry(entry.id)
    view.editor.page.challenge.rows[0].cycle()
    view.flush()
    answers = opened.entry(entry.id).answers
    assert answers["a.question.of.before"] == "yes"
    assert len(answers) == 2


def test_event_and_belief_are_pinned_while_they_are_out_of_sight(view: JournalView) -> None:
    editor = view.editor
    assert not editor.pinned.isVisible()
    bar = editor.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    assert editor.pinned.event_quote.isVisible()
    assert editor.pinned.belief_quote.isVisible()
    assert LONG.strip().startswith(editor.pinned.event_quote.lines(600)[0][:20])
    bar.setValue(0)
    settle()
    assert not editor.pinned.isVisible()


def test_pinning_does_not_move_what_is_read(view: JournalView) -> None:
    editor = view.editor
    bar = editor.area.verticalScrollBar()
    row = editor.page.challenge.rows[0]
    bottom = editor.sight.bottom_of(editor.page.event_part.event_edit)
    bar.setValue(bottom)
    settle()
    assert not editor.pinned.isVisible()
    before = row.mapTo(view, row.rect().topLeft()).y()
    bar.setValue(bottom + 1)
    settle()
    assert editor.pinned.isVisible()
    assert abs(row.mapTo(view, row.rect().topLeft()).y() - before) <= 2


@pytest.mark.parametrize(("width", "scale"), [(1100, 1.0), (700, 1.0), (1000, 2.0)])
def test_both_are_in_sight_at_every_question(
    show: Show, write: Write, theme: Theme, qapp: QApplication, width: int, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    entry = write(event=LONG, belief="He must not. " * 12)
    view = show(width, 760)
    view.open_entry(entry.id, "challenge")
    settle()
    for row in view.editor.page.challenge.rows:
        assert row.hasFocus()
        assert view.editor.pinned.event_quote.isVisible()
        belief = view.editor.page.belief.belief
        assert view.editor.pinned.belief_quote.isVisible() or not belief.visibleRegion().isEmpty()
        assert row.visibleRegion().boundingRect().height() >= row.height() - 2
        press(Qt.Key.Key_S)


def test_a_quote_is_two_lines_at_the_most(qtbot: QtBot, theme: Theme) -> None:
    quote = Quote(theme, "Happened")
    qtbot.addWidget(quote)
    quote.set_text("short")
    assert quote.lines(500) == ["short"]
    quote.set_text(LONG)
    lines = quote.lines(400)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    quote.set_text("😀" * 300)
    assert set("".join(quote.lines(300))) == {"😀", "…"}
    quote.set_text("")
    assert quote.lines(300) == [""]


def test_my_belief_is_accurate_leads_to_an_action(qtbot: QtBot, view: JournalView, opened: Journal) -> None:
    challenge = view.editor.page.challenge
    assert not challenge.exit_box.isVisible()
    qtbot.mouseClick(challenge.accurate, Qt.MouseButton.LeftButton)
    settle()
    assert challenge.exit_box.isVisible()
    assert [row.ident for row in challenge.exit_box.rows] == [one.id for one in words().exits]
    report = next(row for row in challenge.exit_box.rows if row.ident == "exit.report")
    report.setFocus()
    press(Qt.Key.Key_Return)
    form = view.editor.page.actions_part.form
    assert form is not None
    assert form.isVisible()
    press(Qt.Key.Key_Return)
    view.flush()
    entry = opened.entry(view.editor.entry_id)
    assert entry.accurate
    assert [(one.kind, one.text) for one in entry.actions] == [("report", words().name("exit.report"))]


def test_the_scale_after_is_the_scale_before(view: JournalView, opened: Journal) -> None:
    page = view.editor.page
    assert len(page.challenge.after.boxes) == len(page.event_part.before.boxes)
    page.challenge.after.setFocus()
    type_in("0")
    view.flush()
    assert opened.entry(view.editor.entry_id).after == 0


def test_no_word_that_shames() -> None:
    for one in words().questions:
        for word in ("overreact", "irrational", "should", "wrong"):
            assert word not in f"{one.name} {one.hint}".lower()
