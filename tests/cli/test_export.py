"""All data out: what is refused, what is written, and that it is all or nothing."""

import csv
import json
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.cli import export as command
from companion.cli.export import export
from companion.clock import ManualClock
from companion.core.audit import Decision
from companion.core.goals import Goal
from companion.desk import Desk
from companion.paths import Paths
from companion.playbooks import Playbook
from companion.resources import resource
from companion.storage.store import Store
from tests.cli.journals import PASSPHRASE, alone, at_terminal, bytes_of, journal_of
from tests.running import Companion

HOSTILE = "=cmd|' /C calc'!A0 <b>☎</b>\n\"x\";,"
posix = pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
WORK = {"calls", "responses", "breaks", "settings", "time", "time-days", "categories", "goals", "audits"}


@pytest.fixture
def paths(data_dir: Path) -> Paths:
    return Paths(data_dir)


@pytest.fixture
def full(paths: Paths) -> Iterator[Paths]:
    """A folder with a call, a response, a break and a setting in it; the store stays open, as in a running program."""
    clock = ManualClock(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    desk = Desk(Store.open(paths.database, paths.backups), clock, Playbook(resource("playbooks"), None), "DE")
    desk.start(HOSTILE, "billing", "+49 30 901820")
    desk.board.note(HOSTILE)
    clock.advance(65)
    desk.end("resolved")
    desk.settings.set("agent", "Ann")
    desk.responses.add(HOSTILE, "2026-11-20T12:00:00.000Z")
    desk.breaks.add("2026-11-20T13:00:00.000Z", "Europe/Berlin", 10, "2026-11-20T12:00:00.000Z")
    day = desk.time.today()
    desk.time.paint(day.start + 32400, day.start + 36000, "work/e-mails")
    desk.time.categories.rename("work/e-mails", "Mail")
    desk.time.goals.put(Goal("g", "work", "about", 3600, since="2026-11-20"))
    desk.time.audits.decide(desk.time.audits.start("2026-11-20", 3), Decision(300, "work", "rest"))
    yield paths
    desk.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_json_while_the_program_runs(full: Paths, out: Path, tmp_path: Path) -> None:
    assert export(full, str(out), "json", False) == 0
    assert names(out) == {f"{name}.json" for name in WORK}
    found = {name: json.loads((out / f"{name}.json").read_text("utf-8")) for name in WORK}
    assert all(document["kind"] == name for name, document in found.items())
    (call,) = found["calls"]["rows"]
    assert call["name"] == HOSTILE and call["notes"] == HOSTILE and call["talk_s"] == 65
    assert call["e164"] == "+4930901820" and call["outcome"] == "resolved"
    assert datetime.fromisoformat(call["began_at"]) == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert {event["kind"] for event in call["events"]} >= {"started", "ended", "edit"}
    assert [row["text"] for row in found["responses"]["rows"]] == [HOSTILE.strip()]
    assert found["breaks"]["rows"][0]["at"] == "2026-11-20T14:00:00.000+01:00"
    assert {"key": "agent", "value": "Ann"} in found["settings"]["rows"]
    assert found["time"]["rows"] == [
        {
            "start": "2026-11-20T09:00:00.000+01:00",
            "end": "2026-11-20T10:00:00.000+01:00",
            "zone": "Europe/Berlin",
            "category": "work/e-mails",
            "state": "filled",
            "source": "hand",
        }
    ]
    assert [row["day"] for row in found["time-days"]["rows"]] == ["2026-11-20"]
    assert [row["was"] for row in found["categories"]["rows"] if row["name"] == "Mail"] == [
        [["E-mails", "2026-11-20"]]
    ]
    assert "g" in [row["id"] for row in found["goals"]["rows"]]
    assert [(row["days"], row["seconds"], row["target"]) for row in found["audits"]["rows"]] == [
        (3, 300, "rest")
    ]
    assert names(tmp_path) == {"data", "out"}


def test_csv_is_safe_in_a_spreadsheet(full: Paths, out: Path) -> None:
    assert export(full, str(out), "csv", False) == 0
    assert names(out) == {f"{name}.csv" for name in (*WORK, "events")}
    with (out / "calls.csv").open(encoding="utf-8", newline="") as file:
        (call,) = csv.DictReader(file)
    assert call["name"] == f"'{HOSTILE}" and call["number"] == "'+49 30 901820"
    for file_name in names(out):
        with (out / file_name).open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert cells and not [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))]


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_only_the_user_may_read_it(full: Paths, out: Path, mode: int) -> None:
    out.chmod(mode)
    assert export(full, str(out), "json", False) == 0
    assert {stat.S_IMODE(file.stat().st_mode) for file in out.iterdir()} == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == mode


