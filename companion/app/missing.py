"""What a window needs of the system and does not find: named in one line, where Qt would end with many or with none."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from companion import APP_NAME

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

_LIBRARY = r"(lib[\w.+-]+\.so(?:\.\d+)*): cannot open shared object file"
_TOO_OLD = r"version [`'](GLIBC|GLIBCXX|CXXABI)_([\d.]+)' not found"
_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}
"""Libraries of the system that Qt's window needs, with the package of Debian and Ubuntu that holds each."""
_ALWAYS = ("libGL.so.1", "libEGL.so.1", "libX11.so.6", "libX11-xcb.so.1", "libxcb.so.1", "libexpat.so.1")
"""Those that never come with the program, to be named all at once."""


def words(text: str, loads: Callable[[str], bool] | None = None) -> str:
    """The one line for what the loader said; empty where it speaks of no library. ``loads`` tells whether one is there.

    The loader names the first that is missing only: the others are asked for, where ``loads`` can be had.
    """
    old = re.search(_TOO_OLD, text)
    if old:
        return (
            f"This system is older than the one that the program was made for: it has no {old[1]} {old[2]}. "
            "Start it on a newer system, or run it from its source."
        )
    found = re.search(_LIBRARY, text)
    if not found:
        return ""
    names = [found[1], *(name for name in _ALWAYS if name != found[1] and loads and not loads(name))]
    packages = [_PACKAGES[name] for name in names if name in _PACKAGES]
    how = (
        f" On Debian and Ubuntu: sudo apt install {' '.join(packages)}" if len(packages) == len(names) else ""
    )
    kind = "a library" if len(names) == 1 else "libraries"
    return (
        f"This system lacks {kind} that the window is drawn with: {', '.join(names)}.{how or ' Install it.'}"
    )


def of_import(error: ImportError) -> str:
    """The line for Qt that could not be imported; empty where that has another cause."""
    return words(str(error), _loads)


def _loads(name: str) -> bool:
    """Whether the loader finds a library; true where nobody can tell, since Qt's own half is what asks."""
    try:
        from PySide6.QtCore import QLibrary
    except ImportError:
        return True
    return QLibrary(name).load()


@contextmanager
def told(say: Callable[[str], None]) -> Iterator[None]:
    """While Qt looks for its screen: where it finds none, it says why in one line and ends the program with 1.

    Qt would end it by a signal instead. ``say`` puts one line on standard error.
    """
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            line = _no_screen()
            say(line)
            show(line)
            os._exit(1)  # Qt aborts when this returns; the data file is whole at every moment
        if sys.stderr is not None and sys.stderr.isatty() and kind == QtMsgType.QtCriticalMsg:
            sys.stderr.write(f"{text}\n")

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _no_screen() -> str:
    """Why Qt has no screen: a library that its part for the screen lacks, or else the screen itself."""
    from PySide6.QtCore import QLibrary, QLibraryInfo

    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    parts = [("DISPLAY", "libqxcb.so"), ("WAYLAND_DISPLAY", "libqwayland.so")]
    for name, file in parts:
        part = QLibrary(os.path.join(folder, "platforms", file))
        if os.environ.get(name) and not part.load():
            line = words(part.errorString(), _loads)
            if line:
                return line
    return "The display cannot be reached. Start the program on the desktop where its window is to be."


def show(message: str) -> None:
    """The line in a window that is not Qt's, where nobody reads standard error and the desktop has such a thing."""
    import shutil
    import subprocess

    from companion.app.sorry import has_display, is_read

    if not has_display() or is_read(named=False):
        return
    for command in (
        ["zenity", "--error", "--no-markup", f"--title={APP_NAME}", f"--text={message}"],
        ["kdialog", "--title", APP_NAME, "--error", message],
        ["xmessage", "-center", message],
    ):
        if shutil.which(command[0]):
            with suppress(OSError):
                subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return
