"""Where the windows were: kept in a small file that may be lost, broken or read-only without harm."""

import json
from pathlib import Path

import pytest

from companion.ui.place import Place


def test_both_are_kept_for_the_next_start(data_dir: Path) -> None:
    place = Place(data_dir / "window.json")
    assert place.size() is None and place.strip() is None
    place.keep_size(1280, 800)
    place.keep_strip(-1900, 40)
    again = Place(data_dir / "window.json")
    assert again.size() == (1280, 800)
    assert again.strip() == (-1900, 40)
    assert [p.name for p in data_dir.iterdir()] == ["window.json"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "{",
            "[]",
            "null",
            '"x"',
            '{"window": 7, "strip": "left"}',
            '{"window": [1280], "strip": [1, 2, 3]}',
        ),
        *('{"window": ["1280", "800"], "strip": [true, false]}', '{"window": [1e9, 5], "strip": [1.5, 2]}'),
        *('{"window": [10, 10], "strip": [1000000, 0]}', "\udcff"),
    ],
)
def test_a_file_without_sense_counts_as_none(data_dir: Path, text: str) -> None:
    file = data_dir / "window.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    place = Place(file)
    assert place.size() is None and place.strip() is None
    place.keep_size(900, 700)
    assert Place(file).size() == (900, 700)


def test_what_cannot_be_kept_does_no_harm(data_dir: Path) -> None:
    place = Place(data_dir / "gone" / "window.json")
    place.keep_strip(10, 20)
    assert place.strip() == (10, 20)
    assert not (data_dir / "gone").exists()


def test_the_same_place_is_not_written_again(data_dir: Path) -> None:
    file = data_dir / "window.json"
    Place(file).keep_strip(10, 20)
    place = Place(file)
    assert place.strip() == (10, 20)
    file.unlink()
    place.keep_strip(10, 20)
    assert not file.exists()
    place.keep_strip(11, 20)
    assert json.loads(file.read_text(encoding="utf-8")) == {"strip": [11, 20]}
