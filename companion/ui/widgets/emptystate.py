"""What a place shows while there is nothing in it: an icon, a title, one line, at most one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton


class EmptyState(QWidget):
    """``action_requested`` tells that the button was pressed; without ``action`` there is none."""

    action_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        line: str = "",
        action: str = "",
        key_hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._image = QLabel(self)
        self._image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._image, 0, middle)
        self.title_label = label(title, "title", self, wrap=True)
        self.title_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self.title_label)
        self.line_label = label(line, "muted", self, wrap=True)
        self.line_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self.line_label)
        self.button: KeyButton | None = None
        if action:
            self.button = KeyButton(theme, action, "", key_hint, "primary", self)
            self.button.clicked.connect(self.action_requested)
            self._column.addSpacing(theme.px(8))
            self._column.addWidget(self.button, 0, middle)
        self._column.addStretch(2)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._image.setPixmap(icons.pixmap(self._icon, self._theme, "accent", 40))
        self._column.setSpacing(self._theme.px(8))
