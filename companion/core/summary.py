"""A finished call in words: what was said and promised, how long it took, and how it split (open.share)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from companion.core.calls import Call
from companion.core.split import true_split


class Names(NamedTuple):
    """Names that only the playbook and the local clock know: of the reason, the outcome, the start and the deadline."""

    reason: str = ""
    outcome: str = ""
    started: str = ""
    deadline: str = ""


def spoken(seconds: float) -> str:
    """Whole seconds in words that stay short: ``45 s``, ``4 min 12 s``, ``1 h 2 min 5 s``."""
    whole = int(seconds + 0.5)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    parts = [(hours, "h"), (minutes, "min"), (secs, "s")]
    said = [f"{n} {unit}" for n, unit in parts if n]
    return " ".join(said) or "0 s"


def told_time(at: datetime, now: datetime) -> str:
    """A local time as people say it: today only the hour, then the weekday, then the date."""
    clock = f"{at.hour}:{at:%M}"
    days = (now.date() - at.date()).days
    if days == 0:
        return clock
    if days == 1:
        return f"yesterday {clock}"
    return f"{at:%a} {clock}" if 1 < days < 7 else f"{at.day} {at:%b %Y} {clock}"


def summary(call: Call, names: Names, labels: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Pairs of a heading and plain text, empty ones left out. ``labels`` name the fields worth showing, in order."""
    t = call.last_t
    who = " · ".join(x for x in (call.name.strip(), call.number.strip()) if x)
    times = (
        f"{spoken(call.handle(t))}: talk {spoken(call.talk(t))}, hold {spoken(call.hold(t))}, "
        f"wrap-up {spoken(call.wrapup(t))}"
    )
    pairs = [
        ("Caller", who),
        ("Started", names.started),
        ("Reason", names.reason),
        ("Outcome", names.outcome),
        ("Handle time", times if call.started_t is not None else ""),
        ("Split", split_words(call)),
        ("Questions", question_words(call)),
        ("Notes", call.text("notes").strip()),
        ("Promise", _promise(call, names.deadline)),
    ]
    pairs += [(label, call.text(field).strip()) for field, label in labels]
    stress = call.values.get("stress")
    pairs.append(("Stress", "" if stress is None else f"{stress} of 10"))
    return [(heading, text) for heading, text in pairs if text]


def split_words(call: Call) -> str:
    """Where the closed phase began against the true 75 % point; empty without a conversation."""
    split = true_split(call)
    if not split.total_s:
        return ""
    share = round(100 * split.open_s / split.total_s)
    began = (
        "No closed phase."
        if split.closed_from_s is None
        else f"Closed questions from {spoken(split.closed_from_s)} ({share} %)."
    )
    point = f"75 % of the {spoken(split.total_s)} was at {spoken(split.before_s)}."
    rests = " The split was at rest while the caller was upset." if split.upset else ""
    return f"{began} {point}{rests}"


def question_words(call: Call) -> str:
    """Open and closed questions before and after the true 75 % point; empty when none were asked."""
    s = true_split(call)
    told = []
    for kind, before, after in (
        ("open", s.open_before, s.open_after),
        ("closed", s.closed_before, s.closed_after),
    ):
        if before + after:
            where = (
                "all before"
                if not after
                else "all after"
                if not before
                else f"{before} before and {after} after"
            )
            told.append(f"{before + after} {kind} ({where} the 75 % point)")
    return ", ".join(told)


def _promise(call: Call, deadline: str) -> str:
    what = call.text("promise.what").strip()
    if not call.has_promise:
        return ""
    kept = " (kept)" if call.promise_done else ""
    by = f"by {deadline}" if deadline else ""
    return " ".join(x for x in (what, by) if x) + kept
