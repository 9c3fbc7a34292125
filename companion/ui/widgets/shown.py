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


def let_go(root: QWidget) -> None:
    """Takes the keyboard off whatever has it below ``root``, before that is hidden; who calls gives it to another.

    Qt would hand it on from one to the next of what is being hidden, and a screen reader would read each.
    """
    focus = root.window().focusWidget()
    if focus is not None and focus is not root and root.isAncestorOf(focus):
        focus.clearFocus()
