"""The running program around its window: what starts after the first paint, damaged data, the end."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.app import line, main, program
from companion.app.crash import Crashes
from companion.app.program import Program
from companion.journal import Journal
from companion.paths import Paths
from companion.storage import backup
from companion.storage.errors import DamagedFile, DiskFull
from companion.storage.rescue import Rescued
from companion.storage.store import Store
from companion.storage.vault_keys import Cost
from tests.running import ROOT

WAIT_MS = 60_000


@pytest.fixture
def running(qapp: QApplication, qtbot: QtBot, paths: Paths) -> Iterator[Program]:
    quits, flash = qapp.quitOnLastWindowClosed(), qapp.cursorFlashTime()
    qapp.setQuitOnLastWindowClosed(False)
    made = Program(qapp, Store.open(paths.database, paths.backups), paths, Crashes(paths.logs))
    yield made
    made.close()
    made.close()
    assert not shiboken6.isValid(made.window)
    QTimer.singleShot(0, lambda: qapp.exit(0))  # an exit outside of a loop would end each loop that follows
    qapp.exec()
    qapp.setQuitOnLastWindowClosed(quits)
    qapp.setCursorFlashTime(flash)


def reachable(paths: Paths) -> bool:
    return any(Path(place).exists() for place in line.places(str(paths.root)))


def started(paths: Paths) -> bool:
    """The copy of the day is the last thing that a start does."""
    return any(paths.backups.glob("companion-*.db"))


def test_nothing_starts_before_the_first_paint(running: Program, qtbot: QtBot, paths: Paths) -> None:
    assert not reachable(paths)
    running.show(unfocused=False)
    qtbot.waitUntil(lambda: reachable(paths) and started(paths), timeout=WAIT_MS)
    assert " start " in (paths.logs / "companion.log").read_text("utf-8")


BEFORE_THE_PAINT = """
import sys
from pathlib import Path
import companion.ui  # first, as a start has it
from companion.app import crash, main, program
from companion.paths import Paths
paths = Paths(Path(sys.argv[1]))
store, _ = main._opened(paths)
running = program.Program(program.make_app(), store, paths, crash.Crashes(paths.logs))
running.window.show()
running.window.grab()
print(*sorted(sys.modules))
running.close()
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(paths: Paths) -> None:
    Store.open(paths.database, paths.backups).close()
    done = subprocess.run(
        [sys.executable, "-c", BEFORE_THE_PAINT, str(paths.root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = set(done.stdout.split())
    assert "companion.ui.window" in loaded, done.stderr
    heavy = {
        "sqlite_utils",
        "phonenumbers",
        "PySide6.QtNetwork",
        "PySide6.QtDBus",
        "PySide6.QtPrintSupport",
        "platformdirs",
        "subprocess",
        *("argparse", "asyncio", "email", "logging", "shutil", "ssl", "tempfile", "traceback", "zipfile"),
        "shibokensupport.signature.loader",
        "shibokensupport.signature.parser",
        "companion.core.phone",
        "companion.storage.backup",
        "companion.ui.keysheet",
        "companion.ui.livebar",
        "companion.ui.strip",
        "companion.ui.pages.call.live",
        "companion.ui.pages.call.recent",
        "companion.ui.pages.settings.page",
        "companion.ui.pages.stress.page",
        "companion.ui.pages.time.page",
    }
    assert loaded & heavy == set()


def test_an_unfocused_start_leaves_the_keyboard_alone(running: Program, qtbot: QtBot) -> None:
    running.show(unfocused=True)
    assert running.window.isVisible()
    assert not running.window.testAttribute(program.Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_a_window_that_is_never_painted_starts_the_rest_too(
    qapp: QApplication, qtbot: QtBot, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_UNPAINTED_MS", 1)
    made = Program(qapp, Store.open(paths.database, paths.backups), paths, Crashes(paths.logs))
    try:
        qtbot.waitUntil(lambda: reachable(paths), timeout=WAIT_MS)
    finally:
        made.close()
    assert not reachable(paths)


def test_it_ends_with_a_live_call_and_the_call_is_kept(
    running: Program, qapp: QApplication, paths: Paths
) -> None:
    running.show(unfocused=False)
    call = running.desk.start(name="Ann")
    QTimer.singleShot(0, running.window, running.window.quit_requested.emit)
    assert qapp.exec() == 0
    running.close()
    store = Store.open(paths.database, paths.backups)
    again = program.make_desk(store, paths)
    assert again.board.active is not None and again.board.active.id == call.id
    again.close()


def test_a_session_end_writes_and_goes_on(running: Program, qapp: QApplication) -> None:
    call = running.desk.start()
    connection = running.desk.store.connection
    connection.execute("UPDATE call_signs SET awake = 0")
    running._on_session_end(None)  # type: ignore[arg-type]
    assert [awake > 0 for (awake,) in connection.execute("SELECT awake FROM call_signs")] == [True]
    running.desk.board.hold()
    assert running.desk.board.active is not None and running.desk.board.active.id == call.id


# ---- damaged data


def rescued(paths: Paths, lost: int, calls: int, copy: backup.Backup | None) -> Rescued:
    return Rescued(calls, calls * 3, 0, lost, paths.backups / "damaged", copy)


def question(running: Program) -> list[str]:
    notice = running.window.notices.question
    return [button.objectName() for button in notice.buttons] if notice.isVisibleTo(running.window) else []


def a_copy(paths: Paths) -> backup.Backup:
    target = paths.backups / "companion-2026-11-01.db"
    backup.copy_to(paths.database, target)
    return backup.look_at(target)


def test_a_whole_rescue_is_told_without_a_question(running: Program, paths: Paths) -> None:
    running.tell_rescued(rescued(paths, 0, 5, a_copy(paths)))
    assert question(running) == []
    assert "5 calls" in running.window.notices.word.text_label.text()


def test_a_rescue_with_losses_offers_the_backup(running: Program, paths: Paths, qapp: QApplication) -> None:
    copy = a_copy(paths)
    running.show(unfocused=False)
    running.tell_rescued(rescued(paths, 7, 5, copy))
    assert question(running) == ["keep", "backup"]
    running.desk.start()
    running.window.notices.question.answered.emit("backup")
    assert running.wish is None and question(running) == ["keep", "backup"]
    running.desk.end()
    running.window.notices.question.answered.emit("backup")
    assert running.wish == copy.path


def test_keeping_what_was_read_changes_nothing(running: Program, paths: Paths) -> None:
    running.tell_rescued(rescued(paths, 7, 5, a_copy(paths)))
    running.window.notices.question.answered.emit("keep")
    assert running.wish is None and question(running) == []


def test_damage_met_on_the_way_is_asked_about_once(running: Program) -> None:
    for _ in range(3):
        running._on_store_error(DamagedFile("The data file x is damaged."))
    assert question(running) == ["rescue", "later"]
    running.window.notices.question.answered.emit("rescue")
    assert running.wish == "rescue" and question(running) == []


def test_another_error_of_the_world_is_only_told(running: Program) -> None:
    running._on_store_error(DiskFull("The disk is full."))
    assert running.window.notices.word.text_label.text() == "The disk is full."
    assert running.wish is None


def test_going_back_to_a_backup(qapp: QApplication, paths: Paths) -> None:
    desk = program.make_desk(Store.open(paths.database, paths.backups), paths)
    desk.start(name="kept")
    desk.end()
    copy = a_copy(paths)
    desk.start(name="later")
    desk.end()
    desk.close()
    store, found = main._granted(paths, copy.path)
    assert found is None
    again = program.make_desk(store, paths)
    assert again.history.due().wrap_ups == 1
    again.close()
    (aside,) = paths.backups.glob("replaced-*")
    assert (aside / "companion.db").exists()


def test_a_rescue_that_was_wished_for(qapp: QApplication, qtbot: QtBot, paths: Paths) -> None:
    desk = program.make_desk(Store.open(paths.database, paths.backups), paths)
    desk.start(name="kept")
    desk.end()
    desk.close()
    store, found = main._granted(paths, "rescue")
    assert found is not None and found.calls == 1
    store.close()


def test_a_backup_that_is_gone_is_no_start(qapp: QApplication, paths: Paths) -> None:
    Store.open(paths.database, paths.backups).close()
    before = paths.database.read_bytes()
    with pytest.raises(main.NoStart):
        main._granted(paths, paths.backups / "gone.db")
    assert paths.database.read_bytes() == before


def test_the_moment_of_a_copy_is_told_in_local_time(running: Program, paths: Paths) -> None:
    copy = backup.Backup(paths.backups / "x.db", datetime(2026, 11, 1, 12, 30, tzinfo=UTC), 9)
    running.tell_rescued(rescued(paths, 1, 5, copy))
    offer = running.window.notices.question.buttons[1]
    local = copy.made.astimezone(running.desk.clock.local().tzinfo)
    assert f"{local:%Y-%m-%d %H:%M}" in offer.text() and "9 calls" in offer.text()


# ---- the journal


def open_journal(running: Program, paths: Paths) -> None:
    """A journal as the page makes one, with a passphrase that is stretched only a little."""
    journal = Journal(paths.vault, paths.backups, running.desk.clock, lambda change: None, Cost(1, 8 << 20))
    journal.create(journal.prepare("open sesame"))
    journal.close()
    running.desk.journal.open(running.desk.journal.attempt("open sesame"))


def test_the_journal_is_guarded_only_while_it_is_open(running: Program, paths: Paths) -> None:
    assert running._privacy is None
    running.desk.settings.set("agent", "Ann")
    assert running._privacy is None and running.desk._journal is None, "a start pays nothing for a journal"
    open_journal(running, paths)
    guard = running._privacy
    assert guard is not None and guard.watches == (sys.platform in ("linux", "win32"))
    running.desk.settings.set("hide_from_capture", False)
    assert running._privacy is guard
    running.desk.journal.lock()
    assert not guard.watches


def test_a_locked_system_locks_the_journal(running: Program, paths: Paths, qtbot: QtBot) -> None:
    running.show(unfocused=False)
    running.window.show_page("stress")
    open_journal(running, paths)
    assert running.desk.journal.state == "open"
    running._privacy._on_away("system")
    assert running.desk.journal.state == "locked"
    assert not running._privacy.watches


def test_the_end_of_the_program_locks_it(running: Program, paths: Paths) -> None:
    open_journal(running, paths)
    running.close()
    assert running.desk.journal.state == "locked" and not running._privacy.watches


def test_a_check_from_outside(running: Program, paths: Paths, qtbot: QtBot) -> None:
    """Kept while the journal is open, sealed while it is locked; neither is told to the log."""
    ask = {"v": line.VERSION, "do": "stress.check", "before": 4, "feeling": "chagrin"}
    assert running._on_request(ask)["result"] == "none"
    open_journal(running, paths)
    assert running.desk.may_offer_check()
    assert running._on_request(ask) == {"ok": True, "result": "kept"}
    assert not running.desk.may_offer_check()  # the next offer counts from here
    (entry,) = running.desk.journal.all_entries()
    assert (entry.before, entry.feelings[0].name) == (4, "chagrin")
    running.desk.journal.lock()
    assert running._on_request({**ask, "before": 0}) == {"ok": True, "result": "sealed"}
    assert running.desk.journal.open(running.desk.journal.attempt("open sesame")) == 1
    assert sorted(str(one.before) for one in running.desk.journal.all_entries()) == ["0", "4"]
    for wrong in (None, True, "4", 4.0, -1, 11):
        answer = running._on_request({**ask, "before": wrong})
        assert (answer["ok"], answer["code"]) == (False, 2)
    log = paths.logs / "companion.log"
    assert not log.exists() or b"chagrin" not in log.read_bytes()
