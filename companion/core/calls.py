"""The call as a log of events: the one fold that every view of a call is made from.

A call's own time line starts at 0 with its first event and is counted in seconds of a monotonic clock, so a wall
clock that is set back, a suspended computer or a change of clocks never alters a duration. Wall time stands beside
each event for the record only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from companion.core.events import (
    CHOICE_FIELDS,
    DETOURS,
    PHASES,
    TEXT_FIELDS_PREFIXES,
    Asked,
    Event,
    MoveError,
    Span,
    State,
    edit_between,
)

__all__ = [
    "CHOICE_FIELDS",
    "DETOURS",
    "PHASES",
    "TEXT_FIELDS_PREFIXES",
    "Asked",
    "Call",
    "Event",
    "MoveError",
    "Span",
    "State",
    "apply",
    "edit_between",
    "fold",
]

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_NO_VALUES: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Call:
    """What the events of one call add up to. Times are seconds on the call's own time line."""

    id: str
    state: State = State.RINGING
    phase: State = State.GREETING
    held: bool = False
    upset: bool = False
    detour: str = ""
    timer_t: float | None = None
    """When the one-minute answer timer was started, or None."""
    rang_at: str = ""
    started_at: str = ""
    zone: str = ""
    first_at: str = ""
    last_at: str = ""
    last_t: float = 0.0
    started_t: float | None = None
    ended_t: float | None = None
    passed_t: float | None = None
    """When the 75 % mark was passed (open.share); once set it stays."""
    gone_from: State | None = None
    """Where a discarded call stood, so that a restore puts it back there."""
    wrapup_open: bool = False
    """Whether the wrap-up's clock runs; False with state wrapup means that it was left for later."""
    spans: tuple[Span, ...] = ()
    phases: tuple[tuple[State, float], ...] = ()
    upsets: tuple[Span, ...] = ()
    asked: tuple[Asked, ...] = ()
    steps: frozenset[str] = frozenset()
    """Ids of the checklist steps that are ticked."""
    texts: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    values: Mapping[str, Any] = field(default_factory=lambda: _NO_VALUES)
    promise_done: bool = False
    slip_done: bool = False
    called_back: bool = False

    # -- what it is
    @property
    def live(self) -> bool:
        """Whether the conversation is going on, held or not."""
        return self.state in PHASES

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def number(self) -> str:
        return self.text("number")

    @property
    def reason(self) -> str:
        """Id of the reason for calling, or an empty text."""
        return str(self.values.get("reason") or "")

    @property
    def outcome(self) -> str:
        """Id of the outcome, or an empty text."""
        return str(self.values.get("outcome") or "")

    def text(self, name: str) -> str:
        """What stands in a field of free text; empty when nothing was typed."""
        return self.texts.get(name, "")

    @property
    def has_promise(self) -> bool:
        return bool(self.text("promise.what").strip() or self.values.get("promise.by"))

    @property
    def has_slip(self) -> bool:
        """Whether a message was taken; who calls and from where is filled in by the program, and is none yet."""
        return any(
            v.strip()
            for k, v in self.texts.items()
            if k.startswith("message.") and k not in ("message.from", "message.number")
        )

    def asked_count(self, kind: str) -> int:
        """How many questions of a kind (``open`` or ``closed``) were asked."""
        return sum(1 for a in self.asked if a.kind == kind)

    # -- how long
    def _sum(self, what: str, t: float) -> float:
        return sum((s.length(t) for s in self.spans if s.what == what), 0.0)

    def talk(self, t: float) -> float:
        """Seconds of conversation up to ``t``: hold does not count."""
        return self._sum("talk", t)

    def hold(self, t: float) -> float:
        """Seconds on hold up to ``t``, all holds together."""
        return self._sum("hold", t)

    def hold_now(self, t: float) -> float:
        """Seconds of the present hold; 0 when not held."""
        last = self.spans[-1] if self.spans else None
        return last.length(t) if last and last.what == "hold" and last.end is None else 0.0

    def wrapup(self, t: float) -> float:
        """Seconds of wrap-up up to ``t``, without the time in which it was left for later."""
        return self._sum("wrapup", t)

    def handle(self, t: float) -> float:
        """Handle time: talk + hold + wrap-up, in seconds."""
        return sum((s.length(t) for s in self.spans), 0.0)


