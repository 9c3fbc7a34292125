"""Measures the figures that the program is held to, against an empty PySide6 window in the same run, as one table.

``python3 packaging/dev.py bench`` runs it. What is built (dist/) is measured too. A figure is the middle of several
runs; program and empty window take turns, so that whatever else the machine does meets both. Nothing here fails: the
table says what is met.

Words: ``--quick`` fewer runs; ``--source`` leaves out what is built; ``--packed`` packs the folder to weigh it.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_calls
import make_journal
import make_spans
import measure
from measure import ROOT, Command, median, p95
from time_audit import LIMITS

BUILT = ROOT / "dist" / "companion" / "companion"
BUILT_EMPTY = ROOT / "dist" / "empty_window" / "empty_window"
MANY = 200_000
ENTRIES = 10_000
SPANS = 250_000
IDLE_S = 20.0
"""Seconds for which wake-ups are counted."""


@dataclass(slots=True)
class Table:
    """The lines of the table, in the order in which they were found."""

    rows: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)

    def ratio(self, figure: str, unit: str, ours: float, empty: float, most: float) -> None:
        """A figure held against the empty window."""
        met = "met" if ours <= most * empty else "NOT MET"
        self._add(
            figure, f"{ours:.0f} {unit}", f"{empty:.0f} {unit}", f"{ours / empty:.2f}", f"≤ {most:g} ×", met
        )

    def most(self, figure: str, unit: str, ours: float, most: float, empty: str = "") -> None:
        """A figure held against a number."""
        met = "met" if ours <= most else "NOT MET"
        self._add(figure, f"{ours:.3g} {unit}", empty, "", f"≤ {most:g} {unit}", met)

    def note(self, figure: str, unit: str, ours: float, empty: str = "") -> None:
        """A figure without a target."""
        self._add(figure, f"{ours:.3g} {unit}", empty, "", "", "")

    def _add(self, *row: str) -> None:
        self.rows.append(row)  # type: ignore[arg-type]
        print("  " + " | ".join(cell for cell in row if cell), file=sys.stderr, flush=True)

    def __str__(self) -> str:
        head = ("figure", "ours", "empty window", "ratio", "target", "")
        lines = [head, *self.rows]
        wide = [max(len(line[i]) for line in lines) for i in range(len(head))]
        told = [
            "| " + " | ".join(f"{cell:<{wide[i]}}" for i, cell in enumerate(line)) + " |" for line in lines
        ]
        told.insert(1, "|" + "|".join("-" * (w + 2) for w in wide) + "|")
        return "\n".join(told)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the program, and of the empty window beside it."""

    name: str
    program: Command
    empty: Command

    def on(self, data: Path, *words: str) -> list[str]:
        """The program's command line on a data folder."""
        return [*self.program, "--data-dir", str(data), *words]


SOURCE = Form(
    "source",
    (sys.executable, "-m", "companion"),
    (sys.executable, str(ROOT / "benchmarks" / "empty_window.py")),
)


