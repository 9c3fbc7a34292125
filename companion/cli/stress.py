"""``companion stress check``: a check in ten seconds, kept by the running program or sealed for the next unlocking.

What is said is neither printed nor logged: the answer tells where it went, not what it was.
"""

from __future__ import annotations

import os

from companion.app import line
from companion.cli import told, words
from companion.cli.commands import COULD_NOT, DONE, WRONG_USAGE, wrong_usage

KEPT = "kept"
SEALED = "sealed until you next unlock the journal"
NO_JOURNAL = "there is no journal yet; open the program and set it up on the page Stress, then try again"
BROKEN = "the journal cannot be used; open the program: its page Stress says why and what helps"


def stress(folder: str, given: list[str]) -> int:
    """Runs the command for the data folder ``folder`` (absolute) and returns its exit code."""
    try:
        wish = words.request(given)
    except words.UsageError as error:
        return wrong_usage(error)
    if wish.get("feeling"):
        wish["feeling"] = _feeling(str(wish["feeling"]))
    try:
        answer = line.ask(folder, wish)
    except line.NoProgram:
        return _seal(folder, wish)
    except line.LineError as error:
        told.trouble(str(error))
        return COULD_NOT
    if not answer["ok"]:
        told.trouble(str(answer.get("error", "")))
        return COULD_NOT if answer.get("code") == COULD_NOT else WRONG_USAGE
    return _say(answer.get("result"))


def _say(outcome: object) -> int:
    if outcome in ("kept", "sealed"):
        told.out(KEPT if outcome == "kept" else SEALED)
        return DONE
    told.trouble(NO_JOURNAL if outcome == "none" else BROKEN)
    return COULD_NOT


def _feeling(said: str) -> str:
    """The id of the shipped feeling that a word names; own words stay what they are."""
    from companion.journal_words import words as journal_words

    wanted = said.casefold()
    for feeling in journal_words().feelings:
        if wanted in (feeling.id.casefold(), feeling.name.casefold()):
            return feeling.id
    return said


def _seal(folder: str, wish: dict[str, object]) -> int:
    """Without a program: sealed in the vault's file by this process, which needs no passphrase for that."""
    from pathlib import Path

    from companion.paths import Paths

    paths = Paths(Path(folder))
    if not os.path.exists(paths.vault):
        return _say("none")
    from companion.clock import Clock
    from companion.core.stress import Feeling
    from companion.journal import Journal
    from companion.storage.errors import StoreError

    feelings = (Feeling(str(wish["feeling"])),) if wish.get("feeling") else ()
    try:
        journal = Journal(paths.vault, paths.backups, Clock(), lambda change: None)
        try:
            if journal.state != "locked":
                return _say(journal.state)
            return _say(journal.add_check(int(str(wish["before"])), feelings))
        finally:
            journal.close()
    except (StoreError, OSError) as error:
        told.trouble(str(error))
        return COULD_NOT
