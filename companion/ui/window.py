"""The full window: rail, pages, notices, keys; and the strip, its other shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion import APP_NAME
from companion.core.changes import Change
from companion.desk import Desk
from companion.paths import Paths
from companion.ui.actions import CallActions
from companion.ui.asking import TimeAsking
from companion.ui.bridge import Bridge
from companion.ui.keys import Keys
from companion.ui.notices import Notices
from companion.ui.pagebook import PageBook
from companion.ui.pages.call.page import CallPage
from companion.ui.place import Place
from companion.ui.rail import Rail
from companion.ui.shapes import Shapes
from companion.ui.shortcuts import ESCAPE, Shortcuts
from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.say import say
from companion.ui.widgets.text import one_line

if TYPE_CHECKING:
    from companion.ui.keysheet import KeySheet
    from companion.ui.livebar import LiveBar

SIGN_OF_LIFE_S = 15
"""Seconds between two signs of life of a live call."""


class MainWindow(QWidget):
    """Made once. It ends only through ``quit_requested``; closing it during a call keeps the call."""

    quit_requested = Signal()
    _told_unsaved = False

    def __init__(self, desk: Desk, theme: Theme, keys: Keys, paths: Paths) -> None:
        super().__init__()
        self.setWindowTitle(APP_NAME)
        self._desk, self._theme, self._keys = desk, theme, keys
        self.has_tray = False
        self._place = Place(paths.window)
        self._ticks = 0
        self._looks = (desk.prefs.theme, desk.prefs.scale)
        self.bridge = Bridge(desk, self)
        self.actions_ = CallActions(desk, self)
        self.shapes = Shapes(desk, theme, keys, self._place, self)
        self.shapes.command_requested.connect(self.run)
        self.shapes.full_shown.connect(self.refresh)
        self._sheet: KeySheet | None = None
        self._build()
        self._shortcuts = Shortcuts(self, keys)
        self._shortcuts.pressed.connect(self.run)
        self.call_page.show_keys(keys)
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)
        self.bridge.changed.connect(self._on_change)
        self.actions_.refused.connect(self._on_refused)
        self.actions_.acted.connect(self.take_stock)
        wide, high = self._place.size() or (theme.px(1180), theme.px(760))
        room = (
            QGuiApplication.primaryScreen().availableSize()
        )  # less its frame: large type must not lead off it
        self.resize(min(wide, room.width() - 16), min(high, room.height() - 48))
        self.show_page("call")
        self.call_page.setFocus()
        self.notices.show_doubts()
        self._run_clock()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = {"call": self.tr("Call"), "stress": self.tr("Stress"), "time": self.tr("Time")}
        pages = [(key, name, key) for key, name in (names | {"settings": self.tr("Settings")}).items()]
        self.rail = Rail(self._theme, pages, self)
        self.rail.page_requested.connect(self.show_page)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._bar_place = QVBoxLayout()
        column.addLayout(self._bar_place)
        self._inner = QVBoxLayout()
        self.notices = Notices(self._desk, self._theme, self.actions_, self)
        self._inner.addWidget(self.notices)
        self._stack = PageBook(self._desk, self._theme, self._keys, self)
        self._stack.told.connect(self.notices.tell)
        self._stack.undo_offered.connect(self.notices.offer)
        self._stack.copied.connect(self._on_copied)
        self._stack.settings_requested.connect(self._on_settings)
        self._inner.addWidget(self._stack, 1)
        place = QVBoxLayout()
        self._inner.addLayout(place)
        self.asking = TimeAsking(self._desk, self._theme, place, self._stack, self.notices, self)
        self.asking.page_requested.connect(self.show_page)
        self.asking.refused.connect(self._on_refused)
        column.addLayout(self._inner, 1)
        row.addLayout(column, 1)
        self.call_page = CallPage(self._desk, self._theme, self._keys, self.actions_, self)
        self.call_page.copied.connect(self._on_copied)
        self.call_page.undo_offered.connect(self.notices.offer_restore)
        self.call_page.told.connect(self.notices.offer_undone)
        self.call_page.settings_requested.connect(self._on_settings)
        self._stack.add("call", self.call_page)
        self._restyle()
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        self._inner.setContentsMargins(px(20), px(16), px(20), px(14))
        self._inner.setSpacing(px(10))
        self.setMinimumSize(px(380), px(340))

    # -- keys
    def set_keys(self, keys: Keys) -> None:
        """Takes over these keys everywhere."""
        self._keys = keys
        self._shortcuts.set_keys(keys)
        self.call_page.show_keys(keys)
        self.shapes.set_keys(keys)

    def run(self, command: str) -> None:
        """Carries out a command or a digit, wherever it comes from."""
        if command == ESCAPE:
            self._on_escape()
            return
        if command in ("page_down", "page_up") and self._sheet is not None and self._sheet.isVisible():
            self._sheet.turn_page(command == "page_down")
            return
        windows: dict[str, Callable[[], object]] = {
            "strip": lambda: self.show_strip(not self.in_strip),
            "keys": self.show_key_sheet,
            "settings": lambda: self.show_page("settings"),
            "call_page": lambda: self.show_page("call"),
            "stress_page": lambda: self.show_page("stress"),
            "time_page": lambda: self.show_page("time"),
            "go_notice": self.asking.go,
        }
        self.shapes.make_room(command)
        if command in windows:
            windows[command]()
            return
        if not self.in_strip and self._stack.take(command, self._keys.key(command)):
            return
        if command.startswith(("digit:", "page_", "tab_")):
            return
        self.flush()
        if self.actions_.run(command):
            if (
                command == "start"
                and self._desk.board.active
                and not self._stack.on_call
                and not self.in_strip
            ):
                self.show_page("call")  # whoever answers needs the words of the greeting
            return
        if self._desk.board.current and not self._stack.on_call and command != "copy":
            self.show_page("call")  # what is led to or leafed in can only be seen there
        if not self.call_page.command(command):
            self._on_refused(self.tr("That key has nothing to do here just now."))

    def _on_escape(self) -> None:
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.close_sheet()
        elif not self._stack.leave(self.focusWidget()) and not self._stack.on_call:
            self.show_page("call")

    # -- pages
    def show_page(self, key: str) -> None:
        """Shows a page, built when it is first asked for."""
        self.flush()
        self._stack.show_page(key)
        self.rail.set_current(key)
        self.refresh()
        self.notices.place_word()

    def lock_journal(self, why: str) -> None:
        """Locks the journal, where it was ever shown; ``why`` as the page Stress takes it."""
        if self._stack.stress is not None:
            self._stack.stress.lock_now(why)

    def show_key_sheet(self) -> None:
        """The list of all keys, over the window."""
        if self._sheet is None:
            from companion.ui.keysheet import KeySheet

            self._sheet = KeySheet(self._keys, self._theme, self)
            self._sheet.settings_requested.connect(self._on_change_keys)
        self._sheet.toggle()

    def _on_change_keys(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()
        self.show_page("settings")
        self._stack.settings.show_keys()

    def build_all_pages(self) -> None:
        """Builds every page and both shapes once, for the self-test."""
        self.call_page.build_all()
        self._stack.settings.ensurePolished()
        self._stack.build_private()
        self.shapes.make_strip().show_desk()
        self.show_key_sheet()

    # -- news
    def _on_change(self, change: object) -> None:
        if isinstance(change, Change) and change & Change.SETTINGS:
            self._take_settings()
        self.refresh()
        if isinstance(change, Change):
            self._stack.hear(change)
            self.asking.hear(change)

    def refresh(self) -> None:
        """Shows what the Desk holds now, on the page and in the strip."""
        self._stack.follow_calls()
        if self._stack.on_call:
            self.call_page.refresh()
        self._show_live_bar()
        self.shapes.show_desk()
        self.notices.show_doubts()
        self._run_clock()

    def _show_live_bar(self) -> None:
        elsewhere = not self._stack.on_call
        if elsewhere or "live_bar" in self.__dict__:
            self.live_bar.show_board(self._desk.board, elsewhere)

    @cached_property
    def live_bar(self) -> LiveBar:
        """The bar on every other page, made when another page is first shown."""
        from companion.ui.livebar import LiveBar

        bar = LiveBar(self._theme, self)
        bar.back_requested.connect(self._on_back_to_call)
        bar.answer_requested.connect(self._on_answer)
        self._bar_place.addWidget(bar)
        return bar

    def _take_settings(self) -> None:
        prefs = self._desk.prefs
        app = QGuiApplication.instance()
        if (prefs.theme, prefs.scale) != self._looks:
            self._looks = (prefs.theme, prefs.scale)
            self._theme.apply(app, prefs.theme, prefs.scale / 100)
        self._keys.set_changed(prefs.keys)
        self.set_keys(self._keys)
        if self._sheet is not None:
            self._sheet.refresh()
        self.shapes.set_on_top(prefs.on_top)

    def _on_refused(self, why: str) -> None:
        self.notices.tell(why)
        self.shapes.tell(why)

    def take_stock(self) -> None:
        """After a verb: what the disk refused is announced by nobody, and must be shown all the same."""
        if not self._desk.trouble:
            self._told_unsaved = False
        if self._desk.trouble or self.notices.troubled:
            self.notices.show_trouble()
            self.refresh()
            self.shapes.tell_state()

    def _on_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.notices.tell(self.tr("Copied."))

    # -- the clock
    def _run_clock(self) -> None:
        """One wake-up a second while a clock runs, at the full second of what is shown; none without."""
        call = self._desk.board.active or self._desk.board.wrapup
        if call is None:
            if not self._desk.board.lines.unsaved:
                self._tick.stop()
                return
            wait = 1.0
        else:
            t = self._desk.board.lines.time_of(call.id)
            spent = call.hold_now(t) if call.held else (call.talk(t) if call.live else call.wrapup(t))
            wait = 1.0 - spent % 1.0
        if not self._tick.isActive():
            self._tick.start(max(15, round(wait * 1000) + 2))

    def _on_tick(self) -> None:
        self._desk.tick()
        self._ticks += 1
        if self._ticks % SIGN_OF_LIFE_S == 0:
            self._desk.board.lines.sign_of_life()
        if self._stack.on_call and self.isVisible():
            self.call_page.show_time()
        else:
            self._show_live_bar()
        self.shapes.show_time()
        if self.notices.troubled or self._desk.trouble:
            self.notices.show_trouble()
        if self._desk.board.doubts:
            self.notices.show_doubts()
        self.shapes.tell_state()
        self._run_clock()

    def flush(self) -> None:
        """Writes what is typed, now."""
        self._stack.flush()

    # -- the two shapes
    @property
    def in_strip(self) -> bool:
        """Whether the strip is the shape shown."""
        return self.shapes.in_strip

    def show_strip(self, on: bool) -> None:
        """Changes between the strip and the full window."""
        self.flush()
        self.shapes.show_strip(on)

    def bring_up(self, activate: bool) -> None:
        """Raises the shape that is shown; without ``activate`` the focus stays where it is."""
        self.shapes.bring_up(activate)
        self.refresh()

    def show_ringing(self) -> None:
        """A call rings: shown without taking the focus, and without leaving what is being typed."""
        self.bring_up(activate=False)
        call = self._desk.board.ringing
        if call is not None:
            who = one_line(call.name or call.number, 80) or self.tr("Unknown caller")
            say(self, self.tr("Ringing: ") + who, urgent=True)

    def _on_settings(self) -> None:
        self.show_page("settings")

    def _on_answer(self) -> None:
        self.run("start")

    def _on_back_to_call(self) -> None:
        self.show_page("call")

    # -- telling
    def note_problem(self, text: str) -> None:
        """Tells of something that went wrong, in a notice that can be dismissed."""
        self.notices.tell(text, "warn")

    def note_choice(self, text: str, answers: dict[str, str], chosen: Callable[[str], None]) -> None:
        """Asks something that can wait, in a notice."""
        self.notices.ask(text, answers, chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notices.place_word()

    # -- leaving
    def closeEvent(self, event: QCloseEvent) -> None:
        """During a call the window only goes out of sight; otherwise the program ends."""
        self.flush()
        self._place.keep_size(self.width(), self.height())
        event.ignore()
        if self._desk.board.active is None:
            if self._desk.board.lines.unsaved and not self._told_unsaved:
                self._told_unsaved = True
                self.notices.tell(
                    self.tr(
                        "Something is not on disk yet. Free some space and try again, or close once more to lose it."
                    ),
                    "warn",
                )
                return
            event.accept()
            self.quit_requested.emit()
            return
        if self.has_tray:
            self.hide()
        else:
            self.showMinimized()

    def set_icon(self) -> None:
        """The program's icon; loaded after the first paint."""
        self.setWindowIcon(icons.app_icon())
