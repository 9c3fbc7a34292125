"""The list of commands in which each row shows its key and takes another one."""

from __future__ import annotations

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.keys import COMMANDS, Command, Keys, groups, pressed, shown, told
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.text import Wrapped


class KeyRow(QAbstractButton):
    """A command and its key. A click, Return or Space makes it wait for a key; Esc lets go, Backspace clears.

    While it waits, no key reaches anything else, so that any key can be given.
    """

    chosen = Signal(str, str)
    """Command and key; the key is empty to clear it."""
    move_requested = Signal(int)
    undo_requested = Signal()

    def __init__(self, theme: Theme, command: Command, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.command = command.id
        self._theme, self._key = theme, ""
        self._waiting = False
        self._wrapped = Wrapped()
        self.setText(told(command))
        self.setAccessibleName(self.tr("Key for %1").replace("%1", self.text()))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self.wait)
        theme.changed.connect(self.updateGeometry)

    def key(self) -> str:
        """The key that is shown."""
        return self._key

    def set_key(self, key: str) -> None:
        """Shows another key."""
        self._key = key
        described = shown(key) if key else self.tr("no key")
        if self.accessibleDescription() != described:
            self.setAccessibleDescription(described)
        self.update()

    @property
    def waiting(self) -> bool:
        """Whether the next key is taken."""
        return self._waiting

    def wait(self) -> None:
        """Takes the next key that is pressed, whatever it does elsewhere."""
        app = QCoreApplication.instance()
        if self._waiting or app is None:
            return
        self._waiting = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        app.installEventFilter(self)
        self.setAccessibleDescription(self._asking())
        self.update()

    def let_go(self) -> None:
        """Waits no longer."""
        app = QCoreApplication.instance()
        if not self._waiting or app is None:
            return
        self._waiting = False
        app.removeEventFilter(self)
        self.set_key(self._key)

    def _asking(self) -> str:
        return self.tr("Press a key …")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if not event.isAutoRepeat():
                self._take(event)
            return True
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and watched is not self:
            self.let_go()
        return False

    def _take(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.let_go()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.let_go()
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.let_go()
            self.chosen.emit(self.command, "")
        else:
            found = pressed(event)
            if found:  # a modifier alone goes on waiting
                self.chosen.emit(self.command, found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif key in moves and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.move_requested.emit(moves[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self.wait()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.chosen.emit(self.command, "")
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate):
            self.let_go()
        return super().event(event)

    # -- looks
    def _edge(self) -> int:
        return self._theme.px(10)

    def _sign(self) -> str:
        return self._asking() if self._waiting else shown(self._key)

    def _words_width(self, width: int) -> int:
        # The place of the key is as wide as its widest text, so that a row waiting for a key does not wrap anew.
        metrics = QFontMetrics(self._theme.font("small"))
        room = max(
            badge_size(self._theme, shown(self._key)).width(), metrics.horizontalAdvance(self._asking())
        )
        return max(1, width - 2 * self._edge() - room - self._theme.px(12))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._wrapped.size(self.text(), self._theme.font("body"), self._words_width(width))
        return size.height() + 2 * self._theme.px(7)

    def sizeHint(self) -> QSize:
        width = self._theme.px(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, edge = self._theme, self._edge()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._waiting or self.underMouse():
            ground = theme.color("accent_soft" if self._waiting else "hover")
            rounded(painter, box, theme.px(6), ground, None)
        if self.hasFocus():
            focus_ring(painter, theme, box, theme.px(6))
        painter.setPen(theme.color("text"))
        width = self._words_width(self.width())
        height = self._wrapped.size(self.text(), theme.font("body"), width).height()
        top = (self.height() - height) / 2
        self._wrapped.paint(painter, QPointF(edge, top), self.text(), theme.font("body"), width)
        self._paint_key(painter)
        painter.end()

    def _paint_key(self, painter: QPainter) -> None:
        theme, edge = self._theme, self._edge()
        if self._key and not self._waiting:
            size = badge_size(theme, self._sign())
            at = QPoint(self.width() - edge - size.width(), (self.height() - size.height()) // 2)
            badge(painter, theme, QRect(at, size), self._sign(), "text")
            return
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("accent" if self._waiting else "muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(edge, 0, -edge, 0), right, self._sign() or self.tr("no key"))


class KeyList(QWidget):
    """All commands by group. One stop of the Tab key; the arrow keys go from row to row."""

    chosen = Signal(str, str)
    undo_requested = Signal()
    look_requested = Signal(QWidget)
    """A row got the focus and wants to be seen."""

    def __init__(self, theme: Theme, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[KeyRow] = []
        by_group = groups()
        for group, commands in by_group.items():
            title = label(QCoreApplication.translate("keys", group), "strong", self)
            title.setContentsMargins(theme.px(10), theme.px(10) if self.rows else 0, 0, theme.px(2))
            self._column.addWidget(title)
            for command in commands:
                self._add_row(command)
        self._make_current(self.rows[0])
        self.refresh()

    def _add_row(self, command: Command) -> None:
        row = KeyRow(self._theme, command, self)
        row.chosen.connect(self.chosen)
        row.undo_requested.connect(self.undo_requested)
        row.move_requested.connect(self._on_move)
        row.installEventFilter(self)
        self._column.addWidget(row)
        self.rows.append(row)

    def row(self, command: str) -> KeyRow:
        """The row of a command."""
        return next(row for row in self.rows if row.command == command)

    def refresh(self) -> None:
        """Shows the keys as they are now."""
        for row in self.rows:
            row.set_key(self._keys.key(row.command))

    def _make_current(self, current: KeyRow) -> None:
        for row in self.rows:
            policy = Qt.FocusPolicy.StrongFocus if row is current else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)

    def _on_move(self, by: int) -> None:
        sender = self.sender()
        if isinstance(sender, KeyRow):
            index = min(max(self.rows.index(sender) + by, 0), len(COMMANDS) - 1)
            self.rows[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, KeyRow):
            self._make_current(watched)
            self.look_requested.emit(watched)
        return False
