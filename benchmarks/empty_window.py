"""An empty window of PySide6, to measure against: tells when it has been painted, then waits to be ended.

With ``--quit`` it leaves right after that.
"""

import signal
import sys
import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class EmptyWindow(QWidget):
    """Says ``painted`` and the wall's time in seconds, once, after its first paint event."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            print(f"painted {time.time():.6f}", flush=True)
            if "--quit" in sys.argv:
                QApplication.quit()


def main() -> int:
    """Shows the window until somebody ends the process."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app = QApplication(sys.argv[:1])
    window = EmptyWindow()
    window.setWindowTitle("Empty window")
    window.resize(1000, 700)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
