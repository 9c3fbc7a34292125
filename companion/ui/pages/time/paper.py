"""The report on its way out: to a file as PDF, to a printer, to a picture; always one page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QMarginsF, QSaveFile, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from companion import APP_NAME
from companion.ui.pages.time.report_page import UNIT, Sheet, paint_report


def paper_here() -> QPageSize:
    """Letter where that is usual, A4 elsewhere."""
    imperial = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return QPageSize(QPageSize.PageSizeId.Letter if imperial else QPageSize.PageSizeId.A4)


def units(page: QPageSize) -> QSizeF:
    """The size of a paper in the units of the page."""
    size = page.size(QPageSize.Unit.Point)
    return QSizeF(size.width() * UNIT / 72, size.height() * UNIT / 72)


def save_pdf(path: Path, sheet: Sheet, page: QPageSize) -> bool:
    """Writes the page as PDF. The file is there whole or not at all; False where it could not be written."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return False
    file.setPermissions(QSaveFile.Permission.ReadOwner | QSaveFile.Permission.WriteOwner)
    writer = QPdfWriter(file)
    writer.setResolution(UNIT)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(_tr("Time audit"))
    writer.setCreator(APP_NAME)
    painter = QPainter()
    if not painter.begin(writer):
        file.cancelWriting()
        return False
    paint_report(painter, units(page), sheet)
    painter.end()
    del painter, writer  # the last bytes go out when the writer goes
    return bool(file.commit())


def picture(sheet: Sheet, page: QPageSize, dpi: int) -> QImage:
    """The page as a picture of so many dots to the inch."""
    size = units(page)
    scale = dpi / UNIT
    image = QImage(round(size.width() * scale), round(size.height() * scale), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_report(painter, size, sheet)
    painter.end()
    return image


def print_report(sheet: Sheet, parent: QWidget) -> str:
    """Asks for a printer and prints the page; a sentence for the user, empty where they called it off."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
    from PySide6.QtWidgets import QDialog

    if not QPrinterInfo.availablePrinterNames():
        return _tr("No printer is set up on this computer. The report can be saved as PDF.")
    printer = QPrinter(QPrinterInfo.defaultPrinter(), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_tr("Time audit"))
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return ""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return _tr("The printer did not take it.")
    painter.scale(printer.resolution() / UNIT, printer.resolution() / UNIT)
    box = printer.paperRect(QPrinter.Unit.Point)
    paint_report(painter, QSizeF(box.width() * UNIT / 72, box.height() * UNIT / 72), sheet)
    return _tr("Sent to the printer.") if painter.end() else _tr("The printer did not take it.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReportPage", text)
