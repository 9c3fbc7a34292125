"""A data folder with the program as a process, and a real Desk on a store of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.clock import ManualClock
from companion.desk import Desk
from companion.paths import Paths
from companion.playbooks import Playbook
from companion.resources import resource
from companion.storage.store import Store
from tests.running import Companion


@pytest.fixture
def companion(data_dir: Path) -> Iterator[Companion]:
    program = Companion(data_dir)
    yield program
    program.close()


@pytest.fixture
def paths(data_dir: Path) -> Paths:
    return Paths(data_dir)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))


@pytest.fixture
def desk(paths: Paths, clock: ManualClock) -> Iterator[Desk]:
    store = Store.open(paths.database, paths.backups)
    desk = Desk(store, clock, Playbook(resource("playbooks"), None), "DE")
    yield desk
    desk.close()
