"""The program as a process: started, started twice, killed, in the way of damaged, newer and misplaced files."""

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from companion.app.instance import Lock
from tests.running import Companion, until

POSIX = os.name == "posix"
posix_only = pytest.mark.skipif(not POSIX, reason="modes, signals and sockets of POSIX")


def one_line(text: str) -> str:
    assert text.startswith("companion: ") and text.count("\n") == 1 and text.endswith("\n"), text
    return text


def test_a_call_through_the_commands_survives_a_restart(companion: Companion) -> None:
    process = companion.open()
    for words in [
        ("call", "ring", "--number", "+49 30 1234567"),
        ("call", "start", "--number", "030 1234567", "--name", "Änn"),
        ("call", "phase", "next"),
        ("call", "ask", "open"),
        ("call", "note", "two", "words"),
        ("call", "upset", "on"),
        ("call", "hold"),
        ("show",),
        ("strip",),
    ]:
        done = companion.run(*words)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), words
    call = companion.status()["call"]
    assert (call["state"], call["held"], call["upset"]) == ("open", True, True)
    assert call["caller"]["name"] == "Änn" and call["asked"] == {"open": 1, "closed": 0}
    process.send_signal(signal.SIGTERM if POSIX else signal.CTRL_BREAK_EVENT)
    process.wait(60)
    companion.open()
    again = companion.status()["call"]
    assert (again["id"], again["state"]) == (call["id"], "open")
    assert companion.run("call", "end", "--outcome", "1").returncode == 0
    assert companion.status()["call"]["state"] == "wrapup"


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_is_a_clean_end(companion: Companion, number: signal.Signals) -> None:
    process = companion.open()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    names = {file.name for file in companion.data.iterdir()}
    assert "companion.sock" not in names and "companion.db-wal" not in names
    assert " stop" in (companion.data / "logs" / "companion.log").read_text("utf-8")


def test_a_second_start_raises_the_first(companion: Companion) -> None:
    first = companion.open()
    done = companion.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert first.poll() is None and companion.holder() == first.pid


def test_many_starts_at_once_are_one_program(companion: Companion) -> None:
    many = [companion.begin() for _ in range(3)]
    until(companion.answers, "one of them answers")
    until(lambda: sum(process.poll() is None for process in many) == 1, "the others leave")
    left = [process for process in many if process.poll() is not None]
    assert [process.returncode for process in left] == [0, 0]
    assert companion.answers()


@posix_only
def test_after_a_kill_the_next_start_takes_over(companion: Companion) -> None:
    process = companion.open()
    companion.run("call", "start", "--name", "Ann")
    call = companion.status()["call"]
    process.kill()
    process.wait(60)
    assert stat.S_ISSOCK((companion.data / "companion.sock").lstat().st_mode)
    assert companion.status() == {"running": False}
    companion.open()
    assert companion.status()["call"]["id"] == call["id"]
    assert companion.run("call", "hold").returncode == 0


def test_a_start_waits_for_one_that_ends(companion: Companion) -> None:
    lock = Lock.take(companion.data / "running.lock")
    assert lock is not None
    process = companion.begin()
    assert companion.run("--version").returncode == 0  # time passes, and it has not given up
    assert process.poll() is None
    lock.release()
    until(companion.answers, "it takes over")


@pytest.mark.parametrize("name", ["with blanks and ümläuts 日本", "x" * 150])
def test_any_data_folder(tmp_path: Path, name: str) -> None:
    companion = Companion(tmp_path / name)
    try:
        companion.open()
        assert companion.run("call", "start").returncode == 0
        assert companion.status()["call"]["state"] == "greeting"
    finally:
        companion.close()


@posix_only
def test_everything_is_for_its_user_alone(companion: Companion) -> None:
    companion.open()
    companion.run("call", "start")
    backups = companion.data / "backups"
    until(lambda: backups.is_dir() and any(backups.glob("*.db")), "the copy of the day")
    assert stat.S_IMODE(companion.data.stat().st_mode) == 0o700
    found = {path: stat.S_IMODE(path.lstat().st_mode) & 0o077 for path in companion.data.rglob("*")}
    assert {path.name for path in found} >= {
        "companion.db",
        "running.lock",
        "companion.sock",
        "companion.log",
    }
    assert {path: mode for path, mode in found.items() if mode} == {}


def test_no_word_of_the_users_in_the_logs(companion: Companion) -> None:
    process = companion.open()
    for words in [
        ("start", "--name", "Quastenflosser", "--number", "0301234567"),
        ("note", "Quastenflosser"),
    ]:
        assert companion.run("call", *words).returncode == 0
    process.terminate()
    process.wait(60)
    for file in (companion.data / "logs").iterdir():
        text = file.read_text("utf-8")
        assert "Quastenflosser" not in text and "1234567" not in text


