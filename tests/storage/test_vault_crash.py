"""A vault whose program is killed, starved of room, or not alone: what was told to be kept is there, whole."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import companion
from companion.storage.errors import DiskFull, StoreError
from companion.storage.vault import NewVault, Vault
from tests.storage.vault_child import content
from tests.storage.vaulting import (
    CHEAP,
    SECRET,
    a_vault,
    by_id,
    files_of,
    held,
    killed_copy,
    records,
    sealed_in,
)

Start = Callable[..., subprocess.Popen[str]]
posix = pytest.mark.skipif(os.name != "posix", reason="the platform has no such limits")


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts ``vault_child.py`` with arguments, its standard input and output as text."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: object) -> subprocess.Popen[str]:
        root = str(Path(companion.__file__).parent.parent)
        process = subprocess.Popen(
            [
                sys.executable,
                "-X",
                "utf8",
                str(Path(__file__).with_name("vault_child.py")),
                *map(str, arguments),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": root},
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def new() -> NewVault:
    return Vault(Path("nowhere"), Path("nowhere"), CHEAP).prepare(SECRET)


def lines(process: subprocess.Popen[str], count: int = 1_000_000) -> list[list[str]]:
    """Up to ``count`` lines that the child says, as words; fewer when it ends."""
    assert process.stdout
    said = []
    for _ in range(count):
        line = process.stdout.readline()
        if not line.endswith("\n"):
            break
        said.append(line.split())
    return said


class Told:
    """What a child told to have kept, and the one thing that it may or may not have done before it was killed."""

    def __init__(self) -> None:
        self.records: dict[str, int] = {}
        self.sealed: dict[str, int] = {}
        self.open: list[str] = []

    def hear(self, said: list[list[str]]) -> None:
        self.open = []
        for verb, *words in said:
            self.open = []
            if verb == "wrote":
                self.records[words[0]] = int(words[1])
            elif verb == "removed":
                del self.records[words[0]]
            elif verb == "sealed":
                self.sealed[words[0]] = int(words[1])
            elif verb == "took":
                self.records.update({ident: self.sealed.pop(ident) for ident in words})
            else:
                self.open = words

    def check(self, vault: Vault) -> None:
        """Everything that was told is there; what was going on is done or not done, never half."""
        got = {ident: one.body["n"] for ident, one in held(vault).items()}
        for one in held(vault).values():
            assert one.body == content(one.body["n"]), "a record is half of one and half of another"
        waiting = {one.id: one.document["n"] for one in vault.read_inbox()}
        assert vault.unreadable is None and vault.unreadable_inbox == 0
        assert not got.keys() & waiting.keys()
        going = set(self.open)
        for ident, n in self.records.items():
            assert ident in going or got[ident] == n
        for ident, n in self.sealed.items():
            assert waiting.get(ident, got.get(ident) if ident in going else None) == n
        assert got.keys() - self.records.keys() <= going
        # one that was sealed, but whose telling was cut off
        assert len(waiting.keys() - self.sealed.keys()) <= 1
        self.records, self.sealed = got, waiting


def kill_and_check(vault: Vault, new: NewVault, start: Start, rounds: int, seed: int) -> None:
    chance, told = random.Random(seed), Told()
    folder = vault._path.parent
    for turn in range(rounds):
        process = start("write", folder, new.key.master.hex(), seed * 1000 + turn)
        said = lines(process, chance.randrange(2, 60))
        process.kill()
        told.hear(said + lines(process))
        process.wait()
        vault.open(new.key)
        assert vault.rescued is None
        told.check(vault)
        assert vault.check() == []
        vault.lock()


def test_a_killed_program_loses_nothing_that_it_was_told_is_kept(
    data_dir: Path, new: NewVault, start: Start
) -> None:
    vault = a_vault(data_dir)
    vault.create(new)
    kill_and_check(vault, new, start, 3, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_killed_many_times(data_dir: Path, new: NewVault, start: Start, seed: int) -> None:
    vault = a_vault(data_dir)
    vault.create(new)
    kill_and_check(vault, new, start, 15, seed)


@pytest.mark.slow
def test_killed_while_it_is_made_there_is_no_vault_or_a_whole_one(tmp_path: Path, start: Start) -> None:
    chance, made = random.Random(11), 0
    for turn in range(25):
        folder = tmp_path / str(turn)
        folder.mkdir()
        process = start("create", folder)
        said = lines(process, 1)
        for _ in range(chance.randrange(4000)):
            if (folder / "journal.vault").exists():
                break
        process.kill()
        said += lines(process)
        process.wait()
        vault = a_vault(folder)
        if vault.state == "none":
            assert ["created"] not in said
            vault.create(vault.prepare(SECRET))
        else:
            made += 1
            vault.open(vault.unwrap(vault.locks(), said[0][1], recovery=True))
            assert vault.heads() == [] and vault.check() == []
            vault.lock()
        assert [name for name in files_of(folder) if name.endswith(".vault")] == ["journal.vault"]
    assert made


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["rescue", "delete"])
def test_killed_in_a_rescue_or_a_deletion_it_can_be_done_again(
    tmp_path: Path, new: NewVault, start: Start, verb: str
) -> None:
    some, chance = records(60), random.Random(12)
    for turn in range(12):
        folder = tmp_path / str(turn)
        folder.mkdir()
        vault = a_vault(folder)
        vault.create(new)
        vault.open(new.key)
        vault.write(some)
        vault.lock()
        process = start(verb, folder)
        lines(process, 1)
        for _ in range(chance.randrange(3000)):
            vault.state  # noqa: B018
        process.kill()
        process.communicate()
        if verb == "delete":
            vault.delete_everything()
            assert files_of(folder) == {}
            continue
        vault.open(new.key)
        assert held(vault) == by_id(some)
        vault.lock()


def test_two_programs_seal_while_one_writes(data_dir: Path, new: NewVault, start: Start) -> None:
    vault, some = a_vault(data_dir), records(60)
    vault.create(new)
    vault.open(new.key)
    sealers = [start("seal", data_dir, 20) for _ in range(2)]
    taken: dict[str, int] = {}
    for one in some:
        vault.write([one])
        if len(taken) % 3 == 0:
            waiting = vault.read_inbox()
            vault.write(take_inbox=True)
            taken.update({sealed.id: sealed.document["n"] for sealed in waiting})
    told = [words for sealer in sealers for words in lines(sealer)]
    assert len(told) == 40
    taken.update({sealed.id: sealed.document["n"] for sealed in vault.read_inbox()})
    assert taken == {ident: int(n) for _, ident, n in told}
    assert held(vault) == by_id(some)
    vault.lock()
    assert vault.check() == []
    assert list(files_of(data_dir)) == ["journal.vault"]


# -- no room


@posix
def test_a_file_that_may_not_grow_keeps_what_was_kept_and_goes_on_later(
    data_dir: Path, new: NewVault, start: Start
) -> None:
    vault = a_vault(data_dir)
    vault.create(new)
    fills_and_goes_on(vault, new, start("fill", data_dir, new.key.master.hex(), 500_000), lambda: None)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not mount or not sys.platform.startswith("linux"):
        pytest.skip("disks cannot be mounted here")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True)
    if done.returncode:
        pytest.skip("no right to mount a small disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_what_was_kept_and_goes_on_later(
    small_disk: Path, new: NewVault, start: Start
) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(400_000))
    vault = a_vault(small_disk)
    vault.create(new)
    fills_and_goes_on(vault, new, start("fill", small_disk, new.key.master.hex(), 0), ballast.unlink)


def fills_and_goes_on(
    vault: Vault, new: NewVault, process: subprocess.Popen[str], make_room: Callable[[], None]
) -> None:
    assert process.stdin and process.stdout
    kept = -1
    while (words := process.stdout.readline().split())[0] != "error":
        kept = int(words[0])
    assert words == ["error", "full"]
    assert kept > 5
    make_room()
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline().split() == ["again", str(kept + 2)]
    process.communicate()
    vault.open(new.key)
    assert vault.rescued is None
    assert [one.body for one in held(vault).values()] == [content(n) for n in range(kept + 1)] + [{}]
    assert vault.check() == []
    vault.lock()


def test_on_a_full_disk_no_vault_is_made_and_no_rescue_harms(small_disk: Path, new: NewVault) -> None:
    vault = a_vault(small_disk)
    vault.create(new)
    data = (small_disk / "journal.vault").read_bytes()
    damaged = data[:50] + b"\xff" + data[51:-4096] + b"\xff" * 4096
    (small_disk / "journal.vault").write_bytes(damaged)
    with (small_disk / "ballast").open("wb", buffering=0) as file, pytest.raises(OSError):
        while file.write(bytes(4096)):
            pass
    with pytest.raises(DiskFull):
        vault.open(new.key)
    assert (small_disk / "journal.vault").read_bytes() == damaged
    other = Vault(small_disk / "other.vault", small_disk / "backups", CHEAP)
    with pytest.raises(DiskFull):
        other.create(new)
    assert other.state == "none"
    assert [name for name in files_of(small_disk) if name.startswith((".", "other"))] == []
    (small_disk / "ballast").unlink()
    vault.open(new.key)
    assert vault.heads() == []
    vault.lock()


@posix
def test_a_folder_that_cannot_be_written_to_is_said_so(new: NewVault) -> None:
    if os.getuid() == 0:
        pytest.skip("nothing is forbidden to this user")
    folder = Path(tempfile.mkdtemp())
    vault = a_vault(folder)
    vault.create(new)
    folder.chmod(0o500)
    with pytest.raises(StoreError):
        vault.seal({})
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_leftover_log_of_a_deleted_vault_is_not_played_into_the_new_one(
    data_dir: Path, tmp_path: Path, new: NewVault
) -> None:
    vault = a_vault(data_dir)
    vault.create(new)
    vault.open(new.key)
    vault.write(records(10))
    kept = killed_copy(data_dir / "journal.vault", tmp_path / "killed")
    vault.lock()
    kept.unlink()
    other = a_vault(kept.parent)
    assert other.state == "none"
    fresh = other.prepare("another")
    other.create(fresh)
    other.open(fresh.key)
    assert other.heads() == [] and sealed_in(other) == []
    assert other.unreadable is None and other.check() == []
    other.lock()
