"""Our own mistakes: kept without a word of the user's, told once, also after the worst."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.app import crash
from companion.app.crash import Crashes, describe, scrubbed
from companion.storage.errors import DiskFull
from tests.running import ROOT

SECRET = "Ann Smith +49 30 1234567"


@pytest.fixture
def crashes(tmp_path: Path) -> Iterator[Crashes]:
    made = Crashes(tmp_path / "logs")
    yield made
    made.close()


def fail(text: str = SECRET) -> None:
    try:
        {}[text]
    except KeyError as error:
        raise ValueError(f"bad: {text}") from error


def caught(text: str = SECRET) -> Exception:
    try:
        fail(text)
    except ValueError as error:
        return error
    raise AssertionError


def test_types_and_places_without_words() -> None:
    told = describe(caught())
    assert SECRET not in told and "bad" not in told and str(Path(__file__).parent) not in told
    assert "error: builtins.ValueError" in told and "caused by: builtins.KeyError" in told
    assert "test_crash.py:" in told and " in fail" in told


def test_codes_of_the_system_are_kept() -> None:
    assert "errno: 28" in describe(OSError(28, SECRET)) and SECRET not in describe(OSError(28, SECRET))


def test_a_ring_of_causes_ends() -> None:
    one, two = ValueError(), KeyError()
    one.__context__, two.__context__ = two, one
    assert describe(one).count("error:") == 1


def test_a_crash_file_and_a_word_to_the_user(crashes: Crashes, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    crashes.tell_with(told.append)
    file = crashes.keep(caught())
    assert file is not None and file.name in told[0] and len(told) == 1
    text = file.read_text("utf-8")
    assert SECRET not in text and "ValueError" in text and "thread: main" in text
    assert not file.stat().st_mode & 0o077
    assert SECRET not in capfd.readouterr().err
    assert SECRET not in (file.parent / "companion.log").read_text("utf-8")


def test_the_same_mistake_is_kept_once(crashes: Crashes) -> None:
    errors = [caught(text) for text in "abc"]
    assert [crashes.keep(error) is not None for error in errors] == [True, False, False]


def test_only_so_many(crashes: Crashes, tmp_path: Path) -> None:
    for number in range(30):
        crashes.keep(type(f"Error{number}", (Exception,), {})())
    assert len(list((tmp_path / "logs").glob("crash-*.txt"))) == crash.KEPT


def test_what_was_not_told_is_told_by_the_next_run(tmp_path: Path) -> None:
    file = Crashes(tmp_path).keep(caught())
    assert file is not None
    told: list[str] = []
    Crashes(tmp_path).tell_with(told.append)
    assert len(told) == 1 and str(file) in told[0]
    Crashes(tmp_path).tell_with(told.append)
    assert len(told) == 1


def test_hushed_it_keeps_for_the_next_run(tmp_path: Path) -> None:
    told: list[str] = []
    hushed = Crashes(tmp_path)
    hushed.tell_with(told.append)
    hushed.hush()
    assert hushed.keep(caught()) is not None and told == []
    Crashes(tmp_path).tell_with(told.append)
    assert len(told) == 1


def test_an_error_of_the_world_is_told_and_not_kept(crashes: Crashes, tmp_path: Path) -> None:
    told: list[str] = []
    world: list[Exception] = []
    crashes.tell_with(told.append, world.append)
    error = DiskFull("no room")
    assert crashes.keep(error) is None
    assert world == [error] and not told and not list((tmp_path / "logs").glob("crash-*"))


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("", "utf-8")
    told: list[str] = []
    broken = Crashes(tmp_path / "logs")
    broken.install()
    try:
        broken.tell_with(told.append)
        broken.keep(caught())
        assert len(told) == 1
    finally:
        broken.close()


def test_uncaught_ones_arrive_from_every_thread(crashes: Crashes) -> None:
    told: list[str] = []
    crashes.install()
    crashes.tell_with(told.append)
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: fail("other"))
    thread.start()
    thread.join()
    assert len(told) == 2
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(told) == 2
    crashes.close()
    assert sys.excepthook is sys.__excepthook__


def test_a_mistake_while_telling_does_not_go_round(crashes: Crashes) -> None:
    def tell(_text: str) -> None:
        crashes.keep(RuntimeError())
        raise KeyError

    crashes.tell_with(tell)
    with pytest.raises(KeyError):
        crashes.keep(caught())


def test_qt_messages_are_counted_not_kept(crashes: Crashes, tmp_path: Path) -> None:
    from PySide6.QtCore import QLoggingCategory, qCWarning, qInstallMessageHandler

    crashes.install_qt()
    try:
        qCWarning(QLoggingCategory("companion.test"), SECRET)
    finally:
        qInstallMessageHandler(None)
    assert crashes.qt_messages == {"companion.test": 1}
    crashes.close()
    log = (tmp_path / "logs" / "companion.log").read_text("utf-8")
    assert "qt companion.test count=1" in log and SECRET not in log


FAULT = """Fatal Python error: Segmentation fault

Current thread 0x00007f0b2f7fe700 (most recent call first):
  File "/home/ann/desk/companion/ui/window.py", line 12 in paint
  File "C:\\Users\\ann\\x.py", line 3 in <module>
Extension modules: /home/ann/secret.so (total: 1)
"""


def test_a_native_report_loses_its_folders() -> None:
    assert scrubbed(FAULT).splitlines() == [
        "Fatal Python error: Segmentation fault",
        "Current thread 0x00007f0b2f7fe700 (most recent call first):",
        "  window.py:12 in paint",
        "  x.py:3 in <module>",
    ]


def test_a_native_crash_is_told_by_the_next_run(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, os, signal; from companion.app.crash import Crashes; "
        "Crashes(pathlib.Path(sys.argv[1])).install(); os.kill(os.getpid(), signal.SIGSEGV)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode != 0
    told: list[str] = []
    again = Crashes(tmp_path)
    again.install()
    again.tell_with(told.append)
    again.close()
    assert len(told) == 1
    (file,) = tmp_path.glob("crash-*.txt")
    text = file.read_text("utf-8")
    assert "Segmentation fault" in text and str(ROOT) not in text
    assert not (tmp_path / "fault.txt").exists()


def test_a_good_end_leaves_nothing(tmp_path: Path) -> None:
    good = Crashes(tmp_path)
    good.install()
    good.close()
    assert list(tmp_path.iterdir()) == []
