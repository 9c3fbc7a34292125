"""The personal strategy in four steps (abc.strategy), with sources of stress, habits and own responses beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.clock import stamp
from companion.core.stress_words import Step
from companion.desk import Desk
from companion.journal_words import words
from companion.storage.errors import StoreError
from companion.ui.pages.stress.habits import HabitsCard
from companion.ui.pages.stress.later import Later
from companion.ui.pages.stress.responses import ResponsesView
from companion.ui.pages.stress.sources import SourcesCard
from companion.ui.pages.stress.told import told_day
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.chain import chain
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.private import PrivateEdit
from companion.ui.widgets.shown import show_if

PAGE = "strategy"
"""The page of the journal that holds it: ``{"steps": {id: text}, "at": stamp, "zone": name}``."""

WIDEST = 760
"""Pixels at 100 % that the column is wide at the most."""

Editors = dict[str, PrivateEdit]


class StepsCard(Card):
    """The four steps, each with its questions and one field; ``changed`` tells of each key."""

    changed = Signal()

    def __init__(self, theme: Theme, steps: tuple[Step, ...], parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=24)
        self.set_title(self.tr("My strategy"))
        self.setAccessibleName(self.tr("My strategy"))
        intro = self.tr("A page of your own. The questions are only a start: leave out what does not help.")
        self.intro = label(intro, "muted", self, wrap=True)
        self.body.addWidget(self.intro)
        self.edits: Editors = {}
        self._steps: list[QVBoxLayout] = []
        for n, step in enumerate(steps, 1):
            self._add(n, step)
        self.when = label("", "hint", self)
        self.body.addWidget(self.when)
        chain(*self.edits.values())
        self._space()
        theme.changed.connect(self._space)

    def _add(self, n: int, step: Step) -> None:
        column = QVBoxLayout()
        heading = label(f"{n}. {step.name}", "strong", self, wrap=True)
        column.addWidget(heading)
        asked = label(" ".join(step.questions), "hint", self, wrap=True)
        column.addWidget(asked)
        edit = PrivateEdit(self._theme, step.name, step.hint, 3, 24, self)
        edit.setAccessibleDescription(" ".join(step.questions))
        edit.textChanged.connect(self.changed)
        heading.setBuddy(edit)
        column.addWidget(edit)
        for part in (heading, asked):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.edits[step.id] = edit
        self._steps.append(column)
        self.body.addLayout(column)

    def _space(self) -> None:
        px = self._theme.px
        self.body.setSpacing(px(18))
        for column in self._steps:
            column.setSpacing(px(6))

    def texts(self) -> dict[str, str]:
        """What is written, by the id of the step; empty ones left out."""
        return {ident: edit.text() for ident, edit in self.edits.items() if edit.text().strip()}


class StrategyView(QWidget):
    """One calm column. What is typed is kept a moment later; a refusal of the disk is told at the top."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    copied = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self.setAccessibleName(self.tr("Strategy"))
        self._across = QHBoxLayout(self)
        self.column = QWidget(self)
        self._rows = QVBoxLayout(self.column)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._across.addStretch(1)
        self._across.addWidget(self.column, 1000)
        self._across.addStretch(1)
        self.trouble = Notice(theme, self.column)
        self.trouble.answered.connect(self._on_again)
        shipped = words()
        self.steps = StepsCard(theme, shipped.strategy, self.column)
        self.sources = SourcesCard(desk, theme, shipped.sources, self.column)
        self.habits = HabitsCard(desk, theme, shipped.habits, self.column)
        self.responses = ResponsesView(desk, theme, self.column)
        for part in (self.trouble, self.steps, self.sources, self.habits, self.responses):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self.later = Later(self._write, self)
        self._kept: dict[str, str] = {}
        self._connect()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _connect(self) -> None:
        for edit in self.steps.edits.values():
            edit.installEventFilter(self.later)
        self.steps.changed.connect(self.later.touch)
        self.later.refused.connect(self._on_refused)
        self.later.kept.connect(self.trouble.hide)
        self.sources.undo_offered.connect(self.undo_offered)
        self.sources.refused.connect(self._on_refused)
        self.habits.refused.connect(self._on_refused)
        self.responses.told.connect(self.told)
        self.responses.undo_offered.connect(self.undo_offered)
        self.responses.copied.connect(self.copied)

    def _restyle(self) -> None:
        px = self._theme.px
        self.column.setMaximumWidth(px(WIDEST))
        self._across.setContentsMargins(0, px(4), px(4), px(24))
        self._rows.setSpacing(px(16))

    def minimumSizeHint(self) -> QSize:
        # As high as its width needs: lines that wrap would ask for the height that they have when they are narrow.
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the page asks
    def fit(self, width: int) -> None:
        """Less beside each other where ``width`` pixels are few."""
        inner = min(width, self._theme.px(WIDEST))
        self.habits.fit(inner)
        self.responses.fit(inner)

    def refresh(self) -> None:
        """Shows what is kept, but for what is being typed."""
        try:
            if not self.later.dirty:
                self._show(self._desk.journal.page(PAGE))
            self.sources.refresh()
            self.habits.refresh()
            self.responses.refresh()
        except StoreError as error:
            again = [("again", self.tr("Try again"))]
            text = self.tr("It could not be read: %1").replace("%1", str(error))
            self.trouble.show_notice(text, "error", again, dismissible=False)
            return
        if not self.later.dirty:
            self.trouble.hide()

    def flush(self) -> None:
        """Writes what is typed, now. Raises StoreError; it then stays here."""
        self.later.flush()
        self.responses.flush()

    def key(self, name: str) -> bool:
        """None is taken."""
        return False

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """There is no step back."""
        return False

    # -- the four steps
    def _show(self, page: Mapping[str, object]) -> None:
        kept = page.get("steps")
        texts = {k: v for k, v in kept.items() if isinstance(v, str)} if isinstance(kept, dict) else {}
        if texts != self._kept:
            for ident, edit in self.steps.edits.items():
                edit.set_text(texts.get(ident, ""))
            self.later.settled()
            self._kept = texts
        self._show_when(page)

    def _show_when(self, page: Mapping[str, object]) -> None:
        at, zone = page.get("at"), page.get("zone")
        day = ""
        if isinstance(at, str) and isinstance(zone, str):
            try:
                day = told_day(at, zone, self._desk.clock.local().date())
            except ValueError:
                day = ""
        self.steps.when.setText(self.tr("Last changed: {day}").replace("{day}", day) if day else "")
        show_if(self.steps.when, bool(day))

    def _write(self) -> None:
        # What a later version wrote beside these steps stays: nothing here is thrown away unseen.
        strange = {ident: text for ident, text in self._kept.items() if ident not in self.steps.edits}
        texts = {**strange, **self.steps.texts()}
        if texts == self._kept:
            return
        clock = self._desk.clock
        page = {"steps": texts, "at": stamp(clock.now()), "zone": clock.zone()} if texts else {}
        self._desk.journal.write_page(PAGE, page)
        self._kept = texts
        self._show_when(page)

    # -- refusals
    def _on_refused(self, why: str) -> None:
        text = self.tr("Not kept yet: %1").replace("%1", why)
        self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)

    def _on_again(self) -> None:
        self.later.try_now()
        self.refresh()
