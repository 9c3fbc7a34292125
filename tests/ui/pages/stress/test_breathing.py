"""Breathing: chosen by keys, true to its clock to the frame, over at once when a call comes, kept as it was chosen."""

import math
import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core import breathing
from companion.core.changes import Change
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui import motion
from companion.ui.pages.stress.breathing import BreathingView, words
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[BreathingView]:
    made = BreathingView(desk, theme)
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(PageScroll(made, made))
    window.resize(1000, 680)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    made.stop()


def frame(view: BreathingView) -> None:
    """A frame as the timer would ask for it, at whatever the clock says."""
    view.breath.frame_due.emit()


def shown(view: BreathingView) -> tuple[str, str, float]:
    face = view.breath.face()
    return (face.words, face.number, face.level)


def wanted(view: BreathingView, elapsed: float) -> tuple[str, str, float]:
    now = breathing.at(view.choices.pattern, elapsed)
    return (words(now.phase), str(max(1, math.ceil(now.left_s - 1e-9))), now.level)


@pytest.mark.parametrize("ident", breathing.IDS)
@pytest.mark.parametrize("still", ["on", "off"])
def test_each_frame_shows_its_moment_through_three_minutes(
    desk: Desk, clock: ManualClock, view: BreathingView, ident: str, still: str
) -> None:
    """Frames come when they come: early, late, a second too late. None leaves anything behind."""
    desk.prefs.set("breathing", ident)
    desk.prefs.set("breathing_s", 180)
    desk.prefs.set("reduced_motion", still)
    view.refresh()
    chance = random.Random(ident)
    began = clock.awake()
    view.start()
    ends = breathing.length(view.choices.pattern, 180)
    frames = 0
    while True:
        clock.advance(chance.choice((0.004, 0.0167, 0.0167, 0.0167, 0.021, 0.05, 0.4, 1.3)))
        elapsed = clock.awake() - began
        frame(view)
        if elapsed >= ends:
            break
        assert view.running
        assert shown(view) == wanted(view, elapsed), elapsed
        frames += 1
    assert frames > 500
    assert not view.running


def test_a_late_frame_jumps_to_the_right_place(clock: ManualClock, view: BreathingView) -> None:
    view.start()
    clock.advance(0.5)
    frame(view)
    assert shown(view)[0] == "Breathe in"
    clock.advance(41.0)
    frame(view)
    assert shown(view) == wanted(view, 41.5)
    assert shown(view)[0] == "Breathe out"


def test_the_timer_itself_brings_the_frames(qtbot: QtBot, clock: ManualClock, view: BreathingView) -> None:
    view.start()
    clock.advance(5.0)
    qtbot.waitUntil(lambda: shown(view) == wanted(view, 5.0))


def test_a_session_ends_with_a_breath_out(clock: ManualClock, view: BreathingView, qtbot: QtBot) -> None:
    told: list[int] = []
    view.finished.connect(told.append)
    view.digit(2)  # 4-7-8
    view.start()
    clock.advance(56.99)
    frame(view)
    assert view.running
    assert shown(view)[:2] == ("Breathe out", "1")
    clock.advance(0.01)
    frame(view)
    assert not view.running
    assert told == [57]
    assert view.breath.text() == "Done"
    assert "0:57" in view.breath.face().foot
    assert not view.breath.running
    view.start()
    assert view.running, "and again"


def test_out_of_sight_a_session_ends_all_the_same(clock: ManualClock, view: BreathingView) -> None:
    told: list[int] = []
    view.finished.connect(told.append)
    view.start()
    view.hide()
    assert not view.breath.asking
    clock.advance(30)
    view._end.timeout.emit()
    assert view.running
    assert view._end.isActive(), "it looks again when the rest is over"
    assert view._end.interval() == 30_000
    clock.advance(30)
    view._end.timeout.emit()
    assert told == [60]


def test_a_call_stops_it_at_once(clock: ManualClock, view: BreathingView) -> None:
    told: list[int] = []
    finished: list[int] = []
    view.stopped.connect(told.append)
    view.finished.connect(finished.append)
    view.stop_for_call()
    assert told == []
    view.start()
    clock.advance(12.7)
    frame(view)
    view.stop_for_call()
    assert not view.running
    assert not view.breath.asking
    assert not view._end.isActive()
    assert (told, finished) == ([12], [])
    assert view.choices.isVisible()


