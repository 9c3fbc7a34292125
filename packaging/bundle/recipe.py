"""The recipe of a built folder, in one place, so that what it is measured against is built in the same way."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from PyInstaller.building.api import COLLECT, EXE, PYZ
from PyInstaller.building.build_main import Analysis
from PyInstaller.config import CONF

from bundle import leave_out, libraries, licenses

ROOT = Path(__file__).resolve().parents[2]
OPTIMIZE = 2
"""Docstrings and asserts go: the program asserts nothing that it relies on, and smaller modules load faster."""

STARTER = "pyinstaller"
"""The distribution that the start program is from, though no module of it is inside."""

# Qt's binding carries Python modules inside a library, where nobody sees what they import: so they are asked.
_BINDING = (
    "import sys; before = set(sys.modules); import PySide6.QtWidgets, PySide6.QtSvg, PySide6.QtNetwork;"
    "import PySide6.QtDBus, PySide6.QtPrintSupport;"
    "new = set(sys.modules) - before; known = sys.stdlib_module_names;"
    "print(*(n for n in sorted(new) if n.partition('.')[0] in known and getattr(sys.modules[n], '__spec__', None)))"
)


# What no import tells of: a library's own half in C, and the time zones, which not every system has.
_UNSEEN = ["_cffi_backend", "tzdata"]


def modules_of_binding() -> list[str]:
    """Modules of the standard library that importing Qt brings along."""
    done = subprocess.run([sys.executable, "-I", "-c", _BINDING], capture_output=True, text=True, check=True)
    found = done.stdout.split()
    return [name for name in found if not leave_out.is_module_left_out(name, leave_out.modules())]


def _own_modules(script: Path) -> list[str]:
    """All modules of the package that a script belongs to: some are imported by names that no import tells."""
    package = script.parent
    if not (package / "__init__.py").is_file():
        return []
    files = (file.relative_to(package.parent).with_suffix("") for file in package.rglob("*.py"))
    return sorted(".".join(file.parts).removesuffix(".__init__") for file in files)


def _analysed(script: Path, datas: list[tuple[str, str]]) -> Any:
    """What the program is made of, without what is left out."""
    found = Analysis(
        [str(script)],
        pathex=[str(ROOT)],
        datas=datas,
        hiddenimports=[*modules_of_binding(), *_own_modules(script), *_UNSEEN],
        excludes=leave_out.modules(),
        runtime_hooks=[str(ROOT / "packaging" / "bundle" / "start.py")],
        optimize=OPTIMIZE,
    )
    found.scripts = [entry for entry in found.scripts if not leave_out.RUNTIME_HOOKS.match(entry[0])]
    found.datas = [entry for entry in found.datas if not leave_out.is_left_out(entry[0])]
    found.binaries = [entry for entry in found.binaries if not leave_out.is_left_out(entry[0])]
    if sys.platform == "linux":
        found.datas, links = _apart(found.datas)
        found.binaries = libraries.needed([*found.binaries, *links])
    return found


def _apart(datas: list[libraries.Entry]) -> tuple[list[libraries.Entry], list[libraries.Entry]]:
    """Files, and links to libraries."""
    links = [entry for entry in datas if entry[2] == "SYMLINK"]
    return [entry for entry in datas if entry[2] != "SYMLINK"], links


def _modules(found: Any) -> list[libraries.Entry]:
    """The Python modules; the interpreter's record of how it was built is cut down to what is asked of it."""
    record = Path(CONF["workpath"]) / "record.py"
    record.write_text(
        "build_time_vars = {'TZPATH': '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo'}\n"
    )
    return [
        (name, str(record) if name.startswith("_sysconfigdata") else source, kind)
        for name, source, kind in found.pure
    ]


def _parts(found: Any) -> list[licenses.Part]:
    """All that the folder holds, with its licences."""
    sources = [entry[1] for entry in (*found.pure, *found.binaries, *found.datas) if entry[2] != "SYMLINK"]
    parts = licenses.fixed_parts(ROOT)
    parts += licenses.distribution_parts(licenses.bundled_distributions(sources, STARTER))
    system = [entry[1] for entry in found.binaries if entry[1].startswith(("/lib", "/usr/lib"))]
    return parts + licenses.debian_parts(licenses.debian_packages(system))


def make(name: str, script: Path, datas: list[tuple[str, str]], icon: Path | None = None) -> Path:
    """Builds the folder ``name`` with the program ``name`` in it; on Windows also ``name``-cli, which may print.

    Returns the folder. Errors: SystemExit with one line where a part has no licence text.
    """
    found = _analysed(script, datas)
    archive = PYZ(_modules(found))
    strip = sys.platform == "linux"
    picture = {"icon": str(icon)} if icon and sys.platform == "win32" else {}
    kinds = {name: False, f"{name}-cli": True} if sys.platform == "win32" else {name: False}
    programs = [
        EXE(
            archive,
            found.scripts,
            exclude_binaries=True,
            name=program,
            console=console,
            strip=strip,
            upx=False,
            **picture,
        )
        for program, console in kinds.items()
    ]
    folder = COLLECT(*programs, found.binaries, found.datas, name=name, strip=strip, upx=False)
    try:
        licenses.write(_parts(found), Path(folder.name) / "licenses")
    except licenses.NoLicense as error:
        raise SystemExit(f"Not built: {error}") from error
    return Path(folder.name)
