"""``companion export``: all data out into an empty or a new folder, all or nothing, whether the program runs or not.

The journal goes along only when asked for, after its passphrase, which is taken from the terminal without being shown;
there is no other way to hand it over. Nothing is written before everything could be read.
"""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from companion import __version__
from companion.cli import documents, time_documents, told
from companion.cli.commands import COULD_NOT, DONE
from companion.cli.documents import Row
from companion.clock import Clock
from companion.core.stress import Entry
from companion.core.stress_documents import from_document
from companion.paths import Paths
from companion.storage import folders
from companion.storage.errors import DamagedVault, StoreError, WrongSecret, shown, translate_os
from companion.storage.outgoing import Outgoing

Table = tuple[str, Callable[[], Iterable[Row]]]
"""A kind of thing and its rows."""


class CannotExport(Exception):
    """Why nothing was written, as one line for the user."""


def export(paths: Paths, folder: str, form: str, with_journal: bool) -> int:
    """Writes everything into ``folder`` as ``csv`` or ``json`` and returns the exit code."""
    there = Path(folder).expanduser().absolute()
    try:
        _must_be_empty(there)
        with ExitStack() as stack:
            stack.enter_context(
                folders.made(there)
            )  # before any question: where it cannot be, nothing need be asked
            tables = _journal(paths, form, stack) if with_journal else []
            if paths.database.exists():
                tables = [*_work(stack.enter_context(Outgoing(paths.database, paths.backups)), form), *tables]
            elif not with_journal:
                raise CannotExport(f"nothing is kept in {shown(paths.root)} yet")
            _all_or_nothing(there, tables, form)
    except (CannotExport, StoreError) as error:
        told.trouble(str(error))
        return COULD_NOT
    except OSError as error:
        told.trouble(str(translate_os(error, there)))
        return COULD_NOT
    told.out(f"{shown(there)}: {', '.join(name for name, _rows in tables)}")
    return DONE


def _must_be_empty(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise CannotExport(
            f"the folder {shown(folder)} is not empty; name an empty one, so that nothing is mixed up"
        )


# -- what goes out


def _work(data: Outgoing, form: str) -> list[Table]:
    calls: list[Table] = [("calls", lambda: map(documents.call_with_events, data.calls()))]
    if form == "csv":
        calls = [
            ("calls", lambda: map(documents.call_row, data.calls())),
            ("events", lambda: (row for whole in data.calls() for row in documents.events_of(whole))),
        ]
    return [
        *calls,
        ("responses", lambda: map(documents.response_row, data.responses())),
        ("breaks", lambda: map(documents.break_row, data.breaks())),
        *((name, partial(time_documents.rows, data, name)) for name in time_documents.TABLES),
        ("settings", lambda: documents.setting_rows(data.settings())),
    ]


def _journal(paths: Paths, form: str, stack: ExitStack) -> list[Table]:
    """The journal, unlocked by what is typed on the terminal. Raises CannotExport, StoreError."""
    from companion.storage.journal import JournalBook
    from companion.storage.vault import Vault

    if not paths.vault.exists():
        raise CannotExport("there is no journal yet; export without --with-journal")
    vault = Vault(paths.vault, paths.backups)
    stack.callback(vault.close)
    if vault.check():
        # Reading it would mend it, which is for the program alone: it may be at it already.
        raise CannotExport(
            f"the journal's file {shown(paths.vault)} is damaged; unlock the journal in the program, which mends what "
            "can be mended, then try again"
        )
    locks = vault.locks()
    recovery = not locks.by_passphrase
    secret = ask(RECOVERY if recovery else PASSPHRASE)
    try:
        key = vault.unwrap(locks, secret, recovery)
    except WrongSecret:
        what = "recovery code" if recovery else "passphrase"
        raise CannotExport(f"this {what} does not open the journal; nothing was written") from None
    vault.open(key)
    book = JournalBook(vault)
    entries = sorted([*book.all_entries(), *_sealed(vault)], key=lambda entry: (entry.at, entry.id))
    lost = book.damaged
    if lost:
        raise DamagedVault(lost)
    pages = [{"name": name, "content": book.page(name)} for name in book.page_names()]
    tables: list[Table] = [("journal", lambda: map(documents.entry_row, entries))]
    return [*tables, ("journal-pages", lambda: pages)] if pages else tables


def _sealed(vault: object) -> Iterator[Entry]:
    """Checks that wait for the next unlocking; they are left where they are."""
    for one in vault.read_inbox():  # type: ignore[attr-defined]
        with suppress(ValueError):
            yield from_document({**one.document, "id": one.id})


# -- the passphrase

PASSPHRASE = "Passphrase of the journal: "
RECOVERY = "This journal has no passphrase. Its recovery code: "
NO_TERMINAL = (
    "the passphrase of the journal is asked for on a terminal, and there is none; run this in a terminal, or export "
    "without --with-journal"
)


def ask(prompt: str) -> str:
    """What is typed on the terminal, unseen. Raises CannotExport where there is no terminal, or it would show."""
    import getpass

    if sys.platform == "win32":
        if sys.stdin is None or not sys.stdin.isatty():
            raise CannotExport(NO_TERMINAL)
    else:
        try:
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        except OSError:
            raise CannotExport(NO_TERMINAL) from None
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError, UnicodeDecodeError):
            raise CannotExport(NO_TERMINAL) from None