def fold(call_id: str, events: Iterable[Event]) -> Call:
    """The call that a log adds up to. The same fold runs live, after a crash and in a review."""
    call = Call(call_id)
    for event in events:
        call = apply(call, event)
    return call


def apply(call: Call, event: Event) -> Call:
    """The call after one more event. Unknown kinds only move the clock: an older program can read a newer log."""
    t = max(event.t, call.last_t)
    call = replace(
        call, last_t=t, last_at=event.at, first_at=call.first_at or event.at, zone=call.zone or event.zone
    )
    handler = _HANDLERS.get(event.kind)
    return handler(call, t, event) if handler else call


def _close(spans: tuple[Span, ...], t: float) -> tuple[Span, ...]:
    """Ends the running span, where one runs."""
    return (*spans[:-1], spans[-1]._replace(end=t)) if spans and spans[-1].end is None else spans


def _switch(call: Call, t: float, what: str | None) -> tuple[Span, ...]:
    """Ends the running span and starts one of ``what``; the two share their instant, so nothing is lost between."""
    spans = _close(call.spans, t)
    return (*spans, Span(what, t)) if what else spans


def _rang(call: Call, t: float, e: Event) -> Call:
    return replace(call, state=State.RINGING, rang_at=e.at)


def _started(call: Call, t: float, e: Event) -> Call:
    if call.started_t is not None:
        return call
    return replace(
        call,
        state=State.GREETING,
        phase=State.GREETING,
        started_at=e.at,
        started_t=t,
        spans=_switch(call, t, "talk"),
        phases=((State.GREETING, t),),
    )


def _phase(call: Call, t: float, e: Event) -> Call:
    to = State(e.data["to"])
    if to == call.phase and call.state == to:
        return replace(call, detour="")
    return replace(call, state=to, phase=to, detour="", phases=(*call.phases, (to, t)))


def _hold(call: Call, t: float, e: Event) -> Call:
    on = bool(e.data["on"])
    if on == call.held:
        return call
    return replace(call, held=on, spans=_switch(call, t, "hold" if on else "talk"))


def _upset(call: Call, t: float, e: Event) -> Call:
    on = bool(e.data["on"])
    if on == call.upset:
        return call
    if on:
        return replace(call, upset=True, upsets=(*call.upsets, Span("upset", t)))
    return replace(call, upset=False, upsets=_close(call.upsets, t))


def _detour(call: Call, t: float, e: Event) -> Call:
    return replace(call, detour=str(e.data["to"]))


def _asked(call: Call, t: float, e: Event) -> Call:
    wanted = str(e.data.get("id") or "")
    if not e.data.get("on", True):
        if wanted:
            return replace(call, asked=tuple(a for a in call.asked if a.id != wanted))
        kind = e.data["kind"]
        for i in range(len(call.asked) - 1, -1, -1):
            if not call.asked[i].id and call.asked[i].kind == kind:
                return replace(call, asked=call.asked[:i] + call.asked[i + 1 :])
        return call
    if wanted and any(a.id == wanted for a in call.asked):
        return call
    asked = Asked(wanted, str(e.data["kind"]), str(e.data.get("text") or ""), t)
    return replace(call, asked=(*call.asked, asked))


def _step(call: Call, t: float, e: Event) -> Call:
    step = {str(e.data["id"])}
    return replace(call, steps=call.steps | step if e.data["on"] else call.steps - step)


def _edit(call: Call, t: float, e: Event) -> Call:
    name, d = str(e.data["field"]), e.data
    old = call.texts.get(name, "")
    at = min(max(int(d["at"]), 0), len(old))
    new = old[:at] + str(d["put"]) + old[at + max(int(d["cut"]), 0) :]
    return replace(call, texts=MappingProxyType({**call.texts, name: new}))


def _set(call: Call, t: float, e: Event) -> Call:
    values = {**call.values, str(e.data["field"]): e.data["value"]}
    return replace(call, values=MappingProxyType(values))


def _timer(call: Call, t: float, e: Event) -> Call:
    return replace(call, timer_t=t if e.data["on"] else None)


def _passed(call: Call, t: float, e: Event) -> Call:
    return call if call.passed_t is not None else replace(call, passed_t=t)


