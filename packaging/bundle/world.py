"""A world of its own for the built program: a home, a virtual screen, and no process left at the end."""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PATIENCE_S = 30.0
"""How long anything may take before it counts as hanging."""
LINUX = sys.platform == "linux"

_CALL_KEYS = """
    id state held upset reason caller started_at talk_s hold_s wrapup_s likely_s split_at_s split_basis past_split
    asked steps
"""
_KEYS = {
    "status": {"running", "call", "due"},
    "due": {"promises", "messages", "call_backs", "wrap_ups"},
    "call": set(_CALL_KEYS.split()),
    "caller": {"name", "number", "e164"},
    "asked": {"open", "closed"},
    "steps": {"transfer", "message"},
}
"""What the contract lets other programs rely on, by the place in ``status --json``."""


class Wrong(Exception):
    """Something is not as it should be; the message says what."""


def expect(what: str, found: object, wanted: object) -> None:
    """Raises Wrong when the two differ."""
    if found != wanted:
        raise Wrong(f"{what}: expected {wanted!r}, found {found!r}")


def _expect_keys(place: str, found: dict[str, object]) -> None:
    """A place of the status is empty (there is no call) or has its keys, all and no others."""
    if found:
        expect(f"keys of {place}", set(found), _KEYS[place])


def until(condition: Callable[[], Any], what: str) -> Any:
    """The first true answer of ``condition``. Raises Wrong when there is none in time."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.02)
    raise Wrong(f"waited in vain: {what}")


# ---- processes


def adopt_orphans() -> None:
    """What our children leave behind becomes our own child, so that it can be waited for and ended."""
    if LINUX:
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def children() -> list[int]:
    """Process numbers of our children, adopted ones included."""
    found = []
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found += [int(number) for number in task.read_text().split()]
    return found


def end_children() -> None:
    """Ends everything that this program has started, directly or not, and nothing else."""
    deadline = time.monotonic() + PATIENCE_S
    while LINUX and time.monotonic() < deadline:
        left = children()
        if not left:
            return
        for number in left:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(number, 0)


def exit_code(number: int) -> int:
    """Waits for an adopted process and returns its exit code (a signal's number as a negative one)."""

    def ended() -> tuple[int, int] | None:
        found, status = os.waitpid(number, os.WNOHANG)
        return (found, status) if found else None

    return os.waitstatus_to_exitcode(until(ended, f"the program with the number {number} ends")[1])


# ---- the world of the program


class World:
    """A home, a screen and an environment of its own for the built program."""

    def __init__(self, program: Path, home: Path) -> None:
        self.program = program
        self.home = home
        self.env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QT_", "PYTHON", "XDG_", "LD_", "DBUS_", "LC_", "COMPANION_", "_PYI"))
            and name not in ("DISPLAY", "WAYLAND_DISPLAY", "TMPDIR", "TZ", "VIRTUAL_ENV")
        }
        runtime = home / "run"
        runtime.mkdir(mode=0o700)
        self.env |= {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "TMPDIR": str(home),
            "LANG": "C.UTF-8",
        }
        self.env |= {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/no-bus", "TZ": "Europe/Berlin"}

    @property
    def data(self) -> Path:
        """The data folder that the program chooses by itself."""
        return self.home / ".local" / "share" / "call-companion"

    def open_screen(self) -> None:
        """A virtual screen, and a window manager where there is one."""
        read, write = os.pipe()
        words = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        self._begin(words, pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Wrong("the virtual screen (Xvfb) did not start")
        self.env["DISPLAY"] = f":{number}"
        if shutil.which("openbox"):
            self._begin(["openbox"])

    def _begin(self, words: list[str], **more: Any) -> None:
        quiet = subprocess.DEVNULL
        subprocess.Popen(words, env=self.env, stdin=quiet, stdout=quiet, stderr=quiet, **more)

    def run(
        self, *words: str, before: tuple[str, ...] = (), **changed: str
    ) -> subprocess.CompletedProcess[str]:
        """The program with these words, to its end. Raises Wrong when it hangs."""
        try:
            return subprocess.run(
                [*before, str(self.program), *words],
                env=self.env | changed,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Wrong(f"{self.program.name} {' '.join(words)} hangs") from None

    def at_terminal(self, *words: str, typed: str) -> int:
        """The exit code of the program at a terminal of its own, where ``typed`` is the answer to its question.

        Raises Wrong when it hangs, asks nothing or shows what was typed.
        """
        import pty  # not on Windows
        import select

        pid, terminal = pty.fork()
        if not pid:
            os.chdir(self.home)
            os.execve(str(self.program), [str(self.program), *words], self.env)
        shown = b""
        asked = False
        while True:
            ready, _, _ = select.select([terminal], [], [], PATIENCE_S)
            if not ready:
                raise Wrong(f"{self.program.name} {' '.join(words)} hangs: {shown!r}")
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # in this way Linux tells that the other side is gone
                break
            if not piece:
                break
            shown += piece
            if not asked and shown.endswith(b": "):
                asked = True
                os.write(terminal, typed.encode() + b"\n")
        os.close(terminal)
        if not asked or typed.encode() in shown:
            raise Wrong(f"{' '.join(words)}: {shown.decode('utf-8', 'replace')!r}")
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def done(self, *words: str, **changed: str) -> str:
        """Standard output of a command that has to end with 0 and say nothing on standard error."""
        ended = self.run(*words, before=(), **changed)
        if ended.returncode or ended.stderr:
            raise Wrong(f"{' '.join(words)}: exit code {ended.returncode}, {ended.stderr.strip()!r}")
        return ended.stdout

    def status(self, *folder: str) -> dict[str, Any]:
        """``status --json``, its keys checked against the contract."""
        found = json.loads(self.done(*folder, "status", "--json"))
        if found == {"running": False}:
            return dict(found)
        call = found["call"] or {}
        for place, inside in (("status", found), ("due", found["due"]), ("call", call)):
            _expect_keys(place, inside)
        for place in ("caller", "asked", "steps"):
            _expect_keys(place, call.get(place, {}))
        return dict(found)

    def pid(self, data: Path) -> int:
        """The number of the running program; its lock tells."""
        text = (data / "running.lock").read_text("ascii").strip()
        number = int(text) if text.isdigit() else 0
        if number not in children():
            raise Wrong(f"the program said to run on {data} is none of ours")
        return number

    def open(self, *place: str, before: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        """Opens the window and waits until it answers."""
        said = self.home / "said.txt"
        with said.open("wb") as file:
            process = subprocess.Popen(
                [*before, str(self.program), *place],
                env=self.env,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        until(lambda: self.status(*place)["running"] or process.poll() is not None, "the window answers")
        if process.poll() is not None:
            raise Wrong(f"the program ended by itself: {said.read_text('utf-8', 'replace').strip()!r}")
        return process


@contextmanager
def world_of(program: Path) -> Iterator[World]:
    """A world that is cleared away at the end, with all that ran in it."""
    with tempfile.TemporaryDirectory(prefix="cc-", ignore_cleanup_errors=True) as home:
        world = World(program, Path(home))
        try:
            if LINUX:
                world.open_screen()
            yield world
        finally:
            end_children()
