#!/usr/bin/env python3
"""Tries the built program as a stranger would: on a virtual screen, in a home of its own, through its commands.

Standard library only, but for the journal, which this checkout's own code makes; on Linux with Debian's xvfb and strace
(openbox where it is there). Says what it did, and exits with 1 and the reasons when anything is wrong. Leaves neither
processes nor files behind.
"""

import argparse
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from bundle import contents  # noqa: E402
from bundle.world import LINUX, PATIENCE_S, World, Wrong, adopt_orphans, exit_code, expect, world_of  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "dist" / "companion"
LARGEST = 120_000_000
"""Bytes that the folder may have."""
HOSTILE = "<b>bold</b> ☎️🙂 =1+1 '; DROP TABLE calls; --"

PASSPHRASE = "a passphrase ☎"
SEALED = "sealed until you next unlock the journal\n"

# ---- what is checked


def check_start(world: World) -> None:
    """self-test, version, help"""
    for changed in ({}, {"QT_QPA_PLATFORM": "offscreen"}) if LINUX else ({},):
        expect("--self-test", world.done("--self-test", **changed), "self-test ok\n")
    if not re.fullmatch(r"Call Companion \d+\.\d+\.\d+\S*\n", world.done("--version")):
        raise Wrong("--version does not tell the version")
    if "call start" not in world.done("--help"):
        raise Wrong("--help does not tell the commands")
    expect("status before the first start", world.status(), {"running": False})
    expect("exit code without a running program", world.run("call", "hold").returncode, 3)
    expect("exit code of wrong usage", world.run("dance").returncode, 2)
    expect("call end without a call", world.done("call", "end"), "")


def check_call(world: World) -> None:
    """a call through the commands, in the data folder of a new user"""
    world.done("call", "start", "--name", "Ann <i>Example</i>", "--number", "+49 30 901820")
    call = world.status()["call"]
    wanted = {"name": "Ann <i>Example</i>", "number": "+49 30 901820", "e164": "+4930901820"}
    expect("caller", call["caller"], wanted)
    expect("state after the start", call["state"], "greeting")
    steps: list[tuple[tuple[str, ...], Callable[[dict[str, Any]], object], object]] = [
        (("phase", "open"), lambda call: call["state"], "open"),
        (("ask", "open"), lambda call: call["asked"], {"open": 1, "closed": 0}),
        (("note", HOSTILE), lambda call: call["state"], "open"),
        (("upset", "on"), lambda call: call["upset"], True),
        (("upset", "off"), lambda call: call["upset"], False),
        (("hold",), lambda call: call["held"], True),
        (("resume",), lambda call: call["held"], False),
        (("phase", "closed"), lambda call: call["state"], "closed"),
        (("ask", "closed"), lambda call: call["asked"], {"open": 1, "closed": 1}),
        (("phase", "close"), lambda call: call["state"], "close"),
        (("end", "--outcome", "resolved"), lambda call: call["state"], "wrapup"),
    ]
    for words, told, wanted_value in steps:
        expect(f"output of call {words[0]}", world.done("call", *words), "")
        expect(f"after call {' '.join(words)}", told(world.status()["call"]), wanted_value)
    program = world.pid(world.data)
    os.kill(program, signal.SIGTERM)
    expect("exit code after SIGTERM", exit_code(program), 0)
    expect("status after the end", world.status(), {"running": False})


