"""None has to outlive any number of Qt calls, also on the Pythons where Qt takes its references away."""

import subprocess
import sys

from PySide6.QtWidgets import QApplication

CALLS = """
import companion.ui
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
widget = QWidget()
for _ in range(60_000):
    widget.update()
print("alive")
"""


def test_many_calls_do_not_end_the_program(qapp: QApplication) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
