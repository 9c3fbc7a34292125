"""Privacy: another passphrase, another recovery code, how soon it locks, and deleting all of it, locked or not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.calm import OneOf
from companion.ui.pages.stress.deleting import DeleteCard
from companion.ui.pages.stress.recovery import RecoveryPage
from companion.ui.pages.stress.rewrap import PassphraseCard
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

IDLE = (1, 2, 5, 10, 15, 30, 60)
"""Minutes offered here; Settings takes any number from 1 to 60."""

_WIDTH = 720
"""Pixels at 100 % that the column is wide at the most."""


class IdleCard(Card):
    """How soon the journal locks by itself."""

    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self.set_title(self.tr("Locking"))
        self._desk = desk
        self.words = label("", "", self, wrap=True)
        self.body.addWidget(self.words)
        box, flow = flow_widget(self, theme.px(6))
        self.buttons: dict[int, KeyButton] = {}
        for minutes in IDLE:
            button = KeyButton(theme, self.tr("%1 min").replace("%1", str(minutes)), "", "", "chip", box)
            button.setAccessibleName(self.tr("Lock after %1 minutes").replace("%1", str(minutes)))
            button.setObjectName(str(minutes))
            button.clicked.connect(self._on_clicked)
            self.buttons[minutes] = button
            flow.addWidget(button)
        self.body.addWidget(box)
        self.body.addWidget(
            label(
                self.tr(
                    "It locks at once when a call comes in, when the computer is locked, and with the key L."
                ),
                "hint",
                self,
                wrap=True,
            )
        )

    def refresh(self) -> None:
        """Shows what is set."""
        minutes = self._desk.prefs.journal_idle_min
        text = self.tr("It locks by itself after %1 minutes without a key or a click here.")
        if minutes == 1:
            text = self.tr("It locks by itself after a minute without a key or a click here.")
        self.words.setText(text.replace("%1", str(minutes)))
        for n, button in self.buttons.items():
            button.set_icon("check" if n == minutes else "")
            button.setAccessibleDescription(self.tr("chosen") if n == minutes else "")

    def _on_clicked(self) -> None:
        try:
            self._desk.prefs.set("journal_idle_min", int(self.sender().objectName()))
        except StoreError as error:
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(error)))


class CareColumn(QWidget):
    """The cards, in the middle."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._across = QHBoxLayout(self)
        self._across.addStretch(1)
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._across.addWidget(self._inner, 1000)
        self._across.addStretch(1)
        self.locked = label(
            self.tr("Unlock the journal to change its passphrase or its recovery code."),
            "muted",
            self._inner,
            wrap=True,
        )
        self._column.addWidget(self.locked)
        self.passphrase = PassphraseCard(desk, theme, self._inner)
        self._column.addWidget(self.passphrase)
        self.recovery = Card(theme, self.tr("Recovery code"), self._inner, padding=20)
        self.recovery.body.addWidget(
            label(
                self.tr(
                    "A new code takes the place of the old one, which then opens nothing any more. It is shown once."
                ),
                "",
                self.recovery,
                wrap=True,
            )
        )
        self.new_code = KeyButton(theme, self.tr("New recovery code…"), "key", "", "quiet", self.recovery)
        self.recovery.body.addWidget(self.new_code, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.recovery)
        self.idle = IdleCard(desk, theme, self._inner)
        self._column.addWidget(self.idle)
        self.delete = DeleteCard(desk, theme, self._inner)
        self._column.addWidget(self.delete)
        self._column.addStretch(1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def minimumSizeHint(self) -> QSize:
        # As high as its width needs; lines that wrap would ask for what they need when they are narrow.
        return QSize(super().minimumSizeHint().width(), 0)

    def _restyle(self) -> None:
        px = self._theme.px
        self._inner.setMaximumWidth(px(_WIDTH))
        self._across.setContentsMargins(0, px(4), 0, px(16))
        self._column.setSpacing(px(14))


class CareView(OneOf):
    """``deleted`` comes when nothing is left; ``told`` carries a small word."""

    told = Signal(str)
    deleted = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.column = CareColumn(desk, theme, self)
        self.code = RecoveryPage(theme, self)
        self.code.confirmed.connect(self._on_code_known)
        self.add_page(self.column)
        self.add_page(self.code)
        self.column.passphrase.told.connect(self.told)
        self.column.idle.told.connect(self.told)
        self.column.delete.told.connect(self.told)
        self.column.delete.deleted.connect(self.deleted)
        self.column.new_code.clicked.connect(self._on_new_code)
        self.refresh()

    def fit(self, width: int) -> None:
        """Takes over a new width in pixels."""
        self.code.fit(width)

    def refresh(self) -> None:
        """Shows what can be done in this state."""
        is_open = self._desk.journal.state == "open"
        show_if(self.column.locked, not is_open)
        show_if(self.column.passphrase, is_open)
        show_if(self.column.recovery, is_open)
        self.column.idle.refresh()
        if is_open:
            self.column.passphrase.refresh()
        else:
            self.column.passphrase.drop()
            self._leave_code()
        self.column.delete.refresh()

    def flush(self) -> None:
        """Nothing here waits to be written."""

    def ask_passphrase(self, recovered: bool = False) -> None:
        """Asks for a new passphrase; after the recovery code without the old one, which is the one forgotten."""
        self.column.passphrase.ask(recovered)

    def key(self, name: str) -> bool:
        return False

    def digit(self, n: int) -> bool:
        # While the code is typed back, or a word to delete, a digit must lead nowhere else.
        return self.shows(self.code)

    def escape(self) -> bool:
        """Takes back the question whether to delete."""
        return self.column.delete.escape()

    def _on_new_code(self) -> None:
        try:
            code = self._desk.journal.new_recovery_code()
        except StoreError as error:
            self.told.emit(str(error))
            return
        self.code.show_code(code, can_go_back=False)
        self.turn_to(self.code)
        self.code.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_code_known(self) -> None:
        self._leave_code()
        self.told.emit(self.tr("The new recovery code holds from now on."))

    def _leave_code(self) -> None:
        self.code.forget()
        self.turn_to(self.column)
