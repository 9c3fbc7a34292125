"""The work data on its way out: everything in the file as it stood at one moment, read while the program may run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from companion.core.calls import Call, Event, fold
from companion.core.days import Day
from companion.core.spans import Span
from companion.storage import header
from companion.storage.breaks import Break
from companion.storage.errors import making_sense, translating
from companion.storage.files import open_reader
from companion.storage.migrations import STEPS
from companion.storage.responses import Response
from companion.storage.texts import unpack
from companion.storage.timerows import COLUMNS, DAY, READ, SPAN

_BREAKS_SINCE = 2
"""The version of the file from which on it has breaks and responses."""

_TIME_SINCE = 3


class WholeCall(NamedTuple):
    """A call with all that was ever kept of it; ``e164`` is empty where the number is none or not valid."""

    call: Call
    e164: str
    events: tuple[Event, ...]


class Outgoing:
    """One reading of the data file, to be used with ``with``: what others write meanwhile is not seen.

    All methods raise StoreError for errors of the world, also for a file of a newer version or of another program.
    """

    def __init__(self, path: Path, backups: Path) -> None:
        self._path = path
        self._version = header.version_of(path, len(STEPS), backups)
        self._reader = open_reader(path)

    def __enter__(self) -> Outgoing:
        try:
            with translating(self._path):
                self._reader.execute("BEGIN")  # the first read that follows settles what is seen
        except BaseException:
            self._reader.close()
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def calls(self) -> Iterator[WholeCall]:
        """All calls in the order in which they began, discarded ones too."""
        for ident, e164 in self._read("SELECT id, e164 FROM calls ORDER BY n"):
            rows = self._read(
                "SELECT kind, t, at, zone, data FROM call_events WHERE call_id = ? ORDER BY seq", (ident,)
            )
            with making_sense(self._path):
                events = tuple(Event(kind, t, at, zone, unpack(data)) for kind, t, at, zone, data in rows)
                call = fold(ident, events)
            yield WholeCall(call, e164 or "", events)

    def responses(self) -> list[Response]:
        """The user's own sentences for upset callers, in their order."""
        if self._version < _BREAKS_SINCE:
            return []
        rows = self._read("SELECT id, position, text, made_at FROM responses ORDER BY position, made_at, id")
        with making_sense(self._path):
            return [Response(ident, at, str(unpack(text)), made) for ident, at, text, made in rows]

    def breaks(self) -> list[Break]:
        """The planned breaks, in order of time."""
        if self._version < _BREAKS_SINCE:
            return []
        rows = self._read("SELECT id, at, zone, minutes, made_at FROM breaks ORDER BY at, id")
        return [Break(*row) for row in rows]

    def time(self, table: str) -> list[Any]:
        """All rows of a table of the time audit as the core knows them: ``time_days``, ``spans``, ``categories``,
        ``goals``, ``audits`` or ``decisions``, by their keys."""
        if self._version < _TIME_SINCE:
            return []
        columns = {"time_days": DAY, "spans": SPAN, **COLUMNS}[table]
        rows = self._read(f"SELECT {columns} FROM {table} ORDER BY 1")
        with making_sense(self._path):
            if table == "time_days":
                return [Day(name, zone, start, end) for start, end, name, zone, _ in rows]
            return [Span(*row) if table == "spans" else READ[table](row) for row in rows]

    def settings(self) -> dict[str, Any]:
        """Every setting that was ever set."""
        rows = self._read("SELECT key, value FROM settings ORDER BY key")
        with making_sense(self._path):
            return {key: unpack(value) for key, value in rows}

    def _read(self, sql: str, values: tuple[str, ...] = ()) -> list[Any]:
        with translating(self._path):
            return self._reader.execute(sql, values).fetchall()
