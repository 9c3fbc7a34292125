"""The tool of a checkout: what it finds missing, what it tells to type, when it makes the environment anew."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import dev
import pytest

from devkit import commands, console, environment, system
from devkit.environment import LOCKS, ROOT, Environment, key, pip_settings, uv_settings

LOCK_NAMES = ("bootstrap", "runtime", "development")


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    folder = tmp_path / "locks"
    folder.mkdir()
    for name in LOCK_NAMES:
        (folder / f"{name}.txt").write_text(f"{name}==1\n", "utf-8")
    return folder


@pytest.fixture
def made(tmp_path: Path, locks: Path) -> Environment:
    """An environment as it looks when it is complete for running, with a file in place of its interpreter."""
    env = Environment(tmp_path, locks)
    env.scripts.mkdir(parents=True)
    env.python.touch()
    (env.folder / "pyvenv.cfg").touch()
    env.mark("runtime")
    return env


# ---- an older Python


def test_an_older_python_is_told_what_is_needed_in_one_line() -> None:
    text = dev.too_old((3, 9, 18))
    assert "3.11" in text and "3.9" in text
    assert "\n" not in text


def test_a_newer_python_is_looked_for_newest_first() -> None:
    asked: list[str] = []

    def check(name: str) -> bool:
        asked.append(name)
        return name == "python3.12"

    assert dev.newer_python(check=check) == "python3.12"
    assert asked == ["python3.14", "python3.13", "python3.12"]
    assert dev.newer_python(check=lambda name: False) is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs scripts that start by their first line")
def test_an_empty_shim_is_no_python(tmp_path: Path) -> None:
    shim = tmp_path / "python3.14"
    shim.write_text("#!/bin/sh\nexit 127\n", "utf-8")
    shim.chmod(0o700)
    assert not dev.works(str(shim))
    assert not dev.works(str(tmp_path / "nothing"))
    assert dev.works(sys.executable)


def test_the_front_door_can_be_read_by_an_old_python() -> None:
    ast.parse((ROOT / "packaging" / "dev.py").read_text("utf-8"), feature_version=(3, 4))


# ---- system packages


def test_only_what_does_not_load_is_missing() -> None:
    absent = {"libEGL.so.1", "libxcb-cursor.so.0"}
    needs = {**system.OFFSCREEN, **system.WINDOW}
    assert system.missing(needs, lambda library: library not in absent) == ["libegl1", "libxcb-cursor0"]
    assert system.missing(needs, lambda library: True) == []


@pytest.mark.skipif(sys.platform != "linux", reason="library names of Linux")
def test_a_library_that_is_nowhere_does_not_load() -> None:
    assert system.loads("libc.so.6")
    assert not system.loads("libthere-is-no-such-thing.so.0")


def test_debians_python_without_ensurepip_needs_the_package_of_its_number() -> None:
    wanted = f"python3.{sys.version_info.minor}-venv"
    assert system.missing_venv(lambda name: None if name == "ensurepip" else object()) == [wanted]
    assert system.missing_venv(lambda name: object()) == []


def test_one_command_names_all_packages() -> None:
    packages = ["python3.11-venv", "libegl1"]
    with_sudo = system.command_to_type(packages, has_sudo=True)
    assert with_sudo.startswith("sudo apt-get update && sudo apt-get install")
    assert with_sudo.endswith(" python3.11-venv libegl1")
    assert system.command_to_type(packages, has_sudo=False).startswith(
        "su -c 'apt-get update && apt-get install"
    )
    assert "\n" not in with_sudo


def test_without_the_right_to_install_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "rights", lambda: None)
    with pytest.raises(console.Stop, match=r"apt-get install -y --no-install-recommends libegl1 libgl1'?$"):
        system.install(["libegl1", "libgl1"])


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_there_or_not(environ: dict[str, str], platform: str, expected: bool) -> None:
    assert system.has_display(environ, platform) is expected


def test_wayland_needs_its_own_library_too() -> None:
    assert "libwayland-cursor0" not in system.window_needs({"DISPLAY": ":0"})
    assert system.window_needs({"WAYLAND_DISPLAY": "wayland-0"}).keys() >= {
        "libwayland-cursor0",
        "libxcb-cursor0",
    }


def test_a_build_with_the_systems_python_needs_its_shared_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.sysconfig, "get_config_var", lambda name: "libpython3.so.1.0")
    assert system.shared_python("/usr") == {f"libpython3.{sys.version_info.minor}": "libpython3.so.1.0"}
    assert system.shared_python("/opt/python") == {}


# ---- the environment


def test_an_environment_is_complete_only_for_what_was_made(made: Environment) -> None:
    assert made.has("runtime")
    assert not made.has("development")
    assert made.can_grow()
    made.mark("runtime", "development")
    assert made.has("runtime") and made.has("development")


def test_no_stamp_no_environment(made: Environment) -> None:
    made.stamp.unlink()
    assert not made.has("runtime")
    assert not made.can_grow()


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "{}", '{"runtime": 1}'])
def test_a_damaged_stamp_is_no_stamp(made: Environment, content: str) -> None:
    made.stamp.write_text(content, "utf-8")
    assert not made.has("runtime")
    assert not made.can_grow()


def test_without_its_interpreter_it_is_stale(made: Environment) -> None:
    made.python.unlink()
    assert not made.has("runtime")


def test_a_moved_environment_is_stale(made: Environment, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    made.folder.rename(elsewhere / ".venv")
    assert not Environment(elsewhere, made.locks).has("runtime")


def test_another_lock_makes_it_stale(made: Environment) -> None:
    made.mark("runtime", "development")
    (made.locks / "development.txt").write_text("development==2\n", "utf-8")
    assert made.has("runtime")  # the program still runs at once …
    assert not made.has("development")
    assert not made.can_grow()  # … but nothing is put on top of what older locks left
    (made.locks / "runtime.txt").write_text("runtime==2\n", "utf-8")
    assert not made.has("runtime")


def test_another_python_makes_it_stale(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    class Version(tuple[int, ...]):
        major, minor = 3, 99

    monkeypatch.setattr(sys, "version_info", Version((3, 99)))
    assert not made.has("runtime")


def test_line_ends_of_a_checkout_change_nothing(locks: Path) -> None:
    before = key("runtime", locks)
    (locks / "runtime.txt").write_bytes(b"runtime==1\r\n")
    assert key("runtime", locks) == before


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, locks: Path) -> None:
    env = Environment(tmp_path, locks)
    env.folder.mkdir()
    (env.folder / "precious").touch()
    with pytest.raises(console.Stop, match="Move it away"):
        env.ensure("runtime")
    assert (env.folder / "precious").exists()


def test_the_rest_of_an_environment_may_be_cleared_away(made: Environment) -> None:
    made.stamp.unlink()
    (made.folder / "pyvenv.cfg").unlink()
    assert made._is_ours()
    (made.folder / "precious").touch()
    assert not made._is_ours()


@pytest.mark.skipif(sys.platform == "win32", reason="helpers hold the lock by an inherited file")
def test_orphaned_helpers_keep_the_lock(tmp_path: Path) -> None:
    import fcntl

    lock = tmp_path / "lock"
    with environment.only_one(lock) as held:
        helper = subprocess.Popen(
            [sys.executable, "-c", "input()"], pass_fds=held, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    with lock.open("rb") as file:
        with pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        helper.communicate(b"\n")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_complete_environment_is_left_as_it_is(made: Environment) -> None:
    before = made.stamp.stat().st_mtime_ns
    made.ensure("runtime")
    assert made.stamp.stat().st_mtime_ns == before


def test_two_starts_wait_for_each_other(tmp_path: Path) -> None:
    """A second process gets the lock only after the first one has let go of it."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from devkit.environment import only_one\n"
        "with only_one(Path(sys.argv[2])):\n print('in', flush=True)"
    )
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", script, str(ROOT / "packaging"), str(lock)]
    with environment.only_one(lock):
        second = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        assert second.poll() is None
    output, _ = second.communicate()
    assert (output, second.returncode) == ("in\n", 0)


