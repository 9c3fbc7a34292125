"""The check: how it is, 0 to 10, a feeling, a line; ten seconds and Enter (abc.model)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.core.stress import Feeling
from companion.core.stress_words import Words
from companion.ui.drafts import is_field
from companion.ui.keys import pressed
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.choices import Choices, Item, letters
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.pagescroll import PageScroll
from companion.ui.widgets.private import PrivateField
from companion.ui.widgets.scale import Scale

_NARROW = 520
"""Pixels at 100 % under which the two fields stand one below the other."""


def feeling_id(words: Words, text: str) -> str:
    """The shipped feeling that a text names, whatever its case; any other text is the user's own word."""
    wanted = " ".join(text.split())
    known = (one.id for one in words.feelings if one.name.casefold() == wanted.casefold())
    return next(known, wanted)


class CheckForm(QWidget):
    """``done`` carries before (int | None), feelings (tuple of Feeling), line (str), to_finish (bool).

    With the focus in it a digit chooses the number, a letter the feeling that bears it, Enter keeps the check and
    Ctrl+Enter keeps it to be finished later; Esc leaves it. What is typed stays in the form until it is kept.
    """

    done = Signal(object, object, str, bool)
    dismissed = Signal()

    def __init__(
        self, theme: Theme, words: Words, parent: QWidget | None = None, compact: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._compact = theme, words, compact
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._page = QWidget()
        inner = QVBoxLayout(self._page)
        inner.setContentsMargins(0, 0, 0, 0)
        self.card = Card(theme, self.tr("How is it just now?"), self._page, kind="now")
        inner.addWidget(self.card)
        self.area = PageScroll(
            self._page, self, self
        )  # large type in a small window needs more than there is
        outer.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.close_button = KeyButton(theme, "", "close", "", "plain", self.card)
        self.close_button.setAccessibleName(self.tr("Leave the check"))
        self.close_button.clicked.connect(self.dismissed)
        self.card.title_row.addWidget(self.close_button)
        self._build_answers()
        self._build_buttons()
        self.setFocusProxy(self.scale)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build_answers(self) -> None:
        words, card = self._words, self.card
        low, high = words.texts.get("scale_low", ""), words.texts.get("scale_high", "")
        if self._compact:
            low = high = ""
        self.scale = Scale(self._theme, self.tr("Stress before"), card, low, high)
        card.body.addWidget(self.scale)
        self.feelings = Choices(self._theme, self.tr("Feelings"), card, several=True)
        names = [one.name for one in words.feelings]
        keys = letters(names)
        self.feelings.set_items(
            [Item(one.id, one.name, one.hint, key) for one, key in zip(words.feelings, keys, strict=True)]
        )
        card.body.addWidget(self.feelings)
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.own = PrivateField(
            self._theme, self.tr("Or in a word of your own"), self.tr("Feeling in your own word")
        )
        self.line = PrivateField(self._theme, self.tr("A line, if you like"), self.tr("A line about it"))
        self._fields.addWidget(self.own, 1)
        self._fields.addWidget(self.line, 2)
        card.body.addLayout(self._fields)
        for field in (self.own, self.line):
            field.edit.entered.connect(self._on_keep)

    def _build_buttons(self) -> None:
        box, self._row = flow_widget(self.card, 8)
        self.keep = KeyButton(self._theme, self.tr("Keep"), "check", self.tr("Enter"), "primary", box)
        self.later = KeyButton(
            self._theme, self.tr("Finish later"), "clock", self.tr("Ctrl+Enter"), "quiet", box
        )
        self.keep.clicked.connect(self._on_keep)
        self.later.clicked.connect(self._on_later)
        self._row.addWidget(self.keep)
        self._row.addWidget(self.later)
        self.hint = label("", "hint", self.card)
        self._row.addWidget(self.hint)
        self.hint.hide()
        self.card.body.addWidget(box)

    def fit(self, width: int) -> None:
        """The two fields stand one below the other where ``width`` pixels are too few for both."""
        narrow = width < self._theme.px(_NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._fields.setDirection(down if narrow else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # as high as its rows need at this width

    def sizeHint(self) -> QSize:
        wide = self.area.viewport().width() if self.isVisible() else self._theme.px(640)
        return QSize(self._theme.px(640), self._page.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(160))

    def _restyle(self) -> None:
        self._fields.setSpacing(self._theme.px(12))
        self._row.setSpacing(self._theme.px(8))

    # -- from the page
    def clear(self) -> None:
        """Empties the form for the next check."""
        self.scale.set_value(None)
        self.feelings.set_chosen(())
        self.own.edit.set_text("")
        self.line.edit.set_text("")
        self.hint.hide()

    def is_empty(self) -> bool:
        """Whether nothing was chosen or written."""
        line = self.line.edit.text().strip()
        return self.scale.value is None and not self._chosen() and not line

    def digit(self, n: int) -> bool:
        """A digit pressed while no text field has the focus: the number."""
        self.scale.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.scale.digit(n)

    def key(self, name: str) -> bool:
        """A key as ``ui/keys.normal`` writes it; True when it was taken: the letter of a feeling, or Enter."""
        if name in ("Return", "Enter"):
            self._on_keep()
            return True
        if name in ("Ctrl+Return", "Ctrl+Enter"):
            self._on_later()
            return True
        return len(name) == 1 and self.feelings.press_letter(name)

    def escape(self) -> bool:
        """Esc: leaves the form."""
        self.dismissed.emit()
        return True

    # -- within
    def _chosen(self) -> tuple[Feeling, ...]:
        names = list(self.feelings.chosen())
        own = feeling_id(self._words, self.own.edit.text())
        if own and own not in names:
            names.append(own)
        return tuple(Feeling(name) for name in names)

    def _on_keep(self) -> None:
        self._give(False)

    def _on_later(self) -> None:
        self._give(True)

    def _give(self, to_finish: bool) -> None:
        if self.is_empty():
            self.hint.setText(self.tr("Choose a number or a feeling first."))
            self.hint.show()
            self.updateGeometry()
            self.scale.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hint.hide()
        self.done.emit(self.scale.value, self._chosen(), self.line.edit.text().strip(), to_finish)

    def _name(self, event: QKeyEvent) -> str:
        focus = self.focusWidget()
        name = pressed(event)
        typing = is_field(focus) and self.isAncestorOf(focus)
        return "" if typing and len(name) == 1 else name

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            name = self._name(event)
            if len(name) == 1 and (name.isdecimal() or any(chip.key == name for chip in self.feelings.chips)):
                event.accept()  # in the form these are its own, not the window's
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = self._name(event)
        if len(name) == 1 and name in "0123456789":
            self.digit(int(name))
        elif event.key() == Qt.Key.Key_Escape:
            self.escape()
        elif name in ("Return", "Enter") and isinstance(button := self.focusWidget(), KeyButton):
            button.click()
        elif not (name and self.key(name)):
            super().keyPressEvent(event)
