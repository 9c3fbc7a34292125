"""Layouts within layouts, brought to rest at once.

Qt lets each level of wrapped text tell the next one in a later round of events, so that a row that grew squeezes its
neighbours for a few frames. Activated from the inside out, every level hears the right height the first time.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea, QWidget


def settle(inside_out: Iterable[QWidget], area: QScrollArea) -> None:
    """Lays out these containers, each before the one it stands in, and at last the scroll ``area`` around them."""
    for widget in inside_out:
        layout = widget.layout()
        if layout is not None and not widget.isHidden():
            layout.activate()
    QCoreApplication.sendEvent(area, QEvent(QEvent.Type.LayoutRequest))
