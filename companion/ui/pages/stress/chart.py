"""One chart of Patterns: its caption, the bars or the table of them, and a line below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.bars import Bars
from companion.ui.widgets.bartable import BarTable
from companion.ui.widgets.card import label
from companion.ui.widgets.onebar import Bar
from companion.ui.widgets.shown import show_if

MOST_BARS = 10
"""Groups that are drawn in one chart; the table has them all."""


class Block(QWidget):
    """One chart with its caption and a line below; as a table where that is wanted."""

    def __init__(
        self,
        theme: Theme,
        caption: str,
        head: str,
        value: str,
        standing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._caption, self._head, self._value = theme, caption, head, value
        self._bars: tuple[Bar, ...] = ()
        self._note = ""
        self._as_table = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.caption = label(caption, "strong", self)
        captions = (head.lower(), self.tr("cases")) if standing else ("", "")
        self.chart = Bars(theme, caption, standing=standing, captions=captions, parent=self)
        self.table: BarTable | None = None
        self.note = label("", "hint", self, wrap=True)
        for part in (self.caption, self.chart, self.note):
            self._column.addWidget(part)
        self._column.addStretch(1)
        show_if(self.caption, bool(caption))
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(6))

    def show_bars(self, bars: Sequence[Bar], note: str = "") -> None:
        """Shows these, with a line below."""
        self._bars, self._note = tuple(bars), note
        self._show()

    def show_table(self, wanted: bool) -> None:
        """The table in place of the chart, or back."""
        if wanted and self.table is None:
            heads = (self._head, self.tr("Cases"), self._value, self.tr("Middle half"))
            self.table = BarTable(self._theme, self._caption or self._head, heads, self.tr("too few"), self)
            self._column.insertWidget(2, self.table)
        self._as_table = wanted
        self._show()

    def _show(self) -> None:
        drawn = self._bars if self.chart.is_standing() else self._bars[:MOST_BARS]
        left_out = len(self._bars) - len(drawn)
        self.chart.set_bars(drawn)
        show_if(self.chart, bool(drawn) and not self._as_table)
        if self.table is not None:
            self.table.set_bars(self._bars)
            show_if(self.table, bool(self._bars) and self._as_table)
        lines = [self._note]
        if left_out and not self._as_table:
            lines.insert(0, self.tr("and {count} more, in the table.").replace("{count}", str(left_out)))
        self.note.setText(" ".join(line for line in lines if line))
        show_if(self.note, bool(self.note.text()))
