"""Which shared libraries stay: those that a program, an extension or a plugin still needs, and no other."""

import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""Place inside the folder, where it comes from, kind (EXTENSION, BINARY, SYMLINK …)."""

# Loaded by name while the program runs, so that no file tells of them: the interpreter itself, and what gives a
# screen reader its voice.
ALWAYS = re.compile(r"^libpython|^libQt6DBus\b")

# The system's own, wherever a window can be shown or something printed. The drivers of the screen need the C++ library
# and X11 in the system's version, which is the same or newer; an older one brought along would stand in their way. The
# library of the printers is loaded only when a printer is asked for, and missed by nobody where there is none. That of
# XML is asked for by the fonts alone and comes with every desktop, whose D-Bus and drivers need it too; brought along,
# it would be the one part to want a C library newer than Ubuntu 22.04 has.
SYSTEM = re.compile(r"^lib(stdc\+\+|gcc_s|X11|X11-xcb|cups|expat)\.so\b")

_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)


def needs_of(file: str) -> frozenset[str]:
    """Names of the libraries that an ELF file asks the loader for; none for other files."""
    done = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=False)
    return frozenset(_NEEDED.findall(done.stdout))


def is_root(entry: Entry) -> bool:
    """Whether a file is wanted for its own sake: an extension module, a plugin, or one loaded by name."""
    place, _source, kind = entry
    return kind == "EXTENSION" or "/plugins/" in place or bool(ALWAYS.match(PurePosixPath(place).name))


def reached(roots: Iterable[str], needs: Mapping[str, Iterable[str]]) -> set[str]:
    """All names that are needed, directly or through others; names that lie outside are among them."""
    found: set[str] = set()
    ahead = list(roots)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += needs.get(name, ())
    return found


def needed(entries: Iterable[Entry], ask: Callable[[str], Iterable[str]] = needs_of) -> list[Entry]:
    """The entries without the system's own libraries, those that nothing left needs, and links to such."""
    kept = [entry for entry in entries if not SYSTEM.match(PurePosixPath(entry[0]).name)]
    name_of = {entry[0]: PurePosixPath(entry[0]).name for entry in kept}
    needs = {name_of[place]: ask(source) for place, source, kind in kept if kind != "SYMLINK"}
    wanted = reached((name_of[entry[0]] for entry in kept if is_root(entry)), needs)
    return [entry for entry in kept if is_root(entry) or name_of[entry[0]] in wanted]
