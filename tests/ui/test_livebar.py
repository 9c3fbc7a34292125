"""The thin bar over every other page while a call is live, or one rings."""

from typing import Any

from companion.desk import Desk
from companion.ui.window import MainWindow


def test_it_is_there_while_a_call_is_live_and_another_page_is_shown(
    desk: Desk, window: MainWindow, hands: Any
) -> None:
    bar = window.live_bar
    window.show_page("settings")
    assert not bar.isVisible()
    call = desk.start("Maria")
    hands.settle()
    assert bar.isVisible()
    assert (bar.time.text(), bar.state.text(), bar.who.text()) == ("00:00", "Live", "Maria · Greeting")
    hands.wait(62)
    assert bar.time.text() == "01:02" and bar.time.accessibleName() == "Call time"
    hands.command("hold")
    assert bar.state.text() == "On hold"
    desk.board.write_text(call.id, "name", "")
    hands.settle()
    assert bar.who.text() == "Caller not named yet · Greeting"
    hands.click(bar.button)
    assert window.call_page.isVisible() and not bar.isVisible()
    window.show_page("settings")
    desk.end()
    hands.settle()
    assert not bar.isVisible()


def test_it_tells_who_rings_until_it_stops(desk: Desk, window: MainWindow, hands: Any) -> None:
    bar = window.live_bar
    window.show_page("settings")
    desk.board.ring("+49 30 901820", "Maria")
    hands.settle()
    assert bar.isVisible() and (bar.state.text(), bar.who.text()) == ("Ringing", "Maria")
    desk.end()
    hands.settle()
    assert not bar.isVisible()
