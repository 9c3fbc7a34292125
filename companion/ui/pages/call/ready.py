"""Between calls: the one button that starts the next, what waits to be done, and the calls so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from companion.desk import Desk
from companion.ui.keys import Keys, shown
from companion.ui.pages.call.recent import RecentDelegate, RecentModel
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.elide import ElideLabel
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut

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


class ReadyView(QWidget):
    """``start_requested`` starts or answers; ``opened`` carries the id of a call to look at."""

    start_requested = Signal()
    opened = Signal(str)
    done_requested = Signal(str, str)
    settings_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        left = QVBoxLayout()
        self._build_hero(left)
        self._build_waiting(left)
        left.addStretch(1)
        self._columns.addLayout(left, 3)
        self._build_recent(desk)
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
            self._theme, self.tr("Put in your name and company"), "settings", "", "plain", self.hero
        )
        self.setup.clicked.connect(self.settings_requested)
        row.addWidget(self.setup)
        for part in (self.status, self.title, self.line):
            self.hero.body.addWidget(part)
        self.hero.body.addWidget(box)
        column.addWidget(self.hero)

    def _build_waiting(self, column: QVBoxLayout) -> None:
        self.waiting = Card(self._theme, self.tr("Waiting"), self)
        self.rows = [WaitingRow(self._theme, self.waiting) for _ in range(MOST_WAITING)]
        for row in self.rows:
            row.done_requested.connect(self.done_requested)
            self.waiting.body.addWidget(row)
        self.rest = label("", "hint", self.waiting)
        self.waiting.body.addWidget(self.rest)
        column.addWidget(self.waiting)

    def _build_recent(self, desk: Desk) -> None:
        card = Card(self._theme, self.tr("Calls"), self)
        self.model = RecentModel(desk, self)
        self.list = QListView(card)
        self.list.setAccessibleName(self.tr("Calls"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setModel(self.model)
        self.list.setItemDelegate(RecentDelegate(self._theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.activated.connect(self._on_activated)
        self.list.clicked.connect(self._on_activated)
        self.none = label(
            self.tr("No calls yet. What you note in a call is kept here."), "muted", card, wrap=True
        )
        card.body.addWidget(self.none)
        card.body.addWidget(self.list, 1)
        self._columns.addWidget(card, 2)

    def _restyle(self) -> None:
        px = self._theme.px
        self._columns.setSpacing(px(16))
        self._left.setSpacing(px(16))
        self.hero.body.setSpacing(px(12))
        self.list.setStyleSheet("QListView { background: transparent; }")
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

    def show_hero(self, status: str, title: str, line: str, action: str, unnamed: bool) -> None:
        """The largest thing between calls: ready, or who is ringing; ``unnamed`` while the greeting has gaps."""
        self.setup.setVisible(unnamed)
        self.status.setText(status.upper())
        self.title.set_text(title)
        self.line.set_text(line)
        self.start.set_label(action, self.tr("Start call"))

    def show_waiting(self, items: Sequence[tuple[str, str, str, str, str]], count: int) -> None:
        """What waits, the first few of ``count``."""
        self.waiting.setVisible(bool(items))
        for i, row in enumerate(self.rows):
            if i < len(items):
                row.show_item(*items[i])
            else:
                row.hide()
        more = count - min(len(items), MOST_WAITING)
        self.rest.setVisible(more > 0)
        self.rest.setText(self.tr("and {count} more").replace("{count}", str(more)))

    def reload(self) -> None:
        """Reads the list of calls again."""
        self.model.reload()
        self.none.setVisible(self.model.rowCount() == 0)
        self.list.setVisible(self.model.rowCount() > 0)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row:
            self.opened.emit(row.id)
