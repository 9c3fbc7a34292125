"""Showing and hiding without work for what is so already."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def show_if(widget: QWidget, wanted: bool) -> None:
    """Shows or hides ``widget``; a widget that was told so before is left alone, and its layout with it.

    One that was never told either counts as hidden until its parent is shown, so it is always told.
    """
    told = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    if not told or widget.isHidden() == wanted:
        widget.setVisible(wanted)
