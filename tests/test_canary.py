"""Nothing of the journal in any file but sealed: a canary is typed into the real page, and every byte searched for it.

A process of its own is played on (``tests/canary.py``) and ended without warning at any step. Then every file that it
could write is searched: the data folder with its logs, crash files, backups and what SQLite leaves beside a file, the
temporary folder, the home and all folders of the desktop's.
"""

import base64
import os
import queue
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.clock import Clock
from companion.journal import Journal
from companion.paths import Paths
from tests import canary
from tests.running import PATIENCE_S, ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends a process as POSIX does")
PIECE = 7
"""Letters of a secret word that are enough to tell it."""


# ---- searching


def traces_of(text: str) -> list[bytes]:
    """Bytes by which a text shows, whole or cut off, in any of the ways that a file may hold it."""
    piece = text[:PIECE]
    found: list[bytes] = []
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = piece.encode(encoding)
        found += [raw, raw.hex().encode()]
    raw = text.encode("utf-8")
    found += [base64.b64encode(raw[shift:])[: PIECE + 1] for shift in range(3)]
    return [one.lower() for one in found]


def leaks(root: Path, secrets: tuple[str, ...]) -> list[str]:
    """Files below a folder, by name or content, in which a secret shows."""
    wanted = [trace for secret in secrets for trace in traces_of(secret)]
    found = []
    for file in sorted(root.rglob("*")):
        raw = os.fsencode(file.relative_to(root))
        if file.is_file() and not file.is_symlink():
            raw += file.read_bytes()
        low = raw.lower()
        if any(trace in low for trace in wanted):
            found.append(str(file.relative_to(root)))
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_search_finds_what_is_there(tmp_path: Path, encoding: str) -> None:
    assert leaks(tmp_path, canary.SECRETS) == []
    for number, secret in enumerate(canary.SECRETS):
        (tmp_path / f"{number}.bin").write_bytes(os.urandom(999) + secret.upper()[:-1].encode(encoding))
    assert len(leaks(tmp_path, canary.SECRETS)) == len(canary.SECRETS)


def test_the_search_finds_what_is_written_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(base64.b64encode(b"x" + canary.CANARY.encode()))
    (tmp_path / "b").write_text(canary.WORDS[0].encode().hex())
    (tmp_path / canary.WORDS[1]).touch()
    assert leaks(tmp_path, canary.SECRETS) == ["a", "b", canary.WORDS[1]]


# ---- the world and what goes on in it


