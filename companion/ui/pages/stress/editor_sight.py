"""The page of an entry as it is seen: scrolled, with what has gone out of sight above pinned in short."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.core.stress import Entry
from companion.core.stress_words import Words
from companion.desk import Desk
from companion.ui.pages.stress.editor_page import EntryPage
from companion.ui.pages.stress.editor_pinned import Pinned
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import BAR, PageScroll
from companion.ui.widgets.settled import settle
from companion.ui.widgets.unfold import unfolding


class Sight(QWidget):
    """``page`` in a scroll ``area`` under the ``pinned`` bar."""

    def __init__(self, desk: Desk, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.pinned = Pinned(theme, self)
        row = self._pinned_row = QHBoxLayout()
        row.addWidget(self.pinned)
        self._column.addLayout(row)
        self.page = EntryPage(desk, theme, words)
        self.area = PageScroll(self.page, self.page, self)
        self._column.addWidget(self.area, 1)
        self.area.verticalScrollBar().valueChanged.connect(self._pin)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(10))
        self._pinned_row.setContentsMargins(
            0, 0, max(BAR, self._theme.px(BAR)), 0
        )  # as wide as the cards below

    def quote(self, entry: Entry) -> None:
        """What is pinned are the words of this entry."""
        name = self._words.name
        event = entry.event.strip() or entry.line.strip() or name(entry.event_kind)
        self.pinned.set_texts(event, entry.belief.strip() or name(entry.belief_kind))

    def go_top(self) -> None:
        """To where an entry begins."""
        self.area.verticalScrollBar().setValue(0)
        self._pin()

    def _pin(self, *_value: int) -> None:
        """What has been scrolled out of sight above is shown in short, without moving what is below."""
        top = self.area.verticalScrollBar().value()
        event, belief = self.page.event_part.event_edit, self.page.belief.belief
        away = [
            self.bottom_of(one) < top and not one.isHidden() and self.page.full for one in (event, belief)
        ]
        before = self.area.viewport().height()
        if self.pinned.show_for(*away):
            self._column.activate()
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + before - self.area.viewport().height())

    def bottom_of(self, widget: QWidget) -> int:
        """The lower edge of a widget on the page, in pixels from its top."""
        return widget.mapTo(self.page, QPoint(0, widget.height())).y()

    def settle(self) -> None:
        """Lays out from the inside out, so that nothing is squeezed while wrapped words find their heights."""
        settle(self.page.inside_out(), self.area)

    def begin(self, part: str) -> None:
        """Puts the focus where a part begins, and its heading at the top."""
        wanted = self.page.parts.get(part, self.page.event_part)
        # One that has only just been shown has its place and its width first, then texts their heights in it.
        editor = self.parentWidget()
        view = editor.parentWidget() if editor is not None else None
        for above in (view, editor, self):
            layout = above.layout() if above is not None else None
            if layout is not None:
                layout.activate()
        for _turn in range(3):
            self.settle()
        for _turn in range(2):  # what is pinned at the first turn has taken room at the top
            self.area.verticalScrollBar().setValue(wanted.y())
        wanted.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def bring(self, widget: QWidget) -> None:
        """Scrolls until ``widget`` is in sight, as far as there is room; what is pinned meanwhile takes some of it."""
        if unfolding(widget):
            return
        for _turn in range(2):
            self.area.ensureWidgetVisible(widget, 0, self._theme.px(12))