# ---- pip's settings for uv


def test_pips_settings_are_read_with_its_own_ranks() -> None:
    listing = (
        "global.index-url='https://one.example/simple'\n"
        "global.find-links='\\n/a\\n/b'\n"
        "install.index-url='https://two.example/simple'\n"
        ":env:.find-links='/c'\n"
        "freeze.timeout='10'\n"
        "nonsense\n"
    )
    assert pip_settings(listing) == {"index-url": "https://two.example/simple", "find-links": "/c"}


def test_pips_settings_become_uvs() -> None:
    options, environ = uv_settings(
        {
            "index-url": "https://one.example/simple",
            "extra-index-url": "https://two.example/simple\nhttps://three.example/simple",
            "find-links": "/wheels",
            "trusted-host": "one.example",
            "cert": "/ca.pem",
            "proxy": "http://proxy.example:3128",
        },
        system_certificates=True,
    )
    assert options[:2] == ["--index-url", "https://one.example/simple"]
    assert options.count("--extra-index-url") == 2
    assert options[options.index("--find-links") :][:2] == ["--find-links", "/wheels"]
    assert options[options.index("--allow-insecure-host") :][:2] == ["--allow-insecure-host", "one.example"]
    assert "unsafe-best-match" in options
    assert environ["SSL_CERT_FILE"] == "/ca.pem"
    assert environ["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert environ["UV_SYSTEM_CERTS"] == "1"
    assert uv_settings({}, system_certificates=False) == ([], {})


def test_what_would_lead_an_installation_astray_is_put_aside() -> None:
    kept = environment.quiet_environ(
        {"PIP_TARGET": "/x", "PYTHONDONTWRITEBYTECODE": "1", "PIP_FIND_LINKS": "/w"}
    )
    assert kept == {"PIP_FIND_LINKS": "/w", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


# ---- the locks


def entries(name: str) -> list[str]:
    text = (LOCKS / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", LOCK_NAMES)
def test_a_lock_names_versions_and_hashes_and_nothing_else(name: str) -> None:
    shape = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]* +(; [\w ()'.=!<>]+ +)?(--hash=sha256:[0-9a-f]{64} *)+")
    wrong = [line for line in entries(name) if not shape.fullmatch(line)]
    assert entries(name) and not wrong


def test_development_holds_what_runs_in_the_same_versions() -> None:
    runtime = {line.split()[0] for line in entries("runtime")}
    assert runtime <= {line.split()[0] for line in entries("development")}


@pytest.mark.parametrize("name", LOCK_NAMES)
def test_every_wish_is_locked(name: str) -> None:
    locked = {line.partition("==")[0] for line in entries(name)}
    wishes = (LOCKS / f"{name}.in").read_text("utf-8").splitlines()
    asked = {
        re.split(r"[<>=;]", wish)[0].strip().lower() for wish in wishes if wish and not wish.startswith("-")
    }
    assert asked and asked <= locked


# ---- the commands


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], True),
        (["--data-dir", "somewhere"], True),
        (["--data-dir=somewhere"], True),
        (["--version"], False),
        (["--data-dir", "somewhere", "status"], False),
    ],
)
def test_words_that_only_open_the_window(words: list[str], expected: bool) -> None:
    assert commands.only_opens_the_window(words) is expected


def test_slow_means_all_tests() -> None:
    assert commands.pytest_words(["tests/core", "--slow", "-x"]) == [
        "-m",
        "slow or not slow",
        "tests/core",
        "-x",
    ]
    assert commands.pytest_words(["tests/core"]) == ["tests/core"]


def test_the_program_is_found_from_any_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "mine")
    assert commands.child_environ(A="b")["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "mine"]
    assert commands.child_environ(A="b")["A"] == "b"


@pytest.mark.parametrize(("words", "code"), [(["dance"], 2), (["--help"], 0)])
def test_usage(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.command_line([]) == 2
    assert "made-up call" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        commands.command_line(words)
    assert left.value.code == code
    captured = capsys.readouterr()
    assert "usage: python3 packaging/dev.py" in captured.out + captured.err


def test_what_stops_a_command_is_said_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(words: list[str]) -> int:
        raise console.Stop("Type this once")

    monkeypatch.setattr(commands, "COMMANDS", {"run": stopped})
    assert commands.command_line(["run"]) == 1
    assert capsys.readouterr().err == "Type this once\n"
