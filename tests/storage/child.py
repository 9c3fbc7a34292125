"""Another process at work on a data file, for tests that kill it, starve it or have it stand in the way."""

import os
import sqlite3
import sys
from pathlib import Path

import sqlite_utils  # noqa: F401  (before the user changes: the new one may not read the library's files)

from companion.core.calls import Call, Event, apply
from companion.storage.calls import CallsBook
from companion.storage.store import Store, StoreError


def said(*words: object) -> None:
    print(*words, flush=True)


def keep_adding(book: CallsBook, call_id: str) -> None:
    """Adds events without end; each is told once it is kept."""
    seq = len(book.events(call_id))
    call = Call(call_id)
    for event in book.events(call_id):
        call = apply(call, event)
    while True:
        seq += 1
        event = Event("started" if seq == 1 else "edit", float(seq), f"{seq}", "Z", text(seq))
        call = apply(call, event)
        book.add(call, event, float(seq), "boot")
        said(seq)


def text(seq: int) -> dict[str, object]:
    return {} if seq == 1 else {"field": "notes", "at": 0, "cut": 0, "put": f"{seq} " + "x" * 200}


def write(path: Path) -> None:
    keep_adding(CallsBook(Store.open(path, path.parent / "backups")), "call")


def fill(path: Path, limit: str) -> None:
    """Adds events until there is no room; then waits for a line, and adds again."""
    store = Store.open(path, path.parent / "backups")
    book = CallsBook(store)
    if int(limit):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
    try:
        keep_adding(book, "call")
    except StoreError as error:
        said("error", error.kind)
        said("message", error)
    sys.stdin.readline()
    if int(limit):
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    call, seq = Call("after"), 1
    call = apply(call, event := Event("started", 0.0, "1", "Z"))
    book.add(call, event, 1.0, "boot")
    said("again", len(book.events("after")), seq)
    store.close()


def hold(path: Path) -> None:
    """Keeps the file locked until a line comes."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    said("held")
    sys.stdin.readline()
    connection.execute("ROLLBACK")
    said("let go")


def hold_all(path: Path) -> None:
    """Lets nobody else even read, until a line comes."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    said("held")
    sys.stdin.readline()


def open_as_nobody(path: Path) -> None:
    """Opens the file as a user who owns nothing."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        Store.open(path, path.parent / "backups").close()
        said("opened")
    except StoreError as error:
        said("error", error.kind)


if __name__ == "__main__":
    {"write": write, "fill": fill, "hold": hold, "hold_all": hold_all, "nobody": open_as_nobody}[sys.argv[1]](
        Path(sys.argv[2]), *sys.argv[3:]
    )
