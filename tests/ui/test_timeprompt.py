"""The quiet strip: when it comes, when it must not, what its answers do, and how few wake-ups it costs."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.days import SLOT
from companion.core.spans import CONFIRMED, FILLED, Span
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.asking import FIRST_LOOK_MS
from companion.ui.bridge import Bridge
from companion.ui.theme.theme import Theme
from companion.ui.timeprompt import TimePrompt
from companion.ui.window import MainWindow

HOUR = 3600
NOW = int(datetime(2026, 11, 20, 9, 30, tzinfo=UTC).timestamp())
"""Half past ten in Berlin."""


class Place(QWidget):
    """A window with a field in it and the strip at its foot, which hears of what is written."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.field = QLineEdit(self)
        column.addWidget(self.field)
        column.addStretch(1)
        self.prompt = TimePrompt(desk, theme, self)
        column.addWidget(self.prompt)
        self.told: list[str] = []
        self.offered: list[tuple[str, Callable[[], object]]] = []
        self.asked: list[tuple[str, int, int]] = []
        self.prompt.told.connect(self.told.append)
        self.prompt.undo_offered.connect(lambda words, undo: self.offered.append((words, undo)))
        self.prompt.grid_requested.connect(lambda *where: self.asked.append(where))
        self.bridge = Bridge(desk, self)
        self.bridge.changed.connect(self.prompt.hear)


