"""What an action needs to know before it is one: a time, a sentence, somebody to talk with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QDate, QDateTime, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from companion.ui.pages.stress.editor_part import quiet
from companion.ui.theme.theme import Theme
from companion.ui.widgets.choices import Choices, Item
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.private import PrivateField
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.still import DateTimeField, Still
from companion.ui.widgets.unfold import unfold

MINUTES = (5, 10, 15, 30)
"""Lengths of a break to choose from."""
EVENING = 18
"""Hour of the day from which it is asked how a talk went that was planned for that day."""


class DateField(Still, QDateEdit):
    """A date."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("ddd d MMM yyyy")
        self._settle(theme, name)


class ActionForm(QWidget):
    """``kept`` carries a text, a moment or None, and minutes. Enter keeps, Esc leaves. ``still``: nothing may move."""

    kept = Signal(str, object, int)
    dismissed = Signal()
    edited = Signal()

    def __init__(self, kind: str, theme: Theme, keep: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.theme = kind, theme
        self.still = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.body = QVBoxLayout()
        self._column.addLayout(self.body)
        box, self._flow = flow_widget(self, 8)
        self.keep = KeyButton(theme, keep, "check", "", "primary", box)
        self.leave = KeyButton(theme, self.tr("Leave it"), "", "", "plain", box)
        self.keep.clicked.connect(self._on_keep)
        self.leave.clicked.connect(self.dismissed)
        self._flow.addWidget(self.keep)
        self._flow.addWidget(self.leave)
        self._column.addWidget(box)
        self._word = quiet(theme, "", self, "small", "warn")
        self._column.addWidget(self._word)
        show_if(self._word, False)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(8), 0, 0)
        self._column.setSpacing(px(10))
        self.body.setSpacing(px(8))

    def set_text(self, text: str) -> None:
        """Words to begin with."""

    def fields(self) -> dict[str, PrivateField]:
        """The fields to type in, by a name that is kept."""
        return {}

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.edit.text() for name, field in self.fields().items()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Puts back what had been typed."""
        for name, field in self.fields().items():
            field.edit.set_text(str(typed.get(name, "")))

    def _watch(self) -> None:
        for field in self.fields().values():
            field.edit.textChanged.connect(self.edited)

    def say(self, text: str) -> None:
        """Why it could not be kept."""
        self._word.set_text(text)
        show_if(self._word, bool(text))
        if text:
            unfold(self._word, self.theme, self.still)

    def values(self) -> tuple[str, datetime | None, int] | None:
        """Text, moment and minutes; None while something is missing, which ``say`` has told."""
        raise NotImplementedError

    def note(self, text: str, role: str = "small", token: str = "muted") -> None:
        """Words that wrap."""
        self.body.addWidget(quiet(self.theme, text, self, role, token))

    def _on_keep(self) -> None:
        self.say("")
        values = self.values()
        if values is not None:
            self.kept.emit(*values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.leave if self.leave.hasFocus() else self.keep).click()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


class BreakForm(ActionForm):
    """When, and how long."""

    def __init__(self, theme: Theme, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__("break", theme, "", parent)
        self.keep.set_label(self.tr("Put it into my day"))
        self._zone = now.tzinfo
        row = QHBoxLayout()
        self.at = DateTimeField(theme, self.tr("Break at"), self)
        start = next_quarter(now)
        self.at.setDateTime(QDateTime(start.year, start.month, start.day, start.hour, start.minute, 0))
        row.addWidget(self.at)
        row.addStretch(1)
        self.body.addLayout(row)
        self.minutes = Choices(theme, self.tr("Minutes of the break"), self)
        self.minutes.set_items([Item(str(n), self.tr("{n} minutes").replace("{n}", str(n))) for n in MINUTES])
        self.minutes.set_chosen((str(MINUTES[1]),))
        self.body.addWidget(self.minutes)
        self.note(self.tr("It is kept in your day, outside the journal: when and how long, nothing of why."))
        self.setFocusProxy(self.at)

    def values(self) -> tuple[str, datetime | None, int] | None:
        chosen = self.minutes.chosen()
        n = int(chosen[0]) if chosen else MINUTES[1]
        at = self.at.dateTime()
        date, time = at.date(), at.time()
        there = datetime(date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=self._zone)
        return self.tr("{n} minutes").replace("{n}", str(n)), there, n


class ResponseForm(ActionForm):
    """A sentence for upset callers. It leaves the journal, and says so before it does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("response", theme, "", parent)
        self.keep.set_label(self.tr("Keep it outside the journal"))
        self.field = PrivateField(
            theme, self.tr("What I want to say next time"), self.tr("Sentence for upset callers"), "", self
        )
        self.body.addWidget(self.field)
        self.note(
            self.tr(
                "This one sentence leaves the journal: it is kept without encryption and shown on the Call page "
                "when a caller is upset. Write nothing into it that others must not read."
            ),
            "body",
            "text",
        )
        self.setFocusProxy(self.field)
        self.field.edit.entered.connect(self._on_keep)
        self._watch()

    def fields(self) -> dict[str, PrivateField]:
        return {"text": self.field}

    def values(self) -> tuple[str, datetime | None, int] | None:
        text = self.field.edit.text().strip()
        if not text:
            self.say(self.tr("There is no sentence yet."))
            return None
        return text, None, 0


