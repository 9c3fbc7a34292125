"""The book of the journal: checks, entries and pages as records of the vault; lists are found and sorted in memory.

A record is whole: an entry with its feelings, answers and actions is one, so it is written in one transaction. What was
read is known until ``forget`` is called, which happens when the vault is locked.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from companion.core.stress import Entry, Head, Solved, head_of, is_due, is_solved, new_id, solved_of
from companion.core.stress_documents import from_document, head_document, head_from, to_document
from companion.storage.errors import DamagedVault
from companion.storage.vault import Record, Vault

ENTRY, PAGE, STRAY = "entry", "page", "stray"
"""Kinds of record: a check or an entry; a page of one's own by name; something sealed that is no check."""

_AT_ONCE = 200
"""Entries unsealed at once where all are gone through."""

_STAMP = len("2026-11-21T09:30:00.000Z")
_FINISH, _ASK, _SOLVED = "f", "a", "s"
"""Marks behind the time in a record's order: to be finished, a question open, something solved."""

_ID = 32
"""Characters of an id, which end a place: the order of a record and its id, so where it stands in the list."""


class JournalBook:
    """The records of one open vault. All methods raise StoreError for errors of the world; then nothing is changed.

    A head is read when it is first needed: ten thousand are sorted, and most questions answered, by their order alone.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._places: dict[str, str] | None = None
        self._heads: dict[str, Head] = {}
        self._order: list[str] = []
        self._pages: dict[str, str] = {}
        self._damaged: set[str] = set()

    def forget(self) -> None:
        """Drops all that is known of what the vault holds."""
        self._places = None
        self._heads.clear()
        self._order.clear()
        self._pages.clear()
        self._damaged.clear()

    # -- reading
    def _known(self) -> dict[str, str]:
        """Every entry's place by its id."""
        if self._places is not None:
            return self._places
        places: dict[str, str] = {}
        for ident, kind, order in self._vault.fronts():
            if kind == ENTRY:
                places[ident] = f"{order}\n{ident}"
            elif kind == PAGE:
                self._pages[str(self._vault.head(ident).head.get("name", ""))] = ident
        lost = self._vault.unreadable
        self._damaged = set(lost.ids) if lost else set()
        self._order = sorted(places.values())
        self._places = places
        return places

    def _head(self, ident: str) -> Head | None:
        """A head; None, and noted as damaged, where neither it nor its entry makes sense."""
        known = self._heads.get(ident)
        if known is None:
            try:
                known = head_from(ident, self._vault.head(ident).head)
            except ValueError:
                whole = self._entries([ident])
                if not whole:
                    self._damaged.add(ident)
                    return None
                known = head_of(whole[0])
            self._heads[ident] = known
        return known

    def _marked(self, mark: str) -> Iterator[Head]:
        """The heads with a mark in their order, the latest first."""
        self._known()
        marked = [place for place in self._order if mark in place[_STAMP:-_ID]]
        return self._read(place[-_ID:] for place in reversed(marked))

    def _read(self, ids: Iterable[str]) -> Iterator[Head]:
        return (head for head in map(self._head, ids) if head is not None)

    @property
    def count(self) -> int:
        """How many checks and entries there are."""
        return len(self._known())

    @property
    def damaged(self) -> tuple[str, ...]:
        """Ids of records that were found to be unreadable; never shown as if there were nothing."""
        self._known()
        return tuple(sorted(self._damaged))

    def heads(self, limit: int | None = None, before: Head | None = None) -> list[Head]:
        """Heads, the latest first; with ``before`` only those that come after it in the list."""
        self._known()
        end = bisect_left(self._order, _place(before)) if before else len(self._order)
        start = 0 if limit is None else max(0, end - limit)
        return list(self._read(place[-_ID:] for place in reversed(self._order[start:end])))

    def entry(self, ident: str) -> Entry:
        """One check or entry. Raises KeyError where there is none, DamagedVault where it cannot be read."""
        if ident in self._damaged:
            raise DamagedVault([ident])
        if ident not in self._known():
            raise KeyError("no such entry")
        found = self._entries([ident])
        if not found:
            self._damaged.add(ident)
            raise DamagedVault([ident])
        return found[0]

    def all_entries(self) -> Iterator[Entry]:
        """Every entry that can be read, the earliest first."""
        self._known()
        order = [place[-_ID:] for place in self._order]
        for start in range(0, len(order), _AT_ONCE):
            yield from self._entries(order[start : start + _AT_ONCE])

    def _entries(self, ids: list[str]) -> list[Entry]:
        """Those of them that can be read, in this order."""
        found: list[Entry] = []
        bodies = self._vault.bodies(ids)
        for ident in ids:
            try:
                if ident in bodies:
                    found.append(from_document({**bodies[ident], "id": ident}))
            except ValueError:
                self._damaged.add(ident)
        return found

    def to_finish(self) -> list[Head]:
        """Checks that are to be finished to an entry, the latest first."""
        return list(self._marked(_FINISH))

    def questions_due(self, now: str) -> list[tuple[Entry, str]]:
        """Entries and ids of actions of which it is time to ask whether they helped, the earliest decision first."""
        due = [
            (action.due or action.made_at, head.id, action.id)
            for head in self._marked(_ASK)
            for action in head.actions
            if is_due(action, now)
        ]
        due.sort()
        entries = {entry.id: entry for entry in self._entries(sorted({ident for _, ident, _ in due}))}
        return [(entries[ident], action) for _, ident, action in due if ident in entries]

    def solved(self, event_kind: str, not_id: str = "", limit: int = 10) -> list[Solved]:
        """What was found at this kind of event before, the latest first; nothing where no kind is told."""
        if not event_kind:
            return []
        of_kind = (
            head.id for head in self._marked(_SOLVED) if head.event_kind == event_kind and head.id != not_id
        )
        return [solved_of(entry) for entry in self._entries(list(islice(of_kind, limit)))]

    # -- writing
    def write(self, entry: Entry) -> None:
        """Keeps an entry, a new one or in place of what was kept of it. Raises ValueError for one that is none."""
        known = self._known()
        head = head_of(entry)
        self._vault.write([_record(entry, head)])
        self._take_out(entry.id)
        self._heads[entry.id] = head
        known[entry.id] = _place(head)
        insort(self._order, known[entry.id])

    def remove(self, ident: str) -> None:
        """Takes an entry away, also one that cannot be read."""
        self._known()
        self._vault.write(removes=[ident])
        self._take_out(ident)

    def _take_out(self, ident: str) -> None:
        old = self._known().pop(ident, None)
        self._heads.pop(ident, None)
        self._damaged.discard(ident)
        if old is not None:
            del self._order[bisect_left(self._order, old)]

    def seal(self, entry: Entry) -> None:
        """Keeps a check that only the unlocked journal can read. Needs no key. Raises ValueError as ``write`` does."""
        self._vault.seal(_checked(entry))

    def take_in(self) -> int:
        """Brings in what was sealed while the vault was locked, in one transaction; returns how many checks came.

        Each keeps its own time. What is no check is kept too, but not shown: nothing that was on the disk is lost.
        """
        sealed = self._vault.read_inbox()
        if not sealed:
            return 0
        records: list[Record] = []
        came = 0
        for one in sealed:
            try:
                entry = from_document({**one.document, "id": one.id})
                records.append(_record(entry, head_of(entry)))
                came += 1
            except ValueError:
                records.append(Record(one.id, STRAY, {}, one.document))
        self._vault.write(records, take_inbox=True)
        self.forget()
        return came

    def restore(self) -> int:
        """Brings back from the newest good backups what cannot be read here; returns how many came back."""
        ids = self.damaged
        found = self._vault.from_backup(ids) if ids else []
        if found:
            self._vault.write(found)
            self.forget()
        return len(found)

    # -- pages
    def page(self, name: str) -> dict[str, Any]:
        """A page of one's own by its name; empty where there is none. Raises DamagedVault."""
        self._known()
        if name not in self._pages:
            return {}
        ident = self._pages[name]
        bodies = self._vault.bodies([ident])
        if ident not in bodies:
            raise DamagedVault([ident])
        return dict(bodies[ident])

    def page_names(self) -> list[str]:
        """The names of all pages, sorted."""
        self._known()
        return sorted(self._pages)

    def write_page(self, name: str, content: Mapping[str, Any]) -> None:
        """Keeps a page; an empty one is taken away."""
        self._known()
        ident = self._pages.get(name, "")
        if content:
            ident = ident or new_id()
            self._vault.write([Record(ident, PAGE, {"name": name}, dict(content))])
            self._pages[name] = ident
        elif ident:
            self._vault.write(removes=[ident])
            del self._pages[name]


def _checked(entry: Entry) -> dict[str, Any]:
    """An entry as a document that can be read again. Raises ValueError for one that could not."""
    document = to_document(entry)
    from_document(document)
    return document


def _order_of(head: Head) -> str:
    """What the vault sorts by, with the marks that spare the reading of most heads."""
    ask = any(action.helped is None and not action.asked for action in head.actions)
    marks = ((_FINISH, head.to_finish), (_ASK, ask), (_SOLVED, is_solved(head)))
    return head.at + "".join(mark for mark, holds in marks if holds)


def _place(head: Head) -> str:
    return f"{_order_of(head)}\n{head.id}"


def _record(entry: Entry, head: Head) -> Record:
    return Record(entry.id, ENTRY, head_document(head), _checked(entry), _order_of(head))
