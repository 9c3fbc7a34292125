"""A field for a passphrase or a recovery code: hidden at first, shown on a press, and given to no clipboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.private import PrivateLine

LEAST = 8
"""Signs of a new passphrase at the least: four digits would keep nobody out."""

LONGEST = 1024
"""Signs of a passphrase at the most; more is a paste gone wrong."""


class SecretField(QWidget):
    """A caption, a line of that name, and a button that shows what is typed. ``entered`` tells of Enter, ``edited`` of
    each change.

    Two lines take turns: Qt hides signs only in a line edit, which gives a shown selection to the primary selection of
    X11, and lets no input method in while it hides; the private line does neither: it stands in while signs are shown.
    """

    entered = Signal()
    edited = Signal()

    def __init__(
        self, theme: Theme, caption: str, parent: QWidget | None = None, hidden: bool = True
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.caption = label(caption, "hint", self)
        self._column.addWidget(self.caption)
        self._row = QHBoxLayout()
        self._lines = QStackedWidget(self)
        self._lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hidden = QLineEdit(self)
        self.hidden.setEchoMode(QLineEdit.EchoMode.Password)
        self.hidden.setMaxLength(LONGEST)
        self.hidden.setAccessibleName(caption)
        self.hidden.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.plain = PrivateLine(theme, caption, "", self)
        self._lines.addWidget(self.hidden)
        self._lines.addWidget(self.plain)
        self._row.addWidget(self._lines, 1)
        self.peek = KeyButton(theme, self.tr("Show"), "", "", "plain", self)
        self.peek.clicked.connect(self._on_peek)
        self._row.addWidget(self.peek)
        self._column.addLayout(self._row)
        self.hidden.returnPressed.connect(self.entered)
        self.plain.entered.connect(self.entered)
        self.hidden.textEdited.connect(self.edited)
        self.plain.textChanged.connect(self._on_plain_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show_plain(not hidden)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def line(self) -> QLineEdit | PrivateLine:
        """The line that is seen now."""
        return self.plain if self.shown else self.hidden

    @property
    def shown(self) -> bool:
        """Whether the signs can be read."""
        return self._lines.currentWidget() is self.plain

    def show_no_peek(self) -> None:
        """Leaves the button out, and its room free: for a field that follows another one."""
        policy = self.peek.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.peek.setSizePolicy(policy)
        self.peek.hide()

    def text(self) -> str:
        """What is typed, as it is: blanks belong to a passphrase."""
        return self.line.text()[:LONGEST]

    def clear(self) -> None:
        """Empties both lines and hides again."""
        self.plain.blockSignals(True)
        self.plain.clear()
        self.plain.blockSignals(False)
        self.hidden.clear()

    def set_caption(self, caption: str) -> None:
        """Asks for something else."""
        self.caption.setText(caption)
        for line in (self.hidden, self.plain):
            line.setAccessibleName(caption)

    def set_problem(self, words: str) -> None:
        """What is amiss with it, for a screen reader: said at once, and again on coming back; empty for nothing."""
        for line in (self.hidden, self.plain):
            line.setAccessibleDescription(words)

    def take_focus(self) -> None:
        """The keyboard goes into the line, with all of it selected."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def show_signs(self, on: bool) -> None:
        """Shows or hides what is typed."""
        if on != self.shown:
            self._on_peek()

    def _on_peek(self) -> None:
        text, on = self.text(), not self.shown
        there = self.line.hasFocus() or self.peek.hasFocus()
        self.clear()
        self._show_plain(on)
        self.plain.blockSignals(True)
        (self.plain.set_text if on else self.hidden.setText)(text)
        self.plain.blockSignals(False)
        self.plain.moveCursor(QTextCursor.MoveOperation.End)
        if there:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_plain(self, on: bool) -> None:
        self._lines.setCurrentWidget(self.plain if on else self.hidden)
        self.caption.setBuddy(self.line)
        self.setFocusProxy(self.line)
        self.peek.set_label(self.tr("Hide") if on else self.tr("Show"))

    def _on_plain_changed(self) -> None:
        self.edited.emit()

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(4))
        self._row.setSpacing(self._theme.px(6))
        # As high as a line is with the theme's padding; a stack would take the height of the higher one.
        self._lines.setFixedHeight(max(self.plain.sizeHint().height(), self._theme.px(36)))