# -- all or nothing


def _all_or_nothing(folder: Path, tables: list[Table], form: str) -> None:
    """Writes beside the folder, out of sight, and puts it in its place when all is on the disk. Raises OSError.

    Where that cannot be (a disk's own folder, the one somebody stands in, no right to write beside it), the files
    are written out of sight inside the folder and then brought up.
    """
    inside = _stands_in(folder)
    try:
        new = None if inside else _hidden(folder.parent, folder.name)
    except OSError:
        new = None
    if new is not None:
        try:
            _write_all(new, tables, form)
            new.chmod(folder.stat().st_mode & 0o777)
            _replace(new, folder)
            return
        except _NotReplaced:
            pass
        finally:
            shutil.rmtree(new, ignore_errors=True)
    new = _hidden(folder, folder.name)
    try:
        _write_all(new, tables, form)
        _bring_up(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


class _NotReplaced(Exception):
    """A folder cannot be put into the place of another one here."""


def _stands_in(folder: Path) -> bool:
    with suppress(OSError):
        return os.path.samefile(folder, os.getcwd()) or folder.is_symlink() or os.path.ismount(folder)
    return True


def _hidden(parent: Path, name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f".{name[:40]}.", suffix=".part", dir=parent))


def _replace(new: Path, folder: Path) -> None:
    try:
        if os.name == "nt":
            folder.rmdir()
        new.rename(folder)
    except OSError as error:
        if any(folder.iterdir()):
            raise CannotExport(
                f"something else was put into {shown(folder)} meanwhile; nothing was written"
            ) from error
        raise _NotReplaced from error


def _bring_up(new: Path, folder: Path) -> None:
    names = sorted(file.name for file in new.iterdir())
    if {file.name for file in folder.iterdir()} != {new.name}:
        raise CannotExport(f"something else was put into {shown(folder)} meanwhile; nothing was written")
    done: list[Path] = []
    try:
        for name in names:
            (new / name).rename(folder / name)
            done.append(folder / name)
    except OSError:
        for file in done:
            with suppress(OSError):
                file.unlink()
        raise


def _write_all(folder: Path, tables: list[Table], form: str) -> None:
    made = {"program": f"Call Companion {__version__}", "made_at": _now().isoformat(timespec="milliseconds")}
    for kind, rows in tables:
        fd = os.open(folder / f"{kind}.{form}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # Half a sign (a lone surrogate) cannot be written in UTF-8.
        with os.fdopen(fd, "w", encoding="utf-8", errors="replace", newline="") as file:
            if form == "json":
                file.writelines(documents.json_pieces(kind, rows(), **made))
            else:
                writer = csv.writer(file)
                for number, row in enumerate(rows()):
                    if not number:
                        writer.writerow(row)
                    writer.writerow(documents.cells(row))
            file.flush()
            os.fsync(file.fileno())


def _now() -> datetime:
    return Clock().local()
