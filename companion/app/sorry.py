"""What stands in the way of a start: one line where somebody reads it, a small window where nobody would."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable

from companion import APP_NAME


def try_again(message: str, say: Callable[[str], None], named: bool) -> bool:
    """Says why the program cannot start; True when the user wants another try.

    ``say`` puts one line on standard error; ``named`` tells that the data folder was named on the command line.
    A script never waits for a click: a window appears only on a desktop, and only where standard error goes
    where nobody reads it.
    """
    say(message)
    return _window(message) if has_display() and not is_read(named) else False


def has_display() -> bool:
    """Whether a window would be seen."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc"):
        return False
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def qt_can_start() -> bool:
    """Whether Qt has somewhere to draw, be it out of sight; where it has not, it ends the process with many words."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_read(named: bool) -> bool:
    """Whether somebody reads standard error: a terminal, a pipe, or the file of a script. A desktop sends it to
    nowhere, to the system's journal (a socket), or to a file of the session.
    """
    try:
        fd = sys.stderr.fileno()
        mode = os.fstat(fd).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    if stat.S_ISSOCK(mode):
        return False
    if stat.S_ISCHR(mode):
        return os.isatty(fd)
    return named if stat.S_ISREG(mode) else True


def _window(message: str) -> bool:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMessageBox

    app = QApplication.instance() or QApplication([APP_NAME])
    box = QMessageBox()
    box.setWindowTitle(APP_NAME)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    again = box.addButton(app.translate("sorry", "Try again"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(app.translate("sorry", "Quit"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is again
