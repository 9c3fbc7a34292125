"""Window or terminal: the words that need neither a window nor a running program."""

import subprocess
import sys
from pathlib import Path

import pytest

from companion import APP_NAME, __version__
from companion.__main__ import main
from tests.running import ROOT


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "companion", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{APP_NAME} {__version__}\n", "")


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["call", "--help"], ["--data-dir", "x", "--help"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    said = capsys.readouterr().out
    for word in ("call start", "status [--json]", "--data-dir", "--self-test", "check", "strip"):
        assert word in said
    assert "--demo" not in said


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["--fly"],
        ["--data-dir"],
        ["--data-dir", "x", "--fly"],
        ["--version", "now"],
        ["check", "this"],
        ["--demo"],
        ["call"],
        ["call", "fly"],
        ["call", "phase", "wrapup"],
        ["call", "note"],
        ["status", "--jsn"],
        ["two\nlines"],
    ],
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("companion: ") and said.err.endswith("--help\n")
    assert said.err.count("\n") == 1


def test_help_and_wrong_words_load_no_window() -> None:
    code = (
        "import sys; from companion.__main__ import main; main(['--help']); main(['fly']); "
        "sys.exit(any(name.startswith(('PySide6', 'sqlite3')) for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


def test_nothing_of_it_makes_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    for words in (["--version"], ["status"], ["call", "end"], ["call", "hold"], ["check"], ["fly"]):
        main(["--data-dir", str(folder), *words])
    assert not folder.exists()
