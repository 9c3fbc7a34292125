"""What the page Time asks of its views, and where each is found: they are imported when they are first shown."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.ui.theme.theme import Theme


class Place(NamedTuple):
    """A tab of the page: its key, its words, the view behind it."""

    key: str
    words: str
    module: str
    view: str


PLACES = (
    Place("day", "Day", "day", "DayView"),
    Place("ranges", "Ranges", "ranges", "RangesView"),
    Place("goals", "Goals", "goals", "GoalsView"),
    Place("audit", "Audit", "report", "AuditView"),
    Place("categories", "Categories", "categories", "CategoriesView"),
)
"""In the order of the tabs, which is that of the digits 1 to 5."""

BY_KEY = {place.key: place for place in PLACES}


class View(Protocol):
    """A view: a widget made as ``View(desk, theme, parent)``. One that has ``fit(width)`` is put into a PageScroll by
    the page; one without scrolls by itself.

    Signals that the page takes where a view has them: ``told(str)`` a small word; ``undo_offered(str, object)`` a small
    word with a callable that takes it back; ``copied(str)`` text for the clipboard; ``day_requested(str)`` the grid of
    a day by its name; ``goals_requested()``, ``audit_requested()``, ``categories_requested()``, ``ranges_requested()``.
    """

    def refresh(self) -> None:
        """Shows what is kept now; never what would move the caret of a field being typed in."""

    def flush(self) -> None:
        """Writes what is typed, now. Raises StoreError where the disk refuses; it then stays in the view."""

    def key(self, name: str) -> bool:
        """A key as ``ui/keys.normal`` writes it, while no text field has the focus and no call is live; True: taken."""

    def digit(self, n: int) -> bool:
        """A digit 0 to 9 while no text field has the focus; True: taken. Others lead to the tabs."""

    def escape(self) -> bool:
        """Esc, once no text field has the focus: one step back; False when there is none."""


def made(place: Place, desk: Desk, theme: Theme, parent: QWidget) -> QWidget:
    """The view of a tab, new."""
    module = import_module(f"companion.ui.pages.time.{place.module}")
    return cast(QWidget, getattr(module, place.view)(desk, theme, parent))
