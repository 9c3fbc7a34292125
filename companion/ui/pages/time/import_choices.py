"""Time claimed twice, in an import: what overlaps what, and the buttons that decide it, named after their effect."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.core.categories import Tree
from companion.core.time_formats.plan import ASK, KEEP, TAKE, Overlap, Plan
from companion.ui.theme.theme import Theme
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line

LONGEST = 60
"""Characters of a category's name that are shown where it stands within a sentence or on a button."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OverlapChoices", text)


def _line(plan: Plan, at: int) -> str:
    return _tr("line %1").replace("%1", f"{plan.lines[at].found.line:,}")


def _name(tree: Tree, category: str) -> str:
    return one_line(tree.label(category), LONGEST)


def overlap_words(one: Overlap, plan: Plan, tree: Tree) -> str:
    """``Line 7 (Rest) overlaps line 5 (Work) of the same file``, or what is there already."""
    new = plan.lines[one.new]
    first = f"{_line(plan, one.new).capitalize()} ({_name(tree, new.category)})"
    if one.old is not None:
        return f"{first} {_tr('overlaps')} {_name(tree, one.old.category)}, {_tr('already there')}"
    other = f"{_line(plan, one.other)} ({_name(tree, plan.lines[one.other].category)})"
    return f"{first} {_tr('overlaps')} {other} {_tr('of the same file')}"


def kept_words(one: Overlap, plan: Plan, tree: Tree) -> str:
    """What stays where it is kept: ``mine: Rest``, ``line 5: Work``."""
    if one.old is not None:
        return f"{_tr('mine')}: {_name(tree, one.old.category)}"
    return f"{_line(plan, one.other)}: {_name(tree, plan.lines[one.other].category)}"


def taken_words(one: Overlap, plan: Plan, tree: Tree) -> str:
    """What stays where the entry is taken: ``line 7: Rest``."""
    return f"{_line(plan, one.new)}: {_name(tree, plan.lines[one.new].category)}"


def stays_words(one: Overlap, plan: Plan, tree: Tree) -> str:
    """What stays as it is decided now."""
    if one.choice == ASK:
        return _tr("open")
    return (kept_words if one.choice == KEEP else taken_words)(one, plan, tree)


class OverlapChoices(QWidget):
    """``wanted`` carries KEEP or TAKE for what is selected, ``all_wanted`` one of them for all overlaps of a kind:
    those within the file (True), or those with what is recorded."""

    wanted = Signal(str)
    all_wanted = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, KeyButton] = {}
        one, self._one = flow_widget(self, theme.px(6))
        for choice, key in ((KEEP, "K"), (TAKE, "T")):
            button = self.buttons[choice] = KeyButton(theme, "", "", key, "quiet", one)
            button.clicked.connect(partial(self.wanted.emit, choice))
            self._one.addWidget(button)
        every, self._every = flow_widget(self, theme.px(6))
        words = {
            "keep there": self.tr("All: keep mine"),
            "take there": self.tr("All: take the file's"),
            "keep within": self.tr("All: keep what begins first"),
            "take within": self.tr("All: take what begins later"),
        }
        for name, text in words.items():
            choice, _, kind = name.partition(" ")
            button = self.buttons[name] = KeyButton(theme, text, "", "", "plain", every)
            button.clicked.connect(partial(self.all_wanted.emit, choice, kind == "within"))
            self._every.addWidget(button)
        for box in (one, every):
            self._column.addWidget(box)
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(4))

    def show_overlaps(self, plan: Plan, tree: Tree, chosen: Sequence[Overlap]) -> None:
        """Names the buttons after what they would do to what is chosen."""
        keep, take = self._told(plan, tree, chosen)
        self.buttons[KEEP].set_label(f"{self.tr('Keep')} {keep}")
        self.buttons[TAKE].set_label(f"{self.tr('Take')} {take}")
        for choice in (KEEP, TAKE):
            self.buttons[choice].setEnabled(bool(chosen))
        there = sum(one.old is not None for one in plan.overlaps)
        for kind, count in (("there", there), ("within", len(plan.overlaps) - there)):
            for choice in (KEEP, TAKE):
                show_if(self.buttons[f"{choice} {kind}"], count > 0)

    def _told(self, plan: Plan, tree: Tree, chosen: Sequence[Overlap]) -> tuple[str, str]:
        if len(chosen) == 1:
            return kept_words(chosen[0], plan, tree), taken_words(chosen[0], plan, tree)
        there, within = any(one.old for one in chosen), any(not one.old for one in chosen)
        if there and within:
            return self.tr("mine, or what begins first"), self.tr("the file's, or what begins later")
        if within:
            return self.tr("what begins first"), self.tr("what begins later")
        return self.tr("mine"), self.tr("the file's")
