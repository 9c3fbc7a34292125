"""What the program imports is not left out of the built one; a library that each desktop has is the system's own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundle import leave_out, libraries, licenses

ROOT = Path(__file__).parents[2]
ELSEWHERE = ("ctypes", "keyring")
"""Asked for only where the platform has them."""


def imported(file: Path) -> Iterator[str]:
    """All names that a module imports, wherever in it: of ``from a import b`` both ``a`` and ``a.b``."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_nothing_that_the_program_imports_is_left_out(platform: str) -> None:
    left_out = leave_out.modules(platform)
    wanted = {(name, file.name) for file in (ROOT / "companion").rglob("*.py") for name in imported(file)}
    assert ("xml.parsers.expat", "hamster.py") in wanted
    missing = {
        (name, file)
        for name, file in wanted
        if name.partition(".")[0] not in ELSEWHERE and leave_out.is_module_left_out(name, left_out)
    }
    assert missing == set()


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_the_reader_of_xml_is_there_with_its_library_and_licence(platform: str) -> None:
    left_out = leave_out.modules(platform)
    assert not leave_out.is_module_left_out("pyexpat", left_out)
    assert leave_out.is_module_left_out("xml.etree.ElementTree", left_out)
    assert "expat" in [part.name for part in licenses.fixed_parts(ROOT)]


@pytest.mark.parametrize("name", ["libexpat.so.1", "libX11.so.6", "libX11-xcb.so.1", "libstdc++.so.6"])
def test_libraries_that_every_desktop_has_in_its_own_version(name: str) -> None:
    kept = libraries.needed(
        [("PySide6/Qt/plugins/a.so", "/qt/a.so", "BINARY"), (name, f"/usr/lib/{name}", "BINARY")],
        lambda source: [name] if source == "/qt/a.so" else [],
    )
    assert [place for place, _source, _kind in kept] == ["PySide6/Qt/plugins/a.so"]
