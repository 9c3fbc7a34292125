"""The recovery code on paper."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from companion import APP_NAME
from companion.ui.theme.fonts import FAMILY


def print_code(code: str, parent: QWidget) -> str:
    """Asks for a printer and prints the code; returns a sentence for the user, empty where they called it off."""
    if not QPrinterInfo.availablePrinterNames():
        return _told("No printer is set up on this computer. Write the code down by hand.")
    printer = QPrinter(QPrinterInfo.defaultPrinter(), QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return ""
    return (
        _told("Sent to the printer.") if paint_code(code, printer) else _told("The printer did not take it.")
    )


def paint_code(code: str, printer: QPrinter) -> bool:
    """Draws the page; False where the printer cannot begin."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    width = float(painter.viewport().width())
    top = 0.0
    center = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    for points, weight, text in (
        (18, QFont.Weight.DemiBold, _told("Recovery code of the journal in %1").replace("%1", APP_NAME)),
        (26, QFont.Weight.DemiBold, code.replace("-", "  ")),
        (
            11,
            QFont.Weight.Normal,
            _told("It opens the journal without the passphrase. Keep it with your papers."),
        ),
    ):
        font = QFont(FAMILY, points)
        font.setWeight(weight)
        painter.setFont(font)
        room = QRectF(0, top, width, float(painter.viewport().height()) - top)
        used = painter.boundingRect(room, int(center), text)
        painter.drawText(room, int(center), text)
        top = used.bottom() + painter.fontMetrics().height()
    return painter.end()


def _told(text: str) -> str:
    return QCoreApplication.translate("paper", text)
