"""The guide that leads now: its panel, the fields and words of its own that stand in it, and leafing through it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from companion.core.calls import Call, State
from companion.core.playbook import Guide
from companion.desk import Desk
from companion.ui.actions import CallActions
from companion.ui.drafts import Drafts
from companion.ui.keys import Keys, shown
from companion.ui.pages.call import present
from companion.ui.pages.call.detours import Brief, EmpathyLine
from companion.ui.pages.call.fields import FieldList
from companion.ui.pages.call.guide import GuidePanel
from companion.ui.pages.call.ownwords import OwnWords
from companion.ui.pages.call.present import View
from companion.ui.theme.theme import Theme
from companion.ui.widgets.chain import chain
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if


class Lead(QObject):
    """Fills the panel from the call. ``leafed`` tells that the user turned to something else, which is to be shown."""

    leafed = Signal()
    copied = Signal(str)

    def __init__(
        self, desk: Desk, theme: Theme, actions: CallActions, drafts: Drafts, home: QWidget, inner: QWidget
    ) -> None:
        """``home`` takes the keyboard from a field that goes, ``inner`` holds the panel."""
        super().__init__(home)
        self._desk, self._theme, self._actions, self._drafts = desk, theme, actions, drafts
        self._home = home
        self._keys = Keys()
        self._key = ""
        self.view = View()
        self.values: Mapping[str, str | None] = {}
        """What the gaps of the playbook's lines are filled with, as of the last ``show``."""
        self.field_lists: dict[str, FieldList] = {}
        self._advice = (0, False)
        self._build(inner)

    def _build(self, inner: QWidget) -> None:
        panel = self.panel = GuidePanel(self._theme, inner)
        panel.row_toggled.connect(self._on_row)
        panel.line_requested.connect(self.next_line)
        panel.page_requested.connect(self.next_rows)
        panel.group_requested.connect(self._on_group)
        panel.card_requested.connect(self._on_card)
        panel.next_card_requested.connect(self.next_card)
        panel.leave_requested.connect(self.leave)
        self._field_box = QVBoxLayout()
        self.empathy = EmpathyLine(self._theme, self._drafts, panel)
        self.brief = Brief(self._theme, self._drafts, panel)
        self.brief.copy_requested.connect(self.copy_brief)
        self.brief.anew_requested.connect(self._on_brief_anew)
        self.fill_in = KeyButton(self._theme, self.tr("Fill in"), "edit", "", "plain", panel)
        row = QHBoxLayout()
        row.addWidget(self.fill_in)
        row.addStretch(1)
        panel.extra.addLayout(row)
        panel.extra.addWidget(self.empathy)
        self.own_words = OwnWords(self._desk, self._theme, panel)
        self.own_words.copied.connect(self.copied)
        panel.extra.addWidget(self.own_words)
        panel.extra.addLayout(self._field_box)
        panel.extra.addWidget(self.brief)
        self.empathy.hide()
        self.brief.hide()
        chain(panel.other, self.fill_in, self.empathy.emotion, self.empathy.source, panel.more)

    def show_keys(self, keys: Keys) -> None:
        """The keys on the buttons."""
        self._keys = keys
        self.fill_in.set_key_hint(shown(keys.key("go_field")))

    def inside_out(self) -> tuple[QWidget, ...]:
        """The containers of the panel, each before the one it stands in."""
        extra = (*self.field_lists.values(), self.empathy, self.own_words, self.brief)
        return (*extra, *self.panel.inside_out())

    # -- showing
    def begin(self) -> None:
        """Another guide or call: back to the first line, the first rows, no card."""
        self.view = View()

    def show(self, call: Call, key: str) -> None:
        """Shows the guide of this key as the call stands."""
        self._key = key
        playbook = self._desk.playbook
        guide = self._guide(key)
        confirm = None
        if key == "open" and call.passed_t is not None and not call.upset:
            confirm = next(iter(playbook.guide("closed").prompts), None)
        t = self._desk.board.lines.time_of(call.id)
        level = present.hold_level(call.hold_now(t), self._desk.prefs.nudges)
        if (level, confirm is not None) != self._advice:
            self._advice = (level, confirm is not None)
            # What is urgent now comes first, wherever one had leafed.
            self.view = present.leafed(self.view, line=0)
        self.values = self._desk.fields(call)
        face = present.guide_face(guide, call, self.values, self.view, confirm, level)
        if confirm is not None and face.line == 0:
            face = present.time_to_confirm(face, self.tr("The 75 % mark is passed: time to confirm."))
        self.panel.show_face(face, shown(self._keys.key("line")), bool(call.detour), self._rows_title(key))
        self._show_fields(guide if face.card is None else None)
        upset = key == "upset" and face.card is None
        show_if(self.empathy, upset)
        self.own_words.show_if(upset)
        if key == "upset":
            extras = guide.extras
            self.empathy.set_words(
                extras.get("patterns", ()), extras.get("emotions", ()), extras.get("sources", ())
            )
        show_if(self.brief, key == "transfer" and face.card is None)

    def show_typed(self, call: Call) -> None:
        """What is made from the fields, once those hold what the call has."""
        if self._key in self.field_lists:
            self.field_lists[self._key].refresh()
        self.empathy.refresh()
        if self._key == "transfer":
            self.brief.show_brief(call.id, call.text("brief"), self._actions.brief(call))

    def _guide(self, key: str) -> Guide:
        """The guide with all the cards that belong to it."""
        playbook = self._desk.playbook
        return present.with_cards(playbook.guide(key), playbook.guide("cards").cards)

    def _show_fields(self, guide: Guide | None) -> None:
        """The fields of a guide, made when it is first shown and kept for the next time."""
        if guide is not None and guide.fields and guide.key not in self.field_lists:
            made = FieldList(self._theme, self._drafts, self._actions.read_back, guide.fields, self.panel)
            self.field_lists[guide.key] = made
            self._field_box.addWidget(made)
            chain(self.fill_in, *(line.edit for line in made.edits.values()), self.panel.more)
        for key, fields in self.field_lists.items():
            wanted = guide is not None and key == guide.key
            if not wanted and fields.isAncestorOf(self._home.focusWidget()):
                self._home.setFocus(
                    Qt.FocusReason.OtherFocusReason
                )  # or the next field would get the next keys
            show_if(fields, wanted)
        show_if(self.fill_in, guide is not None and (bool(guide.fields) or guide.key == "upset"))

    def _rows_title(self, key: str) -> str:
        return self.tr("Ask next") if key in (str(State.OPEN), str(State.CLOSED)) else self.tr("Steps")

    def first_field(self) -> QLineEdit | None:
        """The first empty field of the guide, its first one where all are filled, None when it asks for none."""
        fields = self.field_lists.get(self._key)
        edits = [line.edit for line in fields.edits.values()] if fields and not fields.isHidden() else []
        if not self.empathy.isHidden():
            edits += self.empathy.edits()
        return next((one for one in edits if not one.text().strip()), edits[0] if edits else None)

    # -- leafing
    def next_line(self) -> bool:
        """Another line to say; False when there is no other."""
        self._look(line=self.view.line + 1, card=-1)
        return self.panel.other.isVisibleTo(self.panel)

    def next_rows(self) -> None:
        """The next rows of the list."""
        self._look(page=self.view.page + 1)

    def next_card(self) -> bool:
        """The next card of this part of the call; after the last one, none. False when it has no cards."""
        guide = self._guide(self._key)
        at = self.view.card + 1
        self._look(card=at if at < len(guide.cards) else -1)
        return bool(guide.cards)

    def leave(self) -> bool:
        """Leaves a card or a detour; False when there is neither."""
        call = self._desk.board.active
        if self.view.card >= 0:
            self._look(card=-1)
            return True
        if call and call.detour:
            self._actions.attempt(lambda: self._desk.board.detour(""))
            return True
        return False

    def _look(self, **changes: object) -> None:
        self.view = present.leafed(self.view, **changes)
        self.leafed.emit()

    # -- wishes
    def _on_group(self, group: str) -> None:
        self._look(group=group, line=0, page=0, card=-1)

    def _on_card(self, index: int) -> None:
        self._look(card=-1 if index == self.view.card else index)

    def _on_row(self, row_id: str, on: bool) -> None:
        row = self.panel.row(row_id)
        if row is None:
            return
        if row.what == "step":
            self._actions.attempt(lambda: self._desk.board.step(row_id, on))
        else:
            self._actions.attempt(lambda: self._desk.board.ask(row.what, row_id, row.text, on))

    def copy_brief(self) -> None:
        """Hands up the brief as it stands."""
        self.copied.emit(self.brief.edit.toPlainText())

    def _on_brief_anew(self) -> None:
        call = self._desk.board.active
        if call:
            self._actions.attempt(lambda: self._desk.board.write_text(call.id, "brief", ""))
