"""Import and export as they take the place of the categories: each made when it is first asked for, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desk import Desk
from companion.ui.theme.theme import Theme
from companion.ui.widgets.shown import show_if

if TYPE_CHECKING:
    from companion.ui.pages.time.exporting import ExportView
    from companion.ui.pages.time.importing import ImportView


class Exchange(QWidget):
    """Hidden while neither is open. ``closed`` asks for the categories again; the rest as ``views.View`` has it."""

    closed = Signal()
    told = Signal(str)
    undo_offered = Signal(str, object)
    day_requested = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self.importer: ImportView | None = None
        self.exporter: ExportView | None = None
        self._width = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        show_if(self, False)

    @property
    def open_part(self) -> ImportView | ExportView | None:
        """What is open."""
        found = (part for part in (self.importer, self.exporter) if part is not None and not part.isHidden())
        return next(found, None)

    def show_import(self) -> None:
        """Takes time in from a file."""
        if self.importer is None:
            from companion.ui.pages.time.importing import ImportView

            self.importer = ImportView(self._desk, self._theme, self)
            self.importer.day_requested.connect(self.day_requested)
            self._adopt(self.importer)
        self._open(self.importer)

    def show_export(self) -> None:
        """Writes time to a file."""
        if self.exporter is None:
            from companion.ui.pages.time.exporting import ExportView

            self.exporter = ExportView(self._desk, self._theme, self)
            self._adopt(self.exporter)
        self._open(self.exporter)

    def close_parts(self) -> None:
        """Neither is open any more."""
        for part in (self.importer, self.exporter):
            if part is not None:
                show_if(part, False)
        show_if(self, False)

    def fit(self, width: int) -> None:
        """Hands the width in pixels on."""
        self._width = width
        for part in (self.importer, self.exporter):
            if part is not None:
                part.fit(width)

    def refresh(self) -> None:
        """Shows what is kept, in what is open."""
        part = self.open_part
        if part is not None:
            part.refresh()

    def _adopt(self, part: ImportView | ExportView) -> None:
        part.told.connect(self.told)
        part.closed.connect(self.closed)
        part.undo_offered.connect(self.undo_offered)
        part.fit(self._width)
        self._column.addWidget(part)

    def _open(self, part: ImportView | ExportView) -> None:
        for other in (self.importer, self.exporter):
            if other is not None:
                show_if(other, other is part)
        show_if(self, True)
        part.refresh()
        part.setFocus(Qt.FocusReason.OtherFocusReason)