class World:
    """A home of its own, in which the program is played on, ended and commanded."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths = Paths(root / "data")
        self.said = bytearray()
        self.code = ""
        folders = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run"}
        folders |= {f"XDG_{name}_HOME": name.lower() for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        for name in ("data", *folders.values()):
            (root / name).mkdir(mode=0o700, exist_ok=True)
        kept = {
            name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LD_LIBRARY_PATH")
        }
        self.env = kept | {name: str(root / folder) for name, folder in folders.items()}
        self.env |= {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}

    def play(self, seed: int, steps: int, *more: str, until: int | None = None) -> list[str]:
        """Plays; after ``until`` lines the process is killed, by default it goes to its end. Returns its lines."""
        command = [
            sys.executable,
            "-P",
            "-m",
            "tests.canary",
            str(self.paths.root),
            str(seed),
            str(steps),
            *more,
        ]
        process = subprocess.Popen(
            command,
            env=self.env,
            cwd=self.root / "home",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        lines: list[str] = []
        try:
            for line in _lines(process):
                lines.append(line)
                if line.startswith("code "):
                    self.code = line.removeprefix("code ")
                if until is not None and len(lines) >= until:
                    break
        finally:
            if until is not None or sys.exc_info()[0]:
                process.send_signal(signal.SIGKILL)
            rest, heard = process.communicate(timeout=PATIENCE_S)
        self.said += heard.encode()
        if until is None:
            assert (process.returncode, [*lines, *rest.split()][-1]) == (0, "done"), (lines[-5:], heard)
        return lines

    def command(self, *words: str) -> int:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "companion", "--data-dir", str(self.paths.root), *words],
            env=self.env,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
        self.said += done.stdout + done.stderr
        return done.returncode

    def nothing_shows(self) -> None:
        """No file, and nothing that was said, holds a piece of what was typed, or the way in."""
        secrets = canary.SECRETS
        if self.code:
            secrets = (*secrets, self.code, self.code.replace("-", ""), self.code.replace("-", "  "))
        assert leaks(self.root, secrets) == []
        for secret in secrets:
            assert not any(trace in self.said.lower() for trace in traces_of(secret))

    def inside(self) -> list[str]:
        """All that the journal holds, as text, for the proof that the canary was there at all."""
        journal = Journal(self.paths.vault, self.paths.backups, Clock(), lambda change: None)
        journal.open(journal.attempt(canary.PASSPHRASE))
        found = [repr(entry) for entry in journal.all_entries()]
        found.append(repr(journal.page("strategy")))
        journal.close()
        return found

    def sealed(self) -> list[bytes]:
        """The sealed bytes of all records, as they stand in the file."""
        file = sqlite3.connect(f"file:{self.paths.vault}?mode=ro", uri=True)
        try:
            rows = file.execute(
                "SELECT head, body FROM records UNION ALL SELECT head, body FROM mirror"
            ).fetchall()
        finally:
            file.close()
        return [part for row in rows for part in row]

    def vault_bytes(self) -> bytes:
        return b"".join(file.read_bytes() for file in sorted(self.paths.root.glob("journal.vault*")))


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """The lines of a process as they come; one that says nothing for long has failed."""
    assert process.stdout is not None
    found: queue.Queue[str | None] = queue.Queue()
    source = process.stdout

    def read() -> None:
        for line in source:
            found.put(line.strip())
        found.put(None)

    threading.Thread(target=read, daemon=True).start()
    while (line := found.get(timeout=PATIENCE_S)) is not None:
        yield line


@pytest.fixture
def world(tmp_path: Path) -> World:
    root = tmp_path / "world"
    root.mkdir()
    return World(root)


def test_a_canary_and_a_kill(world: World) -> None:
    """Set up and planted through the page, killed, looked for; then deleted, and looked for again."""
    lines = world.play(seed=1, steps=3, until=20)
    assert "open" in lines and any(line.startswith("typed") for line in lines)
    world.nothing_shows()
    assert any(word in text for text in world.inside() for word in canary.WORDS), "it was never planted"
    world.nothing_shows()
    before = world.sealed()
    assert before and all(part in world.vault_bytes() for part in before)
    assert "deleted" in world.play(2, 0, "delete")
    gone = world.vault_bytes()
    assert not [part for part in before if part in gone], "a deleted record can still be read in the file"
    assert not any(word in text for text in world.inside() for word in canary.WORDS)
    world.nothing_shows()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_everything_and_many_kills(world: World, seed: int) -> None:
    """Hours of clumsy hands in short: every button by chance, commands from outside, an end at any step."""
    chance = random.Random(seed)
    world.play(seed, 5, until=chance.randrange(1, 25))
    world.nothing_shows()
    for number in range(5):
        world.command("stress", "check", "7", "--feeling", canary.FEELING)
        world.play(100 * seed + number, 200, until=chance.randrange(2, 120))
        world.nothing_shows()
    world.play(seed, 40)
    assert any(word in text for text in world.inside() for word in canary.WORDS), "it was never planted"
    out = world.root / "home" / "out"
    out.mkdir()
    assert world.command("export", str(out), "--format", "json") == 0
    assert world.command("check") == 0
    world.nothing_shows()
    before = world.sealed()
    world.play(seed, 0, "delete")
    gone = world.vault_bytes()
    assert not [part for part in before if part in gone]
    world.nothing_shows()
