"""Paints the grid of a day in one pass: grounds, blocks, ghosts, what is chosen, the present moment.

A delegate asked for each of 300 cells would take several times as long, and a name could not run over its cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from companion.ui.pages.time.grid_block import BlockPainter, sharp
from companion.ui.pages.time.grid_looks import GHOST, Looks
from companion.ui.pages.time.grid_model import COLUMNS, Segment, Sheet
from companion.ui.pages.time.grid_part import Chosen, Measures, Part, runs
from companion.ui.pages.time.grid_texts import Texts
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import rounded


class GridPainter:
    """All figures in pixels of the viewport."""

    def __init__(self, theme: Theme, looks: Looks, texts: Texts) -> None:
        self._theme, self._looks = theme, looks
        self._blocks = BlockPainter(theme, looks, texts)
        self._strips: dict[tuple[int, int], QPixmap] = {}
        self._dots: QBrush | None = None
        self._made_for: tuple[Measures | None, float] = (None, 0.0)

    def paint(
        self,
        painter: QPainter,
        sheet: Sheet,
        at: Measures,
        segments: Sequence[Segment],
        ghosts: Sequence[Segment],
        chosen: Chosen,
        focused: bool,
        now: int,
        part: Part | None = None,
    ) -> None:
        """One picture of the day; only ``part`` of it where one is told, to which the painter must be clipped."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._grounds(painter, sheet, at, part)
        self._blocks.paint(painter, at, segments, part)
        self._blocks.paint(painter, at, ghosts, part, GHOST)
        self._now(painter, sheet, at, now)
        self._chosen(painter, sheet, at, chosen, focused)

    # -- the ground
    def _grounds(self, painter: QPainter, sheet: Sheet, at: Measures, part: Part | None) -> None:
        theme = self._theme
        dots = self._looks.dots()
        thin, strong = theme.color("border"), theme.color("border_strong")
        soft = QColor(strong)
        soft.setAlphaF(0.55)
        self._prepare(painter, at, dots)
        for i in range(len(sheet.rows)) if part is None else part:
            row = sheet.rows[i]
            left, right = at.xs[row.column], at.xs[row.column + row.slots]
            y, high = at.ys[i] + 1, at.ys[i + 1] - at.ys[i] - 2
            if self._made_for[1]:
                painter.drawPixmap(left, y, self._strip(left, right - left, high, dots))
            else:
                painter.setBrushOrigin(0, y)
                painter.fillRect(left, y, right - left, high, dots)
        painter.setBrushOrigin(0, 0)
        from_x, to_x = (0, at.xs[COLUMNS]) if not part else _across(part)
        for first, last, left, right in _stacks(sheet):
            y, high = at.ys[first] + 1, at.ys[last + 1] - at.ys[first] - 2
            for column in range(left, right + 1):
                x = min(at.xs[column], at.xs[COLUMNS] - 1)
                if from_x <= x <= to_x:
                    painter.fillRect(x, y, 1, high, soft if column % 3 == 0 else thin)

    def _prepare(self, painter: QPainter, at: Measures, dots: QBrush) -> None:
        """Forgets what was made for another size, another screen, another theme."""
        wanted = (at, sharp(painter))
        if wanted != self._made_for or dots is not self._dots:
            self._made_for, self._dots = wanted, dots
            self._strips.clear()

    def _strip(self, left: int, wide: int, high: int, dots: QBrush) -> QPixmap:
        """The ground of a row, drawn once for all rows as long: a ground takes ten times as long to fill with."""
        made = self._strips.get((left, wide))
        if made is None:
            ratio = self._made_for[1]
            made = self._strips[left, wide] = QPixmap(int(wide * ratio), int(high * ratio))
            made.setDevicePixelRatio(ratio)
            inside = QPainter(made)
            inside.translate(-left, 0)
            inside.fillRect(left, 0, wide, high, dots)
            inside.end()
        return made

    # -- what is chosen, and now
    def _chosen(self, painter: QPainter, sheet: Sheet, at: Measures, chosen: Chosen, focused: bool) -> None:
        if chosen.cursor < 0 or not sheet.slots:
            return
        theme = self._theme
        accent = theme.color("accent")
        if chosen.last > chosen.first >= 0:
            wash = QColor(accent)
            wash.setAlphaF(0.24)
            for row, left, right in runs(sheet, chosen.first, chosen.last):
                box = at.box(row, left, right).adjusted(1, 1, 0, -1)
                painter.fillRect(box, wash)
                painter.setPen(QPen(accent, 2))
                painter.drawLines(
                    [QLineF(box.topLeft(), box.topRight()), QLineF(box.bottomLeft(), box.bottomRight())]
                )
            self._ends(painter, sheet, at, chosen)
        row, column = sheet.place(chosen.cursor)
        box = at.box(row, column, column + 1)
        ring = accent if focused else theme.color("border_strong")
        # Two lines, so that one of them shows on every ground.
        rounded(painter, box.adjusted(0, 0, 1, 0), theme.px(4), None, ring, 2)
        rounded(painter, box.adjusted(2, 2, -1, -2), theme.px(3), None, theme.color("surface"), 1)

    def _ends(self, painter: QPainter, sheet: Sheet, at: Measures, chosen: Chosen) -> None:
        painter.setPen(QPen(self._theme.color("accent"), 2))
        row, column = sheet.place(chosen.first)
        box = at.box(row, column, column + 1)
        painter.drawLine(QLineF(box.left() + 1, box.top() + 1, box.left() + 1, box.bottom() - 1))
        row, column = sheet.place(chosen.last)
        box = at.box(row, column, column + 1)
        painter.drawLine(QLineF(box.right(), box.top() + 1, box.right(), box.bottom() - 1))

    def _now(self, painter: QPainter, sheet: Sheet, at: Measures, now: int) -> None:
        """The present moment: a line in its row, with a mark that is no colour alone."""
        if not sheet.day.start <= now < sheet.day.end:
            return
        slot = sheet.slot_at(now)
        row, column = sheet.place(slot)
        box = at.box(row, column, column + 1)
        x = box.left() + box.width() * (now - sheet.start(slot)) / 300
        text, half = self._theme.color("text"), self._theme.px(5)
        painter.setPen(QPen(self._theme.color("surface"), 4))
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
        painter.setPen(QPen(text, 2))
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(text)
        top = box.top() - 1
        painter.drawPolygon(
            QPolygonF([QPointF(x - half, top), QPointF(x + half, top), QPointF(x, top + half * 1.3)])
        )


def _stacks(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Neighbouring rows of the same cells: first and last row, left and right column (half-open)."""
    found: list[tuple[int, int, int, int]] = []
    for i, row in enumerate(sheet.rows):
        cells = (row.column, row.column + row.slots)
        if found and found[-1][2:] == cells:
            found[-1] = (found[-1][0], i, *cells)
        else:
            found.append((i, i, *cells))
    return found


def _across(part: Part) -> tuple[int, int]:
    """The first and last pixel of all rows together."""
    return min(left for left, _right in part.values()), max(right for _left, right in part.values())
