"""What is chosen before breathing: a pattern, how long, one's own seconds, and whether anything moves."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from companion.core import breathing
from companion.core.breathing import OwnTimes, Pattern
from companion.preferences import Preferences
from companion.storage.errors import StoreError
from companion.ui import motion
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.checkrow import CheckRow
from companion.ui.widgets.flow import Flow, flow_widget
from companion.ui.widgets.pick import Pick
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.still import Still

FLUSH_MS = 350
"""Milliseconds from a change of the own pattern to the disk, at the most."""

_NAMES = {
    "box": QT_TRANSLATE_NOOP("Choices", "Box"),
    "478": QT_TRANSLATE_NOOP("Choices", "4-7-8"),
    "even": QT_TRANSLATE_NOOP("Choices", "5-5"),
    "sigh": QT_TRANSLATE_NOOP("Choices", "Cyclic sigh"),
    "own": QT_TRANSLATE_NOOP("Choices", "My own"),
}
_HINTS = {
    "box": QT_TRANSLATE_NOOP(
        "Choices", "In, hold, out, hold: four equal sides. Steadies before the next call."
    ),
    "478": QT_TRANSLATE_NOOP(
        "Choices",
        "In 4, hold 7, out 8: the slowest. If the hold is too long for you, make a pattern of your own.",
    ),
    "even": QT_TRANSLATE_NOOP("Choices", "Five in, five out, nothing held. The easiest to begin with."),
    "sigh": QT_TRANSLATE_NOOP(
        "Choices",
        "A breath in, a short second one on top, a long one out. In one trial it did most for people's mood; "
        "the seconds are ours.",
    ),
    "own": QT_TRANSLATE_NOOP("Choices", "Your own seconds. Hold only as long as it is comfortable."),
}


def _told(text: str) -> str:
    return QCoreApplication.translate("Choices", text)


def name(ident: str) -> str:
    """What a pattern is called."""
    return _told(_NAMES.get(ident, _NAMES["box"]))


def counts(pattern: Pattern) -> str:
    """The seconds of a pattern's steps: ``4 · 7 · 8``; two breaths in on top of each other are joined by a plus."""
    text = ""
    for step in pattern.steps:
        text += (" + " if step.phase == "more" else " · ") * bool(text) + f"{step.seconds:g}"
    return text


