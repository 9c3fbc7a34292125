"""The audit: its start, how far it is, and at its end the report on one page with the one decision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.core import audit as core
from companion.core.audit import Audit, Decision
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.time.audit import EarlierCard, ProgressCard, StartCard, audit_title, states
from companion.ui.pages.time.counting import Counting, Seen
from companion.ui.pages.time.decision import DecisionForm
from companion.ui.pages.time.figures import NARROWEST, FigureCards, Lines
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.parts import centred
from companion.ui.pages.time.periods import between
from companion.ui.pages.time.ranges import WIDEST, stretch_words
from companion.ui.pages.time.report_head import (
    ReportHead,
    asked_for_path,
    detail_of,
    print_sheet,
    save_sheet,
    sheet_of,
)
from companion.ui.pages.time.report_page import Sheet
from companion.ui.pages.time.undoing import Undoing
from companion.ui.theme.theme import Theme
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.notice import Notice
from companion.ui.widgets.shown import show_if


class AuditView(QWidget):
    """S: start an audit, or save its report; P: print the report. The audit that is shown is the one that runs or
    waits for its decision, or one chosen among the earlier ones."""

    told = Signal(str)
    undo_offered = Signal(str, object)
    day_requested = Signal(str)
    goals_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._looks = Looks(theme)
        self._chosen = ""
        self._wants_another = False
        self._seen: Seen | None = None
        self.audit: Audit | None = None
        self.setAccessibleName(self.tr("Audit"))
        self.counting = Counting(desk, self)
        self.counting.counted.connect(self._on_counted)
        self.counting.failed.connect(self._on_failed)
        self._undoing = Undoing(desk, self)
        self._undoing.offered.connect(self.undo_offered)
        self._undoing.told.connect(self.told)
        self._undoing.changed.connect(self.refresh)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    # -- building
    def _lay_out(self) -> None:
        self._across, self.column, self._rows = centred(self)
        self.trouble = Notice(self._theme, self.column)
        self.trouble.answered.connect(self.refresh)
        self.head = ReportHead(self._theme, self.column)
        self.print, self.save, self.another = self.head.print, self.head.save, self.head.another
        self.print.clicked.connect(self._on_print)
        self.save.clicked.connect(self._on_save)
        self.another.clicked.connect(self._on_another)
        self.start = StartCard(self._theme, self.column)
        self.start.started.connect(self._on_started)
        self.progress = ProgressCard(self._theme, self._looks, self.column)
        self.progress.day_wanted.connect(self.day_requested)
        self.form = DecisionForm(self._theme, self._looks, self.column)
        self.form.decided.connect(self._on_decided)
        self.decided = Lines(self._theme, self._looks, self.tr("One decision"), self.column)
        self.cards = FigureCards(
            self._theme, self._looks, lambda a, b: stretch_words(self._desk, a, b), self.column
        )
        self.cards.heat_wanted.connect(self._count)
        self.cards.day_wanted.connect(self._on_gap)
        self.cards.goals_wanted.connect(self.goals_requested)
        self.earlier = EarlierCard(self._theme, self.column)
        self.earlier.wanted.connect(self.show_audit)
        self.remove = KeyButton(self._theme, self.tr("Remove this audit"), "trash", "", "plain", self.column)
        self.remove.clicked.connect(self._on_remove)
        self._parts = (self.start, self.progress, self.form, self.decided, self.cards, self.earlier)
        for part in (self.trouble, self.head, *self._parts):
            self._rows.addWidget(part)
            if part is not self.trouble:
                show_if(part, False)
        row = QHBoxLayout()
        row.addWidget(self.remove)
        row.addStretch(1)
        self._rows.addLayout(row)
        self._rows.addStretch(1)

    def _restyle(self) -> None:
        px = self._theme.px
        self.column.setMaximumWidth(px(WIDEST))
        self._across.setContentsMargins(0, px(4), px(4), px(24))
        self._rows.setSpacing(px(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)

    # -- what the page asks
    def fit(self, width: int) -> None:
        """One column where two do not fit into ``width`` pixels."""
        self.cards.fit(width)
        self.progress.fit(width)
        self.form.fit(width < self._theme.px(NARROWEST))
        self._width = width

    _width = 10_000

    def refresh(self) -> None:
        """Shows what is kept now; a choice that is being made stays."""
        self.trouble.hide()
        try:
            self._read()
        except StoreError as refused:
            self._on_failed(str(refused))

    def flush(self) -> None:
        """Nothing is typed here: a decision is taken by its own button."""

    def key(self, name: str) -> bool:
        """S: start, or save; P: print; N: another audit."""
        wanted = {"P": self.print, "N": self.another}
        button = wanted.get(name)
        if name == "S":
            button = self.save if self.start.isHidden() else self.start.start
        if button is None or not button.isVisible() or not button.isEnabled():
            return False
        button.click()
        return True

    def digit(self, n: int) -> bool:
        """None is taken."""
        return False

    def escape(self) -> bool:
        """Back from an earlier audit, or from starting another."""
        if not self._chosen and not self._wants_another:
            return False
        self._chosen, self._wants_another = "", False
        self.refresh()
        return True

    # -- which audit
    def show_audit(self, ident: str) -> None:
        """The report of an audit by its id."""
        self._chosen, self._wants_another = ident, False
        self.refresh()

    def _read(self) -> None:
        time = self._desk.time
        today = time.today().name
        self._looks.set_tree(time.tree)
        audits = time.audits.all()
        found = next((one for one in audits if one.id == self._chosen), None)
        if found is None:
            coming = [one for one in audits if one.first > today]
            found = time.audits.current() or (coming[-1] if coming else None)
        if found != self.audit:
            self.audit, self._seen = found, None
        starting = found is None or self._wants_another
        show_if(self.start, starting)
        if starting:
            self.start.open(time.today().date)
        if starting or found is None:
            for part in (self.head, self.progress, self.form, self.decided, self.cards, self.remove):
                show_if(part, False)
        else:
            self._show_audit(found, today)
        others = [one for one in audits if starting or one != found]
        self.earlier.show_audits([(one.id, self._words(one)) for one in others])
        show_if(self.earlier, bool(others))

    def _words(self, audit: Audit) -> str:
        decision = self._desk.time.audits.decision(audit)
        words = core.words(decision, self._desk.time.tree) if decision else ""
        return " · ".join(part for part in (audit_title(audit), words) if part)

    def _show_audit(self, audit: Audit, today: str) -> None:
        time, over = self._desk.time, audit.names()[-1] < today
        begun = audit.first <= today
        found = states(self._desk, audit)
        decision = time.audits.decision(audit)
        self.head.show_words(audit_title(audit), audit.days, over)
        show_if(self.head, True)
        show_if(self.remove, True)
        show_if(self.another, over)
        self.progress.show_states(found, today)
        self.progress.fit(self._width)
        show_if(self.progress, not over or any(state.open for state in found))
        some = begun and any(state.recorded or state.proposed for state in found)
        for button in (self.print, self.save):
            show_if(button, some)
        show_if(self.cards, some)
        show_if(self.form, over and some and decision is None)
        show_if(self.decided, decision is not None)
        if decision is not None:
            words = core.words(decision, time.tree)
            self.decided.show_lines("", [(decision.target, words, (detail_of(self._desk, audit),))])
        elif over and some:
            self.form.open(audit, time.tree, time.audits.report(audit), time.audits.since(audit))
        if some:
            self._count()

    # -- figures
    def _count(self, *_: object) -> None:
        if self.audit is not None:
            first, last = (date.fromisoformat(self.audit.names()[i]) for i in (0, -1))
            self.counting.start(between(first, last), self.cards.heat_category(self._desk.time.tree))

    def _on_counted(self, seen: Seen) -> None:
        self._seen = seen
        self.cards.show_seen(seen)

    def _on_failed(self, why: str) -> None:
        text = self.tr("The record could not be read: %1").replace("%1", why)
        self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)

    def _on_gap(self, instant: int) -> None:
        self.day_requested.emit(self._desk.time.day_at(instant).name)

    # -- verbs
    def _on_started(self, first: str, days: int) -> None:
        self._chosen, self._wants_another = "", False
        made: list[Audit] = []
        if self._undoing.do(
            lambda: made.append(self._desk.time.audits.start(first, days)), self.tr("Audit started")
        ):
            self.show_audit(made[0].id)

    def _on_decided(self, decision: Decision) -> None:
        audit = self.audit
        if audit is not None:
            self._chosen = audit.id  # its report stays, with the decision on it
            self._undoing.do(
                lambda: self._desk.time.audits.decide(audit, decision), self.tr("Kept as next week's goal")
            )

    def _on_remove(self) -> None:
        audit = self.audit
        if audit is not None:
            self._chosen = ""
            self._undoing.do(lambda: self._desk.time.audits.remove(audit.id), self.tr("Audit removed"))

    def _on_another(self) -> None:
        self._wants_another = True
        self.refresh()
        self.start.days.setFocus()

    # -- paper
    def sheet(self) -> Sheet | None:
        """The report as it is drawn; None while there is nothing to report."""
        if self.audit is None or self._seen is None:
            return None
        return sheet_of(self._desk, self.audit, self._seen, self.cards.heat.box.currentText())

    def save_to(self, path: Path) -> bool:
        """Writes the report as PDF; told either way."""
        done = save_sheet(self.sheet(), path)
        self.told.emit(self.tr("Report saved") if done else self.tr("The report could not be written there."))
        return done

    def _on_save(self) -> None:
        path = asked_for_path(self, self.audit.first) if self.audit is not None else None
        if path is not None:
            self.save_to(path)

    def _on_print(self) -> None:
        words = print_sheet(self.sheet(), self)
        if words:
            self.told.emit(words)
