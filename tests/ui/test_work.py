"""Heavy work on a thread: its result comes back on the window's thread, and only to who still wants it."""

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from companion.ui.work import Work


def test_the_result_comes_back_on_the_window_s_thread(qtbot: QtBot) -> None:
    owner, heard, threads = QObject(), [], []
    work = Work(owner)

    def heavy() -> int:
        threads.append(threading.current_thread())
        return 42

    work.run(heavy, lambda result: heard.append((result, threading.current_thread())))
    assert work.busy and heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(42, threading.main_thread())]
    assert threads[0] is not threading.main_thread()
    assert not work.busy


def test_what_it_raised_comes_back_too(qtbot: QtBot) -> None:
    owner, heard = QObject(), []
    work = Work(owner)
    error = OSError("full")

    def heavy() -> None:
        raise error

    work.run(heavy, heard.append, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [error]


def test_an_error_that_nobody_takes_is_raised_here(qtbot: QtBot) -> None:
    owner = QObject()
    work = Work(owner)

    def heavy() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        work.run(heavy, lambda _result: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


@pytest.mark.parametrize("how", ["call_off", "run again", "owner gone"])
def test_what_nobody_wants_any_more_is_not_heard(qtbot: QtBot, how: str) -> None:
    owner, heard, go_on, ended = QObject(), [], threading.Event(), threading.Event()
    work = Work(owner)

    def heavy() -> str:
        go_on.wait(20)
        ended.set()
        return "old"

    work.run(heavy, heard.append)
    if how == "call_off":
        work.call_off()
        assert not work.busy
    elif how == "run again":
        work.run(lambda: "new", heard.append)
    else:
        import shiboken6

        shiboken6.delete(owner)
    go_on.set()
    qtbot.waitUntil(ended.is_set)
    # A later piece of work is heard after all that came before it.
    other, later = QObject(), []
    Work(other).run(lambda: "later", later.append)
    qtbot.waitUntil(lambda: bool(later))
    if how == "run again":
        qtbot.waitUntil(lambda: bool(heard))
    assert heard == (["new"] if how == "run again" else [])


def test_it_says_when_it_begins_and_ends(qtbot: QtBot) -> None:
    owner, told = QObject(), []
    work = Work(owner)
    work.started.connect(lambda: told.append("started"))
    work.ended.connect(lambda: told.append("ended"))
    work.run(lambda: None, lambda _result: told.append("done"))
    qtbot.waitUntil(lambda: "done" in told)
    assert told == ["started", "ended", "done"]