def clock(seconds: float) -> str:
    """Whole seconds as minutes: ``1:04``."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


class SecondsField(Still, QSpinBox):
    """Whole seconds of one part of a breath."""

    def __init__(self, theme: Theme, name: str, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, breathing.MOST)
        self.setSuffix(QCoreApplication.translate("Choices", " s"))
        self._settle(theme, name)


class Choices(Card):
    """Keeps each choice at once; ``foot`` has room for a button. ``changed`` tells of another choice, ``refused`` why
    it could not be kept: it holds all the same, and is tried again with the next one and by ``flush``."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, prefs: Preferences, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._prefs, self._flows = prefs, list[Flow]()
        self._ident, self._seconds, self._times = "box", breathing.USUAL, breathing.OWN
        self._waiting: dict[str, object] = {}
        self._flush_timer = QTimer(self)
        self._flush_timer.setSingleShot(True)
        self._flush_timer.setInterval(FLUSH_MS)
        self._flush_timer.timeout.connect(self._on_flush_due)
        self._make_patterns()
        self._make_own()
        self.hint = self._wrapped("muted")
        self.body.addWidget(self.hint)
        self._make_lengths()
        self.still = CheckRow(theme, self.tr("Without movement: a number and a bar"), "M", self, False)
        self.still.clicked.connect(self._on_still)
        self.body.addWidget(self.still)
        self.foot = QHBoxLayout()
        self.ends = self._wrapped("hint")
        self.foot.addWidget(self.ends, 1)
        self.body.addLayout(self.foot)
        theme.changed.connect(self._space)
        self._space()
        self.refresh()

    def _wrapped(self, kind: str) -> QLabel:
        made = label("", kind, self, wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return made

    def _row(self, name: str) -> tuple[QWidget, Flow]:
        box, flow = flow_widget(self)
        box.setAccessibleName(name)
        self._flows.append(flow)
        self.body.addWidget(box)
        return box, flow

    def _make_patterns(self) -> None:
        box, flow = self._row(self.tr("Pattern"))
        self.patterns = QButtonGroup(self)
        for index, ident in enumerate(breathing.IDS):
            pick = Pick(self._theme, name(ident), "", str(index + 1), box)
            self.patterns.addButton(pick, index)
            flow.addWidget(pick)
        self.patterns.idToggled.connect(self._on_pattern)

    def _make_lengths(self) -> None:
        box, flow = self._row(self.tr("How long"))
        self.lengths = QButtonGroup(self)
        for seconds in breathing.LENGTHS:
            pick = Pick(self._theme, clock(seconds), "", "", box)
            pick.setAccessibleName(self.tr("%1 seconds").replace("%1", str(seconds)))
            self.lengths.addButton(pick, seconds)
            flow.addWidget(pick)
        self.lengths.idToggled.connect(self._on_length)

    def _make_own(self) -> None:
        self.own, flow = self._row(self.tr("My own"))
        names = (self.tr("Breathe in"), self.tr("Hold, full"), self.tr("Breathe out"), self.tr("Hold, empty"))
        self.times: list[SecondsField] = []
        for index, words in enumerate(names):
            cell = QWidget(self.own)
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(self._theme.px(4))
            field = SecondsField(self._theme, words, 0 if index % 2 else breathing.LEAST_BREATH, cell)
            caption = label(words, "hint", cell)
            caption.setBuddy(field)
            column.addWidget(caption)
            column.addWidget(field)
            flow.addWidget(cell)
            field.valueChanged.connect(self._on_time)
            self.times.append(field)

    def _space(self) -> None:
        for flow in self._flows:
            flow.setSpacing(self._theme.px(10))

    # -- what is chosen
    @property
    def pattern(self) -> Pattern:
        """The chosen pattern."""
        return breathing.pattern(self._ident, self._times)

    @property
    def seconds(self) -> int:
        """The chosen length in seconds; the session may end some seconds off, with a breath out."""
        return self._seconds

    @property
    def reduced(self) -> bool:
        """Whether nothing may move."""
        return motion.reduced(str(self._waiting.get("reduced_motion", self._prefs.reduced_motion)))

    def choose(self, index: int) -> None:
        """Another pattern, counted from 0."""
        if 0 <= index < len(breathing.IDS):
            self.patterns.button(index).setChecked(True)

    def longer(self, by: int) -> None:
        """So many steps longer, or shorter."""
        at = breathing.LENGTHS.index(self._seconds) + by
        self.lengths.button(breathing.LENGTHS[min(max(at, 0), len(breathing.LENGTHS) - 1)]).setChecked(True)

    def flip_still(self) -> None:
        """With movement where there was none, and the other way round."""
        self.still.click()

    # -- what is kept
    def refresh(self) -> None:
        """Shows what is kept, but for what is being changed right now. Raises StoreError."""
        if self._waiting or any(field.hasFocus() for field in self.times):
            return
        prefs = self._prefs
        self._ident = prefs.breathing if prefs.breathing in breathing.IDS else breathing.IDS[0]
        self._seconds = min(breathing.LENGTHS, key=lambda length: abs(length - prefs.breathing_s))
        self._times = prefs.breathing_own
        self._show()

    def flush(self) -> None:
        """Keeps what was just chosen or typed, now. Raises StoreError; what is refused stays to be tried again."""
        self._flush_timer.stop()
        for key, value in list(self._waiting.items()):
            self._prefs.set(key, value)
            # Gone only if the news of the write did not bring another value.
            if self._waiting.get(key) is value:
                del self._waiting[key]

    def _on_flush_due(self) -> None:
        try:
            self.flush()
        except StoreError as error:
            self.refused.emit(str(error))

    def _keep(self, key: str, value: object) -> None:
        self._waiting[key] = value
        self._on_flush_due()

    def _on_pattern(self, index: int, on: bool) -> None:
        if on and breathing.IDS[index] != self._ident:
            self._ident = breathing.IDS[index]
            self._keep("breathing", self._ident)
            self._show()

    def _on_length(self, seconds: int, on: bool) -> None:
        if on and seconds != self._seconds:
            self._seconds = seconds
            self._keep("breathing_s", seconds)
            self._show()

    def _on_time(self) -> None:
        times: OwnTimes = tuple(field.value() for field in self.times)  # type: ignore[assignment]  # four of them
        if times != self._times:
            self._times = times
            self._waiting["breathing_own"] = list(times)
            if not self._flush_timer.isActive():
                self._flush_timer.start()
            self._show()

    def _on_still(self, on: bool) -> None:
        self._keep("reduced_motion", "on" if on else "off")
        self._show()

    def _show(self) -> None:
        for index, ident in enumerate(breathing.IDS):
            pick = self.patterns.button(index)
            pick.set_detail(counts(breathing.pattern(ident, self._times)))  # type: ignore[attr-defined]  # a Pick
            if ident == self._ident:
                pick.setChecked(True)
        for field, seconds in zip(self.times, self._times, strict=True):
            field.blockSignals(True)  # one of four would tell of a pattern that nobody chose
            field.setValue(seconds)
            field.blockSignals(False)
        show_if(self.own, self._ident == "own")
        self.lengths.button(self._seconds).setChecked(True)
        self.hint.setText(_told(_HINTS[self._ident]))
        ends = clock(breathing.length(self.pattern, self._seconds))
        self.ends.setText(self.tr("Ends with a breath out, after %1.").replace("%1", ends))
        self.still.setChecked(self.reduced)
        self.changed.emit()
