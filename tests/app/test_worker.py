"""What happens behind the window after its first paint."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.worker import Worker
from companion.clock import ManualClock
from companion.desk import Desk
from companion.journal import Journal
from companion.paths import Paths
from companion.storage import backup
from companion.storage.vault_keys import Cost
from tests.running import ROOT


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def worker(desk: Desk, clock: ManualClock, paths: Paths, qtbot: QtBot, told: list[str]) -> Iterator[Worker]:
    made = Worker(desk.store, clock, paths)
    made.problem.connect(told.append)
    made.damaged.connect(lambda text: told.append(f"damaged: {text}"))
    yield made
    made.close()


def run(worker: Worker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.idle, timeout=60_000):
        worker.warm_up()


def test_all_is_well(worker: Worker, qtbot: QtBot, paths: Paths, told: list[str]) -> None:
    run(worker, qtbot)
    assert told == []
    (copy,) = paths.backups.iterdir()
    assert copy.name == "companion-2026-11-20.db" and backup.look_at(copy).calls == 0


def test_a_broken_file_of_the_users_is_told(
    worker: Worker, qtbot: QtBot, paths: Paths, told: list[str]
) -> None:
    own = paths.playbooks / "en"
    own.mkdir(parents=True)
    (own / "hold.toml").write_text("title = 3\n???", "utf-8")
    (own / "nonsense.toml").write_text("", "utf-8")
    run(worker, qtbot)
    assert len(told) == 1
    assert "hold.toml, line" in told[0] and "nonsense.toml" in told[0] and "To mend" in told[0]


def test_a_copy_that_cannot_be_made_is_told(
    worker: Worker, qtbot: QtBot, paths: Paths, told: list[str]
) -> None:
    paths.backups.write_text("in the way", "utf-8")
    run(worker, qtbot)
    assert (
        len(told) == 1 and "copy of the data could not be made" in told[0] and str(paths.backups) in told[0]
    )


def test_damage_found_while_copying_is_told_as_such(
    worker: Worker, qtbot: QtBot, desk: Desk, paths: Paths, told: list[str]
) -> None:
    for number in range(60):
        desk.start(number=str(number))
        desk.board.note("x" * 3000)
        desk.end()
    desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil(paths.database)
    run(worker, qtbot)
    assert len(told) == 1 and told[0].startswith("damaged: ")
    assert not list(paths.backups.glob("companion-*.db"))


def spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in range(8 * 4096, len(data), 3 * 4096):
        data[at : at + 64] = b"\xa5" * 64
    file.write_bytes(data)


def test_a_copy_a_day(worker: Worker, qtbot: QtBot, clock: ManualClock, paths: Paths) -> None:
    run(worker, qtbot)
    with qtbot.waitSignal(worker.idle, timeout=60_000):
        worker.copy_of_the_day()
    assert len(list(paths.backups.iterdir())) == 1
    clock.advance(24 * 3600)
    with qtbot.waitSignal(worker.idle, timeout=60_000):
        worker.copy_of_the_day()
    assert len(list(paths.backups.iterdir())) == 2


def test_a_closed_worker_does_nothing_more(worker: Worker, paths: Paths) -> None:
    worker.close()
    worker.warm_up()
    assert not paths.backups.exists()


def test_the_journals_copy_of_the_day_is_as_sealed_as_it(
    worker: Worker, qtbot: QtBot, clock: ManualClock, paths: Paths, told: list[str]
) -> None:
    journal = Journal(paths.vault, paths.backups, clock, lambda change: None, Cost(1, 8 << 20))
    journal.create(journal.prepare("open sesame"))
    journal.write(journal.new_entry()._replace(event="a canary"))
    run(worker, qtbot)
    (copy,) = paths.backups.glob("journal-*.vault")
    assert b"canary" not in copy.read_bytes() and journal.backups() == [copy]
    with qtbot.waitSignal(worker.idle, timeout=60_000):
        worker.copy_of_the_day()
    assert list(paths.backups.glob("journal-*.vault")) == [copy] and told == []
    journal.close()


def test_a_copy_of_the_journal_that_cannot_be_made_is_told(
    worker: Worker, qtbot: QtBot, paths: Paths, told: list[str]
) -> None:
    paths.vault.write_bytes(b"no vault " * 1000)
    run(worker, qtbot)
    assert len(told) == 1 and "copy of the journal could not be made" in told[0]


def test_without_a_journal_nothing_of_it_is_loaded(paths: Paths) -> None:
    code = (
        "import sys; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from pathlib import Path; from companion.app.worker import Worker; from companion.clock import Clock;"
        "from companion.paths import Paths;"
        f"paths = Paths(Path({str(paths.root)!r})); Worker(None, Clock(), paths)._vault_backup();"
        "print(*[m for m in sys.modules if m.startswith('nacl') or 'vault' in m or 'journal' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []
