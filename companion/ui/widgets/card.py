"""A card: a bordered ground with an optional title row, for content that belongs together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import one_line


def label(text: str, kind: str, parent: QWidget | None = None, wrap: bool = False) -> QLabel:
    """A plain-text label of a kind of the style sheet: caps, title, strong, muted, hint, warn, error."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(1)  # one endless word must not widen the window
    made.setText(one_line(text))
    return made


class Card(QFrame):
    """Put content into ``body``; further things into ``title_row``, which is there when there is a title."""

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        parent: QWidget | None = None,
        kind: str = "card",
        padding: int = 16,
    ) -> None:
        super().__init__(parent)
        self._theme, self._padding = theme, padding
        self.setProperty("kind", kind)
        self._outer = QVBoxLayout(self)
        self.title_row = QHBoxLayout()
        self.title_label = label(title, "caps", self)
        self.title_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title_row.addWidget(self.title_label)
        self.title_label.setVisible(bool(title))
        self.body = QVBoxLayout()
        self._outer.addLayout(self.title_row)
        self._outer.addLayout(self.body, 1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_title(self, title: str) -> None:
        """Another title; an empty one takes the row away."""
        shown = one_line(title)
        if shown != self.title_label.text():
            self.title_label.setText(shown)
            self.title_label.setVisible(bool(shown))

    def _restyle(self) -> None:
        px = self._theme.px
        edge = px(self._padding)
        self._outer.setContentsMargins(edge, px(self._padding - 2), edge, edge)
        self._outer.setSpacing(px(10))
        self.body.setSpacing(px(8))
        self.title_row.setSpacing(px(8))
