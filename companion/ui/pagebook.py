"""The pages of the window: each built when it is first shown, and handed the keys that no command of a call has."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from companion.core.changes import Change
from companion.desk import Desk
from companion.ui.drafts import is_field
from companion.ui.keys import TAB_KEYS, Keys
from companion.ui.theme.theme import Theme
from companion.ui.widgets.shown import let_go

if TYPE_CHECKING:
    from companion.ui.aftercall import AfterCall
    from companion.ui.pages.call.page import CallPage
    from companion.ui.pages.settings.page import SettingsPage
    from companion.ui.pages.stress.page import StressPage
    from companion.ui.pages.time.page import TimePage

_NEWS = Change.JOURNAL | Change.SETTINGS | Change.BREAKS | Change.RESPONSES
"""What the page Stress shows anew, also while another page is in front: a locked journal leaves nothing in it."""


class HasTabs(Protocol):
    """The head of a page that has tabs."""

    def turn_tab(self, by: int) -> None: ...


class TakesKeys(Protocol):
    """A page may have any of these; each returns False for what means nothing to it."""

    head: HasTabs

    def digit(self, digit: int) -> bool: ...
    def command(self, command: str) -> bool: ...
    def key(self, name: str) -> bool: ...
    def leave(self) -> bool: ...


class PageBook(QStackedWidget):
    """Hands up what its pages have to say: a small word, one with a way back, a text to copy, a wish for Settings."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    copied = Signal(str)
    settings_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._keys = desk, theme, keys
        self._pages: dict[str, QWidget] = {}
        self._calls: set[str] = set()

    def add(self, key: str, page: QWidget) -> None:
        """Puts a page in that was built elsewhere."""
        self._pages[key] = page
        self.addWidget(page)

    def page(self, key: str) -> QWidget:
        """A page, built when it is first asked for."""
        if key not in self._pages:
            makers = {"stress": self._make_stress, "time": self._make_time}
            self.add(key, makers.get(key, self._make_settings)())
        return self._pages[key]

    def _make_stress(self) -> StressPage:
        from companion.ui.pages.stress.page import StressPage

        page = StressPage(self._desk, self._theme, self._keys, self)
        page.told.connect(self.told)
        page.undo_offered.connect(self.undo_offered)
        page.copied.connect(self.copied)
        page.settings_requested.connect(self.settings_requested)
        return page

    def _make_time(self) -> TimePage:
        from companion.ui.pages.time.page import TimePage

        page = TimePage(self._desk, self._theme, self._keys, self)
        page.told.connect(self.told)
        page.undo_offered.connect(self.undo_offered)
        page.copied.connect(self.copied)
        page.settings_requested.connect(self.settings_requested)
        return page

    def _make_settings(self) -> SettingsPage:
        from companion.ui.pages.settings.page import SettingsPage

        return SettingsPage(self._desk, self._theme, self._keys, self)

    @property
    def settings(self) -> SettingsPage:
        """The page of settings."""
        return cast("SettingsPage", self.page("settings"))

    @property
    def stress(self) -> StressPage | None:
        """The page Stress, None before it was first shown: then nothing of the journal was ever read here."""
        return cast("StressPage | None", self._pages.get("stress"))

    @property
    def time(self) -> TimePage | None:
        """The page Time, None before it was first shown."""
        return cast("TimePage | None", self._pages.get("time"))

    @property
    def call(self) -> CallPage:
        """The page of the call."""
        return cast("CallPage", self._pages["call"])

    @property
    def on_call(self) -> bool:
        """Whether the page of the call is the one in front."""
        return self.currentWidget() is self.call

    def flush(self) -> None:
        """Writes what is typed on any page, now."""
        self.call.flush()
        if self.stress is not None:
            self.stress.flush()
        if self.time is not None:
            self.time.flush()

    def show_page(self, key: str) -> None:
        """Brings a page to the front and gives it the keyboard."""
        page = self.page(key)
        if page is not self.currentWidget():
            let_go(self)
        self.setCurrentWidget(page)
        if key == "stress" and self.stress is not None:
            self.stress.refresh()
            self.stress.take_focus()
        elif key == "time" and self.time is not None:
            self.time.come_up()
        else:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.window().focusWidget() is None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def build_private(self) -> None:
        """Builds the pages Stress and Time with all their views, for the self-test."""
        before = cast(QWidget, self.currentWidget())
        for key in ("stress", "time"):
            self.show_page(key)
            cast("StressPage | TimePage", self.page(key)).build_all()
        self.setCurrentWidget(before)

    @cached_property
    def after_call(self) -> AfterCall:
        """Offers a check after a call marked upset; made when a caller is first upset."""
        from companion.ui.aftercall import AfterCall

        after = AfterCall(self._desk, self._theme, self.call)
        after.told.connect(self.told)
        return after

    # -- news
    def follow_calls(self) -> None:
        """A call that was not there before hides what is private, before anything is drawn."""
        board = self._desk.board
        here = {call.id for call in (board.active, board.ringing) if call is not None}
        if here - self._calls and self.stress is not None:
            self.stress.call_came()
        self._calls = here
        for page in (self.stress, self.time):
            if page is not None:
                page.show_live(bool(here))
        if "after_call" in self.__dict__ or (board.active and board.active.upsets):
            self.after_call.follow()

    def hear(self, change: Change) -> None:
        """Something was written."""
        if self.stress is not None and change & _NEWS:
            self.stress.refresh()
        if self.time is not None:
            self.time.hear(change)

    # -- keys
    def take(self, command: str, key: str) -> bool:
        """Hands a digit, a turn of the page or of its tabs, or ``key`` of a command to the page in front; False where
        it means nothing there. Single signs belong to the call while one is live or rings."""
        page = cast(TakesKeys, self.currentWidget())
        if command.startswith("digit:"):
            digit = int(command[6:])
            return (hasattr(page, "digit") and page.digit(digit)) or self._asked(
                lambda after: after.digit(digit)
            )
        if command in ("page_down", "page_up"):
            return hasattr(page, "command") and page.command(command)
        if command in TAB_KEYS:
            if not hasattr(page, "head"):
                return False
            page.head.turn_tab(1 if command == "tab_next" else -1)
            return True
        board = self._desk.board
        if board.active or board.ringing or not key or len(key.removeprefix("Shift+")) > 1:
            return False
        if hasattr(page, "key") and page.key(key):
            return True
        if command == "start" and not self.on_call:
            # A word typed beside its field would start a call, and go on into the notes of it, which are not sealed.
            self.told.emit(self.tr("A call is started on the page Call: Ctrl+1, then %1.").replace("%1", key))
            return True
        return False

    def leave(self, focus: QWidget | None) -> bool:
        """Esc: out of a field, then step by step within the page; False where that leads to the page of the call."""
        page = cast(QWidget, self.currentWidget())
        if is_field(focus) and not self.call.isAncestorOf(cast(QWidget, focus)):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.on_call:
            if self._asked(lambda after: after.leave(focus)):
                return True
            return self.call.leave() or self._asked(lambda after: after.dismiss())
        return hasattr(page, "leave") and cast(TakesKeys, page).leave()

    def take_question(self) -> bool:
        """The keyboard goes to the check that is offered; False while none is."""
        return self._asked(lambda after: after.take_focus())

    def _asked(self, verb: Callable[[AfterCall], bool]) -> bool:
        """Does it with the check that is offered after a call, where one can be seen."""
        return self.on_call and "after_call" in self.__dict__ and verb(self.after_call)
