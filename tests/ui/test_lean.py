"""PySide6 loaded without what only describes it: nothing heavy comes along, and a mistake is worded as ever."""

import subprocess
import sys
from pathlib import Path

import pytest

from companion.ui import lean

ROOT = Path(__file__).resolve().parents[2]

MISTAKES = """
import inspect
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
app = QApplication([])
widget = QWidget()
for mistake in (
    lambda: widget.resize("wide"),
    lambda: widget.move(),
    lambda: widget.setFocusPolicy(3),
    lambda: QLabel(widget, text=3),
    lambda: QLabel(nothing=3),
    lambda: QSize(1, 2, 3, 4),
    lambda: widget.setWindowTitle(b"bytes", 5),
    lambda: inspect.signature(QWidget.show),
):
    try:
        print("no mistake", mistake())
    except Exception as error:
        print(type(error).__name__, error)
print(QWidget.resize.__doc__)
print(QSize.__doc__)
import zipfile, tempfile, traceback, textwrap, base64
print(zipfile.ZipFile, tempfile.gettempdir(), traceback.format_exc, textwrap.dedent, base64.b64encode(b"a"))
from PySide6.QtNetwork import QLocalSocket
try:
    QLocalSocket().connectToServer(None, None, None)
except TypeError as error:
    print(error)
"""


def run(words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return "\n".join(line for line in done.stdout.splitlines() if " at 0x" not in line)


def test_what_only_describes_qt_is_not_loaded() -> None:
    told = run("import sys, companion.ui, PySide6.QtWidgets; print(*sys.modules)").split()
    heavy = {"ast", "argparse", "inspect", "logging", "tempfile", "traceback", "zipfile"}
    heavy |= {"shibokensupport.signature.loader", "shibokensupport.signature.parser"}
    assert "PySide6.QtWidgets" in told
    assert set(told) & heavy == set()


def test_import_itself_is_left_as_it_was() -> None:
    before = "import builtins; plain = builtins.__import__; import companion.ui, PySide6.QtWidgets; "
    assert run(before + "print(builtins.__import__ is plain)") == "True"


@pytest.mark.slow
def test_mistakes_are_worded_as_without_it() -> None:
    plain = run("import PySide6.QtCore\n" + MISTAKES)
    assert "called with wrong argument types" in plain
    assert run("import companion.ui\n" + MISTAKES) == plain


def test_mistakes_on_two_threads_at_once_are_both_worded() -> None:
    told = run(
        """
import companion.ui, threading
from PySide6.QtCore import QSize
start = threading.Barrier(2)
def make_one():
    start.wait()
    try:
        QSize("wide", 3)
    except TypeError as error:
        print(str(error).splitlines()[0])
threads = [threading.Thread(target=make_one) for _ in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""
    )
    assert told.count("'PySide6.QtCore.QSize.__init__' called with wrong argument types:") == 2


def test_the_mends_of_pyside_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6 import QtCore
    from PySide6.support import deprecated

    mended: list[object] = []
    monkeypatch.setattr(deprecated, "fix_for_QtCore", mended.append, raising=False)
    described = lean._Descriptions(lambda: pytest.fail("nothing real is needed for this"))
    described.finish_import(QtCore)
    assert mended == [QtCore]


def test_what_another_shiboken_asks_for_is_found_in_the_real_one() -> None:
    described = lean._Descriptions(lambda: sys)
    assert described.maxsize == sys.maxsize
    with pytest.raises(AttributeError):
        described.__cached__  # noqa: B018  # no reason to load anything


def test_where_qt_is_loaded_already_nothing_is_changed() -> None:
    words = "import sys, PySide6.QtCore; first = sys.modules['signature_bootstrap']; import companion.ui; "
    assert run(words + "print(sys.modules['signature_bootstrap'] is first)") == "True"
