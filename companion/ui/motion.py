"""Whether movement is to be left out: as the user set it, else as the system says."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def reduced(wanted: str) -> bool:
    """True where nothing may move; ``wanted`` is the setting: ``on``, ``off``, or anything else for the system's.

    Qt knows the system's wish on Windows, macOS and where a desktop tells it; elsewhere it is movement.
    """
    if wanted in ("on", "off"):
        return wanted == "on"
    hints = QGuiApplication.styleHints()  # kept: what it hands out lives as long as it does
    return bool(hints.accessibility().motionPreference() == Qt.MotionPreference.ReducedMotion)
