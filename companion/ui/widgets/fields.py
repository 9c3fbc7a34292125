"""Fields to write in: one line under its label, and a text that grows with what is written."""

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label

# A line holds what a paste may bring; more would slow each key without ever being read.
MAX_LINE = 100_000


class Captioned(QWidget):
    """A label above what is written or chosen; the keyboard goes to the latter."""

    def __init__(self, theme: Theme, text: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.caption = label(text, "hint", self)
        self.caption.setBuddy(field)
        self._column.addWidget(self.caption)
        self._column.addWidget(field)
        self.setFocusProxy(field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(4))


class LineField(Captioned):
    """A label above a line to write in; ``edit`` is the line, named ``name`` for assistive tools."""

    def __init__(
        self, theme: Theme, text: str, name: str = "", placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        self.edit = QLineEdit()
        super().__init__(theme, text, self.edit, parent)
        self.edit.setAccessibleName(name or text)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(MAX_LINE)


class GrowingEdit(QPlainTextEdit):
    """Grows from ``least`` to ``most`` lines with what is written, then scrolls. Tab goes to the next field."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str = "",
        least: int = 3,
        most: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._least, self._most = theme, least, most
        self._lines = least
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        theme.changed.connect(self.updateGeometry)

    def _on_size_changed(self) -> None:
        # A plain-text document measures its height in lines.
        lines = int(self.document().size().height())
        lines = min(max(lines, self._least), self._most)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _height(self, lines: int) -> int:
        metrics = QFontMetricsF(self._theme.font("body"))
        # Each line is laid out on whole pixels; at larger sizes that is more than the metrics' own line spacing.
        line = ceil(metrics.ascent()) + ceil(metrics.descent()) + ceil(max(0.0, metrics.leading()))
        edges = 2 * (self._theme.px(6) + 1) + 2 * int(self.document().documentMargin())
        return line * lines + edges + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._on_size_changed()  # another width breaks the lines anew, which the document does not announce

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._height(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._height(min(self._lines, self._least)))
