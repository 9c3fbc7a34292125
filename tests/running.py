"""The program as others see it: a process of its own on a data folder, asked over the command line, ended."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion.app import line

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60.0


def until(condition: Callable[[], Any], what: str) -> Any:
    """The first true answer of ``condition``; fails when there is none for a long time."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.02)


class Companion:
    """One data folder and whatever runs on it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
        }
        path = os.pathsep.join([str(ROOT), *filter(None, [kept.get("PYTHONPATH")])])
        self.env = {**kept, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
        self._processes: list[subprocess.Popen[str]] = []

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-P", "-m", "companion", "--data-dir", str(self.data), *words]

    def run(self, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(
            self.command(*words),
            env=self.env | changed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """A process that is not waited for."""
        process = subprocess.Popen(
            self.command(*words),
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._processes.append(process)
        return process

    def open(self) -> subprocess.Popen[str]:
        """The window, once it answers."""
        process = self.begin()
        until(lambda: self.answers() or process.poll() is not None, "the program answers")
        assert process.poll() is None, process.communicate()
        return process

    def answers(self) -> bool:
        try:
            return bool(line.ask(str(self.data), {"do": "status"})["ok"])
        except (line.NoProgram, line.LineError):
            return False

    def status(self) -> dict[str, Any]:
        done = self.run("status", "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def holder(self) -> int:
        """The process that had the lock last."""
        try:
            return int((self.data / "running.lock").read_text("ascii") or 0)
        except (OSError, ValueError):
            return 0

    def close(self) -> None:
        """Ends everything that this object, or a command of it, has started."""
        strays = {self.holder()} - {process.pid for process in self._processes} - {0}
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.communicate()
        for stray in strays:
            if self.answers():  # a number of an ended process may have been given to another one by now
                os.kill(stray, signal.SIGKILL)
                until(lambda: not self.answers(), "the stray has ended")
