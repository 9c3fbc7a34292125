"""The checkout's own Python environment in ``.venv``: made from the locks, complete or not there at all."""

import ast
import hashlib
import json
import os
import platform
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from devkit.console import Stop, say, tail

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "packaging" / "locks"
RECIPE = "1"  # raise it when the way of making the environment changes

# Settings of pip that lead an installation elsewhere than into the environment.
ASIDE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")

# What an environment is made of, so that the rest of one can be told from a folder with somebody's work in it.
PARTS = {
    "bin",
    "include",
    "lib",
    "lib64",
    "share",
    "Scripts",
    "Include",
    "Lib",
    ".gitignore",
    ".lock",
    "CACHEDIR.TAG",
}


def quiet_environ(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for set-up: the machine's settings for pip stay, what would lead it astray does not."""
    kept = {name: value for name, value in environ.items() if name not in ASIDE}
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def key(level: str, locks: Path = LOCKS) -> str:
    """What an environment of this level is made from, as one word; another word means another environment."""
    digest = hashlib.sha256()
    python = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    digest.update(f"{RECIPE} {level} {python} {sys.platform} {platform.machine()}\n".encode())
    text = (locks / f"{level}.txt").read_text("utf-8")  # read as text: a checkout may have other line ends
    digest.update(text.encode())
    return digest.hexdigest()


def pip_settings(listing: str) -> dict[str, str]:
    """The output of ``pip config list`` as option and value; the environment wins over a command's own section."""
    found: dict[str, tuple[int, str]] = {}
    ranks = {"global": 0, "install": 1, ":env:": 2}
    for line in listing.splitlines():
        name, separator, value = line.partition("=")
        section, _, option = name.strip().rpartition(".")
        if not separator or section not in ranks:
            continue
        try:
            text = str(ast.literal_eval(value.strip()))
        except (ValueError, SyntaxError):
            continue
        if ranks[section] >= found.get(option, (-1, ""))[0]:
            found[option] = (ranks[section], text)
    return {option: text for option, (_, text) in found.items()}


def has_system_certificates() -> bool:
    """Whether the system knows certificates; a very small one may not, and then the helpers bring their own."""
    paths = ssl.get_default_verify_paths()
    return sys.platform != "linux" or bool(
        paths.cafile or (paths.capath and any(Path(paths.capath).iterdir()))
    )


def uv_settings(pip: Mapping[str, str], system_certificates: bool) -> tuple[list[str], dict[str, str]]:
    """pip's settings of this machine in the words of uv, which does not read them: options and environment."""
    options: list[str] = []
    for ours, theirs in (
        ("index-url", "--index-url"),
        ("extra-index-url", "--extra-index-url"),
        ("find-links", "--find-links"),
        ("trusted-host", "--allow-insecure-host"),
    ):
        for value in pip.get(ours, "").split():
            options += [theirs, value]
    if pip.get("no-index", "").lower() in ("1", "true", "yes", "on"):
        options.append("--no-index")
    if "--extra-index-url" in options:  # as pip does it: any index may have the file; the hashes decide
        options += ["--index-strategy", "unsafe-best-match"]
    # Certificates as pip takes them: the system's, so that a company's own are known, where the system has any.
    environ = {"UV_SYSTEM_CERTS": "1"} if system_certificates else {}
    for ours, names in (
        ("cert", ("SSL_CERT_FILE",)),
        ("client-cert", ("SSL_CLIENT_CERT",)),
        ("proxy", ("HTTP_PROXY", "HTTPS_PROXY")),
    ):
        if pip.get(ours):
            environ.update(dict.fromkeys(names, pip[ours]))
    return options, environ


@contextmanager
def only_one(path: Path) -> Iterator[tuple[int, ...]]:
    """Lets one process at a time through; the system frees the file when its holder dies.

    Gives the open file, to be handed to helpers (``pass_fds``): when this process is killed in the middle, the next
    one waits until its orphaned helpers have ended too. Windows has no such thing and gives none.
    """
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
                    break
                except OSError:
                    say("Another start is setting things up; waiting for it.")
            try:
                yield ()
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("Another start is setting things up; waiting for it.")
                fcntl.flock(file, fcntl.LOCK_EX)
            yield (file.fileno(),)


class Environment:
    """The folder ``.venv`` of a checkout. Its stamp is written last: no stamp, no environment."""

    def __init__(self, root: Path = ROOT, locks: Path = LOCKS) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.locks = locks
        self.stamp = self.folder / "companion-stamp.json"
        self._held: tuple[int, ...] = ()

    @property
    def scripts(self) -> Path:
        """The folder of its programs."""
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.scripts / ("python.exe" if sys.platform == "win32" else "python")

    def made(self) -> dict[str, str]:
        """What the stamp says: level and key. Empty when there is no environment that can be used here."""
        try:
            stamp = json.loads(self.stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(stamp, dict) or stamp.pop("folder", None) != str(self.folder):
            return {}  # moved or copied: the paths written into it are wrong
        return stamp if self.python.exists() else {}

    def has(self, level: str) -> bool:
        """Whether it is complete for this level, with the present locks and this Python."""
        return self.made().get(level) == key(level, self.locks)

    def can_grow(self) -> bool:
        """Whether a level can be added to what is there; anything left from older locks means a new one."""
        made = self.made()
        return "runtime" in made and all(made[level] == key(level, self.locks) for level in made)

    def mark(self, *levels: str) -> None:
        """Writes the stamp: complete for these levels."""
        stamp = {"folder": str(self.folder), **{level: key(level, self.locks) for level in levels}}
        fresh = self.stamp.with_suffix(".new")
        fresh.write_text(json.dumps(stamp, indent=1) + "\n", "utf-8")
        fresh.replace(self.stamp)

    def ensure(self, level: str) -> None:
        """Makes what is missing for this level; safe against starts at the same time and against being killed.

        Errors: Stop with what went wrong.
        """
        if self.has(level):
            return
        try:
            with only_one(self.root / ".venv.lock") as self._held:
                if self.has(level):
                    return
                if not self.can_grow():
                    self._create()
                say(f"Fetching what is needed ({level}); this is done once.")
                self._install(level)
                self.mark("runtime", *({level} - {"runtime"}))
        except OSError as error:
            raise Stop(f"The environment in {self.folder} could not be made: {error}") from error

    def _create(self) -> None:
        """A new, empty environment in place of whatever stood there."""
        if not self._is_ours():
            raise Stop(
                f"{self.folder} is not an environment made by this tool. Move it away, then start again."
            )
        say(
            f"Making an environment for Python {sys.version_info.major}.{sys.version_info.minor} in {self.folder}"
        )
        self.stamp.unlink(missing_ok=True)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self._call([sys.executable, "-m", "venv", str(self.folder)], "Python could not make an environment.")

    def _is_ours(self) -> bool:
        """Whether what stands in the folder may be cleared away: an environment, or the rest of one."""
        if self.folder.is_symlink():
            return False
        if not self.folder.exists() or (self.folder / "pyvenv.cfg").exists():
            return True
        return self.folder.is_dir() and {path.name for path in self.folder.iterdir()} <= PARTS

    def _install(self, level: str) -> None:
        """Installs a lock, by uv where it can be had (it is several times faster), otherwise by pip."""
        lock = str(self.locks / f"{level}.txt")
        if self._install_by_uv(lock):
            return
        pip = [str(self.python), "-m", "pip", "install", "-q", "--require-hashes", "--compile", "-r", lock]
        self._call(
            pip,
            "The locked packages could not be fetched from the package index that pip uses here.",
        )

    def _install_by_uv(self, lock: str) -> bool:
        pip = [str(self.python), "-m", "pip"]
        bootstrap = str(self.locks / "bootstrap.txt")
        if self._run([str(self.python), "-m", "uv", "--version"]).returncode:
            fetch = [*pip, "install", "-q", "--only-binary", ":all:", "--require-hashes", "-r", bootstrap]
            if self._run(fetch).returncode:
                return False
        watched = sys.stderr.isatty()  # 80 MB may take a while: who watches sees the progress
        words = ["install", *([] if watched else ["-q"]), "--python", str(self.python)]
        return self.uv(*words, "--require-hashes", "--compile-bytecode", "-r", lock, shown=watched) == 0

    def uv(self, *words: str, shown: bool = True, cwd: Path | None = None) -> int:
        """Runs ``uv pip`` with these words and the machine's settings for pip; its exit code."""
        listing = self._run([str(self.python), "-m", "pip", "config", "list"]).stdout
        options, extra = uv_settings(pip_settings(listing), has_system_certificates())
        command = [str(self.python), "-m", "uv", "pip", *words, *options]
        return self._run(command, extra, shown=shown, cwd=cwd).returncode

    def _run(
        self,
        command: list[str],
        extra: Mapping[str, str] | None = None,
        *,
        shown: bool = False,
        cwd: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """A helper's outcome, with its output unless that is shown; ``extra`` gives way to the environment."""
        return subprocess.run(
            command,
            cwd=cwd,
            env={**(extra or {}), **quiet_environ()},
            pass_fds=self._held,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if shown else subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    def _call(self, command: list[str], failure: str) -> None:
        done = self._run(command)
        if done.returncode:
            raise Stop(f"{tail(done.stdout + done.stderr)}\n{failure}")
