"""The local line to the running program: the commands' end in the standard library alone, the program's end in
Qt.

One request a connection: a line of JSON with a version, answered by a line of JSON. ``{"v": 1, "do":
"call.hold"}`` gives ``{"ok": true, "result": null}``, or ``{"ok": false, "code": 1, "error": "one line"}`` with
the exit code of the command. This is the only file that knows a socket. On Windows the line is a named pipe,
elsewhere a socket file in the data folder.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

TYPE_CHECKING = (
    False  # type checkers take it for true; the real one costs an import that a softphone would wait for
)
if TYPE_CHECKING:
    import socket
    from typing import Any

    from PySide6.QtCore import QTimer
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

VERSION = 1
MAX_MESSAGE = 1 << 20
"""Bytes that one request or answer may have at most, its end of line included."""
MAX_CONNECTIONS = 16
IDLE_S = 5.0
"""Seconds after which a connection that has not asked, or does not read its answer, is dropped."""
ANSWER_S = 10.0
"""Seconds that a command waits for its answer."""
_LONGEST_PATH = 100
"""Bytes; a socket's address holds 104 to 108 of them, and the listener needs none besides."""
_NAME = "companion.sock"


class NoProgram(Exception):
    """Nobody listens for this data folder."""


class LineError(Exception):
    """Somebody listens, but no answer came. The message is one line for the user."""


def refusal(error: str, code: int = 2) -> dict[str, Any]:
    """The answer to a request that cannot be done (code 1) or is none (code 2)."""
    return {"ok": False, "code": code, "error": error}


# ---- where


def places(root: str) -> Iterator[str]:
    """Addresses at which the program of a data folder may listen, best first. ``root`` is absolute.

    The socket stands in the data folder; where its path is too long for a socket, or no socket can stand there,
    in a folder of the user's own among the temporary files, under a name made from the data folder.
    """
    if sys.platform == "win32":
        yield rf"\\.\pipe\call-companion-{_digest(os.path.normcase(os.path.realpath(root)))}"
        return
    inside = os.path.join(root, _NAME)
    if _fits(inside):
        yield inside
    # In this order, each once; a softphone may know fewer of them than the program does.
    for base in dict.fromkeys((os.environ.get("XDG_RUNTIME_DIR", ""), os.environ.get("TMPDIR", ""), "/tmp")):
        folder = os.path.join(base, f"call-companion-{os.getuid()}")
        if os.path.isabs(base):
            place = os.path.join(folder, f"{_digest(os.path.realpath(root))}.sock")
            if _fits(place):
                yield place


def _fits(path: str) -> bool:
    try:
        return len(path.encode("utf-8")) <= _LONGEST_PATH
    except UnicodeEncodeError:  # a name that is no text cannot be told to Qt
        return False


def _digest(path: str) -> str:
    from hashlib import blake2b

    return blake2b(os.fsencode(path), digest_size=12).hexdigest()


def _trusted(folder: str) -> bool:
    """Whether a folder among the temporary files is this user's and nobody else's."""
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


# ---- the commands' end


