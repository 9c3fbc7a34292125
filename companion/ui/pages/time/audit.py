"""An audit under way: its start, how far it is, which of its days have gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QDate, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.core.audit import FEWEST, MOST, Audit, trouble
from companion.core.spans import gaps
from companion.desk import Desk
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.parts import DateField, plain_date
from companion.ui.pages.time.periods import EARLIEST, LATEST, between, title, with_weekday
from companion.ui.pages.time.telling import lasting
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.choices import Choices, Item
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.painting import rounded
from companion.ui.widgets.shown import show_if

USUAL = 5
"""Days that are suggested."""


class DayState(NamedTuple):
    """How far a day of an audit is, in seconds; ``to_come`` is its open time after now."""

    name: str
    length: int
    recorded: int
    proposed: int
    to_come: int

    @property
    def open(self) -> int:
        """Seconds up to now that nothing recorded fills; proposals count as open."""
        return self.length - self.recorded - self.to_come


def states(desk: Desk, audit: Audit) -> list[DayState]:
    """How far the days of an audit are. Raises StoreError."""
    time, now = desk.time, desk.time.now()
    found = []
    for day in time.audits.days(audit):
        seen = time.view(day)
        start = min(max(now, day.start), day.end)
        to_come = sum(b - a for a, b in gaps(seen.spans, start, day.end))
        balance = seen.balance
        found.append(DayState(day.name, day.length, balance.recorded, balance.proposed, to_come))
    return found


def audit_title(audit: Audit) -> str:
    """Its dates: ``16 – 20 November 2026``."""
    first, last = audit.names()[0], audit.names()[-1]
    return title(between(date.fromisoformat(first), date.fromisoformat(last)))


class StartCard(Card):
    """``started`` carries the first date (``YYYY-MM-DD``) and the number of days."""

    started = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=24)
        self.set_title(self.tr("A time audit"))
        self.setAccessibleName(self.tr("A time audit"))
        self._today = date.min
        self._words: set[str] = set()
        text = self.tr(
            "For three to seven days in a row all your time goes into the grid, the nights too. Then one page says "
            "where it went and how that stands against your goals, and you take one decision for the week after. "
            "The days may be over already: they can be filled in afterwards."
        )
        self.body.addWidget(label(text, "muted", self, wrap=True))
        self.body.addWidget(label(self.tr("How long"), "hint", self))
        self.days = Choices(theme, self.tr("Days of the audit"), self)
        words = self.tr("{n} days")
        self.days.set_items([Item(str(n), words.replace("{n}", str(n))) for n in range(FEWEST, MOST + 1)])
        self.days.set_chosen((str(USUAL),))
        self.days.toggled.connect(self._on_days)
        self.body.addWidget(self.days)
        self.body.addWidget(label(self.tr("Beginning"), "hint", self))
        self.first = Choices(theme, self.tr("First day"), self)
        self.first.toggled.connect(self._on_first)
        self.body.addWidget(self.first)
        self.body.addWidget(label(self.tr("Or on any date"), "hint", self))
        self.date = DateField(theme, self.tr("Date of the first day"), self)
        self.date.setDateRange(QDate(*EARLIEST.timetuple()[:3]), QDate(*LATEST.timetuple()[:3]))
        self.date.dateChanged.connect(self._on_date)
        self.body.addWidget(self.date, 0, Qt.AlignmentFlag.AlignLeft)
        self.said = label("", "strong", self, wrap=True)
        self.body.addWidget(self.said)
        self.word = label("", "warn", self, wrap=True)
        self.body.addWidget(self.word)
        show_if(self.word, False)
        self.start = KeyButton(theme, self.tr("Start the audit"), "check", "S", "primary", self)
        self.start.clicked.connect(self._on_start)
        self.body.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)

    def open(self, today: date) -> None:
        """The days to begin with, seen from today."""
        if today == self._today:
            return
        self._today = today
        monday = today + timedelta(days=7 - today.weekday())
        days = [(today, self.tr("Today")), (today + timedelta(days=1), self.tr("Tomorrow"))]
        if monday not in [day for day, _ in days]:
            days.append((monday, self.tr("Next Monday")))
        days.insert(0, (today - timedelta(days=1), self.tr("Yesterday")))
        self.first.set_items([Item(day.isoformat(), words) for day, words in days])
        self._words = {day.isoformat() for day, _ in days}
        self._show_date(today)
        self._on_date()

    def _on_days(self, ident: str, on: bool) -> None:
        """One of them always holds."""
        if not on and not self.days.chosen():
            self.days.set_chosen((ident,))
        self._say()

    def _on_first(self, ident: str, _on: bool) -> None:
        """A word for a date is that date; to press it once more changes nothing."""
        self._show_date(date.fromisoformat(ident))
        self._on_date()

    def _show_date(self, day: date) -> None:
        self.date.blockSignals(True)
        self.date.setDate(QDate(day.year, day.month, day.day))
        self.date.blockSignals(False)

    def _on_date(self, *_: object) -> None:
        first = plain_date(self.date).isoformat()
        self.first.set_chosen((first,) if first in self._words else ())
        self._say()

    def chosen(self) -> tuple[str, int]:
        """First date and number of days."""
        return plain_date(self.date).isoformat(), int(self.days.chosen()[0])

    def _say(self) -> None:
        first, count = self.chosen()
        start = date.fromisoformat(first)
        last = start + timedelta(days=count - 1)
        words = title(between(start, last))
        if last < self._today:
            words += self.tr(". These days are over; what is open in them can still be filled in.")
        self.said.setText(words)
        wrong = trouble(first, self._today.isoformat())
        self.word.setText(wrong)
        show_if(self.word, bool(wrong))
        show_if(self.said, not wrong)
        self.start.setEnabled(not wrong)

    def _on_start(self) -> None:
        if self.start.isEnabled():
            self.started.emit(*self.chosen())


class _DayBar(QWidget):
    """How full a day is: recorded solid, proposals hatched, open dotted, what is to come blank."""

    def __init__(self, theme: Theme, looks: Looks, state: DayState, longest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._looks, self._state, self._longest = theme, looks, state, longest
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, state = self._theme, self._state
        if not state.length:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, self.width() * state.length / max(self._longest, 1), self.height())
        radius = theme.px(4)
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        painter.setClipPath(shape)
        x = 0.0
        parts: tuple[tuple[int, QBrush], ...] = (
            (state.recorded, QBrush(theme.color("accent"))),
            (state.proposed, QBrush(theme.color("border_strong"), Qt.BrushStyle.BDiagPattern)),
            (state.open - state.proposed, self._looks.dots()),
        )
        for seconds, brush in parts:
            wide = box.width() * max(0, seconds) / state.length
            painter.fillRect(QRectF(x, 0, wide, box.height()), brush)
            x += wide
        painter.setClipping(False)
        rounded(painter, box, radius, None, theme.color("border_strong"))
        if state.to_come and x > 0:
            painter.setPen(QPen(theme.color("border_strong"), 1))
            painter.drawLine(round(x), 0, round(x), self.height())
        painter.end()


class _DayRow(QWidget):
    """One day of the audit, with the way to its gaps."""

    def __init__(
        self, theme: Theme, looks: Looks, state: DayState, longest: int, today: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.state = state
        self.row = QGridLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setHorizontalSpacing(theme.px(14))
        self.row.setVerticalSpacing(theme.px(2))
        self.row.setColumnStretch(1, 1)
        self._narrow: bool | None = None
        name = with_weekday(date.fromisoformat(state.name))
        self.name = label(name, "strong" if state.name == today else "body", self)
        self.name.setMinimumWidth(
            QFontMetrics(theme.font("strong")).horizontalAdvance("Wed 30 Nov") + theme.px(6)
        )
        self.bar = _DayBar(theme, looks, state, longest, self)
        self.words = label(self._told(today), "muted", self)
        self.words.setMinimumWidth(QFontMetrics(theme.font("body")).horizontalAdvance("23 h 55 min to come"))
        self.open = KeyButton(theme, self.tr("Fill it"), "arrow_right", "", "chip", self)
        self.open.setAccessibleName(f"{self.tr('Open')} {name}, {self.words.text()}")
        policy = self.open.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.open.setSizePolicy(policy)
        show_if(self.open, state.name <= today and state.open > 0)
        self.fit(False)

    def fit(self, narrow: bool) -> None:
        """In one line, or the words in a second one below the name."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self.name, self.bar, self.words, self.open):
            self.row.removeWidget(part)
        self.row.addWidget(self.name, 0, 0)
        self.row.addWidget(self.bar, 0, 1)
        self.row.addWidget(self.words, *((1, 0, 1, 3) if narrow else (0, 2, 1, 1)))
        self.row.addWidget(self.open, 0, 2 if narrow else 3)

    def _told(self, today: str) -> str:
        state = self.state
        if not state.length:
            return self.tr("skipped by the calendar")
        if state.open <= 0 and state.recorded:
            return self.tr("complete") if not state.to_come else self.tr("complete so far")
        if state.name > today:
            return self.tr("to come")
        return self.tr("{length} open").replace("{length}", lasting(state.open))


