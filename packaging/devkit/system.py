"""System packages on Debian-like machines: which are missing, how to install them, which command to name."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from devkit.console import Stop, say, tail

Needs = Mapping[str, str]

# Package: the library it brings. Found by trial on a bare machine; Qt's wheel holds everything else.
OFFSCREEN: Needs = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
}
WINDOW: Needs = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
}
WAYLAND: Needs = {"libwayland-cursor0": "libwayland-cursor.so.0"}
# Package: the program it brings.
BUILD_TOOLS: Needs = {"binutils": "objdump"}
CHECK_TOOLS: Needs = {"xvfb": "Xvfb", "strace": "strace"}


def loads(library: str) -> bool:
    """Whether the loader finds this library and all it needs; a library that lies broken is as good as missing."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_program(name: str) -> bool:
    """Whether a program is on the search path."""
    return shutil.which(name) is not None


def missing(needs: Needs, there: Callable[[str], bool]) -> list[str]:
    """The packages whose library or program is not there, in the order given."""
    return [package for package, thing in needs.items() if not there(thing)]


def missing_venv(has_module: Callable[[str], object] = importlib.util.find_spec) -> list[str]:
    """Debian ships Python without ``ensurepip``; the package that brings it carries the Python's own number."""
    if has_module("venv") and has_module("ensurepip"):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def shared_python(prefix: str = sys.base_prefix) -> Needs:
    """The shared Python that a built program carries along; Debian keeps it in a package of its own."""
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    if prefix != "/usr" or ".so" not in name:
        return {}
    return {f"libpython{sys.version_info.major}.{sys.version_info.minor}": name}


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can open here; who names Qt's platform in the environment knows what they do."""
    if platform in ("win32", "darwin"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def window_needs(environ: Mapping[str, str] = os.environ) -> Needs:
    """What a window needs in this session; X also under Wayland, where a program may still ask for it."""
    return {**WINDOW, **WAYLAND} if environ.get("WAYLAND_DISPLAY") else WINDOW


def is_debian_like(etc: Path = Path("/etc")) -> bool:
    """Debian and its children, told by the file that all of them keep."""
    return (etc / "debian_version").exists() and has_program("apt-get")


def command_to_type(packages: Iterable[str], has_sudo: bool) -> str:
    """The one command that installs these packages."""
    install = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if has_sudo:
        return f"sudo apt-get update && sudo {install}"
    return f"su -c 'apt-get update && {install}'"


def rights() -> list[str] | None:
    """What to put before a command so that it runs as the administrator, without asking; None when not allowed."""
    if os.geteuid() == 0:
        return []
    if has_program("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def install(packages: list[str]) -> None:
    """Installs Debian packages when that is allowed.

    Errors: Stop with the one command to type when it is not allowed or does not work.
    """
    command = command_to_type(packages, has_program("sudo"))
    prefix = rights()
    if prefix is None:
        raise Stop("Some system packages are missing. Type this once, then start again:\n  " + command)
    say("Installing system packages: " + " ".join(packages))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    # A stale list of one source must not stop the others, so the outcome of "update" alone decides nothing.
    subprocess.run([*apt, "update"], capture_output=True, check=False)
    done = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *packages],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Stop(f"{tail(done.stdout + done.stderr)}\nThat did not work. To try it by hand:\n  {command}")


def provide(packages: list[str]) -> None:
    """Sees to it that these Debian packages are there; other systems are told what is missing and go on.

    Errors: Stop, as ``install``.
    """
    if not packages:
        return
    if is_debian_like():
        install(packages)
    else:
        say("Not found here (these are Debian's names; your system's may differ): " + " ".join(packages))
