"""Taking back exactly what a small word tells of, and no later gesture in its place."""

from __future__ import annotations

from collections.abc import Callable

from companion.timedesk import Done, TimeDesk


def taking_back(time: TimeDesk, done: Done) -> Callable[[], bool]:
    """Takes ``done`` back if nothing was done after it; False where something was (Undo on the page leads there)."""

    def undo() -> bool:
        step = time.to_undo
        if step is None or step.n != done.n:
            return False
        time.undo()
        return True

    return undo
