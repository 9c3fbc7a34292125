"""What next: actions that do something now, and the list of those decided on (abc.prevent, abc.selfcare)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.clock import moment, stamp
from companion.core.stress import ACTIONS, Action, Entry, new_action
from companion.core.stress_words import Words
from companion.desk import Desk
from companion.storage.breaks import Break
from companion.storage.errors import StoreError
from companion.ui import motion
from companion.ui.pages.stress.action_forms import ActionForm, form_for
from companion.ui.pages.stress.action_undo import Gone
from companion.ui.pages.stress.editor_part import Part, quiet
from companion.ui.pages.stress.told import told_day, told_moment
from companion.ui.theme.theme import Theme
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.unfold import unfold

_ICONS = {"breathe": "stress", "break": "clock", "response": "message", "talk": "call", "other": "edit"}
OFFERED = ("breathe", "break", "response", "talk", "other")
"""Kinds with a button of their own; escalating and reporting come from the other way out."""


class ActionRow(QWidget):
    """One action that was decided on."""

    remove_requested = Signal(str)

    def __init__(self, theme: Theme, ident: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.ident = theme, ident
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.told = quiet(theme, text, self, "body", "text")
        self._words = QVBoxLayout()
        self._words.addWidget(self.told)
        self._words.addStretch(1)
        self._row.addLayout(self._words, 1)
        self.remove = KeyButton(theme, "", "close", "", "plain", self)
        self.remove.setAccessibleName(self.tr("Take this action away"))
        self.remove.clicked.connect(self._on_remove)
        self._row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        # The words stand at the height of the button's icon.
        self._words.setContentsMargins(0, self._theme.px(8), 0, 0)

    def _on_remove(self) -> None:
        self.remove_requested.emit(self.ident)


class ActionsPart(Part):
    """``breathe_requested`` starts breathing; what goes elsewhere (a break, a sentence) is put there at once.
    ``taken_away`` carries what is needed to bring an action back."""

    breathe_requested = Signal()
    drafted = Signal()
    told = Signal(str)
    taken_away = Signal(object)

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._desk, self._words = desk, words
        self._actions: tuple[Action, ...] = ()
        self._half: dict[str, dict[str, str]] = {}  # what is half typed in forms, of this entry
        self.heading.setText(self.tr("What next"))
        self.note(self.tr("One small thing that does something. Later you are asked once whether it helped."))
        self._list = QVBoxLayout()
        self.rows: list[ActionRow] = []
        self.body.addLayout(self._list)
        box, self._flow = flow_widget(self.card, 8)
        self.buttons: dict[str, KeyButton] = {}
        names = {
            "breathe": self.tr("Breathe now"),
            "break": self.tr("A break in my day"),
            "response": self.tr("Keep a sentence for upset callers"),
            "talk": self.tr("Talk with someone"),
            "other": self.tr("Something else"),
        }
        for kind in OFFERED:
            button = KeyButton(theme, names[kind], _ICONS[kind], "", "quiet", box)
            button.setObjectName(kind)
            button.clicked.connect(self._on_kind)
            self._flow.addWidget(button)
            self.buttons[kind] = button
        self.body.addWidget(box)
        self.form: ActionForm | None = None
        self._restyle_rows()
        theme.changed.connect(self._restyle_rows)

    def _restyle_rows(self) -> None:
        self._list.setSpacing(self.theme.px(4))
        self._flow.setSpacing(self.theme.px(8))

    def show_entry(self, entry: Entry) -> None:
        self._close_form()
        self._half.clear()
        self._set(entry.actions)

    def take(self, entry: Entry) -> Entry:
        return entry._replace(actions=self._actions)

    def first(self) -> QWidget:
        return self.buttons["breathe"]

    def follow_exit(self, ident: str) -> None:
        """The other way out was taken: what it leads to is made, or asked for with its words."""
        found = next((one for one in self._words.exits if one.id == ident), None)
        if found is not None:
            asks = found.action in ("break", "response", "talk")
            self.start(found.action, "" if asks else found.name)

    def start(self, kind: str, text: str = "") -> None:
        """Begins an action: breathing starts at once, all others ask first what is needed."""
        if kind == "breathe":
            self._keep(new_action(kind, self._now()))
            self.breathe_requested.emit()
            return
        if self.form is not None and any(self.form.typed().values()):
            self._half[self.form.kind] = self.form.typed()  # not gone for looking at another
        self._close_form()
        still = motion.reduced(self._desk.prefs.reduced_motion)
        self.form = form_for(kind, self.theme, self._desk.clock.local(), still, self.card)
        if text:
            self.form.set_text(text)
        elif kind in self._half:
            self.form.retype(self._half[kind])
        self.form.edited.connect(self.drafted)
        self.form.kept.connect(self._on_form_kept)
        self.form.dismissed.connect(self._on_form_left)
        self.body.addWidget(self.form)
        self.form.show()
        unfold(self.form, self.theme, still)
        self.form.setFocus()

    def draft(self) -> dict[str, Any]:
        """What is half typed for an action, to be remembered with the place; empty where nothing is."""
        typed = self.form.typed() if self.form is not None else {}
        return (
            {"form": self.form.kind, "typed": typed} if self.form is not None and any(typed.values()) else {}
        )

    def restore(self, place: Mapping[str, Any]) -> None:
        """Opens the form again that a ``draft`` remembers."""
        kind, typed = place.get("form"), place.get("typed")
        if kind in ACTIONS and isinstance(typed, dict):
            self.start(kind)
            if self.form is not None:
                self.form.retype(typed)

    def escape(self) -> bool:
        """Esc closes what asks for an action; False when nothing does."""
        if self.form is None:
            return False
        self._on_form_left()
        return True

    # -- within
    def _now(self) -> str:
        return stamp(self._desk.clock.now())

    def _on_kind(self) -> None:
        self.start(self.sender().objectName())

    def _on_form_left(self) -> None:
        kind = self.form.kind if self.form is not None else ""
        self._leave_form()
        self.buttons.get(kind, self.buttons["breathe"]).setFocus()

    def _close_form(self) -> None:
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _leave_form(self) -> None:
        """The form is done with: what was typed in it is wanted no more."""
        if self.form is not None:
            self._half.pop(self.form.kind, None)
        self._close_form()

    def _on_form_kept(self, text: str, due: object, minutes: int) -> None:
        form = self.form
        if form is None:
            return
        at = stamp(due) if isinstance(due, datetime) else ""
        try:
            if form.kind == "break":
                self._desk.breaks.add(at, self._desk.clock.zone(), minutes, self._now())
                self.told.emit(self.tr("The break stands in your day."))
            elif form.kind == "response":
                self._desk.responses.add(text, self._now())
                self.told.emit(self.tr("Kept for upset callers, outside the journal."))
        except StoreError as error:
            form.say(self.tr("Not kept: ") + str(error))
            return
        self._keep(new_action(form.kind, self._now(), text, at))
        self._on_form_left()

    def _keep(self, action: Action) -> None:
        self._set((*self._actions, action))
        self.changed.emit()

    def _on_remove(self, ident: str) -> None:
        gone = next((one for one in self._actions if one.id == ident), None)
        if gone is None:
            return
        try:
            breaks = self._take_break_away(gone) if gone.kind == "break" else []
        except StoreError as error:
            self.told.emit(self.tr("Not taken away: ") + str(error))
            return
        at = self._actions.index(gone)
        self._set(tuple(one for one in self._actions if one.id != ident))
        self.changed.emit()
        self.buttons["breathe"].setFocus()
        self.taken_away.emit(Gone(at, gone, breaks))

    def _take_break_away(self, action: Action) -> list[Break]:
        """The break goes out of the day with the action, while it has not begun. Raises StoreError."""
        if not action.due or action.due <= self._now():
            return []
        end = stamp(moment(action.due).replace(microsecond=999_000))
        found = self._desk.breaks.between(action.due, end)
        return [one for one in found if self._desk.breaks.remove(one.id) is not None]

    def _set(self, actions: tuple[Action, ...]) -> None:
        if [row.ident for row in self.rows] != [one.id for one in actions] or actions != self._actions:
            for row in self.rows:
                self._list.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = []
            for one in actions:
                row = ActionRow(self.theme, one.id, told_action(one, self._words, self._desk), self.card)
                row.remove_requested.connect(self._on_remove)
                self._list.addWidget(row)
                row.show()
                self.rows.append(row)
        self._actions = actions


def told_action(action: Action, words: Words, desk: Desk) -> str:
    """An action in words: what, when, and whether it helped."""
    zone, now = desk.clock.zone(), desk.clock.local()
    parts = [words.name(action.kind)]
    if action.text:
        parts = [action.text] if action.kind in ("other", "escalate", "report") else [*parts, action.text]
    if action.due:
        day = action.kind == "talk"  # planned for a day, not for a time
        parts.append(told_day(action.due, zone, now.date()) if day else told_moment(action.due, zone, now))
    elif action.kind == "breathe" and action.made_at:
        parts.append(told_moment(action.made_at, zone, now))
    if action.helped is not None:
        parts.append(f"helped {action.helped} of 10")
    return " · ".join(parts)
