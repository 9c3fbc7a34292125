"""What the call page shows, computed: facts and the time in, a frozen face out. No widget, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from companion.core.calls import Call, State
from companion.core.fields import Filled, Part, fill
from companion.core.playbook import Card, Field, Guide, Line
from companion.core.split import Likely

ROWS = 6
"""Rows of a list that are shown at once; the rest is one key away, so that no row ever moves under the finger."""

_GREETING = ("salutation", "identification", "offer")

Values = Mapping[str, str | None]


def clock(seconds: float) -> str:
    """Seconds as ``04:12``, or ``1:04:12`` from an hour on; whole seconds that have passed."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"


class View(NamedTuple):
    """What the user has leafed to: which line, which page of rows, which group, which card (-1 for none)."""

    line: int = 0
    page: int = 0
    group: str = ""
    card: int = -1


class Row(NamedTuple):
    """One row to tick: its id, words, whether it is ticked, what it is (open, closed, step) and its digit key."""

    id: str
    text: str
    done: bool
    what: str
    key: str
    say: str = ""


class GuideFace(NamedTuple):
    """All of the guide panel."""

    key: str
    title: str
    share: str
    coach: str
    prompt: Filled
    accent: int
    """Length of the part at the beginning that is set off: the salutation of a greeting (greeting.parts)."""
    line: int
    lines: int
    rows: tuple[Row, ...]
    page: int
    pages: int
    listen: tuple[str, ...]
    listen_all: tuple[str, ...]
    tips: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    group: str
    fields: tuple[Field, ...]
    cards: tuple[Card, ...]
    card: Card | None


def guide_key(call: Call) -> str:
    """Which guide leads now: what was laid over the phase, else hold, else the upset caller, else the phase."""
    if call.detour:
        return call.detour
    if call.held:
        return "hold"
    if call.upset:
        return "upset"
    return str(call.phase)


_FAMILIES = {
    "greeting": ("manner",),
    "open": ("open", "listen"),
    "closed": ("closed", "answer"),
    "close": ("close", "followup", "want"),
    "upset": ("difficult",),
}
"""Where a card of the playbook's own file of cards is offered, by the family of the technique that it carries."""


def with_cards(guide: Guide, cards: tuple[Card, ...]) -> Guide:
    """The guide with its own cards and those of its families; a card of no known family is offered at the close."""
    known = {family for families in _FAMILIES.values() for family in families}
    wanted = _FAMILIES.get(guide.key, ())

    def fits(card: Card) -> bool:
        family = card.technique.split(".")[0]
        return family in wanted or (guide.key == "close" and family not in known)

    return guide._replace(cards=(*guide.cards, *(card for card in cards if fits(card))))


def hold_level(held_s: float, nudges: tuple[int, int, int]) -> int:
    """How many of the three nudges a hold of so many seconds has passed (hold.ask)."""
    return sum(1 for limit in nudges if held_s >= limit)


