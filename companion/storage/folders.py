"""Folders made on the way to something that goes out; where that fails, what was made is gone again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from companion.storage.errors import DiskFull, StoreError, shown, translate_os


class NoFolder(StoreError):
    """A folder that was named is not there and cannot be made."""

    kind = "no-folder"


@contextmanager
def made(folder: Path) -> Iterator[Path]:
    """``folder`` is there inside the block: it and what is missing above it are made for their user only (0700).

    Where the block fails, the folders made here go again, as far as nothing stands in them; what was there before is
    never touched. Raises NoFolder, or DiskFull; nothing is left behind then either.
    """
    new: list[Path] = []
    try:
        for one in _missing(folder):
            _make(one, new)
        yield folder
    except BaseException:
        for one in reversed(new):
            with suppress(OSError):
                one.rmdir()
        raise


def _missing(folder: Path) -> list[Path]:
    """What has to be made, the outermost first. Raises NoFolder where something that is no folder is in the way."""
    missing: list[Path] = []
    try:
        for one in (folder, *folder.parents):
            if one.is_dir():
                return missing[::-1]
            if one.is_symlink() or one.exists():
                raise NoFolder(
                    f"The folder {shown(folder)} cannot be made: {shown(one)} is no folder. Name another one."
                )
            missing.append(one)
    except OSError as error:  # a name that is too long, or has what no name may have
        raise _refused(folder, error) from None
    return missing[::-1]


def _make(folder: Path, new: list[Path]) -> None:
    try:
        folder.mkdir(mode=0o700)
        new.append(folder)
    except FileExistsError:  # somebody made it meanwhile
        if not folder.is_dir():
            raise NoFolder(
                f"The folder {shown(folder)} cannot be made: something else stands there. Name another one."
            ) from None
    except OSError as error:
        raise _refused(folder, error) from None


def _refused(folder: Path, error: OSError) -> StoreError:
    found = translate_os(error, folder)
    if isinstance(found, DiskFull):
        return found
    why = error.strerror or "it was refused"
    return NoFolder(
        f"The folder {shown(folder)} cannot be made ({why}). Name another one, or make it yourself."
    )
