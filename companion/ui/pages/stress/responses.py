"""Own responses (abc.prevent): sentences of one's own for upset callers, in the order in which they are wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from companion.clock import stamp
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.storage.responses import Response
from companion.ui.pages.stress.later import Later
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.chain import chain
from companion.ui.widgets.fields import GrowingEdit
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.shown import show_if


class ResponseRow(QWidget):
    """One sentence, always ready to be changed, with what can be done with it. Signals carry its id."""

    moved = Signal(str, int)
    copy_requested = Signal(str)
    remove_requested = Signal(str)
    refused = Signal(str)
    kept = Signal()

    def __init__(
        self, theme: Theme, ident: str, write: Callable[[str, str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self.ident, self._write = theme, ident, write
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.edit = GrowingEdit(theme, self.tr("Sentence"), "", 1, 6, self)
        self._row.addWidget(self.edit, 1)
        self._tools = QHBoxLayout()
        self.up = self._tool("chevron_up", self.tr("Further up"))
        self.down = self._tool("chevron_down", self.tr("Further down"))
        self.copy = self._tool("copy", self.tr("Copy"))
        self.remove = self._tool("trash", self.tr("Remove"))
        self._tools.addStretch(1)
        self._row.addLayout(self._tools)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.copy.clicked.connect(self._on_copy)
        self.remove.clicked.connect(self._on_remove)
        self.later = Later(self._keep, self)
        self.later.watch(self.edit)
        self.edit.installEventFilter(self)
        self.later.refused.connect(self.refused)
        self.later.kept.connect(self.kept)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _tool(self, icon: str, name: str) -> KeyButton:
        made = KeyButton(self._theme, "", icon, "", "plain", self)
        made.setAccessibleName(name)
        made.setToolTip(name)
        policy = made.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        made.setSizePolicy(policy)
        self._tools.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _restyle(self) -> None:
        self._row.setSpacing(self._theme.px(8))
        self._tools.setSpacing(self._theme.px(2))

    def fit(self, narrow: bool) -> None:
        """The tools below the sentence, or beside it."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else across)

    def show_response(self, response: Response, first: bool, last: bool) -> None:
        """Shows a sentence and its place in the list; what is being typed stays."""
        emptied = self.edit.hasFocus() and not self.text()
        if not (self.later.dirty or emptied) and self.text() != response.text:
            self.edit.setPlainText(response.text)
            self.later.settled()
        show_if(self.up, not first)
        show_if(self.down, not last)
        words = " ".join(response.text.split())[:60]
        self.edit.setAccessibleDescription(
            self.tr("Own response {n}").replace("{n}", str(response.position + 1))
        )
        for button in (self.up, self.down, self.copy, self.remove):
            button.setAccessibleDescription(words)

    def text(self) -> str:
        """What is written, without blanks around it."""
        return self.edit.toPlainText().strip()

    def _keep(self) -> None:
        self._write(self.ident, self.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and not self.text():
            # Emptied and left for another place of the window: that is one way to remove it.
            away = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in away:
                self.remove_requested.emit(self.ident)
        return False

    def _on_up(self) -> None:
        self.moved.emit(self.ident, -1)

    def _on_down(self) -> None:
        self.moved.emit(self.ident, 1)

    def _on_copy(self) -> None:
        self.copy_requested.emit(self.text())

    def _on_remove(self) -> None:
        self.remove_requested.emit(self.ident)


class ResponsesView(Card):
    """The list. It stands outside the vault on purpose, which it says: in a call the vault is locked."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    copied = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=24)
        self._desk = desk
        self._narrow = False
        self.set_title(self.tr("Own responses"))
        self.setAccessibleName(self.tr("Own responses"))
        text = self.tr(
            "Sentences of yours for upset callers. They are shown on the call page, and are therefore kept outside "
            "the encrypted journal: write nothing private here."
        )
        self.body.addWidget(label(text, "hint", self, wrap=True))
        self.trouble = Notice(theme, self)
        self.trouble.answered.connect(self._on_again)
        self.body.addWidget(self.trouble)
        self._list = QVBoxLayout()
        self.body.addLayout(self._list)
        self.rows: dict[str, ResponseRow] = {}
        self._add_row = QHBoxLayout()
        self.new = GrowingEdit(theme, self.tr("New response"), self.tr("A sentence that calms"), 1, 6, self)
        self.add = KeyButton(theme, self.tr("Add"), "plus", "", "quiet", self)
        self.add.clicked.connect(self.add_new)
        self._add_row.addWidget(self.new, 1)
        self._add_row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._add_row)
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        self._list.setSpacing(self._theme.px(8))
        self._add_row.setSpacing(self._theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the page asks
    def fit(self, width: int) -> None:
        """Buttons below the sentences where ``width`` pixels are few."""
        self._narrow = width < self._theme.px(520)
        for row in self.rows.values():
            row.fit(self._narrow)

    def refresh(self) -> None:
        """Shows what is kept. Raises StoreError."""
        wanted = self._desk.responses.all()
        for ident in set(self.rows) - {one.id for one in wanted}:
            row = self.rows.pop(ident)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for n, one in enumerate(wanted):
            if one.id not in self.rows:
                self.rows[one.id] = self._made_row(one.id)
            row = self.rows[one.id]
            if self._list.indexOf(row) != n:
                self._list.insertWidget(n, row)
            row.show_response(one, n == 0, n == len(wanted) - 1)
            show_if(row, True)
        self._chain(wanted)

    def _chain(self, wanted: list[Response]) -> None:
        """Tab goes as the eye does, whatever was moved."""
        stops: list[QWidget] = []
        for one in wanted:
            row = self.rows[one.id]
            stops += [row.edit, row.up, row.down, row.copy, row.remove]
        stops += [self.new, self.add]
        chain(*stops)

    def _made_row(self, ident: str) -> ResponseRow:
        row = ResponseRow(self._theme, ident, self._desk.responses.edit, self)
        row.fit(self._narrow)
        row.moved.connect(self._on_moved)
        row.copy_requested.connect(self._on_copy)
        row.remove_requested.connect(self._on_remove)
        row.refused.connect(self._on_refused)
        row.kept.connect(self.trouble.hide)
        return row

    def flush(self) -> None:
        """Writes what is typed, now, the new sentence too. Raises StoreError; it then stays here."""
        for row in self.rows.values():
            row.later.flush()
        self._keep_new()

    def key(self, name: str) -> bool:
        """None is taken."""
        return False

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """There is no step back."""
        return False

    # -- what the buttons do
    def add_new(self) -> None:
        """Keeps the sentence that stands in the last field."""
        if self._tried(self._keep_new):
            self.new.setFocus()

    def _keep_new(self) -> None:
        if self.new.toPlainText().strip():
            self._desk.responses.add(self.new.toPlainText(), stamp(self._desk.clock.now()))
            self.new.clear()
            self.refresh()

    def _on_moved(self, ident: str, by: int) -> None:
        def move() -> None:
            self.rows[ident].later.flush()
            places = [one.id for one in self._desk.responses.all()]
            self._desk.responses.move(ident, places.index(ident) + by)
            self.refresh()

        if self._tried(move):
            row = self.rows[ident]
            button = row.up if by < 0 else row.down
            (row.edit if button.isHidden() else button).setFocus()

    def _on_copy(self, text: str) -> None:
        if text:
            self.copied.emit(text)
            self.told.emit(self.tr("Copied."))

    def _on_remove(self, ident: str) -> None:
        removed: list[Response] = []

        def remove() -> None:
            self.rows[ident].later.flush()
            found = self._desk.responses.remove(ident)
            removed.extend([found] if found else [])
            self.refresh()

        inside = self.rows[ident].isAncestorOf(self.focusWidget() or self)
        if self._tried(remove) and removed:
            if inside:
                self.new.setFocus()
            self.undo_offered.emit(self.tr("Sentence removed."), self._back(removed[0]))

    def _back(self, response: Response) -> Callable[[], None]:
        book = self._desk.responses

        def undo() -> None:
            book.put(response)
            if isValid(self):  # the view goes when the journal is locked, the sentences stay
                self._tried(self.refresh)

        return undo

    # -- refusals
    def _tried(self, does: Callable[[], None]) -> bool:
        try:
            does()
        except StoreError as error:
            self._on_refused(str(error))
            return False
        self.trouble.hide()
        return True

    def _on_refused(self, why: str) -> None:
        text = self.tr("Not kept yet: %1").replace("%1", why)
        self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)

    def _on_again(self) -> None:
        def again() -> None:
            for row in self.rows.values():
                row.later.flush()
            self.refresh()

        self._tried(again)
