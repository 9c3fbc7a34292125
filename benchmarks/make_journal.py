"""Writes a journal with a long history into a data folder, under the passphrase ``benchmark``.

Usage: ``python benchmarks/make_journal.py FOLDER [ENTRIES]`` (10,000 unless told). There must be no journal yet.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from companion.clock import ManualClock
from companion.core.stress import Action, Entry, Feeling, new_id
from companion.journal import Journal
from companion.journal_words import words
from companion.paths import Paths

PASSPHRASE = "benchmark"
NOW = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
_SENTENCE = "They said it was my fault that the parcel came late, and would not let me finish. "


def make(folder: Path, entries: int) -> None:
    """Fills the folder's journal: two thirds checks, one third entries with all their parts, over some years."""
    paths = Paths(folder)
    paths.prepare()
    clock = ManualClock(NOW - timedelta(hours=3 * entries))
    journal = Journal(paths.vault, paths.backups, clock, lambda change: None)
    journal.create(journal.prepare(PASSPHRASE))
    luck = random.Random(7)
    for i in range(entries):
        clock.advance(3 * 3600)
        journal.write(_one(journal.new_entry(), luck, i % 3 == 0))
    journal.close()


def _one(entry: Entry, luck: random.Random, whole: bool) -> Entry:
    said = words()
    feeling = Feeling(luck.choice(said.feelings).id, luck.randint(0, 10))
    if not whole:
        return entry._replace(
            kind="check", before=luck.randint(0, 10), feelings=(feeling,), line="After a call."
        )
    helped = Action(new_id(), "breathe", "", "", entry.at, luck.randint(0, 10), True)
    return entry._replace(
        before=luck.randint(3, 10),
        after=luck.randint(0, 6),
        feelings=(feeling,),
        event=_SENTENCE * luck.randint(1, 5),
        event_kind=luck.choice(said.events).id,
        source=luck.choice(said.sources).id,
        belief=_SENTENCE,
        belief_kind=luck.choice(said.beliefs).id,
        did=_SENTENCE,
        answers={question.id: luck.choice(("yes", "no")) for question in said.questions},
        balanced=_SENTENCE,
        actions=(helped,),
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