def _ended(call: Call, t: float, e: Event) -> Call:
    """The conversation ends now or, with ``end_t``, ended earlier on the time line (said after a crash)."""
    end = min(max(float(e.data.get("end_t", t)), call.started_t or 0.0), t)
    if end < t:
        call = replace(call, spans=_cut_off(call.spans, end), upsets=_cut_off(call.upsets, end))
    return replace(
        call,
        state=State.WRAPUP,
        held=False,
        upset=False,
        detour="",
        timer_t=None,
        ended_t=end,
        wrapup_open=True,
        spans=_switch(call, t, "wrapup"),
        upsets=_close(call.upsets, t),
    )


def _cut_off(spans: tuple[Span, ...], end: float) -> tuple[Span, ...]:
    """What of the spans lies before ``end``."""
    kept = (s for s in spans if s.start < end)
    return tuple(s if s.end is not None and s.end <= end else s._replace(end=end) for s in kept)


def _reopened(call: Call, t: float, e: Event) -> Call:
    """The end was pressed too early: the conversation never stopped, so its span runs on from where it was cut."""
    ended = call.ended_t
    if ended is None:
        return call
    kept = tuple(s for s in call.spans if s.what != "wrapup" and s.start < ended)
    held = bool(kept and kept[-1].what == "hold" and kept[-1].end == ended)
    upset = bool(call.upsets and call.upsets[-1].end == ended)
    return replace(
        call,
        state=call.phase,
        ended_t=None,
        wrapup_open=False,
        upset=upset,
        held=held,
        spans=(*kept[:-1], kept[-1]._replace(end=None)) if kept else (Span("talk", ended),),
        upsets=(*call.upsets[:-1], call.upsets[-1]._replace(end=None)) if upset else call.upsets,
    )


def _wrapup_left(call: Call, t: float, e: Event) -> Call:
    return replace(call, wrapup_open=False, spans=_close(call.spans, t))


def _wrapup_resumed(call: Call, t: float, e: Event) -> Call:
    if call.wrapup_open:
        return call
    return replace(call, state=State.WRAPUP, wrapup_open=True, spans=_switch(call, t, "wrapup"))


def _finished(call: Call, t: float, e: Event) -> Call:
    return replace(call, state=State.DONE, wrapup_open=False, spans=_close(call.spans, t))


def _missed(call: Call, t: float, e: Event) -> Call:
    return replace(call, state=State.MISSED)


def _discarded(call: Call, t: float, e: Event) -> Call:
    talked = call.started_t is not None and call.ended_t is None
    return replace(
        call,
        state=State.DISCARDED,
        gone_from=call.state,
        held=False,
        upset=False,
        detour="",
        timer_t=None,
        wrapup_open=False,
        ended_t=t if talked else call.ended_t,
        spans=_close(call.spans, t),
        upsets=_close(call.upsets, t),
    )


def _restored(call: Call, t: float, e: Event) -> Call:
    """A discarded call is taken back with all that it held: done or missed as before, else left in wrap-up."""
    if call.started_t is None:
        state = State.MISSED  # it rang when it was discarded; it does not ring any more
    else:
        state = State.DONE if call.gone_from == State.DONE else State.WRAPUP
    return replace(call, state=state, gone_from=None, wrapup_open=False)


def _promise(call: Call, t: float, e: Event) -> Call:
    return replace(call, promise_done=bool(e.data["done"]))


def _slip(call: Call, t: float, e: Event) -> Call:
    return replace(call, slip_done=bool(e.data["done"]))


def _called_back(call: Call, t: float, e: Event) -> Call:
    return replace(call, called_back=bool(e.data["done"]))


_HANDLERS = {
    "rang": _rang,
    "started": _started,
    "phase": _phase,
    "hold": _hold,
    "upset": _upset,
    "detour": _detour,
    "asked": _asked,
    "step": _step,
    "edit": _edit,
    "set": _set,
    "timer": _timer,
    "passed": _passed,
    "ended": _ended,
    "reopened": _reopened,
    "wrapup_left": _wrapup_left,
    "wrapup_resumed": _wrapup_resumed,
    "finished": _finished,
    "missed": _missed,
    "discarded": _discarded,
    "restored": _restored,
    "promise": _promise,
    "slip": _slip,
    "called_back": _called_back,
}
KINDS = frozenset(_HANDLERS) | {"resumed", "slept"}
"""``resumed`` (after a crash) and ``slept`` (after a suspend) are kept for the record and only move the clock."""
