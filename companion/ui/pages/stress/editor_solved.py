"""What was found at the same kind of event before: a sentence, what was done, and what helped, to be read only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from companion.core.stress import Action, Solved
from companion.core.stress_words import Words
from companion.ui.pages.stress.editor_part import quiet
from companion.ui.pages.stress.told import told_day
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.readout import ReadOut
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line

_SHOWN, _LINES = 3, 3
"""Earlier solutions shown at once, the newest first; and lines on what was done the last time: before that, one."""
_DID, _WHAT = 110, 80
"""Characters of what was done that are shown, and of an action: the entry has the rest."""


class SolvedBox(QFrame):
    """ "You solved this once": each earlier time with its day. ``rows`` are the lines in it."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self.setProperty("kind", "notice-info")
        self._column = QVBoxLayout(self)
        title = label(
            words.texts.get("solved", "") or self.tr("You solved this once"), "strong", self, wrap=True
        )
        self._column.addWidget(title)
        self.setAccessibleName(title.text())
        self.rows: list[ReadOut] = []
        self._groups: list[QVBoxLayout] = []
        self._shown: tuple[Solved, ...] = ()
        self._column.addStretch(1)
        self.hide()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        edge = self._theme.px(14)
        self._column.setContentsMargins(edge, self._theme.px(12), edge, edge)
        self._column.setSpacing(self._theme.px(12))
        for group in self._groups:
            group.setSpacing(self._theme.px(4))

    def show_solved(self, solved: Sequence[Solved]) -> None:
        """Shows what was found before, the newest first; hidden while there is nothing."""
        wanted = tuple(sorted(solved, key=lambda one: one.at, reverse=True)[:_SHOWN])
        show_if(self, bool(wanted))
        if wanted == self._shown:
            return
        self._shown = wanted
        self._clear()
        for one in wanted:
            group = QVBoxLayout()
            self._column.insertLayout(self._column.count() - 1, group)
            self._groups.append(group)
            self._add(group, self._when(one))
            if one.balanced:
                self._add(group, one.balanced, "body", "text")
            for line in self._done(one)[: _LINES if one is wanted[0] else 1]:
                self._add(group, line)
        self._restyle()

    def _clear(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        for group in self._groups:
            self._column.removeItem(group)
            group.deleteLater()
        self.rows, self._groups = [], []

    def _add(self, group: QVBoxLayout, text: str, role: str = "small", token: str = "muted") -> None:
        row = quiet(self._theme, text, self, role, token)
        group.addWidget(row)
        self.rows.append(row)
        row.show()

    def _done(self, one: Solved) -> list[str]:
        """What was done, what helped most first."""
        said = self.tr("{action}, helped {n} of 10")
        lines = [
            said.replace("{n}", str(action.helped)).replace("{action}", told_done(action, self._words))
            for action in one.helped[:_LINES]
        ]
        if one.did:
            lines = lines[: _LINES - 1]
            lines.append(self.tr("What I did: {text}").replace("{text}", one_line(one.did, _DID)))
        return lines

    def _when(self, one: Solved) -> str:
        day = told_day(one.at, one.zone)
        if one.before is None or one.after is None:
            return day
        return f"{day} · {one.before} → {one.after}"


def told_done(action: Action, words: Words) -> str:
    """An action as something that was done: ``Breathed``, ``Took a break: tea``, or the user's own words."""
    translate = QCoreApplication.translate
    done = {
        "breathe": translate("stress", "Breathed"),
        "break": translate("stress", "Took a break"),
        "response": translate("stress", "Kept a sentence"),
        "talk": translate("stress", "Talked with someone"),
    }.get(action.kind, "")
    text = one_line(action.text, _WHAT)
    return ": ".join(part for part in (done, text) if part) or words.name(action.kind)
