"""The keys: what can be done without a mouse, which key does it, and the user's own choice of keys.

Single letters and digits act while no text field has the focus. Digits stand for the rows on screen and cannot be
changed; everything else can.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


class Command(NamedTuple):
    """Something a key does: its id, its first key, and what it is called (grouped for the list of keys)."""

    id: str
    key: str
    group: str
    label: str


COMMANDS = (
    Command("start", "S", "Call", "Start a call, or answer the one that rings"),
    Command("end", "E", "Call", "End the call"),
    Command("hold", "H", "Call", "Hold, or resume"),
    Command("upset", "U", "Call", "Upset caller: on or off"),
    Command("swap", "W", "Call", "Swap the two calls"),
    Command("timer", "A", "Call", "One-minute answer timer: start or stop"),
    Command("undo_end", "Z", "Call", "Back to the call that was ended too early"),
    Command("next", "F", "Phases", "Forward to the next phase"),
    Command("back", "B", "Phases", "Back to the phase before"),
    Command("greeting", "G", "Phases", "Greeting"),
    Command("open", "O", "Phases", "Open questions"),
    Command("closed", "C", "Phases", "Closed questions"),
    Command("close", "L", "Phases", "Close"),
    Command("transfer", "T", "Guides", "Transfer"),
    Command("message", "M", "Guides", "Take a message"),
    Command("badnews", "Y", "Guides", "Bad news"),
    Command("cantdo", "X", "Guides", "Can't do that"),
    Command("ready", "R", "Guides", "Ready to buy"),
    Command("line", ".", "Guides", "Another line to say"),
    Command("cards", "K", "Guides", "Next card for this part of the call"),
    Command("count_open", "+", "Guides", "Count an open question of your own"),
    Command("count_closed", "-", "Guides", "Count a closed question of your own"),
    Command("go_caller", "I", "Fields", "Caller name"),
    Command("go_number", "J", "Fields", "Caller number"),
    Command("go_reason", "Q", "Fields", "Reason"),
    Command("go_notes", "N", "Fields", "Notes"),
    Command("go_promise", "P", "Fields", "Promise"),
    Command("go_field", ",", "Fields", "First empty field of the guide"),
    Command("copy", "V", "Fields", "Copy what is shown to copy: the brief or the read-back"),
    Command("done", "D", "Wrap-up", "Wrap-up done"),
    Command("later", "Shift+D", "Wrap-up", "Finish the wrap-up later"),
    Command("go_notice", ";", "Window", "Answer what the program asks"),
    Command("strip", "F8", "Window", "Compact strip, or the full window"),
    Command("keys", "?", "Window", "This list of keys"),
    Command("settings", "Ctrl+,", "Window", "Settings"),
    Command("call_page", "Ctrl+1", "Window", "Call"),
    Command("stress_page", "Ctrl+2", "Window", "Stress"),
    Command("time_page", "Ctrl+3", "Window", "Time"),
)
"""Every command with a key of its own. Esc leaves a field, a guide or this list; it cannot be changed."""

DIGITS = (
    "1 to 9 tick the row that bears the digit: a question, a step, an outcome; 0 leafs to more rows. "
    "PgUp and PgDn turn the page"
)

_CONTROL = "Meta" if sys.platform == "darwin" else "Ctrl"
"""The key labelled Ctrl as Qt names it; on a Mac, Command and Tab belong to the system."""

TAB_KEYS = {"tab_next": f"{_CONTROL}+Tab", "tab_back": f"{_CONTROL}+Shift+Tab"}
"""From tab to tab of a page, also out of a field and where the digits belong to what is shown; not to be changed."""

TABS = "Next tab of the page; with Shift the one before"

PAGE_KEYS = {
    "Stress": (
        ("N", "New check"),
        ("E", "New entry"),
        ("B", "Breathe"),
        ("L", "Lock, or unlock"),
        ("1–6", "The tabs, unless a scale or Breathing takes the digit"),
    ),
    "Time": (
        ("A–Z", "Fill what is chosen with a category; a second letter: what is in it"),
        ("Enter", "Choose what is open, until now"),
        (".", "Fill like the one before"),
        ("Delete", "Erase what is chosen"),
        ("Space", "Accept the proposal; with Ctrl all of the day"),
        ("Shift+Arrows", "Choose more; with Ctrl up to the end of a block"),
        ("+ - ,", "Quick entry"),
        ("Ctrl+Z, Ctrl+Y", "Undo, redo"),
        ("Ctrl+L", "Last night"),
        ("Ctrl+U", "A usual day"),
        ("PgUp, PgDn", "Previous day, next day"),
        ("0", "Today"),
        ("1–5", "The tabs"),
    ),
}
"""Keys of a page of its own, while it is in front and no call is live; they cannot be changed."""

_MODS = Qt.KeyboardModifier
_BARE = _MODS.ShiftModifier | _MODS.KeypadModifier | _MODS.GroupSwitchModifier
_ALT_GR = _MODS.ControlModifier | _MODS.AltModifier
"""How Windows tells of AltGr, which is needed to print some signs."""

_KEY = Qt.Key
_SILENT = frozenset(
    (
        *(_KEY.Key_Shift, _KEY.Key_Control, _KEY.Key_Alt, _KEY.Key_Meta, _KEY.Key_AltGr, _KEY.Key_CapsLock),
        *(_KEY.Key_NumLock, _KEY.Key_ScrollLock, _KEY.Key_Super_L, _KEY.Key_Super_R, _KEY.Key_Hyper_L),
        *(_KEY.Key_Hyper_R, _KEY.Key_Mode_switch, _KEY.Key_Multi_key, _KEY.Key_unknown),
    )
)
"""Keys that do nothing alone."""

_MOVING = frozenset(
    (
        *(_KEY.Key_Escape, _KEY.Key_Tab, _KEY.Key_Backtab, _KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_Space),
        *(_KEY.Key_Backspace, _KEY.Key_Delete, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Left, _KEY.Key_Right),
        *(_KEY.Key_Home, _KEY.Key_End, _KEY.Key_PageUp, _KEY.Key_PageDown, _KEY.Key_Menu),
    )
)
"""Keys that move about in a window or in a text; with Alt or Meta they are free."""

_STANDARD = frozenset(
    (
        *(
            "Ctrl+C",
            "Ctrl+X",
            "Ctrl+V",
            "Ctrl+A",
            "Ctrl+Z",
            "Ctrl+Y",
            "Ctrl+Shift+Z",
            "Ctrl+Ins",
            "Shift+Ins",
        ),
        *("Ctrl+Q", "Ctrl+W", "Alt+F4", "Shift+F10"),
    )
)
"""Keys that texts and windows have in every program."""


class Keys:
    """Which key does what now. A key that is given away twice belongs to the command that it was given to last."""

    def __init__(self, changed: Mapping[str, str] | None = None) -> None:
        self._changed: dict[str, str] = {}
        self._by_command: dict[str, str] = {}
        self._by_key: dict[str, str] = {}
        self.set_changed(changed or {})

    def set_changed(self, changed: Mapping[str, str]) -> None:
        """Takes over the user's own keys: an empty one means that the command has none, a useless one is skipped."""
        first = {command.id: normal(command.key) for command in COMMANDS}
        own: dict[str, str] = {}
        for name, key in changed.items():
            found = normal(key)
            if name not in first or (key and not found) or (found and why_not(found)):
                continue
            own = {n: k for n, k in own.items() if n != name and (k != found or not k)}
            own[name] = found
        self._changed = {name: key for name, key in own.items() if key != first[name]}
        taken = set(self._changed.values())
        self._by_command = {
            name: self._changed.get(name, "" if key in taken else key) for name, key in first.items()
        }
        self._by_key = {key: name for name, key in self._by_command.items() if key}

    @property
    def changed(self) -> dict[str, str]:
        """The user's own keys as they are kept: command → key, empty for none."""
        return dict(self._changed)

    def given(self, command: str, key: str) -> dict[str, str]:
        """What is to be kept when ``command`` gets ``key`` (empty for none); whoever had it goes without, or back to
        its first key where that is free. Changes nothing here."""
        wanted = normal(key)
        own = {n: k for n, k in self._changed.items() if n != command and (k != wanted or not k)}
        own[command] = wanted
        return Keys(own).changed

    def key(self, command: str) -> str:
        """The key of a command as text, empty when it has none."""
        return self._by_command.get(command, "")

    def command(self, key: str) -> str:
        """The command of a key, empty when it has none."""
        return self._by_key.get(key, "")

    def owner(self, key: str) -> str:
        """The command that has ``key`` now, for telling the user whom they would take it from."""
        return self._by_key.get(normal(key), "")


