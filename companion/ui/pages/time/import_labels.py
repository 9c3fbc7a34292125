"""What the labels of a file mean: each with a category of one's own, or left out. Remembered for the next import."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.core.categories import Tree
from companion.core.timeline_entry import length_words
from companion.ui.pages.time.category_box import CategoryBox
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.import_draft import Draft
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line

OPEN, OUT = "?", "-"
"""Choices that are no category; no id is one of them, since ids are made of names with a letter or digit in them."""

AT_ONCE = 40
"""Rows shown before one asks for more."""


class LabelRow(QWidget):
    """One label with its time, and the list to choose from. ``chosen`` carries the label and the choice."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, looks: Looks, tree: Tree, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.label = theme, name
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        shown = one_line(name, 200) or self.tr("(no label)")
        self.words = ElideLabel(theme, shown, "body", "text", self)
        self.time = label("", "hint", self)
        words.addWidget(self.words)
        words.addWidget(self.time)
        self._row.addLayout(words, 1)
        extra = ((OPEN, self.tr("Choose…")), (OUT, self.tr("Leave out")))
        self.box = CategoryBox(theme, looks, shown, extra, self)
        self.box.set_tree(tree)
        self.box.activated.connect(self._on_activated)
        self._row.addWidget(self.box, 1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._row.setSpacing(self._theme.px(12))
        self.box.setIconSize(QSize(self._theme.px(20), self._theme.px(20)))

    def fit(self, narrow: bool) -> None:
        """The list below the label, or beside it."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else across)

    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.label, self.box.chosen())


class Labels(Card):
    """``mapped`` says that a choice was made, and the plan has to be made anew."""

    mapped = Signal()

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._looks = looks
        self._draft: Draft | None = None
        self._tree: Tree | None = None
        self._narrow = False
        self.set_title(self.tr("What the labels mean"))
        self.setAccessibleName(self.title_label.text())
        hint = self.tr("Your choice is remembered for the next import.")
        self.body.addWidget(label(hint, "hint", self, wrap=True))
        self.rows: list[LabelRow] = []
        self._list = QVBoxLayout()
        self.body.addLayout(self._list)
        self.more = KeyButton(theme, "", "more", "", "plain", self)
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.more)
        self.rest = QWidget(self)
        row = QHBoxLayout(self.rest)
        row.setContentsMargins(0, 0, 0, 0)
        self.rest_words = label("", "strong", self.rest, wrap=True)
        row.addWidget(self.rest_words, 1)
        extra = ((OPEN, self.tr("Choose…")), (OUT, self.tr("Leave out")))
        self.rest_box = CategoryBox(theme, looks, self.tr("All labels without a meaning"), extra, self.rest)
        self.rest_box.activated.connect(self._on_rest)
        row.addWidget(self.rest_box, 1)
        self.body.addWidget(self.rest)
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        self._list.setSpacing(self._theme.px(8))

    def fit(self, narrow: bool) -> None:
        """Lists below their labels where the room is little."""
        self._narrow = narrow
        for row in self.rows:
            row.fit(narrow)

    def show_draft(self, draft: Draft, tree: Tree) -> None:
        """Shows the labels of a draft with what they mean so far."""
        if draft is not self._draft or tree is not self._tree:
            for row in self.rows:
                self._list.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = []
            self._draft, self._tree = draft, tree
            self.rest_box.set_tree(tree)
        # What means nothing yet stands on top, so that it is seen; the order then holds while one chooses.
        if not self.rows:
            self._order = sorted(draft.labels, key=lambda name: name in draft.mapping)
            self._add(AT_ONCE)
        self._show_state()
        show_if(self, bool(draft.labels))

    def _add(self, count: int) -> None:
        assert self._draft is not None and self._tree is not None
        for name in self._order[len(self.rows) : len(self.rows) + count]:
            row = LabelRow(self._theme, self._looks, self._tree, name, self)
            row.time.setText(length_words(self._draft.labels[name]))
            row.fit(self._narrow)
            row.chosen.connect(self._on_chosen)
            self._list.addWidget(row)
            self.rows.append(row)
            row.show()

    def _show_state(self) -> None:
        assert self._draft is not None
        mapping = self._draft.mapping
        for row in self.rows:
            category = mapping.get(row.label, OPEN)
            row.box.choose(OUT if category is None else category)
        hidden = len(self._order) - len(self.rows)
        self.more.set_label(self.tr("%1 more").replace("%1", f"{hidden:,}"))
        show_if(self.more, hidden > 0)
        open_ = sum(name not in mapping for name in self._draft.labels)
        self.rest_words.setText(self.tr("All %1 that mean nothing yet").replace("%1", f"{open_:,}"))
        show_if(self.rest, open_ > 1)
        self.rest_box.choose(OPEN)

    def _on_more(self) -> None:
        at = len(self.rows)
        self._add(AT_ONCE)
        self._show_state()
        self.rows[at].box.setFocus()

    def _on_chosen(self, name: str, choice: str) -> None:
        if self._draft is not None:
            if choice == OPEN:
                self._draft.mapping.pop(name, None)
            else:
                self._draft.map(name, None if choice == OUT else choice)
            self._show_state()
            self.mapped.emit()

    def _on_rest(self, _index: int) -> None:
        choice = self.rest_box.chosen()
        if self._draft is not None and choice != OPEN:
            self._draft.map_rest(None if choice == OUT else choice)
            self._show_state()
            self.mapped.emit()
