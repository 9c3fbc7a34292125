"""Fields that were filled before they had their width grow once they get it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer

from companion.ui.widgets.fields import GrowingEdit


class Growing(QObject):
    """Lets a field look at the height of its text again after each change of its width."""

    def __init__(self, field: GrowingEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._look)  # once the text is laid out in the new width
        return False

    def _look(self) -> None:
        layout = self._field.document().documentLayout()
        layout.documentSizeChanged.emit(layout.documentSize())
