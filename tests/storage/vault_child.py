"""Another process at work on a vault, for tests that kill it, starve it or have it stand in the way."""

import random
import sys
from pathlib import Path

from companion.storage.errors import StoreError
from companion.storage.vault import Key, Record, Vault
from tests.storage.vaulting import CHEAP, SECRET, a_vault, new_id


def said(*words: object) -> None:
    print(*words, flush=True)


def content(n: int) -> dict[str, object]:
    """What a record is to hold after its ``n``-th writing: long enough to stand on several pages."""
    return {"n": n, "text": f"{n} " * (20 + n * 37 % 2000)}


def opened(folder: Path, master: str) -> Vault:
    vault = a_vault(folder)
    vault.open(Key(vault.locks().vault_id, bytes.fromhex(master)))
    return vault


def write(folder: Path, master: str, seed: str) -> None:
    """Writes, removes and takes in without end; tells each thing before and after it is done."""
    vault, chance = opened(folder, master), random.Random(int(seed))
    ids = [head.id for head in vault.heads()]
    for n in range(1_000_000):
        what = chance.random()
        if ids and what < 0.2:
            ident = ids.pop(chance.randrange(len(ids)))
            said("removing", ident)
            vault.write(removes=[ident])
            said("removed", ident)
        elif what < 0.3:
            waiting = vault.read_inbox()
            said("taking", *(one.id for one in waiting))
            vault.write([Record(one.id, "check", {}, one.document) for one in waiting], take_inbox=True)
            said("took", *(one.id for one in waiting))
        elif what < 0.4:
            said("sealed", vault.seal(content(n)), n)
        else:
            ident = chance.choice(ids) if ids and what < 0.7 else new_id(random.Random(f"{seed} {n}"))
            said("writing", ident, n)
            vault.write([Record(ident, "entry", {"n": n}, content(n))])
            said("wrote", ident, n)
            if ident not in ids:
                ids.append(ident)


def seal(folder: Path, count: str) -> None:
    vault = a_vault(folder)
    for n in range(int(count)):
        said("sealed", vault.seal(content(n)), n)


def create(folder: Path) -> None:
    """Makes a vault; tells its recovery code before it is made and that it is."""
    vault = Vault(folder / "journal.vault", folder / "backups", CHEAP)
    new = vault.prepare(SECRET)
    said("prepared", new.recovery_code)
    vault.create(new)
    said("created")
    vault.open(new.key)
    said("opened")


def delete(folder: Path) -> None:
    said("deleting")
    a_vault(folder).delete_everything()
    said("deleted")


def rescue(folder: Path) -> None:
    from datetime import UTC, datetime

    said("rescuing")
    a_vault(folder).rescue(datetime(2026, 3, 2, tzinfo=UTC))
    said("rescued")


def fill(folder: Path, master: str, limit: str) -> None:
    """Writes until there is no room; then waits for a line, and writes once more."""
    vault = opened(folder, master)
    if int(limit):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
    try:
        for n in range(1_000_000):
            vault.write([Record(f"{n:032x}", "entry", {"n": n}, content(n))])
            said(n)
    except StoreError as error:
        said("error", error.kind)
    sys.stdin.readline()
    if int(limit):
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    vault.write([Record("f" * 32, "entry", {"n": -1}, {})])
    said("again", len(vault.heads()))
    vault.lock()


if __name__ == "__main__":
    verbs = {"write": write, "seal": seal, "create": create, "delete": delete, "rescue": rescue, "fill": fill}
    verbs[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
