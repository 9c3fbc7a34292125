"""A notice: a bar that says one thing, offers up to three answers, and never blocks."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.say import say
from companion.ui.widgets.text import plain

_ICONS = {"info": ("info", "accent"), "warn": ("warning", "warn"), "error": ("warning", "error")}


class Notice(QFrame):
    """Kinds info, warn, error: each with its own icon and its word for a screen reader, not only a colour."""

    answered = Signal(str)  # the key of the button
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._kind = theme, "info"
        self._row = QHBoxLayout(self)
        self._image = QLabel(self)
        self._row.addWidget(self._image, 0, Qt.AlignmentFlag.AlignTop)
        self.text_label = label("", "body", self, wrap=True)
        self.text_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._row.addWidget(self.text_label, 1)
        self.buttons: list[KeyButton] = []
        self.close_button = KeyButton(theme, "", "close", "", "plain", self)
        self.close_button.setAccessibleName(self.tr("Dismiss"))
        self.close_button.clicked.connect(self._on_dismissed)
        self._row.addWidget(self.close_button)
        self.setProperty("kind", "notice-info")
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    def show_notice(
        self, text: str, kind: str = "info", answers: Sequence[tuple[str, str]] = (), dismissible: bool = True
    ) -> None:
        """Show ``text`` with buttons for ``answers`` as (key, label), three at most. Takes no focus."""
        if kind not in _ICONS or len(answers) > 3:
            raise ValueError("a notice is info, warn or error and has at most three answers")
        self._kind = kind
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for key, words in answers:
            button = KeyButton(self._theme, words, "", "", "quiet", self)
            button.setObjectName(key)
            button.clicked.connect(self._on_answered)
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        self.close_button.setVisible(dismissible)
        self.text_label.setText(plain(text, 2000))
        names = {"info": self.tr("Note"), "warn": self.tr("Warning"), "error": self.tr("Error")}
        self.setAccessibleName(names[kind])
        self.setProperty("kind", f"notice-{kind}")
        self.style().unpolish(self)
        self.style().polish(self)
        self._restyle()
        self.show()
        before = "" if kind == "info" else f"{names[kind]}: "
        ways = ", ".join(words for _key, words in answers)
        say(self, f"{before}{self.text_label.text()} {ways}".rstrip(), urgent=kind == "error")

    def size_in(self, width: int) -> QSize:
        """As wide as its words are in one line, at most ``width`` pixels, and as high as it then has to be."""
        self.text_label.ensurePolished()
        beside = [one for one in (self._image, *self.buttons, self.close_button) if not one.isHidden()]
        edges = self._row.contentsMargins()
        words = self.text_label.fontMetrics().horizontalAdvance(self.text_label.text()) + 4
        around = edges.left() + edges.right() + self._row.spacing() * len(beside)
        wide = min(
            width, around + words + sum(one.sizeHint().width() for one in beside) + 2 * self.frameWidth()
        )
        return QSize(wide, self._row.totalHeightForWidth(wide))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.close_button.isVisible():
            self._on_dismissed()
            return
        super().keyPressEvent(event)

    def _on_answered(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.hide()
            self.answered.emit(sender.objectName())

    def _on_dismissed(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _restyle(self) -> None:
        px = self._theme.px
        icon, role = _ICONS[self._kind]
        self._image.setPixmap(icons.pixmap(icon, self._theme, role, 20))
        self._image.setContentsMargins(0, px(8), 0, 0)
        self._row.setContentsMargins(px(14), px(8), px(8), px(8))
        self._row.setSpacing(px(10))
