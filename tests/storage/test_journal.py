"""The book of the journal over a real vault: what was written is there, in order, and nothing is shown that is not."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from companion.clock import stamp
from companion.core.stress import Action, Entry, Feeling, Head, head_of, moment, new_check, new_entry, new_id
from companion.storage.errors import DamagedVault
from companion.storage.journal import ENTRY, STRAY, JournalBook
from companion.storage.vault import Cost, Key, Record, Vault

COST = Cost(1, 8 << 20)
ZONE = "Europe/Berlin"
START = "2026-03-02T09:00:00.000Z"


def at(hours: float) -> str:
    return stamp(moment(START) + timedelta(hours=hours))


@pytest.fixture
def key(vault: Vault) -> Key:
    new = vault.prepare("correct horse")
    vault.create(new)
    vault.open(new.key)
    return new.key


@pytest.fixture
def vault(data_dir: Path, backups: Path) -> Iterator[Vault]:
    vault = Vault(data_dir / "journal.vault", backups, COST)
    yield vault
    vault.close()


@pytest.fixture
def book(vault: Vault, key: Key) -> JournalBook:
    return JournalBook(vault)


def full(hours: float = 0.0) -> Entry:
    return new_entry(at(hours), ZONE)._replace(
        before=8,
        after=0,
        feelings=(Feeling("anger", 7), Feeling("own words \ud83d\0", None)),
        event="He shouted.",
        event_kind="event.shouted",
        source="source.customers",
        belief="He has no right to.",
        belief_kind="belief.rights",
        did="I stayed calm.",
        answers={"logical": "yes", "personal": "no"},
        balanced="It was the parcel, not me.",
        accurate=True,
        actions=(Action(new_id(), "talk", "with Jo", at(5), at(hours), 6, True),),
    )


def reread(vault: Vault, key: Key) -> JournalBook:
    vault.lock()
    vault.open(key)
    return JournalBook(vault)


def test_an_entry_and_all_its_parts_come_back(vault: Vault, key: Key, book: JournalBook) -> None:
    entry = full()
    book.write(entry)
    for there in (book, reread(vault, key)):
        assert there.entry(entry.id) == entry
        assert there.heads() == [head_of(entry)]
        assert there.count == 1


def test_an_entry_is_one_record(vault: Vault, book: JournalBook) -> None:
    """So it is in one transaction with its parts: the vault writes a record whole or not."""
    book.write(full())
    assert len(vault.heads()) == 1


def test_heads_are_sorted_by_when_it_happened(vault: Vault, key: Key, book: JournalBook) -> None:
    entries = {hours: new_check(at(hours), ZONE, before=3) for hours in (5, 1, 3, 2, 4)}
    for entry in entries.values():
        book.write(entry)
    back_dated = entries[5]._replace(at=at(0.5))
    book.write(back_dated)
    for there in (book, reread(vault, key)):
        assert [head.at for head in there.heads()] == [at(4), at(3), at(2), at(1), at(0.5)]
        assert there.count == 5


def test_the_list_is_read_piece_by_piece(book: JournalBook) -> None:
    for n in range(10):
        book.write(new_check(at(n // 3), ZONE, before=n, to_finish=n % 2 == 0))
    whole = book.heads()
    last: Head | None = None
    pieces: list[Head] = []
    while piece := book.heads(3, last):
        pieces += piece
        last = piece[-1]
    assert pieces == whole
    assert sorted(head.before or 0 for head in whole) == list(range(10))
    assert [head.at for head in whole] == sorted((head.at for head in whole), reverse=True)


def test_what_was_taken_away_is_gone_until_it_is_written_again(
    vault: Vault, key: Key, book: JournalBook
) -> None:
    entry, other = full(), full(1)
    for one in (entry, other):
        book.write(one)
    book.remove(entry.id)
    for there in (book, reread(vault, key)):
        assert [head.id for head in there.heads()] == [other.id]
        with pytest.raises(KeyError):
            there.entry(entry.id)
        assert there.questions_due(at(99)) == there.to_finish() == []
    book = reread(vault, key)
    book.write(entry)
    assert book.entry(entry.id) == entry


def test_what_is_no_entry_is_never_written(vault: Vault, book: JournalBook) -> None:
    with pytest.raises(ValueError):
        book.write(full()._replace(before=11))
    with pytest.raises(ValueError):
        book.seal(full()._replace(at="today"))
    assert vault.heads() == []
    assert vault.inbox_count == 0
    assert book.heads() == []


# -- what is asked of it


def test_checks_to_finish(vault: Vault, key: Key, book: JournalBook) -> None:
    wanted = [new_check(at(n), ZONE, before=n, to_finish=True) for n in range(3)]
    for entry in [*wanted, new_check(at(1), ZONE, before=9)]:
        book.write(entry)
    book.write(wanted[1]._replace(to_finish=False))
    for there in (book, reread(vault, key)):
        assert [head.id for head in there.to_finish()] == [wanted[2].id, wanted[0].id]


def test_questions_that_are_due(vault: Vault, key: Key, book: JournalBook) -> None:
    planned = full()._replace(
        actions=(Action("later", "talk", "", at(10), at(0)), Action("soon", made_at=at(0)))
    )
    early = full()._replace(
        actions=(Action("first", made_at=at(-1)), Action("asked", made_at=at(-1), asked=True))
    )
    for entry in (planned, early):
        book.write(entry)
    for there in (book, reread(vault, key)):
        assert there.questions_due(at(0.5)) == []
        assert there.questions_due(at(1.5)) == [(early, "first")]
        assert there.questions_due(at(3)) == [(early, "first"), (planned, "soon")]
        assert there.questions_due(at(10)) == [(early, "first"), (planned, "soon"), (planned, "later")]


def test_what_was_solved_at_the_same_kind_of_event(vault: Vault, key: Key, book: JournalBook) -> None:
    old, new = full(0), full(48)._replace(balanced="", actions=(Action("b", "breathe", helped=2),))
    nothing_helped = full(1)._replace(balanced=" ", actions=(Action("c", helped=0), Action("d")))
    other_kind, no_kind = full(2)._replace(event_kind="event.queue"), full(3)._replace(event_kind="")
    for entry in (new, old, nothing_helped, other_kind, no_kind):
        book.write(entry)
    for there in (book, reread(vault, key)):
        found = there.solved("event.shouted")
        assert [one.entry_id for one in found] == [new.id, old.id]
        assert [action.helped for action in found[0].helped] == [2]
        assert (found[1].balanced, found[1].at, found[1].zone) == (old.balanced, old.at, ZONE)
        assert [one.entry_id for one in there.solved("event.shouted", not_id=new.id)] == [old.id]
        assert [one.entry_id for one in there.solved("event.shouted", limit=1)] == [new.id]
        assert there.solved("") == []


def test_all_entries_come_the_earliest_first(book: JournalBook) -> None:
    entries = [full(n) for n in range(3)]
    for entry in reversed(entries):
        book.write(entry)
    assert list(book.all_entries()) == entries


# -- what was sealed


def test_a_sealed_check_comes_in_with_its_own_time_once(vault: Vault, key: Key, book: JournalBook) -> None:
    vault.lock()
    book.forget()
    check = new_check(at(0), ZONE, before=0, feelings=(Feeling("anger", 0),), line="x", to_finish=True)
    book.seal(check)
    book.seal(check)
    vault.open(key)
    assert book.take_in() == 2
    assert book.take_in() == 0
    assert vault.inbox_count == 0
    there = reread(vault, key)
    assert [there.entry(head.id)._replace(id=check.id) for head in there.heads()] == [check, check]


def test_what_is_no_check_is_kept_but_not_shown(vault: Vault, key: Key, book: JournalBook) -> None:
    ident = vault.seal({"from": "a newer program"})
    book.seal(new_check(at(0), ZONE, before=1))
    assert book.take_in() == 1
    assert book.count == 1
    assert vault.inbox_count == 0
    assert [record.kind for record in vault.heads() if record.id == ident] == [STRAY]
    assert vault.bodies([ident]) == {ident: {"from": "a newer program"}}


# -- damage


def test_a_head_that_makes_no_sense_is_made_again_of_its_entry(
    vault: Vault, key: Key, book: JournalBook
) -> None:
    entry = full()
    book.write(entry)
    body = vault.bodies([entry.id])[entry.id]
    vault.write([Record(entry.id, ENTRY, {"kind": "diary"}, body, entry.at)])
    there = reread(vault, key)
    assert there.heads() == [head_of(entry)]
    assert there.entry(entry.id) == entry
    assert there.damaged == ()


def test_an_entry_that_makes_no_sense_is_told_and_never_shown_as_nothing(
    vault: Vault, key: Key, book: JournalBook
) -> None:
    whole, broken = full(), full(1)
    for entry in (whole, broken):
        book.write(entry)
    vault.write([Record(broken.id, ENTRY, {"kind": "diary"}, {"id": "?"}, broken.at)])
    there = reread(vault, key)
    assert there.heads() == [head_of(whole)]
    assert there.damaged == (broken.id,)
    assert list(there.all_entries()) == [whole]
    for _ in range(2):
        with pytest.raises(DamagedVault) as caught:
            there.entry(broken.id)
    assert caught.value.ids == (broken.id,)
    there.remove(broken.id)
    assert there.damaged == ()
    with pytest.raises(KeyError):
        there.entry(broken.id)


# -- pages


def test_pages_are_kept_by_name(vault: Vault, key: Key, book: JournalBook) -> None:
    assert book.page("strategy") == {}
    book.write_page("strategy", {"a": "one \0"})
    book.write_page("strategy", {"a": "two", "n": [0, None]})
    book.write_page("habits:2026-W10", {"habit.laugh": 2})
    for there in (book, reread(vault, key)):
        assert there.page("strategy") == {"a": "two", "n": [0, None]}
        assert there.page_names() == ["habits:2026-W10", "strategy"]
        assert there.heads() == []
        assert there.count == 0
    assert len(vault.heads()) == 2
    there.write_page("strategy", {})
    there.write_page("unheard of", {})
    assert reread(vault, key).page_names() == ["habits:2026-W10"]


def test_what_is_forgotten_is_read_again(vault: Vault, key: Key, book: JournalBook) -> None:
    book.write(full())
    book.write_page("place", {"entry": "x"})
    before = (book.heads(), book.page("place"))
    book.forget()
    assert (book.heads(), book.page("place")) == before
