"""The looks of the quiet strip, and its keys: how long nothing was recorded, buttons for it, what to do without one.

When it asks, and what an answer does, is the work of ``timeprompt``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.desk import Desk
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton

if TYPE_CHECKING:
    from companion.timedesk import Gap
    from companion.ui.pages.time.grid_looks import Looks
    from companion.ui.pages.time.swatch import CategoryButton


MOST = 4
"""Categories that are offered at the most."""


class PromptCard(QWidget):
    """Built when there is first something to ask. Who inherits it says what the answers do.

    ``strayed``: the keyboard came here by itself, since what had it went away; it belongs to the page.
    """

    strayed = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._gap: Gap | None = None
        self._looks: Looks | None = None
        self._digits = False
        self._built = False
        self.choices: list[CategoryButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    # -- what an answer does
    def digit(self, n: int) -> bool:
        """Answers with the n-th category; False where there is none."""
        raise NotImplementedError

    def not_now(self) -> None:
        """The strip goes for a while."""
        raise NotImplementedError

    def turn_off(self) -> None:
        """Asks no more at all."""
        raise NotImplementedError

    def _on_other(self) -> None:
        raise NotImplementedError

    def _on_choice(self) -> None:
        raise NotImplementedError

    # -- how it is built
    def _build(self) -> None:
        from companion.ui.pages.time.grid_looks import Looks

        self._built = True
        self._looks = Looks(self._theme)
        self.card = Card(self._theme, "", self, padding=10)
        self._across = QHBoxLayout()
        self.card.body.addLayout(self._across)
        self._words = QVBoxLayout()
        self.title = label("", "strong", self.card)
        self.hint = label(self.tr("What did it go to?"), "hint", self.card)
        self._words.addWidget(self.title)
        self._words.addWidget(self.hint)
        self._words.addStretch(1)
        self._across.addLayout(self._words)
        self._box, self._flow = flow_widget(self.card, self._theme.px(6))
        self._across.addWidget(self._box, 1)
        self.other = self._tool(self.tr("Other…"), self.tr("Other: to the day grid"), "quiet")
        self.later = self._tool(self.tr("Not now"), "", "plain")
        self.off = self._tool(self.tr("Off"), self.tr("Off: ask no more about open time"), "plain")
        self.off.setToolTip(self.tr("Ask no more"))
        self.other.clicked.connect(self._on_other)
        self.later.clicked.connect(self.not_now)
        self.off.clicked.connect(self.turn_off)
        self._column.addWidget(self.card)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._restyle()
        self._theme.changed.connect(self._restyle)

    def _tool(self, words: str, name: str, kind: str) -> KeyButton:
        made = KeyButton(self._theme, words, "", "", kind, self._box)
        if name:
            made.setAccessibleName(name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        made.installEventFilter(self)
        self._flow.addWidget(made)
        return made

    def _restyle(self) -> None:
        px = self._theme.px
        self._across.setSpacing(px(14))
        self._words.setSpacing(px(1))
        self._flow.setSpacing(px(6))
        self._fit()

    def _fit(self) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        narrow = self.width() < self._theme.px(760)
        if self._built and self._across.direction() != (down if narrow else across):
            self._across.setDirection(down if narrow else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_choices(self, gap: Gap) -> None:
        from companion.ui.pages.time.swatch import CategoryButton

        assert self._looks is not None
        tree = self._desk.time.tree
        self._looks.set_tree(tree)
        inside = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        tools = (self.other, self.later, self.off)
        for widget in (*self.choices, *tools):
            self._flow.removeWidget(widget)
        for button in self.choices:
            button.hide()
            button.deleteLater()
        self.choices = []
        for category in gap.categories[:MOST]:
            words = tree.names(category)[-1]
            button = CategoryButton(self._theme, self._looks, category, words, "", self._box)
            button.setAccessibleDescription(self.tr("Fills the open time"))
            button.clicked.connect(self._on_choice)
            button.installEventFilter(self)
            self.choices.append(button)
        for widget in (*self.choices, *tools):
            self._flow.addWidget(widget)
            widget.show()
        for one, next_one in zip((*self.choices, *tools), (*self.choices, *tools)[1:], strict=False):
            QWidget.setTabOrder(one, next_one)
        if inside:
            self.take_focus()
        self._show_keys()

    # -- the keyboard, where the user brings it here
    def take_focus(self) -> bool:
        """The keyboard goes to the first answer; False while nothing is asked."""
        if self._gap is None:
            return False
        first: QWidget = self.choices[0] if self.choices else self.other
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """What is hidden or disabled hands the keyboard on to whatever comes next, and a digit would answer here."""
        if new is None or old is None or not self.isAncestorOf(new) or self.isAncestorOf(old):
            return
        if old.isHidden() or not old.isVisible() or not old.isEnabled():
            new.clearFocus()
            self.strayed.emit()

    def take_digits(self, on: bool) -> None:
        """Whether the owner hands digits here now (``digit``): then they are shown on the buttons."""
        if on != self._digits:
            self._digits = on
            self._show_keys()

    def _show_keys(self) -> None:
        focus = self.window().focusWidget()
        here = self._digits or (focus is not None and self.isAncestorOf(focus))
        for n, button in enumerate(self.choices, 1):
            button.set_key_hint(str(n) if here else "")
        if self._built:
            self._flow.invalidate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._show_keys)
        elif event.type() == QEvent.Type.ShortcutOverride and self._means(event):
            event.accept()  # or the window would take the digit for the page
            return True
        return False

    def _means(self, event: QEvent) -> bool:
        """Whether a key answers here."""
        if not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and (
            event.key() == Qt.Key.Key_Escape or Qt.Key.Key_1 <= event.key() < Qt.Key.Key_1 + len(self.choices)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._means(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.not_now()
        else:
            self.digit(event.key() - Qt.Key.Key_0)
