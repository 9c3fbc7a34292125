"""``companion check``: looks through the data files for damage, whether the program runs or not.

The journal's file is looked through without its key: its checksums tell of damage, nothing of what is inside.
"""

from __future__ import annotations

from companion.cli import told
from companion.paths import Paths


def check(paths: Paths) -> int:
    """Says whether the data files are whole; exit code 1 where one is not, or where it cannot be looked at."""
    found = _check_data(paths)
    return max(found, _check_journal(paths)) if paths.vault.exists() else found


def _check_journal(paths: Paths) -> int:
    from companion.storage.errors import StoreError, shown
    from companion.storage.vault import Vault

    vault = Vault(paths.vault, paths.backups)
    try:
        found = vault.check()
    except (StoreError, OSError) as error:
        told.trouble(str(error))
        return 1
    finally:
        vault.close()
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        told.trouble(
            f"The journal's file {shown(paths.vault)} is damaged ({found[0]}{more}). Open the program and its page "
            "Stress: it reads what is whole and says what helps."
        )
        return 1
    told.out(f"{shown(paths.vault)}: ok")
    return 0


def _check_data(paths: Paths) -> int:
    from companion.storage import header
    from companion.storage.errors import StoreError, shown
    from companion.storage.files import check as look_through
    from companion.storage.files import open_reader
    from companion.storage.migrations import STEPS

    file = paths.database
    try:
        if not file.exists():
            told.out(f"{shown(file)}: nothing is kept here yet")
            return 0
        header.version_of(file, len(STEPS), paths.backups)
        reader = open_reader(file)
        try:
            found = look_through(reader)
        finally:
            reader.close()
    except (StoreError, OSError) as error:
        told.trouble(str(error))
        return 1
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        told.trouble(
            f"The data file {shown(file)} is damaged ({found[0]}{more}). "
            "Open the program: it rescues what can be read and offers the newest good backup."
        )
        return 1
    told.out(f"{shown(file)}: ok")
    return 0
