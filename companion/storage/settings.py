"""The user's settings: JSON values by key."""

from __future__ import annotations

from typing import Any

from companion.core.changes import Change
from companion.storage.errors import making_sense
from companion.storage.store import Store
from companion.storage.texts import pack, unpack


class SettingsBook:
    """Settings of one store. The table is read once; writes and announcements of settings renew what is known."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] | None = None
        store.subscribe(self._on_change)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``, or ``default``. A fresh object each time. Raises StoreError."""
        known = self._read()
        with making_sense(self._store.path):
            return unpack(known[key]) if key in known else default

    def all(self) -> dict[str, Any]:
        """Every setting that was ever set."""
        known = self._read()
        with making_sense(self._store.path):
            return {key: unpack(value) for key, value in known.items()}

    def set(self, key: str, value: Any) -> None:
        """Keeps a JSON value; one that is already so is not written again.

        Raises TypeError or ValueError for what JSON does not know, StoreError for errors of the world.
        """
        text = pack(value)
        if self._read().get(key) == text:
            return
        with self._store.write(Change.SETTINGS):
            self._store.connection.execute(
                "INSERT INTO settings (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, text),
            )
            self._known = None  # also right when this is part of a larger write that fails

    def remove(self, key: str) -> None:
        """Back to the default."""
        with self._store.write(Change.SETTINGS):
            self._store.connection.execute("DELETE FROM settings WHERE key = ?", (key,))
            self._known = None

    def _read(self) -> dict[str, str]:
        if self._known is None:
            found = dict(self._store.read("SELECT key, value FROM settings"))
            if self._store.connection.in_transaction:
                return found  # may still be undone
            self._known = found
        return self._known

    def _on_change(self, change: Change) -> None:
        if change & Change.SETTINGS:
            self._known = None
