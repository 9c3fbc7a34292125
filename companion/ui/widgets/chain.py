"""The order in which Tab goes from one widget to the next."""

from itertools import pairwise

from PySide6.QtWidgets import QWidget


def chain(*widgets: QWidget) -> None:
    """Tab goes through ``widgets`` in this order; for those made later than their neighbours."""
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)