class Bench:
    """All measurements on one virtual screen."""

    def __init__(self, env: dict[str, str], folder: Path, quick: bool) -> None:
        self.env, self.folder, self.table = env, folder, Table()
        self.rounds = 7 if quick else 21
        self.idle_s = 6.0 if quick else IDLE_S
        self.small, self.full, self.journal = folder / "small", folder / "full", folder / "journal"
        self.spans = folder / "spans"

    def prepare(self) -> None:
        """Data folders, and everything compiled and in the machine's cache."""
        make_calls.make(self.small, 20)
        self._made(f"calls-{MANY}", lambda folder: make_calls.make(folder, MANY), self.full)
        self._made(f"journal-{ENTRIES}", lambda folder: make_journal.make(folder, ENTRIES), self.journal)
        self._made(f"spans-{SPANS}", lambda folder: make_spans.make(folder, SPANS), self.spans)

    def _made(self, name: str, make: Callable[[Path], None], target: Path) -> None:
        """Data that takes long to make: kept from run to run, each run works on a copy."""
        kept = ROOT / "build" / "bench" / name
        if not kept.exists():
            print(f"making {name} …", file=sys.stderr, flush=True)
            fresh = self.folder / f"fresh-{name}"
            make(fresh)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(fresh, kept)
        shutil.copytree(kept, target)

    def start(self, form: Form) -> None:
        """From exec to the first painted call page."""
        for data in (self.small, self.full):  # everything once: compiled, cached, and today's copy is made
            with self.running(form, data) as process:
                measure.rest(process.pid)
        found: dict[str, list[float]] = {"empty": [], "small": [], "full": []}
        for _round in range(self.rounds):
            for name, command in (
                ("empty", list(form.empty)),
                ("small", form.on(self.small)),
                ("full", form.on(self.full)),
            ):
                with measure.painted(command, self.env) as (process, took):
                    found[name].append(took * 1000)
                    measure.kill(process)
        empty = median(found["empty"])
        self.table.ratio(f"start to call page, {form.name}", "ms", median(found["small"]), empty, 1.5)
        self.table.ratio(f"the same, {MANY} calls, {form.name}", "ms", median(found["full"]), empty, 1.5)

    @contextmanager
    def running(self, form: Form, data: Path) -> Iterator[subprocess.Popen[bytes]]:
        """The program, painted and answering."""
        with measure.painted(form.on(data), self.env) as (process, _took):
            deadline = time.monotonic() + measure.PATIENCE_S
            while '"running": true' not in self.said(form, data, "status", "--json"):
                if time.monotonic() > deadline:
                    raise measure.Failed("the program does not answer")
            yield process

    def said(self, form: Form, data: Path, *words: str) -> str:
        """What a command prints."""
        done = subprocess.run(
            form.on(data, *words), env=self.env, capture_output=True, text=True, check=False
        )
        return done.stdout

    def at_rest(self, form: Form) -> None:
        """Memory and wake-ups, without a call and during one; and how long the commands take."""
        with measure.painted(form.empty, self.env) as (process, _took):
            measure.rest(process.pid)
            empty_mib = measure.memory_mib(process.pid)
            empty_wakes = measure.wakeups(process.pid, self.idle_s / 2)
        with self.running(form, self.full) as process:
            measure.rest(process.pid)
            idle_mib = measure.memory_mib(process.pid)
            idle = measure.wakeups(process.pid, self.idle_s)
            idle = (max(idle), idle[1])
            self.said(form, self.full, "call", "start", "--number", "+44 20 7946 0003", "--reason", "billing")
            time.sleep(2)
            call_mib = measure.memory_mib(process.pid)
            call = measure.wakeups(process.pid, self.idle_s)
            self.commands(form)
            self.said(form, self.full, "call", "end", "--outcome", "resolved")
        for kind, i in (("PSS", 0), ("RSS", 1)):
            self.table.ratio(f"memory ({kind}), no call, {form.name}", "MiB", idle_mib[i], empty_mib[i], 1.5)
            self.table.ratio(
                f"memory ({kind}), in a call, {form.name}", "MiB", call_mib[i], empty_mib[i], 1.5
            )
        told = f"{empty_wakes[1]:.2f} /s"
        self.table.most(f"wake-ups, no call, {form.name}", "/s", idle[0], 0.0, told)
        self.table.most(f"wake-ups by time, in a call, {form.name}", "/s", call[0], 1.05, told)
        self.table.note(f"the same with the X server's answers, {form.name}", "/s", call[1])

    def commands(self, form: Form) -> None:
        """Whole processes of ``companion call …`` to the window that is running."""
        bare = [sys.executable, "-c", "pass"]
        found: dict[str, list[float]] = {"bare": [], "hold": [], "start": []}
        for i in range(self.rounds):
            word = "resume" if i % 2 else "hold"
            found["bare"].append(measure.whole(bare, self.env) * 1000)
            found["hold"].append(measure.whole(form.on(self.full, "call", word), self.env) * 1000)
            found["start"].append(
                measure.whole(form.on(self.full, "call", "start", "--number", "+44 20 7946 0003"), self.env)
                * 1000
            )
        told = f"python -c pass: {median(found['bare']):.0f} ms"
        self.table.note(f"companion call hold, {form.name}", "ms", median(found["hold"]), told)
        if form is SOURCE:
            self.table.note(f"companion call start, {form.name}", "ms", median(found["start"]), told)
        else:
            self.table.most(f"companion call start, {form.name}", "ms", median(found["start"]), 150, told)

    def _inside(self, script: str, data: Path) -> dict[str, list[float]]:
        """What a script that measures inside one process prints."""
        command = [sys.executable, str(ROOT / "benchmarks" / script), str(data)]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise measure.Failed(done.stderr.strip())
        found: dict[str, list[float]] = json.loads(done.stdout)
        return found

    def in_journal(self) -> None:
        """The journal with many entries: unlocked, seen, written to."""
        found = self._inside("in_journal.py", self.journal)
        for name in ("open, the key known", "list painted, the key known"):
            took = found[name]
            self.table.most(
                f"journal, {ENTRIES} entries: {name}", "ms", median(took), 200, f"p95 {p95(took):.0f} ms"
            )
        took = found["entry on disk"]
        self.table.most("journal: entry on disk, p95", "ms", p95(took), 10, f"median {median(took):.2g} ms")
        for name in (
            "passphrase to key",
            "passphrase to list painted",
            "first page",
            "check sealed while locked",
        ):
            self.table.note(f"journal: {name}", "ms", median(found[name]))

    def seal(self, form: Form) -> None:
        """Whole processes of ``companion stress check`` while no program runs."""
        took = [
            measure.whole(form.on(self.journal, "stress", "check", "5"), self.env) * 1000
            for _round in range(self.rounds)
        ]
        self.table.note(f"companion stress check, no program, {form.name}", "ms", median(took))

    def inside(self) -> None:
        """Keys, events and look-ups, inside one process with the long history."""
        for name, took in self._inside("in_window.py", self.full).items():
            middle = f"median {median(took):.2g} ms"  # of ours: an empty window has none of these
            if name in ("event on disk", "likely length", "due"):
                self.table.most(f"{name}, p95", "ms", p95(took), 10, middle)
            else:
                self.table.most(f"key to painted: {name}, p95", "ms", p95(took), 16, middle)

    def in_time(self) -> None:
        """Keys on the page Time with ten full years: a day is shown, the cursor moves, a slot is filled."""
        for name, took in self._inside("in_time.py", self.spans).items():
            self.table.most(f"time: {name}, p95", "ms", p95(took), 16, f"median {median(took):.2g} ms")

    def time_audit(self) -> None:
        """Ten full years of the time audit, beside Timewarrior (where it is installed) on the same spans."""
        command = [sys.executable, str(ROOT / "benchmarks" / "time_audit.py")]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise measure.Failed(done.stderr.strip())
        for name, took in json.loads(done.stdout).items():
            middle = f"median {median(took):.2g} ms"
            if name in LIMITS:
                self.table.most(f"time: {name}, p95", "ms", p95(took), LIMITS[name], middle)
            else:
                self.table.note(f"time: {name}", "ms", median(took))

    def weigh(self, packed: bool) -> None:
        """The built folder, as it is and packed."""
        self.table.most("folder", "MB", measure.folder_mb(BUILT.parent), 120)
        if packed:
            self.table.most("packed (xz)", "MB", measure.packed_mb(BUILT.parent), 36)


