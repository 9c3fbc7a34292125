"""Editors of numbers and times without arrows: the wheel scrolls the page and changes nothing, keys do all."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateTimeEdit, QSizePolicy, QTimeEdit, QWidget

from companion.ui.theme.theme import Theme


class Still:
    """Stands before a spin box among the bases of a class.

    Without arrows a style sheet leaves the text one pixel of width, so it is put in its place here.
    """

    _EDGE = 8  # pixels at 100 %

    def _settle(self: Any, theme: Theme, name: str) -> None:
        self._theme = theme
        self.setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._place_text()

    def _place_text(self: Any) -> None:
        edge = self._theme.px(self._EDGE) - 1
        self.lineEdit().setGeometry(self.rect().adjusted(edge, 2, -edge, -2))

    def resizeEvent(self: Any, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_text()

    def changeEvent(self: Any, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_theme"):
            self._place_text()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DateTimeField(Still, QDateTimeEdit):
    """A date with a time."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("ddd d MMM yyyy  HH:mm")
        self._settle(theme, name)


class TimeField(Still, QTimeEdit):
    """A time of the day."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        self._settle(theme, name)
