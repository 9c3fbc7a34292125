"""The rail: each button tells whether its page is shown, and the keyboard never strays there."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from companion.ui.window import MainWindow


def buttons(window: MainWindow) -> list[QToolButton]:
    return window.rail.findChildren(QToolButton)


def test_it_tells_which_page_is_shown(window: MainWindow) -> None:
    faces = {one.objectName(): QAccessible.queryAccessibleInterface(one) for one in buttons(window)}
    assert {face.role() for face in faces.values()} == {QAccessible.Role.Button}
    for page in ("time", "stress", "settings", "call"):
        window.show_page(page)
        told = {name: face.text(QAccessible.Text.Description) for name, face in faces.items()}
        assert told == {name: "shown" if name == page else "" for name in faces}


def test_tab_and_enter_lead_to_each_page(window: MainWindow, hands: Any) -> None:
    for button in buttons(window):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        button.setFocus(Qt.FocusReason.TabFocusReason)
        hands.press(Qt.Key.Key_Space)
        page = window._stack.currentWidget()
        assert page is window._stack.page(button.objectName())
        assert button.property("shown") is True and not button.hasFocus()


def test_another_page_is_reached_without_a_stop_on_the_way(window: MainWindow, hands: Any) -> None:
    for page in ("stress", "call", "time"):  # all are made
        window.show_page(page)
    hands.settle()
    ctrl = Qt.KeyboardModifier.ControlModifier
    ways = ((Qt.Key.Key_2, ctrl), (Qt.Key.Key_3, ctrl), (Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier))
    for key, mods in (*ways, (Qt.Key.Key_1, ctrl)):
        went: list[QWidget] = []
        note = _noted(went)
        hands.press(key, mods)
        QApplication.instance().focusChanged.disconnect(note)  # type: ignore[union-attr]
        assert went == [hands.focus], (key, mods)


def _noted(went: list[QWidget]) -> Any:
    """Notes into ``went`` whatever gets the keyboard from here on."""

    def note(_old: QWidget | None, new: QWidget | None) -> None:
        if new is not None:
            went.append(new)

    QApplication.instance().focusChanged.connect(note)  # type: ignore[union-attr]
    return note
