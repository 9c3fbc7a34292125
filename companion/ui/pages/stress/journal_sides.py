"""The two sides of the journal: entries by day, and beside them (in their place where it is narrow) the open one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from companion.core.stress_words import Words
from companion.desk import Desk
from companion.ui.pages.stress.editor import Editor
from companion.ui.pages.stress.entry_side import ListSide
from companion.ui.theme.theme import Theme
from companion.ui.widgets.emptystate import EmptyState
from companion.ui.widgets.shown import show_if

_NARROW = 860
"""Pixels at 100 % under which list and entry take turns."""
_LIST = 288
"""Pixels at 100 % of the list beside the entry."""


class JournalSides(QWidget):
    """``side`` with the list, ``editor``, and what stands there while nothing is written or chosen."""

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._words = desk, theme, words
        self._narrow = self._on_entry = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._build_left()
        self._build_right()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build_left(self) -> None:
        self.side = ListSide(self._desk, self._theme, self._words, self)
        self.list, self.finish, self.helped, self.unread = (
            self.side.list,
            self.side.finish,
            self.side.helped,
            self.side.unread,
        )
        self._row.addWidget(self.side, 0)

    def _build_right(self) -> None:
        self.editor = Editor(self._desk, self._theme, self._words, self)
        self._row.addWidget(self.editor, 1)
        self.empty = EmptyState(
            self._theme,
            "stress",
            self.tr("Nothing is written yet"),
            self.tr(
                "A check takes ten seconds, an entry about three minutes. What you write here only you can read."
            ),
            self.tr("Begin an entry"),
            "E",
            self,
        )
        self._row.addWidget(self.empty, 1)
        self.choose = EmptyState(
            self._theme,
            "stress",
            self.tr("Choose an entry"),
            self.tr("Or begin a new one: it is kept as you write."),
            "",
            "",
            self,
        )
        self._row.addWidget(self.choose, 1)
        self._row.addStretch(0)  # beside an entry that is as wide as it gets

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setSpacing(px(18))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._narrow = self.width() < self._theme.px(_NARROW)
        self._row.setStretch(0, 1 if self._narrow else 0)
        if self._narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(1 << 20)
        else:
            self.side.setFixedWidth(self._theme.px(_LIST))
        self._show_sides()

    def _show_sides(self) -> None:
        """What stands where: nothing yet, the list, an entry, or both."""
        editing = bool(self.editor.entry_id)
        some = self.list.entries.rowCount() > 0 or self.side.has_trouble
        alone = self._narrow and editing and self._on_entry
        show_if(self.editor, editing and (alone or not self._narrow or not some))
        focus = QApplication.focusWidget()
        if alone and focus is not None and self.side.isAncestorOf(focus):
            self.editor.page.event_part.before.setFocus(Qt.FocusReason.OtherFocusReason)
        show_if(self.side, (some or self.side.has_word) and not alone)
        show_if(self.empty, not editing and not some)
        show_if(self.choose, not editing and some and not self._narrow)
        show_if(self.editor.head.back, alone and some)
