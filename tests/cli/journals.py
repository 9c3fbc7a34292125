"""Journals for tests of the commands, made in a moment since their passphrase is stretched only a little; terminals."""

import errno
import os
import pty
import select
import subprocess
from collections.abc import Sequence
from pathlib import Path

from companion.clock import Clock
from companion.core.stress import Entry
from companion.journal import Journal
from companion.paths import Paths
from companion.storage.vault_keys import Cost
from tests.running import PATIENCE_S

QUICK = Cost(1, 8 << 20)
PASSPHRASE = "open sesame ☎"


def journal_of(paths: Paths) -> Journal:
    return Journal(paths.vault, paths.backups, Clock(), lambda change: None, QUICK)


def make_journal(paths: Paths, passphrase: str = PASSPHRASE, *entries: Entry) -> str:
    """Makes a locked journal that holds these entries; returns its recovery code."""
    journal = journal_of(paths)
    new = journal.prepare(passphrase)
    journal.create(new)
    for entry in entries:
        journal.write(entry)
    journal.close()
    return new.recovery_code


def all_entries(paths: Paths, passphrase: str = PASSPHRASE) -> list[Entry]:
    """What an unlocking finds, sealed checks taken in."""
    journal = journal_of(paths)
    journal.open(journal.attempt(passphrase))
    found = list(journal.all_entries())
    journal.close()
    return found


def alone(command: Sequence[str], env: dict[str, str], typed: str = "") -> subprocess.CompletedProcess[str]:
    """A command without a terminal of its own, with ``typed`` on its standard input."""
    return subprocess.run(
        command,
        env=env,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
        start_new_session=True,
    )


def at_terminal(command: Sequence[str], env: dict[str, str], answers: Sequence[str]) -> tuple[int, str]:
    """A command at a terminal of its own: after each line that ends in a colon an answer is typed.

    Returns its exit code and all that was to be read on the terminal.
    """
    pid, terminal = pty.fork()
    if not pid:
        os.execvpe(command[0], list(command), env)
    shown, waiting = b"", list(answers)
    while True:
        ready, _, _ = select.select([terminal], [], [], PATIENCE_S)
        assert ready, shown
        try:
            piece = os.read(terminal, 65536)
        except OSError as error:  # Linux tells the end of the other side in this way
            assert error.errno == errno.EIO
            piece = b""
        if not piece:
            break
        shown += piece
        if shown.endswith(b": ") and waiting:
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode("utf-8")


def bytes_of(folder: Path) -> bytes:
    """All bytes of all files below a folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
