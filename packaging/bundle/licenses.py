"""Licence texts for the folder ``licenses``: of every part that is really in it; a part without a text stops the build.

A part's own files, as installed, come first; where a part ships none, the text lies in ``packaging/licenses``.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

KEPT = Path(__file__).resolve().parents[1] / "licenses"
_WORDS = ("licen", "copying", "notice", "authors")
_INDEX = """\
Call Companion is free software under the MIT licence (call-companion.txt).

It is shipped together with the parts listed below, each under its own licence, whose text is in the file named.
Qt and PySide6 are used under the GNU Lesser General Public License, version 3 (LGPL-3.0.txt, which builds on
GPL-3.0.txt). They lie beside the program as separate, unchanged shared libraries: you may replace them by your own
builds of the same version, and you may take the program apart to find out how such a change behaves. Their
source text is published by the Qt Project at https://code.qt.io for each version.

"""


class NoLicense(Exception):
    """A part has no licence text anywhere; the message names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the folder: its name, version ('' where that is not told) and files with its licence."""

    name: str
    version: str
    texts: tuple[Path, ...]


def _plain(name: str) -> str:
    """A distribution's name as all its spellings have it in common."""
    return name.lower().replace("_", "-").replace(".", "-")


def texts_of(distribution: metadata.Distribution, kept: Path = KEPT) -> tuple[Path, ...]:
    """Licence files of an installed distribution, or the ones kept here for it. Raises NoLicense."""
    found = [
        Path(str(file.locate()))
        for file in distribution.files or ()
        if ".dist-info" in str(file) and any(word in file.name.lower() for word in _WORDS)
    ]
    name = _plain(distribution.metadata["Name"])
    texts = tuple(sorted(path for path in found if path.is_file())) or tuple(sorted(kept.glob(f"{name}.txt")))
    if not texts:
        raise NoLicense(
            f"{name} is bundled, but has no licence text: put one into packaging/licenses/{name}.txt"
        )
    return texts


def bundled_distributions(sources: Iterable[str], *also: str) -> list[metadata.Distribution]:
    """The installed distributions that any of these source files belongs to, and those named, by name."""
    wanted = {str(Path(source).resolve()) for source in sources}
    found = {_plain(name): metadata.distribution(name) for name in also}
    for distribution in metadata.distributions():
        for file in distribution.files or ():
            if str(Path(str(file.locate())).resolve()) in wanted:
                found[_plain(distribution.metadata["Name"])] = distribution
                break
    return [found[name] for name in sorted(found)]


def distribution_parts(distributions: Iterable[metadata.Distribution]) -> list[Part]:
    """The parts that installed distributions are. Raises NoLicense."""
    return [Part(_plain(each.metadata["Name"]), each.version, texts_of(each)) for each in distributions]


def debian_packages(libraries: Iterable[str]) -> dict[str, str]:
    """System libraries, as the Debian package each comes from and that package's version; empty elsewhere."""
    packages: dict[str, str] = {}
    if not shutil.which("dpkg-query"):
        return packages
    for library in libraries:
        # A package may know the file below /lib, where /lib and /usr/lib are the same folder.
        for path in (library, str(Path(library).resolve())):
            names = [path, path.removeprefix("/usr")] if path.startswith("/usr/") else [path, f"/usr{path}"]
            asked = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True, check=False)
            owner = asked.stdout.partition(":")[0].strip()
            if owner:
                shown = ["dpkg-query", "-W", "-f", "${Version}\n", owner]
                version = subprocess.run(shown, capture_output=True, text=True, check=False).stdout
                packages[owner] = version.partition("\n")[0]
                break
    return packages


def debian_parts(packages: Mapping[str, str], doc: Path = Path("/usr/share/doc")) -> list[Part]:
    """The parts that Debian packages are. Raises NoLicense."""
    parts = []
    for package, version in sorted(packages.items()):
        text = doc / package / "copyright"
        if not text.is_file():
            raise NoLicense(f"the system package {package} is bundled, but {text} is missing")
        parts.append(Part(package, version, (text,)))
    return parts


def python_part(kept: Path = KEPT) -> Part:
    """The interpreter, with the text that came with it."""
    places = [
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(sys.base_prefix)
        / "lib"
        / f"python{sys.version_info.major}.{sys.version_info.minor}"
        / "LICENSE.txt",
        kept / "python.txt",
    ]
    text = next(path for path in places if path.is_file())
    return Part("python", ".".join(map(str, sys.version_info[:3])), (text,))


def fixed_parts(root: Path, kept: Path = KEPT) -> list[Part]:
    """Parts that are always there and that no package manager knows of."""
    return [
        Part("call-companion", "", (root / "LICENSE",)),
        Part("inter-font", "", (root / "resources" / "fonts" / "OFL.txt",)),
        Part("sqlite", "", (kept / "sqlite.txt",)),
        Part("qt-parts", "", (kept / "qt-parts.txt",)),
        Part("expat", "", (kept / "expat.txt",)),
        Part("lgpl", "3.0", (kept / "LGPL-3.0.txt",)),
        Part("gpl", "3.0", (kept / "GPL-3.0.txt",)),
        python_part(kept),
    ]


def write(parts: Iterable[Part], folder: Path) -> None:
    """Writes the texts, and INDEX.txt that tells which belongs to what. Raises NoLicense for an empty text."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for part in parts:
        names = []
        for number, text in enumerate(part.texts, 1):
            content = text.read_bytes()
            if not content.strip():
                raise NoLicense(f"the licence text of {part.name} is empty: {text.name}")
            name = (
                text.name if text.parent == KEPT else f"{part.name}{f'-{number}' if number > 1 else ''}.txt"
            )
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o644)
            names.append(name)
        lines.append(f"{part.name} {part.version}".strip() + f": {', '.join(names)}\n")
    (folder / "INDEX.txt").write_text(_INDEX + "".join(lines), "utf-8")
