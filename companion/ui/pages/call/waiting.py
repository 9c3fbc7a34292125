"""What waits to be done between calls, in words: call-backs, wrap-ups, promises, messages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.clock import moment
from companion.core.calls import State
from companion.core.summary import told_time
from companion.desk import Desk
from companion.storage.calls import Row

Item = tuple[str, str, str, str, str]
"""The id of the call; promise, slip, call_back or wrapup; words; when; and what the button says."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("waiting", text)


def count(desk: Desk) -> int:
    """How many things wait, in all calls."""
    due = desk.history.due()
    return due.promises + due.messages + due.call_backs + due.wrap_ups


def items(desk: Desk, most: int) -> list[Item]:
    """The first things that wait, newest call first."""
    found: list[Item] = []
    for row in desk.history.open_followups(most):
        found += _of(desk, row)
    return found[:most]


def _of(desk: Desk, row: Row) -> list[Item]:
    """What one call leaves to be done."""
    now = desk.clock.local()
    who = row.name or row.number or _tr("Unknown caller")
    at = told_time(moment(row.started_at).astimezone(now.tzinfo), now)
    found: list[Item] = []
    if row.state == State.MISSED and not row.called_back:
        found.append((row.id, "call_back", _tr("Call back: ") + who, at, _tr("Called back")))
    if row.state == State.WRAPUP:
        found.append((row.id, "wrapup", _tr("Wrap-up: ") + who, at, _tr("Finish")))
    if row.has_promise and not row.promise_done:
        by = desk.told_moment(moment(row.promise_by)) if row.promise_by else _tr("no deadline")
        words = f"{row.promise_what} · {who}" if row.promise_what else who
        found.append((row.id, "promise", _tr("Promise: ") + words, by, _tr("Kept")))
    if row.has_slip and not row.slip_done:
        reader = desk.board.lines.get(row.id).text("message.for").strip()
        words = _tr("Message") + (_tr(" for ") + reader if reader else "") + _tr(" from ") + who
        found.append((row.id, "slip", words, at, _tr("Delivered")))
    return found
