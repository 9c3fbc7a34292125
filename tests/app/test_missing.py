"""A system without what the window is made of: one line names it, on every way to that end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.app import missing
from tests.running import Companion

linux_only = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="everything is there")
NO_GL = "libGL.so.1: cannot open shared object file: No such file or directory"


def one_line(text: str) -> str:
    assert text.startswith("companion: ") and text.count("\n") == 1 and text.endswith("\n"), text
    return text


def test_a_library_is_named_with_its_package() -> None:
    line = missing.words(NO_GL)
    assert line == (
        "This system lacks a library that the window is drawn with: libGL.so.1. "
        "On Debian and Ubuntu: sudo apt install libgl1"
    )


def test_all_that_are_missing_are_named_at_once() -> None:
    line = missing.words(NO_GL, lambda name: name not in ("libGL.so.1", "libEGL.so.1"))
    assert "libraries" in line and "libGL.so.1, libEGL.so.1." in line
    assert line.endswith("sudo apt install libgl1 libegl1")


def test_a_library_of_no_known_package_is_named_all_the_same() -> None:
    text = (
        "Cannot load library /opt/x/libqxcb.so: (libodd-2.so: cannot open shared object file: No such file)"
    )
    assert missing.words(text) == (
        "This system lacks a library that the window is drawn with: libodd-2.so. Install it."
    )


def test_an_old_system_is_told_so() -> None:
    text = "/lib/libc.so.6: version `GLIBC_2.36' not found (required by /opt/x/libexpat.so.1)"
    assert "older" in missing.words(text) and "GLIBC 2.36" in missing.words(text)


@pytest.mark.parametrize(
    "text", ["", "No module named 'PySide6'", "lib.so is odd", "libGL.so.1: wrong ELF class"]
)
def test_other_causes_are_none_of_these(text: str) -> None:
    assert missing.words(text) == ""
    assert missing.of_import(ImportError(text)) == ""


@pytest.fixture
def no_qt(companion: Companion, tmp_path: Path) -> dict[str, str]:
    """What makes Qt one that the loader cannot load, on a desktop."""
    stand_in = tmp_path / "PySide6"
    stand_in.mkdir()
    (stand_in / "__init__.py").write_text("")
    (stand_in / "QtCore.py").write_text(f"raise ImportError({NO_GL!r})")
    path = f"{tmp_path}:{companion.env['PYTHONPATH']}"
    return {"PYTHONPATH": path, "DISPLAY": ":0", "QT_QPA_PLATFORM": ""}


@linux_only
def test_qt_that_cannot_be_loaded(companion: Companion, no_qt: dict[str, str]) -> None:
    done = companion.run(**no_qt)
    assert done.returncode == 1 and "libGL.so.1. On Debian" in one_line(done.stderr)
    assert not list((companion.data / "logs").glob("crash-*"))


@linux_only
def test_where_nobody_reads_the_line_the_desktops_own_window_shows_it(
    companion: Companion, no_qt: dict[str, str], tmp_path: Path
) -> None:
    programs, shown = tmp_path / "bin", tmp_path / "shown.txt"
    programs.mkdir()
    (programs / "zenity").write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{shown}'\n")
    (programs / "zenity").chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    quiet = subprocess.DEVNULL
    done = subprocess.run(
        companion.command(), env=companion.env | no_qt | {"PATH": path}, stderr=quiet, timeout=60, check=False
    )
    assert done.returncode == 1
    assert f"--text={missing.words(NO_GL)}" in shown.read_text("utf-8").splitlines()


@linux_only
def test_a_screen_that_is_not_there(companion: Companion) -> None:
    """Qt would end this by a signal, with words of its own."""
    done = companion.run(DISPLAY=":98765", QT_QPA_PLATFORM="xcb")
    assert done.returncode == 1
    assert "cannot be reached" in one_line(done.stderr) or "lacks" in done.stderr
    assert companion.run("check").returncode == 0
    companion.open()