@pytest.fixture
def place(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[Place]:
    place = Place(desk, theme)
    place.resize(1000, 300)
    with qtbot.waitExposed(place):
        place.show()
    place.activateWindow()
    place.field.setFocus()
    qtbot.waitUntil(place.field.hasFocus)
    yield place
    place.bridge.close()
    place.prompt.timer.stop()
    place.close()
    place.deleteLater()


@pytest.fixture
def prompt(place: Place) -> TimePrompt:
    return place.prompt


def morning(desk: Desk, until: int = NOW - HOUR - 300) -> None:
    """Something is recorded today, up to an hour and five minutes ago."""
    desk.time.paint(until - 2 * HOUR, until, "hygiene")


def weeks(desk: Desk, *categories: str) -> None:
    """The last Fridays at this hour, the first category most often."""
    new = []
    for n, category in enumerate(categories):
        for week in range(1, 4 - min(n, 2)):
            at = NOW - week * 7 * 86400 - n * 86400
            new.append(Span(at - HOUR, at, category))
    desk.time.paint_spans(new, "past")


# ---- when it comes


def test_it_says_what_is_open_with_the_likeliest_categories(desk: Desk, prompt: TimePrompt) -> None:
    weeks(desk, "work/e-mails", "rest")
    morning(desk)
    prompt.follow()
    assert prompt.isVisible()
    assert prompt.title.text() == "9:25–10:30 today is open"
    assert prompt.choices[0].words == "E-mails"
    assert {one.category for one in prompt.choices} == {"work/e-mails", "rest", "hygiene"}


def test_never_more_than_four_categories(desk: Desk, prompt: TimePrompt) -> None:
    weeks(desk, "work/e-mails", "rest", "eating", "travel", "family", "exercise")
    morning(desk)
    prompt.follow()
    assert len(prompt.choices) == 4


def test_nothing_recorded_on_this_day_asks_nothing_and_runs_no_timer(desk: Desk, prompt: TimePrompt) -> None:
    weeks(desk, "work/e-mails")
    prompt.follow()
    assert prompt.isHidden()
    assert not prompt.timer.isActive()


def test_it_waits_for_exactly_the_moment_at_which_the_interval_is_over(
    desk: Desk, prompt: TimePrompt, clock: ManualClock
) -> None:
    morning(desk, NOW - 30 * 60)
    prompt.follow()
    assert prompt.isHidden()
    assert prompt.timer.isSingleShot()
    assert abs(prompt.timer.interval() - 30 * 60 * 1000) < 1000
    clock.advance(30 * 60 + 1)
    prompt.timer.timeout.emit()
    assert prompt.isVisible()


def test_an_interval_of_the_users_own(desk: Desk, prompt: TimePrompt) -> None:
    desk.prefs.set("time_prompt_min", 15)
    morning(desk, NOW - 20 * 60)
    prompt.follow()
    assert prompt.title.text() == "10:10–10:30 today is open"


def test_never_in_quiet_hours_but_after_them(desk: Desk, prompt: TimePrompt, clock: ManualClock) -> None:
    desk.prefs.set("time_quiet", [10 * 60, 11 * 60])
    morning(desk)
    prompt.follow()
    assert prompt.isHidden()
    assert abs(prompt.timer.interval() - 30 * 60 * 1000) < 1000
    clock.advance(30 * 60 + 1)
    prompt.timer.timeout.emit()
    assert prompt.isVisible()


def test_it_goes_when_quiet_hours_begin(desk: Desk, prompt: TimePrompt, clock: ManualClock) -> None:
    desk.prefs.set("time_quiet", [11 * 60, 12 * 60])
    morning(desk)
    prompt.follow()
    assert prompt.isVisible()
    assert abs(prompt.timer.interval() - 30 * 60 * 1000) < 1000
    clock.advance(30 * 60 + 1)
    prompt.timer.timeout.emit()
    assert prompt.isHidden()


def test_off_runs_no_timer(desk: Desk, prompt: TimePrompt) -> None:
    desk.prefs.set("time_prompt_min", 0)
    morning(desk)
    prompt.follow()
    assert prompt.isHidden()
    assert not prompt.timer.isActive()


def test_turned_on_in_settings_it_begins_again(desk: Desk, prompt: TimePrompt, place: Place) -> None:
    morning(desk)
    desk.prefs.set("time_prompt_min", 0)
    assert prompt.isHidden()
    desk.prefs.set("time_prompt_min", 60)
    assert prompt.isVisible()


# ---- between calls only


def test_a_call_puts_it_away_at_once_and_its_end_brings_it_back(desk: Desk, prompt: TimePrompt) -> None:
    morning(desk)
    prompt.follow()
    desk.start()
    assert prompt.isHidden()
    assert not prompt.timer.isActive()
    desk.end()
    assert prompt.isHidden(), "not in wrap-up either"
    desk.board.finish()
    assert prompt.isVisible()


def test_a_ringing_call_puts_it_away(desk: Desk, prompt: TimePrompt) -> None:
    morning(desk)
    prompt.follow()
    desk.board.ring("+49 30 1234567")
    assert prompt.isHidden()


def test_a_call_that_filled_the_time_leaves_nothing_to_ask(
    desk: Desk, prompt: TimePrompt, clock: ManualClock
) -> None:
    morning(desk)
    prompt.follow()
    desk.start()
    clock.advance(20 * 60)
    desk.end()
    desk.board.finish()
    assert prompt.isHidden()
    assert desk.time.spans(NOW, NOW + 20 * 60)[0].category == "work/phone calls"


# ---- the focus


def test_it_takes_no_focus_when_it_comes_nor_when_it_is_clicked(
    desk: Desk, prompt: TimePrompt, place: Place, qtbot: QtBot
) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    assert place.field.hasFocus()
    qtbot.mouseClick(prompt.choices[0], Qt.MouseButton.LeftButton)
    assert place.field.hasFocus()


@pytest.mark.parametrize("away", ["hidden", "disabled"])
def test_the_keyboard_does_not_come_here_by_itself(
    desk: Desk, prompt: TimePrompt, place: Place, away: str
) -> None:
    """A button that vanishes under the keyboard hands it to the next one: a digit would then fill what is open."""
    morning(desk)
    prompt.follow()
    strayed: list[bool] = []
    prompt.strayed.connect(lambda: strayed.append(True))
    place.field.setFocus()
    place.field.hide() if away == "hidden" else place.field.setEnabled(False)
    assert strayed == [True]
    assert not prompt.isAncestorOf(place.focusWidget() or place)
    QTest.keyClick(place.focusWidget() or place, Qt.Key.Key_1)
    assert prompt.gap is not None


def test_the_tab_key_leads_here(desk: Desk, prompt: TimePrompt, place: Place) -> None:
    morning(desk)
    prompt.follow()
    QTest.keyClick(place.field, Qt.Key.Key_Tab)
    assert prompt.isAncestorOf(place.focusWidget())


def test_the_answers_keep_their_places_while_they_are_the_same(desk: Desk, prompt: TimePrompt) -> None:
    weeks(desk, "work/e-mails", "rest")
    morning(desk)
    prompt.follow()
    before = [one.category for one in prompt.choices]
    assert prompt.gap is not None
    turned = prompt.gap._replace(categories=tuple(reversed(prompt.gap.categories[:4])))
    prompt._show(turned)
    assert [one.category for one in prompt.choices] == before
    prompt._show(turned._replace(categories=("rest",)))
    assert [one.category for one in prompt.choices] == ["rest"]


def test_typing_in_a_field_answers_nothing(desk: Desk, prompt: TimePrompt, place: Place) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    QTest.keyClicks(place.field, "12")
    assert place.field.text() == "12"
    assert prompt.isVisible()


def test_keys_are_named_only_where_they_answer(
    desk: Desk, prompt: TimePrompt, place: Place, qtbot: QtBot
) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    assert prompt.choices[0].key_hint() == ""
    assert prompt.take_focus()
    qtbot.waitUntil(lambda: prompt.choices[0].key_hint() == "1")
    place.field.setFocus()
    qtbot.waitUntil(lambda: prompt.choices[0].key_hint() == "")
    prompt.take_digits(True)
    assert prompt.choices[0].key_hint() == "1"


@pytest.mark.parametrize("n", [1, 2])
def test_a_digit_answers_once_the_keyboard_is_there(
    desk: Desk, prompt: TimePrompt, qtbot: QtBot, n: int
) -> None:
    weeks(desk, "work/e-mails", "rest")
    morning(desk)
    prompt.follow()
    wanted = prompt.choices[n - 1].category
    prompt.take_focus()
    QTest.keyClick(prompt.choices[0], str(n))
    found = desk.time.spans(NOW - HOUR, NOW)
    assert [span.category for span in found if span.end == NOW] == [wanted]


def test_escape_is_not_now(desk: Desk, prompt: TimePrompt) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    prompt.take_focus()
    QTest.keyClick(prompt.choices[0], Qt.Key.Key_Escape)
    assert prompt.isHidden()


# ---- answers


def test_one_click_fills_all_that_is_open_and_can_be_taken_back(
    desk: Desk, prompt: TimePrompt, place: Place, qtbot: QtBot
) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    qtbot.mouseClick(prompt.choices[0], Qt.MouseButton.LeftButton)
    assert prompt.isHidden()
    found = desk.time.spans(NOW - HOUR - SLOT, NOW)
    assert found == (Span(NOW - HOUR - SLOT, NOW, prompt_category(found), CONFIRMED),)
    words, undo = place.offered[0]
    assert "9:25–10:30" in words
    undo()
    assert desk.time.spans(NOW - HOUR - SLOT, NOW) == ()


def prompt_category(found: tuple[Span, ...]) -> str:
    return found[0].category


def test_undo_does_not_take_back_what_came_later(
    desk: Desk, prompt: TimePrompt, place: Place, clock: ManualClock
) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    prompt.digit(1)
    desk.time.paint(NOW - 40 * HOUR, NOW - 39 * HOUR, "travel")
    before = desk.time.spans(NOW - 48 * HOUR, NOW)
    place.offered[0][1]()
    assert desk.time.spans(NOW - 48 * HOUR, NOW) == before


def test_not_now_rests_for_an_interval_whatever_is_written(
    desk: Desk, prompt: TimePrompt, clock: ManualClock
) -> None:
    morning(desk)
    prompt.follow()
    prompt.not_now()
    desk.time.paint(NOW - 50 * HOUR, NOW - 49 * HOUR, "rest")
    assert prompt.isHidden()
    clock.advance(59 * 60)
    prompt.timer.timeout.emit()
    assert prompt.isHidden()
    clock.advance(61)
    prompt.timer.timeout.emit()
    assert prompt.isVisible()
    assert prompt.title.text() == "9:25–11:30 today is open", "one question for all of it"


def test_an_answer_taken_back_is_not_asked_again_at_once(
    desk: Desk, prompt: TimePrompt, place: Place
) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    prompt.digit(1)
    place.offered[0][1]()
    assert prompt.isHidden()


def test_other_leads_to_the_grid(desk: Desk, prompt: TimePrompt, place: Place, qtbot: QtBot) -> None:
    morning(desk)
    prompt.follow()
    qtbot.mouseClick(prompt.other, Qt.MouseButton.LeftButton)
    assert place.asked == [("2026-11-20", NOW - HOUR - SLOT, NOW)]
    assert prompt.isHidden()


def test_one_click_turns_it_off_and_says_where_it_is_turned_on(
    desk: Desk, prompt: TimePrompt, place: Place, qtbot: QtBot
) -> None:
    desk.prefs.set("time_prompt_min", 45)
    morning(desk)
    prompt.follow()
    qtbot.mouseClick(prompt.off, Qt.MouseButton.LeftButton)
    assert desk.prefs.time_prompt_min == 0
    assert prompt.isHidden()
    assert not prompt.timer.isActive()
    words, undo = place.offered[0]
    assert "Settings" in words
    undo()
    assert desk.prefs.time_prompt_min == 45


def test_time_filled_elsewhere_takes_the_question_away(desk: Desk, prompt: TimePrompt) -> None:
    morning(desk)
    prompt.follow()
    assert prompt.isVisible()
    desk.time.paint(NOW - HOUR - SLOT, NOW, "travel")
    assert prompt.isHidden()


def test_a_category_that_went_meanwhile_fills_nothing(desk: Desk, prompt: TimePrompt, place: Place) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    place.bridge.close()  # the news of it is still under way
    desk.time.categories.archive(prompt.choices[0].category)
    prompt.digit(1)
    assert place.told == ["This category is archived. Bring it back first, or choose another."]
    assert desk.time.spans(NOW - HOUR - SLOT, NOW) == ()


def test_a_disk_that_refuses_is_told_and_the_question_stays(
    desk: Desk, prompt: TimePrompt, place: Place
) -> None:
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    desk.store.connection.execute("PRAGMA query_only = ON")
    try:
        with pytest.raises(StoreError):
            desk.prefs.set("agent", "x")
        prompt.digit(1)
    finally:
        desk.store.connection.execute("PRAGMA query_only = OFF")
    assert place.told[0].startswith("Not kept yet:")
    assert prompt.isVisible()


def test_a_gap_long_over_counts_as_filled_in_afterwards(
    desk: Desk, prompt: TimePrompt, clock: ManualClock
) -> None:
    """As anywhere else: the strip has no rule of its own."""
    weeks(desk, "rest")
    morning(desk)
    prompt.follow()
    clock.advance(2 * HOUR)
    prompt.digit(1)
    assert desk.time.spans(NOW - HOUR, NOW)[0].state == FILLED


# ---- looks


@pytest.mark.parametrize(("width", "scale"), [(1000, 1.0), (700, 1.0), (700, 2.0), (380, 1.0)])
def test_nothing_is_clipped(
    desk: Desk,
    prompt: TimePrompt,
    place: Place,
    theme: Theme,
    qapp: object,
    qtbot: QtBot,
    faults: Callable[[QWidget], list[str]],
    width: int,
    scale: float,
) -> None:
    weeks(desk, "work/e-mails", "rest", "eating", "work/phone calls")
    morning(desk)
    theme.apply(qapp, "dark", scale)
    prompt.follow()
    place.resize(width, 600)
    qtbot.waitUntil(lambda: not faults(place))


# ---- in the window


def test_the_window_looks_a_while_after_the_start_and_reads_nothing_before(
    desk: Desk, window: MainWindow, hands: Any
) -> None:
    assert window.asking.first_look.isSingleShot()
    assert window.asking.first_look.interval() == FIRST_LOOK_MS
    desk.start()
    hands.settle()
    assert "prompt" not in window.asking.__dict__
    assert "time" not in desk.__dict__


def test_off_looks_never(desk: Desk, make_window: Callable[[Desk], MainWindow]) -> None:
    desk.prefs.set("time_prompt_min", 0)
    window = make_window(desk)
    assert not window.asking.first_look.isActive()
    desk.prefs.set("time_prompt_min", 30)
    assert window.asking.first_look.isActive()


def test_it_stands_on_every_page_and_the_key_for_questions_leads_to_it(
    desk: Desk, window: MainWindow, hands: Any, qtbot: QtBot
) -> None:
    weeks(desk, "rest")
    morning(desk)
    qtbot.waitUntil(lambda: "prompt" in window.asking.__dict__)
    prompt = window.asking.prompt
    hands.settle()
    focus = hands.focus
    for page in ("call", "settings", "stress"):
        window.show_page(page)
        assert prompt.isVisible()
    window.show_page("call")
    assert hands.focus is focus or not prompt.isAncestorOf(hands.focus)
    window.run("go_notice")
    assert prompt.choices[0].hasFocus()
    hands.type("1")
    assert prompt.isHidden()
    assert desk.time.spans(NOW - SLOT, NOW)[0].category in ("rest", "hygiene")
    assert hands.told


def test_other_shows_the_grid_of_the_day(desk: Desk, window: MainWindow, hands: Any, qtbot: QtBot) -> None:
    morning(desk)
    qtbot.waitUntil(lambda: "prompt" in window.asking.__dict__)
    hands.settle()
    hands.click(window.asking.prompt.other)
    page = window._stack.time
    assert page is not None
    assert window._stack.currentWidget() is page
    assert page.day_view.day.name == "2026-11-20"
    assert page.day_view.grid.chosen == (NOW - HOUR - SLOT, NOW)
