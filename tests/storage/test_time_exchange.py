"""Files of time: limits as they are read, nothing but the old or the new one as they are written."""

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.core.time_formats.found import MOST_BYTES
from companion.core.time_formats.read import OURS, TOGGL
from companion.storage.errors import DiskFull, StoreError
from companion.storage.time_exchange import NoFile, TooLong, load, read_file, save
from tests.zones import zone

FILES = Path(__file__).parent.parent / "files" / "time"
BERLIN = zone("Europe/Berlin")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


# ---- in


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"abc\x00\xff" * 500_000)
    assert load(file) == b"abc\x00\xff" * 500_000


def test_a_file_of_exactly_the_most_is_read_and_one_byte_more_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"x" * 2_000_000)
    assert len(load(file, 2_000_000)) == 2_000_000
    with pytest.raises(TooLong, match="in parts"):
        load(file, 1_999_999)


def test_a_monster_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "hole.csv"
    with file.open("wb") as hole:
        hole.truncate(MOST_BYTES + 1)
    with pytest.raises(TooLong, match="64 MB"):
        load(file)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoFile, match="folder"):
        load(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoFile):
        load(tmp_path / "pipe")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_that_never_ends_is_refused() -> None:
    with pytest.raises(NoFile):
        load(Path("/dev/zero"))


def test_a_file_that_is_gone_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoFile, match="not there any more"):
        load(tmp_path / "gone.csv")


@pytest.mark.skipif(ROOT or sys.platform == "win32", reason="whoever may do all is refused nothing")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("x", encoding="utf-8")
    file.chmod(0)
    with pytest.raises(NoFile, match="may not be read"):
        load(file)


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    there = Path("/proc/self/fd")
    if not there.exists():
        pytest.skip("no list of descriptors here")
    before = len(list(there.iterdir()))
    for _ in range(5):
        with pytest.raises(NoFile):
            load(tmp_path)
    assert len(list(there.iterdir())) == before


def test_a_file_is_read_as_what_it_is() -> None:
    reading = read_file(FILES / "toggl.csv", BERLIN)
    assert reading.kind == TOGGL
    assert reading.found


def test_a_question_of_the_file_is_answered_by_a_second_reading() -> None:
    first = read_file(FILES / "clockify-unclear.csv", BERLIN)
    assert first.asks == "order"
    assert not first.found
    assert read_file(FILES / "clockify-unclear.csv", BERLIN, day_first=True).found


def test_what_is_no_text_is_a_problem_and_no_error(tmp_path: Path) -> None:
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    reading = read_file(file, BERLIN)
    assert not reading.found
    assert reading.problems[0].mend


# ---- out


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    text = (
        "start,end,zone,category,state,note\r\n"
        "2026-11-20T09:00:00+01:00,2026-11-20T09:30:00+01:00,Europe/Berlin,work,filled,ü\r\n"
    )
    save(tmp_path / "out.csv", text)
    reading = read_file(tmp_path / "out.csv", BERLIN)
    assert (reading.kind, len(reading.found)) == (OURS, 1)
    assert reading.found[0].note == "ü"


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    save(tmp_path / "out.ics", "a\r\nb\n")
    assert (tmp_path / "out.ics").read_bytes() == b"a\r\nb\n"


@pytest.mark.skipif(os.name != "posix", reason="no modes here")
def test_a_file_is_for_its_user_only_also_where_an_open_one_was(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o666)
    save(file, "new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text(encoding="utf-8") == "new"


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    save(tmp_path / "out.csv", "text")
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_a_link_leads_to_what_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "there" / "real.csv")
    save(tmp_path / "link.csv", "new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "there" / "real.csv").read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(StoreError):
        save(tmp_path / "a", "x")
    with pytest.raises(StoreError):
        load(tmp_path / "a")


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(NoFile, match="another name"):
        save(tmp_path / "out.csv", "x")
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    save(tmp_path / "a" / "b" / "out.csv", "x")
    assert (tmp_path / "a" / "b" / "out.csv").read_text(encoding="utf-8") == "x"


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file is no folder"):
        save(tmp_path / "file" / "a" / "out.csv", "x")
    assert [one.name for one in tmp_path.rglob("*")] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="no such limit here")
def test_a_folder_that_was_made_is_gone_again_where_the_disk_is_full(tmp_path: Path) -> None:
    with files_at_most(100_000), pytest.raises(DiskFull):
        save(tmp_path / "a" / "b" / "out.csv", "x" * 1_000_000)
    assert not any(tmp_path.iterdir())


@pytest.mark.skipif(ROOT or sys.platform == "win32", reason="whoever may do all is refused nothing")
def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="another folder"):
            save(tmp_path / "out.csv", "x")
    finally:
        tmp_path.chmod(0o700)


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file of this process can grow beyond ``size`` bytes meanwhile: the disk is full."""
    import resource as limits

    before = limits.getrlimit(limits.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits.setrlimit(limits.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(os.name != "posix", reason="no such limit here")
def test_a_full_disk_leaves_the_old_file_whole_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    save(file, "the old one")
    with files_at_most(100_000), pytest.raises(DiskFull):
        save(file, "x" * 1_000_000)
    assert file.read_text(encoding="utf-8") == "the old one"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
