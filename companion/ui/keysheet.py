"""The list of all keys, laid over the window while it is wanted; the rest of the window goes on working."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.keyline import COLUMN, KeyLine
from companion.ui.keys import DIGITS, PAGE_KEYS, TAB_KEYS, TABS, Command, Keys, groups, pressed, shown, told
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.painting import badge_size, rounded
from companion.ui.widgets.say import listening

_WIDTH, _EDGE, _SHADOW = 1060, 24, 12
"""Pixels at 100 %: the panel at its widest, its distance from the window's edge, and the reach of its shadow."""


class KeyColumns(QWidget):
    """The groups of keys in as many columns as there is room for, one to three."""

    def __init__(self, keys: Keys, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys, self._theme = keys, theme
        self._count = 0
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._lines: dict[str, KeyLine] = {}
        self._blocks = [self._make_block(group, commands) for group, commands in groups().items()]
        self._blocks.append(self._make_fixed())
        self._pages = [self._make_page(*page) for page in PAGE_KEYS.items()]
        self._columns: list[QVBoxLayout] = []
        self._set_count(1)

    def _make_block(self, group: str, commands: list[Command]) -> QWidget:
        block, column = self._empty_block(QCoreApplication.translate("keys", group))
        for command in commands:
            line = KeyLine(self._theme, block)
            column.addWidget(line)
            self._lines[command.id] = line
        return block

    def _make_fixed(self) -> QWidget:
        block, column = self._empty_block(self.tr("Always"))
        self._digits, self._escape = KeyLine(self._theme, block), KeyLine(self._theme, block)
        self._tabs = KeyLine(self._theme, block)
        column.addWidget(self._digits)
        column.addWidget(self._tabs)
        column.addWidget(self._escape)
        return block

    def _make_page(self, page: str, keys: Sequence[tuple[str, str]]) -> list[tuple[KeyLine, str, str]]:
        """The keys that a page has of its own."""
        block, column = self._empty_block(self.tr("On the page %1").replace("%1", self.tr(page)))
        self._blocks.append(block)
        lines = []
        for key, words in keys:
            lines.append((KeyLine(self._theme, block), key, QCoreApplication.translate("keys", words)))
            column.addWidget(lines[-1][0])
        return lines

    def _empty_block(self, title: str) -> tuple[QWidget, QVBoxLayout]:
        block = QWidget(self)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = label(title, "caps", block)
        words.setContentsMargins(0, 0, 0, self._theme.px(2))
        block.setAccessibleName(title)
        column.addWidget(words)
        return block, column

    def step(self, by: int) -> None:
        """The keyboard goes to the next line of the list (1), or the one before (-1): a reader says it."""
        lines = self.findChildren(KeyLine)
        at = next((i for i, line in enumerate(lines) if line.hasFocus()), -1 if by > 0 else len(lines))
        lines[min(max(at + by, 0), len(lines) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Shows the keys as they are now."""
        signs = {command: shown(self._keys.key(command)) for command in self._lines}
        fixed = [(self._digits, "1–9, 0", QCoreApplication.translate("keys", DIGITS))]
        fixed.append((self._tabs, shown(TAB_KEYS["tab_next"]), QCoreApplication.translate("keys", TABS)))
        fixed.append((self._escape, "Esc", self.tr("Leaves a field, a guide or this list")))
        for commands in groups().values():
            room = self._room([signs[command.id] for command in commands])
            for command in commands:
                self._lines[command.id].set_line(signs[command.id], told(command), room)
        for block in (fixed, *self._pages):
            room = self._room([sign for _line, sign, _words in block])
            for line, sign, words in block:
                line.set_line(sign, words, room)

    def _room(self, signs: list[str]) -> int:
        """Width in pixels that the widest of these keys needs; words of a group begin below one another."""
        return max(badge_size(self._theme, sign).width() for sign in ("W", *signs))

    def restyle(self) -> None:
        """Takes over another scale."""
        for column in self._columns:
            column.setSpacing(self._theme.px(18))
        self._across.setSpacing(self._theme.px(32))
        self.refresh()
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Takes as many columns as ``width`` pixels have room for."""
        least = self._theme.px(COLUMN)
        self._set_count(min(max(width // least, 1), 3))

    def _set_count(self, count: int) -> None:
        if count == self._count:
            return
        self._count = count
        for column in self._columns:
            while column.count():
                column.takeAt(0)
            self._across.removeItem(column)
            column.deleteLater()
        self._columns = []
        for blocks in _dealt(self._blocks, count):
            column = QVBoxLayout()
            column.setSpacing(self._theme.px(18))
            for block in blocks:
                column.addWidget(block)
            column.addStretch(1)
            self._across.addLayout(column, 1)
            self._columns.append(column)


def _dealt(blocks: list[QWidget], count: int) -> list[list[QWidget]]:
    """The blocks, in their order, cut into columns so that the longest is as short as can be."""
    weights = [block.layout().count() + 1 for block in blocks]
    best: tuple[int, list[list[QWidget]]] | None = None
    for cuts in _cuts(len(blocks), count):
        edges = [0, *cuts, len(blocks)]
        spans = list(pairwise(edges))
        longest = max(sum(weights[a:b]) for a, b in spans)
        if best is None or longest < best[0]:
            best = (longest, [blocks[a:b] for a, b in spans])
    return best[1] if best else [blocks]


def _cuts(items: int, parts: int) -> list[tuple[int, ...]]:
    return list(combinations(range(1, items), min(parts, items) - 1))


class KeySheet(QWidget):
    """Opened by the key of its command, it takes the focus and gives it back; Esc, the same key or Close end it."""

    settings_requested = Signal()
    closed = Signal()

    def __init__(self, keys: Keys, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._keys, self._theme = keys, theme
        self._back: QWidget | None = None
        self.setAccessibleName(self.tr("List of keys"))
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "card")
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self.panel)
        self._inner = QVBoxLayout(self.panel)
        self._top = QHBoxLayout()
        title = label(self.tr("Keys"), "title", self.panel)
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.change_button = KeyButton(theme, self.tr("Change keys…"), "edit", "", "quiet", self.panel)
        self.change_button.clicked.connect(self._on_change_keys)
        self.close_button = KeyButton(theme, self.tr("Close"), "close", "Esc", "quiet", self.panel)
        self.close_button.setAccessibleName(self.tr("Close the list of keys"))
        self.close_button.clicked.connect(self.close_sheet)
        self._top.addWidget(title, 1)
        self._top.addWidget(self.change_button)
        self._top.addWidget(self.close_button)
        self._inner.addLayout(self._top)
        self.note = label(
            self.tr("Letters and digits work while no text field has the focus."), "muted", self, True
        )
        self._inner.addWidget(self.note)
        self.area = QScrollArea(self.panel)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(self.tr("All keys"))
        self.area.setAccessibleDescription(self.tr("Up and Down go from key to key."))
        self.area.installEventFilter(self)
        self.columns = KeyColumns(keys, theme)
        self.columns.setProperty("kind", "page")
        self.area.setWidget(self.columns)
        self._inner.addWidget(self.area, 1)
        parent.installEventFilter(self)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    # -- coming and going
    def open_sheet(self, take_focus: bool = True) -> None:
        """Shows the list over the window; with ``take_focus`` its keys scroll it and Esc closes it."""
        if self.isVisibleTo(self.parentWidget()):
            return
        self._back = self.window().focusWidget()
        self.columns.refresh()
        self.show()
        self._place()
        self.raise_()
        self.area.verticalScrollBar().setValue(0)
        if take_focus:
            self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_sheet(self) -> None:
        """Hides the list; the focus, where it is in here, goes back to where it was."""
        if not self.isVisibleTo(self.parentWidget()):
            return
        focus, back = self.window().focusWidget(), self._back
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        self._back = None
        if inside and back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.closed.emit()

    def toggle(self) -> None:
        """What the key of the list does."""
        if self.isVisibleTo(self.parentWidget()):
            self.close_sheet()
        else:
            self.open_sheet()

    def refresh(self) -> None:
        """Shows the keys as they are now."""
        self.columns.refresh()

    def turn_page(self, down: bool) -> None:
        """A page of the list further down or up."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + (bar.pageStep() if down else -bar.pageStep()))

    def _on_change_keys(self) -> None:
        self.close_sheet()
        self.settings_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        own = self._keys.key("keys")
        if event.key() == Qt.Key.Key_Escape or (own and pressed(event) == own):
            self.close_sheet()
        else:
            event.ignore()

    # -- place and looks
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self._place()
        return isinstance(event, QKeyEvent) and watched is self.area and self._stepped(event)

    def _stepped(self, event: QKeyEvent) -> bool:
        """For who listens, Up and Down go through the list; else they scroll it."""
        ways = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.type() != QEvent.Type.KeyPress or event.key() not in ways or not listening():
            return False
        self.columns.step(ways[Qt.Key(event.key())])
        line = self.window().focusWidget()
        if line is not None:
            self.area.ensureWidgetVisible(line)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        edges = self._outer.contentsMargins().left() + self._inner.contentsMargins().left()
        bar = self.area.verticalScrollBar().sizeHint().width()
        self.columns.fit(self.width() - 2 * edges - bar)

    def _place(self) -> None:
        """In the middle of the window, as high as the list needs, with some of the window left around it."""
        px, room = self._theme.px, self.parentWidget().size()
        edge = min(px(_EDGE), room.width() // 24)
        width = min(px(_WIDTH), room.width() - 2 * edge) + 2 * px(_SHADOW)
        self.resize(min(width, room.width()), self.height())
        self._fit()
        inner = self._inner.contentsMargins()
        bar = self.area.verticalScrollBar().sizeHint().width()
        across = self.width() - 2 * px(_SHADOW) - inner.left() - inner.right()
        list_height = self.columns.layout().totalHeightForWidth(across - bar)
        head = max(self._top.sizeHint().height(), 1) + self.note.heightForWidth(across)
        wanted = (
            list_height
            + head
            + 2 * self._inner.spacing()
            + inner.top()
            + inner.bottom()
            + 2 * px(_SHADOW)
            + 4
        )
        height = min(wanted, room.height() - 2 * edge + 2 * px(_SHADOW))
        self.setGeometry(
            (room.width() - self.width()) // 2, (room.height() - height) // 2, self.width(), height
        )

    def _restyle(self) -> None:
        px = self._theme.px
        self._outer.setContentsMargins(px(_SHADOW), px(_SHADOW), px(_SHADOW), px(_SHADOW))
        self._inner.setContentsMargins(px(22), px(18), px(14), px(14))
        self._inner.setSpacing(px(10))
        self._top.setSpacing(px(8))
        self.columns.restyle()
        if self.isVisible():
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft shadow, so that the panel stands off from what is under it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach, radius = self._theme.px(_SHADOW), self._theme.px(12)
        shade = QColor(0, 0, 0, 14 if self._theme.is_dark else 6)
        for ring in range(6):  # one over the other, so that the shade grows towards the panel
            step = reach * ring / 6
            box = QRectF(self.rect()).adjusted(step, step, -step, -step * 0.6)
            rounded(painter, box, radius + reach - step, shade, None)
        painter.end()
