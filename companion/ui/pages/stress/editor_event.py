"""What happened: the number before, the event in own words, its kind and, where wanted, the source of stress."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.core.stress import Entry
from companion.core.stress_words import Words
from companion.ui.pages.stress.editor_part import Part, items
from companion.ui.theme.theme import Theme
from companion.ui.widgets.checkrow import CheckRow
from companion.ui.widgets.choices import Choices, Item
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.private import PrivateEdit, PrivateField
from companion.ui.widgets.scale import Scale
from companion.ui.widgets.shown import show_if

_FOLDED = 8
"""Kinds of event shown before all of them are wanted."""


class EventPart(Part):
    """The actual event (abc.model). ``kind_changed`` tells that another kind of event was chosen."""

    kind_changed = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.heading.setText(self.tr("What happened"))
        texts = words.texts
        self.caption(self.tr("Stress when it happened"))
        self.before = Scale(
            theme,
            self.tr("Stress before"),
            self.card,
            texts.get("scale_low", ""),
            texts.get("scale_high", ""),
        )
        self.body.addWidget(self.before)
        self.line = PrivateField(theme, self.tr("In a line"), self.tr("Line of the check"), "", self.card)
        self.body.addWidget(self.line)
        placeholder = self.tr("What was said or done, as a camera would have seen it")
        self._caption = self.caption(self.tr("The event"))
        self.event_edit = PrivateEdit(theme, self.tr("Event"), placeholder, 2, 8, self.card)
        self.body.addWidget(self.event_edit)
        self._kind_caption = self.caption(self.tr("Kind of event"))
        self.kinds = Choices(theme, self.tr("Kind of event"), self.card)
        self.kinds.set_items(items(words.events), folded=_FOLDED)
        self.body.addWidget(self.kinds)
        self.more = KeyButton(theme, self.tr("Source of stress"), "plus", "", "plain", self.card)
        self.more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self.more)
        self._source_caption = self.caption(self.tr("Source of stress, where you see one"))
        self.sources = Choices(theme, self.tr("Source of stress"), self.card)
        self._shipped_sources = items(words.sources)
        self._own_sources: tuple[str, ...] = ()
        self.sources.set_items(self._shipped_sources)
        self.body.addWidget(self.sources)
        self.link = CheckRow(theme, "", "", self.card, quiet_when_checked=False)
        self.body.addWidget(self.link)
        self._call: tuple[str, str] = ("", "")
        self._brief = self._sources_shown = False
        self._connect()
        self._show_parts()

    def _connect(self) -> None:
        self.before.changed.connect(self.changed)
        self.line.edit.textChanged.connect(self.changed)
        self.event_edit.textChanged.connect(self.changed)
        self.kinds.toggled.connect(self._on_kind)
        self.sources.toggled.connect(self.changed)
        self.more.clicked.connect(self._on_more)
        self.link.clicked.connect(self.changed)

    def show_entry(self, entry: Entry) -> None:
        self.before.set_value(entry.before)
        self.line.edit.set_text(entry.line)
        self.event_edit.set_text(entry.event)
        self.kinds.set_chosen((entry.event_kind,) if entry.event_kind else ())
        self.sources.set_chosen((entry.source,) if entry.source else ())
        self._sources_shown = bool(entry.source)
        self._has_line = bool(entry.line)
        self._show_parts()

    _has_line = False

    def set_brief(self, brief: bool) -> None:
        """A check shows its number and its line alone."""
        self._brief = brief
        self._show_parts()

    def _show_parts(self) -> None:
        full = not self._brief
        show_if(self.line, self._brief or self._has_line)
        for widget in (self._caption, self.event_edit, self._kind_caption, self.kinds):
            show_if(widget, full)
        show_if(self.link, full and bool(self._call[0]))
        show_if(self.more, full and not self._sources_shown)
        for widget in (self._source_caption, self.sources):
            show_if(widget, full and self._sources_shown)

    def take(self, entry: Entry) -> Entry:
        kinds, sources = self.kinds.chosen(), self.sources.chosen()
        linked = self.link.isChecked()
        return entry._replace(
            before=self.before.value,
            line=self.line.edit.text(),
            event=self.event_edit.text(),
            event_kind=kinds[0] if kinds else "",
            source=sources[0] if sources else "",
            call_id=self._call[0] if linked else "",
            reason=self._call[1] if linked else "",
        )

    def offer_call(self, ident: str, when: str, reason: str, name: str, linked: bool) -> None:
        """Offers the link to a call; off until the user wants it. Without an id there is none to link to.

        ``when`` is the day and time of the call in words, ``reason`` its reason as kept, ``name`` as shown.
        """
        self._call = (ident, reason)
        words = (
            self.tr("Link it to the call of {when}").replace("{when}", when)
            if when
            else self.tr("Linked to a call")
        )
        self.link.set_text(f"{words} · {name}" if name else words)
        self.link.setChecked(linked)
        self._show_parts()

    def offer_sources(self, own: tuple[str, ...]) -> None:
        """Offers sources in the user's own words after the shipped ones; what is chosen stays chosen."""
        if own != self._own_sources:
            self._own_sources = own
            chosen = self.sources.chosen()
            self.sources.set_items([*self._shipped_sources, *(Item(name, name) for name in own)])
            self.sources.set_chosen(chosen)

    def first(self) -> QWidget:
        return self.before

    def _on_kind(self, _ident: str, _on: bool) -> None:
        chosen = self.kinds.chosen()
        self.kind_changed.emit(chosen[0] if chosen else "")
        self.changed.emit()

    def _on_more(self) -> None:
        self._sources_shown = True
        self._show_parts()
        self.sources.setFocus()
