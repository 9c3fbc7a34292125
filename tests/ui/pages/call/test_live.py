"""The live call: head, mark, timers, a second call; and nothing of it clipped, covered or moved by what happens."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from companion.clock import ManualClock
from companion.desk import Desk
from companion.ui.theme.theme import Theme
from companion.ui.window import MainWindow

RGB = QImage.Format.Format_RGB32
BAD = "<b>W\N{GRINNING FACE}</b>" + "W" * 400


def usual_calls(desk: Desk, clock: ManualClock, reason: str, count: int, seconds: float) -> None:
    for _call in range(count):
        desk.start("", reason)
        clock.advance(seconds)
        desk.end()
        desk.board.finish()


# -- the clock and the mark
def test_time_hold_and_state_are_told_in_words(live: Any, hands: Any) -> None:
    hands.wait(65)
    assert live.header.time.text() == "01:05"
    assert live.header.state.text() == "Live"
    assert not live.header.hold.isVisible()
    hands.command("hold")
    hands.wait(10)
    assert live.header.time.text() == "01:05"  # hold is no conversation
    assert live.header.hold.text() == "hold 00:10"
    assert live.header.state.text() == "On hold"
    hands.command("hold")
    hands.wait(5)
    assert (live.header.time.text(), live.header.hold.text()) == ("01:10", "hold 00:10")


def test_the_mark_is_passed_once_and_stays_passed(desk: Desk, live: Any, hands: Any) -> None:
    hands.command("open")
    first = live.guide.prompt.text()
    hands.wait(224)
    assert live.header.split.text() == "75 % at about 03:45 · from the usual length in Settings"
    assert not live.header.bar.face().passed
    hands.wait(1)
    assert hands.call.passed_t is not None and live.header.bar.face().passed
    assert live.header.split.text().startswith("Past 75 %: time to confirm")
    assert live.guide.prompt.text() != first
    assert live.guide.coach.text() == "The 75 % mark is passed: time to confirm."
    at = hands.call.passed_t
    desk.prefs.set("usual_s", 4000)
    hands.wait(1)
    assert hands.call.passed_t == at and live.header.bar.face().passed
    assert hands.call.phase == "open"
    assert [e.kind for e in desk.history.events(hands.call.id)].count("passed") == 1


def test_the_advice_rests_while_the_caller_is_upset(live: Any, hands: Any) -> None:
    hands.command("open")
    hands.command("upset")
    hands.wait(250)
    assert live.header.split.text().startswith("The split rests")
    assert live.header.state.text() == "Upset caller"
    assert "confirm" not in live.guide.coach.text()
    hands.command("upset")
    assert live.header.split.text().startswith("Past 75 %: time to confirm")


@pytest.mark.parametrize(
    ("same", "others", "words"),
    [
        (8, 0, "from 8 calls about Billing"),
        (7, 3, "from 10 calls"),
        (7, 0, "from the usual length in Settings"),
    ],
)
def test_the_words_say_where_the_length_comes_from(
    desk: Desk, clock: ManualClock, window: MainWindow, hands: Any, same: int, others: int, words: str
) -> None:
    usual_calls(desk, clock, "billing", same, 200)
    usual_calls(desk, clock, "order", others, 200)
    desk.start("", "billing")
    hands.settle()
    assert window.call_page.live.header.split.text().endswith(words)


@pytest.mark.parametrize("nudges", [[30, 60, 120], [10, 20, 300]])
def test_a_hold_changes_the_words_at_each_nudge(desk: Desk, live: Any, hands: Any, nudges: list[int]) -> None:
    desk.prefs.set("nudges", nudges)
    hands.command("hold")
    hands.command("line")  # leafed on: the nudge still comes to the front
    said = [live.guide.prompt.text()]
    before = 0
    for limit, nudge in zip(nudges, desk.playbook.guide("hold").nudges, strict=True):
        hands.wait(limit - before - 1)
        assert live.guide.prompt.text() == said[-1]
        hands.wait(1)
        before = limit
        assert live.guide.coach.text() == nudge.text
        said.append(live.guide.prompt.text())
    assert len(set(said)) == 4
    hands.command("hold")
    assert live.guide.coach.text() not in {n.text for n in desk.playbook.guide("hold").nudges}


def test_the_answer_timer_counts_down_and_then_over(live: Any, hands: Any) -> None:
    answer = live.header.answer
    assert not answer.isVisible()
    hands.command("timer")
    assert answer.text() == "answer 01:00"
    hands.wait(1)
    assert answer.text() == "answer 00:59"
    hands.wait(58.5)
    assert answer.text() == "answer 00:01"
    hands.wait(0.5)
    assert answer.text() == "answer +00:00"
    hands.wait(15)
    assert answer.text() == "answer +00:15"
    hands.command("timer")
    assert not answer.isVisible()


# -- two calls
def test_a_held_call_is_told_and_swapped(desk: Desk, live: Any, hands: Any) -> None:
    desk.board.write_text(hands.call.id, "name", "Maria")
    desk.start("Ben", "", "+44 20 7946 0018")
    hands.settle()
    assert live.second.words.text() == "Also on hold: Maria · 00:00"
    hands.wait(5)
    assert live.second.words.text() == "Also on hold: Maria · 00:05"
    hands.click(live.second.button)
    assert live.header.who.text() == "Maria"
    assert live.side.name.edit.text() == "Maria"
    hands.command("swap")
    assert live.header.who.text() == "Ben"


def test_a_ringing_call_is_told_and_answered(desk: Desk, live: Any, hands: Any) -> None:
    desk.board.ring("+44 20 7946 0018")
    hands.settle()
    assert live.second.words.text() == "Ringing: +44 20 7946 0018"
    assert live.second.button.label() == "Answer"
    hands.command("hold")
    hands.click(live.second.button)
    assert live.header.who.text() == "+44 20 7946 0018"


# -- nothing moves under the pointer
def test_the_buttons_of_the_head_stay_where_they_are(theme: Theme, live: Any, hands: Any) -> None:
    def places() -> dict[str, Any]:
        return {n: b.mapToGlobal(b.rect().topLeft()) for n, b in live.header.buttons.items()}

    at = places()
    for command in ("upset", "timer", "hold", "hold", "upset", "timer"):
        hands.command(command)
        hands.wait(40)
        assert places() == at, command


# -- nothing is clipped or covered
def walk(desk: Desk, window: MainWindow, hands: Any, look: Callable[[str], None]) -> None:
    """Every view of the page, as full as it gets."""
    look("empty")
    usual_calls(desk, hands.clock, "billing", 9, 240)
    desk.prefs.set("agent", "Ana")
    desk.prefs.set("company", "Blue Parcel")
    desk.board.ring("+49 30 901820")
    look("ringing")
    hands.command("start")
    call = hands.call
    desk.board.write_text(call.id, "name", "Maria Mann")
    desk.board.write_text(call.id, "promise.what", "Call back")
    desk.board.choose(call.id, "reason", "billing")
    desk.board.choose(call.id, "promise.by", "2026-11-20T15:00:00.000Z")
    for command in (
        "greeting",
        "open",
        "closed",
        "close",
        "upset",
        "transfer",
        "message",
        "badnews",
        "ready",
    ):
        hands.command(command)
        look(command)
    hands.command("cards")
    look("card")
    hands.command("ready")
    hands.command("timer")
    hands.command("hold")
    hands.wait(130)
    look("hold")
    desk.start("Second Caller", "", "+44 20 7946 0018")
    look("two")
    hands.command("end")
    hands.command("end")
    look("wrap-up")
    desk.board.ring("+44 20 7946 0111")
    look("wrap-up and ringing")
    hands.command("done")
    look("waiting")
    window.call_page._on_opened(call.id)
    desk.end()
    look("past")
    window.show_page("settings")
    desk.start()
    look("bar")


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1180, 760)), (2.0, (1280, 800))])
def test_nothing_is_clipped_or_covered(
    desk: Desk, window: MainWindow, hands: Any, theme: Theme, qapp: QApplication, faults: Any, scale: float,
    size: tuple[int, int],
) -> None:  # fmt: skip
    theme.apply(qapp, "light", scale)
    window.resize(*size)
    found: list[str] = []

    def look(where: str) -> None:
        hands.settle()
        root = window.live_bar if where == "bar" else window
        found.extend(f"{where}: {fault}" for fault in faults(root))

    walk(desk, window, hands, look)
    theme.apply(qapp, "light", 1.0)
    assert not found, "\n".join(found)


def test_no_text_is_taken_for_markup(desk: Desk, window: MainWindow, hands: Any) -> None:
    desk.start(BAD, BAD, "+49 30 901820")
    hands.settle()
    width = window.width()
    seen = []

    def look(where: str) -> None:
        hands.settle()
        assert window.width() == width >= window.minimumSizeHint().width(), where
        for widget in window.findChildren(QWidget):
            if (
                isinstance(widget, QLabel)
                and widget.textFormat() != Qt.TextFormat.PlainText
                and not widget.pixmap()
            ):
                seen.append((where, widget.text()))
            if "<b>" in widget.toolTip():
                seen.append((where, widget.toolTip()))

    for command in ("open", "closed", "close", "upset", "transfer", "message"):
        hands.command(command)
        look(command)
    desk.board.ring(BAD)
    look("ringing")
    hands.command("hold")
    hands.command("start")
    look("held")
    hands.command("strip")
    look("strip")
    assert window.shapes.strip is not None and "<b>" not in window.shapes.strip.bar.toolTip()
    hands.command("strip")
    for command in ("end", "end", "done"):
        hands.command(command)
        look(command)
    assert seen == []
    assert all(
        not isinstance(c, QComboBox) or c.width() <= window.width() for c in window.findChildren(QWidget)
    )


def test_the_window_can_be_dragged_to_any_width_in_a_call(window: MainWindow, live: Any, hands: Any) -> None:
    """Taking the head out of a layout that was just placing it ended the program."""
    for width in (*range(1180, 620, -8), *range(620, 1180, 24), 700, 1180, 640):
        window.resize(width, 760)
        hands.settle()
    assert live.header.time.isVisible() and live.guide.prompt.isVisible()
    assert live.header.gauge.mapTo(window, live.header.gauge.rect().topLeft()).y() > live.guide.y()


# -- what a change costs
class Painted(QObject):
    """Tells which of some widgets were painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__(widgets[0])
        self.found: list[QObject] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.found.append(watched)
        return False


