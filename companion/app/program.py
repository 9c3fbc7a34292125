"""The running program: the window and what stands around it, from the first paint to the last line on the disk."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication

from companion import APP_ID, APP_NAME, __version__
from companion.app import service
from companion.app.crash import Crashes
from companion.app.line import Listener
from companion.app.logs import Log
from companion.app.signals import StopSignals
from companion.clock import Clock
from companion.core.changes import Change
from companion.desk import Desk
from companion.paths import Paths
from companion.playbooks import Playbook
from companion.resources import resource
from companion.storage.errors import DamagedFile, StoreError
from companion.storage.store import Store
from companion.ui.keys import Keys
from companion.ui.theme.theme import Theme
from companion.ui.window import MainWindow

if TYPE_CHECKING:
    from companion.storage.rescue import Rescued

_UNPAINTED_MS = 1000
"""A window that nobody sees yet (a locked screen) is not painted; after this the rest starts all the same."""
_BACKUP_LOOK_MS = 3600 * 1000
_UNREACHABLE = (
    "Commands from outside (companion call …) cannot reach this window: no socket can be made in its data folder, nor "
    "among the temporary files. All else works."
)


def make_app() -> QApplication:
    """The one QApplication, set up as the program wants it."""
    there = QApplication.instance()
    if isinstance(there, QApplication):  # an earlier try to start had something to show
        app = there
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication([APP_NAME])
    QGuiApplication.setDesktopFileName(APP_ID)
    app.setApplicationName(APP_ID)
    app.setApplicationDisplayName(APP_NAME)
    app.setApplicationVersion(__version__)
    app.setQuitOnLastWindowClosed(False)  # a call goes on behind a closed window
    app.setCursorFlashTime(0)  # a still cursor: an idle window wakes nothing up
    return app


def make_desk(store: Store, paths: Paths, clock: Clock | None = None) -> Desk:
    """The Desk on an open store, with the playbook and the country of this computer."""
    region = QLocale.territoryToCode(QLocale.system().territory())
    playbook = Playbook(resource("playbooks"), paths.playbooks)
    return Desk(store, clock or Clock(), playbook, region if len(region) == 2 and region.isalpha() else "")


class Program:
    """Owns everything of one run. ``close`` puts it all away; a second call does nothing."""

    def __init__(self, app: QApplication, store: Store, paths: Paths, crashes: Crashes) -> None:
        self.paths = paths
        self._app = app
        self._crashes = crashes
        self._log = Log(paths.logs)
        self.desk = make_desk(store, paths)
        self.theme = Theme()
        self.theme.apply(app, self.desk.prefs.theme, self.desk.prefs.scale / 100)  # type: ignore[arg-type]
        self.window = MainWindow(self.desk, self.theme, Keys(self.desk.prefs.keys), paths)
        self.window.quit_requested.connect(self.quit)
        app.commitDataRequest.connect(self._on_session_end, Qt.ConnectionType.DirectConnection)
        self._signals = StopSignals(self.quit)
        self._news = _News(self.window, self._on_damaged)
        self._listener: Listener | None = None
        self._tray: Any = None
        self._worker: Any = None
        self._privacy: Any = None
        self.window.bridge.changed.connect(self._on_change)
        self._closed = False
        self.wish: Path | str | None = None
        """What to do about the data once this window is gone: a backup to go back to, ``rescue``, or nothing."""
        self._later = _AfterFirstPaint(self.window, self._on_painted)

    def show(self, unfocused: bool) -> None:
        """Puts the window on the screen; ``unfocused`` leaves the keyboard with whoever has it."""
        if unfocused:
            self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, True)
            self.window.show()
            self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        else:
            self.window.show()

    def quit(self) -> None:
        """Ends the event loop. Not by QApplication.quit: that asks each window, and one with a live call says no."""
        self._app.exit(0)

    def close(self) -> None:
        """What is typed is written, the windows go, then the helpers, at last the books."""
        if self._closed:
            return
        self._closed = True
        gc.enable()
        self._later.cancel()
        self.window.flush()
        for widget in self._app.topLevelWidgets():
            widget.hide()
        for helper in (self._listener, self._tray, self._worker, self._privacy):
            if helper:
                helper.close()
        self._signals.close()
        self._app.commitDataRequest.disconnect(self._on_session_end)
        self._crashes.hush()
        self.window.bridge.close()
        self.window.deleteLater()  # at once, with its timers: another window may follow on other data
        self._app.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
        self.desk.close()
        self._log.note("stop")

    # -- after the first paint, each step in a turn of its own so that keys and paints come in between
    def _on_painted(self) -> None:
        _tell_painted()
        gc.freeze()  # what the start has made stays: never looked through again
        gc.enable()
        self._log.note("start", __version__)
        self._listener = Listener(str(self.paths.root), self._on_request)
        if not self._listener.place:
            self._log.note("problem", "line")
            self.window.note_problem(_UNREACHABLE)
        QTimer.singleShot(0, self._news, self._start_tray)

    def _start_tray(self) -> None:
        from companion.app.tray import Tray

        self.window.set_icon()
        if Tray.there_is_one():
            self.window.has_tray = True
            self._tray = Tray(self.desk, self.window.windowIcon(), self.theme.color("accent"))
            self._tray.show_requested.connect(self._on_show)
            self._tray.strip_requested.connect(self._on_strip)
            self._tray.quit_requested.connect(self.quit)
        QTimer.singleShot(0, self._news, self._start_worker)

    def _start_worker(self) -> None:
        from companion.app.worker import Worker

        self._crashes.tell_with(self._news.problem.emit, self._on_store_error)
        self._worker = Worker(self.desk.store, self.desk.clock, self.paths)
        self._worker.problem.connect(self._news.problem)
        self._worker.damaged.connect(self._news.damaged)
        self._worker.warm_up()
        look = QTimer(self._news)
        look.setTimerType(Qt.TimerType.VeryCoarseTimer)
        look.timeout.connect(self._worker.copy_of_the_day)
        look.start(_BACKUP_LOOK_MS)

    # -- the journal
    def _on_change(self, change: object) -> None:
        """Whoever guards the open journal is made when it is first opened, and told when it is locked."""
        wanted = Change.JOURNAL | (Change.SETTINGS if self._privacy else Change.NONE)
        if self._closed or not isinstance(change, Change) or not change & wanted:
            return
        is_open = self.desk.journal.state == "open"
        if is_open and self._privacy is None:
            from companion.app.privacy import Privacy

            self._privacy = Privacy(self.window, self.window.lock_journal)
        if self._privacy:
            self._privacy.follow(is_open, self.desk.prefs.hide_from_capture)

    # -- damaged data
    def tell_rescued(self, rescued: Rescued) -> None:
        """Says what a rescue brought back, and offers the newest backup where that may hold more."""
        lost = f" About {rescued.lost_estimate} could not be read." if rescued.lost_estimate else ""
        text = (
            f"The data file was damaged. {rescued.calls} calls were read out of it into a fresh one.{lost} "
            f"The damaged file is kept in {rescued.set_aside}."
        )
        self._log.note("rescued", calls=rescued.calls, lost=rescued.lost_estimate)
        backup = rescued.newest_backup
        if backup is None or not (rescued.lost_estimate or backup.calls > rescued.calls):
            self.window.note_problem(text)
            return
        made = backup.made.astimezone(self.desk.clock.local().tzinfo)
        offer = f"Go back to the copy of {made:%Y-%m-%d %H:%M} ({backup.calls} calls)"
        self._ask(text, {"keep": "Keep what was read", "backup": offer}, {"backup": backup.path})

    def _on_damaged(self, text: str) -> None:
        self._ask(text, {"rescue": "Rescue now", "later": "Later"}, {"rescue": "rescue"})

    def _on_store_error(self, error: StoreError) -> None:
        """An error of the world that reached no page: no mistake of ours, so it is told and not kept as a crash."""
        if isinstance(error, DamagedFile):
            self._news.damaged.emit(str(error))
        else:
            self._news.problem.emit(str(error))

    def _ask(self, text: str, answers: dict[str, str], wishes: Mapping[str, Path | str]) -> None:
        def chosen(answer: str) -> None:
            if answer not in wishes:
                return
            if self.desk.board.active:  # the file cannot be changed under a conversation
                self._ask(f"{text} Not during a call: end it first.", answers, wishes)
                return
            self.wish = wishes[answer]
            self.quit()

        self.window.note_choice(text, answers, chosen)

    # -- wishes from outside
    def _on_request(self, request: object) -> dict[str, Any]:
        self.window.flush()  # first what was typed, then what is asked: neither may undo the other
        answer = service.answer(self.desk, self.window, request)
        self.window.take_stock()
        return answer

    def _on_show(self) -> None:
        self.window.show_strip(False)
        self.window.bring_up(activate=True)

    def _on_strip(self) -> None:
        self.window.show_strip(True)

    def _on_session_end(self, _manager: QSessionManager) -> None:
        """The session may end any moment, or not: the user can still call it off. Everything is on the disk
        already but how far the calls have come.
        """
        self.window.flush()
        self.desk.board.lines.save()
        self.desk.board.lines.sign_of_life()


def _tell_painted() -> None:
    """Writes one byte to the descriptor that the environment names, for whoever measures the start."""
    named = os.environ.pop("COMPANION_PAINTED_FD", "")
    if named.isdecimal():
        with suppress(OSError):
            os.write(int(named), b".")


class _News(QObject):
    """Brings problems from any thread to the window."""

    problem = Signal(str)
    damaged = Signal(str)

    def __init__(self, window: MainWindow, on_damaged: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = on_damaged
        self._told_damaged = False
        self.problem.connect(self._on_problem)
        self.damaged.connect(self._on_damaged)

    def _on_problem(self, text: str) -> None:
        self._window.note_problem(text)

    def _on_damaged(self, text: str) -> None:
        """Asked once a run: each look at a damaged page would ask again."""
        if not self._told_damaged:
            self._told_damaged = True
            self._then(text)


class _AfterFirstPaint(QObject):
    """Calls back once, when the window has been painted for the first time and the event loop is free again."""

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        self._window = window
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._go)
        self._limit.start(_UNPAINTED_MS)
        window.installEventFilter(self)

    def cancel(self) -> None:
        """The program ends before it has begun."""
        self._then = None
        self._limit.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        then, self._then = self._then, None
        self._limit.stop()
        if then:
            self._window.removeEventFilter(self)
            then()
