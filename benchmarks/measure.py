"""How things are measured: a start to its first paint, memory, wake-ups, the time of a command."""

from __future__ import annotations

import os
import select
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60.0
_WAITS = "trace=poll,ppoll,select,pselect6,epoll_wait,epoll_pwait,futex,nanosleep,clock_nanosleep"
Command = Sequence[str]


class Failed(Exception):
    """A process under measurement did not do what it was started for."""


def environ(**settings: str) -> dict[str, str]:
    """The environment of everything that is measured: bytecode is kept, outside the checkout."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    path = os.pathsep.join([str(ROOT), *filter(None, [kept.get("PYTHONPATH")])])
    cache = str(ROOT / "build" / "bench" / "bytecode")
    return {**kept, "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": cache, "COMPANION_PAINTED_FD": "1", **settings}


@contextmanager
def screen(size: str = "1920x1080x24") -> Iterator[dict[str, str]]:
    """A virtual screen of its own; yields the variables that lead a process to it."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    with tempfile.TemporaryFile() as told:
        server = subprocess.Popen(command, pass_fds=(write,), stdout=told, stderr=told)
        os.close(write)
        try:
            number = os.read(read, 16).decode().strip()
            if not number:
                raise Failed("Xvfb does not start")
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            os.close(read)
            server.terminate()
            server.wait()


@contextmanager
def painted(command: Command, env: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """Starts a program; yields it with the seconds until it told of its first paint, and ends it afterwards."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/")
    assert process.stdout is not None
    try:
        ready, _w, _x = select.select([process.stdout], [], [], PATIENCE_S)
        told = os.read(process.stdout.fileno(), 1) if ready else b""
        took = time.perf_counter() - began
        if not told:
            raise Failed(f"{command[0]} did not paint")
        yield process, took
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rest(pid: int, quiet_s: float = 1.5) -> None:
    """Waits until a process has used no processor for a while."""
    deadline = time.monotonic() + PATIENCE_S
    used, since = cpu_s(pid), time.monotonic()
    while time.monotonic() - since < quiet_s:
        time.sleep(0.1)
        now = cpu_s(pid)
        if now - used > 0.02:
            used, since = now, time.monotonic()
        if time.monotonic() > deadline:
            raise Failed("the process does not come to rest")


def memory_mib(pid: int) -> tuple[float, float]:
    """What a process has in memory in MiB: shared pages counted in parts (PSS), and all of them in full (RSS).

    Whatever else runs with Qt takes its part of the shared pages away, from the program and from the empty window, and
    makes the first ratio look worse; the second is what PSS comes to on a machine with nothing else on it.
    """
    found = dict(line.split()[:2] for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return int(found["Pss:"]) / 1024, int(found["Rss:"]) / 1024


def wakeups(pid: int, seconds: float) -> tuple[float, float]:
    """How often a second a process was woken up again: its own timers and threads, and all there was.

    A program that paints is also woken up by the answers of the X server, on a thread of Qt and then on its own; what
    comes of itself is counted by the calls of the main thread that ended because their time was over.
    """
    before, began = _switches(pid), time.monotonic()
    time.sleep(seconds)
    switched = (_switches(pid) - before) / (time.monotonic() - began)
    return _timed_out(
        pid, seconds
    ) / seconds, switched  # one after the other: being traced wakes a process up too


def _switches(pid: int) -> int:
    found = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                found += int(line.split()[1])
    return found


def _timed_out(pid: int, seconds: float) -> int:
    """How many waits of all threads ended by time, as strace tells it."""
    with tempfile.NamedTemporaryFile("r") as told:
        traced = ["strace", "-f", "-qq", "-e", _WAITS, "-o", told.name, "-p", str(pid)]
        tracer = subprocess.Popen(traced, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        return sum(1 for line in told if "(Timeout)" in line or "ETIMEDOUT" in line)


def whole(command: Command, env: dict[str, str]) -> float:
    """Seconds of a process from its start to its end."""
    began = time.perf_counter()
    done = subprocess.run(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, cwd="/"
    )
    took = time.perf_counter() - began
    if done.returncode:
        raise Failed(
            done.stderr.decode("utf-8", "replace").strip() or f"{command[-1]}: exit {done.returncode}"
        )
    return took


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """What 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def folder_mb(folder: Path) -> float:
    """Size of all files below a folder, in MB (a million bytes)."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir()) / 1e6


def packed_mb(folder: Path) -> float:
    """Size of a folder packed with xz, in MB."""
    pack = f"tar -C '{folder.parent}' -c '{folder.name}' | xz -6 -T0 | wc -c"
    done = subprocess.run(["sh", "-c", pack], capture_output=True, check=True)
    return int(done.stdout) / 1e6


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process at once."""
    process.send_signal(signal.SIGKILL)
    process.wait()
