"""Opens the program for a request that wants it, and sees that the request gets there."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import IO

import companion
from companion.app import line
from companion.app.instance import held

OPENING_S = 15.0
"""Seconds that an opened program has until it must answer."""


def deliver(folder: str, wish: dict[str, object]) -> dict[str, object]:
    """Opens the program, waits until it answers, and hands the request over. Raises LineError.

    Two at once do no harm: the second program finds the lock taken and leaves, and both requests reach the first.
    """
    lock = os.path.join(folder, "running.lock")
    deadline = time.monotonic() + OPENING_S
    process: subprocess.Popen[bytes] | None = None
    with tempfile.TemporaryFile() as said:
        while time.monotonic() < deadline:
            try:
                return line.ask(folder, wish)
            except line.NoProgram:
                pass
            if process is None and not held(lock):
                process = _open(folder, said)
            if process is not None and process.poll():
                raise line.LineError(_why(said))
            time.sleep(0.01)
        raise line.LineError(_why(said))


def _open(folder: str, said: IO[bytes]) -> subprocess.Popen[bytes]:
    """Starts the program on its own feet: it outlives this command and its terminal."""
    command = [_windowed()] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "companion"]
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    try:
        return subprocess.Popen(
            [*command, "--data-dir", folder, "--unfocused"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=_environment(),
            start_new_session=sys.platform != "win32",
            creationflags=flags,
        )
    except OSError as error:
        raise line.LineError(
            f"The program could not be opened ({error.strerror}). Open it by hand."
        ) from error


def _windowed() -> str:
    """The built program that has the window; on Windows this may be its console twin, which lies beside it."""
    beside = os.path.join(os.path.dirname(sys.executable), "companion.exe")
    return beside if sys.platform == "win32" and os.path.exists(beside) else sys.executable


def _environment() -> dict[str, str]:
    """The environment, in which a checkout is found whatever folder one stands in."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(companion.__file__)))
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False) and os.path.basename(home) not in ("site-packages", "dist-packages"):
        path = [home, *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(path)
    return environment


def _why(said: IO[bytes]) -> str:
    """What the program said before it gave up."""
    said.seek(0)
    for text in said.read(65536).decode("utf-8", "replace").splitlines():
        if text.startswith("companion: "):
            return text.removeprefix("companion: ")
    return "The program was opened but does not answer. Open it by hand and try again."
