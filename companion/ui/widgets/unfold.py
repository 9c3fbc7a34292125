"""What has just unfolded comes into sight: the page scrolls there, gently, and the keyboard stays where it is."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QPoint, Qt, QTimer, QVariantAnimation
from PySide6.QtWidgets import QScrollArea, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.settled import settle

SCROLL_MS = 180
"""How long the page takes to get there."""
_GAP = 12
"""Pixels at 100 % that stay free above and below, where there is room."""


def unfold(widget: QWidget, theme: Theme, still: bool = False) -> None:
    """To be called once when ``widget`` was shown: the scroll area around it brings the whole of it into sight, or its
    top where there is no room for the whole. ``still``: without movement.

    Nothing happens where it is in sight already, where nothing scrolls, or where the widget is gone before its layout
    is done. Whoever scrolls meanwhile is not pulled back.
    """
    area = _area_of(widget)
    page = area.widget() if area is not None else None
    if area is not None and page is not None:
        _Scroll(widget, page, area, theme, still)


def unfolding(widget: QWidget) -> bool:
    """Whether the page is on its way to ``widget``, or to what it stands in: then nothing else need bring it there."""
    one: QWidget | None = widget
    while one is not None and not isinstance(one, QScrollArea):
        if one.findChild(_Scroll, options=Qt.FindChildOption.FindDirectChildrenOnly) is not None:
            return True
        one = one.parentWidget()
    return False


def _area_of(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


class _Scroll(QObject):
    """One way to a widget. It belongs to that widget, and goes with it."""

    def __init__(self, widget: QWidget, page: QWidget, area: QScrollArea, theme: Theme, still: bool) -> None:
        super().__init__(widget)
        self._widget, self._page, self._area = widget, page, area
        self._theme, self._still = theme, still
        self._start = self._last = area.verticalScrollBar().value()
        self._way = QVariantAnimation(self)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.setDuration(SCROLL_MS)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.valueChanged.connect(self._on_step)
        self._way.finished.connect(self.deleteLater)
        QTimer.singleShot(0, self, self._begin)  # its place is known once all around it is laid out

    def _begin(self) -> None:
        if not self._widget.isVisible():
            self.deleteLater()
            return
        for _turn in range(2):  # wrapped words find their height in the second turn
            settle(self._around(), self._area)
        # Whoever took the focus meanwhile may have brought a field into sight: the way begins where that led.
        self._start = self._last = self._area.verticalScrollBar().value()
        if self._still:
            self._on_step(1.0)
            self.deleteLater()
        else:
            self._way.start()

    def _around(self) -> list[QWidget]:
        found = [self._widget]
        while found[-1] is not self._page and (above := found[-1].parentWidget()) is not None:
            found.append(above)
        return found

    def _on_step(self, done: float) -> None:
        bar = self._area.verticalScrollBar()
        if bar.value() != self._last or not self._widget.isVisible():
            self._way.stop()  # somebody else moves the page, or it was folded again
            self.deleteLater()
            return
        # Reckoned anew at each step: what stands above may still be growing.
        bar.setValue(round(self._start + (self._wanted() - self._start) * done))
        self._last = bar.value()

    def _wanted(self) -> int:
        """Where the page has to stand, in pixels."""
        seen, bar = self._area.viewport().height(), self._area.verticalScrollBar()
        gap, high = self._theme.px(_GAP), self._widget.height()
        top = self._widget.mapTo(self._page, QPoint(0, 0)).y()
        if high + 2 * gap > seen:
            return top - gap
        return min(max(bar.value(), top + high + gap - seen), top - gap)
