"""``companion time log`` and ``time show``: one line into the time audit, and its slots, totals and goals out of it.

A running program does the logging itself, so its window shows it at once; without one this process writes the data.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.app import line
from companion.cli import told, words
from companion.cli.commands import COULD_NOT, DONE, WRONG_USAGE, wrong_usage

if TYPE_CHECKING:
    from companion.timedesk import TimeDesk

MOST_DAYS = 3660
"""Days that ``time show`` takes at once: ten years."""


def time(folder: str, given: list[str]) -> int:
    """Runs the command for the data folder ``folder`` (absolute) and returns its exit code."""
    try:
        wish = words.time(given)
    except words.UsageError as error:
        return wrong_usage(error)
    if wish["do"] == "time.log":
        return _log(folder, wish)
    return _with_desk(folder, lambda desk: show(desk, wish), throw_away=True)


# -- log


def _log(folder: str, wish: dict[str, object]) -> int:
    try:
        answer = line.ask(folder, wish)
    except line.NoProgram:
        return _with_desk(folder, lambda desk: _write(desk, wish))
    except line.LineError as error:
        told.trouble(str(error))
        return COULD_NOT
    if not answer["ok"]:
        told.trouble(str(answer.get("error", "")))
        return COULD_NOT if answer.get("code") == COULD_NOT else WRONG_USAGE
    return _say(answer.get("result"))


def _write(desk: TimeDesk, wish: Mapping[str, object]) -> int:
    from companion.timedesk.outside import log

    return _say(log(desk, str(wish["line"]), str(wish["day"])))


def _say(outcome: object) -> int:
    said = outcome if isinstance(outcome, Mapping) else {}
    if "done" in said:
        told.out(told.plain(str(said["done"])))
        return DONE
    told.trouble(str(said.get("wrong", "The program gave no answer that makes sense; try again.")))
    return COULD_NOT


# -- show


def show(desk: TimeDesk, wish: Mapping[str, object]) -> int:
    """Prints days, totals and goals, as JSON or in plain words."""
    from companion.timedesk.outside import date_of, report

    first, last = (date_of(desk, str(wish[end])) for end in ("from", "to"))
    if first > last:
        told.trouble("--from is later than --to; name the earlier day first")
        return WRONG_USAGE
    if date.fromisoformat(last) - date.fromisoformat(first) >= timedelta(days=MOST_DAYS):
        told.trouble(f"that is more than {MOST_DAYS} days; name a shorter time")
        return COULD_NOT
    if not desk.days(first, last):
        told.trouble("these days are out of reach; name some between 2000 and 2199")
        return COULD_NOT
    found = report(desk, first, last)
    told.out(json.dumps(found, ensure_ascii=False) if wish["json"] else _plain(desk, found))
    return DONE


def _plain(desk: TimeDesk, found: Mapping[str, Any]) -> str:
    from companion.core.days import clock_words
    from companion.core.timeline_entry import length_words

    def clock(instant: str) -> str:
        return clock_words(int(instant[11:13]) * 60 + int(instant[14:16]), desk.twelve)

    lines = []
    for day in found["days"]:
        lines.append(
            f"{day['day']}: {length_words(day['unfilled_s'])} open of {length_words(day['length_s'])}"
        )
        for span in day["spans"]:
            times = f"{clock(span['start'])}–{clock(span['end'])}"
            lines.append(f"  {times} {told.plain(span['category'])}, {span['state']}")
    for total in found["totals"]:
        for depth, one in [(0, total), *((1, child) for child in total.get("children", ()))]:
            lines.append(f"{'  ' * depth}{told.plain(one['category'])}: {length_words(one['seconds'])}")
    of = " in these days" if len(found["days"]) > 1 else ""
    for goal in found["goals"]:
        name, aim = told.plain(goal["category"]), length_words(goal["seconds"])
        lines.append(f"goal {name}: {goal['kind']} {aim}{of}, so far {length_words(goal['actual_s'])}")
    return "\n".join(lines)


# -- the data without a program


def _with_desk(folder: str, do: Callable[[TimeDesk], int], throw_away: bool = False) -> int:
    """Runs ``do`` on the data itself; ``throw_away``: where there is none, on an empty one that nobody keeps."""
    from companion.clock import Clock
    from companion.core.categories import CategoryError
    from companion.paths import Paths
    from companion.preferences import Preferences
    from companion.storage.errors import StoreError, translate_os
    from companion.storage.settings import SettingsBook
    from companion.storage.store import Store
    from companion.timedesk import TimeDesk

    paths = Paths(Path(folder))
    try:
        with tempfile.TemporaryDirectory(prefix="companion-") as nowhere:
            if throw_away and not paths.database.exists():
                paths = Paths(Path(nowhere))
            paths.prepare()
            store = Store.open(paths.database, paths.backups)
            try:
                return do(TimeDesk(store, Clock(), Preferences(SettingsBook(store))))
            finally:
                store.close()
    except (StoreError, CategoryError) as error:
        told.trouble(str(error))
    except OSError as error:
        told.trouble(str(translate_os(error, paths.root)))
    return COULD_NOT
