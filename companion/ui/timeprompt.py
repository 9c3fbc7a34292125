"""The quiet strip between calls: how long nothing was recorded, the likeliest categories, one click to be rid of it.

It asks once for all the time that is open, never for a part of it and never twice within the user's interval. It never
comes while a call is live, rings or is wrapped up, nor in quiet hours, and it takes no focus. While there is nothing to
ask, one timer runs to the moment at which there can be; none runs while it is off, in a call, or while nothing was
recorded on this day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.core.changes import Change
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

if TYPE_CHECKING:
    from companion.timedesk import Done, Gap
    from companion.ui.pages.time.grid_looks import Looks
    from companion.ui.pages.time.swatch import CategoryButton

_LONGEST_MS = 6 * 3600 * 1000
_NEWS = Change.TIME | Change.HISTORY | Change.BREAKS | Change.SETTINGS | Change.CALL


class TimePrompt(QWidget):
    """Made by the window and put at the foot of its pages. ``follow`` starts it, ``hear`` hands it what was written.

    ``undo_offered`` carries words and a callable; ``grid_requested`` the name of a day and two instants in it.
    """

    told = Signal(str)
    undo_offered = Signal(str, object)
    grid_requested = Signal(str, object, object)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._gap: Gap | None = None
        self._looks: Looks | None = None
        self._rest_until = 0
        self._digits = False
        self.choices: list[CategoryButton] = []
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.follow)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._built = False
        self.hide()

    # -- built when there is first something to ask
    def _build(self) -> None:
        from companion.ui.pages.time.grid_looks import Looks

        self._built = True
        self._looks = Looks(self._theme)
        self.card = Card(self._theme, "", self, padding=10)
        self._across = QHBoxLayout()
        self.card.body.addLayout(self._across)
        self._words = QVBoxLayout()
        self.title = label("", "strong", self.card)
        self.hint = label(self.tr("What did it go to?"), "hint", self.card)
        self._words.addWidget(self.title)
        self._words.addWidget(self.hint)
        self._words.addStretch(1)
        self._across.addLayout(self._words)
        self._box, self._flow = flow_widget(self.card, self._theme.px(6))
        self._across.addWidget(self._box, 1)
        self.other = self._tool(self.tr("Other…"), self.tr("Other: to the day grid"), "quiet")
        self.later = self._tool(self.tr("Not now"), "", "plain")
        self.off = self._tool(self.tr("Off"), self.tr("Off: ask no more about open time"), "plain")
        self.off.setToolTip(self.tr("Ask no more"))
        self.other.clicked.connect(self._on_other)
        self.later.clicked.connect(self.not_now)
        self.off.clicked.connect(self.turn_off)
        self._column.addWidget(self.card)
        self._restyle()
        self._theme.changed.connect(self._restyle)

    def _tool(self, words: str, name: str, kind: str) -> KeyButton:
        made = KeyButton(self._theme, words, "", "", kind, self._box)
        if name:
            made.setAccessibleName(name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        made.installEventFilter(self)
        self._flow.addWidget(made)
        return made

    def _restyle(self) -> None:
        px = self._theme.px
        self._across.setSpacing(px(14))
        self._words.setSpacing(px(1))
        self._flow.setSpacing(px(6))
        self._fit()

    def _fit(self) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        narrow = self.width() < self._theme.px(760)
        if self._built and self._across.direction() != (down if narrow else across):
            self._across.setDirection(down if narrow else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- when to ask
    @property
    def gap(self) -> Gap | None:
        """The stretch that is asked for, None while nothing is."""
        return self._gap

    def hear(self, change: Change) -> None:
        """Something was written."""
        if change & _NEWS:
            self.follow()

    def follow(self) -> None:
        """Looks whether there is something to ask now, else when there can be."""
        self.timer.stop()
        board = self._desk.board
        if board.active or board.ringing or board.wrapup or not self._desk.prefs.time_prompt_min:
            self._put_away()
            return
        try:
            self._look()
        except StoreError:  # told of elsewhere; a question can wait
            self._put_away()

    def _look(self) -> None:
        time = self._desk.time
        time.proposals.update()
        now = time.now()
        gap = time.proposals.gap() if self._gap is not None or now >= self._rest_until else None
        if gap is None:
            self._put_away()
        else:
            self._show(gap)
        self._arm(now)

    def _arm(self, now: int) -> None:
        """Runs the timer to the next moment at which anything here can change by itself."""
        from companion.core.prompting import before_quiet, next_due

        time, prefs = self._desk.time, self._desk.prefs
        if self._gap is not None:
            due = before_quiet(now, prefs.time_quiet, time.zone)
        else:
            day = time.calendar.of(now)
            there = time.spans(day.start, max(now, day.start + 1))
            if not there:
                return  # nothing is recorded on this day: whatever is, is heard of
            least = prefs.time_prompt_min * 60
            due = next_due(now, there[-1].end, least, prefs.time_quiet, time.zone, self._rest_until)
            if due >= day.end:
                return
        if due is not None:
            self.timer.start(min(_LONGEST_MS, max(1000, (due - now) * 1000 + 200)))

    # -- what is asked
    def _show(self, gap: Gap) -> None:
        if not self._built:
            self._build()
        time = self._desk.time
        fresh = self._gap is None or self._gap.categories != gap.categories
        self._gap = gap
        words = f"{time.clock_words(gap.start)}–{time.clock_words(gap.end)}"
        self.title.setText(self.tr("%1 is open").replace("%1", words))
        self.setAccessibleName(self.title.text())
        if fresh:
            self._show_choices(gap)
        show_if(self, True)

    def _show_choices(self, gap: Gap) -> None:
        from companion.ui.pages.time.swatch import CategoryButton

        assert self._looks is not None
        tree = self._desk.time.tree
        self._looks.set_tree(tree)
        inside = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        tools = (self.other, self.later, self.off)
        for widget in (*self.choices, *tools):
            self._flow.removeWidget(widget)
        for button in self.choices:
            button.hide()
            button.deleteLater()
        self.choices = []
        for category in gap.categories[:4]:
            words = tree.names(category)[-1]
            button = CategoryButton(self._theme, self._looks, category, words, "", self._box)
            button.setAccessibleDescription(self.tr("Fills the open time"))
            button.clicked.connect(self._on_choice)
            button.installEventFilter(self)
            self.choices.append(button)
        for widget in (*self.choices, *tools):
            self._flow.addWidget(widget)
            widget.show()
        for one, next_one in zip((*self.choices, *tools), (*self.choices, *tools)[1:], strict=False):
            QWidget.setTabOrder(one, next_one)
        if inside:
            self.take_focus()
        self._show_keys()

    def _put_away(self) -> None:
        if self._gap is None and self.isHidden():
            return
        self._gap = None
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()
        show_if(self, False)

    # -- the keyboard, where the user brings it here
    def take_focus(self) -> bool:
        """The keyboard goes to the first answer; False while nothing is asked."""
        if self._gap is None:
            return False
        first: QWidget = self.choices[0] if self.choices else self.other
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def take_digits(self, on: bool) -> None:
        """Whether the owner hands digits here now (``digit``): then they are shown on the buttons."""
        if on != self._digits:
            self._digits = on
            self._show_keys()

    def digit(self, n: int) -> bool:
        """Answers with the n-th category; False where there is none."""
        if self._gap is None or not 1 <= n <= len(self.choices):
            return False
        self._fill(self.choices[n - 1].category)
        return True

    def escape(self) -> bool:
        """Not now; False while nothing is asked."""
        if self._gap is None:
            return False
        self.not_now()
        return True

    def _show_keys(self) -> None:
        focus = self.window().focusWidget()
        here = self._digits or (focus is not None and self.isAncestorOf(focus))
        for n, button in enumerate(self.choices, 1):
            button.set_key_hint(str(n) if here else "")
        if self._built:
            self._flow.invalidate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._show_keys)
        elif event.type() == QEvent.Type.ShortcutOverride and self._means(event):
            event.accept()  # or the window would take the digit for the page
            return True
        return False

    def _means(self, event: QEvent) -> bool:
        """Whether a key answers here."""
        if not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and (
            event.key() == Qt.Key.Key_Escape or Qt.Key.Key_1 <= event.key() < Qt.Key.Key_1 + len(self.choices)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._means(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.not_now()
        else:
            self.digit(event.key() - Qt.Key.Key_0)

    # -- answers
    def _on_choice(self) -> None:
        button = self.sender()
        if button in self.choices:
            self._fill(button.category)

    def _fill(self, category: str) -> None:
        gap = self._gap
        if gap is None:
            return
        before = self._rest_until
        self._rest()
        try:
            done = self._desk.time.paint(gap.start, gap.end, category)
        except StoreError as error:
            self._rest_until = before
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(error)))
            return
        except ValueError as error:  # the category is no longer there
            self._rest_until = before
            self.told.emit(str(error))
            self._gap = None
            self.follow()
            return
        self._put_away()
        self.follow()
        if done is not None:
            self.undo_offered.emit(done.words, self._back(done))

    def _back(self, done: Done) -> Callable[[], None]:
        time = self._desk.time

        def undo() -> None:
            step = time.to_undo
            if step is not None and step.n == done.n:  # else later changes would be taken back in its place
                time.undo()

        return undo

    def _rest(self) -> None:
        """Asks no more for an interval."""
        self._rest_until = self._desk.time.now() + self._desk.prefs.time_prompt_min * 60

    def _on_other(self) -> None:
        gap = self._gap
        if gap is not None:
            day = self._desk.time.day_at(gap.start).name
            self._rest()
            self._put_away()
            self.follow()
            self.grid_requested.emit(day, gap.start, gap.end)

    def not_now(self) -> None:
        """The strip goes, and comes back after an interval at the earliest."""
        self._rest()
        self._put_away()
        self.follow()

    def turn_off(self) -> None:
        """Asks no more at all, and says where that can be changed."""
        prefs = self._desk.prefs
        before = prefs.time_prompt_min
        try:
            prefs.set("time_prompt_min", 0)
        except StoreError as error:
            self.told.emit(self.tr("Not kept yet: %1").replace("%1", str(error)))
            return
        self._put_away()
        self.timer.stop()
        words = self.tr("It asks no more about open time. Settings, under Time, turns it on again.")
        self.undo_offered.emit(words, lambda: prefs.set("time_prompt_min", before))
