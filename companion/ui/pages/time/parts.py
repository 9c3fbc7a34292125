"""What the views of the time audit share: a column in the middle, editors of a date and of a length of time."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from companion.core.timeline_entry import length_words
from companion.ui.theme.theme import Theme
from companion.ui.widgets.still import Still

STEP = 5
"""Minutes that an arrow key adds."""

_SHAPES = (
    re.compile(
        r"\s*(?P<h>\d{1,3})\s*(?:h|hours?|:)\s*(?P<m>\d{0,2})\s*(?:m|min|mins|minutes)?\s*", re.I | re.A
    ),
    re.compile(r"\s*(?P<h>\d{1,3})[.,](?P<part>\d{1,2})\s*(?:h|hours?)\s*", re.I | re.A),
    re.compile(r"\s*(?P<m>\d{1,5})\s*(?:m|min|mins|minutes)?\s*", re.I | re.A),
)


def minutes_of(text: str) -> int | None:
    """The minutes that a length means as people write it: ``1 h 30 min``, ``1:30``, ``1.5 h``, ``90``; else None."""
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        hours, minutes = int(parts.get("h") or 0), int(parts.get("m") or 0)
        part = parts.get("part")
        return hours * 60 + minutes + (round(60 * int(part) / 10 ** len(part)) if part else 0)
    return None


def centred(view: QWidget) -> tuple[QHBoxLayout, QWidget, QVBoxLayout]:
    """A column in the middle of a view, as wide as it may be: what holds it, the column, its rows."""
    across = QHBoxLayout(view)
    column = QWidget(view)
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    across.addStretch(1)
    across.addWidget(column, 1000)
    across.addStretch(1)
    return across, column, rows


class DateField(Still, QDateEdit):
    """A date."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("ddd d MMM yyyy")
        self._settle(theme, name)


def plain_date(field: QDateEdit) -> date:
    """The date in a field."""
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())


class LengthField(Still, QSpinBox):
    """A length of time, ``1 h 30 min``; the value is minutes. Arrow keys go in steps of five."""

    def __init__(self, theme: Theme, name: str, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, most)
        self.setSingleStep(STEP)
        self._settle(theme, name)

    def textFromValue(self, value: int) -> str:
        return length_words(value * 60)

    def valueFromText(self, text: str) -> int:
        minutes = minutes_of(text)
        return min(max(self.value() if minutes is None else minutes, self.minimum()), self.maximum())

    def fixup(self, text: str) -> str:
        return self.textFromValue(self.valueFromText(text))

    def validate(self, text: str, position: int) -> object:
        minutes = minutes_of(text)
        if minutes is not None and minutes <= self.maximum():
            return (QValidator.State.Acceptable, text, position)
        shape = re.fullmatch(r"[\d\s:.,hoursmint]{0,20}", text, re.I)
        return (QValidator.State.Intermediate if shape else QValidator.State.Invalid, text, position)
