"""One card in the middle with much space around it: what setting up and unlocking stand in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

_WIDTH, _NARROW = 600, 560
"""Pixels at 100 %: the card at its widest, and the width of the page from which it loses its wide edges."""


class CalmPage(QWidget):
    """Rows are put into ``body`` by ``add``; the card keeps to the middle at every width."""

    def __init__(self, theme: Theme, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._icon = theme, icon
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._narrow = False
        self._flows: list[QWidget] = []
        outer = self._outer = QVBoxLayout(self)
        across = QHBoxLayout()
        across.addStretch(1)
        self.card = Card(theme, "", self, padding=32)
        self.card.title_label.hide()
        across.addWidget(self.card, 1000)
        across.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)
        self.image = QLabel(self.card)
        self.image.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.card.body.addWidget(self.image)
        self.title = label(title, "title", self.card, wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.card.body.addWidget(self.title)
        self.body = self.card.body
        self._restyle_calm()
        theme.changed.connect(self._restyle_calm)

    def fit(self, width: int) -> None:
        """The card gives up some of its edges where the page is narrow."""
        narrow = width < self.theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._restyle_calm()

    def minimumSizeHint(self) -> QSize:
        """As high as its width needs: lines that wrap would ask for what they need when they are narrow."""
        return QSize(super().minimumSizeHint().width(), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as it does in a dialog."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def words(self, text: str, kind: str = "", middle: bool = False) -> QLabel:
        """A line of text that wraps."""
        made = label(text, kind, self.card, wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if middle:
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(made)
        return made

    def button(self, text: str, icon: str = "", kind: str = "quiet", key: str = "") -> KeyButton:
        """A button, to be put into ``row``."""
        return KeyButton(self.theme, text, icon, key, kind, self.card)

    def row(self, *buttons: QWidget) -> QWidget:
        """Buttons side by side, in the next line where there is no room."""
        box, flow = flow_widget(self.card, self.theme.px(8))
        for button in buttons:
            button.setParent(box)
            flow.addWidget(button)
        self.body.addWidget(box)
        return box

    def gap(self, pixels: int = 8) -> None:
        """More space, in pixels at 100 %."""
        self.body.addSpacing(self.theme.px(pixels))

    def _restyle_calm(self) -> None:
        px = self.theme.px
        self.card.setMaximumWidth(px(_WIDTH))
        self._outer.setContentsMargins(0, px(8), 0, px(8))
        edge = px(12 if self._narrow else 36)
        layout = self.card.layout()
        if layout is not None:
            layout.setContentsMargins(edge, px(28), edge, px(30))
        self.body.setSpacing(px(12))
        show_if(self.image, not self._narrow)
        self.image.setPixmap(icons.pixmap(self._icon, self.theme, "accent", 36))

    def set_icon(self, icon: str) -> None:
        """Another icon above the title."""
        self._icon = icon
        self._restyle_calm()


class OneOf(QWidget):
    """Shows one of its pages. Not a stack: that would be as high as its highest page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._pages: list[QWidget] = []

    def add_page(self, page: QWidget) -> None:
        """One more page; the first is the one shown."""
        self._pages.append(page)
        self._column.addWidget(page)
        page.setVisible(len(self._pages) == 1)

    def turn_to(self, page: QWidget) -> None:
        """Shows this page and no other."""
        for one in self._pages:
            show_if(one, one is page)

    def shows(self, page: QWidget) -> bool:
        """Whether this page is the one shown."""
        return not page.isHidden()

    def minimumSizeHint(self) -> QSize:
        """As high as its width needs."""
        return QSize(super().minimumSizeHint().width(), 0)


class Waiting(QWidget):
    """That something takes a moment: a moving bar and a word. Where less movement is wanted, the word alone."""

    def __init__(self, theme: Theme, still: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(QCoreApplication.translate("Waiting", "Please wait"))
        self.text = label("", "hint", self)
        column.addWidget(self.bar)
        column.addWidget(self.text)
        self._still = still
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    def wait_for(self, text: str) -> None:
        """Shows that ``text`` is under way."""
        self.text.setText(text)
        self.bar.setVisible(not self._still)
        self.show()

    def _restyle(self) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        self.bar.setFixedHeight(px(6))
        self.bar.setStyleSheet(
            f"QProgressBar {{ background: {tokens.track}; border: none; border-radius: {px(3)}px; }}"
            f"QProgressBar::chunk {{ background: {tokens.accent}; border-radius: {px(3)}px; }}"
        )
