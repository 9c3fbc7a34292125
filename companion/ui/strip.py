"""The compact strip: time, phase, split bar, the one next prompt and four buttons, small enough for a corner."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMoveEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion import APP_NAME
from companion.core.calls import Call
from companion.desk import Desk
from companion.ui.keys import Keys, shown
from companion.ui.pages.call import present
from companion.ui.pages.call.guide import marks_of
from companion.ui.pages.call.present import View
from companion.ui.theme.theme import Theme
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.pill import Pill
from companion.ui.widgets.readout import Mark, ReadOut, SingleLine
from companion.ui.widgets.splitbar import SplitBar
from companion.ui.widgets.text import tip

WIDTH, HEIGHT = 420, 160


def can_stay_on_top() -> bool:
    """Whether the platform lets a window stay above others; Wayland does not."""
    return not QGuiApplication.platformName().startswith("wayland")


class Strip(QWidget):
    """A second shape of the call. ``command_requested`` carries commands, ``full_requested`` asks for the window."""

    command_requested = Signal(str)
    full_requested = Signal()
    moved = Signal()

    def __init__(self, desk: Desk, theme: Theme, on_top: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(APP_NAME)
        self.setAccessibleName(self.tr("Compact strip"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._desk, self._theme, self._keys = desk, theme, Keys()
        self.set_on_top(on_top)
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        top = self._top = QHBoxLayout()
        self.time = SingleLine(self._theme, self.tr("Call time"), "title", "00:00", self)
        self.phase = Pill(self._theme, parent=self)
        self.who = ElideLabel(self._theme, "", "small", "muted", self)
        self.full = KeyButton(self._theme, "", "strip", "", "plain", self)
        self.full.setAccessibleName(self.tr("Full window"))
        self.full.setToolTip(self.tr("Full window"))
        self.full.clicked.connect(self.full_requested)
        top.addWidget(self.time)
        top.addWidget(self.phase)
        top.addWidget(self.who, 1)
        top.addWidget(self.full)
        column.addLayout(top)
        self.bar = SplitBar(self._theme, self, thin=True)
        column.addWidget(self.bar)
        self.prompt = ReadOut(self._theme, self.tr("Prompt"), "strong", self)
        column.addWidget(self.prompt, 1)
        row = self._row = QGridLayout()
        self.buttons: dict[str, KeyButton] = {}
        for i in range(4):
            button = KeyButton(self._theme, "", "", "", "quiet", self)
            button.clicked.connect(self._on_clicked)
            self.buttons[str(i)] = button
            row.addWidget(button, 0, i)
        column.addLayout(row)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(6))
        self._top.setSpacing(px(8))
        self._row.setSpacing(px(6))
        self.setFixedSize(px(WIDTH), px(HEIGHT))

    def set_on_top(self, on: bool) -> None:
        """Above other windows, where the platform allows it."""
        seen = self.isVisible()
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on and can_stay_on_top())
        if seen:
            self.show()

    def show_keys(self, keys: Keys) -> None:
        """The keys have changed."""
        self._keys = keys
        self.full.set_key_hint(shown(keys.key("strip")))

    # -- showing
    def show_desk(self) -> None:
        """Reads the Desk and shows the call at hand, or that there is none."""
        board = self._desk.board
        call = board.active
        if call:
            self._show_call(call)
            self._set_buttons(
                ("next", self.tr("Next"), "arrow_right", "quiet"),
                (
                    "hold",
                    self.tr("Resume") if call.held else self.tr("Hold"),
                    "resume" if call.held else "hold",
                    "primary" if call.held else "quiet",
                ),
                ("upset", self.tr("Calm") if call.upset else self.tr("Upset"), "upset", "quiet"),
                ("end", self.tr("End"), "end", "danger"),
            )
            return
        self.bar.set_face(0.0)
        self.prompt.set_role("strong")
        if board.wrapup:
            self.phase.set_pill(self.tr("Wrap-up"), "check", "neutral")
            self.prompt.set_text(self.tr("How did it end? The outcome waits in the full window."))
            self._set_buttons(
                ("start", self.tr("Start"), "call", "primary"),
                ("later", self.tr("Later"), "clock", "quiet"),
                ("done", self.tr("Done"), "check", "quiet"),
                ("undo_end", self.tr("Back"), "undo", "quiet"),
            )
            self.who.set_text(board.wrapup.name)
        else:
            ringing = board.ringing
            self.phase.set_pill(self.tr("Ringing") if ringing else self.tr("Ready"), "call", "accent")
            who = (ringing.name or ringing.number or self.tr("Unknown caller")) if ringing else ""
            self.who.set_text("")
            self.prompt.set_text(who or self.tr("Ready for the next call."))
            action = self.tr("Answer") if ringing else self.tr("Start call")
            self._set_buttons(("start", action, "call", "primary"))
        self.show_time()

    def tell(self, words: str) -> None:
        """A refusal in place of the prompt, until something changes."""
        self.prompt.set_text(words)

    def _set_buttons(self, *wanted: tuple[str, str, str, str]) -> None:
        for i, button in enumerate(self.buttons.values()):
            button.setVisible(i < len(wanted))
            if i < len(wanted):
                command, words, icon, kind = wanted[i]
                button.setObjectName(command)
                names = {
                    "upset": self.tr("Upset caller"),
                    "end": self.tr("End call"),
                    "start": self.tr("Start call"),
                }
                button.set_label(words, names.get(command, words))
                button.set_icon(icon)
                button.set_kind(kind)
                button.set_key_hint("")

    def _show_call(self, call: Call) -> None:
        key = present.guide_key(call)
        t = self._desk.board.lines.time_of(call.id)
        playbook = self._desk.playbook
        confirm = None
        if key == "open" and call.passed_t is not None and not call.upset:
            confirm = next(iter(playbook.guide("closed").prompts), None)
        self._level = level = present.hold_level(call.hold_now(t), self._desk.prefs.nudges)
        values = self._desk.fields(call)
        face = present.guide_face(playbook.guide(key), call, values, View(), confirm, level)
        marks: list[Mark] = marks_of(face.prompt)
        self.prompt.set_text(face.prompt.plain, marks)
        self.phase.set_pill(
            face.title, "hold" if call.held else "call", "warn" if call.held or call.upset else "accent"
        )
        ringing = self._desk.board.ringing
        rings = ringing and (ringing.name or ringing.number or self.tr("Unknown caller"))
        self.who.set_text(self.tr("Ringing: ") + rings if rings else call.name or call.number)
        self.show_time()

    _level = 0

    def show_time(self) -> None:
        """What the clock alone changes."""
        board = self._desk.board
        call = board.active
        if call:
            t = board.lines.time_of(call.id)
            if present.hold_level(call.hold_now(t), self._desk.prefs.nudges) != self._level:
                self._show_call(call)  # another nudge of the hold is due
                return
            self.time.set_text(present.clock(call.talk(t)))
            if call.held:
                self.phase.set_pill(self.tr("Hold") + f" {present.clock(call.hold_now(t))}", "hold", "warn")
            name = self._desk.reason_name(call.reason)
            look = present.split_look(call, call.talk(t), self._desk.likely(call), name)
            self.bar.set_face(look.elapsed, 0.75, look.passed, look.paused or look.resting)
            self.bar.setToolTip(tip(look.text))
        elif board.wrapup:
            self.time.set_text(present.clock(board.wrapup.wrapup(board.lines.time_of(board.wrapup.id))))
        else:
            self.time.set_text("00:00")

    # -- its place
    def place(self, at: QPoint | None) -> None:
        """Puts the strip where it was, or into the corner; pulled back in when that screen is gone."""
        screens = QGuiApplication.screens()
        where = at
        if where is None or not any(s.availableGeometry().contains(where) for s in screens):
            area = QGuiApplication.primaryScreen().availableGeometry()
            where = QPoint(area.right() - self.width() - 16, area.top() + 16)
        screen = QGuiApplication.screenAt(where) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        size = self.frameGeometry().size().expandedTo(self.size())
        x = max(area.left(), min(where.x(), area.right() - size.width() + 1))
        y = max(area.top(), min(where.y(), area.bottom() - size.height() + 1))
        self.move(x, y)

    def moveEvent(self, event: QMoveEvent) -> None:
        if self.isVisible():
            self.moved.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the strip leads back to the full window: a call is never closed by that."""
        event.ignore()
        self.full_requested.emit()

    def _on_clicked(self) -> None:
        self.command_requested.emit(self.sender().objectName())
