"""Where the windows were on this computer: kept beside the data, lost without harm."""

from __future__ import annotations

import json
import os
from pathlib import Path


class Place:
    """Size of the window and place of the strip, in pixels. A file that makes no sense counts as none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, list[int]] | None = None

    def size(self) -> tuple[int, int] | None:
        """Width and height of the full window."""
        return self._pair("window", 200, 20_000)

    def strip(self) -> tuple[int, int] | None:
        """Top left corner of the strip."""
        return self._pair("strip", -100_000, 100_000)

    def keep_size(self, width: int, height: int) -> None:
        """Keeps the size of the full window."""
        self._keep("window", [width, height])

    def keep_strip(self, x: int, y: int) -> None:
        """Keeps the place of the strip."""
        self._keep("strip", [x, y])

    def _read(self) -> dict[str, list[int]]:
        if self._kept is None:
            try:
                found = json.loads(self._path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                found = {}
            self._kept = found if isinstance(found, dict) else {}
        return self._kept

    def _pair(self, name: str, least: int, most: int) -> tuple[int, int] | None:
        found = self._read().get(name)
        if not isinstance(found, list) or len(found) != 2:
            return None
        if not all(isinstance(x, int) and not isinstance(x, bool) and least <= x <= most for x in found):
            return None
        return (found[0], found[1])

    def _keep(self, name: str, pair: list[int]) -> None:
        if self._read().get(name) == pair:
            return
        self._read()[name] = pair
        beside = self._path.with_suffix(".new")
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(self._kept))
            os.replace(beside, self._path)
        except OSError:
            pass  # the place of a window is not worth a word
