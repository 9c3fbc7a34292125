"""The Journal from setting up to deleting, over a real vault; what it tells others is only that something changed."""

import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.clock import ManualClock, stamp
from companion.core.changes import Change
from companion.core.stress import Action, Entry, Feeling, new_action
from companion.journal import Journal, JournalLocked, TooSoon, WrongSecret
from companion.storage import vault_keys
from companion.storage.errors import StoreError
from companion.storage.vault import Cost, Record

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "correct horse battery"
COST = Cost(1, 8 << 20)


class Setting:
    """A folder with a journal in it, a clock that is turned by hand, and what was told."""

    def __init__(self, folder: Path) -> None:
        self.path, self.backups = folder / "journal.vault", folder / "backups"
        self.clock = ManualClock(NOON)
        self.told: list[Change] = []
        self.journals: list[Journal] = []
        self.journal = self.another()

    def another(self) -> Journal:
        """The journal as a program sees it that has just started."""
        made = Journal(self.path, self.backups, self.clock, self.told.append, COST)
        self.journals.append(made)
        return made

    def unlocked(self) -> Journal:
        self.recovery_code = self.begin()
        return self.journal

    def begin(self) -> str:
        new = self.journal.prepare(SECRET)
        self.journal.create(new)
        self.told.clear()
        return new.recovery_code


@pytest.fixture
def here(data_dir: Path) -> Iterator[Setting]:
    setting = Setting(data_dir)
    yield setting
    for journal in setting.journals:
        journal.close()


def kept(here: Setting) -> list[Entry]:
    """What a program finds that has just started."""
    here.journal.lock()
    again = here.another()
    again.open(again.attempt(SECRET))
    entries = list(again.all_entries())
    again.close()
    return entries


def test_a_journal_is_set_up_and_is_open_then(here: Setting) -> None:
    assert here.journal.state == "none"
    assert not here.path.exists()
    new = here.journal.prepare(SECRET)
    assert here.journal.state == "none"
    here.journal.create(new)
    assert here.journal.state == "open"
    assert here.told == [Change.JOURNAL]
    assert here.journal.heads() == []
    assert not here.journal.uses_keyring


def test_an_empty_passphrase_is_none(here: Setting) -> None:
    with pytest.raises(ValueError):
        here.journal.prepare("")


def test_what_takes_long_runs_on_another_thread(here: Setting) -> None:
    found: list[Any] = []

    def run(work: Any) -> Any:
        thread = threading.Thread(target=lambda: found.append(work()))
        thread.start()
        thread.join()
        return found.pop()

    here.journal.create(run(lambda: here.journal.prepare(SECRET)))
    here.journal.lock()
    here.journal.open(run(lambda: here.journal.attempt(SECRET)))
    here.journal.change_passphrase(run(lambda: here.journal.rewrap("another one")))
    assert here.journal.state == "open"


