"""The keyring: kept, found, replaced and removed in a real Secret Service; a plain sentence where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.clock import ManualClock
from companion.journal import Journal
from companion.storage import keyring
from companion.storage.errors import StoreError
from companion.storage.vault import Cost, Vault
from tests.storage.vaulting import by_id, held, records

VAULT, OTHER = "ab" * 16, "cd" * 16
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="another keyring on this platform")


def ask(
    path: str, interface: str, method: str, signature: str | None = None, body: tuple[object, ...] = ()
) -> object:
    """A question to the session bus, or where ``path`` says so to the Secret Service."""
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    name = "org.freedesktop.DBus" if interface == "org.freedesktop.DBus" else "org.freedesktop.secrets"
    address = DBusAddress(path, bus_name=name, interface=interface)
    with open_dbus_connection("SESSION") as bus:
        return bus.send_and_get_reply(new_method_call(address, method, signature, body), timeout=10).body


def lock_it() -> None:
    service = "org.freedesktop.Secret.Service"
    (default,) = ask("/org/freedesktop/secrets", service, "ReadAlias", "s", ("default",))  # type: ignore[misc]
    ask("/org/freedesktop/secrets", service, "Lock", "ao", ([default],))


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of the test's own, on which nothing is started by itself."""
    program = shutil.which("dbus-daemon")
    if not program or not sys.platform.startswith("linux"):
        pytest.skip("no dbus-daemon here")
    config = tmp_path / "bus.conf"
    config.write_text(
        f"<busconfig><type>session</type><listen>unix:dir={tmp_path}</listen><auth>EXTERNAL</auth>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
        '<allow own="*"/></policy></busconfig>'
    )
    process = subprocess.Popen(
        [program, f"--config-file={config}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    address = process.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield
    process.terminate()
    process.communicate()


@pytest.fixture
def service(bus: None, tmp_path: Path) -> Iterator[None]:
    """A real Secret Service with an unlocked keyring, in a home of its own."""
    program = shutil.which("gnome-keyring-daemon")
    if not program:
        pytest.skip("no gnome-keyring-daemon here")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    names = ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    process = subprocess.Popen(
        [program, "--unlock", "--components=secrets", "--foreground"],
        env={**os.environ, **dict.fromkeys(names, str(home))},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin
    process.stdin.write(b"of the test")
    process.stdin.close()
    query = ("NameHasOwner", "s", ("org.freedesktop.secrets",))
    while process.poll() is None:
        if ask("/org/freedesktop/DBus", "org.freedesktop.DBus", *query) == (True,):
            break
    if process.poll() is not None:
        pytest.skip("the keyring's service does not start here")
    yield
    process.terminate()
    process.wait()


def test_a_key_is_kept_found_replaced_and_removed(service: None) -> None:
    assert keyring.available()
    first, second = keyring.new_key(), keyring.new_key()
    assert len(first) == 32 and first != second
    assert keyring.get(VAULT) is None
    keyring.keep(VAULT, first)
    assert keyring.get(VAULT) == first
    assert keyring.get(OTHER) is None
    keyring.keep(VAULT, second)
    keyring.keep(OTHER, first)
    assert keyring.get(VAULT) == second
    keyring.remove(VAULT)
    keyring.remove(VAULT)
    assert keyring.get(VAULT) is None
    assert keyring.get(OTHER) == first


def test_a_locked_keyring_is_said_so_and_opens_no_window(service: None) -> None:
    keyring.keep(VAULT, keyring.new_key())
    lock_it()
    assert keyring.available()
    uses = (
        lambda: keyring.get(VAULT),
        lambda: keyring.keep(VAULT, keyring.new_key()),
        lambda: keyring.remove(VAULT),
    )
    for use in uses:
        with pytest.raises(keyring.KeyringLocked, match="Unlock it"):
            use()


def test_a_vault_without_a_passphrase_opens_with_the_keyring(service: None, data_dir: Path) -> None:
    vault, some = Vault(data_dir / "journal.vault", data_dir / "backups"), records(3)
    new = vault.prepare(None, keyring.new_key())
    vault.create(new)
    vault.open(new.key)
    vault.write(some)
    vault.lock()
    locks = vault.locks()
    found = keyring.get(locks.vault_id)
    assert found is not None and locks.by_keyring
    vault.open(vault.unwrap_with_keyring_key(locks, found))
    assert held(vault) == by_id(some)
    vault.keep(vault.rewrap(new.key, None, keyring.new_key()))
    again = keyring.get(locks.vault_id)
    assert again is not None and again != found
    assert vault.unwrap_with_keyring_key(vault.locks(), again) == new.key
    vault.lock()
    assert not any(found in path.read_bytes() or again in path.read_bytes() for path in data_dir.iterdir())


def test_a_key_goes_with_the_journal_or_when_a_passphrase_takes_its_place(
    service: None, data_dir: Path
) -> None:
    clock = ManualClock(datetime(2026, 11, 20, tzinfo=UTC))
    where = data_dir / "journal.vault", data_dir / "backups"
    journal = Journal(*where, clock, lambda change: None, Cost(1, 8 << 20))

    def set_up() -> str:
        journal.create(journal.prepare(None))
        ident = journal._read_locks().vault_id
        assert journal.uses_keyring and keyring.get(ident) is not None
        journal.lock()
        return ident

    first = set_up()
    journal.open(journal.attempt_keyring())
    journal.change_passphrase(journal.rewrap("tin roof, seven otters"))
    assert not journal.uses_keyring and keyring.get(first) is None
    journal.delete_everything()
    second = set_up()
    journal.delete_everything()  # locked
    assert journal.state == "none" and keyring.get(second) is None
    third = set_up()
    journal.open(journal.attempt_keyring())
    lock_it()
    journal.delete_everything()  # a keyring that does not give it up is no reason to keep the journal
    assert journal.state == "none" and third != second


def no_keyring() -> None:
    assert not keyring.available()
    for use in (
        lambda: keyring.get(VAULT),
        lambda: keyring.keep(VAULT, bytes(32)),
        lambda: keyring.remove(VAULT),
    ):
        with pytest.raises(StoreError, match="no keyring") as error:
            use()
        assert error.value.kind == "no-keyring"


def test_a_bus_without_a_service_is_no_keyring(bus: None) -> None:
    no_keyring()


@linux
@pytest.mark.parametrize(
    "address", ["unix:path=/nowhere/bus", "nonsense", "tcp:host=localhost,port=1", "unix:"]
)
def test_no_bus_is_no_keyring(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    no_keyring()


@linux
def test_no_session_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    no_keyring()


def test_a_vault_is_not_locked_by_a_key_that_no_keyring_took(data_dir: Path, bus: None) -> None:
    vault = Vault(data_dir / "journal.vault", data_dir / "backups")
    with pytest.raises(keyring.NoKeyring):
        vault.prepare(None, keyring.new_key())
    assert vault.state == "none"


def test_importing_it_loads_no_bus_and_no_library() -> None:
    script = (
        "import sys; import companion.storage.keyring; "
        "print([name for name in sys.modules if name.split('.')[0] in ('jeepney', 'keyring', 'socket')])"
    )
    root = str(Path(keyring.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": root}
    )
    assert done.stdout.strip() == "[]"
