"""The file of an import: choosing it, what was recognised in it, what it asks, and what is wrong with it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from companion.core.days import Calendar
from companion.core.time_formats.found import ORDER, PERSON, Problem
from companion.core.time_formats.read import KINDS
from companion.ui.pages.time.import_draft import Draft
from companion.ui.pages.time.import_table import Table, TableModel, TableView
from companion.ui.pages.time.periods import short
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line

MOST_PEOPLE = 40


class FileCard(Card):
    """``choose_requested``: another file. ``answered`` carries what the file asked and the answer; ``rest_taken``
    whether what is whole is to be taken though a part of the file is damaged."""

    choose_requested = Signal()
    answered = Signal(str, str)
    rest_taken = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self.set_title(self.tr("File"))
        self.setAccessibleName(self.title_label.text())
        self.name = label("", "strong", self, wrap=True)
        self.body.addWidget(self.name)
        self.what = label("", "", self, wrap=True)
        self.body.addWidget(self.what)
        self.notes = label("", "hint", self, wrap=True)
        self.body.addWidget(self.notes)
        self.choose = KeyButton(theme, self.tr("Choose a file…"), "", "O", "primary", self)
        self.choose.clicked.connect(self.choose_requested)
        self.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.question = label("", "strong", self, wrap=True)
        self.body.addWidget(self.question)
        self.answers, self._answers_flow = flow_widget(self, theme.px(6))
        self.answer_buttons: list[KeyButton] = []
        self.body.addWidget(self.answers)
        self.wrong = label("", "error", self, wrap=True)
        self.body.addWidget(self.wrong)
        self._model = TableModel(self)
        self.problems = TableView(theme, self.tr("What is wrong"), self)
        self.problems.setModel(self._model)
        self.body.addWidget(self.problems)
        self.rest = QCheckBox("", self)
        self.rest.toggled.connect(self.rest_taken)
        self.body.addWidget(self.rest)
        self.show_nothing()

    def show_nothing(self, why: str = "") -> None:
        """No file yet, or one that could not be read at all (``why``)."""
        self.name.setText("")
        kinds = ", ".join(KINDS.values())
        self.what.setText(self.tr("These can be read: %1.").replace("%1", kinds))
        self.notes.setText(self.tr("Nothing is written before you have seen and decided all of it."))
        self.choose.set_label(self.tr("Choose a file…"))
        self.choose.set_kind("primary")
        self.wrong.setText(one_line(why, 600))
        show_if(self.name, False)
        show_if(self.wrong, bool(why))
        for part in (self.question, self.answers, self.problems, self.rest):
            show_if(part, False)

    def show_reading(self, name: str) -> None:
        """A file is being read."""
        self.show_nothing()
        self.name.setText(one_line(name, 300))
        show_if(self.name, True)
        self.what.setText(self.tr("Reading…"))

    def show_draft(self, name: str, draft: Draft, calendar: Calendar) -> None:
        """What was found in a file."""
        reading = draft.reading
        self.name.setText(one_line(name, 300))
        show_if(self.name, True)
        self.choose.set_label(self.tr("Another file…"))
        self.choose.set_kind("quiet")
        self.what.setText(self._told(draft, calendar))
        show_if(self.what, bool(self.what.text()))
        self.notes.setText(" ".join(reading.notes))
        show_if(self.notes, bool(reading.notes))
        self._ask(draft)
        self._show_problems(draft)

    def _told(self, draft: Draft, calendar: Calendar) -> str:
        found = draft.reading.found
        if not found:
            return draft.kind
        first = calendar.of(min(one.start for one in found)).date
        last = calendar.of(max(one.end for one in found) - 1).date
        entries = (
            self.tr("1 entry") if len(found) == 1 else self.tr("%1 entries").replace("%1", f"{len(found):,}")
        )
        return f"{draft.kind} · {entries} · {dates(first, last)}"

    def _ask(self, draft: Draft) -> None:
        asks = draft.reading.asks
        for button in self.answer_buttons:
            self._answers_flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.answer_buttons = []
        offers: list[tuple[str, str]] = []
        if asks == ORDER:
            self.question.setText(self.tr("Which comes first in its dates?"))
            offers = [
                ("day", self.tr("The day: 3/11 is 3 November")),
                ("month", self.tr("The month: 3/11 is 11 March")),
            ]
        elif asks == PERSON:
            self.question.setText(self.tr("It holds the time of several people. Whose is to be taken?"))
            offers = [(name, name) for name in draft.reading.people[:MOST_PEOPLE]]
        for answer, words in offers:
            button = KeyButton(self._theme, words, "", "", "quiet", self.answers)
            button.setProperty("answer", answer)
            button.clicked.connect(self._on_answer)
            self._answers_flow.addWidget(button)
            self.answer_buttons.append(button)
            button.show()
        show_if(self.question, bool(offers))
        show_if(self.answers, bool(offers))

    def _on_answer(self) -> None:
        self.answered.emit("", str(self.sender().property("answer")))

    def _show_problems(self, draft: Draft) -> None:
        reading = draft.reading
        found = () if reading.asks else reading.problems
        lost = sum(one.lost for one in found)
        words = ""
        if found and not reading.found:
            words = self.tr("Nothing can be taken from this file, and nothing was written.")
        elif lost:
            words = self.tr("Not all of it can be taken: %1 of its parts cannot. Nothing was written.")
            words = words.replace("%1", f"{lost:,}")
        self.wrong.setText(words)
        show_if(self.wrong, bool(words))
        heads = (self.tr("Line"), self.tr("What"), self.tr("How to mend it"))
        self._model.show_table(Table(heads, len(found), lambda row, column: _cell(found[row], column)))
        self.problems.fit_columns()
        show_if(self.problems, bool(found))
        count = len(reading.found)
        whole = (
            self.tr("Take the entry that is whole")
            if count == 1
            else self.tr("Take the %1 entries that are whole")
        )
        self.rest.setText(whole.replace("%1", f"{count:,}"))
        self.rest.setAccessibleName(self.rest.text())
        self.rest.blockSignals(True)
        self.rest.setChecked(draft.take_rest)
        self.rest.blockSignals(False)
        show_if(self.rest, bool(lost) and bool(reading.found))


def _cell(problem: Problem, column: int) -> str:
    line = f"{problem.line:,}" if problem.line else "—"
    return (line, problem.what, problem.mend)[column]


def dates(first: date, last: date) -> str:
    """``3 – 28 Nov 2026``, as short as it can be said."""
    if last - first < timedelta(days=1):
        return short(first)
    return f"{short(first, last)} – {short(last)}"
