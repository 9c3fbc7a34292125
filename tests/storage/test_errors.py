"""The world's errors, for real: a full disk, a folder that cannot be written to, a killed program."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.storage import errors
from companion.storage.calls import CallsBook
from companion.storage.store import DamagedFile, Store

Child = Callable[..., subprocess.Popen[str]]
posix = pytest.mark.skipif(
    os.name != "posix", reason="the platform has no limits, modes or mounts of that kind"
)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().rstrip("\n")


def told_until_error(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """The number of the last event that was kept, the kind of error and its message."""
    kept = 0
    while not (said := line(process)).startswith("error "):
        kept = int(said)
    return kept, said.removeprefix("error "), line(process).removeprefix("message ")


def check_after_full(database: Path, backups: Path, kept: int) -> None:
    store = Store.open(database, backups)
    book = CallsBook(store)
    assert len(book.events("call")) == kept
    assert len(book.events("after")) == 1
    assert store.integrity() == []
    store.close()


@posix
def test_a_file_that_may_not_grow_keeps_what_was_kept_and_goes_on_later(
    database: Path, backups: Path, child: Child
) -> None:
    process = child("fill", database, 400_000)
    kept, kind, message = told_until_error(process)
    assert kept > 5
    assert kind == "full"
    assert "companion.db" in message and "Free some space" in message
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()
    assert line(process).startswith("again 1")
    process.communicate()
    check_after_full(database, backups, kept)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not mount or not sys.platform.startswith("linux"):
        pytest.skip("disks cannot be mounted here")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"no right to mount a small disk here: {done.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_what_was_kept_and_goes_on_later(small_disk: Path, child: Child) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    database = small_disk / "companion.db"
    process = child("fill", database, 0)
    kept, kind, _ = told_until_error(process)
    assert kept > 5
    assert kind == "full"
    ballast.unlink()
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()
    assert line(process).startswith("again 1")
    process.communicate()
    check_after_full(database, small_disk / "backups", kept)


def test_a_disk_that_is_full_from_the_start_is_said_so(small_disk: Path) -> None:
    with (small_disk / "ballast").open("wb", buffering=0) as file, pytest.raises(OSError):
        while file.write(bytes(4096)):
            pass
    with pytest.raises(errors.DiskFull):
        Store.open(small_disk / "companion.db", small_disk / "backups")


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@posix
def test_a_file_that_cannot_be_written_to_is_said_so(public_folder: Path, child: Child) -> None:
    database = public_folder / "companion.db"
    Store.open(database, public_folder / "backups").close()
    public_folder.chmod(0o777)
    database.chmod(0o444)
    before = database.read_bytes()
    assert line(child("nobody", database)) == "error read-only"
    assert database.read_bytes() == before


@posix
def test_a_folder_that_cannot_be_written_to_is_said_so(public_folder: Path, child: Child) -> None:
    database = public_folder / "companion.db"
    assert line(child("nobody", database)) == (
        "opened" if os.access(database, os.W_OK) else "error read-only"
    )
    Store.open(database, public_folder / "backups").close()
    database.chmod(0o666)
    public_folder.chmod(0o555)
    assert line(child("nobody", database)) == "error read-only"
    public_folder.chmod(0o755)
    assert sorted(path.name for path in public_folder.iterdir()) == ["companion.db"]


@posix
def test_a_folder_that_can_be_written_to_is_used(public_folder: Path, child: Child) -> None:
    """The two refusals above come from the modes and from nothing else about that user."""
    public_folder.chmod(0o777)
    assert line(child("nobody", public_folder / "companion.db")) == "opened"


def kill_at(process: subprocess.Popen[str], events: int) -> int:
    """Kills a writing child after so many events; the number of the last one that it called kept."""
    assert process.stdout
    kept = 0
    while kept < events:
        kept = int(process.stdout.readline())
    process.kill()
    for rest in process.stdout:
        if rest.endswith("\n"):
            kept = int(rest)
    process.wait()
    return kept


def killed_again_and_again(database: Path, backups: Path, child: Child, rounds: int) -> None:
    chance = random.Random(7)
    kept = 0
    for _ in range(rounds):
        kept = kill_at(child("write", database), kept + chance.randint(1, 40))
        store = Store.open(database, backups)
        book = CallsBook(store)
        events = book.events("call")
        assert len(events) in (kept, kept + 1)
        assert [e.t for e in events] == [float(n) for n in range(1, len(events) + 1)]
        assert [found.seq for found in book.unfinished()] == [len(events)]
        assert store.integrity() == []
        kept = len(events)
        store.close()


@posix
def test_a_killed_program_loses_no_event_that_was_kept(database: Path, backups: Path, child: Child) -> None:
    killed_again_and_again(database, backups, child, 3)


@posix
@pytest.mark.slow
def test_a_program_killed_sixty_times_loses_no_event_that_was_kept(
    database: Path, backups: Path, child: Child
) -> None:
    killed_again_and_again(database, backups, child, 60)


def test_damage_that_shows_while_reading_is_said_so(database: Path, backups: Path, teller: type) -> None:
    store = Store.open(database, backups)
    for n in range(50):
        teller(CallsBook(store), f"call-{n}").finish(100.0)
    root = store.read("SELECT rootpage FROM sqlite_schema WHERE name = 'call_events'")[0][0]
    store.close()
    with database.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    store = Store.open(database, backups)
    with pytest.raises(DamagedFile) as error:
        CallsBook(store).events("call-1")
    assert error.value.kind == "damaged"
    assert store.integrity() != []
    with pytest.raises(DamagedFile):
        teller(CallsBook(store), "new").say("started", 0.0)
    store.close()


@pytest.mark.parametrize(
    "made",
    [
        "UPDATE call_events SET data = '{}' WHERE kind = 'edit'",
        "UPDATE call_events SET data = CAST(x'7b2261223a22c328227d' AS TEXT) WHERE kind = 'edit'",
        "UPDATE call_events SET data = 'no json' WHERE kind = 'edit'",
    ],
)
def test_values_that_have_changed_are_damage_and_show_no_text(
    database: Path, backups: Path, teller: type, made: str
) -> None:
    store = Store.open(database, backups)
    book = CallsBook(store)
    teller(book, "a").say("started", 0.0).type(1.0, "notes", "secret")
    store.connection.execute("PRAGMA ignore_check_constraints = ON")
    store.connection.execute(made)
    with pytest.raises(DamagedFile) as error:
        book.unfinished()
    assert error.value.__cause__ is None
    assert "{" not in str(error.value)
    store.close()


def test_a_mistake_of_ours_is_not_taken_for_the_worlds() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError), errors.translating(Path("x")):
        connection.execute("SELECT nothing FROM nowhere")
    connection.close()


def test_a_message_is_one_line_whatever_the_path() -> None:
    path = Path("a\nb\udcffc")
    for error in (errors.full(path), errors.read_only(path), errors.locked(path), errors.damaged(path, "x")):
        str(error).encode("utf-8")
        assert "\n" not in str(error)
