"""The local line: both ends, hostile askers, and addresses where no socket can stand."""

import json
import os
import socket
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from companion.app import line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the other end is a named pipe there")

WAIT_MS = 60_000


def echo(request: Any) -> dict[str, Any]:
    return {"ok": True, "result": request}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of these tests lands in the real folders of temporary files."""
    short = Path("/tmp") if not Path("/tmp").is_symlink() else Path("/private/tmp")
    base = tmp_path_factory.mktemp("x") if len(str(tmp_path_factory.getbasetemp())) < 40 else short
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(base))


@pytest.fixture
def listening(data_dir: Path, qtbot: QtBot) -> Iterator[line.Listener]:
    listener = line.Listener(str(data_dir), echo)
    yield listener
    listener.close()


def asked(qtbot: QtBot, root: Path, request: dict[str, Any], timeout: float = 30.0) -> dict[str, Any]:
    """An answer, or the exception of the asking end, which has to stand on another thread."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(line.ask, str(root), request, timeout)
        qtbot.waitUntil(future.done, timeout=WAIT_MS)
        return future.result()


def raw(qtbot: QtBot, place: str, data: bytes) -> bytes:
    """What is answered to these bytes, until the other end hangs up or nothing more can be sent."""

    def talk() -> bytes:
        with socket.socket(socket.AF_UNIX) as end:
            end.settimeout(30)
            end.connect(place)
            with suppress(BrokenPipeError, ConnectionResetError):
                end.sendall(data)
            got = b""
            while True:
                try:
                    piece = end.recv(65536)
                except ConnectionResetError:
                    return got
                if not piece:
                    return got
                got += piece

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(talk)
        qtbot.waitUntil(future.done, timeout=WAIT_MS)
        return future.result()


def test_a_request_and_its_answer(listening: line.Listener, data_dir: Path, qtbot: QtBot) -> None:
    assert listening.place == str(data_dir / "companion.sock")
    answer = asked(qtbot, data_dir, {"do": "x", "text": "wörld\n\u2028 \U0001f600"})
    assert answer == {"ok": True, "result": {"v": 1, "do": "x", "text": "wörld\n\u2028 \U0001f600"}}


def test_only_the_user_may_ask(listening: line.Listener) -> None:
    assert not os.stat(listening.place).st_mode & 0o077


def test_closing_takes_the_address_away(listening: line.Listener, data_dir: Path, qtbot: QtBot) -> None:
    listening.close()
    assert not os.path.exists(listening.place)
    with pytest.raises(line.NoProgram):
        line.ask(str(data_dir), {"do": "x"})


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(line.NoProgram):
        line.ask(str(tmp_path / "nowhere"), {"do": "x"})


@pytest.mark.parametrize("name", ["with blanks and ümläuts 日本", "x" * 120, "e" * 90 + "日本語" * 10])
def test_any_data_folder(tmp_path: Path, qtbot: QtBot, name: str) -> None:
    root = tmp_path / name
    root.mkdir()
    listener = line.Listener(str(root), echo)
    try:
        assert listener.place in line.places(str(root))
        assert asked(qtbot, root, {"do": "x"})["ok"]
        if os.path.dirname(listener.place) != str(root):
            folder = os.lstat(os.path.dirname(listener.place))
            assert stat.S_IMODE(folder.st_mode) == 0o700 and folder.st_uid == os.getuid()
    finally:
        listener.close()


def test_two_folders_two_lines(tmp_path: Path, qtbot: QtBot) -> None:
    roots = [tmp_path / ("x" * 120 + end) for end in "ab"]
    for root in roots:
        root.mkdir()
    ends = [
        line.Listener(str(root), lambda request, root=root: {"ok": True, "result": str(root)})
        for root in roots
    ]
    try:
        assert [asked(qtbot, root, {"do": "x"})["result"] for root in roots] == [str(root) for root in roots]
    finally:
        for end in ends:
            end.close()


def test_a_folder_that_others_may_enter_is_not_trusted(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = Path(os.environ["XDG_RUNTIME_DIR"]) / f"open-{os.getpid()}"
    base.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(base))
    root = tmp_path / ("x" * 120)
    root.mkdir()
    theirs = base / f"call-companion-{os.getuid()}"
    theirs.mkdir()
    theirs.chmod(0o777)
    bad = str(theirs / os.path.basename(next(line.places(str(root)))))
    listener = line.Listener(str(root), echo)
    try:
        assert not listener.place.startswith(str(base))
        with socket.socket(socket.AF_UNIX) as liar:
            liar.bind(bad)
            liar.listen()
            if listener.place:
                assert asked(qtbot, root, {"do": "x"})["ok"]
            else:
                with pytest.raises(line.NoProgram):
                    line.ask(str(root), {"do": "x"})
    finally:
        listener.close()


def test_a_dead_socket_is_replaced(data_dir: Path, qtbot: QtBot) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(data_dir / "companion.sock"))
    listener = line.Listener(str(data_dir), echo)
    try:
        assert listener.place == str(data_dir / "companion.sock")
        assert asked(qtbot, data_dir, {"do": "x"})["ok"]
    finally:
        listener.close()


