"""The side of the list: what is asked, what is to be finished, and the entries by day."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from companion.core.stress_words import Words
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.editor_part import quiet
from companion.ui.pages.stress.entry_list import EntryList
from companion.ui.pages.stress.helped import HelpedCard
from companion.ui.theme.theme import Theme
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if


class ListSide(QWidget):
    """``list`` under ``helped`` (a question), ``finish`` (what is to be finished) and ``unread`` (what is amiss)."""

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.unread = quiet(theme, "", self, "body", "error")
        self.helped = HelpedCard(desk, theme, words, self)
        self.finish = KeyButton(theme, "", "clock", "F", "quiet", self)
        self.finish.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list = EntryList(desk, theme, words, self)
        for widget in (self.unread, self.helped, self.finish):
            self._column.addWidget(widget)
        self._column.addWidget(self.list, 1)
        show_if(self.unread, False)
        show_if(self.finish, False)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(10))

    def read(self) -> bool:
        """Reads all of it anew; False where it cannot be read, which is told and never looks like an empty list."""
        try:
            self.list.entries.reload()
            waiting = len(self._desk.journal.to_finish())
            due = self._desk.journal.questions_due()
        except StoreError as error:
            self.unread.set_text(self.tr("The list cannot be read: ") + str(error))
            show_if(self.unread, True)
            return False
        show_if(self.unread, False)
        self.finish.set_label(self.tr("{n} to finish").replace("{n}", str(waiting)))
        show_if(self.finish, bool(waiting))
        self.helped.show_question(due[0] if due else None)
        return True

    def select(self, ident: str) -> None:
        """The list stands on this entry, without announcing it; on none for an empty id."""
        row = self.list.entries.row_of(ident) if ident else -1
        index = self.list.entries.index(row) if row >= 0 else QModelIndex()
        if self.list.currentIndex() != index:
            was = self.list.selectionModel().blockSignals(True)
            self.list.setCurrentIndex(index)
            self.list.selectionModel().blockSignals(was)
            if row < 0:
                self.list.clearSelection()
            self.list.viewport().update()