def normal(key: str) -> str:
    """One way of writing a key: ``shift+d`` → ``Shift+D``; what is no single key becomes empty."""
    if len(key) == 1:
        return _capital(key) if key.isprintable() and not key.isspace() else ""
    sequence = QKeySequence(key[:60])
    return sequence.toString(QKeySequence.SequenceFormat.PortableText) if sequence.count() == 1 else ""


def _capital(sign: str) -> str:
    """The capital of one letter, where that is one letter too (``ß`` has none)."""
    upper = sign.upper()
    return upper if len(upper) == 1 else sign


def why_not(key: str) -> str:
    """Why no command can have ``key`` (as ``normal`` writes it), in one line; empty when one can."""
    if not key:
        return _told("That key cannot be used. Choose another one.")
    if len(key) == 1:
        return _told("Digits tick the row that bears them. Choose another key.") if key.isdecimal() else ""
    combination = QKeySequence(key)[0]
    mods = combination.keyboardModifiers()
    if combination.key() in _MOVING and not mods & (_MODS.AltModifier | _MODS.MetaModifier):
        return _told("That key moves about in the window. Choose another one.")
    if key in TAB_KEYS.values():
        return _told("That key leads from tab to tab. Choose another one.")
    if key in _STANDARD:
        return _told("That key works on texts and windows in every program. Choose another one.")
    return ""


def pressed(event: QKeyEvent) -> str:
    """The key of an event in the way that ``normal`` writes it; empty for a bare modifier.

    Printable signs go by what they print (``?`` is ``?`` on every keyboard), letters by their letter.
    """
    text, mods = event.text(), event.modifiers()
    if len(text) == 1 and text.isprintable() and not text.isspace():
        rest = mods & ~_BARE
        if rest == _MODS.NoModifier or (rest == _ALT_GR and not text.isalnum()):
            shifted = bool(mods & _MODS.ShiftModifier) and text.isalpha()
            return normal(f"Shift+{_capital(text)}" if shifted else text)
    key = event.key()
    if key in _SILENT or not key or _KEY.Key_Dead_Grave <= key <= _KEY.Key_Dead_Longsolidusoverlay:
        return ""
    combination = QKeyCombination(mods & ~_MODS.KeypadModifier & ~_MODS.GroupSwitchModifier, Qt.Key(key))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)


def shown(key: str) -> str:
    """A key as the user's system writes it."""
    if len(key) == 1:
        return key
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


def told(command: Command) -> str:
    """What a command is called, in the user's language."""
    return _told(command.label)


def groups() -> dict[str, list[Command]]:
    """The commands by group, both in their order."""
    found: dict[str, list[Command]] = {}
    for command in COMMANDS:
        found.setdefault(command.group, []).append(command)
    return found


def _told(text: str) -> str:
    return QCoreApplication.translate("keys", text)
