"""The report of an audit: its head with what can be done with it, and the sheet that goes to paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from companion.core import audit as core
from companion.core.audit import TECHNOLOGY, Audit
from companion.desk import Desk
from companion.ui.pages.time.audit import audit_title
from companion.ui.pages.time.counting import Seen
from companion.ui.pages.time.decision import goals_words
from companion.ui.pages.time.periods import with_weekday
from companion.ui.pages.time.ranges import stretch_words
from companion.ui.pages.time.report_page import Sheet
from companion.ui.pages.time.telling import lasting, unplanned_words
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if


class ReportHead(QWidget):
    """The dates of an audit, and the buttons; who holds it connects them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.title = label("", "title", self, wrap=True)
        self.subtitle = label("", "muted", self, wrap=True)
        self.buttons, self._row = flow_widget(self, 8)
        self.print = KeyButton(theme, self.tr("Print"), "print", "P", "quiet", self.buttons)
        self.save = KeyButton(theme, self.tr("Save as PDF"), "", "S", "quiet", self.buttons)
        self.another = KeyButton(theme, self.tr("Another audit"), "plus", "N", "quiet", self.buttons)
        for button in (self.print, self.save, self.another):
            self._row.addWidget(button)
        for part in (self.title, self.subtitle, self.buttons):
            self._column.addWidget(part)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(6))
        self._row.setSpacing(self._theme.px(8))

    def show_words(self, title: str, days: int, over: bool) -> None:
        """Dates and length of an audit that is under way, or over."""
        self.title.setText(title)
        text = self.tr("The report of {n} days") if over else self.tr("An audit of {n} days")
        self.subtitle.setText(text.replace("{n}", str(days)))
        show_if(self.another, over)


def detail_of(desk: Desk, audit: Audit) -> str:
    """The goals that a decision became, as they are now; only the week where they have been taken away."""
    found = [desk.time.goals.get(f"{audit.id}-{name}") for name in ("from", "to")]
    since = desk.time.audits.since(audit)
    made = [goal for goal in found if goal is not None]
    if len(made) == 2:
        return goals_words((made[0], made[1]), desk.time.tree, since)
    return _tr("For the week from {day}").replace("{day}", with_weekday(date.fromisoformat(since)))


def sheet_of(desk: Desk, audit: Audit, seen: Seen, heat_name: str) -> Sheet:
    """The report as it is drawn: the figures of the audit, and the words that the page has none of its own for."""
    time, tree = desk.time, seen.tree
    after = tree.label(seen.technology.after) if seen.technology.after else ""
    technology = unplanned_words(seen.technology, tree.names(TECHNOLOGY)[-1], after, seen.has_plan)
    gaps = [f"{stretch_words(desk, a, b)} · {lasting(b - a)}" for a, b in seen.gaps]
    if gaps:
        gaps.insert(0, _tr("{length} in all, the longest:").replace("{length}", lasting(seen.open)))
    decision = time.audits.decision(audit)
    title = _tr("{dates} · {n} days").replace("{dates}", audit_title(audit)).replace("{n}", str(audit.days))
    return Sheet(
        time.audits.report(audit),
        tree,
        title,
        seen.heat,
        heat_name,
        tuple(technology),
        tuple(gaps),
        core.words(decision, tree) if decision else "",
        detail_of(desk, audit) if decision else "",
        time.twelve,
    )


def asked_for_path(parent: QWidget, first: str) -> Path | None:
    """Where the PDF is to go; None where the user called it off. The name suggested has dates only."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    wanted = str(Path(folder) / f"time-audit-{first}.pdf")
    chosen, _ = QFileDialog.getSaveFileName(parent, _tr("Save the report"), wanted, "PDF (*.pdf)")
    return Path(chosen) if chosen else None


def save_sheet(sheet: Sheet | None, path: Path) -> bool:
    """Writes the report as PDF on the paper of this place; False where it could not."""
    from companion.ui.pages.time.paper import paper_here, save_pdf

    return sheet is not None and save_pdf(path, sheet, paper_here())


def print_sheet(sheet: Sheet | None, parent: QWidget) -> str:
    """Prints the report; a sentence for the user, empty where they called it off."""
    from companion.ui.pages.time.paper import print_report

    return print_report(sheet, parent) if sheet is not None else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReportPage", text)
