"""What the tests of the vault share: cheap keys, made-up records, and what an unlocked vault holds."""

import random
from pathlib import Path
from typing import Any

from companion.storage import header
from companion.storage.vault import Cost, Key, Record, Vault

CHEAP = Cost(1, 8 << 20)
"""So little that a test does not wait for it; what half a second costs is measured in the benchmarks."""

SECRET = "correct horse battery staple"


def new_id(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def record(chance: random.Random, words: str = "", size: int = 0, ident: str = "") -> Record:
    """A record whose body has some text, ``size`` characters at least."""
    n = chance.randrange(11)
    text = words + "".join(
        chance.choice("abcdefghij ") for _ in range(size or chance.choice([0, 30, 400, 2500]))
    )
    head = {"before": n, "line": words}
    return Record(ident or new_id(chance), "entry", head, {**head, "event": text}, f"2026-03-{n + 1:02}")


def records(count: int, seed: int = 1, words: str = "") -> list[Record]:
    chance = random.Random(seed)
    return [record(chance, words) for _ in range(count)]


def a_vault(folder: Path, cost: Cost = CHEAP) -> Vault:
    return Vault(folder / "journal.vault", folder / "backups", cost)


def held(vault: Vault) -> dict[str, Record]:
    """Every record of an unlocked vault, whole."""
    heads = vault.heads()
    bodies = vault.bodies([head.id for head in heads])
    return {h.id: Record(h.id, h.kind, h.head, bodies[h.id], h.order) for h in heads if h.id in bodies}


def by_id(some: list[Record]) -> dict[str, Record]:
    return {one.id: one for one in some}


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def traces(folder: Path, text: str) -> list[str]:
    """The files in which a text stands, in any of the ways in which it would be written."""
    forms = [text.encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be")]
    forms.append(text.encode("ascii", "backslashreplace").replace(b"\\xe9", b"\\u00e9"))
    return [name for name, data in files_of(folder).items() if any(form in data for form in forms)]


def killed_copy(path: Path, target: Path) -> Path:
    """The vault and its log as a killed program leaves them, in another folder."""
    target.mkdir(parents=True, exist_ok=True)
    for one in (path, header.wal_of(path)):
        if one.exists():
            (target / one.name).write_bytes(one.read_bytes())
    return target / path.name


def opened(folder: Path, key: Key) -> Vault:
    vault = a_vault(folder)
    vault.open(key)
    return vault


def sealed_in(vault: Vault) -> list[dict[str, Any]]:
    return [one.document for one in vault.read_inbox()]
