"""What tests of calls share: a noon, moves made up at random, and a program on a data file that can be left without a
farewell."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from companion.clock import ManualClock
from companion.core.calls import Call, Event, MoveError, apply
from companion.core.moves import check
from companion.desk import Desk
from companion.playbooks import Playbook
from companion.storage.store import Store

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
"""Twelve o'clock in Berlin, on a Monday."""

SHIPPED = Path(__file__).resolve().parents[1] / "resources" / "playbooks"

TEXTS = st.text(st.characters(codec=None), max_size=12)
"""Any text: also emoji, NUL and lone halves of characters."""

PLAIN = (
    *(
        "rang",
        "started",
        "started",
        "ended",
        "ended",
        "reopened",
        "wrapup_left",
        "wrapup_resumed",
        "finished",
    ),
    *("missed", "discarded", "restored", "resumed", "slept", "passed"),
)
"""Kinds of events that need no data, the common ones twice."""

MOVES = st.one_of(
    st.tuples(
        st.just("phase"), st.sampled_from(["greeting", "open", "closed", "close"]).map(lambda to: {"to": to})
    ),
    st.tuples(st.sampled_from(["hold", "upset", "timer"]), st.booleans().map(lambda on: {"on": on})),
    st.tuples(
        st.just("detour"), st.sampled_from(["", "hold", "transfer", "ready"]).map(lambda to: {"to": to})
    ),
    st.builds(
        lambda kind, ident, on: ("asked", {"kind": kind, "id": ident, "text": "?", "on": on}),
        st.sampled_from(["open", "closed"]),
        st.sampled_from(["", "", "q1", "q2"]),
        st.booleans(),
    ),
    st.builds(lambda i, on: ("step", {"id": i, "on": on}), st.sampled_from("ab"), st.booleans()),
    st.builds(
        lambda name, at, cut, put: ("edit", {"field": name, "at": at, "cut": cut, "put": put}),
        st.sampled_from(["name", "notes", "promise.what", "message.what"]),
        st.integers(0, 9),
        st.integers(0, 9),
        TEXTS,
    ),
    st.tuples(st.just("set"), st.integers(0, 10).map(lambda n: {"field": "stress", "value": n})),
    st.tuples(
        st.sampled_from(PLAIN),
        st.just({}),
    ),
    st.tuples(st.just("ended"), st.floats(0, 500).map(lambda t: {"end_t": t})),
    st.tuples(
        st.sampled_from(["promise", "slip", "called_back"]), st.booleans().map(lambda done: {"done": done})
    ),
)
STEPS = st.floats(0, 4000, allow_nan=False)
"""Seconds between two events."""

STORIES = st.lists(st.tuples(MOVES, STEPS), max_size=40)


def told(story: list[tuple[tuple[str, dict[str, Any]], float]]) -> tuple[list[Event], list[Call]]:
    """The legal ones of these moves as the events of one call, and the call after each of them."""
    call, t, events, calls = Call("a"), 0.0, [], []
    for (kind, data), step in story:
        try:
            check(call, kind, data)
        except MoveError:
            continue
        t = round(t + step, 3)
        events.append(Event(kind, t, "2026-03-02T11:00:00.000Z", "Europe/Berlin", data))
        call = apply(call, events[-1])
        calls.append(call)
    return events, calls


class Program:
    """A desk on a data file. ``crash`` leaves it as a killed process does: nothing is written, nothing is put away."""

    def __init__(self, folder: Path, clock: ManualClock | None = None, region: str = "DE") -> None:
        self.folder, self.clock, self._region = folder, clock or ManualClock(NOON), region
        self.stores: list[Store] = []
        self.desk = self._open()

    def _open(self) -> Desk:
        store = Store.open(self.folder / "companion.db", self.folder / "backups")
        self.stores.append(store)
        return Desk(store, self.clock, Playbook(SHIPPED, None), self._region)

    def crash(self) -> None:
        """The process is gone, and another one opens the same file."""
        self.desk.store.connection.close()
        self.desk = self._open()

    def finished(self, talk: float, reason: str = "") -> str:
        """A whole call of so many seconds of talk, long done."""
        call = self.desk.board.start(reason=reason, another=True)
        self.clock.advance(talk)
        self.desk.board.end()
        self.desk.board.finish()
        return call.id

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """The data file takes nothing."""
        self.desk.store.connection.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            self.desk.store.connection.execute("PRAGMA query_only = OFF")

    def close(self) -> None:
        for store in self.stores:
            store.connection.close()
