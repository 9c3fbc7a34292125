"""The foot of an import: what is still to be done or what would be, and the button that writes it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from companion.ui.pages.time.import_draft import Draft
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if


class Foot(Card):
    """Who holds it connects ``write`` and ``show_day``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=16)
        self.state = label("", "", self, wrap=True)
        self.body.addWidget(self.state)
        box, self._flow = flow_widget(self, theme.px(8))
        self.write = KeyButton(theme, "", "check", "Ctrl+Enter", "primary", box)
        self.show_day = KeyButton(theme, self.tr("Show the first day"), "", "", "quiet", box)
        self._flow.addWidget(self.write)
        self._flow.addWidget(self.show_day)
        self.body.addWidget(box)

    def show_draft(self, draft: Draft | None, busy: bool, days: int, first_day: str) -> None:
        """A draft with entries in it that would change so many days, or None; ``first_day``: of what was written."""
        show_if(self, draft is not None or bool(first_day))
        show_if(self.write, draft is not None)
        show_if(self.show_day, bool(first_day))
        if draft is not None:
            count = draft.count
            words = self.tr("Import 1 entry") if count == 1 else self.tr("Import %1 entries")
            ready = draft.ready and not busy
            self.write.set_label(words.replace("%1", f"{count:,}") if ready else self.tr("Import"))
            self.write.setEnabled(ready)
            self.state.setText(self._told(draft, busy, days))
        show_if(self.state, bool(self.state.text()))

    def show_done(self, words: str) -> None:
        """What was written."""
        self.state.setText(words)

    def _told(self, draft: Draft, busy: bool, days: int) -> str:
        """What is still to be done, or what will be."""
        if busy:
            return self.tr("Reckoning…")
        if draft.too_much or draft.plan is None:
            return self.tr(
                "The file fills the same time over and over, so it cannot be taken in. Nothing was written."
            )
        if draft.damaged:
            return self.tr("Mend the file and choose it again, or say above that the rest is to be taken.")
        plan = draft.plan
        if plan.unmapped:
            n = len(plan.unmapped)
            return (
                self.tr("1 label has no meaning yet.")
                if n == 1
                else self._n("%1 labels have no meaning yet.", n)
            )
        if plan.undecided:
            n = plan.undecided
            return self.tr("1 overlap is open.") if n == 1 else self._n("%1 overlaps are open.", n)
        if not plan.change:
            return self.tr("There is nothing to write: all of it is there already, or left out.")
        words = self.tr("It changes 1 day.") if days == 1 else self._n("It changes %1 days.", days)
        return f"{words} {self.tr('It is one step, and can be taken back.')}"

    def _n(self, words: str, n: int) -> str:
        return self.tr(words).replace("%1", f"{n:,}")
