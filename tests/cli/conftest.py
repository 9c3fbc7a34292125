"""A data folder with the program as a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Companion


@pytest.fixture
def companion(data_dir: Path) -> Iterator[Companion]:
    program = Companion(data_dir)
    yield program
    program.close()
