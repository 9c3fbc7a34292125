"""What the sections of Settings share: keeping a value at once, editors that mind their own keys, and the card."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTime, QTimer, Signal, SignalInstance
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from companion.preferences import Preferences
from companion.storage.errors import StoreError
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.still import Still

FLUSH_MS = 350
"""Milliseconds from a change in an editor to the disk, at the most."""


class Keeper(QObject):
    """Keeps settings at once. What the disk refuses stays at hand, to be tried again."""

    refused = Signal(str)
    kept = Signal()

    def __init__(self, prefs: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._prefs = prefs
        self._waiting: dict[str, Any] = {}

    def keep(self, key: str, value: Any) -> bool:
        """Writes one setting; on an error of the world ``refused`` tells why, and the value waits."""
        try:
            self._prefs.set(key, value)
        except StoreError as error:
            self._waiting[key] = value
            self.refused.emit(str(error))
            return False
        if self._waiting.pop(key, None) is not None and not self._waiting:
            self.kept.emit()
        return True

    def waits(self, key: str) -> bool:
        """Whether the last value of this setting is not on the disk yet."""
        return key in self._waiting

    def try_again(self) -> None:
        """Writes what waits, up to the first that is refused again."""
        for key, value in list(self._waiting.items()):
            if not self.keep(key, value):
                return


class Entry(QObject):
    """Ties an editor to a setting: written a moment after a change and when the editor is left; a change made
    elsewhere is shown as soon as nobody is editing here."""

    def __init__(
        self, editor: QWidget, changed: SignalInstance, write: Callable[[], None], show: Callable[[], None]
    ) -> None:
        super().__init__(editor)
        self._editor, self._write, self._show = editor, write, show
        self._dirty = False
        self._typed = isinstance(editor, QLineEdit | QAbstractSpinBox) or (
            isinstance(editor, QComboBox) and editor.isEditable()
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        changed.connect(self._on_changed)
        editor.installEventFilter(self)

    def flush(self) -> None:
        """Writes what was changed, now."""
        self._timer.stop()
        if self._dirty:
            self._dirty = False
            self._write()

    @property
    def dirty(self) -> bool:
        """Whether something was changed that is not written yet."""
        return self._dirty

    def refresh(self) -> None:
        """Shows what is kept, unless somebody is at it."""
        if not self._dirty and not (self._typed and self._editor.hasFocus()):
            self._editor.blockSignals(True)
            self._show()
            self._editor.blockSignals(False)

    def _on_changed(self) -> None:
        self._dirty = True
        if not self._timer.isActive():  # not put off by the next key: whoever types on and on is saved too
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            if isinstance(self._editor, QAbstractSpinBox):
                self._editor.interpretText()  # what is half typed becomes a value, or goes back
            self.flush()
            if event.type() == QEvent.Type.FocusOut:
                self.refresh()
        return False


class Section(Card):
    """A card of settings that belong together."""

    def __init__(self, theme: Theme, keeper: Keeper, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent, padding=20)
        self.theme, self.keeper = theme, keeper
        self.entries: list[Entry] = []
        self.setAccessibleName(title)

    def tie(
        self, editor: QWidget, changed: SignalInstance, write: Callable[[], None], show: Callable[[], None]
    ) -> Entry:
        """Ties an editor to what it writes and shows."""
        self.entries.append(Entry(editor, changed, write, show))
        return self.entries[-1]

    def refresh(self) -> None:
        """Shows what is kept. Raises StoreError."""
        for entry in self.entries:
            entry.refresh()

    def flush(self) -> None:
        """Keeps what was just typed, now."""
        for entry in self.entries:
            entry.flush()

    def hint(self, text: str) -> QLabel:
        """A quiet line of explanation that wraps."""
        made = label(text, "hint", self, wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return made

    def captioned(self, caption: str, editor: QWidget, parent: QWidget | None = None) -> QWidget:
        """An editor under its caption."""
        box = QWidget(parent or self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(4))
        words = label(caption, "hint", box)
        words.setBuddy(editor)
        column.addWidget(words)
        editor.setParent(box)
        column.addWidget(editor)
        return box


class Number(Still, QSpinBox):
    """A whole number."""

    def __init__(
        self, theme: Theme, name: str, least: int, most: int, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSuffix(suffix)
        self._settle(theme, name)


class Length(Number):
    """A length of time as minutes and seconds, ``5:00``; a number alone is minutes. The value is seconds."""

    _SHAPE = re.compile(r"\s*(\d{1,3})(?::(\d{0,2}))?\s*", re.ASCII)

    def __init__(self, theme: Theme, name: str, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, least, most, "", parent)
        self.setSingleStep(30)

    def textFromValue(self, value: int) -> str:
        return f"{value // 60}:{value % 60:02d}"

    def valueFromText(self, text: str) -> int:
        found = self._SHAPE.fullmatch(text)
        seconds = int(found[1]) * 60 + int(found[2] or 0) if found else self.value()
        return min(max(seconds, self.minimum()), self.maximum())

    def fixup(self, text: str) -> str:
        return self.textFromValue(self.valueFromText(text))

    def validate(self, text: str, position: int) -> object:
        found = self._SHAPE.fullmatch(text)
        if found is None:
            state = QValidator.State.Invalid if text.strip() else QValidator.State.Intermediate
            return (state, text, position)
        minutes, seconds = int(found[1]), found[2]
        whole = seconds is not None and len(seconds) == 2
        sound = whole and int(seconds or 0) < 60 and self.minimum() <= minutes * 60 + int(seconds or 0)
        fits = minutes * 60 + int(seconds or 0) <= self.maximum()
        if not fits:
            return (QValidator.State.Invalid, text, position)
        return (QValidator.State.Acceptable if sound else QValidator.State.Intermediate, text, position)


class DayTime(Still, QTimeEdit):
    """A time of the day to the minute."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("H:mm")
        self._settle(theme, name)

    def minute(self) -> int:
        """Minutes since midnight."""
        return self.time().hour() * 60 + self.time().minute()

    def set_minute(self, minute: int) -> None:
        """Shows a minute of the day; the last one, 1440, is shown as midnight."""
        self.setTime(QTime(minute // 60 % 24, minute % 60))