def test_started_twice_it_goes_on(clock: ManualClock, view: BreathingView) -> None:
    view.start()
    clock.advance(7)
    view.start()
    frame(view)
    assert shown(view) == wanted(view, 7)


# -- keys
def press(view: BreathingView, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or view, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("on_button", [True, False])
def test_space_and_enter_start_and_esc_stops(view: BreathingView, key: Qt.Key, on_button: bool) -> None:
    view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    (view.start_button if on_button else view).setFocus()
    press(view, key)
    assert view.running
    if on_button:
        assert view.stop_button.hasFocus()
    press(view, Qt.Key.Key_Escape)
    assert not view.running
    if on_button:
        assert view.start_button.hasFocus()
    assert not view.escape(), "nothing more to step back from"


@pytest.mark.parametrize("name", ["Space", "Return", "Enter"])
def test_the_page_hands_keys_on(view: BreathingView, name: str) -> None:
    assert not view.key("X")
    assert view.key(name)
    assert view.running
    assert not view.key("N"), "commands of the page work on"
    assert view.digit(6), "but no digit leads away by mistake"
    assert view.escape()


def test_digits_choose_a_pattern(desk: Desk, view: BreathingView) -> None:
    for n in (2, 3, 4, 1, 5):
        ident = breathing.IDS[n - 1]
        assert view.digit(n)
        assert view.choices.pattern.id == ident
        assert desk.prefs.breathing == ident
        assert view.choices.own.isVisible() == (ident == "own")
        assert view.choices.patterns.checkedId() == n - 1
    assert not view.digit(6)
    assert not view.digit(0)
    assert view.choices.pattern.id == "own"


def test_plus_and_minus_change_the_length(desk: Desk, view: BreathingView) -> None:
    seen = []
    for key in "+++++-":
        assert view.key(key)
        seen.append(desk.prefs.breathing_s)
    assert seen == [90, 120, 180, 180, 180, 120]
    assert view.choices.seconds == 120
    assert view.choices.lengths.checkedId() == 120
    assert "2:04" in view.choices.ends.text(), "the box breathes out last at 124 s"


def test_a_click_on_a_pattern_leaves_the_space_bar_free(view: BreathingView, qtbot: QtBot) -> None:
    view.start_button.setFocus()
    qtbot.mouseClick(view.choices.patterns.button(2), Qt.MouseButton.LeftButton)
    assert view.choices.pattern.id == "even"
    assert view.start_button.hasFocus()


# -- movement
def test_movement_is_taken_out_and_put_back(desk: Desk, clock: ManualClock, view: BreathingView) -> None:
    assert not view.breath.still
    assert view.key("M")
    assert desk.prefs.reduced_motion == "on"
    assert view.breath.still
    assert view.choices.still.isChecked()
    view.start()
    clock.advance(5.2)
    frame(view)
    face = view.breath.face()
    assert (face.words, face.number, face.parts, face.done) == ("Hold", "3", 4, 2)
    view.stop()
    assert view.key("M")
    assert desk.prefs.reduced_motion == "off"
    assert not view.breath.still


def test_without_movement_a_second_looks_alike_throughout(clock: ManualClock, view: BreathingView) -> None:
    view.key("M")
    view.start()
    pictures = set()
    for _tenth in range(9):
        clock.advance(0.1)
        frame(view)
        image = view.breath.grab().toImage()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == 1


@pytest.mark.parametrize(("wanted", "reduced"), [("on", True), ("off", False)])
def test_the_users_word_on_movement_counts(qapp: QApplication, wanted: str, reduced: bool) -> None:
    assert motion.reduced(wanted) is reduced


def test_without_a_word_the_system_is_asked(qapp: QApplication) -> None:
    hints = qapp.styleHints()
    assert motion.reduced("system") == (
        hints.accessibility().motionPreference() == Qt.MotionPreference.ReducedMotion
    )


# -- what is kept
def test_the_own_pattern_is_kept(desk: Desk, theme: Theme, qtbot: QtBot, view: BreathingView) -> None:
    view.digit(5)
    for field, seconds in zip(view.choices.times, (3, 1, 7, 2), strict=True):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, str(seconds))
    assert [step.seconds for step in view.choices.pattern.steps] == [3, 1, 7, 2]
    view.flush()
    assert desk.prefs.breathing_own == (3, 1, 7, 2)
    other = BreathingView(desk, theme)
    qtbot.addWidget(other)
    assert other.choices.pattern == view.choices.pattern
    assert [field.value() for field in other.choices.times] == [3, 1, 7, 2]


