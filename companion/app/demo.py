"""``--demo``: a made-up call, played through the real window out of sight, with a picture of each phase.

The clock is turned by hand, the day is a fixed one and the font is the shipped one, so the pictures of two runs are
the same. It is played once in each look. Keys and letters arrive where a user's would: at the widget with the focus,
which may keep them from the shortcuts.
"""

from __future__ import annotations

import errno
import locale
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from companion.clock import ManualClock
from companion.paths import DataFolderError, Paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from companion.desk import Desk
    from companion.ui.theme.theme import Mode
    from companion.ui.window import MainWindow

SIZE = (1280, 800)
"""Width and height of the pictures of the full window, in pixels."""

PICTURES = (
    *("ready", "ringing", "greeting", "open", "open-past-the-mark", "hold", "upset", "transfer", "message"),
    *("closed", "close", "strip", "wrap-up", "afterwards", "settings", "keys"),
)
"""The pictures in the order of their numbers; each is taken in each of ``LOOKS``."""

LOOKS: tuple[Mode, ...] = ("light", "dark")

_MORNING = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
_QUALITY = 70
"""Of a PNG this is how hard it is squeezed: little, which is many times as fast as Qt's own choice."""
_AT_REST = 4
"""Turns of the event loop after which nothing is left to lay out."""

# Seconds of conversation, name, number, reason, outcome. The numbers are those set aside for plays and films.
_EARLIER = (
    (341, "Maria Mann", "+44 20 7946 0007", "delivery", "resolved"),
    (338, "Oliver Grant", "+44 20 7946 0101", "billing", "resolved"),
    (187, "Priya Shah", "+44 20 7946 0133", "information", "resolved"),
    (402, "Tomás Ruiz", "+44 20 7946 0171", "billing", "escalated"),
    (352, "", "+44 20 7946 0128", "billing", "unsolved"),
    (371, "Aylin Demir", "+44 20 7946 0115", "billing", "resolved"),
    (344, "Ben Okafor", "+44 20 7946 0162", "billing", "resolved"),
    (233, "Chloé Martin", "+44 20 7946 0199", "order", "order"),
    (395, "Jan Novák", "+44 20 7946 0144", "billing", "resolved"),
    (363, "Hannah Weiss", "+44 20 7946 0157", "billing", "call_back"),
    (431, "Liam Byrne", "+44 20 7946 0186", "billing", "resolved"),
    (349, "Sara Lind", "+44 20 7946 0120", "billing", "resolved"),
    (276, "Noor Haddad", "+44 20 7946 0175", "technical", "resolved"),
    (412, "Ida Holm", "+44 20 7946 0160", "billing", "transferred"),
    (420, "Pavel Orlov", "+44 20 7946 0139", "billing", "resolved"),
    (388, "Grace Adeyemi", "+44 20 7946 0112", "billing", "resolved"),
)


def demo(paths: Paths | None, folder: str, say: Callable[[str], None], trouble: Callable[[str], None]) -> int:
    """Plays the call and leaves the pictures in ``folder``; returns the exit code.

    ``paths`` is a data folder named for this, which must not hold any data yet; None stands for a temporary one.
    ``say`` takes text for standard output, ``trouble`` one line for standard error.
    """
    try:
        if paths is not None:
            say(run(paths, Path(folder)))
            return 0
        with tempfile.TemporaryDirectory(prefix="companion-demo-", ignore_cleanup_errors=True) as data:
            say(run(Paths(Path(data) / "data"), Path(folder)))
        return 0
    except DataFolderError as error:
        trouble(str(error))
    except OSError as error:
        trouble(f"The pictures cannot be kept in {folder} ({error.strerror}). Name another folder.")
    return 1


def run(paths: Paths, folder: Path) -> str:
    """Plays the call on the data folder of ``paths``; returns its summary, and where the pictures are.

    Raises DataFolderError, also for a folder that is in use already, and OSError.
    """
    if paths.database.exists():
        raise DataFolderError(
            f"The data folder {paths.root} holds calls already; a made-up one does not belong there. "
            "Name an empty folder with --data-dir, or none."
        )
    paths.prepare()
    folder.mkdir(parents=True, exist_ok=True)
    app = _offscreen()
    light, dark = LOOKS
    summary = _play(app, paths, folder, light)
    with tempfile.TemporaryDirectory(prefix="companion-demo-", ignore_cleanup_errors=True) as again:
        _play(app, Paths(Path(again)), folder, dark)
    return f"{summary}\n\nPictures: {folder.absolute()}"