def check_kept(world: World) -> None:
    """the data is there, also for a second start"""
    with closing(sqlite3.connect(f"file:{world.data / 'companion.db'}?mode=ro", uri=True)) as file:
        calls = file.execute("SELECT name, number, outcome, open_asked, closed_asked FROM calls").fetchall()
        expect("calls", calls, [("Ann <i>Example</i>", "+49 30 901820", "resolved", 1, 1)])
        notes = [data for (data,) in file.execute("SELECT data FROM call_events WHERE kind = 'edit'")]
        texts = "".join(str(value) for data in notes for value in json.loads(data).values())
        if HOSTILE not in texts:
            raise Wrong(f"the note is not kept as it was typed: {notes!r}")
        expect("integrity", file.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    process = world.open()
    expect("wrap-ups left for later", world.status()["due"]["wrap_ups"], 1)
    expect("call", world.status()["call"], None)
    process.terminate()
    expect("exit code after SIGTERM", process.wait(PATIENCE_S), 0)
    modes = {file.name: file.stat().st_mode for file in world.data.iterdir() if file.is_file()}
    for name, mode in modes.items():
        expect(f"mode of {name}", f"{mode & 0o777:04o}", "0600")


def check_kill(world: World) -> None:
    """killed in the middle of a call, in a folder of its own"""
    data = world.home / "other folder"
    place = ("--data-dir", str(data))
    process = world.open(*place)
    world.done(*place, "call", "start", "--name", "Bob")
    world.done(*place, "call", "phase", "open")
    world.done(*place, "call", "note", "on the disk")
    before = world.status(*place)["call"]
    process.kill()
    process.wait()
    expect("status after the kill", world.status(*place), {"running": False})
    process = world.open(*place)
    after = world.status(*place)["call"] or {}
    expect("the call after the kill", {key: after.get(key) for key in ("id", "state", "caller")},
           {key: before[key] for key in ("id", "state", "caller")})  # fmt: skip
    process.terminate()
    expect("exit code after SIGTERM", process.wait(PATIENCE_S), 0)


def check_journal(world: World) -> None:
    """a journal: a check sealed from the command line, twice, looked through, and unlocked on a terminal"""
    sys.path.insert(0, str(ROOT))
    from companion.clock import Clock
    from companion.journal import Journal
    from companion.paths import Paths

    paths = Paths(world.home / "journal folder")
    paths.prepare()
    place = ("--data-dir", str(paths.root))
    journal = Journal(paths.vault, paths.backups, Clock(), lambda change: None)
    journal.create(journal.prepare(PASSPHRASE))
    journal.write(journal.new_entry()._replace(event=HOSTILE))
    journal.close()
    expect(
        "a check without the program",
        world.done(*place, "stress", "check", "7", "--feeling", "anger"),
        SEALED,
    )
    process = world.open(*place)
    expect("a check by the program", world.done(*place, "stress", "check", "0"), SEALED)
    process.terminate()
    expect("exit code after SIGTERM", process.wait(PATIENCE_S), 0)
    expect("files that are ok", world.done(*place, "check").count(": ok\n"), 2)
    out = world.home / "out"
    out.mkdir()
    words = (*place, "export", str(out), "--format", "json", "--with-journal")
    expect("export without a terminal", world.run(*words, before=("setsid", "--wait")).returncode, 1)
    expect("export with a wrong passphrase", world.at_terminal(*words, typed="wrong"), 1)
    expect("files after that", list(out.iterdir()), [])
    expect("export with the passphrase", world.at_terminal(*words, typed=PASSPHRASE), 0)
    rows = json.loads((out / "journal.json").read_text("utf-8"))["rows"]
    expect("stress in the journal", sorted(str(row["before"]) for row in rows), ["0", "7", "None"])
    expect("events in the journal", [row["event"] for row in rows if row["event"]], [HOSTILE])
    expect("what was unlocked", journal.open(journal.attempt(PASSPHRASE)), 2)
    journal.close()


def check_network(world: World) -> None:
    """no network: neither the window nor a command makes an internet socket"""
    data = world.home / "traced"
    place = ("--data-dir", str(data))
    log = world.home / "trace.txt"
    trace = ("strace", "-f", "-qq", "-e", "trace=socket,connect", "-o")
    process = world.open(*place, before=(*trace, str(log)))
    world.done(*place, "call", "start", "--name", "Eve", "--number", "+1 212 555 0123")
    world.done(*place, "call", "end")
    said = world.run(*place, "status", "--json", before=(*trace, str(log) + "2"))
    expect("status while traced", said.returncode, 0)
    os.kill(int((data / "running.lock").read_text("ascii")), signal.SIGTERM)
    expect("exit code while traced", process.wait(PATIENCE_S), 0)
    text = log.read_text("utf-8", "replace") + Path(f"{log}2").read_text("utf-8", "replace")
    if "AF_UNIX" not in text:
        raise Wrong("the trace tells of no socket at all, so it cannot be trusted")
    lines = [line for line in text.splitlines() if re.search(r"\b[AP]F_(INET6?|PACKET)\b", line)]
    if lines:
        raise Wrong("internet sockets: " + "; ".join(lines[:5]))


def check_folder(world: World) -> None:
    """licences, modes, no path of the building machine"""
    folder = world.program.parent
    wrong = contents.missing_licenses(folder)
    if os.name == "posix":
        wrong += contents.wrong_modes(folder)
    home = str(Path.home())
    wrong += contents.traces(folder, world.program, {str(ROOT), sys.prefix, sys.base_prefix, f"{home}/"})
    if wrong:
        raise Wrong("; ".join(wrong[:8]) + (f" and {len(wrong) - 8} more" if len(wrong) > 8 else ""))


def check_size(world: World) -> None:
    """the size of the folder"""
    table = contents.sizes(world.program.parent)
    for kind, size in table.items():
        print(f"    {kind:18} {size / 1e6:7.1f} MB")
    if table["all"] > LARGEST:
        raise Wrong(f"{table['all']} bytes are more than {LARGEST}")


def pack(folder: Path) -> None:
    """Tells how big the folder is when packed; takes a minute or two."""
    tar = subprocess.Popen(["tar", "-C", folder.parent, "-cf", "-", folder.name], stdout=subprocess.PIPE)
    packed = subprocess.run(
        ["xz", "-6", "-T0", "-c"], stdin=tar.stdout, capture_output=True, check=True
    ).stdout
    tar.wait()
    print(f"    {'packed (xz)':18} {len(packed) / 1e6:7.1f} MB")


EVERYWHERE = (check_start, check_folder, check_size)
ON_A_SCREEN = (
    *(check_start, check_call, check_kept, check_kill, check_journal, check_network),
    *(check_folder, check_size),
)


def main() -> int:
    """Runs all checks, one after the other, also after one has failed; 1 when any has."""
    parser = argparse.ArgumentParser(description="Tries the built program.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="the built folder")
    parser.add_argument("--packed", action="store_true", help="tell also how big it is packed")
    wish = parser.parse_args()
    program = wish.folder.resolve() / ("companion-cli.exe" if sys.platform == "win32" else "companion")
    if not program.is_file():
        print(f"{program} is not there. Build it first: python3 packaging/dev.py build", file=sys.stderr)
        return 1
    missing = [tool for tool in ("Xvfb", "strace") if LINUX and not shutil.which(tool)]
    if missing:
        print(f"Missing: {' '.join(missing)} (Debian's packages xvfb and strace)", file=sys.stderr)
        return 1
    adopt_orphans()
    failed = 0
    with world_of(program) as world:
        for check in ON_A_SCREEN if LINUX else EVERYWHERE:
            began = time.monotonic()
            try:
                check(world)
                outcome = "ok"
            except (
                Wrong,
                OSError,
                ValueError,
                KeyError,
                TypeError,
                sqlite3.Error,
                ImportError,
                subprocess.SubprocessError,
            ) as error:
                failed += 1
                outcome = f"FAILED\n    {type(error).__name__}: {error}"
            print(f"{check.__doc__}: {outcome} ({time.monotonic() - began:.1f} s)", flush=True)
    if wish.packed:
        pack(wish.folder.resolve())
    print("The built program: " + (f"{failed} of the checks FAILED" if failed else "all checks ok"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
