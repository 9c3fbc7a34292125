"""The head of a live call: time, who it is, hold, the buttons, and the split bar with its words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.keys import Keys, shown
from companion.ui.pages.call.present import SplitLook
from companion.ui.theme.theme import Theme
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.phaserow import PhaseRow
from companion.ui.widgets.pill import Pill
from companion.ui.widgets.readout import ReadOut, SingleLine
from companion.ui.widgets.splitbar import SplitBar

_BUTTONS = (
    ("timer", "Answer timer", "timer", "quiet"),
    ("hold", "Hold", "hold", "quiet"),
    ("upset", "Upset", "upset", "quiet"),
    ("end", "End call", "end", "danger"),
)
NARROW, TIGHT = 1000, 1100
"""Widths at 100 % below which the head takes more lines, and below which its buttons go without icons."""

_GUIDES = (
    ("transfer", "Transfer", "transfer"),
    ("message", "Take a message", "message"),
)


class CallHeader(QWidget):
    """Every button is a wish: ``command_requested`` carries the id of its command."""

    command_requested = Signal(str)
    phase_requested = Signal(str)

    def __init__(self, theme: Theme, phases: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._build_top()
        self.gauge = QWidget(self)
        """The split bar and its words: what a narrow page shows below the guide."""
        self._gauge = QVBoxLayout(self.gauge)
        self._gauge.setContentsMargins(0, 0, 0, 0)
        self.bar = SplitBar(theme, self.gauge)
        self._gauge.addWidget(self.bar)
        self.split = ReadOut(theme, self.tr("Split"), "small", self.gauge, token="muted")
        self._gauge.addWidget(self.split)
        self._column.addWidget(self.gauge)
        self._build_phases(phases)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build_top(self) -> None:
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        told = self._told = QHBoxLayout()
        self.time = SingleLine(self._theme, self.tr("Call time"), "time", "00:00", self)
        told.addWidget(self.time)
        who = QVBoxLayout()
        self.who = ElideLabel(self._theme, "", "title", "text", self)
        who.addWidget(self.who)
        self._pills = QHBoxLayout()
        self.state = Pill(self._theme, parent=self)
        self.hold = Pill(self._theme, parent=self)
        self.hold.setAccessibleName(self.tr("Hold time"))
        self.answer = Pill(self._theme, parent=self)
        self.about = ElideLabel(self._theme, "", "small", "muted", self)
        for part in (self.state, self.hold, self.answer):
            self._pills.addWidget(part)
        self._pills.addWidget(self.about, 1)
        who.addLayout(self._pills)
        told.addLayout(who, 1)
        self._top.addLayout(told, 1)
        box, self._switches = flow_widget(self, 8)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._top.addWidget(box)
        self._switch_box = box
        self.buttons: dict[str, KeyButton] = {}
        for command, words, icon, kind in _BUTTONS:
            button = KeyButton(self._theme, self.tr(words), icon, "", kind, self)
            button.setObjectName(command)
            button.clicked.connect(self._on_clicked)
            self.buttons[command] = button
            self._switches.addWidget(button)
        self._column.addLayout(self._top)

    def _build_phases(self, phases: list[tuple[str, str]]) -> None:
        self._phase_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.phases = PhaseRow(self._theme, phases, self)
        self.phases.phase_requested.connect(self.phase_requested)
        self._phase_line.addWidget(self.phases)
        box, self._guides = flow_widget(self, 2)
        self._guide_box = box
        self._phase_line.addWidget(box, 1)
        for command, words, icon in _GUIDES:
            button = KeyButton(self._theme, self.tr(words), icon, "", "plain", self)
            button.setObjectName(command)
            button.clicked.connect(self._on_clicked)
            self.buttons[command] = button
            self._guides.addWidget(button)
        self._column.addLayout(self._phase_line)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(8))
        self._gauge.setSpacing(px(8))
        self._top.setSpacing(px(10))
        self._pills.setSpacing(px(8))
        self._phase_line.setSpacing(px(8))
        self._told.setSpacing(px(12))
        self._keep_widths()

    def inside_out(self) -> tuple[QWidget, ...]:
        """The containers of the head, each before the one it stands in."""
        return (self._switch_box, self.phases, self._guide_box, self.gauge, self)

    def take_gauge(self) -> None:
        """Takes the split bar and its words back into the head."""
        self._column.insertWidget(1, self.gauge)

    def fit(self, width: int) -> None:
        """Two lines where one is too narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        narrow, tight = width < self._theme.px(NARROW), width < self._theme.px(TIGHT)
        if (narrow, tight) != (self._narrow, self._tight):
            self._narrow, self._tight = narrow, tight
            across_too = QSizePolicy.Policy.Preferred if narrow else QSizePolicy.Policy.Fixed
            self._switch_box.setSizePolicy(across_too, QSizePolicy.Policy.Minimum)
            self._show_icons()
            self._keep_widths()
        self._top.setDirection(down if narrow else across)
        self._phase_line.setDirection(down if narrow else across)

    _narrow = False
    _tight = False
    _held = False

    def _keep_widths(self) -> None:
        """The two switches are as wide as the longer of their labels: nothing moves under the pointer."""
        for command, other, kind in (
            ("hold", self.tr("Resume"), "primary"),
            ("upset", self.tr("Calm again"), "quiet"),
        ):
            button = self.buttons[command]
            twin = KeyButton(self._theme, other, button.icon_name(), button.key_hint(), kind)
            button.setMinimumWidth(twin.sizeHint().width())
            twin.deleteLater()

    def _show_icons(self) -> None:
        """Icons where there is room for them; the words stay."""
        icons = {"timer": "timer", "hold": "resume" if self._held else "hold", "upset": "upset", "end": "end"}
        for command, icon in icons.items():
            self.buttons[command].set_icon("" if self._tight else icon)
        self.buttons["timer"].set_label(
            self.tr("Timer") if self._narrow else self.tr("Answer timer"), self.tr("Answer timer")
        )
        self.buttons["end"].set_label(
            self.tr("End") if self._narrow else self.tr("End call"), self.tr("End call")
        )

    def show_keys(self, keys: Keys) -> None:
        """The key on each button."""
        for command, button in (*self.buttons.items(), *self.phases.buttons.items()):
            button.set_key_hint(shown(keys.key(command)))
        self._keep_widths()

    def show_split(self, look: SplitLook) -> None:
        """The bar and its words."""
        zones = (self.tr("open"), self.tr("closed"))
        self.bar.set_face(look.elapsed, 0.75, look.passed, look.paused or look.resting, zones)
        self.split.set_text(look.text)

    def show_holding(self, held: bool, upset: bool) -> None:
        """What the two switches would do next."""
        self.buttons["hold"].set_label(self.tr("Resume") if held else self.tr("Hold"))
        self._held = held
        self._show_icons()
        self.buttons["hold"].set_kind("primary" if held else "quiet")
        self.buttons["upset"].set_label(
            self.tr("Calm again") if upset else self.tr("Upset"), self.tr("Upset caller")
        )

    def _on_clicked(self) -> None:
        self.command_requested.emit(self.sender().objectName())


class SecondCall(QWidget):
    """The line that tells of the other call: held, or ringing, with the one thing that can be done about it."""

    command_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.words = ElideLabel(theme, "", "strong", "text", self)
        row.addWidget(self.words, 1)
        self.button = KeyButton(theme, "", "swap", "", "quiet", self)
        self.button.clicked.connect(self._on_clicked)
        row.addWidget(self.button)
        self._command = ""
        self.hide()

    def show_call(self, words: str, action: str, key: str, command: str) -> None:
        """Shows the line; empty words hide it."""
        self._command = command
        self.words.set_text(words)
        self.button.set_label(action)
        self.button.set_key_hint(key)
        self.setVisible(bool(words))

    def _on_clicked(self) -> None:
        self.command_requested.emit(self._command)
