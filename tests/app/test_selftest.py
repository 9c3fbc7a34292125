"""``--self-test``: says ok and nothing else, leaves nothing, and hears of every complaint."""

import os
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, qCWarning, qDebug, qInstallMessageHandler

from companion.app.selftest import _Listener
from tests.running import Companion


def test_it_says_ok_and_nothing_else(companion: Companion, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = companion.run("--self-test", TMPDIR=str(temporary), TMP=str(temporary))
    assert (done.returncode, done.stdout, done.stderr) == (0, "self-test ok\n", "")
    assert os.listdir(temporary) == [] and os.listdir(companion.data) == []


def test_a_warning_of_qt_fails_it_with_one_line(companion: Companion) -> None:
    done = companion.run("--self-test", QT_STYLE_OVERRIDE="no-such-style")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("companion: self-test failed: ") and "no-such-style" in done.stderr
    assert done.stderr.count("\n") == 1


def test_every_complaint_is_heard() -> None:
    listener = _Listener()
    qInstallMessageHandler(listener.on_qt)
    try:
        qDebug("only a word")
        assert listener.heard == []
        qCWarning(QLoggingCategory("companion.test"), "a warning")
    finally:
        qInstallMessageHandler(None)
    assert listener.heard == ["a warning"]
    listener.on_exception(ValueError, ValueError("x"), None)
    assert len(listener.heard) == 2
