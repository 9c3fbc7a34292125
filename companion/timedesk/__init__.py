"""The time audit as the pages and commands use it: ``TimeDesk`` and what its verbs return."""

from companion.timedesk.desk import SLEEPING, TimeDesk
from companion.timedesk.gestures import Done, Step
from companion.timedesk.proposals import Gap
from companion.timedesk.reading import DayView

__all__ = ["SLEEPING", "DayView", "Done", "Gap", "Step", "TimeDesk"]
