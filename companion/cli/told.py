"""What the commands say: one line for trouble, and the status in plain words."""

from __future__ import annotations

import sys
from collections.abc import Mapping

TYPE_CHECKING = False  # type checkers take it for true; the real one costs an import
if TYPE_CHECKING:
    from typing import Any

_STATES = {
    "ringing": "Ringing",
    "greeting": "Greeting",
    "open": "Open questions",
    "closed": "Closed questions",
    "close": "Close",
    "wrapup": "Wrap-up",
}
_BASES = {"reason": "by calls with this reason", "all": "by all calls", "setting": "by the setting"}
_DUE = (
    ("promises", "promise", "promises"),
    ("messages", "message", "messages"),
    ("call_backs", "call-back", "call-backs"),
    ("wrap_ups", "wrap-up", "wrap-ups"),
)


def trouble(message: str) -> None:
    """One line on standard error, where there is one (a windowed program on Windows has none)."""
    if sys.stderr is not None:
        sys.stderr.write(f"companion: {plain(message)}\n")


def out(text: str) -> None:
    """Text on standard output, always as UTF-8, since programs read it."""
    if sys.stdout is None:
        return
    data = f"{text}\n".encode("utf-8", "replace")
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(data.decode("utf-8"))


def plain(text: str) -> str:
    """Text on one line without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def status(found: Mapping[str, Any]) -> str:
    """The status in plain words."""
    if not found.get("running"):
        return "not running"
    call = found.get("call")
    lines = _call(call) if isinstance(call, Mapping) else ["No call."]
    due = found.get("due") or {}
    waiting = [f"{due[key]} {one if due[key] == 1 else many}" for key, one, many in _DUE if due.get(key)]
    if waiting:
        lines.append(f"Due: {', '.join(waiting)}.")
    return "\n".join(lines)


def _call(call: Mapping[str, Any]) -> list[str]:
    marks = [word for word, on in (("on hold", call["held"]), ("upset caller", call["upset"])) if on]
    lines = [", ".join([_STATES.get(call["state"], call["state"]), *marks])]
    caller = call["caller"]
    who = [plain(text) for text in (caller["name"], caller["number"], call["reason"]) if text]
    if who:
        lines.append(" · ".join(who))
    if call["state"] != "ringing":
        times = [f"{word} {clock(call[key])}" for word, key in _TIMES if call[key] or key == "talk_s"]
        lines.append(" · ".join(times))
        asked = call["asked"]
        lines.append(f"Asked: {asked['open']} open, {asked['closed']} closed.")
    if call["state"] not in ("ringing", "wrapup"):
        where = "past the split" if call["past_split"] else "before the split"
        basis = _BASES.get(call["split_basis"], "")
        lines.append(
            f"Likely {clock(call['likely_s'])}, split at {clock(call['split_at_s'])} ({basis}): {where}."
        )
    return lines


_TIMES = (("Talk", "talk_s"), ("hold", "hold_s"), ("wrap-up", "wrapup_s"))


def clock(seconds: float) -> str:
    """Seconds as people read them: 4:12, 1:02:03."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