class ProgressCard(Card):
    """``day_wanted`` carries the name of a day."""

    day_wanted = Signal(str)

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._looks = looks
        self._known: object = None
        self.rows: list[_DayRow] = []
        self.line = label("", "muted", self, wrap=True)
        self.body.addWidget(self.line)
        self._column = QVBoxLayout()
        self.body.addLayout(self._column)

    def show_states(self, found: Sequence[DayState], today: str) -> None:
        """Shows how far the days are."""
        known = (list(found), today, self._theme.scale)
        if known == self._known:
            return
        self._known = known
        at = sum(state.name <= today for state in found)
        if at == 0:
            begins = date.fromisoformat(found[0].name)
            self.set_title(self.tr("Begins {day}").replace("{day}", with_weekday(begins)))
        elif found[-1].name < today:
            self.set_title(self.tr("The {n} days of the audit").replace("{n}", str(len(found))))
        else:
            text = self.tr("Day {at} of {n}")
            self.set_title(text.replace("{at}", str(at)).replace("{n}", str(len(found))))
        self.setAccessibleName(self.title_label.text())
        self.line.setText(self._told(found, today))
        for row in self.rows:
            row.setParent(None)
            row.deleteLater()
        longest = max(state.length for state in found)
        self.rows = [_DayRow(self._theme, self._looks, state, longest, today, self) for state in found]
        self._column.setSpacing(self._theme.px(8))
        for row in self.rows:
            row.open.clicked.connect(partial(self.day_wanted.emit, row.state.name))
            self._column.addWidget(row)

    def _told(self, found: Sequence[DayState], today: str) -> str:
        open_ = sum(state.open for state in found if state.name <= today)
        if found[0].name > today:
            return self.tr("Until then there is nothing to do.")
        if not open_:
            return self.tr("Every minute up to now is accounted for.")
        text = self.tr("Still open: {length}. What is not filled stays so in the report.")
        return text.replace("{length}", lasting(open_))

    def fit(self, width: int) -> None:
        """Words below the bars where ``width`` pixels are too few."""
        narrow = width < self._theme.px(560)
        for row in self.rows:
            show_if(row.bar, not narrow)
            row.fit(width < self._theme.px(400))


class EarlierCard(Card):
    """Audits of before, each a button. ``wanted`` carries an id."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self.set_title(self.tr("Earlier audits"))
        self.setAccessibleName(self.tr("Earlier audits"))
        box, self._row = flow_widget(self, 8)
        self.body.addWidget(box)
        self._box = box
        self.buttons: list[KeyButton] = []

    def show_audits(self, found: list[tuple[str, str]]) -> None:
        """Each as id and words."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for ident, words in found:
            button = KeyButton(self._theme, words, "arrow_right", "", "chip", self._box)
            button.clicked.connect(partial(self.wanted.emit, ident))
            self._row.addWidget(button)
            button.show()
            self.buttons.append(button)
