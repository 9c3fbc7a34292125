"""Opening hours: seven days, each closed or open from one time to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from companion.core import hours
from companion.desk import Desk
from companion.ui.pages.settings.parts import DayTime, Entry, Keeper, Section
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST = (540, 1020)
_WORKDAYS = 5


class DayRow(NamedTuple):
    """The editors of one day, and what is said about it beside them."""

    open: QCheckBox
    start: DayTime
    end: DayTime
    note: QLabel
    times: QWidget
    closed: QLabel


class Opening(Section):
    """A day whose end is not after its start is not kept, and says so; what was typed stays."""

    undoable = Signal(str, object)

    def __init__(self, desk: Desk, theme: Theme, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("Opening hours"))
        self.setAccessibleName(self.title_label.text())
        self._desk = desk
        self._grid = QGridLayout()
        self._entries: dict[int, list[Entry]] = {}
        self.rows = [self._make_row(index) for index in range(len(DAYS))]
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.copy_button = KeyButton(theme, self.tr("Monday's hours until Friday"), "copy", "", "quiet", self)
        self.copy_button.clicked.connect(self._on_copy)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.words = ReadOut(theme, self.tr("Opening hours in words"), "body", self, "muted")
        self.body.addWidget(self.words)
        theme.changed.connect(self._space)
        self._space()

    def _make_row(self, index: int) -> DayRow:
        day = QCoreApplication.translate("Opening", DAYS[index])
        row = DayRow(
            QCheckBox(day, self),
            DayTime(self.theme, self.tr("%1 from").replace("%1", day), self),
            DayTime(self.theme, self.tr("%1 to").replace("%1", day), self),
            label("", "warn", self, wrap=True),
            QWidget(self),
            label(self.tr("closed"), "muted", self),
        )
        row.open.setAccessibleName(self.tr("%1 open").replace("%1", day))
        row.start.set_minute(_FIRST[0])
        row.end.set_minute(_FIRST[1])
        across = QHBoxLayout(row.times)
        across.setContentsMargins(0, 0, 0, 0)
        for part in (row.start, label("–", "muted", row.times), row.end):
            across.addWidget(part)
        policy = row.times.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # a day that closes moves nothing
        row.times.setSizePolicy(policy)
        left = Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(row.open, 2 * index, 0)
        self._grid.addWidget(row.times, 2 * index, 1, left)
        self._grid.addWidget(row.closed, 2 * index, 1, left)
        self._grid.addWidget(row.note, 2 * index + 1, 1)
        row.note.hide()

        def show() -> None:
            self._show_day(index)

        self._entries[index] = [
            self.tie(row.open, row.open.toggled, self._write, show),
            self.tie(row.start, row.start.timeChanged, self._write, show),
            self.tie(row.end, row.end.timeChanged, self._write, show),
        ]
        for signal in (row.open.toggled, row.start.timeChanged, row.end.timeChanged):
            signal.connect(self._show_state)
        return row

    def _space(self) -> None:
        self._grid.setHorizontalSpacing(self.theme.px(12))
        self._grid.setVerticalSpacing(self.theme.px(6))
        for row in self.rows:
            row.times.layout().setSpacing(self.theme.px(10))

    @staticmethod
    def _span(row: DayRow) -> tuple[int, int]:
        """Start and end of a day; an end at 0:00 is midnight."""
        return row.start.minute(), row.end.minute() or hours.DAY

    def _sound(self, row: DayRow) -> bool:
        start, end = self._span(row)
        return not row.open.isChecked() or start < end

    def days(self) -> list[list[int] | None]:
        """The days as they stand in the editors, as they are kept."""
        return [list(self._span(row)) if row.open.isChecked() else None for row in self.rows]

    def _write(self) -> None:
        """Keeps the days that make sense; for the others what was kept before still holds."""
        kept = self._desk.prefs.hours
        found = self.days()
        for index, row in enumerate(self.rows):
            if not self._sound(row):
                before = kept[index]
                found[index] = list(before) if before else None
        self.keeper.keep("hours", found)

    def refresh(self) -> None:
        super().refresh()
        self._show_state()

    def _show_day(self, index: int) -> None:
        row = self.rows[index]
        edited = (
            any(entry.dirty for entry in self._entries[index]) or row.start.hasFocus() or row.end.hasFocus()
        )
        if not edited and not self.keeper.waits("hours") and self._sound(row):
            self._fill(row, self._desk.prefs.hours[index])

    @staticmethod
    def _fill(row: DayRow, day: Sequence[int] | None) -> None:
        for part in (row.open, row.start, row.end):
            part.blockSignals(True)
        row.open.setChecked(day is not None)
        if day:
            row.start.set_minute(day[0])
            row.end.set_minute(day[1])
        for part in (row.open, row.start, row.end):
            part.blockSignals(False)

    def _show_state(self) -> None:
        """What can be edited, which day makes no sense, and the hours in words."""
        for row in self.rows:
            row.times.setVisible(row.open.isChecked())
            row.closed.setVisible(not row.open.isChecked())
            wrong = not self._sound(row)
            if wrong != row.note.isVisibleTo(self):
                row.note.setText(self.tr("The end must be after the start. Not kept yet.") if wrong else "")
                row.note.setVisible(wrong)
        told = hours.told(hours.read(self.days())) if all(map(self._sound, self.rows)) else ""
        closed = not any(row.open.isChecked() for row in self.rows)
        self.words.set_text(self.tr("Closed all week") if closed else told)
        self.copy_button.setEnabled(self._sound(self.rows[0]))

    def _on_copy(self) -> None:
        self.flush()
        before = self.days()
        self.put([before[0]] * _WORKDAYS + before[_WORKDAYS:])
        if self.days() != before:

            def undo() -> None:
                self.put(before)

            self.undoable.emit(self.tr("Monday's hours now hold from Monday to Friday."), undo)

    def put(self, days: list[list[int] | None]) -> None:
        """Shows these days and keeps them."""
        for row, day in zip(self.rows, days, strict=True):
            self._fill(row, day)
        self._write()
        self._show_state()
