"""The system's keyring, for a journal without a passphrase: keeps one key of 32 bytes for each vault.

Linux: the Secret Service, spoken to over the session bus; what goes over it is seen by programs of the same user only,
who could ask for the key just as well, so the session is a plain one. Windows and macOS: the ``keyring`` library, with
the system's own store named outright, so that no setting makes it a plain file. All of it may run on any thread, may
take a moment, and raises StoreError with a sentence for the user.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from companion.storage.errors import StoreError
from companion.storage.vault_keys import new_keyring_key

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection  # type: ignore[import-untyped, unused-ignore]

_LABEL = "Call Companion: journal"
_NAME = "call-companion-journal"
_TIMEOUT_S = 10.0

_BUS = "org.freedesktop.secrets"
_ROOT = "/org/freedesktop/secrets"
_SERVICE, _COLLECTION, _ITEM, _PROMPT = (
    f"org.freedesktop.Secret.{name}" for name in ("Service", "Collection", "Item", "Prompt")
)
_NOTHING = "/"


class NoKeyring(StoreError):
    """There is no keyring here, or it does not answer."""

    kind = "no-keyring"

    def __init__(self) -> None:
        super().__init__("This computer has no keyring that answers. Use a passphrase, or the recovery code.")


class KeyringLocked(StoreError):
    """The keyring itself is locked, and only its own window could open it."""

    kind = "keyring-locked"

    def __init__(self) -> None:
        super().__init__(
            "The keyring of this computer is locked. Unlock it in the system's own program, then try again; "
            "the recovery code opens the journal, too."
        )


def new_key() -> bytes:
    """A random key; ``keep`` puts it into the keyring."""
    return new_keyring_key()


def available() -> bool:
    """Whether there is a keyring that could keep a key, locked or not."""
    try:
        if sys.platform.startswith("linux"):
            with _Secrets.connected() as secrets:
                return secrets.collection() != _NOTHING
        _library()
    except StoreError:
        return False
    return True


def keep(vault_id: str, key: bytes) -> None:
    """Puts the key of a vault into the keyring, in the place of an earlier one, and reads it back."""
    if sys.platform.startswith("linux"):
        with _Secrets.connected() as secrets:
            secrets.put(vault_id, key)
            same = secrets.get(vault_id) == key
    else:
        with _told_plainly():
            _library().set_password(_NAME, vault_id, key.hex())
        same = get(vault_id) == key
    if not same:
        raise NoKeyring


def get(vault_id: str) -> bytes | None:
    """The key of a vault, None where the keyring has none for it."""
    if sys.platform.startswith("linux"):
        with _Secrets.connected() as secrets:
            return secrets.get(vault_id)
    with _told_plainly():
        found = _library().get_password(_NAME, vault_id)
    with suppress(ValueError):
        return bytes.fromhex(found) if found else None
    return None


def remove(vault_id: str) -> None:
    """Takes the key of a vault out of the keyring; nothing happens where it has none."""
    if sys.platform.startswith("linux"):
        with _Secrets.connected() as secrets:
            secrets.remove(vault_id)
        return
    if get(vault_id) is not None:
        with _told_plainly():
            _library().delete_password(_NAME, vault_id)


# -- Windows and macOS


def _library() -> Any:
    """The system's own store, as the library speaks to it."""
    try:
        if sys.platform == "win32":
            from keyring.backends.Windows import WinVaultKeyring

            return WinVaultKeyring()
        if sys.platform == "darwin":
            from keyring.backends.macOS import Keyring

            return Keyring()
        raise NoKeyring
    except (ImportError, RuntimeError):
        raise NoKeyring from None


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What the system says when it refuses, such as a window that was closed, as one sentence."""
    try:
        yield
    except StoreError:
        raise
    except Exception:  # each system has errors of its own
        raise KeyringLocked from None


# -- Linux


class _Secrets:
    """One conversation with the Secret Service."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus
        self._session = ""

    @classmethod
    @contextmanager
    def connected(cls) -> Iterator[_Secrets]:
        """Raises NoKeyring where there is no session bus, no service on it, or no answer in time."""
        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not os.environ.get("XDG_RUNTIME_DIR"):
            raise NoKeyring
        try:
            from jeepney.io.blocking import open_dbus_connection
        except ImportError:
            raise NoKeyring from None
        try:
            with open_dbus_connection("SESSION") as bus:
                yield cls(bus)
        except StoreError:
            raise
        except (OSError, EOFError, LookupError, ValueError, RuntimeError, TypeError):
            # no socket, refused, a bus that speaks oddly or went away (jeepney: AuthenticationError, RouterClosed)
            raise NoKeyring from None

    def collection(self) -> str:
        """The keyring that the system keeps new keys in; one that lives only until the log-out is none."""
        found = self._ask(_ROOT, _SERVICE, "ReadAlias", "s", ("default",))[0]
        return str(found)

    def get(self, vault_id: str) -> bytes | None:
        """Of several keys the newest is taken, as the service lists it first."""
        for item in self._items(vault_id):
            secret = self._ask(item, _ITEM, "GetSecret", "o", (self._open_session(),))[0]
            with suppress(ValueError):
                return bytes.fromhex(bytes(secret[2]).decode("ascii"))
        return None

    def put(self, vault_id: str, key: bytes) -> None:
        collection = self.collection()
        if collection == _NOTHING:
            raise NoKeyring
        self._unlock([collection])
        properties = {
            f"{_ITEM}.Label": ("s", _LABEL),
            f"{_ITEM}.Attributes": ("a{ss}", _attributes(vault_id)),
        }
        secret = (self._open_session(), b"", key.hex().encode("ascii"), "text/plain")
        _, prompt = self._ask(
            collection, _COLLECTION, "CreateItem", "a{sv}(oayays)b", (properties, secret, True)
        )
        self._refuse(prompt)

    def remove(self, vault_id: str) -> None:
        for item in self._items(vault_id):
            self._refuse(self._ask(item, _ITEM, "Delete", "", ())[0])

    def _items(self, vault_id: str) -> list[str]:
        unlocked, locked = self._ask(_ROOT, _SERVICE, "SearchItems", "a{ss}", (_attributes(vault_id),))
        if not unlocked and locked:
            self._unlock(locked)
            unlocked = locked
        return [str(item) for item in unlocked]

    def _unlock(self, paths: list[str]) -> None:
        """Raises KeyringLocked where the keyring would ask the user: no window is opened behind their back."""
        self._refuse(self._ask(_ROOT, _SERVICE, "Unlock", "ao", (paths,))[1])

    def _refuse(self, prompt: str) -> None:
        if prompt != _NOTHING:
            with suppress(StoreError):
                self._ask(prompt, _PROMPT, "Dismiss", "", ())
            raise KeyringLocked

    def _open_session(self) -> str:
        if not self._session:
            self._session = str(self._ask(_ROOT, _SERVICE, "OpenSession", "sv", ("plain", ("s", "")))[1])
        return self._session

    def _ask(self, path: str, interface: str, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        """One question and its answer. An error of the service is that it is locked, or that there is none."""
        from jeepney import DBusAddress, MessageType, new_method_call  # type: ignore[import-untyped, unused-ignore]
        from jeepney.wrappers import DBusErrorResponse  # type: ignore[import-untyped, unused-ignore]

        message = new_method_call(
            DBusAddress(path, bus_name=_BUS, interface=interface), method, signature or None, body
        )
        answer = self._bus.send_and_get_reply(message, timeout=_TIMEOUT_S)
        if answer.header.message_type is MessageType.error:
            raise KeyringLocked if DBusErrorResponse(answer).name.endswith(".IsLocked") else NoKeyring
        return answer.body


def _attributes(vault_id: str) -> dict[str, str]:
    return {"application": _NAME, "vault": vault_id}
