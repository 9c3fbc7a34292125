"""What is said reaches a screen reader once, and nothing is said for nothing."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.ui.theme.theme import Theme
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.say import say, voice


def test_words_are_said_once_and_empty_ones_never(qtbot: QtBot) -> None:
    heard: list[str] = []
    voice.said.connect(heard.append)
    widget = QWidget()
    qtbot.addWidget(widget)
    was = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        say(widget, "On hold", urgent=True)
        say(widget, "")
    finally:
        QAccessible.setActive(was)
        voice.said.disconnect(heard.append)
    assert heard == ["On hold"]


def test_a_notice_is_said_with_its_answers(qtbot: QtBot) -> None:
    heard: list[str] = []
    voice.said.connect(heard.append)
    notice = Notice(Theme())
    qtbot.addWidget(notice)
    notice.show_notice("The call was discarded.", "info", [("undo", "Undo")])
    notice.show_notice("Copied.")
    notice.show_notice("Not on disk yet.", "error")
    voice.said.disconnect(heard.append)
    assert heard == ["The call was discarded. Undo", "Copied.", "Error: Not on disk yet."]
