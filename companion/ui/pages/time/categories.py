"""The categories: the tree of them at the left, all that can be changed of one at the right; and the way in and out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from companion.core.categories import LONGEST, CategoryError
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.timedesk import Done
from companion.ui.pages.time.category_detail import CategoryDetail
from companion.ui.pages.time.category_row import CategoryRow
from companion.ui.pages.time.exchange import Exchange
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.undoing import Undoing
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.chain import chain
from companion.ui.widgets.fields import LineField
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.shown import show_if


class CategoryList(Card):
    """The tree as rows. ``chosen`` carries the id of the row that was chosen."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=12)
        self._desk, self._looks = desk, looks
        self.rows: dict[str, CategoryRow] = {}
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self.body.addLayout(self._list)
        self.body.addSpacing(theme.px(8))
        self._adding = QHBoxLayout()
        self.new = LineField(theme, self.tr("New category"), "", self.tr("Its name"), self)
        self.new.edit.setMaxLength(LONGEST)
        self._adding.addWidget(self.new, 1)
        self.add = KeyButton(theme, self.tr("Add"), "plus", "", "quiet", self)
        self.inside = KeyButton(theme, "", "plus", "", "plain", self)
        self._adding.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(self._adding)
        self.body.addWidget(self.inside, 0, Qt.AlignmentFlag.AlignLeft)
        self.wrong = label("", "error", self, wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.old = KeyButton(theme, "", "", "", "plain", self)
        self.old.setCheckable(True)
        self.old.toggled.connect(self.refresh)
        self.body.addWidget(self.old, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        self._list.setSpacing(self._theme.px(2))
        self._adding.setSpacing(self._theme.px(8))

    @property
    def current(self) -> str:
        """The id of the row that is chosen, empty for none."""
        row = self._group.checkedButton()
        return row.category if isinstance(row, CategoryRow) else ""

    def refresh(self) -> None:
        """Shows the tree as it is kept. Raises StoreError."""
        tree = self._desk.time.tree
        self._looks.set_tree(tree)
        all_old = [one for one in tree.all if not one.into and tree.is_archived(one.id)]
        show = self.old.isChecked()
        tops = tree.children(archived=show)
        wanted = [one.id for top in tops for one in (top, *tree.children(top.id, archived=show))]
        for ident in set(self.rows) - set(wanted):
            row = self.rows.pop(ident)
            self._group.removeButton(row)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for n, ident in enumerate(wanted):
            if ident not in self.rows:
                row = self.rows[ident] = CategoryRow(self._theme, self._looks, ident, self)
                row.toggled.connect(self._on_toggled)
                self._group.addButton(row)
            row = self.rows[ident]
            if self._list.indexOf(row) != n:
                self._list.insertWidget(n, row)
            row.show_category(tree)
            show_if(row, True)
        chain(*(self.rows[ident] for ident in wanted), self.new.edit, self.add, self.inside, self.old)
        words = self.tr("Hide archived") if show else self.tr("Show archived")
        self.old.set_label(f"{words} ({len(all_old)})")
        show_if(self.old, bool(all_old) or show)
        if not self.current and wanted:
            self.choose(wanted[0])
        self.show_inside()

    def show_inside(self) -> None:
        """The button that adds to the category chosen, named after it."""
        tree, here = self._desk.time.tree, self.current
        if here:
            one = tree.get(here)
            top = tree.get(one.parent) if one.parent else one
            self.inside.set_label(self.tr("Add in %1").replace("%1", top.name))
            self.inside.setObjectName("")
        show_if(self.inside, bool(here) and not tree.is_archived(here))

    def choose(self, ident: str) -> None:
        """Chooses a row, as a click would."""
        row = self.rows.get(ident)
        if row is not None:
            row.setChecked(True)

    def _on_toggled(self, on: bool) -> None:
        row = self.sender()
        if on and isinstance(row, CategoryRow):
            self.show_inside()
            self.chosen.emit(row.category)

    def say(self, words: str) -> None:
        """Why a name was not taken; empty takes it away."""
        self.wrong.setText(words)
        show_if(self.wrong, bool(words))


class CategoriesView(QWidget):
    """See ``views.View``. Import and export take its place while they are open; Esc comes back."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    day_requested = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._undoing = Undoing(desk, self)
        self._width = 0
        self._looks = Looks(theme)
        self.setAccessibleName(self.tr("Categories"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.home = QWidget(self)
        inner = QVBoxLayout(self.home)
        inner.setContentsMargins(0, 0, 0, 0)
        self._build_head(inner)
        self.trouble = Notice(theme, self.home)
        self.trouble.answered.connect(self._on_again)
        inner.addWidget(self.trouble)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        inner.addLayout(self._across)
        self.list = CategoryList(desk, theme, self._looks, self.home)
        self.detail = CategoryDetail(desk, theme, self._looks, self.home)
        self._across.addWidget(self.list, 5)
        self._across.addWidget(self.detail, 6)
        inner.addStretch(1)
        self._column.addWidget(self.home)
        self.exchange = Exchange(desk, theme, self)
        self._column.addWidget(self.exchange)
        self._inner = inner
        self._connect()
        self._space()
        theme.changed.connect(self._space)

    def _build_head(self, inner: QVBoxLayout) -> None:
        box, self._head = flow_widget(self.home, self._theme.px(8))
        self.new = KeyButton(self._theme, self.tr("New category"), "plus", "N", "quiet", box)
        self.import_ = KeyButton(self._theme, self.tr("Import…"), "", "I", "quiet", box)
        self.export = KeyButton(self._theme, self.tr("Export…"), "", "X", "quiet", box)
        for button in (self.new, self.import_, self.export):
            self._head.addWidget(button)
        inner.addWidget(box)

    def _connect(self) -> None:
        self.new.clicked.connect(self.start_new)
        self.import_.clicked.connect(self.show_import)
        self.export.clicked.connect(self.show_export)
        self.list.chosen.connect(self._on_chosen)
        self.list.add.clicked.connect(self._on_add)
        self.list.inside.clicked.connect(self._on_add_inside)
        self.list.new.edit.returnPressed.connect(self._on_add)
        self.detail.done.connect(self._on_done)
        self._undoing.offered.connect(self.undo_offered)
        self._undoing.told.connect(self.told)
        self.exchange.closed.connect(self.show_home)
        self.exchange.told.connect(self.told)
        self.exchange.undo_offered.connect(self.undo_offered)
        self.exchange.day_requested.connect(self.day_requested)
        self.detail.refused.connect(self._on_refused)

    def _space(self) -> None:
        px = self._theme.px
        self._inner.setSpacing(px(12))
        self._across.setSpacing(px(14))
        self._head.setSpacing(px(8))
        self.fit(self._width)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the page asks
    def fit(self, width: int) -> None:
        """Side by side, or below each other where ``width`` pixels are few."""
        self._width = width
        narrow = width < self._theme.px(720)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(down if narrow else across)
        self.exchange.fit(width)

    def refresh(self) -> None:
        """Shows what is kept. Raises StoreError."""
        self.list.refresh()
        if self.list.current:
            self.detail.show_category(self._desk.time.tree, self.list.current)
        self.exchange.refresh()

    def flush(self) -> None:
        """Keeps what is typed, now."""
        self.detail.flush()

    def key(self, name: str) -> bool:
        """N: a new category, I: import, X: export, F2: its name, Del: archive, Alt+arrows: its place."""
        part = self.exchange.open_part
        if part is not None:
            return part.key(name)
        acts: dict[str, Callable[[], object]] = {
            "N": self.start_new,
            "I": self.show_import,
            "X": self.show_export,
            "F2": self._to_name,
            "Del": self.detail.places.put_away,
            "Alt+Up": self.detail.places.move_up,
            "Alt+Down": self.detail.places.move_down,
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no command of the window is, so they come by way of the focus."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        names = {Qt.Key.Key_Up: "Alt+Up", Qt.Key.Key_Down: "Alt+Down"} if alt else {}
        if not event.modifiers():
            names = {Qt.Key.Key_F2: "F2", Qt.Key.Key_Delete: "Del"}
        if event.key() not in names or not self.key(names[Qt.Key(event.key())]):
            super().keyPressEvent(event)

    def digit(self, n: int) -> bool:
        """Only an import takes any."""
        part = self.exchange.open_part
        return part is not None and part.digit(n)

    def escape(self) -> bool:
        """Out of import or export."""
        part = self.exchange.open_part
        if part is None:
            return False
        if not part.escape():
            self.show_home()
        return True

    # -- import and export
    def show_home(self) -> None:
        """The categories again."""
        self.exchange.close_parts()
        show_if(self.home, True)
        self.refresh()
        self._to_row()

    def show_import(self) -> None:
        """Takes time in from a file."""
        self._leave_home()
        self.exchange.show_import()

    def show_export(self) -> None:
        """Writes time to a file."""
        self._leave_home()
        self.exchange.show_export()

    def build_all(self) -> None:
        """Builds import and export once, for the self-test."""
        self.show_import()
        self.show_export()
        self.show_home()

    def _leave_home(self) -> None:
        self.flush()
        show_if(self.home, False)

    # -- what is done
    def start_new(self) -> None:
        """The keyboard goes to the name of a new category."""
        self.list.new.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_name(self) -> None:
        self.detail.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.detail.name.edit.selectAll()

    def _on_chosen(self, ident: str) -> None:
        self.detail.flush()
        tree = self._desk.time.tree
        if ident in tree:
            self.detail.show_category(tree, ident)

    def _on_add(self) -> None:
        self._add("")

    def _on_add_inside(self) -> None:
        tree = self._desk.time.tree
        one = tree.get(self.list.current)
        self._add(one.parent or one.id)

    def _add(self, parent: str) -> None:
        if not self.list.new.edit.text().strip():
            self.start_new()
            self.list.say(self.tr("Write its name first."))
            return
        try:
            ident = self._desk.time.categories.add(self.list.new.edit.text(), parent)
        except CategoryError as error:
            self.list.say(str(error))
            return
        except StoreError as error:
            self._on_refused(str(error))
            return
        self.list.say("")
        self.list.new.edit.clear()
        self.refresh()
        self.list.choose(ident)
        step = self._desk.time.to_undo
        if step is not None:
            self._undoing.offer(step.n, step.words)

    def _on_done(self, done: Done, here: str) -> None:
        self.trouble.hide()
        tree = self._desk.time.tree
        target = tree.shown(here).id if here in tree else here
        if target in tree and tree.is_archived(target) and not self.list.old.isChecked():
            self.list.old.setChecked(True)  # what was put away stays in sight, so it can be brought back
        self.refresh()
        self.list.choose(target)
        if target != here:
            self._to_row()  # the button that merged has nothing to do any more; a field would take Ctrl+Z for itself
        self._undoing.offer(done.n, done.words)

    def _to_row(self) -> None:
        row = self.list.rows.get(self.list.current)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, why: str) -> None:
        text = self.tr("Not kept yet: %1").replace("%1", why)
        self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)

    def _on_again(self, _answer: str) -> None:
        self.trouble.hide()
        self.flush()