# ---- what stands in the way


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display there")
def test_no_display(companion: Companion) -> None:
    done = companion.run(QT_QPA_PLATFORM="")
    assert done.returncode == 1 and "no display" in one_line(done.stderr)
    assert companion.run("--self-test", QT_QPA_PLATFORM="").stdout == "self-test ok\n"
    companion.open()
    assert companion.run(QT_QPA_PLATFORM="").returncode == 0


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = Companion(tmp_path / "file").run()
    assert done.returncode == 1 and done.stdout == ""
    assert str(tmp_path / "file") in one_line(done.stderr) and "--data-dir" in done.stderr
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_a_data_folder_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = Companion(tmp_path / "file" / "data").run()
    assert done.returncode == 1
    one_line(done.stderr)


@pytest.mark.skipif(not POSIX or os.geteuid() == 0, reason="nothing is read-only for the administrator")
def test_a_folder_that_is_read_only(companion: Companion) -> None:
    companion.data.chmod(0o500)
    done = companion.run()
    companion.data.chmod(0o700)
    assert done.returncode == 1
    one_line(done.stderr)


def test_a_newer_file_is_left_alone(companion: Companion) -> None:
    process = companion.open()
    process.terminate()
    process.wait(60)
    file = companion.data / "companion.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = file.read_bytes()
    done = companion.run()
    assert done.returncode == 1 and "newer" in one_line(done.stderr)
    assert file.read_bytes() == before
    assert companion.run("check").returncode == 1


@posix_only
def test_a_damaged_file_is_rescued_and_kept(companion: Companion) -> None:
    process = companion.open()
    companion.run("call", "start", "--name", "Ann")
    companion.run("call", "end")
    process.terminate()
    process.wait(60)
    file = companion.data / "companion.db"
    data = bytearray(file.read_bytes())
    data[:100] = b"\0" * 100
    file.write_bytes(data)
    done = companion.run("check")
    assert done.returncode == 1 and "damaged" in one_line(done.stderr)
    companion.open()
    assert companion.status()["due"]["wrap_ups"] == 1
    (aside,) = (companion.data / "backups").glob("damaged-*")
    assert (aside / "companion.db").read_bytes() == bytes(data)
    assert " rescued " in (companion.data / "logs" / "companion.log").read_text("utf-8")


def test_a_file_that_another_program_holds(companion: Companion) -> None:
    process = companion.open()
    process.terminate()
    process.wait(60)
    file = companion.data / "companion.db"
    holder = sqlite3.connect(file, isolation_level=None)
    try:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        holder.execute("CREATE TABLE mine (x)")
        done = companion.run()
        assert done.returncode == 1 and str(file) in one_line(done.stderr)
        holder.execute("ROLLBACK")
    finally:
        holder.close()
    companion.open()


# ---- opened by a command


def test_a_start_opens_the_program(companion: Companion) -> None:
    done = companion.run("call", "start", "--name", "Ann", "--number", "1234")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert companion.status()["call"]["caller"] == {"name": "Ann", "number": "1234", "e164": None}
    assert companion.holder()


def test_a_ring_opens_the_program(companion: Companion) -> None:
    assert companion.run("call", "ring", "--number", "1234").returncode == 0
    assert companion.status()["call"]["state"] == "ringing"


def test_two_starts_at_once_are_one_program_and_one_call(companion: Companion) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _n: companion.run("call", "start", "--number", "0301234567"), range(2)))
    assert [done.returncode for done in both] == [0, 0], [done.stderr for done in both]
    call = companion.status()["call"]
    assert call["state"] == "greeting" and not call["held"]
    with closing(sqlite3.connect(companion.data / "companion.db")) as connection, connection:
        assert connection.execute("SELECT count(*) FROM calls").fetchone() == (1,)
    connection.close()


def test_a_start_that_cannot_open_the_program_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = Companion(tmp_path / "file").run("call", "start")
    assert done.returncode == 1 and "is a file" in one_line(done.stderr)


def test_the_opened_program_outlives_its_opener(companion: Companion) -> None:
    opener = subprocess.Popen(
        companion.command("call", "start"),
        env=companion.env,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )
    assert opener.wait(60) == 0
    if POSIX:
        with pytest.raises(ProcessLookupError):
            os.killpg(opener.pid, signal.SIGTERM)
    assert companion.status()["running"] is True


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_network_socket_is_open(companion: Companion) -> None:
    process = companion.open()
    companion.run("call", "start")
    inodes = {
        os.readlink(f"/proc/{process.pid}/fd/{fd}").removeprefix("socket:[").removesuffix("]")
        for fd in os.listdir(f"/proc/{process.pid}/fd")
    }
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        table = Path(f"/proc/{process.pid}/net/{kind}")
        rows = table.read_text("ascii").splitlines()[1:] if table.exists() else []
        assert not inodes & {row.split()[9] for row in rows}, kind


def test_status_is_one_document(companion: Companion) -> None:
    companion.open()
    done = companion.run("status", "--json")
    assert done.stdout.endswith("}\n") and json.loads(done.stdout)["call"] is None
    assert companion.run("status").stdout == "No call.\n"
