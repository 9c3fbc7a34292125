"""A small log of what the program did: kinds of events and counts, never a word of the user's."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

KINDS = ("start", "stop", "rescued", "backup", "line", "crash", "qt", "problem")
MOST = 128 * 1024
"""Bytes of a log; then it becomes the old one, and the one before that goes."""

_OWN_WORD = re.compile(r"[A-Za-z0-9_.:-]{1,60}")


class Log:
    """Writes lines to ``companion.log`` in a folder. What cannot be written is left out: a log is no reason to
    stop.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "companion.log"

    def note(self, kind: str, word: str = "", **counts: int) -> None:
        """One line. ``word`` is one of the program's own (a type, a version); raises ValueError for anything
        that could be the user's.
        """
        if kind not in KINDS or (word and not _OWN_WORD.fullmatch(word)):
            raise ValueError("only the program's own words go into the log")
        if not all(isinstance(count, int) for count in counts.values()):
            raise ValueError("only whole numbers go into the log")
        parts = [datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"), kind]
        parts += [word] if word else []
        parts += [f"{name}={int(count)}" for name, count in counts.items()]
        with suppress(OSError):
            self._turn_over()
            write_private(self._file, " ".join(parts) + "\n", os.O_APPEND)

    def _turn_over(self) -> None:
        with suppress(FileNotFoundError):
            if self._file.stat().st_size > MOST:
                self._file.replace(self._file.with_suffix(".old.log"))


def write_private(file: Path, text: str, how: int = os.O_TRUNC) -> None:
    """Writes a text for its user's eyes alone; ``how`` is O_TRUNC or O_APPEND. Makes the folder. Raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(fd, "wb") as out:
        out.write(text.encode("utf-8", "replace"))
