"""The rescue of a damaged data file before the window stands: said in a small window where it takes time, with
Cancel.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressDialog

from companion import APP_NAME
from companion.app.program import make_app
from companion.paths import Paths
from companion.storage import rescue as storage
from companion.storage.rescue import Rescued

_PATIENCE_MS = 700
"""A rescue that is over sooner shows nothing."""


class Cancelled(Exception):
    """The user called the rescue off; nothing was changed."""


def rescue(paths: Paths) -> Rescued:
    """Rescues the data file of these paths. Raises StoreError, Cancelled."""
    make_app()
    dialog = QProgressDialog()
    dialog.setWindowTitle(APP_NAME)
    dialog.setLabelText(
        QCoreApplication.translate(
            "rescue", "The data file is damaged. What can be read is put into a fresh one."
        )
    )
    dialog.setCancelButtonText(QCoreApplication.translate("rescue", "Cancel"))
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.setMinimumDuration(_PATIENCE_MS)

    def progress(done: int, pages: int) -> None:
        dialog.setMaximum(max(pages, done + 1))
        dialog.setValue(done)
        QCoreApplication.processEvents()
        if dialog.wasCanceled():
            raise Cancelled

    try:
        return storage.rescue(paths.database, paths.backups, datetime.now(UTC), progress)
    finally:
        dialog.reset()
        dialog.deleteLater()
