"""What stands in the way of a start: who reads the line, and the window for where nobody does."""

import os
import socket
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from companion.app import sorry

HOSTILE = "<b>The data</b> file /x & y cannot be used. <img src=x>"


def test_a_pipe_and_a_scripts_file_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    with (
        os.fdopen(read),
        os.fdopen(write, "w") as pipe,
        (tmp_path / "err").open("w", encoding="utf-8") as file,
    ):
        monkeypatch.setattr(sys, "stderr", pipe)
        assert sorry.is_read(named=False) and sorry.is_read(named=True)
        monkeypatch.setattr(sys, "stderr", file)
        assert sorry.is_read(named=True) and not sorry.is_read(named=False)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
def test_nowhere_and_the_journal_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = socket.socketpair()
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere, one, two, two.makefile("w") as journal:
        for where in (nowhere, journal):
            monkeypatch.setattr(sys, "stderr", where)
            assert not sorry.is_read(named=True)
        monkeypatch.setattr(sys, "stderr", None)
        assert not sorry.is_read(named=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no such devices")
def test_a_terminal_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    main, other = os.openpty()
    with os.fdopen(main), os.fdopen(other, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        assert sorry.is_read(named=False)


def test_offscreen_nobody_sees_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=1")
    assert not sorry.has_display()
    said: list[str] = []
    assert sorry.try_again(HOSTILE, said.append, named=False) is False
    assert said == [HOSTILE]
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert sorry.has_display()


@pytest.mark.parametrize(("label", "again"), [("Try again", True), ("Quit", False)])
def test_the_window_shows_plain_text_that_can_be_copied(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, label: str, again: bool
) -> None:
    monkeypatch.setattr(sorry, "has_display", lambda: True)
    monkeypatch.setattr(sys, "stderr", None)
    seen: list[QMessageBox] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        assert box.text() == HOSTILE and box.textFormat() == Qt.TextFormat.PlainText
        assert box.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
        next(button for button in box.buttons() if button.text().replace("&", "") == label).click()

    QTimer.singleShot(0, press)
    assert sorry.try_again(HOSTILE, lambda _text: None, named=False) is again
    assert seen
