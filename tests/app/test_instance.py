"""One program per data folder: the lock."""

import subprocess
import sys
from pathlib import Path

import pytest

from companion.app.instance import Lock, held
from tests.running import ROOT, until

HOLD = """
import sys
from companion.app.instance import Lock
lock = Lock.take(sys.argv[1])
print(lock is not None, flush=True)
sys.stdin.read()
"""


def test_only_one_has_it(tmp_path: Path) -> None:
    path = tmp_path / "running.lock"
    assert not held(path)
    first = Lock.take(path)
    assert first is not None and held(path)
    assert Lock.take(path) is None
    first.release()
    first.release()
    assert not held(path)
    again = Lock.take(path)
    assert again is not None
    again.release()


def test_looking_does_not_take(tmp_path: Path) -> None:
    path = tmp_path / "running.lock"
    assert not held(path) and not path.exists()
    path.touch()
    assert not held(path)
    lock = Lock.take(path)
    assert lock is not None
    lock.release()


def test_a_kill_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "running.lock"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None and child.stdout.readline() == "True\n"
        assert Lock.take(path) is None
        child.kill()
    lock = until(lambda: Lock.take(path), "the lock of the killed one")
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "running.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError):
        Lock.take(tmp_path / "running.lock")
    assert not (tmp_path / "elsewhere").exists()
