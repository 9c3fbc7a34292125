"""The keys of the grid. Letters are categories there and nothing else; all that moves or changes has a key of its own.

A letter chooses a category, a second one what is in it: after the letter of a category that holds others the grid
waits ``LETTER_MS`` for the second, longer while a screen reader tells them. Another key, the mouse or the end of
the wait take the first as it is.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from companion.core.categories import Category, Tree
from companion.ui.widgets.say import listening

LETTER_MS = 900
"""Less than a second: what was chosen is on disk by then."""

HEARD_MS = 6000
"""The same while a screen reader is at work: the second letters are to be heard first."""

_KEY, _MODS = Qt.Key, Qt.KeyboardModifier

MOVES = {
    _KEY.Key_Left: "left",
    _KEY.Key_Right: "right",
    _KEY.Key_Up: "up",
    _KEY.Key_Down: "down",
    _KEY.Key_Home: "home",
    _KEY.Key_End: "end",
}
_PLAIN = {
    _KEY.Key_Delete: "erase",
    _KEY.Key_Backspace: "erase",
    _KEY.Key_Space: "accept",
    _KEY.Key_Return: "open",
    _KEY.Key_Enter: "open",
    _KEY.Key_PageUp: "previous",
    _KEY.Key_PageDown: "next",
}
_CTRL = {
    _KEY.Key_Z: "undo",
    _KEY.Key_Y: "redo",
    _KEY.Key_A: "all",
    _KEY.Key_Space: "accept_all",
    _KEY.Key_U: "usual",
    _KEY.Key_L: "last_night",
}
_SIGNS = {".": "like_before", "+": "quick", "-": "quick", ",": "quick", "/": "quick"}


class Press(NamedTuple):
    """What a key means: a verb; ``extend`` with Shift, ``far`` with Ctrl; ``text`` the sign of a letter."""

    verb: str
    extend: bool = False
    far: bool = False
    text: str = ""


def meaning(event: QKeyEvent, tree: Tree | None, pending: Category | None) -> Press | None:
    """What a key means to the grid; None for what is not its own (Tab, Esc, digits, commands of the window)."""
    key, mods = event.key(), event.modifiers() & ~(_MODS.KeypadModifier | _MODS.GroupSwitchModifier)
    shift, ctrl = bool(mods & _MODS.ShiftModifier), bool(mods & _MODS.ControlModifier)
    rest = mods & ~(_MODS.ShiftModifier | _MODS.ControlModifier)
    text = event.text()
    if rest == _MODS.NoModifier:
        if key in MOVES:
            return Press(MOVES[_KEY(key)], shift, ctrl)
        if ctrl and shift and key == _KEY.Key_Z:
            return Press("redo")
        table = _CTRL if ctrl else _PLAIN
        if key in table and not shift:
            return Press(table[_KEY(key)])
    if ctrl and not rest & _MODS.AltModifier:
        return None
    if text in _SIGNS:
        return Press(_SIGNS[text], text=text)
    if len(text) == 1 and text.isalpha() and not rest & _MODS.MetaModifier and tree is not None:
        if pending is not None and tree.by_letter(text, pending.id) is not None:
            return Press("letter", text=text)
        return Press("letter" if tree.by_letter(text) is not None else "unknown", text=text)
    return None


class Letters(QObject):
    """One letter or two. ``chosen`` carries the id of a category, ``waiting`` that the second letter is waited for."""

    chosen = Signal(str)
    waiting = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pending: Category | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.settle)

    def type(self, letter: str, tree: Tree) -> None:
        """A letter that means something, at the top or in what waits."""
        if self.pending is not None:
            inside = tree.by_letter(letter, self.pending.id)
            if inside is not None:
                self._choose(inside)
                return
            self.settle()
        top = tree.by_letter(letter)
        if top is None:
            return
        if not any(child.letter for child in tree.children(top.id)):
            self._choose(top)
            return
        self.pending = top
        self._timer.start(HEARD_MS if listening() else LETTER_MS)
        self.waiting.emit()

    def settle(self) -> None:
        """What waits is meant as it is."""
        if self.pending is not None:
            self._choose(self.pending)

    def drop(self) -> bool:
        """What waits is not meant; False when nothing did."""
        waited = self.pending is not None
        self.pending = None
        self._timer.stop()
        return waited

    def _choose(self, category: Category) -> None:
        self.drop()
        self.chosen.emit(category.id)
