"""What is in a built folder: the modules inside the program, traces of the building machine, modes, licences, sizes."""

import marshal
import os
import re
import stat
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_COOKIE = struct.Struct("!8sIIII64s")
_COOKIE_MAGIC = b"MEI\x0c\x0b\x0a\x0b\x0e"
_ENTRY = struct.Struct("!IIIIBc")
_ELF = b"\x7fELF"

# Licences that have to be there whatever else is; the build sees to every part that it finds by itself.
_LICENSES = """
    call-companion LGPL-3.0 GPL-3.0 python qt-parts pyside6-essentials shiboken6 sqlite inter-font pyinstaller
    sqlite-utils sqlite-fts4 click python-dateutil pluggy phonenumberslite platformdirs tzlocal tzdata
    pynacl pynacl-2 cffi
"""
if sys.platform == "linux":
    _LICENSES += "jeepney"


def packed_entries(program: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what is appended to the start program. ValueError when nothing is."""
    end = program.rfind(_COOKIE_MAGIC)
    if end < 0:
        raise ValueError("nothing is packed into the program")
    _magic, length, toc_at, toc_length, _version, _library = _COOKIE.unpack_from(program, end)
    start = end + _COOKIE.size - length
    at = start + toc_at
    while at < start + toc_at + toc_length:
        size, offset, packed_length, _length, is_packed, _kind = _ENTRY.unpack_from(program, at)
        name = program[at + _ENTRY.size : at + size].rstrip(b"\0").decode("utf-8")
        content = program[start + offset : start + offset + packed_length]
        yield name, zlib.decompress(content) if is_packed else content
        at += size


def modules(program: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and code (marshalled) of the Python modules inside the start program; start scripts among them."""
    for name, content in packed_entries(program):
        if not content.startswith(b"PYZ\0"):
            yield name, content
            continue
        (toc_at,) = struct.unpack_from("!I", content, 8)
        for module, (_kind, offset, length) in marshal.loads(content[toc_at:]):
            yield module, zlib.decompress(content[offset : offset + length]) if length else b""


def files_of(folder: Path) -> Iterator[Path]:
    """All files of a folder, links included, in a fixed order."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in sorted([*names, *links]))


def traces(folder: Path, program: Path, paths: Iterable[str]) -> list[str]:
    """Where the text of a file, or a module, names one of these paths of the building machine.

    Compiled libraries are not looked at: what the makers of the interpreter wrote into theirs is not ours to change.
    """
    wanted = [path.encode() for path in paths if len(path) > 1]
    found = []
    for file in files_of(folder):
        if file.is_symlink() or file == program:
            continue
        content = file.read_bytes()
        if not content.startswith(_ELF):
            found += [
                f"{file.relative_to(folder)} names {path.decode()}" for path in wanted if path in content
            ]
    for name, content in modules(program.read_bytes()):
        found += [f"module {name} names {path.decode()}" for path in wanted if path in content]
    return found


def wrong_modes(folder: Path) -> list[str]:
    """Files that others could change, that not everybody may read, or links that lead out of the folder."""
    wrong = []
    for file in files_of(folder):
        place = str(file.relative_to(folder))
        if file.is_symlink():
            target = (file.parent / file.readlink()).resolve()
            if not target.exists() or not target.is_relative_to(folder.resolve()):
                wrong.append(f"{place} leads to {file.readlink()}")
            continue
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o7022 or mode & 0o444 != 0o444:
            wrong.append(f"{place} has the mode {mode:04o}")
    return wrong


def missing_licenses(folder: Path, needed: str = _LICENSES) -> list[str]:
    """What is wrong with the folder ``licenses``: a text that is missing, empty, or not in its index."""
    texts = folder / "licenses"
    index = texts / "INDEX.txt"
    if not index.is_file():
        return ["licenses/INDEX.txt is missing"]
    listed = re.findall(
        r"[\w.+-]+\.txt", "\n".join(index.read_text("utf-8").partition("\n\n")[2].splitlines())
    )
    wanted = {*listed, *(f"{name}.txt" for name in needed.split())}
    wrong = [f"licenses/{name} is missing or empty" for name in sorted(wanted) if not _has_text(texts / name)]
    there = {file.name for file in texts.iterdir()} - {"INDEX.txt"}
    return wrong + [f"licenses/{name} is not in the index" for name in sorted(there - set(listed))]


def _has_text(file: Path) -> bool:
    return file.is_file() and bool(file.read_bytes().strip())


def sizes(folder: Path) -> dict[str, int]:
    """Bytes by part of the folder, biggest first; the last is the sum of all."""
    kinds = {
        "Qt: ICU": re.compile(r"/Qt/lib/libicu"),
        "Qt: libraries": re.compile(r"/Qt/lib/|/Qt6\w+\.dll$"),
        "Qt: plugins": re.compile(r"/plugins/"),
        "Qt: binding": re.compile(r"/(PySide6|shiboken6)/"),
        "Python: library": re.compile(r"/libpython|/python3\d+\.dll$"),
        "Python: modules": re.compile(r"/python3\.\d+/|/base_library\.zip$|\.pyd$"),
        "time zones": re.compile(r"/tzdata/"),
        "resources": re.compile(r"/resources/"),
        "licences": re.compile(r"^/licenses/"),
        "program": re.compile(r"^/companion[^/]*$"),
    }
    found: dict[str, int] = {}
    for file in files_of(folder):
        if not file.is_symlink():
            place = "/" + file.relative_to(folder).as_posix()
            kind = next((name for name, shape in kinds.items() if shape.search(place)), "system libraries")
            found[kind] = found.get(kind, 0) + file.stat().st_size
    return {**dict(sorted(found.items(), key=lambda item: -item[1])), "all": sum(found.values())}
