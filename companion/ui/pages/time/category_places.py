"""Where a category stands: in which other, at which place, in use or not, or counted as another from now on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.core.categories import Tree
from companion.desk import Desk
from companion.timedesk import Done
from companion.ui.pages.time.choosing import Choose
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line

Attempt = Callable[[Callable[[], Done | None]], bool]
"""Does something to a category; False where it was refused, which is told."""


class Places(QWidget):
    """Lists and buttons; each press is one change, done by ``attempt``."""

    def __init__(self, desk: Desk, theme: Theme, attempt: Attempt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._attempt = desk, theme, attempt
        self.category = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._build_place()
        self._build_merging()
        self._space()
        theme.changed.connect(self._space)

    def _build_place(self) -> None:
        theme = self._theme
        self.within = Choose(theme, self.tr("In"), self)
        self.within.chosen.connect(self._on_within)
        self.body.addWidget(self.within)
        box, self._tools = flow_widget(self, theme.px(6))
        self.up = KeyButton(theme, self.tr("Up"), "chevron_up", "Alt+Up", "quiet", box)
        self.down = KeyButton(theme, self.tr("Down"), "chevron_down", "Alt+Down", "quiet", box)
        self.archive = KeyButton(theme, self.tr("Archive"), "", "Del", "quiet", box)
        for button, act in (
            (self.up, self.move_up),
            (self.down, self.move_down),
            (self.archive, self.put_away),
        ):
            button.clicked.connect(act)
            self._tools.addWidget(button)
        self.body.addWidget(box)

    def _build_merging(self) -> None:
        theme = self._theme
        self._merging = QHBoxLayout()
        self.into = Choose(theme, self.tr("Merge into"), self)
        self.into.chosen.connect(self._on_into)
        self._merging.addWidget(self.into, 1)
        self.merge = KeyButton(theme, self.tr("Merge"), "swap", "", "quiet", self)
        self.merge.clicked.connect(self._on_merge)
        self._merging.addWidget(self.merge, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(self._merging)
        self.merge_hint = label("", "hint", self, wrap=True)
        self.body.addWidget(self.merge_hint)

    def _space(self) -> None:
        px = self._theme.px
        self._merging.setSpacing(px(10))
        self._tools.setSpacing(px(6))
        self.body.setSpacing(px(12))

    # -- what is shown
    def show_category(self, tree: Tree, category: str, other: bool) -> None:
        """Shows a category; ``other``: not the one that was shown, so what was chosen to merge into is not meant."""
        self.category = category
        one = tree.get(category)
        tops = [top for top in tree.children() if top.id != category]
        whole = bool(tree.children(category, archived=True))
        self.within.show_choices(
            [("", self.tr("Top level")), *((top.id, top.name) for top in tops)], one.parent
        )
        self.within.setEnabled(not whole)
        self.within.set_hint(self.tr("It holds others, so it stays at the top.") if whole else "")
        level = tree.children(one.parent)
        at = next((n for n, here in enumerate(level) if here.id == category), 0)
        self.up.setEnabled(at > 0 and not one.archived)
        self.down.setEnabled(at < len(level) - 1 and not one.archived)
        self.archive.set_label(self.tr("Bring back") if one.archived else self.tr("Archive"))
        targets = [
            (to.id, tree.label(to.id))
            for to in tree.usable()
            if to.id != category and to.parent != category and not (whole and to.parent)
        ]
        kept = "" if other else self.into.current()
        self.into.show_choices([("", self.tr("Choose…")), *targets], kept)
        self._on_into(self.into.current())

    # -- what is changed
    def _on_within(self, parent: str) -> None:
        self._attempt(lambda: self._desk.time.categories.move(self.category, parent))

    def move_up(self) -> None:
        """One place up on its level."""
        self._move(-1)

    def move_down(self) -> None:
        """One place down on its level."""
        self._move(1)

    def _move(self, by: int) -> None:
        tree = self._desk.time.tree
        one = tree.get(self.category)
        seen = [here.id for here in tree.children(one.parent)]
        if one.archived or not 0 <= seen.index(one.id) + by < len(seen):
            return
        neighbour = seen[seen.index(one.id) + by]
        order = [here.id for here in tree.all if here.parent == one.parent and here.id != one.id]
        at = order.index(neighbour) + (1 if by > 0 else 0)
        self._attempt(lambda: self._desk.time.categories.move(one.id, one.parent, at))

    def put_away(self) -> None:
        """Archives it, or brings it back."""
        categories, archived = self._desk.time.categories, self._desk.time.tree.get(self.category).archived
        self._attempt(lambda: (categories.restore if archived else categories.archive)(self.category))

    def _on_into(self, into: str) -> None:
        self.merge.setEnabled(bool(into))
        words = ""
        if into:
            names = self._desk.time.tree
            words = self.tr("From then on all time of %1 counts as %2, the past too. Undo gives it back.")
            words = words.replace("%2", names.label(into)).replace("%1", names.label(self.category))
        self.merge_hint.setText(one_line(words, 400))
        show_if(self.merge_hint, bool(words))

    def _on_merge(self) -> None:
        into = self.into.current()
        if into:
            self._attempt(lambda: self._desk.time.categories.merge(self.category, into))
