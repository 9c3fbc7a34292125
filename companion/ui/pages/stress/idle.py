"""Watches whether anybody is at the window: keys, mouse, touch. Costs nothing while nothing is to be locked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from companion.clock import Clock

LOOK_S = 20.0
"""Seconds between two looks at the clock at the most: a timer stands still while the computer sleeps, the clock that
is looked at does not."""

_LIFE = frozenset(
    (
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove),
        QEvent.Type.InputMethod,
    )
)


class IdleWatch(QObject):
    """``idle`` comes once ``limit_s`` seconds have passed without a sign of life, suspends included; then it rests
    until it is started again. A sign of life that comes too late is no longer one."""

    idle = Signal()

    def __init__(self, clock: Clock, watched: QWidget) -> None:
        super().__init__(watched)
        self._clock, self._widget = clock, watched
        self._window: QWindow | None = None
        self._limit = 0.0
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)

    @property
    def running(self) -> bool:
        """Whether it watches, and so wakes now and then."""
        return self._timer.isActive()

    def start(self, limit_s: float) -> None:
        """Watches from now on; 0 or less watches nothing."""
        if limit_s <= 0:
            self.stop()
            return
        self._limit = limit_s
        self._last = self._clock.boot()
        window = self._widget.window().windowHandle()
        if window is not None and window is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            # On the window of the system and not on a widget: it hears all of it, whoever has the focus.
            window.installEventFilter(self)
            self._window = window
        self._wait()

    def set_limit(self, limit_s: float) -> None:
        """Another limit; what has passed already counts."""
        if self.running and limit_s > 0:
            self._limit = limit_s
            self.look()

    def stop(self) -> None:
        """Rests."""
        self._timer.stop()
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def look(self) -> None:
        """Looks at the clock, and tells when the time is over."""
        if self._clock.boot() - self._last >= self._limit:
            self.stop()
            self.idle.emit()
        else:
            self._wait()

    def _wait(self) -> None:
        left = self._limit - (self._clock.boot() - self._last)
        self._timer.start(max(50, round(min(left, LOOK_S) * 1000)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Expose and self.running:
            self.look()  # the screen comes back, perhaps after hours: before anything is painted
        elif kind in _LIFE and self.running:
            now = self._clock.boot()
            if now - self._last >= self._limit:
                self.look()
            else:
                self._last = now
        return False
