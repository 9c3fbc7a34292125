"""Folders made on the way out: what is missing is made, and is gone again where the work fails."""

import os
import stat
import sys
from pathlib import Path

import pytest

from companion.storage.errors import StoreError
from companion.storage.folders import NoFolder, made

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_all_that_is_missing_is_made_for_its_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    with made(folder) as there:
        assert there == folder and folder.is_dir()
    assert folder.is_dir()
    if os.name == "posix":
        assert {stat.S_IMODE(one.stat().st_mode) for one in (folder, *folder.parents[:2])} == {0o700}


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(ZeroDivisionError), made(folder):
        raise ZeroDivisionError
    assert folder.is_dir()
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755


@pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt])
def test_what_was_made_goes_again_where_the_work_fails(tmp_path: Path, fault: type[BaseException]) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(fault), made(tmp_path / "there" / "a" / "b"):
        raise fault
    assert [one.name for one in tmp_path.rglob("*")] == ["there"]


def test_what_somebody_put_there_meanwhile_stays(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with pytest.raises(ZeroDivisionError), made(folder):
        (folder.parent / "theirs").write_text("x", encoding="utf-8")
        raise ZeroDivisionError
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["a", "theirs"]


def test_a_file_in_the_way_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    for folder in (file, file / "a" / "b"):
        with pytest.raises(NoFolder, match=r"file is no folder\. Name another"), made(folder):
            raise AssertionError("the block must not run")
    assert file.read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_that_leads_nowhere_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(NoFolder, match="no folder"), made(tmp_path / "link" / "a"):
        raise AssertionError("the block must not run")
    assert not (tmp_path / "gone").exists()


def test_a_name_that_cannot_be_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be made"), made(tmp_path / "a" / ("x" * 300)):
        raise AssertionError("the block must not run")
    assert not any(tmp_path.iterdir())


@pytest.mark.skipif(ROOT or sys.platform == "win32", reason="whoever may do all is refused nothing")
def test_no_right_to_make_one_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(NoFolder, match="cannot be made"), made(closed / "a" / "b"):
        raise AssertionError("the block must not run")
    assert not any(closed.iterdir())
