"""One running program per data folder: a lock of the operating system, let go by the kernel on a kill."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Lock:
    """The lock of one data folder. It lasts as long as this object or its process."""

    def __init__(self, fd: int) -> None:
        """Use ``take``."""
        self._fd = fd

    @classmethod
    def take(cls, path: str | os.PathLike[str]) -> Lock | None:
        """The lock at ``path``; None while another process has it. Raises OSError where nothing can be locked
        there.
        """
        fd = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            taken = _try(fd)
        except BaseException:
            os.close(fd)
            raise
        if not taken:
            os.close(fd)
            return None
        if sys.platform != "win32":  # there a locked file cannot be read, so there is no use in writing
            os.ftruncate(fd, 0)
            os.write(fd, f"{os.getpid()}\n".encode())  # for people who wonder; the program never reads it
        return cls(fd)

    def release(self) -> None:
        """Lets go. The file stays: taking it away would let two programs lock two files of one name."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def held(path: str | os.PathLike[str]) -> bool:
    """Whether some process has the lock. Looking disturbs nobody for longer than a moment (``take`` is tried
    again).
    """
    try:
        fd = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return not _try(fd)
    except OSError:
        return False
    finally:
        os.close(fd)


def _try(fd: int) -> bool:
    """Locks without waiting; False where another has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
