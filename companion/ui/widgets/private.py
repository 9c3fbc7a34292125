"""Fields for text that stays private: selecting gives nothing away, and what is copied asks to be kept nowhere.

A line edit hands every selection to the primary selection of X11 by itself, and no switch stops it. So the line here
is a plain text editor too, which lets itself be asked first.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.fields import MAX_LINE, Captioned, GrowingEdit
from companion.ui.widgets.painting import focus_ring
from companion.ui.widgets.readout import ReadOut

MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
"""What asks the histories of clipboards on Linux and on Windows to look away (the numbers are DWORDs of 0)."""


def secret(text: str) -> QMimeData:
    """``text`` for the clipboard, marked as not to be kept in a history of it."""
    data = QMimeData()
    data.setText(text)
    for kind, value in MARKS.items():
        data.setData(kind, value)
    return data


class _Private(QPlainTextEdit):
    """Stands behind both fields: what leaves does so by the user's own copy or cut, and by nothing else."""

    _asked = False

    def _keep_private(self) -> None:
        # The predictions of an input method shall not learn these words.
        self.setInputMethodHints(self.inputMethodHints() | Qt.InputMethodHint.ImhSensitiveData)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The editor asks for this to copy, to drag, and to fill the primary selection: only a copy gets the text."""
        return secret(self.textCursor().selection().toPlainText()) if self._asked else QMimeData()

    def copy_out(self) -> None:
        """Copies what is selected, marked."""
        self._asked = True
        try:
            self.copy()
        finally:
            self._asked = False

    def cut_out(self) -> None:
        """Cuts what is selected, marked."""
        self._asked = True
        try:
            self.cut()
        finally:
            self._asked = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_out()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut_out()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            # A press on selected words would begin to drag them out.
            at, chosen = self.cursorForPosition(event.position().toPoint()), self.textCursor()
            if chosen.selectionStart() <= at.position() <= chosen.selectionEnd():
                self.setTextCursor(at)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Qt's own menu copies past ``copy_out``.
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """The menu of the right button."""
        menu, chosen = QMenu(self), self.textCursor().hasSelection()
        for words, does, possible in (
            (self.tr("Undo"), self.undo, self.document().isUndoAvailable()),
            (self.tr("Redo"), self.redo, self.document().isRedoAvailable()),
            (self.tr("Cut"), self.cut_out, chosen),
            (self.tr("Copy"), self.copy_out, chosen),
            (self.tr("Paste"), self.paste, self.canPaste()),
            (self.tr("Select all"), self.selectAll, not self.document().isEmpty()),
        ):
            action = menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(does)
        return menu

    def insertFromMimeData(self, source: QMimeData) -> None:
        room = max(0, MAX_LINE - self.document().characterCount())
        self.textCursor().insertText(self._taken(source.text())[:room])
        self.ensureCursorVisible()

    def _taken(self, text: str) -> str:
        """A pasted text as it may stand here."""
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


class PrivateEdit(_Private, GrowingEdit):
    """Many lines that grow with what is written (as ``GrowingEdit``). Tab goes to the next field."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str = "",
        least: int = 3,
        most: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, placeholder, least, most, parent)
        self._keep_private()

    def _height(self, lines: int) -> int:
        # Lines of large type are a little higher than their metrics say; a hidden last one would bring a scroll bar.
        return super()._height(lines) + self._theme.px(4)

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Another text, with no way back to the one before."""
        if text != self.toPlainText():
            self.setPlainText(text)


class PrivateLine(_Private):
    """One line. ``entered`` tells of Enter; Ctrl+Enter, Up and Down are left to whoever holds the line."""

    entered = Signal()

    def __init__(self, theme: Theme, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The edge that a document has of its own would make the line higher than the other fields.
        self.document().setDocumentMargin(0)
        self.setViewportMargins(2, 0, 2, 0)  # as a line edit keeps from its frame
        self._keep_private()
        theme.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Another text, on one line."""
        line = self._taken(text)
        if line != self.toPlainText():
            self.setPlainText(line)

    def _taken(self, text: str) -> str:
        return " ".join(super()._taken(text).splitlines())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                event.ignore()
            else:
                self.entered.emit()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; a line has nowhere to go

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._height())

    def _height(self) -> int:
        metrics = QFontMetrics(self._theme.font("body"))
        return max(metrics.lineSpacing(), self._theme.px(22)) + 2 * (self._theme.px(6) + 1)


class PrivateReadOut(ReadOut):
    """Text to be read that stays private: a stop of Tab, where a reader goes through it sign by sign.

    What is selected goes nowhere by itself; a copy is marked as in the fields.
    """

    _asked = False

    def __init__(self, theme: Theme, name: str, role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(theme, name, role, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)

    def createMimeDataFromSelection(self) -> QMimeData:
        return secret(self.textCursor().selection().toPlainText()) if self._asked else QMimeData()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._asked = event.matches(QKeySequence.StandardKey.Copy)
        try:
            super().keyPressEvent(event)
        finally:
            self._asked = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            focus_ring(painter, self._theme, QRectF(self.viewport().rect()), self._theme.px(6))
            painter.end()


class PrivateField(Captioned):
    """A label above a private line; ``edit`` is the line."""

    def __init__(
        self, theme: Theme, text: str, name: str = "", placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        self.edit = PrivateLine(theme, name or text, placeholder)
        super().__init__(theme, text, self.edit, parent)
