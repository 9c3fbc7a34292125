"""Another process that fills time, for tests that kill it or starve it."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from companion.clock import ManualClock
from companion.preferences import Preferences
from companion.storage.settings import SettingsBook
from companion.storage.store import Store, StoreError
from companion.timedesk import TimeDesk

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said(*words: object) -> None:
    print(*words, flush=True)


def desk_of(path: Path) -> TimeDesk:
    store = Store.open(path, path.parent / "backups")
    return TimeDesk(store, ManualClock(NOW), Preferences(SettingsBook(store)))


def gesture(desk: TimeDesk, n: int) -> None:
    """The n-th of an endless row of gestures, each of which changes something."""
    names = [one.id for one in desk.tree.usable()]
    start = desk.today().start + n * 7 % 270 * 300
    done = desk.paint(start, start + 300 * (1 + n % 5), names[n % len(names)])
    assert done is not None


def write(path: Path) -> None:
    desk = desk_of(path)
    n = 0
    while True:
        n += 1
        gesture(desk, n)
        said(n)


def fill(path: Path, limit: str) -> None:
    """Fills time until there is no room; then waits for a line, and goes on."""
    import resource

    desk = desk_of(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
    n = 0
    try:
        while True:
            n += 1
            gesture(desk, n)
    except StoreError as error:
        said("error", error.kind, n)
    said("kept", len(desk.history(10_000)))
    sys.stdin.readline()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    gesture(desk, n)
    said("again", len(desk.history(10_000)))


if __name__ == "__main__":
    {"write": write, "fill": fill}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
