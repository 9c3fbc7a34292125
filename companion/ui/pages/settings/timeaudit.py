"""Time: when a day begins, how times are written, when the strip asks for open time, whether calls fill theirs."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from companion.desk import Desk
from companion.preferences import DEFAULT_PROMPT
from companion.ui.pages.settings.parts import DayTime, Keeper, Number, Section
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.shown import show_if

_STEP = 5


class TimeSection(Section):
    """The interval stays in its field while the strip is off, so that turning it on again takes one click."""

    def __init__(self, desk: Desk, theme: Theme, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("Time"))
        self.setAccessibleName(self.title_label.text())
        self._desk = desk
        self._build_start()
        self.twelve = QCheckBox(self.tr("Write times by the 12-hour clock: 9:05 AM"), self)
        self.twelve.setAccessibleName(self.twelve.text())
        self.body.addWidget(self.twelve)
        self._tie_box(self.twelve, "twelve_hours")
        self.body.addSpacing(theme.px(6))
        self._build_prompt()
        self.body.addSpacing(theme.px(6))
        self.accept = QCheckBox(self.tr("Calls and breaks fill their time by themselves"), self)
        self.accept.setAccessibleName(self.accept.text())
        self.body.addWidget(self.accept)
        self.body.addWidget(
            self.hint(self.tr("Otherwise they are proposed, hatched, and one key on the day takes them."))
        )
        self._tie_box(self.accept, "accept_calls")

    def _build_start(self) -> None:
        self.start = DayTime(self.theme, self.tr("A day begins at"), self)
        self.body.addWidget(self.captioned(self.tr("A day begins at"), self.start))
        self.body.addWidget(
            self.hint(
                self.tr("In steps of five minutes. Days that you have looked at or filled stay as they are.")
            )
        )

        def write() -> None:
            minute = self.start.minute() // _STEP * _STEP
            self.keeper.keep("day_start_min", minute)

        def show() -> None:
            if not self.keeper.waits("day_start_min"):
                self.start.set_minute(self._desk.prefs.day_start_min)

        self.tie(self.start, self.start.timeChanged, write, show)

    def _build_prompt(self) -> None:
        self.asks = QCheckBox(self.tr("Ask between calls what open time went to"), self)
        self.asks.setAccessibleName(self.asks.text())
        self.body.addWidget(self.asks)
        caption = self.tr("When it has been open for")
        self.interval = Number(self.theme, caption, _STEP, 24 * 60, self.tr(" min"), self)
        self.interval.setValue(DEFAULT_PROMPT)
        self.interval.setSingleStep(_STEP)
        self._interval_box = self.captioned(caption, self.interval)
        self.body.addWidget(self._interval_box)
        self._quiet_box = QWidget(self)
        row = QHBoxLayout(self._quiet_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(self.tr("Never from"), "hint", self._quiet_box))
        self.quiet_from = DayTime(self.theme, self.tr("Quiet from"), self._quiet_box)
        row.addWidget(self.quiet_from)
        row.addWidget(label(self.tr("to"), "hint", self._quiet_box))
        self.quiet_to = DayTime(self.theme, self.tr("Quiet to"), self._quiet_box)
        row.addWidget(self.quiet_to)
        row.addStretch(1)
        self.body.addWidget(self._quiet_box)
        self._quiet_hint = self.hint(
            self.tr("Once for all that is open, never during a call, and never twice within that time. ")
            + self.tr("Two equal times: no quiet hours.")
        )
        self.body.addWidget(self._quiet_hint)
        self._tie_prompt()

    def _tie_prompt(self) -> None:
        prefs, keeper = self._desk.prefs, self.keeper

        def write_asks() -> None:
            keeper.keep("time_prompt_min", self.interval.value() if self.asks.isChecked() else 0)
            self._show_state()

        def show_asks() -> None:
            if not keeper.waits("time_prompt_min"):
                self.asks.setChecked(prefs.time_prompt_min > 0)
            self._show_state()

        def write_interval() -> None:
            if self.asks.isChecked():
                keeper.keep("time_prompt_min", self.interval.value())

        def show_interval() -> None:
            if not keeper.waits("time_prompt_min") and prefs.time_prompt_min:
                self.interval.setValue(prefs.time_prompt_min)

        def write_quiet() -> None:
            keeper.keep("time_quiet", [self.quiet_from.minute(), self.quiet_to.minute()])

        def show_from() -> None:
            if not keeper.waits("time_quiet"):
                self.quiet_from.set_minute(prefs.time_quiet[0])

        def show_to() -> None:
            if not keeper.waits("time_quiet"):
                self.quiet_to.set_minute(prefs.time_quiet[1])

        self.tie(self.asks, self.asks.toggled, write_asks, show_asks)
        self.tie(self.interval, self.interval.valueChanged, write_interval, show_interval)
        self.tie(self.quiet_from, self.quiet_from.timeChanged, write_quiet, show_from)
        self.tie(self.quiet_to, self.quiet_to.timeChanged, write_quiet, show_to)

    def _tie_box(self, box: QCheckBox, key: str) -> None:
        def write() -> None:
            self.keeper.keep(key, box.isChecked())

        def show() -> None:
            if not self.keeper.waits(key):
                box.setChecked(getattr(self._desk.prefs, key))

        self.tie(box, box.toggled, write, show)

    def _show_state(self) -> None:
        """The details of a question only while it is asked."""
        for part in (self._interval_box, self._quiet_box, self._quiet_hint):
            show_if(part, self.asks.isChecked())
