"""The head of a range: its kind, its dates where they are typed, what it is called, the one before and after."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from companion.ui.pages.time.parts import DateField, plain_date
from companion.ui.pages.time.periods import ANY, DAY, EARLIEST, LATEST, MONTH, WEEK, Period, subtitle, title
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

KEYS = {DAY: "D", WEEK: "W", MONTH: "M", ANY: "F"}

NARROW = 560
"""Width at 100 % below which the buttons stand below the title."""


class RangeHead(QWidget):
    """``kind_wanted`` carries a kind of range, ``moved`` -1 or 1, ``dates_typed`` two dates in any order."""

    kind_wanted = Signal(str)
    moved = Signal(int)
    now_wanted = Signal()
    dates_typed = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._build_kinds()
        self._build_title()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build_kinds(self) -> None:
        box, self._kind_row = flow_widget(self, 8)
        self._group = QButtonGroup(self)
        self.kinds: dict[str, KeyButton] = {}
        tr = self.tr
        texts = {DAY: tr("Day"), WEEK: tr("Week"), MONTH: tr("Month"), ANY: tr("From … to")}
        for kind, text in texts.items():
            button = KeyButton(self._theme, text, "", KEYS[kind], "chip", box)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, kind=kind: self.kind_wanted.emit(kind))
            self._group.addButton(button)
            self._kind_row.addWidget(button)
            self.kinds[kind] = button
        # Two pairs, each of which can go into the next line; a word stays with its field.
        self._pairs = (QWidget(box), QWidget(box))
        self._pair_rows = tuple(QHBoxLayout(pair) for pair in self._pairs)
        self.from_date = DateField(self._theme, tr("From"), self._pairs[0])
        self.to_date = DateField(self._theme, tr("To"), self._pairs[1])
        captions = ((tr("From"), self.from_date), (tr("to"), self.to_date))
        for pair, row, (caption, field) in zip(self._pairs, self._pair_rows, captions, strict=True):
            row.setContentsMargins(0, 0, 0, 0)
            field.setDateRange(QDate(*EARLIEST.timetuple()[:3]), QDate(*LATEST.timetuple()[:3]))
            field.editingFinished.connect(self._on_dates)
            row.addWidget(label(caption, "muted", pair))
            row.addWidget(field)
            self._kind_row.addWidget(pair)
        self._rows.addWidget(box)

    def _build_title(self) -> None:
        self._title_row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label("", "title", self, wrap=True)
        self.subtitle = label("", "muted", self, wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self._title_row.addLayout(words, 1)
        turn, self._turn = flow_widget(self, 8)
        self.previous = KeyButton(self._theme, "", "", "B", "quiet", turn)
        self.now = KeyButton(self._theme, "", "", "H", "quiet", turn)
        self.next = KeyButton(self._theme, "", "", "N", "quiet", turn)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.now.clicked.connect(self.now_wanted)
        self.next.clicked.connect(lambda: self.moved.emit(1))
        for button in (self.previous, self.now, self.next):
            self._turn.addWidget(button)
        self._title_row.addWidget(turn)
        self._rows.addLayout(self._title_row)

    def _restyle(self) -> None:
        px = self._theme.px
        self._rows.setSpacing(px(12))
        for row in (self._kind_row, *self._pair_rows, self._title_row, self._turn):
            row.setSpacing(px(8))

    def fit(self, width: int) -> None:
        """The buttons below the title where ``width`` pixels are too few for both."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._title_row.setDirection(down if width < self._theme.px(NARROW) else across)

    def show_period(self, here: Period, today: date) -> None:
        """Shows which range it is; a date that is being typed stays."""
        for kind, button in self.kinds.items():
            button.setChecked(kind == here.kind)
            button.set_icon("check" if kind == here.kind else "circle")
        for pair in self._pairs:
            show_if(pair, here.kind == ANY)
        for field, day in ((self.from_date, here.first), (self.to_date, here.last)):
            if not field.hasFocus():
                field.blockSignals(True)
                field.setDate(QDate(day.year, day.month, day.day))
                field.blockSignals(False)
        self.title.setText(title(here))
        self.subtitle.setText(subtitle(here, today))
        show_if(self.subtitle, bool(self.subtitle.text()))
        tr = self.tr
        words = {
            DAY: (tr("Previous day"), tr("Today"), tr("Next day")),
            WEEK: (tr("Previous week"), tr("This week"), tr("Next week")),
            MONTH: (tr("Previous month"), tr("This month"), tr("Next month")),
            ANY: (tr("Earlier"), tr("This week"), tr("Later")),
        }[here.kind]
        self.previous.set_label(tr("Before"), words[0])
        self.now.set_label(words[1])
        self.next.set_label(tr("After"), words[2])

    def _on_dates(self) -> None:
        self.dates_typed.emit(plain_date(self.from_date), plain_date(self.to_date))
