"""A card: a bordered ground with an optional title row, for content that belongs together."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import one_line

_KEPT = 50  # heights: a bound, not a budget


class WrapLabel(QLabel):
    """A label that wraps and knows again how high its texts were: layouts ask for that dozens of times a change.

    Of a text only its hash is kept, so that nothing of one that was taken away stays behind.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[int, int], int] = {}
        self._hash = 0
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        self._hash = hash(text)
        super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # another font, or another style
        super().changeEvent(event)

    def heightForWidth(self, width: int) -> int:
        key = (self._hash, width)
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) >= _KEPT:
                self._heights.clear()
            height = self._heights[key] = super().heightForWidth(width)
        return height


def label(text: str, kind: str, parent: QWidget | None = None, wrap: bool = False) -> QLabel:
    """A plain-text label of a kind of the style sheet: caps, title, strong, muted, hint, warn, error."""
    made = WrapLabel(parent) if wrap else QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
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