def machine() -> str:
    """What all this was measured on."""
    import PySide6

    cpu = platform.processor() or platform.machine()
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                cpu = line.partition(":")[2].strip()
                break
    load = os.getloadavg()[0]
    return (
        f"{cpu}, {os.cpu_count()} cores, load {load:.1f}; {platform.platform()}; "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    )


def main(words: list[str]) -> int:
    """Prints the table; exit code 1 only when something could not be measured."""
    if sys.platform != "linux" or not shutil.which("Xvfb"):
        print("The measurements need Linux and Xvfb.", file=sys.stderr)
        return 1
    forms = [SOURCE]
    if BUILT.exists() and BUILT_EMPTY.exists() and "--source" not in words:
        forms.append(Form("built", (str(BUILT),), (str(BUILT_EMPTY),)))
    try:
        with tempfile.TemporaryDirectory(prefix="companion-bench-") as folder, measure.screen() as display:
            bench = Bench(measure.environ(**display), Path(folder), "--quick" in words)
            bench.prepare()
            for form in forms:
                bench.start(form)
                bench.at_rest(form)
            bench.inside()
            for form in forms:
                bench.seal(form)
            bench.in_journal()
            bench.in_time()
            bench.time_audit()
            if BUILT.exists() and "--source" not in words:
                bench.weigh("--packed" in words)
    except measure.Failed as error:
        print(f"Not measured: {error}", file=sys.stderr)
        return 1
    print(bench.table)
    print(f"\n{machine()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
