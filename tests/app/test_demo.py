"""The made-up call: every picture, the summary, and the same again."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from companion.__main__ import main
from companion.app.demo import LOOKS, PICTURES, SIZE, demo, picture
from companion.cli import told
from companion.paths import Paths
from tests.running import Companion

SUMMARY = {
    "Caller": "Maria Mann · +44 20 7946 0007",
    "Reason": "Billing",
    "Outcome": "Call-back promised",
    "Handle time": "7 min 30 s: talk 5 min 59 s, hold 1 min 12 s, wrap-up 19 s",
    "Notes": "Charged twice on 3 November.",
    "Promise": "Call back with the date of the refund by today 17:00",
    "E-mail": "maria.mann@example.org",
    "For": "Mr Keller, accounts",
}
STRIP = (420, 160)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What one run said, and the folder of its pictures."""
    root = tmp_path_factory.mktemp("demo")
    done = Companion(root / "data").run("--demo", str(root / "made" / "pictures"))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout, root / "made" / "pictures"


def test_there_is_a_picture_of_each_phase_in_each_look(played: tuple[str, Path]) -> None:
    _said, folder = played
    wanted = {picture(name, look) for name in PICTURES for look in LOOKS}
    assert {file.name for file in folder.iterdir()} == wanted
    assert len(wanted) == 32


def test_the_pictures_have_their_size_and_no_two_are_the_same(played: tuple[str, Path]) -> None:
    _said, folder = played
    seen: dict[bytes, str] = {}
    for name in PICTURES:
        for look in LOOKS:
            file = folder / picture(name, look)
            image = QImage(str(file))
            assert (image.width(), image.height()) == (STRIP if name == "strip" else SIZE), file.name
            assert seen.setdefault(file.read_bytes(), file.name) == file.name


def test_the_dark_pictures_are_dark_and_the_light_ones_light(played: tuple[str, Path]) -> None:
    _said, folder = played
    for name in PICTURES:
        light, dark = (QImage(str(folder / picture(name, look))).pixelColor(1, 90) for look in LOOKS)
        assert light.lightness() > 200 > 80 > dark.lightness(), name


def test_it_ends_with_the_summary_and_the_folder(played: tuple[str, Path]) -> None:
    said, folder = played
    lines = said.splitlines()
    for heading, text in SUMMARY.items():
        assert any(line.split(":", 1)[0] == heading and line.endswith(f" {text}") for line in lines), heading
    assert "Order 4711, the blue lamp." in said
    assert lines[-1] == f"Pictures: {folder}"


@pytest.mark.slow
def test_the_same_call_gives_the_same_pictures(played: tuple[str, Path], companion: Companion) -> None:
    said, folder = played
    again = companion.data / "pictures"
    done = companion.run("--demo", str(again))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:-1] == said.splitlines()[:-1]
    for file in sorted(folder.iterdir()):
        assert (again / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_folder_with_data_in_it_is_left_alone(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    paths.database.write_bytes(b"somebody's calls")
    assert demo(paths, str(paths.root / "pictures"), told.out, told.trouble) == 1
    assert "holds calls already" in capsys.readouterr().err
    assert paths.database.read_bytes() == b"somebody's calls"
    assert not (paths.root / "pictures").exists()


def test_a_file_is_no_folder_for_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "a file"
    there.write_text("mine")
    assert demo(None, str(there), told.out, told.trouble) == 1
    assert str(there) in capsys.readouterr().err
    assert there.read_text() == "mine"


@pytest.mark.parametrize("words", [[], [""], ["a", "b"], ["a\0"]])
def test_it_takes_one_folder(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--demo", *words]) == 2
    assert "--demo needs" in capsys.readouterr().err
