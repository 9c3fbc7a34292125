"""The icon in the system's tray, where there is a tray. Never the only way back to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from companion import APP_NAME
from companion.core.changes import Change
from companion.desk import Desk

_SIZES = (16, 22, 24, 32, 48, 64)


class Tray(QObject):
    """An icon that changes while a call is live, with a menu of three. Make one only where ``there_is_one`` says
    so.
    """

    show_requested = Signal()
    strip_requested = Signal()
    quit_requested = Signal()

    def __init__(self, desk: Desk, idle: QIcon, mark: QColor, parent: QObject | None = None) -> None:
        """``mark`` is the colour of the dot that a live call puts on the icon."""
        super().__init__(parent)
        self._desk = desk
        self._idle = idle
        self._live = marked(idle, mark)
        self._shown_live: bool | None = None
        self._menu = QMenu()
        self._menu.addAction(self.tr("Show"), self.show_requested.emit)
        self._menu.addAction(self.tr("Compact strip"), self.strip_requested.emit)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit"), self.quit_requested.emit)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._on_activated)
        self._unsubscribe = desk.subscribe(self._on_change)
        self.refresh()
        self.icon.show()

    @staticmethod
    def there_is_one() -> bool:
        """Whether some tray would show the icon."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def live(self) -> bool:
        """Whether the icon shows a live call."""
        return bool(self._shown_live)

    def refresh(self) -> None:
        """Looks whether a call is live."""
        live = self._desk.board.active is not None
        if live == self._shown_live:
            return
        self._shown_live = live
        self.icon.setIcon(self._live if live else self._idle)
        self.icon.setToolTip(self.tr("{0}: a call is going on").format(APP_NAME) if live else APP_NAME)

    def close(self) -> None:
        """Takes the icon away."""
        self._unsubscribe()
        self.icon.hide()
        self._menu.deleteLater()

    def _on_change(self, change: Change) -> None:
        if change & Change.CALL:
            self.refresh()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.show_requested.emit()


def marked(icon: QIcon, color: QColor) -> QIcon:
    """The icon with a dot in its lower right corner."""
    made = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(icon.pixmap(size, size))
        pixmap.setDevicePixelRatio(1.0)
        side = pixmap.width()
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor("white"))
        painter.setBrush(color)
        painter.drawEllipse(QPointF(side * 0.72, side * 0.72), side * 0.25, side * 0.25)
        painter.end()
        made.addPixmap(pixmap)
    return made
