"""The commands that talk to the running program: words in, one request over the line, an exit code out.

A softphone waits for this: nothing is imported here that is not needed to send one line.
"""

from __future__ import annotations

import json
import os
import time

from companion.app import line
from companion.cli import told, words

DONE, COULD_NOT, WRONG_USAGE, NOT_RUNNING = 0, 1, 2, 3
STARTING_S = 5.0
"""Seconds that a command waits for a program that is about to start."""

_OPENING = ("call.start", "call.ring")
"""Requests that open the program when it is not running."""


def talk(folder: str, given: list[str]) -> int:
    """Runs one talking command for the data folder ``folder`` (absolute) and returns its exit code."""
    try:
        wish = words.request(given)
    except words.UsageError as error:
        return wrong_usage(error)
    do = wish["do"]
    if os.path.exists(folder) and not os.path.isdir(folder):
        told.trouble(
            f"the data folder {folder} is a file; name a folder with --data-dir, or move that file away"
        )
        return COULD_NOT
    try:
        answer = _delivered(folder, wish)
    except line.NoProgram:
        if do == "status":
            return _tell_status({"running": False}, given)
        if do == "call.end":  # a softphone says so for every call, also for those we never heard of
            return DONE
        told.trouble("the program is not running; open it with: companion")
        return NOT_RUNNING
    except line.LineError as error:
        told.trouble(str(error))
        return COULD_NOT
    if not answer["ok"]:
        told.trouble(str(answer.get("error", "")))
        return COULD_NOT if answer.get("code") == COULD_NOT else WRONG_USAGE
    if answer.get("warning"):
        told.trouble(str(answer["warning"]))
    return _tell_status(answer.get("result"), given) if do == "status" else DONE


def wrong_usage(error: words.UsageError) -> int:
    """Says what is wrong with the words."""
    told.trouble(f"{error}; see: companion --help")
    return WRONG_USAGE


def _delivered(folder: str, wish: dict[str, object]) -> dict[str, object]:
    """The answer to a request; a program that is starting is waited for, and one is opened where the request
    wants it.
    """
    try:
        return line.ask(folder, wish)
    except line.NoProgram:
        if wish["do"] in _OPENING:
            from companion.cli.launch import deliver

            return deliver(folder, wish)
    from companion.app.instance import held

    lock = os.path.join(folder, "running.lock")
    deadline = time.monotonic() + STARTING_S
    while held(lock) and time.monotonic() < deadline:
        try:
            return line.ask(folder, wish)
        except line.NoProgram:
            time.sleep(0.02)
    return line.ask(folder, wish)


def _tell_status(status: object, given: list[str]) -> int:
    if not isinstance(status, dict):
        told.trouble("the running program gave no answer that makes sense; close it and start it again")
        return COULD_NOT
    told.out(json.dumps(status, ensure_ascii=False) if "--json" in given else told.status(status))
    return DONE
