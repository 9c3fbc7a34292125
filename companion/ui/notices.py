"""What the program has to tell or to ask, one line at a time, never over a call: doubts, troubles, small words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTime, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.core.summary import spoken, told_time
from companion.desk import Desk
from companion.switchboard import Doubt
from companion.ui.actions import CallActions
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from companion.ui.smallword import SmallWord
    from companion.ui.widgets.still import TimeField

WORD_MS = 6000
"""How long a small word stays."""


class Notices(QWidget):
    """Three lines at the most: a trouble with the disk, a question that waits, a small word."""

    def __init__(self, desk: Desk, theme: Theme, actions: CallActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self.troubled = False
        self._doubt: Doubt | None = None
        self._answered: Callable[[str], None] | None = None
        self._undo: Callable[[], object] | None = None
        self._queue: list[tuple[str, dict[str, str], Callable[[str], None]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._theme = theme
        self._places = {name: QVBoxLayout() for name in ("trouble", "doubt", "end at", "question", "word")}
        for place in self._places.values():
            column.addLayout(place)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(WORD_MS)
        self._fade.timeout.connect(self._on_faded)

    # -- the lines, each made when it first has something to say
    def _made(self, name: str, answered: Callable[[str], None]) -> Notice:
        notice = Notice(self._theme, self)
        notice.answered.connect(answered)
        self._places[name].addWidget(notice)
        return notice

    @cached_property
    def trouble(self) -> Notice:
        """What the disk refuses."""
        return self._made("trouble", self._on_try_again)

    @cached_property
    def doubt(self) -> Notice:
        """Whether a call still goes on."""
        return self._made("doubt", self._on_doubt)

    @cached_property
    def question(self) -> Notice:
        """Something to decide that can wait."""
        notice = self._made("question", self._on_answer)
        notice.dismissed.connect(self._on_dismissed)
        return notice

    @cached_property
    def word(self) -> SmallWord:
        """A small word, or the offer to undo: laid over the window, so that nothing moves for it, at a free place."""
        from companion.ui.smallword import SmallWord

        notice = SmallWord(self._theme, self)
        notice.answered.connect(self._on_undo)
        return notice

    def place_word(self) -> None:
        """Puts the small word at a free place again, after the window has changed."""
        if "word" in self.__dict__:
            self.word.place()

    def take_focus(self) -> bool:
        """The keyboard goes to the first answer of what is asked; False when nothing is."""
        for name in ("trouble", "doubt", "question", "word"):
            notice = self.__dict__.get(name)
            if notice is None or notice.isHidden():
                continue
            button = next((b for b in (*notice.buttons, notice.close_button) if not b.isHidden()), None)
            if button is not None:
                button.setFocus()
                return True
        return False

    @cached_property
    def time(self) -> TimeField:
        """When the call in doubt ended."""
        from companion.ui.widgets.still import TimeField

        self._end_at = QWidget(self)
        row = QHBoxLayout(self._end_at)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(label(self.tr("Ended at"), "hint", self._end_at))
        field = TimeField(self._theme, self.tr("Ended at"), self._end_at)
        field.timeChanged.connect(self._on_time_changed)
        row.addWidget(field)
        self._places["end at"].addWidget(self._end_at)
        return field

    # -- a call in doubt
    def show_doubts(self) -> None:
        """Asks about the first call in doubt; asks once, blocks nothing."""
        doubts = self._desk.board.doubts
        doubt = doubts[0] if doubts else None
        if doubt == self._doubt:
            return
        self._doubt = doubt
        time = self.time
        self.doubt.setVisible(doubt is not None)
        self._end_at.setVisible(doubt is not None)
        if doubt is None:
            return
        now = self._desk.clock.local()
        since = doubt.since.astimezone(now.tzinfo)
        call = self._desk.board.lines.get(doubt.call_id)
        who = call.name or call.number or self.tr("a caller not named yet")
        why = self.tr("The program stopped") if doubt.cause == "crash" else self.tr("The computer slept")
        text = (
            f"{why} "
            + self.tr("during the call with")
            + f" {who}. "
            + self.tr("Last sign of life:")
            + f" {told_time(since, now)} ({spoken(doubt.gap_s)} "
            + self.tr("ago")
            + "). "
            + self.tr("Does the call go on?")
        )
        answers = [
            ("go_on", self.tr("Go on")),
            ("end_at", self.tr("End at") + f" {since.hour}:{since:%M}"),
            ("discard", self.tr("Discard")),
        ]
        self.doubt.show_notice(text, "info", answers, dismissible=False)
        with QSignalBlocker(time):
            time.setTime(QTime(since.hour, since.minute, since.second))

    def _on_time_changed(self, time: QTime) -> None:
        button = next((b for b in self.doubt.buttons if b.objectName() == "end_at"), None)
        if button is not None:
            button.set_label(self.tr("End at") + f" {time.hour()}:{time.minute():02d}")

    def chosen_end(self, doubt: Doubt) -> datetime:
        """The moment that the hour and minute in the field mean: the last such before now."""
        now = self._desk.clock.local()
        since = doubt.since.astimezone(now.tzinfo)
        time = self.time.time()
        if (time.hour(), time.minute()) == (since.hour, since.minute):
            return doubt.since
        at = now.replace(hour=time.hour(), minute=time.minute(), second=0, microsecond=0)
        return at if at <= now else at - timedelta(days=1)

    def _on_doubt(self, answer: str) -> None:
        doubt = self._doubt
        if doubt is None:
            return
        board = self._desk.board
        if answer == "go_on":
            self._actions.attempt(lambda: board.go_on(doubt.call_id))
        elif answer == "end_at":
            self._actions.attempt(lambda: board.end_at(doubt.call_id, self.chosen_end(doubt)))
        elif self._actions.attempt(lambda: board.discard(doubt.call_id)):
            self.offer_restore(doubt.call_id)
        self.show_doubts()

    # -- the disk
    def show_trouble(self) -> None:
        """Tells why something is not on disk yet, for as long as it is so."""
        trouble = self._desk.trouble
        if trouble is None:
            if self.troubled:
                self.trouble.hide()
                self.tell(self.tr("Everything is on disk again."))
            self.troubled = False
            return
        text = self.tr("Not on disk yet: ") + str(trouble) + " " + self.tr("What you type stays here.")
        if not self.troubled or self.trouble.isHidden() or self.trouble.text_label.text() != text:
            self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)
        self.troubled = True

    def _on_try_again(self, _answer: str) -> None:
        self._actions.attempt(self._desk.board.lines.save)
        self.show_trouble()

    # -- small words
    def tell(self, text: str, kind: str = "info") -> None:
        """A word that goes by itself; a warning stays until it is dismissed."""
        self._undo = None
        self.word.show_notice(text, kind)
        self.word.place()
        if kind == "info":
            self._fade.start()
        else:
            self._fade.stop()

    def offer_restore(self, call_id: str) -> None:
        """A call was discarded: it can be taken back."""
        self.offer(self.tr("The call was discarded."), lambda: self._desk.board.restore(call_id))

    def offer_undone(self, what: str) -> None:
        """Something was marked as done: it can be taken back."""
        kind, _colon, call_id = what.partition(":")
        self.offer(self.tr("Marked as done."), lambda: self._desk.board.mark_done(call_id, kind, False))

    def offer(self, text: str, undo: Callable[[], object]) -> None:
        """A small word with the way to take back what it tells of."""
        self._fade.stop()
        self._undo = undo
        self.word.show_notice(text, "info", [("undo", self.tr("Undo"))])
        self.word.place()

    def _on_faded(self) -> None:
        self.word.hide()

    def _on_undo(self, _answer: str) -> None:
        self.word.hide()
        if self._undo is not None:
            self._actions.attempt(self._undo)
            self._undo = None

    # -- questions that can wait
    def ask(self, text: str, answers: dict[str, str], chosen: Callable[[str], None]) -> None:
        """Asks when its turn has come; ``chosen`` gets the key of the answer, or an empty text when it is dismissed."""
        self._queue.append((text, answers, chosen))
        if self.question.isHidden():
            self._next_question()

    def _next_question(self) -> None:
        self.question.hide()
        if self._queue:
            text, answers, self._answered = self._queue.pop(0)
            self.question.show_notice(text, "warn", list(answers.items()))

    def _on_answer(self, answer: str) -> None:
        if self._answered is not None:
            self._answered(answer)
        self._next_question()

    def _on_dismissed(self) -> None:
        self._on_answer("")
