"""The colours of a theme as named tokens, read from a small TOML file."""

import re
from pathlib import Path
from typing import NamedTuple

_LINE = re.compile(r'^([a-z_]+)\s*=\s*"(#[0-9a-f]{6})"\s*(?:#.*)?$')


class Tokens(NamedTuple):
    """Colours as ``#rrggbb``. Grounds run from the back (window) to the front (surface)."""

    window: str
    rail: str
    surface: str
    sunk: str
    hover: str
    border: str
    border_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_line: str
    warn: str
    warn_soft: str
    error: str
    error_soft: str
    on_error: str
    track: str


def parse(text: str, source: str = "theme") -> Tokens:
    """Tokens from the text of a theme file.

    The files hold nothing but ``name = "#rrggbb"``. Reading that by hand spares every start the import of a
    whole TOML parser; a test holds the two readings equal. Raises ValueError with the line at fault.
    """
    names = set(Tokens._fields)
    values: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None:
            raise ValueError(f'{source}, line {number}: expected name = "#rrggbb"')
        name, value = found.groups()
        if name not in names or name in values:
            raise ValueError(f"{source}, line {number}: {name} is unknown or given twice")
        values[name] = value
    missing = sorted(names - values.keys())
    if missing:
        raise ValueError(f"{source}: missing {', '.join(missing)}")
    return Tokens(**values)


def load(path: Path) -> Tokens:
    """Tokens of the theme file at ``path``; raises OSError or ValueError."""
    return parse(path.read_text(encoding="utf-8"), path.name)
