"""The check on the page Stress: the form, and what becomes of what it gives, also while the journal is locked."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.core.stress import Feeling
from companion.desk import Desk
from companion.journal_words import words
from companion.storage.errors import StoreError
from companion.ui.pages.stress.check import CheckForm
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label

_WIDTH, _TINY = 760, 320
"""Pixels at 100 % that the form is wide at the most, and from which on it has room for the longest key."""


class CheckCard(QWidget):
    """``told`` says where the check went; ``opened`` and ``left`` come when the form is wanted and when it is not."""

    told = Signal(str)
    opened = Signal()
    left = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = theme
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._inner = QWidget(self)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        self._across.addStretch(1)
        self._across.addWidget(self._inner, 1000)
        self._across.addStretch(1)
        self.form = CheckForm(theme, words(), self)
        self.form.done.connect(self._on_done)
        self.form.dismissed.connect(self.close_form)
        column.addWidget(self.form)
        self.wrong = label("", "", self, wrap=True)
        column.addWidget(self.wrong)
        column.addStretch(1)
        self.wrong.hide()
        self._restyle()
        theme.changed.connect(self._restyle)
        self._open = self._tiny = self._waits = False

    @property
    def is_open(self) -> bool:
        """Whether the form is shown."""
        return self._open

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tiny = event.size().width() < self._theme.px(_TINY)
        if tiny != self._tiny:
            self._tiny = tiny
            QTimer.singleShot(
                0, self, self._show_hint
            )  # not now: this comes out of the layout that it changes

    def _show_hint(self) -> None:
        self.form.later.set_key_hint("" if self._tiny else self.tr("Ctrl+Enter"))

    def _restyle(self) -> None:
        self._inner.setMaximumWidth(self._theme.px(_WIDTH))

    def open_form(self) -> None:
        """Shows the form, empty where it was closed before; with what the disk refused where that still waits."""
        if not self._open:
            self._open = True
            if not self._waits:
                self.form.clear()
                self.wrong.hide()
            self._waits = False
            self.opened.emit()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Takes the form away with what is in it."""
        self.form.clear()
        self._open = self._waits = False
        self.left.emit()

    def digit(self, n: int) -> bool:
        """A digit for the form, while it is shown."""
        return self._open and self.form.digit(n)

    def key(self, name: str) -> bool:
        """A key for the form, while it is shown."""
        return self._open and self.form.key(name)

    def escape(self) -> bool:
        """Esc closes the form."""
        return self._open and self.form.escape()

    def put_away(self) -> None:
        """Takes the form out of sight at once; what is in it is kept as a check to be finished.

        What the disk refuses waits in the form, out of sight, until that is opened again.
        """
        if not self._open:
            return
        if self.form.is_empty():
            self.close_form()
            return
        self.form.key("Ctrl+Enter")
        if self._open:
            self._open, self._waits = False, True
            self.left.emit()
            self.told.emit(self.wrong.text())

    def _on_done(self, before: int | None, feelings: tuple[Feeling, ...], line: str, to_finish: bool) -> None:
        try:
            where = self._desk.journal.add_check(before, feelings, line, to_finish=to_finish)
        except StoreError as error:
            # The form stays as it is: nothing typed is lost to a full disk.
            self.wrong.setText(self.tr("Not kept yet: %1").replace("%1", str(error)))
            self.wrong.show()
            return
        with suppress(StoreError):  # the check is kept; that another is offered soon harms nobody
            self._desk.check_offered()
        self.close_form()
        self.told.emit(
            self.tr("Kept.") if where == "kept" else self.tr("Kept sealed until you unlock the journal.")
        )
