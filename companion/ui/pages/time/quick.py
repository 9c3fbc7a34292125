"""Quick entry: one line such as ``8:05-8:40 travel``, a ghost on the grid before Enter, or what is wrong in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from companion.core.days import Day
from companion.core.timeline_entry import Preview, Problem
from companion.ui.theme.theme import Theme
from companion.ui.widgets.elide import ElideLabel

Read = Callable[[str], Preview | Problem]
"""What a line means now."""

EXAMPLES = "8:05-8:40 travel   -30 calls   +15 break   to 12 lunch"


class _Line(QLineEdit):
    """Esc on an empty line leaves it; on a written one it clears it."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            own = event.key() == Qt.Key.Key_Escape
            event.setAccepted(own)  # else the window would take it, and the line keep its words
            if own:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)


class QuickEntry(QWidget):
    """``previewed`` carries the Preview, or None; ``entered`` the Preview that Enter was pressed on; ``left`` that the
    keyboard is to go back to the grid.
    """

    previewed = Signal(object)
    entered = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._read = theme, read
        self.preview: Preview | None = None
        self.day: Day | None = None
        """The day that is shown: a line that means another one says which."""
        self._hint = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.line = _Line(self)
        self.line.setAccessibleName(self.tr("Quick entry"))
        self.line.setPlaceholderText(self.tr("Quick entry: %1").replace("%1", EXAMPLES))
        self.line.setMaxLength(300)
        self.line.textChanged.connect(self.read_again)
        self.line.returnPressed.connect(self._on_enter)
        self.line.left.connect(self.left)
        self.word = ElideLabel(theme, "", "small", "muted", self)
        self._column.addWidget(self.line)
        self._column.addWidget(self.word)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(3))

    def start(self, text: str) -> None:
        """The keyboard goes to the line, which begins with ``text`` where nothing is written yet."""
        if text and not self.line.text():
            self.line.setText(text)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)

    def read_again(self) -> None:
        """Reads the line once more: it was typed in, or what it is read against has changed."""
        text = self.line.text()
        found = self._read(text) if text.strip() else None
        self.preview = found if isinstance(found, Preview) else None
        if found is None:
            self._tell("", "muted")
            self.word.set_text(self._hint)
        elif isinstance(found, Preview):
            self._tell(self._told(found), "text")
        else:
            words = f"{found.what} {found.mend}".strip()
            self._tell(words, "muted" if found.unfinished else "warn", aloud=not found.unfinished)
        self.previewed.emit(self.preview)

    def show_hint(self, words: str) -> None:
        """What stands beneath while nothing is written."""
        self._hint = words
        if not self.line.text().strip():
            self.word.set_look("small", "muted")
            self.word.set_text(words)

    def _told(self, preview: Preview) -> str:
        parts = [preview.words, *preview.notes]
        if self.day is not None and preview.day.name != self.day.name:
            other = preview.day.date
            parts[0] = f"{other:%A} {other.day} {other:%B}, {parts[0]}"
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def _tell(self, words: str, token: str, aloud: bool = True) -> None:
        """``aloud``: a reader says it while it is typed, so not what is merely unfinished."""
        self.word.set_look("small", token)
        self.word.set_text(words)
        self.line.setAccessibleDescription(words if aloud else "")

    def _on_enter(self) -> None:
        preview = self.preview
        if preview is None:
            self.read_again()
            if self.line.text().strip() and self.preview is None:
                self._tell(self.word.text(), "warn")  # no longer only unfinished: Enter was pressed on it
            elif not self.line.text().strip():
                self.left.emit()
            return
        self.entered.emit(preview)

    def taken(self) -> None:
        """What was entered is kept: the line is ready for the next one."""
        self.line.clear()
