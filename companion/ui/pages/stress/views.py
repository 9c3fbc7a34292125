"""What the page Stress asks of its views, and where each is found: they are imported when they are first shown."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from PySide6.QtWidgets import QWidget

from companion.desk import Desk
from companion.ui.theme.theme import Theme


class Place(NamedTuple):
    """A tab of the page: its key, its words, the view behind it, whether that needs the vault open, and whether it has
    a use for the digits that lead to the tabs from elsewhere."""

    key: str
    words: str
    module: str
    view: str
    private: bool
    digits: bool = False


PLACES = (
    Place("journal", "Journal", "journal", "JournalView", True),
    Place("breathing", "Breathing", "breathing", "BreathingView", False, True),
    Place("patterns", "Patterns", "patterns", "PatternsView", True),
    Place("strategy", "Strategy", "strategy", "StrategyView", True),
    Place("help", "Help", "help", "HelpView", False),
    Place("care", "Privacy", "care", "CareView", False),
)
"""In the order of the tabs, which is that of the digits 1 to 6."""


class View(Protocol):
    """A view: a widget made as ``View(desk, theme, parent)``. One that has ``fit(width)`` is put into a PageScroll by
    the page; one without scrolls by itself.

    Signals that the page takes where a view has them: ``told(str)`` a small word; ``undo_offered(str, object)`` a small
    word with a callable that takes it back; ``copied(str)`` text for the clipboard that may be kept in its history (own
    responses); and the wishes ``breathe_requested()``, ``check_requested()``, ``entry_requested()``,
    ``journal_requested()``, ``patterns_requested()``, ``strategy_requested()``, ``help_requested()``,
    ``settings_requested()``, ``lock_requested()``, ``unlock_requested()``, ``opened_requested(str)`` an entry by its
    id.
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
    module = import_module(f"companion.ui.pages.stress.{place.module}")
    return cast(QWidget, getattr(module, place.view)(desk, theme, parent))