def test_a_change_of_the_guide_paints_only_what_changes(live: Any, hands: Any) -> None:
    hands.window.resize(1180, 760)
    hands.command("open")
    side = live.side
    apart = Painted(side.name.edit, side.reason, side.copy, side.promise.what.edit, side.notes.viewport())
    here, heights = Painted(live.guide.now), set()
    for command in ("closed", "open", "transfer", "transfer", "upset", "upset", "close"):
        here.found.clear()
        hands.command(command)
        assert here.found, command
        heights.add(live.guide.height())
    assert len(heights) > 2  # the page has grown and shrunk meanwhile
    assert not apart.found


def test_nothing_moves_more_than_twice_in_a_change(live: Any, hands: Any) -> None:
    hands.window.resize(1180, 760)
    for command in ("open", "closed", "upset", "upset"):  # whatever is made when it is first shown
        hands.command(command)
    watched = [*live.guide.checks, live.guide.prompt, live.guide.listen, live.lead.empathy]
    moved: list[QObject] = []

    class Moves(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
                moved.append(watched)
            return False

    watcher = Moves(live)
    for widget in watched:
        widget.installEventFilter(watcher)
    for command in ("open", "closed", "upset", "upset"):
        moved.clear()
        hands.command(command)
        # At most into its place, and from there to where the new height of the page puts it.
        assert max(moved.count(widget) for widget in watched) <= 4, command


@pytest.mark.parametrize("width", [1180, 700])
def test_the_screen_shows_what_painting_all_of_it_would(live: Any, hands: Any, width: int) -> None:
    window = hands.window
    window.resize(width, 760)
    hands.settle()
    for command in (
        "open",
        "digit:1",
        "closed",
        "hold",
        "hold",
        "upset",
        "line",
        "upset",
        "message",
        "close",
    ):
        window.run(command)
        hands.settle()
        on_screen = window.screen().grabWindow(window.winId()).toImage().convertToFormat(RGB)
        assert on_screen == window.grab().toImage().convertToFormat(RGB), command
