"""What I felt and did: feelings by chip or in own words, each with its strength, and what was done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from companion.core.stress import Entry, Feeling
from companion.core.stress_words import Words
from companion.ui.pages.stress.check import feeling_id
from companion.ui.pages.stress.editor_part import Part, items
from companion.ui.theme.theme import Theme
from companion.ui.widgets.chain import chain
from companion.ui.widgets.choices import Choices
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.private import PrivateEdit, PrivateLine
from companion.ui.widgets.scale import Scale
from companion.ui.widgets.shown import show_if

_BESIDE = 560
"""Pixels at 100 % from which a feeling stands beside its strength."""


class _Name(ElideLabel):
    """Cut short where there is no room, and told nowhere else: a tool tip of it would be a window of its own."""

    def _tell(self) -> None:
        pass


class _Strength(QWidget):
    """One feeling with its scale."""

    changed = Signal()

    def __init__(self, theme: Theme, ident: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.ident = theme, ident
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.name_label = _Name(theme, name, "body", "text", self)
        self.scale = Scale(theme, self.tr("Strength: ") + self.name_label.text(), self)
        self._row.addWidget(self.name_label, 0)
        self._row.addWidget(self.scale, 1)
        self.scale.changed.connect(self.changed)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._row.setSpacing(self._theme.px(8))
        if self._row.direction() == QBoxLayout.Direction.LeftToRight:
            self.name_label.setFixedWidth(self._theme.px(150))

    def fit(self, width: int) -> None:
        """Name above the scale where both do not fit side by side."""
        beside = width >= self._theme.px(_BESIDE)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across if beside else down)
        self._row.setSpacing(self._theme.px(8 if beside else 2))
        self.name_label.setMinimumWidth(self._theme.px(150) if beside else 1)
        self.name_label.setMaximumWidth(self._theme.px(150) if beside else 1 << 20)


class FeelingPart(Part):
    """The consequences (abc.model). ``feelings_changed`` tells that another feeling was chosen or taken back."""

    feelings_changed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._words = words
        self.heading.setText(self.tr("What I felt and did"))
        self.chips = Choices(theme, self.tr("Kinds of feeling"), self.card, several=True)
        self.chips.set_items(items(words.feelings))
        self.body.addWidget(self.chips)
        self.why = self.note()
        placeholder = self.tr("Type a feeling and press Enter: one of these, or a word of your own")
        self.own = PrivateLine(theme, self.tr("Feelings"), placeholder, self.card)
        self.own.installEventFilter(self)
        self.body.addWidget(self.own)
        self._strengths_caption = self.caption(self.tr("How strong, 0 to 10"))
        self._rows = QVBoxLayout()
        self.strengths: list[_Strength] = []
        self.body.addLayout(self._rows)
        self._did_caption = self.caption(self.tr("What I did"))
        self.did = PrivateEdit(
            theme, self.tr("What I did"), self.tr("What I said or did then, and afterwards"), 2, 8, self.card
        )
        self.body.addWidget(self.did)
        self._width = 1 << 20
        self.chips.toggled.connect(self._on_toggled)
        self.own.textChanged.connect(self.changed)
        self.own.entered.connect(self.take_typed)
        self.did.textChanged.connect(self.changed)
        show_if(self.why, False)
        show_if(self._strengths_caption, False)
        self._restyle_rows()
        theme.changed.connect(self._restyle_rows)

    def _restyle_rows(self) -> None:
        self._rows.setSpacing(self.theme.px(2))

    def fit(self, width: int) -> None:
        self._width = width
        for row in self.strengths:
            row.fit(width)

    def show_entry(self, entry: Entry) -> None:
        self.own.set_text("")
        self._set_rows(entry.feelings)
        self.chips.set_chosen([one.name for one in entry.feelings])
        self.did.set_text(entry.did)

    def set_brief(self, brief: bool) -> None:
        """A check asks for no more than the feelings."""
        for widget in (self._did_caption, self.did):
            show_if(widget, not brief)
        self.heading.setText(self.tr("What I felt") if brief else self.tr("What I felt and did"))

    def take(self, entry: Entry) -> Entry:
        """With the word that is still being typed as a feeling too: nothing typed is lost."""
        found = list(self.feelings())
        typed = feeling_id(self._words, self.own.text())
        if typed and typed not in {one.name for one in found}:
            found.append(Feeling(typed))
        return entry._replace(feelings=tuple(found), did=self.did.text())

    def feelings(self) -> tuple[Feeling, ...]:
        """What is chosen, in the order of the screen."""
        return tuple(Feeling(row.ident, row.scale.value) for row in self.strengths)

    def first(self) -> QWidget:
        return self.chips

    def mark_for(self, belief: str) -> None:
        """Marks the feelings that a kind of belief often goes with; chooses nothing (abc.links)."""
        linked = self._words.feelings_of(belief) if belief else ()
        name = self._words.name(belief)
        why = self.tr("often goes with {belief}").replace("{belief}", name)
        self.chips.set_marks({one.id: why for one in linked})
        names = " · ".join(one.name for one in linked)
        told = self.tr("“{belief}” often goes with: {feelings}")
        self.why.set_text(told.replace("{belief}", name).replace("{feelings}", names) if linked else "")
        show_if(self.why, bool(linked))

    def take_typed(self) -> None:
        """What is typed becomes a feeling: a shipped one by its name, or a word of the user's own."""
        typed = feeling_id(self._words, self.own.text())
        self.own.set_text("")
        if typed and typed not in {row.ident for row in self.strengths}:
            self._set_rows((*self.feelings(), Feeling(typed)))
            self.chips.set_chosen([row.ident for row in self.strengths])
            self.feelings_changed.emit()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.own and event.type() == QEvent.Type.FocusOut and self.own.text().strip():
            self.take_typed()
        return False

    def _on_toggled(self, ident: str, on: bool) -> None:
        kept = tuple(one for one in self.feelings() if one.name != ident)
        self._set_rows((*kept, Feeling(ident)) if on else kept)
        if not on:
            self.chips.set_chosen([row.ident for row in self.strengths])
        self.feelings_changed.emit()
        self.changed.emit()

    def _set_rows(self, feelings: Sequence[Feeling]) -> None:
        wanted = [one.name for one in feelings]
        for row in [row for row in self.strengths if row.ident not in wanted]:
            self.strengths.remove(row)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        known = {row.ident: row for row in self.strengths}
        for one in feelings:
            if one.name not in known:
                row = _Strength(self.theme, one.name, self._words.name(one.name), self.card)
                row.fit(self._width)
                row.changed.connect(self.changed)
                self._rows.addWidget(row)
                self.strengths.append(row)
                known[one.name] = row
                row.show()
            known[one.name].scale.set_value(one.strength)
        show_if(self._strengths_caption, bool(self.strengths))
        chain(self.own, *(row.scale for row in self.strengths), self.did)
