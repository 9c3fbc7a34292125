"""After a call marked upset: one quiet line, now and then, that goes at one key and is in nobody's way."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from companion.clock import ManualClock
from companion.desk import Desk
from companion.journal import Journal
from companion.storage.errors import StoreError
from companion.storage.vault_keys import Cost
from companion.ui.aftercall import Offer
from companion.ui.theme.theme import Theme
from companion.ui.window import MainWindow


@pytest.fixture
def journal(desk: Desk, data_dir: Any, clock: ManualClock) -> Journal:
    vault, backups = data_dir / "journal.vault", data_dir / "backups"
    journal = desk._journal = Journal(vault, backups, clock, desk.store.announce, Cost(1, 8 << 20))
    journal.create(journal.prepare("tin roof, seven otters"))
    journal.lock()
    return journal


def upset_call(desk: Desk, clock: ManualClock, hands: Any) -> None:
    """Such a call with its wrap-up done."""
    desk.start("Maria")
    desk.board.upset(True)
    clock.advance(30)
    desk.board.upset(False)  # marked at any time of the call
    clock.advance(30)
    desk.end()
    desk.board.finish()
    hands.settle()


def offer(window: MainWindow) -> Offer | None:
    return window._stack.after_call.offer if "after_call" in window._stack.__dict__ else None


@pytest.mark.parametrize("done", [True, False])
def test_it_is_offered_once_such_a_call_and_its_wrap_up_have_ended(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal, done: bool
) -> None:
    desk.start("Maria")
    desk.board.upset(True)
    hands.settle()
    assert offer(window) is None
    desk.end()
    hands.settle()
    assert offer(window) is None, "the wrap-up asks for a number itself: not two at once"
    (desk.board.finish if done else desk.board.leave_wrapup)()
    hands.settle()
    shown = offer(window)
    assert shown is not None and shown.isVisible() and shown.accessibleName() == "How was that for you?"
    assert shown.scale.value is None and not shown.isAncestorOf(hands.focus)
    assert desk.prefs.check_offered


@pytest.mark.parametrize("why", ["calm", "no journal", "switched off", "ringing"])
def test_it_is_not_offered(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal, why: str
) -> None:
    if why == "no journal":
        journal.delete_everything()
    if why == "switched off":
        desk.prefs.set("check_offer", False)
    if why == "calm":
        desk.start("Maria")
        desk.end()
    elif why == "ringing":
        desk.start("Maria")
        desk.board.upset(True)
        desk.board.ring("+44 20 7946 0018")
        desk.end(number="")
        assert desk.board.ringing or desk.board.active
    else:
        upset_call(desk, clock, hands)
    hands.settle()
    assert offer(window) is None


def test_never_twice_within_the_time_set(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    upset_call(desk, clock, hands)
    hands.press(Qt.Key.Key_Escape)
    assert offer(window) is None
    upset_call(desk, clock, hands)
    assert offer(window) is None
    clock.advance(60 * 60)
    upset_call(desk, clock, hands)
    assert offer(window) is not None


def test_a_call_takes_it_away(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    upset_call(desk, clock, hands)
    assert offer(window) is not None
    desk.board.ring("+44 20 7946 0018")
    hands.settle()
    assert offer(window) is None


def test_digits_give_it_where_the_page_has_no_use_for_them(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    desk.start("Maria")
    desk.board.upset(True)
    desk.end()
    hands.settle()
    hands.type("1")  # in the wrap-up a digit is the outcome
    assert hands.call.outcome
    desk.board.finish()
    hands.settle()
    shown = offer(window)
    assert shown is not None and shown.scale.value is None
    hands.type("1")
    assert shown.form.isVisible() and shown.form.scale.value == 1
    hands.type("0")
    hands.press(Qt.Key.Key_Return)
    assert hands.told == "Kept sealed until you unlock the journal." and offer(window) is None
    assert journal.open(journal.attempt("tin roof, seven otters")) == 1
    assert [one.before for one in journal.all_entries()] == [10]


def test_a_key_leads_to_it(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    upset_call(desk, clock, hands)
    hands.command("go_notice")
    shown = offer(window)
    assert shown is not None and hands.focus is shown.scale
    hands.type("6")
    assert shown.form.isVisible() and shown.form.scale.value == 6
    hands.press(Qt.Key.Key_Escape)
    assert offer(window) is None and hands.focus is window.call_page


def test_what_was_begun_is_kept_when_the_next_call_comes(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    upset_call(desk, clock, hands)
    hands.command("go_notice")
    hands.type("6")
    desk.start("Max")
    hands.settle()
    assert offer(window) is None
    journal.open(journal.attempt("tin roof, seven otters"))
    assert [(one.before, one.to_finish) for one in journal.all_entries()] == [(6, True)]


def test_what_the_disk_refuses_waits_through_the_next_call(
    desk: Desk,
    window: MainWindow,
    hands: Any,
    clock: ManualClock,
    journal: Journal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise StoreError("The disk is full.")

    upset_call(desk, clock, hands)
    hands.command("go_notice")
    hands.type("6")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "add_check", refuse)
        desk.start("Max")
        hands.settle()
        assert "The disk is full." in hands.told
    assert offer(window) is None
    assert not [one for one in window.call_page.findChildren(Offer) if one.isVisible()]
    hands.press(Qt.Key.Key_Escape)  # leads nowhere near what waits
    desk.end()
    desk.board.finish()
    hands.settle()
    shown = offer(window)
    assert shown is not None and shown.isVisible() and shown.form.scale.value == 6
    assert window._stack.take_question()
    hands.press(Qt.Key.Key_Return)
    assert offer(window) is None
    journal.open(journal.attempt("tin roof, seven otters"))
    assert [one.before for one in journal.all_entries()] == [6]


def test_it_gives_way_to_a_wrap_up_that_is_opened_again(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    desk.start("Maria")
    desk.board.upset(True)
    desk.end()
    desk.board.leave_wrapup()
    hands.settle()
    assert offer(window) is not None
    left = desk.history.recent(1)[0]
    desk.board.resume_wrapup(left.id)
    hands.settle()
    assert desk.board.wrapup is not None and offer(window) is None


def test_the_time_set_counts_from_the_check(
    desk: Desk, window: MainWindow, hands: Any, clock: ManualClock, journal: Journal
) -> None:
    desk.prefs.set("check_interval_min", 60)
    upset_call(desk, clock, hands)
    offered = desk.prefs.check_offered
    clock.advance(40 * 60)
    hands.command("go_notice")
    hands.type("6")
    hands.press(Qt.Key.Key_Return)
    assert desk.prefs.check_offered > offered
    clock.advance(40 * 60)
    upset_call(desk, clock, hands)
    assert offer(window) is None


@pytest.mark.parametrize(("width", "scale"), [(1180, 1.0), (700, 1.0), (760, 2.0), (700, 2.0)])
def test_the_offer_goes_into_lines_where_one_is_too_short(
    desk: Desk,
    window: MainWindow,
    hands: Any,
    clock: ManualClock,
    journal: Journal,
    theme: Theme,
    qapp: QApplication,
    width: int,
    scale: float,
) -> None:
    theme.apply(qapp, "dark", scale)
    window.resize(width, 742)
    upset_call(desk, clock, hands)
    shown = offer(window)
    assert shown is not None
    question = shown.question
    assert question.height() >= question.heightForWidth(question.width()), "all of the question is read"
    assert shown.close_button.width() >= shown.close_button.minimumSizeHint().width()
    boxes = shown.scale.boxes
    least = boxes[0].fontMetrics().horizontalAdvance("10")
    assert [box.width() for box in boxes if box.width() < least] == []
    assert all(a.geometry().right() < b.x() for a, b in pairwise(boxes)), "none stands on another"
    assert boxes[-1].geometry().right() < shown.scale.width()
    parts = [question, shown.scale, shown.close_button]
    assert all(not a.geometry().intersects(b.geometry()) for a, b in combinations(parts, 2))
    assert all(shown.line.contentsRect().contains(part.geometry()) for part in parts)
    assert shown.geometry().right() < window.width()
    theme.apply(qapp, "light", 1.0)
