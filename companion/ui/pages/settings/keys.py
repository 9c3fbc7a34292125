"""The section of keys: every command with its key, each to be changed, each change to be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.ui.keys import COMMANDS, Keys, normal, shown, told, why_not
from companion.ui.pages.settings.keylist import KeyList
from companion.ui.pages.settings.parts import Keeper, Section
from companion.ui.theme.theme import Theme
from companion.ui.widgets.keybutton import KeyButton

_NAMES = {command.id: command for command in COMMANDS}


class KeysSection(Section):
    """A key that another command has is taken from it; ``undoable`` says so and carries how to undo it."""

    undoable = Signal(str, object)
    refused = Signal(str)
    settled = Signal()
    """A key was changed and there is nothing to tell."""

    def __init__(
        self, desk: Desk, theme: Theme, keeper: Keeper, keys: Keys, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("Keys"))
        self.setAccessibleName(self.title_label.text())
        self._desk, self._keys = desk, keys
        self.body.addWidget(
            self.hint(
                self.tr(
                    "Press Return on a row, then the new key. Backspace takes a key away, Esc leaves it as it is. "
                    "Letters work while no text field has the focus. Digits always tick the row that bears them."
                )
            )
        )
        self.list = KeyList(theme, keys, self)
        self.body.addWidget(self.list)
        self.list.chosen.connect(self._on_chosen)
        self.first_button = KeyButton(theme, self.tr("Back to the first keys"), "undo", "", "quiet", self)
        self.first_button.clicked.connect(self._on_first)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.first_button, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        if not self.keeper.waits("keys"):
            self._keys.set_changed(self._desk.prefs.keys)
        self._show()

    def _show(self) -> None:
        self.list.refresh()
        self.first_button.setEnabled(bool(self._keys.changed))

    def _take_over(self, changed: dict[str, str]) -> None:
        self._keys.set_changed(changed)
        self.keeper.keep("keys", changed)
        self._show()

    def _on_chosen(self, command: str, key: str) -> None:
        row = self.list.row(command)
        wanted = normal(key)
        if key and (reason := why_not(wanted)):
            self.refused.emit(reason)  # the row goes on waiting for another key
            return
        row.let_go()
        if wanted == self._keys.key(command):
            self.settled.emit()
            return
        before, owner = self._keys.changed, self._keys.owner(wanted) if wanted else ""
        self._take_over(self._keys.given(command, wanted))
        if owner:
            self._tell(self._taken(wanted, owner), before)
        elif not wanted:
            self._tell(self.tr("“%1” has no key now.").replace("%1", told(_NAMES[command])), before)
        else:
            self.settled.emit()

    def _taken(self, key: str, owner: str) -> str:
        """What taking a key did to the command that had it."""
        left = self._keys.key(owner)
        text = (
            self.tr("%1 was the key for “%2”, which has %3 now.")
            if left
            else self.tr("%1 was the key for “%2”, which has no key now.")
        )
        return text.replace("%3", shown(left)).replace("%2", told(_NAMES[owner])).replace("%1", shown(key))

    def _on_first(self) -> None:
        before = self._keys.changed
        self._take_over({})
        self._tell(self.tr("All commands have their first keys again."), before)

    def _tell(self, text: str, before: dict[str, str]) -> None:
        def undo() -> None:
            self._take_over(before)

        self.undoable.emit(text, undo)
