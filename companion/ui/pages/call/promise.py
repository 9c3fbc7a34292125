"""What was promised and by when: a line to write in, and a deadline by one press."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QDateTime, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.clock import stamp
from companion.core.hours import Day
from companion.ui.drafts import Drafts
from companion.ui.theme.theme import Theme
from companion.ui.widgets.chain import chain
from companion.ui.widgets.fields import LineField
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.still import DateTimeField


def deadlines(now: datetime, hours: tuple[Day, ...]) -> list[tuple[str, datetime]]:
    """The deadlines offered: in an hour, the end of today's and of the next working day, as local times.

    Whole minutes; a day is a local one, so a night of changed clocks does not shift the hour.
    """
    hour = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    offered = [("In 1 hour", hour)]
    for ahead in range(0, 8):
        date = (now + timedelta(days=ahead)).date()
        day = hours[date.weekday()]
        if day is None:
            continue
        end = datetime(date.year, date.month, date.day, tzinfo=now.tzinfo) + timedelta(
            minutes=min(day[1], 1439)
        )
        if end <= now:
            continue
        name = {0: "Today", 1: "Tomorrow"}.get(ahead, f"{end:%a}")
        offered.append((f"{name} {end.hour}:{end:%M}", end))
        if len(offered) == 3:
            break
    return offered


class PromiseBox(QWidget):
    """``deadline_chosen`` carries the moment as it is kept (UTC), or an empty text for none."""

    deadline_chosen = Signal(str)

    def __init__(self, theme: Theme, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zone: tzinfo | None = None
        self._offered: list[tuple[str, datetime]] = []
        self._by = ""
        self._shown = QDateTime()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.what = LineField(
            theme, self.tr("Promise"), self.tr("Promise"), self.tr("What you will do, for whom"), self
        )
        drafts.bind(self.what.edit, "promise.what")
        column.addWidget(self.what)
        box, self._row = flow_widget(self, 6)
        column.addWidget(box)
        self._chips: list[KeyButton] = []
        own = QHBoxLayout()
        self.by = DateTimeField(theme, self.tr("Promised by"), self)
        self.by.editingFinished.connect(self._on_edited)
        own.addWidget(self.by)
        self.clear = KeyButton(theme, self.tr("No deadline"), "close", "", "plain", self)
        self.clear.clicked.connect(self._on_clear)
        own.addWidget(self.clear)
        own.addStretch(1)
        self._own = QWidget(self)
        self._own.setLayout(own)
        own.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._own)
        self._own.hide()
        self._column = column
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(6))

    def show_deadline(self, by: datetime | None, now: datetime, hours: tuple[Day, ...]) -> None:
        """Shows the deadline in local time, and the ones offered now."""
        self._zone = now.tzinfo
        self._by = stamp(by) if by else ""
        offered = deadlines(now, hours)
        if [name for name, _at in offered] != [name for name, _at in self._offered]:
            for chip in self._chips:
                self._row.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self._chips = []
            for i, (name, _at) in enumerate(offered):
                chip = KeyButton(self._theme, name, "clock", "", "chip", self)
                chip.setObjectName(str(i))
                chip.clicked.connect(self._on_chip)
                self._row.addWidget(chip)
                self._chips.append(chip)
            chain(self.what.edit, *self._chips, self.by, self.clear)
        self._offered = offered
        show_if(self._own, by is not None)
        if by is not None and not self.by.hasFocus():
            local = by.astimezone(now.tzinfo)
            with QSignalBlocker(self.by):
                self.by.setDateTime(
                    QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)
                )
            self._shown = self.by.dateTime()

    def _on_chip(self) -> None:
        self.deadline_chosen.emit(stamp(self._offered[int(self.sender().objectName())][1]))

    def _on_edited(self) -> None:
        at = self.by.dateTime()
        if at == self._shown:
            return  # left as it was; the hour that comes twice would read as the first one
        date, time = at.date(), at.time()
        local = datetime(date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=self._zone)
        if stamp(local) != self._by:
            self.deadline_chosen.emit(stamp(local))

    def _on_clear(self) -> None:
        self.deadline_chosen.emit("")
