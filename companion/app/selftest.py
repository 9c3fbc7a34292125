"""``--self-test``: builds every page once and a fresh store; a warning of Qt or an exception is a failure."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from companion.app.crash import describe
from companion.app.sorry import qt_can_start
from companion.paths import Paths

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType


class _Listener:
    """Everything that Qt or Python had to complain about."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def on_qt(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        from PySide6.QtCore import QtMsgType

        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and "propagateSizeHints" not in text:
            self.heard.append(text)

    def on_exception(
        self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.heard.append(f"{error} ({describe(error, trace)})")


def self_test() -> str:
    """What went wrong first, as one text; empty when all went well. Touches no file but in a temporary folder."""
    import companion.ui  # noqa: F401  # before the first work with Qt, as in every start

    listener = _Listener()
    hook, sys.excepthook = sys.excepthook, listener.on_exception
    try:
        with tempfile.TemporaryDirectory(prefix="companion-") as folder, warnings.catch_warnings():
            warnings.simplefilter("error")
            _build(Paths(Path(folder) / "data"), listener)
    except Exception as error:
        listener.on_exception(type(error), error, error.__traceback__)
    finally:
        sys.excepthook = hook
    return listener.heard[0] if listener.heard else ""


def _build(paths: Paths, listener: _Listener) -> None:
    from PySide6.QtCore import qInstallMessageHandler

    from companion.app.program import make_app, make_desk
    from companion.storage.store import Store
    from companion.ui.keys import Keys
    from companion.ui.theme.theme import Theme
    from companion.ui.window import MainWindow

    if not qt_can_start():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    paths.prepare()
    qInstallMessageHandler(listener.on_qt)
    try:
        app = make_app()
        desk = make_desk(Store.open(paths.database, paths.backups), paths)
        theme = Theme()
        theme.apply(app, desk.prefs.theme, 1.0)  # type: ignore[arg-type]
        window = MainWindow(desk, theme, Keys(), paths)
        window.build_all_pages()
        window.grab()
        app.processEvents()  # what waits for the first paint
        _try_journal(paths)
        _try_import(paths)
        _try_mistake()
        listener.heard += [str(problem) for problem in desk.playbook.problems()]
        wrong = desk.store.integrity()
        listener.heard += wrong
        window.deleteLater()
        desk.close()
        app.processEvents()
    finally:
        qInstallMessageHandler(None)


def _try_journal(paths: Paths) -> None:
    """A journal made, locked, given a check and unlocked again; its recovery code printed into a file."""
    from PySide6.QtPrintSupport import QPrinter

    from companion.clock import Clock
    from companion.journal import Journal
    from companion.storage.vault_keys import Cost
    from companion.ui.pages.stress.paper import paint_code

    apart = Paths(paths.root / "another")
    journal = Journal(apart.vault, apart.backups, Clock(), lambda change: None, Cost(1, 8 << 20))
    new = journal.prepare("self-test")
    journal.create(new)
    journal.write(journal.new_entry()._replace(event="self-test"))
    journal.lock()
    journal.add_check(5)
    came = journal.open(journal.attempt(new.recovery_code, recovery=True))
    if (came, journal.count) != (1, 2):
        raise RuntimeError("the journal lost an entry")
    journal.close()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printed = paths.root / "code.pdf"
    printer.setOutputFileName(str(printed))
    if not paint_code(new.recovery_code, printer) or not printed.read_bytes().startswith(b"%PDF"):
        raise RuntimeError("nothing can be printed")


def _try_import(paths: Paths) -> None:
    """A file of times is written and read, in the one form that needs a parser of Python's library."""
    from datetime import UTC

    from companion.storage.time_exchange import read_file, save

    file = paths.root / "times.xml"
    one = '<activity name="Self-test" start_time="2026-01-05 09:00" end_time="2026-01-05 09:30" category="Work"/>'
    save(file, f'<?xml version="1.0"?><activities>{one}</activities>')
    reading = read_file(file, UTC)
    if [found.end - found.start for found in reading.found] != [1800]:
        raise RuntimeError("times cannot be imported")


def _try_mistake() -> None:
    """A Qt method called with wrong arguments says so; what words it is loaded only then."""
    from PySide6.QtCore import QSize

    try:
        QSize("wide", "high")  # type: ignore[call-overload]
    except TypeError as error:
        if "called with wrong argument types" in str(error):
            return
    raise RuntimeError("a mistake with Qt is not worded")
