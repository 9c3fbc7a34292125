"""The compact strip: its size, its words and buttons, its place, and whether it can stay on top."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from companion.core.calls import State
from companion.desk import Desk
from companion.ui import strip as module
from companion.ui.strip import Strip
from companion.ui.theme.theme import Theme
from companion.ui.window import MainWindow


@pytest.fixture
def strip(desk: Desk, window: MainWindow, live: Any, hands: Any) -> Strip:
    hands.command("strip")
    assert window.shapes.strip is not None
    hands.qtbot.waitUntil(window.shapes.strip.isActiveWindow)
    return window.shapes.strip


def buttons(strip: Strip) -> list[str]:
    return [b.label() for b in strip.buttons.values() if b.isVisible()]


def test_one_key_changes_between_the_two_shapes(window: MainWindow, strip: Strip, hands: Any) -> None:
    assert strip.isVisible() and not window.isVisible()
    assert (strip.width(), strip.height()) == (420, 160)
    hands.command("strip")
    assert window.isVisible() and not strip.isVisible()
    hands.command("strip")
    hands.click(strip.full)
    assert window.isVisible() and not strip.isVisible()


def test_it_shows_time_phase_bar_prompt_and_four_buttons(
    desk: Desk, strip: Strip, hands: Any, live: Any
) -> None:
    hands.wait(150)
    assert strip.time.text() == "02:30" and strip.phase.text() == "Greeting"
    assert strip.bar.face().elapsed == pytest.approx(0.5, abs=0.01)
    assert strip.prompt.text() and strip.prompt.accessibleName() == "Prompt"
    assert buttons(strip) == ["Next", "Hold", "Upset", "End"]
    assert {b.accessibleName() for b in strip.buttons.values()} >= {"Hold", "Upset caller", "End call"}
    hands.click(strip.buttons["0"])
    assert hands.call.phase == State.OPEN and strip.phase.text() == desk.playbook.guide("open").title
    hands.click(strip.buttons["1"])
    assert hands.call.held and buttons(strip)[1] == "Resume"
    hands.wait(30)
    assert strip.prompt.text().strip("“”") == desk.playbook.guide("hold").nudges[0].say
    assert strip.time.text() == "02:30" and strip.phase.text() == "Hold 00:30"
    hands.click(strip.buttons["1"])
    hands.click(strip.buttons["2"])
    assert hands.call.upset
    hands.click(strip.buttons["3"])
    assert hands.call.state == State.WRAPUP
    assert buttons(strip) == ["Start", "Later", "Done", "Back"]
    hands.click(strip.buttons["2"])
    assert desk.board.current is None and buttons(strip) == ["Start call"]


def test_its_prompt_says_that_it_is_time_to_confirm(strip: Strip, hands: Any, desk: Desk) -> None:
    hands.command("open")
    before = strip.prompt.text()
    hands.wait(226)
    assert strip.prompt.text() != before and strip.bar.face().passed


def test_keys_act_in_it_also_after_they_were_changed(
    desk: Desk, window: MainWindow, strip: Strip, hands: Any
) -> None:
    hands.command("hold")
    assert hands.call.held
    desk.prefs.set("keys", {"hold": "0", "upset": "Ä"})
    desk.prefs.set("keys", {"hold": "Ctrl+H"})
    hands.type("h")
    assert hands.call.held
    hands.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert not hands.call.held


def test_its_place_is_kept(desk: Desk, window: MainWindow, strip: Strip, hands: Any) -> None:
    strip.move(60, 70)
    hands.settle()
    hands.command("strip")
    hands.command("strip")
    assert strip.pos() == QPoint(60, 70)
    assert window._place.strip() == (60, 70)


@pytest.mark.parametrize("lost", [QPoint(-5000, 40), QPoint(90_000, 90_000), QPoint(790, 590)])
def test_it_is_pulled_back_onto_a_screen(strip: Strip, lost: QPoint) -> None:
    strip.place(lost)
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert area.contains(strip.frameGeometry())


def test_closing_it_leads_back_to_the_window(window: MainWindow, strip: Strip, hands: Any) -> None:
    strip.close()
    hands.settle()
    assert window.isVisible() and not strip.isVisible() and hands.call.live


@pytest.mark.parametrize(
    ("platform", "can"), [("xcb", True), ("windows", True), ("wayland", False), ("wayland-egl", False)]
)
def test_on_top_where_the_platform_allows_it(
    strip: Strip, monkeypatch: pytest.MonkeyPatch, platform: str, can: bool
) -> None:
    monkeypatch.setattr(module.QGuiApplication, "platformName", lambda: platform)
    assert module.can_stay_on_top() is can
    strip.set_on_top(True)
    assert bool(strip.windowFlags() & Qt.WindowType.WindowStaysOnTopHint) is can
    assert strip.isVisible()
    strip.set_on_top(False)
    assert not strip.windowFlags() & Qt.WindowType.WindowStaysOnTopHint


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_of_it_is_clipped(
    strip: Strip, hands: Any, theme: Theme, qapp: QApplication, faults: Any, desk: Desk, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    found = {}
    desk.board.write_text(hands.call.id, "name", "Maria Mann of the Blue Parcel Company")
    for command in ("greeting", "open", "closed", "close", "upset", "hold", "end", "done"):
        hands.command(command)
        found[command] = faults(strip)
    theme.apply(qapp, "light", 1.0)
    assert {where: what for where, what in found.items() if what} == {}


def test_what_is_asked_or_amiss_is_told_in_it(
    desk: Desk, window: MainWindow, strip: Strip, hands: Any, live: Any
) -> None:
    hands.clock.sleep(600)
    hands.wait(1)
    assert strip.prompt.text() == "Does the call go on? The full window asks."
    desk.board.go_on(hands.call.id)
    hands.settle()
    assert strip.prompt.text() != "Does the call go on? The full window asks."
    desk.store.connection.execute("PRAGMA query_only=ON")
    hands.command("open")
    assert strip.prompt.text().startswith("Not on disk yet: ")
    desk.store.connection.execute("PRAGMA query_only=OFF")
    window._on_tick()
    assert not strip.prompt.text().startswith("Not on disk yet: ")
