"""The rules of who may import whom: they hold, and each one is seen to fail when it is broken on purpose."""

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "companion"
# Lints the folders named on standard input, one after the other in one process, since its start is what takes time.
LINT = """
import contextlib, io, json, os, sys
from importlinter.cli import lint_imports_command
outcomes = []
for folder, words in json.load(sys.stdin):
    os.chdir(folder)
    with contextlib.redirect_stdout(io.StringIO()) as output:
        try:
            code = lint_imports_command.main(["--no-cache", "--no-logo", *words], standalone_mode=False)
        except SystemExit as left:
            code = left.code
    outcomes.append((code, output.getvalue()))
json.dump(outcomes, sys.stdout)
"""

# Contract, a file (made when there is none), and what must not stand in it.
BREAKS = [
    ("layers", "core/calls.py", "import companion.storage"),
    ("layers", "storage/store.py", "import companion.desk"),
    ("layers", "desk.py", "import companion.ui"),
    ("layers", "ui/window.py", "import companion.app"),
    ("layers", "cli/main.py", "import companion.app.main"),
    ("layers", "unheard_of.py", "import companion.core"),
    ("cli-no-ui", "cli/main.py", "import companion.ui"),
    ("no-qt", "core/split.py", "from PySide6 import QtCore"),
    ("no-qt", "storage/store.py", "from PySide6.QtCore import QObject"),
    ("no-qt", "desk.py", "import PySide6"),
    ("no-qt", "cli/main.py", "from PySide6 import QtCore"),
    ("no-qt", "clock.py", "from PySide6 import QtCore"),
    ("sql-in-storage", "desk.py", "import sqlite3"),
    ("sql-in-storage", "ui/window.py", "from sqlite_utils import Database"),
    ("crypto-in-storage", "desk.py", "import nacl.secret"),
    ("crypto-in-storage", "journal.py", "from nacl.public import SealedBox"),
    ("crypto-in-storage", "ui/window.py", "import keyring"),
    ("crypto-in-storage", "app/main.py", "import jeepney"),
    ("core-pure", "core/calls.py", "import pathlib"),
    ("phone-alone", "ui/window.py", "import phonenumbers"),
    ("phone-alone", "core/calls.py", "from phonenumbers import parse"),
    ("pages-apart", "ui/pages/left/page.py", "import companion.ui.pages.right.page"),
    ("widgets-blind", "ui/widgets/pill.py", "import companion.desk"),
    ("no-network", "desk.py", "import socket"),
    ("no-network", "app/main.py", "from urllib import request"),
]
UNBROKEN = ("", "", "")
NETWORK = {"socket", "socketserver", "ssl", "http", "urllib", "ftplib", "smtplib", "imaplib", "poplib"}
NETWORK |= {"asyncio", "multiprocessing", "webbrowser", "wsgiref", "xmlrpc", "httpx", "requests", "aiohttp"}
NETWORK |= {"PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore", "PySide6.QtHttpServer"}
LINE = PACKAGE / "app" / "line.py"


def contracts() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}


def lint(*wishes: tuple[Path, list[str]]) -> list[tuple[int, str]]:
    """Exit code and output of the linter for each folder and its further words."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # the folder's own
    done = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-c", LINT],
        env=environ,
        input=json.dumps([(str(folder), words) for folder, words in wishes]),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [(code, output) for code, output in json.loads(done.stdout)]


def broken_copy(folder: Path, name: str, line: str) -> Path:
    """The package and its rules in a place where they may be broken, with this line at the end of that file."""
    package = folder / "companion"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for needed, text in (("app/main.py", ""), ("ui/pages/right/page.py", ""), (name, line)):
        file = package / needed
        file.parent.mkdir(parents=True, exist_ok=True)
        for parent in file.relative_to(package).parents:
            (package / parent / "__init__.py").touch()
        with file.open("a", encoding="utf-8") as end:
            end.write(f"\n{text}\n")
    return folder


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], tuple[int, str]]:
    wishes = [
        (broken_copy(tmp_path_factory.mktemp("copy"), name, line), ["--contract", contract])
        for contract, name, line in BREAKS
    ]
    wishes.append((broken_copy(tmp_path_factory.mktemp("copy"), "app/main.py", ""), []))
    return dict(zip([*BREAKS, UNBROKEN], lint(*wishes), strict=True))


def test_every_contract_holds() -> None:
    [(code, output)] = lint((ROOT, []))
    assert code == 0, output


def test_every_contract_is_broken_once() -> None:
    assert {contract for contract, _, _ in BREAKS} == contracts()


def test_a_copy_that_is_not_broken_passes(outcomes: dict[tuple[str, str, str], tuple[int, str]]) -> None:
    code, output = outcomes[UNBROKEN]
    assert code == 0, output


@pytest.mark.parametrize("case", BREAKS, ids=" ".join)
def test_a_broken_contract_is_noticed(
    outcomes: dict[tuple[str, str, str], tuple[int, str]], case: tuple[str, str, str]
) -> None:
    _, name, line = case
    code, output = outcomes[case]
    assert code == 1
    assert "Contracts: 0 kept, 1 broken." in output
    module = line.split()[1]
    # A package from outside is one module to the linter; a room that is new has not been given a layer.
    culprit = module if module.startswith("companion.") else module.partition(".")[0]
    assert ("companion.unheard_of" if name == "unheard_of.py" else culprit) in output


WITHOUT_QT = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
        importlib.import_module(found.name)
print(*sorted(name for name in sys.modules if name.partition(".")[0] in ("PySide6", "shiboken6")))
"""


@pytest.mark.parametrize(
    "room", ["companion.cli", "companion.desk", "companion.app.line", "companion.app.instance"]
)
def test_what_talks_to_a_running_program_loads_no_qt(room: str) -> None:
    command = [sys.executable, "-c", WITHOUT_QT, room]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_loaded_qt_would_be_seen() -> None:
    command = [sys.executable, "-c", WITHOUT_QT, "PySide6.QtCore"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "PySide6.QtCore" in done.stdout.split()


def imported(source: str) -> Iterator[str]:
    """Every module that a source names in an import, also one by ``import_module`` or ``__import__``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__"):
                yield str(node.args[0].value)


def network_modules(source: str) -> set[str]:
    return {name for name in imported(source) if any(f"{name}.".startswith(f"{taboo}.") for taboo in NETWORK)}


def test_only_the_line_knows_a_network_module() -> None:
    sources = sorted(PACKAGE.rglob("*.py"))
    assert LINE in sources
    found = {
        file.relative_to(PACKAGE).as_posix(): network_modules(file.read_text("utf-8")) for file in sources
    }
    line = found.pop("app/line.py")
    assert {name for name in line if not f"{name}.".startswith("PySide6.QtNetwork.")} <= {"socket"}
    assert {name: modules for name, modules in found.items() if modules} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import socket", {"socket"}),
        ("def later():\n    from PySide6 import QtNetwork, QtCore", {"PySide6.QtNetwork"}),
        (
            "from PySide6.QtNetwork import QLocalSocket",
            {"PySide6.QtNetwork", "PySide6.QtNetwork.QLocalSocket"},
        ),
        ("import http.client", {"http.client"}),
        ("import importlib\nimportlib.import_module('ssl')", {"ssl"}),
        ("__import__('socket')", {"socket"}),
        ("import socketry\nfrom . import socket\nfrom PySide6 import QtCore", set()),
    ],
)
def test_a_network_module_is_found_however_it_is_imported(source: str, found: set[str]) -> None:
    assert network_modules(source) == found
