"""A page that scrolls up and down only, and is told how wide it may be."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

BAR = 12
"""Pixels kept free at the least for the scroll bar, whether it is there or not: its coming and going moves nothing."""


class Fits(Protocol):
    """What can turn its columns into one when there is little room."""

    def fit(self, width: int) -> None: ...


class PageScroll(QScrollArea):
    """Holds one widget; ``fitted`` (often the widget itself) hears of each new width in pixels.

    The scroll bar is one of our own beside the page, made when there is something to scroll. Qt's own would take its
    width from the page, which then has to be laid out once more.
    """

    def __init__(self, widget: QWidget, fitted: Fits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted = fitted
        self._width = 0
        self._bar: QScrollBar | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportMargins(0, 0, BAR, 0)
        widget.setProperty("kind", "page")
        self.setWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._width = event.size().width()  # what is seen of the page, without the scroll bar
        self._fitted.fit(self._width)
        super().resizeEvent(event)
        self._show_bar()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._bar is not None:
            self._bar.setValue(self.verticalScrollBar().value())

    def _show_bar(self, *_range: int) -> None:
        """Shows our bar as Qt's, which is out of sight, stands."""
        theirs = self.verticalScrollBar()
        if self._bar is None:
            theirs.rangeChanged.connect(self._show_bar)
            self._bar = QScrollBar(Qt.Orientation.Vertical, self)
            self._bar.valueChanged.connect(theirs.setValue)
        self._bar.ensurePolished()
        wide = max(BAR, self._bar.sizeHint().width())  # the style sheet's, which follows the text size
        self.setViewportMargins(0, 0, wide, 0)
        self._bar.setGeometry(self.width() - wide, 0, wide, self.height())
        self._bar.setRange(theirs.minimum(), theirs.maximum())
        self._bar.setPageStep(theirs.pageStep())
        self._bar.setSingleStep(theirs.singleStep())
        self._bar.setValue(theirs.value())
        self._bar.setVisible(theirs.maximum() > theirs.minimum())

    def turn_page(self, down: bool) -> None:
        """A page further down or up."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (bar.pageStep() if down else -bar.pageStep()))
