"""Inside the program: how long a key takes to be seen, an event to be on disk, the likely length to be found.

Usage: ``python benchmarks/in_window.py DATA_FOLDER``; prints one JSON object, name → list of milliseconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShortcutEvent
from PySide6.QtWidgets import QApplication

import companion.ui  # noqa: F401  # before the first work with Qt
from companion.app.program import make_app, make_desk
from companion.paths import Paths
from companion.storage.store import Store
from companion.ui.keys import Keys
from companion.ui.theme.theme import Theme
from companion.ui.window import MainWindow

ROUNDS = 80
LONGEST_S = 2.0


class Painted(QObject):
    """Counts how often the window has been brought up to date on the screen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self.count += 1
        return False


class Bench:
    """The real window on a data folder, with keys sent to whatever has the focus."""

    def __init__(self, folder: Path) -> None:
        paths = Paths(folder)
        paths.prepare()
        self.app = make_app()
        self.desk = make_desk(Store.open(paths.database, paths.backups), paths)
        theme = Theme()
        theme.apply(self.app, "light", 1.0)
        self.window = MainWindow(self.desk, theme, Keys(), paths)
        self.window.resize(1180, 760)
        self.window.show()
        self.window.activateWindow()
        self.painted = Painted(self.window)
        self.shortcuts = {s.key().toString(): s for s in self.window.findChildren(QShortcut)}
        self.settle()
        from companion.core import phone

        phone.recognise("+44 20 7946 0000", None)
        self.found: dict[str, list[float]] = {}

    def settle(self) -> None:
        """Lets the window come to rest."""
        for _turn in range(20):
            self.app.processEvents()

    def key(self, key: str, text: str = "") -> None:
        """Sends a key the way Qt does: the field with the focus may claim it, else a shortcut has it."""
        if text:
            sequence = QKeySequence(key)
            press = (sequence[0].key(), sequence[0].keyboardModifiers(), text)
            target = QApplication.focusWidget() or self.window
            self.app.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, *press))
        else:
            shortcut = self.shortcuts[key]
            self.app.sendEvent(shortcut, QShortcutEvent(shortcut.key(), shortcut.id()))

    def time_keys(self, name: str, *keys: str, text: str = "") -> None:
        """Milliseconds from a key to the last repaint that follows it."""
        took = self.found.setdefault(name, [])
        for i in range(ROUNDS):
            self.settle()
            seen = self.painted.count
            began = last = time.perf_counter()
            self.key(keys[i % len(keys)], text)
            while True:
                before = self.painted.count
                self.app.processEvents()
                if self.painted.count > before:
                    last = time.perf_counter()
                elif self.painted.count > seen:
                    break
                elif time.perf_counter() - began > LONGEST_S:
                    raise SystemExit(f"{name}: nothing was painted")
            took.append((last - began) * 1000)

    def time_calls(self, name: str, call: Callable[[], object], rounds: int) -> None:
        """Milliseconds of a call of our own."""
        took = self.found.setdefault(name, [])
        for _round in range(rounds):
            began = time.perf_counter()
            call()
            took.append((time.perf_counter() - began) * 1000)


def run(folder: Path) -> dict[str, list[float]]:
    """Takes a call with a caller and a reason that the history knows, and times what one does in it."""
    bench = Bench(folder)
    board, desk = bench.desk.board, bench.desk
    for left in [call for call in (board.active, board.waiting) if call]:
        board.discard(left.id)
    bench.key("S")
    call = board.active
    assert call is not None
    board.write_text(call.id, "name", "Caller 3")
    board.write_text(call.id, "number", "+44 20 7946 0003")
    board.choose(call.id, "reason", "billing")
    board.move("open")
    bench.settle()
    bench.time_keys("digit ticks a row", "1", "2", "3")
    bench.time_keys("phase changes", "C", "O")
    bench.time_keys("every phase and guide", "G", "T", "T", "L", "M", "M", "C", "O")
    bench.time_keys("hold and resume", "H")
    bench.time_keys("upset and calm", "U")
    bench.key("N")
    bench.settle()
    bench.time_keys("letter in the notes", "A", text="a")
    bench.window.call_page.setFocus()
    bench.window.flush()
    bench.window.hide()
    bench.window.bridge.close()
    bench.window.deleteLater()  # an event on disk is the Desk's alone; the window has been measured above
    bench.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    bench.time_calls("event on disk", lambda: board.ask("open"), 300)
    lengths = iter(range(10**6))
    bench.time_calls("likely length", lambda: desk.history.tail("billing", float(next(lengths) % 900)), 300)
    bench.time_calls("due", lambda: desk.history.due(), 50)
    desk.end("resolved")
    board.finish()
    desk.close()
    return bench.found


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