def test_locked_nothing_can_be_read_or_written(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x"))
    journal.lock()
    assert journal.state == "locked"
    assert here.told == [Change.JOURNAL] * 2
    verbs: list[Any] = [
        lambda: journal.count,
        journal.heads,
        lambda: journal.entry(entry.id),
        lambda: journal.write(entry),
        lambda: journal.remove(entry.id),
        journal.to_finish,
        journal.questions_due,
        lambda: journal.solved_before("event.shouted"),
        lambda: journal.page("strategy"),
        journal.page_names,
        lambda: journal.write_page("strategy", {"a": 1}),
        lambda: list(journal.all_entries()),
        lambda: journal.answer(entry.id, "a", 5),
        lambda: journal.damaged,
        journal.restore_damaged,
        lambda: journal.rewrap("x"),
        journal.new_recovery_code,
    ]
    for verb in verbs:
        with pytest.raises(JournalLocked):
            verb()
    journal.lock()
    assert here.told == [Change.JOURNAL] * 2


def test_an_iterator_from_before_the_lock_gives_nothing_more(here: Setting) -> None:
    journal = here.unlocked()
    journal.write(journal.new_entry()._replace(event="x"))
    entries = journal.all_entries()
    journal.lock()
    with pytest.raises(StoreError):
        next(entries)


# -- secrets


def test_the_passphrase_and_the_code_open_it_and_nothing_else_does(here: Setting) -> None:
    journal = here.unlocked()
    journal.lock()
    for wrong in ("", SECRET.upper(), here.recovery_code):
        with pytest.raises(WrongSecret):
            here.another().attempt(wrong)
    for secret, recovery in ((SECRET, False), (here.recovery_code, True), (here.recovery_code.lower(), True)):
        journal.open(journal.attempt(secret, recovery))
        assert journal.state == "open"
        journal.lock()


def test_the_pause_grows_with_each_wrong_try(here: Setting) -> None:
    journal = here.unlocked()
    journal.lock()
    waits: list[float] = []
    for _ in range(8):
        with pytest.raises(WrongSecret) as caught:
            journal.attempt("wrong")
        assert type(caught.value) is WrongSecret
        waits.append(caught.value.wait_s)
        assert journal.pause_s == waits[-1]
        here.clock.advance(journal.pause_s)
    assert waits == [0, 0, 2, 4, 8, 16, 30, 30]
    journal.open(journal.attempt(SECRET))
    assert journal.pause_s == 0
    journal.lock()
    with pytest.raises(WrongSecret) as caught:
        journal.attempt("wrong")
    assert caught.value.wait_s == 0


def test_a_try_within_the_pause_is_not_looked_at(here: Setting) -> None:
    journal = here.unlocked()
    journal.lock()
    for _ in range(3):
        with pytest.raises(WrongSecret):
            journal.attempt("wrong")
    here.clock.set_wall(NOON + timedelta(days=400))  # the wall's clock does not count
    for secret in ("wrong", SECRET):
        with pytest.raises(TooSoon) as caught:
            journal.attempt(secret)
        assert caught.value.wait_s == 2
    here.clock.advance(1.5)
    assert journal.pause_s == 0.5
    here.clock.sleep(0.5)
    assert journal.open(journal.attempt(SECRET)) == 0


def test_wrong_tries_do_no_harm(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x"))
    journal.lock()
    before = here.path.read_bytes()
    for _ in range(9):
        with pytest.raises(WrongSecret):
            journal.attempt("wrong")
        here.clock.advance(30)
    assert here.path.read_bytes() == before
    assert kept(here) == [entry]


def test_the_passphrase_of_a_journal_that_is_not_made_yet_can_be_proved(here: Setting) -> None:
    journal, new = here.journal, here.journal.prepare(SECRET)
    journal.prove(new, SECRET)
    for wait in (0.0, 0.0, 2.0):
        with pytest.raises(WrongSecret) as wrong:
            journal.prove(new, "another")
        assert wrong.value.wait_s == wait
    with pytest.raises(TooSoon):
        journal.prove(new, SECRET)
    here.clock.advance(2)
    journal.prove(new, SECRET)
    assert journal.state == "none" and not here.path.exists() and here.told == []


def test_a_mistyped_code_is_told_and_counts_as_no_try(here: Setting) -> None:
    journal = here.unlocked()
    journal.lock()
    last = here.recovery_code[-1]
    mistyped = here.recovery_code[:-1] + ("A" if last != "A" else "B")
    for _ in range(4):
        with pytest.raises(WrongSecret) as caught:
            journal.attempt(mistyped, recovery=True)
        assert caught.value.mistyped
        assert caught.value.wait_s == 0


def test_no_secret_is_told(here: Setting) -> None:
    journal = here.unlocked()
    key = journal.attempt(SECRET)
    journal.lock()
    with pytest.raises(WrongSecret) as caught:
        journal.attempt("my other passphrase")
    assert "passphrase" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "master" not in repr(key)


def test_another_passphrase_takes_the_place_of_the_old_one(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x"))
    new = journal.rewrap("another one")
    journal.lock()
    journal.open(journal.attempt(SECRET))  # not in force yet
    journal.change_passphrase(new)
    assert journal.heads()[0].id == entry.id
    journal.lock()
    with pytest.raises(WrongSecret):
        journal.attempt(SECRET)
    journal.open(journal.attempt("another one"))
    assert journal.entry(entry.id) == entry
    journal.lock()
    journal.open(journal.attempt(here.recovery_code, recovery=True))


def test_another_recovery_code_takes_the_place_of_the_old_one(here: Setting) -> None:
    journal = here.unlocked()
    code = journal.new_recovery_code()
    journal.lock()
    with pytest.raises(WrongSecret):
        journal.attempt(here.recovery_code, recovery=True)
    journal.open(journal.attempt(code, recovery=True))
    journal.lock()
    journal.open(journal.attempt(SECRET))


# -- the keyring


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have their keyring always")
def test_where_there_is_no_keyring_nothing_is_made(here: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    journal = here.journal
    assert not journal.can_use_keyring()
    with pytest.raises(StoreError):
        journal.prepare(None)
    assert journal.state == "none"
    journal = here.unlocked()
    with pytest.raises(StoreError):
        journal.rewrap(None)
    journal.lock()
    journal.open(journal.attempt(SECRET))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have their keyring always")
def test_a_keyring_that_is_gone_leaves_the_recovery_code(
    here: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    new = vault_keys.prepare(None, bytes(range(32)))
    journal = here.journal
    journal.create(new)
    assert journal.uses_keyring
    with pytest.raises(ValueError):
        journal.rewrap(None)
    journal.lock()
    for _ in range(4):
        with pytest.raises(StoreError):
            journal.attempt_keyring()
    assert journal.pause_s == 0
    journal.open(journal.attempt(new.recovery_code, recovery=True))
    journal.change_passphrase(journal.rewrap(SECRET))
    assert not journal.uses_keyring
    journal.lock()
    journal.open(journal.attempt(SECRET))


# -- content


def test_an_entry_keeps_its_time_and_tells_when_it_was_changed(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x"))
    assert (entry.at, entry.zone, entry.made_at) == (stamp(NOON), "Europe/Berlin", stamp(NOON))
    here.clock.advance(3600)
    changed = journal.write(entry._replace(event="y"))
    assert changed == entry._replace(event="y", changed_at=stamp(NOON + timedelta(hours=1)))
    back = journal.write(changed._replace(at="2026-02-01T08:00:00.000Z"))
    assert back.at == "2026-02-01T08:00:00.000Z"
    assert kept(here) == [back]


def test_what_is_so_already_is_not_written_again(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x"))
    here.told.clear()
    here.clock.advance(60)
    assert journal.write(entry) == entry
    assert journal.write(entry._replace(changed_at="")) == entry
    assert here.told == []
    assert journal.write(entry._replace(before=0)).before == 0
    assert here.told == [Change.JOURNAL]


def test_several_a_day(here: Setting) -> None:
    journal = here.unlocked()
    for n in range(3):
        journal.write(journal.new_entry()._replace(event=str(n)))
    assert journal.count == 3


def test_what_was_removed_can_be_brought_back(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x", before=0))
    assert journal.remove(entry.id) == entry
    assert journal.count == 0
    with pytest.raises(KeyError):
        journal.remove(entry.id)
    back = journal.write(entry)
    assert back == entry
    assert kept(here) == [entry]


def test_a_refused_write_loses_nothing(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x"))
    here.told.clear()
    file = journal._vault._file
    assert file is not None
    file.connection.execute("PRAGMA query_only = ON")
    for verb in (
        lambda: journal.write(entry._replace(event="y")),
        lambda: journal.write(journal.new_entry()._replace(event="z")),
        lambda: journal.remove(entry.id),
        lambda: journal.add_check(5),
        lambda: journal.write_page("place", {"entry": "x"}),
    ):
        with pytest.raises(StoreError):
            verb()
    assert here.told == []
    assert journal.entry(entry.id) == entry
    assert [head.id for head in journal.heads()] == [entry.id]
    assert journal.page("place") == {}
    file.connection.execute("PRAGMA query_only = OFF")
    assert journal.write(entry._replace(event="y")).event == "y"


def test_a_check_is_kept_when_open(here: Setting) -> None:
    journal = here.unlocked()
    told = journal.add_check(0, (Feeling("anger", 3),), "a line", "call-1", "billing", to_finish=True)
    assert told == "kept"
    (head,) = journal.heads()
    entry = journal.entry(head.id)
    assert (entry.kind, entry.before, entry.line, entry.at) == ("check", 0, "a line", stamp(NOON))
    assert (entry.call_id, entry.reason, entry.to_finish) == ("call-1", "billing", True)
    assert journal.to_finish() == [head]


def test_a_check_made_while_locked_comes_in_with_its_own_time(here: Setting) -> None:
    journal = here.unlocked()
    journal.lock()
    here.told.clear()
    assert journal.add_check(7, line="sealed words") == "sealed"
    assert journal.sealed_count == 1
    assert here.told == [Change.JOURNAL]
    here.clock.advance(3600)
    assert here.another().add_check(2) == "sealed"  # another program, such as a command
    assert b"sealed words" not in here.path.read_bytes()
    here.clock.advance(3600)
    assert journal.open(journal.attempt(SECRET)) == 2
    assert [(head.at, head.before) for head in journal.heads()] == [
        (stamp(NOON + timedelta(hours=1)), 2),
        (stamp(NOON), 7),
    ]
    assert journal.sealed_count == 0
    journal.lock()
    assert journal.open(journal.attempt(SECRET)) == 0
    assert journal.count == 2


def test_a_check_without_a_journal_or_without_sense_is_refused(here: Setting) -> None:
    with pytest.raises(JournalLocked):
        here.journal.add_check(5)
    journal = here.unlocked()
    for lock in (False, True):
        if lock:
            journal.lock()
        with pytest.raises(ValueError):
            journal.add_check(11)
    assert not kept(here)


def test_it_is_asked_once_whether_it_helped(here: Setting) -> None:
    journal = here.unlocked()
    actions = tuple(new_action(kind, stamp(NOON)) for kind in ("breathe", "break"))
    entry = journal.write(journal.new_entry()._replace(event_kind="event.queue", actions=actions))
    assert journal.questions_due() == []
    here.clock.advance(2 * 3600)
    assert [action.id for _, action in journal.questions_due()] == sorted(action.id for action in actions)
    assert journal.questions_due(NOON) == []
    answered = journal.answer(entry.id, actions[0].id, 0)
    assert answered.actions[0] == actions[0]._replace(helped=0, asked=True)
    assert journal.questions_due() == [(answered, actions[1])]
    waved = journal.answer(entry.id, actions[1].id, None)
    assert waved.actions[1] == actions[1]._replace(asked=True)
    assert journal.questions_due() == []
    assert journal.solved_before("event.queue") == []
    journal.answer(entry.id, actions[0].id, 4)
    assert [one.helped[0].helped for one in journal.solved_before("event.queue")] == [4]
    assert journal.solved_before("event.queue", entry.id) == []


def test_pages_are_told_when_they_change(here: Setting) -> None:
    journal = here.unlocked()
    journal.write_page("habits:2026-W10", {"habit.laugh": 1})
    journal.write_page("habits:2026-W10", {"habit.laugh": 1})
    assert here.told == [Change.JOURNAL]
    assert journal.page("habits:2026-W10") == {"habit.laugh": 1}
    assert journal.page_names() == ["habits:2026-W10"]
    journal.write_page("habits:2026-W10", {})
    assert journal.page("habits:2026-W10") == {}


# -- the file


def test_everything_is_deleted_locked_or_not(here: Setting) -> None:
    for lock in (True, False):
        journal = here.unlocked()
        journal.write(journal.new_entry()._replace(event="x"))
        copy = journal.daily()
        assert copy is not None
        assert journal.backups() == [copy]
        if lock:
            journal.lock()
        journal.delete_everything()
        assert journal.state == "none"
        assert not here.path.exists()
        assert here.told[-1] == Change.JOURNAL
        assert journal.backups() == [copy]
        journal.delete_backups()
        assert journal.backups() == []
        assert not copy.exists()


def test_a_file_of_another_kind_is_broken_and_stays_as_it_is(here: Setting) -> None:
    here.path.write_bytes(b"Dear diary, this is no vault." * 300)
    before = here.path.read_bytes()
    journal = here.another()
    assert journal.state == "broken"
    assert str(here.path) in journal.why_broken
    assert not journal.uses_keyring
    with pytest.raises(StoreError):
        journal.attempt(SECRET)
    assert here.path.read_bytes() == before
    with pytest.raises(StoreError):
        journal.delete_everything()
    assert here.path.read_bytes() == before
    here.path.unlink()
    assert (journal.state, journal.why_broken) == ("none", "")


def test_records_that_cannot_be_read_come_back_from_a_backup(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x"))
    assert journal.daily() is not None
    assert (journal.damaged, journal.restore_damaged()) == ((), 0)
    journal._vault.write([Record(entry.id, "entry", {}, {}, entry.at)])
    journal.lock()
    journal.open(journal.attempt(SECRET))
    assert journal.heads() == []
    assert journal.damaged == (entry.id,)
    with pytest.raises(StoreError):
        journal.entry(entry.id)
    assert journal.restore_damaged() == 1
    assert journal.entry(entry.id) == entry
    assert journal.damaged == ()


def test_a_rescued_file_is_locked_and_whole(here: Setting) -> None:
    journal = here.unlocked()
    entry = journal.write(journal.new_entry()._replace(event="x", actions=(Action("a", text="y"),)))
    journal.rescue()
    assert journal.state == "locked"
    assert kept(here) == [entry]


def test_after_the_end_nothing_is_open(here: Setting) -> None:
    journal = here.unlocked()
    journal.close()
    assert journal.state == "locked"
    assert not here.path.with_name("journal.vault-wal").exists()


@pytest.mark.slow
def test_ten_thousand_entries_are_all_there(here: Setting) -> None:
    journal = here.unlocked()
    for n in range(10_000):
        journal.write(journal.new_entry()._replace(event=f"event {n}", before=n % 11))
        here.clock.advance(60)
    journal.lock()
    journal.open(journal.attempt(SECRET))
    assert journal.count == 10_000
    assert [head.excerpt for head in journal.heads(3)] == ["event 9999", "event 9998", "event 9997"]
    assert sum(1 for _ in journal.all_entries()) == 10_000