def guide_face(
    guide: Guide, call: Call, values: Values, view: View, confirm: Line | None, level: int
) -> GuideFace:
    """The guide panel for a call.

    ``confirm`` is the line that says it is time to confirm once the mark has been passed in the open phase (and the
    advice is not at rest); ``level`` is the number of nudges that a hold has passed.
    """
    tabs = guide.groups if "first" in guide.groups else {}
    groups = tuple(tabs)
    group = view.group if view.group in groups else (groups[0] if groups else "")
    said = _asked_lines(guide, call, group, level)
    lines = [confirm, *said] if confirm else said
    at = view.line % len(lines) if lines else 0
    line = lines[at] if lines else Line("", "", guide.title)
    every = _rows(guide, call, group, values)
    pages = max(1, -(-len(every) // ROWS))
    page = view.page % pages
    rows = tuple(
        Row(r.id, r.text, r.done, r.what, str(i), r.say)
        for i, r in enumerate(every[page * ROWS : (page + 1) * ROWS], 1)
    )
    coach, prompt = _words(guide, line, values)
    heard = tuple(fill(item.text, values).plain for item in guide.listen)
    return GuideFace(
        key=guide.key,
        title=guide.title,
        share=guide.share,
        coach=coach,
        prompt=prompt,
        accent=_salutation_length(guide, line, values),
        line=at,
        lines=len(lines),
        rows=rows,
        page=page,
        pages=pages,
        listen=_three(heard, len(call.phases)),
        listen_all=heard,
        tips=tuple(fill(item.text, values).plain for item in _tips(guide, call)),
        groups=tuple(tabs.items()),
        group=group,
        fields=guide.fields,
        cards=guide.cards,
        card=guide.cards[view.card % len(guide.cards)] if guide.cards and view.card >= 0 else None,
    )


def _tips(guide: Guide, call: Call) -> tuple[Line, ...]:
    """One tip, another at each turn; all of them where there is nothing else to read (the voice, at the greeting)."""
    if not guide.tips or guide.key == "greeting":
        return guide.tips[:6]
    return (guide.tips[len(call.phases) % len(guide.tips)],)


def _three(items: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """Three of a longer list, others at each turn: no more than that is taken in at a glance (listen.six)."""
    if len(items) <= 3:
        return items
    first = 3 * turn % len(items)
    return (*items, *items)[first : first + 3]


def _asked_lines(guide: Guide, call: Call, group: str, level: int) -> list[Line]:
    """The lines to leaf through, the one for now first."""
    if guide.key == "greeting":
        rest = [x for x in guide.prompts if x.group not in (*_GREETING, "upset", "known")]
        known = [x for x in guide.prompts if x.group == "known" and call.name.strip()]
        upset = [x for x in guide.prompts if x.group == "upset"]
        whole = [x for x in guide.prompts if x.group in _GREETING]
        first = (
            [Line("greeting.whole", "greeting.parts", whole[-1].text, " ".join(x.say for x in whole))]
            if whole
            else []
        )
        return [*upset, *first] if call.upset else [*first, *known, *rest, *upset]
    if guide.key == "hold":
        back = [x for x in guide.prompts if x.group == "back"]
        rest = [x for x in guide.prompts if x.group != "back"]
        nudge = list(guide.nudges[level - 1 : level]) if level else []
        return [*nudge, *back, *rest]
    if group:
        wanted = "" if group == "first" else group
        own = [x for x in guide.prompts if x.group == wanted]
        return own or [
            Line(s.id, s.technique, s.text, s.say) for s in guide.steps if s.group == wanted and s.say
        ]
    return list(guide.prompts)


def _words(guide: Guide, line: Line, values: Values) -> tuple[str, Filled]:
    """The coaching line and the words to say; where a line has none, it is itself the largest thing."""
    if line.id == "greeting.whole":
        return f"Salutation, then who is speaking · {guide.share}", fill(line.say, values)
    if line.say:
        quoted = fill(line.say, values)
        return fill(line.text, values).plain, Filled((Part("“"), *quoted.parts, Part("”")))
    return guide.share, fill(line.text, values)


def _salutation_length(guide: Guide, line: Line, values: Values) -> int:
    if line.id != "greeting.whole":
        return 0
    first = next((x for x in guide.prompts if x.group == _GREETING[0]), None)
    return len(fill(first.say, values).plain) if first else 0


def _rows(guide: Guide, call: Call, group: str, values: Values) -> list[Row]:
    asked = {a.id for a in call.asked}
    rows = []
    if group:
        wanted = "heard" if group == "first" and not any(not s.group for s in guide.steps) else group
        steps = [s for s in guide.steps if (s.group or "first") == wanted]
    else:
        steps = list(guide.steps)
    for step in steps:
        done = step.id in call.steps
        rows.append(
            Row(step.id, fill(step.text, values).plain, done, "step", "", fill(step.say, values).plain)
        )
    for question in guide.questions_for(call.reason):
        text = fill(question.text, values).plain
        rows.append(Row(question.id, text, question.id in asked, question.kind, ""))
    return rows


# -- the head of the page


class SplitLook(NamedTuple):
    """The split bar and its words. Fractions are of the likely length."""

    elapsed: float
    passed: bool
    paused: bool
    resting: bool
    text: str


def split_look(call: Call, talk: float, guess: Likely, reason: str) -> SplitLook:
    """Where the conversation stands against its likely length (open.share), and in which words.

    While the caller is upset the advice rests (closed.control); on hold the conversation stands still.
    """
    passed = call.passed_t is not None
    basis = {
        "reason": f"from {guess.calls} calls about {reason}",
        "all": f"from {guess.calls} calls",
        "setting": "from the usual length in Settings",
    }[guess.basis]
    if call.upset:
        words = "The split rests while the caller is upset: closed questions are fine at any time"
    elif call.held:
        words = f"On hold: the conversation stands still · 75 % at about {clock(guess.mark)}"
    elif passed and call.phase in (State.GREETING, State.OPEN):
        words = f"Past 75 %: time to confirm · {basis}"
    elif passed:
        words = f"Past 75 % · {basis}"
    else:
        words = f"75 % at about {clock(guess.mark)} · {basis}"
    elapsed = talk / guess.seconds if guess.seconds > 0 else 0.0
    return SplitLook(min(1.0, elapsed), passed, call.held, call.upset, words)


def asked_text(call: Call) -> str:
    """How many questions were asked, in words."""
    return f"Asked: {call.asked_count('open')} open · {call.asked_count('closed')} closed"


def state_text(call: Call) -> str:
    """Where a call stands, in two words at the most: never by colour alone."""
    if call.state == State.RINGING:
        return "Ringing"
    if call.state == State.WRAPUP:
        return "Wrap-up"
    if call.held:
        return "On hold"
    if call.upset:
        return "Upset caller"
    return "Live"


PHASE_NAMES = {
    State.GREETING: "Greeting",
    State.OPEN: "Open questions",
    State.CLOSED: "Closed questions",
    State.CLOSE: "Close",
}


def leafed(view: View, **changes: object) -> View:
    """The view after leafing."""
    return view._replace(**changes)


def time_to_confirm(face: GuideFace, words: str) -> GuideFace:
    """The face with the advice of the mark above its prompt."""
    return face._replace(coach=words)


def said(text: str, values: Values) -> str:
    """Words to say in a line of running text, with gaps visible."""
    return f"“{fill(text, values).plain}”"


def first_question(text: str) -> str:
    """The first question of some words to say; all of them where no question is followed by more."""
    question, more, _rest = text.partition("? ")
    return question + "?" if more else text
