"""After a call that was marked upset: one quiet line that offers a check, now and then, and goes at one key."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.drafts import is_field
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.pagescroll import BAR
from companion.ui.widgets.scale import Scale

if TYPE_CHECKING:
    from companion.core.stress import Feeling
    from companion.ui.pages.call.page import CallPage


_FORM = 312
"""Pixels at 100 % that the form is high."""


class Offer(QWidget):
    """One line: how was it, 0 to 10. A number opens the form of a check with it; Esc takes the line away."""

    dismissed = Signal()
    kept = Signal(object, object, str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        from companion.journal_words import words
        from companion.ui.pages.stress.check import CheckForm

        self.setAccessibleName(self.tr("How was that for you?"))
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum
        )  # a page with room gives it none
        self._column = QVBoxLayout(self)
        self.line = Card(theme, "", self, padding=12)
        self._grid = QGridLayout()
        self.line.body.addLayout(self._grid)
        self.question = label(
            self.tr("For your journal: how was that for you?"), "strong", self.line, wrap=True
        )
        self.scale = Scale(theme, self.tr("Stress before"), self.line)
        self.scale.changed.connect(self._on_number)
        self.close_button = KeyButton(theme, self.tr("Not now"), "", "Esc", "plain", self.line)
        self.close_button.clicked.connect(self.dismissed)
        self._lines = 0
        self._column.addWidget(self.line)
        self.form = CheckForm(theme, words(), self, compact=True)
        self.form.done.connect(self.kept)
        self.form.dismissed.connect(self.dismissed)
        self._column.addWidget(self.form)
        self.form.hide()
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))
        self._column.setContentsMargins(
            0, px(10), BAR, 0
        )  # in line with the page above, which keeps a bar's width

        self._fit()

    def _fit(self) -> None:
        """One line where it holds all; else the scale stands below, and *Not now* below that where it must."""
        gap, inner = self._theme.px(12), self.line.body.contentsMargins()
        edges = self._column.contentsMargins()
        room = self.width() - inner.left() - inner.right() - edges.left() - edges.right() - 2
        metrics = QFontMetrics(self._theme.font("strong"))
        asked = metrics.horizontalAdvance(self.question.text()) + gap
        top = asked + self.close_button.sizeHint().width()
        lines = 1 if top + gap + self.scale.sizeHint().width() <= room else 2 if top <= room else 3
        # A page with little room asks nobody how high a text is at its width.
        wrapped = metrics.boundingRect(
            0, 0, max(1, room), 1 << 16, Qt.TextFlag.TextWordWrap, self.question.text()
        )
        tall = lines == 3 and room > self._theme.px(100)  # not before it has a place
        self.question.setMinimumHeight(wrapped.height() + 2 if tall else 0)
        self.question.setMaximumHeight(wrapped.height() + 2 if tall else 16777215)
        if lines == self._lines:
            return
        self._lines = lines
        for part in (self.question, self.scale, self.close_button):
            self._grid.removeWidget(part)
        across = 1 if lines == 3 else 2
        self._grid.addWidget(self.question, 0, 0)
        if lines == 1:
            self._grid.addWidget(self.scale, 0, 1)
        else:
            self._grid.addWidget(self.scale, 1, 0, 1, across)
        at = {1: (0, 2), 2: (0, 1), 3: (2, 0)}[lines]
        self._grid.addWidget(self.close_button, *at, Qt.AlignmentFlag.AlignLeft)
        for column in range(3):
            self._grid.setColumnStretch(column, 0)
        self._grid.setColumnStretch(1 if lines == 1 else 0, 1)
        # A word that wraps would give up its one line to a scale that can be as wide as it likes.
        self.question.setMinimumWidth(asked - gap + 2 if lines < 3 else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # It goes into lines: the page need not be as wide as one of them.
        return QSize(self._theme.px(120), super().minimumSizeHint().height())

    def _on_number(self, number: object) -> None:
        if isinstance(number, int):
            self.form.digit(number) if number < 10 else self.form.scale.set_value(10)
            self.line.hide()
            # All of it in sight, but never more than half of the window: it scrolls then.
            self.form.setMinimumHeight(min(self._theme.px(_FORM), self.window().height() // 2))
            self.form.show()
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)


class AfterCall(QObject):
    """Watches for the end of such a call and of its wrap-up. Nothing is offered while a call is live or rings, within
    the time set after the last offer, or where there is no journal to keep a check in."""

    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, page: CallPage) -> None:
        super().__init__(page)
        self._desk, self._theme, self._page = desk, theme, page
        self._upset_id = ""
        self._offer: Offer | None = None
        self._aside: Offer | None = None

    @property
    def offer(self) -> Offer | None:
        """The line that is shown, if one is."""
        return self._offer

    def follow(self) -> None:
        """Looks at the calls at hand."""
        board = self._desk.board
        live = board.active
        if live is not None and live.upsets:
            self._upset_id = live.id
        # A wrap-up asks for a number of its own, for the work file: not two at once.
        if live is not None or board.ringing is not None or board.wrapup is not None:
            self._put_away()
        elif self._aside is not None:
            self._upset_id = ""
            self._offer, self._aside = self._aside, None
            self._offer.show()
        elif self._upset_id:
            self._upset_id = ""
            if self._may_offer():
                self._show()

    def _may_offer(self) -> bool:
        return self._desk.may_offer_check() and self._desk.journal.state in ("open", "locked")

    def _show(self) -> None:
        offer = self._offer = Offer(self._theme, self._page)
        offer.dismissed.connect(self.dismiss)
        offer.kept.connect(self._on_kept)
        layout = self._page.layout()
        if layout is not None:
            layout.addWidget(offer)  # at the foot: nothing moves under the pointer but the end of the page
        self._note_time()

    def _note_time(self) -> None:
        with suppress(StoreError):  # a full disk is told of elsewhere; the offer harms nobody
            self._desk.check_offered()

    def _put_away(self) -> None:
        """Out of sight. What was begun is kept, to be finished; what the disk refuses waits until it is shown again."""
        offer = self._offer
        if offer is not None and not offer.form.isHidden() and not offer.form.is_empty():
            offer.form.key("Ctrl+Enter")
            if self._offer is not None:
                self._leave_focus(offer)
                offer.hide()
                self._offer, self._aside = None, offer
        self.dismiss()

    def dismiss(self) -> bool:
        """Takes the line away; False when there is none."""
        offer, self._offer = self._offer, None
        if offer is not None:
            self._leave_focus(offer)
            offer.hide()
            offer.deleteLater()
        return offer is not None

    def _leave_focus(self, offer: Offer) -> None:
        if offer.isAncestorOf(offer.window().focusWidget()):
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)  # or a list would get the next keys

    def leave(self, focus: QWidget | None) -> bool:
        """Esc with the keyboard in it: out of a field first, then away with it; False where ``focus`` is elsewhere."""
        offer = self._offer
        if offer is None or focus is None or not offer.isAncestorOf(focus):
            return False
        if is_field(focus):
            self.take_focus()
            return True
        return self.dismiss()

    def take_focus(self) -> bool:
        """The keyboard goes to the line; False when there is none."""
        if self._offer is None:
            return False
        target: QWidget = self._offer.scale if self._offer.form.isHidden() else self._offer.form
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def digit(self, n: int) -> bool:
        """A digit that the page of the call has no use for."""
        offer = self._offer
        if offer is None:
            return False
        if not offer.form.isHidden():
            return offer.form.digit(n)
        return offer.scale.digit(n)

    def _on_kept(self, before: int | None, feelings: tuple[Feeling, ...], line: str, to_finish: bool) -> None:
        try:
            where = self._desk.journal.add_check(before, feelings, line, to_finish=to_finish)
        except StoreError as error:
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(error)))
            return
        self._note_time()
        self.dismiss()
        self.told.emit(
            self.tr("Kept.") if where == "kept" else self.tr("Kept sealed until you unlock the journal.")
        )
