"""What the tests of storage share: an open store, its book of calls, and a teller who makes up calls."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import companion
from companion.clock import stamp
from companion.core.calls import Call, Event, apply
from companion.storage.calls import CallsBook
from companion.storage.store import Store

ZONE = "Europe/Berlin"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Teller:
    """Tells the story of one call, event by event, into a book."""

    def __init__(self, book: CallsBook, call_id: str, begin: datetime = NOON) -> None:
        self.book, self.begin = book, begin
        self.call = Call(call_id)
        self.events: list[Event] = []
        self.numbers: tuple[str | None, str] | None = None

    def say(self, kind: str, t: float, /, **data: Any) -> "Teller":
        event = Event(kind, t, stamp(self.begin + timedelta(seconds=t)), ZONE, data)
        self.call = apply(self.call, event)
        self.events.append(event)
        self.book.add(self.call, event, 1000.0 + t, "boot-1", self.numbers)
        return self

    def type(self, t: float, name: str, text: str) -> "Teller":
        """Replaces a field's whole text."""
        return self.say("edit", t, field=name, at=0, cut=len(self.call.text(name)), put=text)

    def finish(self, talk: float, reason: str = "") -> "Teller":
        """A whole call from start to finish."""
        self.say("started", 0.0)
        if reason:
            self.say("set", 0.0, field="reason", value=reason)
        return self.say("ended", talk).say("finished", talk + 10.0)


@pytest.fixture
def backups(data_dir: Path) -> Path:
    return data_dir / "backups"


@pytest.fixture
def database(data_dir: Path) -> Path:
    return data_dir / "companion.db"


@pytest.fixture
def store(database: Path, backups: Path) -> Iterator[Store]:
    store = Store.open(database, backups)
    yield store
    store.close()


@pytest.fixture
def book(store: Store) -> CallsBook:
    return CallsBook(store)


@pytest.fixture
def tell(book: CallsBook) -> Callable[..., Teller]:
    """Begins a call: ``tell("id", begin=…)``."""
    return lambda call_id, begin=NOON: Teller(book, call_id, begin)


@pytest.fixture
def teller() -> type[Teller]:
    return Teller


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts ``child.py`` with arguments, its standard input and output as text."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        root = str(Path(companion.__file__).parent.parent)
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", str(Path(__file__).with_name("child.py")), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": root},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def names_in() -> Callable[[Path], list[str]]:
    """The names of all files in a folder."""
    return left_in