def test_a_file_or_a_folder_that_is_not_empty(
    full: Paths, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out / ".hidden").touch()
    (tmp_path / "file").touch()
    for wrong, why in (
        (tmp_path / "file", "no folder"),
        (tmp_path / "file" / "a" / "b", "cannot be made"),
        (out, "not empty"),
    ):
        assert export(full, str(wrong), "csv", False) == 1
        said = capsys.readouterr()
        assert said.out == "" and why in said.err and said.err.count("\n") == 1
    assert names(out) == {".hidden"} and names(tmp_path) == {"data", "out", "file"}


def test_a_folder_that_is_not_there_is_made_with_all_above_it(full: Paths, tmp_path: Path) -> None:
    there = tmp_path / "a" / "b"
    assert export(full, str(there), "json", False) == 0
    assert names(there) == {f"{name}.json" for name in WORK}
    assert names(tmp_path) == {"data", "a"} and names(tmp_path / "a") == {"b"}
    if os.name == "posix":
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in (there, there.parent)} == {0o700}


def test_a_folder_that_was_made_is_gone_again_when_nothing_is_written(
    full: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.os, "fsync", refuse)
    assert export(full, str(tmp_path / "a" / "b"), "json", False) == 1
    assert names(tmp_path) == {"data"}


def test_nothing_kept_yet(paths: Paths, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(paths, str(out), "csv", False) == 1
    assert "nothing is kept" in capsys.readouterr().err
    assert export(paths, str(out), "csv", True) == 1
    assert "no journal yet" in capsys.readouterr().err
    assert names(out) == set()


def test_one_stands_in_the_folder(
    full: Paths, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out)
    before = out.stat().st_ino
    assert export(full, ".", "csv", False) == 0
    assert out.stat().st_ino == before and len(names(out)) == len(WORK) + 1
    assert names(tmp_path) == {"data", "out"}


def test_through_a_link(full: Paths, out: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(out, target_is_directory=True)
    assert export(full, str(link), "json", False) == 0
    assert link.is_symlink() and len(names(out)) == len(WORK)


@pytest.mark.parametrize("where", ["beside", "inside"])
def test_all_or_nothing(
    full: Paths, out: Path, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that gives out in the middle leaves nothing behind."""
    if where == "inside":
        monkeypatch.chdir(out)
    count = 0

    def full_disk(_fd: int) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.os, "fsync", full_disk)
    assert export(full, str(out), "csv", False) == 1
    assert count == 3
    assert names(out) == set() and names(tmp_path) == {"data", "out"}


def test_a_damaged_file_is_told(
    full: Paths, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Paths(tmp_path / "other")
    other.root.mkdir()
    other.database.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert export(other, str(out), "csv", False) == 1
    assert "damaged" in capsys.readouterr().err
    assert names(out) == set()


# ---- the journal


@pytest.fixture
def journal(paths: Paths) -> Paths:
    """A journal with an entry, a check and a page, and two checks that wait for the next unlocking."""
    opened = journal_of(paths)
    opened.create(opened.prepare(PASSPHRASE))
    entry = opened.new_entry()._replace(
        event=HOSTILE, balanced="It was the system, not me.", before=8, after=3
    )
    opened.write(entry)
    opened.add_check(4)
    opened.write_page("strategy", {"one": HOSTILE})
    opened.lock()
    opened.add_check(9)
    opened.add_check(0)
    opened.close()
    return paths


def with_journal(paths: Paths, out: Path, form: str, typed: str) -> tuple[int, str]:
    """The command at a terminal of its own."""
    program = Companion(paths.root)
    words = program.command("export", str(out), "--format", form, "--with-journal")
    return at_terminal(words, program.env, [typed])


@posix
def test_the_journal_as_json(journal: Paths, full: Paths, out: Path) -> None:
    before = journal.vault.read_bytes()
    code, shown = with_journal(journal, out, "json", PASSPHRASE)
    assert code == 0 and command.PASSPHRASE in shown and PASSPHRASE not in shown
    assert names(out) == {f"{name}.json" for name in (*WORK, "journal", "journal-pages")}
    rows = json.loads((out / "journal.json").read_text("utf-8"))["rows"]
    assert sorted(row["before"] for row in rows) == [0, 4, 8, 9]
    (entry,) = [row for row in rows if row["kind"] == "entry"]
    assert entry["event"] == HOSTILE and entry["after"] == 3
    assert datetime.fromisoformat(entry["at"]).utcoffset() is not None
    pages = json.loads((out / "journal-pages.json").read_text("utf-8"))["rows"]
    assert pages == [{"name": "strategy", "content": {"one": HOSTILE}}]
    assert journal.vault.read_bytes() == before and journal_of(journal).sealed_count == 2


@posix
def test_the_journal_as_csv(journal: Paths, out: Path) -> None:
    code, shown = with_journal(journal, out, "csv", PASSPHRASE)
    assert code == 0, shown
    assert names(out) == {"journal.csv", "journal-pages.csv"}
    with (out / "journal.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["event"] for row in rows if row["kind"] == "entry"] == [f"'{HOSTILE}"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@posix
def test_a_wrong_passphrase_writes_nothing(journal: Paths, full: Paths, out: Path, tmp_path: Path) -> None:
    before = names(tmp_path)
    code, shown = with_journal(journal, out, "json", f"{PASSPHRASE}x")
    assert code == 1 and "does not open the journal" in shown and PASSPHRASE not in shown
    assert names(out) == set() and names(tmp_path) == before


@posix
def test_no_terminal_no_passphrase(journal: Paths, out: Path) -> None:
    """A process without a terminal is refused, whatever stands on its standard input."""
    program = Companion(journal.root)
    words = program.command("export", str(out), "--format", "json", "--with-journal")
    done = alone(words, program.env, f"{PASSPHRASE}\n")
    assert done.returncode == 1 and "terminal" in done.stderr and done.stderr.count("\n") == 1
    assert names(out) == set()


@posix
def test_while_it_is_unlocked_elsewhere(journal: Paths, out: Path) -> None:
    opened = journal_of(journal)
    opened.open(opened.attempt(PASSPHRASE))
    late = opened.new_entry()._replace(line="late")
    opened.write(late)
    code, shown = with_journal(journal, out, "json", PASSPHRASE)
    assert code == 0, shown
    rows = json.loads((out / "journal.json").read_text("utf-8"))["rows"]
    assert len(rows) == 5 and late.id in {row["id"] for row in rows}
    assert opened.entry(late.id).line == "late"
    opened.close()


def test_without_asking_for_it_the_journal_stays(journal: Paths, full: Paths, out: Path) -> None:
    assert export(full, str(out), "json", False) == 0
    assert b"strategy" not in bytes_of(out) and b"It was the system" not in bytes_of(out)


def test_a_passphrase_is_no_argument(companion: Companion, out: Path) -> None:
    done = companion.run("export", str(out), "--format", "json", "--with-journal", "--passphrase", "secret")
    assert done.returncode == 2 and "secret" not in done.stderr
