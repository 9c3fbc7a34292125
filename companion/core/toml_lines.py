"""On which line a table or key of a TOML text stands; the parser itself tells that for broken syntax only."""

import re

_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([^\]\n]*?)[ \t]*\]")
_KEY = re.compile(r"""[ \t]*("[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*[.=]""")
# What must be stepped over as one piece, lest a bracket or a "=" inside it be taken for the file's own.
_TOKEN = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


class Places:
    """Lines from 1, by table, row in it (from 0) and key; the nearest line known where a place is not."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        self._counts: dict[str, int] = {}

    def add_table(self, name: str, line: int, *, listed: bool) -> tuple[str, int]:
        """A header was met; the table and row that the keys below it belong to."""
        if listed:
            number = self._counts.get(name, -1) + 1
            self._counts[name] = number
            self._lines.setdefault((name, number, ""), line)
            return name, number
        parent, _, child = name.partition(".")
        if child and parent in self._counts:  # [alphabet.letters] belongs to the last [[alphabet]]
            number = self._counts[parent]
            self._lines.setdefault((parent, number, child), line)
            return name, number
        self._lines.setdefault((name, 0, ""), line)
        return name, 0

    def add_key(self, table: tuple[str, int], key: str, line: int) -> None:
        """A key was met; at the top of the file the table's name is empty."""
        place = (*table, key) if table[0] else (key, 0, "")
        self._lines.setdefault(place, line)

    def line(self, table: str, number: int = 0, key: str = "") -> int:
        """The line of a key in a row of a table, of the row, of the table, or 1."""
        for place in ((table, number, key), (table, number, ""), (table, 0, "")):
            if place in self._lines:
                return self._lines[place]
        return 1


def _bare(word: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in word.split("."))


def places(text: str) -> Places:
    """The places in a text that is valid TOML; in other texts some may be wrong, but nothing is raised."""
    found = Places()
    table = ("", 0)
    depth = 0
    line = 1
    at = 0
    fresh = True  # at the beginning of a statement
    while at < len(text):
        if fresh:
            fresh = False
            header = _HEADER.match(text, at)
            key = _KEY.match(text, at)
            if header:
                table = found.add_table(_bare(header.group(2)), line, listed=header.group(1) == "[[")
                at = header.end() + (header.group(1) == "[[")
                continue
            if key:
                found.add_key(table, _bare(key.group(1)), line)
                at = key.end()
                continue
        token = _TOKEN.search(text, at)
        if token is None:
            break
        at = token.end()
        mark = token.group()
        line += mark.count("\n")
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth = max(0, depth - 1)
        elif mark == "\n":
            fresh = depth == 0
    return found
