"""Our own mistakes: kept in a crash file without any user text, told once, never sent.

An exception's message may hold what a user typed, so it is left out: the file has types, places in the code,
versions.
"""

from __future__ import annotations

import faulthandler
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from companion import APP_NAME, __version__
from companion.app.logs import Log, write_private
from companion.storage.errors import StoreError

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

KEPT = 10
"""Crash files that are kept, the newest."""
MOST_PER_RUN = 20

_FAULT_PLACE = re.compile(
    r'^(?P<indent>\s*)File "(?:.*[/\\])?(?P<file>[^"/\\]+)", line (?P<line>\d+) in (?P<name>\S+)$'
)
_FAULT_HEAD = re.compile(
    r"^(Fatal Python error: [\w :()-]+|(Current )?[Tt]hread 0x[0-9a-f]+.*:|Windows fatal exception: [\w ]+)$"
)


class Crashes:
    """Keeps what went wrong in the folder ``logs``. One per running program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = Log(folder)
        self._seen: set[str] = set()
        self._fault: IO[bytes] | None = None
        self._tell: Callable[[str], None] | None = None
        self._tell_store: Callable[[StoreError], None] | None = None
        self._busy = threading.local()
        self.qt_messages: Counter[str] = Counter()
        """Qt's own warnings by kind; their words are not kept."""

    def install(self) -> None:
        """From now on every exception that nobody caught comes here, also from other threads and from native
        code.
        """
        self._keep_fault()
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(self._fault_file, "")
            self._fault = self._fault_file.open("wb", buffering=0)
            faulthandler.enable(self._fault)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def install_qt(self) -> None:
        """The same for what Qt has to say."""
        from PySide6.QtCore import qInstallMessageHandler

        qInstallMessageHandler(self._on_qt)

    def close(self) -> None:
        """The run ended as it should."""
        for kind, count in self.qt_messages.items():
            self._log.note("qt", kind, count=count)
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        if self._fault:
            faulthandler.disable()
            self._fault.close()
            self._fault = None
            with suppress(OSError):
                self._fault_file.unlink()

    def tell_with(
        self, tell: Callable[[str], None], tell_store: Callable[[StoreError], None] | None = None
    ) -> None:
        """Has ``tell`` called with a text for the user, on whatever thread the mistake happened; at once for
        what is left from the last run.
        """
        self._tell, self._tell_store = tell, tell_store
        name = ""
        with suppress(OSError, UnicodeDecodeError):
            name = self._untold.read_text("utf-8").strip()
            self._untold.unlink()
        if name:
            tell(
                _words(
                    self._folder / Path(name).name, "The last time, something went wrong inside the program."
                )
            )

    def hush(self) -> None:
        """There is nobody to tell any more; what happens now is told by the next run."""
        self._tell = self._tell_store = None

    # -- where mistakes come from
    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            self.keep(error, trace)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.keep(args.exc_value, args.exc_traceback)

    def _on_unraisable(self, args: Any) -> None:
        if args.exc_value is not None:
            self.keep(args.exc_value, args.exc_traceback)

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        from PySide6.QtCore import QtMsgType

        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        self.qt_messages[re.sub(r"[^A-Za-z0-9_.-]", "-", context.category or "default")[:60]] += 1
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write(f"{text}\n")
        if kind == QtMsgType.QtFatalMsg:
            self._write("QtFatal", _places(sys._getframe(1)))

    # -- keeping
    def keep(self, error: BaseException, trace: TracebackType | None = None) -> Path | None:
        """Writes a crash file and tells the user; the same mistake only once a run. None where nothing was
        written.
        """
        if getattr(self._busy, "on", False):
            return None
        self._busy.on = True
        try:
            if isinstance(error, StoreError) and self._tell_store:
                self._tell_store(error)
                return None
            return self._write(type(error).__name__, describe(error, trace))
        finally:
            self._busy.on = False

    def _write(self, kind: str, body: str) -> Path | None:
        if body in self._seen or len(self._seen) >= MOST_PER_RUN:
            return None
        self._seen.add(body)
        now = datetime.now(UTC)
        file = self._folder / f"crash-{now:%Y%m%d-%H%M%S}-{len(self._seen):02}.txt"
        with suppress(OSError):
            write_private(file, f"{_head(now)}\n{body}")
            write_private(self._untold, file.name)
            self._tidy()
        self._log.note("crash", kind[:60] if kind.isascii() else "")
        if sys.stderr is not None:
            with suppress(OSError, ValueError):
                sys.stderr.write(f"companion: something went wrong inside ({kind}); see {file}\n")
        if self._tell:
            self._tell(_words(file, "Something went wrong inside the program."))
            with suppress(OSError):
                self._untold.unlink()
        return file

    def _keep_fault(self) -> None:
        """What native code left behind when it took the last run down."""
        with suppress(OSError):
            text = self._fault_file.read_text("utf-8", "replace")
            if text.strip():
                self._write("Fault", scrubbed(text))

    def _tidy(self) -> None:
        for old in sorted(self._folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink()

    @property
    def _fault_file(self) -> Path:
        return self._folder / "fault.txt"

    @property
    def _untold(self) -> Path:
        return self._folder / "untold"


def describe(error: BaseException, trace: TracebackType | None = None) -> str:
    """Types and places of an exception and of what caused it, without its words."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(
            f"{'caused by' if lines else 'error'}: {type(current).__module__}.{type(current).__qualname__}"
        )
        lines += [f"  {name}: {value}" for name, value in _numbers(current)]
        walked = (trace if current is error else None) or current.__traceback__
        while walked is not None:
            code = walked.tb_frame.f_code
            lines.append(f"  {Path(code.co_filename).name}:{walked.tb_lineno} in {code.co_name}")
            walked = walked.tb_next
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(lines) + "\n"


def _numbers(error: BaseException) -> list[tuple[str, int]]:
    """Codes that the system or SQLite gave: they say much and hold no text."""
    found = [(name, getattr(error, name, None)) for name in ("errno", "winerror", "sqlite_errorcode")]
    return [(name, value) for name, value in found if isinstance(value, int)]


def scrubbed(fault: str) -> str:
    """A native crash report with its folders taken off: only lines of a known shape stay."""
    lines = []
    for line in fault.splitlines():
        place = _FAULT_PLACE.match(line)
        if place:
            lines.append(f"  {place['file']}:{place['line']} in {place['name']}")
        elif _FAULT_HEAD.match(line):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _places(frame: Any) -> str:
    lines = ["error: a fatal message of Qt"]
    while frame is not None:
        lines.append(f"  {Path(frame.f_code.co_filename).name}:{frame.f_lineno} in {frame.f_code.co_name}")
        frame = frame.f_back
    return "\n".join(lines) + "\n"


def _head(now: datetime) -> str:
    import platform  # only here: a start would feel it

    qt = sys.modules.get("PySide6")
    return (
        f"{APP_NAME} {__version__}\n"
        f"time: {now.isoformat(timespec='seconds')}\n"
        f"python: {platform.python_version()}\n"
        f"system: {sys.platform} {platform.machine()}\n"
        f"qt: {getattr(qt, '__version__', 'not loaded')}\n"
        f"thread: {'main' if threading.current_thread() is threading.main_thread() else 'worker'}\n"
    )


def _words(file: Path, what: str) -> str:
    return (
        f"{what} Your data is kept. What happened is written in {file}; it holds nothing of what you typed, and "
        "nothing is sent."
    )
