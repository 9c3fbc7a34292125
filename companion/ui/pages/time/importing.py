"""Import of time: a file is chosen, its labels get a meaning, all that would happen is shown; then it is written in one
step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from companion.core.time_formats.found import ORDER, Reading
from companion.core.time_formats.plan import Plan
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.storage.time_exchange import read_file
from companion.timedesk import Done
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.import_draft import Draft
from companion.ui.pages.time.import_file import FileCard
from companion.ui.pages.time.import_foot import Foot
from companion.ui.pages.time.import_labels import Labels
from companion.ui.pages.time.import_preview import Preview
from companion.ui.pages.time.undoing import Undoing
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.shown import show_if
from companion.ui.work import Work

AT_ONCE = 2000
"""Up to so many entries are planned on the spot; more are planned on a thread."""


class ImportView(QWidget):
    """``closed`` asks for the categories again; the other signals are those of a view (``views.View``)."""

    closed = Signal()
    told = Signal(str)
    undo_offered = Signal(str, object)
    day_requested = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._path: Path | None = None
        self._dialog: QFileDialog | None = None
        self.draft: Draft | None = None
        self._first_day = ""
        self._written, self._written_words = 0, ""
        self._looks = Looks(theme)
        self.work = Work(self)
        self._undoing = Undoing(desk, self)
        self._undoing.offered.connect(self.undo_offered)
        self._undoing.told.connect(self.told)
        self.setAccessibleName(self.tr("Import"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._build_head()
        self.trouble = Notice(theme, self)
        self._column.addWidget(self.trouble)
        self.file = FileCard(theme, self)
        self.labels = Labels(theme, self._looks, self)
        self.preview = Preview(desk, theme, self)
        for card in (self.file, self.labels, self.preview):
            self._column.addWidget(card)
        self.foot = Foot(theme, self)
        self.foot.write.clicked.connect(self.take_in)
        self.foot.show_day.clicked.connect(self._on_show_day)
        self._column.addWidget(self.foot)
        self._column.addStretch(1)
        self.file.choose_requested.connect(self.choose)
        self.file.answered.connect(self._on_answer)
        self.file.rest_taken.connect(self._on_rest)
        self.labels.mapped.connect(self._plan)
        self.preview.decided.connect(self._plan)
        self._show()
        self._space()
        theme.changed.connect(self._space)

    def _build_head(self) -> None:
        row = QHBoxLayout()
        self.back = KeyButton(self._theme, self.tr("Back"), "", "Esc", "plain", self)
        self.back.clicked.connect(self.closed)
        row.addWidget(label(self.tr("Import"), "title", self), 1)
        row.addWidget(self.back)
        self._column.addLayout(row)

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(12))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the view around it asks
    def fit(self, width: int) -> None:
        """Lists below their labels where ``width`` pixels are few."""
        self.labels.fit(width < self._theme.px(560))

    def refresh(self) -> None:
        """What is there has changed: the plan is made anew, and what was written may have been taken back."""
        self._tried(self._show_written)
        if self.draft is not None and not self.work.busy and not self.draft.reading.asks:
            self._tried(self._plan)

    def flush(self) -> None:
        """Nothing is written before it is wanted."""

    def key(self, name: str) -> bool:
        """O opens a file, K and T decide what is claimed twice, Ctrl+Enter imports."""
        if name == "O":
            self.choose()
            return True
        if name in ("Ctrl+Return", "Ctrl+Enter"):
            self.take_in()
            return True
        return self.preview.key(name)

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """There is no step of its own."""
        return False

    # -- the file
    def choose(self) -> None:
        """Asks for a file; the window is not blocked meanwhile."""
        if self._dialog is None:
            dialog = self._dialog = QFileDialog(self, self.tr("Import time"))
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            kinds = self.tr("Time (*.csv *.json *.tsv *.xml *.txt)")
            dialog.setNameFilters([kinds, self.tr("All files (*)")])
            dialog.setModal(False)
            dialog.fileSelected.connect(self._on_file)
        if self._dialog.isVisible():
            self._dialog.raise_()
        self._dialog.show()

    def _on_file(self, name: str) -> None:
        self.read(Path(name))

    def read(self, path: Path, day_first: bool | None = None, person: str = "") -> None:
        """Reads a file on a thread of its own."""
        self._path, self.draft, self._first_day = path, None, ""
        self.trouble.hide()
        self.file.show_reading(path.name)
        zone = self._desk.time.zone
        self._show()
        self.work.run(
            partial(read_file, path, zone, day_first=day_first, person=person),
            self._on_read,
            self._on_unreadable,
        )

    def _on_read(self, reading: Reading) -> None:
        self._tried(lambda: self._begin(reading))

    def _begin(self, reading: Reading) -> None:
        draft = self.draft = Draft(self._desk, reading)
        self._show_file()
        if draft.reading.found:
            self._plan()
        else:
            self._show()

    def _on_unreadable(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.file.show_nothing(f"{error} {self.tr('Nothing was written.')}")
        self._show()

    def _show_file(self) -> None:
        if self.draft is not None and self._path is not None:
            self.file.show_draft(self._path.name, self.draft, self._desk.time.calendar)

    def _on_answer(self, _kind: str, answer: str) -> None:
        if self._path is None or self.draft is None:
            return
        if self.draft.reading.asks == ORDER:
            self.read(self._path, day_first=answer == "day")
        else:
            self.read(self._path, person=answer)

    def _on_rest(self, on: bool) -> None:
        if self.draft is not None:
            self.draft.take_rest = on
            self._show()

    # -- the plan
    def _plan(self) -> None:
        draft = self.draft
        if draft is None:
            return
        draft.look()
        if len(draft.reading.found) <= AT_ONCE:
            self._on_planned(draft.make())
        else:
            self.work.run(draft.make, self._on_planned)
            self._show()

    def _on_planned(self, plan: Plan | None) -> None:
        if self.draft is not None:
            self.draft.take(plan)
            self._show()

    def _show(self) -> None:
        draft = self.draft
        there = draft is not None and bool(draft.reading.found)
        show_if(self.labels, there)
        show_if(self.preview, there and draft is not None and draft.plan is not None)
        if draft is not None and there:
            tree = self._desk.time.tree
            self._looks.set_tree(tree)
            self.labels.show_draft(draft, tree)
            self.preview.show_draft(draft)
        days = len(self.preview.days)
        self.foot.show_draft(draft if there else None, self.work.busy, days, self._first_day)

    # -- writing
    def take_in(self) -> None:
        """Writes what the preview shows; nothing where something is still open."""
        draft = self.draft
        if draft is None or not draft.ready or self.work.busy:
            return
        first = self.preview.days[0].day.name if self.preview.days else ""
        words = f"{draft.words}."  # as planned: once it is written, a new plan would write nothing
        try:
            done = draft.write()
        except ValueError:  # somebody painted meanwhile
            self._plan()
            self.told.emit(self.tr("What is there has changed meanwhile. Look through it once more."))
            return
        except StoreError as error:
            self._on_refused(str(error))
            return
        self.trouble.hide()
        self._finish(words, done, first)

    def _finish(self, words: str, done: Done | None, first: str) -> None:
        self.draft, self._first_day = None, first
        self.file.show_nothing()
        self._written, self._written_words = done.n if done is not None else 0, words
        self.foot.show_done(words)
        self._show()
        self.foot.show_day.setFocus(Qt.FocusReason.OtherFocusReason)
        if done is not None:
            self._undoing.offer(done.n, words)

    def _show_written(self) -> None:
        """Whether what was written still is: taken back, there is no day to show, until it is done again."""
        if not self._written or not self._first_day:
            return
        found = self._desk.time.history(1, before=self._written + 1)
        if found and found[0].n == self._written:
            undone = found[0].undone
            self.foot.show_done(
                f"{self._written_words} {self.tr('Undone.')}" if undone else self._written_words
            )
            show_if(self.foot.show_day, not undone)

    def _on_show_day(self) -> None:
        self.day_requested.emit(self._first_day)

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except StoreError as error:
            self._on_refused(str(error))

    def _on_refused(self, why: str) -> None:
        self.trouble.show_notice(self.tr("Nothing was written: %1").replace("%1", why), "error")
