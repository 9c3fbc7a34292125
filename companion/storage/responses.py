"""Own responses (abc.prevent): sentences of the user's own for upset callers, kept where a call can show them.

They stand in the work data on purpose: the journal is locked during a call.
"""

from __future__ import annotations

from typing import NamedTuple

from companion.core.changes import Change
from companion.core.stress import new_id
from companion.storage.errors import making_sense
from companion.storage.store import Store
from companion.storage.texts import pack, unpack


class Response(NamedTuple):
    """A sentence and its place in the list, from 0."""

    id: str
    position: int
    text: str
    made_at: str


class ResponsesBook:
    """The own responses of one store. All methods raise StoreError for errors of the world."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Response]:
        """The sentences in their order."""
        rows = self._store.read(
            "SELECT id, position, text, made_at FROM responses ORDER BY position, made_at, id"
        )
        with making_sense(self._store.path):
            return [Response(ident, n, _text(text), made) for n, (ident, _, text, made) in enumerate(rows)]

    def add(self, text: str, made_at: str) -> Response:
        """Keeps a sentence at the end of the list; one that is there already is not kept twice. Raises ValueError
        where there is no word in it."""
        wanted = text.strip()
        if not wanted:
            raise ValueError("a sentence without a word")
        known = self.all()
        same = next((one for one in known if one.text == wanted), None)
        if same is not None:
            return same
        made = Response(new_id(), len(known), wanted, made_at)
        self._keep([*known, made])
        return made

    def edit(self, ident: str, text: str) -> None:
        """Gives a sentence other words; one without a word is left as it is."""
        wanted = text.strip()
        if wanted:
            self._keep([one._replace(text=wanted) if one.id == ident else one for one in self.all()])

    def move(self, ident: str, position: int) -> None:
        """Puts a sentence at another place; a place that is not there is the nearest that is."""
        known = self.all()
        moved = [one for one in known if one.id == ident]
        rest = [one for one in known if one.id != ident]
        at = max(0, min(position, len(rest)))
        self._keep([*rest[:at], *moved, *rest[at:]])

    def remove(self, ident: str) -> Response | None:
        """Takes a sentence away and returns it; ``put`` brings it back to its place."""
        known = self.all()
        found = next((one for one in known if one.id == ident), None)
        if found is not None:
            self._keep([one for one in known if one is not found])
        return found

    def put(self, response: Response) -> None:
        """Brings back a sentence that had been taken away."""
        rest = [one for one in self.all() if one.id != response.id]
        at = max(0, min(response.position, len(rest)))
        self._keep([*rest[:at], response, *rest[at:]])

    def _keep(self, wanted: list[Response]) -> None:
        """The whole list anew: it is short, and its places are then without gaps."""
        if [(one.id, one.text) for one in wanted] == [(one.id, one.text) for one in self.all()]:
            return
        with self._store.write(Change.RESPONSES):
            run = self._store.connection.execute
            run("DELETE FROM responses")
            for n, one in enumerate(wanted):
                run(
                    "INSERT INTO responses (id, position, text, made_at) VALUES (?, ?, ?, ?)",
                    (one.id, n, pack(one.text), one.made_at),
                )


def _text(packed: str) -> str:
    text = unpack(packed)
    if not isinstance(text, str):
        raise ValueError
    return text
