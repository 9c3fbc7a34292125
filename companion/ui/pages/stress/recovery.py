"""The recovery code: shown once and large, printed on request, and asked back once, so that it is really somewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from companion.core.recovery_code import NoRecoveryCode, read
from companion.ui.pages.stress.calm import CalmPage
from companion.ui.pages.stress.secret import SecretField
from companion.ui.theme.theme import Theme
from companion.ui.widgets.private import PrivateReadOut
from companion.ui.widgets.shown import show_if


class RecoveryPage(CalmPage):
    """``confirmed`` once the code was given back; ``cancelled`` where the user goes back before that."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "key", "", parent)
        self._code = ""
        self._build_showing()
        self._build_asking()
        self._row = self.row(self.back, self.print_button, self.next)
        self.show_again = self.button(self.tr("Show it again"), "undo", "plain")
        self.show_again.clicked.connect(self._on_show_again)
        self.finish = self.button(self.tr("Done"), "check", "primary")
        self.finish.clicked.connect(self._on_finish)
        self._asking_row = self.row(self.show_again, self.finish)

    def _build_showing(self) -> None:
        self.lead = self.words(
            self.tr(
                "If the passphrase is ever forgotten, this code opens your journal. Nobody else can: there is no other"
                " way in. It is shown this once."
            ),
            middle=True,
        )
        self.code = PrivateReadOut(self.theme, self.tr("Recovery code"), "prompt", self.card)
        option = self.code.document().defaultTextOption()
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.code.document().setDefaultTextOption(option)
        self.body.addWidget(self.code)
        self.gap(4)
        self.where = self.words(
            self.tr(
                "Print it or write it down, and keep it where you keep papers, not on this computer and not at this"
                " desk."
            ),
            "hint",
            middle=True,
        )
        self.print_words = self.words("", "hint", middle=True)
        self.back = self.button(self.tr("Back"), "", "plain")
        self.back.clicked.connect(self.cancelled)
        self.print_button = self.button(self.tr("Print…"), "print")
        self.print_button.clicked.connect(self._on_print)
        self.next = self.button(self.tr("I have it"), "", "primary")
        self.next.clicked.connect(self.ask_back)

    def _build_asking(self) -> None:
        self.asked = SecretField(self.theme, self.tr("Recovery code"), parent=self.card, hidden=False)
        self.asked.peek.hide()
        self.asked.entered.connect(self._on_finish)
        self.asked.edited.connect(self._on_edited)
        self.body.addWidget(self.asked)
        self.wrong = self.words("")

    def show_code(self, code: str, can_go_back: bool = True) -> None:
        """Begins with this code."""
        self._code = code
        # Only blanks part the groups, so a narrow card breaks between them and never within one.
        groups = code.split("-")
        half = (len(groups) + 1) // 2
        self.code.set_text("\n".join("  ".join(part) for part in (groups[:half], groups[half:]) if part))
        self.print_words.setText("")
        self.asked.clear()
        self.back.setVisible(can_go_back)
        self._turn(asking=False)

    @property
    def is_asking(self) -> bool:
        """Whether the code is being asked back."""
        return not self.asked.isHidden()

    def ask_back(self) -> None:
        """Asks for the code, which has to be out of sight for that."""
        self._turn(asking=True)

    def forget(self) -> None:
        """Takes the code out of sight and out of here."""
        self._code = ""
        self.code.set_text("")
        self.asked.clear()

    def _turn(self, asking: bool) -> None:
        self.title.setText(
            self.tr("Type it once, so that you know it is right") if asking else self.tr("Your recovery code")
        )
        for widget in (self.lead, self.code, self.where, self._row):
            show_if(widget, not asking)
        show_if(self.print_words, not asking and bool(self.print_words.text()))
        for widget in (self.asked, self._asking_row):
            show_if(widget, asking)
        self.tell("")
        if asking:
            self.asked.take_focus()
        else:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, why: str) -> None:
        """Says what is amiss with the code that was typed back; empty for nothing."""
        self.wrong.setText(why)
        show_if(self.wrong, bool(why))
        self.asked.set_problem(why)

    def _on_show_again(self) -> None:
        self._turn(asking=False)

    def _on_edited(self) -> None:
        self.tell("")

    def _on_finish(self) -> None:
        if not self._code:
            return
        why = self._why_not(self.asked.text())
        if not why:
            self.confirmed.emit()
            return
        self.tell(why)
        self.asked.take_focus()

    def _why_not(self, typed: str) -> str:
        """What is amiss with what was typed back, in a sentence; empty when it is the code."""
        if not typed.strip():
            return self.tr("Type the code from your paper here.")
        try:
            given = read(typed)
        except NoRecoveryCode as error:
            if error.why == "length":
                missing = error.missing
                if abs(missing) == 1:
                    one, more = (
                        self.tr("One character is missing."),
                        self.tr("There is one character too many."),
                    )
                    return one if missing > 0 else more
                told = (
                    self.tr("%1 characters are missing.")
                    if missing > 0
                    else self.tr("There are %1 characters too many.")
                )
                return told.replace("%1", str(abs(missing)))
            return self.tr("A character is not right yet. Blanks, dashes and capitals do not matter.")
        return "" if given == read(self._code) else self.tr("That is another code than the one just shown.")

    def _on_print(self) -> None:
        from companion.ui.pages.stress.paper import print_code

        told = print_code(self._code, self)
        self.print_words.setText(told)
        show_if(self.print_words, bool(told))
