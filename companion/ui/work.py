"""Heavy work on a thread of its own, while the window goes on living; its result comes back on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

Result = TypeVar("Result")


class _Errand(QObject):
    """One piece of work. Kept alive until its end has been heard of, whatever becomes of the one who wanted it."""

    ended = Signal()
    under_way: ClassVar[set[_Errand]] = set()

    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        self._function = function
        self.result: Any = None
        self.error: Exception | None = None
        self.hear: Callable[[_Errand], None] | None = None
        self.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self.under_way.add(self)
        threading.Thread(target=self._run, name="work", daemon=True).start()

    def _run(self) -> None:
        try:
            self.result = self._function()
        except Exception as error:  # handed to the window's thread, which knows what to say of it
            self.error = error
        self.ended.emit()

    def _on_ended(self) -> None:
        self.under_way.discard(self)
        hear, self.hear = self.hear, None
        if hear is not None:
            hear(self)


class Work(QObject):
    """One piece of work at a time. It goes with its parent: what ends after that is heard by nobody."""

    started = Signal()
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._errand: _Errand | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way that is still wanted."""
        return self._errand is not None

    def run(
        self,
        function: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Runs ``function`` on a thread; ``done`` gets its result, ``failed`` what it raised, both on this thread.

        Without ``failed`` an exception is raised here, as any other of ours. What was under way before is called off.
        ``function`` must not touch a widget or the store.
        """
        self.call_off()
        errand = self._errand = _Errand(function)

        def hear(ended: _Errand) -> None:
            if not shiboken6.isValid(self):
                return
            self._errand = None
            self.ended.emit()
            if ended.error is None:
                done(ended.result)
            elif failed is not None:
                failed(ended.error)
            else:
                raise ended.error

        errand.hear = hear
        errand.start()
        self.started.emit()

    def call_off(self) -> None:
        """Nobody wants the result any more; the thread ends by itself."""
        errand, self._errand = self._errand, None
        if errand is not None:
            errand.hear = None
            self.ended.emit()
