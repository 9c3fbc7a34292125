"""A chart as a table: the words and numbers of its bars, for whoever reads rather than looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from companion.ui.theme.theme import Theme
from companion.ui.widgets.onebar import NONE, Bar
from companion.ui.widgets.text import one_line, tip

_DASH = "\N{EN DASH}"


class BarTable(QTableWidget):
    """The same bars as a table, as high as its rows, read cell by cell with the arrow keys.

    ``heads`` are the words over the four columns: group, cases, value, from low to high. ``few`` stands in place of a
    value that is not drawn.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        heads: tuple[str, str, str, str],
        few: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(0, 4, parent)
        self._theme, self._few = theme, few
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(heads)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these, in this order; nothing happens while they are as they were."""
        wanted = tuple(bars)
        if wanted == self._bars:
            return
        self._bars = wanted
        self.setRowCount(len(wanted))
        for row, bar in enumerate(wanted):
            drawn = bar.value is not None
            value = bar.shown if drawn else self._few if bar.number not in NONE else _DASH
            cells = (bar.label, bar.number, value, bar.spread or _DASH)
            for column, words in enumerate(cells):
                item = QTableWidgetItem(one_line(words, 200))
                item.setToolTip(tip(words) if column == 0 else "")
                self.setItem(row, column, item)
        self._fit_rows()

    def _fit_rows(self) -> None:
        high = QFontMetrics(self._theme.font("body")).height() + self._theme.px(10)
        for row in range(self.rowCount()):
            self.setRowHeight(row, high)
        self.horizontalHeader().setFixedHeight(high)
        self.setFixedHeight(high * (self.rowCount() + 1) + 2)

    def _restyle(self) -> None:
        theme = self._theme
        line, muted = theme.color("border").name(), theme.color("muted").name()
        self.setStyleSheet(
            "QTableWidget { background: transparent; }"
            f"QHeaderView {{ background: transparent; }} QHeaderView::section {{ background: transparent;"
            f" color: {muted}; border: none; border-bottom: 1px solid {line}; padding: 0 {theme.px(4)}px; }}"
        )
        self._fit_rows()
