"""Inside the program: how long a full journal takes to unlock, to be seen, and to take an entry.

Usage: ``python benchmarks/in_journal.py DATA_FOLDER``; prints one JSON object, name → list of milliseconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from in_window import Bench
from make_journal import PASSPHRASE
from PySide6.QtCore import QEvent

from companion.journal import Key

ROUNDS = 15


def timed(took: list[float], call: Callable[[], object]) -> None:
    """Notes the milliseconds of a call."""
    began = time.perf_counter()
    call()
    took.append((time.perf_counter() - began) * 1000)


def run(folder: Path) -> dict[str, list[float]]:
    """Locks and unlocks the journal again and again, first by itself, then with its page in front."""
    bench = Bench(folder)
    journal = bench.desk.journal
    found = bench.found
    for name in (
        "passphrase to key",
        "open, the key known",
        "list painted, the key known",
        "passphrase to list painted",
        "first page",
    ):
        found[name] = []
    for _round in range(5):
        timed(found["passphrase to key"], lambda: journal.attempt(PASSPHRASE))

    def opened(key: Key) -> None:
        journal.open(key)
        journal.heads(50)
        journal.to_finish()
        journal.questions_due()

    for _round in range(ROUNDS):
        key = journal.attempt(PASSPHRASE)  # which reads ahead, as it does in the program
        timed(found["open, the key known"], lambda key=key: opened(key))
        journal.lock()
    timed(found["first page"], lambda: (bench.window.show_page("stress"), bench.settle()))

    def painted(key: Key) -> None:
        journal.open(key)
        bench.settle()

    for _round in range(ROUNDS):
        bench.window._stack.stress.shelf.view("journal")  # made while the passphrase is being tried
        began = time.perf_counter()
        key = journal.attempt(PASSPHRASE)
        timed(found["list painted, the key known"], lambda key=key: painted(key))
        found["passphrase to list painted"].append((time.perf_counter() - began) * 1000)
        bench.window.lock_journal("key")
        bench.settle()
    bench.window.hide()
    bench.window.bridge.close()
    bench.window.deleteLater()  # an entry on disk is the journal's alone; the page has been measured above
    bench.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    journal.open(key)
    entry = journal.entry(journal.heads(1)[0].id)
    took = found["entry on disk"] = []
    for i in range(300):
        changed = entry._replace(event=f"{entry.event} {i}")
        timed(took, lambda changed=changed: journal.write(changed))
    journal.lock()
    took = found["check sealed while locked"] = []
    for _round in range(50):
        timed(took, lambda: journal.add_check(5))
    bench.desk.close()
    return found


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
