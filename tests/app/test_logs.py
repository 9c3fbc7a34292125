"""The log: the program's own words only, small, private."""

import os
from pathlib import Path

import pytest

from companion.app import logs
from companion.app.logs import Log


def test_a_line_holds_kind_word_and_counts(tmp_path: Path) -> None:
    Log(tmp_path).note("start", "0.1.0", pages=3)
    text = (tmp_path / "companion.log").read_text("utf-8")
    assert text.endswith(" start 0.1.0 pages=3\n") and text[4] == "-"


@pytest.mark.parametrize("word", ["Ann Smith", "a\nb", "+49", "x" * 61, "ü", "<b>"])
def test_what_could_be_the_users_is_refused(tmp_path: Path, word: str) -> None:
    with pytest.raises(ValueError):
        Log(tmp_path).note("start", word)
    with pytest.raises(ValueError):
        Log(tmp_path).note(word)
    assert not (tmp_path / "companion.log").exists()


def test_only_whole_numbers(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        Log(tmp_path).note("start", count="7")  # type: ignore[arg-type]


def test_it_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST", 500)
    for count in range(100):
        Log(tmp_path).note("line", count=count)
    sizes = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert set(sizes) == {"companion.log", "companion.old.log"}
    assert all(size < 600 for size in sizes.values())
    assert "count=99\n" in (tmp_path / "companion.log").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_only_the_user_reads_it(tmp_path: Path) -> None:
    Log(tmp_path / "logs").note("start")
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "logs" / "companion.log").stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file", "utf-8")
    Log(tmp_path / "logs").note("start")
    assert (tmp_path / "logs").read_text("utf-8") == "a file"
