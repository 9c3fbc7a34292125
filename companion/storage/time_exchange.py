"""Files of time, in and out: read whole up to a limit, written beside their place and then put there in one step.

Both may take a while with a slow disk and belong on a thread of their own; nothing here touches the data file.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from companion.core.time_formats.found import MOST_BYTES, Reading
from companion.core.time_formats.read import read
from companion.storage import folders
from companion.storage.errors import StoreError, shown, translate_os

_PIECE = 1024 * 1024


class NoFile(StoreError):
    """What was named is no file that could be read: a folder, a device, a pipe, or nothing."""

    kind = "no-file"


class TooLong(StoreError):
    """The file is longer than anything that is taken."""

    kind = "too-long"


def load(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file of at most ``most`` bytes, also where it grows while it is read. Raises StoreError."""
    try:
        with open(path, "rb", opener=_opened) as file:
            pieces, size = [], 0
            while piece := file.read(min(_PIECE, most + 1 - size)):
                size += len(piece)
                pieces.append(piece)
                if size > most:
                    raise TooLong(
                        f"The file {shown(path)} is longer than {most // 1024 // 1024} MB. "
                        "Export it in parts: one file for each year."
                    )
            return b"".join(pieces)
    except FileNotFoundError:
        raise NoFile(f"The file {shown(path)} is not there any more. Choose it again.") from None
    except IsADirectoryError:
        raise NoFile(f"{shown(path)} is a folder or a device. Choose a file that was exported.") from None
    except PermissionError:
        raise NoFile(f"The file {shown(path)} may not be read. Allow reading it, then try again.") from None
    except OSError as error:
        raise translate_os(error, path) from error


def _opened(name: str, flags: int) -> int:
    """As ``open`` does it, but for plain files only: asked of the open file, not of its name, and without waiting for
    the other end of a pipe."""
    handle = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise IsADirectoryError(errno.EISDIR, "no plain file")


def read_file(
    path: Path,
    zone: tzinfo,
    zones: Callable[[str], tzinfo] = ZoneInfo,
    *,
    day_first: bool | None = None,
    person: str = "",
) -> Reading:
    """Loads a file and reads it, as ``core.time_formats.read``. Raises StoreError for what the disk refuses only."""
    return read(load(path), zone, zones, day_first=day_first, person=person)


def save(path: Path, text: str) -> None:
    """Writes a file for its user's eyes only (0600). At every moment either the old or the new one is there, whole.

    A link is followed: what it leads to is replaced, not the link. Missing folders are made. Raises StoreError; nothing
    is left behind then.
    """
    try:
        place = path.resolve()
        if place.is_dir():
            raise NoFile(f"{shown(path)} is a folder. Choose another name.")
        if place.is_symlink():  # since Python 3.13 a circle is no error
            raise RuntimeError
    except RuntimeError:  # links that lead in a circle
        raise NoFile(f"{shown(path)} leads nowhere. Choose another name.") from None
    except OSError as error:
        raise translate_os(error, path) from error
    with folders.made(place.parent):
        _write(place, text)


def _write(place: Path, text: str) -> None:
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=".companion-", suffix=".part", dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
        beside = ""
        _settle(place.parent)
    except PermissionError:
        raise StoreError(
            f"Nothing may be written at {shown(place)}. Choose another folder, or allow writing to this one."
        ) from None
    except FileNotFoundError:
        raise StoreError(f"The folder of {shown(place)} is not there any more. Choose another one.") from None
    except OSError as error:
        raise translate_os(error, place) from error
    finally:
        if beside:
            with suppress(OSError):
                os.unlink(beside)


def _settle(folder: Path) -> None:
    """Lets the new name of a file be on the disk, where the system can be asked for that."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some file systems have no such thing; the file itself is on the disk
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
