"""Paints the grid of a day in one pass: grounds, blocks, ghosts, what is chosen, the present moment.

A delegate asked for each of 300 cells would take several times as long, and a name could not run over its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QStaticText

from companion.ui.pages.time.grid_looks import GHOST, Look, Looks
from companion.ui.pages.time.grid_model import COLUMNS, Segment, Sheet
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import rounded
from companion.ui.widgets.text import one_line


class Measures(NamedTuple):
    """Where columns and rows begin, in pixels of the viewport; each has one more for the end."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]

    def box(self, row: int, left: int, right: int) -> QRectF:
        """The place of some cells of a row."""
        x, y = self.xs[left], self.ys[row]
        return QRectF(x, y, self.xs[right] - x, self.ys[row + 1] - y)


class Chosen(NamedTuple):
    """What is chosen: slots ``first`` to ``last`` (both in it), and the slot of the cursor; -1 for none."""

    first: int = -1
    last: int = -1
    cursor: int = -1


class GridPainter:
    """Holds what painting needs again and again; all figures in pixels of the viewport."""

    def __init__(self, theme: Theme, looks: Looks) -> None:
        self._theme, self._looks = theme, looks
        self._texts: dict[tuple[str, str], tuple[QStaticText, float, float]] = {}
        theme.changed.connect(self._texts.clear)

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
    ) -> None:
        """One whole picture of the day."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._grounds(painter, sheet, at)
        for segment in segments:
            self._block(painter, at, segment, segment.span.state)
        for segment in ghosts:
            self._block(painter, at, segment, GHOST)
        self._now(painter, sheet, at, now)
        self._chosen(painter, sheet, at, chosen, focused)

    # -- the ground
    def _grounds(self, painter: QPainter, sheet: Sheet, at: Measures) -> None:
        theme = self._theme
        dots = self._looks.dots()
        thin, strong = theme.color("border"), theme.color("border_strong")
        soft = QColor(strong)
        soft.setAlphaF(0.55)
        for i, row in enumerate(sheet.rows):
            left, right = row.column, row.column + row.slots
            y, high = at.ys[i] + 1, at.ys[i + 1] - at.ys[i] - 2
            painter.fillRect(at.xs[left], y, at.xs[right] - at.xs[left], high, dots)
        for first, last, left, right in _stacks(sheet):
            y, high = at.ys[first] + 1, at.ys[last + 1] - at.ys[first] - 2
            for column in range(left, right + 1):
                x = min(at.xs[column], at.xs[COLUMNS] - 1)
                painter.fillRect(x, y, 1, high, soft if column % 3 == 0 else thin)

    # -- a block
    def _block(self, painter: QPainter, at: Measures, segment: Segment, state: str) -> None:
        """Flat parts are filled, which is quick; only the round ends are drawn as paths."""
        look = self._looks.look(segment.span.category, state)
        x, y = at.xs[segment.left] + 1, at.ys[segment.row] + 1
        box = QRect(x, y, at.xs[segment.right] - x, at.ys[segment.row + 1] - y - 1)
        radius = self._theme.px(4)
        end = min(radius + look.thick + 1, box.width() // 2)
        flat = box.adjusted(end if segment.begins else 0, 0, -end if segment.ends else 0, 0)
        painter.fillRect(flat, look.ground)
        painter.fillRect(flat.x(), flat.y(), flat.width(), look.thick, look.line)
        painter.fillRect(flat.x(), flat.bottom() + 1 - look.thick, flat.width(), look.thick, look.line)
        half = look.thick / 2
        shape = QRectF(box).adjusted(half, half, -half, -half)
        painter.setPen(look.pen)
        painter.setBrush(look.ground)
        if segment.begins:
            painter.setClipRect(box.x(), box.y(), end, box.height())
            painter.drawRoundedRect(QRectF(shape.x(), shape.y(), 4 * radius, shape.height()), radius, radius)
        if segment.ends:
            painter.setClipRect(box.right() + 1 - end, box.y(), end, box.height())
            right = shape.right() - 4 * radius
            painter.drawRoundedRect(QRectF(right, shape.y(), 4 * radius, shape.height()), radius, radius)
        if segment.begins or segment.ends:
            painter.setClipping(False)
        if look.band is not None:
            high = max(3, round(box.height() * 0.2))
            painter.fillRect(box.x() + 3, box.bottom() - high, box.width() - 6, high, look.band)
        self._letters(painter, segment, box, look)

    def _letters(self, painter: QPainter, segment: Segment, box: QRect, look: Look) -> None:
        """The letters, always; the name behind them where it fits; over a hatch a plate lies under them."""
        px, category = self._theme.px, segment.span.category
        code, wide, high = self._text(self._looks.code(category), "caps")
        room = box.width() - 2 * px(5)
        left = box.x() + (px(5) if wide <= room else (box.width() - wide) / 2)
        name, named, tall = None, 0.0, high
        if segment.named:
            name, named, tall = self._text(self._looks.name(category), "small")
            if wide + px(5) + named > room:
                name, named = None, 0.0
        if look.plate is not None:
            side = wide + (px(5) + named if name else 0) + px(6)
            plate = QRectF(left - px(3), box.center().y() + 1 - tall / 2, side, tall)
            painter.fillRect(plate.intersected(QRectF(box.adjusted(1, 2, -1, -2))), look.plate)
        painter.setPen(look.ink)
        middle = box.y() + box.height() / 2
        painter.setFont(self._theme.font("caps"))
        painter.drawStaticText(QPointF(left, middle - high / 2), code)
        if name is not None:
            painter.setFont(self._theme.font("small"))
            painter.drawStaticText(QPointF(left + wide + px(5), middle - tall / 2), name)

    def _text(self, text: str, role: str) -> tuple[QStaticText, float, float]:
        """A text laid out once, with its width and height."""
        found = self._texts.get((text, role))
        if found is None:
            if len(self._texts) > 400:
                self._texts.clear()
            made = QStaticText(one_line(text, 80))
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            made.prepare(font=self._theme.font(role))
            found = self._texts[text, role] = (made, made.size().width(), made.size().height())
        return found

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


def runs(sheet: Sheet, first: int, last: int) -> list[tuple[int, int, int]]:
    """The cells of slots ``first`` to ``last`` (both in it) as row, left and right column (half-open)."""
    found = []
    while first <= last:
        row, column = sheet.place(first)
        end = min(last, sheet.last_of_row(row))
        found.append((row, column, min(COLUMNS, column + end - first + 1)))
        first = end + 1
    return found
