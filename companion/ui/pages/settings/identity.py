"""Who is speaking: the names in the greeting, with the greeting as callers will hear it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from companion.core.fields import fill
from companion.desk import Desk
from companion.ui.pages.settings.parts import Keeper, Section
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.fields import LineField
from companion.ui.widgets.readout import Mark, ReadOut

_SAID = ("salutation", "identification", "offer")
_LONGEST = 160
"""Characters of a name that the preview shows."""


class Identity(Section):
    """Name and company, and the greeting with both filled in."""

    def __init__(self, desk: Desk, theme: Theme, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("You and your company"))
        self.setAccessibleName(self.title_label.text())
        self._desk = desk
        self.agent = LineField(
            theme, self.tr("Your name"), placeholder=self.tr("As you say it on the phone"), parent=self
        )
        self.company = LineField(theme, self.tr("Company"), parent=self)
        self.preview = ReadOut(theme, self.tr("Greeting, as callers hear it"), "lead", self)
        for field, key in ((self.agent, "agent"), (self.company, "company")):
            self.body.addWidget(field)
            self._tie_field(field, key)
            field.edit.textChanged.connect(self._show_preview)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(label(self.tr("Your greeting"), "hint", self))
        self.body.addWidget(self.preview)

    def _tie_field(self, field: LineField, key: str) -> None:
        def write() -> None:
            self.keeper.keep(key, field.edit.text())

        def show() -> None:
            wanted = self._desk.prefs.agent if key == "agent" else self._desk.prefs.company
            if not self.keeper.waits(key) and field.edit.text() != wanted:
                field.edit.setText(wanted)
                field.edit.setCursorPosition(0)

        self.tie(field.edit, field.edit.textChanged, write, show)

    def refresh(self) -> None:
        super().refresh()
        self._show_preview()

    def _show_preview(self) -> None:
        """The greeting by the present time of day, with what stands in the fields; what is missing is a visible gap."""
        prompts = self._desk.playbook.guide("greeting").prompts
        script = " ".join(line.say for group in _SAID for line in prompts if line.group == group and line.say)
        now = self._desk.clock.local()
        values = {
            "salutation": self._desk.playbook.salutation(now.hour, now.minute),
            "agent": self.agent.edit.text()[:_LONGEST],
            "company": self.company.edit.text()[:_LONGEST],
        }
        filled = fill(script, values)
        marks, at = [], 0
        for part in filled.parts:
            if part.gap:
                marks.append(Mark(at, len(part.text)))
            at += len(part.text)
        self.preview.set_text(filled.plain, marks)