def test_the_own_pattern_is_written_by_itself(desk: Desk, qtbot: QtBot, view: BreathingView) -> None:
    view.digit(5)
    view.choices.times[0].setValue(9)
    qtbot.waitUntil(lambda: desk.prefs.breathing_own[0] == 9)


def test_only_a_change_of_the_own_pattern_writes_it(desk: Desk, view: BreathingView) -> None:
    desk.prefs.set("breathing_own", [2, 3, 4, 5])
    view.refresh()
    changes: list[Change] = []
    stop = desk.subscribe(changes.append)
    view.refresh()
    view.flush()
    stop()
    assert changes == []
    assert desk.prefs.breathing_own == (2, 3, 4, 5)


def test_an_own_pattern_always_has_breaths(view: BreathingView) -> None:
    view.digit(5)
    assert [field.minimum() for field in view.choices.times] == [1, 0, 1, 0]
    assert {field.maximum() for field in view.choices.times} == {20}


@pytest.mark.parametrize("kept", ["swim", "", 7, None])
def test_a_strange_setting_is_the_box(desk: Desk, view: BreathingView, kept: object) -> None:
    desk.prefs.set("breathing", kept)
    desk.prefs.set("breathing_s", 75)
    view.refresh()
    assert view.choices.pattern.id == "box"
    assert view.choices.seconds in breathing.LENGTHS


def test_a_change_while_it_runs_waits(desk: Desk, clock: ManualClock, view: BreathingView) -> None:
    view.start()
    desk.prefs.set("breathing", "even")
    view.refresh()
    clock.advance(6)
    frame(view)
    assert shown(view)[0] == "Hold", "still the box"
    view.stop()
    view.refresh()
    assert view.choices.pattern.id == "even"


def test_what_the_disk_refuses_holds_and_is_tried_again(desk: Desk, view: BreathingView) -> None:
    told: list[str] = []
    view.told.connect(told.append)
    desk.store.connection.execute("PRAGMA query_only = ON")
    view.digit(3)
    view.key("M")
    view.choices.times[0].setValue(8)
    with pytest.raises(StoreError):
        view.flush()
    assert told
    assert all(text.startswith("Not kept") for text in told)
    view.refresh()
    assert view.choices.pattern.id == "even"
    assert view.breath.still
    assert view.choices.times[0].value() == 8
    desk.store.connection.execute("PRAGMA query_only = OFF")
    view.flush()
    assert (desk.prefs.breathing, desk.prefs.reduced_motion) == ("even", "on")
    assert desk.prefs.breathing_own[0] == 8


# -- for a screen reader
def test_what_is_heard_changes_once_a_phase(clock: ManualClock, view: BreathingView) -> None:
    view.start()
    face = QAccessible.queryAccessibleInterface(view.breath)
    heard: list[tuple[str, str]] = []
    for _frame in range(16 * 50):
        name = face.text(QAccessible.Text.Name), face.text(QAccessible.Text.Description)
        if not heard or heard[-1] != name:
            heard.append(name)
        clock.advance(0.02)
        frame(view)
    four = "4 seconds"
    assert heard == [("Breathe in", four), ("Hold", four), ("Breathe out", four), ("Hold", four)]


def test_the_fixed_name_is_there(view: BreathingView) -> None:
    assert view.start_button.accessibleName() == "Start breathing"
    assert view.start_button.isVisible()
    assert not view.stop_button.isVisible()
    view.start()
    assert view.stop_button.accessibleName() == "Stop breathing"
    assert not view.start_button.isVisible()


# -- looks
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [640, 1000])
@pytest.mark.parametrize("running", [True, False])
def test_nothing_is_cut_off(
    qapp: QApplication,
    theme: Theme,
    view: BreathingView,
    faults: Callable[[QWidget], list[str]],
    scale: float,
    width: int,
    running: bool,
) -> None:
    view.digit(5)
    theme.apply(qapp, "light", scale)
    window = view.window()
    window.resize(width, 680)
    if running:
        view.start()
    for _turn in range(6):
        qapp.processEvents()
    assert faults(window) == []
    if running:
        bar = window.findChild(PageScroll).verticalScrollBar()
        assert bar.maximum() == 0, "all of it is seen at once"
