"""The rail at the left: one button a page, Settings at its foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme


class Rail(QFrame):
    """``page_requested`` carries the key of a page."""

    page_requested = Signal(str)

    def __init__(
        self, theme: Theme, pages: list[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """``pages`` are (key, name, icon); the last one stands at the foot."""
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self._theme = theme
        self._current = ""
        self._column = QVBoxLayout(self)
        self._buttons: dict[str, tuple[QToolButton, str]] = {}
        for i, (key, name, icon) in enumerate(pages):
            button = QToolButton(self)
            button.setText(name)
            button.setAccessibleName(name)
            button.setObjectName(key)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.clicked.connect(self._on_clicked)
            if i == len(pages) - 1:
                self._column.addStretch(1)
            self._column.addWidget(button)
            self._buttons[key] = (button, icon)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_current(self, key: str) -> None:
        """Marks the page that is shown."""
        self._current = key
        for name, (button, _icon) in self._buttons.items():
            if button.property("shown") != (name == key):
                # No check box, as a tool button that can be checked would be told: as the tabs of a page are.
                button.setProperty("shown", name == key)
                button.setAccessibleDescription(self.tr("shown") if name == key else "")
                button.style().unpolish(button)
                button.style().polish(button)
        self._tint()

    def _restyle(self) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        self._column.setContentsMargins(px(8), px(12), px(8), px(12))
        self._column.setSpacing(px(6))
        for button, _icon in self._buttons.values():
            button.setFont(self._theme.font("small"))
            button.setIconSize(QSize(px(22), px(22)))
            button.setMinimumWidth(px(68))
            button.setStyleSheet(
                f"QToolButton {{ background: transparent; color: {tokens.muted}; border: 2px solid transparent;"
                f" border-radius: {px(10)}px; padding: {px(8)}px {px(2)}px; }}"
                f"QToolButton:hover {{ background: {tokens.hover}; }}"
                f'QToolButton[shown="true"] {{ background: {tokens.accent_soft}; color: {tokens.text}; }}'
                f"QToolButton:focus {{ border-color: {tokens.accent}; }}"
            )
        self._tint()

    def _tint(self) -> None:
        for name, (button, icon) in self._buttons.items():
            button.setIcon(icons.icon(icon, self._theme, "accent" if name == self._current else "muted"))

    def _on_clicked(self) -> None:
        self.page_requested.emit(self.sender().objectName())