def ask(root: str, request: dict[str, Any], timeout: float = ANSWER_S) -> dict[str, Any]:
    """Sends one request to the program of the data folder ``root`` and returns its answer.

    ``timeout`` is in seconds. Raises NoProgram when nobody listens, LineError when no answer can be had.
    """
    data = json.dumps({"v": VERSION, **request}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    if len(data) > MAX_MESSAGE:
        raise LineError("This is too long to be sent; a request may have 1 MiB. Shorten it.")
    line = _over_pipe(root, data, timeout) if sys.platform == "win32" else _over_socket(root, data, timeout)
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise LineError("The running program gave no answer that makes sense. Close it and start it again.")
    return answer


def _over_socket(root: str, data: bytes, timeout: float) -> bytes:
    with _connected(root, timeout) as end:
        received = bytearray()
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it may have answered before it hung up
                end.sendall(data)
            while not received.endswith(b"\n"):
                piece = end.recv(65536)
                if not piece:
                    break
                received += piece
        except TimeoutError:
            raise LineError("The running program does not answer. Close it and start it again.") from None
        except OSError:
            pass
        if not received.endswith(b"\n"):
            raise LineError("The running program hung up without an answer. Try again.")
        return bytes(received)


def _connected(root: str, timeout: float) -> socket.socket:
    import socket  # here, since a window that opens never needs it

    for place in places(root):
        if not os.path.exists(place) or (
            os.path.dirname(place) != root and not _trusted(os.path.dirname(place))
        ):
            continue
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        end.settimeout(timeout)
        try:
            end.connect(place)
            return end
        except OSError:
            end.close()
    raise NoProgram


def _over_pipe(root: str, data: bytes, timeout: float) -> bytes:
    deadline = time.monotonic() + timeout
    while True:
        try:
            with open(next(places(root)), "r+b", buffering=0) as pipe:
                pipe.write(data)
                received = bytearray()
                while not received.endswith(b"\n"):
                    piece = pipe.read(65536)
                    if not piece:
                        raise LineError("The running program hung up without an answer. Try again.")
                    received += piece
                return bytes(received)
        except FileNotFoundError:
            raise NoProgram from None
        except OSError as error:  # all ends of the pipe are taken for the moment
            if time.monotonic() > deadline:
                raise LineError(
                    "The running program does not answer. Close it and start it again."
                ) from error
            time.sleep(0.02)


# ---- the program's end


class Listener:
    """Takes requests for as long as it is kept. Lives on the thread of the window; only one per data folder may
    be made, which the lock of the folder sees to: that is why what an earlier program left at the address may be
    taken away.
    """

    def __init__(self, root: str, answer: Callable[[Any], dict[str, Any]]) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._answer = answer
        self._open: set[_Connection] = set()
        self.place = ""
        """The address it listens at; empty where it could not listen anywhere."""
        self._server: QLocalServer = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MAX_CONNECTIONS)
        self._server.newConnection.connect(self._on_new)
        for place in places(root):
            if _clear(place, inside=os.path.dirname(place) == root) and self._server.listen(place):
                self.place = place
                break

    def close(self) -> None:
        """Hangs up on everybody; the address is free again."""
        self._server.close()
        for connection in tuple(self._open):
            connection.drop()

    def _on_new(self) -> None:
        while self._server.hasPendingConnections():
            end = self._server.nextPendingConnection()
            if end is None:
                return
            connection = _Connection(end, self._answer, self._open.discard)
            self._open.add(connection)
            if len(self._open) > MAX_CONNECTIONS:
                connection.say(refusal("Too many connections at once. Try again.", 1))
            else:
                connection.read()


class _Connection:
    """One asker: one request, one answer, and out."""

    def __init__(
        self, end: QLocalSocket, answer: Callable[[Any], dict[str, Any]], gone: Callable[[_Connection], None]
    ) -> None:
        from PySide6.QtCore import QTimer

        self._end = end
        self._answer = answer
        self._gone = gone
        self._said = False
        end.setReadBufferSize(MAX_MESSAGE + 1)
        self._timer: QTimer = QTimer(end)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.drop)
        self._timer.start(int(IDLE_S * 1000))
        end.readyRead.connect(self.read)
        end.disconnected.connect(self._on_disconnected)

    def read(self) -> None:
        """Answers as soon as the request is there as a whole."""
        if self._said:
            return
        if self._end.canReadLine():
            line = bytes(self._end.readLine(MAX_MESSAGE + 1).data())
            self.say(self._answered(line) if len(line) <= MAX_MESSAGE else _too_long())
        elif self._end.bytesAvailable() >= MAX_MESSAGE:
            self.say(_too_long())

    def say(self, answer: dict[str, Any]) -> None:
        """Answers, once, and hangs up when the answer is through."""
        if self._said:
            return
        self._said = True
        self._end.write(json.dumps(answer, ensure_ascii=True).encode("ascii") + b"\n")
        self._end.flush()
        self._end.disconnectFromServer()

    def drop(self) -> None:
        """Hangs up at once."""
        self._said = True
        self._end.abort()

    def _answered(self, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            return refusal("A request is one line of JSON in UTF-8.")
        try:
            return self._answer(request)
        except Exception as error:  # a mistake of the program's own: told and kept, and the line stays open
            sys.excepthook(type(error), error, error.__traceback__)
            return refusal("Something went wrong inside the program; see its folder logs.", 1)

    def _on_disconnected(self) -> None:
        self._timer.stop()
        self._gone(self)
        self._end.deleteLater()


def _too_long() -> dict[str, Any]:
    return refusal("A request may have 1 MiB at most.")


def _clear(place: str, inside: bool) -> bool:
    """Makes the address free for listening: a folder of one's own, and no dead socket in the way. False where it
    is not.
    """
    if sys.platform == "win32":
        return True
    folder = os.path.dirname(place)
    try:
        if not inside:
            with suppress(FileExistsError):
                os.mkdir(folder, 0o700)
            if not _trusted(folder):
                return False
        if stat.S_ISSOCK(os.lstat(place).st_mode):
            os.unlink(place)
            return True
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False
