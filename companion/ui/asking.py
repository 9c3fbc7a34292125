"""The quiet question about open time, as the window owns it: made when open time is first looked for, and answered.

Nothing of the audit is read, and no part of the question loaded, before that first look.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.core.changes import Change
from companion.desk import Desk
from companion.ui.notices import Notices
from companion.ui.pagebook import PageBook
from companion.ui.theme.theme import Theme

if TYPE_CHECKING:
    from companion.ui.timeprompt import TimePrompt

FIRST_LOOK_MS = 60_000
"""How long after the start open time is first looked at; nothing of the audit is read before that."""


class TimeAsking(QObject):
    """Puts the question into ``place``. ``page_requested`` names a page, ``refused`` says why a key did nothing."""

    page_requested = Signal(str)
    refused = Signal(str)

    def __init__(
        self, desk: Desk, theme: Theme, place: QVBoxLayout, pages: PageBook, notices: Notices, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._theme, self._place = desk, theme, place
        self._pages, self._notices, self._window = pages, notices, window
        self.first_look = QTimer(self)
        self.first_look.setSingleShot(True)
        self.first_look.setInterval(FIRST_LOOK_MS)
        self.first_look.timeout.connect(self._on_first_look)
        if desk.prefs.time_prompt_min:
            self.first_look.start()

    @cached_property
    def prompt(self) -> TimePrompt:
        """What asks between calls for time that is open, made when that is first looked for."""
        from companion.ui.timeprompt import TimePrompt

        prompt = TimePrompt(self._desk, self._theme, self._window)
        prompt.told.connect(self._notices.tell)
        prompt.undo_offered.connect(self._notices.offer)
        prompt.grid_requested.connect(self._on_grid)
        prompt.strayed.connect(self._on_strayed)
        self._place.addWidget(prompt)
        return prompt

    def hear(self, change: Change) -> None:
        """Takes in what was written; it may be the reason to look."""
        if "prompt" in self.__dict__:
            self.prompt.hear(change)
        elif change & (Change.TIME | Change.SETTINGS) and self._desk.prefs.time_prompt_min:
            self.first_look.start(0 if change & Change.TIME else FIRST_LOOK_MS)

    def go(self) -> None:
        """The keyboard goes to what is asked: in a notice, after a call, or here last of all."""
        prompt = self.__dict__.get("prompt")
        asked = self._notices.take_focus() or self._pages.take_question()
        if not asked and not (prompt is not None and prompt.take_focus()):
            self.refused.emit(self.tr("Nothing is asked just now."))

    def _on_first_look(self) -> None:
        self.prompt.follow()

    def _on_strayed(self) -> None:
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_grid(self, day: str, start: int, end: int) -> None:
        self.page_requested.emit("time")
        if self._pages.time is not None:
            self._pages.time.show_day(day)
            self._pages.time.day_view.grid.choose(start, end)
