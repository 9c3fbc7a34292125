"""What can wait until the window stands, on a thread of its own: heavy imports, the playbook's check, a copy a
day.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from companion import playbooks
from companion.app.logs import Log
from companion.clock import Clock
from companion.core.playbook import FILES, GUIDES, Problem
from companion.paths import Paths
from companion.playbooks import Playbook
from companion.resources import resource
from companion.storage.errors import DamagedFile, StoreError
from companion.storage.store import Store

_MOST_PROBLEMS = 5
"""Problems of the playbook that are told one by one; the rest is a number."""


class Worker(QObject):
    """``problem`` carries a text for the user, ``damaged`` one about a damaged data file, both on the window's
    thread; ``idle`` comes when a round is through.
    """

    problem = Signal(str)
    damaged = Signal(str)
    idle = Signal()
    _through = Signal()

    def __init__(self, store: Store, clock: Clock, paths: Paths, language: str = "en") -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._paths = paths
        self._language = language
        self._log = Log(paths.logs)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._through.connect(self._on_through)

    def warm_up(self) -> None:
        """Once, after the first paint: everything."""
        self._start(self._imports, self._playbook, self._backup, self._vault_backup)

    def copy_of_the_day(self) -> None:
        """Now and then, for a program that stays open for days: a copy where today has none yet."""
        self._start(self._backup, self._vault_backup)

    def close(self) -> None:
        """Calls off what is going on and waits for its end."""
        self._stopping.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def _start(self, *jobs: Callable[[], None]) -> None:
        if self._stopping.is_set() or self._thread:
            return
        self._thread = threading.Thread(target=self._run, args=(jobs,), name="worker", daemon=True)
        self._thread.start()

    def _run(self, jobs: tuple[Callable[[], None], ...]) -> None:
        for job in jobs:
            if not self._stopping.is_set():
                job()
        self._through.emit()

    def _on_through(self) -> None:
        if self._thread and not self._stopping.is_set():
            self._thread.join()
            self._thread = None
            self.idle.emit()

    def _imports(self) -> None:
        from companion.core import phone

        phone.recognise("+1 202 555 0123", None)

    def _playbook(self) -> None:
        own = self._paths.playbooks / self._language
        found = playbooks.check_files(sorted(own.glob("*.toml"))) if own.is_dir() else []
        self._tell_all("In your playbook", found)
        shipped = Playbook(resource("playbooks"), None, self._language)
        for key in FILES:
            if key in GUIDES:
                shipped.guide(key)
        shipped.reasons()
        shipped.outcomes()
        shipped.alphabet("")
        self._tell_all("In the playbook that came with the program", shipped.problems())

    def _tell_all(self, where: str, found: list[Problem]) -> None:
        if not found:
            return
        self._log.note("problem", "playbook", count=len(found))
        told = [str(problem) for problem in found[:_MOST_PROBLEMS]]
        if len(found) > _MOST_PROBLEMS:
            told.append(f"And {len(found) - _MOST_PROBLEMS} more.")
        instead = "A file with a problem is not used; the shipped one stands in for it."
        self.problem.emit("\n".join([f"{where}: {told[0]}", *told[1:], instead]))

    def _backup(self) -> None:
        from companion.storage import backup

        def wanted(_done: int, _all: int) -> None:
            if self._stopping.is_set():
                raise backup.Cancelled

        with suppress(backup.Cancelled):
            try:
                made = backup.daily(
                    self._paths.database, self._paths.backups, self._clock.local(), progress=wanted
                )
            except DamagedFile as error:
                self._log.note("problem", "backup-damaged")
                self.damaged.emit(str(error))
                return
            except StoreError as error:
                self._log.note("problem", f"backup-{error.kind}")
                self.problem.emit(f"Today's copy of the data could not be made. {error}")
                return
            if made:
                self._log.note("backup")

    def _vault_backup(self) -> None:
        """The journal's file, as it is: all in it stays sealed. Nothing of it is loaded where there is none."""
        if not self._paths.vault.exists():
            return
        from companion.storage.vault import Vault

        try:
            made = Vault(self._paths.vault, self._paths.backups).daily(self._clock.local())
        except StoreError as error:
            self._log.note("problem", f"vault-backup-{error.kind}")
            self.problem.emit(f"Today's copy of the journal could not be made. {error}")
            return
        if made:
            self._log.note("backup", "vault")
