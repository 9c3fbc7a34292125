"""A page that scrolls up and down only, and is told how wide it may be."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Fits(Protocol):
    """What can turn its columns into one when there is little room."""

    def fit(self, width: int) -> None: ...


class PageScroll(QScrollArea):
    """Holds one widget; ``fitted`` (often the widget itself) hears of each new width in pixels."""

    def __init__(self, widget: QWidget, fitted: Fits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted = fitted
        self._width = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget.setProperty("kind", "page")
        self.setWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._width = event.size().width()  # what is seen of the page, without the scroll bar
        self._fitted.fit(self._width)
        super().resizeEvent(event)

    def refit(self) -> None:
        """Tells the width again, after the scale has changed."""
        self._fitted.fit(self._width)