def _play(app: QApplication, paths: Paths, folder: Path, look: Mode) -> str:
    """The whole call in one look; returns its summary."""
    desk, clock = _desk(paths)
    try:
        _earlier_calls(desk, clock)
        return _summary(desk, _Play(app, desk, clock, paths, folder, look).play())
    finally:
        desk.close()


def _offscreen() -> QApplication:
    """Qt without a screen, the same on every machine: no scaling, and English names of days."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI", "QT_QPA_PLATFORMTHEME"):
        os.environ.pop(name, None)
    from PySide6.QtCore import QLocale

    import companion.ui  # noqa: F401  # before the first work with Qt
    from companion.app.program import make_app

    app = make_app()
    QLocale.setDefault(QLocale("en_GB"))
    locale.setlocale(locale.LC_TIME, "C")  # Qt has taken over the user's
    return app


def _desk(paths: Paths) -> tuple[Desk, ManualClock]:
    from companion.desk import Desk
    from companion.playbooks import Playbook
    from companion.resources import resource
    from companion.storage.store import Store

    clock = ManualClock(_MORNING)
    store = Store.open(paths.database, paths.backups)
    desk = Desk(store, clock, Playbook(resource("playbooks"), paths.playbooks), "GB")
    desk.prefs.set("agent", "Ana")
    desk.prefs.set("company", "Blue Parcel")
    return desk, clock


def _earlier_calls(desk: Desk, clock: ManualClock) -> None:
    """What the likely length is taken from, and a promise, a missed call and a caller that is known."""
    board = desk.board
    for talk, name, number, reason, outcome in _EARLIER:
        call = desk.start(name, reason, number)
        board.move("open")
        for question in desk.playbook.guide("open").questions[: talk // 100]:
            board.ask("open", question.id, question.text)
        clock.advance(talk * 0.7)
        board.move("closed")
        board.ask("closed")
        clock.advance(talk * 0.3)
        desk.end(outcome)
        if outcome == "call_back":
            board.write_text(call.id, "promise.what", "Send the corrected invoice")
            board.choose(call.id, "promise.by", "2026-11-20T15:00:00.000Z")
        clock.advance(25)
        board.finish()
        clock.advance(95)
    board.ring("+44 20 7946 0188")
    clock.advance(20)
    desk.end()
    clock.advance(240)


def _summary(desk: Desk, call_id: str) -> str:
    """The call in words, one line for each thing."""
    from companion.ui.actions import CallActions

    pairs = CallActions(desk).summary(desk.board.lines.get(call_id))
    wide = max(len(heading) for heading, _text in pairs) + 2
    lines = []
    for heading, text in pairs:
        first, *rest = text.splitlines()
        lines.append(f"{heading + ':':<{wide}}{first}")
        lines += [" " * wide + line for line in rest]
    return "\n".join(lines)


class _Play:
    """One call, from the first ring to the list of calls afterwards."""

    def __init__(
        self, app: QApplication, desk: Desk, clock: ManualClock, paths: Paths, folder: Path, look: Mode
    ) -> None:
        from companion.ui.keys import Keys
        from companion.ui.theme.theme import Theme
        from companion.ui.window import MainWindow

        self._app, self._desk, self._clock, self._folder, self._look = app, desk, clock, folder, look
        theme = Theme()
        theme.apply(app, look, 1.0)
        self._keys = Keys()
        self._window: MainWindow = MainWindow(desk, theme, self._keys, paths)
        self._window.resize(*SIZE)

    def play(self) -> str:
        """Plays it all; returns the id of the call."""
        self._window.show()
        self._picture("ready")
        self._desk.board.ring("+44 20 7946 0007")
        self._picture("ringing")
        self._wait(5)
        self._command("start")
        call = self._desk.board.active
        assert call is not None
        self._picture("greeting")
        self._questions()
        self._detours()
        self._facts()
        self._afterwards(call.id)
        self._window.hide()
        self._window.deleteLater()
        self._settle()
        return call.id

    def _questions(self) -> None:
        self._wait(14)
        self._type("go_caller", "Maria Mann")
        self._command("go_reason")
        for key in ("Down", "Down", "Down", "Escape"):  # not known yet, new order, delivery, billing
            self._press(key)
        self._command("open")
        self._wait(41)
        self._press("1")
        self._wait(38)
        self._press("2")
        self._type("go_notes", "Charged twice on 3 November.\nOrder 4711, the blue lamp.")
        self._wait(47)
        self._press("4")
        self._picture("open")
        self._wait(140)
        self._picture("open-past-the-mark")

    def _detours(self) -> None:
        self._command("hold")
        self._wait(72)
        self._picture("hold")
        self._command("hold")
        self._wait(6)
        self._command("upset")
        self._wait(11)
        self._picture("upset")
        self._command("upset")
        self._type("go_promise", "Call back with the date of the refund")
        self._click(self._window.call_page.live.side.promise, "1")  # by the end of today
        self._command("transfer")
        self._wait(9)
        self._press("1")
        self._picture("transfer")
        self._command("message")
        self._field("message.for", "Mr Keller, accounts")
        self._press("1")
        self._picture("message")
        self._command("message")

    def _facts(self) -> None:
        self._command("closed")
        self._wait(8)
        self._press("1")
        self._field("closed.field.email", "maria.mann@example.org")
        self._wait(16)
        self._press("2")
        self._picture("closed")
        self._wait(12)
        self._command("close")
        self._press("1")
        self._wait(10)
        self._picture("close")
        self._command("strip")
        self._picture("strip")
        self._command("strip")

    def _afterwards(self, call_id: str) -> None:
        self._wait(7)
        self._command("end")
        self._wait(19)
        self._press("2")
        self._picture("wrap-up")
        self._command("done")
        self._wait(30)
        self._window.call_page.ready.opened.emit(call_id)
        self._picture("afterwards")
        self._press("Escape")
        self._command("settings")
        self._picture("settings")
        self._command("call_page")
        self._command("keys")
        self._picture("keys")

    # -- time
    def _wait(self, seconds: float) -> None:
        """Time passes, with what the window does at the end of a second."""
        self._clock.advance(seconds)
        self._desk.tick()
        self._window.refresh()

    def _settle(self) -> None:
        """Lets the window come to rest."""
        from PySide6.QtCore import QEvent

        for _turn in range(_AT_REST):
            self._app.processEvents()
            # Nobody runs the event loop here, which would see to these.
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # -- keys, as they come from a keyboard
    def _command(self, command: str) -> None:
        self._press(self._keys.key(command))

    def _press(self, key: str, text: str | None = None) -> None:
        """One key: the widget with the focus may claim it; else a shortcut of the window has it."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShortcutEvent
        from PySide6.QtWidgets import QApplication

        window = QApplication.activeWindow() or self._window
        target = QApplication.focusWidget() or window
        sequence = QKeySequence(key)
        combination = sequence[0]
        printed = text if text is not None else (key.lower() if len(key) == 1 else "")
        struck = (combination.key(), combination.keyboardModifiers(), printed)
        claim = QKeyEvent(QEvent.Type.ShortcutOverride, *struck)
        claim.ignore()
        self._app.sendEvent(target, claim)
        if not claim.isAccepted():
            for shortcut in window.findChildren(QShortcut):
                if shortcut.key() == sequence and shortcut.isEnabled():
                    self._app.sendEvent(shortcut, QShortcutEvent(sequence, shortcut.id()))
                    self._settle()
                    return
        self._app.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, *struck))
        self._app.sendEvent(target, QKeyEvent(QEvent.Type.KeyRelease, *struck))

    def _type(self, go: str, text: str) -> None:
        """Goes to a field by its key, writes into it, and leaves it by Esc."""
        self._command(go)
        self._write(text)

    def _field(self, name: str, text: str) -> None:
        """Writes into a field of the guide, after a click into it."""
        from PySide6.QtWidgets import QLineEdit

        self._settle()
        edit = self._window.findChild(QLineEdit, name)
        assert edit is not None, name
        edit.setFocus()
        self._write(text)

    def _write(self, text: str) -> None:
        self._settle()
        for sign in text:
            self._press("Return" if sign == "\n" else sign.upper(), "\r" if sign == "\n" else sign)
        self._press("Escape")

    def _click(self, inside: QWidget, name: str) -> None:
        from PySide6.QtWidgets import QAbstractButton

        button = inside.findChild(QAbstractButton, name)
        assert button is not None
        button.click()
        self._settle()

    # -- pictures
    def _picture(self, name: str) -> None:
        """Keeps what is on the screen now."""
        self._settle()
        file = self._folder / picture(name, self._look)
        if not self._window.shapes.shown.grab().save(str(file), quality=_QUALITY):
            raise OSError(errno.EIO, f"{file.name} could not be written")


def picture(name: str, look: str) -> str:
    """Name of the file of a picture."""
    return f"{PICTURES.index(name) + 1:02}-{name}-{look}.png"
