"""The tool's commands: each sees to what it needs, then hands over to the program that does the work."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from devkit import system
from devkit.console import Stop, say
from devkit.environment import LOCKS, ROOT, Environment, quiet_environ

HERE = "python3 packaging/dev.py"
PICTURES = ROOT / "build" / "demo"
NOTHING: system.Needs = {}
IMPORT_LINTER = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
# Every check has its own name in the summary; pytest comes last and has the last word.
CHECKS: Mapping[str, tuple[str, ...]] = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "import-linter": ("-c", IMPORT_LINTER, "--no-cache", "--no-logo"),
}


def prepare(level: str, libraries: system.Needs = NOTHING, tools: system.Needs = NOTHING) -> Environment:
    """Everything this machine needs for a command: system packages first, all in one go, then the environment.

    Libraries are those beyond what Qt needs offscreen.
    Errors: Stop with the one command to type, or with what went wrong.
    """
    environment = Environment()
    if sys.platform == "linux":
        wanted = [] if environment.can_grow() else system.missing_venv()
        wanted += system.missing({**system.OFFSCREEN, **libraries}, system.loads)
        system.provide(wanted + system.missing(tools, system.has_program))
    environment.ensure(level)
    return environment


def child_environ(**settings: str) -> dict[str, str]:
    """The environment of the program started from this checkout, wherever one stands while starting it."""
    path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path), **settings}


def hand_over(environment: Environment, arguments: list[str]) -> int:
    """Becomes the program, so that signals and the exit code are its own; Windows has no such thing and waits."""
    command = [str(environment.python), *arguments]
    if sys.platform == "win32":
        return subprocess.run(command, env=child_environ(), check=False).returncode
    os.execve(command[0], command, child_environ())


def only_opens_the_window(arguments: list[str]) -> bool:
    """Whether these words ask for the window and nothing else."""
    rest = list(arguments)
    if rest[:1] == ["--data-dir"]:
        rest = rest[2:]
    elif rest and rest[0].startswith("--data-dir="):
        rest = rest[1:]
    return not rest


def run(arguments: list[str]) -> int:
    """Opens the program; the words after it are the program's own."""
    display = system.has_display()
    if not display and only_opens_the_window(arguments):
        say("There is no display here, so a made-up call is played through the real window, out of sight.")
        return demo([])
    libraries = system.window_needs() if display else NOTHING
    return hand_over(prepare("runtime", libraries), ["-m", "companion", *arguments])


def demo(arguments: list[str]) -> int:
    """Plays a made-up call offscreen, in a data folder of its own; pictures of each phase go to a folder."""
    pictures = Path(arguments[0]).absolute() if arguments else PICTURES
    environment = prepare("runtime")
    with tempfile.TemporaryDirectory(prefix="companion-demo-", ignore_cleanup_errors=True) as data:
        command = [str(environment.python), "-m", "companion", "--data-dir", data]
        command += ["--demo", str(pictures), *arguments[1:]]
        return subprocess.run(command, env=child_environ(QT_QPA_PLATFORM="offscreen"), check=False).returncode


def pytest_words(arguments: list[str]) -> list[str]:
    """The words for pytest: ``--slow`` is ours and means all tests, also the slow ones."""
    if "--slow" not in arguments:
        return arguments
    return ["-m", "slow or not slow", *(word for word in arguments if word != "--slow")]


def test(arguments: list[str]) -> int:
    """Checks style, types and import rules, then runs the tests; fails when any part fails. --slow: all tests."""
    environment = prepare("development", system.window_needs() if "--headed" in arguments else NOTHING)
    environ = child_environ()
    python = str(environment.python)
    failed = []
    for name, words in CHECKS.items():
        done = subprocess.run(
            [python, *words],
            cwd=ROOT,
            env=quiet_environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        say(f"{name}: {'FAILED' if done.returncode else 'ok'}")
        if done.returncode:
            failed.append(name)
            sys.stderr.buffer.write(done.stdout)
            sys.stderr.flush()
    # pytest is told, so that its summary names the checks that failed and its closing line stays the last.
    environ["COMPANION_FAILED_CHECKS"] = ", ".join(failed)
    command = [python, "-m", "pytest", *pytest_words(arguments)]
    tests = subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
    return tests or (1 if failed else 0)


def pyinstaller(environment: Environment, spec: Path, arguments: list[str]) -> int:
    """Makes what a spec describes, in dist/; its exit code."""
    command = [str(environment.python), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build"), *arguments, str(spec)]
    return subprocess.run(command, cwd=ROOT, env=child_environ(), check=False).returncode


def build(arguments: list[str]) -> int:
    """Makes the executable: one folder in dist/."""
    # What a window needs goes into the bundle, so it has to be here, whatever the session of this machine.
    libraries = {**system.WINDOW, **system.WAYLAND, **system.shared_python()}
    environment = prepare("development", libraries, system.BUILD_TOOLS)
    return pyinstaller(environment, ROOT / "packaging" / "companion.spec", arguments)


def check(arguments: list[str]) -> int:
    """Tries the built program on a virtual screen: self-test, one call through commands, no network."""
    environment = prepare("development", tools=system.CHECK_TOOLS)
    return hand_over(environment, [str(ROOT / "packaging" / "check_bundle.py"), *arguments])


def bench(arguments: list[str]) -> int:
    """Measures start, memory and answer times and prints them as a table."""
    environment = prepare("development", system.WINDOW, system.CHECK_TOOLS)
    dist = ROOT / "dist"
    # A built program is measured against an empty window that is built in the same way.
    if (dist / "companion").exists() and not (dist / "empty_window").exists():
        pyinstaller(environment, ROOT / "benchmarks" / "empty_window.spec", [])
    return hand_over(environment, [str(ROOT / "benchmarks" / "run.py"), *arguments])


def lock(arguments: list[str]) -> int:
    """For maintainers: makes the lock files again from the wishes beside them. --upgrade: newest versions."""
    environment = prepare("development")
    shape = [
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
    ]
    shape += ["--no-emit-index-url", "--no-emit-find-links", *arguments]  # a lock names no host and no folder
    for wishes in ("bootstrap", "runtime", "development"):
        if environment.uv("compile", *shape, "--output-file", f"{wishes}.txt", f"{wishes}.in", cwd=LOCKS):
            raise Stop(f"{wishes}.txt could not be made.")
    return 0


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (run, test, demo, build, check, bench, lock)
}


def command_line(argv: list[str]) -> int:
    """Runs one command. Exit codes: the command's own, 1 when something is missing, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog=HERE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Sets itself up, then:\n\n"
        + "\n".join(f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items()),
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="...", help="handed on to it")
    if not argv:
        parser.print_help(sys.stderr)
        return 2
    wish = parser.parse_args(argv)
    try:
        return COMMANDS[wish.command](wish.words)
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