class TalkForm(ActionForm):
    """With whom, about what, on which day; it stays in the journal."""

    def __init__(self, theme: Theme, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__("talk", theme, "", parent)
        self.keep.set_label(self.tr("Plan it"))
        self._zone = now.tzinfo
        self.who = PrivateField(theme, self.tr("With whom"), "", "", self)
        self.what = PrivateField(theme, self.tr("About what"), "", "", self)
        self.body.addWidget(self.who)
        self.body.addWidget(self.what)
        row = QHBoxLayout()
        self.day = DateField(theme, self.tr("Day of the talk"), self)
        tomorrow = now.date() + timedelta(days=1)
        self.day.setDate(QDate(tomorrow.year, tomorrow.month, tomorrow.day))
        row.addWidget(self.day)
        row.addStretch(1)
        self.body.addLayout(row)
        self.note(self.tr("This stays in the journal."))
        self.setFocusProxy(self.who)
        self.who.edit.entered.connect(self.what.setFocus)
        self.what.edit.entered.connect(self._on_keep)
        self._watch()

    def fields(self) -> dict[str, PrivateField]:
        return {"who": self.who, "what": self.what}

    def values(self) -> tuple[str, datetime | None, int] | None:
        who, what = self.who.edit.text().strip(), self.what.edit.text().strip()
        if not (who or what):
            self.say(self.tr("With whom, or about what?"))
            return None
        date = self.day.date()
        evening = datetime(date.year(), date.month(), date.day(), EVENING, tzinfo=self._zone)
        return ": ".join(part for part in (who, what) if part), evening, 0


class LineForm(ActionForm):
    """One line in own words; it stays in the journal."""

    def __init__(self, kind: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(kind, theme, "", parent)
        self.keep.set_label(self.tr("Keep"))
        self.field = PrivateField(theme, self.tr("What I will do"), "", "", self)
        self.body.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.edit.entered.connect(self._on_keep)
        self._watch()

    def fields(self) -> dict[str, PrivateField]:
        return {"text": self.field}

    def set_text(self, text: str) -> None:
        self.field.edit.set_text(text)
        self.field.edit.selectAll()

    def values(self) -> tuple[str, datetime | None, int] | None:
        text = self.field.edit.text().strip()
        if not text:
            self.say(self.tr("What will you do?"))
            return None
        return text, None, 0


def next_quarter(now: datetime) -> datetime:
    """The next full quarter of an hour that is at least five minutes away."""
    start = now + timedelta(minutes=5)
    over = timedelta(minutes=start.minute % 15, seconds=start.second, microseconds=start.microsecond)
    return start if not over else start - over + timedelta(minutes=15)


def form_for(kind: str, theme: Theme, now: datetime, still: bool, parent: QWidget) -> ActionForm:
    """The form that a kind of action asks with; ``still``: nothing may move in it."""
    form: ActionForm
    if kind == "break":
        form = BreakForm(theme, now, parent)
    elif kind == "response":
        form = ResponseForm(theme, parent)
    else:
        form = TalkForm(theme, now, parent) if kind == "talk" else LineForm(kind, theme, parent)
    form.still = still
    return form
