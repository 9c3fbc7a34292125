"""What holds for every call: its usual length, when a hold nudges, and how numbers and letters are read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from companion.desk import Desk
from companion.preferences import MAX_NUDGE, MAX_USUAL, MIN_USUAL
from companion.ui.pages.settings import countries
from companion.ui.pages.settings.parts import Keeper, Length, Number, Section
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.combo import Combo
from companion.ui.widgets.fields import MAX_LINE
from companion.ui.widgets.flow import Flow, flow_widget
from companion.ui.widgets.text import one_line

_SAMPLE = "ABC"


class Calls(Section):
    """Usual length, hold nudges, country of numbers, spelling alphabet."""

    def __init__(self, desk: Desk, theme: Theme, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("Calls"))
        self.setAccessibleName(self.title_label.text())
        self._desk = desk
        self._flows: list[Flow] = []
        self._make_length()
        self._make_nudges()
        self._make_country()
        self._make_alphabet()
        theme.changed.connect(self._space)
        self._space()

    def _gap(self) -> None:
        self.body.addSpacing(self.theme.px(6))

    def _space(self) -> None:
        for flow in self._flows:
            flow.setSpacing(self.theme.px(16))

    def _make_length(self) -> None:
        name = self.tr("Usual length of a call")
        self.length = Length(self.theme, name, MIN_USUAL, MAX_USUAL, self)
        self.body.addWidget(self.captioned(name, self.length))
        self.body.addWidget(
            self.hint(self.tr("Minutes and seconds. Used until there are calls to learn from."))
        )

        def write() -> None:
            self.keeper.keep("usual_s", self.length.value())

        def show() -> None:
            if not self.keeper.waits("usual_s"):
                self.length.setValue(self._desk.prefs.usual_s)

        self.tie(self.length, self.length.valueChanged, write, show)

    def _make_nudges(self) -> None:
        self._gap()
        self.body.addWidget(
            label(self.tr("On hold, remind me to come back after"), "strong", self, wrap=True)
        )
        box, flow = flow_widget(self)
        self._flows.append(flow)
        names = (self.tr("First nudge"), self.tr("Second nudge"), self.tr("Third nudge"))
        self.nudges = [Number(self.theme, name, 1, MAX_NUDGE, self.tr(" s"), self) for name in names]
        for name, edit in zip(names, self.nudges, strict=True):
            flow.addWidget(self.captioned(name, edit, box))
            self.tie(edit, edit.valueChanged, self._write_nudges, self._show_nudges)
        self.body.addWidget(box)

    def _write_nudges(self) -> None:
        self.keeper.keep("nudges", [edit.value() for edit in self.nudges])

    def _show_nudges(self) -> None:
        """In rising order, as soon as none of the three is being edited."""
        if self.keeper.waits("nudges") or any(edit.hasFocus() for edit in self.nudges):
            return
        for edit, seconds in zip(self.nudges, self._desk.prefs.nudges, strict=True):
            edit.blockSignals(True)
            edit.setValue(seconds)
            edit.blockSignals(False)

    def _make_country(self) -> None:
        self._gap()
        name = self.tr("Country of numbers without a country code")
        self.country = Combo(name, self, least=12)
        self.country.setEditable(True)
        self.country.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self.country.addItem(self._own_country(), "")
        for code, text in countries.offered():
            self.country.addItem(text, code)
        line = self.country.lineEdit()
        line.setAccessibleName(name)
        line.setMaxLength(MAX_LINE)
        completer = QCompleter(self.country.model(), self.country)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.country.setCompleter(completer)
        self.body.addWidget(self.captioned(name, self.country))
        self.country_note = self.hint("")
        self.body.addWidget(self.country_note)
        self.tie(self.country, self.country.editTextChanged, self._write_country, self._show_country)
        self.country.editTextChanged.connect(self._note_country)

    def _own_country(self) -> str:
        return self.tr("As this computer is set up")

    def _country_code(self) -> str | None:
        """The two letters chosen or typed, empty for the computer's own; None when it is no country."""
        text = self.country.currentText()
        if not text.strip() or text.strip() == self._own_country():
            return ""
        return countries.code_of(text[:80]) or None

    def _write_country(self) -> None:
        code = self._country_code()
        if code is not None:
            self.keeper.keep("region", code)

    def _show_country(self) -> None:
        if self.keeper.waits("region") or self._country_code() is None:
            return
        code = self._desk.prefs.region
        wanted = countries.told(code) if code else self._own_country()
        if self.country.currentText() != wanted:
            self.country.setCurrentIndex(max(0, self.country.findData(code)))
            self.country.setEditText(wanted)
            self.country.lineEdit().setCursorPosition(0)

    def _note_country(self) -> None:
        code = self._country_code()
        if code is None:
            text = self.tr("No country has this name. Choose one, or type its two letters, such as GB.")
        elif code:
            text = self.tr("A number without a country code is read as one of %1.").replace(
                "%1", countries.name(code) or code
            )
        else:
            text = self.tr("Choose a country, or type its two letters, such as GB.")
        kind = "warn" if code is None else "hint"
        if self.country_note.property("kind") != kind:
            self.country_note.setProperty("kind", kind)
            self.country_note.style().unpolish(self.country_note)
            self.country_note.style().polish(self.country_note)
        self.country_note.setText(text)

    def _make_alphabet(self) -> None:
        self._gap()
        name = self.tr("Spelling alphabet")
        self.alphabet = Combo(name, self, least=12)
        self.body.addWidget(self.captioned(name, self.alphabet))
        self.alphabet_note = self.hint("")
        self.body.addWidget(self.alphabet_note)

        def write() -> None:
            self.keeper.keep("alphabet", self.alphabet.currentData())

        self.tie(self.alphabet, self.alphabet.currentIndexChanged, write, self._show_alphabet)
        self.alphabet.currentIndexChanged.connect(self._note_alphabet)

    def _show_alphabet(self) -> None:
        offered = self._desk.playbook.alphabets()
        present = [
            (self.alphabet.itemData(i), self.alphabet.itemText(i)) for i in range(self.alphabet.count())
        ]
        wanted = [(one.id, one_line(one.name, 60)) for one in offered]
        if present != wanted:
            chosen = self.alphabet.currentData()
            self.alphabet.clear()
            for ident, text in wanted:
                self.alphabet.addItem(text, ident)
            self.alphabet.setCurrentIndex(self.alphabet.findData(chosen))
        if not self.keeper.waits("alphabet"):
            in_use = self._desk.playbook.alphabet(self._desk.prefs.alphabet).id
            self.alphabet.setCurrentIndex(self.alphabet.findData(in_use))

    def _note_alphabet(self) -> None:
        letters = self._desk.playbook.alphabet(str(self.alphabet.currentData() or "")).letters
        words = [letters[sign] for sign in _SAMPLE if sign in letters]
        self.alphabet_note.setText(one_line(self.tr("%1 …").replace("%1", ", ".join(words)), 200))

    def refresh(self) -> None:
        super().refresh()
        self._note_country()
        self._note_alphabet()
