"""From the words to the window: the lock, the data file, Qt; and what is said where one of them is not to be
had.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from companion.app import line, missing
from companion.app.instance import Lock
from companion.app.sorry import qt_can_start, try_again
from companion.paths import DataFolderError, Paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from companion.app.crash import Crashes
    from companion.app.program import Program
    from companion.storage.rescue import Rescued
    from companion.storage.store import Store

STARTING_S = 15.0
"""Seconds that a second start waits for the first one to answer."""


class NoStart(Exception):
    """The program cannot start. The message is one line: what, where, what to do."""


class NoQt(NoStart):
    """Nor can any window of ours say so: the system lacks what Qt is made of."""


def run(paths: Paths, say: Callable[[str], None], unfocused: bool = False, named: bool = False) -> int:
    """Opens the window and returns when it is done. Where a program runs on this folder already, raises that one.

    ``say`` puts one line on standard error; ``unfocused`` leaves the keyboard with whoever has it; ``named`` tells
    that the folder was named on the command line. Returns the exit code.
    """
    while True:
        try:
            return _run(paths, unfocused, say)
        except NoQt as error:
            say(str(error))
            missing.show(str(error))
            return 1
        except NoStart as error:
            if not try_again(str(error), say, named):
                return 1


def _run(paths: Paths, unfocused: bool, say: Callable[[str], None]) -> int:
    try:
        paths.prepare()
        lock = _locked(paths, unfocused)
    except DataFolderError as error:
        raise NoStart(str(error)) from error
    except OSError as error:
        why = f"The data folder {paths.root} cannot be used ({error.strerror})."
        raise NoStart(f"{why} Allow writing there, or name another with --data-dir.") from error
    if lock is None:
        return 0
    try:
        if not qt_can_start():
            raise NoStart("There is no display here to open a window on. Start the program on a desktop.")
        return _session(paths, unfocused, say)
    finally:
        lock.release()


def _locked(paths: Paths, unfocused: bool) -> Lock | None:
    """The lock; where another program has it, that one is raised, once it answers, and there is none.

    Raises NoStart, OSError.
    """
    deadline = time.monotonic() + STARTING_S
    while True:
        lock = Lock.take(paths.lock)
        if lock:
            return lock
        try:
            answer = line.ask(str(paths.root), {"do": "status" if unfocused else "show"})
        except line.NoProgram:  # it is starting, or ending
            if time.monotonic() > deadline:
                raise NoStart(
                    f"The program runs on the data folder {paths.root} already, but does not answer. "
                    "End it, or restart the computer."
                ) from None
            time.sleep(0.02)
        except line.LineError as error:
            raise NoStart(str(error)) from error
        else:
            if answer["ok"]:
                return None
            raise NoStart(str(answer.get("error")))


def _session(paths: Paths, unfocused: bool, say: Callable[[str], None]) -> int:
    """Everything from the open data file to the closed one; the file is opened before Qt, so that a start that
    cannot be is over at once. Raises NoStart.
    """
    gc.disable()  # until the first paint: nothing that a start makes is ever thrown away
    store, rescued = _opened(paths)
    from companion.app.crash import Crashes

    crashes = Crashes(paths.logs)
    crashes.install()
    try:
        app = _app(say)
        crashes.install_qt()
        while True:
            program, found = _program(app, store, paths, crashes)
            code, wish = _shown(app, program, found or rescued, unfocused)
            if wish is None:
                return code
            store, rescued = _granted(paths, wish)
            unfocused = False
    except NoStart:
        raise
    except Exception as error:
        crashes.keep(error)
        return 1
    finally:
        crashes.close()


def _app(say: Callable[[str], None]) -> QApplication:
    """Qt, ready for a window. Raises NoStart where the system lacks a part of it; ends the program where it has no
    screen."""
    try:
        import companion.ui  # noqa: F401  # sets Qt up for Python, so it comes before all work with Qt
        from companion.app.program import make_app
    except ImportError as error:
        lacking = missing.of_import(error)
        if not lacking:
            raise
        raise NoQt(lacking) from error
    with missing.told(say):
        return make_app()


def _shown(
    app: QApplication, program: Program, rescued: Rescued | None, unfocused: bool
) -> tuple[int, Path | str | None]:
    """One window from its first to its last moment: the exit code, and what to do about the data before another
    one.
    """
    try:
        program.show(unfocused)
        if rescued:
            program.tell_rescued(rescued)
        code = int(app.exec())
    finally:
        program.close()
    return code, program.wish


def _program(
    app: QApplication, store: Store, paths: Paths, crashes: Crashes
) -> tuple[Program, Rescued | None]:
    """The program on an open store; damage that shows only when the calls are read is rescued, once. Raises
    NoStart.
    """
    from companion.app.program import Program
    from companion.storage.store import DamagedFile, StoreError

    rescued: Rescued | None = None
    try:
        try:
            return Program(app, store, paths, crashes), None
        except DamagedFile:
            store.close()
            store, rescued = _rescued(paths)
            return Program(app, store, paths, crashes), rescued
    except StoreError as error:
        store.close()
        raise NoStart(str(error)) from error


def _opened(paths: Paths) -> tuple[Store, Rescued | None]:
    """The open data file, rescued where it had to be. Raises NoStart."""
    from companion.storage.store import DamagedFile, Store, StoreError

    try:
        try:
            return Store.open(paths.database, paths.backups), None
        except DamagedFile:
            return _rescued(paths)
    except StoreError as error:
        raise NoStart(str(error)) from error


def _rescued(paths: Paths) -> tuple[Store, Rescued]:
    """Builds a fresh data file of what can be read, saying so where it takes time. Raises StoreError, NoStart."""
    from companion.app.rescuing import Cancelled, rescue
    from companion.storage.store import Store

    try:
        rescued = rescue(paths)
    except Cancelled:
        raise NoStart(
            f"The data file {paths.database} is damaged and its rescue was called off. Nothing was changed; "
            "start again to rescue it."
        ) from None
    return Store.open(paths.database, paths.backups), rescued


def _granted(paths: Paths, wish: Path | str) -> tuple[Store, Rescued | None]:
    """Does what the user chose about damaged data: a backup (its path) takes the file's place, or a rescue is
    made.
    """
    from companion.storage.store import StoreError

    try:
        if isinstance(wish, str):
            return _rescued(paths)
        from datetime import UTC, datetime

        from companion.storage.rescue import use_backup

        use_backup(wish, paths.database, paths.backups, datetime.now(UTC))
    except StoreError as error:
        raise NoStart(str(error)) from error
    return _opened(paths)
