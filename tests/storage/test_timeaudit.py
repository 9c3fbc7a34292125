"""The time audit on disk: spans never overlap, sums agree with the core, gestures are whole or not at all."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import companion
from companion.core.days import Day
from companion.core.spans import PROPOSED, STATES, Change, Span
from companion.core.totals import sums
from companion.storage.store import DamagedFile, Store
from companion.storage.timeaudit import TimeBook
from companion.storage.timerows import Side, packed, unpacked
from tests.storage import time_child


@pytest.fixture
def time(store: Store) -> TimeBook:
    return TimeBook(store)


def put(store: Store, *spans: Span) -> None:
    with store.write():
        TimeBook(store).replace(Change((), spans))


def at_random(seed: int, count: int = 200) -> list[Span]:
    luck = random.Random(seed)
    found, at = [], 300 * luck.randrange(1000)
    for _ in range(count):
        at += 300 * luck.choice([0, 0, 1, 5])
        end = at + 300 * luck.randrange(1, 30)
        found.append(Span(at, end, luck.choice(["a", "a/b", "c", "ü / x"]), luck.choice(STATES)))
        at = end
    return found


def test_spans_are_counted_by_category(store: Store, time: TimeBook) -> None:
    put(store, *(Span(300 * i, 300 * i + 300, name) for i, name in enumerate(["a", "a/b", "c", "a", "a/b"])))
    assert [time.count(names) for names in (["a"], ["a", "a/b"], ["c", "none"], [])] == [2, 4, 1, 0]


@pytest.mark.parametrize("seed", range(5))
def test_sums_agree_with_the_core(store: Store, time: TimeBook, seed: int) -> None:
    spans = at_random(seed)
    put(store, *spans)
    luck = random.Random(seed)
    edges = [0, spans[0].start, spans[-1].end, 1 << 35, *(luck.randrange(spans[-1].end) for _ in range(20))]
    for start in edges:
        for end in edges:
            if start > end:
                continue
            expected = {
                (category, state): seconds
                for state in STATES
                for category, seconds in sums([s for s in spans if s.state == state], start, end).items()
                if seconds
            }
            assert time.sums(start, end) == expected


@pytest.mark.parametrize("seed", range(3))
def test_reading_a_stretch_gives_all_that_touches_it(store: Store, time: TimeBook, seed: int) -> None:
    spans = at_random(seed)
    put(store, *spans)
    luck = random.Random(seed)
    for _ in range(200):
        start = 300 * luck.randrange(spans[-1].end // 300)
        end = start + 300 * luck.randrange(50)
        assert time.spans(start, end) == [s for s in spans if s.start <= end and s.end >= start]
        held = [s for s in spans if s.start < end and s.end > start and s.state != PROPOSED]
        assert time.pieces(start, end) == [s[:3] for s in held]
        before = [s for s in spans if s.start < start and s.state != PROPOSED]
        assert time.last_before(start) == (before[-1] if before else None)
    assert time.extent() == (spans[0].start, spans[-1].end)


def test_an_empty_file(time: TimeBook) -> None:
    assert (time.days(), time.spans(0, 1 << 40), time.pieces(0, 1 << 40), time.sums(0, 1 << 40)) == (
        [],
        [],
        [],
        {},
    )
    assert (time.extent(), time.last_before(5), time.to_undo(), time.to_redo(), time.entries(9)) == (
        None, None, None, None, [],
    )  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [(300, 600), (0, 600), (300, 900), (0, 900), (0, 1200), (600, 900), (299, 600), (600, 600), (900, 1000)],
)
def test_the_file_itself_refuses_overlaps_and_odd_times(store: Store, other: tuple[int, int]) -> None:
    put(store, Span(300, 900, "a"))
    with pytest.raises(sqlite3.IntegrityError):
        put(store, Span(*other, "b"))
    assert store.read('SELECT start, "end" FROM spans') == [(300, 900)]


def test_a_span_is_replaced_never_changed(store: Store) -> None:
    put(store, Span(300, 900, "a"), Span(900, 1200, "b"))
    with pytest.raises(sqlite3.IntegrityError), store.write():
        store.connection.execute('UPDATE spans SET "end" = 1200 WHERE start = 300')


def test_kept_days_stay_as_they_were(store: Store, time: TimeBook) -> None:
    first = Day("2026-03-29", "Europe/Berlin", 1774738800, 1774821600)
    with store.write():
        time.keep_days([first], 0)
    with store.write():
        time.keep_days([first._replace(zone="UTC"), Day("2026-03-30", "UTC", 1774821600, 1774915200)], 60)
    assert time.days() == [first, Day("2026-03-30", "UTC", 1774821600, 1774915200)]


def test_the_undo_list(store: Store, time: TimeBook) -> None:
    words = [f"{n}:00 \0 <b>\ud83d" for n in range(4)]
    with store.write():
        for n, text in enumerate(words):
            time.log(text, {"spans": Side((), ((300 * n, 300 * n + 300, "a", "filled", "hand"),))}, n)
        time.set_undone(4, True)
        time.set_undone(3, True)
    undo, redo = time.to_undo(), time.to_redo()
    assert undo and redo and (undo.n, redo.n, undo.words, redo.at) == (2, 3, words[1], 2)
    assert [(one.n, one.undone) for one in time.entries(3)] == [(4, True), (3, True), (2, False)]
    assert [one.n for one in time.entries(3, before=3)] == [2, 1]
    with store.write():
        assert time.log("new", {}, 9) == 3
    assert time.to_redo() is None and [one.words for one in time.entries(2)] == ["new", words[1]]


def test_a_document_comes_back() -> None:
    document = {
        "spans": Side(((0, 300, "ü\ud83d", "filled", "hand"),), ()),
        "audits": Side((), (("x", "y", 3),)),
    }
    assert unpacked(packed(document)) == document


@pytest.mark.parametrize(
    "text",
    [
        "[]", "{}x", '{"calls":[[],[]]}', '{"spans":[[[0,300,"a","filled"]],[]]}', '{"spans":[[]]}',
        '{"spans":[[[300,300,"a","filled","hand"]],[]]}', '{"spans":[[["0",300,"a","filled","hand"]],[]]}',
        '{"spans":[[[0,600,"a","filled","hand"],[300,900,"a","filled","hand"]],[]]}',
    ],
)  # fmt: skip
def test_a_damaged_document_is_told(store: Store, time: TimeBook, text: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        unpacked(text)
    if not text.endswith("x"):
        with store.write():
            run = store.connection.execute
            run("INSERT INTO time_undo (n, words, change, at, undone) VALUES (1, '\"a\"', ?, 0, 0)", (text,))
        with pytest.raises(DamagedFile):
            time.document(1)


DAMAGE = {
    "days": "INSERT INTO time_days VALUES (0, 86400, 'yesterday', 'UTC', 0)",
    "categories": "INSERT INTO categories VALUES ('a', 'A', '', 'a', 0, 0, 0, '[1]', 0, '', '[]')",
    "goals": "INSERT INTO goals VALUES ('a', 'a', 'about', 1, 'day', '9', '', '')",
    "audits": "INSERT INTO audits VALUES ('a', 'soon', 3)",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_values_that_make_no_sense_are_damage(store: Store, time: TimeBook, what: str) -> None:
    with store.write():
        store.connection.execute(DAMAGE[what])
    with pytest.raises(DamagedFile) as caught:
        getattr(time, what)()
    assert "soon" not in str(caught.value) and "yesterday" not in str(caught.value)


# ---- another process


@pytest.fixture
def filling() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(*words: object) -> subprocess.Popen[str]:
        root = Path(companion.__file__).parent.parent
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", str(Path(time_child.__file__)), *map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("after", [1, 2, 17, 60, 150])
def test_a_kill_loses_no_gesture_and_leaves_none_in_half(
    database: Path, filling: Callable[..., subprocess.Popen[str]], after: int
) -> None:
    process = filling("write", database)
    assert process.stdout
    for line in process.stdout:
        if int(line) == after:
            break
    process.kill()
    rest = process.stdout.read().split()
    told = int(rest[-1]) if rest else after
    process.wait()
    desk = time_child.desk_of(database)
    kept = len(desk.history(10_000))
    assert kept in (told, told + 1)
    found = desk.view(desk.today()).spans
    again = database.with_name("again.db")
    other = time_child.desk_of(again)
    for n in range(1, kept + 1):
        time_child.gesture(other, n)
    assert other.view(other.today()).spans == found
    while desk.undo():
        pass
    assert desk.view(desk.today()).spans == ()
    while desk.redo():
        pass
    assert desk.view(desk.today()).spans == found
    for one in (desk, other):
        one.book._store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is set by POSIX means")
def test_a_full_disk_keeps_what_was_kept(
    database: Path, backups: Path, filling: Callable[..., subprocess.Popen[str]]
) -> None:
    process = filling("fill", database, 400_000)
    assert process.stdin and process.stdout
    error, kind, n = process.stdout.readline().split()
    assert (error, kind) == ("error", "full")
    assert process.stdout.readline().split() == ["kept", str(int(n) - 1)]
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline().split() == ["again", n]
    process.wait()
    store = Store.open(database, backups)
    assert store.integrity() == []
    assert len(TimeBook(store).entries(10_000)) == int(n)
    store.close()
