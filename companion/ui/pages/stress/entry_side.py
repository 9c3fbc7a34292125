"""The side of the list: what is asked, what is to be finished, and the entries by day."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from companion.core.stress_words import Words
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress.editor_part import quiet
from companion.ui.pages.stress.entry_list import EntryList
from companion.ui.pages.stress.helped import HelpedCard
from companion.ui.pages.stress.lost import LostCard
from companion.ui.pages.stress.planned import PlannedBreaks
from companion.ui.theme.theme import Theme
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if


class ListSide(QWidget):
    """``list`` under ``helped`` (a question), ``finish`` (what is to be finished), ``planned`` (breaks of today),
    ``unread`` and ``lost`` (what is amiss)."""

    told = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.unread = quiet(theme, "", self, "body", "error")
        self.helped = HelpedCard(desk, theme, words, self)
        self.finish = KeyButton(theme, "", "clock", "F", "quiet", self)
        self.finish.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.planned = PlannedBreaks(desk, theme, self)
        self.planned.told.connect(self.told)
        self.planned.undo_offered.connect(self.undo_offered)
        self.lost = LostCard(desk, theme, self)
        self.lost.told.connect(self.told)
        self.list = EntryList(desk, theme, words, self)
        for widget in (self.unread, self.lost, self.helped, self.planned, self.finish):
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
            self.lost.refresh()
            self.planned.refresh()
        except StoreError as error:
            self.unread.set_text(self.tr("The list cannot be read: ") + str(error))
            show_if(self.unread, True)
            return False
        show_if(self.unread, False)
        self.finish.set_label(self.tr("{n} to finish").replace("{n}", str(waiting)))
        show_if(self.finish, bool(waiting))
        self.helped.show_question(due[0] if due else None)
        return True

    @property
    def has_word(self) -> bool:
        """Whether something stands here beside the list."""
        return not (self.helped.isHidden() and self.planned.isHidden())

    @property
    def has_trouble(self) -> bool:
        """Whether something could not be read: then an empty list is no empty journal."""
        return not (self.unread.isHidden() and self.lost.isHidden())

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
