"""Between calls: the one button that starts the next, what waits to be done, and the calls so far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.desk import Desk
from companion.ui.keys import Keys, shown
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut

if TYPE_CHECKING:
    from companion.ui.pages.call.recent import RecentList, RecentModel

MOST_WAITING = 5
"""Things to do that are named; the rest is counted."""

NARROW = 760
"""Width at 100 % below which the columns stand one below the other."""


class WaitingRow(QWidget):
    """One thing that waits: what it is, and the button that says it is done."""

    done_requested = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.words = ElideLabel(theme, "", "body", "text", self)
        self.when = label("", "hint", self)
        self.button = KeyButton(theme, "", "check", "", "quiet", self)
        self.button.clicked.connect(self._on_clicked)
        row.addWidget(self.words, 1)
        row.addWidget(self.when)
        row.addWidget(self.button)
        self._call_id = self._what = ""

    def show_item(self, call_id: str, what: str, words: str, when: str, action: str) -> None:
        """Shows one thing to do; ``what`` is promise, slip, call_back or wrapup."""
        self._call_id, self._what = call_id, what
        self.words.set_text(words)
        self.when.setText(when)
        self.button.set_label(action, f"{action}: {words[:60]}")
        self.show()

    def _on_clicked(self) -> None:
        self.done_requested.emit(self._call_id, self._what)


Rows = list[WaitingRow]


class ReadyView(QWidget):
    """``start_requested`` starts or answers; ``opened`` carries the id of a call to look at."""

    start_requested = Signal()
    opened = Signal(str)
    done_requested = Signal(str, str)
    settings_requested = Signal()
    missed = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._desk = theme, desk
        self._painted = False
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        left = QVBoxLayout()
        self._build_hero(left)
        self._build_waiting(left)
        left.addStretch(1)
        self._columns.addLayout(left, 3)
        self._build_recent()
        self._left = left
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build_hero(self, column: QVBoxLayout) -> None:
        self.hero = Card(self._theme, "", self, kind="now", padding=28)
        self.status = label("", "caps", self.hero)
        self.title = ReadOut(self._theme, self.tr("Ready"), "prompt", self.hero)
        self.line = ReadOut(self._theme, self.tr("Greeting to say"), "lead", self.hero, token="muted")
        box, row = flow_widget(self.hero, 8)
        self.start = KeyButton(self._theme, self.tr("Start call"), "call", "", "primary", self.hero)
        self.start.clicked.connect(self.start_requested)
        row.addWidget(self.start)
        self.setup = KeyButton(
            self._theme, self.tr("Your name and company"), "settings", "", "plain", self.hero
        )
        self.setup.clicked.connect(self.settings_requested)
        self.miss = KeyButton(self._theme, self.tr("Not answered"), "missed", "", "quiet", self.hero)
        self.miss.clicked.connect(self.missed)
        row.addWidget(self.miss)
        row.addWidget(self.setup)
        for part in (self.status, self.title, self.line):
            self.hero.body.addWidget(part)
        self.hero.body.addWidget(box)
        column.addWidget(self.hero)

    def _build_waiting(self, column: QVBoxLayout) -> None:
        self.waiting = Card(self._theme, self.tr("Waiting"), self)
        self.rows: Rows = []
        self._row_box = QVBoxLayout()
        self.waiting.body.addLayout(self._row_box)
        self.rest = label("", "hint", self.waiting)
        self.waiting.body.addWidget(self.rest)
        column.addWidget(self.waiting)

    @cached_property
    def list(self) -> RecentList:
        """The calls so far: made after the first paint, which need not wait for it."""
        from companion.ui.pages.call.recent import RecentList

        made = RecentList(self._desk, self._theme, self._list_card)
        made.setMinimumHeight(self._theme.px(120))
        made.activated.connect(self._on_activated)
        made.clicked.connect(self._on_activated)
        self._list_card.body.addWidget(made, 1)
        return made

    @property
    def model(self) -> RecentModel:
        """The lines of the list."""
        return self.list.calls

    def _build_recent(self) -> None:
        card = Card(self._theme, self.tr("Calls"), self)
        self.none = label(
            self.tr("No calls yet. What you note in a call is kept here."), "muted", card, wrap=True
        )
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.hide()
        card.body.addWidget(self.none)
        self._columns.addWidget(card, 2)
        self._list_card = card

    def _restyle(self) -> None:
        px = self._theme.px
        self._columns.setSpacing(px(16))
        self._left.setSpacing(px(16))
        self.hero.body.setSpacing(px(12))
        if "list" in self.__dict__:
            self.list.setMinimumHeight(px(120))

    def fit(self, width: int) -> None:
        """One column where two do not fit into ``width`` pixels."""
        narrow = width < self._theme.px(NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)

    def show_keys(self, keys: Keys) -> None:
        """The key on the button."""
        self.start.set_key_hint(shown(keys.key("start")))
        self.setup.set_key_hint(shown(keys.key("settings")))
        self.miss.set_key_hint(shown(keys.key("end")))

    def show_hero(self, status: str, title: str, line: str, action: str, unnamed: bool) -> None:
        """The largest thing between calls: ready, or who is ringing; ``unnamed`` while the greeting has gaps."""
        self.setup.setVisible(unnamed)
        self.miss.setVisible(action != self.tr("Start call"))
        self.status.setText(status.upper())
        self.title.set_text(title)
        self.line.set_text(line)
        self.start.set_label(action, self.tr("Start call"))

    def show_waiting(self, items: Sequence[tuple[str, str, str, str, str]], count: int) -> None:
        """What waits, the first few of ``count``."""
        self.waiting.setVisible(bool(items))
        while len(self.rows) < min(len(items), MOST_WAITING):
            made = WaitingRow(self._theme, self.waiting)
            made.done_requested.connect(self.done_requested)
            self._row_box.addWidget(made)
            self.rows.append(made)
        for i, row in enumerate(self.rows):
            if i < len(items):
                row.show_item(*items[i])
            else:
                row.hide()
        more = count - min(len(items), MOST_WAITING)
        self.rest.setVisible(more > 0)
        self.rest.setText(self.tr("and {count} more").replace("{count}", str(more)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._fill)

    def reload(self) -> None:
        """Reads the list of calls again; for the first time once the rest has been painted."""
        if self._painted:
            self._fill()

    def _fill(self) -> None:
        self.model.reload()
        self.none.setVisible(self.model.rowCount() == 0)
        self.list.setVisible(self.model.rowCount() > 0)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.item_at(index)
        if row:
            self.opened.emit(row.id)
