"""Export of time: which days, which categories (work alone, unless more is chosen), as what, and where to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from companion.core.timeline_entry import length_words
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.storage.time_exchange import save
from companion.ui.pages.time import export_texts
from companion.ui.pages.time.export_range import RangeCard
from companion.ui.pages.time.export_texts import FORMATS, WORK, Outgoing
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.choices import Choices, Item
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.pick import Pick
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line
from companion.ui.work import Work


class ExportView(QWidget):
    """``closed`` asks for the categories again."""

    closed = Signal()
    told = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._dialog: QFileDialog | None = None
        self._found: Outgoing | None = None
        self.work = Work(self)
        self.kind = export_texts.SPANS
        self.setAccessibleName(self.tr("Export"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Export"), "title", self), 1)
        self.back = KeyButton(theme, self.tr("Back"), "", "Esc", "plain", self)
        self.back.clicked.connect(self.closed)
        row.addWidget(self.back)
        self._column.addLayout(row)
        self.trouble = Notice(theme, self)
        self._column.addWidget(self.trouble)
        self.range = RangeCard(desk, theme, self)
        self._column.addWidget(self.range)
        self._build_what()
        self._build_formats()
        self._build_foot()
        self._column.addStretch(1)
        self._reckon()
        self.range.changed.connect(self._reckon)
        self._space()
        theme.changed.connect(self._space)

    def _build_what(self) -> None:
        theme = self._theme
        self.what = Card(theme, self.tr("What goes out"), self, padding=20)
        self.categories = Choices(theme, self.tr("Categories that go out"), self.what, several=True)
        self.categories.toggled.connect(self._on_category)
        self.what.body.addWidget(self.categories)
        box, self._sets = flow_widget(self.what, theme.px(6))
        self.only_work = KeyButton(theme, self.tr("Work only"), "", "", "quiet", box)
        self.everything = KeyButton(theme, self.tr("Everything"), "", "", "quiet", box)
        self.only_work.clicked.connect(lambda: self._choose_all(False))
        self.everything.clicked.connect(lambda: self._choose_all(True))
        self._sets.addWidget(self.only_work)
        self._sets.addWidget(self.everything)
        self.what.body.addWidget(box)
        self.said = label("", "strong", self.what, wrap=True)
        self.what.body.addWidget(self.said)
        self.private = label("", "warn", self.what, wrap=True)
        self.what.body.addWidget(self.private)
        hint = self.tr("Proposals that you have not accepted never go out.")
        self.what.body.addWidget(label(hint, "hint", self.what, wrap=True))
        self._column.addWidget(self.what)

    def _build_formats(self) -> None:
        theme = self._theme
        self.formats = Card(theme, self.tr("As what"), self, padding=20)
        box, self._picks = flow_widget(self.formats, theme.px(8))
        group = QButtonGroup(self)
        self.picks: dict[str, Pick] = {}
        for one in FORMATS:
            pick = self.picks[one.key] = Pick(theme, one.name, one.detail, "", box)
            pick.setChecked(one.key == self.kind)
            pick.toggled.connect(partial(self._on_pick, one.key))
            group.addButton(pick)
            self._picks.addWidget(pick)
        self.formats.body.addWidget(box)
        hint = self.tr("What a spreadsheet would take for a formula gets a ' before it.")
        self.formats.body.addWidget(label(hint, "hint", self.formats, wrap=True))
        self._column.addWidget(self.formats)

    def _build_foot(self) -> None:
        self.foot = Card(self._theme, "", self, padding=16)
        self.sum = label("", "", self.foot, wrap=True)
        self.foot.body.addWidget(self.sum)
        box, self._foot_flow = flow_widget(self.foot, self._theme.px(8))
        self.write = KeyButton(self._theme, self.tr("Export…"), "", "Ctrl+Enter", "primary", box)
        self.write.clicked.connect(self.ask_where)
        self._foot_flow.addWidget(self.write)
        self.foot.body.addWidget(box)
        self._column.addWidget(self.foot)

    def _space(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(12))
        for flow in (self._sets, self._picks, self._foot_flow):
            flow.setSpacing(px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the view around it asks
    def fit(self, width: int) -> None:
        """All of it flows."""

    def flush(self) -> None:
        """Nothing is kept here but the wish for everything."""

    def key(self, name: str) -> bool:
        """Ctrl+Enter exports."""
        if name in ("Ctrl+Return", "Ctrl+Enter"):
            self.ask_where()
            return True
        return False

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """There is no step of its own."""
        return False

    def refresh(self) -> None:
        """Shows the categories of now, and what would go out. Raises StoreError."""
        tree = self._desk.time.tree
        tops = [Item(one.id, one.name) for one in tree.children(archived=True)]
        if tuple(tops) != tuple(Item(*item) for item in getattr(self, "_items", ())):
            chosen = self.categories.chosen()
            self._items = tuple(tops)
            self.categories.set_items(tops)
            if chosen:
                self.categories.set_chosen([one for one in chosen if one in tree])
            else:
                self._choose_all(self._desk.prefs.time_export_all)
        self._reckon()

    # -- choices
    def _on_category(self, _ident: str, _on: bool) -> None:
        self._keep_choice()
        self._reckon()

    def _choose_all(self, all_of_it: bool) -> None:
        ids = [chip.ident for chip in self.categories.chips]
        self.categories.set_chosen(ids if all_of_it else [one for one in ids if one == WORK])
        self._keep_choice()
        self._reckon()

    def _keep_choice(self) -> None:
        """Only the wish for everything is kept; any other choice is for this export."""
        wanted = self.wanted() is None
        if wanted != self._desk.prefs.time_export_all:
            try:
                self._desk.prefs.set("time_export_all", wanted)
            except StoreError as error:
                self._on_refused(str(error))

    def wanted(self) -> tuple[str, ...] | None:
        """The top categories that go out; None for all of them."""
        chosen = self.categories.chosen()
        return None if chosen and len(chosen) == len(self.categories.chips) else chosen

    def _on_pick(self, key: str, on: bool) -> None:
        if on:
            self.kind = key

    def _reckon(self) -> None:
        """Says plainly what goes out and what stays."""
        wanted = self.wanted()
        try:
            found = self._found = export_texts.gather(self._desk, *self.range.dates(), wanted)
        except StoreError as error:
            self._on_refused(str(error))
            return
        names = [found.tree.shown(one).name for one in (wanted if wanted is not None else ())]
        if wanted is None:
            said = self.tr("Everything goes out.")
        elif wanted == (WORK,):
            said = self.tr("Work only goes out.")
        else:
            said = (
                self.tr("Goes out: %1.").replace("%1", ", ".join(names))
                if names
                else self.tr("Nothing is chosen.")
            )
        self.said.setText(one_line(said, 600))
        more = wanted is None or any(one != WORK for one in wanted)
        self.private.setText(
            self.tr("More than work is in it: look whether its reader should have that.") if more else ""
        )
        show_if(self.private, more)
        words = self.tr("%1 go out. %2 of these days stay here.")
        words = words.replace("%1", length_words(found.goes)).replace("%2", length_words(found.stays))
        if not found.stays:
            words = self.tr("%1 go out.").replace("%1", length_words(found.goes))
        self.sum.setText(words if found.goes else self.tr("There is nothing of that on these days."))
        self.write.setEnabled(bool(found.goes) and not self.work.busy)

    # -- the file
    def ask_where(self) -> None:
        """Asks for a place; the window is not blocked meanwhile."""
        if not self.write.isEnabled() or self._found is None:
            return
        one = next(each for each in FORMATS if each.key == self.kind)
        if self._dialog is None:
            dialog = self._dialog = QFileDialog(self, self.tr("Export time"))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setModal(False)
            dialog.fileSelected.connect(self._on_place)
        self._dialog.setNameFilters([f"{one.name} (*.{one.ending})", self.tr("All files (*)")])
        self._dialog.setDefaultSuffix(one.ending)
        self._dialog.selectFile(export_texts.file_name(self._found, self.kind))
        if self._dialog.isVisible():
            self._dialog.raise_()
        self._dialog.show()

    def _on_place(self, name: str) -> None:
        self.save(Path(name))

    def save(self, path: Path) -> None:
        """Writes what is chosen now to a file, on a thread of its own."""
        self._reckon()
        found = self._found
        if found is None:
            return
        self.trouble.hide()
        kind = self.kind

        def write() -> None:
            save(path, export_texts.text(found, kind))

        self.work.run(write, lambda _: self._on_saved(path), self._on_failed)
        self.write.setEnabled(False)

    def _on_saved(self, path: Path) -> None:
        self._reckon()
        self.told.emit(one_line(self.tr("Exported to %1.").replace("%1", path.name), 300))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._reckon()
        self._on_refused(str(error))

    def _on_refused(self, why: str) -> None:
        self.trouble.show_notice(why, "error")
