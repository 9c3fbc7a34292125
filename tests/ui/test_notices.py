"""What the window has to tell and to ask: calls in doubt, a disk that refuses, small words; never in the way."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from companion.clock import ManualClock
from companion.core.calls import State
from companion.desk import Desk
from companion.ui.window import MainWindow


@pytest.fixture
def killed(desk: Desk, clock: ManualClock) -> str:
    """A call that the last run of the program left behind when it was killed: its id."""
    call = desk.start("Maria", "billing", "+49 30 901820")
    clock.advance(60)
    desk.board.note("Charged twice")
    desk.board.move("open")
    clock.advance(15)
    desk.board.lines.sign_of_life()
    clock.advance(300)
    return call.id


@pytest.fixture
def again(
    killed: str,
    open_again: Callable[[], Desk],
    make_window: Callable[[Desk], MainWindow],
    qtbot: Any,
    clock: ManualClock,
) -> Any:
    """The window of the next start, with hands on it."""
    from typing import NamedTuple

    class Again(NamedTuple):
        desk: Desk
        window: MainWindow

    desk = open_again()
    return Again(desk, make_window(desk))


def press(again: Any, answer: str) -> None:
    button = next(b for b in again.window.notices.doubt.buttons if b.objectName() == answer)
    assert button.isVisible() and button.accessibleName()
    button.click()
    QApplication.processEvents()


def test_a_killed_call_is_shown_where_it_stood_and_asked_about_once(again: Any, killed: str) -> None:
    notice = again.window.notices.doubt
    assert notice.isVisible()
    text = notice.text_label.text()
    assert "The program stopped" in text and "Maria" in text and "10:31" in text and "5 min" in text
    assert QApplication.activeModalWidget() is None
    live = again.window.call_page.live
    assert live.isVisible() and live.side.notes.toPlainText() == "Charged twice"
    assert live.header.phases.buttons["open"].current
    assert again.window.call_page.hasFocus()
    press(again, "go_on")
    assert not notice.isVisible() and again.desk.board.active.id == killed
    assert again.desk.board.active.talk(again.desk.board.lines.time_of(killed)) == pytest.approx(375)
    again.window.refresh()
    assert not notice.isVisible()


def test_it_ended_at_the_last_sign_of_life(again: Any, killed: str) -> None:
    press(again, "end_at")
    call = again.desk.board.lines.get(killed)
    assert call.state == State.WRAPUP
    assert call.talk(call.last_t) == pytest.approx(75, abs=1)


def test_it_ended_at_a_time_of_the_users(again: Any, killed: str, qtbot: Any) -> None:
    time = again.window.notices.time
    assert time.isVisible() and time.accessibleName()
    time.setFocus()
    time.setSelectedSection(time.Section.MinuteSection)
    qtbot.keyClicks(time, "34")
    button = next(b for b in again.window.notices.doubt.buttons if b.objectName() == "end_at")
    assert button.label() == "End at 10:34"
    qtbot.keyClick(time, Qt.Key.Key_Escape)
    assert not time.hasFocus()
    assert again.desk.board.active is not None
    press(again, "end_at")
    call = again.desk.board.lines.get(killed)
    assert call.talk(call.last_t) == pytest.approx(240, abs=1)


def test_a_discarded_call_can_be_taken_back(again: Any, killed: str) -> None:
    press(again, "discard")
    assert again.desk.board.current is None
    word = again.window.notices.word
    assert word.isVisible() and word.buttons[0].label() == "Undo"
    word.buttons[0].click()
    QApplication.processEvents()
    call = again.desk.board.lines.get(killed)
    assert call.state == State.WRAPUP and call.text("notes") == "Charged twice"
    assert again.window.call_page.ready.rows[0].button.label() == "Finish"


def test_after_a_suspend_it_asks_too(desk: Desk, window: MainWindow, live: Any, hands: Any) -> None:
    hands.command("go_notes")
    hands.type("abc")
    hands.clock.sleep(600)
    hands.wait(1)
    notice = window.notices.doubt
    assert notice.isVisible() and notice.text_label.text().startswith("The computer slept")
    assert hands.focus is live.side.notes  # and takes nothing from who types
    hands.type("d")
    assert live.side.notes.toPlainText() == "abcd"
    hands.press(Qt.Key.Key_Escape)
    assert notice.isVisible()
    hands.click(notice.buttons[0])
    assert not notice.isVisible() and hands.call.live


def test_a_disk_that_refuses_is_told_and_tried_again(
    desk: Desk, window: MainWindow, live: Any, hands: Any, open_again: Callable[[], Desk]
) -> None:
    run = desk.store.connection.execute
    run("PRAGMA query_only = ON")
    hands.command("go_notes")
    hands.type("Charged twice")
    hands.press(Qt.Key.Key_Escape)
    hands.command("open")
    hands.type("1")
    trouble = window.notices.trouble
    assert trouble.isVisible() and trouble.text_label.text().startswith("Not on disk yet")
    assert hands.call.phase == "open" and len(hands.call.asked) == 1
    assert live.guide.checks[0].isChecked()
    assert live.side.notes.toPlainText() == "Charged twice"
    again = next(b for b in trouble.buttons if b.label() == "Try again")
    hands.click(again)
    assert trouble.isVisible()
    run("PRAGMA query_only = OFF")
    hands.click(next(b for b in trouble.buttons if b.label() == "Try again"))
    assert not trouble.isVisible() and hands.told == "Everything is on disk again."
    found = open_again().board.lines.get(hands.call.id)
    assert found.text("notes") == "Charged twice" and len(found.asked) == 1


def test_it_is_tried_again_by_itself(desk: Desk, window: MainWindow, live: Any, hands: Any) -> None:
    desk.store.connection.execute("PRAGMA query_only = ON")
    hands.command("open")
    desk.store.connection.execute("PRAGMA query_only = OFF")
    assert window.notices.trouble.isVisible()
    hands.wait(1)
    assert not window.notices.trouble.isVisible()
    assert not desk.board.lines.unsaved


def test_a_refusal_goes_by_itself_and_a_warning_stays(window: MainWindow, hands: Any) -> None:
    window.actions_.refused.emit("No.")
    assert hands.told == "No." and window.notices._fade.isActive()
    window.note_problem("The playbook is broken.")
    assert hands.told == "The playbook is broken." and not window.notices._fade.isActive()
    hands.click(window.notices.word.close_button)
    assert hands.told == ""


def test_questions_wait_for_their_turn(window: MainWindow, hands: Any) -> None:
    answers: list[tuple[str, str]] = []
    window.hide()
    for n in ("first", "second"):
        window.note_choice(f"{n}?", {"yes": "Yes", "no": "No"}, lambda a, n=n: answers.append((n, a)))
    window.show()
    hands.settle()
    question = window.notices.question
    assert question.text_label.text() == "first?"
    hands.click(question.buttons[0])
    assert question.text_label.text() == "second?"
    hands.click(question.close_button)
    assert answers == [("first", "yes"), ("second", "")]
    assert not question.isVisible()


def test_what_is_told_is_no_markup_and_widens_nothing(window: MainWindow, hands: Any) -> None:
    width = window.width()
    window.note_problem("<b>" + "W" * 2000)
    hands.settle()
    label = window.notices.word.text_label
    assert label.textFormat() == Qt.TextFormat.PlainText and label.text().startswith("<b>")
    assert window.width() == width >= window.minimumSizeHint().width()


def place_of(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", [(1180, 760), (900, 600), (700, 560)])
def test_a_small_word_never_lies_over_the_field_that_is_typed_in(
    desk: Desk, window: MainWindow, live: Any, hands: Any, size: tuple[int, int]
) -> None:
    window.resize(*size)
    hands.settle()
    for name in ("go_caller", "go_number", "go_notes", "go_promise"):
        hands.command(name)
        window.notices.offer("Contact removed.", list)
        hands.settle()
        word = window.notices.word
        assert word.isVisible() and window.rect().contains(word.geometry())
        assert not word.geometry().intersects(place_of(hands.focus)), name
        hands.press(Qt.Key.Key_Escape)


def test_an_offer_that_stands_makes_room_for_what_is_gone_to(
    desk: Desk, window: MainWindow, live: Any, hands: Any
) -> None:
    window.resize(700, 560)
    hands.settle()
    window.notices.offer("Contact removed.", list)
    hands.settle()
    word = window.notices.word
    for name in ("go_caller", "go_number", "go_notes", "go_promise"):
        hands.command(name)
        field = place_of(hands.focus)
        hands.press(Qt.Key.Key_Escape)
        word.move(field.topLeft())  # as if the page had been another one when it came
        hands.command(name)
        assert word.isVisible() and not word.geometry().intersects(place_of(hands.focus)), name
        hands.press(Qt.Key.Key_Escape)


def test_a_small_word_is_as_wide_as_its_words_and_wraps_long_ones(window: MainWindow, hands: Any) -> None:
    window.resize(1180, 760)
    notices = window.notices
    notices.tell("Copied.")
    hands.settle()
    short = notices.word.size()
    assert notices.word.text_label.width() >= notices.word.text_label.fontMetrics().horizontalAdvance(
        "Copied."
    )
    notices.tell("Not on disk yet. " * 20)
    hands.settle()
    label = notices.word.text_label
    assert short.width() < 260 and notices.word.width() == 720
    assert label.height() >= label.heightForWidth(label.width()) > label.fontMetrics().height() * 3


def test_nothing_moves_for_a_small_word(window: MainWindow, hands: Any) -> None:
    window.show_page("stress")
    hands.settle()
    page = window._stack.stress
    assert page is not None
    before = [(one, place_of(one)) for one in page.findChildren(QWidget) if one.isVisible()]
    window.notices.tell("Copied.")
    hands.settle()
    assert window.notices.word.isVisible() and len(before) > 10
    assert [(one, place_of(one)) for one, _place in before] == before
