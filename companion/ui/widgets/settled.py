"""Layouts within layouts, brought to rest at once.

Qt lays a page out anew for each widget that is shown in it, and lets each level of wrapped text tell the next one in a
later round of events, so that a row that grew squeezes its neighbours for a few frames. Held still while a page is
changed and then activated from the inside out, every level is laid out once and hears the right height the first time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


class Column(QWidget):
    """A widget that paints nothing and only holds others, as high as its width makes it.

    Growing or shrinking it leaves what it holds as it is painted: Qt would paint all of it again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)

    def sizeHint(self) -> QSize:
        return plain_hint(self)


def plain_hint(widget: QWidget) -> QSize:
    """The size hint of a widget's layout, without the height it would have at just that width.

    Qt adds that height, for which every text is laid out once more. In a page that scrolls nobody asks for it: there
    the height comes from the width that there is.
    """
    layout = widget.layout()
    if layout is None:
        return QSize()
    widget.ensurePolished()
    return layout.sizeHint().grownBy(widget.contentsMargins())


@contextmanager
def still(*containers: QWidget) -> Iterator[None]:
    """While it lasts nothing that is shown or hidden in ``containers`` lays them out; what they owe is kept."""
    held: list[QLayout] = []
    for widget in containers:
        layout = widget.layout()
        if layout is not None and layout.isEnabled():
            layout.setEnabled(False)
            held.append(layout)
    try:
        yield
    finally:
        for layout in held:
            layout.setEnabled(True)


def settle(inside_out: Iterable[QWidget], area: QScrollArea) -> None:
    """Lays out these containers, each before the one it stands in, and at last the scroll ``area`` around them."""
    for widget in inside_out:
        layout = widget.layout()
        if layout is not None and not widget.isHidden():
            layout.activate()
    QCoreApplication.sendEvent(area, QEvent(QEvent.Type.LayoutRequest))
