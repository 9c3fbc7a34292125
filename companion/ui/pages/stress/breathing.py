"""Breathing: choose a pattern and a length, start, follow the circle. Works while locked, and keeps no trace.

The one measure is a monotonic clock: each frame asks it how long it has been and shows what ``core.breathing`` says of
that moment. A call that comes in ends it at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.core import breathing
from companion.core.breathing import Moment, Pattern
from companion.desk import Desk
from companion.ui.keys import pressed
from companion.ui.pages.stress.breathing_choice import Choices, clock, counts
from companion.ui.theme.theme import Theme
from companion.ui.widgets.breath import Breath, BreathFace
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

_WIDTH = 860
"""Pixels at 100 % that the column is wide at the most."""
_WORDS = {
    "in": QT_TRANSLATE_NOOP("BreathingView", "Breathe in"),
    "more": QT_TRANSLATE_NOOP("BreathingView", "A little more"),
    "hold": QT_TRANSLATE_NOOP("BreathingView", "Hold"),
    "out": QT_TRANSLATE_NOOP("BreathingView", "Breathe out"),
    "rest": QT_TRANSLATE_NOOP("BreathingView", "Hold"),
}
_START = ("Space", "Return", "Enter")


class BreathingView(QWidget):
    """``finished`` tells the seconds of a session that went to its end, ``stopped`` of one that was left earlier.

    ``clock`` gives seconds that never jump; without one the desk's is used, which stands still in a suspend.
    """

    finished = Signal(int)
    stopped = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        parent: QWidget | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock or desk.clock.awake
        self._pattern: Pattern | None = None
        self._began = self._length = 0.0
        self._step = (-1, -1)
        self.setAccessibleName(self.tr("Breathing"))
        self.choices = Choices(desk.prefs, theme, self)
        self.breath = Breath(theme, self)
        self.start_button = KeyButton(
            theme, self.tr("Start breathing"), "", self.tr("Space"), "primary", self.choices
        )
        self.stop_button = KeyButton(theme, "", "", self.tr("Esc"), "quiet", self)
        self.stop_button.set_label(self.tr("Stop"), self.tr("Stop breathing"))
        self.stop_button.hide()
        self.care = label(
            self.tr("Breathe gently. If you feel dizzy or uneasy, stop and breathe as you like."),
            "hint",
            self,
            wrap=True,
        )
        self.care.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # Out of sight no frames are asked for: this one sees that a session ends all the same.
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._on_end_due)
        self._lay_out()
        self.choices.changed.connect(self._on_choice)
        self.choices.refused.connect(self._on_refused)
        self.breath.frame_due.connect(self._on_frame)
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._rest()

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        self._middle = QWidget(self)
        self._column = QVBoxLayout(self._middle)
        self.choices.foot.addWidget(self.start_button)
        self._column.addWidget(self.choices)
        self._column.addWidget(self.breath, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self.care)
        across.addStretch(1)
        across.addWidget(self._middle, 1000)
        across.addStretch(1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._middle.setMaximumWidth(px(_WIDTH))
        self._column.setSpacing(px(12))
        self._column.setContentsMargins(0, 0, 0, px(8))

    def minimumSizeHint(self) -> QSize:
        # Its lines that wrap would ask for the height that they have when they are narrow.
        return QSize(super().minimumSizeHint().width(), 0)

    def fit(self, width: int) -> None:
        """Nothing to do: the rows of choices flow by themselves."""

    # -- a session
    @property
    def running(self) -> bool:
        """Whether a session is under way."""
        return self._pattern is not None

    @property
    def elapsed(self) -> float:
        """Seconds since the start of the session; 0 without one."""
        return self._clock() - self._began if self._pattern is not None else 0.0

    def start(self) -> None:
        """Begins with what is chosen; one that is under way goes on."""
        if self._pattern is not None:
            return
        self._pattern = self.choices.pattern
        self._length = breathing.length(self._pattern, self.choices.seconds)
        self._began, self._step = self._clock(), (-1, -1)
        self._turn(True)
        self.breath.set_still(self.choices.reduced)
        self._end.start(math.ceil(self._length * 1000))
        self.breath.run(True)

    def stop(self) -> None:
        """Ends the session before its time; nothing happens without one."""
        if self._pattern is not None:
            seconds = int(self.elapsed)
            self._leave()
            self._rest()
            self.stopped.emit(seconds)

    def stop_for_call(self) -> None:
        """A call comes in: ends at once."""
        self.stop()

    def _leave(self) -> None:
        self._pattern = None
        self._end.stop()
        self.breath.run(False)
        self._turn(False)

    def _turn(self, running: bool) -> None:
        """While it runs there is nothing to choose: the circle has all the room."""
        focus = self.focusWidget()
        held = focus is not None and focus.hasFocus() and self.isAncestorOf(focus)
        show_if(self.choices, not running)
        show_if(self.stop_button, running)
        if held:
            (self.stop_button if running else self.start_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self, words: str = "", foot: str = "") -> None:
        """What is shown while nothing runs."""
        pattern = self.choices.pattern
        self.breath.set_still(self.choices.reduced)
        self.breath.setAccessibleDescription("")
        self.breath.set_face(BreathFace(words or counts(pattern), "", foot, 0.7, -1.0, pattern.marks))

    def _on_frame(self) -> None:
        pattern, elapsed = self._pattern, self.elapsed
        if pattern is None:
            return
        if elapsed >= self._length:
            self._finish()
            return
        now = breathing.at(pattern, elapsed)
        self.breath.set_face(face(pattern, now, self._length - elapsed))
        if (now.cycle, now.step) != self._step:
            self._step = (now.cycle, now.step)
            self._tell(pattern, now)

    def _tell(self, pattern: Pattern, now: Moment) -> None:
        """Once for each step, for who listens instead of looking."""
        seconds = self.tr("%1 seconds").replace("%1", f"{pattern.steps[now.step].seconds:g}")
        self.breath.setAccessibleDescription(seconds)
        self.breath.tell(f"{words(now.phase)}, {seconds}")

    def _finish(self) -> None:
        seconds = round(self._length)
        self._leave()
        self._rest(self.tr("Done"), self.tr("%1 of breathing").replace("%1", clock(seconds)))
        self.breath.tell(self.breath.text())
        self.finished.emit(seconds)

    def _on_end_due(self) -> None:
        self._on_frame()
        if self._pattern is not None:  # the clock stood still for a while
            self._end.start(max(1, math.ceil((self._length - self.elapsed) * 1000)))

    # -- wishes
    def _on_choice(self) -> None:
        if self._pattern is None:
            self._rest()

    def _on_refused(self, why: str) -> None:
        self.told.emit(self.tr("Not kept: %1").replace("%1", why))

    def refresh(self) -> None:
        """Shows what is kept. Raises StoreError."""
        if self._pattern is None:
            self.choices.refresh()

    def flush(self) -> None:
        """Keeps what was just typed, now. Raises StoreError."""
        self.choices.flush()

    def digit(self, n: int) -> bool:
        """1 to 5 choose a pattern; while one runs every digit is swallowed, so that nothing leads away by mistake."""
        if self._pattern is not None:
            return True
        if 1 <= n <= len(breathing.IDS):
            self.choices.choose(n - 1)
            return True
        return False

    def key(self, name: str) -> bool:
        """Space or Enter start, M takes the movement out or puts it back, + and - make it longer or shorter."""
        if name in _START:
            self.start()
            return True
        if self._pattern is not None or name not in ("M", "+", "-"):
            return False
        if name == "M":
            self.choices.flip_still()
        else:
            self.choices.longer(1 if name == "+" else -1)
        return True

    def escape(self) -> bool:
        """Esc stops."""
        if self._pattern is None:
            return False
        self.stop()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = pressed(event)
        taken = self.escape() if name == "Esc" else self.key(name)
        if not taken and len(name) == 1 and name.isdecimal():
            taken = self.digit(int(name))
        if not taken:
            super().keyPressEvent(event)


def words(phase: str) -> str:
    """What to do in a phase."""
    return QCoreApplication.translate("BreathingView", _WORDS[phase])


def face(pattern: Pattern, now: Moment, left_s: float) -> BreathFace:
    """What the circle shows at a moment; ``left_s`` is what is left of the session."""
    step = pattern.steps[now.step]
    parts = math.ceil(step.seconds)
    left = max(1, math.ceil(now.left_s - 1e-9))
    foot = QCoreApplication.translate("BreathingView", "%1 left").replace("%1", clock(math.ceil(left_s)))
    return BreathFace(
        words(now.phase), str(left), foot, now.level, now.turn, pattern.marks, parts, parts - left + 1
    )
