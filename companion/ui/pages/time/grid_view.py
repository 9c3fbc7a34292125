"""A day drawn as a table of slots: its place, its heads, its one picture. ``grid`` puts hands on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QTableView, QWidget

from companion.core.categories import Tree
from companion.core.days import Day
from companion.core.spans import Span
from companion.ui.pages.time.grid_head import Hours, Minutes
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.grid_model import COLUMNS, DayModel, Segment, Sheet
from companion.ui.pages.time.grid_paint import GridPainter
from companion.ui.pages.time.grid_part import Chosen, Measures, asked, drawn_otherwise, moment
from companion.ui.pages.time.grid_texts import Texts
from companion.ui.theme.theme import Theme

LEAST_ROW, MOST_ROW = 19, 34
"""Height of a row in pixels at 100 %."""


class GridView(QTableView):
    """Shows a day and ghosts over it; all rows and columns share the room, nothing scrolls.

    Whatever changes asks only for the places that look different then: a key is painted in a few cells.
    """

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._looks = theme, looks
        self._texts = Texts(theme)
        self._painter = GridPainter(theme, looks, self._texts)
        self._model = DayModel(self)
        self._sheet: Sheet | None = None
        self._tree: Tree | None = None
        self._segments: list[Segment] = []
        self._ghosts: list[Segment] = []
        self._measures: Measures | None = None
        self._now = 0
        self._settle_look()
        self.setModel(self._model)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _settle_look(self) -> None:
        self.setAccessibleName(self.tr("Day grid"))
        self._minutes = Minutes(self._theme, self._texts, self)
        self._hours = Hours(self._theme, self._texts, self)
        self.setHorizontalHeader(self._minutes)
        self.setVerticalHeader(self._hours)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoScroll(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    # -- what is shown
    @property
    def day_model(self) -> DayModel:
        return self._model

    @property
    def sheet(self) -> Sheet | None:
        return self._sheet

    def sheet_of(self, day: Day, zone: tzinfo, twelve: bool) -> Sheet:
        """The sheet of a day: that which is shown, as long as it is the same."""
        held = self._sheet
        if held is not None and (held.day, held.zone, held.twelve) == (day, zone, twelve):
            return held
        return Sheet(day, zone, twelve, held)

    def show_day(self, sheet: Sheet, spans: Sequence[Span], tree: Tree, now: int) -> None:
        """Shows a day."""
        before, at = self._sheet, self._measures
        other = before is None or before.day != sheet.day
        known = not other and before is not None and before.rows == sheet.rows and tree is self._tree
        if other:
            self._ghosts = []
            self.selectionModel().reset()  # where the cursor comes to is told, though it be the same cell
        self._tree, self._sheet = tree, sheet
        self._looks.set_tree(tree)
        self._model.show_day(sheet, spans, tree)
        segments = sheet.segments(spans)
        if known and at is not None:
            self._renew(drawn_otherwise(at, self._segments, segments))
        else:
            self.viewport().update()
        self._segments = segments
        if other or (before is not None and before.twelve != sheet.twelve):
            self._hours.updateGeometry()  # other words may need another width
            self._fit()
        self.show_now(now)

    def show_now(self, now: int) -> None:
        """Time has passed."""
        then, self._now = self._now, now
        sheet, at, reach = self._sheet, self._measures, self._theme.px(8)
        if sheet is not None and at is not None and now != then:
            self._renew(moment(sheet, at, then, reach) + moment(sheet, at, now, reach))
        self._mark_now()

    def show_ghosts(self, spans: Sequence[Span]) -> None:
        """Shows spans that are only wishes yet, over what is there; none takes them away."""
        ghosts = self._sheet.segments(spans) if self._sheet is not None else []
        if ghosts != self._ghosts and self._measures is not None:
            self._renew(drawn_otherwise(self._measures, self._ghosts, ghosts))
        self._ghosts = ghosts

    def _renew(self, region: QRegion) -> None:
        """Has so much of the picture painted anew; an empty region would mean all of it to Qt."""
        if not region.isEmpty():
            self.viewport().update(region)

    def _mark_now(self) -> None:
        """The heads of the row and column of now stand out."""
        sheet, row, column = self._sheet, -1, -1
        if sheet is not None and sheet.day.start <= self._now < sheet.day.end:
            row, column = sheet.place(sheet.slot_at(self._now))
        self._hours.show_now(row)
        self._minutes.show_now(column)

    # -- place and paint
    def _restyle(self) -> None:
        self.setStyleSheet(
            "QTableView { background: transparent; border: none; }"
            "QTableCornerButton::section { background: transparent; border: none; }"
        )
        self.viewport().setAutoFillBackground(False)
        self.setFont(self._theme.font("small"))
        self._fit()
        self.updateGeometry()
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        count = len(self._sheet.rows) if self._sheet is not None else 24
        return QSize(self._theme.px(230), self._head_height() + count * self._theme.px(LEAST_ROW) + 2)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _head_height(self) -> int:
        return self.horizontalHeader().sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Rows and columns share the room, to the pixel."""
        if self._sheet is None:
            return
        count = len(self._sheet.rows)
        wide = max(COLUMNS, self.width() - self.verticalHeader().sizeHint().width())
        high = max(self._theme.px(LEAST_ROW), (self.height() - self._head_height() - 2) // max(1, count))
        high = min(high, self._theme.px(MOST_ROW))
        xs = [wide * i // COLUMNS for i in range(COLUMNS + 1)]
        ys = [high * i for i in range(count + 1)]
        measures = Measures(tuple(xs), tuple(ys))
        if measures != self._measures:
            self._measures = measures
            self.viewport().update()
            self.verticalHeader().setDefaultSectionSize(high)
            for i in range(COLUMNS):
                self.setColumnWidth(i, xs[i + 1] - xs[i])
            self.updateGeometry()

    def chosen_cells(self) -> Chosen:
        """What is to be marked as chosen."""
        return Chosen()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sheet is None or self._measures is None:
            return
        region = event.region()
        whole = region.rectCount() == 1 and region.boundingRect() == self.viewport().rect()
        painter = QPainter(self.viewport())
        self._painter.paint(
            painter,
            self._sheet,
            self._measures,
            self._segments,
            self._ghosts,
            self.chosen_cells(),
            self.hasFocus(),
            self._now,
            None if whole else asked(region, self._measures),
        )
        painter.end()
