"""The head of an entry: when it was, what is still to be done with it, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.clock import stamp
from companion.core.stress import Entry, local
from companion.ui.theme.theme import Theme
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.still import DateTimeField


class EntryHead(QWidget):
    """``changed`` tells of another time or of "to finish"; the rest are wishes."""

    changed = Signal()
    back_requested = Signal()
    remove_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry: Entry | None = None
        self._shown = QDateTime()
        self._to_finish = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        box, self._flow = flow_widget(self, 8)
        self.back = KeyButton(theme, self.tr("All entries"), "undo", self.tr("Esc"), "plain", box)
        self.back.clicked.connect(self.back_requested)
        self.when = DateTimeField(theme, self.tr("When it was"), box)
        self.when.dateTimeChanged.connect(self._on_when)
        self.finish = KeyButton(theme, "", "", "", "plain", box)
        self.finish.clicked.connect(self._on_finish)
        self.remove = KeyButton(theme, self.tr("Delete"), "trash", "", "plain", box)
        self.remove.setAccessibleName(self.tr("Delete this entry"))
        self.remove.clicked.connect(self.remove_requested)
        for widget in (self.back, self.when, self.finish, self.remove):
            self._flow.addWidget(widget)
        column.addWidget(box)
        show_if(self.back, False)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._flow.setSpacing(self._theme.px(8))

    def show_entry(self, entry: Entry) -> None:
        """Shows when an entry was, in its own zone, and whether it is to be finished."""
        self._entry = entry
        there = local(entry.at, entry.zone)
        shown = QDateTime(there.year, there.month, there.day, there.hour, there.minute, 0)
        if shown != self._shown or not self.when.hasFocus():
            with QSignalBlocker(self.when):
                self.when.setDateTime(shown)
        self._shown = self.when.dateTime()
        self._to_finish = entry.to_finish
        self._tell()

    def take(self, entry: Entry) -> Entry:
        """``entry`` with another time only where the user chose one: the seconds of the first one are kept."""
        at = self.when.dateTime()
        if at != self._shown:
            zone = local(entry.at, entry.zone).tzinfo
            day, time = at.date(), at.time()
            there = local(entry.at, entry.zone).replace(
                year=day.year(),
                month=day.month(),
                day=day.day(),
                hour=time.hour(),
                minute=time.minute(),
                second=0,
                microsecond=0,
                fold=0,
                tzinfo=zone,
            )
            entry = entry._replace(at=stamp(there))
        return entry._replace(to_finish=self._to_finish)

    def taken(self, entry: Entry) -> None:
        """This entry is what is kept now: from here on its time counts as the one shown."""
        self._entry, self._shown = entry, self.when.dateTime()

    def _tell(self) -> None:
        self.finish.set_label(self.tr("Finished") if self._to_finish else self.tr("Finish later"))
        self.finish.set_icon("check" if self._to_finish else "clock")

    def _on_when(self) -> None:
        self.changed.emit()

    def _on_finish(self) -> None:
        self._to_finish = not self._to_finish
        self._tell()
        self.changed.emit()