def test_a_file_of_the_users_in_the_way_stays(data_dir: Path, qtbot: QtBot) -> None:
    (data_dir / "companion.sock").write_text("mine", "utf-8")
    listener = line.Listener(str(data_dir), echo)
    try:
        assert listener.place and listener.place != str(data_dir / "companion.sock")
        assert asked(qtbot, data_dir, {"do": "x"})["ok"]
    finally:
        listener.close()
    assert (data_dir / "companion.sock").read_text("utf-8") == "mine"


# ---- hostile askers


def refused(answer: bytes) -> dict[str, Any]:
    assert answer.endswith(b"\n") and answer.count(b"\n") == 1
    said = json.loads(answer)
    assert said["ok"] is False and said["code"] in (1, 2) and said["error"]
    return said


@pytest.mark.parametrize(
    "data",
    [
        b"\n",
        b"hello\n",
        b"\xff\xfe\n",
        b'{"v": 1\n',
        b"[" * 500_000 + b"\n",
        b'{"a":' * 100_000 + b"\n",
        b"9" * 500_000 + b"\n",
        b"\0\0\0\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"x" * (line.MAX_MESSAGE + 5),
        b"x" * (line.MAX_MESSAGE + 5) + b"\n",
        b"x" * (line.MAX_MESSAGE * 3),
    ],
    ids=lambda data: f"{data[:9]!r}-{len(data)}",
)
def test_what_is_no_request_is_refused(
    listening: line.Listener, data_dir: Path, qtbot: QtBot, data: bytes
) -> None:
    refused(raw(qtbot, listening.place, data))
    assert asked(qtbot, data_dir, {"do": "x"})["ok"]


def test_the_longest_request_is_taken(listening: line.Listener, qtbot: QtBot) -> None:
    text = b'"' + b"x" * (line.MAX_MESSAGE - 3) + b'"\n'
    assert len(text) == line.MAX_MESSAGE
    assert json.loads(raw(qtbot, listening.place, text)) == {
        "ok": True,
        "result": text.decode().strip()[1:-1],
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes(listening: line.Listener, qtbot: QtBot, data: bytes) -> None:
    answer = json.loads(raw(qtbot, listening.place, data + b"\n"))
    assert answer["ok"] is True or answer["error"]


def test_too_many_at_once(listening: line.Listener, data_dir: Path, qtbot: QtBot) -> None:
    silent = [socket.socket(socket.AF_UNIX) for _ in range(line.MAX_CONNECTIONS)]
    try:
        for end in silent:
            end.connect(listening.place)
        assert refused(raw(qtbot, listening.place, b'{"v": 1}\n'))["code"] == 1
    finally:
        for end in silent:
            end.close()

    def free() -> bool:
        return asked(qtbot, data_dir, {"do": "x"})["ok"] is True

    qtbot.waitUntil(free, timeout=WAIT_MS)


def test_who_says_nothing_is_dropped(data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "IDLE_S", 0.05)
    listener = line.Listener(str(data_dir), echo)
    try:
        assert raw(qtbot, listener.place, b"") == b""
        assert raw(qtbot, listener.place, b'{"v": 1') == b""
    finally:
        listener.close()


def test_a_mistake_of_ours_is_told_and_the_line_stays_open(
    data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: seen.append(kind))

    def fails(request: Any) -> dict[str, Any]:
        if request["do"] == "fail":
            raise KeyError("a secret")
        return echo(request)

    listener = line.Listener(str(data_dir), fails)
    try:
        answer = asked(qtbot, data_dir, {"do": "fail"})
        assert answer["ok"] is False and answer["code"] == 1 and "secret" not in answer["error"]
        assert seen == [KeyError]
        assert asked(qtbot, data_dir, {"do": "x"})["ok"]
    finally:
        listener.close()


# ---- a program that does not answer as it should


def served(data_dir: Path, serve: Callable[[socket.socket], None]) -> threading.Thread:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(data_dir / "companion.sock"))
    server.listen()

    def run() -> None:
        with server:
            end, _ = server.accept()
            with end:
                serve(end)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize("answer", [b"", b"nonsense\n", b"[]\n", b'{"ok": 1}\n', b'{"ok": true}', b"\xff\n"])
def test_no_answer_that_makes_sense(data_dir: Path, answer: bytes) -> None:
    def serve(end: socket.socket) -> None:
        end.recv(65536)
        end.sendall(answer)

    thread = served(data_dir, serve)
    with pytest.raises(line.LineError) as caught:
        line.ask(str(data_dir), {"do": "x"})
    thread.join()
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")


def test_no_answer_at_all(data_dir: Path) -> None:
    enough = threading.Event()
    thread = served(data_dir, lambda end: enough.wait(60) and None)
    with pytest.raises(line.LineError, match="does not answer"):
        line.ask(str(data_dir), {"do": "x"}, timeout=0.05)
    enough.set()
    thread.join()


def test_a_request_that_is_too_long_is_not_sent(data_dir: Path) -> None:
    with pytest.raises(line.LineError, match="1 MiB"):
        line.ask(str(data_dir), {"do": "call.note", "text": "x" * line.MAX_MESSAGE})


def test_half_a_sign_is_sent_as_a_question_mark(
    listening: line.Listener, data_dir: Path, qtbot: QtBot
) -> None:
    assert asked(qtbot, data_dir, {"do": "x", "text": "a\udcffb"})["result"]["text"] == "a?b"
